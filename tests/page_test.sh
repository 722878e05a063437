#!/bin/sh
# tailor page: what is refused, hostile names, the same bytes twice, one file that asks for nothing.  In a browser,
# where chromium is, and in both modes: the logits of 1,000 test images and the weights behind a training have the bits
# of the native run, and a * b + c of any numbers those of the machine's instruction.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
mkdir "$dir/empty"
turned=$(printf '\342\200\256')
printf '%s\n' "-- net   </script></body><script>alert(1)</script> ${turned}turned" >"$dir/net.lua"
# what a page has to carry out: batch statistics, an average, an objective on maps, turned images, chosen batches
cat >>"$dir/net.lua" <<LUA
option { word = "</script></body><b>&amp;\"'*", width = 4 }
image    = input { 28, 28, 1 }
label    = labels(10)
features = relu(batch_norm(conv2d(image, option.width, { kernel = 5, stride = 4, name = "c" }), { name = "bn" }))
logits   = linear(flatten(features), 10, { name = "fc" })
map      = grad_cam(pick(logits, label), features, { normalize = "l2" })
minimize(cross_entropy(logits, label) + 0.1 * sup_con(flatten(map), label))
metric("accuracy", equal(argmax(logits), label))
train { data = "digits", batch = 100, epochs = 1, seed = 3, optimizer = adamw { lr = 3e-3 }, ema = 0.9, clip = 5,
        sampler = balanced { classes = 10, per_class = 10 }, validation = 0.5,
        augment = { shift = 2, rotate = 10, cutout = 3 }, normalize = { mean = 0.2, sd = 0.3 } }
LUA
folder="$dir/<i>&\"'r"
expect 0 "" $tailor train "$dir/net.lua" --out "$folder"
run_json() { sed -n "s/.*\"$1\": \"\([0-9a-f]*\)\".*/\1/p" "$folder/run.json"; }

# what is refused leaves nothing
refused() { # code, pattern, arguments
    code=$1 pattern=$2
    shift 2
    rm -rf "$dir/none.html"
    expect "$code" "$pattern" $tailor page "$@" -o "$dir/none.html"
    [ ! -e "$dir/none.html" ] || bad "a page of what was refused: $pattern"
}
cp -r "$folder" "$dir/broken"
rm "$dir/broken/weights.safetensors"
refused 1 "weights.safetensors: there is no such file" "$dir/broken"
head -c 500 "$folder/weights.safetensors" >"$dir/broken/weights.safetensors"
refused 1 "weights.safetensors" "$dir/broken"
mv "$dir/broken/run.json" "$dir/record"
refused 1 "a run that has not ended" "$dir/broken"
head -c 400 "$dir/record" >"$dir/broken/run.json"
refused 1 "run.json" "$dir/broken"
refused 1 "" "$dir/nowhere"
refused 2 "" "$folder" "$folder"
mkdir "$dir/folder"
expect 1 "is a folder, against a file" $tailor page "$folder" -o "$dir/folder"
cp -r "$folder" "$dir/kept"
expect 1 "is there, and is no page of HTML" $tailor page "$dir/kept" -o "$dir/kept/run.json"
expect 1 "there is no clang and no wasm-ld: .*apt-get install clang lld" \
    env PATH="$dir/empty" $tailor page "$folder" -o "$dir/none.html"
[ ! -e "$dir/none.html" ] || bad "a page without a compiler"
[ $wrong = 0 ] || exit 1
$tailor page "$folder" -o "$dir/page.html" >"$dir/out" 2>"$dir/err" || {
    grep 'apt-get install clang lld' "$dir/err" && exit 77
    cat "$dir/err"
    exit 1
}

# one file
expect 0 "" $tailor page "$folder" -o "$dir/again.html"
cmp -s "$dir/page.html" "$dir/again.html" || bad "two pages of one run differ"
[ "$(wc -c <"$dir/page.html")" -lt 1000000 ] || bad "$(wc -c <"$dir/page.html") bytes"
[ "$(grep -o '</body>' "$dir/page.html" | wc -l)" = 1 ] || bad "not one </body>"
policy="default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; img-src data:"
grep -qF "<meta http-equiv=\"Content-Security-Policy\" content=\"$policy\">" "$dir/page.html" || bad "no policy"
! grep -q 'alert(1)\|<b>' "$dir/page.html" || bad "a text of the graph file is code"
! grep -q '@[a-z]*@' "$dir/page.html" || bad "a part of the page is missing"
grep -o '\(src\|href\|action\|url\)[=(]["'"'"']\?[^#"'"'"' >)]*' "$dir/page.html" |
    grep -v '=.data:\|^href="$' >"$dir/asked"
[ ! -s "$dir/asked" ] || bad "the page asks for $(head -n 2 "$dir/asked")"

command -v chromium >/dev/null || {
    [ $wrong = 0 ] && echo "skipped: a browser, for chromium is not there; $expected commands"
    exit $wrong
}

# what the native library says of 1,000 test images, and the native run
expect 0 "" $tailor emit "$dir/net.lua" --library --inference -o "$dir/lib"
cat >"$dir/said.c" <<'C'
#include "net.h"
#include "rt_digits.h"
#include <stdio.h>
static Net run;
static NetWork work;
static float image[NET_BATCH][28][28][1];
static NetPredictResult said;
int main(int argc, char **argv)
{
    static char bytes[1 << 20];
    FILE *file = fopen(argv[argc - 1], "rb");
    if (!file || net_load(&run, bytes, fread(bytes, 1, sizeof bytes, file)) != NET_OK) return 1;
    for (int first = 0; first < 1000; first += NET_BATCH) {
        const NetBatch batch = {.n = NET_BATCH, .image = image};
        for (int i = 0; i < NET_BATCH; i++) {
            uint8_t digit[RT_DIGIT_PIXELS];
            rt_draw_digit((first + i) % 10, 1000000 + first + i, digit);
            for (int k = 0; k < RT_DIGIT_PIXELS; k++)
                image[i][k / 28][k % 28][0] = ((float)digit[k] / 255.0f - 0.2f) / 0.3f;
        }
        if (net_predict(&run, &work, 1, &batch, &said) != NET_OK) return 1;
        for (int i = 0; i < NET_BATCH * 10; i++) printf("%08x", rt_bits(said.logits[i / 10][i % 10]));
    }
    return 0;
}
C
cc -O1 -Iruntime -I"$dir/lib" "$dir/said.c" "$dir/lib/net.c" -o "$dir/said" -lm || exit 1
"$dir/said" "$folder/weights.safetensors" >"$dir/logits"
[ "$(wc -c <"$dir/logits")" = 80000 ] || bad "the native library says $(wc -c <"$dir/logits") characters"

# its script stands where others would put one; 50 steps are the run's
cat >"$dir/script" <<'JS'
<script>(async () => {
    const put = (id, text) => {
        document.body.append(Object.assign(document.createElement("pre"), {id, textContent: text}));
    };
    const hex = numbers => Array.from(new Uint32Array(numbers.buffer), v => v.toString(16).padStart(8, "0")).join("");
    addEventListener("securitypolicyviolation", event => put("violation", event.violatedDirective));
    try {
        await tailor.ready;
        const images = Array.from({length: 1000}, (_, i) => tailor.digit(i).image);
        let said = "";
        for (const image of images) said += hex(await tailor.logits(image));
        put("mode", tailor.mode), put("logits", said);
        let x = 1;
        const any = () => { x ^= x << 13, x ^= x >>> 17, x ^= x << 5; return x; };
        const numbers = spread => {
            const bits = () => any() & 0x807fffff | 127 - spread + (any() >>> 9) % (2 * spread) << 23;
            return new Float32Array(new Uint32Array(1 << 16).map(bits).buffer);
        };
        const sums = [127, 64, 12, 2].flatMap(k => [...tailor.fma(numbers(k), numbers(k), numbers(k))]);
        const digest = await crypto.subtle.digest("SHA-256", new Float32Array(sums.map(v => v === v ? v : 0)));
        put("sums", hex(new Uint8Array(digest)));
        put("refused", await tailor.logits(new Float32Array(3)).catch(error => error.message));
        const begun = await tailor.train(3);
        put("begun", begun.sha256 + " " + begun.loss);
        if (tailor.mode === "relaxed") put("trained", (await tailor.train(50)).sha256);
        said = "";
        for (const image of images.slice(0, 9)) said += hex(await tailor.logits(image));
        put("after", said);
    } catch (error) {
        put("failed", error.stack);
    }
})()</script></body>
JS
awk 'NR == FNR { script = script $0 "\n"; next } $0 == "</body>" { printf "%s", script; next } { print }' \
    "$dir/script" "$dir/page.html" >"$dir/asked.html"
modes=
for mode in relaxed exact; do
    chromium --headless --no-sandbox --disable-gpu --enable-logging=stderr --virtual-time-budget=900000 --dump-dom \
        "file://$dir/asked.html#$mode" >"$dir/dom.$mode" 2>"$dir/console"
    ! grep -q 'CONSOLE' "$dir/console" || bad "$mode: console: $(grep CONSOLE "$dir/console" | head -n 2)"
    put() { sed -n "s/.*<pre id=\"$1\">\([^<]*\)<\/pre>.*/\1/p" "$dir/dom.$mode"; }
    ! grep -q '<pre id="\(failed\|violation\)"' "$dir/dom.$mode" || bad "$mode: $(put failed) $(put violation)"
    modes="$modes $(put mode)"
    [ "$(put logits)" = "$(cat "$dir/logits")" ] || bad "$mode: other logits than the native library's"
    [ "$(put after)" = "$(head -c 720 "$dir/logits")" ] || bad "$mode: a training changed the logits"
    [ "$(put refused)" = "3 numbers, against 784 of an image" ] || bad "$mode: 3 numbers: $(put refused)"
    [ "$(put mode)" != relaxed ] || [ "$(put trained)" = "$(run_json weights_sha256)" ] ||
        bad "$mode: weights $(put trained), against $(run_json weights_sha256) of the run"
    put sums >"$dir/sums.$mode"
    put begun >"$dir/begun.$mode"
    [ -s "$dir/sums.$mode" ] && [ -s "$dir/begun.$mode" ] || bad "$mode: nothing came of it"
done
for of in sums begun; do
    cmp -s "$dir/$of.relaxed" "$dir/$of.exact" || bad "$of differ by mode: $(cat "$dir/$of.relaxed" "$dir/$of.exact")"
done
case $modes in
" relaxed exact") ;;
" exact exact") modes=" exact alone: this machine does not round once" ;;
*) bad "modes$modes" ;;
esac
[ $wrong = 0 ] && echo "$expected commands; the same bits in a browser,$modes"
exit $wrong
