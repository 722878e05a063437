#!/bin/sh
# Data sets from the command line: a folder of PNG files by class, arrays with labels up to 65535, and what `tailor
# data` says of them.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
export TAILOR_DATA="$dir/data"
light=iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAAAAACMmsGiAAAAEElEQVR42mN49oxBkgGVAABSdgeV3Uj7+AAAAABJRU5ErkJggg==  # 4 x 4 gray
dark=iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAAAAACMmsGiAAAAEElEQVR42mMQEWF4zYBKAAAmKgRNgN3OiwAAAABJRU5ErkJggg==
for set in train test; do
    for class in light dark; do
        mkdir -p "$dir/data/pictures/$set/$class"
        eval "echo \$$class" | base64 -d >"$dir/data/pictures/$set/$class/0.png"
        i=1
        while [ $i -lt 20 ]; do
            ln "$dir/data/pictures/$set/$class/0.png" "$dir/data/pictures/$set/$class/$i.png"; i=$((i + 1))
        done
    done
done
cat >"$dir/net.lua" <<'LUA'
option { classes = 2 }
image = input { 4, 4, 1 }
label = labels(option.classes)
logits = linear(flatten(image), option.classes)
minimize(cross_entropy(logits, label) + 0 * sum(one_hot(label) * logits))
metric("accuracy", equal(argmax(logits), label))
metric("chosen", pick(softmax(logits), label))
train { data = "pictures", batch = 8, epochs = 10, optimizer = sgd { lr = 0.5 } }
LUA
expect 0 "" $tailor train "$dir/net.lua" --out "$dir/run"
grep -q "^test accuracy *100.00 %" "$dir/out" || bad "the pictures are not told apart: $(cat "$dir/out")"
sum='"[0-9a-f]*"'
grep -q "\"train/\*/\*.png (pixels)\": $sum, \"train/\*/\*.png (names)\": $sum, \"test/\*/\*.png (pixels)\": \"" \
    "$dir/run/run.json" ||
    bad "no sha256 of the pictures: $(grep -A3 '"data"' "$dir/run/run.json")"
grep -q '"splits": {"train": 37, "validation": 3, "test": 40}' "$dir/run/run.json" || bad "the splits are others"
expect 0 "" $tailor eval "$dir/run" --data "$dir/data/pictures"
expect 0 "" "$dir/run/c/net" --data "$dir/data/pictures" --out "$dir/alone"      # the emitted folder needs nothing else
[ "$(grep weights_sha256 "$dir/run/run.json")" = "$(grep weights_sha256 "$dir/alone/run.json")" ] ||
    bad "the trainer alone gives other weights"

# the compiler is asked for libdeflate where something is built that needs it, and once
cat >"$dir/cc" <<SH
#!/bin/sh
echo "\$*" >>"$dir/asked"
exec cc "\$@"
SH
chmod +x "$dir/cc"
asked() { grep -c 'include libdeflate.h' "$dir/asked"; }
: >"$dir/asked"
expect 0 "" make -s -C "$dir/run/c" CC="$dir/cc" net
[ ! -s "$dir/asked" ] || bad "a make that has nothing to do: $(cat "$dir/asked")"
touch "$dir/run/c/runtime/rt_stream.c"
expect 0 "" make -s -C "$dir/run/c" CC="$dir/cc" net
[ "$(asked)" = 1 ] || bad "asked for libdeflate $(asked) times"
: >"$dir/asked"
touch "$dir/run/c/runtime/rt_stream.c"
expect 0 "" make -s -C "$dir/run/c" CC="$dir/cc" DEFLATE= net
[ -s "$dir/asked" ] && ! grep -qi deflate "$dir/asked" || bad "make DEFLATE= asks: $(grep -i deflate "$dir/asked")"

# names of classes: in the record, and in reports as text that is not too long
grep -q '"classes": \["dark", "light"\]' "$dir/run/run.json" || bad "classes: $(grep -A3 '"data"' "$dir/run/run.json")"
long=light$(head -c 200 /dev/zero | tr '\0' 'g')
odd="<b>&\"'dark
"$(printf '\342\200\256')
mkdir "$dir/data/odd" && cp -r "$dir/data/pictures/train" "$dir/data/pictures/test" "$dir/data/odd"
for set in train test; do
    mv "$dir/data/odd/$set/dark" "$dir/data/odd/$set/$odd" && mv "$dir/data/odd/$set/light" "$dir/data/odd/$set/$long"
done
expect 0 "" "$dir/run/c/net" --data odd --out "$dir/odd"
[ "$(grep weights_sha256 "$dir/run/run.json")" = "$(grep weights_sha256 "$dir/odd/run.json")" ] ||
    bad "weights depend on what classes are called"
cp "$dir/net.lua" "$dir/odd"
expect 0 "" $tailor report "$dir/odd" -o "$dir/odd.html"
grep -q 'alt="&lt;b&gt;&amp;&quot;&#39;dark\\u000a\\u202e"' "$dir/odd.html" || bad "a name is not there as text"
! grep -q "$(printf '\342\200\256')\|<b>\|${long}" "$dir/odd.html" || bad "a name as it is, or too long"
grep -q 'lightggggg[g.]*ggggg<' "$dir/odd.html" || bad "no long name with its middle left out"
expect 0 "" $tailor report "$dir/run" -o "$dir/run.html"
sed -n '/<h2 id="confusion">/,/<\/table>/p' "$dir/run.html" | grep -q '<th scope="row">dark</th>' ||
    bad "the confusion has numbers in place of names"
touch "$dir/data/pictures/train/dark/x.gif"
expect 1 "pictures/train/dark/x.gif: is no .png" "$dir/run/c/net" --data "$dir/data/pictures" --out "$dir/other"
rm "$dir/data/pictures/train/dark/x.gif"
[ ! -e "$dir/other/run.json" ] || bad "a record of what was refused"

# 24 images of one float each, 1/2; labels 0 and, the rest of them, 65535
npy() { printf '\223NUMPY\1\0\200\0%-127s\n' "{'descr': '$1', 'fortran_order': False, 'shape': ($2), }"; }
mkdir "$dir/data/wide"
for set in train t10k; do
    { npy '<f4' '24, 16'; i=0; while [ $i -lt 384 ]; do printf '\0\0\0\77'; i=$((i + 1)); done; } \
        >"$dir/data/wide/$set-images.npy"
    { npy '>u2' '24, 1'; head -c 12 /dev/zero; head -c 36 /dev/zero | tr '\0' '\377'; } \
        >"$dir/data/wide/$set-labels.npy"
done
sed -i 's/input { 4, 4, 1 }/input { 16 }/' "$dir/net.lua"
expect 0 "" $tailor train "$dir/net.lua" --set classes=65536 --data wide --epochs 3 --out "$dir/wide"
grep -q "^test accuracy *75.00 %" "$dir/out" || bad "65535 is not the class of most: $(cat "$dir/out")"

# a finished run is not that of other labels, or of another scale
expect 0 "" "$dir/wide/c/net" --data wide --epochs 3 --resume "$dir/wide"
printf 2 >"$dir/data/wide/scale.txt"
expect 1 "run.json: sha256 of scale.txt is not there, against" "$dir/wide/c/net" --data wide --epochs 3 \
    --resume "$dir/wide"
expect 0 "" "$dir/wide/c/net" --data wide --epochs 1 --out "$dir/scaled"
rm "$dir/data/wide/scale.txt"
expect 1 "run.json: images are scaled by scale.txt, against none" "$dir/wide/c/net" --data wide --epochs 1 \
    --resume "$dir/scaled"
cp "$dir/data/wide/train-labels.npy" "$dir/labels"
{ head -c 138 "$dir/labels"; tail -c 48 "$dir/labels" | tr '\0' '\1'; } >"$dir/data/wide/train-labels.npy"
expect 1 "run.json: sha256 of train-labels.npy is " "$dir/wide/c/net" --data wide --epochs 3 --resume "$dir/wide"
mv "$dir/labels" "$dir/data/wide/train-labels.npy"

expect 0 "" $tailor data
grep -q "^pictures  *PNG: 40 training and 40 test images of 4 x 4 x 1$" "$dir/out" &&
    grep -q "^wide  *.npy: 24 training and 24 test images of 1 x 16 x 1$" "$dir/out" ||
    bad "not listed: $(cat "$dir/out")"
expect 0 "" $tailor data wide
grep -q "^  $(sha256sum "$dir/data/wide/train-labels.npy" | cut -d' ' -f1)  train-labels.npy$" "$dir/out" ||
    bad "not its sha256: $(cat "$dir/out")"
expect 0 "" $tailor data "$dir/data/pictures" --json
grep -q '"format": "PNG"' "$dir/out" && grep -q '"test/\*/\*.png (names)": "' "$dir/out" ||
    bad "not as JSON: $(cat "$dir/out")"
expect 1 "widd is no known data set" $tailor data widd
printf 'x' >"$dir/data/wide/scale.txt"
expect 0 "" $tailor data
grep -q "^wide .*scale.txt: holds 'x', against one number" "$dir/out" ||
    bad "what is wrong is not said: $(cat "$dir/out")"
expect 1 "" $tailor data wide           # asked for by name, it is to be whole
grep -q "^wide .*scale.txt: holds 'x'" "$dir/out" || bad "what is wrong is not said: $(cat "$dir/out")"

# gzip data of more than 1 MB: libdeflate, where it is, takes what zlib takes, and what zlib refuses in zlib's words
mkdir "$dir/data/zipped"
images() { # count as four octal bytes, count
    printf '\0\0\010\003'; printf "$1"; printf '\0\0\0\034\0\0\0\034'
    seq 1000000 2999999 | head -c $(($2 * 784))
}
numbers() { printf '\0\0\010\001'; printf "$1"; head -c "$2" /dev/zero | tr '\0' '\003'; }
images '\0\0\010\0' 2048 >"$dir/images"
images '\0\0\0\200' 128 >"$dir/data/zipped/t10k-images-idx3-ubyte"
numbers '\0\0\010\0' 2048 >"$dir/data/zipped/train-labels-idx1-ubyte"
numbers '\0\0\0\200' 128 >"$dir/data/zipped/t10k-labels-idx1-ubyte"
sed -i 's/input { 16 }/input { 28, 28, 1 }/; s/classes = 2 /classes = 10 /' "$dir/net.lua"
expect 0 "" $tailor emit "$dir/net.lua" -o "$dir/deflate"
make -s -C "$dir/deflate"
cp -r "$dir/deflate" "$dir/zlib"
rm "$dir/zlib/runtime/rt_stream.o" "$dir/zlib/net"
make -s -C "$dir/zlib" DEFLATE=
[ -z "$(nm -u "$dir/zlib/net" | grep libdeflate)" ] || bad "make DEFLATE= links libdeflate"
cut_to() { head -c "$1" "$dir/images" | gzip -c; }
rest() { tail -c +$(($1 + 1)) "$dir/images" | gzip -c; }
one() { gzip -c "$dir/images"; }                    # "": taken, else the words of the message
two() { cut_to 1000000; rest 1000000; }
padded() { one; head -c 100000 /dev/zero; }
extra() { one; echo more; }
early() { one | head -c 300000; }
short() { cut_to 1500000; }
long() { { cat "$dir/images"; echo more; } | gzip -c; }
broken() { one | head -c 300000; printf 'xxxx'; one | tail -c +300005; }
unsound() { one | head -c -8; printf 'xxxx'; one | tail -c 4; }
lying() { one | head -c -4; printf '\0\0\0\001'; }
for kind in "one:" "two:" "padded:" "extra:more bytes after the gzip data" "early:the gzip data end early" \
    "short:ends after 1499984 bytes" "long:has more bytes than the 1605648" "broken:damaged gzip data" \
    "unsound:damaged gzip data: incorrect data check" "lying:damaged gzip data: incorrect length check"; do
    ${kind%%:*} >"$dir/data/zipped/train-images-idx3-ubyte.gz"
    for by in deflate zlib; do
        rm -rf "$dir/$by-run"
        code=1
        [ -n "${kind#*:}" ] || code=0
        expect $code "${kind#*:}" "$dir/$by/net" --data zipped --epochs 1 --out "$dir/$by-run"
        sed 's/  *[0-9.]* s$//' "$dir/err" >"$dir/$by.err"         # how long an epoch took is any
        [ $code = 1 ] || grep '_sha256\|ubyte' "$dir/$by-run/run.json" >"$dir/$by.sums"
    done
    cmp -s "$dir/deflate.err" "$dir/zlib.err" || bad "${kind%%:*}: $(cat "$dir/deflate.err" "$dir/zlib.err")"
    cmp -s "$dir/deflate.sums" "$dir/zlib.sums" || bad "${kind%%:*}: $(cat "$dir/deflate.sums" "$dir/zlib.sums")"
done
nm -u "$dir/deflate/net" | grep -q libdeflate || echo "skipped: gzip data by libdeflate, which is not there"
echo "$expected commands"
[ $wrong = 0 ]
