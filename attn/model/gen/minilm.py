"""Writes attn/model/minilm/NAME.safetensors: what all-MiniLM-L6-v2 looked at.

    python3 attn/model/gen/minilm.py DIR

DIR holds cases.json (sentences, tokens, offsets) and ref.safetensors (NAME/attn, F32) of
the model run once with PyTorch. Each sentence becomes a recording of its own, with F16
weights: 11 bits of each are kept. Needs nothing but Python.
"""
import json
import struct
import sys
from pathlib import Path

TO = Path(__file__).resolve().parents[1] / "minilm"
LICENCE = ("Apache License 2.0 (sentence-transformers/all-MiniLM-L6-v2), made from "
           "nreimers/MiniLM-L6-H384-uncased and Microsoft's MiniLM (MIT); see NOTICES")
STORY = 3 * 12 + 1  # L3-H1: the head that is shown where none is asked for
REAL = ("Its weights were learned from text by the makers of all-MiniLM-L6-v2; nobody "
        "gave its heads a purpose, so they have no names. L0-H2 looks at the word before "
        "without fail. L3-H1 finds the noun that \"it\" stands for in most of these "
        "sentences, and then in \"She poured water into the glass because it was empty.\" "
        "it goes to the water (0.39; glass 0.13): it finds a noun, it does not "
        "understand. Many heads rest on [CLS] and [SEP].")


def read_tensors(path):
    data = path.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + length])
    header.pop("__metadata__", None)
    for name, about in header.items():
        begin, end = about["data_offsets"]
        yield name, about["shape"], data[8 + length + begin:8 + length + end]


def write(path, shape, weights, ids, notes):
    data = struct.pack(f"<{len(ids)}q{len(weights)}e", *ids, *weights)
    header = json.dumps({"__metadata__": notes,
        "ids": {"dtype": "I64", "shape": [len(ids)], "data_offsets": [0, 8 * len(ids)]},
        "attn": {"dtype": "F16", "shape": shape,
                 "data_offsets": [8 * len(ids), len(data)]}},
        ensure_ascii=False, separators=(",", ":")).encode()
    header += b" " * (-len(header) % 8)
    path.write_bytes(struct.pack("<Q", len(header)) + header + data)


def main():
    folder = Path(sys.argv[1])
    cases = {c["name"]: c for c in json.loads((folder / "cases.json").read_text())["cases"]}
    TO.mkdir(exist_ok=True)
    places = {name: number for number, name in enumerate(cases)}
    for name, shape, raw in read_tensors(folder / "ref.safetensors"):
        if not name.endswith("/attn"):
            continue
        case = cases[name.split("/")[0]]
        notes = {"attn_trace": "1", "model": "minilm-recorded", "synthetic": "false",
                 "sentence": case["text"], "licence": LICENCE, "real": REAL,
                 "tokens": json.dumps(case["tokens"], ensure_ascii=False),
                 "start": json.dumps([a for a, _ in case["offsets"]]),
                 "heads": json.dumps([{"story": 1} if h == STORY else None
                                      for h in range(shape[0] * shape[1])]),
                 "end": json.dumps([b for _, b in case["offsets"]])}
        weights = struct.unpack(f"<{len(raw) // 4}f", raw)
        write(TO / f"{places[case['name']]:02}-{case['name']}.safetensors", shape, weights,
              case["ids"], notes)


if __name__ == "__main__":
    main()
