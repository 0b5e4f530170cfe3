#!/bin/sh
# embed.sh NAME FILE HEADER - prints a C source with a function `const char *NAME(void)` that
# gives the file's text.
set -eu
export LC_ALL=C
printf '/* Made by embed.sh from %s. */\n#include "attn/learn/%s"\n\n' "$2" "$3"
printf 'static const unsigned char text[] = {'
od -An -v -tu1 "$2" | sed -e 's/  */,/g' -e 's/^,//' -e 's/$/,/'
printf '0};\n\nconst char *%s(void)\n{\n    return (const char *)text;\n}\n' "$1"
