#!/bin/sh
# One training step of graphs/cnn.lua and graphs/mlp.lua against PyTorch's best mode, in turn, on one core (or THREADS=2).
#
#     PEER=/path/to/venv/bin/python sh bench/step.sh [ROUNDS]
#
# The virtual environment holds torch and nothing of ours.  Each round runs ours, then every mode of PyTorch; the table has the
# fastest and the median step of all rounds, in milliseconds, and resident memory.  ratio: PyTorch's best mode over ours.
set -eu
cd "$(dirname "$0")/.."
peer=${PEER:?PEER is the python of a virtual environment with torch}
rounds=${1:-3} threads=${THREADS:-1} steps=${STEPS:-9}
if [ "$threads" = 1 ]; then pin="taskset -c 0"; else pin=""; fi
out=build/bench
mkdir -p $out
lscpu | sed -n 's/^Model name: */machine: /p'
for model in mlp cnn; do
    ./tailor emit graphs/$model.lua -o $out/$model
    make -s -C $out/$model
    rm -f $out/$model.*.log
    for round in $(seq "$rounds"); do
        $pin $out/$model/$model --benchmark "$steps" --threads "$threads" --json >>$out/$model.tailor.log
        for mode in nchw+eager+fused nhwc+eager+fused nhwc+eager+foreach nchw+compile+fused nhwc+compile+fused; do
            $pin "$peer" bench/peer_torch.py $model 128 "$threads" $mode "$steps" >>$out/$model.$mode.log 2>/dev/null || echo '{}' >>$out/$model.$mode.log
        done
    done
    "$peer" - $model "$threads" $out/$model.*.log <<'PY'
import json, sys
model, threads, files = sys.argv[1], sys.argv[2], sys.argv[3:]
rows = []
for path in files:
    text, values, decoder = open(path).read(), [], json.JSONDecoder()
    while text.strip():
        value, end = decoder.raw_decode(text.lstrip())
        text = text.lstrip()[end:]
        if "min_ms" in value:
            values.append(value)
    if values:
        medians = sorted(v["median_ms"] for v in values)
        rss = max(v.get("rss_bytes", v.get("peak_rss_bytes", 0)) for v in values)
        rows.append((path.split("/")[-1][len(model) + 1:-4], min(v["min_ms"] for v in values), medians[len(medians) // 2], rss / 1e6))
ours = next(r for r in rows if r[0] == "tailor")
peers = [r for r in rows if r[0] != "tailor"]
print(f"{model}, batch 128, {threads} thread(s)      min ms  median ms   rss MB")
for r in [ours] + sorted(peers, key=lambda r: r[1]):
    print(f"  {r[0]:28} {r[1]:9.2f} {r[2]:9.2f} {r[3]:9.1f}")
print(f"  ratio to the best mode: {min(r[1] for r in peers) / ours[1]:.2f} (min), {min(r[2] for r in peers) / ours[2]:.2f} (median)")
PY
done
