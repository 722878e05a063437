#!/bin/sh
# One run of training has the same bits whatever compiled it and on any number of threads, those of
# tests/golden/numerics, where numerics_test.sh has looked at -O1 -march=native without inlining: gcc and clang,
# optimization levels, every level of x86-64 that the CPU has, so 4, 8 and 16 lanes, with and without the instruction
# for a fused multiply-add.  So have the functions of rt_math.h, and kernels for shapes that no small model has.  No
# compiler warns.
# The runtime's own objects, which models share, are built at two levels by each compiler: with few lanes and little
# optimization, and with more of both.
set -u
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. tests/same_bits.sh

lacks() { # level of x86-64: prints what the CPU lacks for it
    case $1 in
    x86-64) needs="sse2" ;;
    x86-64-v2) needs="sse2 ssse3 sse4_1 sse4_2 popcnt" ;;
    x86-64-v3) needs="avx2 fma bmi2 f16c movbe" ;;
    x86-64-v4) needs="avx512f avx512bw avx512cd avx512dq avx512vl" ;;
    *) needs="" ;;
    esac
    for flag in $needs; do grep -qw "$flag" /proc/cpuinfo || { echo "$flag"; return; }; done
}

# Reads lines of -march, the runtime's objects, models and optimization; the first line that names objects builds them.
# bits are functions and kernels: by one compiler or the other at each level, by each for 4, 8 and 16 lanes.  Writes
# $1.found: what was compared, its hash, of which compilation; and $1.left_out.
compile_with() { # compiler
    found=$dir/$1.found left_out=$dir/$1.left_out
    : >"$found" && : >"$left_out"
    command -v "$1" >/dev/null || { echo "$1: not there" >"$left_out"; cat >/dev/null; return; }
    dir=$dir/$1
    mkdir -p "$dir"
    while read -r march runtime models optimize; do
        lack=$(lacks "$march")
        if [ -n "$lack" ]; then echo "$1 $march: the CPU has no $lack" >>"$left_out"; continue; fi
        objects=$dir/objects.$runtime
        for model in $(echo "$models" | tr ',' ' '); do
            if [ "$model" = bits ]; then
                small_bits "$1 $optimize -march=$march" >"$dir/hashes" || exit 1
                sed "s/\$/ $1 -march=$march $optimize/" "$dir/hashes" >>"$found"
                continue
            fi
            [ -d "$dir/$model" ] || small_model "$model"
            small_build "$model" CC="$1" MARCH="$march" OPTIMIZE="$optimize"
            for threads in 1 2; do
                sha=$(small_weights "$model" $threads 2 "") || exit 1
                echo "$model $sha $1 -march=$march $optimize, $threads threads" >>"$found"
            done
        done
    done
}

compile_with gcc <<'LIST' &
x86-64 plain bits,cnn_cam -O1 -DRT_QUICK_BUILD
x86-64-v2 plain f2 -O1 -DRT_QUICK_BUILD
x86-64-v3 plain convnext -O2
x86-64-v3 plain bits,exact,f4 -O3
x86-64-v3 plain mlp -O1 -DRT_LANES=16
x86-64-v4 plain f2 -O3
native native bits,mlp,resnet -O3
LIST
gcc=$!
compile_with clang <<'LIST' &
x86-64 plain f4,convnext -O1 -DRT_QUICK_BUILD
x86-64-v2 plain bits,f2 -O1
x86-64-v2 plain mlp -O3 -DRT_PORTABLE
x86-64-v3 v3 bits,resnet,cnn_cam -O2
x86-64-v4 plain bits,exact -O1 -DRT_QUICK_BUILD
x86-64-v4 plain f4 -O3
LIST
clang=$!
wait $gcc && wait $clang || exit 1
awk 'NR == FNR { golden[$1] = $2; next }
     $2 != golden[$1] { print $0 "\nagainst " golden[$1] " of tests/golden/numerics"; wrong = 1 }
     END { exit wrong }' tests/golden/numerics "$dir/gcc.found" "$dir/clang.found" || exit 1
cat "$dir/gcc.left_out" "$dir/clang.left_out"
runs=$(cat "$dir/gcc.found" "$dir/clang.found" | grep -c threads$)
[ "$runs" -ge 4 ] || { echo "only $runs runs"; exit 1; }
left_out=""
[ ! -s "$dir/gcc.left_out" ] && [ ! -s "$dir/clang.left_out" ] || left_out="; some left out, see above"
echo "$runs runs, the same bits for each model, no warning$left_out"
