#!/usr/bin/env python3
"""Opens JupyterLab on working copies of the lessons: the last step of `make lab`.

    lab.py NOTEBOOKS WORK      copies NOTEBOOKS/*.ipynb to WORK (never over a file that is
                               there), then starts JupyterLab on WORK

PORT asks for a port; without it the first free one from 8888 on is taken. BROWSER=none
opens no browser. The address is printed in any case.
"""
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import webbrowser
from pathlib import Path

FIRST_PORT, LAST_PORT = 8888, 8987
START_SECONDS = 60
# File > Save and Export As > HTML writes the pages that `make export` writes; slides, which
# are html too, keep a template of their own.
EXPORTS = ["--HTMLExporter.template_name=attn", "--SlidesExporter.template_name=reveal",
           "--WebPDFExporter.template_name=webpdf"]


def copy_lessons(source, work):
    """Puts a copy of each lesson into `work` where there is none. Returns the new ones."""
    new = []
    work.mkdir(exist_ok=True)
    for lesson in sorted(source.glob("*.ipynb")):
        copy = work / lesson.name
        if copy.exists():
            continue
        notebook = json.loads(lesson.read_text("utf-8"))
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"], cell["execution_count"] = [], None
        copy.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")
        new.append(copy)
    return new


def trust(notebooks):
    """Signs the copies, as `jupyter trust` does, so that their pictures come alive."""
    if not notebooks:
        return
    import nbformat
    from nbformat.sign import NotebookNotary

    notary = NotebookNotary()
    for path in notebooks:
        notary.sign(nbformat.read(path, as_version=4))


def is_free(port):
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_port(asked):
    """The port asked for, or the first free one."""
    if asked:
        if not asked.isdigit() or not 0 < int(asked) < 65536:
            sys.exit(f"lab: {asked!r} is no port. Type:\n    make lab PORT=8890")
        if not is_free(int(asked)):
            free = choose_port("")
            sys.exit(f"lab: port {asked} is taken by another program. Type:\n"
                     f"    make lab PORT={free}")
        return int(asked)
    for port in range(FIRST_PORT, LAST_PORT + 1):
        if is_free(port):
            if port != FIRST_PORT:
                print(f"lab: port {FIRST_PORT} is taken; using {port}")
            return port
    sys.exit(f"lab: ports {FIRST_PORT} to {LAST_PORT} are all taken. Type:\n"
             "    make lab PORT=9500")


def start(work, port, token):
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--log-level=WARN",
               "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}",
               "--ServerApp.port_retries=0", f"--ServerApp.root_dir={work}",
               "--LabApp.extension_manager=readonly", *EXPORTS]
    if os.geteuid() == 0:
        command.append("--allow-root")
    return subprocess.Popen(command, env={**os.environ, "JUPYTER_TOKEN": token})


def answers(port):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}/api", timeout=2):
            return True
    except OSError:
        return False


def wait_until_up(server, port):
    end = time.monotonic() + START_SECONDS
    while not answers(port):
        if server.poll() is not None or time.monotonic() > end:
            if server.poll() is None:
                server.terminate()
            sys.exit("lab: JupyterLab did not start; its own message is above. Type:\n"
                     "    make setup && make lab")
        time.sleep(0.1)


def open_browser(url):
    """True when a browser was asked to show the page."""
    if os.environ.get("BROWSER") == "none":
        return False
    if sys.platform != "darwin" and not (os.environ.get("DISPLAY")
                                         or os.environ.get("WAYLAND_DISPLAY")):
        return False
    try:
        return webbrowser.open(url)
    except webbrowser.Error:
        return False


def main():
    source, work = Path(sys.argv[1]), Path(sys.argv[2]).absolute()
    new = copy_lessons(source, work)
    trust(new)
    kept = len(list(work.glob("*.ipynb"))) - len(new)
    print(f"lab: lessons in {work.name}/: {len(new)} new, {kept} kept as you left them")
    port, token = choose_port(os.environ.get("PORT", "")), secrets.token_hex(16)
    server = start(work, port, token)
    # Ctrl-C goes to JupyterLab, which asks before it stops.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    wait_until_up(server, port)
    url = f"http://127.0.0.1:{port}/lab/tree/00_start_here.ipynb?token={token}"
    opened = open_browser(url)
    print("lab: JupyterLab is running" + (", and your browser opens." if opened else "."),
          f"The address:\n\n    {url}\n\nStop it with Ctrl-C, then y.", flush=True)
    sys.exit(server.wait())


if __name__ == "__main__":
    main()
