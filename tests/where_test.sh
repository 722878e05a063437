#!/bin/sh
# `tailor where`: what a line of emitted C computes and what computes a line of a graph, in every form of C; lines of
# files that are used; lines without a value, with what they have; C that was changed, and records of other files or
# damaged ones, which are refused.  test_where.c looks at every line.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
prints() { # the lines that were printed, as arguments
    printf '%s\n' "$@" | cmp -s - "$dir/out" || bad "printed: $(cat "$dir/out") against: $*"
}
line_of() { awk -v text="$2" 'index($0, text) == 1 { print NR; exit }' "$1"; }       # file, how the line begins

# a line of the graph, and each function it names, back
c=generated/mlp/mlp.c
f=$(line_of $c "static void fwd_logits(") b=$(line_of $c "static void bwd_logits(")
expect 0 "" $tailor where graphs/mlp.lua:8
grep -qx "mlp.c:$f logits fwd_logits" "$dir/out" && grep -qx "mlp.c:$b d_logits bwd_logits" "$dir/out" &&
    grep -q " d_fc2.weight bwd_fc2_weight$" "$dir/out" || bad "line 8: $(cat "$dir/out")"
sort -t: -k1,1 -k2n -c "$dir/out" || bad "not sorted"
cp "$dir/out" "$dir/line8"
expect 0 "" $tailor where $c graphs/mlp.lua:8
cmp -s "$dir/line8" "$dir/out" || bad "of NAME.json: $(diff "$dir/line8" "$dir/out")"
for line in "$f" $((f + 3)) $((f - 1)); do
    expect 0 "" $tailor where $c:"$line"
    prints "mlp.lua:8 fc2 fwd_logits" "mlp.lua:8 logits fwd_logits"
done
call=$(line_of $c "            fwd_logits(")
expect 0 "" $tailor where $c:"$call"
prints "mlp.lua:8 fc2 fwd_logits" "mlp.lua:8 logits fwd_logits"
expect 0 "" $tailor where $c:"$b"
prints "mlp.lua:8 d_logits bwd_logits" "mlp.lua:10 d_cross_entropy bwd_logits" "mlp.lua:10 d_logits bwd_logits"
expect 0 "" $tailor where $c:"$(line_of $c "static void update(")"
prints "mlp.lua:7 fc1.bias update" "mlp.lua:7 fc1.weight update" "mlp.lua:8 fc2.bias update" \
    "mlp.lua:8 fc2.weight update"
expect 0 "" $tailor where $c:"$b" --json
grep -q '"line": 8, "value": "d_logits", "gradient_of": "logits", "backward": true, "function": "bwd_logits"' \
    "$dir/out" ||
    bad "json: $(cat "$dir/out")"
awk '/^    .\/tailor where graphs\/mlp.lua:8$/ { on = 1; getline; next } on && !NF { exit }
     on { print substr($0, 5) }' docs/where.md | cmp -s - "$dir/line8" ||
    bad "docs/where.md shows other lines of mlp.lua:8"

# several layers share a function; files that are used; the same line in every form, with other options
c=generated/resnet/resnet.c
expect 0 "" $tailor where $c:"$(line_of $c "static void pack_conv2d_16x16x3x3(")"
[ "$(wc -l <"$dir/out")" = 6 ] && grep -q "^networks/resnet.lua:14 stages.1.3.conv2.weight " "$dir/out" ||
    bad "a shared function: $(cat "$dir/out")"
call=$(grep -n "^    pack_conv2d_16x16x3x3(p->stages_1_2_conv1_weight" $c | head -1 | cut -d: -f1)
expect 0 "" $tailor where $c:"$call"
prints "networks/resnet.lua:14 stages.1.2.conv1.weight pack_conv2d_16x16x3x3"
c=generated/cnn/cnn.c                          # what functions share beside their own lines
expect 0 "" $tailor where $c:"$(line_of $c "static const RtConv conv_28x28x32_to_28x28x64_3x3_f4")"
grep -q "^networks/cnn.lua:20 conv2 fwd_conv2_relu$" "$dir/out" || bad "sizes: $(cat "$dir/out")"
c=generated/resnet/resnet.c
expect 0 "" $tailor where graphs/resnet.lua graphs/networks/resnet.lua:14
cp "$dir/out" "$dir/used"
expect 0 "" $tailor where graphs/resnet.lua networks/resnet.lua:14
cmp -s "$dir/used" "$dir/out" || bad "the file by another name: $(head -3 "$dir/out")"
expect 0 "" $tailor where $c graphs/networks/resnet.lua:14
cmp -s "$dir/used" "$dir/out" || bad "the same of NAME.json: $(head -3 "$dir/out")"
for form in "" "--single-file" "--library" "--library --inference" "--profile"; do
    to="$dir/form$(printf %s "$form" | tr -d ' -')"
    expect 0 "" $tailor emit graphs/mlp.lua --set width=16 $form -o "$to"
    expect 0 "" $tailor where "$to/mlp.c":"$(line_of "$to/mlp.c" "static void fwd_h1(")"
    prints "mlp.lua:7 fc1 fwd_h1" "mlp.lua:7 flatten fwd_h1" "mlp.lua:7 h1 fwd_h1"
    expect 0 "" $tailor where "$to/mlp.c" mlp.lua:7
    grep -q "^mlp.c:$(line_of "$to/mlp.c" "static void fwd_h1(") h1 fwd_h1$" "$dir/out" ||
        bad "$form: $(cat "$dir/out")"
    cp "$dir/out" "$dir/here"
    [ -n "$form" ] || { expect 0 "" $tailor where graphs/mlp.lua:7 --set width=16
        cmp -s "$dir/here" "$dir/out" || bad "with an option: $(diff "$dir/here" "$dir/out")"; }
done
# a value that a function of another file makes has the line that names it too
expect 0 "" $tailor where graphs/convnext.lua:21
grep -q " features fwd_" "$dir/out" && grep -q " d_features bwd_" "$dir/out" || bad "features: $(cat "$dir/out")"
# a value that is but a part of an expression; one that nothing needs; one that an earlier line has already
cat >"$dir/parts.lua" <<'LUA'
image = input { 4, 4, 1 }
label = labels(10)
twice = 2 * image
more = twice + 1
h = relu(linear(flatten(more), 8))
unused = exp(h)
local same = relu(h) + 1
local again = relu(h) + 1
logits = linear(same * again, 10)
minimize(cross_entropy(logits, label))
train { data = "digits", batch = 8, epochs = 1, seed = 1, optimizer = adamw { lr = 1e-3 } }
LUA
expect 0 "" $tailor where "$dir/parts.lua:3"
grep -q "^parts.c:[0-9]* twice fwd_" "$dir/out" || bad "an expression: $(cat "$dir/out")"
expect 1 "parts.lua:6: no function computes the values of the line: nothing needs" $tailor where "$dir/parts.lua:6"
expect 1 "parts.lua:8: the line makes no value of its own" $tailor where "$dir/parts.lua:8"
expect 0 "" $tailor where "$dir/parts.lua:7"

# lines without a value
c=generated/mlp/mlp.c
expect 1 "^$c:1: the line has no value: it belongs to the opening comment and includes" $tailor where $c:1
expect 1 "it belongs to train_batch" $tailor where $c:"$(line_of $c "static bool train_batch(")"
expect 1 "it belongs to the tables that a trainer reads" $tailor where $c:"$(wc -l <$c)"
expect 1 "it belongs to the functions that programs call" $tailor where $c:"$(line_of $c "void mlp_init(")"
expect 1 "it belongs to the runtime's sources" $tailor where \
    "$dir/formsinglefile/mlp.c":"$(wc -l <"$dir/formsinglefile/mlp.c")"
expect 1 "^$c:9999: there is no such line, against $(wc -l <$c) of the file" $tailor where $c:9999
expect 1 "^graphs/mlp.lua:4: image is an input, which no function computes" $tailor where graphs/mlp.lua:4
expect 1 "^graphs/mlp.lua:3: the line makes no value" $tailor where graphs/mlp.lua:3
expect 1 "^graphs/mlp.lua:99: there is no such line, against 15 of the file" $tailor where graphs/mlp.lua:99
expect 1 "^mlp.lua:3: no value of $c comes from this line" $tailor where $c mlp.lua:3
expect 1 "^other.lua: no value of mlp.c comes from such a file" $tailor where $c other.lua:3
expect 1 "the file is no part of graphs/mlp.lua" $tailor where graphs/mlp.lua graphs/cnn.lua:3
[ ! -s "$dir/out" ] || bad "something on stdout: $(cat "$dir/out")"

# wrong command lines
for words in "" "mlp.c" "mlp.c:" ":3" "mlp.c:0" "mlp.c:-3" "mlp.c:x" "mlp.c:99999999999999999999" "a.lua mlp.c:3" \
    "a b c:3" "mlp.c:3 --set width=3"; do
    expect 2 "" $tailor where $words
done

# C that was changed, and records that are not its
mkdir "$dir/made" && cp generated/mlp/mlp.c generated/mlp/mlp.json "$dir/made/"
made=$dir/made/mlp.c record=$dir/made/mlp.json
expect 0 "" $tailor where "$made:$f"
echo >>"$made"
expect 1 "mlp.c: its sha256 is [0-9a-f]*, against [0-9a-f]* of .*mlp.json: it was changed since" \
    $tailor where "$made:$f"
cp generated/mlp/mlp.c "$made"
cp generated/cnn/cnn.json "$record"
expect 1 "mlp.json: it is of cnn.c, against mlp.c" $tailor where "$made:$f"
rm "$record"
expect 1 "mlp.json: there is no such file; emit writes it beside mlp.c" $tailor where "$made:$f"
expect 1 "none.c: cannot open: No such file" $tailor where "$dir/none.c:3"
refused() { # pattern of the message, then a sed script that damages the record
    sed "$2" generated/mlp/mlp.json >"$record"
    ! cmp -s generated/mlp/mlp.json "$record" || bad "$2 changes nothing"
    expect 1 "mlp.json.*$1" $tailor where "$made:$f"
    [ ! -s "$dir/out" ] || bad "$2: something on stdout"
}
refused '"source" is missing' '/"source"/s/source/sauce/'
refused '"calls" is an object, against an array' '/"calls": \[/,$c "calls": {} }'
refused '"parts" is missing' '/"parts"/s/parts/ports/'
refused "a line is -82, against a whole number from 81" '/"fwd_logits", "lines"/s/ 82,/ -82,/'
refused "a line is 8.2e+20" '/"fwd_logits", "lines"/s/ 82,/ 820000000000000000000,/'
refused "a line is 82.5," '/"fwd_logits", "lines"/s/ 82,/ 82.5,/'
refused "a line is a string, against a number" '/"fwd_logits", "lines"/s/ 82,/ "82",/'
refused "a line is [0-9]*, against a whole number from [0-9]* to 3" '/"lines": [0-9]/s/[0-9][0-9]*/3/'
refused "a line is 70, against a whole number from 82 to" '/"fwd_logits", "lines"/s/, [0-9]*\]/, 70]/'
refused '"lines" has 2 numbers, against 3' '/"fwd_logits", "lines"/s/ 82,//'
refused "\"lines\" is 2000000000," '/^    "lines"/s/[0-9][0-9]*/2000000000/'
refused "the function nothing is not in" '/"kernel": "fwd_h1"/s/"function": "fwd_h1"/"function": "nothing"/'
refused "stands there twice" '/{"function": "fwd_h1"/s/fwd_h1/fwd_logits/'
refused "are not within train_batch" '/"kernel": "fwd_h1"/s/"lines": \[[0-9]*/"lines": [1/'
refused "'mlp.lua', against FILE:LINE" 's/\["h1", "mlp.lua:7"\]/["h1", "mlp.lua"]/'
refused "'mlp.lua:0', against" 's/\["h1", "mlp.lua:7"\]/["h1", "mlp.lua:0"]/'
refused "'mlp.lua:99999999999999999999', against" 's/\["h1", "mlp.lua:7"\]/["h1", "mlp.lua:99999999999999999999"]/'
refused "':7', against" 's/\["h1", "mlp.lua:7"\]/["h1", ":7"]/'
refused "a value has 1 members, against" 's/\["h1", "mlp.lua:7"\]/["h1"]/'
refused "a name is empty" 's/\["h1", "mlp.lua:7"\]/["", "mlp.lua:7"]/'
refused "\"sha256\" is 'x" '/"sha256"/s/: "./: "x/'
refused "JSON, byte" '/^}$/d'
for n in 0 1 100 2000 4000 5000 7000; do
    head -c $n generated/mlp/mlp.json >"$record"
    expect 1 "mlp.json" $tailor where "$made:$f"
done
head -c 100000 /dev/zero | tr '\0' '[' >"$record"
expect 1 "mlp.json" $tailor where "$made:$f"
printf '[]\n' >"$record"
expect 1 "the file is an array, against an object" $tailor where "$made:$f"
# names from a record are shown as names, whatever they hold
sed 's/\["logits", "mlp.lua:8"\]/["\\u001b[2Jx", "mlp.lua:8"]/' generated/mlp/mlp.json >"$record"
expect 0 "" $tailor where "$made:$f"
prints 'mlp.lua:8 \u001b[2Jx fwd_logits' "mlp.lua:8 fc2 fwd_logits"

[ $wrong = 0 ] && echo "$expected commands"
[ $wrong = 0 ]
