"""jupyter console in a pseudo-terminal, driven by keys as a learner would."""
import re
import time

import pexpect

ESCAPE = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|[=>()][0-9A-Z]?)|\r")
TAB, ENTER, CTRL_C, CTRL_D = "\t", "\r", "\x03", "\x04"


class Console:
    """with Console(python, env) as console: …; `shown` is what has come so far, plain."""

    def __init__(self, python, env):
        env = dict(env, TERM="xterm", PROMPT_TOOLKIT_NO_CPR="1", PYTHONUNBUFFERED="1")
        self.process = pexpect.spawn(
            python, ["-m", "jupyter_console", "--kernel", "attn"], env=env,
            dimensions=(50, 120), encoding="utf-8", codec_errors="replace")
        self.shown = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.close(force=True)

    def _read(self, seconds):
        try:
            self.shown += self.process.read_nonblocking(65536, seconds)
        except pexpect.TIMEOUT:
            pass
        self.shown = ESCAPE.sub("", self.shown)

    def wait_for(self, text, since=0, seconds=30):
        """Until `text` is shown behind `since`; where it ends."""
        end = time.monotonic() + seconds
        while True:
            at = self.shown.find(text, since)
            if at >= 0:
                return at + len(text)
            left = end - time.monotonic()
            if left <= 0:
                raise AssertionError("%r is not in %r" % (text, self.shown[since:][-1500:]))
            self._read(min(left, 0.5))

    def press(self, keys):
        self.process.send(keys)

    def type(self, line, count):
        """Types a cell; what is shown until the prompt of cell `count` comes."""
        since = len(self.shown)
        self.press(line)
        self.press(ENTER)
        end = self.wait_for("In [%d]:" % count, since)
        return self.shown[since:end]

    def ended(self, seconds=15):
        try:
            self.process.expect(pexpect.EOF, timeout=seconds)
        except pexpect.TIMEOUT:
            return False
        return True
