#!/bin/sh
# A trainer in one file: it is built by one call of a compiler, without a warning, and has the bits of tests/golden;
# what it reads with zlib and without; nothing that a graph is called can be the name of a function of the runtime.
set -u
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. tests/same_bits.sh
form=--single-file
die() { echo "$*"; exit 1; }
n=0
same() { # name, threads, the compiler with its flags, libraries
    name=$1 threads=$2 cc=$3
    shift 3
    $cc -Wall -Wextra -Werror "$dir/$name/$name.c" -o "$dir/$name/$name" "$@" -lm || die "$name: not built by $cc"
    weights=$(small_weights "$name" "$threads" 2 "")
    grep -qx "$name $weights" tests/golden/numerics ||
        die "$name by $cc, $threads threads: $weights is not in tests/golden"
    n=$((n + 1))
}
for model in mlp f4 resnet convnext cnn_cam balance; do
    small_model $model
    [ "$(ls "$dir/$model" | tr '\n' ' ')" = "Makefile $model.c $model.h $model.json " ] ||
        die "$model: other files: $(ls "$dir/$model")"
done
same mlp 1 "gcc -O0 -std=c11"
same mlp 3 "gcc -O1 -DRT_QUICK_BUILD -fopenmp -DRT_ZLIB" -lz
same f4 1 "gcc -O1 -DRT_QUICK_BUILD"
same resnet 1 "gcc -O1 -march=native"
same convnext 3 "gcc -O1 -DRT_QUICK_BUILD -fopenmp"
same cnn_cam 1 "gcc -O1 -DRT_QUICK_BUILD"
if command -v clang >/dev/null; then
    same balance 1 "clang -O1 -DRT_QUICK_BUILD -march=native"
    same mlp 2 "clang -O1 -fopenmp"
fi
make -s -C "$dir/mlp" clean
make -s -C "$dir/mlp" CFLAGS=-O0 2>"$dir/log" || die "make: $(cat "$dir/log")"

# without zlib: gzip data and PNG files are refused, by name; with it they are read
mkdir -p "$dir/data/packed" "$dir/data/png/train/a" "$dir/data/png/train/b"
for file in "$dir"/data/small/*; do gzip -c "$file" >"$dir/data/packed/${file##*/}.gz"; done
for class in a b; do printf '\211PNG\r\n\032\n' | cat - /dev/zero | head -c 99 >"$dir/data/png/train/$class/0.png"; done
hint="against a trainer built without zlib: build it with -DRT_ZLIB and -lz"
for data in packed png; do
    "$dir/mlp/mlp" --data $data --epochs 1 --out "$dir/refused" >"$dir/log" 2>&1
    [ $? = 1 ] || die "$data: exit code $?"
    grep -q "$hint" "$dir/log" || die "$data: $(cat "$dir/log")"
    [ ! -e "$dir/refused/run.json" ] || die "$data: a run is there"
done
make -s -C "$dir/mlp" clean
make -s -C "$dir/mlp" CFLAGS=-O0 ZLIB=1 || die "make ZLIB=1"
"$dir/mlp/mlp" --data packed --epochs 2 --seed 5 --out "$dir/packed" >/dev/null || die "gzip data with zlib"
grep -q "$(sed -n 's/^mlp //p' tests/golden/numerics)" "$dir/packed/run.json" || die "gzip data: other weights"

# the runtime's own functions, beside those that are called NAME_init and so on, and kernels
nm build/runtime/*.o | awk '$3 ~ /_(init|prepare|step|gradients|evaluate|predict|save|load|status_text|model)$/ ||
    $3 ~ /^(fwd|bwd|pack|unpack|conv|run|evaluate)_|^check_(train|evaluate|predict)$|_table_/ {
    if ($3 !~ /^rt_/) { print $3; bad = 1 } } END { exit bad }' || die "a model can have these names of the runtime"

./tailor emit graphs/mlp.lua --single-file --library -o "$dir/x" 2>"$dir/log"
[ $? = 2 ] || die "both forms: exit code $?"
./tailor emit graphs/mlp.lua -o "$dir/mlp" 2>"$dir/log" && die "a folder was written over a single file"
./tailor emit graphs/mlp.lua --single-file -o "$dir/mlp" || die "a single file is not written again"
./tailor emit graphs/mlp.lua --single-file --profile -o "$dir/timed" &&
    cc -O0 -fopenmp -Wall -Wextra -Werror "$dir/timed/mlp.c" -o "$dir/timed/mlp" -lm &&
    "$dir/timed/mlp" --benchmark 3 --profile --threads 1 | grep -q fwd_ || die "no profile"
echo "$n trainers of one file have the bits of tests/golden/numerics"
