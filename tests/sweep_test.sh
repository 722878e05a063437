#!/bin/sh
# `tailor sweep` as it runs cells: the same --json bytes for a sweep that is left alone, killed three times at random,
# shared by two processes, or cut into three shards and merged; a cell that fails among good ones; what is edited reruns
# what it changes and nothing else; no process outlives its sweep; a disk that is full, and then is not.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
export CC="sh $PWD/tests/quick_cc.sh"
state() { "$tailor" sweep --status "$1" --json | sed -n 's/.*"'"$2"'": \([0-9]*\).*/\1/p' | head -n 1; } # folder, state
trainers() { # folder: how many processes there are
    cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\000' ' ' | grep -c "$1[/]runs[/]"
}
gone() { # folder: all of its processes end soon
    i=0
    while [ "$(trainers "$1")" != 0 ] && [ $i -lt 250 ]; do sleep 0.02; i=$((i + 1)); done
    [ "$(trainers "$1")" = 0 ] || bad "trainers of $1 are still there"
}
ended() { grep -c '^[0-9]*/[0-9]* ' "$dir/err"; } # cells that ended in the last sweep

# ---- a small set, two experiments that share cells ----
set_of() { # images, first random number, name of the files
    perl -e 'my ($n, $x) = @ARGV; binmode STDOUT; print pack("NNNN", 2051, $n, 8, 8);
        for my $i (0 .. $n - 1) { for my $p (0 .. 63) { $x = ($x * 1103515245 + 12345) & 0x7fffffff;
            print chr((($x >> 16) % 200) + (int($p / 16) == $i % 4 ? 50 : 0)) } }' "$1" "$2" >"$3-images-idx3-ubyte"
    perl -e 'my $n = shift; binmode STDOUT; print pack("NN", 2049, $n), map { chr($_ % 4) } 0 .. $n - 1' "$1" \
        >"$3-labels-idx1-ubyte"
}
mkdir -p "$dir/data/stripes" "$dir/graphs"
set_of 480 1 "$dir/data/stripes/train"
set_of 101 2 "$dir/data/stripes/t10k"
export TAILOR_DATA="$dir/data"
cat >"$dir/graphs/net.lua" <<'END'
option { width = 3, rate = 0.02, break_at = -1 }
image, label = input { 8, 8, 1 }, labels(4)
features = relu(conv2d(image, option.width, { name = "conv" }))
logits   = linear(flatten(features), 4, { name = "fc" })
harm     = log(mean(logits * logits) - option.break_at)          -- not finite where break_at is large
minimize(cross_entropy(logits, label) + 1e-9 * harm)
metric("accuracy", equal(argmax(logits), label))
train { data = "stripes", batch = 16, epochs = 3, optimizer = sgd { lr = option.rate } }
END
cat >"$dir/graphs/sweep.lua" <<'END'
experiment { name = "width", graph = "net.lua", seeds = { 1, 2, 3 }, epochs = 60, factors = { width = { 3, 4 } },
             maps = { kind = "grad_cam", layer = "features", images = 20, steps = 2 } }
experiment { name = "rate", graph = "net.lua", seeds = { 2, 3 }, epochs = 60, factors = { rate = { 0.02, 0.01 } },
             split = "test" }
END
sweep() { "$tailor" sweep "$dir/graphs/sweep.lua" --out "$@"; }
expect 0 "8/8  net  rate=0.01  stripes" sweep "$dir/alone"
grep -q "^8 of 8 done; tailor table $dir/alone$" "$dir/err" || bad "no last word: $(cat "$dir/err")"
[ "$(ended)" = 8 ] || bad "8 cells ended as $(ended) lines: $(cat "$dir/err")"
expect 0 "" sweep "$dir/alone" --json
cp "$dir/out" "$dir/alone.json"
[ ! -s "$dir/err" ] && [ "$(grep -c '"state": "done"' "$dir/alone.json")" = 8 ] || bad "alone: $(cat "$dir/err")"
for part in '"test_accuracy": 0\.[3-9]' '"energy_in_object": 0\.' '"experiment": "rate"' '"variant": "width=4"'; do
    grep -q "$part" "$dir/alone.json" || bad "no $part: $(head -c 600 "$dir/alone.json")"
done
[ "$(ls "$dir/alone/builds" | grep -vc '^runtime')" = 5 ] ||     # three trainers, two shared objects of maps
    bad "builds: $(ls "$dir/alone/builds")"
! ls "$dir"/alone/runs/*/checkpoint.safetensors >/dev/null 2>&1 || bad "a checkpoint outlives its run"

[ $wrong = 0 ] || exit 1

# ---- a run is one as tailor train leaves it ----
run=$(ls -d "$dir"/alone/runs/* | head -n 1)
expect 0 "" "$tailor" eval "$run" --json
accuracy=$(sed -n 's/.*\("test_accuracy": [0-9.]*\).*/\1/p' "$run/run.json")
grep -q "$accuracy" "$dir/out" || bad "eval: $(cat "$dir/out")"
expect 0 "" "$tailor" cam "$run" --images 10 --steps 1 -o "$dir/cam"

# ---- killed three times ----
for i in 1 2 3; do
    pause=$(od -An -N1 -tu1 /dev/urandom | awk '{ printf "%.2f", 0.1 + $1 / 80 }')
    pauses="${pauses:-} $pause"
    sweep "$dir/killed" --json >"$dir/out" 2>"$dir/err" &
    pid=$!
    sleep "$pause"
    kill -KILL $pid 2>/dev/null
    wait $pid 2>/dev/null
    gone "$dir/killed"
done
expect 0 "" sweep "$dir/killed" --json
cmp "$dir/out" "$dir/alone.json" || bad "killed after$pauses s, it is another"
! ls -d "$dir"/killed/builds/new-* >/dev/null 2>&1 || bad "an unfinished build is left: $(ls "$dir/killed/builds")"

# ---- interrupted ----
sed 's/epochs = 60/epochs = 2000/' "$dir/graphs/sweep.lua" >"$dir/graphs/long.lua"
"$tailor" sweep "$dir/graphs/long.lua" --only rate --out "$dir/long" -j 2 >"$dir/out" 2>"$dir/err" &
pid=$!
i=0
until ls "$dir"/long/runs/*/checkpoint.safetensors >/dev/null 2>&1 || [ $i -gt 3000 ]; do sleep 0.02; i=$((i + 1)); done
kill -TERM $pid
wait $pid
code=$?
[ $code = 130 ] && [ "$(trainers "$dir/long")" = 0 ] || bad "SIGTERM: exit $code, trainers $(trainers "$dir/long")"
grep -q "^interrupted with 4 of 4 cells left; tailor sweep $dir/graphs/long.lua --out $dir/long --only rate goes on" \
    "$dir/err" || bad "interrupted: $(cat "$dir/err")"
[ "$(state "$dir/long" running)" = 0 ] && [ "$(state "$dir/long" interrupted)" -ge 1 ] ||
    bad "states: $("$tailor" sweep --status "$dir/long")"
checkpoint=$(ls "$dir"/long/runs/*/checkpoint.safetensors | head -n 1)
head -c 200 "$checkpoint" >"$dir/damaged" && mv "$dir/damaged" "$checkpoint"
"$tailor" sweep "$dir/graphs/long.lua" --only rate --out "$dir/long" -j 2 >"$dir/out" 2>"$dir/err" &
pid=$!
i=0
until [ "$(cat "$checkpoint" 2>/dev/null | wc -c)" -gt 200 ] || [ $i -gt 1000 ]; do sleep 0.02; i=$((i + 1)); done
kill -TERM $pid
wait $pid
[ $? = 130 ] && [ "$(state "$dir/long" failed)" = 0 ] || bad "a damaged checkpoint: $(cat "$dir/err")"

# ---- two at once; three shards, merged ----
sweep "$dir/shared" --json -j 1 >"$dir/first.json" 2>"$dir/first.err" &
pid=$!
expect 0 "" sweep "$dir/shared" --json -j 1
wait $pid || bad "the first of two: $(cat "$dir/first.err")"
cmp "$dir/out" "$dir/alone.json" && cmp "$dir/first.json" "$dir/alone.json" || bad "two at once make another"
no_compiler() { CC=nosuchcc "$tailor" sweep "$dir/graphs/sweep.lua" --out "$@"; }
expect 1 "could not be built: make ended with 2 (is a C compiler there? CC=nosuchcc)" no_compiler "$dir/part2" -j 2
grep -q "^stopped with 8 of 8 cells left" "$dir/err" && [ "$(state "$dir/part2" queued)" = 8 ] ||
    bad "no compiler: $(cat "$dir/err") $("$tailor" sweep --status "$dir/part2")"
closed() { "$@" >&-; }
for k in 3 1 2; do expect 0 "" closed sweep "$dir/part$k" --shard $k/3; done
expect 1 "^stdout: cannot write: " closed sweep "$dir/part1" --shard 1/3 --json
expect 0 "" "$tailor" merge "$dir/merged" "$dir/part2" "$dir/part3" "$dir/part1"
expect 0 "" sweep "$dir/merged" --json
cmp "$dir/out" "$dir/alone.json" || bad "three shards make another"

sed 's/images = 20/images = 10/' "$dir/graphs/sweep.lua" >"$dir/graphs/maps.lua"
expect 0 "" "$tailor" sweep "$dir/graphs/maps.lua" --dry-run --out "$dir/shared"
grep -q "^Of 6 that are done maps are to be measured" "$dir/out" || bad "maps asked for later: $(tail -n 4 "$dir/out")"

# ---- what is edited ----
{ echo "-- a comment"; sed 's/width = 3, rate = 0.02/rate = 0.02,\n width = 3/' "$dir/graphs/net.lua"; } \
    >"$dir/graphs/renamed.lua"
sed 's/net.lua/renamed.lua/; s/"rate", graph/"called", graph/' "$dir/graphs/sweep.lua" >"$dir/graphs/other.lua"
expect 0 "" "$tailor" sweep "$dir/graphs/other.lua" --out "$dir/alone"
[ "$(ended)" = 0 ] || bad "a comment, an order or a name makes it run again: $(cat "$dir/err")"
sed 's/rate = 0.02/rate = 0.03/' "$dir/graphs/net.lua" >"$dir/net.lua"
mv "$dir/net.lua" "$dir/graphs/net.lua"
expect 0 "experiment width has changed: 6 cells leave, 6 are new" sweep "$dir/alone"
[ "$(ended)" = 6 ] || bad "a changed default reruns $(ended) of the 6 cells that it changes: $(cat "$dir/err")"

# an option more, by which no key changes: what is not done yet is built with it
sed 's/rate = 0.02/rate = 0.02, shift = 0/; s/, { name = "conv" })/ + option.shift&/' "$dir/graphs/renamed.lua" \
    >"$dir/graphs/more.lua"
sed 's/renamed.lua/more.lua/; s/{ 2, 3 }/{ 4 }/; s/{ rate/{ shift = { 0, 1 }, rate/' "$dir/graphs/other.lua" \
    >"$dir/graphs/shifted.lua"
expect 0 "" "$tailor" sweep "$dir/graphs/shifted.lua" --out "$dir/alone" --only called

# ---- a cell that fails among good ones ----
cat >"$dir/graphs/fail.lua" <<'END'
experiment { graph = "net.lua", seeds = { 1, 2 }, epochs = 2, split = "validation",
             variants = { { "good" }, { "bad", break_at = 1e6 }, { "better", width = 4 } } }
END
failing() { "$tailor" sweep "$dir/graphs/fail.lua" --out "$@"; }
expect 1 "^failed: net  bad  stripes  seed [12]: .*net.lua:5: the first value that is not finite is harm" \
    failing "$dir/failing"
[ "$(ended)" = 4 ] && [ "$(grep -c '^failed' "$dir/err")" = 2 ] &&
    grep -q '^4 of 6 done, 2 failed;' "$dir/err" || bad "good ones and bad: $(cat "$dir/err")"
log=$(sed -n 's/^ *its log is //p' "$dir/err" | head -n 1)
grep -q "the loss is nan" "$log" || bad "its log: $log"
expect 0 "" $tailor report "$dir/failing" -o "$dir/failing.html"
grep -q 'td>step 0: the loss is nan, against a finite number; net.lua:5: the first value that is not finite is harm' \
    "$dir/failing.html" || bad "why a cell failed: $(grep '<td>failed' "$dir/failing.html" | head -n 1)"
cell=$(find "$dir/failing/runs" -name failed_batch.safetensors | head -n 1)
expect 0 "" $tailor report "${cell%/*}" -o "$dir/cell.html"
grep -q '<p class="verdict">Stopped at step 0, in epoch 1 of 2: the loss is nan' "$dir/cell.html" ||
    bad "the page of a failed cell: $(grep '"verdict"' "$dir/cell.html")"
expect 1 "2 of 6 cells failed before" failing "$dir/failing"
[ "$(ended)" = 0 ] && ! grep -q '^failed' "$dir/err" || bad "a failed cell runs again: $(cat "$dir/err")"
expect 1 "^failed: net  bad" failing "$dir/failing" --retry-failed --json
[ "$(grep -c '"state": "failed"' "$dir/out")" = 2 ] && grep -q '"val_accuracy"' "$dir/out" &&
    ! grep -q '"test_' "$dir/out" || bad "--json of it: $(head -c 600 "$dir/out")"
cp "$dir/out" "$dir/failing.json"
expect 1 "^stopped with [1-4] of 6 cells left" failing "$dir/fast" --fail-fast -j 1
expect 0 "" failing "$dir/failing" --dry-run --json
grep -q '"left": 0' "$dir/out" || bad "failed cells are to be run: $(tail -n 7 "$dir/out")"
expect 0 "" failing "$dir/failing" --dry-run
grep -q "6 cells of 3 builds, 0 of them to be run" "$dir/out" && grep -q "^2 failed, which --retry" "$dir/out" ||
    bad "--dry-run of failed cells: $(tail -n 4 "$dir/out")"
expect 0 "" failing "$dir/failing" --dry-run --json --retry-failed
grep -q '"left": 2' "$dir/out" || bad "failed cells are to be tried again: $(tail -n 7 "$dir/out")"
failing "$dir/failed_part" --shard 1/6 >/dev/null 2>&1
expect 1 "^failed: net  bad" failing "$dir/failed_part" --json
cmp "$dir/out" "$dir/failing.json" || bad "with a failed cell, a shard and then all are another than all at once"

# ---- the place of a fault in a part is that beside its graph file ----
mkdir "$dir/graphs/parts"
echo "return function(x, at) return log(mean(x * x) - at) end" >"$dir/graphs/parts/harm.lua"
sed 's/log(.*)  /use "parts\/harm.lua"(logits, 1e6)  /' "$dir/graphs/net.lua" >"$dir/graphs/parted.lua"
echo 'experiment { graph = "parted.lua", seeds = { 1 }, epochs = 1 }' >"$dir/graphs/part.lua"
expect 1 "seed 1: $dir/graphs/parts/harm.lua:1: the first value that is not finite" \
    "$tailor" sweep "$dir/graphs/part.lua" --out "$dir/parted"

# ---- no picture without what is compared ----
python3 -c 'import sqlite3, sys
record = sqlite3.connect(sys.argv[1] + "/record.sqlite")
record.execute("DELETE FROM metric WHERE name = ?", ("val_accuracy",))
record.execute("DELETE FROM epoch")
record.commit()' "$dir/fast"
expect 1 "no run of it that is done has a value of what is compared: val_accuracy" \
    "$tailor" figures "$dir/fast" -o "$dir/figures"

# ---- a full disk, and then space ----
# in a folder whose mounts end with this: 77 says why it cannot be tried
full() {
    mkdir -p "$dir/disk" && mount -t tmpfs -o size=500k tmpfs "$dir/disk" 2>/dev/null || return 77
    for size in 1500k 2500k 3500k; do
        failing "$dir/disk/sweep" >"$dir/full.out" 2>&1 && return 1
        grep -q -e "No space left" -e "disk is full" "$dir/full.out" || { cat "$dir/full.out"; return 1; }
        mount -o remount,size=$size "$dir/disk" || return 1
    done
    mount -o remount,size=100m "$dir/disk"
    failing "$dir/disk/sweep" >"$dir/full.out" 2>&1
    failing "$dir/disk/sweep" --json >"$dir/full.json" 2>/dev/null
    cmp "$dir/full.json" "$dir/failing.json"
}
( full )
code=$?
umount "$dir/disk" 2>/dev/null
[ $code = 0 ] || [ $code = 77 ] || bad "a full disk: $(cat "$dir/full.out")"
[ $wrong = 0 ] && echo "the same bytes alone, killed, shared and merged; failures, edits, $expected commands" \
    "$([ $code = 77 ] && echo "(no full disk: nothing can be mounted here)")"
[ $wrong = 0 ]
