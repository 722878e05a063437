#!/bin/sh
# What a step costs with each objective on the maps, beside plain cross-entropy: time and workspace on cnn and convnext.
#
#     sh bench/objectives.sh [ROUNDS] [STEPS]
#
# One thread on one core.  Each round runs plain cross-entropy and then the objective, so that both meet the same
# machine, and takes the median step of each.  ms is the least of the objective's over the rounds, ratio the median of
# theirs to plain cross-entropy's; parameters and FLOPs of a step are the plan's.  a+b is two objectives.  OBJECTIVES,
# NETWORKS and LAYERS in the environment choose fewer rows.
set -eu
cd "$(dirname "$0")/.."
rounds=${1:-5} steps=${2:-9}
out=build/bench/objectives
mkdir -p $out
objectives=${OBJECTIVES:-reconstruction prototype batch_cam sup_con sup_con_embedding class_against_class \
reconstruction+sup_con_embedding contrastive_pairs triplet rrr_g rrr cgc info_nce gain}
build() { # folder, --set...
    folder=$1
    shift
    rm -rf "$folder"
    ./tailor emit graphs/outfit.lua "$@" -o "$folder" && make -s -j2 -C "$folder"
}
step() {
    taskset -c 0 "$1/outfit" --benchmark "$steps" --threads 1 --json | sed -n 's/.*"median_ms": *\([0-9.]*\).*/\1/p'
}
field() { sed -n "s/.*\"$2\": *\"\{0,1\}\([0-9]*\).*/\1/p" "$1/outfit.json"; }
parameters() {
    sed -n '/"parameters"/,/^  ]/s/.*"shape": \[\([0-9, ]*\)\].*/\1/p' "$1/outfit.json" |
        awk -F', ' '{ n = 1; for (i = 1; i <= NF; i++) n *= $i; all += n } END { print all }'
}
lscpu | sed -n 's/^Model name: */machine: /p'
${CC:-cc} --version | head -n 1
for network in ${NETWORKS:-cnn convnext}; do
    plain=$out/$network-none
    build $plain --set network=$network
    for layer in ${LAYERS:-last early}; do
        printf '\n| %s, map at the %s layer | parameters | MFLOP an image | ms | ratio | workspace, MB | ratio |\n' \
            "$network" "$layer"
        echo "|---|---|---|---|---|---|---|"
        for objective in none $objectives; do
            case $objective-$layer in rrr-early | sup_con_embedding-early) continue ;; esac  # these have no map's layer
            folder=$out/$network-$objective-$layer
            also=none
            case $objective in *+*) also=${objective#*+} ;; esac
            build $folder --set network=$network --set objective=${objective%+*} --set also=$also --set layer=$layer
            : >"$out/rounds"
            for round in $(seq "$rounds"); do
                a=$(step $plain) b=$(step $folder)
                echo "${a:?no step of $plain} ${b:?no step of $folder}" >>"$out/rounds"
            done
            awk -v name=$objective -v a="$(field $plain workspace_bytes)" -v b="$(field $folder workspace_bytes)" \
                -v parameters="$(parameters $folder)" -v flops="$(field $folder flops_step)" '
                    { ratio[NR] = $2 / $1; if (NR == 1 || $2 < least) least = $2 }
                    END { n = NR
                          for (i = 1; i <= n; i++)
                              for (k = i + 1; k <= n; k++)
                                  if (ratio[k] < ratio[i]) { t = ratio[i]; ratio[i] = ratio[k]; ratio[k] = t }
                          printf "| %s | %d | %.1f | %.2f | %.3f | %.2f | %.2f |\n", name, parameters, flops / 1e6,
                                 least, ratio[int((n + 1) / 2)], b / 1e6, b / a }' "$out/rounds"
        done
    done
done
