#!/bin/sh
# One run of training has the same bits whatever compiled it and on any number of threads: gcc and clang, optimization levels, every
# level of x86-64 that the CPU has, so 4, 8 and 16 lanes, with and without the instruction for a fused multiply-add.  So have the
# functions of rt_math.h, and kernels for shapes that no small model has.
set -u
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. tests/same_bits.sh

lacks() { # level of x86-64: prints what the CPU lacks for it
    case $1 in
    x86-64) needs="sse2" ;;
    x86-64-v2) needs="sse2 ssse3 sse4_1 sse4_2 popcnt" ;;
    x86-64-v3) needs="avx2 fma bmi2 f16c movbe" ;;
    x86-64-v4) needs="avx512f avx512bw avx512cd avx512dq avx512vl" ;;
    *) needs="" ;;
    esac
    for flag in $needs; do grep -qw "$flag" /proc/cpuinfo || { echo "$flag"; return; }; done
}

wrong=0 runs=0 left_out="" emitted=""
while read -r cc march models optimize; do
    if ! command -v "$cc" >/dev/null; then left_out="$left_out, $cc: not there"; continue; fi
    lack=$(lacks "$march")
    if [ -n "$lack" ]; then left_out="$left_out, $cc $march: no $lack"; continue; fi
    objects="$dir/objects.$cc.$march"
    if [ ! -d "$objects" ]; then
        small_bits "$cc $optimize -march=$march" >"$dir/bits" || exit 1
        [ -f "$dir/first_bits" ] || cp "$dir/bits" "$dir/first_bits"
        cmp -s "$dir/bits" "$dir/first_bits" || { wrong=1; echo "hashes of functions and kernels, $cc -march=$march $optimize:"; diff "$dir/bits" "$dir/first_bits"; }
    fi
    for model in $(echo "$models" | tr ',' ' '); do
        case " $emitted " in *" $model "*) ;; *) small_model "$model"; emitted="$emitted $model" ;; esac
        small_build "$model" CC="$cc" MARCH="$march" OPTIMIZE="$optimize" || exit 1
        for threads in 1 2; do
            sha=$(small_weights "$model" $threads 2 "") || exit 1
            runs=$((runs + 1))
            [ -f "$dir/$model.sha" ] || echo "$sha" >"$dir/$model.sha"
            [ -n "$sha" ] && [ "$sha" = "$(cat "$dir/$model.sha")" ] ||
                { wrong=1; echo "$model, $cc -march=$march $optimize, $threads threads: $sha, against $(cat "$dir/$model.sha")"; }
        done
    done
done <<'LIST'
gcc native mlp,exact,f2,f4,resnet,convnext,cnn_cam -O2
gcc x86-64 cnn_cam -O1
gcc x86-64-v2 f2 -O1
gcc x86-64-v3 exact,f4,convnext -O3
gcc x86-64-v3 mlp -O1 -DRT_LANES=16
gcc x86-64-v4 f2 -O3
clang x86-64 f4,convnext -O3
clang x86-64-v2 f2 -O1
clang x86-64-v2 mlp -O3 -DRT_PORTABLE
clang x86-64-v3 resnet,cnn_cam -O2
clang x86-64-v4 f4 -O3
LIST
[ -z "$left_out" ] || echo "left out${left_out#,}"
[ $runs -ge 14 ] || { echo "only $runs runs"; exit 1; }
[ $wrong = 0 ] && echo "$runs runs, the same bits for each model${left_out:+; some left out, see above}"
exit $wrong
