#!/bin/sh
# make demo: a small CNN from its graph file to its test accuracy, on MNIST when it is there, else on the embedded digits.
set -eu
cd "$(dirname "$0")/.."
data=digits epochs=3 width=16
if [ -d "${TAILOR_DATA:-./data}/mnist" ]; then data=mnist epochs=1; fi
rm -rf demo
echo "graphs/cnn.lua on $data:"
./tailor check graphs/cnn.lua --set width=$width
echo
./tailor train graphs/cnn.lua --data "$data" --epochs "$epochs" --set width=$width --out demo --json >demo.json
rm -f demo.json
echo
echo "the emitted C   demo/c/cnn.c"
echo "the record      demo/run.json, demo/log.csv"
echo "the weights     demo/weights.safetensors"
sed -n 's/.*"test_accuracy": *\([0-9.]*\).*/\1/p' demo/run.json | awk '{printf "test accuracy   %.2f%%\n", 100 * $1}'
