#!/usr/bin/env python3
"""Every view on one page, to be looked at.

    gallery.py --build DIR [--only WORD]

Runs real commands through DIR/attn and writes DIR/gallery/index.html: each view in light
and dark, 600 and 1400 px wide, in one file that needs nothing else. Beside it stand
NAME.html, NAME.png and NAME.txt for each view. A command that fails ends the run; so does
a view that is heavier than a page should be.
"""
import argparse
import html
import shutil
import subprocess
import sys
from pathlib import Path

ANIMAL = "The animal didn't cross the street because it was too tired"
LONG = ("The old teacher who lived near the river told the children that the small dog "
        "which had followed them home was hungry because nobody had given it any food, "
        "and they asked her whether they could keep it until somebody came. ")

SENTENCES = {
    "animal": ANIMAL,
    "one": "Hello",
    "two": "Hello world!",
    "toy": "Thinking Machines",
    "pizza": "I love pizza",
    "twenty": "The cat sat on the mat and the dog, who loved her, slept near the door.",
    "sixty-four": " ".join((LONG * 2).split()[:64]),
    "long": " ".join((LONG * 14).split()[:488]),
    "long-words": "The Donaudampfschifffahrtsgesellschaftskapitän praised "
                  "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch because "
                  "it was pneumonoultramicroscopicsilicovolcanoconiosis",
    "cjk": "東京 は とても 大きい ので 彼女 は 東京 が 好き です",
    "rtl": "القطة السوداء نامت لأنها كانت متعبة שלום עולם",
    "emoji": "My 🐶 loves 🍕 because it 😋 is 👩‍👩‍👧 tasty 🇨🇭",
    "french": "L'animal n'a pas traversé la rue parce qu'il était trop fatigué",
    "code": "for (int i = 0; i < n; i++) sum += a[i] * b[i];",
    "markup": "<b>bold</b> & \"quotes\" <script>alert(1)</script> \\ done",
}

# Every view with the sentence that shows it best, then what must survive any sentence.
VIEWS = [
    ("animal", ["sentence", "tokens", "look", "look it", 'swap "tired" "wide"', "look animal layer 2 head 0",
                "why", "why it -> animal", "why it words",
                "heatmap", "heatmap layer 3 head 0", "heatmap layer 0 head mean",
                "heatmap layer 0 head all", "heatmap word it", "heatmap top 5",
                "flow", "flow it", "flow layer 3 head 0", "flow lines",
                "flow lines it", "flow lines heads L0-H0 L3-H0",
                "flow lines heads L1-H0 L2-H0 L2-H1 L3-H0", "flow network",
                "flow network nodes given", "flow layer all", "flow layer all it",
                "flow size big",
                "heads", "heads layer 0", "heads syntactic", "heads previous-token",
                "heads local", "heads positional", "heads L0-H0", "heads L0-H5",
                "heads L3-H0", "heads L3-H2", "heads best it -> animal",
                "heads size big", "evolve", "evolve it layer 3", "evolve animal",
                "evolve it head mean", "evolve it mask causal", "evolve it size big",
                "cost", "cost 10 100 1000",
                "vectors", "vectors it", "vectors it layer 1", "vectors it size big",
                "qkv it", "steps it", "steps it layer 1 head 5", "softmax 4 2 dk 3",
                "softmax 1 2 3 temperature 0.5",
                "diagram", "diagram flow", "diagram pipeline", "diagram lookup",
                "diagram block", "diagram heads", "diagram concat", "diagram types",
                "diagram rnn", "diagram uses", "diagram tree", "diagram pipeline size big",
                "model", "set", "help", "help flow", "dot 2 0 1 with 1 0 2",
                "flow mask causal", "heatmap mask causal"]),
    ("one", ["sentence", "look", "heatmap", "flow", "flow lines", "flow network", "heads",
             "heads L0-H0", "flow layer all", "evolve"]),
    ("two", ["sentence", "look", "heatmap", "flow", "heads"]),
    ("toy", ["model toy", "look", "heatmap", "flow", "flow lines", "flow network",
             "heads", "heads L0-H0", "why Thinking -> Machines", "tokens", "vectors",
             "vectors Thinking", "vectors Thinking layer 0", "qkv Thinking",
             "qkv Thinking size big", "steps Thinking", "steps Machines blank output",
             "steps Machines blank softmax"]),
    ("pizza", ["sentence", "look", "why", "heatmap", "flow", "flow lines", "flow network",
               "heads"]),
    ("twenty", ["sentence", "look", "heatmap", "flow", "flow lines", "flow network",
                "heads", "flow layer all", "evolve"]),
    ("sixty-four", ["sentence", "look", "heatmap", "flow", "flow it", "flow lines",
                    "flow network", "heads", "heads layer 2", "flow layer all", "evolve"]),
    ("long", ["sentence", "look", "heatmap", "flow", "flow lines", "flow network",
              "heads", "evolve"]),
    ("long-words", ["sentence", "look", "heatmap", "flow", "flow lines", "flow network",
                    "heads", "evolve"]),
    ("cjk", ["sentence", "look", "heatmap", "flow", "flow lines", "flow network",
              "evolve"]),
    ("rtl", ["sentence", "look", "heatmap", "flow", "flow lines", "flow network",
              "evolve"]),
    ("emoji", ["sentence", "look", "heatmap", "flow", "flow lines", "flow network",
                "evolve"]),
    ("french", ["sentence", "look", "heatmap", "flow", "heads"]),
    ("code", ["sentence", "look", "heatmap", "flow", "flow lines"]),
    ("markup", ["sentence", "look", "heatmap", "flow", "flow lines", "flow network",
                "heads", "evolve"]),
]

MOST_BYTES = 2_000_000  # what a notebook can carry in one output
WIDTHS = (600, 1400)
SHADES = {
    "light": "color-scheme:light;background:#fff;color:#212121;"
             "--jp-content-font-color1:#212121;--jp-layout-color0:#fff;"
             "--jp-layout-color1:#fff",
    "dark": "color-scheme:dark;background:#111;color:#fff;--jp-content-font-color1:#fff;"
            "--jp-layout-color0:#111;--jp-layout-color1:#212121",
}


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def name_of(sentence, command):
    return f"{sentence}-{command}".replace(" ", "-").replace("->", "to").replace('"', "")


def draw(build, folder, sentence, commands):
    """(name, command, html) of each view of one sentence."""
    out = folder / f"run-{sentence}"
    shutil.rmtree(out, ignore_errors=True)
    script = "\n".join([f"sentence {quoted(SENTENCES[sentence])}", *commands])
    done = subprocess.run([build / "attn", "--out", out], input=script.encode(),
                          capture_output=True, timeout=300, check=False)
    if done.returncode:
        sys.exit(f"gallery: {sentence}: {done.stderr.decode(errors='replace')}")
    for n, command in enumerate(commands, 2):  # the first is the sentence itself
        name, stem = name_of(sentence, command), f"{n:03}-"
        view = {path.suffix: path for path in out.glob(stem + "*")}
        if ".txt" not in view:
            sys.exit(f"gallery: {sentence}: {command} gave nothing")
        for suffix, path in view.items():
            path.replace(folder / (name + suffix))
        shown = folder / (name + (".html" if ".html" in view else ".txt"))
        text = shown.read_text(encoding="utf-8")
        yield name, command, text if ".html" in view else f"<pre>{html.escape(text)}</pre>"


def page(views):
    """One document: the views once, shown by frames that differ in shade and width."""
    body = "".join(f"<h2>{html.escape(name)}</h2><p><code>{html.escape(command)}</code></p>"
                   f"\n{view}\n" for name, command, view in views)
    frames = "".join(f'<h1>{shade}, {width} px</h1><iframe title="{shade} {width}" '
                     f'data-style="{style}" width="{width}" height="900"></iframe>\n'
                     for shade, style in SHADES.items() for width in WIDTHS)
    return ('<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>gallery</title>'
            f"<body>\n{frames}<template>{body}</template>\n<script>\n"
            'const views = document.querySelector("template").innerHTML;\n'
            'for (const frame of document.querySelectorAll("iframe"))\n'
            '  frame.srcdoc = `<!DOCTYPE html><html style="${frame.dataset.style}">'
            '<meta charset="utf-8"><body style="font:14px sans-serif;margin:8px">`'
            " + views;\n</script></body></html>\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--build", type=Path, default=Path("build"))
    parser.add_argument("--only", default="", help="views whose name holds this word")
    options = parser.parse_args()
    folder = options.build / "gallery"
    folder.mkdir(parents=True, exist_ok=True)
    views, heavy = [], []
    for sentence, commands in VIEWS:
        wanted = [c for c in commands if options.only in name_of(sentence, c)]
        for name, command, view in draw(options.build, folder, sentence, wanted):
            views.append((name, command, view))
            print(f"{name:44} {len(view.encode()):8} bytes")
            if len(view.encode()) > MOST_BYTES:
                heavy.append(name)
    (folder / "index.html").write_text(page(views), encoding="utf-8")
    print(f"{len(views)} views: {folder / 'index.html'}")
    if heavy:
        sys.exit(f"gallery: too heavy for a notebook: {', '.join(heavy)}")


if __name__ == "__main__":
    main()
