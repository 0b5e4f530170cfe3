#!/usr/bin/env python3
"""The kernel beside others and beside one that does nothing, in one run.

    kernel.py [--build DIR] [--quick] [--write FILE]     --write: keeps the table there

Kernels take turns, so that a busy machine hits all alike: trust the ratios and the fastest. The null
kernel (null_kernel.c) is what ZeroMQ and signing alone cost; no kernel can beat it.
"""
import argparse
import importlib.util
import os
import statistics
import sys
import time
from pathlib import Path

import psutil
import zmq

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "protocol"))
from client import Kernel

STARTS, BLOCKS, BLOCK, QUEUED, PRINTED, SOAKED = 15, 20, 50, 5000, 100000, 4000
SILENCE = 8  # seconds after which what has not come will not come
PICTURE = {"attn": 'sentence "the small dog sat w{}"\nlook\nheatmap\nflow',
           "python": "from IPython.display import HTML, display\n"
                     "display(HTML('<table>' + '<tr><td>{}</td></tr>' * 30 + '</table>'))"}
TRIVIAL = {"attn": "wait 0", "python": "pass"}
PRINTS = {"attn": 'echo "{{n}}" times {}', "python": "for i in range({}):\n    print(i)"}
SOAK = {"attn": ("wait 0", "dot 1 with 2", 'echo "x"', "heatmp", "set layer 2"),
        "python": ("pass", "1*2", "print('x')", "1/0", "layer = 2")}


class Peer:
    """A kernel that is measured: how it is started and what it speaks."""

    def __init__(self, name, command, language="python"):
        self.name, self.command, self.language = name, command, language

    def start(self):
        kernel = Kernel(self.command[0], start=False)
        kernel.command = [part.replace("FILE", kernel.file) for part in self.command]
        kernel.start()
        return kernel

    def ready(self):
        kernel = self.start()
        client = kernel.client()
        client.check = lambda message: None  # others need not pass our tests
        client.until_ready(kernel)
        return kernel, client


def peers(build):
    found = [Peer("attn", [f"{build}/attn-kernel", "FILE"], "attn"),
             Peer("null", [f"{build}/bench-null", "FILE"])]
    if importlib.util.find_spec("xpython_launcher"):
        xeus = [sys.executable, "-m", "xpython_launcher", "-f", "FILE"]
        found += [Peer("xpython-raw", xeus + ["--raw"]), Peer("xpython", xeus)]
    return found + [Peer("ipykernel", [sys.executable, "-m", "ipykernel_launcher", "-f",
                                       "FILE"])]


def memory_mb(kernel):
    process = psutil.Process(kernel.process.pid)
    return sum(p.memory_info().rss for p in [process, *process.children(True)]) / 1e6


# ---- starting and ending

def one_start(peer):
    """Milliseconds to the first reply, and from shutdown_request to the end."""
    began = time.perf_counter()
    kernel = peer.start()
    client = kernel.client(channels=("shell", "control"))
    client.check = lambda message: None
    header = client.send("kernel_info_request")
    try:
        if not client.wait_for(lambda m: m.to == header["msg_id"], 30):
            raise RuntimeError(f"{peer.name} did not answer: {kernel.said()[-500:]}")
        started = time.perf_counter() - began
        began = time.perf_counter()
        client.send("shutdown_request", {"restart": False}, "control")
        kernel.wait(10)
        return 1000 * started, 1000 * (time.perf_counter() - began)
    finally:
        kernel.end()


def starts(all_peers, runs):
    took = {peer.name: [] for peer in all_peers}
    for _ in range(runs + 1):
        for peer in all_peers:
            took[peer.name].append(one_start(peer))
    of = lambda how, part: {name: how(t[part] for t in took[name][1:]) for name in took}
    return of(statistics.median, 0), of(min, 0), of(statistics.median, 1)


# ---- one cell at a time

def trip(client, frames, mark):
    """Milliseconds until both the reply and idle have come, without reading them."""
    shell, iopub = client.sockets["shell"], client.sockets["iopub"]
    poller = zmq.Poller()
    poller.register(shell, zmq.POLLIN)
    poller.register(iopub, zmq.POLLIN)
    replied = idle = False
    began = time.perf_counter()
    shell.send_multipart(frames)
    while not (replied and idle):
        ready = poller.poll(10000)
        if not ready:
            raise RuntimeError("no answer in 10 s")
        for socket, _ in ready:
            parts = socket.recv_multipart()
            if not any(mark in part for part in parts):
                continue
            replied = replied or socket is shell
            idle = idle or socket is iopub and any(b'"idle"' in part for part in parts)
    return 1000 * (time.perf_counter() - began)


def request(client, code):
    header = client.header("execute_request")
    content = {"code": code, "silent": False, "store_history": True, "user_expressions": {},
               "allow_stdin": False, "stop_on_error": True}
    return client.frames(header, content), b'"%s"' % header["msg_id"].encode()


def round_trips(running, blocks):
    took = {peer.name: [] for peer, _, _ in running}
    for block in range(blocks + 1):
        for peer, _, client in running:
            client.quiet(0.01)
            code = TRIVIAL[peer.language]
            trips = [trip(client, *request(client, code)) for _ in range(BLOCK)]
            took[peer.name] += trips if block else []
            client.log.clear()
    return [{name: how(trips) for name, trips in took.items()}
            for how in (statistics.median, min)]


def draw(peer, client):
    """Twenty pictures; False when the kernel shows none."""
    for n in range(20):
        answer = client.run(PICTURE[peer.language].format(n), 30)
        client.log.clear()
        if answer.status != "ok" or not answer.all("display_data"):
            return False
    return True


# ---- many at once

def gather(client, done):
    """Takes in until `done()`, or until nothing comes any more."""
    last = time.monotonic()
    while not done() and time.monotonic() - last < SILENCE:
        if client.pump(0.5):
            last = time.monotonic()


def queued(peer, client):
    """Cells per second when all are sent at once, or what went wrong."""
    client.log.clear()
    made = [request(client, TRIVIAL[peer.language]) for _ in range(QUEUED)]
    began = time.perf_counter()
    for frames, _ in made:
        client.sockets["shell"].send_multipart(frames)
    counted = {"at": 0, "replies": 0, "idle": 0}

    def done():
        for message in client.log[counted["at"]:]:
            counted["replies"] += message.channel == "shell"
            counted["idle"] += message.state == "idle"
        counted["at"] = len(client.log)
        return counted["replies"] >= QUEUED and counted["idle"] >= QUEUED
    gather(client, done)
    took = time.perf_counter() - began
    ids = [mark.decode().strip('"') for _, mark in made]
    replies = [m.to for m in client.log if m.channel == "shell"]
    seen = [(m.to, m.state or m.type) for m in client.log if m.channel == "iopub"]
    if len(replies) < QUEUED:
        return f"stuck after {len(replies)}"
    wanted = [(i, kind) for i in ids for kind in ("busy", "execute_input", "idle")]
    return QUEUED / took if replies == ids and seen == wanted else "out of order"


def printed(peer, client):
    """(lines that came, messages, seconds)"""
    client.log.clear()
    began = time.perf_counter()
    header = client.execute(PRINTS[peer.language].format(PRINTED))
    ended = lambda: any(m.state == "idle" and m.to == header["msg_id"] for m in client.log[-50:])
    gather(client, ended)
    took = time.perf_counter() - began
    texts = [m.content["text"] for m in client.log
             if m.type == "stream" and m.to == header["msg_id"]]
    lines = "".join(texts).count("\n")
    return lines, len(texts), took if ended() else None


# ---- growing

def soak(peer, kernel, client, cells):
    """kB that a thousand cells leave behind, after a thousand for warming up."""
    def some(n):
        for i in range(n):
            codes = SOAK[peer.language]
            client.run(codes[i % len(codes)], 30)
            client.log.clear()
    some(1000)
    before, files = memory_mb(kernel), len(os.listdir(f"/proc/{kernel.process.pid}/fd"))
    some(cells)
    more = len(os.listdir(f"/proc/{kernel.process.pid}/fd")) - files
    return 1000 * (memory_mb(kernel) - before) / (cells / 1000), more


# ---- telling

class Table:
    def __init__(self, names):
        self.names, self.lines = names, []
        self._line(["figure", *names, "aim", "attn is"])
        self._line(["---"] * (len(names) + 3))

    def _line(self, cells):
        self.lines.append("| " + " | ".join(cells) + " |")
        print(self.lines[-1], flush=True)

    def row(self, figure, values, form, aim="", verdict=""):
        shown = [values.get(name) for name in self.names]
        cells = ["-" if v is None else v if isinstance(v, str) else form % v for v in shown]
        self._line([figure, *cells, aim, verdict])


def ratio(values, to):
    other = values.get(to)
    return f"{values['attn'] / other:.2f} × {to}" if isinstance(other, float) else ""


def machine():
    kb = psutil.virtual_memory().total / 2 ** 30
    return (f"{os.cpu_count()} cores, {kb:.0f} GB of memory, Debian 12, Python "
            f"{sys.version.split()[0]}, load {os.getloadavg()[0]:.1f} at the start; "
            f"everything on 127.0.0.1.")


def measure(all_peers, quick, table):
    start, fastest, end = starts(all_peers, 3 if quick else STARTS)
    table.row("start to first reply, median, ms", start, "%.1f", "≤ 25, ≤ 0.2 × best peer",
              ratio(start, "xpython-raw"))
    table.row("the same, the fastest, ms", fastest, "%.1f", "", ratio(fastest, "xpython-raw"))
    table.row("shutdown to end, median, ms", end, "%.1f", "≤ 100", ratio(end, "xpython-raw"))
    running = [(peer, *peer.ready()) for peer in all_peers]
    try:
        measure_running(running, quick, table)
    finally:
        for _, kernel, _ in running:
            kernel.end()


def measure_running(running, quick, table):
    trips, fastest = round_trips(running, 2 if quick else BLOCKS)
    both = lambda took: ", ".join(filter(None, (ratio(took, "null"),
                                                ratio(took, "xpython-raw"))))
    table.row("trivial execute to reply and idle, median, ms", trips, "%.3f",
              "≤ 1.5 × null, ≤ 0.65 × xpython-raw", both(trips))
    table.row("the same, the fastest, ms", fastest, "%.3f", "", both(fastest))
    idle = {peer.name: memory_mb(kernel) for peer, kernel, _ in running}
    table.row("memory before the first picture, MB", idle, "%.1f", "≤ 16",
              ratio(idle, "xpython-raw"))
    real = [r for r in running if r[0].name != "null"]
    drawn = {p.name: memory_mb(k) if draw(p, c) else "none" for p, k, c in real}
    table.row("memory after 20 pictures, MB", drawn, "%.1f", "≤ 30", ratio(drawn, "ipykernel"))
    lines = {}
    for peer, _, client in real:
        came, messages, took = printed(peer, client)
        lines[peer.name] = (f"{came} in {messages} messages, "
                            + (f"{took:.2f} s" if took else "no end"))
    table.row(f"{PRINTED} printed lines", lines, "", "none lost")
    grown = {}
    for peer, kernel, client in real:
        if "no end" not in lines[peer.name]:
            kb, files = soak(peer, kernel, client, 1000 if quick else SOAKED)
            grown[peer.name] = f"{kb:.0f} kB, {files:+d} files"
    table.row("growth for 1,000 cells", grown, "", "≤ 50 kB, no files")
    rate = {peer.name: queued(peer, client) for peer, _, client in running
            if "no end" not in lines.get(peer.name, "")}
    table.row(f"{QUEUED} cells sent at once, per second, in order", rate, "%.0f", "all",
              ratio(rate, "null"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build")
    parser.add_argument("--quick", action="store_true", help="few runs: does it work at all?")
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    all_peers = peers(os.path.abspath(args.build))
    where = machine()
    print(where)
    table = Table([peer.name for peer in all_peers])
    measure(all_peers, args.quick, table)
    if args.write:
        args.write.write_text("# The kernel beside others\n\nMade by `make bench`: " + where
                              + "\n\n" + "\n".join(table.lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
