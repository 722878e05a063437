#!/bin/sh
# `tailor stats`: what it prints of a table of runs, and what it says of one that is wrong.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
table() { printf "$@" >"$dir/t.csv"; }                          # a format of printf is the file
stats() { code=$1 pattern=$2; shift 2; expect "$code" "$pattern" timeout 60 $tailor stats "$dir/t.csv" "$@"; }
refused() { # pattern of the message, after FILE:
    stats 1 "t.csv:$1" --json
    [ ! -s "$dir/out" ] || bad "something on stdout in spite of '$1'"
}
# lines that were broken
joined() { sed -e ':more' -e '$!N' -e 's/\n  \([^ ]\)/ \1/' -e 't more' -e 'P;D' "$dir/out"; }
has() { for text; do joined | grep -qF -- "$text" || bad "no '$text' in: $(cat "$dir/out")"; done; }
lacks() { for text; do ! grep -qF -- "$text" "$dir/out" || bad "'$text' in: $(cat "$dir/out")"; done; }
h='variant,seed,value\n'

# six seeds, columns and rows in any order
table 'note,value,seed,variant
,93.88,1,A\n,94.05,1,B\n,94.11,2,B\n,94.02,2,A\n,93.71,3,A\nx,93.90,3,B\n
,93.95,4,A\n,93.99,4,B\n,94.10,5,A\n,94.31,5,B\n,93.79,6,A\n"quoted, and
more",93.84,6,B\n'
stats 0 "" --margin 0.2 --json
has '{"name": "A", "n": 6, "mean": 93.90833333333333' \
    '"variant": "B", "baseline": "A", "n": 6, "difference": 0.125, ' \
    '"ci": [0.047101049' '"t": 4.1248659440' '"p": 0.0091305172' '"p_holm": 0.0091305172' '"p_signflip": 0.03125, ' \
    '"p_wilcoxon": 0.03125, ' '"dz": 1.6839694700' '"g": 1.41579511324' '"p_better": 0.722222222222222' \
    '"p_equivalent": 0.02809502393' '"p_not_worse": 6.1056222497' '"detectable": 0.10648536'
lacks reason
[ ! -s "$dir/err" ] || bad "$(cat "$dir/err")"
keys=$(grep -oE '"[a-z_]+":' "$dir/out" | tr -d '":' | LC_ALL=C sort -u | tr '\n' ' ')
[ "$keys" = "baseline ci comparisons detectable difference dz g mean n name p p_better p_equivalent p_holm \
p_not_worse p_signflip p_wilcoxon sd t variant variants " ] || bad "keys: $(cat "$dir/out")"
stats 0 "" --json && has '"p_equivalent": null, "p_not_worse": null'
stats 0 "" --baseline B --json && has '"variant": "A", "baseline": "B", "n": 6, "difference": -0.125' \
    '"t": -4.1248659440' && [ "$(grep -c '"name": "[AB]"' "$dir/out")" = 2 ] || bad "the baseline B"
stats 0 "" && has 'against A' '+0.125  [+0.047, +0.203]' \
    '6 pairs: p_signflip and p_wilcoxon are at least 0.03125' 'would have found 8 times in 10, by t at 0.05'
lacks 'never below'
# two comparisons of six seeds, one without a spread, one that lacks a seed; a byte order mark, CR LF, no last line end
{ printf '\357\273\277'; printf "$h"; for s in 1 2 3 4 5 6; do
    printf 'A,%d,%d\n"B ""2""",%d,0.%d\nC,%d,%d.5\nD,%d,%d\n' $s $s $s $((s * s % 7)) $s $s $s $((s * 3 % 5))
done; printf 'C,x\002,1'; } | sed 's/$/\r/' | head -c -1 >"$dir/t.csv"
stats 0 "" --margin 1 && has '+0.500' 'C: no test: all differences are equal' \
    '6 pairs: p_signflip and p_wilcoxon are at least 0.03125, by Holm over 2 comparisons 0.0625: never below 0.05' \
    'C: left out, since only one of the two has it, the seed: x\u0002' 'by t at 0.05 / 2' 'B "2"'
[ "$(wc -L <"$dir/out")" -le 80 ] || bad "more than 80 columns: $(cat "$dir/out")"
stats 0 "C: left out" --json &&
    has '"variant": "C", "baseline": "A", "n": 6, "difference": 0.5, "ci": null, "t": null' \
    '"reason": "all differences are equal' '"variant": "B \"2\""'
table "${h}a,1,0.5\n" && stats 0 "" --json && has '{"name": "a", "n": 1, "mean": 0.5, "sd": null, "ci": null}' \
    '"comparisons": []'
stats 0 "" && lacks against && has 'one variant alone: there is nothing to compare it with'
table "${h}a,1,1\nb,2,1\n" && stats 0 "" --json && has '"n": 0, "difference": null' '"reason": "fewer than two'
table "${h}a,1,94.1\nb,1,94.3\na,2,94\nb,2,94.2\n" && stats 0 "" --json &&
    has '"n": 2, "difference": 0.2, ' '"reason"'
# names that would turn the direction of writing, or are no text; those of 27 characters still take 80 columns
table "${h}a,1,1\na,2,2\nb\342\200\256c\377,1,2\nb\342\200\256c\377,2,4\npooling=stride skip=true x=1,1,3.25\n%s" \
    'pooling=stride skip=true x=1,2,2'
stats 0 "" --margin 1 && has 'b\u202ec\xff ' && [ "$(wc -L <"$dir/out")" -le 80 ] || bad "names: $(cat "$dir/out")"
# numbers as they are written, whatever the language of the surroundings
table "${h}a,1, +1.5e-3\t\na,2,.5\na,3,5.\na,4,-0\n" && LC_ALL=de_DE.UTF-8 stats 0 "" --json && has '"mean": 1.375375'
table "${h}a,1,1e150\na,2,-1e150\nb,1,-1e150\nb,2,1e149\n" && stats 0 "" && stats 0 "" --json &&
    lacks inf nan

# what is wrong
table '' && refused '1: no header'
table '\n\n' && refused '1: no header'
table "$h" && refused '1: no rows behind the header'
table "\n\n$h" && refused '3: no rows behind the header'
table 'variant,value\na,1\n' && refused "1: no column seed in 'variant,value', against variant, seed and value"
table 'variant, seed,value\na,1,1\n' && refused "1: no column seed in .*; did you mean ' seed'?"
table 'variant,seed,value,seed\na,1,1,1\n' && refused '1: the column seed twice'
table 'Variant,Seed,Value\na,1,1\n' && refused "1: no column variant in .*; names of columns are in lower case"
lacks 'did you mean'
table 'variant;seed;value\na;1;0,5\n' && refused "1: the columns are separated by ';', against ','"
table 'variant\tseed\tvalue\na\t1\t0.5\n' && refused "1: the columns are separated by tabs, against ','"
table "${h}a,1,-0,5\n" && refused '2: 4 fields, against 3 in the header; decimals of a number are behind a point'
table "${h}a,1,'0,5'\n" && refused '2: 4 fields, against 3 in the header$'
table "${h}a,1,\"0,5\"\n" && refused "2: value is '0,5', against a finite number, whose decimals are behind a point"
table "${h}a,1\n" && refused '2: 2 fields, against 3 in the header'
table "${h}a,1,2,3\n" && refused '2: 4 fields, against 3'
for value in '' x nan inf -inf 1e999 0x10 1,5 '1 2' 1e + - . .e5 1e+ 1d5 '٤' 1e200; do
    table "${h}\"a\nb\",0,1\n\na,1,\"$value\"\n" && refused "5: value is '.*', against a finite number"
done
table "${h}a,1,1\nb,1,1\n\"a\",\"1\",2\nb,1,3\n" && refused "4: variant 'a' has seed '1' on line 2 too"
table "${h}a,1,1\na,01,1\n" && stats 0 ""
table "${h}a,\0001,1\n" && refused '2: a NUL byte'
table "${h}\"a\n\n,1,1\n" && refused '2: a quote that is not closed'
table "${h}\"a\n\"b,1,1\n" && refused '3: field 1 goes on after its closing quote'
table "${h}a\"b,1,1\n" && refused '2: field 1 has a quote inside'
table "${h}a,1\r,1\n" && refused '2: field 2 has a carriage return'
table "${h}a,1,\033[31m\n" && refused "2: value is '.u001b\[31m'"
table "\n${h}adam,1,1\n" && stats 1 "t.csv:2: no variant is called 'adan', .*; did you mean 'adam'?" --baseline adan
head -c 100000 /dev/urandom >"$dir/t.csv" && refused ''
{ printf "$h"; head -c 3000000 /dev/zero | tr '\0' 7; printf ',1,'; head -c 3000000 /dev/zero | tr '\0' 7; } \
    >"$dir/t.csv" && refused "2: value is '7777777777777777777777777777777777777777...', against a finite number"
rm "$dir/t.csv" && stats 1 "t.csv: .*open"
mkdir "$dir/t.csv" && stats 1 "t.csv: not a file" && rmdir "$dir/t.csv"
expect 2 "something is missing: FILE.csv" $tailor stats
table "${h}a,1,1\n"
from() { "$@" <"$dir/t.csv"; }
expect 0 "" from $tailor stats - --json && has '"mean": 1'
table "${h}a,1,x\n" && expect 1 "^stdin:2: value is 'x'" from $tailor stats -
table "${h}a,1,1\n"
stats 2 "too many" x.csv
for margin in -1 nan inf x ''; do stats 2 "--margin" --margin "$margin"; done
stats 2 "did you mean --margin" --margins 1

# many runs: 20000 seeds of three variants
awk 'BEGIN { print "seed,value,variant"; for (i = 0; i < 60000; i++)
    print int(i / 3) "," (i * 7919 % 1000 + i % 3 * 15) / 1000 ",v" i % 3 }' >"$dir/t.csv"
stats 0 "" --json && has '"n": 20000, ' '"p_signflip": null'
stats 0 "" && has 'p_signflip: only up to 20 pairs'
[ $wrong = 0 ] && echo "$expected tables of runs"
exit $wrong
