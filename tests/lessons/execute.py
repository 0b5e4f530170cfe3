#!/usr/bin/env python3
"""Runs lessons with the kernel of a build, from a clean start each.

    execute.py --build DIR [--write] NOTEBOOK…    --write: keeps the outputs in place

Written notebooks hold no times, so that the same lessons give the same bytes.
"""
import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]


def use_kernel_of(build):
    """A kernelspec of this build, in a folder of its own that goes first."""
    folder = tempfile.mkdtemp(prefix="attn-spec-")
    subprocess.run(["sh", ROOT / "kernelspec" / "register.sh", folder,
                    Path(build).resolve()], check=True)
    os.environ["JUPYTER_PATH"] = folder
    return folder


def execute(path):
    """The notebook with fresh outputs. Raises nbclient's error when a cell fails that is
    not tagged raises-exception."""
    book = nbformat.read(path, as_version=4)
    for cell in book.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    NotebookClient(book, timeout=60, kernel_name="attn", record_timing=False,
                   resources={"metadata": {"path": tempfile.gettempdir()}}).execute()
    return book


def write(path, book):
    path.write_text(nbformat.writes(book, indent=1) + "\n", "utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("notebooks", nargs="+", type=Path)
    args = parser.parse_args()
    use_kernel_of(args.build)
    for path in args.notebooks:
        book = execute(path)
        print(f"{path.name}: {sum(c.cell_type == 'code' for c in book.cells)} cells run")
        if args.write:
            write(path, book)


if __name__ == "__main__":
    sys.exit(main())
