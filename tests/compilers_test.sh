#!/bin/sh
# One run of training has the same bits whatever compiled it: gcc and clang, optimization levels, 4, 8 and 16 lanes, with and
# without the instruction for a fused multiply-add.
set -u
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
wrong=0 runs=0
# a small set, of any bytes: 512 images to train, 128 to test
mkdir -p "$dir/data/small"
labels=$(i=0; while [ $i -lt 512 ]; do printf '\\%03o' $((i * 7 % 10)); i=$((i + 1)); done)
put() { # name, count as four octal bytes, count
    { printf '\0\0\010\003'; printf "$2"; printf '\0\0\0\034\0\0\0\034'; seq 1000000 1999999 | head -c $(($3 * 784)); } >"$dir/data/small/$1-images-idx3-ubyte"
    { printf '\0\0\010\001'; printf "$2"; printf "$labels" | head -c "$3"; } >"$dir/data/small/$1-labels-idx1-ubyte"
}
put train '\0\0\002\0' 512
put t10k '\0\0\0\200' 128
export TAILOR_DATA="$dir/data"
for graph in "mlp" "cnn --set width=16 --set depth=2"; do      # direct sums and minimal filtering
    name=${graph%% *}
    # shellcheck disable=SC2086
    ./tailor emit graphs/$name.lua ${graph#"$name"} -o "$dir/$name" >/dev/null || exit 1
    first=""
    while read -r cc march optimize; do
        command -v "$cc" >/dev/null || continue
        case $name$optimize in cnn*-DRT*) continue ;; esac      # written-out lanes take minutes there; mlp has them
        [ "$march" != x86-64-v3 ] || grep -q avx2 /proc/cpuinfo || continue
        make -s -C "$dir/$name" clean && make -s -j2 -C "$dir/$name" CC="$cc" MARCH="$march" OPTIMIZE="$optimize" || exit 1
        "$dir/$name/$name" --data small --epochs 2 --seed 5 --threads 1 --out "$dir/run" >/dev/null || exit 1
        sha=$(sed -n 's/.*"weights_sha256": *"\([0-9a-f]*\)".*/\1/p' "$dir/run/run.json")
        rm -rf "$dir/run"
        runs=$((runs + 1))
        [ -n "$first" ] || first=$sha
        [ -n "$sha" ] && [ "$sha" = "$first" ] || { wrong=1; echo "$name, $cc -march=$march $optimize: $sha, against $first"; }
    done <<'LIST'
gcc native -O3
clang x86-64-v3 -O2
gcc x86-64-v2 -O2
gcc native -O1 -DRT_LANES=16
clang x86-64-v2 -O3 -DRT_PORTABLE
LIST
done
[ $runs -ge 4 ] || { echo "only $runs compilations"; exit 1; }
[ $wrong = 0 ] && echo "$runs compilations, the same bits for each graph"
exit $wrong
