# fish completion for eql

function __eql_complete
    set -l program (command -s eql; or printf '%s\n' @PROGRAM@)
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l plain (string unescape -- $current)
    set -l lines ($program complete fish -- $words[2..-1] "$plain" 2>/dev/null)
    set -l prefix (string match -r -- '^--[^=]+=' "$current")
    for line in $lines[1..-2]
        printf '%s%s\n' "$prefix" "$line"
    end
    if test "$lines[-1]" = :0
        # A command that fish does not know takes files.
        for path in (complete -C "__eql_files $(string replace -r -- '^--[^=]+=' '' "$current")")
            printf '%s%s\n' "$prefix" "$path"
        end
    end
end

complete -c eql -e
complete -c eql -f -a '(__eql_complete)'
