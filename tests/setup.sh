#!/bin/sh
# Sees to it that what `make demo` and `make check` need is there: installs missing Debian packages when it may, else prints the
# line to run.  Arguments: check (also what only the tests need) or nothing.
set -u
missing=""
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
if [ "${1:-}" = check ]; then
    library check check
    need clang clang
    echo 'int main(void){return 0;}' | clang -fopenmp -x c - -o /dev/null 2>/dev/null || missing="$missing clang libomp-dev"
fi
missing=$(printf '%s\n' $missing | sort -u | tr '\n' ' ')
[ -n "$(echo $missing)" ] || exit 0
if [ "$(id -u)" = 0 ]; then
    as=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as="sudo"
else
    echo "missing: $missing"
    echo "run:     sudo apt-get update && sudo apt-get install -y $missing"
    exit 1
fi
echo "installing: $missing"
export DEBIAN_FRONTEND=noninteractive
{ $as apt-get update -qq && $as apt-get install -y -qq $missing; } >/tmp/tailor-setup.$$.log 2>&1 || {
    cat /tmp/tailor-setup.$$.log
    rm -f /tmp/tailor-setup.$$.log
    echo "run:     sudo apt-get update && sudo apt-get install -y $missing"
    exit 1
}
rm -f /tmp/tailor-setup.$$.log
