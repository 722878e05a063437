#!/bin/sh
# Packed runs: the archive has the same bytes each time, builds and checks itself with a compiler and make, and notices
# each number of the vectors, of the weights and of the code that was changed; what cannot be packed.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
mkdir "$dir/tmp" && export TMPDIR="$dir/tmp"

# no network, no tailor: the folder, a compiler and make
alone() { env -i PATH=/usr/bin:/bin sh -c "cd '$1' && make -s $2"; }
packed() { # name: packs $dir/NAME twice and unpacks it
    expect 0 "" $tailor pack "$dir/$1" -o "$dir/$1.tar.gz"
    expect 0 "" $tailor pack "$dir/$1" -o "$dir/again.tar.gz"
    cmp -s "$dir/$1.tar.gz" "$dir/again.tar.gz" || bad "$1: packed twice, the bytes differ"
    gzip -dc "$dir/$1.tar.gz" | tar -xf - -C "$dir/packed" || bad "$1: cannot be unpacked"
}
mkdir "$dir/packed"
expect 0 "" $tailor train graphs/mlp.lua --data digits --epochs 1 --seed 1 --set width=16 --threads 1 --out "$dir/mlp"
everything=tests/library/everything.lua
expect 0 "" $tailor train $everything --data digits --epochs 1 --seed 2 --threads 1 --out "$dir/everything"
packed mlp
packed everything
files=$(cd "$dir/packed/mlp" && find . -type f | LC_ALL=C sort | tr '\n' ' ')
[ "$files" = "./Makefile ./README.md ./check.c ./mlp.c ./mlp.h ./mlp.lock ./mlp.lua ./mlp.safetensors \
./mlp.vectors.safetensors " ] ||
    bad "files of the archive: $files"
expect 0 "" alone "$dir/packed/mlp" "check CFLAGS='-O0 -Wall -Wextra -Werror'"
for of in "the losses of 4 steps" predict/logits evaluate/loss evaluate/accuracy; do
    grep -q "^equal: $of" "$dir/out" || bad "the check says nothing of $of: $(cat "$dir/out")"
done
expect 0 "" alone "$dir/packed/everything" "check CFLAGS='-O0 -fopenmp -Wall -Wextra -Werror'"
grep -q "^equal: predict/class" "$dir/out" || bad "nothing of an output: $(cat "$dir/out")"
expect 0 "" alone "$dir/packed/mlp" "CFLAGS=-O0"
at=$dir/packed/mlp
expect 0 "" "$at/mlp" --eval "$at" --weights "$at/mlp.safetensors" --data digits --json
grep -q "$(sed -n 's/.*"weights_sha256": *"\(.*\)".*/\1/p' "$dir/mlp/run.json")" "$dir/out" ||
    bad "other weights: $(cat "$dir/out")"
expect 0 "" $tailor verify "$dir/packed/mlp/mlp.lock" --quick --threads 1

# one changed byte of the weights, of an input, of a loss, of the code
change() { # file, offset from its end: changes a byte
    size=$(wc -c <"$1")
    byte=$(tail -c "$2" "$1" | head -c 1 | od -An -tu1)
    { head -c $((size - $2)) "$1"; printf "\\$(printf %03o $((byte ^ 64)))"; tail -c $(($2 - 1)) "$1"; } >"$dir/changed"
    cp "$dir/changed" "$1"
}
changed() { # what, what the check says of it
    expect 2 "$2" alone "$dir/broken" "check CFLAGS=-O0"
    rm -rf "$dir/broken"
}
start() { cp -rp "$dir/packed/mlp" "$dir/broken"; }
start; change "$dir/broken/mlp.safetensors" 30; changed weights "against .* of the vectors"
start; change "$dir/broken/mlp.vectors.safetensors" 3; changed results "of the vectors"
start; change "$dir/broken/mlp.vectors.safetensors" 600001; changed inputs "of the vectors"
start; sed 's/\(trained_sha256": *"\)./\1x/' "$dir/packed/mlp/mlp.vectors.safetensors" \
    >"$dir/broken/mlp.vectors.safetensors"
changed hash "the weights behind 4 steps have the sha256"
start; head -c 5000 "$dir/packed/mlp/mlp.vectors.safetensors" >"$dir/broken/mlp.vectors.safetensors"
changed cut "mlp.vectors.safetensors"
start; sed 's/gain1 = (float)(1.0 - beta1)/gain1 = (float)(0.9 - beta1)/' "$dir/packed/mlp/mlp.c" >"$dir/broken/mlp.c"
changed code "number 1 is .*, against .* of the vectors"

# what cannot be packed, and places that no archive goes to
expect 1 "is a folder, against a file" $tailor pack "$dir/mlp" -o "$dir/packed"
expect 1 "is there and is no archive; it is not overwritten" $tailor pack "$dir/mlp" -o "$dir/mlp/run.json"
expect 1 "is it a finished run" $tailor pack "$dir/packed" -o "$dir/x.tar.gz"
expect 1 "against .* that the run's C gives here" env sh -c "
    cp -r '$dir/mlp' '$dir/other' && sed 's/^loss,1,.*/loss,1,0x1p+1/' '$dir/mlp/trace.csv' >'$dir/other/trace.csv' &&
    $tailor pack '$dir/other' -o '$dir/x.tar.gz'"
# weights that are not the run's, to all that take a run; to eval, where they are not named
cp -r "$dir/mlp" "$dir/foreign"
printf '\001' | dd of="$dir/foreign/weights.safetensors" bs=1 conv=notrunc 2>/dev/null \
    seek=$(($(wc -c <"$dir/mlp/weights.safetensors") - 4))
own=$(sed -n 's/.*"weights_sha256": "\(.*\)".*/\1/p' "$dir/mlp/run.json")
not_own="foreign/weights.safetensors: its sha256 is [0-9a-f]*, against $own of $dir/foreign/run.json: the weights"
expect 1 "$not_own are not the run's" $tailor pack "$dir/foreign" -o "$dir/x.tar.gz"
expect 1 "$not_own are not the run's" $tailor eval "$dir/foreign"
[ ! -s "$dir/out" ] || bad "metrics of weights that are not the run's: $(cat "$dir/out")"
expect 0 "" $tailor eval "$dir/foreign" --weights "$dir/foreign/weights.safetensors"
sed 's/"digits"/"nowhere"/' "$dir/mlp/run.json" >"$dir/other/run.json"
expect 1 "there is no folder" $tailor pack "$dir/other" -o "$dir/x.tar.gz"
expect 1 "cannot" $tailor pack "$dir/mlp" -o "$dir/none/x.tar.gz"
[ ! -e "$dir/x.tar.gz" ] && [ -z "$(ls "$TMPDIR")" ] || bad "something is left: $(ls "$dir" "$TMPDIR")"
[ $wrong = 0 ] && echo "$expected commands; packed runs check themselves"
exit $wrong
