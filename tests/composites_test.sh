#!/bin/sh
# What the prelude is made of: gradients of order 1 and 2 against differences, every emitted value against the
# interpreter, the passes off against on.  A custom gradient that is wrong must be found.
set -u
cd "$(dirname "$0")/.."
export CC="sh $PWD/tests/quick_cc.sh" KMP_BLOCKTIME=0
wrong=0 n=0
for graph in tests/composites/*.lua; do
    n=$((n + 1))
    ./tailor check "$graph" --gradients --validate >build/composites.log 2>&1 || {
        wrong=1
        echo "$graph"
        grep -E "wrong|off|error|:[0-9]+:" build/composites.log | head -20
    }
done
cat >build/wrong_gradient.lua <<'LUA'
x = input { 5 }
third = custom { forward = function(v) return v * v * v end, backward = function(d, v) return 2 * d * v * v end }
minimize(mean(third(linear(x, 3))))
LUA
./tailor check build/wrong_gradient.lua --gradients >/dev/null 2>build/composites.err && {
    wrong=1
    echo "a wrong custom gradient is not found"
}
grep -q "wrong_gradient.lua:3:.*backward.*off by" build/composites.err || {
    wrong=1
    echo "no message: $(cat build/composites.err)"
}
# Maps that are 0 everywhere, of features that are 0 and of images that are: values, losses and gradients are finite.
octets() { # 8 bytes, little-endian, of a number below 65536
    printf "\\$(printf %o $(($1 % 256)))\\$(printf %o $(($1 / 256)))\\0\\0\\0\\0\\0\\0"
}
floats() { # the numbers behind the header
    header=$(od -An -tu4 -N4 "$1" | tr -d ' ')
    od -An -v -tf4 -j $((8 + header)) "$1"
}
header='{"area":{"dtype":"F32","shape":[3,6,5,1],"data_offsets":[0,360]},'
header=$header'"image":{"dtype":"F32","shape":[3,6,5,2],"data_offsets":[360,1080]},'
header=$header'"other":{"dtype":"F32","shape":[3,6,5,2],"data_offsets":[1080,1800]},'
header=$header'"label":{"dtype":"I32","shape":[3],"data_offsets":[1800,1812]}}'
{ octets ${#header}; printf %s "$header"; head -c 1812 /dev/zero; } >build/dead.safetensors
rm -f build/dead_out.safetensors
./tailor grad tests/composites/cam.lua --feed build/dead.safetensors -o build/dead_out.safetensors || wrong=1
floats build/dead_out.safetensors >build/dead.txt
[ "$(wc -w <build/dead.txt)" -gt 1000 ] || { wrong=1; echo "dead maps: no output"; }
grep -iE "nan|inf" build/dead.txt | head -3 | grep . && { wrong=1; echo "dead maps: not finite"; }
[ $wrong = 0 ] && echo "$n graph files"
exit $wrong
