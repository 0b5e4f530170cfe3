"""What is malformed, unsigned, or sent again."""
import json
import socket
import time

import zmq

from client import DELIMITER, sign

MALFORMED = [
    ("execute_request", {}), ("execute_request", {"code": None}),
    ("execute_request", {"code": 5}), ("execute_request", {"code": ["a"]}),
    ("execute_request", {"code": "", "silent": "x"}),
    ("execute_request", {"code": "", "user_expressions": []}),
    ("complete_request", {}), ("complete_request", {"code": "a", "cursor_pos": "x"}),
    ("inspect_request", {}), ("inspect_request", {"code": 7}),
    ("is_complete_request", {}), ("is_complete_request", {"code": {}}),
    ("history_request", {}), ("history_request", {"hist_access_type": "no"}),
    ("history_request", {"hist_access_type": "tail", "n": "x"}),
    ("history_request", {"hist_access_type": "range", "session": "a"}),
    ("history_request", {"hist_access_type": "search", "pattern": 5}),
    ("comm_info_request", {"target_name": 9}),
    ("delete_subshell_request", {}), ("shutdown_request", {"restart": "maybe"}),
]


def sound(kernel, client):
    """The kernel lives, and what it has sent is well formed."""
    for channel in ("shell", "control"):
        assert client.ask("kernel_info_request", {}, channel, 5).status == "ok"
    assert client.run('echo "sound"').printed() == "sound\n"
    assert all(m.signed for m in client.log)
    assert kernel.alive()


def test_malformed_requests_are_answered(kernel, client):
    for kind, content in MALFORMED:
        answer = client.ask(kind, content, seconds=3)
        assert answer.reply, "no reply to %s %s" % (kind, content)
        assert answer.status == "error", (kind, content, answer.content)
        assert answer.content["ename"] and answer.content["evalue"], answer.content
        assert answer.states == ["busy", "idle"], (kind, content, answer.states)
    sound(kernel, client)


def test_parts_that_are_no_objects(kernel, client):
    for part in range(1, 4):
        for junk in (b"", b"{", b"[]", b"5", b"null", b"{} {}", b"NaN", b'{"a":1e999}',
                     b"[" * 100000, b'{"a":' * 50000 + b"1" + b"}" * 50000):
            header = client.header("kernel_info_request")
            parts = [json.dumps(header).encode(), b"{}", b"{}", b"{}"]
            parts[part] = junk
            client.sockets["shell"].send_multipart(
                [DELIMITER, sign(client.key, parts)] + parts)
            answer = client.answer(header, 3)
            assert answer.reply and answer.status == "error", (part, junk[:20])
            assert answer.states == ["busy", "idle"], answer.states
    sound(kernel, client)


def test_headers_that_are_odd(kernel, client):
    good = client.header("kernel_info_request")
    odd = [dict(good, msg_type=5), dict(good, msg_type=None), dict(good, msg_id=None),
           dict(good, session=[]), dict(good, msg_type="x" * 100000),
           dict(good, msg_type='a"b_request'), dict(good, msg_type="_request"),
           dict(good, subshell_id=7), {}]
    odd += [{k: v for k, v in good.items() if k != name} for name in good]
    for header in odd:
        client.sockets["shell"].send_multipart(client.frames(header, {}))
    for junk in (b"", b"{", b"[]", b"\xff\xfe", b"null", b"[" * 100000):
        client.sockets["shell"].send_multipart(client.frames(junk, {}))
    client.quiet()
    sound(kernel, client)


def test_text_that_is_mended(kernel, client):
    """Lone surrogates and bytes that are no UTF-8 become U+FFFD; the request is served."""
    for code, printed in ((b'echo \\"a\\ud83d\\"', "a\ufffd\n"),
                          (b'echo \\"a\xff\\"', "a\ufffd\n"),
                          (b'echo \\"\\ude00\\ud83d\\ude00\\"', "\ufffd\U0001f600\n")):
        header = client.header("execute_request")
        content = b'{"code":"' + code + b'"}'
        client.sockets["shell"].send_multipart(client.frames(header, content))
        answer = client.answer(header, 3)
        assert answer.status == "ok" and answer.printed() == printed, answer.printed()
    sound(kernel, client)


def test_big_numbers(kernel, client):
    header = client.header("kernel_info_request")
    content = b'{"a":' + b"9" * 30 + b',"b":-1e-400}'
    client.sockets["shell"].send_multipart(client.frames(header, content))
    assert client.answer(header, 3).status == "ok"


def test_frames_that_are_missing(kernel, client):
    whole = client.frames(client.header("kernel_info_request"), {})
    for channel in ("shell", "control", "stdin"):
        one = client.sockets[channel]
        for n in range(1, len(whole)):
            one.send_multipart(whole[:n])
        for frames in (whole[1:], [b""], [b"", DELIMITER], [DELIMITER] * 2, [b"a"] * 300,
                       [b"id"] * 3000 + whole):
            one.send_multipart(frames)
    client.quiet()
    sound(kernel, client)


def test_many_buffers(kernel, client):
    header = client.header("kernel_info_request")
    client.sockets["shell"].send_multipart(client.frames(header, {}) + [b"b"] * 5000)
    assert client.answer(header, 5).status == "ok"


def test_nothing_unsigned_has_an_effect(kernel, client):
    sent = []
    for signature in (b"", b"0" * 64, b"\xff" * 64, b"0" * 100000, None):
        header = client.header("execute_request")
        frames = client.frames(header, {"code": 'echo "broken in"'})
        frames[1] = frames[1].upper() if signature is None else signature
        client.sockets["shell"].send_multipart(frames)
        sent.append(header["msg_id"])
    header = client.header("execute_request")
    frames = client.frames(header, {"code": 'echo "a"', "silent": False})
    frames[5] = frames[5].replace(b"a", b"b")
    client.sockets["shell"].send_multipart(frames)
    header2 = client.header("shutdown_request")
    frames = client.frames(header2, {})
    frames[1] = sign(b"another key", frames[2:])
    client.sockets["control"].send_multipart(frames)
    client.quiet(0.3)
    sent += [header["msg_id"], header2["msg_id"]]
    assert not [m for m in client.log if m.to in sent], "an unsigned message was answered"
    sound(kernel, client)


def test_replay_is_dropped(kernel, client):
    header = client.header("execute_request")
    frames = client.frames(header, {"code": 'echo "once"'})
    for _ in range(3):
        client.sockets["shell"].send_multipart(frames)
    client.sockets["control"].send_multipart(frames)
    answer = client.answer(header)
    client.quiet(0.2)
    assert len([m for m in client.log if m.to == header["msg_id"] and m.type == "stream"]) \
        == 1, "run more than once"
    assert answer.printed() == "once\n"


def test_bytes_that_are_no_protocol(kernel, client):
    if kernel.info["transport"] != "tcp":
        return
    kept = []
    for name in ("shell", "control", "stdin", "iopub", "hb"):
        for junk in (b"GET / HTTP/1.1\r\n\r\n", b"\xff" * 64, bytes(range(256)) * 16):
            one = socket.create_connection(("127.0.0.1", kernel.info[name + "_port"]), 5)
            one.sendall(junk)
            kept.append(one)
    sound(kernel, client)
    for one in kept:
        one.close()
    sound(kernel, client)


def test_large_content(kernel, client):
    before = kernel.status("VmRSS")
    answer = client.ask("kernel_info_request", {"pad": "x" * 20000000}, seconds=20)
    assert answer.status == "ok"
    if before < 50000:  # a sanitizer's build is larger, and keeps what is freed
        end = time.monotonic() + 2  # it answers first, and frees then
        while (grown := kernel.status("VmRSS") - before) >= 10000 and time.monotonic() < end:
            time.sleep(0.01)
        assert grown < 10000, "%d kB more after 20 MB" % grown


def test_subscriptions_that_are_odd(kernel, client):
    one = client.context.socket(zmq.XSUB)
    one.linger = 0
    one.connect(client.url("iopub"))
    for junk in (b"", b"\x02", b"\x01\xff\xfe", b"\x01" + b"t" * 5000, b"\x00none"):
        one.send(junk)
    client.quiet(0.2)
    one.close()
    sound(kernel, client)


def test_welcome_comes_first_in_a_flood(kernel, client):
    """Also to those who come while the kernel publishes without a pause."""
    for _ in range(10):
        asked = [client.send("kernel_info_request") for _ in range(400)]
        coming = [kernel.client(channels=("iopub",)) for _ in range(10)]
        for other in coming:
            first = other.wait_for(lambda m: True)
            assert first and first.type == "iopub_welcome", first
            kernel.drop(other)
        assert client.answer(asked[-1]).status == "ok"
        client.log.clear()


def test_a_stranger_on_iopub(kernel, client):
    """Who sends what is no subscription keeps nobody else from theirs."""
    stranger = client.context.socket(zmq.XSUB)
    stranger.linger = 0
    stranger.connect(client.url("iopub"))
    for _ in range(5):
        for junk in ([b"\x02"], [b"a", b"b", b"c"], [b""], [b"\x01no", b"such"]):
            stranger.send_multipart(junk)
        coming = [kernel.client(channels=("iopub",)) for _ in range(5)]
        coming.append(kernel.client(channels=("iopub",), topic=b"kernel."))
        for other in coming:
            assert other.wait_for(lambda m: m.type == "iopub_welcome"), "not let in"
        header = client.execute("wait 0")
        for other in coming:
            heard = other.wait_for(lambda m: m.to == header["msg_id"] and m.state == "idle")
            assert heard, "hears nothing"
            kernel.drop(other)
    stranger.close()
    late = kernel.client(channels=("iopub",), topic=b"kernel.")
    assert late.wait_for(lambda m: m.type == "iopub_welcome")
    late.sockets["iopub"].unsubscribe(b"kernel.")
    assert client.run('echo "x"').printed() == "x\n"
