#!/bin/sh
# use: what it gives, where files may lie, limits, and runs that keep copies of all their files.  The messages of wrong
# uses are in errors/use_*.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
graphs=$dir/a/graphs
mkdir -p "$graphs/networks" "$graphs/objectives" "$dir/a/other"

# ---- one experiment, in one file and in parts ----
cat >"$dir/whole.lua" <<'END'
option { width = 8, lambda = 0.1 }
image = input { 28, 28, 1 }
label = labels(10)
local x = max_pool(relu(conv2d(image, option.width, { name = "conv1" })), 4)
features = relu(conv2d(x, option.width, { name = "conv2" }))
logits = linear(global_avg_pool(features), 10, { name = "fc" })
map = grad_cam(pick(logits, label), features, { normalize = "max" })
minimize(cross_entropy(logits, label) + option.lambda * reconstruction(map, image))
metric("accuracy", equal(argmax(logits), label))
train { data = "digits", epochs = 1, optimizer = adamw { lr = 1e-3 } }
END
cat >"$graphs/networks/small.lua" <<'END'
-- two layers
local layer = use "../networks/layer.lua"
local function net(x)
    x = max_pool(layer(x, "conv1"), 4)
    features = layer(x, "conv2")
    return linear(global_avg_pool(features), 10, { name = "fc" })
end
return net, { width = option.width }
END
cat >"$graphs/networks/layer.lua" <<'END'
return function(x, name) return relu(conv2d(x, option.width, { name = name })) end
END
cat >"$graphs/recipe.lua" <<'END'
metric("accuracy", equal(argmax(logits), label))
runs = 1
return { data = "digits", epochs = 1, optimizer = adamw { lr = 1e-3 } }
END
cat >"$graphs/objectives/whole.lua" <<'END'
option { width = 8, lambda = 0.1 }
image = input { 28, 28, 1 }
label = labels(10)
local net, about = use "../networks/small.lua"
assert(about.width == option.width)
logits = net(image)
map = grad_cam(pick(logits, label), features, { normalize = "max" })
minimize(cross_entropy(logits, label) + option.lambda * reconstruction(map, image))
local recipe = use "../recipe.lua"
assert(use "./../recipe.lua" == recipe and use "../objectives/../recipe.lua" == recipe)
assert(select("#", use "../nothing.lua") == 0 and use "../nothing.lua" == nil)
train(recipe)
END
: >"$graphs/nothing.lua"
hash_of() { ./tailor check "$@" --json | sed -n 's/.*"graph_hash": "\(.*\)".*/\1/p'; }
whole=$(hash_of "$dir/whole.lua")
[ -n "$whole" ] && [ "$whole" = "$(hash_of "$graphs/objectives/whole.lua")" ] || bad "parts are another graph"
[ "$(cd "$graphs/objectives" && "$tailor" check whole.lua 2>&1)" = \
    "$(./tailor check "$graphs/objectives/whole.lua" 2>&1)" ] ||
    bad "the folder from which a graph is named matters"
[ "$(cd "$graphs/objectives" && "$tailor" check - <whole.lua 2>&1 | grep -c 'lies outside of')" = 1 ] ||
    bad "standard input used a file above the working folder"
sed 's/\.\.\/networks/networks/; /nothing/d; s/"[^"]*recipe.lua"/"recipe.lua"/g' "$graphs/objectives/whole.lua" \
    >"$graphs/below.lua"
[ "$whole" = "$(cd "$graphs" && "$tailor" check - --json <below.lua | sed -n 's/.*"graph_hash": "\(.*\)".*/\1/p')" ] ||
    bad "standard input does not use files below the working folder"

# ---- lines ----
./tailor check "$graphs/objectives/whole.lua" --json >"$dir/json"
grep -q '"conv2.weight", "shape": \[8, 8, 3, 3\], "line": 1, "file": "networks/layer.lua"' "$dir/json" ||
    bad "file of a parameter"
grep -q '"features", "shape": .*"line": 5, "file": "networks/small.lua"' "$dir/json" || bad "file of a value"
grep -q '"logits", "shape": .*"line": 6}' "$dir/json" || bad "line of a value"
./tailor check "$graphs/objectives/whole.lua" --cost --json >"$dir/json"
grep -q '"lines": \[\], "places": \["networks/layer.lua:1"\]' "$dir/json" ||
    bad "places of a kernel's cost"
./tailor emit "$graphs/objectives/whole.lua" -o "$dir/emitted" || bad emit
grep -q ' networks/layer.lua:1 \*/' "$dir/emitted/whole.h" || bad "file in emitted comments"
awk 'length > 110 { exit 1 }' "$dir/emitted/whole.c" "$dir/emitted/whole.h" || bad "emitted lines are too wide"
mkdir -p "$dir/b"; cp -r "$graphs" "$dir/b/"
./tailor emit "$dir/b/graphs/objectives/whole.lua" -o "$dir/again" && diff -r "$dir/emitted" "$dir/again" >/dev/null ||
    bad "emitted text depends on the folder"

# ---- runs ----
expect 0 "" ./tailor train "$dir/whole.lua" --out "$dir/one"
expect 0 "" ./tailor train "$graphs/objectives/whole.lua" --out "$dir/parts"
sha() { sed -n 's/.*"weights_sha256": "\(.*\)".*/\1/p' "$1/run.json"; }
[ -n "$(sha "$dir/one")" ] && [ "$(sha "$dir/one")" = "$(sha "$dir/parts")" ] || bad "weights of parts are others"
cmp -s "$dir/whole.lua" "$dir/one/whole.lua" && [ ! -e "$dir/one/graphs" ] || bad "the copy of a file without parts"
for file in objectives/whole.lua networks/small.lua networks/layer.lua recipe.lua nothing.lua; do
    cmp -s "$graphs/$file" "$dir/parts/graphs/$file" || bad "the run has no copy of $file"
done
mv "$dir/parts" "$dir/a/moved"
mv "$graphs" "$dir/a/gone"
expect 0 "" "$tailor" cam "$dir/a/moved" --images 20 --steps 1 -o "$dir/maps"
expect 0 "" "$tailor" eval "$dir/a/moved"
expect 0 "" "$tailor" train "$dir/a/moved/graphs/objectives/whole.lua" --resume "$dir/a/moved"
cp -r "$dir/a/moved" "$dir/lost"
rm "$dir/lost/graphs/networks/layer.lua"
expect 1 "small.lua:2: use: '../networks/layer.lua': there is no such file" "$tailor" cam "$dir/lost" -o "$dir/none"
echo ../../whole.lua >"$dir/lost/graph.txt"
expect 1 "graph.txt: it does not name a file of graphs" "$tailor" cam "$dir/lost" -o "$dir/none"
mv "$dir/a/gone" "$graphs"

# ---- links: where they lead counts ----
ln -s ../recipe.lua "$graphs/networks/linked.lua"
ln -s networks "$graphs/nets"
ln -s "$dir/whole.lua" "$graphs/networks/out.lua"
ln -s "$dir/a/other" "$graphs/others"
ln -s loop.lua "$graphs/loop.lua"
ln -s objectives/whole.lua "$graphs/again.lua"
echo 'x = input { 3 }' >"$dir/a/other/x.lua"
mkfifo "$graphs/pipe.lua"
head -c 5000000 /dev/zero | tr '\0' ' ' >"$graphs/large.lua"
printf 'x = 1\0' >"$graphs/zero.lua"
printf '\033Lua' >"$graphs/compiled.lua"
bad_name=$(printf 'bad\377.lua')
echo 'return 1' >"$graphs/$bad_name" && ln -s "$bad_name" "$graphs/good.lua"
only() { printf 'use "%s"\nx = input { 3 }\n' "$1" >"$graphs/only.lua"; }
refused() { only "$1"; expect 1 "only.lua:1: use: $2" "$tailor" check "$graphs/only.lua"; }
refused networks/out.lua "'networks/out.lua' lies outside of $graphs/"
refused others/x.lua "'others/x.lua' lies outside of"
refused ../other/x.lua "'../other/x.lua' lies outside of"
refused loop.lua "'loop.lua': Too many levels"
refused pipe.lua "'pipe.lua' is a pipe or a device, not a file"
refused networks/../large.lua "$graphs/large.lua: 5000000 bytes, against 4194304 at most"
refused zero.lua "$graphs/zero.lua: there is a zero byte in the file, at byte 6"
refused compiled.lua "$graphs/compiled.lua is no text"
refused good.lua "the name of the file that it leads to is no UTF-8 text"
refused recipe.lua/x.lua "'recipe.lua/x.lua': Not a directory"
[ "$(id -u)" = 0 ] || { : >"$graphs/closed.lua" && chmod 0 "$graphs/closed.lua" && refused closed.lua "cannot open"; }
only ../graphs/networks/../nothing.lua
expect 0 "" "$tailor" check "$graphs/only.lua"
cat >"$graphs/links.lua" <<'END'
option { width = 4 }
local net = use "nets/small.lua"
image = input { 28, 28, 1 }
label = labels(10)
logits = net(image)
local recipe = use "networks/linked.lua"
assert(recipe == use "nets/linked.lua" and recipe == use "recipe.lua" and net == use "networks/small.lua")
minimize(cross_entropy(logits, label))
train(recipe)
END
expect 0 "" ./tailor train "$graphs/links.lua" --out "$dir/links"
cp -r "$dir/links" "$dir/copied" && rm -r "$dir/links"
[ "$(hash_of "$dir/copied/graphs/links.lua")" = "$(hash_of "$graphs/links.lua")" ] ||
    bad "the copy of links is another graph"
expect 0 "" "$tailor" cam "$dir/copied" --images 20 --steps 1 -o "$dir/maps"
ln -s "$graphs/objectives/whole.lua" "$dir/again.lua"
[ "$whole" = "$(hash_of "$dir/again.lua")" ] || bad "a link to a graph file does not use what the file uses"
sed -i 's/use "..\/networks/use "..\/network/' "$graphs/objectives/whole.lua"
expect 1 "again.lua:4: use: '../network/small.lua': there is no such file" ./tailor check "$dir/again.lua"

# ---- without a folder called graphs, the file's own is the root ----
mkdir -p "$dir/own/sub"
echo 'return function(x) return use "../top.lua" (x) end' >"$dir/own/sub/part.lua"
echo 'return relu' >"$dir/own/top.lua"
printf 'x = input { 3 }\ny = use "sub/part.lua" (x)\n' >"$dir/own/graph.lua"
expect 0 "" ./tailor check "$dir/own/graph.lua"
printf 'x = input { 3 }\ny = use "../top.lua" (x)\n' >"$dir/own/sub/graph.lua"
expect 1 "'../top.lua' lies outside of $dir/own/sub/" ./tailor check "$dir/own/sub/graph.lua"

# ---- limits ----
many=$dir/many
mkdir "$many"
for i in $(seq 300); do echo "return $i" >"$many/p$i.lua"; done
for i in $(seq 100); do echo "return use 'deep$((i + 1)).lua'" >"$many/deep$i.lua"; done
echo 'return 1' >"$many/deep101.lua"
echo 'for i = 1, 256 do use("p" .. i .. ".lua") end x = input { 3 }' >"$many/some.lua"
echo 'for i = 1, 300 do use("p" .. i .. ".lua") end' >"$many/files.lua"
echo 'for i = 1, 2000 do use(string.rep("./", i // 10) .. "p" .. i % 10 + 1 .. ".lua") end' >"$many/paths.lua"
echo 'for i = 1, 1e9 do use "p1.lua" end' >"$many/calls.lua"
echo 'use "deep1.lua"' >"$many/nested.lua"
echo 'for i = 1, 20 do use("wide" .. i .. ".lua") end' >"$many/bytes.lua"
for i in $(seq 20); do ln -s large.lua "$many/wide$i.lua"; done
head -c 4000000 "$graphs/large.lua" >"$many/large.lua"
expect 0 "" ./tailor check "$many/some.lua"
expect 1 "files.lua:1: use: more than 256 files" ./tailor check "$many/files.lua"
expect 1 "paths.lua:1: use: more than 1024 different paths" ./tailor check "$many/paths.lua"
expect 1 "calls.lua:1: .*more than 50000000 instructions" ./tailor check "$many/calls.lua"
expect 1 "use: more than 64 files use one another" ./tailor check "$many/nested.lua"
expect 1 "x.lua:.*memory\|the file names no value" ./tailor check "$many/bytes.lua"
for i in $(seq 20); do rm "$many/wide$i.lua" && cp "$many/large.lua" "$many/wide$i.lua"; done
expect 1 "bytes.lua:1: .*more than 50000000 instructions" ./tailor check "$many/bytes.lua"
[ $wrong = 0 ] && echo "$expected commands"
exit $wrong
