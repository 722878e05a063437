#!/bin/sh
# What `tailor plan` makes of cases that are hard by construction (tests/plan_cases.h), at a capacity that is the lower
# bound: a table of family, buffers, solved of tried, processor seconds in the middle and at most (what is not solved
# counts with all it had).
#
#     sh bench/plan.sh [SECONDS [SEEDS [SIZES [FAMILIES]]]]      default 60 5 "100 200 400 800" and all
set -eu
cd "$(dirname "$0")/.."
make -s tailor
${CC:-cc} -std=gnu11 -O2 -Icompiler -Iruntime -Ibuild bench/plan_case.c -o build/plan_case
seconds=${1:-60} seeds=${2:-5} sizes=${3:-100 200 400 800} families=${4:-$(build/plan_case)}
place() { # exit code, and processor seconds from the second line that `times` prints: 1m2.34s 0m0.01s
    (
        code=0
        ./tailor plan build/plan_case.csv --capacity 1048576 --seconds "$seconds" -o build/plan_placed.csv \
            2>build/plan.err || code=$?
        times >build/plan_seconds
        awk -v code=$code 'NR == 2 {split($1, t, /[ms]/); print t[1] * 60 + t[2], code}' build/plan_seconds
    )
}
echo "| family | buffers | solved | median | most |"
echo "|---|---|---|---|---|"
for family in $families; do
    for size in $sizes; do
        seed=1
        : >build/plan_times
        while [ $seed -le "$seeds" ]; do
            build/plan_case $family $size $seed >build/plan_case.csv
            place >>build/plan_times
            seed=$((seed + 1))
        done
        sort -n build/plan_times | awk -v family=$family -v size=$size '{t[NR] = $1; solved += $2 == 0}
            END {printf "| %s | %d | %d of %d | %.2f | %.2f |\n", family, size, solved, NR,
                 t[int((NR + 1) / 2)], t[NR]}'
    done
done
