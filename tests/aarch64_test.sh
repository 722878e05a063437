#!/bin/sh
# The same bits on AArch64: trainers, and the functions of rt_math.h, built by a cross compiler and run by an emulator
# of one process, against those of this machine.  Their kernels are made of NEON's fused multiply-adds of four lanes.
set -u
cd "$(dirname "$0")/.."
cc=aarch64-linux-gnu-gcc run=qemu-aarch64
for command in $cc $run; do
    command -v $command >/dev/null || {
        echo "no $command: apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user"
        exit 77
    }
done
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
echo 'int main(void) { return 0; }' >"$dir/empty.c"
{ $cc -static "$dir/empty.c" -o "$dir/empty" && $run "$dir/empty"; } >"$dir/log" 2>&1 || {
    cat "$dir/log"
    echo "$cc and $run can not make and run an empty program"
    exit 77
}
. tests/same_bits.sh

# zlib is for gzipped data alone: its header is the same on every machine, its place is taken by a stub
mkdir -p "$dir/zlib"
cp /usr/include/zlib.h /usr/include/zconf.h "$dir/zlib/" || exit 1
$cc -I"$dir/zlib" -c tests/zlib_none.c -o "$dir/zlib/none.o" && ar rcs "$dir/zlib/libz.a" "$dir/zlib/none.o" || exit 1

same() { # what, text there, text here
    [ -n "$2" ] && [ "$2" = "$3" ] && return
    echo "$1: $2, against $3 on this machine"
    exit 1
}
clang="clang --target=aarch64-linux-gnu"
[ -n "$(command -v clang)" ] && $clang -static "$dir/empty.c" -o "$dir/empty" 2>"$dir/log" || clang=""
here=$(small_bits "cc -O2 -march=native") || exit 1
same "functions and kernels, $cc" "$(small_bits "$cc -O3 -static" $run)" "$here"
[ -z "$clang" ] || same "functions and kernels, $clang" "$(small_bits "$clang -O3 -static" $run)" "$here"

models="f4 resnet convnext cnn_cam"
for model in $models; do
    small_model $model
    objects="$dir/objects.here"
    small_build $model MARCH=native OPTIMIZE=-O1
    here=$(small_weights $model 2 1 "") || exit 1
    objects="$dir/objects.there"
    small_build $model CC="$cc -static -I$dir/zlib -L$dir/zlib" MARCH=armv8-a OPTIMIZE=-O2
    there=$(small_weights $model 1 1 $run) || exit 1
    same "$model" "$there" "$here"
    fused=$(aarch64-linux-gnu-objdump -d "$dir/$model/$model.o" | grep -c 'fmla.*v[0-9]*\.4s')
    [ "$fused" -ge 50 ] || { echo "$model: only $fused fused multiply-adds of four lanes"; exit 1; }
    fused_of="${fused_of:-}, $model $fused"
done
echo "NEON instructions that fuse four multiply-adds:${fused_of#,}"
echo "the same bits on AArch64 for $models; gcc${clang:+, clang for kernels}"
