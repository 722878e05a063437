#!/bin/sh
# How the compiler scales: seconds, memory and emitted text for networks of more and more residual blocks
# (bench/deep.lua), and for every graph of graphs/ the seconds to C and from C to a trainer.
#   sh bench/compile.sh
set -eu
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
milliseconds() { # command...: the least of three
    least=""
    for i in 1 2 3; do
        rm -rf "$dir/out"
        start=$(date +%s%N)
        "$@" >/dev/null
        took=$((($(date +%s%N) - start) / 1000000))
        [ -n "$least" ] && [ "$least" -le "$took" ] || least=$took
    done
    echo "$least"
}
megabytes() { # command...: the most memory that it has; - without Debian's time
    [ -x /usr/bin/time ] || { echo -; return; }
    rm -rf "$dir/out"
    /usr/bin/time -f %M "$@" 2>&1 >/dev/null | awk '{ printf "%.0f\n", $1 * 1024 / 1e6 }'
}
printf '%8s %8s %8s %8s %10s %8s\n' blocks ms MB kernels lines bytes
for n in 25 50 100 200 400; do
    ms=$(milliseconds ./tailor emit bench/deep.lua --set blocks=$n -o "$dir/out")
    mb=$(megabytes ./tailor emit bench/deep.lua --set blocks=$n -o "$dir/out")
    printf '%8d %8d %8s %8d %10d %8d\n' $n "$ms" "$mb" "$(grep -c '^static void' "$dir/out/deep.c")" \
        "$(wc -l <"$dir/out/deep.c")" "$(wc -c <"$dir/out/deep.c")"
done
echo
printf '%-12s %10s %14s\n' graph 'to C, ms' 'to trainer, ms'
for graph in graphs/*.lua; do
    name=$(basename "$graph" .lua)
    c=$(milliseconds ./tailor emit "$graph" -o "$dir/out")
    start=$(date +%s%N)
    make -s -j2 -C "$dir/out"
    printf '%-12s %10d %14d\n' "$name" "$c" $((($(date +%s%N) - start) / 1000000))
done
