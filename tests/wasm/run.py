#!/usr/bin/env python3
"""The language in WebAssembly answers as the native one does.

    run.py --build DIR

DIR/attn.wasm (made by `make wasm`) runs without files, clock or streams; its JSON equals
that of DIR/attn within 1e-5, its errors are the same. Size and time are reported, not
tested. Ends with "N passed, N failed".
"""
import argparse
import gzip
import json
import math
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
NEAR = 1e-5
SESSIONS = {
    "the animal": ["look it as json", "why it -> animal as json", "heatmap as json",
                   "heads as json", "flow as json", "tokens as json", "set as json"],
    "tired and wide": [
        'sentence "The animal didn\'t cross the street because it was too wide"',
        "look it as json", "heatmap layer 3 head 0 as json"],
    "without positions, sharper": [
        "set position off temperature 0.5 mask causal", "heatmap layer 0 head 4 as json"],
    "other scripts": ['sentence "猫は 🐱 שלום naïve \\u{301}"', "look as json", "flow as json"],
    "measures": ["heatmap measure rollout as json", "look it measure maxflow as json",
                 "heatmap measure norm as json"],
    "many sentences": ["heads cluster as json", 'heads over "samples" as json'],
    "what fails": ["look dog", "heatmp layer 2", 'sentence "open', "look it as json"],
}
SAVING = ["look it", 'save "it.svg"', "look it as json"]
LONG = 'sentence "' + " ".join(["the cat saw it and"] * 102) + '"'


def node():
    """Node.js: the system's, or the one that Playwright brings along."""
    if path := shutil.which("node"):
        return path
    from playwright._impl._driver import compute_driver_executable
    found = compute_driver_executable()
    return found[0] if isinstance(found, tuple) else found


def native(build, cells):
    """What each cell of one session gives: (JSON objects, the error's name or None)."""
    given = []
    for k in range(len(cells)):  # a failing -c ends the run: each cell after those before
        before = [c for c, (_, error) in zip(cells, given) if not error]
        done = subprocess.run(
            [build / "attn", "--json", *(x for c in [*before, cells[k]] for x in ("-c", c))],
            capture_output=True, text=True, check=False)
        skip = sum(len(found) for found, error in given if not error)
        found = [json.loads(line) for line in done.stdout.splitlines()][skip:]
        given.append((found, done.stderr.split(":")[0] if done.returncode else None))
    return given


def differs(a, b, at=""):
    """Where two JSON values differ by more than NEAR, or None."""
    if isinstance(a, (int, float)) and isinstance(b, (int, float)) and not isinstance(a, bool):
        return None if math.isclose(a, b, rel_tol=0, abs_tol=NEAR) else f"{at}: {a} {b}"
    if type(a) is not type(b):
        return f"{at}: {a!r} {b!r}"
    if isinstance(a, dict):
        if list(a) != list(b):
            return f"{at}: {list(a)} {list(b)}"
        return next(filter(None, (differs(a[k], b[k], f"{at}.{k}") for k in a)), None)
    if isinstance(a, list):
        if len(a) != len(b):
            return f"{at}: {len(a)} and {len(b)} elements"
        return next(filter(None, (differs(x, y, f"{at}[{k}]")
                                  for k, (x, y) in enumerate(zip(a, b)))), None)
    return None if a == b else f"{at}: {a!r} {b!r}"


def compare(build, cells, got):
    """What is wrong with a session's answers, or None."""
    if got["refused"]:
        return f"it asked the system for {got['refused'][:3]}"
    for cell, (wanted, error), answer in zip(cells, native(build, cells), got["answers"]):
        name = answer["error"] and answer["error"]["name"]
        if name != error:
            return f"{cell}: error {name}, natively {error}"
        found = [output["json"] for output in answer["outputs"] if "json" in output]
        if what := differs(wanted, found):
            return f"{cell}: {what}"
        if not error and "as json" not in cell and "html" not in answer["outputs"][0]:
            return f"{cell}: no html"
    return None


def check_saving(got):
    """A page has no files, says so, and goes on; it does not even ask for one."""
    error = got["answers"][1]["error"] or {}
    if got["refused"]:
        return f"it asked the system for {got['refused'][:3]}"
    if error.get("name") != "Unsuited" or "no files in a page" not in error["message"]:
        return f"save says {error}"
    return got["answers"][2]["error"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default="build", type=Path)
    build = parser.parse_args().build.resolve()
    module = build / "attn.wasm"
    sessions = {**SESSIONS, "save": SAVING, "512 words": [LONG[:-1].rsplit(" ", 1)[0] + '"', "look as json"]}
    lines = "".join(json.dumps(cells) + "\n" for cells in sessions.values())
    done = subprocess.run([node(), HERE / "answers.js", module], input=lines, text=True,
                          capture_output=True, check=False)
    if done.returncode:
        print(done.stderr[-2000:])
    passed, results = 0, [json.loads(line) for line in done.stdout.splitlines()]
    for (name, cells), got in zip(sessions.items(), results):
        what = check_saving(got) if cells is SAVING else compare(build, cells, got)
        print(f"{'ok    ' if not what else 'FAILED'} {name}{': ' + what if what else ''}")
        passed += not what
    size = module.stat().st_size
    if results:
        print(f"attn.wasm: {size / 1e3:.0f} kB, {len(gzip.compress(module.read_bytes())) / 1e3:.0f}"
              f" kB compressed; ready in {results[0]['open']:.1f} ms; look it in "
              f"{results[1]['runs'][1]:.1f} ms; 512 words in {sum(results[-1]['runs']):.0f} ms")
    failed = len(sessions) - passed
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
