#!/usr/bin/env python3
"""Writes attn/base/utf8_table.c: classes, widths and case of characters, as ranges.

    python3 attn/base/gen/utf8_table.py > attn/base/utf8_table.c
    python3 attn/base/gen/utf8_table.py --check     says whether the committed one is this

Source: Python's own unicodedata, whose Unicode version stands in the output. White_Space
is no general category, so its 25 characters are listed here.
"""
import sys
import unicodedata as ud
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "utf8_table.c"
ALL = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
SPACES = [*range(0x09, 0x0E), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B),
          0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
# Unassigned characters of the two ideographic planes are wide by default.
IDEOGRAPHIC = ((0x20000, 0x2FFFD), (0x30000, 0x3FFFD))


def ranges(members):
    """Sorted code points as inclusive (first, last) pairs."""
    out = []
    for c in sorted(members):
        if out and out[-1][1] == c - 1:
            out[-1][1] = c
        else:
            out.append([c, c])
    return out


def category(*prefixes):
    return [c for c in ALL if ud.category(chr(c)).startswith(prefixes)]


def is_zero(c):
    """Marks, joiners and other format characters, controls, vowels inside Hangul."""
    kind = ud.category(chr(c))
    return (kind[0] == "M" or kind in ("Cf", "Cc") or 0x1160 <= c <= 0x11FF) and c != 0xAD


def is_wide(c):
    if is_zero(c):
        return False
    return ud.east_asian_width(chr(c)) in "WF" or any(a <= c <= b for a, b in IDEOGRAPHIC)


def mapping(to):
    """(first, last, step, delta) of characters with a one-character mapping. `step` is 2
    where every second character has it, as in Latin Extended."""
    out = []
    for c in ALL:
        other = to(chr(c))
        if len(other) != 1 or ord(other) == c:
            continue
        delta = ord(other) - c
        last = out[-1] if out else None
        if last and last[3] == delta and c - last[1] in (1, 2) and (
                last[0] == last[1] or last[2] == c - last[1]):
            last[2] = c - last[1]
            last[1] = c
        else:
            out.append([c, c, 1, delta])
    return out


def emit_ranges(name, members, say):
    rows = ranges(members)
    print(f"\n/* {say} */\nstatic const struct utf8_span {name}_spans[] = {{", end="")
    emit(f"{{0x{a:X}, 0x{b:X}}}" for a, b in rows)
    print("};\nconst struct utf8_set utf8_table_%s = {%s_spans, %d};" % (name, name, len(rows)))


def emit_mapping(name, rows, say):
    print(f"\n/* {say} */\nstatic const struct utf8_shift {name}_shifts[] = {{", end="")
    emit(f"{{0x{a:X}, 0x{b:X}, {s}, {d}}}" for a, b, s, d in rows)
    print("};\nconst struct utf8_map utf8_table_%s = {%s_shifts, %d};" % (name, name, len(rows)))


def emit(items):
    line = ""
    for item in items:
        if not line or len(line) + len(item) + 2 > 88:
            print(line.rstrip())
            line = "    "
        line += item + ", "
    print(line.rstrip())


def simple(char, other):
    """The mapping, where the other character maps to one too; else the character."""
    return other if len(other) == 1 else char


def main():
    print("/* utf8_table.c - written by gen/utf8_table.py; do not edit.\n"
          f" * Unicode {ud.unidata_version}. Sorted, so that they can be searched by halves. */")
    print('#include "attn/base/utf8_table.h"\n\n/* clang-format off */')
    emit_ranges("letter", category("L", "M"), "Letters and their marks.")
    emit_ranges("mark", category("M"), "Marks alone.")
    emit_ranges("digit", category("N"), "Numbers of any script.")
    emit_ranges("space", SPACES, "White_Space.")
    emit_ranges("control", category("Cc", "Cf", "Zl", "Zp"), "Never shown as they stand.")
    emit_ranges("zero", [c for c in ALL if is_zero(c)], "No column.")
    emit_ranges("wide", [c for c in ALL if is_wide(c)], "Two columns.")
    emit_mapping("lower", mapping(lambda c: simple(c, c.lower())), "To lower case.")
    emit_mapping("upper", mapping(lambda c: simple(c, c.upper())), "To upper case.")


def check():
    import contextlib
    import io
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        main()
    if out.getvalue() != TARGET.read_text(encoding="utf-8"):
        sys.exit(f"{TARGET.name} is not what this script writes with Unicode "
                 f"{ud.unidata_version}")


if __name__ == "__main__":
    if "--check" in sys.argv:
        check()
    else:
        main()
