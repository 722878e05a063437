# What scripts that run ./tailor share; read in by `. tests/expect.sh` from the project's folder.  They end with [ $wrong = 0 ].
tailor=$PWD/tailor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
root=${TAILOR_DATA:-}           # where the data sets are; the scripts themselves run without
unset TAILOR_DATA
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
kill_after_checkpoint() { # folder, arguments of train...: a run whose trainer is killed when its first checkpoint is there
    folder=$1
    shift
    $tailor train "$@" --out "$folder" >/dev/null 2>&1 & pid=$!
    i=0
    while [ ! -s "$folder/checkpoint.safetensors" ] && [ $i -lt 3000 ]; do sleep 0.02; i=$((i + 1)); done
    trainer=$(pgrep -P $pid)
    [ -n "$trainer" ] && kill -KILL "$trainer" 2>/dev/null
    wait $pid 2>/dev/null
}
