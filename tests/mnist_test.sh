#!/bin/sh
# Real data, end to end: MNIST by a small CNN to a stated accuracy.
set -u
cd "$(dirname "$0")/.."
if [ ! -d "${TAILOR_DATA:-./data}/mnist" ]; then
    echo "MNIST is not under \${TAILOR_DATA:-./data}: ./tailor data mnist fetches it"
    exit 77
fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
./tailor train graphs/cnn.lua --set width=16 --data mnist --epochs 1 --seed 1 --out "$dir/run" || exit 1
accuracy=$(sed -n 's/.*"test_accuracy": *\([0-9.]*\).*/\1/p' "$dir/run/run.json")
echo "test accuracy $accuracy, at least 0.965 is asked"
awk "BEGIN { exit !($accuracy >= 0.965) }"
