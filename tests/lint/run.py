#!/usr/bin/env python3
"""The house rules that a script can check: layers, sizes, formatting, leftovers.

    run.py [--build DIR] [--only NAME,…]

Each check prints what it found as FILE:LINE: what. Ends with "N passed, N failed".
"""
import argparse
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import layers

ROOT = Path(__file__).resolve().parents[2]
FILE_LINES = 500
COMPLEXITY, FUNCTION_LINES, PARAMETERS = 15, 60, 7
LEFTOVER = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
TEXT_SUFFIXES = {".c", ".h", ".py", ".sh", ".js", ".css", ".md", ".ipynb", ".in"}


def tracked():
    """Every file that git knows or would add."""
    out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT,
                         capture_output=True, text=True, check=True).stdout
    return [ROOT / line for line in out.splitlines() if (ROOT / line).exists()]


def is_generated(path):
    """Tables that a script wrote say so near their top."""
    with open(path, encoding="utf-8", errors="replace") as f:
        return re.search(r"generated|written by .*gen/|made by .*\.py", f.read(800), re.I)


def c_files(suffixes=(".c", ".h")):
    return [p for p in tracked() if p.suffix in suffixes and not is_generated(p)]


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def check_layers():
    return [f"{file}:{line}: {what}" for file, line, what in layers.check(ROOT)]


def check_leftovers():
    faults = []
    for path in tracked():
        if path.suffix not in TEXT_SUFFIXES or path == Path(__file__).resolve():
            continue
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
            if m := LEFTOVER.search(line):
                faults.append(f"{name_of(path)}:{number}: {m[0]} is left")
    return faults


def check_lengths():
    sizes = {p: sum(1 for _ in open(p, encoding="utf-8")) for p in c_files()}
    return [f"{name_of(p)}:1: {n} lines; {FILE_LINES} at most" for p, n in sizes.items()
            if n > FILE_LINES]


def check_functions():
    files = [str(p) for p in c_files((".c",))]
    command = [sys.executable, "-m", "lizard", "-w", "-C", str(COMPLEXITY),
               "-T", f"length={FUNCTION_LINES}", "-a", str(PARAMETERS), *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        return [done.stderr.strip() or "lizard failed"]
    return [line.replace(str(ROOT) + "/", "") for line in done.stdout.splitlines()
            if "warning:" in line]


def check_format():
    if not shutil.which("clang-format"):
        return ["clang-format is missing. Type:  sh kernelspec/setup.sh test"]
    done = subprocess.run(["clang-format", "--dry-run", "--ferror-limit=1", "-Werror",
                           *map(str, c_files())], capture_output=True, text=True,
                          cwd=ROOT, check=False)
    return [line.replace(str(ROOT) + "/", "") for line in done.stderr.splitlines()
            if "error:" in line]


def tidy(path):
    flags = subprocess.run(["pkg-config", "--cflags", "libzmq", "libsodium", "jansson",
                            "cairo", "pangocairo", "libpng"], capture_output=True,
                           text=True, check=False).stdout.split()
    done = subprocess.run(["clang-tidy", "--quiet", str(path), "--", "-std=c17", "-I.",
                           "-D_POSIX_C_SOURCE=200809L", *flags], capture_output=True,
                          text=True, cwd=ROOT, check=False)
    return [line.replace(str(ROOT) + "/", "") for line in done.stdout.splitlines()
            if re.search(r": (warning|error): ", line)]


def check_tidy():
    if not shutil.which("clang-tidy"):
        return ["clang-tidy is missing. Type:  sh kernelspec/setup.sh test"]
    files = [p for p in c_files((".c",)) if "tests" not in p.relative_to(ROOT).parts]
    with ThreadPoolExecutor(2) as pool:
        found = [line for lines in pool.map(tidy, files) for line in lines]
    return list(dict.fromkeys(found))


def check_dictionary():
    """The committed tables are what the dictionary says."""
    made = subprocess.run([sys.executable, ROOT / "attn/model/gen/dictionary.py"],
                          capture_output=True, text=True, check=False)
    kept = (ROOT / "attn/model/dictionary_data.c").read_text("utf-8")
    if made.returncode == 0 and made.stdout == kept:
        return []
    return [made.stderr.strip() or "attn/model/dictionary_data.c is not what "
            "french.dictionary says. Type:  make dictionary"]


def check_lessons():
    """Help names the lessons that there are, no others."""
    there = {p.name[:2] for p in (ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb")}
    table = (ROOT / "attn/lang/commands.c").read_text()
    named = set(re.findall(r'"(\d\d)"', re.search(r"lessons\[\] = \{(.*?)\}", table, re.S)[1]))
    return [f"attn/lang/commands.c: lesson {n} is "
            f"{'in notebooks/ but not in the table' if n in there else 'not in notebooks/'}"
            for n in sorted(there ^ named)]


CHECKS = {"layers": check_layers, "lessons": check_lessons, "leftovers": check_leftovers, "lengths": check_lengths,
          "functions": check_functions, "dictionary": check_dictionary,
          "format": check_format, "tidy": check_tidy}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build")
    parser.add_argument("--only", default=",".join(CHECKS))
    args = parser.parse_args()
    failed = 0
    names = args.only.split(",")
    for name in names:
        faults = CHECKS[name]()
        print(f"lint {name}: {'ok' if not faults else f'{len(faults)} to mend'}")
        for fault in faults[:60]:
            print("  " + fault)
        failed += bool(faults)
    print(f"{len(names) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
