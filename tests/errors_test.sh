#!/bin/sh
# Every graph file of tests/errors, and every experiment file below it, is refused with exit 1 and the message in the
# .err beside it.  UPDATE=1 writes them anew.
set -u
cd "$(dirname "$0")/.."
unset TAILOR_DATA
wrong=0 n=0
for graph in tests/errors/*.lua tests/errors/graphs/experiments/*.lua; do
    case $graph in
    */experiments/*) timeout 60 ./tailor sweep "$graph" --dry-run >build/error.out 2>build/error.txt ;;
    *) timeout 60 ./tailor check "$graph" >build/error.out 2>build/error.txt ;;
    esac
    code=$?
    [ $code = 1 ] || { wrong=1; echo "$graph: exit $code, not 1"; }
    [ -s build/error.out ] && { wrong=1; echo "$graph: something on stdout"; }
    [ -n "${UPDATE:-}" ] && cp build/error.txt "${graph%.lua}.err"
    cmp -s build/error.txt "${graph%.lua}.err" || { wrong=1; echo "$graph:"; diff "${graph%.lua}.err" build/error.txt; }
    n=$((n + 1))
done
echo "$n files refused"
exit $wrong
