#!/bin/sh
# What surrounds a command: folders that cannot be written or run from, disks that are full, compilers and flags of make
# that the environment names, signals, a second process.  The reason is said, what needs no writing works, and nothing
# is left behind.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
export OPTIMIZE="-O0 -DRT_QUICK_BUILD"                 # of trainers: they are built quickly
chmod 755 "$dir"
mkdir -m 1777 "$dir/tmp"
export TMPDIR="$dir/tmp"
cp tailor "$dir/tailor" && tailor=$dir/tailor          # where another user can read it
cat >"$dir/g.lua" <<'LUA'
image = input { 28, 28, 1 }
label = labels(10)
features = relu(conv2d(image, 2, { kernel = 4, stride = 4, padding = "valid" }))
logits = linear(global_avg_pool(features), 10)
minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))
train { data = "digits", batch = 128, epochs = 1, optimizer = sgd { lr = 0.1 } }
LUA
cat >"$dir/t.lua" <<'LUA'
image = input { 28, 28, 1 }
small = relu(conv2d(max_pool(image, 4), 4))
logits = linear(global_avg_pool(relu(conv2d(small, 4))), 10)
minimize(cross_entropy(logits, labels(10)))
train { data = "digits", batch = 64, optimizer = sgd { lr = 0.1 } }
LUA
chmod 644 "$dir"/*.lua
nothing_left() { # what was done
    left=$(ls -A "$dir/tmp")
    [ -z "$left" ] || bad "$1 leaves $left in TMPDIR"
    rm -rf "$dir/tmp"/* 2>/dev/null
}

expect 0 "" $tailor train "$dir/g.lua" --out "$dir/run" --keep best
expect 0 "" $tailor cam "$dir/run" --best --images 20 --steps 1 -o "$dir/cam"
expect 1 "graph_hash is" $tailor train "$dir/t.lua" --resume "$dir/run"
expect 1 "seed is 1, against 2" $tailor train "$dir/g.lua" --seed 2 --resume "$dir/run"
[ ! -e "$dir/run/lock" ] || bad "a command that is refused leaves a lock"
nothing_left "train and cam"

# ---- compilers and flags ----
check_c() { # code, pattern, NAME=text...
    want=$1 pattern=$2
    shift 2
    expect "$want" "$pattern" env "$@" $tailor check "$dir/g.lua" --validate
    nothing_left "check --validate with $*"
}
check_c 0 "" CC=
check_c 0 "" CC="env cc" MAKEFLAGS=n GNUMAKEFLAGS=-n MFLAGS=-n MAKELEVEL=3 MAKEFILES="$dir/nowhere.mk" MARCH=
check_c 1 "could not be built.*CC=no-such-cc" CC=no-such-cc
grep -q "no-such-cc: *not found\|no-such-cc: No such file" "$dir/err" ||
    bad "what make said is not shown: $(cat "$dir/err")"
check_c 1 "tailor: make: No such file or directory; make and a C compiler are needed" PATH="$dir/nowhere"
touch "$dir/run/c/g.c"
expect 0 "" env MAKEFLAGS=n $tailor eval "$dir/run"
[ "$dir/run/c/g" -nt "$dir/run/c/g.c" ] || bad "eval built nothing under MAKEFLAGS=n"

# ---- another user's run: root may write anything, so this is another user ----
as=""
# whose cache is another's
[ "$(id -u)" != 0 ] || as="setpriv --reuid=65534 --regid=65534 --clear-groups env CCACHE_DISABLE=1"
chmod -R a-w,a+rX "$dir/run"
expect 0 "" $as $tailor eval "$dir/run" --json
grep -q test_accuracy "$dir/out" || bad "no metrics of a run of another user"
expect 1 "$dir/run/cam: cannot make the folder: Permission denied" $as $tailor cam "$dir/run" --images 20 --steps 1
expect 0 "" $as $tailor cam "$dir/run" --images 20 --steps 1 -o "$dir/tmp/cam" && rm -rf "$dir/tmp/cam"
expect 1 "$dir/run/lock: cannot write: Permission denied" $as $tailor train "$dir/g.lua" --resume "$dir/run"
# to be built anew: elsewhere
chmod u+w "$dir/run/c" "$dir/run/c/g.c" && touch "$dir/run/c/g.c" && chmod -R a-w "$dir/run/c"
expect 0 "" $as $tailor eval "$dir/run" --best
expect 1 "CC=no-such-cc" env CC=no-such-cc $as $tailor eval "$dir/run"
grep -q "no-such-cc" "$dir/err" || bad "not why it could not be built: $(cat "$dir/err")"
mkdir "$dir/closed" && chmod 555 "$dir/closed"
expect 1 "$dir/closed/new: cannot make the folder: Permission denied" $as $tailor train "$dir/g.lua" \
    --out "$dir/closed/new"
expect 1 "$dir/closed: cannot make a temporary folder: Permission denied; TMPDIR" env TMPDIR="$dir/closed" $as $tailor \
    check "$dir/g.lua" --validate
expect 1 "$dir/nowhere: cannot make a temporary folder: No such file" env TMPDIR="$dir/nowhere" $tailor check \
    "$dir/g.lua" --validate
nothing_left "another user"
chmod -R u+w "$dir/run"

# ---- file systems: read-only, not to be run from, full; mounted where nobody else sees them ----
cat >"$dir/mounted.sh" <<'SH'
. tests/expect.sh
rm -rf "$dir" && trap - EXIT            # the folder is the outer script's
dir=$1 run=$1/run here=$tailor tailor=$2
at() { # options: an empty file system at $dir/at
    umount "$dir/at" 2>/dev/null
    mkdir -p "$dir/at" && mount -t tmpfs -o "$1" none "$dir/at" || exit 1
}
empty() { # what was done
    [ -z "$(ls -A "$2")" ] || bad "$1 leaves $(ls -A "$2") in $2"
}
at size=8m,noexec
cp -r "$run" "$dir/at/run"
expect 0 "" $tailor eval "$dir/at/run"
expect 1 "mounted noexec" $tailor train "$dir/g.lua" --out "$dir/at/new"
[ ! -e "$dir/at/new" ] || bad "a run that could not start left a folder"
rm -r "$dir/at/run"
expect 1 "mounted noexec, TMPDIR" env TMPDIR="$dir/at" $tailor check "$dir/g.lua" --validate
empty "check --validate on noexec" "$dir/at"
expect 1 "mounted noexec" env TMPDIR="$dir/at" $tailor emit "$dir/t.lua" -o "$dir/tmp/tuned" --tune
empty "emit --tune on noexec" "$dir/at"
at size=8m
cp -r "$run" "$dir/at/run" && touch "$dir/at/run/c/g.c" && mount -o remount,ro "$dir/at"
expect 0 "" $tailor eval "$dir/at/run"
expect 1 "cannot make the folder: Read-only file system" $tailor train "$dir/g.lua" --out "$dir/at/new"
expect 1 "Read-only file system" $tailor cam "$dir/at/run" --images 20 --steps 1
at size=8m
cp -r "$run" "$dir/at/run" && touch "$dir/at/run/c/g.c"
dd if=/dev/zero of="$dir/at/full" bs=64k >/dev/null 2>&1
expect 0 "" $tailor eval "$dir/at/run"
expect 1 "No space left on device" $tailor train "$dir/g.lua" --out "$dir/at/new"
[ ! -e "$dir/at/new" ] || bad "a run for which there was no room left a folder"
expect 1 "cannot write: No space left on device" env TMPDIR="$dir/at" $tailor check "$dir/g.lua" --validate
[ -z "$(ls -d "$dir/at/tailor-"* 2>/dev/null)" ] || bad "a full TMPDIR keeps $(ls -d "$dir/at/tailor-"*)"
at size=8m
$tailor emit "$dir/g.lua" -o "$dir/at/texts" >/dev/null && texts=$(du -sk "$dir/at/texts" | cut -f1)
at size=$((texts + 150))k              # room for the texts, not for what is built of them
expect 1 "could not be built" env TMPDIR="$dir/at" $tailor check "$dir/g.lua" --validate
grep -q "No space left on device\|Bus error\|Error" "$dir/err" || bad "not why: $(cat "$dir/err")"
empty "check --validate in a TMPDIR that becomes full" "$dir/at"
umount "$dir/at" && rmdir "$dir/at"
mount --bind /tmp /tmp && mount -o remount,bind,noexec /tmp      # without TMPDIR another place is taken
expect 0 "" env -u TMPDIR "$here" check "$dir/g.lua" --validate
exit $wrong
SH
unshare="unshare -m"
[ "$(id -u)" = 0 ] || unshare="unshare -rm"
if $unshare sh -c "mount -t tmpfs none '$dir/tmp'" 2>/dev/null; then
    $unshare sh "$dir/mounted.sh" "$dir" "$tailor" || bad "on other file systems"
    nothing_left "other file systems"
else
    echo "nothing can be mounted here: read-only, noexec and full file systems are not tried"
fi

# ---- signals, to the command alone and to its whole group as from a terminal ----
cat >"$dir/slow-cc" <<'SH'
: >"$MARK"; sleep 0.3; exec cc "$@"
SH
interrupted() { # signals, alone or - for the group, command...: while its compiler works
    signals=$1 groups=$2
    shift 2
    for signal in $signals; do
        for group in $groups; do
            [ $group = alone ] && group=
            rm -f "$dir/mark"
            MARK=$dir/mark CC="sh $dir/slow-cc" setsid perl -e '$SIG{INT} = "DEFAULT"; exec @ARGV' "$@" \
                >/dev/null 2>"$dir/err" & pid=$!
            i=0
            while [ ! -e "$dir/mark" ] && [ $i -lt 3000 ]; do sleep 0.01; i=$((i + 1)); done
            kill -$signal $group$pid
            wait $pid 2>/dev/null
            got=$? n=$((signal_of_$signal + 128))
            [ $got = $n ] ||
                bad "exit $got instead of $n by SIG$signal ${group:+to the group }of $* ($(head -c 300 "$dir/err"))"
            nothing_left "SIG$signal ${group:+to the group }of $*"
        done
    done
}
signal_of_INT=2 signal_of_TERM=15
interrupted "INT TERM" "alone -" $tailor check "$dir/g.lua" --validate
interrupted "INT TERM" - $tailor train "$dir/g.lua" --out "$dir/interrupted"
[ ! -e "$dir/interrupted" ] || bad "a run that never began left a folder"
mkdir "$dir/mine" && ln -s mine "$dir/link"          # somebody's folder, by a link: it stays, empty
interrupted INT - $tailor train "$dir/g.lua" --out "$dir/link"
expect 1 "could not be built" env CC=no-such-cc $tailor train "$dir/g.lua" --resume "$dir/link"
[ -L "$dir/link" ] && [ -d "$dir/mine" ] && [ -z "$(ls -A "$dir/mine")" ] ||
    bad "of a folder that was there and its link are left: $(ls -A "$dir/link" "$dir/mine" 2>&1)"
interrupted INT - $tailor emit "$dir/t.lua" --tune -o "$dir/interrupted"
[ ! -e "$dir/interrupted" ] || bad "an emit that never began left a folder"
interrupted TERM alone $tailor cam "$dir/run" --images 20 --steps 1 -o "$dir/interrupted"
[ ! -e "$dir/interrupted/cam_metrics.json" ] || bad "maps of an interrupted command"

# ---- a second process; how to go on ----
$tailor train "$dir/g.lua" --epochs 100000 --seed 3 --out "$dir/it's a run" >/dev/null 2>"$dir/said" & pid=$!
wait_for "$dir/it's a run/checkpoint.safetensors"
cp -r "$dir/it's a run/c" "$dir/before"
expect 1 "it's a run: process $(cat "$dir/it's a run/lock") is training in this folder" $tailor train "$dir/g.lua" \
    --epochs 100000 --seed 3 --resume "$dir/it's a run"
expect 1 "the folder is not empty; --resume '$dir/it'\\\\''s a run'" $tailor train "$dir/g.lua" --out "$dir/it's a run"
diff -r "$dir/it's a run/c" "$dir/before" >/dev/null || bad "a refused command changed the emitted C of a run"
kill -TERM $pid                         # handed on to the trainer
wait $pid
got=$?
[ $got = 130 ] || bad "exit $got instead of 130 of a run whose command got SIGTERM"
[ ! -e "$dir/it's a run/lock" ] || bad "a lock is left"
command=$(sed -n 's/.*To go on: //p' "$dir/said")
sh -c "$command" >/dev/null 2>"$dir/again" & pid=$!
i=0
while ! grep -q '^epoch' "$dir/again" 2>/dev/null && [ $i -lt 1000 ]; do sleep 0.02; i=$((i + 1)); done
kill -TERM "$(cat "$dir/it's a run/lock")"
wait $pid
grep -qxF "To go on: $command" "$dir/again" || grep -qF "To go on: $command" "$dir/again" ||
    bad "the printed command '$command' does not go on: $(head -c 300 "$dir/again")"

# another version: other bits, so the trainer that is there is not replaced
cp -r "$dir/it's a run" "$dir/older" &&
    sed -i 's/"tailor_version": "[0-9.]*"/"tailor_version": "0.1.9"/' "$dir/older/checkpoint.safetensors" &&
    cp -r "$dir/older/c" "$dir/older.c"
expect 1 "older/checkpoint.safetensors: tailor_version is 0.1.9, against .*/older/c/g --resume $dir/older goes on" \
    $tailor train "$dir/g.lua" --epochs 100000 --seed 3 --resume "$dir/older"
diff -r "$dir/older/c" "$dir/older.c" >/dev/null || bad "a refused version changed the emitted C of a run"

for i in 1 2; do
    $tailor train "$dir/g.lua" --out "$dir/both" >/dev/null 2>"$dir/err.$i"
    echo $? >"$dir/code.$i"
done & pid=$!
$tailor train "$dir/g.lua" --out "$dir/both" >/dev/null 2>"$dir/err.0"
echo $? >"$dir/code.0"
wait $pid
[ "$(cat "$dir"/code.[012] | sort | tr -d '\n')" = 011 ] ||
    bad "of three runs in one folder: exit $(cat "$dir"/code.[012] | tr '\n' ' ')($(cat "$dir"/err.[012]))"
[ -s "$dir/both/run.json" ] || bad "none of three runs in one folder came to its end"
nothing_left "runs that begin together"
[ $wrong = 0 ] && echo "$expected commands: reasons are said, what only reads works, nothing is left"
[ $wrong = 0 ]
