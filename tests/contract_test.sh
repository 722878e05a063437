#!/bin/sh
# The contracts of a run: the same bits for any number of threads, after a kill, and from a second emit; exit codes and
# messages for what is wrong.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
quickly=$OPTIMIZE
unset OPTIMIZE GOMP_SPINCOUNT KMP_BLOCKTIME          # trainers as users have them
sha() { sed -n 's/.*"weights_sha256": *"\([0-9a-f]*\)".*/\1/p' "$1/run.json"; }

$tailor train graphs/mlp.lua --data digits --epochs 2 --seed 3 --threads 1 --out "$dir/one" >/dev/null 2>"$dir/err" ||
    bad "train: $(cat "$dir/err")"
$tailor train graphs/mlp.lua --data digits --epochs 2 --seed 3 --threads 2 --out "$dir/two" >/dev/null 2>&1 ||
    bad "train with 2 threads"
[ -n "$(sha "$dir/one")" ] && [ "$(sha "$dir/one")" = "$(sha "$dir/two")" ] ||
    bad "1 and 2 threads: $(sha "$dir/one") $(sha "$dir/two")"
for f in run.json log.csv weights.safetensors c/mlp.c c/mlp.h c/mlp.plan.csv c/mlp.json; do
    [ -s "$dir/one/$f" ] || bad "$f is not in the run directory"
done

# killed at some moment, again and again, then resumed: the bits of an uninterrupted run
kill_after_checkpoint "$dir/killed" graphs/mlp.lua --data digits --epochs 2 --seed 3 --threads 1
rm -f "$dir/killed/run.json"
$tailor train graphs/mlp.lua --data digits --epochs 2 --seed 3 --threads 2 --resume "$dir/killed" \
    >/dev/null 2>"$dir/err" || bad "resume: $(cat "$dir/err")"
[ "$(sha "$dir/killed")" = "$(sha "$dir/one")" ] ||
    bad "killed and resumed: $(sha "$dir/killed") against $(sha "$dir/one")"
expect 0 "" $tailor train graphs/mlp.lua --data digits --epochs 2 --seed 3 --resume "$dir/killed"
expect 1 "seed" $tailor train graphs/mlp.lua --data digits --epochs 2 --seed 4 --resume "$dir/killed"
expect 1 "graph\|option" $tailor train graphs/mlp.lua --set width=32 --data digits --epochs 2 --seed 3 \
    --resume "$dir/killed"

# evaluation repeats the record
$tailor eval "$dir/one" --json >"$dir/eval.json" 2>"$dir/err" || bad "eval: $(cat "$dir/err")"
a=$(sed -n 's/.*"test_accuracy": *\([0-9.]*\).*/\1/p' "$dir/one/run.json")
b=$(sed -n 's/.*"test_accuracy": *\([0-9.]*\).*/\1/p' "$dir/eval.json")
[ -n "$a" ] && [ "$a" = "$b" ] || bad "eval says $b, run.json $a"

# a stop in the middle leaves a checkpoint, says how to go on, and exits 130
stop_after_checkpoint INT "$dir/stopped" graphs/mlp.lua --data digits --epochs 400 --seed 3 --threads 1
[ $? = 130 ] || bad "an interrupted run did not exit 130"
grep -q -- --resume "$dir/err" || bad "an interrupted run does not say how to resume: $(tail -c 300 "$dir/err")"

# averaged weights: interrupted and resumed as not, and evaluation uses what was saved
sed 's/train {/train { ema = 0.99,/' graphs/mlp.lua >"$dir/averaged.lua"
$tailor train "$dir/averaged.lua" --data digits --epochs 2 --seed 3 --threads 2 --out "$dir/averaged" \
    >/dev/null 2>"$dir/err" || bad "ema: $(cat "$dir/err")"
kill_after_checkpoint "$dir/halved" "$dir/averaged.lua" --data digits --epochs 2 --seed 3 --threads 1
rm -f "$dir/halved/run.json"
$tailor train "$dir/averaged.lua" --data digits --epochs 2 --seed 3 --resume "$dir/halved" >/dev/null 2>"$dir/err" ||
    bad "resume with ema: $(cat "$dir/err")"
[ -n "$(sha "$dir/averaged")" ] && [ "$(sha "$dir/halved")" = "$(sha "$dir/averaged")" ] ||
    bad "ema, killed and resumed: $(sha "$dir/halved") against $(sha "$dir/averaged")"
[ "$(sha "$dir/averaged")" != "$(sha "$dir/one")" ] || bad "ema changes nothing"
$tailor eval "$dir/averaged" --json >"$dir/eval.json" 2>"$dir/err" || bad "eval: $(cat "$dir/err")"
a=$(sed -n 's/.*"test_accuracy": *\([0-9.]*\).*/\1/p' "$dir/averaged/run.json")
b=$(sed -n 's/.*"test_accuracy": *\([0-9.]*\).*/\1/p' "$dir/eval.json")
[ -n "$a" ] && [ "$a" = "$b" ] || bad "eval of averaged weights says $b, run.json $a"

# what is wrong
expect 2 "did you mean --epochs" $tailor train graphs/mlp.lua --epoch 3
expect 2 "whole number" $tailor train graphs/mlp.lua --epochs many
expect 2 "unknown command" $tailor trian
# nor does the trainer take it
expect 2 "whole number from 0 to 9223372036854775807, not '+5'" $tailor train graphs/mlp.lua --seed +5
expect 2 "train: --keep takes best or last, not 'none'" $tailor train nosuchfile.lua --keep none
# --help of a command has every flag that it takes, the trainer's in its words, and its output has arrived
for command in check emit train eval grad cam plan data ops; do expect 0 "" $tailor $command --help; done
for flag in --set --data --seed --epochs --threads --out --resume --keep --profile --tune --tuned --without; do
    $tailor train --help | grep -q -- "^  \(-o, \)\?$flag " || bad "train --help does not have $flag"
done
says() { grep -A1 -- "^  $flag " | tr -s " "; }
for flag in --seed --epochs --resume; do
    [ "$($tailor train --help | says)" = "$("$dir/one/c/mlp" --help | says)" ] ||
        bad "train --help says of $flag what its trainer does not"
done
for flag in "check --help" --help --version; do expect 1 "cannot write" sh -c "$tailor $flag >/dev/full"; done
# a name that is empty is no folder or file, and not the root
expect 2 "emit: --out takes DIR, not ''" $tailor emit graphs/mlp.lua -o ""
expect 2 "data: --dir takes DIR, not ''" $tailor data --dir=
expect 2 "train: --resume takes DIR, not ''" $tailor train graphs/mlp.lua --resume ""
expect 2 "eval takes RUN, not ''" $tailor eval ""
expect 1 "width" $tailor check graphs/mlp.lua --set widht=3
expect 1 "not empty" $tailor train graphs/mlp.lua --out "$dir/one"
expect 1 "no such folder\|there is no" $tailor train graphs/mlp.lua --data nosuchset --out "$dir/none"
expect 1 "" $tailor emit graphs/mlp.lua -o /proc/nowhere
# a folder of C that can not be written as a whole stays as it was: the small files would fit, the last ones to be
# written among them
expect 0 "" $tailor emit graphs/mlp.lua -o "$dir/emitted" --set width=16
cp -r "$dir/emitted" "$dir/before" && rm "$dir/emitted/runtime/rt_vec.h" "$dir/before/runtime/rt_vec.h"
expect 1 "cannot write" sh -c "ulimit -f 8; exec $tailor emit graphs/mlp.lua -o $dir/emitted --set width=32"
diff -r "$dir/emitted" "$dir/before" >"$dir/err" || bad "an emit that failed left: $(head -c 300 "$dir/err")"
expect 0 "" $tailor emit graphs/mlp.lua -o "$dir/emitted" --set width=32
[ -f "$dir/emitted/runtime/rt_vec.h" ] || bad "an emit after one that failed does not complete the folder"
expect 1 "No such file\|can not be read\|cannot" $tailor check nosuchfile.lua
mkdir "$dir/cut" && cp -r "$dir/stopped/." "$dir/cut" &&
    head -c 2000 "$dir/stopped/checkpoint.safetensors" >"$dir/cut/checkpoint.safetensors"
expect 1 "checkpoint" $tailor train graphs/mlp.lua --data digits --epochs 400 --seed 3 --resume "$dir/cut"
cat >"$dir/nan.lua" <<'LUA'
image = input{28,28,1}
label = labels(10)
huge = flatten(image) * 1e38
boom = huge * huge
logits = linear(boom, 10)
minimize(cross_entropy(logits, label))
train{data = "digits", batch = 128, epochs = 1, optimizer = sgd{lr = 0.1}}
LUA
expect 1 "nan.lua:4.*boom" $tailor train "$dir/nan.lua" --out "$dir/nan"
# a gradient that is not finite while the loss is: the step changes nothing, and the line is where it begins, not where
# a weight is read
cat >"$dir/root.lua" <<'LUA'
image = input{28,28,1}
label = labels(10)
z = relu(linear(flatten(image), 32))

features = concat({z, sqrt(sum((z - z) * (z - z), 2))}, 2)
minimize(cross_entropy(linear(features, 10), label))
train{data = "digits", batch = 128, epochs = 1, optimizer = adamw{}}
LUA
expect 1 "root.lua:5: .* in the gradient of sqrt" $tailor train "$dir/root.lua" --out "$dir/root"
grep -q "root: step 0: the loss is 2\.[0-9]* and its gradients" "$dir/err" ||
    bad "a gradient that is not finite: $(head -c 300 "$dir/err")"
# the batch that was kept gives that loss again
expect 0 "" $tailor grad "$dir/root.lua" --feed "$dir/root/failed_batch.safetensors" -o "$dir/root.safetensors"
# the same for one image in ten thousand, skipped once an epoch: threads, a kill and a resume change neither bits nor
# count
cat >"$dir/rare.lua" <<'LUA'
image = input{28,28,1}
label = labels(10)
z = linear(flatten(image), 32)
local rare = where(equal(sample_number(), 5), 0, 1)
minimize(cross_entropy(linear(relu(z), 10), label) + 0.01 * mean(sqrt(sum(z * z, 2) * reshape(rare, {1}))))
train{data = "digits", batch = 128, epochs = 3, validation = 0.01, ema = 0.9, not_finite = "skip", optimizer = adamw{}}
LUA
expect 0 "3 of 231 steps skipped" $tailor train "$dir/rare.lua" --threads 1 --out "$dir/rare"
grep -q "^skipped steps  *3$" "$dir/out" || bad "skipped steps are not in: $(cat "$dir/out")"
grep -q '"skipped_steps": 3' "$dir/rare/run.json" || bad "skipped steps are not in run.json"
kill_after_checkpoint "$dir/rare2" "$dir/rare.lua" --threads 2
rm -f "$dir/rare2/run.json"
expect 0 "3 of 231 steps skipped" $tailor train "$dir/rare.lua" --threads 2 --resume "$dir/rare2"
[ -n "$(sha "$dir/rare")" ] && [ "$(sha "$dir/rare2")" = "$(sha "$dir/rare")" ] ||
    bad "skipped steps, killed and resumed: $(sha "$dir/rare2") against $(sha "$dir/rare")"
hash_of() { $tailor check "$1" --json | sed -n 's/.*"graph_hash": *"\([0-9a-f]*\)".*/\1/p'; }
sed 's/train {/train { not_finite = "stop",/' graphs/mlp.lua >"$dir/mlp.lua" && a=$(hash_of "$dir/mlp.lua")
sed 's/train {/train { not_finite = "skip",/' graphs/mlp.lua >"$dir/mlp.lua" && b=$(hash_of "$dir/mlp.lua")
[ -n "$a" ] && [ "$a" = "$(hash_of graphs/mlp.lua)" ] && [ "$a" != "$b" ] ||
    bad "not_finite in the graph's hash: $a, $b"
# a graph file may have any name, also what emitted C and runtime call their own
export OPTIMIZE="$quickly"
for name in rt Rt run fwd clean; do
    printf 'image = input{4}\ntrain = linear(image, 2)\n' >"$dir/$name.lua"
    { $tailor emit "$dir/$name.lua" -o "$dir/emitted-$name" && make -s -C "$dir/emitted-$name" OPTIMIZE="$OPTIMIZE"; } \
        >/dev/null 2>"$dir/err" || bad "$name.lua: $(head -c 300 "$dir/err")"
done
[ $wrong = 0 ] && echo "all contracts hold"
exit $wrong
