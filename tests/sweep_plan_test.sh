#!/bin/sh
# What an experiment file comes to, as `tailor sweep --dry-run` lists it: names and order of variants, keys and costs
# that are those of real runs, options that are solved for, shards.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
mkdir -p "$dir/graphs/experiments"
cp -r graphs/networks graphs/recipes graphs/cnn.lua graphs/mlp.lua tests/errors/graphs/net.lua "$dir/graphs"
plan() { # name, text of an experiment file, flags...: its plan is in $dir/NAME.json
    name=$1
    printf '%s\n' "$2" >"$dir/graphs/experiments/$name.lua"
    shift 2
    expect 0 "" ./tailor sweep "$dir/graphs/experiments/$name.lua" --dry-run --json "$@"
    [ -s "$dir/err" ] && bad "$name: $(head -c 300 "$dir/err")"
    mv "$dir/out" "$dir/$name.json"
}
cat >"$dir/look.py" <<'EOF'
import json, sys
def plan(name):
    with open(sys.argv[1] + "/" + name + ".json") as file: return json.load(file)
def variants(name, *blocks):   # of the blocks "graph data", in the order of the members
    found = []
    for m in plan(name)["members"]:
        if blocks and m["graph"] + " " + m["data"] not in blocks: continue
        if m["variant"] not in found: found.append(m["variant"])
    return found
def keys(name): return [c["key"] for c in plan(name)["cells"]]
def same(is_, wanted, what):
    if is_ != wanted: sys.exit("%s: %r, against %r" % (what, is_, wanted))
EOF
look() { PYTHONPATH=$dir PYTHONDONTWRITEBYTECODE=1 python3 -c "from look import *
$1" "$dir" || bad "$2"; }

# ---- names and order ----
factors='factors = { skip = { false, true }, pooling = { "max", "avg", "stride" } }'
cnn="graph = '../cnn.lua', data = 'digits', set = { width = 4 }" net='graph = "../net.lua", seeds = { 1 }'
plan one "experiment { $cnn, seeds = { 3, 1 }, $factors, design = 'one_at_a_time' }"
plan grid "experiment { $cnn, seeds = { 1 }, $factors }"
plan values "experiment { $net, factors = { scale = { 1, 0.1, 1e-5, 1e20, 20 }, width = { 16, 20.0 } } }"
plan blocks 'experiment { graphs = { z = "../mlp.lua", a = "../net.lua" }, data = { "digits", "decoy-digits" },
                          set = { width = 4 } }'
plan named 'experiment { graph = "../net.lua",
                         variants = { { "plain" }, { "both", skip = true, width = 8 }, { "skip", skip = true } } }'
look '
same(variants("one"), ["baseline", "pooling=avg", "pooling=stride", "skip=true"], "one at a time")
same([m["seed"] for m in plan("one")["members"]], [3, 1] * 4, "seeds as listed")
same(variants("grid"), ["baseline", "skip=true", "pooling=avg", "pooling=avg skip=true", "pooling=stride",
                        "pooling=stride skip=true"], "grid")
same(set(keys("one")) & set(keys("grid")) == set(c["key"] for c in plan("one")["cells"] if c["seed"] == 1), True,
     "cells that a grid and one factor at a time share")
same(variants("values")[:4], ["baseline", "width=20", "scale=0.1", "scale=0.1 width=20"], "values as JSON")
same([v for v in variants("values") if "width" not in v], ["baseline", "scale=0.1", "scale=1e-05", "scale=1e+20",
                                                           "scale=20"], "numbers")
blocks = []
for m in plan("blocks")["members"]:
    if (m["graph"], m["data"]) not in blocks: blocks.append((m["graph"], m["data"]))
same(blocks, [("a", "digits"), ("a", "decoy-digits"), ("z", "digits"), ("z", "decoy-digits")], "blocks")
same([m["seed"] for m in plan("blocks")["members"][:6]], [1, 2, 3, 4, 5, 6], "seeds by default")
same({m["variant"] for m in plan("blocks")["members"]}, {"baseline"}, "neither factors nor variants")
same(variants("named"), ["plain", "both", "skip"], "variants as listed")
same({m["graph"] for m in plan("named")["members"]}, {"net"}, "the name of a graph")
same(plan("named")["cells"][6]["options"],
     {"head": "gap", "held": 0.1, "scale": 0.5, "skip": True, "unused": 1, "width": 8}, "options")
' "names and order"

# ---- a cell is what is meant ----
two='experiment { name = "a", graph = "../net.lua", seeds = { 1, 2 }, factors = { width = { 8, 16 } } }
experiment { name = "b", graph = "../net.lua", seeds = { 2, 3 }, set = { width = 16, unused = 1 }, epochs = 1 }'
plan two "$two"
plan only "$two" --only b
cp "$dir/graphs/net.lua" "$dir/kept.lua"
{ echo "-- a comment"; sed 's/^h  /h/' "$dir/kept.lua"; } >"$dir/graphs/other.lua"
plan other "$(echo "$two" | sed 's/net.lua/other.lua/; s/net.lua/other.lua/')"
sed 's/scale = 0.5/scale = 0.25/' "$dir/kept.lua" >"$dir/graphs/net.lua"
plan changed "$two"
cp "$dir/kept.lua" "$dir/graphs/net.lua"
look '
same(len(plan("two")["cells"]), 5, "cells that two experiments share")
same(len(plan("two")["members"]), 6, "members")
same(sorted(keys("only")), sorted({m["key"] for m in plan("two")["members"] if m["experiment"] == "b"}), "--only")
same(keys("other"), keys("two"), "another name and a comment")
same(set(keys("changed")) & set(keys("two")), set(), "another default")
' "what a cell is"
expect 1 "no experiment c in it" ./tailor sweep "$dir/graphs/experiments/two.lua" --dry-run --only c
printf 'experiment { graph = "../net.lua", seeds = { 1 },
    variants = { { "b\303\251" }, { "a\342\200\256", width = 24 } } }' \
    >"$dir/graphs/experiments/turned.lua"      # it would turn the direction of writing
expect 0 "" ./tailor sweep "$dir/graphs/experiments/turned.lua" --dry-run
grep -qF "  b$(printf '\303\251')            " "$dir/out" && grep -qF '  a\u202e     ' "$dir/out" ||
    bad "names: $(cat "$dir/out")"

# ---- keys and costs of real runs ----
run() { # name, split: a run of the first cell of the plan
    expect 0 "" ./tailor train "$dir/graphs/net.lua" --set width=8 --seed 1 --split "$2" --out "$dir/run_$1" --threads 1
    cp "$dir/run_$1/run.json" "$dir/run_$1.json"
}
plan test "experiment { $net, set = { width = 8 } }"
plan validation "experiment { $net, set = { width = 8 }, split = 'validation', compare = 'val_loss' }"
run test test
run validation validation
expect 0 "" ./tailor check "$dir/graphs/net.lua" --set width=8 --cost --json
mv "$dir/out" "$dir/cost.json"
look '
for split in ("test", "validation"):
    cell, run = plan(split)["cells"][0], plan("run_" + split)
    same(cell["key"], run["experiment_hash"], "key")
    same(cell["parameters"], run["parameter_count"], "parameters")
    for field in ("graph_hash", "options", "flops_forward", "flops_step", "workspace_bytes", "seed", "epochs"):
        same(cell[field], run[field], field)
same(keys("test") != keys("validation"), True, "a run that leaves the test set alone is another")
same(abs(plan("test")["cells"][0]["step_seconds"] * 1e3 / plan("cost")["kernels_ms"] - 1) < 1e-9, True, "step_seconds")
same(plan("test")["cells"][0]["steps"], 90, "steps")
' "keys and costs"

# ---- data that is not there, in a folder ----
echo "experiment { $net, data = { 'mnist', 'digits' } }" >"$dir/graphs/experiments/no.lua"
expect 0 "data set mnist: there is no folder" ./tailor sweep "$dir/graphs/experiments/no.lua" --dry-run --json
mv "$dir/out" "$dir/no.json"
expect 1 "data set mnist: there is no folder" ./tailor sweep "$dir/graphs/experiments/no.lua" --out "$dir/nothing"
[ -e "$dir/nothing" ] && bad "a folder for a sweep without its data"
expect 1 "without it cells have no keys" ./tailor sweep "$dir/graphs/experiments/no.lua" --dry-run --shard 1/2
look '
same([c["key"] is None for c in plan("no")["cells"]], [True, False], "keys without data")
same(plan("no")["cells"][0]["seconds"], None, "time without data")
' "data that is not there"

# ---- data without a test set ----
mkdir -p "$dir/untested"
perl -e 'print pack("NNNN", 2051, 240, 28, 28), "\0" x (240 * 784)' >"$dir/untested/train-images-idx3-ubyte"
perl -e 'print pack("NN", 2049, 240), map { chr($_ % 10) } 0 .. 239' >"$dir/untested/train-labels-idx1-ubyte"
echo "experiment { $net, data = { 'digits', '$dir/untested' } }" >"$dir/graphs/experiments/untested.lua"
expect 1 "no run on untested has the metric test_accuracy of compare" \
    ./tailor sweep "$dir/graphs/experiments/untested.lua" --out "$dir/nothing"
plan validated "experiment { $net, data = '$dir/untested', compare = 'val_accuracy' }"

# ---- options that are solved for ----
cat >"$dir/graphs/sizes.lua" <<'EOF'
option { width = 12, depth = 1, narrow = 3, step = 1 }
image = input { 28, 28, 1 }
label = labels(10)
assert(option.width % option.step == 0, "width")
local x = flatten(image)
for i = 1, option.depth do x = relu(linear(x, option.width + 3 * (option.width % 2), { name = "fc" .. i })) end
logits = linear(linear(x, 64 // option.narrow, { name = "narrow" }), 10, { name = "out" })
minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))
train { data = "digits", batch = 100, epochs = 1, optimizer = sgd { lr = 0.1 } }
EOF
sized() { # name, option that is solved for, the rest
    plan "$1" "experiment { graph = '../sizes.lua', seeds = { 1 }, match = { parameters = '$2', within = 0.3 }, $3 }"
}
sized widths width 'factors = { depth = { 1, 2, 3, 9 } }'
sized evens width 'set = { step = 4 }, factors = { depth = { 1, 3, 9 } }'
sized narrows narrow 'factors = { depth = { 1, 2 } }'
look '
def count(width, depth, narrow):
    w, n, total, before = width + 3 * (width % 2), 64 // narrow, 0, 784
    for i in range(depth): total, before = total + before * w + w, w
    return total + before * n + n + n * 10 + 10
def nearest(counts, target): return min((abs(c - target), c) for c in counts)[1]
target = count(12, 1, 3)
for c in plan("widths")["cells"]:
    o = c["options"]
    same(c["parameters"], count(o["width"], o["depth"], 3), "parameters")
    same(c["parameters"], nearest([count(w, o["depth"], 3) for w in range(1, 200)], target), "the nearest width")
for c in plan("evens")["cells"]:
    same(c["parameters"], nearest([count(w, c["options"]["depth"], 3) for w in range(4, 200, 4)], target), "by fours")
for c in plan("narrows")["cells"]:
    same(c["parameters"], nearest([count(12, c["options"]["depth"], n) for n in range(1, 65)], target), "a falling one")
same(variants("widths"), ["baseline", "depth=2", "depth=3", "depth=9"], "names without what is solved for")
' "match"

# ---- shards ----
for i in 1 2 3; do plan "shard$i" "$two" --shard $i/3; done
expect 2 "takes I/N" ./tailor sweep "$dir/graphs/experiments/two.lua" --dry-run --shard 4/3
expect 2 "takes I/N" ./tailor sweep "$dir/graphs/experiments/two.lua" --dry-run --shard 0/3
look '
everything = sorted(keys("two"))
for i in (1, 2, 3): same(sorted(keys("shard%d" % i)), everything[i - 1 :: 3], "shard %d" % i)
' "shards"

# ---- as text, and what does not go together ----
expect 0 "" ./tailor sweep graphs/experiments/skip.lua --dry-run -j 3
! grep -q " 0\.[0-9] s  new$" "$dir/out" || bad "a cell takes less than a second: $(cat "$dir/out")"
grep -q "^12 cells of 4 builds, 12 of them to be run: .* with -j 3" "$dir/out" || bad "$(tail -2 "$dir/out")"
expect 2 "goes with neither --status nor --why" ./tailor sweep "$dir" --status --only a
expect 2 "do not go together" ./tailor sweep "$dir" --status --why 12
[ $wrong = 0 ] && echo "$expected commands"
exit $wrong
