#!/usr/bin/env python3
"""Writes attn/lang/samples_data.c: the sentences behind  heads over "samples".

    python3 attn/lang/gen/samples.py            write it
    python3 attn/lang/gen/samples.py --check    fail if it would change

The sentences and their links are those of tests/data/glass/links_public.json, which were
drawn by hand; here they stand as CoNLL-U. A link that has no place in the tree (a second
head of a word, what a pronoun means) goes into the column of further dependencies; words
that nobody linked have no head.
"""
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parents[2] / "tests/data/glass/links_public.json"
TARGET = HERE.parent / "samples_data.c"

# job: the relation's name, and whether the link goes from the dependent to its head
RELATIONS = {"subj": ("nsubj", False), "obj": ("obj", False), "det": ("det", True),
             "adj": ("amod", True), "prep": ("case", True), "aux": ("aux", True),
             "conj": ("conj", True), "coref": ("coref", True),
             "corefx": ("coref", True)}


def links_of(sentence):
    """(dependent, head, relation) of what can be one, words from 1."""
    for link in sentence["links"]:
        if link["job"] not in RELATIONS or link["from"][0] < 0 or link["to"][0] < 0:
            continue
        relation, forward = RELATIONS[link["job"]]
        ends = link["from"][0] + 1, link["to"][0] + 1
        yield (*(ends if forward else ends[::-1]), relation)


def spaced(sentence):
    """Each token, and whether a blank follows it."""
    at = 0
    for token in sentence["tokens"]:
        at = sentence["sentence"].index(token, at) + len(token)
        yield token, at == len(sentence["sentence"]) or sentence["sentence"][at] == " "


def conllu(sentence):
    heads, more = {}, {}
    for dependent, head, relation in links_of(sentence):
        if relation != "coref" and dependent not in heads:
            heads[dependent] = head, relation
        elif (head, relation) != heads.get(dependent):
            more.setdefault(dependent, []).append((head, relation))
    yield f"# text = {sentence['sentence']}"
    for number, (token, blank) in enumerate(spaced(sentence), 1):
        head, relation = heads.get(number, ("_", "_"))
        further = "|".join(f"{h}:{r}" for h, r in sorted(more.get(number, []))) or "_"
        yield "\t".join([str(number), token, "_", "_", "_", "_", str(head), relation,
                         further, "_" if blank else "SpaceAfter=No"])
    yield ""


def quoted(line):
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '\\n"'


def source():
    # What the tokens do not spell out again is left out: it would not read back.
    sentences = [s for s in json.loads(SOURCE.read_text()) if s["tokens"]]
    lines = [quoted(line) for s in sentences for line in conllu(s)]
    return ("/* samples_data.c - written by gen/samples.py; do not edit. */\n"
            '#include "attn/lang/samples.h"\n\n/* clang-format off */\n\n'
            "static const char *const samples[] = {\n" +
            "".join(f"{line},\n" for line in lines) + "};\n\n/* clang-format on */\n\n"
            "const char *samples_line(size_t i)\n{\n"
            "    return i < sizeof samples / sizeof *samples ? samples[i] : NULL;\n}\n")


def main():
    made = source()
    if "--check" in sys.argv[1:]:
        return made != TARGET.read_text()
    TARGET.write_text(made)
    return False


if __name__ == "__main__":
    sys.exit(main())
