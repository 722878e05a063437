# same_bits.sh - for tests of bits: small models, and the hash of the weights after a few steps of training on a small
# data set.  Read by numerics_test.sh, compilers_test.sh and aarch64_test.sh, which have set $dir to a folder of their
# own.  tests/golden/numerics has the hashes of all models, functions and kernels after two epochs.

. tests/small_set.sh

# exact, f2, f4: direct sums and both sizes of minimal filtering; then batch normalisation; depthwise convolutions, erf;
# gradients of gradients: of maps, of the image, of a sum of objectives; class means
small_models="mlp exact f2 f4 resnet bf16 convnext cnn_cam decoy_cnn balance batch_cam"
small_model() { # name: emits it into $dir/name, in the form that the flags of $form ask for
    case $1 in
    exact | f2)
        mkdir -p "$dir/of_$1/recipes"
        cp -r graphs/networks "$dir/of_$1"
        sed "s/accuracy = \"f4\"/accuracy = \"$1\"/" graphs/recipes/cnn.lua >"$dir/of_$1/recipes/cnn.lua"
        cp graphs/cnn.lua "$dir/of_$1/$1.lua"
        set -- "$1" "$dir/of_$1/$1.lua" --set width=8 --set depth=2
        ;;
    f4)
        mkdir -p "$dir/of_f4"
        cp -r graphs/networks graphs/recipes "$dir/of_f4"
        cp graphs/cnn.lua "$dir/of_f4/f4.lua"
        set -- f4 "$dir/of_f4/f4.lua" --set width=8 --set depth=3
        ;;
    bf16)
        mkdir -p "$dir/of_bf16"
        cp -r graphs/networks graphs/recipes "$dir/of_bf16"
        cp graphs/resnet.lua "$dir/of_bf16/bf16.lua"
        set -- bf16 "$dir/of_bf16/bf16.lua" --set storage=bf16 --set depth=8 --set width=4 --set stem=2
        ;;
    mlp) set -- mlp graphs/mlp.lua --set width=32 ;;
    resnet) set -- resnet graphs/resnet.lua --set depth=8 --set width=4 --set stem=2 ;;
    convnext) set -- convnext graphs/convnext.lua --set dim=8 --set depth=1 --set stem=4 ;;
    cnn_cam) set -- cnn_cam graphs/cnn_cam.lua --set width=4 ;;
    decoy_cnn) set -- decoy_cnn graphs/decoy_cnn.lua --set first=4 --set second=8 --set hidden=16 --set objective=rrr ;;
    balance | batch_cam) set -- "$1" "graphs/objectives/$1.lua" --set width=4 ;;
    esac
    name=$1
    shift
    ./tailor emit "$@" ${form:-} -o "$dir/$name" >/dev/null || exit 1
    case $name${form:-} in
    f2 | f4)
        grep -q "winograd $name" "$dir/$name/$name.json" || { echo "$name has no layer of minimal filtering"; exit 1; }
        ;;
    esac
}

# Objects of the runtime are the same for all models: those of $objects are taken, or left there.  No compiler warns.
small_build() { # name, arguments of make...
    into=$dir/$1
    shift
    make -s -C "$into" clean
    mkdir -p "$objects"
    if [ -f "$objects/rt_main.o" ]; then cp "$objects"/*.o "$into/runtime/"; fi
    make -s -j2 -C "$into" "$@" >"$dir/log" 2>&1 && ! grep -q "\.[ch]:[0-9][0-9]*:.*warning:" "$dir/log" ||
        { cat "$dir/log"; exit 1; }
    cp "$into"/runtime/*.o "$objects/"
}

small_weights() { # name, threads, epochs, what runs it (or nothing): prints the sha256; $dir/record is the run.json
    $4 "$dir/$1/$1" --data small --epochs "$3" --seed 5 --threads "$2" --out "$dir/run" >"$dir/log" 2>&1 || {
        cat "$dir/log" >&2
        exit 1
    }
    sed -n 's/.*"weights_sha256": *"\([0-9a-f]*\)".*/\1/p' "$dir/run/run.json"
    mv "$dir/run/run.json" "$dir/record"
    rm -rf "$dir/run"
}

# compiler with its flags, what runs the program (or nothing): prints functions and kernels, each with its hash
small_bits() {
    for program in test_math kernel_bits; do
        $1 -std=gnu11 -ffp-contract=off -fno-math-errno -fno-trapping-math -Iruntime tests/$program.c \
            -o "$dir/program" -lm || exit 1
        ${2:-} "$dir/program" bits >"$dir/program.out" || exit 1
        while read -r what hash; do echo "$what $(echo "$hash" | tr -d ' ')"; done <"$dir/program.out"
    done
}
