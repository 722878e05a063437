#!/bin/sh
# --fast: what OpenBLAS may carry out is measured as well and recorded; kernels through OpenBLAS give nearly the weights
# of our own, the same bits for any number of threads and after a resume; a record that does not fit is refused; without
# OpenBLAS our own kernels are measured alone.  How fast anything is, is not asked.  The kernels themselves:
# test_kernels.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
sha() { sed -n 's/.*"weights_sha256": *"\([0-9a-f]*\)".*/\1/p' "$1/run.json"; }

# 1,080 images of any bytes to train on, 120 to test
mkdir -p "$dir/data/few"
put() { # name, count as four octal bytes, count
    {
        printf '\0\0\010\003'; printf "$2"; printf '\0\0\0\034\0\0\0\034'
        seq 1000000 1999999 | head -c $(($3 * 784)) | tr '\n01234567' '\0\377\100\200\040\300\140\240\340'
    } >"$dir/data/few/$1-images-idx3-ubyte"
    { printf '\0\0\010\001'; printf "$2"; seq 1 "$3" | while read -r i; do printf "\\00$((i * 7 % 8))"; done; } \
        >"$dir/data/few/$1-labels-idx1-ubyte"
}
put train '\0\0\004\070' 1080
put t10k '\0\0\0\170' 120
export TAILOR_DATA="$dir/data"

# every way to multiply: convolutions of all kinds, one matrix for all rows, stacks turned and not, samples against
# samples; smooth, so that nearly the same sums stay nearly the same
mkdir "$dir/g"
many=$dir/g/many.lua
cat >"$many" <<'LUA'
image = input { 28, 28, 1 }
label = labels(10)
local x = gelu(conv2d(image, 8))
x = gelu(conv2d(x, 16, { kernel = 5, stride = 2 }))
x = gelu(batch_norm(conv2d(x, 16, { kernel = 1 })))
x = gelu(conv2d(x, 16, { groups = 4 }))
x = gelu(conv2d(x, 12, { dilation = 2, padding = "valid" }))
local tokens = 3 * reshape(x, { 100, 12 })
local q, k, v = linear(tokens, 8), linear(tokens, 8), linear(tokens, 12)
tokens = tokens + matmul(softmax(matmul(q, k, { transpose_b = true })), v)
local h = gelu(linear(flatten(tokens), 32))
logits = linear(h, 10)
minimize(cross_entropy(logits, label) + 1e-3 * mean(matmul(h, h, { transpose_b = true }) ^ 2))
train { data = "few", batch = 120, epochs = 2, seed = 3, optimizer = sgd { lr = 2e-3 } }
LUA

# ---- no OpenBLAS: where pkg-config looks there is nothing ----
nowhere() { PKG_CONFIG_LIBDIR="$dir" PKG_CONFIG_PATH="$dir" "$@"; }
expect 0 "there is no OpenBLAS here" nowhere $tailor train "$many" --epochs 1 --threads 1 --out "$dir/without" --fast
[ "$(grep -c OpenBLAS "$dir/err")" = 1 ] || bad "not one line about OpenBLAS: $(cat "$dir/err")"
[ -n "$(sha "$dir/without")" ] || bad "--fast did not train without OpenBLAS"
grep -q '"op": "conv2d"' "$dir/without/c/many.tune.json" || bad "our own kernels were not measured"
grep -qi blas "$dir"/without/c/many.[ch] "$dir/without/c/Makefile" "$dir/without/c/many.tune.json" \
    "$dir/without/run.json" && bad "OpenBLAS where there is none"

# what needs none has no trace of it
expect 0 "" $tailor emit "$many" -o "$dir/default"
grep -rqi blas "$dir"/default/many.[ch] "$dir/default/Makefile" "$dir/default/many.json" &&
    bad "OpenBLAS in the default mode"
ls "$dir"/default/runtime/rt_blas.h "$dir"/default/runtime/rt_im2col.h "$dir"/default/many.tune.json >/dev/null 2>&1 &&
    bad "files of --fast in the default mode"
expect 2 "takes no value" $tailor train "$many" --fast=yes
expect 2 "only one of them" $tailor emit "$many" -o "$dir/none" --fast --tuned "$many"
expect 2 "unknown flag" $tailor eval "$dir/without" --fast
CC=false expect 1 "could not be built" $tailor emit "$many" -o "$dir/none" --fast
[ ! -e "$dir/none" ] || bad "a folder from nothing measured"

if [ -z "$(pkg-config --libs openblas 2>/dev/null)" ]; then
    [ $wrong = 0 ] || exit 1
    echo "no OpenBLAS (libopenblas-dev) for what goes through it; without it --fast trains, $expected commands"
    exit 77
fi

# ---- measured, recorded, taken from the record ----
expect 0 "" $tailor emit "$many" -o "$dir/measured" --fast
tuned=$dir/measured/many.tune.json
grep -q '"openblas": "OpenBLAS ' "$tuned" || bad "the record does not say which OpenBLAS: $(head -c 300 "$tuned")"
forms=$(grep -c '"op": "conv2d' "$tuned")
[ "$forms" = 11 ] || bad "4 convolutions of one group have 11 forms, the first no gradient of its image: $forms"
[ "$(grep -c '"op": "matmul"' "$tuned")" -gt 15 ] || bad "only $(grep -c '"op": "matmul"' "$tuned") products"
[ "$(grep -c '"ms": {.*"openblas": [0-9.e-]*}' "$tuned")" = "$(grep -c '"op"' "$tuned")" ] ||
    bad "choices without a time of OpenBLAS"
expect 0 "" $tailor emit "$many" -o "$dir/again" --tuned "$tuned"
diff -r "$dir/measured" "$dir/again" >"$dir/diff" || bad "another folder from the record: $(head -c 300 "$dir/diff")"

# ---- OpenBLAS for everything, none of it, and both in turn ----
sed 's/"algorithm": "[^"]*"/"algorithm": "openblas"/' "$tuned" >"$dir/all.json"
sed 's/"algorithm": "\([^"]*\)", "cost_model": "\([^"]*\)"/"algorithm": "\2", "cost_model": "\2"/' "$tuned" \
    >"$dir/own.json"
awk '/"op"/ && ++n % 2 { sub(/"algorithm": "[^"]*"/, "\"algorithm\": \"openblas\"") } { print }' "$dir/own.json" \
    >"$dir/some.json"
expect 0 "" $tailor train "$many" --threads 1 --out "$dir/own1" --tuned "$dir/own.json"
for mode in all some; do
    for threads in 1 2; do
        expect 0 "" $tailor train "$many" --threads $threads --out "$dir/$mode$threads" --tuned "$dir/$mode.json"
    done
    [ -n "$(sha "$dir/${mode}1")" ] && [ "$(sha "$dir/${mode}1")" = "$(sha "$dir/${mode}2")" ] ||
        bad "$mode: 1 and 2 threads: $(sha "$dir/${mode}1") $(sha "$dir/${mode}2")"
done
expect 0 "" $tailor train "$many" --threads 2 --out "$dir/plain"
[ "$(sha "$dir/own1")" = "$(sha "$dir/plain")" ] || bad "other bits than the default mode's, by the same algorithms"
[ "$(sha "$dir/all1")" != "$(sha "$dir/plain")" ] || bad "OpenBLAS changes no bit"
grep -qi blas "$dir"/own1/c/many.[ch] "$dir/own1/c/Makefile" && bad "the C needs OpenBLAS where no kernel uses it"
grep -q '"openblas": "OpenBLAS ' "$dir/all1/run.json" || bad "run.json does not say which OpenBLAS"
grep -q '"openblas"' "$dir/own1/run.json" "$dir/plain/run.json" && bad "run.json says OpenBLAS where no kernel uses it"
for run in all1 some1; do
    grep -q '"algorithm": "openblas"' "$dir/$run/run.json" || bad "$run: run.json names no kernel of OpenBLAS"
done
[ "$(grep -c '"algorithm": "\(direct\|matmul\|outer products\)"' "$dir/all1/c/many.json")" = 3 ] ||
    bad "only the three of several groups are our own: $(grep layer "$dir/all1/c/many.json")"
grep -q '"openblas"' "$dir/own1/c/many.tune.json" || bad "the record did not go along"
expect 0 "" $tailor eval "$dir/all1"

# the weights are nearly those of the default mode: against how far the second epoch moved each tensor
if command -v python3 >/dev/null; then
    cat >"$dir/near.py" <<'PY'
import array, json, struct, sys
def tensors(run):
    data = open(run + "/weights.safetensors", "rb").read()
    n, = struct.unpack("<Q", data[:8])
    head = json.loads(data[8:8 + n])
    return {k: array.array("f", data[8 + n + v["data_offsets"][0]:8 + n + v["data_offsets"][1]])
            for k, v in head.items() if k != "__metadata__"}
first, plain, other = map(tensors, sys.argv[1:])
assert sorted(first) == sorted(plain) == sorted(other) and len(plain) > 10, "other tensors"
def far(a, b): return max(abs(x - y) for x, y in zip(a, b))
moved = {k: far(first[k], plain[k]) for k in plain}
least = 0.01 * max(moved.values())        # gradients of some are 0, but for rounding: a bias in front of batch_norm
worst = max((far(plain[k], other[k]) / max(moved[k], least), k) for k in plain)
print("weights differ by at most %.2g of what an epoch moves them, %s" % worst)
sys.exit(not 0 < worst[0] < 1e-3)
PY
    for run in all1 some1; do
        python3 "$dir/near.py" "$dir/without" "$dir/plain" "$dir/$run" >"$dir/near" 2>&1 ||
            bad "$run: $(cat "$dir/near")"
    done
fi

# killed and resumed: by the record in the folder, whatever is measured meanwhile
kill_after_checkpoint "$dir/killed" "$many" --threads 1 --tuned "$dir/all.json"
rm -f "$dir/killed/run.json"
for copy in other lost; do cp -r "$dir/killed" "$dir/$copy"; done
expect 0 "" $tailor train "$many" --threads 2 --resume "$dir/killed" --fast
[ "$(sha "$dir/killed")" = "$(sha "$dir/all1")" ] ||
    bad "killed and resumed: $(sha "$dir/killed") against $(sha "$dir/all1")"
cmp -s "$dir/all.json" "$dir/killed/c/many.tune.json" || bad "a resumed run has another record"
expect 1 "other choices than those" $tailor train "$many" --resume "$dir/other" --tuned "$dir/own.json"
# of another length: damaged; of the same: another OpenBLAS
sed -i 's/OpenBLAS \([0-9.]*\) /OpenBLAS \1x /' "$dir/other/checkpoint.safetensors"
expect 1 "other/checkpoint.safetensors: " $tailor train "$many" --resume "$dir/other"
cp "$dir/lost/checkpoint.safetensors" "$dir/other/" &&
    sed -i 's/OpenBLAS 0/OpenBLAS 9/' "$dir/other/checkpoint.safetensors"
expect 1 "openblas is OpenBLAS 9.*against OpenBLAS 0" $tailor train "$many" --resume "$dir/other"
rm -rf "$dir/lost/c"
expect 1 "--fast measures for a new run" $tailor train "$many" --resume "$dir/lost" --fast

# ---- the C that comes out ----
expect 0 "" $tailor emit "$many" -o "$dir/c" --tuned "$dir/all.json"
for cc in gcc clang; do
    command -v $cc >/dev/null || continue
    $cc -std=gnu11 -O1 -ffp-contract=off -fopenmp -Wall -Wextra -Werror $(pkg-config --cflags openblas) \
        -I"$dir/c/runtime" -c "$dir/c/many.c" -o "$dir/object.o" 2>"$dir/err" || bad "$cc: $(head -c 300 "$dir/err")"
done
expect 2 "OpenBLAS is not there: pkg-config knows no openblas" nowhere make -s -C "$dir/c"
expect 0 "" nowhere make -s -C "$dir/c" clean
expect 1 "OpenBLAS is not there: pkg-config knows no openblas" nowhere $tailor train "$many" --out "$dir/none" \
    --tuned "$dir/all.json"
[ ! -e "$dir/none" ] || bad "a run that could not be built left a folder"
expect 0 "" $tailor emit "$many" -o "$dir/c"
diff -r "$dir/default" "$dir/c" >"$dir/diff" || bad "written anew without: $(head -c 300 "$dir/diff")"

# ---- records that do not fit: file, line, what it is, what it should be ----
changed() { # sed's words, pattern; of the record with OpenBLAS everywhere
    sed "$1" "$dir/all.json" >"$dir/w.json"
    cmp -s "$dir/w.json" "$dir/all.json" && bad "nothing changed by $1"
    expect 1 "$2" $tailor emit "$many" -o "$dir/none" --tuned "$dir/w.json"
    [ ! -e "$dir/none" ] || bad "a folder from a record that does not fit"
}
five=$(grep -n '"window": \[5, 5\]' "$dir/all.json" | head -n 1 | cut -d: -f1)
outer=$(grep -n '"transposed": \[1, 0\]' "$dir/all.json" | head -n 1 | cut -d: -f1)
product=$(grep -n '"op": "matmul"' "$dir/all.json" | head -n 1 | cut -d: -f1)
changed '/"openblas": "Open/d' "w.json:[0-9]*: algorithm is 'openblas', against direct, winograd f2 or winograd f4"
changed 's/"openblas": "OpenBLAS[^"]*"/"openblas": 3/' 'w.json:3: openblas is not a text'
changed "${five}s/\"algorithm\": \"openblas\"/\"algorithm\": \"winograd f2\"/" \
    "w.json:$five: algorithm is winograd f2, against direct or openblas for conv2d of image .* window \[5, 5\]"
changed "5s/\"algorithm\": \"openblas\"/\"algorithm\": \"winograd f4\"/" \
    'w.json:5: algorithm is winograd f4, against winograd f2 at most with accuracy = "f2"'
changed "5s/\"algorithm\": \"openblas\"/\"algorithm\": \"matmul\"/" \
    "w.json:5: algorithm is 'matmul', against direct, winograd f2, winograd f4 or openblas"
changed "${product}s/\"algorithm\": \"openblas\"/\"algorithm\": \"direct\"/" \
    "w.json:$product: algorithm is 'direct', against matmul or openblas"
changed "${outer}s/\"algorithm\": \"openblas\"/\"algorithm\": \"matmul\"/" \
    "w.json:$outer: algorithm is 'matmul', against outer products or openblas"
changed "${five}s/\"stride\": \[2/\"stride\": [3/" "w.json:$five: conv2d of image .* stride \[3, 2\].*against none"
changed "${five}s/\"stride\": \[2/\"stride\": [0/" "w.json:$five: number 1 of stride is not a whole one from 1"
changed "${five}s/\"dilation\": \[[^]]*\], //" "w.json:$five: there is no dilation"
changed "${five}s/\"window\": \[5, 5\]/\"window\": [5]/" "w.json:$five: window has 1 numbers, against 2"
changed "${product}s/\"op\": \"matmul\"/\"op\": \"conv2d\"/" "w.json:$product: op is 'conv2d', against matmul"
changed "5s/\"op\": \"conv2d\"/\"op\": \"matmul\"/" \
    "w.json:5: op is 'matmul', against conv2d, conv2d_grad_input or conv2d_grad_weight"
changed "${product}s/\"left\": \"[^\"]*\"/\"left\": \"[7, 7]\"/" \
    "w.json:$product: matmul of left \[7, 7\], right .*against none of these"
changed "${product}s/\"left\": \"[^\"]*\"/\"left\": 7/" "w.json:$product: left is not a text"
changed "${product}s/\"right\"/\"write\"/" "w.json:$product: there is no right"
changed "${product}s/\"transposed\": \[0/\"transposed\": [2/" \
    "w.json:$product: number 1 of transposed is not a whole one from 0 to 1"
changed "${product}s/.*/7,/" "w.json:$product: a product is not an object"
changed "${product}d" "w.json:[0-9]*: no choice for matmul of left"
changed "${product}p" "w.json:$((product + 1)): matmul of .* stands twice, first in line $product"
changed "${five}d" "w.json:4: no choice for conv2d of image .* window \[5, 5\]"
changed 's/"products"/"product"/' 'w.json:1: there is no products'
whole=$(wc -c <"$dir/all.json")
for n in 200 900 $((whole / 2)) $((whole - 5)); do
    head -c $n "$dir/all.json" >"$dir/w.json"
    expect 1 'w.json:[0-9]*: ' $tailor emit "$many" -o "$dir/none" --tuned "$dir/w.json"
done
[ $wrong = 0 ] && echo "$expected commands: OpenBLAS measured, recorded, kept; $(cat "$dir/near" 2>/dev/null)"
[ $wrong = 0 ]
