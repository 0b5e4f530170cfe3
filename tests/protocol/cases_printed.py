"""Printed text: what libraries print is shown too, and floods keep below the limits past
which a Jupyter server drops messages."""
import datetime
import os
import signal
import time

from client import Kernel

WINDOW, MOST_BYTES, MOST_MESSAGES = 3, 3000000, 3000  # a server's, by default
UNCOUNTED = ("status", "execute_input", "comm_open")


def write(kernel, data, fd=1):
    """Prints as a library in the kernel would: into its own file descriptor."""
    with open("/proc/%d/fd/%d" % (kernel.process.pid, fd), "wb", buffering=0) as file:
        file.write(data)


def streams(client):
    return [m for m in client.log if m.type == "stream"]


def comes(client, text, seconds=2):
    seen = lambda: "".join(m.content["text"] for m in streams(client))
    client.wait_for(lambda m: m.type == "stream" and text in seen(), seconds)
    assert text in seen(), "%r is not in %r" % (text, seen())


def sent_at(message):
    return datetime.datetime.fromisoformat(
        message.header["date"].replace("Z", "+00:00")).timestamp()


def busiest(messages, weigh):
    """The most that any window of a server would have counted."""
    most = first = total = 0
    for message in messages:
        total += weigh(message)
        while sent_at(message) - sent_at(messages[first]) > WINDOW:
            total -= weigh(messages[first])
            first += 1
        most = max(most, total)
    return most


def test_libraries_that_print(kernel, client):
    header = client.execute("wait 1")
    assert client.started(header)
    write(kernel, b"from a library\n")
    comes(client, "from a library\n")
    write(kernel, b"a warning\n", fd=2)
    answer = client.answer(header)
    assert answer.printed() == "from a library\n", answer.printed()
    assert answer.printed("stderr") == "a warning\n", answer.printed("stderr")


def test_characters_cut_in_two(kernel, client):
    header = client.execute("wait 0.6")
    assert client.started(header)
    for part in ("é🙂".encode()[i:i + 1] for i in range(6)):
        write(kernel, part)
        time.sleep(0.06)
    write(kernel, b"\xff|\xe2\x82")  # bad, and never whole
    answer = client.answer(header)
    assert answer.printed() == "é🙂\ufffd|\ufffd\ufffd", ascii(answer.printed())


def test_printed_after_the_cell(kernel, client):
    last = client.run("wait 0").header
    write(kernel, b"late\n")
    comes(client, "late\n")
    assert streams(client)[-1].to == last["msg_id"], streams(client)[-1].parent


def test_much_is_printed_at_once(kernel, client):
    header = client.execute("wait 1")
    assert client.started(header)
    write(kernel, b"0123456789" * 30000)  # more than a pipe holds
    answer = client.answer(header)
    assert answer.printed() == "0123456789" * 30000, len(answer.printed())


def test_broken_fonts_are_told(program):
    """A real library, with something to say."""
    kernel = Kernel(program, env={"FONTCONFIG_FILE": "/no/such/fonts.conf"})
    try:
        answer = kernel.ready().run("heatmap", 20)
        assert "Fontconfig" in answer.printed("stderr"), answer.outputs
        assert kernel.said() == "", kernel.said()
    finally:
        kernel.end()


def test_last_words_reach_the_log(program):
    """What a failing library says as it aborts, when nobody reads the pipe any more."""
    kernel = Kernel(program)
    try:
        kernel.ready()
        os.kill(kernel.process.pid, signal.SIGSTOP)
        write(kernel, b"Assertion failed: never\n", fd=2)
        os.kill(kernel.process.pid, signal.SIGABRT)
        os.kill(kernel.process.pid, signal.SIGCONT)
        assert kernel.wait(5) == -signal.SIGABRT
        assert "Assertion failed: never" in kernel.said(), kernel.said()
    finally:
        kernel.end()


def test_flood_of_bytes_is_paced(kernel, client):
    text = "0123456789abcdef" * 6250
    header = client.execute('echo "%s" times 25' % text)
    answer = client.answer(header, 30)
    assert answer.printed() == (text + "\n") * 25, len(answer.printed())
    sent = [m for m in answer.outputs if m.type == "stream"]
    most = busiest(sent, lambda m: len(m.content["text"]) + 1000)
    assert most <= MOST_BYTES, "%d bytes in %d s" % (most, WINDOW)
    span = sent_at(sent[-1]) - sent_at(sent[0])
    assert len(sent) <= 20 * (span + 1), "%d messages in %.1f s" % (len(sent), span)


def test_one_long_text_is_paced(kernel, client):
    text = "é🙂" * 300000
    answer = client.run('echo "%s"' % text, 30)
    assert answer.printed() == text + "\n", len(answer.printed())
    sent = [m for m in answer.outputs if m.type == "stream"]
    most = busiest(sent, lambda m: len(m.content["text"].encode()))
    assert len(sent) > 1 and most <= MOST_BYTES, (len(sent), most)


def test_interrupt_of_a_paced_flood(kernel, client):
    header = client.execute('echo "%s" times 1000000' % ("x" * 10000))
    client.wait_for(lambda m: m.type == "stream")
    time.sleep(1)
    began = time.monotonic()
    client.send("interrupt_request", {}, "control")
    answer = client.answer(header)
    assert answer.content["ename"] == "Interrupted", answer.content
    assert time.monotonic() - began < 1, time.monotonic() - began
    sent = [m for m in answer.outputs if m.type == "stream"]
    assert busiest(sent, lambda m: len(m.content["text"])) <= MOST_BYTES


def test_output_and_error_in_turns(kernel, client):
    lines = 'echo "{n}a"\necho "b" as warning\necho "c"\necho "d" as warning'
    client.run("wait 0")
    answer = client.run(lines)
    said = [(c["name"][3:], c["text"]) for c in answer.all("stream")]
    assert said == [("out", "0a\n"), ("err", "b\n"), ("out", "c\n"), ("err", "d\n")], said
    answer = client.run('echo "o"\necho "e" as warning\n' * 3000, 30)
    assert answer.printed() == "o\n" * 3000 and answer.printed("stderr") == "e\n" * 3000
    assert len(answer.all("stream")) < 150, len(answer.all("stream"))


def test_flood_of_answers_is_paced(kernel, client):
    answer = client.run("dot 1 with 2\n" * 2500, 30)
    shown = [m for m in answer.outputs if m.type not in UNCOUNTED]
    assert len(shown) == 2500, len(shown)
    most = busiest(shown, lambda m: 1)
    assert most <= MOST_MESSAGES, "%d messages in %d s" % (most, WINDOW)
    span = sent_at(shown[-1]) - sent_at(shown[0])
    assert span > 1, "2500 answers within %.2f s: nothing held them" % span
