#!/bin/sh
# Every test, one after the other.  What fails is shown whole; the last line counts.
set -u
cd "$(dirname "$0")/.."
passed=0
failed=0
skipped=0
log=build/test.log
mkdir -p build

run() { # name command...
    name=$1
    shift
    start=$(date +%s)
    "$@" >"$log" 2>&1
    code=$?
    seconds=$(($(date +%s) - start))
    case $code in
    0) passed=$((passed + 1)); printf 'ok      %-28s %4ds  %s\n' "$name" "$seconds" "$(tail -n 1 "$log" | cut -c1-80)" ;;
    77) skipped=$((skipped + 1)); printf 'SKIPPED %-28s %s\n' "$name" "$(tail -n 1 "$log")" ;;
    *) failed=$((failed + 1)); printf 'FAILED  %-28s (exit %d)\n' "$name" "$code"; cat "$log" ;;
    esac
}

make -s --no-print-directory -j"$(nproc)" tests || exit 1
for t in build/tests/test_*; do
    case $t in *.d) continue ;; esac
    run "$(basename "$t")" "$t"
done
for t in tests/*_test.sh; do
    run "$(basename "$t" .sh)" sh "$t"
done
echo
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
