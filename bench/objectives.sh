#!/bin/sh
# What a step costs with each objective on the maps, beside plain cross-entropy: time and workspace on cnn and convnext.
#
#     sh bench/objectives.sh [ROUNDS] [STEPS]
#
# One thread on one core.  Each round runs plain cross-entropy and then the objective, so that both meet the same
# machine, and takes the median step of each.  ms is the least of the objective's over the rounds, ratio the median of
# theirs to plain cross-entropy's.  OBJECTIVES, NETWORKS and LAYERS in the environment choose fewer rows.
set -eu
cd "$(dirname "$0")/.."
rounds=${1:-5} steps=${2:-9}
out=build/bench/objectives
mkdir -p $out
objectives=${OBJECTIVES:-reconstruction prototype batch_cam sup_con contrastive_pairs triplet class_against_class \
rrr_g rrr cgc info_nce gain}
build() { # folder, --set...
    folder=$1
    shift
    rm -rf "$folder"
    ./tailor emit graphs/outfit.lua "$@" -o "$folder" && make -s -j2 -C "$folder"
}
step() {
    taskset -c 0 "$1/outfit" --benchmark "$steps" --threads 1 --json | sed -n 's/.*"median_ms": *\([0-9.]*\).*/\1/p'
}
bytes() { sed -n 's/.*"workspace_bytes": *\([0-9]*\).*/\1/p' "$1/outfit.json"; }
lscpu | sed -n 's/^Model name: */machine: /p'
${CC:-cc} --version | head -n 1
for network in ${NETWORKS:-cnn convnext}; do
    plain=$out/$network-none
    build $plain --set network=$network
    for layer in ${LAYERS:-last early}; do
        printf '\n%-12s %-22s %10s %8s %14s %8s\n' "$network" "map at the $layer layer" ms ratio 'workspace, MB' ratio
        for objective in $objectives; do
            if [ $objective = rrr ] && [ $layer = early ]; then continue; fi    # the gradient by the image has no layer
            folder=$out/$network-$objective-$layer
            build $folder --set network=$network --set objective=$objective --set layer=$layer
            : >"$out/rounds"
            for round in $(seq "$rounds"); do
                a=$(step $plain) b=$(step $folder)
                echo "${a:?no step of $plain} ${b:?no step of $folder}" >>"$out/rounds"
            done
            awk -v name=$objective -v a="$(bytes $plain)" -v b="$(bytes $folder)" '
                    { ratio[NR] = $2 / $1; if (NR == 1 || $2 < least) least = $2 }
                    END { n = NR
                          for (i = 1; i <= n; i++)
                              for (k = i + 1; k <= n; k++)
                                  if (ratio[k] < ratio[i]) { t = ratio[i]; ratio[i] = ratio[k]; ratio[k] = t }
                          printf "%-12s %-22s %10.2f %8.3f %14.2f %8.2f\n", "", name, least,
                                 ratio[int((n + 1) / 2)], b / 1e6, b / a }' "$out/rounds"
        done
    done
done
