
# Sets `word` to what a word of the command line stands for: without its quotes; nothing in it is run.
_tailor_plain() {
    word=$1
    case $word in
    "'"*) word=${word#"'"} word=${word%"'"} ;;
    '"'*) word=${word#'"'} word=${word%'"'} ;;
    *) word=${word//\\/} ;;
    esac
    case $word in '~/'*) word=$HOME${word#'~'} ;; esac
}

# Offers those of the words that begin with `value`, quoted where they need it.
_tailor_offer() {
    local candidate
    for candidate; do
        [[ $candidate == "$value"* ]] || continue
        printf -v candidate %q "$candidate"
        COMPREPLY+=("$candidate")
    done
}

_tailor_files() { # suffix, or nothing: any file.  Folders lead to files
    local path
    compopt -o filenames 2>/dev/null
    while IFS= read -r path; do
        if [[ -d $path || -z $1 || $path == *."$1" ]]; then COMPREPLY+=("$path"); fi
    done < <(compgen -f -- "$value")
}

_tailor_folders() {
    local path
    compopt -o filenames 2>/dev/null
    while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen -d -- "$value")
}

# The options of the graph file on the command line; of --set-b, of the second.
_tailor_options() { # flag
    local graph=${files[0]-} line quoted
    [[ $1 == --set-b && -n ${files[1]-} ]] && graph=${files[1]}
    [[ -f $graph ]] || return
    while IFS= read -r line; do
        [[ $value == *=* ]] || line=${line%%=*}=
        [[ $line == "$value"* ]] || continue
        [[ " ${COMPREPLY[*]} " == *" $line "* ]] && continue
        printf -v quoted %q "${line#*=}"
        [[ -n ${line#*=} ]] || quoted=
        COMPREPLY+=("${line%%=*}=$quoted")
    done < <("$program" completion --options "$graph" </dev/null 2>/dev/null)
    [[ $value == *=* ]] || compopt -o nospace 2>/dev/null
}

_tailor_data() { # names
    local path
    _tailor_offer "$@"
    for path in "${TAILOR_DATA:-./data}"/*/; do
        path=${path%/} path=${path##*/}
        [[ $path == [*] || " $* " == *" $path "* ]] || _tailor_offer "$path"
    done
    [[ $value == */* || ${#COMPREPLY[@]} == 0 ]] && _tailor_folders
}

_tailor() {
    local word kind flags i n=-1 joined= number=1 flag= only= program value prefix= current tail mark
    local -a words=() files=()
    COMPREPLY=()
    # bash divides words at = and :, which are within those of tailor
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if ((i == COMP_CWORD)) && [[ -z $word && ${COMP_LINE:COMP_POINT-1:1} == ' ' ]]; then joined=; fi
        if ((n > 0)) && [[ -n $joined || $word == [=:] ]]; then words[n]+=$word
        else words[++n]=$word; fi
        joined=
        if ((n > 0)) && [[ $word == [=:] ]]; then joined=yes; fi
    done
    current=${words[n]}
    _tailor_plain "${words[0]}"
    program=$word
    if ((n == 1)); then
        value=$current
        _tailor_offer $_tailor_commands --help --version
        return
    fi
    for ((i = 2; i < n; i++)); do
        _tailor_plain "${words[i]}"
        if [[ -n $flag ]]; then flag=
        elif [[ -z $only && $word == -- ]]; then only=yes
        elif [[ -z $only && $word == -?* ]]; then
            _tailor_kind "${words[1]}" "$word"
            if [[ -n $kind ]]; then flag=$word; fi
        else
            number=$((number + 1))
            files+=("$word")
        fi
    done
    _tailor_plain "$current"
    value=$word
    if [[ -z $flag && -z $only && $value == --*=* ]]; then
        flag=${value%%=*} prefix=${value%%=*}= value=${value#*=}
    elif [[ -z $flag && -z $only && $value == -* ]]; then
        _tailor_flags "${words[1]}"
        _tailor_offer $flags
        return
    fi
    _tailor_kind "${words[1]}" "${flag:-$number}"
    case $kind in
    words\ *) _tailor_offer ${kind#words } ;;
    data\ *) _tailor_data ${kind#data } ;;
    files) _tailor_files ;;
    files\ *) _tailor_files "${kind#files }" ;;
    folders) _tailor_folders ;;
    options) _tailor_options "$flag" ;;
    esac
    # what stands before the last = or : is a word of its own for bash, and stays
    tail=$prefix$value
    for mark in = :; do
        [[ $COMP_WORDBREAKS == *"$mark"* ]] && tail=${tail##*"$mark"}
    done
    current=$prefix$value
    for i in "${!COMPREPLY[@]}"; do
        word=$prefix${COMPREPLY[i]}
        COMPREPLY[i]=${word#"${current%"$tail"}"}
    done
}
complete -F _tailor tailor
