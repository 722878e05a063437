#!/bin/sh
# Repeated blocks share their kernels: a network of four times the blocks has the same functions, and four times the
# statements of the schedule.
set -u
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for n in 20 80 320; do
    ./tailor emit bench/deep.lua --set blocks=$n -o "$dir/$n" >/dev/null || exit 1
    eval "kernels_$n=$(grep -c '^static void' "$dir/$n/deep.c") statements_$n=$(grep -c ';' "$dir/$n/deep.c")"
done
echo "kernels $kernels_20 $kernels_80 $kernels_320, statements $statements_20 $statements_80 $statements_320"
[ "$kernels_20" = "$kernels_80" ] && [ "$kernels_80" = "$kernels_320" ] || {
    echo "the number of kernels grows"
    exit 1
}
# statements are a + b n, however longer names break lines: the step from 80 to 320 is four times that from 20 to 80
awk "BEGIN { r = ($statements_320 - $statements_80) / ($statements_80 - $statements_20)
             exit !(r > 3.95 && r < 4.05) }" || {
    echo "statements do not grow evenly"
    exit 1
}
