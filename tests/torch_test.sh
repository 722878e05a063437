#!/bin/sh
# PyTorch's names and layouts are those of graphs/: each state dict loads as it is, both ways.  With torch (PYTHON=...)
# by load_state_dict of plain modules; without it, against what they said, and by weights that PyTorch saved.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh

python3 tests/exchange/check_twins.py >"$dir/ours" || bad "$(cat "$dir/ours")"
if ${PYTHON:-python3} -c 'import torch, safetensors' 2>/dev/null; then
    ${PYTHON:-python3} tests/exchange/check_twins.py || wrong=1
else
    cat "$dir/ours"
fi

# a state dict that PyTorch saved, with num_batches_tracked and all: the loss that PyTorch has with it
python3 tests/exchange/make_run.py "$dir/run" graphs/cnn.lua norm=true width=2
expect 0 "" $tailor emit graphs/cnn.lua --set norm=true --set width=2 -o "$dir/run/c"
python3 tests/exchange/check_twins.py --data "$dir/images"
expect 0 "" $tailor eval "$dir/run" --weights tests/exchange/twin.safetensors --data "$dir/images" --threads 1 --json
while read -r metric should; do
    is=$(sed -n "s/.*\"$metric\": \([^,]*\).*/\1/p" "$dir/out")
    awk -v a="${is:-nothing}" -v b="$should" 'BEGIN { d = a / b - 1; exit !(d < 1e-6 && d > -1e-6) }' ||
        bad "$metric is ${is:-not there}, against $should of PyTorch"
done <tests/exchange/twin.txt
[ $wrong = 0 ]
