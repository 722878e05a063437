#!/bin/sh
# `tailor merge` from the command line, and records where nothing can be written, or only so much.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh

# a record of two cells, as `tailor table --dump` writes it
rows() { # weights
    key=$(printf 'graph x\n' | sha256sum | cut -c1-64) hash=$key
    rest='"flops_forward": 1, "flops_step": 2, "workspace_bytes": 3'
    printf '{"table": "cell", "key": "%s", "graph": "g", "graph_hash": "%s", "options": "{}", "data": "digits", ' \
        "$key" "$hash"
    printf '"seed": 1, "epochs": 1, "numerics": 1, "state": "done", "reason": "", "folder": "", "parameters": 9, '
    printf '%s, "weights_sha256": "%s", "seconds": 1.5, "images_per_second": 2, "peak_rss_bytes": 3, ' "$rest" "$1"
    printf '"cpu": "c", "started": "2026-01-01T00:00:00Z", "ended": "2026-01-01T00:00:01Z"}\n'
    printf '{"table": "identity", "key": "%s", "text": "graph x\\n"}\n' "$key"
    printf '{"table": "metric", "key": "%s", "maps": "", "name": "test_accuracy", "value": 0.5}\n' "$key"
}
one=$(printf 1 | sha256sum | cut -c1-64) two=$(printf 2 | sha256sum | cut -c1-64)
rows "$one" >"$dir/one.jsonl"
rows "$two" >"$dir/two.jsonl"
expect 0 "" $tailor merge "$dir/new/below" "$dir/one.jsonl"
grep -q "below: 1 cell, 1 of them done" "$dir/out" || bad "merge says $(cat "$dir/out")"
expect 0 "" $tailor merge "$dir/again" "$dir/new/below" "$dir/one.jsonl" --json
grep -q '"done": 1' "$dir/out" || bad "merge --json says $(cat "$dir/out")"
expect 1 "has the weights $two there, against $one in " $tailor merge "$dir/again" "$dir/two.jsonl"
expect 1 "cannot open: No such file" $tailor merge "$dir/none" "$dir/one.jsonl" "$dir/nowhere"
[ ! -e "$dir/none" ] || bad "a merge that was refused left a folder"
expect 1 "m1: cannot open: No such file" $tailor merge "$dir/m1" "$dir/one.jsonl" "$dir/m1"
[ ! -e "$dir/m1" ] || bad "merged with itself, it is there"
expect 1 "is not empty and has no record.sqlite" $tailor merge "$dir" "$dir/one.jsonl"
expect 2 "something is missing: FROM" $tailor merge "$dir/again"
expect 0 "usage: tailor merge DIR FROM" sh -c "$tailor merge --help >&2"

# ---- read-only and full; mounted where nobody else sees it ----
cat >"$dir/mounted.sh" <<'SH'
dir=$1 tailor=$2 wrong=0
bad() { wrong=1; echo "WRONG: $*"; }
expect() {
    code=$1 pattern=$2; shift 2
    "$@" >"$dir/out" 2>"$dir/err"; got=$?
    [ $got = "$code" ] || bad "exit $got instead of $code: $* ($(cat "$dir/err"))"
    [ -z "$pattern" ] || grep -q -- "$pattern" "$dir/err" || bad "no '$pattern' in: $(cat "$dir/err")"
    [ "$(wc -l <"$dir/err")" -le 1 ] || bad "more than one message: $(cat "$dir/err")"
}
ask() { # folder, SQL
    python3 -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1] + "/record.sqlite").execute(sys.argv[2]).fetchone()[0])' "$@"
}
mkdir -p "$dir/at" && mount -t tmpfs -o size=400k none "$dir/at" || exit 1
cp -r "$dir/again" "$dir/at/closed"
# one whose writer was killed: what it wrote is in the log alone
mkdir "$dir/at/open"
cp "$dir/again/record.sqlite" "$dir/at/open/"
python3 - "$dir/at/open/record.sqlite" <<'PY'
import os, sqlite3, sys
record = sqlite3.connect(sys.argv[1], isolation_level=None)
record.execute("UPDATE cell SET cpu = 'of the log'")
os.remove(sys.argv[1] + "-shm")
os._exit(0)
PY
mount -o remount,ro "$dir/at"
expect 0 "" $tailor merge "$dir/of_closed" "$dir/at/closed"
expect 0 "" $tailor merge "$dir/of_open" "$dir/at/open"
[ "$(ask "$dir/of_open" 'SELECT cpu FROM cell')" = "of the log" ] || bad "the log was not read"
expect 1 "at/closed/record.sqlite: cannot write: it is read-only" $tailor merge "$dir/at/closed" "$dir/one.jsonl"
expect 1 "at/new: " $tailor merge "$dir/at/new" "$dir/one.jsonl"
mount -o remount,rw "$dir/at"
dd if=/dev/zero of="$dir/at/full" bs=4k >/dev/null 2>&1
expect 1 "at/closed/record.sqlite: cannot write: " $tailor merge "$dir/at/closed" "$dir/many.jsonl"
expect 1 "at/new" $tailor merge "$dir/at/new" "$dir/one.jsonl"
rm "$dir/at/full"
[ "$(ask "$dir/at/closed" 'SELECT count(*) FROM experiment')" = 0 ] || bad "a full disk left half a merge"
[ "$(ask "$dir/at/closed" 'PRAGMA quick_check')" = ok ] || bad "a full disk left damage"
expect 0 "" $tailor merge "$dir/at/closed" "$dir/one.jsonl"
expect 0 "" $tailor merge "$dir/at/new" "$dir/one.jsonl"
exit $wrong
SH
awk 'BEGIN { for (i = 0; i < 2000; i++) { printf "{\"table\": \"experiment\", \"name\": \"e%d\", ", i
    printf "\"spec\": \"{\\\"a\\\": \\\"%0200d\\\"}\"}\n", i } }' >"$dir/many.jsonl"
unshare="unshare -m"
[ "$(id -u)" = 0 ] || unshare="unshare -rm"
mkdir "$dir/tmp"
if $unshare sh -c "mount -t tmpfs none '$dir/tmp'" 2>/dev/null; then
    $unshare sh "$dir/mounted.sh" "$dir" "$tailor" || bad "on other file systems"
else
    echo "nothing can be mounted here: read-only and full file systems are not tried"
fi
echo "$expected commands"
[ $wrong = 0 ]
