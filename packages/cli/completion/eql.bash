# bash completion for eql

__eql_complete() {
    local program line prefix='' files=:4 typed=${COMP_LINE:0:COMP_POINT}
    program=$(type -P eql) || program=@PROGRAM@
    # bash replaces what stands behind the = of an option, unless = parts no words.
    case $2 in -*=*) prefix=${2%%=*}= ;; esac
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            :0 | :4) files=$line ;;
            *) COMPREPLY+=("$prefix${line%%$'\t'*}") ;;
        esac
    done < <("$program" complete bash -- "$typed" 2>/dev/null)
    if [[ $files == :4 ]]; then
        compopt +o default +o bashdefault 2>/dev/null
    elif ((${#COMPREPLY[@]} > 0)); then
        # Where there are no candidates, bash completes files by itself.
        compopt -o filenames 2>/dev/null
        while IFS= read -r line; do
            COMPREPLY+=("$prefix$line")
        done < <(compgen -f -- "${2#"$prefix"}")
    fi
}

complete -o bashdefault -o default -F __eql_complete eql
