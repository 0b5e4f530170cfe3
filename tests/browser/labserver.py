"""A JupyterLab of the tests' own: free port, token, every folder a temporary one."""
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS, STOP_SECONDS = 60, 15
FOLDERS = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data",
           "JUPYTER_RUNTIME_DIR": "runtime", "IPYTHONDIR": "ipython",
           "JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces"}
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking",
            "--disable-component-update", "--no-first-run",
            # Nothing outside this machine can be asked, whatever a page tries.
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]
CHROMIUM_PATHS = ("/usr/bin/chromium", "/usr/bin/chromium-browser")


def chromium(playwright):
    """Debian's Chromium, headless."""
    for path in CHROMIUM_PATHS:
        if os.path.exists(path):
            return playwright.chromium.launch(executable_path=path, args=CHROMIUM)
    sys.exit("There is no Chromium. Type:  sh kernelspec/setup.sh test")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def notebook(cells, kernel="attn", display="Attention"):
    """A notebook with one code cell for each text."""
    return {"nbformat": 4, "nbformat_minor": 5,
            "metadata": {"kernelspec": {"name": kernel, "display_name": display,
                                        "language": kernel}},
            "cells": [{"cell_type": "code", "id": f"cell{k}", "metadata": {},
                       "source": text, "outputs": [], "execution_count": None}
                      for k, text in enumerate(cells)]}


class Lab:
    """with Lab(build) as lab: … lab.url("x.ipynb"), lab.write("x.ipynb", notebook)"""

    def __init__(self, build):
        self.folder = Path(tempfile.mkdtemp(prefix="attn-lab-"))
        self.root = self.folder / "notebooks"
        self.root.mkdir()
        self.build = Path(build).resolve()
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("JUPYTER")}
        for name, folder in FOLDERS.items():
            self.env[name] = str(self.folder / folder)
            (self.folder / folder).mkdir(mode=0o700)
        subprocess.run(["sh", ROOT / "kernelspec" / "register.sh", self.folder / "data",
                        self.build], check=True)
        self._quiet_settings()
        self.port, self.token = free_port(), secrets.token_hex(12)
        self.env["JUPYTER_TOKEN"] = self.token
        self.log = open(self.folder / "lab.log", "w", encoding="utf-8")
        self.process = None

    def _quiet_settings(self):
        folder = self.folder / "settings" / "@jupyterlab" / "apputils-extension"
        folder.mkdir(parents=True)
        (folder / "notification.jupyterlab-settings").write_text(
            json.dumps({"fetchNews": "false", "checkForUpdates": False}), "utf-8")

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
             "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={self.port}",
             "--ServerApp.port_retries=0", f"--ServerApp.root_dir={self.root}",
             "--LabApp.expose_app_in_browser=True", "--LabApp.extension_manager=readonly"],
            env=self.env, stdout=self.log, stderr=subprocess.STDOUT, cwd=self.root,
            start_new_session=True)
        end = time.monotonic() + START_SECONDS
        while not self._up():
            if self.process.poll() is not None or time.monotonic() > end:
                self.__exit__()
                sys.exit("JupyterLab did not start; see above.")
            time.sleep(0.1)
        return self

    def _up(self):
        try:
            self.get("/api/kernelspecs")
            return True
        except OSError:
            return False

    def get(self, path, timeout=120):
        """The body of an answer of the server."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}",
                                         headers={"Authorization": f"token {self.token}"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=timeout) as answer:
            return answer.read()

    def url(self, name):
        return f"http://127.0.0.1:{self.port}/lab/tree/{name}?token={self.token}&reset"

    def write(self, name, content):
        (self.root / name).write_text(json.dumps(content), "utf-8")

    def read(self, name):
        return json.loads((self.root / name).read_text("utf-8"))

    def export(self, name):
        """The notebook as html, as the menu's Save and Export makes it; a path."""
        path = self.folder / (Path(name).stem + ".html")
        path.write_bytes(self.get(f"/nbconvert/html/{name}?download=false"))
        return path

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        self.log.close()
        if self.process.returncode not in (0, -signal.SIGTERM):
            print((self.folder / "lab.log").read_text("utf-8")[-3000:])
        shutil.rmtree(self.folder, ignore_errors=True)
