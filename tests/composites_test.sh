#!/bin/sh
# What the prelude is made of: gradients of order 1 and 2 against differences, every emitted value against the interpreter, the
# passes off against on.  A custom gradient that is wrong must be found.
set -u
cd "$(dirname "$0")/.."
wrong=0 n=0
for graph in tests/composites/*.lua; do
    n=$((n + 1))
    ./tailor check "$graph" --gradients --validate >build/composites.log 2>&1 || { wrong=1; echo "$graph"; grep -E "wrong|off|error|:[0-9]+:" build/composites.log | head -20; }
done
cat >build/wrong_gradient.lua <<'LUA'
x = input { 5 }
third = custom { forward = function(v) return v * v * v end, backward = function(d, v) return 2 * d * v * v end }
minimize(mean(third(linear(x, 3))))
LUA
./tailor check build/wrong_gradient.lua --gradients >/dev/null 2>build/composites.err && { wrong=1; echo "a wrong custom gradient is not found"; }
grep -q "wrong_gradient.lua:3:.*backward.*off by" build/composites.err || { wrong=1; echo "no message: $(cat build/composites.err)"; }
[ $wrong = 0 ] && echo "$n graph files"
exit $wrong
