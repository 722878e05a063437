#!/bin/sh
# Every test, as many at once as there are processors: JOBS=1 for one after the other.  What fails is shown whole; the
# last line counts.  Seconds are the processor's, of a test and of all that it starts, so that a busy machine changes
# little.
set -u
cd "$(dirname "$0")/.."
logs=$PWD/build/logs kept=$PWD/build/kept

seconds() { # files of `times`: what their children took, rounded
    cat "$@" | awk 'NR % 2 == 0 { split($1 $2, t, /[ms]/); s += 60 * (t[1] + t[3]) + t[2] + t[4] }
                    END { printf "%.0f", s }'
}

if [ "${1:-}" = one ]; then      # run.sh one PATH: a test with its line, a letter for its end in a file
    # programs load emitted code into themselves: its threads wait as a trainer's do (rt_wait_politely)
    polite="env GOMP_SPINCOUNT=1000 KMP_BLOCKTIME=0"
    case $2 in *.sh) name=$(basename "$2" .sh) run="sh $2" ;; *) name=$(basename "$2") run="$polite $2" ;; esac
    mkdir -p "$logs"
    $run >"$logs/$name.log" 2>&1
    code=$?
    times >"$logs/$name.times"           # of this shell; of what it waited for, as 1m2.34s 0m5.67s
    seconds=$(seconds "$logs/$name.times")
    last=$(tail -n 1 "$logs/$name.log")
    case $code in
    0) end=passed; printf 'ok      %-28s %4ds  %s\n' "$name" "$seconds" "$(printf '%s' "$last" | cut -c1-80)" ;;
    77) end=skipped; printf 'SKIPPED %-28s %s\n' "$name" "$last" ;;
    *) end=failed; printf 'FAILED  %-28s (exit %d)\n%s\n' "$name" "$code" "$(cat "$logs/$name.log")" ;;
    esac
    : >"$logs/$name.$end"
    exit 0
fi

rm -rf "$logs" "$kept"
mkdir -p "$logs" "$kept/bin"
make -s --no-print-directory -j"$(nproc)" tests || exit 1
# every trainer's folder has the runtime's files, and many have the same model: compiled once
for name in cc gcc clang aarch64-linux-gnu-gcc; do
    path=$(command -v $name) || continue
    [ ! "$path" -ef "$(command -v gcc)" ] || path=$(command -v gcc)        # cc's objects are gcc's
    cc -O1 -Wall -Wextra -Werror -DCOMPILER="\"$path\"" -DKEPT="\"$kept\"" -o "$kept/bin/$name" \
        tests/kept_cc.c || exit 1
done
export PATH="$kept/bin:$PATH"
# the longest first, so that no processor waits for one of them at the end
{
    for t in compilers random sanitized budget examples cam fast lock library aarch64 single surroundings pack sweep \
        generated composites contract numerics tune trainer evidence bare_metal readme deep profile; do
        [ -f tests/${t}_test.sh ] && echo tests/${t}_test.sh || echo build/tests/test_$t
    done
    ls -d build/tests/test_* tests/*_test.sh
} | grep -v '\.d$' | awk '!seen[$0]++' >"$logs/list"
xargs -P "${JOBS:-$(nproc)}" -n 1 sh tests/run.sh one <"$logs/list"
count() { find "$logs" -name "*.$1" | wc -l; }
echo
echo "$(count passed) passed, $(count failed) failed, $(count skipped) skipped;" \
    "$(seconds "$logs"/*.times) seconds of the processor"
[ "$(count passed)" = $(($(wc -l <"$logs/list") - $(count skipped))) ]
