#!/bin/sh
# make demo: a small CNN from its graph file to its test accuracy and its class activation maps, on MNIST when it is
# there, else on the embedded digits: trained for its maps too, by the objective that makes them better at no cost in
# accuracy (docs/results.md), beside the same network by cross-entropy alone.
set -eu
cd "$(dirname "$0")/.."
graph=graphs/objectives/reconstruction_sup_con.lua data=digits epochs=3 width=16
if [ -d "${TAILOR_DATA:-./data}/mnist" ]; then data=mnist epochs=1; fi
rm -rf demo
echo "$graph on $data:"
./tailor check $graph --set width=$width
for run in trained plain; do
    weights="--set lambda=0 --set also_lambda=0"
    [ $run = plain ] || weights=""
    echo
    echo "$run: ${weights:-the objective weighted as in its file}"
    ./tailor train $graph --data "$data" --epochs "$epochs" --set width=$width $weights --out demo/$run \
        --json >/dev/null
done
echo
./tailor cam demo/trained --against demo/plain --images 1000 --steps 7 -o demo/cam
echo
echo "the emitted C   demo/trained/c/$(basename $graph .lua).c"
echo "the record      demo/trained/run.json, demo/trained/log.csv"
echo "the weights     demo/trained/weights.safetensors"
echo "the maps        demo/cam/correct.png, wrong.png, class_means.png: trained for, beside made afterwards"
if ./tailor page demo/trained -o demo/page.html >/dev/null 2>&1; then
    echo "draw in a page  demo/page.html: what the network sees as one draws, where it looks; trains there too"
else echo "draw in a page  ./tailor page demo/trained -o demo/page.html, after apt-get install clang lld"
fi
for run in trained plain; do
    sed -n 's/.*"test_accuracy": *\([0-9.]*\).*/\1/p' demo/$run/run.json |
        awk -v run=$run '{printf "test accuracy   %.2f%% %s\n", 100 * $1, run}'
done
