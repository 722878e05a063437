#!/bin/sh
# Locks: those of graphs/locks/ are verified with --quick, those on MNIST where it is there; one is made again with the
# same numbers, and one of a run; what is changed, in the graph, the lock, the data or tailor itself, is named; files
# that are no lock; nothing is half-written.  UPDATE=1 makes the locks on digits anew.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
mkdir "$dir/tmp" && export TMPDIR="$dir/tmp"
locked() { $tailor lock "graphs/$1.lua" --data digits --epochs 1 --seed 1 -o "$2" ${3:-}; }
if [ "${UPDATE:-}" = 1 ]; then
    unset OPTIMIZE
    locked mlp graphs/locks/mlp.lock ""
    locked cnn graphs/locks/cnn.lock "--set width=8"
    locked resnet graphs/locks/resnet.lock "--set depth=8 --set width=4"
    locked convnext graphs/locks/convnext.lock "--set dim=8 --set depth=1"
    exit
fi

# ---- the locks of the project ----

of_mnist=" and" locks="graphs/locks/mlp.lock graphs/locks/cnn.lock graphs/locks/resnet.lock graphs/locks/convnext.lock"
if [ -d "${root:-data}/mnist" ]; then locks="$locks graphs/locks/mlp-mnist.lock graphs/locks/cnn-mnist.lock"
else of_mnist=", those on MNIST skipped as ${root:-data}/mnist is not there,"; fi
expect 0 "" env TAILOR_DATA="${root:-data}" $tailor verify $locks --quick --threads 2
[ "$(grep -c ": equal: the losses of steps 1 to 10" "$dir/out")" = "$(echo $locks | wc -w)" ] || bad "$(cat "$dir/out")"

# ---- making one ----

# on a terminal it shows how far it is
view=; ! script -qec true /dev/null >/dev/null 2>&1 || view=1         # a bare container may have no pseudo-terminals
[ ! $view ] || locked() { script -qec "$tailor lock graphs/$1.lua --data digits --epochs 1 --seed 1 -o $2" /dev/null; }
expect 0 "" locked mlp "$dir/mlp.lock"
[ ! $view ] || grep -q "epoch 1/1.*validation: loss" "$dir/out" ||
    bad "nothing is seen on a terminal: $(cat "$dir/out")"
facts() { grep -v '^emitted\|^runtime\|^built' "$1"; }         # the code may have changed since, the numbers not
facts "$dir/mlp.lock" >"$dir/a" && facts graphs/locks/mlp.lock >"$dir/b" && cmp -s "$dir/a" "$dir/b" ||
    bad "the lock of mlp is no longer that of graphs/locks: $(diff "$dir/a" "$dir/b" | head -5)"
[ -z "$(ls "$TMPDIR")" ] || bad "lock and verify left $(ls "$TMPDIR")"
cp graphs/mlp.lua "$dir/mlp.lua"

# a set of 200 images that is nobody's, under a name of its own
set=$dir/data/odd && mkdir -p "$set" && export TAILOR_DATA="$dir/data"
for part in train t10k; do
    { printf '\000\000\010\003\000\000\000\310\000\000\000\034\000\000\000\034'; seq 1 40000 | head -c 156800; } \
        >"$set/$part-images-idx3-ubyte"
    { printf '\000\000\010\001\000\000\000\310'
      awk 'BEGIN { for (i = 0; i < 200; i++) printf "%c", 1 + i % 9 }'; } >"$set/$part-labels-idx1-ubyte"
done
run=$dir/run
expect 0 "" $tailor train graphs/mlp.lua --data odd --epochs 3 --seed 4 --threads 1 --set width=16 --out "$run"
expect 0 "" $tailor lock --run "$run" -o "$dir/odd.lock"
runtime=$(cd "$run/c/runtime" && LC_ALL=C && sha256sum *.[ch] | sha256sum | cut -d' ' -f1)
for line in "tailor-lock 1" "option width 16" "train seed 4" "train epochs 3" "train batch 128" "runtime $runtime" \
    "data odd train-images-idx3-ubyte $(sha256sum <"$set/train-images-idx3-ubyte" | cut -d' ' -f1)" \
    "graph mlp.lua $(sha256sum <graphs/mlp.lua | cut -d' ' -f1)" \
    "emitted mlp.c $(sha256sum <"$run/c/mlp.c" | cut -d' ' -f1)" end; do
    grep -qxF "$line" "$dir/odd.lock" || bad "no line '$line' in $(cat "$dir/odd.lock")"
done
sed -n 's/^\(loss\|weights\) \(.*\) \(.*\)/\1,\2,\3/p' "$dir/odd.lock" | sort >"$dir/a"
sort "$run/trace.csv" | cmp -s - "$dir/a" || bad "losses and weights are not those of trace.csv"

# what cannot be locked
expect 2 "GRAPH is missing, or --run DIR" $tailor lock
expect 2 "takes the graph file in the run's folder" $tailor lock graphs/mlp.lua --run "$run"
expect 2 "lock: --seed is of training" $tailor lock --run "$run" --seed 3
expect 1 "is it a finished run?" $tailor lock --run "$dir" -o "$dir/none.lock"
cp -r "$run" "$dir/other" && rm -rf "$dir/other/trace.csv"
expect 1 "trace.csv: there is no such file: a run without its losses" \
    $tailor lock --run "$dir/other" -o "$dir/none.lock"
head -n 4 "$run/trace.csv" >"$dir/other/trace.csv"
expect 1 "is not the trace of the run in" $tailor lock --run "$dir/other" -o "$dir/none.lock"
{ cat "$run/trace.csv"; grep weights,3 "$run/trace.csv" | sed 's/,3,/,4,/'; } >"$dir/other/trace.csv"
expect 1 "on its way to more epochs, and not finished" $tailor lock --run "$dir/other" -o "$dir/none.lock"
sed 's/0x[^,]*/0xzz/' "$run/trace.csv" >"$dir/other/trace.csv"
expect 1 "none.lock:[0-9]*: a loss of '0xzz', against a float" $tailor lock --run "$dir/other" -o "$dir/none.lock"
cp "$run/trace.csv" "$dir/other" && sed 's/"numerics": 1/"numerics": 0/' "$run/run.json" >"$dir/other/run.json"
expect 1 "numerics 0, against .* of this tailor: a run is locked by the one that made it" \
    $tailor lock --run "$dir/other" -o "$dir/none.lock"
sed 's/"lanes"/"openblas": "x", "lanes"/' "$run/run.json" >"$dir/other/run.json"
expect 1 "OpenBLAS's, whose bits depend" $tailor lock --run "$dir/other" -o "$dir/none.lock"
[ ! -e "$dir/none.lock" ] || bad "a lock that was refused was written"
echo "not a lock" >"$dir/text"
expect 1 "is there and is no lock; it is not overwritten" $tailor lock --run "$run" -o "$dir/text"
expect 1 "is not there or cannot be written" $tailor lock graphs/mlp.lua --data digits -o "$dir/nowhere/a.lock"
expect 1 "could not be built" env CC=no-such-compiler $tailor lock graphs/mlp.lua --data digits -o "$dir/none.lock"
expect 1 "could not be built" env CC=no-such-compiler $tailor verify "$dir/mlp.lock"
[ ! -e "$dir/none.lock" ] && [ -z "$(ls "$TMPDIR")" ] || bad "something is left of what failed"

# ---- one thing changed ----

refused() { # pattern, script, name: the lock, when it is changed, is refused, or differs, before anything is built
    sed "$2" "$dir/${3:-mlp}.lock" >"$dir/changed.lock"
    cmp -s "$dir/changed.lock" "$dir/${3:-mlp}.lock" && bad "$2 changes nothing"
    expect 1 "changed.lock:[0-9]*: $1" env CC=no-such-compiler $tailor verify "$dir/changed.lock"
}
expect 1 "mlp.lock:2: graph: mlp.lua cannot be read" $tailor verify "$dir/mlp.lock" --graph nosuch.lua
zeros=0000000000000000000000000000000000000000000000000000000000000000
refused "options: the graph hash is" 's/^option width 128/option width 64/'
refused "options: the graph hash is" "s/^graph-hash .*/graph-hash $zeros/"
refused "options: the files are those that were locked, and tailor refuses them" 's/^option width/option breadth/'
refused "options: width is 128, against none in the lock" '/^option/d'
refused "options: the batch is 128, against 64" 's/^train batch.*/train batch 64/'
refused "data: the sha256 of the content of t10k-labels" "s/^\(data digits t10k-labels[^ ]*\).*/\1 $zeros/"
refused "data: data set nosuch: there is no folder" 's/^data digits/data nosuch/'
refused "tailor-lock 2, against tailor-lock 1 at most .* a later one wrote it" 's/^tailor-lock 1/tailor-lock 2/'
refused "'tailor-luck 1', against tailor-lock 1: it is no lock" 's/^tailor-lock/tailor-luck/'
refused "the last line, and no end behind it: the lock is cut" '$d'
refused "'more' behind end" '$s/$/\nmore/'
refused "'emited', against a word of a lock; did you mean 'emitted'" 's/^emitted/emited/'
refused "train rate, against seed, epochs" 's/^train batch/train rate/'
refused "train seed a second time, against once: it is in line" 's/^train epochs.*/train seed 1/'
refused "seed is '-1', against a whole number from 0" 's/^train seed.*/train seed -1/'
refused "epochs is '1e6', against" 's/^train epochs.*/train epochs 1e6/'
refused "end, and no train epochs before it" '/^train epochs/d'
refused "the step is 2, against one behind 2" 's/^loss 3/loss 2/'
refused "a loss of '2.5', against a float as C's" 's/^loss 3 .*/loss 3 2.5/'
refused "'xyz', against a sha256 of 64" 's/^weights 1 .*/weights 1 xyz/'
refused "option behind data, against option before it" '/^data digits train-labels/s/$/\noption more 1/'
refused "the first file is '..\/mlp.lua'" 's/^graph mlp/graph ..\/mlp/'
refused "the data set is '..', against" 's/^data digits/data ../'
refused "emitted mlp.o, against NAME.c" 's/^emitted mlp.c/emitted mlp.o/'
refused "a byte 27 that is no character" 's/^built .*/built \x1b[31m/'
for bytes in 0 1 100 1000; do
    head -c $bytes "$dir/mlp.lock" >"$dir/cut.lock"
    expect 1 "cut.lock:[0-9]*: .*lock" $tailor verify "$dir/cut.lock"
done
expect 1 "no-such.lock: cannot open" $tailor verify "$dir/no-such.lock"
# a long line is refused in time that grows with it, not with its square
{ printf 'tailor-lock 1\ngraph '; head -c 10000000 /dev/zero | tr '\0' a; } >"$dir/long.lock"
expect 1 "long.lock:2: 'graph a*\.\.a*' and no end" timeout 20 $tailor verify "$dir/long.lock"
mkdir "$dir/far" "$dir/far/off" && cp "$dir/mlp.lock" "$dir/far/off"
expect 1 "mlp.lock:2: graph: mlp.lua is neither beside the lock nor in the folder above" \
    $tailor verify "$dir/far/off/mlp.lock"
sed 's/relu(/sigmoid(/' graphs/mlp.lua >"$dir/far/mlp.lua"
expect 1 "off/mlp.lock:2: graph: the sha256 of mlp.lua is .* another network" $tailor verify "$dir/far/off/mlp.lock"
sed 's/relu(/rely(/' graphs/mlp.lua >"$dir/far/mlp.lua"
expect 1 "mlp.lock:2: graph: mlp.lua is not the file that was locked, and tailor refuses it" \
    $tailor verify "$dir/far/off/mlp.lock"
# one byte of the data, of a set of any name and of one whose content is known
mkdir "$dir/data/mnist" && cp "$set"/* "$dir/data/mnist"
printf 'x' | dd of="$set/train-images-idx3-ubyte" bs=1 seek=5000 conv=notrunc 2>/dev/null
expect 1 "odd.lock:[0-9]*: data: the sha256 of the content of train-images-idx3-ubyte is" $tailor verify "$dir/odd.lock"
printf '\001' | dd of="$dir/data/mnist/t10k-labels-idx1-ubyte" bs=1 seek=108 conv=notrunc 2>/dev/null
refused "data: the sha256 of the content of t10k-labels-idx1-ubyte is" 's/^data odd/data mnist/' odd

# what only the run shows: one build for all.  A comment alone is a note, as is a graph that moved and has another name
digit() { # how a line begins: the lock with another last digit there
    last=$(sed -n "/^$1/s/.*\(.\)\$/\1/p" "$dir/mlp.lock" | tr '0-9a-f' '1-9a-f0')
    sed "/^$1/s/.\$/$last/" "$dir/mlp.lock"
}
sed 's/^train seed.*/train seed 2/' "$dir/mlp.lock" >"$dir/seed.lock"
sed 's/^train epochs.*/train epochs 2/' "$dir/mlp.lock" >"$dir/epochs.lock"
digit "loss 10 " >"$dir/loss.lock"
sed '/^loss 32 /d' "$dir/mlp.lock" >"$dir/less.lock"
digit "weights 1 " >"$dir/weights.lock"
digit "metric val_loss " | sed 's/\(^metric val_loss .*\)[a-f]$/\10/' >"$dir/metric.lock"
rm -r "$dir/far" && mkdir "$dir/far" && cp "$dir/mlp.lock" "$dir/far"
{ cat graphs/mlp.lua; echo "-- a word"; } >"$dir/far/mlp.lua"
head -n 9 "$dir/mlp.lock" >"$dir/cut.lock"                     # it does not keep the others from being verified
expect 1 "" $tailor verify "$dir/cut.lock" "$dir/seed.lock" "$dir/epochs.lock" "$dir/loss.lock" "$dir/less.lock" \
    "$dir/weights.lock" "$dir/metric.lock" "$dir/far/mlp.lock"
for said in "cut.lock:9: .* the lock is cut" \
    "seed.lock:[0-9]*: loss of step 1: 0x.*, against 0x.* of the lock" "epochs.lock:[0-9]*: loss of step 3: " \
    "loss.lock:[0-9]*: loss of step 10: " "less.lock:[0-9]*: loss of step 32: 0x.*, against none of the lock" \
    "weights.lock:[0-9]*: weights of epoch 1: " "metric.lock:[0-9]*: metric val_loss: " \
    "^note: .*far/mlp.lock:2: graph: the sha256 of mlp.lua .* only what means nothing was changed"; do
    grep -q -- "$said" "$dir/err" || bad "verify does not say '$said': $(cat "$dir/err")"
done
[ "$(cat "$dir/out")" = "$dir/far/mlp.lock: equal: 14 losses, the weights of 1 epoch, 6 metrics" ] ||
    bad "$(cat "$dir/out")"

# ---- another tailor: one whose runtime differs in a constant, one that writes a kernel otherwise ----

packages=$(sed -n 's/^PACKAGES = //p' Makefile)
another() { # name, file, script: tailor with one file changed, of the objects that are there
    mkdir -p "$dir/$1/compiler" && cp -r runtime "$dir/$1" && cp -r compiler "$dir/$1" && sed -i "$3" "$dir/$1/$2"
    cmp -s "$2" "$dir/$1/$2" && bad "$3 changes nothing in $2"
    case $2 in runtime/*) source=compiler/base/embedded.c ;; *) source=$2 ;; esac
    (cd "$dir/$1" && ${CC:-cc} -std=gnu11 -O1 -ffp-contract=off -fopenmp -I"$OLDPWD/build" -Icompiler -Iruntime \
        $(pkg-config --cflags $packages) -c -o new.o "$source" && ${CC:-cc} -fopenmp -o tailor new.o \
        $(ls "$OLDPWD"/build/compiler/*.o "$OLDPWD"/build/compiler/*/*.o "$OLDPWD"/build/runtime/*.o |
            grep -v "/build/${source%.c}.o") $(pkg-config --libs $packages) -ldl -lm -lpthread) 2>"$dir/err" ||
        bad "no tailor of another $2: $(head -c 500 "$dir/err")"
}
another constant runtime/rt_schedule.h 's/250000/260000/; s/0\.3 \* (double)steps/0.4 * (double)steps/'
another kernel compiler/ops/elementwise.c 's/\.c = "rt_log(%0)"/.c = "(1.0f + rt_log(%0))"/'
expect 1 "mlp.lock:[0-9]*: runtime: the code is other .*; and so do the numbers: line [0-9]*: loss of step" \
    "$dir/constant/tailor" verify "$dir/mlp.lock" --quick
expect 1 "mlp.lock:[0-9]*: emitted C: the code is other .*: loss of step 1: 0x" \
    "$dir/kernel/tailor" verify "$dir/mlp.lock" --quick
another comment compiler/ops/elementwise.c 's/\.c = "rt_log(%0)"/.c = "(rt_log(%0))"/'
expect 0 "^note: .*mlp.lock:[0-9]*: emitted C: the sha256 of mlp.c is" \
    "$dir/comment/tailor" verify "$dir/mlp.lock" --quick
grep -q "equal: the losses of steps 1 to 10, by other code" "$dir/out" || bad "$(cat "$dir/out")"
expect 1 "mlp.lock:[0-9]*: emitted C: the sha256 of mlp.c is" \
    env CC=no-such-compiler "$dir/comment/tailor" verify "$dir/mlp.lock" --quick --strict

# ---- an experiment file ----

cat >"$dir/widths.lua" <<'LUA'
experiment { name = "widths", graph = "mlp.lua", data = "digits", seeds = { 1 }, epochs = 1,
             factors = { width = { 8, 12 } } }
LUA
expect 2 "lock: --seed does not go with an experiment file" $tailor lock "$dir/widths.lua" --seed 2
expect 0 "" $tailor lock "$dir/widths.lua" -o "$dir/widths.locks"
[ "$(ls "$dir"/widths.locks/*.lock | wc -l)" = 2 ] &&
    [ "$(cat "$dir"/widths.locks/*.lock | grep -c '^option width')" = 2 ] ||
    bad "the cells of an experiment: $(ls "$dir/widths.locks") $(cat "$dir/err")"
[ -z "$(ls "$TMPDIR")" ] || bad "left: $(ls "$TMPDIR")"

[ $wrong = 0 ] && echo "$expected commands; locks on digits$of_mnist differences named"
exit $wrong
