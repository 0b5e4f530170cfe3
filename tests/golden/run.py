#!/usr/bin/env python3
"""Cells in, text exact.

    run.py --build DIR [--update] [NAME…]

cases/NAME/input.attn goes through DIR/attn; what it prints, and after a line of dashes
what it complains about, must be cases/NAME/output.txt byte for byte. bad/input.txt holds
one wrong cell a line (a JSON string): each must fail, say what bad/output.txt says, and
suggest a line that itself runs (that the state stays as it was is tests/unit/lang/). The
lines of Python in RECORDINGS.md must write files that open. --update writes the outputs anew:
read the difference before it is committed.
"""
import argparse
import json
import re
import struct
import subprocess
import sys
import tempfile
import types
import unittest.mock
from pathlib import Path

HERE = Path(__file__).resolve().parent
SECONDS = 60


def attn(build, cell, *options):
    """In a folder of its own, where nothing lies but the tests: what a cell saves is for
    its own lines."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "tests").symlink_to(HERE.parent)
        return subprocess.run([build / "attn", *options], input=cell, capture_output=True,
                              timeout=SECONDS, check=False, cwd=folder)


def settle(path, got, update):
    """True when the file says what was got; with update it is made to."""
    if update:
        path.write_bytes(got)
        return True
    wanted = path.read_bytes() if path.exists() else b""
    if got == wanted:
        return True
    print(f"--- {path.relative_to(HERE)} differs\n--- wanted\n{wanted.decode()}"
          f"--- got\n{got.decode('utf-8', 'replace')}")
    return False


def run_case(build, folder, update):
    done = attn(build, (folder / "input.attn").read_bytes())
    got = done.stdout
    if done.stderr:
        got += b"----------\n" + done.stderr
    return done.returncode in (0, 1) and settle(folder / "output.txt", got, update)


def suggested(message):
    """The line to copy: what stands after two blanks, in the first line or the last."""
    lines = message.rstrip("\n").split("\n")
    for text in (lines[-1], *lines):
        if text.startswith("  "):
            continue  # the cell itself, and the caret
        found = re.search(r"  (\S.*?)(  for the commands\.)?$", text)
        if found:
            return found[1]
    return None


def slipped_name(cell, message):
    """A word like read_whole: with an underscore, which the learner did not type."""
    for word in re.findall(r"[a-z0-9]+(?:_[a-z0-9]+)+", message):
        if word not in cell:
            return word
    return None


def lines_before(build, cell):
    """The lines before the wrong one, where there are any: they set what it speaks of."""
    before = cell.rpartition("\n")[0]
    works = before and attn(build, before.encode("utf-8", "surrogatepass")).returncode == 0
    return before + "\n" if works else ""


def check_bad(build, cell):
    """What is said about a wrong cell, and what is wrong with how it is said."""
    raw = cell.encode("utf-8", "surrogatepass")
    alone = attn(build, raw)
    message = alone.stderr.decode("utf-8", "replace")
    faults = []
    if alone.returncode != 1 or not re.match(r"[A-Z][A-Za-z]+: \S", message):
        faults.append(f"status {alone.returncode}, no named error")
    if word := slipped_name(cell, message):
        faults.append(f"a name of the program's own: {word}")
    line = suggested(message)
    if not line:
        faults.append("no line to copy")
    else:
        again = attn(build, (lines_before(build, cell) + line).encode())
        if again.returncode != 0:
            faults.append(f"its line fails: {line}: {again.stderr.decode()}")
    return message, faults


def run_bad(build, update):
    passed = failed = 0
    said = []
    for number, text in enumerate((HERE / "bad/input.txt").read_text().splitlines(), 1):
        if not text.strip():
            continue
        cell = json.loads(text)
        message, faults = check_bad(build, cell)
        said.append(f"{text}\n{message}")
        for fault in faults:
            print(f"  bad/input.txt:{number}: {text}: {fault}")
        passed, failed = passed + (not faults), failed + bool(faults)
    same = settle(HERE / "bad/output.txt", "\n".join(said).encode(), update)
    return passed + same, failed + (not same)


def run_asking(build):
    """A line that asks: answered from the standard input, unless the cell comes from there
    and there is no terminal."""
    passed = failed = 0
    for options, typed, status, said in (
            (["-c", 'listen "Name? "'], b"Ann\nBob\n", 0, b"Name? Ann\n"),
            (["-c", 'listen "A "', "-c", 'listen "B "'], b"1\n2", 0, b"A 1\nB 2\n"),
            (["-c", 'listen "Name? "'], b"", 1, b"NoInput: "),
            ([], b'listen "Name? "\n', 1, b"NoInput: ")):
        done = subprocess.run([build / "attn", *options], input=typed, capture_output=True,
                              timeout=SECONDS, check=False, start_new_session=True)
        good = done.returncode == status and said in done.stdout + done.stderr
        if not good:
            print(f"  asking {options} {typed}: {done}")
        passed, failed = passed + good, failed + (not good)
    return passed, failed


def write_safetensors(tensors, path, notes):
    """What the library of that name writes; stands in where it is not installed."""
    header, data = {"__metadata__": notes}, b""
    for name, numbers in tensors.items():
        raw = numbers.tobytes()
        header[name] = {"dtype": {"float32": "F32"}[str(numbers.dtype)],
                        "shape": list(numbers.shape),
                        "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    Path(path).write_bytes(struct.pack("<Q", len(text)) + text + data)


def stand_ins():
    """Modules that the page's lines import, and what stands around those lines."""
    import numpy  # pylint: disable=import-outside-toplevel

    class Tensor(numpy.ndarray):
        def float(self):
            return self.astype(numpy.float32)

        def contiguous(self):
            return numpy.ascontiguousarray(self)

    modules = {name: types.ModuleType(name) for name in
               ("torch", "safetensors", "safetensors.torch", "safetensors.numpy")}
    modules["torch"].stack = lambda parts: numpy.stack(parts).view(Tensor)
    modules["safetensors.torch"].save_file = write_safetensors
    modules["safetensors.numpy"].save_file = write_safetensors
    layer = numpy.full((1, 4, 3, 3), 1 / 3)
    around = {"out": types.SimpleNamespace(attentions=(layer, layer)),
              "inputs": {"input_ids": [[1, 2, 3]]},
              "tokenizer": types.SimpleNamespace(
                  convert_ids_to_tokens=lambda ids: ["<s>", "Hello", "Ġworld"])}
    try:
        from safetensors.numpy import save_file  # the library itself, where there is one
        modules["safetensors.numpy"].save_file = save_file
    except ImportError:
        pass
    return modules, around


def run_page(build):
    """Each example of RECORDINGS.md, five lines, writes a file that opens."""
    page = (HERE.parents[1] / "attn/model/RECORDINGS.md").read_text()
    examples = re.findall(r"^```python\n(.*?)^```", page, re.M | re.S)
    n = len(examples)
    try:
        modules, around = stand_ins()
    except ImportError:
        print("  RECORDINGS.md: without numpy only the lines that need none are run")
        modules, around, examples = {}, {}, examples[2:]
    passed = failed = 0
    for lines in examples:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "run.safetensors"
            with unittest.mock.patch.dict(sys.modules, modules):
                exec(lines.replace("run.safetensors", str(path)), dict(around))
            done = attn(build, f'model "{path}"\nlook\nheads\n'.encode())
        good = done.returncode == 0 and len(lines.splitlines()) == 5
        if not good:
            print(f"  RECORDINGS.md: {lines}: {done.stderr.decode()}")
        passed, failed = passed + good, failed + (not good)
    return passed, failed + (n != 3)


def main():
    words = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    words.add_argument("--build", type=Path, default=HERE.parents[1] / "build")
    words.add_argument("--update", action="store_true")
    words.add_argument("--python", help="not used; every suite may be given it")
    words.add_argument("names", nargs="*", metavar="NAME")
    given = words.parse_args()
    build = given.build.resolve()
    passed = failed = 0
    for folder in sorted((HERE / "cases").iterdir()):
        if given.names and folder.name not in given.names:
            continue
        good = run_case(build, folder, given.update)
        passed, failed = passed + good, failed + (not good)
    if not given.names or "bad" in given.names:
        good, wrong = run_bad(build, given.update)
        passed, failed = passed + good, failed + wrong
    if not given.names or "asking" in given.names:
        good, wrong = run_asking(build)
        passed, failed = passed + good, failed + wrong
    if not given.names or "page" in given.names:
        good, wrong = run_page(build)
        passed, failed = passed + good, failed + wrong
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
