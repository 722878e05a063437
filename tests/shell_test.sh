#!/bin/sh
# The command line at home in a shell: `tailor init` overwrites nothing; pages of the manual say what --help says;
# completion, tried in bash and zsh, knows the same flags; `make install` and `make uninstall`.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
top=$PWD
skipped=""
commands=$(./tailor --help | sed -n 's/^  \([a-z]*\) .*/\1/p')
mkdir "$dir/bin" "$dir/w" "$dir/pages"
ln -s "$tailor" "$dir/bin/tailor"
PATH=$dir/bin:$PATH
cd "$dir/w" || exit 1

# ---- init ----
state() { find . -type f -exec sha256sum {} + | sort; ls -lAR . | grep -v '^total'; }
expect 0 "" $tailor init
[ "$(ls -A | tr '\n' ' ')" = "digits.lua experiment.lua " ] || bad "init left $(ls -A)"
expect 0 "" $tailor check digits.lua
expect 0 "" $tailor check digits.lua --set norm=true
expect 0 "" $tailor sweep experiment.lua --dry-run
echo "-- mine" >>digits.lua
state >"$dir/before"
expect 1 "digits.lua: it is there already, and nothing is overwritten" $tailor init
rm digits.lua
ln -s nowhere digits.lua                                    # a link to nothing is something too
expect 1 "digits.lua: it is there already" $tailor init .
rm digits.lua
expect 1 "experiment.lua: it is there already" $tailor init  # then the other one is not written either
[ "$(ls -A)" = experiment.lua ] || bad "init left $(ls -A)"
rm experiment.lua
$tailor init . >"$dir/out" || bad "init . does not go"
echo "-- mine" >>digits.lua
touch -r "$dir/before" digits.lua
state | sed 's/ [A-Z][a-z]* [0-9 ]*:[0-9]* / /' >"$dir/after"
sed -i 's/ [A-Z][a-z]* [0-9 ]*:[0-9]* / /' "$dir/before"
cmp -s "$dir/before" "$dir/after" || bad "init is not what it was: $(diff "$dir/before" "$dir/after")"
expect 0 "" $tailor init deep/er
cmp -s deep/er/experiment.lua experiment.lua || bad "init in a folder writes something else"
expect 1 "digits.lua/x/digits.lua: cannot write" $tailor init digits.lua/x
expect 1 "cannot write" sh -c 'tailor init full >/dev/full'
expect 2 "one argument too many" $tailor init a b
rm -r deep full

# ---- the manual ----
expect 0 "" $tailor man -o "$dir/pages/a"
for c in $commands; do echo "$dir/pages/a/tailor-$c.1"; done | sed "1i $dir/pages/a/tailor.1" >"$dir/names"
cmp -s "$dir/out" "$dir/names" || bad "man -o did not print the names of all pages: $(diff "$dir/out" "$dir/names")"
$tailor man -o "$dir/pages/b" >/dev/null
diff -r "$dir/pages/a" "$dir/pages/b" || bad "pages are others the second time"
$tailor man | cmp - "$dir/pages/a/tailor.1" || bad "tailor man is another page"
for c in $commands; do
    $tailor man "$c" | cmp - "$dir/pages/a/tailor-$c.1" || bad "tailor man $c is another page"
done
expect 2 "there is no command trian; did you mean train" $tailor man trian
expect 2 "-o writes all pages" $tailor man train -o "$dir/pages/a"
expect 1 "cannot" $tailor man -o /proc/none
words() { tr -s ' \n' '\n\n' | sed '/^$/d'; }
page() { # of what is rendered, between two headings, without them
    sed "s/.$(printf '\b')//g" | sed -n "/^$1\$/,/^$2\$/p" | grep -vE '^(DESCRIPTION|OPTIONS|EXAMPLES|ENVIRONMENT)$'
}
if command -v mandoc >/dev/null 2>&1; then
    mandoc -Tlint "$dir"/pages/a/*.1 >"$dir/lint" 2>&1
    [ ! -s "$dir/lint" ] || bad "$(head "$dir/lint")"
    for c in $commands; do
        mandoc -Tascii -O width=200 "$dir/pages/a/tailor-$c.1" >"$dir/page"
        $tailor "$c" --help >"$dir/help"
        # from the first sentence to the last flag; there a heading ends with a colon
        sed -n '3,/^Examples/p' "$dir/help" | sed '/^Examples/d; s/^\([A-Z][A-Za-z ]*\):$/\1/' | words >"$dir/should"
        page DESCRIPTION EXAMPLES <"$dir/page" | words >"$dir/is"
        cmp -s "$dir/is" "$dir/should" || bad "tailor-$c.1 (>) is not $c --help (<): $(diff "$dir/should" "$dir/is")"
        sed -n '/^Examples/,/^$/s/^  *//p' "$dir/help" >"$dir/should"
        page EXAMPLES "[E-S].*" <"$dir/page" | sed -n 's/^  *\(.*tailor \)/\1/p' | grep -v "^In a" >"$dir/is"
        cmp -s "$dir/is" "$dir/should" || bad "examples of tailor-$c.1: $(diff "$dir/should" "$dir/is")"
    done
    mandoc -Tascii "$dir/pages/a/tailor-train.1" | page "EXIT STATUS" "SEE ALSO" | words | tr '\n' ' ' >"$dir/is"
    grep -q "0 done 1 the input is wrong 2 .* 4 a value was not finite 130 interrupted" "$dir/is" ||
        bad "tailor-train.1 has other exit codes: $(cat "$dir/is")"
else
    skipped="$skipped mandoc"
fi
if man --version 2>/dev/null | grep -q '^man 2'; then                       # of man-db
    for f in "$dir"/pages/a/*.1; do
        LC_ALL=C.UTF-8 MANROFFSEQ='' man --warnings -E UTF-8 -l -P cat "$f" 2>"$dir/err" >"$dir/page"
        [ ! -s "$dir/err" ] || bad "$f: $(cat "$dir/err")"
        grep -q "SEE ALSO" "$dir/page" || bad "$f is not rendered by man"
    done
else
    skipped="$skipped man"
fi

# ---- completion: the query ----
expect 0 "" $tailor completion --options digits.lua
printf 'norm=false\nnorm=true\nwidth=8\n' | cmp -s - "$dir/out" || bad "options are $(cat "$dir/out")"
echo 'x = (' >broken.lua
echo 'while true do end' >endless.lua
expect 1 "broken.lua:2" $tailor completion --options broken.lua
[ ! -s "$dir/out" ] || bad "a broken file has options"
expect 1 "" timeout 10 $tailor completion --options endless.lua
expect 2 "bash or zsh, not for 'fish'" $tailor completion fish
expect 2 "takes a shell" $tailor completion
expect 2 "takes a shell" $tailor completion bash --options digits.lua
expect 1 "cannot write" sh -c 'tailor completion bash >/dev/full'

# ---- completion in bash ----
mkdir -p "my dir" "data/it's" data/flowers runs/a
cp digits.lua "my dir/a b.lua"
sed 's/norm = false/name = "$(touch pwned)", norm = false/' digits.lua >hostile.lua
: >notes.txt
: >a.lock
: >"b c.lock"
$tailor completion bash >"$dir/tailor.bash"
cat >"$dir/try.bash" <<'BASH'
. "$1"
wrong=0 n=0
try() { # what is offered, words of the command line; the last one is completed
    local expected=$1
    shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*"
    COMP_LINE=${COMP_LINE// = /=} COMP_LINE=${COMP_LINE/% =/=}
    COMP_POINT=${#COMP_LINE} n=$((n + 1))
    _tailor 2>stderr
    local got
    got=$(printf '%s\n' "${COMPREPLY[@]}" | LC_ALL=C sort | tr '\n' '|')
    [[ $got == "$expected|" ]] || { wrong=1; echo "WRONG: bash offers '$got' for '$COMP_LINE', not '$expected'"; }
    [[ ! -s stderr ]] || { wrong=1; echo "WRONG: bash: $(cat stderr) ($COMP_LINE)"; }
    rm -f stderr
}
try 'table' tailor ta
try '--version' tailor --v
try 'broken.lua|data|digits.lua|endless.lua|experiment.lua|hostile.lua|my dir|runs' tailor train ''
try 'my dir/a b.lua' tailor train 'my\ dir/'
try 'my dir/a b.lua' tailor train '"my dir/'
try '' tailor train digits.lua ''
try '--keep' tailor train digits.lua --k
try 'best|last' tailor train digits.lua --keep ''
try 'best' tailor train digits.lua --keep = b
try 'best|last' tailor train digits.lua --keep =
try 'norm=|width=' tailor train digits.lua --set ''
try 'norm=' tailor train digits.lua --set n
try 'false|true' tailor train digits.lua --set norm =
try 'true' tailor train digits.lua --set norm = t
try 'true' tailor train digits.lua --set = norm = t
try '8' tailor train --seed 3 -o x 'my\ dir/a\ b.lua' --set width =
try '\$\(touch\ pwned\)' tailor check hostile.lua --set name =
try '' tailor check broken.lua --set ''
try '' tailor check nosuch.lua --set ''
try 'name=' tailor diff digits.lua hostile.lua --set-b na
try '' tailor diff digits.lua hostile.lua --set-a na
try 'digits|fashion-mnist|flowers|it\'\''s|mnist' tailor train digits.lua --data ''
try 'fashion-mnist|flowers' tailor data f
try 'data/flowers|data/it'\''s' tailor train digits.lua --data data/
try 'simplify' tailor check digits.lua --without s
try '' tailor check digits.lua --peak ''
try 'data|my dir|runs' tailor eval ''
try 'a.lock|b c.lock|data|my dir|runs' tailor verify ''
try 'a.lock' tailor verify x.lock y.lock a
try 'stats' tailor man st
try 'bash|zsh' tailor completion ''
try '' tailor ops ''
try '' tailor nosuch -
TAILOR_DATA="$PWD/my dir" try 'digits|fashion-mnist|mnist' tailor data ''
COMP_WORDBREAKS=${COMP_WORDBREAKS//=}
try 'norm=true' tailor train digits.lua --set norm=t
try '--set=norm=true' tailor train digits.lua --set=norm=t
try '--keep=best' tailor train digits.lua --keep=b
COMP_WORDBREAKS+='='
shift
for command; do # every flag that --help knows
    try "$(tailor $command --help | grep -oE '^  (-[a-z], )?--[a-z-]+' | tr -s ', ' '\n\n' | grep -e - |
        cat - <(echo --help) | LC_ALL=C sort | tr '\n' '|' | sed 's/|$//')" tailor "$command" -
done
[[ ! -e pwned ]] || { wrong=1; echo "WRONG: what stands in a graph file was run"; }
echo "$n"
exit $wrong
BASH
if command -v bash >/dev/null 2>&1; then
    bash --norc "$dir/try.bash" "$dir/tailor.bash" $commands >"$dir/tried" || wrong=1
    grep WRONG "$dir/tried"
    tried=$(tail -n 1 "$dir/tried")
else
    skipped="$skipped bash" tried=0
fi
$tailor completion zsh >"$dir/_tailor"
for c in $commands; do
    sed -n "/^    $c) _arguments/,/;;\$/p" "$dir/_tailor" >"$dir/specs"
    for flag in $($tailor "$c" --help | grep -oE '^  (-[a-z], )?--[a-z-]+' | tr -d ,) --help; do
        grep -qE -- "'([*]|[(].*[)])?$flag=?\[" "$dir/specs" || bad "zsh does not complete $c $flag"
    done
done
# through a terminal: what bash and zsh make of keys is run, and leaves a file
keys() { # one line of it, then the end
    printf '%s\n' "$1"
    printf 'tailor chec\tdig\t--set wi\t\t --js\t >one.json\n'
    printf 'tailor check my\ta\t--js\t >two.json\n'
    printf 'tailor check host\t--set na\t\t --js\t >three.json\n'
    printf 'tailor check dig\t--set=norm=t\t --js\t >four.json\n'
    printf 'tailor diff dig\thost\t--set-b na\t\t --js\t >five.json\nexit\n'
}
look() { # shell
    grep -q '"width": 8' one.json && grep -q '"name": "a_b"' two.json &&
        grep -qF '"name": "$(touch pwned)"' three.json && grep -q '"norm": true' four.json &&
        grep -q same_hash five.json && [ ! -e pwned ] ||
        bad "$1 completed other lines: $(tr -d '\r' <screen | tail -n 12)"
    rm -f one.json two.json three.json four.json five.json pwned
}
export TERM=dumb
for shell in bash zsh; do
    if ! command -v $shell >/dev/null 2>&1; then
        case $skipped in *bash) ;; *) skipped="$skipped $shell" ;; esac
        continue
    fi
    $tailor completion $shell >"$dir/_tailor"
    case $shell in
    bash) keys ". $dir/_tailor" | timeout 60 script -qec "bash --norc --noprofile -i" /dev/null >screen 2>&1 ;;
    zsh)
        keys "autoload -Uz compinit; compinit -u -D; . $dir/_tailor" |
            timeout 60 script -qec "zsh -f -i" /dev/null >screen 2>&1
        look "zsh, which read the script by .,"
        keys "fpath=($dir \$fpath); autoload -Uz compinit; compinit -u -D" |
            timeout 60 script -qec "zsh -f -i" /dev/null >screen 2>&1
        ;;
    esac
    look $shell
done
cd "$top" || exit 1

# ---- make install ----
root="$dir/a root"
expect 0 "" make -s install "DESTDIR=$root" PREFIX=/usr
for f in "$dir"/pages/a/*.1; do
    cmp -s "$f" "$root/usr/share/man/man1/${f##*/}" || bad "make install: ${f##*/} is not there or another"
done
cmp -s "$dir/tailor.bash" "$root/usr/share/bash-completion/completions/tailor" || bad "make install: no bash completion"
$tailor completion zsh | cmp -s - "$root/usr/share/zsh/site-functions/_tailor" || bad "make install: no zsh completion"
expect 0 "" "$root/usr/bin/tailor" check "$dir/w/digits.lua"
: >"$root/usr/share/man/man1/tailor-other.1"                                # somebody else's
expect 0 "" make -s uninstall "DESTDIR=$root" PREFIX=/usr
[ "$(find "$root" -type f)" = "$root/usr/share/man/man1/tailor-other.1" ] ||
    bad "make uninstall leaves $(find "$root" -type f)"
[ -z "$skipped" ] || echo "skipped what needs$skipped, which is not there"
[ $wrong = 0 ] && echo "$expected commands, $(ls "$dir/pages/a" | wc -l) pages, $tried completions"
[ $wrong = 0 ]
