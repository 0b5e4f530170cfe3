#!/usr/bin/env python3
"""Runs suites of tests one after the other and adds up what they say.

    run.py --build DIR [--python P] SUITE…

unit and fuzz are programs in DIR; every other suite is tests/SUITE/run.py, which is given
--build DIR and ends with a line "N passed, N failed". So does this, and so it exits.
A suite that dies without that line counts as one failure: nothing passes by saying
nothing.
"""
import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CLOSING = re.compile(r"^(\d+) passed, (\d+) failed")
CMOCKA = re.compile(r"^\[  (PASSED|FAILED)  \] (\d+) test\(s\)")
PROGRAM_SECONDS, SUITE_SECONDS = 120, 1200


def run_program(command, label):
    """A program that is one test: quiet when it passes. Returns its output and status."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=PROGRAM_SECONDS, cwd=ROOT, check=False)
    except subprocess.TimeoutExpired:
        print(f"  {label}: no end after {PROGRAM_SECONDS} s")
        return "", 124
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode != 0:
        print(f"--- {label} (status {done.returncode})\n{text[-6000:]}")
    return text, done.returncode


def unit(build, _python):
    """Every cmocka program; its tests are counted."""
    passed = failed = 0
    for source in sorted((HERE / "unit").glob("*/*.c")):
        name = source.relative_to(HERE).with_suffix("")
        program = build / "tests" / name
        if not program.exists():
            print(f"  {name}: not built")
            failed += 1
            continue
        text, status = run_program([program], name)
        counts = {"PASSED": 0, "FAILED": 0}
        for line in text.splitlines():
            if m := CMOCKA.match(line):
                counts[m[1]] += int(m[2])
        passed += counts["PASSED"]
        failed += max(counts["FAILED"], status != 0)
        if counts["PASSED"] + counts["FAILED"] == 0 and status == 0:
            print(f"  {name}: ran no test")
            failed += 1
    return passed, failed


def fuzz(build, _python):
    """Every fuzzer over its corpus: one test each."""
    passed = failed = 0
    for source in sorted((HERE / "fuzz").glob("*.c")):
        name = source.stem
        if name == "replay_main":
            continue
        seeds = sorted((HERE / "fuzz" / "corpus" / name).glob("*"))
        program = build / "tests" / "fuzz" / f"{name}-replay"
        if not seeds or not program.exists():
            print(f"  fuzz {name}: {'not built' if seeds else 'has no seeds'}")
            failed += 1
            continue
        _, status = run_program([program, *seeds], f"fuzz {name}")
        passed, failed = passed + (status == 0), failed + (status != 0)
    return passed, failed


def script(suite, build, python):
    """tests/SUITE/run.py: its lines as they come, its closing line counted."""
    command = [python, "-u", HERE / suite / "run.py", "--build", build]
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "ATTN_BUILD": str(build)}
    closing, start = None, time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          cwd=ROOT, env=env, text=True, errors="replace") as process:
        for line in process.stdout:
            closing = CLOSING.match(line) or closing
            print("  " + line, end="", flush=True)
            if time.monotonic() - start > SUITE_SECONDS:
                process.kill()
    if closing is None:
        print(f"  {suite}: ended with status {process.returncode} and no count")
        return 0, 1
    passed, failed = int(closing[1]), int(closing[2])
    if process.returncode != 0 and failed == 0:
        print(f"  {suite}: status {process.returncode} in spite of its count")
        failed = 1
    return passed, failed


def run_suite(suite, build, python):
    if suite == "unit":
        return unit(build, python)
    if suite == "fuzz":
        return fuzz(build, python)
    if not (HERE / suite / "run.py").exists():
        print(f"  there is no tests/{suite}/run.py")
        return 0, 1
    return script(suite, build, python)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default="build")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("suites", nargs="+")
    args = parser.parse_args()
    build, lines, total = Path(args.build).resolve(), [], [0, 0]
    for tool in ("lsan", "tsan"):  # what a sanitizer's build shall not report
        os.environ.setdefault(f"{tool.upper()}_OPTIONS", "print_suppressions=0:suppressions="
                              f"{HERE / 'protocol' / (tool + '.supp')}")
    for suite in args.suites:
        print(f"== {suite}", flush=True)
        start = time.monotonic()
        passed, failed = run_suite(suite, build, args.python)
        seconds = time.monotonic() - start
        lines.append(f"{suite:10} {passed:5} passed {failed:5} failed {seconds:7.1f} s")
        print(lines[-1], flush=True)
        total = [total[0] + passed, total[1] + failed]
    if len(lines) > 1:
        print("== all\n" + "\n".join(lines))
    print(f"{total[0]} passed, {total[1]} failed")
    sys.exit(1 if total[1] or not total[0] else 0)


if __name__ == "__main__":
    main()
