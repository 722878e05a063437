#!/bin/sh
# What `make check` and `make demo` need, tried where nothing is: makes the smallest Debian there is in FOLDER, clones
# the commit that is checked out into it, and runs COMMAND there, each timed.  By hand, as root: it takes debootstrap, a
# mirror, and as long as the commands.
#
#     sh tests/bare.sh /tmp/bare                                        # make check, then make demo
#     sh tests/bare.sh /tmp/bare 'sh tests/setup.sh check' 'make -s tailor' 'sh tests/contract_test.sh'
#
# SUITE and MIRROR choose another one.  A FOLDER that is such a Debian already is used as it is, with a new clone;
# remove it for a new one.
set -eu
cd "$(dirname "$0")/.."
root=${1:?usage: sh tests/bare.sh FOLDER [COMMAND...]}
shift
[ $# -gt 0 ] || set -- "make check" "make demo"
[ "$(id -u)" = 0 ] || { echo "bare.sh: only root can make and enter a Debian of its own"; exit 1; }
suite=${SUITE:-bookworm} mirror=${MIRROR:-http://deb.debian.org/debian}
if [ ! -e "$root/etc/debian_version" ]; then
    command -v debootstrap >/dev/null || { echo "bare.sh: no debootstrap: apt-get install debootstrap"; exit 1; }
    debootstrap --variant=minbase --include=make,gcc,git,ca-certificates "$suite" "$root" "$mirror"
    # as this machine reaches packages: proxies, certificates, what it lets pass; its sources where it is the same
    # Debian
    mkdir -p "$root/etc/apt/apt.conf.d" "$root/etc/apt/sources.list.d"
    cp -r /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
    for f in apt.conf auth.conf auth.conf.d; do [ ! -e /etc/apt/$f ] || cp -r /etc/apt/$f "$root/etc/apt/"; done
    if grep -q "VERSION_CODENAME=$suite" /etc/os-release && [ -e /etc/apt/sources.list.d/debian.sources ]; then
        cp /etc/apt/sources.list.d/debian.sources "$root/etc/apt/sources.list.d/"
        rm -f "$root/etc/apt/sources.list"
    fi
fi
cp /etc/resolv.conf /etc/hosts "$root/etc/"
rm -rf "$root/root/tailor"
git clone -q --no-hardlinks . "$root/root/tailor"
for command; do
    start=$(date +%s)
    echo "== $command"
    # mounts that end with the command; nothing of this environment but how to reach packages
    unshare -m sh -c 'mount -t proc proc "$1/proc" && exec chroot "$1" /usr/bin/env -i HOME=/root \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
        sh -c "cd /root/tailor && $2"' sh "$root" "$command" || {
        echo "bare.sh: exit $? of: $command"
        exit 1
    }
    echo "== $(($(date +%s) - start)) s on $(nproc) processors: $command"
done
