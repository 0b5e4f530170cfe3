"""Starting, ending, connection files, what stays on disk. Each starts its own kernels."""
import fcntl
import json
import os
import signal
import subprocess
import sys
import time

from client import Kernel, connection


def ended(kernel, seconds=5):
    """Waits for the end; (exit status, milliseconds)."""
    began = time.monotonic()
    status = kernel.wait(seconds)
    return status, (time.monotonic() - began) * 1000


def with_kernel(use, program, **options):
    kernel = Kernel(program, **options)
    try:
        use(kernel)
    finally:
        kernel.end()


def test_shutdown(program):
    long = ("wait 60", "heatmap layer all\n" * 5000, 'echo "%s" times 1000000' % ("x" * 1000))
    for restart, code in [(False, None), (True, None)] + [(False, code) for code in long]:
        def use(kernel):
            client, other = kernel.ready(), kernel.ready()
            if code:
                assert client.started(client.execute(code))
            header = client.send("shutdown_request", {"restart": restart}, "control")
            answer = client.answer(header, 2, idle=False)
            assert answer.content == {"status": "ok", "restart": restart}, answer.content
            status, took = ended(kernel)
            assert status == 0, "exit %s" % status
            assert took < 500, "%.0f ms" % took
            assert other.wait_for(lambda m: m.type == "shutdown_reply", 1), "not on iopub"
        with_kernel(use, program)


def test_shutdown_while_shells_run(program):
    """Also on the shell channel, where older front ends ask for it."""
    for channel in ("control", "shell"):
        def use(kernel):
            client = kernel.ready()
            shells = [client.ask("create_subshell_request", {}, "control").content["subshell_id"]
                      for _ in range(5)]
            for subshell in [None] + shells:
                client.execute("wait 60", subshell=subshell)
            assert client.wait_for(lambda m: m.type == "execute_input")
            header = client.send("shutdown_request", {"restart": True}, channel)
            answer = client.answer(header, 2, idle=False)
            assert answer.content == {"status": "ok", "restart": True}, answer.content
            status, took = ended(kernel)
            assert status == 0 and took < 500, (status, took)
        with_kernel(use, program)


def test_signals(program):
    def use(kernel):
        client = kernel.ready()
        os.kill(kernel.process.pid, signal.SIGINT)
        time.sleep(0.1)
        assert kernel.alive(), "SIGINT ended an idle kernel"
        header = client.execute("wait 60")
        assert client.started(header)
        os.kill(kernel.process.pid, signal.SIGINT)
        assert client.answer(header, 2).content["ename"] == "Interrupted"
        os.kill(kernel.process.pid, signal.SIGTERM)
        status, took = ended(kernel)
        assert status == 0 and took < 500, (status, took)
    with_kernel(use, program)


def test_ends_with_its_parent(program):
    kernel = Kernel(program, start=False)
    parent = subprocess.Popen(
        [sys.executable, "-c", "import os,subprocess,sys;"
         "e=dict(os.environ,JPY_PARENT_PID=str(os.getpid()));"
         "p=subprocess.Popen(sys.argv[1:],env=e,start_new_session=True,"
         "stdin=subprocess.DEVNULL,stdout=subprocess.DEVNULL);"
         "print(p.pid,flush=True);sys.stdin.read()"] + kernel.command,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=kernel.env)
    pid = int(parent.stdout.readline())
    client = kernel.client()
    try:
        assert client.ask("kernel_info_request", seconds=5).reply, "not started"
        parent.kill()
        parent.wait()
        began = time.monotonic()
        while os.path.exists("/proc/%d" % pid) and time.monotonic() - began < 5:
            with open("/proc/%d/stat" % pid) as file:
                if file.read().rsplit(")", 1)[1].split()[0] == "Z":
                    break
            time.sleep(0.005)
        assert time.monotonic() - began < 1, "%.1f s" % (time.monotonic() - began)
    finally:
        parent.stdin.close()
        parent.stdout.close()
        kernel.end()


def test_ports_taken(program):
    for transport in ("tcp", "ipc"):
        def use(first):
            client = first.ready()
            second = Kernel(program, info=dict(first.info))
            try:
                status, _ = ended(second)
                assert status == 1 and "_port" in second.said(), (status, second.said())
            finally:
                second.end()
            assert client.run('echo "x"').printed() == "x\n"
            assert first.ready().beat()
        with_kernel(use, program, transport=transport)


def test_sockets_of_a_dead_kernel(program):
    """Files that a killed kernel has left behind keep nobody from their place."""
    def use(first):
        first.ready()
        first.process.kill()
        first.process.wait()
        def again(second):
            assert second.ready().run('echo "x"').printed() == "x\n"
        with_kernel(again, program, info=dict(first.info))
    with_kernel(use, program, transport="ipc")


def test_connection_files(program):
    good = connection("/tmp")
    without = lambda name: json.dumps({k: v for k, v in good.items() if k != name})
    bad = [("{", "JSON"), ("[]", "object"), ("", "JSON"), ("{}", "shell_port"),
           ("x" * 100000, "larger")]
    bad += [(without(name), name) for name in
            ("shell_port", "control_port", "stdin_port", "iopub_port", "hb_port", "ip", "key",
             "signature_scheme")]
    bad += [(json.dumps(dict(good, **{name: value})), name) for name, value in
            (("shell_port", "x"), ("shell_port", 0), ("iopub_port", 70000), ("hb_port", None),
             ("stdin_port", []), ("control_port", -4), ("ip", 5), ("key", 7), ("ip", "x" * 999),
             ("transport", "pigeon"), ("signature_scheme", "hmac-md5"),
             ("curve_publickey", "x"))]
    for text, named in bad:
        kernel = Kernel(program, text=text)
        try:
            status, _ = ended(kernel)
            assert status == 1, "exit %s for %.80s" % (status, text)
            assert named in kernel.said(), "%r not named in %r" % (named, kernel.said())
        finally:
            kernel.end()


def test_no_connection_file(program):
    done = subprocess.run([program, "/no/such/file"], capture_output=True, text=True)
    assert done.returncode == 1 and "/no/such/file" in done.stderr, done
    done = subprocess.run([program], capture_output=True, text=True)
    assert done.returncode == 1 and "CONNECTION_FILE" in done.stderr, done


def test_port_as_text_and_empty_key(program):
    info = connection("/tmp", key="")
    def use(kernel):
        answer = kernel.ready().run('echo "open"')
        assert answer.printed() == "open\n" and answer.reply.signature == b""
    text = json.dumps(dict(info, shell_port=str(info["shell_port"])))
    with_kernel(use, program, info=info, text=text)


def test_leaves_no_trace(program):
    """Nothing on standard output, the connection file as it was."""
    def use(kernel):
        client = kernel.ready()
        for code in ('echo "x"', "heatmap", "no such"):
            client.run(code)
        with open(kernel.file) as file:
            assert json.load(file) == kernel.info
        assert os.stat(kernel.file).st_mode & 0o777 == 0o600
        client.send("shutdown_request", {"restart": False}, "control")
        assert ended(kernel)[0] == 0
        assert kernel.said("stdout") == "" and kernel.said() == "", kernel.said()
    with_kernel(use, program)


def test_history_outlives_the_kernel(program):
    def use(kernel):
        kernel.ready().run('echo "one"\necho "é"')
        path = os.path.join(kernel.home, "attn", "history")
        def second(other):
            client = other.ready()
            ask = lambda **query: client.ask("history_request", query).content["history"]
            old = ask(hist_access_type="tail", n=1)
            assert old == [[1, 1, 'echo "one"\necho "é"']], old
            client.run('echo "two"')
            assert ask(hist_access_type="tail", n=2)[1] == [2, 1, 'echo "two"']
            assert ask(hist_access_type="range", session=-1, start=1) == old
            assert os.stat(path).st_mode & 0o777 == 0o600
        with_kernel(second, program, home=kernel.home)
    with_kernel(use, program)


def test_history_off(program):
    """What is typed after `set history off` is kept nowhere, not even for this session."""
    def use(kernel):
        client = kernel.ready()
        for code in ('echo "one"', "set history off", 'echo "secret"', "set history on",
                     'echo "two"'):
            assert client.run(code).status == "ok"
        tail = client.ask("history_request", {"hist_access_type": "tail", "n": 9}).content
        typed = [entry[2] for entry in tail["history"]]
        assert typed == ['echo "one"', "set history on", 'echo "two"'], typed
        with open(os.path.join(kernel.home, "attn", "history")) as file:
            assert "secret" not in file.read()
    with_kernel(use, program)


def test_history_stays_short(program):
    def use(kernel):
        path = os.path.join(kernel.home, "attn", "history")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write("not ours\n")
            for n in range(9990):
                file.write('[1,%d,"look it"]\n' % n)
        client = kernel.ready()
        for n in range(20):
            client.run("wait 0")
        tail = client.ask("history_request", {"hist_access_type": "tail", "n": 3}).content
        assert [e[2] for e in tail["history"]] == ["wait 0"] * 3, tail
        assert tail["history"][-1][0] == 2, tail
        with open(path) as file:
            lines = file.read().splitlines()
        assert 9000 <= len(lines) <= 10000 and lines[-1] == '[2,20,"wait 0"]', len(lines)
    with_kernel(use, program)


def test_without_a_home(program):
    def use(kernel):
        client = kernel.ready()
        client.run('echo "x"')
        tail = client.ask("history_request", {"hist_access_type": "tail", "n": 1}).content
        assert tail["history"][0][2] == 'echo "x"', tail
    with_kernel(use, program, env={"HOME": "", "XDG_DATA_HOME": "/proc/none"})


def test_small_at_idle(program):
    def use(kernel):
        kernel.ready().run("wait 0")
        if kernel.status("VmSize") > 2 ** 31:
            return  # a sanitizer's build: it has a thread of its own that wakes up
        assert kernel.status("Threads") <= 8, kernel.status("Threads")
        sleeps(kernel)
    with_kernel(use, program)


def test_sleeps_after_work(program):
    """Nothing goes on ticking that a picture, a subshell or an interrupt has begun."""
    def use(kernel):
        client = kernel.ready()
        client.run("heatmap\necho \"{n}\" times 1000")
        subshell = client.ask("create_subshell_request", {}, "control").content["subshell_id"]
        client.run("wait 0", subshell=subshell)
        header = client.execute("wait 60")
        assert client.started(header)
        client.send("interrupt_request", {}, "control")
        client.answer(header)
        client.ask("history_request", {"hist_access_type": "tail", "n": 3})
        if kernel.status("VmSize") < 2 ** 31:
            sleeps(kernel)
    with_kernel(use, program)


def sleeps(kernel):
    time.sleep(0.3)
    before = wakeups(kernel)
    time.sleep(1)
    assert wakeups(kernel) == before, "%d wake-ups at idle" % (wakeups(kernel) - before)


def test_descriptors_stay(program):
    """Clients that come and go, subshells, pictures and errors leave none open."""
    def use(kernel):
        client = kernel.ready()
        opened = lambda: len(os.listdir("/proc/%d/fd" % kernel.process.pid))
        counts = []
        for _ in range(3):
            for _ in range(3):
                subshell = client.ask("create_subshell_request", {}, "control").content
                client.run("heatmap", subshell=subshell["subshell_id"])
                client.ask("delete_subshell_request", {"subshell_id": subshell["subshell_id"]},
                           "control")
                client.run("heatmp")
                client.run("heatmap")
                kernel.drop(kernel.ready())
            end = time.monotonic() + 5  # libzmq closes in its own time
            while counts and opened() > counts[0] and time.monotonic() < end:
                time.sleep(0.01)
            counts.append(opened())
        assert max(counts[1:]) <= counts[0], counts
    with_kernel(use, program)


def test_protocol_version_is_one(program):
    """The same in the messages, in kernel_info, and in both ways to a kernelspec."""
    def use(kernel):
        reply = kernel.ready().ask("kernel_info_request").reply
        subprocess.run([program, "install", "--prefix", kernel.folder], check=True,
                       capture_output=True)
        versions = [reply.header["version"], reply.content["protocol_version"]]
        here = os.path.dirname(os.path.abspath(__file__))
        for path in (kernel.folder + "/share/jupyter/kernels/attn/kernel.json",
                     os.path.join(here, "../../kernelspec/kernel.json.in")):
            with open(path) as file:
                versions.append(json.load(file)["kernel_protocol_version"])
        assert versions == ["5.5"] * 4, versions
    with_kernel(use, program)


def wakeups(kernel):
    total, folder = 0, "/proc/%d/task" % kernel.process.pid
    for task in os.listdir(folder):
        with open(os.path.join(folder, task, "status")) as file:
            total += sum(int(line.split()[1]) for line in file
                         if line.startswith("voluntary_ctxt_switches"))
    return total


def test_install(program):
    kernel = Kernel(program, start=False)
    try:
        env = dict(kernel.env, JUPYTER_DATA_DIR="")
        for arguments, place in ((["--prefix", kernel.folder + "/p q"], "p q/share/jupyter"),
                                 (["--sys-prefix", kernel.folder + "/s"], "s/share/jupyter"),
                                 (["--user"], "jupyter"), ([], "jupyter")):
            done = subprocess.run([program, "install"] + arguments, env=env,
                                  capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            path = os.path.join(kernel.folder, place, "kernels/attn/kernel.json")
            with open(path) as file:
                spec = json.load(file)
            assert spec["argv"] == [program, "{connection_file}"], spec
            assert spec["interrupt_mode"] == "message", spec
            assert spec["kernel_protocol_version"] == "5.5", spec
        for arguments in (["--prefix"], ["--what"], ["--prefix", "/proc/no"]):
            done = subprocess.run([program, "install"] + arguments, env=env,
                                  capture_output=True, text=True)
            assert done.returncode == 1 and done.stderr, done
    finally:
        kernel.end()


def test_history_file_locked(program):
    """Another process that never lets go of the history file holds nothing up."""
    def use(kernel):
        os.makedirs(os.path.join(kernel.home, "attn"))
        with open(os.path.join(kernel.home, "attn", "history"), "w") as file:
            fcntl.lockf(file, fcntl.LOCK_EX)
            client = kernel.ready()
            for i in range(80):
                assert client.run('echo "x"', 2).status == "ok"
            answer = client.ask("complete_request", {"code": "heatm", "cursor_pos": 5}, seconds=2)
            assert answer.content["matches"] == ["heatmap"], answer.content
            answer = client.ask("history_request", {"hist_access_type": "tail", "n": 3}, seconds=2)
            assert len(answer.content["history"]) == 3, answer.content
            assert client.run('echo "y"', 2).printed() == "y\n"
    with_kernel(use, program)


def test_welcome_comes_first(program):
    """A client that only listens hears its welcome first, then that the kernel starts."""
    for i in range(12):
        def use(kernel):
            client = kernel.client()
            first = client.wait_for(lambda m: m.channel == "iopub")
            assert first and first.type == "iopub_welcome", first
            second = client.wait_for(lambda m: m.channel == "iopub" and m is not first)
            assert second.content == {"execution_state": "starting"}, second
        with_kernel(use, program)
