#!/bin/sh
# The README's three uses are as they really print: the program is built and run, the lock made, verified and changed,
# the experiment's record
# read.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
top=$PWD
ln -s "$top/tailor" "$top/graphs" "$dir/"
cd "$dir" || exit 1
# the lines of an indented block, from the one that begins with a text to the next blank line
block() {
    awk -v start="    $1" '
        index($0, start) == 1 { on = 1 } on && !NF { exit } on { print substr($0, 5) }' "$top/README.md"
}
prints() { # the first line of a block; what was printed is in $dir/out
    block "$1" >"$dir/should"
    [ -s "$dir/should" ] || bad "README.md has no block that begins with '$1'"
    cmp -s "$dir/should" "$dir/out" || bad "README.md: $(diff "$dir/should" "$dir/out" | head -5)"
}

awk '/^```c program$/ { on = 1; next } /^```$/ { on = 0 } on' "$top/README.md" >program.c
expect 0 "" ./tailor emit graphs/mlp.lua --library -o mlp
expect 0 "" gcc -O1 -Wall -Wextra -Werror -Imlp program.c mlp/mlp.c -lm -o program
expect 0 "" ./program
prints "step 1: loss"

expect 0 "" ./tailor lock graphs/mlp.lua --data digits --epochs 1 --seed 1 -o mlp.lock
expect 0 "" ./tailor verify mlp.lock --graph graphs/mlp.lua
prints "mlp.lock: equal"
sed 's/train seed 1/train seed 2/' mlp.lock >other.lock
expect 1 "" ./tailor verify other.lock --graph graphs/mlp.lua
cp "$dir/err" "$dir/out"
prints "other.lock:"

awk '/^```lua$/ { on = 1; next } /^```$/ { on = 0 } on' "$top/README.md" | sed -n '/^experiment {/,$p' >experiment.lua
sed 1d graphs/experiments/skip.lua | cmp -s - experiment.lua ||
    bad "README.md shows another graphs/experiments/skip.lua"
expect 0 "" ./tailor sweep graphs/experiments/skip.lua --dry-run
expect 0 "" ./tailor merge sweeps/skip "$top/docs/results/skip.jsonl"        # what it came to, as it is kept
./tailor table sweeps/skip | sed -n '3,/^$/p' | sed '/^$/d' >"$dir/out"
prints "variant         n   mean"
[ $wrong = 0 ] && echo "$expected commands of the README's uses"
exit $wrong
