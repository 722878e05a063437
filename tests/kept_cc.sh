#!/bin/sh
# kept_cc.sh - stands for a compiler during `make check`; run.sh fills in its path and that of a folder.  What an
# emitted Makefile builds of one C file is built once for all tests, and kept in the folder by the words of the command
# and the texts that it reads.  What a compiler says something about, or refuses, is not kept.
cc="@cc@" kept="@kept@" object="" source="" last=""
for word in "$@"; do
    [ "$last" != -o ] || object=$word
    case $word in *.c) source=$source$word ;; -MMD) source=/ ;; esac
    last=$word
done
case "$* " in *" -Iruntime "*) ;; *) object="" ;; esac
case ${source#runtime/} in "" | */*) object="" ;; esac
[ -n "$object" ] || exec "$cc" "$@"
# the runtime's sources know no model: those of one folder are those of all
case $source in runtime/*) headers="" ;; *) headers=*.h ;; esac
key=$({ printf '%s\n' "$0" "$@"; cat "$source" $headers runtime/*.h; } 2>/dev/null | sha256sum)
kept=$kept/${key%% *}
[ -f "$kept" ] && cp "$kept" "$object" 2>/dev/null && exit
said=$("$cc" "$@" 2>&1)
code=$?
[ -z "$said" ] || printf '%s\n' "$said" >&2
[ "$code$said" != 0 ] || { cp "$object" "$kept.$$" && mv "$kept.$$" "$kept"; } 2>/dev/null
exit $code
