#!/bin/sh
# The roofline report: a row for every kernel of a step, shares that add up, costs that agree with the summary, the same
# bits with and without it and for any number of threads, no trace of it where it is not asked for.  Times themselves
# are not tested.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
command -v python3 >/dev/null || { echo "no python3"; exit 77; }
sha() { sed -n 's/.*"weights_sha256": *"\([0-9a-f]*\)".*/\1/p' "$1"; }

# a model with all that a step can have: several segments, state, kernels that share a function, a norm, an average
cat >"$dir/small.lua" <<'LUA'
image = input { 28, 28, 1 }
label = labels(10)
local h = relu(batch_norm(conv2d(image, 8, { stride = 2 })))
for i = 1, 2 do h = h + relu(conv2d(h, 8)) end
logits = linear(global_avg_pool(h), 10)
minimize(cross_entropy(logits, label))
train { data = "digits", batch = 120, epochs = 1, seed = 1, optimizer = adamw { lr = 1e-3 }, clip = 1, ema = 0.9 }
LUA

cat >"$dir/look.py" <<'PY'
import json, sys
what, dumped, path = sys.argv[1:4]
names = open(dumped).read().split()
record = json.load(open(path))
profile = record if what == "cost" else record["profile"]
kernels = profile["kernels"]
wrong = []
def must(holds, text): holds or wrong.append(text)
must(sorted(k["kernel"] for k in kernels) == sorted(names), "rows are not the kernels of the program")
times = [k["roofline_ms" if what == "cost" else "ms"] for k in kernels]
must(times == sorted(times, reverse=True), "rows are not sorted by time")
for k in kernels:
    must(k["calls"] >= 1 and k["flops"] >= 0 and 0 <= k["flops_executed"], k)
    must(0 <= k["memory_bytes"] <= k["bytes"] and k["bound"] in ("compute", "cache", "memory"), k)
    must(k["kernel"] == "check_loss" or k["bytes"] > 0, k)
    must(k["lines"] and all(1 <= line <= 7 for line in k["lines"]), k)
shares = sum(k["share"] for k in kernels)
if what == "cost":
    must(abs(shares - 1) < 1e-9, f"shares add up to {shares}")
    # an expression in two kernels counts twice, and there are the updates: a little more than the summary says
    step = profile["flops_step"] * profile["batch"]
    must(step <= sum(k["flops"] for k in kernels) <= 1.2 * step, "operations are not those of the summary")
else:
    must(abs(shares + profile["outside_ms"] / profile["thread_ms"] - 1) < 1e-9, f"shares add up to {shares}")
    must(abs(sum(times) - profile["kernels_ms"]) < 1e-6 * profile["kernels_ms"], "times do not add up")
    must(0 < shares < 1.0001, f"kernels take {shares} of a step")
    must(abs(profile["thread_ms"] - profile["threads"] * profile["step_ms"]) < 1e-6 * profile["thread_ms"], "threads")
    must(min(profile[m] for m in ("peak_gflops", "cache_gbytes", "memory_gbytes")) > 0, "the machine was not measured")
# tensors move what kernels move; the loss's pass reads what batch normalisation kept, a third one makes its gradient
tensors = {t["tensor"]: t for t in profile["tensors"]}
for what, of in ("memory_bytes", 1), ("cache_bytes", 0):
    all = sum(k["memory_bytes"] if of else k["bytes"] - k["memory_bytes"] for k in kernels)
    must(abs(sum(t[what] for t in tensors.values()) - all) < 1e-9 * all, f"{what} of tensors are not those of kernels")
for name, written, read, least in ("logits_conv2d", 1, 4, 3), ("d_logits_batch_norm", 1, 2, 2), ("image", 0, 2, 2):
    t = tensors[name]
    must((t["written"], t["read"], t["least_memory_bytes"]) == (written, read, least * t["bytes"]), t)
    must(t["memory_bytes"] == (written + read) * t["bytes"] and t["cache_bytes"] == 0, t)
must(tensors["logits_conv2d"]["bytes"] == 4 * 120 * 14 * 14 * 8, tensors["logits_conv2d"])
moments = tensors["moments of logits.linear.weight"]                    # two of adamw, and the mean
must(moments["bytes"] == 3 * 4 * 80 and moments["cache_bytes"] == 2 * moments["bytes"], moments)
for text in wrong: print(path, text)
sys.exit(bool(wrong))
PY
look() { python3 "$dir/look.py" "$1" "$dir/names" "$2" || wrong=1; }

# the model alone
expect 0 "" $tailor check "$dir/small.lua" --dump=plan
awk '/^# / {on = $2 == "train"} on && /^ *[0-9]+ [a-z]+ +[a-z]+ / {print $4}' "$dir/out" >"$dir/names"
[ "$(wc -l <"$dir/names")" -gt 40 ] || bad "only $(wc -l <"$dir/names") kernels in the dump"
expect 0 "" $tailor check "$dir/small.lua" --cost --json
cp "$dir/out" "$dir/cost.json" && look cost "$dir/cost.json"
expect 0 "" $tailor check "$dir/small.lua" --cost --peak 50 --cache=30 --bandwidth 7.5
half=$(awk '/^all kernels/ {print $7}' "$dir/out")
expect 0 "" $tailor check "$dir/small.lua" --cost
whole=$(awk '/^all kernels/ {print $7}' "$dir/out")
awk "BEGIN {exit !($half > 1.99 * $whole && $half < 2.01 * $whole)}" ||
    bad "half a machine takes $half ms against $whole"
while read -r name; do grep -q "^$name " "$dir/out" || bad "--cost has no row $name"; done <"$dir/names"
grep -q "^logits_conv2d  *0.753  *1  *4  *0.000  *3.763  *2.258$" "$dir/out" || bad "no row of what is moved"

# steps: without a profile, with it, with two threads
expect 0 "" $tailor train "$dir/small.lua" --threads 1 --out "$dir/plain"
expect 0 "" $tailor train "$dir/small.lua" --threads 1 --out "$dir/one" --profile
cp "$dir/out" "$dir/table"
expect 0 "" $tailor train "$dir/small.lua" --threads 2 --out "$dir/two" --profile --json
cp "$dir/out" "$dir/two.json"
[ -n "$(sha "$dir/plain/run.json")" ] || bad "no hash of the weights"
for run in "$dir/one/run.json" "$dir/two/run.json"; do
    [ "$(sha "$run")" = "$(sha "$dir/plain/run.json")" ] || bad "$run: other weights than without a profile"
    look profile "$run"
done
look profile "$dir/two.json"
grep -q profile "$dir/plain/run.json" && bad "a profile nobody asked for"
for name in $(cat "$dir/names") "all kernels" "outside kernels" step tensor "all tensors"; do
    grep -q "^$name " "$dir/table" || bad "the table has no row $name"
done
for word in small.lua:3 GFLOP/s GB/s share "GB/s in memory"; do
    grep -q -- "$word" "$dir/table" || bad "the table does not say $word"
done
awk 'match($0, / [0-9.]+%/) && !/^(all kernels|step) / {sum += substr($0, RSTART, RLENGTH - 1)}
     END {exit !(sum > 99 && sum < 101)}' "$dir/table" || bad "the table's shares do not add up to 100"
expect 0 "" "$dir/one/c/small" --benchmark 3 --threads 2 --profile
grep -q "^fwd_logits " "$dir/out" && grep -q "4 fastest of the last 8 steps" "$dir/out" ||
    bad "--benchmark --profile prints no table"
expect 0 "" "$dir/one/c/small" --benchmark 3 --threads 1 --profile --json
cp "$dir/out" "$dir/benchmark.json" && look profile "$dir/benchmark.json"
expect 0 "" "$dir/one/c/small" --benchmark 3 --threads 1
grep -q "^fwd_logits " "$dir/out" && bad "--benchmark prints a table that nobody asked for"
expect 0 "finished already" $tailor train "$dir/small.lua" --resume "$dir/one" --profile

# not a trace without it; with it, the C of both compilers is clean
grep -lq "rt_lap\|RtProfile" "$dir"/plain/c/small.[ch] && bad "a step that was not asked for looks at the clock"
ls "$dir"/plain/c/runtime/rt_profile* >/dev/null 2>&1 && bad "the runtime of a profile is copied where there is none"
for cc in gcc clang; do
    command -v $cc >/dev/null || continue
    for file in small.c runtime/rt_profile.c runtime/rt_main.c runtime/rt_show.c; do
        $cc -std=gnu11 -O1 -ffp-contract=off -fopenmp -Wall -Wextra -Werror -DRT_COMPILER_FLAGS='""' \
            -I"$dir/one/c/runtime" -c "$dir/one/c/$file" -o "$dir/object.o" 2>"$dir/err" ||
            bad "$cc $file: $(head -c 300 "$dir/err")"
    done
done

# what is wrong
expect 2 "emitted without it" "$dir/plain/c/small" --benchmark 3 --profile
expect 2 "of training steps" "$dir/one/c/small" --eval "$dir/one" --profile
expect 2 "takes no value" $tailor train "$dir/small.lua" --profile=yes
expect 2 "number above 0" $tailor check "$dir/small.lua" --cost --peak 0
expect 2 "number above 0" $tailor check "$dir/small.lua" --cost --bandwidth fast
expect 2 "are of --cost" $tailor check "$dir/small.lua" --peak 100
expect 2 "goes with neither" $tailor check "$dir/small.lua" --cost --validate
printf 'image = input { 4 }\noutput("y", relu(image))\n' >"$dir/nothing.lua"
expect 1 "no step to profile" $tailor emit "$dir/nothing.lua" --profile -o "$dir/nothing"
expect 0 "" $tailor check "$dir/nothing.lua" --cost
[ $wrong = 0 ] && echo "$(wc -l <"$dir/names") kernels of a step, $expected commands"
exit $wrong
