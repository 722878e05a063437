#!/bin/sh
# --memory-budget: a smaller budget never takes more memory, changes no bit of the weights, and one that is too small is
# refused with the smallest possible.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
. tests/small_set.sh
field() { sed -n "s/.*\"$2\": *\"\{0,1\}\([0-9a-f]*\).*/\1/p" "$1"; }

check() { # graph, --set...
    budget=999999999999 last=999999999999 steps=0 first=
    while $tailor emit "$@" --memory-budget $budget -o "$dir/c$steps" >/dev/null 2>"$dir/err"; do
        json=$(ls "$dir/c$steps"/*.json) bytes=$(field "$(ls "$dir/c$steps"/*.json)" workspace_bytes)
        [ "$bytes" -le $budget ] || bad "$*: $bytes bytes within a budget of $budget"
        [ "$bytes" -lt "$last" ] || bad "$*: $bytes bytes, with more to spend $last"
        # what is allowed exactly is given exactly, and asked for again it is the same
        expect 0 "" $tailor emit "$@" --memory-budget "$bytes" -o "$dir/same"
        plan=$(basename "$json" .json).plan.csv       # of a step; evaluation may take another one within it
        cmp -s "$dir/c$steps/$plan" "$dir/same/$plan" || bad "$*: another plan for a budget of exactly $bytes"
        rm -rf "$dir/same"
        last=$bytes budget=$((bytes - 1)) steps=$((steps + 1))
    done
    grep -q "at least $last bytes.*budget is $budget" "$dir/err" || bad "$*: after $last bytes: $(cat "$dir/err")"
    [ $steps -ge 3 ] || bad "$*: only $steps plans"
    # the one that stores all, one in the middle, and the smallest, with 1 and 2 threads
    for i in 0 $((steps / 2)) $((steps - 1)); do
        bytes=$(field "$(ls "$dir/c$i"/*.json)" workspace_bytes)
        expect 0 "" $tailor train "$@" --data small --epochs 1 --seed 5 --threads $((1 + i % 2)) \
            --memory-budget "$bytes" --out "$dir/run$i"
        [ "$(field "$dir/run$i/run.json" workspace_bytes)" = "$bytes" ] ||
            bad "$*: run.json has another workspace than $bytes"
        sha=$(field "$dir/run$i/run.json" weights_sha256)
        [ -z "$first" ] && first=$sha
        [ -n "$sha" ] && [ "$sha" = "$first" ] || bad "$*: weights $sha within $bytes bytes, $first when all is stored"
    done
    rm -rf "$dir"/c* "$dir"/run*
    plans="${plans:-} $steps"
}

cat >"$dir/norms.lua" <<'LUA'
image = input { 28, 28, 1 }
label = labels(10)
local x = max_pool(relu(batch_norm(conv2d(image, 4))), 4)
for i = 1, 3 do x = relu(x + batch_norm(conv2d(gelu(batch_norm(conv2d(x, 4))), 4))) end
local y = conv2d(x, 4, { bias = false })        -- two arrays of bfloat16 behind one contraction
x = batch_norm(tanh(y)) + batch_norm(sigmoid(y))
logits = linear(dropout(global_avg_pool(x), 0.25), 10)
minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))
train { data = "digits", batch = 64, storage = "bf16", optimizer = adamw {} }
LUA
cat >"$dir/maps.lua" <<'LUA'
image = input { 28, 28, 1 }
label = labels(10)
local x = max_pool(relu(conv2d(image, 4)), 2)
features = layer_norm(gelu(conv2d(softplus(conv2d(max_pool(relu(conv2d(x, 8)), 2), 16)), 16)))
logits = linear(global_avg_pool(features), 10)
map = grad_cam(pick(logits, label), features, { normalize = "l2" })
minimize(cross_entropy(logits, label) + 0.1 * sup_con(flatten(map), label))
metric("accuracy", equal(argmax(logits), label))
train { data = "digits", batch = 64, optimizer = adamw {} }
LUA
# a number summed over the batch that every weight depends on, in parts of a step that take different numbers of images
# at a time
cat >"$dir/total.lua" <<'LUA'
image = input { 28, 28, 1 }
label = labels(10)
local x = max_pool(image, 2)
for i = 1, 4 do
    x = relu(batch_norm(conv2d(x, 8)))
    x = x / sqrt(mean(x ^ 2) + 0.1)
end
logits = linear(global_avg_pool(x), 10)
minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))
train { data = "digits", batch = 128, optimizer = sgd { lr = 0.05 } }
LUA
check "$dir/norms.lua"
check "$dir/maps.lua"
check "$dir/total.lua"

# No pass changes a bit of the weights.  In late.lua a weight is read, laid out in two ways, before and behind where its
# gradient is complete.
cat >"$dir/late.lua" <<'LUA'
image = input { 28, 28, 1 }
label = labels(10)
local flat, w = flatten(image), param { 784, 64 }
logits = linear(relu(matmul(flat, w)), 10)
local v = matmul(linear(flat, 784), stop_gradient(w))
for i = 1, 4 do
    v = v - mean(v, { 1 })
    v = v / sqrt(mean(v * v, { 1 }) + 1)
    v = v + 0.5 * v * v
end
minimize(cross_entropy(logits, label) + mean(v ^ 2))
metric("late", mean(v ^ 2))
train { data = "digits", batch = 128, optimizer = sgd { lr = 0.05 } }
LUA
for graph in total late; do
    first=
    for pass in none reorder recompute fuse; do
        if [ $pass = none ]; then set --; else set -- --without=$pass; fi
        expect 0 "" $tailor emit "$dir/$graph.lua" "$@" -o "$dir/pass"
        expect 0 "" make -s -C "$dir/pass"
        expect 0 "" "$dir/pass/$graph" --data small --epochs 1 --seed 5 --threads 1 --out "$dir/passed" --json
        sha=$(field "$dir/passed/run.json" weights_sha256)
        [ -z "$first" ] && first=$sha
        [ -n "$sha" ] && [ "$sha" = "$first" ] || bad "$graph without $pass: weights $sha, $first with all passes"
        rm -rf "$dir/pass" "$dir/passed"
    done
done
# a deep network is refused in seconds and within a gigabyte, though what could be computed again grows with the square
# of its depth
sed 's/for i = 1, 3 do/for i = 1, 20 do/' "$dir/norms.lua" >"$dir/deep.lua"
grep -q "1, 20 do" "$dir/deep.lua" || bad "no deep network"
expect 1 "deep.lua: train takes at least [0-9]* bytes" \
    sh -c "ulimit -v 2000000; exec timeout 60 $tailor check $dir/deep.lua --memory-budget 1000"
expect 2 "memory-budget" $tailor check graphs/mlp.lua --memory-budget 12x
expect 2 "memory-budget" $tailor check graphs/mlp.lua --memory-budget 0
expect 1 "at least [0-9]* bytes" $tailor train graphs/mlp.lua --data small --memory-budget 10 --out "$dir/none"
[ ! -e "$dir/none" ] || bad "a run that was refused left a folder"
[ $wrong = 0 ] && echo "plans within budgets:$plans; the same weights in all, and without each pass"
[ $wrong = 0 ]
