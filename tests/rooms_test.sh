#!/bin/sh
# A room, a folder of compiler/, uses nothing but the rooms that stand beside it here and runtime/, and no files of a
# room, nor of runtime/, call each other in a circle.  Read from the #include lines and from the symbols of the objects
# of `make tailor`.  Each file of a room is in the list that one of its headers opens with; those of ops/ are in
# graph/op.h.
#
# An op is data and code at once, so two kinds of symbols are exempt: op_NAME, of the list made from the op blocks,
# wherever it is used; and those functions of graph/op.h that emit/ defines, the kernel writer's, where ops/ uses them.
set -u
cd "$(dirname "$0")/.."

# The rooms from the first to the last, and which others each may use.  It is the list of the README, section "Rooms".
rooms='base
graph: base
ops: base, graph
place: base
schedule: base, graph, place
emit: base, graph, schedule
language: base, graph
tune: base, graph, ops, schedule, emit
cam: base, emit, language
statistics: base
draw: base
show: base, graph, schedule, emit, draw
sweep: base, graph, schedule, emit, language, cam
report: base, language, cam, statistics, draw, sweep
page: base, graph, schedule, emit, language, cam, draw, show, sweep, report
web: base, graph, emit, language, cam, draw, page
lock: base, graph, schedule, emit, language, tune, cam, sweep
pack: base, graph, emit, language, cam
exchange: base, graph, emit, language, cam'
above='base, graph, ops, place, schedule, emit, language, tune, cam, statistics, show, sweep, report, page, web, lock'
rooms="$rooms
command: $above, pack, exchange"

wrong=0
bad() { wrong=1; echo "$1"; }

written=$(sed -n 's/^| `\([a-z]*\)\/` | \([a-z, -]*\) |.*/\1: \2/p' README.md | sed 's/: -$//')
[ "$written" = "$rooms" ] || bad "README.md: its table of rooms is not the list of tests/rooms_test.sh"
[ "$(ls -d compiler/*/ | sed 's/compiler//; s/\///g' | sort)" = "$(echo "$rooms" | sed 's/:.*//' | sort)" ] ||
    bad "compiler/: its folders are not the rooms of tests/rooms_test.sh"

sources=$(ls compiler/*/*.c runtime/*.c | grep -v rt_trainer)
for source in $sources; do
    [ -f "build/${source%.c}.o" ] || bad "build/${source%.c}.o is not there: make tailor first"
    case $source in
    runtime/*) headers=runtime/rt.h ;;
    compiler/ops/*) headers=compiler/graph/op.h ;;
    *) headers=$(echo "${source%/*}"/*.h) ;;
    esac
    grep -q "^ \*   $(basename "$source") " $headers || bad "$source: no header of its room lists it"
done
[ $wrong = 0 ] || exit 1

writer=$(grep -o '[a-z_]*(' compiler/graph/op.h | tr -d '(' | sort -u)
ops=$(sed 's/OP_ITEM(\(.*\))/op_\1/' build/op_list.h)

{
    echo "$rooms" | sed 's/^/room /; s/[:,]//g'
    for symbol in $writer; do echo "writer $symbol"; done
    for symbol in $ops; do echo "op $symbol"; done
    grep -n '^ *#include "' compiler/*/*.[ch] runtime/*.[ch] |
        sed 's/\([^:]*\):\([0-9]*\):[^"]*"\([^"]*\)".*/include \1 \2 \3/'
    nm -A -P -g $(for source in $sources; do echo "build/${source%.c}.o"; done) |
        sed 's/^build\/\([^:]*\)\.o: */symbol \1 /'
} | awk '
function room_of(path,   part) { split(path, part, "/"); return part[1] == "compiler" ? part[2] : part[1] }
function may(from, to) { return from == to || to == "runtime" || (from, to) in allowed }
function list_of(from) { return from in lists && lists[from] != "" ? lists[from] : "no room" }
function say(text) { print text | "sort"; wrong = 1 }

$1 == "room" { for (i = 3; i <= NF; i++) { allowed[$2, $i] = 1; lists[$2] = lists[$2] (i > 3 ? ", " : "") $i } }
$1 == "writer" { writer[$2] = 1 }
$1 == "op" { op[$2] = 1 }
$1 == "include" && $4 !~ /^rt/ && $4 !~ /_list\.h$/ {
    from = room_of($2); to = $4 ~ /\// ? substr($4, 1, index($4, "/") - 1) : $4
    if (!may(from, to)) say($2 ":" $3 ": includes " $4 ", against " list_of(from) " that " from " may use")
}
$1 == "symbol" && $4 != "U" && $4 != "w" { home[$3] = $2 }
$1 == "symbol" && $4 == "U" { n_uses++; user[n_uses] = $2; used[n_uses] = $3 }
END {
    for (i = 1; i <= n_uses; i++) {
        name = used[i]
        if (!(name in home) || name in op) continue
        from = room_of(user[i]); to = room_of(home[name])
        if (name in writer && from == "ops" && to == "emit") continue
        if (!may(from, to))
            say(user[i] ".c: uses " name " of " home[name] ".c, against " list_of(from) " that " from " may use")
        if (from != to || user[i] == home[name]) continue
        file[user[i]] = file[home[name]] = 1
        by[user[i], home[name]] = by[user[i], home[name]] " " name
        reaches[user[i], home[name]] = 1
    }
    for (b in file)
        for (a in file)
            if ((a, b) in reaches)
                for (c in file) if ((b, c) in reaches) reaches[a, c] = 1
    for (a in file) for (b in file)
        if ((a, b) in by && (b, a) in reaches) say(a ".c: in a circle with " b ".c, of which it uses" by[a, b])
    if (!wrong) print n_uses " uses of symbols, none from a room below, no circle of files"
    close("sort")
    exit wrong
}'
