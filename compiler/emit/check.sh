#!/bin/sh
# check.sh - measures what an emitted library needs, and whether it is what NAME.evidence.txt says: sh check.sh NAME, or
# make check.  What was found is in NAME.evidence.machine.txt.  Exit 1: something is not as expected.
#
# CC, CFLAGS  the compiler and its flags        NM, CPPCHECK  tools that may be missing
# RUN         what runs a program, as qemu-riscv64; no: nothing does, the code is of another machine
set -u
LC_ALL=C
export LC_ALL
name=$1 cc=${CC:-cc} cflags=${CFLAGS:-} nm=${NM:-nm} cppcheck=${CPPCHECK:-cppcheck} run=${RUN:-}
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
found=$dir/found
faults=0
say() { printf '%s\n' "$*" >>"$found"; }
fault() { say "NOT AS EXPECTED: $*"; echo "$name: $*" >&2; faults=$((faults + 1)); }
there() { command -v "${1%% *}" >/dev/null 2>&1; }

# ---- the files ----
say ""
if there sha256sum; then
    changed=
    while read -r word hash file; do
        [ "$word" = sha256 ] || continue
        [ "$(sha256sum <"$file" | cut -c1-64)" = "$hash" ] || changed="$changed $file"
    done <"$name.evidence.txt"
    if [ -n "$changed" ]; then fault "changed since the evidence was written:$changed"
    else say "files: those of the evidence"; fi
else
    say "files: not compared: sha256sum is not here"
fi

# ---- stack ----
say ""
graph=-fcallgraph-info=su
echo 'int tailor_none(void); int tailor_none(void) { return 0; }' >"$dir/none.c"
$cc $cflags -fstack-usage $graph -c "$dir/none.c" -o "$dir/none.o" 2>"$dir/log" && [ -f "$dir/none.ci" ] || graph=
usage=${graph:+-fstack-usage}
if ! $cc $cflags -Werror=vla $usage $graph -c "$name.c" -o "$dir/$name.o" 2>"$dir/log"; then
    cat "$dir/log" >&2
    fault "$cc does not compile $name.c"
elif [ -z "$graph" ]; then
    say "stack: not measured: $cc has no -fcallgraph-info"
else
    say "stack of a call, in bytes: the most that a chain of calls takes"
    # nodes and edges become a graph; what OpenMP runs belongs to the function that it was cut out of, or, when that one
    # is part of others, to each of them that starts threads
    awk -v name="$name" '
        function bare(title) { sub(/^.*:/, "", title); return title }
        function deepest(f,    i, d, most, n) {
            if (f in depth) return depth[f]
            if (f in on_way) { print "FAULT recursion through " f; return 0 }
            on_way[f] = 1; most = 0; next_of[f] = ""
            for (i = 1; i <= n_edges[f]; i++) {
                d = deepest(edge[f, i])
                if (d > most) { most = d; next_of[f] = edge[f, i] }
            }
            delete on_way[f]
            return depth[f] = most + bytes[f]
        }
        function link(from, to) { edge[from, ++n_edges[from]] = to }
        /^node:/ {
            split($0, part, "\""); f = bare(part[2])
            if (f == "__indirect_call") { print "FAULT a call through a pointer"; next }
            if ($0 ~ /shape : ellipse/) { outside[f] = 1; next }
            at = match(part[4], /[0-9]+ bytes \([a-z,]+\)/)
            if (!at) next
            text = substr(part[4], RSTART, RLENGTH); bytes[f] = text + 0
            if (text ~ /\(dynamic\)/) print "FAULT stack of variable size in " f
            if (match(f, /\._omp_fn\.[0-9]+/)) parallel[f] = substr(f, 1, RSTART - 1)
            if (index(f, name "_") == 1 && part[2] == f) calls[++n_calls] = f
        }
        /^edge:/ {
            split($0, part, "\""); link(bare(part[2]), bare(part[4]))
            if (bare(part[4]) ~ /^(GOMP|__kmpc)/) starts[bare(part[2])] = 1
        }
        END {
            for (f in parallel)
                if (parallel[f] in bytes) link(parallel[f], f)
                else for (other in starts) link(other, f)
            for (i = 1; i <= n_calls; i++) {
                line = calls[i] " " deepest(calls[i]) " ="
                for (f = calls[i]; f != ""; f = next_of[f]) if (bytes[f]) line = line " " f " " bytes[f]
                print line
            }
            thread = 0
            for (f in parallel) if (deepest(f) > thread) thread = depth[f]
            if (thread) print "further threads " thread
            for (f in outside) print "OUTSIDE " f
            if (!n_calls) print "FAULT no function of the library was found"
        }' "$dir/$name.ci" | sort >"$dir/stack"
    grep -v '^FAULT\|^OUTSIDE' "$dir/stack" >>"$found"
    say "not counted: what these take themselves: $(sed -n 's/^OUTSIDE //p' "$dir/stack" | tr '\n' ' ')"
    while read -r word rest; do [ "$word" = FAULT ] && fault "$rest"; done <"$dir/stack"
fi

# ---- symbols ----
say ""
if ! there "$nm"; then say "symbols: not measured: $nm is not here"
elif [ -f "$dir/$name.o" ]; then
    $nm "$dir/$name.o" >"$dir/symbols"
    all=$(awk '$1 == "U" { print $2 }' "$dir/symbols" | sort | tr '\n' ' ')
    say "symbols that are not in the file: $all"
    arithmetic="add|sub|mul|div|udiv|mod|umod|neg|ashl|ashr|lshr|clz|ctz|popcount|fix|float|extend|trunc"
    arithmetic="$arithmetic|eq|ne|lt|le|gt|ge|unord|cmp|ucmp"          # of libgcc and compiler-rt
    for symbol in $all; do
        case $symbol in
        memcpy | memset | sqrtf | sqrt | _GLOBAL_OFFSET_TABLE_ | GOMP_* | __kmpc_* | omp_get_*) ;;
        __aeabi_* | __riscv_* | __stack_chk_fail | __stack_chk_guard) ;;
        *) echo "$symbol" | grep -qE "^__($arithmetic)[a-z]*[0-9]?\$" || fault "$name.o needs $symbol" ;;
        esac
    done
    variables=$(awk '$2 ~ /^[bBDC]$/ { print $3 }' "$dir/symbols" | tr '\n' ' ')
    [ -z "$variables" ] || fault "variables that change: $variables"
fi

# ---- MISRA ----
reason() { # why it is accepted that the code is against a rule; nothing: it is not
    case $1 in
    1.4) echo "_Static_assert and _Alignas hold sizes and alignment to what was planned" ;;
    2.2) echo "a size names each axis that the graph gives it, 1 too" ;;
    2.[3457]) echo "types, macros and parameters stand in the runtime's text as other graphs need them" ;;
    5.3) echo "a variable of an inner block may be called as one of an outer block or a function" ;;
    8.2) echo "the prototypes of C's own functions name no parameters" ;;
    8.9) echo "tables are at file scope, where they can be read" ;;
    8.13) echo "results are written through structs that a caller owns" ;;
    8.14) echo "restrict says that buffers do not overlap, which the plan's validator has shown" ;;
    9.[2-5]) echo "what an initializer leaves out is zero" ;;
    10.[1-8]) echo "C's conversions between widths are used; a wrong one would change the vectors" ;;
    11.[3589]) echo "a struct of floats is also an array of floats, and the workspace holds buffers of several types" ;;
    12.1) echo "the precedence of C's operators is relied on" ;;
    12.2) echo "shifts are by less than the width: counts are constants or masked" ;;
    12.3) echo "short statements that belong together stand behind one another" ;;
    13.[34]) echo "an assignment or ++ is part of an expression that nothing else of it reads" ;;
    14.2) echo "a loop may step a pointer beside its counter, or begin where the one before it ended" ;;
    14.4) echo "a number or a pointer that is not 0 is a condition" ;;
    15.[45]) echo "a call that cannot go on returns at once, with a status" ;;
    15.6) echo "a single statement has no braces" ;;
    16.[1346]) echo "a switch over an enumeration names its values, and returns from each" ;;
    17.7) echo "memcpy and memset return what they were given" ;;
    17.8) echo "a parameter is a variable of the function" ;;
    18.4) echo "pointers move along arrays whose size is a constant" ;;
    19.2) echo "buffers that are never live at once share bytes: the plan's validator has shown it" ;;
    20.[1579] | 20.10) echo "macros repeat code for constant sizes, which compilers then unroll" ;;
    21.2) echo "memcpy and memset are declared here, so that no header of a library is needed" ;;
    esac
}
say ""
echo 'int tailor_none;' >"$dir/none.c"
if ! there "$cppcheck"; then say "MISRA C:2012: not measured: $cppcheck is not here"
elif ! "$cppcheck" --addon=misra -q "$dir/none.c" >"$dir/log" 2>&1 || grep -q 'addon' "$dir/log"; then
    say "MISRA C:2012: not measured: $cppcheck has no addon misra"
else
    "$cppcheck" --addon=misra --enable=style --std=c11 --max-configs=1 -q \
        --template='{severity} {id} {file}:{line}: {message}' "$name.c" >"$dir/misra" 2>&1
    say "MISRA C:2012, by $("$cppcheck" --version), with no macros of a processor: places against each rule, and why"
    say "they are accepted"
    sed -n 's/^[a-z]* misra-c2012-\([0-9.]*\) .*/\1/p' "$dir/misra" | sort -t. -k1,1n -k2,2n | uniq -c >"$dir/rules"
    while read -r count rule; do
        why=$(reason "$rule")
        if [ -n "$why" ]; then say "$rule: $count; $why"
        else fault "MISRA rule $rule: $count, without a reason to accept it"; fi
    done <"$dir/rules"
    [ -s "$dir/rules" ] || say "none"
    grep '^error ' "$dir/misra" >"$dir/errors" && while read -r line; do fault "cppcheck: $line"; done <"$dir/errors"
fi

# ---- vectors ----
say ""
if [ ! -f "$dir/$name.o" ]; then :
elif [ "$run" = no ]; then say "vectors: not measured: RUN=no"
elif ! $cc $cflags "$name.check.c" "$dir/$name.o" -o "$dir/check" -lm 2>"$dir/log"; then
    cat "$dir/log" >&2
    fault "$cc does not build $name.check.c"
elif ! $run "$dir/check" >"$dir/vectors"; then fault "the program of $name.check.c fails"
else
    sed -n '/^Vectors/,$p' "$name.evidence.txt" | sed 1d >"$dir/golden"
    if [ ! -s "$dir/golden" ]; then say "vectors: none are golden; those found, on drawn digits, are"
    elif cmp -s "$dir/golden" "$dir/vectors"; then say "vectors: the golden ones"
    else
        other=$(diff "$dir/golden" "$dir/vectors" | sed -n 's/^> //p' | sed 1q)
        fault "vectors are not the golden ones, from '$other' on"
    fi
    cat "$dir/vectors" >>"$found"
fi
{
    if [ $faults = 0 ]; then echo "The library $name: all as expected"
    else echo "The library $name: $faults things are not as expected"; fi
    echo "by $($cc --version | sed 1q) with $cflags"
    cat "$found"
} >"$name.evidence.machine.txt"
[ $faults = 0 ]
