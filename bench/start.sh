#!/bin/sh
# From the exec of a trainer to its first training step: a Markdown table, milliseconds.
#
#     sh bench/start.sh [ROUNDS]
#
# start is all of it, the least of ROUNDS runs; without data leaves out reading or drawing the data set, which is the
# same for every model; the other columns say what of the rest goes where.  What is left is two execs (the second tells
# OpenMP how to wait), the split and the run directory.  start.c is linked in and ends the run there: the step itself is
# not in it.  mnist and fashion-mnist are measured where $TAILOR_DATA has them.  In the environment:
#     MODELS="cnn resnet convnext"   also mlp
#     THREADS=1
set -eu
cd "$(dirname "$0")/.."
rounds=${1:-9}
out=build/bench/start
wrapped="rt_data_open rt_weights_open rt_call_open rt_loader_open rt_weights_initialise rt_wait_politely rt_loader_next"
echo "machine: $(lscpu | sed -n 's/^Model name: *//p'); $(${CC:-cc} --version | head -n 1);" \
    "${THREADS:-1} thread(s), least of $rounds runs"
echo
echo "| model | data | start | without data | data | weights | workspace | first batch |"
echo "|---|---|---|---|---|---|---|---|"
for model in ${MODELS:-cnn resnet convnext}; do
    folder=$out/$model
    ./tailor emit graphs/"$model".lua -o "$folder" >&2
    make -s -C "$folder" >&2
    deflate=$(nm -u "$folder/runtime/rt_stream.o" | sed -n 's/.*libdeflate_alloc.*/-ldeflate/p')
    ${CC:-cc} -std=gnu11 -O2 -fopenmp -I"$folder/runtime" $(printf ' -Wl,--wrap=%s' $wrapped) -o "$folder/start" \
        bench/start.c "$folder/$model.o" "$folder/$model-main.o" "$folder"/runtime/*.o $deflate -lz -lm -lpthread
    for data in digits mnist fashion-mnist; do
        [ $data = digits ] || [ -d "${TAILOR_DATA:-./data}/$data" ] || continue
        for round in $(seq "$rounds"); do
            rm -rf "$folder/run"
            "$folder/start" --data $data --threads "${THREADS:-1}" --out "$folder/run"
        done | awk -v row="| $model | $data" '
            { $6 = $1 - $2; for (i = 1; i <= 6; i++) if (NR == 1 || $i < least[i]) least[i] = $i }
            END { printf "%s | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f |\n", row, least[1], least[6], least[2],
                         least[3], least[4], least[5] }'
    done
done
