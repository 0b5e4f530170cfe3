#!/bin/sh
# Writes the kernelspec into DIR/kernels/attn, so that clients of Jupyter find the kernel,
# and the template of exported pages into DIR/nbconvert/templates/attn.
#   register.sh DIR BINDIR      BINDIR: where attn-kernel is (an absolute path)
set -eu
from=$(dirname "$0")
to=$1/kernels/attn
mkdir -p "$to"
sed "s|@BINDIR@|$2|" "$from/kernel.json.in" > "$to/kernel.json"
cp "$from/logo-svg.svg" "$from/logo-64x64.png" "$to/"
templates=$1/nbconvert/templates/attn
mkdir -p "$templates"
cp "$from"/templates/attn/* "$templates/"
