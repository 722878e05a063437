#!/bin/sh
# tailor report: of a run, of two, of a sweep.  Anchors, numbers that are those of the run, hostile names, the same
# bytes twice, what is missing; contrast and XML where python3 is there, a browser's console where chromium is.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
net() { # file, channels
    turned=$(printf '\342\200\256')
    printf '%s\n' "-- net   </pre><script>alert(1)</script> \"quotes\" 'and' *//* & ${turned}turned" >"$1"
    cat >>"$1" <<LUA
option { word = "</script><b>&amp;\"'*/", width = $2, hex = "0x10", share = 0.1 }
image    = input { 28, 28, 1 }
label    = labels(10)
features = relu(conv2d(image, option.width, { kernel = 5, stride = 4, name = "$long" }))
logits   = linear(flatten(features), 10, { name = "fc" })
minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))
train { data = "digits", batch = 128, epochs = 2, seed = 1, optimizer = adamw { lr = 3e-3 } }
LUA
}
long=$(head -c 60 /dev/zero | tr '\0' 'n')
net "$dir/net.lua" 4
folder="$dir/<i>&\"'r"
expect 0 "" $tailor train "$dir/net.lua" --out "$folder"
expect 0 "" $tailor report "$folder" -o "$dir/run.html"
expect 0 "" $tailor report "$folder" -o "$dir/again.html"
cmp -s "$dir/run.html" "$dir/again.html" || bad "two reports of one run differ"

check_page() { # file: what holds for every page
    grep -o 'id="[^"]*"' "$1" | sort >"$dir/ids"
    [ -z "$(uniq -d "$dir/ids")" ] || bad "$1: ids that are there twice: $(uniq -d "$dir/ids" | head -n 3)"
    grep -o 'href="#[^"]*"' "$1" | sed 's/href="#/id="/' | sort -u >"$dir/targets"
    sort -u "$dir/ids" | comm -13 - "$dir/targets" >"$dir/lost"
    [ ! -s "$dir/lost" ] || bad "$1: links to nothing: $(head -n 3 "$dir/lost")"
    [ -s "$dir/targets" ] || bad "$1: no links at all"
    policy="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    grep -q "Content-Security-Policy\" content=\"$policy\"" "$1" ||
        bad "$1: no policy"
    grep -o '\(src\|href\|action\|url\)[=(]["'"'"']\?[^#"'"'"' >)]*' "$1" |
        grep -v '=.data:\|="$\|^href="$\|^href=$' >"$dir/asked"
    [ ! -s "$dir/asked" ] || bad "$1 asks for $(head -n 2 "$dir/asked")"
    ! grep -q '<script\|<b>\|<i>\|javascript:' "$1" || bad "$1: markup of a name is markup"
    ! grep -q "$(printf '\342\200\256')" "$1" || bad "$1: a character that turns the direction of writing"
    ! grep -q "$dir" "$1" || bad "$1 has the path of a folder of this machine"
    [ "$(wc -c <"$1")" -lt 2000000 ] || bad "$1: $(wc -c <"$1") bytes"
}
check_page "$dir/run.html"

# numbers: those of the run
accuracy=$(sed -n 's/.*"test_accuracy": \([0-9.]*\).*/\1/p' "$folder/run.json")
percent=$(awk -v a="$accuracy" 'BEGIN { printf "%.2f", 100 * a }')
grep -q "<p class=\"verdict\">test accuracy $percent % \[" "$dir/run.html" || bad "the verdict is not $percent %"
ends=$(awk -v p="$accuracy" 'BEGIN { n = 2000; z = 1.959963984540054; m = (p + z*z/(2*n)) / (1 + z*z/n)
    h = z / (1 + z*z/n) * sqrt(p*(1-p)/n + z*z/(4*n*n)); printf "[%.2f, %.2f]", 100*(m-h), 100*(m+h) }')
grep -qF "$ends of 2000 images" "$dir/run.html" || bad "Wilson's interval is not $ends"
sed -n '/<h2 id="confusion">/,/<\/table>/p' "$dir/run.html" | grep '<th scope="row">' >"$dir/confusion"
awk 'BEGIN { FS = "<td" } { for (i = 2; i < NF; i++) { n = $i; sub(/^[^>]*>/, "", n); sub(/<.*/, "", n); s += n
     if (i == NR + 1) d += n } } END { printf "%d %d\n", s, d }' "$dir/confusion" >"$dir/sums"
right=$(awk -v a="$accuracy" 'BEGIN { printf "%.0f", 2000 * a }')
[ "$(cat "$dir/sums")" = "2000 $right" ] || bad "confusion: $(cat "$dir/sums"), against 2000 and $right right ones"
[ "$(grep -c '<figure>' "$dir/run.html")" = 20 ] || bad "not twenty worst images"
[ "$(grep -o 'data:image/png' "$dir/run.html" | wc -l)" -ge 40 ] || bad "images without maps"
weights=$(sed -n 's/.*"weights_sha256": "\(.*\)".*/\1/p' "$folder/run.json")
grep -q "$weights" "$dir/run.html" || bad "no hash of weights"
[ "$(grep -c 'class="buffer"' "$dir/run.html")" = $(($(wc -l <"$folder/c/net.plan.csv") - 1)) ] || bad "other buffers"

# the command that it prints makes the run again
for option in hex=0x10 share=0.1 width=4; do
    grep -q "set $option " "$dir/run.html" || bad "$option is not in the command"
done
command=$(sed -n 's/^<pre class="wrap">tailor \(train .*\)<\/pre>$/\1/p' "$dir/run.html" |
    sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&#39;/'"'"'/g; s/&amp;/\&/g')
here=$PWD
(cd "$dir" && eval "$here/tailor $command --out again" >/dev/null 2>"$dir/err") ||
    bad "the command does not run: $command: $(head -n 2 "$dir/err")"
grep -q "$weights" "$dir/again/run.json" ||
    bad "the command that the page prints gives another run"

# each line of the graph file that makes values is linked to functions of the C, and back
for line in 5 6 7; do
    sed -n "/^<span id=\"g0-$line\">/p" "$dir/run.html" | grep -o 'href="#c-[0-9]*"[^>]*>[a-z0-9_]*<' >"$dir/links"
    grep -q '>fwd_' "$dir/links" && grep -q '>bwd_' "$dir/links" || bad "line $line: no function forward and backward"
    grep -q "<a id=\"c-[0-9]*\" href=\"#g0-$line\"" "$dir/run.html" || bad "no line of C is linked to line $line"
    # a link to a function of kernels leads to the line with its name; to another function, to a statement in it
    sed -n 's/href="#c-\([0-9]*\)".*>\(\(fwd\|bwd\|pack\)_.*\)</\1 \2/p' "$dir/links" |
        while read -r number function; do
        sed -n "${number}p" "$folder/c/net.c" | grep -q "\b$function\b" ||
            echo "line $line is linked to line $number of the C, which does not have $function"
    done >"$dir/astray"
    [ ! -s "$dir/astray" ] || bad "$(head -n 3 "$dir/astray")"
done
[ "$(grep -c '<\(a\|span\) id="c-' "$dir/run.html")" = "$(wc -l <"$folder/c/net.c")" ] || bad "not all of the C"

# two runs; a network without a feature map
net "$dir/wide.lua" 6
sed -i 's/"fc"/"head"/' "$dir/wide.lua"
expect 0 "" $tailor train "$dir/wide.lua" --epochs 1 --watch features --out "$dir/wide"
expect 0 "" $tailor report "$folder" --against "$dir/wide" -o "$dir/two.html"
check_page "$dir/two.html"
grep -q '<td>width</td><td>4</td><td>6</td>' "$dir/two.html" || bad "the width is not in the table of differences"
[ "$(grep -c 'class="interval line3"' "$dir/two.html")" -ge 4 ] || bad "blocks that differ are not marked"
expect 0 "" $tailor train graphs/mlp.lua --data digits --epochs 1 --out "$dir/mlp"
expect 0 "" $tailor report "$dir/mlp" -o "$dir/mlp.html"
check_page "$dir/mlp.html"
grep -q 'grad_cam at image' "$dir/mlp.html" || bad "no maps at the image"

expect 0 "" $tailor report "$dir/wide" -o "$dir/wide.html"
check_page "$dir/wide.html"
sed -n '/<h2 id="watched">/,/<h2 id="confusion">/p' "$dir/wide.html" >"$dir/watched"
sum=$(sed -n 's/.*<title>\([0-9]*\) elements<\/title>.*/\1/p' "$dir/watched" | awk '{ s += $1 } END { print s }')
elements=$(awk -F, 'NR > 1 { for (i = 9; i <= NF; i++) s += $i } END { print s }' "$dir/wide/watch.csv")
[ "$sum" = "$elements" ] && [ "$sum" -gt 0 ] || bad "histograms of $sum elements, against $elements of watch.csv"
! grep -q 'id="watched"' "$dir/run.html" || bad "values watched in a run that watched none"

# a run that stopped at a loss that is not finite
cat >"$dir/bad.lua" <<'LUA'
option { word = "", batch = 128, rate = 30 }
image    = input { 28, 28, 1 }
label    = labels(10)
features = relu(conv2d(image, 4, { kernel = 5, stride = 4, name = "conv" }))
scaled   = exp(3 * features)
logits   = linear(flatten(scaled), 10, { name = "fc" })
minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))
train { data = "digits", batch = option.batch, epochs = 3, optimizer = adamw { lr = option.rate } }
LUA
expect 1 "step 1: the loss is nan" $tailor train "$dir/bad.lua" --seed 7 --set "word=<b>'&" --out "$dir/bad"
first=$(sed -n "s|^$dir/\(bad.lua:5: the first value .*\)|\1|p" "$dir/err")
expect 0 "" $tailor report "$dir/bad" -o "$dir/bad.html"
check_page "$dir/bad.html"
grep -q "<p class=\"verdict\">Stopped at step 1, in epoch 1 of 3: the loss is nan, against a finite number; $(
    printf '%s' "$first" | sed 's/[][]/\\&/g'). bad on digits, seed 7<" "$dir/bad.html" && [ -n "$first" ] ||
    bad "where it stopped: $(grep '"verdict"' "$dir/bad.html"), against $first"
grep -q '<a href="#g0-5">bad.lua:5</a>: the first value' "$dir/bad.html" || bad "no link to its line"
! grep -q 'id="results"\|id="confusion"\|id="rebuild"\|class="verdict">test' "$dir/bad.html" || bad "results of none"
# each image of the batch with its number and its label, which are those in the file
header() { # array: where its bytes begin in failed_batch.safetensors
    n=$(od -An -t u8 -N8 "$dir/bad/failed_batch.safetensors" | tr -d ' ')
    tail -c +9 "$dir/bad/failed_batch.safetensors" | head -c "$n" | tr '}' '\n' |
        sed -n "s/.*\"$1\":.*\"data_offsets\": *\[\([0-9]*\).*/\1/p" | awk -v n="$n" '{ print 8 + n + $1 }'
}
od -An -v -w8 -t d8 -j "$(header sample)" -N 1024 "$dir/bad/failed_batch.safetensors" | tr -d ' ' >"$dir/numbers"
od -An -v -w4 -t d4 -j "$(header label)" -N 512 "$dir/bad/failed_batch.safetensors" | tr -d ' ' >"$dir/labels"
awk 'NR == FNR { label[NR] = $1; next } { print $1, label[FNR] }' "$dir/labels" "$dir/numbers" | sort >"$dir/want"
sed -n 's/.*<figcaption>image \([0-9]*\): \([0-9]*\)[,<].*/\1 \2/p' "$dir/bad.html" | sort >"$dir/shown"
[ "$(wc -l <"$dir/want")" = 128 ] && cmp -s "$dir/want" "$dir/shown" ||
    bad "images of the failed batch and their labels"
# the sample of the first value comes first: its element, of [batch, 7, 7, 4]
element=$(printf '%s' "$first" | sed 's/.*element //')
grep -m1 -o '<figcaption>.*of the first value' "$dir/bad.html" |
    grep -q "image $(sed -n "$((element / 196 + 1))p" "$dir/numbers"): " || bad "not the sample of element $element"
# the commands that the page prints stop there again, and give the values of the batch
command_of() { # word: the command of the page that begins so
    sed -n "s/^<pre class=\"wrap\">tailor \($1 .*\)<\/pre>$/\1/p" "$dir/bad.html" | head -n 1 |
        sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&#39;/'"'"'/g; s/&amp;/\&/g'
}
(cd "$dir/bad" && eval "$here/tailor $(command_of grad)") >/dev/null 2>"$dir/err" || bad "grad: $(cat "$dir/err")"
[ -s "$dir/bad/values.safetensors" ] || bad "no values of the failed batch"
options="--set batch=128 --set rate=30 --set 'word=<b>'\\''&'"
[ "$(command_of train)" = "train bad.lua $options --data digits --epochs 3 --seed 7" ] ||
    bad "the command: $(command_of train)"
# beside another run, either way
expect 0 "" $tailor report "$dir/bad" --against "$dir/wide" -o "$dir/bad2.html"
check_page "$dir/bad2.html"
expect 0 "" $tailor report "$dir/wide" --against "$dir/bad" -o "$dir/bad3.html"
check_page "$dir/bad3.html"
grep -q '<p>bad: Stopped at step 1, in epoch 1 of 3: the loss is nan.*bad.lua:5' "$dir/bad3.html" &&
    grep -q '<td>came to its end</td><td>yes</td><td>no</td>' "$dir/bad3.html" || bad "beside one that stopped"
# such a run goes on when it leaves steps out: it has not ended
cp -r "$dir/bad" "$dir/skips"
sed -i 's/epochs = 3/epochs = 3, not_finite = "skip"/' "$dir/skips/bad.lua"
expect 1 "a run that has not ended" $tailor report "$dir/skips" -o "$dir/none.html"

# a sweep, with a cell that failed
expect 0 "" $tailor merge "$dir/sweep" docs/results/skip.jsonl
expect 0 "" $tailor report "$dir/sweep" -o "$dir/sweep.html"
check_page "$dir/sweep.html"
grep -q '<p class="verdict">12 of 12 cells done' "$dir/sweep.html" || bad "not 12 cells"
grep -q 'All cells are done' "$dir/sweep.html" || bad "cells are missing"
[ "$(grep -c '^<svg' "$dir/sweep.html")" -ge 7 ] || bad "figures are missing"
sed '1s|"state": "done", "reason": ""|"state": "failed", "reason": "/home/x/net.lua:3: <b>no\&"|' \
    docs/results/skip.jsonl |
    awk 'NR == 1 { match($0, /"key": "[0-9a-f]*"/); key = substr($0, RSTART + 8, 64) }
         NR == 1 || !($0 ~ /"table": "(metric|epoch|correct)"/ && index($0, key))' >"$dir/failed.jsonl"
expect 0 "" $tailor merge "$dir/failed" "$dir/failed.jsonl"
expect 0 "" $tailor report "$dir/failed" -o "$dir/failed.html"
check_page "$dir/failed.html"
grep -q '<td>failed</td><td>net.lua:3: &lt;b&gt;no&amp;</td>' "$dir/failed.html" || bad "the failed cell is not named"
[ "$(grep -c 'net.lua:3: ' "$dir/failed.html")" -ge 2 ] && ! grep -q '/home/x' "$dir/failed.html" ||
    bad "a folder of another machine is named"
grep -q '<p class="verdict">11 of 12 cells done' "$dir/failed.html" || bad "not 11 cells"

# bad input: its message, and nothing written
refused() { # pattern, arguments
    pattern=$1
    shift
    rm -rf "$dir/none.html"
    expect 1 "$pattern" $tailor report "$@" -o "$dir/none.html"
    [ ! -e "$dir/none.html" ] || bad "a page of what was refused: $pattern"
}
cp -r "$folder" "$dir/broken"
rm "$dir/broken/weights.safetensors"
refused "weights.safetensors: there is no such file" "$dir/broken"
cp "$folder/weights.safetensors" "$dir/broken"
mv "$dir/broken/run.json" "$dir/record"
refused "a run that has not ended" "$dir/broken"
: >"$dir/broken/failed_batch.safetensors"
refused "stopped at a number that is not finite" "$dir/broken"
rm "$dir/broken/failed_batch.safetensors"
head -c 400 "$dir/record" >"$dir/broken/run.json"
refused "run.json" "$dir/broken"
sed 's/"tailor_version": "[^"]*"/"tailor_version": "0.1.<b>"/; s/"numerics": [0-9]*/"numerics": 77/' "$dir/record" \
    >"$dir/broken/run.json"
expect 0 "" $tailor report "$dir/broken" -o "$dir/old.html"
grep -q 'The run is of tailor 0.1.&lt;b&gt; with numerics 77' "$dir/old.html" || bad "an older version is not said"
rm -rf "$dir/broken/net.lua" "$dir/broken/graphs" "$dir/broken/graph.txt"
refused "does not hold its graph" "$dir/broken"
refused "" "$dir/nowhere"
# what keeps images from being looked at costs one section alone
cp -r "$dir/mlp" "$dir/odd"
sed -i 's/"t10k-images-idx3-ubyte": "[0-9a-f]/"t10k-images-idx3-ubyte": "x/' "$dir/odd/run.json"
expect 0 "" $tailor report "$dir/odd/" -o "$dir/odd.html"
check_page "$dir/odd.html"
grep -q 'The images were not looked at: ' "$dir/odd.html" && grep -q '<h2 id="care">' "$dir/odd.html" ||
    bad "a test set of another content: $(grep -c '<h2' "$dir/odd.html") sections"
sed '/"epochs"/d; /"seconds"/d; s/"compiler": /"lineage": [1], "openblas": "x", "compiler": /' "$dir/mlp/run.json" \
    >"$dir/odd/run.json"
expect 0 "" $tailor report "$dir/odd" -o "$dir/odd.html"
! grep -q 'nan' "$dir/odd.html" || bad "nan: $(grep -o '.*nan.*' "$dir/odd.html" | head -n 1)"
grep -q 'taken further than it began' "$dir/odd.html" && grep -q 'the bits depend on those choices' "$dir/odd.html" ||
    bad "neither lineage nor OpenBLAS is said"
mkdir "$dir/page.html"
expect 1 "is a folder, against a file" $tailor report "$folder" -o "$dir/page.html"
cp -r "$dir/mlp" "$dir/kept"
expect 1 "is there, and is no page of HTML" $tailor report "$dir/kept" -o "$dir/kept/run.json"
cmp -s "$dir/mlp/run.json" "$dir/kept/run.json" || bad "a file of the run was replaced"
expect 2 "against is of runs" $tailor report "$dir/sweep" --against "$folder" -o "$dir/none.html"

if command -v python3 >/dev/null; then
    python3 - "$dir/run.html" <<'PY' || bad "contrast below 4.5"
import re, sys
text = open(sys.argv[1]).read()
css = text[text.index("<style>"):text.index("</style>")]
def lum(c):
    c = [int(c[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    c = [v / 12.92 if v <= .03928 else ((v + .055) / 1.055) ** 2.4 for v in c]
    return .2126 * c[0] + .7152 * c[1] + .0722 * c[2]
def full(c): return c if len(c) == 7 else "#" + "".join(2 * x for x in c[1:])
def ratio(a, b):
    a, b = sorted((lum(full(a)), lum(full(b))))
    return (b + .05) / (a + .05)
def over(rgb, paper, share):
    p = [int(full(paper)[i:i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join("%02x" % round(share * x + (1 - share) * y) for x, y in zip(rgb, p))
themes = re.findall(r"--paper:(#\w+);--ink:(#\w+);--quiet:(#\w+);--rule:#\w+;--shade:(#\w+);--link:(#\w+);"
                    r"--heat:([\d,]+);--mark:(#\w+)", css)
assert len(themes) == 2, "two themes"
for paper, ink, quiet, shade, link, heat, mark in themes:
    rgb = [int(x) for x in heat.split(",")]
    pairs = [(t, b) for t in (ink, quiet, link) for b in (paper, shade)] + [(ink, mark), (link, mark)]
    pairs += [(ink, over(rgb, paper, s / 20)) for s in range(11)]
    for t, b in pairs:
        assert ratio(t, b) >= 4.5, (t, b, ratio(t, b))
# text of pictures: ink and quiet on paper and on the tints of buffers and blocks
for paper, ink, quiet in re.findall(r"\.paper\{fill:(#\w+)\} text\{fill:(#\w+)\} \.quiet\{fill:(#\w+)\}", css):
    assert ratio(ink, paper) >= 4.5 and ratio(quiet, paper) >= 4.5
PY
else echo "skipped: contrast, for python3 is not there"
fi
if command -v chromium >/dev/null; then
    for page in run two mlp sweep bad; do
        chromium --headless --no-sandbox --disable-gpu --enable-logging=stderr --virtual-time-budget=2000 --dump-dom \
            "file://$dir/$page.html" >"$dir/dom" 2>"$dir/console"
        ! grep -q 'CONSOLE' "$dir/console" || bad "$page: console: $(grep CONSOLE "$dir/console" | head -n 2)"
        grep -q '</html>' "$dir/dom" || bad "$page is not shown"
    done
else echo "skipped: a browser's console, for chromium is not there"
fi
echo "$expected commands"
[ $wrong = 0 ]
