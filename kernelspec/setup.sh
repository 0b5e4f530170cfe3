#!/bin/sh
# Installs what is missing on a Debian machine; says what it does; quick when nothing is.
#   setup.sh build   compiler and libraries: what `make` needs
#   setup.sh lab     the same, and JupyterLab in .venv: what `make lab` needs
#   setup.sh test    the same, and what the tests need besides
# Packages are added with apt-get, as root or through sudo; everything of Python's stays
# in .venv beside the Makefile.
set -eu
cd "$(dirname "$0")/.."

BUILD="gcc libc6-dev make pkg-config python3
    libzmq3-dev libsodium-dev libjansson-dev libcairo2-dev libpango1.0-dev libpng-dev"
LAB="python3-venv ca-certificates
    fonts-dejavu-core fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji"
TEST="libcmocka-dev clang clang-format clang-tidy libclang-rt-14-dev chromium
    lld wasi-libc libclang-rt-14-dev-wasm32"
VENV=.venv

say() { printf 'setup: %s\n' "$*"; }
fail() {
    printf 'setup: %s\n' "$1" >&2
    [ $# -lt 2 ] || printf 'Type:\n    %s\n' "$2" >&2
    exit 1
}

is_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Those of the packages named that are not installed.
missing_of() {
    for package in "$@"; do
        is_installed "$package" || printf '%s ' "$package"
    done
}

# Without Debian's tools one can only look whether the libraries answer.
check_elsewhere() {
    command -v cc >/dev/null && command -v pkg-config >/dev/null &&
        pkg-config --exists libzmq libsodium jansson cairo pangocairo libpng &&
        command -v python3 >/dev/null && return 0
    fail "this is not a Debian system, and something is missing here. Needed: a C compiler,
pkg-config, python3 and the development files of libzmq, libsodium, jansson, cairo,
pango and libpng. Install them with your system's package manager, then try again." \
        "make setup"
}

# How to become root, in front of a command; fails with the line that needs it.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        echo ""
    elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        echo "sudo"
    else
        fail "these packages are missing, and only root can install them (no sudo here):
    $1" "su -c 'apt-get update && apt-get install -y --no-install-recommends $1'"
    fi
}

install_packages() {
    missing=$(missing_of "$@")
    missing=${missing% }
    [ -n "$missing" ] || return 0
    root=$(as_root "$missing")
    say "installing with apt-get: $missing"
    log=$(mktemp)
    # shellcheck disable=SC2086
    if ! { $root apt-get update && $root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; } \
        >"$log" 2>&1; then
        tail -n 15 "$log" >&2
        rm -f "$log"
        fail "apt-get failed (its last lines are above). Without a network the packages cannot be
fetched; with one, try again." "make setup"
    fi
    rm -f "$log"
}

# $1: requirement files, the last one naming the stamp
install_python() {
    stamp=$VENV/.done-$(basename "$1" .txt)
    if [ -x $VENV/bin/python ] && cmp -s "$1" "$stamp"; then
        return 0
    fi
    # Debian's own Python first: another one in the PATH may lack venv.
    python=/usr/bin/python3
    [ -x $python ] || python=python3
    if ! $VENV/bin/python -c 'import pip' 2>/dev/null; then
        say "making $VENV, a Python environment of this folder's own"
        $python -m venv --clear $VENV ||
            fail "Python could not make $VENV (python3-venv is missing?)." "make setup"
    fi
    say "installing into $VENV: $(basename "$1") (a minute, the first time)"
    $VENV/bin/python -m pip install --quiet --disable-pip-version-check -r "$1" || fail \
        "pip could not fetch the packages (its message is above). It needs a network once." \
        "make setup"
    cp "$1" "$stamp"
}

lab_extras() {
    settings=$VENV/share/jupyter/lab/settings
    mkdir -p "$settings"
    cmp -s kernelspec/overrides.json "$settings/overrides.json" ||
        cp kernelspec/overrides.json "$settings/overrides.json"
}

what=${1:-lab}
packages=$BUILD
case $what in
build) ;;
lab) packages="$BUILD $LAB" ;;
test) packages="$BUILD $LAB $TEST" ;;
*) fail "setup.sh takes build, lab or test" "make help" ;;
esac

if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
    # shellcheck disable=SC2086
    install_packages $packages
else
    check_elsewhere
fi
case $what in
lab | test)
    install_python kernelspec/requirements-lab.txt
    lab_extras
    ;;
esac
if [ "$what" = test ]; then
    install_python kernelspec/requirements-test.txt
fi
exit 0
