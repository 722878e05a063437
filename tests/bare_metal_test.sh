#!/bin/sh
# An emitted library on machines without an operating system or C library, by emulators: Cortex-M7, RISC-V of 64 bits,
# Cortex-M4 without doubles, Cortex-M3 without any floating-point unit.  Its run on drawn digits has the losses and the
# weights of this machine, bit for bit; the first two take no more stack than `make check` said.
set -u
cd "$(dirname "$0")/.."
arm_cc=arm-none-eabi-gcc arm_run=qemu-system-arm
riscv_cc=riscv64-unknown-elf-gcc riscv_run=qemu-system-riscv64
machines=
for pair in $arm_cc:$arm_run $riscv_cc:$riscv_run; do
    command -v "${pair%:*}" >/dev/null && command -v "${pair#*:}" >/dev/null && machines="$machines ${pair%:*}"
done
[ -n "$machines" ] || {
    echo "no $arm_cc and no $riscv_cc with its emulator: apt-get install gcc-arm-none-eabi qemu-system-arm" \
        "gcc-riscv64-unknown-elf qemu-system-misc"
    exit 77
}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
board=$PWD/tests/bare_metal
name=everything
./tailor emit tests/library/$name.lua --library -o "$dir/lib" 2>"$dir/log" || { cat "$dir/log"; exit 1; }
cc -O1 "$dir/lib/$name.c" "$dir/lib/$name.check.c" -o "$dir/host" -lm || exit 1
flags="-ffreestanding -O2 -fno-math-errno -fno-trapping-math -ffunction-sections -Wall -Wextra -Werror"

# what it is called, steps, emulator with its machine, flags of the linker, compiler with its own flags
board_run() {
    what=$1 steps=$2 emulator=$3 linked=$4
    shift 4
    "$@" $flags -c "$dir/lib/$name.c" -o "$dir/lib.o" &&
        "$@" $flags -include "$board/board.h" -c "$dir/lib/$name.check.c" -o "$dir/check.o" &&
        "$@" $flags -fno-tree-loop-distribute-patterns -DCHECK=${name}_check -DSTEPS="$steps" -c "$board/board.c" \
            -o "$dir/board.o" &&
        "$@" -nostdlib -Wl,--gc-sections,--no-warnings $linked "$dir/lib.o" "$dir/check.o" "$dir/board.o" -lgcc \
            -o "$dir/image" || exit 1
    timeout 600 $emulator -nographic -semihosting-config enable=on,target=native -kernel "$dir/image" \
        >"$dir/found" 2>&1 || { tail -5 "$dir/found"; echo "$what: exit $?"; exit 1; }
    "$dir/host" "$steps" >"$dir/should"
    grep -v '^stack' "$dir/found" | cmp - "$dir/should" && [ -s "$dir/should" ] || {
        grep -v '^stack' "$dir/found" | diff - "$dir/should" | head -4
        echo "$what (<) has not the bits of this machine (>)"
        exit 1
    }
    done_on="${done_on:-}, $what"
}
bounded() { # compiler with its flags: the stack of each call that was made, against what make check says of it
    compiler=$1
    shift
    make -s -C "$dir/lib" check CC="$compiler" CFLAGS="$* $flags" NM="${compiler%gcc}nm" CPPCHECK=none RUN=no || exit 1
    for call in step evaluate predict; do
        took=$(sed -n "s/^stack $call 0*//p" "$dir/found")
        most=$(sed -n "s/^${name}_$call \([0-9]*\) =.*/\1/p" "$dir/lib/$name.evidence.machine.txt")
        [ -n "$took" ] && [ -n "$most" ] && [ "$took" -gt 0 ] && [ "$took" -le "$most" ] || {
            echo "$what: ${name}_$call took ${took:-no} bytes of stack, against at most ${most:-unknown}"
            exit 1
        }
        stack="${stack:-}, $what $call $took of $most"
    done
}

case $machines in *$arm_cc*)
    m7="-mcpu=cortex-m7 -mthumb -mfloat-abi=hard -mfpu=fpv5-d16"
    script="-T $board/cortex_m.ld"
    board_run "Cortex-M7" 50 "$arm_run -M mps2-an500" "-Wl,--defsym=DATA=0x60000000 $script" $arm_cc $m7
    bounded $arm_cc $m7
    script="-Wl,--defsym=DATA=0x21000000 $script"
    board_run "Cortex-M4" 10 "$arm_run -M mps2-an386" "$script" $arm_cc -mcpu=cortex-m4 -mthumb -mfloat-abi=hard \
        -mfpu=fpv4-sp-d16
    board_run "Cortex-M3" 1 "$arm_run -M mps2-an385" "$script" $arm_cc -mcpu=cortex-m3 -mthumb
    ;;
esac
case $machines in *$riscv_cc*)
    rv64="-march=rv64gc -mabi=lp64d -mcmodel=medany"
    board_run "RISC-V 64" 50 "$riscv_run -M virt -bios none -m 128M" "-T $board/riscv64.ld" $riscv_cc $rv64
    bounded $riscv_cc $rv64
    ;;
esac
echo "bytes of stack:${stack#,}"
echo "the same bits without an operating system:${done_on#,}"
