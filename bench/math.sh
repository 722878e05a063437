#!/bin/sh
# What an element of exp, log, tanh, erf and others costs (bench/math.c), with gcc and clang, at 8 and 16 lanes as the
# CPU has them.
#     sh bench/math.sh
set -eu
cd "$(dirname "$0")/.."
mkdir -p build/bench
lscpu | sed -n 's/^Model name: */machine: /p'
for march in x86-64-v3 x86-64-v4; do
    case $march in *v3) grep -q avx2 /proc/cpuinfo || continue ;; *) grep -q avx512vl /proc/cpuinfo || continue ;; esac
    for cc in gcc clang; do
        command -v $cc >/dev/null || continue
        $cc -std=gnu11 -O3 -march=$march -ffp-contract=off -fno-math-errno -fno-trapping-math -Wall -Wextra \
            -Iruntime bench/math.c -o build/bench/math -lmvec -lm
        printf '\n%s -march=%s\n' "$cc" $march
        taskset -c 0 build/bench/math
    done
done
