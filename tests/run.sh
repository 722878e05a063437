#!/bin/sh
# Every test, as many at once as there are processors: JOBS=1 for one after the other.  What fails is shown whole; the last line counts.
set -u
cd "$(dirname "$0")/.."
logs=$PWD/build/logs

if [ "${1:-}" = one ]; then      # run.sh one PATH: a test with its line, a letter for its end in a file
    case $2 in *.sh) name=$(basename "$2" .sh) run="sh $2" ;; *) name=$(basename "$2") run=$2 ;; esac
    start=$(date +%s)
    $run >"$logs/$name.log" 2>&1
    code=$?
    seconds=$(($(date +%s) - start))
    last=$(tail -n 1 "$logs/$name.log")
    case $code in
    0) end=passed; printf 'ok      %-28s %4ds  %s\n' "$name" "$seconds" "$(printf '%s' "$last" | cut -c1-80)" ;;
    77) end=skipped; printf 'SKIPPED %-28s %s\n' "$name" "$last" ;;
    *) end=failed; printf 'FAILED  %-28s (exit %d)\n%s\n' "$name" "$code" "$(cat "$logs/$name.log")" ;;
    esac
    : >"$logs/$name.$end"
    exit 0
fi

rm -rf "$logs"
mkdir -p "$logs"
make -s --no-print-directory -j"$(nproc)" tests || exit 1
# the longest first, so that no processor waits for one of them at the end
{
    for t in sanitized compilers fast random cam composites tune; do
        [ -f tests/${t}_test.sh ] && echo tests/${t}_test.sh || echo build/tests/test_$t
    done
    ls -d build/tests/test_* tests/*_test.sh
} | grep -v '\.d$' | awk '!seen[$0]++' >"$logs/list"
xargs -P "${JOBS:-$(nproc)}" -n 1 sh tests/run.sh one <"$logs/list"
count() { find "$logs" -name "*.$1" | wc -l; }
echo
echo "$(count passed) passed, $(count failed) failed, $(count skipped) skipped"
[ "$(count passed)" = $(($(wc -l <"$logs/list") - $(count skipped))) ]
