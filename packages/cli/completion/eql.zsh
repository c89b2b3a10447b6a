#compdef eql
# zsh completion for eql

_eql() {
    local program=${commands[eql]:-@PROGRAM@} line files=:4 ret=1
    local -a candidates
    for line in "${(@f)$("$program" complete zsh -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}"; do
        case $line in
            :0 | :4) files=$line ;;
            *$'\t'?*) candidates+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}") ;;
            ?*) candidates+=("${${line%%$'\t'*}//:/\\:}") ;;
        esac
    done
    [[ $PREFIX == -*=* ]] && compset -P '*='
    ((${#candidates} > 0)) && _describe -t values value candidates && ret=0
    [[ $files == :0 ]] && _files && ret=0
    return ret
}

# As a file of fpath this is the body of the function; elsewhere the function has to be announced.
if [[ $funcstack[1] == _eql ]]; then
    _eql "$@"
else
    compdef _eql eql
fi
