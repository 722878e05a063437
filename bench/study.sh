#!/bin/sh
# Trains and measures the cells of a study: one run for each objective, data set and seed, its test metrics and those of
# its maps as a line of a CSV file.  What the file holds already is not run again.
#
#     TAILOR_DATA=DIR sh bench/study.sh FILE.csv EPOCHS "SEEDS" "DATA SETS" GRAPH OBJECTIVE:LAMBDA...
#
# GRAPH is decoy_cnn, whose option `objective` chooses, or cnn, whose objectives are the files of graphs/objectives.
# OBJECTIVE none is plain cross-entropy.  With MAPS=no only accuracies are taken: to choose lambda by the validation
# images.  Runs are kept in build/study.
set -eu
cd "$(dirname "$0")/.."
csv=$1 epochs=$2 seeds=$3 sets=$4 graph=$5
shift 5
columns="energy_in_object energy_in_decoy pointing_game iou_best insertion_auc deletion_auc average_drop adcc dead_maps"
number() { sed -n 's/.*"'"$1"'": *\([-0-9.e+]*\).*/\1/p' "$2" | head -n 1; }
header="graph,data,objective,lambda,epochs,seed,val_accuracy,test_accuracy"
[ "${MAPS:-yes}" != yes ] || header="$header,$(echo $columns | tr ' ' ',')"
[ -s "$csv" ] || echo "$header" >"$csv"
[ "$(head -n 1 "$csv")" = "$header" ] || { echo "$csv: its columns are not those of MAPS=${MAPS:-yes}"; exit 1; }
for seed in $seeds; do
    for set in $sets; do
        for cell in "$@"; do
            objective=${cell%:*} lambda=${cell#*:}
            key="$graph,$set,$objective,$lambda,$epochs,$seed"
            grep -q "^$key," "$csv" && continue
            run=build/study/$graph-$set-$objective-$lambda-$epochs-$seed
            rm -rf "$run" && mkdir -p build/study
            if [ $graph = decoy_cnn ]; then
                file=graphs/decoy_cnn.lua options="--set objective=$objective --set lambda=$lambda"
            elif [ $objective = none ]; then
                file=graphs/cnn.lua options=""
            else
                file=graphs/objectives/$objective.lua options="--set lambda=$lambda"
            fi
            ./tailor train $file $options --data "$set" --epochs "$epochs" --seed "$seed" --threads "${THREADS:-1}" \
                --out "$run" >/dev/null 2>"$run.log" || {
                cat "$run.log" >&2
                exit 1
            }
            line="$key,$(number val_accuracy "$run/run.json"),$(number test_accuracy "$run/run.json")"
            if [ "${MAPS:-yes}" = yes ]; then
                ./tailor cam "$run" --steps "${STEPS:-14}" --threads "${THREADS:-1}" >/dev/null
                for column in $columns; do line="$line,$(number "$column" "$run/cam/cam_metrics.json")"; done
            fi
            echo "$line" >>"$csv"
            echo "$line"
        done
    done
done
