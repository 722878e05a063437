#!/bin/sh
# Graphs of very many values in a row or side by side: with a stack of 256 KB, in time that grows as they do, and to C
# that compilers take.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
limited() { (ulimit -s 256 && timeout 120 "$@"); }
graph() { { echo 'option { n = 1 } x = input { 4, 4, 1 } label = labels(4) local v = x'; cat; } >"$dir/$1.lua"; }
graph sum <<'LUA'
for i = 1, option.n do v = v + i end
y = v
LUA
graph view <<'LUA'
for i = 1, option.n do v = slice(pad(v, { h = { 1, 0 } }, i), "h", 1, 4) end
y = v
LUA
graph fold <<'LUA'
for i = 1, option.n do v = v - 0.1 * sum(v, "c") end
y = v
LUA
graph tree <<'LUA'
local t, n = {}, option.n
for i = 1, n do t[i] = x * i end
while n > 1 do
    for i = 1, n // 2 do t[i] = t[2 * i - 1] + t[2 * i] end
    n = n // 2
end
y = t[1]
LUA
graph scalar <<'LUA'
v = sum(param({ 1 }, { init = 1 }))
for i = 1, option.n do v = sigmoid(v) + 0.5 end
y = x * v
LUA
graph names <<'LUA'
for i = 1, option.n do v = tanh(v) _ENV["y" .. i] = v end
LUA
graph twice <<'LUA'
for i = 1, option.n do v = tanh(v) end
g = grad(sum(v), x)
h = grad(sum(g * g), x)
LUA
graph backward <<'LUA'
local f = custom { forward = function (a) return a * 2 end,
                   backward = function (d, a) for i = 1, option.n do d = d * 0.5 + i end return d end }
v = f(x)
g = grad(sum(v * v), x)
LUA
graph layers <<'LUA'
v = linear(flatten(x), 4)
for i = 1, option.n do v = linear(v, 4) end
y = v
LUA
graph train <<'LUA'
v = linear(flatten(x), 4)
for i = 1, option.n do v = v * 0.5 + i end
minimize(cross_entropy(v, label))
train { data = "mnist", batch = 32, optimizer = sgd { lr = 0.1 } }
LUA
# names beside each other, each compared with all before it if they are in lists
graph outputs <<'LUA'
for i = 1, option.n do output("o" .. i, x) end
LUA
graph metrics <<'LUA'
y = sum(x)
for i = 1, option.n do metric("m" .. i, y) end
LUA
graph shared <<'LUA'
y = x
for i = 1, option.n do shared("s" .. i, function () end) end
LUA
for case in "sum 99000" "view 20000" "fold 10000" "tree 65536" "scalar 40000" "names 20000" "twice 5000" \
    "backward 20000" "layers 1000" "train 40000"; do
    expect 0 "" limited ./tailor check "$dir/${case% *}.lua" --set "n=${case#* }"
done
seconds() { (ulimit -t "$1" && shift && limited "$@"); }      # of the processor, so that a busy machine changes nothing
for case in "outputs 100000" "metrics 100000" "shared 400000"; do
    expect 0 "" seconds 8 ./tailor check "$dir/${case% *}.lua" --set "n=${case#* }"
done
expect 1 "more than 200000 values" limited ./tailor check "$dir/sum.lua" --set n=200001
expect 0 "" limited ./tailor check "$dir/layers.lua" --set n=300 --memory-budget 30000000

# every value of it, with passes on and off: the same bits wherever an expression ends
expect 0 "" ./tailor check "$dir/train.lua" --set n=1200 --validate
expect 0 "" limited ./tailor emit "$dir/view.lua" --set n=500 -o "$dir/view"
expect 0 "" limited ./tailor emit "$dir/sum.lua" --set n=4000 -o "$dir/sum"
for cc in gcc clang; do
    command -v $cc >/dev/null || continue
    for g in view sum; do
        expect 0 "" timeout 120 $cc -std=gnu11 -O1 -ffp-contract=off -fopenmp -I"$dir/$g/runtime" -c "$dir/$g/$g.c" \
            -o "$dir/$g.o"
    done
done
echo "$expected deep graphs"
[ $wrong = 0 ]
