#!/bin/sh
# The same bits on AArch64: trainers, and the functions of rt_math.h, built by a cross compiler and run by an emulator
# of one process, against tests/golden/numerics.  Their kernels are made of NEON's fused multiply-adds of four lanes.
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

# zlib is for gzipped data alone: these trainers are built without it, an empty library takes its place
ar rcs "$dir/libz.a" || exit 1

same() { # what was built by whom; $dir/found has lines of names and hashes
    grep -vxF -f tests/golden/numerics "$dir/found" >"$dir/other"
    [ -s "$dir/found" ] && [ ! -s "$dir/other" ] && return
    echo "$1: not in tests/golden/numerics are these hashes, or there are none:"
    cat "$dir/other"
    exit 1
}
clang="clang --target=aarch64-linux-gnu"
[ -n "$(command -v clang)" ] && $clang -static "$dir/empty.c" -o "$dir/empty" 2>"$dir/log" || clang=""
small_bits "$cc -O3 -static" $run >"$dir/found" || exit 1
same "functions and kernels, $cc"
[ -z "$clang" ] || {
    small_bits "$clang -O3 -static" $run >"$dir/found" || exit 1
    same "functions and kernels, $clang"
}

models="f4 resnet convnext cnn_cam"
for model in $models; do
    small_model $model
    objects="$dir/objects"
    small_build $model CC="$cc -static -DRT_ZLIB=0 -L$dir" MARCH=armv8-a OPTIMIZE=-O2
    echo "$model $(small_weights $model 1 2 $run)" >"$dir/found"
    same "$model"
    fused=$(aarch64-linux-gnu-objdump -d "$dir/$model/$model.o" | grep -c 'fmla.*v[0-9]*\.4s')
    [ "$fused" -ge 50 ] || { echo "$model: only $fused fused multiply-adds of four lanes"; exit 1; }
    fused_of="${fused_of:-}, $model $fused"
done
echo "NEON instructions that fuse four multiply-adds:${fused_of#,}"
echo "the same bits on AArch64 for $models; gcc${clang:+, clang for kernels}"
