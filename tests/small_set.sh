# small_set.sh - a data set called small, of any bytes: 512 images to train, 128 to test.  Into $dir, which is there.
mkdir -p "$dir/data/small"
labels=$(i=0; while [ $i -lt 512 ]; do printf '\\%03o' $((i * 7 % 10)); i=$((i + 1)); done)
put() { # name, count as four octal bytes, count
    {
        printf '\0\0\010\003'; printf "$2"; printf '\0\0\0\034\0\0\0\034'
        seq 1000000 1999999 | head -c $(($3 * 784))
    } >"$dir/data/small/$1-images-idx3-ubyte"
    { printf '\0\0\010\001'; printf "$2"; printf "$labels" | head -c "$3"; } >"$dir/data/small/$1-labels-idx1-ubyte"
}
put train '\0\0\002\0' 512
put t10k '\0\0\0\200' 128
export TAILOR_DATA="$dir/data"
