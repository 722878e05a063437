#!/bin/sh
# What stands on a terminal while and after a run is trained or a sweep runs: one line that is written again, never
# longer than the terminal, and gone at the end; colours only where they are wanted; no escape sequence in a pipe; and
# nothing with --quiet.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
script -qec true /dev/null >/dev/null 2>&1 || { echo "skipped: there are no pseudo-terminals here"; exit 0; }
# A terminal of so many columns, 0: it does not say how many.  Its bytes are in $dir/bytes, what stands on it at the end
# in $dir/screen, every state of every line in $dir/frames, its longest line in $dir/longest.
on_screen() { # columns, command
    script -qec "stty cols $1; stty -echo; $2" /dev/null </dev/null >"$dir/bytes" 2>"$dir/err"
    got=$?
    perl -e '
        my ($dir) = @ARGV;
        local $/; open F, "<", "$dir/bytes"; my $text = <F>;
        my ($line, $at, $longest, @done) = ("", 0, 0); my @frames;
        while ($text =~ /\G(?:(\r)|(\n)|\e\[(\d*)([A-Za-z])|([^\e]))/gs) {
            if (defined $1) { push @frames, $line; $at = 0 }
            elsif (defined $2) { push @done, $line; push @frames, $line; $line = ""; $at = 0 }
            elsif (defined $4) { substr($line, $at) = "" if $4 eq "K"; print STDERR "escape $3$4\n" if $4 !~ /[Km]/ }
            else {
                $line .= " " x ($at - length $line) if $at > length $line;
                substr($line, $at, 1) = $5; $at++;
            }
            $longest = length $line if $longest < length $line and $line !~ /^(test |weights |run )/;
        }
        push @done, $line if $line ne "";
        open F, ">", "$dir/screen"; print F "$_\n" for @done;
        open F, ">", "$dir/frames"; print F "$_\n" for @frames;
        open F, ">", "$dir/longest"; print F "$longest\n";' "$dir" 2>"$dir/unknown"
    [ -s "$dir/unknown" ] && bad "$(head -1 "$dir/unknown") of $2"
}
longest() { # columns: of no more than so many are all lines but the results
    is=$(cat "$dir/longest")
    [ "$is" -lt "$1" ] || bad "a line of $is columns on $1"
}
escape=$(printf '\033')
has() { grep -qF -- "$1" "$dir/$2" || bad "no '$1' in $2: $(head -c 600 "$dir/$2")"; }
has_no() { ! grep -qF -- "$1" "$dir/$2" || bad "'$1' in $2: $(head -c 600 "$dir/$2")"; }
export TERM=xterm
unset NO_COLOR

# a pipe: a line an epoch
expect 0 "" $tailor train graphs/mlp.lua --data digits --epochs 2 --seed 3 --threads 1 --out "$dir/run"
has_no "$escape" err
has_no "$escape" out
[ "$(grep -c '^epoch [12]/2  train: loss [0-9.]* accuracy [0-9.]* %  validation: loss .* s$' "$dir/err")" = 2 ] &&
    [ "$(wc -l <"$dir/err")" = 2 ] || bad "a pipe has $(cat "$dir/err")"
has "weights sha256" out

# a terminal: the epochs that are done, the results, and no trace of the line
trainer=$dir/run/c/mlp
go="$trainer --data digits --epochs 2 --threads 1"
on_screen 100 "$go --out $dir/wide"
[ $got = 0 ] || bad "a trainer on a terminal ends with $got"
grep -qE '^epoch 1/2  loss [0-9.]+  accuracy [0-9.]+ %  [0-9]+ images/s  [0-9]+:[0-9]+ left  step [0-9]+/[0-9]+$' \
    "$dir/frames" || bad "no line of a run under way: $(head -c 600 "$dir/frames")"
has "$escape[1mepoch" bytes
[ "$(grep -c '^epoch' "$dir/screen")" = 2 ] || bad "the screen has other than 2 epochs: $(cat "$dir/screen")"
has_no "left" screen
has_no "images/s" screen
has "weights sha256" screen
longest 100
for columns in 8 80 40; do
    on_screen $columns "$go --out $dir/c$columns"
    longest $columns
    grep -q "left" "$dir/screen" && bad "$columns columns: the line stays: $(cat "$dir/screen")"
    [ $columns != 80 ] || grep -qE '^epoch 1/2  loss .* images/s  [0-9]+:[0-9]+ left' "$dir/frames" ||
        bad "80 columns are too few"
done
[ "$(sed -n '/^epoch/,/ s$/p' "$dir/screen" | tr -s ' \n' ' ' | grep -o 'validation: loss [0-9.]* accuracy [0-9.]* %' |
    wc -l)" = 2 ] || bad "40 columns: something of an epoch is lost: $(cat "$dir/screen")"
on_screen 0 "$go --out $dir/unknown-size"
longest 80

# without colours; without any escape sequence
NO_COLOR=1 on_screen 100 "$go --out $dir/plain"
has_no "$escape[1m" bytes
has_no "$escape[0m" bytes
has "$escape[K" bytes
NO_COLOR='' on_screen 100 "$go --out $dir/coloured"
has "$escape[1m" bytes
TERM=dumb on_screen 100 "$go --out $dir/dumb"
has_no "$escape" bytes
has "epoch 2/2" screen
has_no "left" screen

# --quiet
cp -r graphs "$dir/graphs"
on_screen 100 "$go --quiet --out $dir/quiet"
[ $got = 0 ] && [ ! -s "$dir/bytes" ] || bad "--quiet prints: $(cat "$dir/bytes")"
cmp -s "$dir/quiet/weights.safetensors" "$dir/wide/weights.safetensors" || bad "--quiet gives other weights"
on_screen 100 "$go --quiet --resume $dir/quiet"
[ ! -s "$dir/bytes" ] || bad "--quiet, finished already: $(cat "$dir/bytes")"
expect 0 "" $tailor train graphs/mlp.lua --data digits --epochs 1 --quiet --out "$dir/quiet2"
[ ! -s "$dir/out" ] && [ ! -s "$dir/err" ] || bad "train --quiet prints: $(cat "$dir/out" "$dir/err")"
expect 0 "" $trainer --data digits --epochs 1 --quiet --json --out "$dir/quiet3"
[ ! -s "$dir/err" ] && cmp -s "$dir/out" "$dir/quiet3/run.json" || bad "--quiet --json: $(cat "$dir/out" "$dir/err")"
expect 0 "" $trainer --eval "$dir/quiet3" --quiet --json
has '"test_accuracy"' out
expect 0 "" $trainer --eval "$dir/quiet3" --quiet
[ ! -s "$dir/out" ] || bad "--eval --quiet: $(cat "$dir/out")"
expect 1 "not empty" $trainer --data digits --quiet --out "$dir/quiet3"
expect 130 "" $trainer --data digits --quiet --stop 3 --out "$dir/quiet4"
[ ! -s "$dir/out" ] && [ ! -s "$dir/err" ] || bad "--stop --quiet prints: $(cat "$dir/out" "$dir/err")"
expect 130 "resume $dir/quiet5 --data digits --epochs 7 --threads 1" \
    $trainer --data digits --epochs 7 --threads 1 --stop 3 --out "$dir/quiet5"
{ echo 'function tanh(x) return x end'; cat graphs/mlp.lua; } >"$dir/graphs/warns.lua"
expect 1 "warning: tanh hides" $tailor train "$dir/graphs/warns.lua" --data "$dir/nowhere"
expect 1 "nowhere" $tailor train "$dir/graphs/warns.lua" --data "$dir/nowhere" --quiet
has_no "warning" err

# an interrupt: a clean line
on_screen 100 "$trainer --data digits --epochs 100000 --threads 1 --out $dir/stopped & sleep 1
    kill -INT \$(cat $dir/stopped/lock); wait"
has "images/s" frames
has_no "images/s" screen
grep -q "^interrupted after step" "$dir/screen" || bad "after an interrupt: $(cat "$dir/screen")"

# while it is built: a line that is gone at the end, also where the compiler refuses; none in a pipe, none with --quiet
on_screen 100 "$tailor train graphs/mlp.lua --data digits --epochs 1 --out $dir/built"
grep -q '^building mlp \.\.\.$' "$dir/frames" || bad "no line while it is built: $(head -n 5 "$dir/frames")"
has_no "building" screen
has "weights sha256" screen
! grep -q building "$dir/err" || bad "a pipe says that it builds"
on_screen 100 "CC=false $tailor train graphs/mlp.lua --data digits --epochs 1 --out $dir/unbuilt"
[ $got = 1 ] && grep -q '^building mlp' "$dir/frames" || bad "a compiler that refuses: $got, $(cat "$dir/frames")"
has_no "building" screen
has "make" screen
on_screen 100 "CC=false $tailor train graphs/mlp.lua --data digits --quiet --out $dir/unbuilt"
has_no "building" bytes

# a sweep
echo 'experiment { name = "two", graph = "graphs/mlp.lua", data = "digits", seeds = { 1, 2 }, epochs = 1 }' \
    >"$dir/two.lua"
expect 0 "" $tailor sweep "$dir/two.lua" -o "$dir/piped" -j 1
has_no "$escape" err
[ "$(grep -c '^[12]/2  mlp .* seed [12]  accuracy' "$dir/err")" = 2 ] || bad "a sweep in a pipe: $(cat "$dir/err")"
for columns in 100 30; do
    on_screen $columns "$tailor sweep $dir/two.lua -o $dir/sweep$columns -j 1"
    [ $got = 0 ] || bad "a sweep on a terminal ends with $got: $(cat "$dir/screen")"
    grep -q "^[01]/2 cells" "$dir/frames" || bad "no line of a sweep: $(cat "$dir/frames")"
    grep -q "cells" "$dir/screen" && bad "the line of a sweep stays: $(cat "$dir/screen")"
    has "2 of 2 done" screen
    has "$escape[1m" bytes
    [ "$(grep ' cells' "$dir/frames" | awk '{ if (length > n) n = length } END { print n }')" -lt $columns ] ||
        bad "a sweep's line is too long for $columns columns"
    left='^1/2 cells  [0-9]+:[0-9]+ left'
    [ $columns = 30 ] || left="$left  1 training   mlp  baseline  digits  seed"
    grep -qE "$left" "$dir/frames" || bad "no time left: $(cat "$dir/frames")"
done
# what the cells at work said last
sed 's/epochs *= *[0-9]*/epochs = 8/' "$dir/two.lua" >"$dir/longer.lua"
on_screen 160 "$tailor sweep $dir/longer.lua -o $dir/sweep-longer -j 1"
grep -q "seed [12] epoch [1-8] loss [0-9.e-]* accuracy 0[.0-9]* [1-9][0-9]* images/s$" "$dir/frames" ||
    bad "no cell says how far it is: $(tail -n 3 "$dir/frames")"
# the images of an epoch by its seconds: of one of the epochs of some cell, by its log
sed -n 's/.* epoch \([1-8]\) loss.* \([0-9]*\) images\/s$/\1 \2/p' "$dir/frames" | sort -u >"$dir/speeds"
for log in "$dir"/sweep-longer/runs/*/log.csv; do
    awk -F, 'NR > 1 { printf "%d %.0f\n", $1, ($2 - s) * 128 / ($8 - t); s = $2; t = $8 }' "$log"
done | sort -u >"$dir/logs"
[ -s "$dir/speeds" ] && [ -z "$(comm -23 "$dir/speeds" "$dir/logs")" ] ||
    bad "other images/s than those of the logs: $(comm -23 "$dir/speeds" "$dir/logs" | head -n 3)"
NO_COLOR=1 on_screen 100 "$tailor sweep $dir/two.lua -o $dir/sweep-plain -j 1"
has_no "$escape[1m" bytes
on_screen 100 "$tailor sweep $dir/two.lua -o $dir/sweep-quiet -j 1 --quiet"
[ $got = 0 ] && [ ! -s "$dir/bytes" ] || bad "sweep --quiet prints: $(cat "$dir/bytes")"
expect 0 "" $tailor sweep "$dir/two.lua" -o "$dir/sweep-quiet" --quiet --json
has '"weights_sha256"' out
expect 0 "" $tailor sweep "$dir/two.lua" -o "$dir/sweep-new" --dry-run --quiet
[ ! -s "$dir/out" ] && [ ! -s "$dir/err" ] || bad "sweep --dry-run --quiet prints: $(cat "$dir/out" "$dir/err")"
expect 1 "cannot open" $tailor sweep "$dir/none.lua" --quiet
[ $wrong = 0 ] && echo "$expected commands in pipes, and what terminals show"
exit $wrong
