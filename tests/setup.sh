#!/bin/sh
# Sees to it that what `make demo` and `make check` need is there: installs missing Debian packages when it may, else
# prints the line to run.  Arguments: check (also what only the tests need) or nothing.  What single tests need, which
# else are skipped, and what makes them faster, is installed where it can be.
set -u
missing="" extra=""
need() { # command package
    command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}
library() { # pkg-config module, package
    command -v pkg-config >/dev/null 2>&1 && pkg-config --exists "$1" || missing="$missing $2"
}
need cc gcc
need make make
need pkg-config pkg-config
library lua5.4 liblua5.4-dev
library zlib zlib1g-dev
library libpng libpng-dev
library sqlite3 libsqlite3-dev
if [ "${1:-}" = check ]; then
    library check check
    need clang clang
    echo 'int main(void){return 0;}' | clang -fopenmp -x c - -o /dev/null 2>/dev/null ||
        missing="$missing clang libomp-dev"
    command -v pkg-config >/dev/null 2>&1 && pkg-config --exists openblas ||
        extra="$extra libopenblas-dev"      # fast_test.sh
    command -v python3 >/dev/null 2>&1 || extra="$extra python3"      # profile_test.sh, a part of fast_test.sh
    for pair in arm-none-eabi-gcc:gcc-arm-none-eabi qemu-system-arm:qemu-system-arm; do   # bare_metal_test.sh
        command -v "${pair%:*}" >/dev/null 2>&1 || extra="$extra ${pair#*:}"
    done
    command -v pkg-config >/dev/null 2>&1 && pkg-config --exists libdeflate ||
        extra="$extra libdeflate-dev"       # a part of sets_test.sh
    command -v wasm-ld >/dev/null 2>&1 || extra="$extra lld"            # page_test.sh, which looks for a browser too
    for tool in zsh mandoc; do command -v $tool >/dev/null 2>&1 || extra="$extra $tool"; done   # parts of shell_test.sh
    command -v cppcheck >/dev/null 2>&1 || extra="$extra cppcheck"      # a part of evidence_test.sh
    if [ "$(uname -m)" = x86_64 ]; then          # aarch64_test.sh
        command -v aarch64-linux-gnu-gcc >/dev/null 2>&1 || extra="$extra gcc-aarch64-linux-gnu"
        [ -f /usr/aarch64-linux-gnu/lib/libc.a ] || extra="$extra libc6-dev-arm64-cross"
        command -v qemu-aarch64 >/dev/null 2>&1 || extra="$extra qemu-user"
    fi
fi
missing=$(printf '%s\n' $missing | sort -u | tr '\n' ' ')
[ -n "$(echo $missing$extra)" ] || exit 0
if [ "$(id -u)" = 0 ]; then
    as=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as="sudo"
elif [ -z "$(echo $missing)" ]; then
    echo "without it tests are skipped, or slower: sudo apt-get install --no-install-recommends$extra"
    exit 0
else
    echo "missing: $missing"
    echo "run:     sudo apt-get update && sudo apt-get install -y $missing"
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
log=/tmp/tailor-setup.$$.log
trap 'rm -f $log' EXIT
echo "installing: $(echo $missing$extra)"
$as apt-get update -qq >$log 2>&1
[ -z "$(echo $missing)" ] || $as apt-get install -y -qq $missing >>$log 2>&1 || {
    cat $log
    echo "run:     sudo apt-get update && sudo apt-get install -y $missing"
    exit 1
}
[ -z "$extra" ] || $as apt-get install -y -qq --no-install-recommends $extra >>$log 2>&1 ||
    echo "not to be had:$extra; tests are skipped without it, or slower"
