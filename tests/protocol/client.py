"""A kernel process and a front end on bare ZeroMQ sockets.

Nothing here goes through jupyter_client, so that a test can also send what no sound
client would. Everything stays on this machine.
"""
import hashlib
import hmac
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid

import zmq

import fields

DELIMITER = b"<IDS|MSG>"
CHANNELS = ("shell", "control", "stdin", "iopub", "hb")


def ports(n):
    """Ports that are free now."""
    held = [socket.socket() for _ in range(n)]
    for s in held:
        s.bind(("127.0.0.1", 0))
    numbers = [s.getsockname()[1] for s in held]
    for s in held:
        s.close()
    return numbers


def connection(folder, transport="tcp", key=None):
    """What a connection file says."""
    numbers = ports(5) if transport == "tcp" else range(1, 6)
    ip = "127.0.0.1" if transport == "tcp" else os.path.join(folder, "socket")
    info = {channel + "_port": n for channel, n in zip(CHANNELS, numbers)}
    info.update(ip=ip, key=uuid.uuid4().hex if key is None else key, transport=transport,
                signature_scheme="hmac-sha256", kernel_name="attn")
    return info


class Kernel:
    """One kernel process in a folder of its own, which also is its home."""

    def __init__(self, program, transport="tcp", info=None, text=None, key=None, env=None,
                 home=None, start=True):
        self.folder = tempfile.mkdtemp(prefix="attn-protocol-")
        self.home = home or self.folder
        self.info = info or connection(self.folder, transport, key)
        self.file = os.path.join(self.folder, "connection.json")
        with open(self.file, "w") as file:
            file.write(json.dumps(self.info) if text is None else text)
        os.chmod(self.file, 0o600)
        self.env = dict(os.environ, HOME=self.home, XDG_DATA_HOME=self.home,
                        JPY_PARENT_PID=str(os.getpid()))
        self.env.update(env or {})
        self.command = [os.path.abspath(program), self.file]
        self.process = None
        self.clients = []
        if start:
            self.start()

    def start(self):
        self.errors = open(os.path.join(self.folder, "stderr"), "wb+")
        self.output = open(os.path.join(self.folder, "stdout"), "wb+")
        self.process = subprocess.Popen(
            self.command, env=self.env, cwd=self.folder, stdin=subprocess.PIPE,
            stdout=self.output, stderr=self.errors, start_new_session=True)

    def client(self, **options):
        client = Client(self.info, **options)
        self.clients.append(client)
        return client

    def drop(self, client):
        client.close()
        self.clients.remove(client)

    def ready(self):
        """A client that has heard from the kernel on shell and iopub."""
        client = self.client()
        client.until_ready(self)
        return client

    def alive(self):
        return self.process.poll() is None

    def wait(self, seconds):
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def said(self, name="stderr"):
        with open(os.path.join(self.folder, name), "rb") as file:
            return file.read().decode("utf-8", "replace")

    def status(self, field):
        with open("/proc/%d/status" % self.process.pid) as file:
            for line in file:
                if line.startswith(field + ":"):
                    return int(line.split()[1])
        return None

    def end(self):
        for client in self.clients:
            client.close()
        if self.process is not None:
            if self.alive():
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process.stdin.close()
            self.errors.close()
            self.output.close()
            if "Sanitizer" in self.said():
                print(self.said()[:6000])
        shutil.rmtree(self.folder, ignore_errors=True)


class Message:
    def __init__(self, frames, key, channel):
        self.channel = channel
        at = frames.index(DELIMITER)
        self.topic = frames[:at]
        self.signature = frames[at + 1]
        parts = frames[at + 2:at + 6]
        self.buffers = frames[at + 6:]
        self.signed = self.signature == sign(key, parts)
        self.raw_parent = parts[1]
        self.header, self.parent, self.metadata, self.content = map(json.loads, parts)
        self.type = self.header["msg_type"]
        self.to = (self.parent or {}).get("msg_id")
        self.state = self.content.get("execution_state") if self.type == "status" else None

    def __repr__(self):
        return "<%s %s>" % (self.type, json.dumps(self.content)[:120])


def sign(key, parts):
    if not key:
        return b""
    return hmac.new(key, b"".join(parts), hashlib.sha256).hexdigest().encode()


class Answer:
    """All that came back for one request."""

    def __init__(self, header):
        self.header = header
        self.reply = None
        self.outputs = []

    @property
    def content(self):
        assert self.reply is not None, "no reply to %s" % self.header["msg_type"]
        return self.reply.content

    @property
    def status(self):
        return self.content.get("status")

    @property
    def states(self):
        return [m.state for m in self.outputs if m.type == "status"]

    def all(self, kind):
        return [m.content for m in self.outputs if m.type == kind]

    def printed(self, name="stdout"):
        return "".join(c["text"] for c in self.all("stream") if c["name"] == name)


class Client:
    def __init__(self, info, topic=b"", channels=CHANNELS):
        self.info = info
        self.key = info["key"].encode()
        self.session = uuid.uuid4().hex
        self.context = zmq.Context()
        self.sockets, self.log, self.number = {}, [], 0
        self.check = fields.check  # of every message that comes
        for channel in channels:
            kind = {"iopub": zmq.SUB, "hb": zmq.REQ}.get(channel, zmq.DEALER)
            one = self.context.socket(kind)
            one.linger = 0
            one.rcvhwm = one.sndhwm = 0
            one.reconnect_ivl = 1
            if kind == zmq.DEALER:
                one.identity = self.session.encode()
            if kind == zmq.SUB:
                one.subscribe(topic)
            one.connect(self.url(channel))
            self.sockets[channel] = one

    def url(self, channel):
        form = "tcp://%s:%d" if self.info["transport"] == "tcp" else "ipc://%s-%d"
        return form % (self.info["ip"], self.info[channel + "_port"])

    def close(self):
        self.context.destroy(linger=0)

    # -- sending
    def header(self, kind, **fields):
        self.number += 1
        header = {"msg_id": "%s-%d" % (self.session, self.number), "session": self.session,
                  "username": "tester", "date": "2026-01-02T03:04:05.678901Z",
                  "msg_type": kind, "version": "5.5"}
        header.update(fields)
        return header

    def frames(self, header, content, parent=b"{}", metadata=b"{}"):
        as_bytes = lambda part: part if isinstance(part, bytes) else json.dumps(part).encode()
        parts = [as_bytes(part) for part in (header, parent, metadata, content)]
        return [DELIMITER, sign(self.key, parts)] + parts

    def send(self, kind, content=None, channel="shell", **fields):
        header = self.header(kind, **fields)
        self.sockets[channel].send_multipart(self.frames(header, content or {}))
        return header

    def execute(self, code, subshell=None, **options):
        content = {"code": code, "silent": False, "store_history": True,
                   "user_expressions": {}, "allow_stdin": False, "stop_on_error": True}
        content.update(options)
        fields = {"subshell_id": subshell} if subshell else {}
        return self.send("execute_request", content, **fields)

    # -- receiving
    def pump(self, seconds):
        """Takes in what is there, waiting for the first; how many messages came."""
        poller = zmq.Poller()
        for channel, one in self.sockets.items():
            if channel != "hb":
                poller.register(one, zmq.POLLIN)
        came = 0
        for one, _ in poller.poll(max(0, seconds) * 1000):
            channel = next(c for c, s in self.sockets.items() if s is one)
            while True:
                try:
                    frames = one.recv_multipart(zmq.NOBLOCK)
                except zmq.Again:
                    break
                message = Message(frames, self.key, channel)
                self.check(message)
                self.log.append(message)
                came += 1
        return came

    def quiet(self, seconds=0.15):
        while self.pump(seconds):
            pass

    def wait_for(self, wanted, seconds=10, since=0):
        end, at = time.monotonic() + seconds, since
        while True:
            while at < len(self.log):
                if wanted(self.log[at]):
                    return self.log[at]
                at += 1
            left = end - time.monotonic()
            if left <= 0:
                return None
            self.pump(left)

    def answer(self, header, seconds=10, reply=True, idle=True):
        """Gathers until the reply and idle have come, or until the time is over."""
        answer, at, done = Answer(header), 0, False
        end = time.monotonic() + seconds
        while True:
            while at < len(self.log):
                message = self.log[at]
                at += 1
                if message.to != header["msg_id"]:
                    continue
                if message.channel == "iopub":
                    answer.outputs.append(message)
                    done = done or message.state == "idle"
                elif message.channel != "stdin":
                    answer.reply = message
            left = end - time.monotonic()
            if ((answer.reply or not reply) and (done or not idle)) or left <= 0:
                return answer
            self.pump(left)

    def ask(self, kind, content=None, channel="shell", seconds=10, reply=True, **fields):
        return self.answer(self.send(kind, content, channel, **fields), seconds, reply)

    def run(self, code, seconds=10, **options):
        return self.answer(self.execute(code, **options), seconds)

    def started(self, header, seconds=10):
        """Waits until the cell runs."""
        return self.wait_for(lambda m: m.to == header["msg_id"] and m.type == "execute_input",
                             seconds)

    def until_ready(self, kernel):
        end = time.monotonic() + 20
        while time.monotonic() < end:
            assert kernel.alive(), "kernel ended: " + kernel.said()
            answer = self.ask("kernel_info_request", seconds=0.3)
            if answer.reply and "idle" in answer.states:
                self.quiet(0.05)
                return
        raise AssertionError("kernel does not answer")

    def beat(self, payload=b"beat"):
        self.sockets["hb"].send(payload)
        return self.sockets["hb"].poll(2000) and self.sockets["hb"].recv() == payload
