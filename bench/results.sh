#!/bin/sh
# Writes every table and figure of docs/results/ anew from the records there, NAME.jsonl, which are what
# `tailor table DIR --dump` printed of the sweep of graphs/experiments/NAME.lua: tables into NAME.md, figures into
# NAME/.
# `make results` runs it.  Another folder than docs/results may be named.
set -eu
cd "$(dirname "$0")/.."
to=${1:-docs/results}
mkdir -p "$to"
for record in docs/results/*.jsonl; do
    [ -f "$record" ] || { echo "docs/results: there is no record, NAME.jsonl"; exit 1; }
    name=$(basename "$record" .jsonl)
    rm -rf "build/results/$name" "$to/$name"
    ./tailor merge "build/results/$name" "$record" >/dev/null
    {
        printf '<!-- written by `make results` from %s.jsonl -->\n\n' "$name"
        ./tailor table "build/results/$name" --format md
    } >"$to/$name.md"
    ./tailor figures "build/results/$name" -o "$to/$name" >/dev/null
    echo "$name"
done
