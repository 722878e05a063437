#!/bin/sh
# Every file of graphs/ is a graph file without a warning, for every way that its options offer to compare maps, and
# every file of graphs/experiments an experiment file whose cells can be listed.
set -u
cd "$(dirname "$0")/.."
wrong=0 n=0
check() { # graph, settings
    n=$((n + 1))
    ./tailor check "$@" >/dev/null 2>build/graphs.err && [ ! -s build/graphs.err ] || {
        wrong=1
        echo "$*:"
        cat build/graphs.err
    }
}
for graph in graphs/*.lua graphs/objectives/*.lua; do
    check "$graph"
    case $(sed -n '/^option/,/}/p' "$graph") in
    *"distance ="*) for d in l2 l2_squared ssim; do check "$graph" --set "distance=$d"; done ;;
    *"of ="*) for of in embedding both; do check "$graph" --set "of=$of"; done ;;
    *"kind ="*) for kind in cosine margin; do check "$graph" --set "kind=$kind"; done ;;
    esac
done
for experiment in graphs/experiments/*.lua; do
    ./tailor sweep "$experiment" --dry-run >/dev/null 2>build/graphs.err || { wrong=1; cat build/graphs.err; }
done
check graphs/objectives/batch_cam.lua --set target=batch_mean
check graphs/cnn_cam.lua --set skip=true
# ---- outfit.lua is the graphs that it stands for, and takes every network with every objective ----
hash_of() { ./tailor check "$@" 2>/dev/null | sed -n 's/^graph  *//p'; }
is_same() { # graph, settings of outfit.lua...
    graph=$1
    shift
    [ -n "$(hash_of "$graph")" ] && [ "$(hash_of "$graph")" = "$(hash_of graphs/outfit.lua "$@")" ] || {
        wrong=1
        echo "outfit.lua $* is not $graph"
    }
}
for network in cnn convnext resnet; do is_same graphs/$network.lua --set network=$network; done
objectives=$(sed -n 's/^    function terms\.\([a-z_]*\).*/\1/p' graphs/losses/by_name.lua)
for objective in $objectives; do
    for network in convnext resnet; do check graphs/outfit.lua --set network=$network --set objective=$objective; done
    check graphs/outfit.lua --set objective=$objective --set layer=early
    file=graphs/objectives/$objective.lua
    if [ -f $file ]; then
        lambda=$(sed -n 's/^         lambda = \([0-9.]*\).*/\1/p' $file)
        is_same $file --set objective=$objective --set lambda="$lambda"
    fi
done
is_same graphs/objectives/reconstruction_sup_con.lua --set objective=reconstruction --set lambda=3 \
    --set also=sup_con_embedding --set also_lambda=1
[ "$(echo $objectives | wc -w)" -ge 13 ] || { wrong=1; echo "by_name.lua has only: $objectives"; }
check graphs/outfit.lua --set objective=reconstruction --set also=sup_con_embedding
for side in 28 14 7 3; do
    for network in cnn convnext; do
        ./tailor check graphs/$network.lua --set feature_map=$side >build/graphs.out
        grep -q "^features  *\[batch, $side, $side, 128\]" build/graphs.out || {
            wrong=1
            echo "$network.lua has no feature map of $side x $side"
        }
    done
done
for network in cnn convnext; do
    for block in plain inverted; do
        check graphs/$network.lua --set block=$block --set skip=true --set norm=true
        check graphs/$network.lua --set block=$block --set skip=false --set norm=false
    done
done
# ---- a default that is written out is the same graph; another number is not ----
graph_of() { # what stands between the image and the scores
    {
        echo "image = input { 8, 8, 4 }"
        echo "label = labels(3)"
        echo "logits = linear(global_avg_pool($1), 3)"
        echo "minimize(cross_entropy(logits, label))"
    } >build/graphs.lua
    ./tailor check build/graphs.lua | sed -n 's/^graph  *//p'
}
same() {
    [ -n "$(graph_of "$1")" ] && [ "$(graph_of "$1")" = "$(graph_of "$2")" ] || {
        wrong=1
        echo "$1 and $2 are not one graph"
    }
}
other() { [ "$(graph_of "$1")" != "$(graph_of "$2")" ] || { wrong=1; echo "$1 and $2 are one graph"; }; }
same 'conv_transpose2d(image, 2)' 'conv_transpose2d(image, 2, { kernel = 2, output_padding = { 0, 0 }, dilation = 1 })'
other 'conv_transpose2d(image, 2)' 'conv_transpose2d(image, 2, { dilation = { 1, 2 } })'
same 'resize(image, 4, 5, "bilinear")' 'resize(image, 4, 5, "bilinear", { align_corners = false })'
other 'resize(image, 4, 5, "bilinear")' 'resize(image, 4, 5, "bilinear", { align_corners = true })'
same 'layer_norm(image)' 'layer_norm(image, { affine = true })'
other 'avg_pool(image, 2)' 'avg_pool(image, 2, { count_include_pad = false })'
[ $wrong = 0 ] && echo "$n graphs"
exit $wrong
