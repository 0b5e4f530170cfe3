#!/bin/sh
# embed.sh "A.js B.js …" STYLE.css - prints a C source with two functions: one gives the
# scripts joined, one the style sheet.
#
# Comments, and blanks and line ends that say nothing, are left out, and strings stand in
# single quotes, which need no escape on their way to a page: so every output carries
# less. That is safe because the files keep to this: block comments begin a line and end
# one; strings and templates do not span lines; a regular expression stands after one of
# ( , = : and every statement ends in a semicolon or a brace.
set -eu
export LC_ALL=C

lines='/^ *\/\*.*\*\/ *$/d; /^ *\/\*/,/\*\/ *$/d; /^ *\/\//d; s/^ *//; s/ *$//; /^$/d'

shorter_js() {
    awk '
    function text(i, quote) { # the place after the string that begins at i
        for (i++; substr($0, i, 1) != quote; i++) {
            if (i > length($0)) die("a string has no end")
            if (substr($0, i, 1) == "\\") i++
        }
        return i + 1
    }
    function hole(i,    depth, c) { # after the ${ … } of a template, from within
        for (depth = 1; depth > 0; ) {
            c = substr($0, i, 1)
            if (i > length($0)) die("a template has no end")
            if (c == "\"" || c == quote) { i = text(i, c); continue }
            if (c == "`") { i = template(i); continue }
            if (c == "{") depth++
            if (c == "}") depth--
            i++
        }
        return i
    }
    function template(i,    c) {
        for (i++; (c = substr($0, i, 1)) != "`"; ) {
            if (i > length($0)) die("a template has no end")
            if (c == "$" && substr($0, i + 1, 1) == "{") i = hole(i + 2)
            else i += c == "\\" ? 2 : 1
        }
        return i + 1
    }
    function expression(i,    c, set) { # after a regular expression
        for (i++; (c = substr($0, i, 1)) != "/" || set; i++) {
            if (i > length($0)) die("a regular expression has no end")
            if (c == "\\") i++
            else if (c == "[") set = 1
            else if (c == "]") set = 0
        }
        return i + 1
    }
    function die(why) { print "embed.sh: " why ": " $0 > "/dev/stderr"; exit failed = 1 }
    function word(c) { return c !~ /[][(){}<>=+*\/%!?:;,.&|^~"`-]/ && c != quote }
    function needed(before, after) { # a blank between these two
        return word(before) && word(after) || before == after && (after == "+" || after == "-")
    }
    BEGIN { quote = sprintf("%c", 39) }
    {
        out = ""
        for (i = 1; i <= length($0); i = end) {
            c = substr($0, i, 1)
            last = substr(out, length(out), 1)
            end = i + 1
            if (c == " ") {
                if (out != "" && needed(last, substr($0, i + 1, 1))) out = out " "
                continue
            }
            if (c == "/" && substr($0, i + 1, 1) == "/") break
            if (c == "\"" || c == quote) end = text(i, c)
            else if (c == "`") end = template(i)
            else if (c == "/" && last ~ /[(,=:]/) end = expression(i)
            piece = substr($0, i, end - i)
            if (c == "\"" && !index(piece, quote) && !index(piece, "\\"))
                piece = quote substr(piece, 2, length(piece) - 2) quote
            out = out piece
        }
        sub(/ $/, "", out)
        printf "%s%s", out, out ~ /[{([,;]$/ ? "" : "\n"
    }
    END { exit failed }'
}

shorter_css() {
    sed -e 's/ *\([{};,]\) */\1/g' -e 's/: /:/g' -e 's/;}/}/g' | tr -d '\n'
}

printf '/* Made by embed.sh from attn/render/web. */\n'
printf '#include "attn/render/web_assets.h"\n'
# The files of a script keep their names to themselves, in one function.
script() {
    printf '%s\n' '(() => {' '"use strict";'
    cat "$@"
    printf '%s\n' '})();'
}

for name in attn_js attn_css; do
    case $name in
    attn_js) short=$(script $1 | sed -e "$lines" | shorter_js) ;;
    attn_css) short=$(sed -e "$lines" "$2" | shorter_css) ;;
    esac
    printf '\nstatic const unsigned char %s[] = {' "$name"
    printf '%s\n' "$short" | od -An -v -tu1 | sed -e 's/  */,/g' -e 's/^,//' -e 's/$/,/'
    printf '0};\nconst char *web_assets_%s(void)\n{\n    return (const char *)%s;\n}\n' "$name" "$name"
done
