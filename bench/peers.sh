#!/bin/sh
# A whole training step (forward, backward, optimizer) against PyTorch's best mode, and against JAX, in turn: a Markdown
# table.
#
#     PEER=/path/to/venv/bin/python sh bench/peers.sh [ROUNDS]
#
# PEER is the python of a virtual environment with torch.  In the environment, lists choose the rows and the rest how
# they are measured:
#     MODELS="cnn resnet convnext"   also mlp; each as its file in graphs/ says by default
#     BATCHES=128   THREADS=1        a thread has a core of its own, from core 0 on
#     CAM="0 1"                      0: cross-entropy alone; 1: with sup_con of the Grad-CAM maps of the last features
#                                    (graphs/outfit.lua)
#     PEER_JAX=                      the python of a virtual environment with jax: two more columns, where the model is
#                                    cnn
#     VECTORS=                       avx2 holds both sides to it: 8 lanes of ours
#     STEPS=9                        of a run, behind 5 that are not timed
#     STORAGE=                       bf16: ours keeps so what waits in memory, train { storage = "bf16" }
#     MODES=...                      fewer modes of PyTorch (bench/peer_torch.py says what words there are)
#
# Neither side augments or loads anything.  All have their memory in pages of 2 MB, where the kernel gives them: ours
# asks for them itself, peers through their C library (PAGES=small leaves them as they come).  A round runs ours and
# then every mode of PyTorch, so that all meet the same machine.  Minimum is of all rounds; median is the middle one
# of the rounds' medians.  PyTorch's minimum is that of the mode with the least one, its median likewise; where these
# are two modes, both are named.  Ratios are PyTorch's number over ours, so more than 1 is for us.  What was measured
# lies in build/bench/peers.
set -eu
cd "$(dirname "$0")/.."
peer=${PEER:?PEER is the python of a virtual environment with torch}
jax=${PEER_JAX:-} rounds=${1:-3} steps=${STEPS:-9} vectors=${VECTORS:-} storage=${STORAGE:-fp32}
modes=${MODES:-nchw+eager+foreach nchw+eager+fused nhwc+eager+foreach nhwc+eager+fused \
nchw+compile+foreach nchw+compile+fused nhwc+compile+foreach nhwc+compile+fused}
out=$PWD/build/bench/peers
mkdir -p "$out"
case $vectors in
'') march=native held="what the machine has" ;;
avx2)
    march=x86-64-v3 held="AVX2, on both sides"
    export ONEDNN_MAX_CPU_ISA=AVX2 ATEN_CPU_CAPABILITY=avx2 MKL_ENABLE_INSTRUCTIONS=AVX2 \
        XLA_FLAGS=--xla_cpu_max_isa=AVX2 ;;
*) echo "VECTORS is $vectors, not avx2 or nothing" >&2; exit 1 ;;
esac
[ "${PAGES:-}" = small ] || pages=glibc.malloc.hugetlb=1
# what PyTorch compiled: of these vectors, and only once for all rounds
export TORCHINDUCTOR_CACHE_DIR="$out/inductor-$march"

build() { # model, batch, objective: the trainer of it, as a path
    folder=$out/$1-$2-$3-$march-$storage
    if [ "$3" = plain ]; then name=$1; else name=outfit; fi
    rm -rf "$folder"
    mkdir -p "$folder"
    cp -r graphs "$folder/"
    recipe=$folder/graphs/recipes/$1.lua
    if [ "$1" = mlp ]; then recipe=$folder/graphs/mlp.lua; fi
    sed -i "s/\(data = \"mnist\", batch = \)[0-9]*/\1$2/; s/data = \"mnist\",/& storage = \"$storage\",/" "$recipe"
    grep -q " batch = $2," "$recipe" || { echo "$recipe has no batch to change" >&2; exit 1; }
    if [ "$1-$3" = resnet-plain ]; then set -- --set storage="$storage"
    elif [ "$3" = plain ]; then set --
    else set -- --set network="$1" --set objective="$3"; fi
    ./tailor emit "$folder/graphs/$name.lua" "$@" -o "$folder/c" >&2
    make -s -C "$folder/c" MARCH=$march >&2
    echo "$folder/c/$name"
}
measure() { # name, log, command...: a line of the log, with no numbers if the command failed
    who=$1 log=$2
    shift 2
    echo "$who $(GLIBC_TUNABLES=${pages:-} "$@" 2>>"$log.err" || echo '{}')" >>"$log"
}
row() { # log, what the row is of
    "$peer" - "$1" "${jax:+jax}" "$2" "$3" "$4" "$5" <<'PY'
import json, statistics, sys
log, with_jax, *cells = sys.argv[1:]
runs = {}
for line in open(log):
    who, text = line.split(" ", 1)
    run = json.loads(text)
    runs.setdefault(who, [])
    if run:
        runs[who].append(run)
    else:
        print(f"{log}.err: a run of {who} failed", file=sys.stderr)
runs = {who: of for who, of in runs.items() if of}
least = {who: min(run["min_ms"] for run in of) for who, of in runs.items()}
middle = {who: statistics.median(run["median_ms"] for run in of) for who, of in runs.items()}
memory = {who: max(run.get("rss_bytes") or run["peak_rss_bytes"] for run in of) / 1e6 for who, of in runs.items()}
modes = [who for who in runs if who not in ("tailor", "jax")]
if "tailor" not in runs or not modes:
    sys.exit(f"{log}: nothing to compare")
def both(a, b, digits=2):
    return f"{a:.{digits}f} / {b:.{digits}f}"
a, b = min(modes, key=least.get), min(modes, key=middle.get)
cells += [both(least["tailor"], middle["tailor"]), (a if a == b else f"{a} / {b}").replace("+", " "),
          both(least[a], middle[b]), both(least[a] / least["tailor"], middle[b] / middle["tailor"]),
          both(memory["tailor"], memory[a], 1), f"{memory[a] / memory['tailor']:.1f}"]
if with_jax and "jax" in runs:
    cells += [both(least["jax"], middle["jax"]),
              both(least["jax"] / least["tailor"], middle["jax"] / middle["tailor"])]
elif with_jax:
    cells += ["-", "-"]
print("| " + " | ".join(cells) + " |", flush=True)
PY
}

flags=$(sed -n '/^flags/{p;q}' /proc/cpuinfo)
level=x86-64
for test in x86-64-v2:sse4_2 x86-64-v3:avx2 x86-64-v4:avx512vl; do
    case "$flags " in *" ${test#*:} "*) level=${test%:*} ;; esac
done
echo "machine: $(lscpu | sed -n 's/^Model name: *//p'), $(nproc) cores, $level; vectors: $held; storage: $storage"
version() { "$1" -c "import $2; print('$2', $2.__version__)"; } # python, package
echo "$(version "$peer" torch)${jax:+, $(version "$jax" jax)}, $(${CC:-cc} --version | head -n 1)"
echo "$rounds rounds of $steps steps; milliseconds, minimum / median; memory in MB"
echo
echo "| model | batch | threads | objective | tailor | PyTorch's best mode | PyTorch | ratio |" \
    "memory: tailor / PyTorch | ratio |${jax:+ JAX | ratio |}"
echo "|---|---|---|---|---|---|---|---|---|---|${jax:+---|---|}"
for model in ${MODELS:-cnn resnet convnext}; do
    for batch in ${BATCHES:-128}; do
        for cam in ${CAM:-0 1}; do
            if [ "$cam" = 0 ]; then objective=plain word=""; else objective=sup_con word=+cam; fi
            if [ "$cam" != 0 ] && [ "$model" = mlp ]; then continue; fi      # it has no feature map
            trainer=$(build "$model" "$batch" $objective)
            for threads in ${THREADS:-1}; do
                if [ "$threads" -gt "$(nproc)" ]; then
                    echo "$threads threads are more than the machine has cores" >&2
                    exit 1
                fi
                pin="taskset -c 0-$((threads - 1))"
                log=$out/$model-$batch-$threads-$objective-$march-$storage.log
                rm -f "$log" "$log.err"
                for round in $(seq "$rounds"); do
                    measure tailor "$log" $pin "$trainer" --benchmark "$steps" --threads "$threads" --json
                    for mode in $modes; do
                        measure "$mode" "$log" $pin "$peer" bench/peer_torch.py "$model" "$batch" "$threads" \
                            "$mode$word" "$steps"
                    done
                    if [ -n "$jax" ] && [ "$model" = cnn ]; then
                        measure jax "$log" $pin "$jax" bench/peer_jax.py "$model" "$batch" \
                            "$(echo ${word:-plain} | tr -d +)" "$steps"
                    fi
                done
                row "$log" "$model" "$batch" "$threads" \
                    "$(echo $objective | sed 's/plain/cross-entropy/; s/sup_con/with sup_con/')"
            done
        done
    done
done
