# commands.awk - the words that stand where a shell expects a command, one a line, of shell text on standard input.
#
# Quotes, comments, assignments, redirections, keywords, patterns of case, and functions that the text itself defines
# are no commands; what stands in $( ) or behind exec, env, setsid, timeout and our own expect is one.  Words that are
# only known when the text runs ("$tailor") or are paths are left out.
function is_space(c) { return c == " " || c == "\t" }
function push(kind) { kinds[++depth] = kind; starts[depth] = start; cases[depth] = pattern; skips[depth] = skip }
function pop() { start = starts[depth]; pattern = cases[depth]; skip = skips[depth]; depth-- }
function end_word(    w) {
    w = word
    word = ""
    if (w == "" && !dark) return
    if (redirected) { redirected = dark = 0; return }
    if (dark) {
        dark = 0
        if (start && !skip && w !~ /^[A-Za-z_][A-Za-z0-9_]*=/) start = 0
        else if (skip && --skip == 0) start = 1
        return
    }
    if (in_case && w == "in") { pattern = 1; in_case = 0; start = 0; return }
    if (skip) { if (--skip == 0) start = 1; return }
    if (!start) return
    if (prefix && w == "-u") { skip = 1; return }
    if (w ~ /^[A-Za-z_][A-Za-z0-9_]*=/ || (prefix && w ~ /^-/)) return
    prefix = 0
    if (w ~ /^(if|then|else|elif|do|while|until|!|\{|time)$/) return
    start = 0
    if (w == "case") { in_case = 1; return }
    if (w ~ /^(for|fi|done|esac|\}|in)$/) return
    if (w !~ /[\/\\*?]/ && w !~ /^[0-9-]/) used[w] = 1
    if (w == "exec" || w == "env" || w == "setsid") { start = 1; prefix = 1 }
    if (w == "timeout") skip = 1
    if (w == "expect") skip = 2
}
{ text = text $0 "\n" }
END {
    n = split(text, lines, "\n")
    start = 1
    for (l = 1; l < n; l++) {
        line = lines[l] "\n"
        for (i = 1; i <= length(line); i++) {
            c = substr(line, i, 1)
            k = kinds[depth]
            if (k == "'") { if (c == "'") depth--; continue }
            if (c == "\\" && k != "'") { i++; if (substr(line, i, 1) != "\n") dark = 1; continue }
            if (k == "((" ) { if (c == ")" && substr(line, i + 1, 1) == ")") { depth--; i++ } continue }
            if (k == "${") { if (c == "}") depth--; continue }
            if (c == "$") {
                dark = 1
                if (substr(line, i + 1, 2) == "((") { kinds[++depth] = "(("; i += 2 }
                else if (substr(line, i + 1, 1) == "(") {
                    word_out[depth + 1] = word
                    push("$(")
                    word = ""; dark = 0; skip = 0; pattern = 0; start = 1; i++
                }
                else if (substr(line, i + 1, 1) == "{") { kinds[++depth] = "${"; i++ }
                continue
            }
            if (k == "\"") { if (c == "\"") depth--; continue }
            if (c == "\"") { dark = 1; kinds[++depth] = "\""; continue }
            if (c == "'") { dark = 1; kinds[++depth] = "'"; continue }
            if (pattern) {
                if (c == ")") { pattern = 0; start = 1; word = ""; dark = 0 }
                else if (substr(line, i, 4) == "esac") { pattern = 0; start = 0; i += 3 }
                continue
            }
            if (c == "#" && word == "" && !dark) break_line = 1
            if (break_line) { break_line = 0; end_word(); start = 1; break }
            if (c == "<" && substr(line, i + 1, 1) == "<") {
                rest = substr(line, i + 2)
                gsub(/^[-' ]*/, "", rest)
                here = rest
                sub(/[^A-Za-z_].*/, "", here)
                i += index(substr(line, i), here) + length(here) - 2
                if (substr(line, i + 1, 1) == "'") i++
                continue
            }
            if (c == ">" || c == "<") {
                if (word ~ /^[0-9]$/) word = ""
                end_word()
                if (substr(line, i + 1, 1) == ">") i++
                if (substr(line, i + 1, 1) == "&") i++
                redirected = 1
                while (is_space(substr(line, i + 1, 1))) i++
                continue
            }
            if (is_space(c)) { end_word(); continue }
            if (c == "(" ) {
                if (word != "" && substr(line, i + 1, 1) == ")") {
                    defined[word] = 1
                    word = ""; i++; start = 1
                    continue
                }
                end_word(); push("("); start = 1; continue
            }
            if (c == ")") {
                end_word()
                if (k == "$(") { pop(); word = word_out[depth + 1]; dark = 1 } else if (k == "(") { depth--; start = 0 }
                continue
            }
            if (c == ";" || c == "&" || c == "|" || c == "\n") {
                end_word()
                skip = 0; start = 1; prefix = 0
                if (c == ";" && substr(line, i + 1, 1) == ";") { pattern = 1; i++ }
                continue
            }
            word = word c
        }
        if (here != "") {                                        # its lines are data, but for those that end with SH
            if (here != "SH") while (++l < n && lines[l] != here) continue
            here = ""
        } else if (lines[l + 1] == "SH") l++
    }
    for (w in used) if (!(w in defined)) print w
}
