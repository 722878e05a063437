#!/bin/sh
# What pages of 2 MB are worth on this machine: steps of one thread with them and without, in turn; medians, and the
# median of the ratios.  The kernel must give them to who asks: /sys/kernel/mm/transparent_hugepage/enabled is madvise
# or always.
#
#     sh bench/pages.sh [ROUNDS]
set -eu
cd "$(dirname "$0")/.."
rounds=${1:-7}
out=build/bench/pages
mkdir -p $out
grep -q '\[never\]' /sys/kernel/mm/transparent_hugepage/enabled && { echo "the kernel gives no pages of 2 MB"; exit 1; }
${CC:-cc} -O2 -Wall -Wextra bench/small_pages.c -o $out/small_pages
step() { taskset -c 0 "$@" --benchmark 9 --threads 1 --json | sed -n 's/.*"median_ms": *\([0-9.]*\).*/\1/p'; }
middle() { sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }
lscpu | sed -n 's/^Model name: */machine: /p'
echo "| graph | pages of 2 MB, ms | small pages, ms | ratio |"
echo "|---|---|---|---|"
for graph in mlp cnn resnet convnext; do
    rm -rf $out/$graph
    ./tailor emit graphs/$graph.lua -o $out/$graph
    make -s -j2 -C $out/$graph
    : >$out/rounds
    for round in $(seq "$rounds"); do
        echo "$(step $out/$graph/$graph) $(step $out/small_pages $out/$graph/$graph)" >>$out/rounds
    done
    large=$(cut -d' ' -f1 $out/rounds | middle) small=$(cut -d' ' -f2 $out/rounds | middle)
    ratio=$(awk '{ print $2 / $1 }' $out/rounds | middle)
    printf '| %s | %.1f | %.1f | %.2f |\n' $graph "$large" "$small" "$ratio"
done
