#!/bin/sh
# embed.sh FILE… - prints a C source that holds the files, one function each.
#
# Indentation, blank lines, comments, and blanks around operators (the last two only in
# lines without quotes) are left out, so every
# output carries less. That is safe because the files keep to this: block comments begin
# a line and end one, and no string or template spans lines.
set -eu
printf '/* Made by embed.sh from attn/render/web. */\n'
printf '#include "attn/render/web_assets.h"\n'
for file; do
    name=$(basename "$file" | tr '.' '_')
    printf '\nstatic const unsigned char %s[] = {' "$name"
    sed -e '/["`'\'']/!s/ \/\/ .*//' -e '/^ *\/\*/,/\*\/ *$/d' -e '/^ *\/\//d' -e 's/^ *//' -e '/^$/d' \
        -e '/["`'\''\/]/!{' -e 's/ \([=<>?:&|*]*\) /\1/g' -e 's/\([,;{(]\) /\1/g' \
        -e 's/ \([{})]\)/\1/g' -e '}' "$file" |
        od -An -v -tu1 | sed -e 's/  */,/g' -e 's/^,//' -e 's/$/,/'
    printf '0};\nconst char *web_assets_%s(void)\n{\n    return (const char *)%s;\n}\n' "$name" "$name"
done
