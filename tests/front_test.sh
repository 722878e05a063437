#!/bin/sh
# What is around a graph file: how it begins, where it comes from, its options, what `check` prints of it, and the feed
# that `grad` must not lose.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
hash_of() { sed -n 's/^graph  *//p' "$dir/out"; }

# a mark of UTF-8, a line for a shell: the same graph, and lines are counted as they stand
printf '\357\273\277#!/usr/bin/env tailor\n' | cat - graphs/mlp.lua >"$dir/mlp.lua"
expect 0 "" ./tailor check graphs/mlp.lua
hash=$(hash_of)
expect 0 "" ./tailor check "$dir/mlp.lua"
[ "$(hash_of)" = "$hash" ] || bad "a mark and a #! line change the hash"
printf '\357\273\277#!/bin/tailor\nx = input { 2 }\ny = relu(z)\n' >"$dir/wrong.lua"
expect 1 "wrong.lua:3: there is no 'z'" ./tailor check "$dir/wrong.lua"
printf '#! no end of line' >"$dir/empty.lua"
expect 1 "names no value" ./tailor check "$dir/empty.lua"
printf '# no mark of a shell\n' >"$dir/comment.lua"
expect 1 "comment.lua:1: unexpected symbol" ./tailor check "$dir/comment.lua"

# a message shows what a terminal would obey
expect 1 '\\u001b\[31m\\xff\\u202e.lua: cannot open' ./tailor check "$(printf 'a\033[31m\377\342\200\256.lua')"
expect 2 'unknown flag --\\u001b' ./tailor check "--$(printf '\033')"
! grep -q "$(printf '\033')" "$dir/err" || bad "a raw escape: $(cat "$dir/err")"

# a value behind a flag of one letter, which is not a flag with a dash too few
expect 0 "" ./tailor emit graphs/mlp.lua "-o$dir/attached"
[ -f "$dir/attached/mlp.c" ] || bad "no $dir/attached/mlp.c"
expect 2 "unknown flag -out; did you mean --out" ./tailor emit graphs/mlp.lua -out
expect 2 "unknown flag -jsonx" ./tailor check graphs/mlp.lua -jsonx

# a graph file in place of an experiment file
expect 1 "this is a graph file, against an experiment file: tailor train graphs/mlp.lua trains it" \
    ./tailor sweep graphs/mlp.lua --dry-run

# standard input
from() { file=$1; shift; "$@" <"$file"; }
expect 0 "" from graphs/mlp.lua ./tailor check -
[ "$(hash_of)" = "$hash" ] || bad "from standard input another hash"
expect 1 "stdin:3: there is no 'z'" from "$dir/wrong.lua" ./tailor check -
expect 1 "stdin: more than 4194304 bytes" from /dev/zero ./tailor check -
expect 0 "" from graphs/mlp.lua ./tailor check - --cost
expect 0 "" from graphs/mlp.lua ./tailor emit - -o "$dir/emitted"
[ -f "$dir/emitted/stdin.c" ] || bad "no stdin.c"
expect 0 "" from graphs/mlp.lua ./tailor train - --data digits --epochs 1 --set width=8 --out "$dir/run"
cmp -s graphs/mlp.lua "$dir/run/stdin.lua" || bad "the run has another graph file"
expect 0 "" ./tailor eval "$dir/run"
expect 0 "" from graphs/mlp.lua ./tailor train - --data digits --epochs 1 --set width=8 --resume "$dir/run"
expect 2 "not standard input" ./tailor cam "$dir/run" --graph -

# options
printf 'option { name = "x", n = 1 }\nx = input { 2 }\ny = relu(x)\n' >"$dir/option.lua"
expect 1 "set name: its value has a newline in it" ./tailor check "$dir/option.lua" --set "name=a
b"
expect 1 "set n: its value has a newline in it" ./tailor check "$dir/option.lua" --set "n=1
2"
expect 1 "set name: its value has a control character in it" ./tailor check "$dir/option.lua" \
    --set "name=$(printf 'a\033b')"
expect 1 "set name: its value is no UTF-8 text" ./tailor check "$dir/option.lua" --set "name=$(printf 'a\377b')"
expect 2 "set n is given twice" ./tailor check "$dir/option.lua" --set n=2 --set name=y --set n=2
expect 2 "dump is given twice" ./tailor check "$dir/option.lua" --dump=load --dump fuse
expect 0 "" ./tailor check "$dir/option.lua" --json --without fuse --without fold
for flag in --validate --gradients --dump=load; do
    expect 2 "json goes with neither" ./tailor check "$dir/option.lua" --json $flag
done

# every column of the table adds up
cat >"$dir/parts.lua" <<'LUA'
x = input { 8, 8, 3 }
label = labels(4)
local h = group_norm(relu(batch_norm(conv2d(x, 8))), 2)
h = grn(layer_scale(instance_norm(layer_norm(h))))
local w = param({ 8 }, { name = "a.b" })
unused = param({ 5 })
local never = linear(flatten(x), 3, { name = "never" })
features = h * w
logits = linear(global_avg_pool(features), 4)
minimize(balance { cross_entropy(logits, label), mean(features * features) })
LUA
# first column from the right, where no name or shape shifts it, columns: the sum of the numbers that a table has there
added() {
    awk -v first="$1" -v columns="$2" '/^$/ { exit }
        NR > 1 { n = substr($0, length($0) - first, columns); gsub(/[ ,]/, "", n); if (n ~ /^[0-9]+$/) s += n }
        END { print s + 0 }' "$dir/out"
}
for graph in graphs/*.lua tests/composites/*.lua "$dir/parts.lua"; do
    expect 0 "" ./tailor check "$graph"
    total=$(sed -n 's/^parameters *\([0-9,]*\) in.*/\1/p' "$dir/out" | tr -d ,)
    sum=$(added 26 12)
    case $graph in
    *parts.lua)
        sed -n '/never/p' "$dir/out" | grep -q "read by nothing" || bad "parameters that nothing reads have no row"
        ;;
    esac
    [ "$sum" = "$total" ] || bad "$graph: rows have $sum parameters, the total is $total"
done
flops=$(added 13 14)
[ "$flops" = "$(sed -n 's/^FLOPs *\([0-9,]*\) forward.*/\1/p' "$dir/out" | tr -d ,)" ] ||
    bad "rows have $flops FLOPs: $(grep ^FLOPs "$dir/out")"

# names that the emitted C uses itself: it compiles without a warning
compiles() { # name of a graph in $dir, name of what is emitted
    expect 0 "" ./tailor emit "$dir/$1.lua" -o "$dir/$1"
    expect 0 "" gcc -std=gnu11 -fopenmp -Wall -Wextra -Werror -fsyntax-only -I"$dir/$1/runtime" "$dir/$1/${2:-$1}.c"
}
cat >"$dir/inner.lua" <<'LUA'
x = input { 6, 6, 2 }
label = labels(3)
scratch, packed, n, best = param({ 4 }), param({ 4 }), param({ 4 }), param({ 4 })
local h = relu(conv2d(x, 4, { name = "out" }) * scratch + packed)
lanes = softmax(conv2d(h, 4, { name = "in" }) * scratch + n, 4) * best
minimize(cross_entropy(linear(global_avg_pool(lanes), 3, { name = "my.work" }), label))
LUA
compiles inner
printf 'x = input { 8 }\nfirst_step = relu(x)\nnetwork = linear(first_step, 4, { name = "step" })\n' >"$dir/outer.lua"
compiles outer
cat >"$dir/types.lua" <<'LUA'
int32_t = input { 6, 6, 3 }
label = labels(3)
uint8_t = relu(conv2d(int32_t, 4))
int64_t = dropout(max_pool(uint8_t, 2), 0.5)
minimize(cross_entropy(linear(global_avg_pool(int64_t), 3), label)
    + mean(pick(reshape(mean(int32_t, { 2, 3 }), { 3 }), label)))
LUA
compiles types
cat >"$dir/pack.lua" <<'LUA'
x = input { 6, 6, 2 }
evaluate, init, save = param({ 4, 2, 3, 3 }), param({ 4, 4, 3, 3 }), param({ 4, 4, 3, 3 })
h = conv2d(conv2d(conv2d(x, 4, { weight = evaluate }), 4, { weight = init }), 4, { weight = save })
minimize(cross_entropy(linear(global_avg_pool(h), 3), labels(3)))
LUA
compiles pack
for name in check next rtStep Rt-text; do      # names of functions that the C has itself, types of the runtime
    cp "$dir/types.lua" "$dir/$name.lua"
    compiles $name ${name}_graph
done

# the feed, by any name, is not what the output is written over
printf 'feed' >"$dir/feed"
ln -s feed "$dir/link" && ln "$dir/feed" "$dir/hard"
for name in feed ./feed link hard; do
    expect 2 "is the feed itself" ./tailor grad graphs/mlp.lua --feed "$dir/feed" -o "$dir/$name"
done
expect 2 "is the feed itself" ./tailor grad graphs/mlp.lua --feed "$dir/link" -o "$dir/hard"
cp graphs/mlp.lua "$dir/graph.lua"; ln -s graph.lua "$dir/other.lua"
for name in graph.lua other.lua; do
    expect 2 "is the graph file itself" ./tailor grad "$dir/graph.lua" --feed "$dir/feed" -o "$dir/$name"
done
[ "$(cat "$dir/feed")" = feed ] || bad "the feed is lost"
echo "$expected commands"
[ $wrong = 0 ]
