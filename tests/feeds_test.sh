#!/bin/sh
# What `tailor grad` says of feeds that are not what the graph wants, and of safetensors files that lie: exit 1, a
# message that names the file, no output.
set -u
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
wrong=0 n=0
cat >"$dir/net.lua" <<'LUA'
x = input { 3 }
label = labels(4)
logits = batch_norm(linear(x, 4, { name = "head" }), { name = "bn" })
minimize(cross_entropy(logits, label))
LUA
octets() { # 8 bytes, little-endian, of a number below 65536
    printf "\\$(printf %o $(($1 % 256)))\\$(printf %o $(($1 / 256)))\\0\\0\\0\\0\\0\\0"
}
write() { # header, bytes of data, all of them the byte $3 (default 0)
    { octets ${#1}; printf %s "$1"; head -c "$2" /dev/zero | tr '\0' "\\${3:-0}"; } >"$dir/feed.safetensors"
}
expect() { # exit code, pattern in stderr
    n=$((n + 1))
    rm -f "$dir/out.safetensors"
    timeout 20 ./tailor grad "$dir/net.lua" --feed "$dir/feed.safetensors" -o "$dir/out.safetensors" \
        --interpret >/dev/null 2>"$dir/err"
    got=$?
    [ $got = "$1" ] || { wrong=1; echo "exit $got instead of $1, for '$2': $(head -c 300 "$dir/err")"; }
    [ -z "$2" ] || grep -q -- "$2" "$dir/err" || { wrong=1; echo "no '$2' in: $(head -c 300 "$dir/err")"; }
    [ "$1" = 0 ] || grep -q "feed.safetensors: " "$dir/err" || {
        wrong=1
        echo "no file in: $(head -c 300 "$dir/err")"
    }
    [ "$1" = 0 ] || [ ! -e "$dir/out.safetensors" ] || { wrong=1; echo "an output in spite of '$2'"; }
}
one() { echo "\"$1\":{\"dtype\":\"$2\",\"shape\":[$3],\"data_offsets\":[$4,$5]}"; } # name, type, shape, begin, end
x=$(one x F32 2,3 0 24) label=$(one label I32 2 24 32)

# what the graph wants
write "{$x,$label}" 32 && expect 0 ""
write "{$x,$label,$(one head.weight F32 4,3 32 80),$(one bn.running_var F32 4 80 96),$(one sample I64 2 96 112)}" 112 &&
    expect 0 ""
# names
write "{$x}" 24 && expect 1 "the input label I32 \[batch\] is missing"
write "{}" 0 && expect 1 "the input x F32 \[batch, 3\] is missing"
write "{$x,$label,$(one lable I32 2 32 40)}" 40 && expect 1 "lable is no input.*did you mean label"
write "{$x,$label,$(one head.wieght F32 4,3 32 80)}" 80 && expect 1 "head.wieght is no input.*did you mean head.weight"
write "{$x,$label,$(one logits F32 2,4 32 64)}" 64 && expect 1 "logits is no input"
# shapes and types, of inputs, parameters and state
write "{$(one x F32 2,4 0 32),$(one label I32 2 32 40)}" 40 &&
    expect 1 "x is F32 \[2, 4\], .*net.lua:1 wants F32 \[batch, 3\]"
write "{$(one x F32 6 0 24),$label}" 32 && expect 1 "x is F32 \[6\]"
write "{$(one x I32 2,3 0 24),$label}" 32 &&
    expect 1 "x is I32 \[2, 3\], .*net.lua:1 wants F32 \[batch, 3\], or F64, F16, BF16, BOOL"
write "{$x,$(one label F32 2 24 32)}" 32 &&
    expect 1 "label is F32 \[2\], .*net.lua:2 wants I32 \[batch\], or other whole numbers"
write "{$x,$(one label I32 2,1 24 32)}" 32 && expect 1 "label is I32 \[2, 1\]"
write "{$x,$(one label I32 3 24 36)}" 36 && expect 1 "label has 3 samples, x has 2"
write "{$(one x F32 0,3 0 0),$(one label I32 0 0 0)}" 0 && expect 1 "x is F32 \[0, 3\]"
write "{$x,$label}" 32 377 && expect 1 "label\[0\] is -1, against labels from 0 to 3"
write "{$x,$label,$(one head.weight F32 3,4 32 80)}" 80 && expect 1 "head.weight"
write "{$x,$label,$(one head.weight I64 4,3 32 128)}" 128 &&
    expect 1 "head.weight is I64 \[4, 3\], against F32 \[4, 3\] of the model (or F64, F16, BF16)"
write "{$x,$label,$(one bn.running_var F32 5 32 52)}" 52 && expect 1 "bn.running_var"
write "{$x,$label,$(one sample F32 2 32 40)}" 40 && expect 1 "sample is F32 \[2\], not I64 \[2\]"
write "{$x,$label,$(one sample I64 3 32 56)}" 56 && expect 1 "sample is I64 \[3\], not I64 \[2\]"
# any whole numbers are labels, floats of any size are inputs and parameters
for type in I8:1 U8:1 I16:2 U16:2 I32:4 U32:4 I64:8 U64:8; do
    bytes=${type#*:} type=${type%:*}
    write "{$x,$(one label $type 2 24 $((24 + 2 * bytes)))}" $((24 + 2 * bytes)) && expect 0 ""
    write "{$x,$(one label $type 2 24 $((24 + 2 * bytes)))}" $((24 + 2 * bytes)) 377
    case $type in
    I*) expect 1 "label\[0\] is -1, against labels from 0 to 3" ;;
    U8) expect 1 "label\[0\] is 255, against labels from 0 to 3" ;;
    U64) expect 1 "label\[0\] is 18446744073709551615, against labels from 0 to 3" ;;
    *) expect 1 "label\[0\] is [0-9]*, against labels from 0 to 3" ;;
    esac
    write "{$x,$label,$(one sample $type 2 32 $((32 + 2 * bytes)))}" $((32 + 2 * bytes)) && expect 0 ""
done
label8=$(one label U8 2 40 42) && write "{$x,$label8,$(one sample U64 2 24 40)}" 42 && expect 0 ""
header="{$x,$label8,$(one sample U64 2 24 40)}"
{
    octets ${#header}; printf %s "$header"
    head -c 24 /dev/zero; head -c 16 /dev/zero | tr '\0' '\377'; printf '\0\0'
} >"$dir/feed.safetensors"
expect 1 "sample\[0\] is 18446744073709551615, against at most 9223372036854775807"
# header of x, its numbers; header of head.bias, its numbers; both as printf has them: what comes out is what the first
# such feed gave
same() {
    for how in "" --interpret; do
        header="\"label\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[$2,$(($2 + 4))]}"
        header="{\"x\":$1,$header,\"head.bias\":$4}"
        { octets ${#header}; printf %s "$header"; printf "$3\\2\\0\\0\\0$5"; } >"$dir/feed.safetensors"
        n=$((n + 1))
        ./tailor grad "$dir/net.lua" --feed "$dir/feed.safetensors" -o "$dir/out.safetensors" $how 2>"$dir/err" || {
            wrong=1
            echo "$1: $(head -c 300 "$dir/err")"
        }
        [ -e "$dir/first$how" ] || cp "$dir/out.safetensors" "$dir/first$how"
        cmp "$dir/first$how" "$dir/out.safetensors" || { wrong=1; echo "$1 $how: another result than of F32"; }
    done
}
shape() { echo "{\"dtype\":\"$1\",\"shape\":[$2],\"data_offsets\":[$3,$4]}"; }
# 1 and -3
one32='\0\0\200\77' three32='\0\0\100\300' one16='\0\74' three16='\0\302' oneb='\200\77' threeb='\100\300' \
    one64='\0\0\0\0\0\0\360\77' three64='\0\0\0\0\0\0\10\300'
same "$(shape F32 1,3 0 12)" 12 "$one32$three32$one32" "$(shape F32 4 16 32)" "$one32$one32$three32$three32"
same "$(shape F16 1,3 0 6)" 6 "$one16$three16$one16" "$(shape BF16 4 10 18)" "$oneb$oneb$threeb$threeb"
same "$(shape BF16 1,3 0 6)" 6 "$oneb$threeb$oneb" "$(shape F64 4 10 42)" "$one64$one64$three64$three64"
same "$(shape F64 1,3 0 24)" 24 "$one64$three64$one64" "$(shape F16 4 28 36)" "$one16$one16$three16$three16"
# doubles as they are with --interpret, else the nearest float, and an error where there is none
rm "$dir/first" "$dir/first--interpret"
tenth32='\315\314\314\75' tenth64='\232\231\231\231\231\231\271\77' huge64='\234\165\0\210\74\344\67\176'   # 0.1, 1e300
same "$(shape F32 1,3 0 12)" 12 "$tenth32$one32$one32" "$(shape F32 4 16 32)" "$one32$one32$one32$one32"
header="{\"x\":$(shape F64 1,3 0 24),\"label\":$(shape I32 1 24 28),\"head.bias\":$(shape F32 4 28 44)}"
{ octets ${#header}; printf %s "$header"; printf "$tenth64$one64$one64\\2\\0\\0\\0$one32$one32$one32$one32"; } \
    >"$dir/feed.safetensors"
./tailor grad "$dir/net.lua" --feed "$dir/feed.safetensors" -o "$dir/out" && cmp "$dir/first" "$dir/out" || {
    wrong=1
    echo "0.1 in double is not the nearest float"
}
./tailor grad "$dir/net.lua" --feed "$dir/feed.safetensors" -o "$dir/out" --interpret &&
    ! cmp -s "$dir/first--interpret" "$dir/out" || { wrong=1; echo "0.1 in double became a float"; }
{ octets ${#header}; printf %s "$header"; printf "$one64$huge64$one64\\2\\0\\0\\0$one32$one32$one32$one32"; } \
    >"$dir/feed.safetensors"
expect 0 ""
./tailor grad "$dir/net.lua" --feed "$dir/feed.safetensors" -o "$dir/out" 2>"$dir/err" && {
    wrong=1
    echo "1e300 became a float"
}
grep -q "feed.safetensors: x: element 1 is 1e+300, against at most 3.40282e+38 of F32" "$dir/err" || {
    wrong=1
    cat "$dir/err"
}
# files that lie
write "{$x,$(one label I32 2 20 28)}" 28 && expect 1 "label: begins at byte 20 of the data, against 24"
write "{$x,$(one label I32 2 28 36)}" 36 && expect 1 "label: begins at byte 28 of the data, against 24"
write "{$x,$label}" 31 && expect 1 "label: ends at byte 32 of the data, against 31"
write "{$x,$label}" 33 && expect 1 "33 bytes of data, against 32"
write "{$x,$(one label I32 3 24 32)}" 32 && expect 1 "label: has 8 bytes, against 12 for its shape"
write "{$x,$(one label I32 2 32 24)}" 32 && expect 1 "not two ascending whole numbers"
write "{$x,$(one label I32 2 -8 0)}" 24 && expect 1 "not two ascending whole numbers"
write "{$x,$(one label I32 9223372036854775807 24 32)}" 32 && expect 1 "label"
write "{$x,$(one label I32 4294967296,4294967296 24 24)}" 24 && expect 1 "overflows"
write "{$x,$(one label F8_E4M3 8 24 32)}" 32 && expect 1 "dtype F8_E4M3, against F64, F32, F16"
write "{$x,$x,$label}" 32 && expect 1 "x"
write "{$x,\"label\":3}" 24 && expect 1 "label: expected dtype, shape and two data_offsets"
write "[$x]" 24 && expect 1 "feed.safetensors"
write "{$x,$label" 32 && expect 1 "feed.safetensors"
write "{$x,$label,\"__metadata__\":{\"a\":1}}" 32 && expect 1 "a is not a string"
{ printf '\377\377\377\377\377\377\377\377'; printf '{}'; } >"$dir/feed.safetensors" &&
    expect 1 "a header of 18446744073709551615 bytes, against 2"
{ octets 40; printf '{}'; } >"$dir/feed.safetensors" && expect 1 "a header of 40 bytes, against 2"
printf '' >"$dir/feed.safetensors" && expect 1 "0 bytes"
rm "$dir/feed.safetensors" && expect 1 "cannot open"
mkdir "$dir/feed.safetensors" && expect 1 "not a file"
rmdir "$dir/feed.safetensors" && mkfifo "$dir/feed.safetensors" && expect 1 "not a file"
[ $wrong = 0 ] && rm "$dir/feed.safetensors"
[ $wrong = 0 ] && # fields of the data set beside its images
cat >"$dir/net.lua" <<'LUA'
image = input { 2, 3, 2 }
label = labels(4)
logits = linear(flatten(image * mask(image) + view(image, 2)), 4, { name = "head" })
minimize(cross_entropy(logits, label) + mean(mask(image)))
numbers = equal(sample_number(), label)
LUA
image=$(one image F32 2,2,3,2 0 96) label=$(one label I32 2 96 104)
mask=$(one mask F32 2,2,3,1 104 152)
view=$(one image_view2 F32 2,2,3,2 152 248)
write "{$image,$label,$mask,$view,$(one sample_number I32 2 248 256)}" 256 && expect 0 ""
write "{$image,$label,$mask,$view,$(one sample_number I64 2 248 264)}" 264 && expect 0 ""
write "{$image,$label,$mask,$view,$(one sample_number F32 2 248 256)}" 256 &&
    expect 1 "sample_number is F32 \[2\], .*net.lua:5 wants I32 \[batch\]"
mask8=$(one mask BOOL 2,2,3,1 104 116) view16=$(one image_view2 F16 2,2,3,2 116 164)
write "{$image,$label,$mask8,$view16,$(one sample_number U8 2 164 166)}" 166 && expect 0 ""
write "{$image,$label}" 104 && expect 1 "the input mask F32 \[batch, 2, 3, 1\] is missing"
write "{$image,$label,$mask}" 152 && expect 1 "the input image_view2 F32 \[batch, 2, 3, 2\] is missing"
write "{$image,$label,$(one mask F32 2,2,3 104 152)}" 152 &&
    expect 1 "mask is F32 \[2, 2, 3\], .*net.lua:3 wants F32 \[batch, 2, 3, 1\]"
echo "$n feeds"
exit $wrong
