#!/bin/sh
# The examples of every --help work as they are printed, one after the other, in one folder that begins with those of
# `tailor init`; and so do the commands that init prints in the end.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
mkdir "$dir/bin" "$dir/here" "$dir/there"
ln -s "$tailor" "$dir/bin/tailor"
printf '#!/bin/sh\nexit 6\n' >"$dir/bin/curl"                # `tailor data mnist`, where there is no network
chmod +x "$dir/bin/curl"
PATH=$dir/bin:$PATH
cd "$dir/here" || exit 1
# two images for `tailor grad`: the length of the header in 8 bytes, header, zeros
header='{"image":{"dtype":"F32","shape":[2,28,28,1],"data_offsets":[0,6272]},
"label":{"dtype":"I32","shape":[2],"data_offsets":[6272,6280]}}'
{
    printf "\\$(printf %o ${#header})\\0\\0\\0\\0\\0\\0\\0"
    printf %s "$header"
    head -c 6280 /dev/zero
} >batch.safetensors

cp "${tailor%/*}/tests/exchange/models/small.legacy.onnx" model.onnx

lines=0
for command in $($tailor --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
    $tailor $command --help | sed -n '/^Examples/,/^$/s/^  //p' >"$dir/examples"
    [ -s "$dir/examples" ] || bad "$command --help has no examples"
    [ "$(wc -l <"$dir/examples")" -le 3 ] || bad "$command --help has more than three examples"
    while read -r line; do
        lines=$((lines + 1))
        case $line in
        *"tailor $command"*) ;;
        *) bad "an example of $command is '$line'" ;;
        esac
        case $line in
        *"man ./"*) command -v man >/dev/null 2>&1 || line=${line%&& man*} ;;
        esac
        case $line in
        "tailor page "*) # where there is no compiler for a page, it says so
            sh -c "$line" >"$dir/out" 2>"$dir/err" || expect 1 'apt-get install clang lld' sh -c "$line" ;;
        "tailor data mnist") expect 1 "mnist could not be fetched" sh -c "$line" ;;
        *) expect 0 "" sh -c "$line" ;;
        esac </dev/null
        # fewer seeds and epochs of the same variants
        [ $command != init ] || sed -i 's/{ 1, 2, 3 }/{ 1, 2 }/; s/epochs  = 2/epochs  = 1/' experiment.lua
    done <"$dir/examples"
done
# each left what it says
for path in digits.lua first/experiment.lua c/digits library/digits.h runs/a/run.json runs/b/run.json \
    gradients.safetensors runs/a/cam/correct.png pictures/correct.png digits.lock digits.tar.gz \
    sweeps/all/record.sqlite ops.md train.1 man1/tailor-train.1 _tailor; do
    [ -s "$path" ] || bad "the examples did not make $path"
done
grep -q '"epochs": *4' runs/a/run.json || bad "the example that goes on did not go on"
[ "$($tailor table sweeps/all)" = "$($tailor table sweeps/experiment)" ] || bad "the merged record is another"

cd "$dir/there" || exit 1
$tailor init "it's new" >"$dir/said"
sed -n '/^Next:/,$s/^  //p' "$dir/said" | sed 's/\(tailor sweep [^ ]*\)/\1 --dry-run/' >"$dir/next"
[ "$(wc -l <"$dir/next")" = 5 ] || bad "init does not say what comes next: $(cat "$dir/said")"
expect 0 "" sh -e "$dir/next"
[ -s "it's new/runs/digits/cam/correct.png" ] || bad "the commands that init prints left no pictures"
[ $wrong = 0 ] && echo "$lines examples, and what init says"
[ $wrong = 0 ]
