#!/bin/sh
# tailor show: every buffer of the plan once, with its bytes; the peak of the picture; blocks; text of 80 columns; the
# pictures of docs/ are those of today (UPDATE=1 writes them anew); XML that parses, where python3 is there.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
well_formed() { # file
    command -v python3 >/dev/null || { unparsed=1; return; }
    python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' "$1" || bad "$1 is no XML"
}
unparsed=0
all="mlp cnn resnet convnext decoy_cnn cnn_cam objectives/reconstruction_sup_con objectives/rrr_g objectives/gain"
for graph in $all; do
    d=$dir/$(basename $graph)
    expect 0 "" $tailor show graphs/$graph.lua -o "$d"
    expect 0 "" $tailor emit graphs/$graph.lua -o "$d/c"
    well_formed "$d/graph.svg"
    well_formed "$d/plan.svg"
    name=$(basename $graph)
    sed -n '2,$s/^\([^,]*\),[^,]*,[^,]*,\([^,]*\),.*/\1 \2/p' "$d/c/$name.plan.csv" | sort >"$d/rows"
    sed -n 's/^<g class="buffer" data-name="\([^"]*\)" data-bytes="\([^"]*\)">.*/\1 \2/p' "$d/plan.svg" |
        sort >"$d/drawn"
    cmp -s "$d/rows" "$d/drawn" ||
        bad "$graph: drawn buffers are not those of the plan: $(diff "$d/rows" "$d/drawn" | head -n 4)"
    peak=$(sed -n 's/.*"workspace_bytes": \([0-9]*\).*/\1/p' "$d/c/$name.json")
    grep -q ">peak $peak bytes (line)" "$d/plan.svg" || bad "$graph: the peak is not $peak"
    # the highest rectangle ends at the line of the peak, y = 92
    top=$(sed -n '/class="buffer"/,/<\/g>/s/.*<rect .* y="\([0-9.]*\)".*/\1/p' "$d/plan.svg" | sort -n | head -n 1)
    [ "$top" = 92.0 ] || bad "$graph: the highest buffer begins at $top, against 92.0 of the peak"
    grep -q 'class="interval line2".* y1="92.0"' "$d/plan.svg" || bad "$graph: no line of the peak at 92.0"
    expect 0 "" $tailor show graphs/$graph.lua --text
    wide=$(awk 'length > 80 { print FNR; exit }' "$dir/out")
    [ -z "$wide" ] || bad "$graph: line $wide of the text is longer than 80 columns"
    rows=$(sed -n '/^block /,/^$/p' "$dir/out" | sed '1d;/^$/d' | wc -l)
    [ "$(grep -c 'class="block"' "$d/graph.svg")" = "$rows" ] ||
        bad "$graph: picture and text have not the same number of blocks"
done

# what a block is: of resnet
$tailor show graphs/resnet.lua --text >"$dir/resnet.txt"
blocks=$(sed -n '/^block /,/^$/s/^\([^ ]*\) .*/\1/p' "$dir/resnet.txt" | tr '\n' ' ')
should="block image label stem stages.1.1 stages.1.2 stages.1.3 stages.2.1 stages.2.2 stages.2.3 stages.3.1 stages.3.2 \
stages.3.3 global_avg_pool fc cross_entropy "
[ "$blocks" = "$should" ] || bad "blocks of resnet: $blocks"
grep -q '^stages.2.1 *14x14x32 *14.5 k *5.62 M  stages.1.3$' "$dir/resnet.txt" || bad "stages.2.1 is another"
sum=$(sed -n 's/.*"parameter_count": \([0-9]*\).*/\1/p' "$dir/resnet/c/resnet.json")
[ "$sum" = 272186 ] || bad "$sum parameters of resnet"
# where the gradient enters: from the logits alone, or from the features and what the maps read too
[ "$(grep -c 'class="curve line2" fill="none"' "$dir/resnet/graph.svg")" = 2 ] || bad "resnet: one arrow and its legend"
[ "$(grep -c 'class="curve line2" fill="none"' "$dir/reconstruction_sup_con/graph.svg")" = 4 ] ||
    bad "reconstruction_sup_con: three arrows and their legend"
grep -q 'grad_cam, with a backward pass' "$dir/reconstruction_sup_con/graph.svg" || bad "no backward pass in grad_cam"
# a network of more blocks than a picture holds is folded further: 72 layers in 6 scopes
cat >"$dir/deep.lua" <<'LUA'
image = input { 8, 8, 1 }
label = labels(2)
local x = flatten(image)
for s = 1, 6 do
    for i = 1, 12 do
        x = scope("s" .. s .. ".b" .. i, function() return relu(linear(x, 8, { name = "fc" })) end)
    end
end
logits = linear(x, 2, { name = "head" })
minimize(cross_entropy(logits, label))
train { data = "digits", batch = 8, epochs = 1, optimizer = sgd { lr = 0.1 } }
LUA
expect 0 "" $tailor show "$dir/deep.lua" --text
blocks=$(sed -n '/^block /,/^$/s/^\([^ ]*\) .*/\1/p' "$dir/out" | tr '\n' ' ')
[ "$blocks" = "block image label flatten s1 s2 s3 s4 s5 s6 head cross_entropy " ] || bad "deep is folded to: $blocks"

# without scores the objective is what follows the last layer
sed '/^label/d; /^logits/d; s/^minimize.*/minimize(mean((linear(x, 8, { name = "back" }) - 1) ^ 2))/' "$dir/deep.lua" \
    >"$dir/plain.lua"
expect 0 "" $tailor show "$dir/plain.lua" -o "$dir/plain"
[ "$(grep -c 'class="curve line2" fill="none"' "$dir/plain/graph.svg")" -ge 2 ] || bad "no gradient enters plain.lua"

# the same bytes twice; bad input
expect 0 "" $tailor show graphs/cnn.lua -o "$dir/again"
cmp -s "$dir/cnn/graph.svg" "$dir/again/graph.svg" && cmp -s "$dir/cnn/plan.svg" "$dir/again/plan.svg" ||
    bad "two pictures of cnn differ"
expect 2 "one of -o DIR and --text" $tailor show graphs/cnn.lua
expect 2 "one of -o DIR and --text" $tailor show graphs/cnn.lua --text -o "$dir/x"
: >"$dir/file"
expect 1 "$dir/file" $tailor show graphs/cnn.lua -o "$dir/file"
mkdir -p "$dir/full/graph.svg"
expect 1 "graph.svg" $tailor show graphs/cnn.lua -o "$dir/full"
echo 'image = input { 4 ' >"$dir/broken.lua"
expect 1 "broken.lua:" $tailor show "$dir/broken.lua" -o "$dir/none"
[ ! -e "$dir/none" ] || bad "a folder for a file that is broken"

for pair in resnet/graph.svg:resnet-graph.svg resnet/plan.svg:resnet-plan.svg \
    reconstruction_sup_con/graph.svg:reconstruction_sup_con-graph.svg; do
    [ -z "${UPDATE:-}" ] || { mkdir -p docs/show; cp "$dir/${pair%:*}" "docs/show/${pair#*:}"; }
    cmp -s "$dir/${pair%:*}" "docs/show/${pair#*:}" || bad "docs/show/${pair#*:} is not today's (UPDATE=1)"
done
[ $unparsed = 0 ] || echo "skipped: whether pictures are XML, for python3 is not there"
echo "$expected commands"
[ $wrong = 0 ]
