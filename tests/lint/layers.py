"""Which room may include which, and which words it may not say."""
import re

# The arrows: a file includes from its own room and from those named here.
BELOW = {
    "kernel": ["attn/lang", "attn/render", "attn/base"],
    "attn/cli": ["attn/lang", "attn/render", "attn/base"],
    "attn/page": ["attn/lang", "attn/render", "attn/base"],
    "attn/lang": ["attn/learn", "attn/model", "attn/analyse", "attn/render", "attn/tensor",
                  "attn/base"],
    "attn/learn": ["attn/base"],
    "attn/model": ["attn/tensor", "attn/base"],
    "attn/analyse": ["attn/tensor", "attn/base"],
    "attn/render": ["attn/base"],
    "attn/tensor": ["attn/base"],
    "attn/base": [],
}
# attn knows nothing of what carries its answers.
UNSAID = {"attn/": re.compile(r"jupyter|zeromq|\bzmq\b", re.I)}
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')


def room_of(path):
    """"attn/lang/lex.c" is of the room "attn/lang"; None for what is no room."""
    return next((room for room in BELOW if path.startswith(room + "/")), None)


def check_include(room, included):
    """What is wrong with a file of `room` including `included`, or None."""
    if "/" not in included:
        return f'includes "{included}" without its room'
    target = room_of(included)
    if target is None:
        return f"includes {included}, which is in no room"
    if target == room or target in BELOW[room]:
        return None
    return f"({room}) may not include {included} ({target})"


def check(root):
    """Every fault as (file, line, what)."""
    faults = []
    for path in sorted([*root.glob("attn/*/*.[ch]"), *root.glob("kernel/*.[ch]")]):
        file = path.relative_to(root).as_posix()
        room = room_of(file)
        if room is None:
            faults.append((file, 1, "lies in no room of the house"))
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if m := INCLUDE.match(line):
                if what := check_include(room, m[1]):
                    faults.append((file, number, what))
            faults += [(file, number, f"says {m[0]!r}") for start, unsaid in UNSAID.items()
                       if file.startswith(start) for m in unsaid.finditer(line)]
    return faults
