#!/bin/sh
# The same emitted C built for 4, 8 and 16 lanes: how long a step takes and whether the weights come out the same, as a
# Markdown table.
#
#     sh bench/lanes.sh [ROUNDS] [STEPS]
#
# Batch 128, one thread on one core.  Each round times STEPS steps of every width, in turn, so that all meet the same
# machine; minimum is of all rounds, median the middle one of the rounds' medians.  The weights are those of two epochs
# on a few images of any bytes, 6 steps.  A width that the machine does not have is left out.  In the environment:
#     MODELS="cnn resnet convnext"   also mlp
#     NOFMA=1                        adds 4 lanes for a machine without the instruction for a fused multiply-add: the
#                                    same bits, in seconds a step
set -eu
cd "$(dirname "$0")/.."
rounds=${1:-3} steps=${2:-9}
out=build/bench/lanes
mkdir -p $out/data/small
put() { # name, count in four octal bytes, count
    { printf "\0\0\010\003$2\0\0\0\034\0\0\0\034"; seq 1000000 1999999 | head -c $(($3 * 784)); } \
        >$out/data/small/$1-images-idx3-ubyte
    { printf "\0\0\010\001$2"; yes 0123456789 | tr -d '\n' | head -c "$3" | tr 0-9 '\000-\011'; } \
        >$out/data/small/$1-labels-idx1-ubyte
}
put train '\0\0\002\0' 512
put t10k '\0\0\0\200' 128
export TAILOR_DATA=$out/data

widths=""      # lanes:instructions
if [ "${NOFMA:-0}" != 0 ]; then widths="4:x86-64-v2"; fi
if grep -q avx2 /proc/cpuinfo; then widths="$widths 4:x86-64-v3 8:x86-64-v3"; fi
if grep -q avx512vl /proc/cpuinfo; then widths="$widths 16:x86-64-v4"; fi
[ -n "$widths" ] || { echo "the machine has no fused multiply-add; NOFMA=1 goes without it" >&2; exit 1; }
number() { sed -n 's/.*"'"$1"'": *\([0-9.]*\).*/\1/p' "$2" | sort -g; }

echo "machine: $(lscpu | sed -n 's/^Model name: *//p'); $(${CC:-cc} --version | head -n 1)"
echo "batch 128, 1 thread, $rounds rounds of $steps steps; milliseconds"
echo
echo "| model | lanes | built for | minimum | median | sha256 of the weights |"
echo "|---|---|---|---|---|---|"
for model in ${MODELS:-cnn resnet convnext}; do
    for width in $widths; do
        folder=$out/$model-${width%:*}-${width#*:}
        rm -rf $folder $folder.run $folder.log
        ./tailor emit graphs/$model.lua -o $folder >&2
        make -s -C $folder MARCH=${width#*:} OPTIMIZE="-O3 -DRT_LANES=${width%:*}" >&2
        taskset -c 0 $folder/$model --data small --epochs 2 --seed 5 --threads 1 --out $folder.run \
            >$folder.train.log 2>&1
    done
    for round in $(seq "$rounds"); do
        for width in $widths; do
            folder=$out/$model-${width%:*}-${width#*:}
            taskset -c 0 $folder/$model --benchmark "$steps" --threads 1 --json >>$folder.log
        done
    done
    for width in $widths; do
        folder=$out/$model-${width%:*}-${width#*:}
        sha=$(sed -n 's/.*"weights_sha256": *"\([0-9a-f]\{12\}\).*/\1/p' $folder.run/run.json)
        printf '| %s | %s | %s | %.2f | %.2f | %s |\n' $model ${width%:*} ${width#*:} \
            "$(number min_ms $folder.log | head -n 1)" \
            "$(number median_ms $folder.log | sed -n "$(((rounds + 1) / 2))p")" "${sha:?no weights in $folder.run}"
    done
done
