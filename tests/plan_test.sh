#!/bin/sh
# `tailor plan`: what it makes of tables of buffers, what it says of those that are wrong, and that what it prints is a
# placement.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
table() { printf "$@" >"$dir/t.csv"; }                          # a format of printf is the file
plan() { code=$1 pattern=$2; shift 2; expect "$code" "$pattern" timeout 60 $tailor plan "$dir/t.csv" "$@"; }
refused() { # pattern of the message, after FILE:
    plan 1 "t.csv:$1"
    [ ! -s "$dir/out" ] || bad "something on stdout in spite of '$1'"
}
same() { printf "$@" | cmp -s - "$dir/out" || bad "not what was expected: $(head -c 300 "$dir/out")"; }
# offsets of a table with columns id,lower,upper,size[,alignment],offset: no two buffers that are live at once overlap
valid() { # FILE CAPACITY
    awk -F, -v capacity="$2" 'NR == 1 {width = NF; next}
        {n++; lower[n] = $2; upper[n] = $3; size[n] = $4; at[n] = $NF
         if (NF != width || at[n] < 0 || at[n] + size[n] > capacity || (width == 6 && at[n] % $5)) exit wrong = 1
         for (i = 1; i < n; i++)
             if (lower[i] < upper[n] && lower[n] < upper[i] &&
                 at[i] < at[n] + size[n] && at[n] < at[i] + size[i]) exit wrong = 1}
        END {exit wrong || !n}' "$1" || bad "no placement: $1 ($(head -n 3 "$1" | tr '\n' ' '))"
}

# the example of MiniMalloc
table 'id,lower,upper,size\nb1,0,3,4\nb2,3,9,4\nb3,0,9,4\nb4,9,21,4\nb5,0,21,4\n'
plan 0 "workspace 12 bytes, lower bound 12 (0.00% above)" && valid "$dir/out" 12
[ "$(cut -d, -f1-4 "$dir/out")" = "$(cat "$dir/t.csv")" ] || bad "rows are not those of the file"
[ "$(head -n 1 "$dir/out")" = "id,lower,upper,size,offset" ] || bad "$(head -n 1 "$dir/out")"
cp "$dir/out" "$dir/first"
plan 0 "" --capacity 12 && cmp -s "$dir/out" "$dir/first" || bad "a capacity that is the bound changes offsets"
plan 0 "" --capacity=9223372036854775806 && valid "$dir/out" 9223372036854775806
plan 0 "workspace 12" -o "$dir/o.csv" && cmp -s "$dir/o.csv" "$dir/first" || bad "-o writes something else"
[ ! -s "$dir/out" ] && [ ! -e "$dir/o.csv.tmp" ] || bad "-o and stdout"
plan 0 "" --json -o "$dir/o.csv" && grep -q '"workspace_lower_bound": *12' "$dir/out" &&
    grep -q '"smallest": *true' "$dir/out" || bad "$(cat "$dir/out")"
plan 1 "no placement can exist: 12 bytes are live at once, against a capacity of 11" --capacity 11
plan 1 "no placement can exist" --capacity 0 -o "$dir/none.csv"
[ ! -e "$dir/none.csv" ] || bad "a file in spite of no placement"
plan 1 "" -o "$dir/no/such/folder"
# what is there and no file is written to, not replaced
mkfifo "$dir/pipe"
cat "$dir/pipe" >"$dir/o.csv" &
plan 0 "" -o "$dir/pipe" && wait $! && [ -p "$dir/pipe" ] && cmp -s "$dir/o.csv" "$dir/first" || bad "-o to a pipe"
# what is written is a table that can be read again, and so is what emit writes
cp "$dir/first" "$dir/t.csv" && plan 0 "workspace 12" && cmp -s "$dir/out" "$dir/first" || bad "planning a plan"
for graph in mlp resnet; do
    cp generated/$graph/$graph.plan.csv "$dir/t.csv"
    plan 0 "(0.00% above)"
    [ "$(head -n 1 "$dir/out")" = "name,lower,upper,size,offset,kind" ] ||
        bad "columns of $graph.plan.csv: $(head -n 1 "$dir/out")"
    [ "$(cut -d, -f1-4,6 "$dir/out")" = "$(cut -d, -f1-4,6 "$dir/t.csv")" ] || bad "rows of $graph.plan.csv"
done

# columns in any order, by other names, quoted, CR LF, a byte order mark, blanks, no end of the last line
table 'size,note,upper,id,lower\n4,x,2,a,0\n5,,3,b,1\n' && plan 0 "workspace 9" &&
    same 'size,note,upper,id,lower,offset\n4,x,2,a,0,5\n5,,3,b,1,0\n'
table '\357\273\277"id", lower ,upper,size\r\n"a, ""b""\n", 0 ,2,"8"\r\n\r\nc,2,3,8' && plan 0 "workspace 8"
same '"id", lower ,upper,size,offset\r\n"a, ""b""\n", 0 ,2,"8",0\r\nc,2,3,8,0\n'
# an end is the last time at which it is live
table 'buffer,start,end,size\n0,0,2,4\n1,2,3,4\n' && plan 0 "workspace 8 "
table 'buffer_id,begin,upper,size\n0,0,2,4\n1,2,3,4\n' && plan 0 "workspace 4 "
table 'id,lower,upper,size\n' && plan 0 "workspace 0 " && same 'id,lower,upper,size,offset\n'
table 'id,lower,upper,size\na,0,9223372036854775806,0\nb,5,6,9223372036854775806\n' &&
    plan 0 "workspace 9223372036854775806"
table 'id,lower,upper,size,alignment\na,0,2,5,1\nb,1,3,8,8\nc,2,4,3,4\n' && plan 0 "workspace 13 " &&
    valid "$dir/out" 13
table 'id,lower,upper,size,alignment\na,0,2,5,8\nb,1,3,8,8\n' && plan 0 "workspace 13 " && valid "$dir/out" 13
plan 0 "" --capacity 13
table 'id,lower,upper,size,alignment\na,0,2,5,4\nb,1,3,5,4\n'
plan 1 "no placement exists: all that end by the capacity of 12 were ruled out, although only 10 bytes are live" \
    --capacity 12
plan 0 "workspace 13 bytes, lower bound 10 (30.00% above); nothing smaller exists"
table 'id,lower,upper,size,gaps\na,0,2,5,\n' && plan 0 ""

# what is wrong
table '' && refused '1: no header'
table '\n\n' && refused '1: no header'
table 'a,0,2,4\nb,1,2,4\n' && refused "1: no column id in 'a,0,2,4', against id, lower, upper and size"
table 'id,lower,size\n' && refused '1: no column upper'
table 'id,lower,upper,size,lower\n' && refused '1: the columns lower and lower, against one'
table 'id,lower,start,upper,size\n' && refused '1: the columns lower and start, against one for the lower'
table 'id,lower,upper,size,x,x\n' && refused "1: the column 'x' twice"
h='id,lower,upper,size\n'
table "${h}a,0,2\n" && refused '2: 3 fields, against 4 in the header'
table "${h}a,0,2,4,5\n" && refused '2: 5 fields, against 4'
table "${h}a,0,2,4\n\nb,0,2,4\na,2,3,4\n" && refused "5: the id 'a' is that of line 2 too"
table "${h}a,0,2,-4\n" && refused '2: size is -4, against at least 0'
table "${h}a,-1,2,4\n" && refused '2: lower is -1, against at least 0'
table "${h}a,0,2,9223372036854775808\n" && refused '2: size is 9223372036854775808, against at most 2^63 - 1'
table "${h}a,0,2,9223372036854775806\nb,1,2,1\n" &&
    refused '3: sizes and alignments up to here add up to more than 2^63 - 2'
table "${h}a,0,2,4611686018427387904\nb,1,2,4611686018427387903\n" &&
    refused '3: sizes and alignments up to here add up to more than 2^63 - 2'
table "${h}a,0,2,4611686018427387904\nb,1,2,4611686018427387902\n" && plan 0 "lower bound 9223372036854775806"
for number in four 4.0 1e3 0x4 +4 - '' '4 4' '٤'; do
    table "${h}a,0,2,$number\n" && refused "2: size is '.*', against a whole number"
done
table "${h}a,2,2,4\n" && refused '2: it is live from 2 to before 2, against at least one time'
table "${h}a,3,2,4\n" && refused '2: it is live from 3'
table "id,lower,end,size\na,0,9223372036854775807,4\n" && refused '2: end is 2^63 - 1'
table 'id,lower,upper,size,alignment\na,0,2,4,0\n' && refused '2: alignment is 0, against at least 1'
table 'id,lower,upper,size,alignment\na,0,2,4,9223372036854775807\nb,0,2,4,9223372036854775807\n' &&
    refused "2: sizes and alignments"
table 'id,lower,upper,size,gaps\na,0,9,5,2-3\n' && refused "2: gaps are '2-3', against none"
table "${h}a,0,\0002,4\n" && refused '2: a NUL byte'
table "${h}\"a\n,0,2,4\n" && refused '2: a quote that is not closed'
table "${h}\"a\"b,0,2,4\n" && refused '2: field 1 goes on after its closing quote'
table "${h}a,0,2,\033[31m\n" && refused "2: size is '.u001b\[31m'"
head -c 100000 /dev/urandom >"$dir/t.csv" && plan 1 "t.csv:"
rm "$dir/t.csv" && plan 1 "t.csv: .*open"
mkdir "$dir/t.csv" && plan 1 "t.csv: not a file" && rmdir "$dir/t.csv"
expect 2 "something is missing" $tailor plan
table "$h"
plan 2 "too many" x.csv
plan 2 "whole number from 0" --capacity -1
plan 2 "whole number from 0" --capacity 99999999999999999999
plan 2 "number of seconds" --seconds soon
plan 2 "did you mean --seconds" --second 3

# hard ones, at the bound; one that is too hard for its time; a large one in time
cc=${CC:-cc}
$cc -std=gnu11 -O2 -Icompiler -Iruntime -Ibuild bench/plan_case.c -o build/plan_case || bad "bench/plan_case.c"
for hard in "guillotine 400 1" "pinwheel 400 1" "layers 200 1" "gaps 200 1" "neck 374 6"; do
    build/plan_case $hard >"$dir/t.csv"
    plan 0 "workspace 1048576 bytes, lower bound 1048576 (0.00% above)" --capacity 1048576 && valid "$dir/out" 1048576
done
build/plan_case coarse 2000 1 >"$dir/t.csv"
plan 1 "no placement was found within 0.2 seconds: the best ends at .*, against a capacity of 1048576" --seconds 0.2 \
    --capacity 1048576
plan 0 "lower bound 1048576" --seconds 0.2 && valid "$dir/out" 2000000
awk 'BEGIN {
    print "id,lower,upper,size"
    for (i = 0; i < 200000; i++) {
        at = (i * 7919) % 100003
        print i "," at "," at + 1 + (i * 31) % 5000 "," 64 * (1 + (i * 17) % 900)
    }
}' >"$dir/t.csv"
plan 0 "lower bound" --seconds 1
[ "$(wc -l <"$dir/out")" = 200001 ] || bad "a large table has $(wc -l <"$dir/out") lines"
[ $wrong = 0 ] && echo "$expected plans"
exit $wrong
