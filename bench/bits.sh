#!/bin/sh
# The table of docs/bits.md: the weights of small models, built in every way that there is here, and whether their
# sha256 is that of tests/golden/numerics.
#
#   sh bench/bits.sh >docs/bits.md            about 45 minutes; what is not installed is said in its row
#
# For all rows: apt-get install clang gcc-aarch64-linux-gnu libc6-dev-arm64-cross gcc-riscv64-linux-gnu
# libc6-dev-riscv64-cross musl-tools qemu-user
set -u
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. tests/same_bits.sh
models=${MODELS:-mlp f4 resnet convnext cnn_cam}
form=--single-file
for model in $models; do small_model $model; done
form=
mkdir "$dir/single" "$dir/folder"
for model in $models; do mv "$dir/$model" "$dir/single/"; done
for model in $models; do small_model $model; mv "$dir/$model" "$dir/folder/"; done

golden() { sed -n "s/^$1 //p" tests/golden/numerics; }
lacks() { # level of x86-64: prints what the CPU lacks for it
    case $1 in
    *x86-64-v3*) needs="avx2 fma bmi2" ;;
    *x86-64-v4*) needs="avx512f avx512bw avx512cd avx512dq avx512vl" ;;
    *) needs="" ;;
    esac
    for flag in $needs; do grep -qw "$flag" /proc/cpuinfo || { echo "$flag"; return; }; done
}
all_same=yes
row() { # how it was built, how it runs, a function that prints the hash of a model, its arguments
    printf '| %s | %s |' "$1" "$2"
    shift 2
    for model in $models; do
        hash=$("$@" 2>"$dir/err")
        if [ "$hash" = "$(golden $model)" ]; then printf ' same |'
        elif [ -z "$hash" ]; then printf ' not run: %s |' "$(tail -1 "$dir/err" | head -c 80)"; all_same=no
        else printf ' %.12s |' "$hash"; all_same=no; fi
    done
    echo
}
train() { # folder of the program, threads, what runs it (or nothing)
    rm -rf "$dir/$model"
    ln -s "$1/$model" "$dir/$model"
    small_weights "$model" "$2" 2 "$3"
}
single() { # compiler with flags, threads, what runs it
    $1 "$dir/single/$model/$model.c" -o "$dir/single/$model/$model" -lm || return
    train "$dir/single" "$2" "$3"
}
folder() { # variables of make, threads
    make -s -C "$dir/folder/$model" clean
    eval make -s -j2 -C "$dir/folder/$model" $1 >&2 || return
    train "$dir/folder" "$2" ""
}
# stopped, resumed, killed, resumed: by other threads each time
broken_off() {
    at=$dir/folder/$model/$model
    $at --data small --epochs 2 --seed 5 --threads 3 --stop 3 --out "$dir/run" >&2
    $at --data small --epochs 2 --resume "$dir/run" --seed 5 --threads 1 --stop 5 >&2
    $at --data small --epochs 2 --resume "$dir/run" --seed 5 --threads 2 >&2 & pid=$!
    kill -KILL $pid
    wait $pid 2>/dev/null
    $at --data small --epochs 2 --resume "$dir/run" --seed 5 --threads 4 >&2
    sed -n 's/.*"weights_sha256": *"\([0-9a-f]*\)".*/\1/p' "$dir/run/run.json"
    rm -rf "$dir/run"
}
there() { # programs: says which is not there
    for program in "$@"; do command -v "$program" >/dev/null || { echo "| $program | not here |"; return 1; }; done
}

machine=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)
! grep -qw avx512f /proc/cpuinfo || machine="$machine with AVX-512"
cat <<TEXT
# The same bits everywhere

Small models, two epochs on 512 images of 28 x 28 with any bytes, seed 5. \`same\`: the sha256 of the weights is that of
the first table. Written by \`sh bench/bits.sh\`, on $machine.

| model | sha256 of the weights |
|---|---|
TEXT
for model in $models; do echo "| $model | $(golden $model) |"; done
cat <<'TEXT'

`f4` is the CNN with minimal filtering, `resnet` has batch normalisation, `convnext` depthwise convolutions and layer
norms, `cnn_cam` gradients of gradients.
Where nothing else is said, the form is a single file, threads are OpenMP's, and the processor is x86-64, with vectors
of 4 lanes (-v3: 8, -v4: 16).

TEXT
echo "| built by | run | $(echo $models | sed 's/ / | /g') |"
echo "|---|---|$(for model in $models; do printf -- '---|'; done)"
for compiler in gcc clang; do
    there $compiler || continue
    version=$($compiler -dumpfullversion 2>/dev/null || $compiler -dumpversion)
    for level in -O0 -O1 -O2 -O3; do row "$compiler $version $level" "1 thread" single "$compiler $level" 1 ""; done
    row "$compiler -O1 -fopenmp" "8 threads" single "$compiler -O1 -fopenmp" 8 ""
    for march in x86-64 x86-64-v2 x86-64-v3 x86-64-v4; do
        lack=$(lacks $march)
        [ -z "$lack" ] || { echo "| $compiler -march=$march | the CPU has no $lack |"; continue; }
        row "$compiler -O2 -march=$march" "1 thread" single "$compiler -O2 -march=$march" 1 ""
    done
    row "$compiler -O2, 16 lanes of the compiler's own making" "1 thread" single "$compiler -O2 -DRT_LANES=16" 1 ""
    row "$compiler -O2, no vectors" "1 thread" single "$compiler -O2 -DRT_PORTABLE" 1 ""
done
row "folder, make" "1 thread" folder "CC=gcc" 1
for threads in 2 3 8; do row "folder, make" "$threads threads" folder "CC=gcc" $threads; done
row "folder, make" "stopped, resumed, killed, resumed, by 3, 1, 2, 4 threads" broken_off
row "folder, make CC=clang MARCH=x86-64-v2 OPTIMIZE=-O1" "2 threads" folder "CC=clang MARCH=x86-64-v2 OPTIMIZE=-O1" 2
there musl-gcc && row "musl-gcc -O2 (musl, no other library)" "1 thread" single "musl-gcc -O2 -static" 1 ""
there aarch64-linux-gnu-gcc qemu-aarch64 &&
    row "aarch64-linux-gnu-gcc -O2" "AArch64 under qemu" single "aarch64-linux-gnu-gcc -O2 -static" 1 qemu-aarch64
there riscv64-linux-gnu-gcc qemu-riscv64 &&
    row "riscv64-linux-gnu-gcc -O2" "RISC-V 64 under qemu" single "riscv64-linux-gnu-gcc -O2 -static" 1 qemu-riscv64

# ---- the library: losses of ten steps over drawn digits, and sha256 of weights, evaluation and predictions ----

emit_library() { # name of the folder, graph file, settings
    folder=$1
    shift
    ./tailor emit "$@" --library -o "$dir/library/$folder" 2>/dev/null || exit 1
}
mkdir "$dir/library"
emit_library mlp graphs/mlp.lua
emit_library cnn graphs/cnn.lua --set width=8
emit_library resnet graphs/resnet.lua --set depth=8 --set width=4
emit_library convnext graphs/convnext.lua --set dim=8 --set depth=1
emit_library everything tests/library/everything.lua
models="mlp cnn resnet convnext everything"
checked() { # compiler with flags, what runs it: the hash of all that is printed
    at=$dir/library/$model
    $1 "$at/$model.c" "$at/$model.check.c" -o "$at/check" -lm >&2 && $2 "$at/check" | sha256sum | cut -c1-64
}
for model in $models; do checked "cc -O1" "" >"$dir/$model.hash" 2>/dev/null; done
golden() { cat "$dir/$1.hash"; }
cat <<'TEXT'

## The library

Ten steps from seed 1 over digits that the program draws; `same`: all losses and the sha256 of weights, evaluation and
predictions are those of gcc -O1. `everything` is tests/library/everything.lua: batch statistics,
class means, dropout, a clipped gradient, averages.

TEXT
echo "| built by | run | $(echo $models | sed 's/ / | /g') |"
echo "|---|---|$(for model in $models; do printf -- '---|'; done)"
for compiler in gcc clang; do
    there $compiler || continue
    for level in -O0 -O2 "-O3 -march=native" "-Os -ffp-contract=fast"; do
        [ "$compiler $level" != "clang -Os -ffp-contract=fast" ] || continue         # it overrides what the file says
        row "$compiler $level" "x86-64" checked "$compiler $level" ""
    done
done
there musl-gcc && row "musl-gcc -O2" "x86-64, musl" checked "musl-gcc -O2 -static" ""
there aarch64-linux-gnu-gcc qemu-aarch64 &&
    row "aarch64-linux-gnu-gcc -O2" "AArch64 under qemu" checked "aarch64-linux-gnu-gcc -O2 -static" qemu-aarch64
there riscv64-linux-gnu-gcc qemu-riscv64 &&
    row "riscv64-linux-gnu-gcc -O2" "RISC-V 64 under qemu" checked "riscv64-linux-gnu-gcc -O2 -static" qemu-riscv64
cat <<TEXT

Without an operating system, \`sh tests/bare_metal_test.sh\`: $(sh tests/bare_metal_test.sh | tail -1).

## What is run when

\`make check\` trains most of these models by gcc and clang at several levels (compilers_test.sh), as single files
(single_test.sh), for AArch64 (aarch64_test.sh), as libraries (library_test.sh) and on boards (bare_metal_test.sh), each
where its tools are. The tables above were run once, by the command above.
TEXT
[ $all_same = yes ] || echo "NOT all that was run has one sha256 a model."
