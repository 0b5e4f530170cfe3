"""The long checks of a kernel: interrupts at random times, wrong frames, a soak.

    python tests/protocol/long.py --kernel build/attn-kernel [--only interrupts|frames|soak]
                                  [--seconds 60] [--seed N]

What is drawn at random comes from the seed, which is printed. Last `N passed, N failed`.
"""
import argparse
import os
import random
import signal
import sys
import time

from client import Kernel
from run import heed_suppressions

CELLS = ("wait 9", 'echo "{n}" times 1000000', "heatmap layer all\n" * 40, "heads\n" * 40,
         'sentence "a b c d"\nlook a\n' * 40)
SOAKED = ("look it", "why it -> animal", "heatmap", "flow", "heads", "heatmp", "set layer 2",
          'echo "x" times 50', 'sentence "The dog slept because it was tired"', "set reset",
          'sentence "The animal didn\'t cross the street because it was too tired"')
INTERRUPTS, AT_MOST_MS, SLACK_KB = 1000, 500, 4000


def interrupts(kernel, _seconds, dice):
    """Each ends the cell that runs, whenever it comes, and the settings stay."""
    client = kernel.ready()
    client.run("set layer 2")
    slowest = hit = 0
    for n in range(INTERRUPTS):
        header = client.execute(CELLS[n % len(CELLS)])
        assert client.started(header), "cell %d did not start" % n
        time.sleep(dice.random() ** 3 * 0.05)
        began = time.monotonic()
        if n % 2:
            client.send("interrupt_request", {}, "control")
        else:
            os.kill(kernel.process.pid, signal.SIGINT)
        answer = client.answer(header, 20)
        slowest = max(slowest, time.monotonic() - began)
        assert answer.status in ("ok", "error"), "no end of cell %d" % n
        assert answer.status == "ok" or answer.content["ename"] == "Interrupted", answer.content
        hit += answer.status == "error"
        client.log.clear()
    assert hit > INTERRUPTS / 2, "only %d cells were interrupted" % hit
    assert slowest * 1000 < AT_MOST_MS, "%.0f ms" % (slowest * 1000)
    shown = client.run("set layer").all("execute_result")[0]["data"]["text/plain"]
    assert shown == "layer 2", shown
    return "%d of %d cells, slowest %.0f ms" % (hit, INTERRUPTS, slowest * 1000)


def broken(frames, dice):
    """The frames of a sound message with something wrong in them."""
    frames = list(frames)
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(frames)) if frames else 0
        kind = dice.randrange(5)
        if not frames or kind == 0:
            frames.insert(at, dice.randbytes(dice.randrange(300)))
        elif kind == 1:
            del frames[at]
        elif kind == 2:
            frames[at] = frames[at][:dice.randrange(len(frames[at]) + 1)]
        elif kind == 3 and frames[at]:
            bits = bytearray(frames[at])
            bits[dice.randrange(len(bits))] ^= 1 << dice.randrange(8)
            frames[at] = bytes(bits)
        else:
            frames[at] = frames[at] * dice.randint(2, 40)
    return frames


def odd_value(dice, depth=0):
    kinds = [None, True, -1, 1e308, 2 ** 70, "", "\ud800", "x\0y", "é" * 500, "execute", []]
    if depth < 4 and dice.random() < 0.3:
        return {dice.choice(("code", "a", "")): odd_value(dice, depth + 1) for _ in range(3)}
    return dice.choice(kinds)


def rightly_signed(client, dice):
    """Well signed, but with a content that means nothing."""
    kinds = ("execute", "complete", "inspect", "is_complete", "history", "comm_info",
             "kernel_info", "interrupt", "create_subshell", "delete_subshell", "paint")
    fields = ("code", "cursor_pos", "silent", "user_expressions", "hist_access_type", "n",
              "pattern", "session", "detail_level", "subshell_id", "stop_on_error")
    content = {name: odd_value(dice) for name in fields if dice.random() < 0.4}
    return client.frames(client.header(dice.choice(kinds) + "_request"), content)


def frames(kernel, seconds, dice):
    """Whatever comes in, the kernel goes on and answers."""
    client, end, sent = kernel.ready(), time.monotonic() + seconds, 0
    while time.monotonic() < end:
        for _ in range(50):
            message = rightly_signed(client, dice)
            if dice.random() < 0.6:
                message = broken(message, dice)
            if message:
                channel = dice.choice(("shell", "shell", "control", "stdin"))
                client.sockets[channel].send_multipart(message)
            sent += 1
        assert kernel.alive(), "ended after %d messages: %s" % (sent, kernel.said())
        answer = client.ask("kernel_info_request", seconds=20)
        assert answer.reply and answer.status == "ok", "deaf after %d messages" % sent
        client.log.clear()
    return "%d messages" % sent


def descriptors(kernel):
    return len(os.listdir("/proc/%d/fd" % kernel.process.pid))


def soak(kernel, seconds, dice):
    """Memory and file descriptors stay where they are after the first cells."""
    client, cells, end = kernel.ready(), 0, time.monotonic() + seconds
    warm = None
    while time.monotonic() < end or warm is None:
        for code in SOAKED:
            client.run(code)
        subshell = client.ask("create_subshell_request", channel="control").content
        client.run("wait 0", subshell=subshell["subshell_id"])
        client.ask("delete_subshell_request", {"subshell_id": subshell["subshell_id"]},
                   "control")
        client.ask("complete_request", {"code": "heat", "cursor_pos": dice.randrange(5)})
        client.log.clear()
        cells += len(SOAKED) + 1
        if warm is None and cells > 500:
            warm = kernel.status("VmRSS"), descriptors(kernel)
    grown = kernel.status("VmRSS") - warm[0]
    assert descriptors(kernel) == warm[1], "%d descriptors more" % (descriptors(kernel) - warm[1])
    plain = warm[0] < 80000  # a sanitizer's build keeps what is freed
    assert not plain or grown < SLACK_KB + cells / 20, "%d kB more" % grown
    return "%d cells, %+d kB" % (cells, grown)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kernel", required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=random.randrange(10 ** 6))
    options = parser.parse_args()
    heed_suppressions()
    failed = passed = 0
    for check in (interrupts, frames, soak):
        if options.only not in check.__name__:
            continue
        kernel = Kernel(options.kernel)
        try:
            said = check(kernel, options.seconds, random.Random(options.seed))
            passed += 1
            print("pass  %s: %s (seed %d)" % (check.__name__, said, options.seed), flush=True)
        except AssertionError as error:
            failed += 1
            print("FAIL  %s: %s (seed %d)" % (check.__name__, error, options.seed), flush=True)
        finally:
            kernel.end()
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
