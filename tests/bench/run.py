#!/usr/bin/env python3
"""Speed and memory side by side with Python's kernel, in one run.

    run.py [--build DIR] [--runs N] [--no-browser]

The two kernels take turns, so that a busy machine hits both alike. Trust the ratios.
"""
import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import psutil
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
TRIVIAL = {"attn": "dot 1 with 1", "python3": "1*1"}
PICTURES = {"attn": 'sentence "{}"\nlook\nheatmap\nflow',
            "python3": "from IPython.display import HTML, display\n"
                       "display(HTML('<table>' + '<tr><td>{}</td></tr>' * 30 + '</table>'))"}
ROUND_TRIPS = 200


def sentence(n, i):
    """n words that differ from run to run."""
    return " ".join(WORDS[(i * 5 + k) % len(WORDS)] for k in range(n - 1)) + f" w{i}"


class Kernel:
    def __init__(self, name):
        self.name, self.manager = name, KernelManager(kernel_name=name)
        start = time.perf_counter()
        self.manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self._first_reply()
        self.start_ms = 1000 * (time.perf_counter() - start)

    def _first_reply(self):
        """Asks again every 50 ms: a question sent too early waits for a reconnection."""
        self.client.kernel_info()
        for _ in range(1200):
            try:
                return self.client.get_shell_msg(timeout=0.05)
            except Exception:
                if not self.manager.is_alive():
                    break
        sys.exit(f"the kernel {self.name} did not answer")

    def run(self, code):
        """Milliseconds until reply and idle."""
        start = time.perf_counter()
        reply = self.client.execute_interactive(code, output_hook=lambda _: None, timeout=60)
        if reply["content"]["status"] != "ok":
            sys.exit(f"{self.name}: {code!r} failed: {reply['content'].get('evalue')}")
        return 1000 * (time.perf_counter() - start)

    def memory_mb(self):
        pid = self.manager.provisioner.pid
        process = psutil.Process(pid)
        return sum(p.memory_info().rss for p in [process, *process.children(True)]) / 1e6

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def percentile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(part * len(values)))]


def row(name, ours, theirs, unit, aim=""):
    print(f"{name:44}{ours:9.2f}{theirs:11.2f} {unit:3}{ours / theirs:8.3f}   {aim}",
          flush=True)


def starts(runs):
    found = {"attn": [], "python3": []}
    for name in [*found] * (runs + 1):
        kernel = Kernel(name)
        found[name].append(kernel.start_ms)
        kernel.stop()
    return {name: statistics.median(v[1:]) for name, v in found.items()}


def kernels(runs):
    start = starts(runs)
    row("start to first reply (median)", start["attn"], start["python3"], "ms",
        "<= 30, ratio <= 0.1")
    both = {name: Kernel(name) for name in TRIVIAL}
    for kernel in both.values():
        kernel.run(TRIVIAL[kernel.name])
    time.sleep(1)
    row("memory before the first picture", both["attn"].memory_mb(),
        both["python3"].memory_mb(), "MB", "<= 16")
    trips = {name: [] for name in both}
    for _ in range(ROUND_TRIPS // 20):
        for name, kernel in both.items():
            trips[name] += [kernel.run(TRIVIAL[name]) for _ in range(20)]
    for label, part in (("p50", 0.5), ("p95", 0.95)):
        row(f"execute round trip {label}", percentile(trips["attn"], part),
            percentile(trips["python3"], part), "ms")
    shown = {name: [kernel.run(PICTURES[name].format(sentence(12, i))) for i in range(20)]
             for name, kernel in both.items()}
    row("four views of 12 words, warm (python: html)", percentile(shown["attn"][2:], 0.5),
        percentile(shown["python3"][2:], 0.5), "ms")
    row("memory after pictures", both["attn"].memory_mb(), both["python3"].memory_mb(), "MB",
        "<= 30")
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
    kernels(min(args.runs, 10))
    if not args.no_browser:
        painted(args.build, args.runs)


if __name__ == "__main__":
    main()
