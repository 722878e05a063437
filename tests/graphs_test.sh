#!/bin/sh
# Every file of graphs/ is a graph file without a warning, for every way that its options offer to compare maps.
set -u
cd "$(dirname "$0")/.."
wrong=0 n=0
check() { # graph, settings
    n=$((n + 1))
    ./tailor check "$@" >/dev/null 2>build/graphs.err && [ ! -s build/graphs.err ] || { wrong=1; echo "$*:"; cat build/graphs.err; }
}
for graph in graphs/*.lua graphs/objectives/*.lua; do
    check "$graph"
    case $(sed -n '/^option/,/}/p' "$graph") in
    *"distance ="*) for d in l2 l2_squared ssim; do check "$graph" --set "distance=$d"; done ;;
    *"of ="*) for of in embedding both; do check "$graph" --set "of=$of"; done ;;
    *"kind ="*) for kind in cosine margin; do check "$graph" --set "kind=$kind"; done ;;
    esac
done
check graphs/objectives/batch_cam.lua --set target=batch_mean
check graphs/cnn_cam.lua --set skip=true
[ $wrong = 0 ] && echo "$n graphs"
exit $wrong
