
# The options of the graph file on the command line; of --set-b, of the second.
_tailor_options() {
    local -a files options
    files=(${(M)words:#*.lua})
    local graph=${~${(Q)files[1]}}
    [[ ${words[CURRENT-1]} != --set-b || -z $files[2] ]] || graph=${~${(Q)files[2]}}
    [[ -f $graph ]] || return 1
    options=(${(f)"$($tailor_program completion --options $graph </dev/null 2>/dev/null)"})
    if compset -P 1 '*='; then
        options=(${${(M)options:#${IPREFIX#--*=}*}#*=})
        compadd -- ${(u)options:#}
    else
        compadd -q -S = -- ${(u)options%%=*}
    fi
}

_tailor_data() { # ..., names
    local -a sets
    sets=(${TAILOR_DATA:-./data}/*(N/:t))
    while [[ $1 == -* ]]; do shift; [[ $1 == -* ]] || shift; done
    _alternative "sets:data set:compadd -a sets" "names:data set:($*)" "folders:folder:_files -/"
}

_tailor() {
    local tailor_program=${~${(Q)words[1]}}
    if (( CURRENT == 2 )); then
        _tailor_command
        return
    fi
    shift words
    (( CURRENT-- ))
    _tailor_arguments $words[1]
}

if [[ $funcstack[1] == _tailor ]]; then _tailor "$@"; else compdef _tailor tailor; fi
