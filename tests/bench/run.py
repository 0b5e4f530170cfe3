#!/usr/bin/env python3
"""Speed of pictures side by side with Python's kernel, in one run; kernel.py has the rest.

    run.py [--build DIR] [--runs N] [--no-browser]

The two kernels take turns, so that a busy machine hits both alike. Trust the ratios.
"""
import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from jupyter_client.manager import KernelManager

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "lessons"))
sys.path.insert(0, str(HERE.parent / "browser"))
import execute
import paint

WORDS = ("the animal did not cross the street because it was too tired and a small red bird "
         "sang over old stone walls while two grey cats slept under green leaves near my quiet "
         "river where nobody ever came before noon except one tall man who sold warm bread "
         "from his blue cart every single day of that long summer").split()
PICTURES = {"attn": 'sentence "{}"\nlook\nheatmap\nflow',
            "python3": "from IPython.display import HTML, display\n"
                       "display(HTML('<table>' + '<tr><td>{}</td></tr>' * 30 + '</table>'))"}


def sentence(n, i):
    """n words that differ from run to run."""
    return " ".join(WORDS[(i * 5 + k) % len(WORDS)] for k in range(n - 1)) + f" w{i}"


class Kernel:
    def __init__(self, name):
        self.name, self.manager = name, KernelManager(kernel_name=name)
        self.manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def run(self, code):
        """Milliseconds until reply and idle."""
        start = time.perf_counter()
        reply = self.client.execute_interactive(code, output_hook=lambda _: None, timeout=60)
        if reply["content"]["status"] != "ok":
            sys.exit(f"{self.name}: {code!r} failed: {reply['content'].get('evalue')}")
        return 1000 * (time.perf_counter() - start)

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def percentile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(part * len(values)))]


def row(name, ours, theirs, unit, aim=""):
    print(f"{name:44}{ours:9.2f}{theirs:11.2f} {unit:3}{ours / theirs:8.3f}   {aim}",
          flush=True)


def kernels():
    both = {name: Kernel(name) for name in PICTURES}
    shown = {name: [kernel.run(PICTURES[name].format(sentence(12, i))) for i in range(20)]
             for name, kernel in both.items()}
    row("four views of 12 words, warm (python: html)", percentile(shown["attn"][2:], 0.5),
        percentile(shown["python3"][2:], 0.5), "ms")
    for kernel in both.values():
        kernel.stop()


def painted(build, runs):
    for words, aim in ((12, "p95 <= 100, p50 ratio <= 1.25"), (64, "p95 <= 140")):
        ours, theirs = paint.measure(build, lambda i, n=words: sentence(n, i), runs)
        for label, part in (("p50", 0.5), ("p95", 0.95)):
            row(f"Shift-Enter to painted, {words} words, {label}", percentile(ours, part),
                percentile(theirs, part), "ms", aim)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--no-browser", action="store_true")
    args = parser.parse_args()
    execute.use_kernel_of(args.build)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}\n"
          f"{'':44}{'attn':>9}{'ipykernel':>11}    {'ratio':>8}   aim")
    kernels()
    if not args.no_browser:
        painted(args.build, args.runs)


if __name__ == "__main__":
    main()
