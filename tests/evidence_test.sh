#!/bin/sh
# The evidence of emitted libraries: written twice the same; `make check` passes, in the inference form too, and the
# vectors of the graphs in graphs/ are the golden ones; each thing that is planted makes it fail, and is named.
# UPDATE=1 writes compiler/emit/vectors/ anew.
. tests/expect.sh
inlined="-O1 -march=native -fno-math-errno"
flags="$inlined -DRT_QUICK_BUILD"       # kernels that are called: chains of calls are longer, vectors the same
check() { make -s -C "$1" check CC=gcc CFLAGS="$2" CPPCHECK="${3:-none}"; }
has() { # folder, name, pattern: what the machine's evidence says
    grep -q -- "$3" "$1/$2.evidence.machine.txt" || bad "no '$3' in $1/$2.evidence.machine.txt"
}

for g in mlp cnn resnet convnext; do
    : >"$dir/$g.vectors"
    forms="--library"
    case $g in mlp | cnn) forms="--library --library_--inference" ;; esac
    for form in $forms; do
        form=$(echo "$form" | tr _ ' ')
        expect 0 "" $tailor emit graphs/$g.lua $form -o "$dir/$g"
        expect 0 "" $tailor emit graphs/$g.lua $form -o "$dir/again"
        diff -r "$dir/$g" "$dir/again" || bad "$g: $form is not the same twice"
        [ "$g$form" = cnn--library ] && as="$inlined" || as="$flags"
        expect 0 "" check "$dir/$g" "$as"
        has "$dir/$g" $g "^The library $g: all as expected"
        has "$dir/$g" $g "^symbols that are not in the file: .*mem"
        grep '^graph-hash' "$dir/$g/$g.evidence.txt" >>"$dir/$g.vectors"
        sed -n '/^vectors: /,$p' "$dir/$g/$g.evidence.machine.txt" | sed 1d >>"$dir/$g.vectors"
        [ "$form" != --library ] || {
            has "$dir/$g" $g "^${g}_step [1-9][0-9]* = ${g}_step "
            sed -n 's/^plan [a-z]*: \([0-9]* buffers\).*/\1/p' "$dir/$g/$g.evidence.txt" >"$dir/plans"
            grep -o '[0-9]* buffers (the' "$dir/$g/$g.h" | sed 's/ (the//' | cmp - "$dir/plans" ||
                bad "$g: the evidence has other numbers of buffers than the header"
            mv "$dir/$g" "$dir/$g.lib"
        }
        rm -rf "$dir/$g" "$dir/again"
    done
    if [ "${UPDATE:-}" = 1 ]; then cp "$dir/$g.vectors" compiler/emit/vectors/; fi
    cmp "compiler/emit/vectors/$g.vectors" "$dir/$g.vectors" || bad "$g.vectors has other numbers"
    [ "${UPDATE:-}" = 1 ] || has "$dir/$g.lib" $g "^vectors: the golden ones"
done

# other options, another graph: no golden vectors
expect 0 "" $tailor emit graphs/mlp.lua --set width=16 --library -o "$dir/small"
expect 0 "" check "$dir/small" "-O1 -fopenmp -fno-math-errno"
has "$dir/small" mlp "^vectors: none are golden"
has "$dir/small" mlp "^further threads [1-9]"
grep -q '^loss 10 0x1' "$dir/small/mlp.evidence.machine.txt" || bad "no losses"
if command -v cppcheck >/dev/null; then
    expect 0 "" check "$dir/small" "$flags" cppcheck
    has "$dir/small" mlp "^15.6: [0-9]*; a single statement has no braces"
else has "$dir/small" mlp "^MISRA C:2012: not measured"; fi

# what is planted in the code is found, by more than the hash of the file
plant() { # what is said, what stands at the start of the last function
    rm -rf "$dir/planted" && cp -r "$dir/mlp.lib" "$dir/planted"
    sed "/^const char \*mlp_status_text(MlpStatus status)/,/^{/s/^{/{ $2/" "$dir/mlp.lib/mlp.c" |
        sed "s/^const char \*mlp_status_text/${3:-} &/" >"$dir/planted/mlp.c"
    expect 2 "mlp: $1" check "$dir/planted" "$flags" "${4:-none}"
    has "$dir/planted" mlp "^NOT AS EXPECTED: $1"
    has "$dir/planted" mlp "^NOT AS EXPECTED: changed since the evidence was written: mlp.c"
}
plant "recursion through again" "volatile int n = 9; if (status \&\& again(\&n)) return 0;" \
    "static int again(volatile int *n) { return --*n > 0 ? again(n) + *n : *n; }"
plant "mlp.o needs malloc" "if (status > 99) return (const char *)malloc(9);" "void *malloc(size_t);"
plant "gcc does not compile mlp.c" "char x[status + 1]; x[status] = 0; if (x[0]) return 0;"
plant "stack of variable size in mlp_status_text" "char *x = __builtin_alloca(status + 9); x[status] = 0; again(x);" \
    "__attribute__((noinline)) static void again(volatile char *x) { *x = 1; }"
plant "a call through a pointer" "const char *(*volatile f)(MlpStatus) = mlp_status_text; if (status > 99) return f(0);"
plant "variables that change: calls" "calls++;" "int calls;"
! command -v cppcheck >/dev/null ||
    plant "MISRA rule 7.1: 1, without a reason" "if (status == 0171) return 0;" "" cppcheck
rm -rf "$dir/planted" && cp -r "$dir/mlp.lib" "$dir/planted"
sed 's/0x1p-24f/0x1p-23f/' "$dir/mlp.lib/mlp.c" >"$dir/planted/mlp.c"
! cmp -s "$dir/mlp.lib/mlp.c" "$dir/planted/mlp.c" || bad "no constant was changed"
expect 2 "vectors are not the golden ones, from 'loss 1 0x.*' on" check "$dir/planted" "$flags"

# tools that are missing are no fault; code for another machine is not run
expect 0 "" make -s -C "$dir/mlp.lib" check CC=gcc CFLAGS="$flags" CPPCHECK=none NM=none RUN=no
has "$dir/mlp.lib" mlp "^symbols: not measured: none is not here"
has "$dir/mlp.lib" mlp "^vectors: not measured: RUN=no"
if command -v clang >/dev/null; then
    expect 0 "" make -s -C "$dir/mlp.lib" check CC=clang CFLAGS="$flags" CPPCHECK=none
    has "$dir/mlp.lib" mlp "^vectors: the golden ones"
fi
[ $wrong = 0 ] && echo "evidence of 4 graphs, of 2 in both forms; $expected commands as expected"
[ $wrong = 0 ]
