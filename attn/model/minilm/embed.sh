#!/bin/sh
# embed.sh FILE… - prints a C source with the files' bytes, in the order of their names:
# minilm_runs[n_minilm_runs] of attn/model/builtins.h.
set -eu
export LC_ALL=C
printf '/* Made by embed.sh from recordings. */\n#include "attn/model/builtins.h"\n\n'
n=0
for file; do
    printf 'static const unsigned char run%d[] = {' "$n"
    od -An -v -tu1 "$file" | sed -e 's/  */,/g' -e 's/^,//' -e 's/$/,/'
    printf '};\n'
    n=$((n + 1))
done
printf '\nconst struct recorded_bytes minilm_runs[] = {\n'
i=0
while [ "$i" -lt "$n" ]; do
    printf '    {run%d, sizeof run%d},\n' "$i" "$i"
    i=$((i + 1))
done
printf '};\nconst size_t n_minilm_runs = %d;\n' "$n"
