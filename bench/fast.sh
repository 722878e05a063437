#!/bin/sh
# A training step in the default mode against --fast, in turn: a Markdown table.
#
#     sh bench/fast.sh [ROUNDS] [STEPS]
#
# Batch 128, one thread on one core; each round times STEPS steps of either.  Minimum is of all rounds, median the
# middle one of the rounds' medians; ratios are default over --fast, so 1.1 is a default mode that takes a tenth longer.
# What --fast chose lies in build/bench/fast/, NAME.tune.json of each.  In the environment:
#     MODELS="cnn resnet convnext"   also mlp
#     OPENBLAS_CORETYPE=             a machine that OpenBLAS is to take this one for, where it does not know it
#                                    (SkylakeX: AVX-512)
set -eu
cd "$(dirname "$0")/.."
rounds=${1:-5} steps=${2:-15}
out=build/bench/fast
mkdir -p $out
number() { sed -n 's/.*"'"$1"'": *\([0-9.]*\).*/\1/p' "$2" | sort -g; }
kernels() { grep -c "$1" "$2" || true; }

echo "machine: $(lscpu | sed -n 's/^Model name: *//p'); $(${CC:-cc} --version | head -n 1)"
echo "batch 128, 1 thread, $rounds rounds of $steps steps; milliseconds, minimum / median"
for model in ${MODELS:-cnn resnet convnext}; do
    for mode in default fast; do
        folder=$out/$model-$mode
        rm -rf $folder $folder.log
        ./tailor emit graphs/$model.lua -o $folder $(if [ $mode = fast ]; then echo --fast; fi) >&2
        make -s -C $folder >&2
    done
    for round in $(seq "$rounds"); do
        for mode in default fast; do
            taskset -c 0 $out/$model-$mode/$model --benchmark "$steps" --threads 1 --json >>$out/$model-$mode.log
        done
    done
done
set -- ${MODELS:-cnn resnet convnext}
echo "OpenBLAS: $(sed -n 's/.*"openblas": "\(OpenBLAS[^"]*\)".*/\1/p' "$out/$1-fast/$1.tune.json" | grep . ||
    echo none)"
echo
echo "| model | measured | not as the cost model | OpenBLAS | default | --fast | ratio |"
echo "|---|---|---|---|---|---|---|"
for model; do
    record=$out/$model-fast/$model.tune.json
    other=$(sed -n 's/.*"algorithm": "\([^"]*\)", "cost_model": "\([^"]*\)".*/\1:\2/p' "$record" |
        awk -F: '$1 != $2' | wc -l)
    for of in min median; do
        for mode in default fast; do
            case $of in
            min) number min_ms $out/$model-$mode.log | head -n 1 ;;
            median) number median_ms $out/$model-$mode.log | sed -n "$(((rounds + 1) / 2))p" ;;
            esac
        done
    done | tr '\n' ' ' |
        awk -v row="| $model | $(kernels '"op"' "$record") | $other | $(kernels '"algorithm": "openblas"' "$record")" \
            '{ printf "%s | %.2f / %.2f | %.2f / %.2f | %.2f / %.2f |\n", row, $1, $3, $2, $4, $1 / $2, $3 / $4 }'
done
