#!/bin/sh
# The bits of small models after training, of the functions of rt_math.h and of kernels are those of
# tests/golden/numerics, which says under which TAILOR_NUMERICS (runtime/rt.h) they were made.  Other bits under the
# same number fail: runs that are compared must be of one arithmetic, and the number is how a record tells.  UPDATE=1
# writes the hashes anew, but a hash that changes only under a higher number, or a model's together with that of its
# graph (NAME.graph), by which a record tells, too.
set -u
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. tests/same_bits.sh
golden=tests/golden/numerics
now=$(sed -n 's/^#define TAILOR_NUMERICS \([0-9]*\)$/\1/p' runtime/rt.h)
then=$(sed -n 's/^numerics //p' "$golden")
[ -n "$now" ] || { echo "runtime/rt.h has no TAILOR_NUMERICS"; exit 1; }

# on any number of threads
weights_of() { # name: prints it with the hash of its weights
    small_build "$1" MARCH=native OPTIMIZE="-O1 -DRT_QUICK_BUILD"
    one=$(small_weights "$1" 1 2 "") && two=$(small_weights "$1" 2 2 "") || exit 1
    [ "$one" = "$two" ] || { echo "$1: $one by one thread, $two by two" >&2; exit 1; }
    [ "$(sed -n 's/.*"numerics": *\([0-9]*\),.*/\1/p' "$dir/record")" = "$now" ] || {
        echo "$1: numerics of run.json is not $now" >&2
        exit 1
    }
    echo "$1 $one"
    sed -n "s/.*\"graph_hash\": *\"\([0-9a-f]*\)\".*/$1.graph \1/p" "$dir/record"
}
{
    echo "numerics $now"
    small_bits "cc -O1 -march=native" || exit 1
    objects=$dir/objects
    for model in $small_models; do
        small_model "$model"
        weights_of "$model" || exit 1
    done
} >"$dir/found" || exit 1

changed=$(awk 'NR == FNR { before[$1] = $2; next } { is[$1] = $2 }
               END { for (name in is) {
                   if (name == "numerics" || name ~ /\.graph$/) continue
                   if (!(name in before) || is[name] == before[name]) continue
                   if (is[name ".graph"] == before[name ".graph"])
                       print name ": " is[name] ", against " before[name] } }' "$golden" "$dir/found" | sort)
if [ -n "$changed" ] && [ "$now" -le "$then" ]; then
    echo "$changed"
    echo "emitted arithmetic gives other bits than under numerics $then.  Where that is meant, raise TAILOR_NUMERICS"
    echo "in runtime/rt.h to $((then + 1)), so that records can tell, and run UPDATE=1 sh tests/numerics_test.sh"
    exit 1
fi
[ -z "${UPDATE:-}" ] || cp "$dir/found" "$golden"
cmp -s "$golden" "$dir/found" || {
    diff "$golden" "$dir/found"
    echo "$golden is of numerics $then, runtime/rt.h says $now: run UPDATE=1 sh tests/numerics_test.sh"
    exit 1
}
echo "$(($(wc -l <"$golden") - 1)) hashes are those of numerics $now"
