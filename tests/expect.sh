# What scripts that run ./tailor share; read in by `. tests/expect.sh` from the project's folder.  They end with
# [ $wrong = 0 ].
tailor=$PWD/tailor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
root=${TAILOR_DATA:-}           # where the data sets are; the scripts themselves run without
unset TAILOR_DATA
# of trainers, which have the same bits by any: compilers_test.sh
export OPTIMIZE="${OPTIMIZE:--O1 -DRT_QUICK_BUILD}"
export GOMP_SPINCOUNT=1000 KMP_BLOCKTIME=0          # threads in ./tailor wait as a trainer's do (rt_wait_politely)
wrong=0
expected=0              # how many commands
bad() { echo "WRONG: $*"; wrong=1; }
expect() { # code, pattern in stderr or "", command...; stdout is in $dir/out
    code=$1 pattern=$2
    shift 2
    expected=$((expected + 1))
    "$@" >"$dir/out" 2>"$dir/err"
    got=$?
    [ $got = "$code" ] || bad "exit $got instead of $code: $* ($(head -c 300 "$dir/err"))"
    [ -z "$pattern" ] || grep -q -- "$pattern" "$dir/err" || bad "no '$pattern' in: $(head -c 300 "$dir/err") ($*)"
}
wait_for() { # path: of a file that comes, and is not empty
    i=0
    while [ ! -s "$1" ] && [ $i -lt 3000 ]; do sleep 0.02; i=$((i + 1)); done
    [ -s "$1" ] || bad "$1 never came"
}
# signal, folder, arguments of train...: a run whose trainer gets the signal when its first checkpoint is there; its
# exit code
stop_after_checkpoint() {
    signal=$1 folder=$2
    shift 2
    $tailor train "$@" --out "$folder" >/dev/null 2>"$dir/err" & pid=$!
    wait_for "$folder/checkpoint.safetensors"
    kill -"$signal" "$(cat "$folder/lock" 2>/dev/null)" 2>/dev/null
    wait $pid 2>/dev/null
}
kill_after_checkpoint() { stop_after_checkpoint KILL "$@"; }
