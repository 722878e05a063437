#!/bin/sh
# The tables and figures of docs/results/ are what `make results` makes of the records there now.
set -u
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
sh bench/results.sh "$dir" >"$dir/names" 2>"$dir/err" || { cat "$dir/err"; exit 1; }
n=0 wrong=0
for file in $(find docs/results -name '*.md' -o -name '*.svg' | sort); do
    cmp -s "$file" "$dir/${file#docs/results/}" || { echo "$file is not what make results writes"; wrong=1; }
    n=$((n + 1))
done
[ "$n" -gt "$(wc -l <"$dir/names")" ] || { echo "only $n files"; wrong=1; }
[ $wrong = 0 ] && echo "$n tables and figures, of the records $(tr '\n' ' ' <"$dir/names")"
exit $wrong
