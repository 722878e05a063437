#!/bin/sh
# --tune and --tuned: measured algorithms of convolutions are recorded, taken from the record again, kept by --resume,
# and give the same bits wherever they come from; a record that does not fit is refused.  How fast anything is, is not
# asked.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
sha() { sed -n 's/.*"weights_sha256": *"\([0-9a-f]*\)".*/\1/p' "$1/run.json"; }
loss() { sed -n 's/.*"train_loss": *\([0-9.e-]*\).*/\1/p' "$1/run.json"; }

graph() { # accuracy
    cat <<LUA
image = input { 28, 28, 1 }
label = labels(10)
local x = max_pool(relu(conv2d(image, 8)), 2)
x = max_pool(relu(batch_norm(conv2d(x, 16))), 2)
x = relu(conv2d(relu(conv2d(x, 24, { padding = "valid" })), 8, { kernel = 1 }))
logits = linear(flatten(x), 10)
minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))
train { data = "digits", batch = 64, epochs = 2, seed = 3, accuracy = "$1", optimizer = adamw {} }
LUA
}
mkdir "$dir/g" "$dir/exact"
graph f4 >"$dir/g/small.lua"
graph exact >"$dir/exact/small.lua"
small=$dir/g/small.lua

# measured, recorded, taken from the record
expect 0 "" $tailor emit "$small" -o "$dir/measured" --tune
tuned=$dir/measured/small.tune.json
[ "$(grep -c '"op": "conv2d' "$tuned")" = 8 ] ||
    bad "3 convolutions have 8 forms, the first no gradient of its image: $(cat "$tuned")"
grep -q '"ms": {"direct": [0-9.e-]*, "winograd f2": [0-9.e-]*, "winograd f4": [0-9.e-]*}' "$tuned" ||
    bad "no times of all three algorithms"
grep -q '"tuned": "[0-9a-f]\{64\}"' "$dir/measured/small.json" || bad "small.json does not say that it was tuned"
expect 0 "" $tailor emit "$small" -o "$dir/again" --tuned "$tuned"
diff -r "$dir/measured" "$dir/again" >"$dir/diff" || bad "another folder from the record: $(head -c 300 "$dir/diff")"

# a choice for each form that no cost model makes, the same on every machine: forward F(4x4), to the input direct, to
# the weight F(2x2)
sed -e '/"conv2d"/s/"algorithm": "[^"]*"/"algorithm": "winograd f4"/' \
    -e '/"conv2d_grad_input"/s/"algorithm": "[^"]*"/"algorithm": "direct"/' \
    -e '/"conv2d_grad_weight"/s/"algorithm": "[^"]*"/"algorithm": "winograd f2"/' "$tuned" >"$dir/mixed.json"
expect 0 "" $tailor emit "$small" -o "$dir/mixed" --tuned "$dir/mixed.json"
for pair in "fwd_[a-z0-9_]*:winograd f4" "bwd_[a-z0-9_]*weight:winograd f2" "bwd_[a-z0-9_]*:direct"; do
    grep -q "\"layer\": \"${pair%%:*}\", \"algorithm\": \"${pair#*:}\"" "$dir/mixed/small.json" ||
        bad "no $pair among the kernels: $(grep layer "$dir/mixed/small.json")"
done
cmp -s "$dir/mixed.json" "$dir/mixed/small.tune.json" || bad "the record did not go along as it is"

# the same bits for 1 and 2 threads; other ones than the cost model's; nearly the same losses
expect 0 "" $tailor train "$small" --threads 1 --out "$dir/one" --tuned "$dir/mixed.json"
expect 0 "" $tailor train "$small" --threads 2 --out "$dir/two" --tuned "$dir/one/c/small.tune.json"
expect 0 "" $tailor train "$small" --threads 2 --out "$dir/plain"
[ -n "$(sha "$dir/one")" ] && [ "$(sha "$dir/one")" = "$(sha "$dir/two")" ] ||
    bad "1 and 2 threads: $(sha "$dir/one") $(sha "$dir/two")"
[ "$(sha "$dir/one")" != "$(sha "$dir/plain")" ] || bad "the choices change no bit"
echo "$(loss "$dir/one") $(loss "$dir/plain")" | awk '{ exit !($1 > 0 && ($1 - $2) ^ 2 < (0.02 * $2) ^ 2) }' ||
    bad "losses $(loss "$dir/one") and $(loss "$dir/plain")"
a=$(grep -o '"tuned": "[0-9a-f]*"' "$dir/one/run.json") b=$(grep -o '"tuned": "[0-9a-f]*"' "$dir/mixed/small.json")
[ -n "$a" ] && [ "$a" = "$b" ] || bad "run.json says $a, small.json $b"
grep -q '"tuned"' "$dir/plain/run.json" "$dir/plain/c/small.json" &&
    bad "a run by the cost model says that it was tuned"
ls "$dir"/plain/c/*.tune.json "$dir"/one/c/runtime/rt_tune.h >/dev/null 2>&1 &&
    bad "files of tuning where there is none"

# killed and resumed: by the record in the folder, whatever is measured meanwhile
kill_after_checkpoint "$dir/killed" "$small" --threads 1 --tuned "$dir/mixed.json"
rm -f "$dir/killed/run.json"
for copy in lost lost2 other; do cp -r "$dir/killed" "$dir/$copy"; done
expect 0 "" $tailor train "$small" --threads 2 --resume "$dir/killed" --tune
[ "$(sha "$dir/killed")" = "$(sha "$dir/one")" ] ||
    bad "killed and resumed: $(sha "$dir/killed") against $(sha "$dir/one")"
cmp -s "$dir/mixed.json" "$dir/killed/c/small.tune.json" || bad "a resumed run has another record"
expect 0 "" $tailor train "$small" --resume "$dir/killed"
expect 1 "other choices than those" $tailor train "$small" --resume "$dir/other" --tuned "$tuned"
rm -rf "$dir/lost/c" "$dir/lost2/c"
expect 1 "tuned is [0-9a-f]*, against no tuning" $tailor train "$small" --resume "$dir/lost"
expect 0 "" $tailor train "$small" --resume "$dir/lost2" --tuned "$dir/mixed.json"
[ "$(sha "$dir/lost2")" = "$(sha "$dir/one")" ] ||
    bad "resumed by the file: $(sha "$dir/lost2") against $(sha "$dir/one")"
expect 1 "began without" $tailor train "$small" --resume "$dir/plain" --tune
expect 0 "" $tailor eval "$dir/one"

# written anew without: nothing of it stays
expect 0 "" $tailor emit "$small" -o "$dir/mixed"
[ ! -e "$dir/mixed/small.tune.json" ] || bad "the record of an earlier emit is still there"

# accuracy = "exact" has direct sums alone, and takes no other choice
expect 0 "" $tailor emit "$dir/exact/small.lua" -o "$dir/direct" --tune
grep -q 'winograd f\|\.tile = ' "$dir/direct/small.json" "$dir/direct/small.c" "$dir/direct/small.tune.json" &&
    bad "minimal filtering where sums are to be exact"
expect 1 "mixed.json:4: algorithm is winograd f4, against direct at most with accuracy = \"exact\"" $tailor emit \
    "$dir/exact/small.lua" -o "$dir/none" --tuned "$dir/mixed.json"

# records that do not fit: file, line, what it is, what it should be
wrong_file() { # pattern; the file is $dir/w.json
    expect 1 "$1" $tailor emit "$small" -o "$dir/none" --tuned "$dir/w.json"
    [ ! -e "$dir/none" ] || bad "a folder from a record that does not fit"
}
changed() { # sed's words, pattern
    sed "$1" "$dir/mixed.json" >"$dir/w.json"
    cmp -s "$dir/w.json" "$dir/mixed.json" && bad "nothing changed by $1"
    wrong_file "$2"
}
changed '5s/"image": \[14/"image": [15/' 'w.json:5: conv2d of image \[15, 14, 8\].*against none'
changed '5s/"padding": \[1/"padding": [-1/' 'w.json:5: number 1 of padding is not a whole one from 0'
changed '5s/"image": \[14/"image": [-14/' 'w.json:5: number 1 of image is not'
changed '5s/"image": \[14/"image": [1e999/' 'w.json:5: .*range of a double'
changed '5s/"image": \[14/"image": [99999999999999999999/' 'w.json:5: number 1 of image is not'
changed '5s/"image": \[14, /"image": [/' 'w.json:5: image has 2 numbers, against 3'
changed '5s/"image": \[[^]]*\]/"image": {}/' 'w.json:5: image is not a list'
changed '5s/winograd f4/winograd f6/' "w.json:5: algorithm is 'winograd f6', against direct, winograd f2 or winograd f4"
changed '5s/"algorithm"/"algorithms"/' 'w.json:5: there is no algorithm'
changed '5s/"conv2d"/"matmul"/' "w.json:5: op is 'matmul'"
changed '5s/.*/7,/' 'w.json:5: a convolution is not an object'
changed '5d' 'w.json:3: no choice for conv2d of image \[14, 14, 8\]'
changed '5{p;}' 'w.json:6: conv2d of image .* stands twice, first in line 5'
changed 's/"convolutions"/"Convolutions"/' 'w.json:1: there is no convolutions'
changed '6,$d' 'w.json:[56]: .*'
for n in 0 1 30 100 400 900; do
    head -c $n "$dir/mixed.json" >"$dir/w.json"
    wrong_file 'w.json:[0-9]*: '
done
echo '[]' >"$dir/w.json" && wrong_file 'w.json:1: not an object'
head -c 5000000 /dev/zero >"$dir/w.json" && wrong_file 'w.json: 5000000 bytes, against'
head -c 4000000 /dev/zero | tr '\0' '[' >"$dir/w.json" && wrong_file 'w.json:1: .*deep'
printf '{"convolutions": [\0]}' >"$dir/w.json" && wrong_file 'w.json:1: '
expect 1 "No such file" $tailor emit "$small" -o "$dir/none" --tuned "$dir/nowhere.json"
expect 1 "" $tailor emit "$small" -o "$dir/none" --tuned "$dir"
expect 1 "w.json:1: " $tailor train "$small" --out "$dir/none" --tuned "$dir/w.json"
[ ! -e "$dir/none" ] || bad "a run that was refused left a folder"
CC=false expect 1 "could not be built" $tailor emit "$small" -o "$dir/none" --tune
expect 2 "only one of them" $tailor emit "$small" -o "$dir/none" --tune --tuned "$dir/mixed.json"
expect 2 "needs a value" $tailor emit "$small" -o "$dir/none" --tuned
expect 2 "takes no value" $tailor emit "$small" -o "$dir/none" --tune=yes
expect 2 "unknown flag" $tailor eval "$dir/one" --tune
[ $wrong = 0 ] && echo "$expected commands: choices recorded, read back, kept; what does not fit is refused"
[ $wrong = 0 ]
