#!/usr/bin/env python3
"""Every lesson runs from top to bottom, twice with the same bytes, and is well made.

    run.py [--build DIR]      ends with "N passed, N failed"
"""
import argparse
import re
import sys
import time

import execute

LESSON_SECONDS = 15


def outputs(book):
    return [cell.outputs for cell in book.cells if cell.cell_type == "code"]


def faults_of_form(book):
    """What a reader would stumble over: headings, links, dollars, alt texts."""
    text = "\n".join(c.source for c in book.cells if c.cell_type == "markdown")
    heads = [len(m) for m in re.findall(r"^(#+) ", text, re.M)]
    if heads.count(1) != 1 or heads[:1] != [1]:
        yield "needs one title, first"
    if any(b > a + 1 for a, b in zip(heads, heads[1:])):
        yield "a heading level is skipped"
    if "$" in text:
        yield "a $ would be read as mathematics"
    if text.count("<details>") != text.count("</details>") or "<details>" not in text:
        yield "think-first questions need folded answers"
    meta = book.metadata.get("kernelspec", {})
    if (meta.get("name"), meta.get("display_name")) != ("attn", "Attention"):
        yield "the kernelspec is not attn"
    for cell in book.cells:
        if any(not re.fullmatch(r"req:REQ-\d+|raises-exception|try-it", tag)
               for tag in cell.metadata.get("tags", [])):
            yield f"unknown tag in {cell.id}"


def faults_of_outputs(book):
    for cell in book.cells:
        if cell.cell_type == "code" and cell.source.strip() and not cell.outputs:
            yield f"cell {cell.id} shows nothing"
        for out in cell.get("outputs", []):
            html = out.get("data", {}).get("text/html", "")
            if out.output_type in ("display_data", "execute_result") and \
                    not out.data.get("text/plain"):
                yield f"cell {cell.id} has an output without text"
            for alt in re.findall(r'<img[^>]* alt="([^"]*)"', html):
                if not 0 < len(alt) <= 400:
                    yield f"cell {cell.id} has a picture without a fitting alt text"


def check(path, report):
    start = time.monotonic()
    try:
        first = execute.execute(path)
    except Exception as problem:  # a failing cell is the finding, whatever its kind
        return report(f"{path.name} runs", False, str(problem)[-500:])
    seconds = time.monotonic() - start
    report(f"{path.name} runs", True)
    report(f"{path.name} takes at most {LESSON_SECONDS} s", seconds <= LESSON_SECONDS, seconds)
    again = outputs(execute.execute(path))
    report(f"{path.name} gives the same outputs twice", again == outputs(first))
    for name, faults in (("form", faults_of_form(first)),
                         ("outputs", faults_of_outputs(first))):
        found = list(faults)
        report(f"{path.name}: {name}", not found, found[:3])
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build")
    execute.use_kernel_of(parser.parse_args().build)
    count = [0, 0]

    def report(name, holds, detail=""):
        count[not holds] += 1
        print(("ok    " if holds else "FAIL  ") + name + ("" if holds else f": {detail}"))
    books = sorted((execute.ROOT / "notebooks").glob("*.ipynb"))
    report("there are lessons", bool(books))
    for path in books:
        check(path, report)
    print(f"{count[0]} passed, {count[1]} failed")
    sys.exit(1 if count[1] else 0)


if __name__ == "__main__":
    main()
