#!/bin/sh
# Dumps of passes against tests/golden/GRAPH.PASS.txt; what `tailor check` prints is GRAPH.check.txt.  UPDATE=1 writes
# them anew.
set -u
cd "$(dirname "$0")/.."
wrong=0
for golden in tests/golden/*.txt; do
    name=$(basename "$golden" .txt)
    graph=${name%%.*} pass=${name#*.}
    file=graphs/$graph.lua
    [ -f "$file" ] || file=tests/golden/$graph.lua
    if [ "$pass" = check ]; then
        ./tailor check "$file" >build/golden.txt
    else
        ./tailor check "$file" --dump="$pass" >build/golden.txt
    fi
    [ -n "${UPDATE:-}" ] && cp build/golden.txt "$golden"
    cmp -s build/golden.txt "$golden" || {
        wrong=1
        diff "$golden" build/golden.txt | head -20
        echo "$golden differs (UPDATE=1 sh tests/golden_test.sh writes it anew)"
    }
done
[ $wrong = 0 ] && echo "$(ls tests/golden/*.txt | wc -l) golden files"
exit $wrong
