"""Writes the recordings of this folder, good ones and broken ones.

    python3 tests/data/traces/make.py

Needs nothing but Python: eight bytes of length, a JSON header, the numbers.
"""
import json
import math
import random
import struct
from pathlib import Path

HERE = Path(__file__).resolve().parent
BERT = ["[CLS]", "the", "cat", "sat", "down", "##stairs", "[SEP]"]
GPT = ["<|endoftext|>", "The", "Ġcat", "Ġsat", "Ġdown", "stairs", ",", "Ġna", "Ã¯", "ve", "Ċ"]
LLAMA = ["<s>", "▁The", "▁cat", "▁sat", "▁down", "st", "airs", "▁it", "▁was", "▁tired"]


def bf16(value):
    return struct.pack("<f", value)[2:]


PACK = {"F32": lambda v: struct.pack("<f", v), "F64": lambda v: struct.pack("<d", v),
        "F16": lambda v: struct.pack("<e", v), "BF16": bf16,
        "I64": lambda v: struct.pack("<q", v), "I32": lambda v: struct.pack("<i", v)}


def flat(values):
    return [x for v in values for x in flat(v)] if isinstance(values, list) else [values]


def shape_of(values):
    return [len(values), *shape_of(values[0])] if isinstance(values, list) else []


def write(name, notes, tensors):
    """tensors: name -> (dtype, nested lists)"""
    header, data = {"__metadata__": {k: v if isinstance(v, str) else json.dumps(v, ensure_ascii=False)
                                     for k, v in notes.items()}}, b""
    for key, (dtype, values) in tensors.items():
        packed = b"".join(PACK[dtype](v) for v in flat(values))
        header[key] = {"dtype": dtype, "shape": shape_of(values),
                       "data_offsets": [len(data), len(data) + len(packed)]}
        data += packed
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    (HERE / f"{name}.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)


def attention(layers, heads, rows, cols=None, causal=False, seed=1):
    """Random, each row sums to 1."""
    chance, cols = random.Random(seed), cols or rows
    def row(i):
        seen = [math.exp(3 * chance.random()) if j <= i or not causal else 0
                for j in range(cols)]
        return [x / sum(seen) for x in seen]
    return [[[row(i) for i in range(rows)] for _ in range(heads)] for _ in range(layers)]


def hidden(layers, n, width):
    chance = random.Random(7)
    return [[[round(chance.uniform(-1, 1), 3) for _ in range(width)] for _ in range(n)]
            for _ in range(layers + 1)]


def good():
    write("minimal", {"tokens": BERT}, {"attn": ("F32", attention(2, 3, 7))})
    write("sentence", {"tokens": BERT, "sentence": "The cat sat downstairs",
                       "model": "bert-of-nobody", "licence": "public domain"},
          {"attn": ("F64", attention(2, 3, 7)), "ids": ("I32", [101, 1, 2, 3, 4, 5, 102])})
    write("bytes", {"tokens": GPT}, {"attn": ("F16", attention(2, 2, 11, causal=True))})
    write("bars", {"tokens": LLAMA, "model": "llama-of-nobody"},
          {"attn": ("BF16", attention(3, 2, 10, causal=True)),
           "hidden": ("F32", hidden(3, 10, 6)), "ids": ("I64", list(range(10)))})
    words = ["cat", "dog", "tree"]
    write("next", {"tokens": LLAMA, "vocabulary": words},
          {"attn": ("F32", attention(1, 1, 10, causal=True)),
           "logits": ("F32", [[1.5, 0.5, -1.0]] * 10)})
    write("pair", {"tokens": ["Hello", "world", "</s>"], "target_tokens": ["<s>", "Hallo", "Welt"],
                   "model": "pair-of-nobody"},
          {"enc_attn": ("F32", attention(2, 2, 3)),
           "dec_attn": ("F32", attention(2, 2, 3, causal=True)),
           "cross_attn": ("F32", attention(2, 2, 3, 3, seed=5))})
    write("synthetic", {"tokens": ["<s>", "one", "two"], "synthetic": "true", "model": "made",
                        "heads": [{"name": "first", "does": "Looks at the first.", "story": 1}, None]},
          {"attn": ("F32", attention(1, 2, 3, causal=True))})
    write("many-heads", {"tokens": ["[CLS]", "a", "b", "[SEP]"]},
          {"attn": ("F16", attention(24, 16, 4))})
    write("one-word", {"tokens": ["word"]}, {"attn": ("F32", attention(1, 1, 1))})


def broken():
    attn = ("F32", attention(1, 2, 3))
    words = {"tokens": ["one", "two", "three"]}
    def with_cell(value, dtype="F32"):
        made = attention(1, 2, 3)
        made[0][1][2][0] = value
        return {"attn": (dtype, made)}
    write("bad-sum", words, with_cell(0.9))
    write("bad-nan", words, with_cell(math.nan))
    write("bad-inf", words, with_cell(math.inf))
    write("bad-negative", words, with_cell(-0.25))
    write("bad-rows", {"tokens": ["one", "two"]}, {"attn": attn})
    write("bad-batch", words, {"attn": ("F32", [attention(1, 2, 3)] * 2)})
    write("bad-batch-one", words, {"attn": ("F32", [[a] for a in attention(2, 2, 3)])})
    write("bad-dtype", words, {"attn": ("I64", [[[[1, 0, 0]] * 3] * 2])})
    write("bad-no-attn", words, {"weights": attn})
    write("bad-no-tokens", {"model": "m"}, {"attn": attn})
    write("bad-tokens", {"tokens": "one two three"}, {"attn": attn})
    write("bad-tokens-numbers", {"tokens": [1, 2, 3]}, {"attn": attn})
    write("bad-tokens-many", {"tokens": ["a"] * 515}, {"attn": attn})
    write("bad-special", {**words, "special": [1, 1, 1]}, {"attn": attn})
    write("bad-special-short", {**words, "special": [1]}, {"attn": attn})
    write("bad-span", {**words, "sentence": "one two", "start": [0, 4, 8], "end": [3, 7, 13]},
          {"attn": attn})
    write("bad-ids", words, {"attn": attn, "ids": ("I64", [1, 2])})
    write("bad-hidden", words, {"attn": attn, "hidden": ("F32", hidden(2, 3, 4))})
    write("bad-hidden-inf", words, {"attn": attn, "hidden": ("F32", [[[math.inf]] * 3] * 2)})
    write("bad-heads", {"tokens": ["one"]}, {"attn": ("F16", [[[[1.0]]] * 1025])})
    write("bad-version", {**words, "attn_trace": "2"}, {"attn": attn})
    write("bad-pair", {"tokens": ["a"], "target_tokens": ["b"]},
          {"cross_attn": ("F32", [[[[1.0]]]])})


if __name__ == "__main__":
    good()
    broken()
