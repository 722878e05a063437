#!/bin/sh
# Repeated blocks share their kernels: a network of twice the blocks has the same functions, and twice the lines of calls and fields.
set -u
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for n in 20 40 80; do
    ./tailor emit bench/deep.lua --set blocks=$n -o "$dir/$n" >/dev/null || exit 1
    eval "kernels_$n=$(grep -c '^static void' "$dir/$n/deep.c") lines_$n=$(wc -l <"$dir/$n/deep.c")"
done
echo "kernels $kernels_20 $kernels_40 $kernels_80, lines $lines_20 $lines_40 $lines_80"
[ "$kernels_20" = "$kernels_40" ] && [ "$kernels_40" = "$kernels_80" ] || { echo "the number of kernels grows"; exit 1; }
# lines are a + b n: the step from 40 to 80 is twice that from 20 to 40, but for lines that longer names (blocks.10) break
awk "BEGIN { r = ($lines_80 - $lines_40) / ($lines_40 - $lines_20); exit !(r > 1.95 && r < 2.05) }" || { echo "lines do not grow evenly"; exit 1; }
