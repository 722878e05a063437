#!/bin/sh
# What the order of kernels costs in memory: bytes of workspace of a training step without and with the pass reorder,
# and which share is spared.
#
#     sh bench/order.sh
set -eu
cd "$(dirname "$0")/.."
make -s tailor
workspace() { ./tailor check "$@" | sed -n 's/^workspace *\([0-9,]*\) .*/\1/p'; }
row() { # name, arguments of check
    name=$1
    shift
    echo "$name;$(workspace "$@" --without=reorder);$(workspace "$@")" |
        awk -F';' '{a = $2; b = $3; gsub(",", "", a); gsub(",", "", b)
                    printf "| %s | %s | %s | %.2f%% |\n", $1, $2, $3, 100 * (a - b) / a}'
}
echo "| graph | in order | reordered | spared |"
echo "|---|---|---|---|"
for graph in graphs/*.lua graphs/objectives/*.lua tests/composites/*.lua; do row "$graph" "$graph"; done
for network in cnn convnext resnet; do
    for objective in sup_con triplet gain; do
        row "$network with $objective" graphs/outfit.lua --set network=$network --set objective=$objective
    done
done
row "200 residual blocks (bench/deep.lua)" bench/deep.lua --set blocks=200
