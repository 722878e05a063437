#!/bin/sh
# Every command that the tests, the Makefile and tailor itself run is in commands.txt, by the package that has it; every
# package there is in the smallest Debian, or setup.sh installs it; and commands.txt names none that nobody runs.
# tests/bare.sh tries it in such a Debian.  And every test is in README.md, and every line at most 120 columns.
set -u
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
words() { awk -f tests/commands.awk; }
recipes() { # a Makefile's lines as a shell gets them, and what it runs itself
    sed -n 's/^\t[@-]*//p' "$1" |
        sed 's/\$(MAKE)/make/g; s/\$(CC)/cc/g; s/\$\$/@/g; s/\$[<@^]/"X"/g; s/\$([^()]*)/"X"/g
             s/\$([^()]*)/"X"/g; s/@/$/g'
    grep -o '\$(shell [a-z-]*' "$1" | sed 's/.* //'
}
strings() { # of C that a shell gets, and programs that are started without one
    grep -ohE '(system|shell)\((arena_format\(arena, )?"[^"]*|snprintf\(command, sizeof command, *"[^"]*' \
        tests/*.c tests/*.h | sed 's/.*"//; s/%[a-z]*/"X"/g'
    grep -ohE 'const char \*(const )?[a-z]+\[\] = \{"[a-z0-9-]+"' compiler/*/*.c |
        grep -E '\*(const )?(argv|curl)\[' | sed 's/.*{"//; s/"//'
}
{
    for f in tests/*.sh; do words <"$f"; done
    recipes Makefile | words
    strings | words
    grep -ohE 'as="[a-z]+|unshare="[a-z]+|^unshare="[a-z]+' tests/*.sh | sed 's/.*"//'
} | sort -u >"$dir/found"
# functions that one script takes from another, and variables that name a cross compiler
cat tests/*.sh | sed -n 's/^\([a-z_]*\)() *{.*/\1/p' | sort -u >"$dir/functions"
grep -ohE '[a-z_]*(cc|run)=[a-z0-9-]+' tests/aarch64_test.sh tests/bare_metal_test.sh | sed 's/.*=//' >>"$dir/found"
sort -u "$dir/found" | grep -vxF -f "$dir/functions" >"$dir/commands"
grep -v '^#' tests/commands.txt >"$dir/list"
sed 's/^shell //; s/^[a-z-]* [^ ]* //' "$dir/list" | tr ' ' '\n' | sort -u >"$dir/known"
wrong=0
for word in $(comm -23 "$dir/commands" "$dir/known"); do
    echo "$word: no package of it in tests/commands.txt: $(grep -lwF -- "$word" tests/*.sh Makefile | tr '\n' ' ')"
    wrong=1
done
for word in $(comm -13 "$dir/commands" "$dir/known"); do
    echo "$word: nothing runs it any more: take it out of tests/commands.txt"
    wrong=1
done
for package in $(sed -n 's/^setup \([^ ]*\) .*/\1/p' "$dir/list"); do
    grep -qw -- "$package" tests/setup.sh || [ "$package" = binutils ] ||      # gcc needs binutils
        { echo "$package: setup.sh does not see to it"; wrong=1; }
done
n=$(wc -l <"$dir/commands")
[ "$n" -gt 50 ] || { echo "only $n commands were found"; wrong=1; }
# what is new is noticed, where a script would call it
for line in 'pgrep -P 1' 'x=$(pkill -KILL y)' 'true; if xxd <a; then' 'expect 0 "" ps ax' 'a | column' \
    'for i in 1; do file $i; done' 'y="$(realpath "$(tac z)")"'; do
    found=$(echo "$line" | words | grep -vE '^(\[|true)$' | sort | tr '\n' ' ')
    case $found in
    'pgrep ' | 'pkill ' | 'xxd ' | 'expect ps ' | 'a column ' | 'file ' | 'realpath tac ') ;;
    *) echo "in '$line' are found: $found"; wrong=1 ;;
    esac
done
# every test has one row in README.md, and every row a test
{ ls tests/test_*.c | sed 's|\(.*\)\.c$|build/\1|'; ls tests/*_test.sh | sed 's/^/sh /'; } | sort >"$dir/tests"
sed -n 's/^| `\([^`]*\)` |.*/\1/p' tests/README.md | sort >"$dir/rows"
diff "$dir/tests" "$dir/rows" || { echo "tests (<) are not the rows of tests/README.md (>)"; wrong=1; }
# lines that fit beside another file on a screen; those of tests/errors and tests/golden stand where messages say
find Makefile bench compiler graphs runtime tests -type f | grep -E 'Makefile$|\.([ch]|lua|sh|py|awk)$' |
    grep -vE '^tests/(errors|golden)/' |
    xargs awk 'length > 120 { print FILENAME ":" FNR ": " length " columns, against at most 120" }' >"$dir/long"
[ ! -s "$dir/long" ] || { cat "$dir/long"; wrong=1; }
[ $wrong = 0 ] && echo "$n commands, each of a package that is seen to; $(wc -l <"$dir/rows") tests, each with its row"
[ $wrong = 0 ]
