#!/usr/bin/env python3
"""Programs that speak to kernels without a browser: jupyter console in a pseudo-terminal,
nbclient, papermill.

    run.py [--build DIR]      ends with "N passed, N failed"
"""
import argparse
import os
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

import nbformat
import papermill
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from terminal import CTRL_C, CTRL_D, ENTER, TAB, Console

ROOT = Path(__file__).resolve().parents[2]
SENTENCE = 'sentence "The dog slept because it was tired"'
CELLS = [SENTENCE, "look it", "heatmap", "dot 2 0 1 with 1 0 2", 'echo "{n}" times 20000']
# A viewer that Pillow, where it is installed, would open for every picture is switched
# off: then the console prints the text.
NO_VIEWER = "c.ZMQTerminalInteractiveShell.image_handler = None\n"


def set_up(build):
    """A folder that is home, data and configuration of everything started from here."""
    folder = Path(tempfile.mkdtemp(prefix="attn-clients-"))
    subprocess.run(["sh", ROOT / "kernelspec" / "register.sh", folder / "data",
                    Path(build).resolve()], check=True)
    (folder / "config").mkdir()
    (folder / "config" / "jupyter_console_config.py").write_text(NO_VIEWER, "utf-8")
    places = {"HOME": "", "JUPYTER_PATH": "data", "JUPYTER_DATA_DIR": "data",
              "JUPYTER_CONFIG_DIR": "config", "JUPYTER_RUNTIME_DIR": "runtime",
              "XDG_DATA_HOME": "share", "IPYTHONDIR": "ipython"}
    for name, place in places.items():
        os.environ[name] = str(folder / place)
    return folder


def book(cells):
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    made.metadata["kernelspec"] = {"name": "attn", "display_name": "Attention",
                                   "language": "attn"}
    return made


def data_of(cell):
    return [o.data for o in cell.outputs if "data" in o]


def check_outputs(cells):
    look, picture, product, lines = cells[1:5]
    assert "it" in data_of(look)[0]["text/plain"], look.outputs
    assert set(data_of(picture)[0]) >= {"text/html", "text/plain", "image/png"}
    assert data_of(product)[0]["text/plain"] == "2*1 + 0*0 + 1*2 = 4", product.outputs
    printed = "".join(o.text for o in lines.outputs)
    assert printed == "".join("%d\n" % n for n in range(20000)), len(printed)
    assert [c.execution_count for c in cells] == list(range(1, len(cells) + 1))


# ---- nbclient

def test_nbclient(_):
    made = book(CELLS)
    NotebookClient(made, timeout=60).execute()
    check_outputs(made.cells)


def test_nbclient_stops_at_an_error(_):
    made = book([SENTENCE, "heatmp", 'echo "never"'])
    try:
        NotebookClient(made, timeout=60).execute()
    except CellExecutionError as error:
        assert error.ename == "UnknownCommand" and "heatmap" in error.evalue, error
    else:
        raise AssertionError("no error came")
    assert made.cells[1].outputs[0].output_type == "error" and not made.cells[2].outputs


def test_nbclient_goes_on_where_errors_are_allowed(_):
    made = book(["set layer 2", "heatmp", "set layer"])
    NotebookClient(made, timeout=60, allow_errors=True).execute()
    assert data_of(made.cells[2])[0]["text/plain"] == "layer 2", made.cells[2].outputs


def test_nbclient_interrupts_what_takes_too_long(_):
    made = book(["wait 60", "set layer"])
    client = NotebookClient(made, timeout=1, interrupt_on_timeout=True, allow_errors=True)
    began = time.monotonic()
    client.execute()
    assert time.monotonic() - began < 30
    assert made.cells[0].outputs[0].ename == "Interrupted", made.cells[0].outputs
    assert data_of(made.cells[1])[0]["text/plain"] == "layer auto", made.cells[1].outputs


# ---- papermill

def test_papermill(folder):
    source, target = folder / "in.ipynb", folder / "out.ipynb"
    nbformat.write(book(CELLS), source)
    papermill.execute_notebook(source, target, progress_bar=False)
    made = nbformat.read(target, as_version=4)
    check_outputs(made.cells)
    assert not made.metadata.papermill.exception, made.metadata.papermill
    assert all(c.metadata.papermill.status == "completed" for c in made.cells)


def test_papermill_tells_of_an_error(folder):
    source, target = folder / "wrong.ipynb", folder / "told.ipynb"
    nbformat.write(book([SENTENCE, "heatmp", 'echo "never"']), source)
    try:
        papermill.execute_notebook(source, target, progress_bar=False)
    except papermill.PapermillExecutionError as error:
        assert error.ename == "UnknownCommand" and "heatmp" in error.source, error
    else:
        raise AssertionError("no error came")
    made = nbformat.read(target, as_version=4)
    assert made.metadata.papermill.exception is True, made.metadata.papermill


# ---- jupyter console

def test_console(_):
    """Text twins, values, errors, completion by Tab, Ctrl-C, and the way out."""
    with Console(sys.executable, os.environ) as console:
        console.wait_for("In [1]:")
        assert "type a sentence" in console.shown, console.shown
        console.type(SENTENCE, 2)
        shown = console.type("look it", 3)
        assert "dog" in shown.split("look it")[-1], "no text twin in %r" % shown
        assert "Out[3]: 1*2 = 2" in console.type("dot 1 with 2", 4)
        shown = console.type("heatmp", 5)
        assert "Did you mean:  heatmap" in shown and "^^^^^^" in shown, shown
        since = len(console.shown)
        console.press("set laye" + TAB)
        console.wait_for("set layer", since)
        console.press(" 2" + ENTER)
        console.wait_for("Out[5]: layer 2", since)
        console.wait_for("In [6]:", since)
        since = len(console.shown)
        console.press("wait 60" + ENTER)
        time.sleep(1)
        console.press(CTRL_C)
        console.wait_for("Interrupted", since)
        console.wait_for("In [7]:", since)
        assert "Out[7]: layer 2" in console.type("set layer", 8), "the state is lost"
        since = len(console.shown)
        console.press(CTRL_D)
        console.wait_for("Do you really want to exit", since)
        console.press("y" + ENTER)
        assert console.ended(), "does not end"


def test_console_knows_what_was_typed_before(_):
    with Console(sys.executable, os.environ) as console:
        console.wait_for("In [1]:")
        console.type('echo "kept for the next time"', 2)
        console.press(CTRL_D)
        console.press("y" + ENTER)
        assert console.ended(), "does not end"
    with Console(sys.executable, os.environ) as console:
        console.wait_for("In [1]:")
        since = len(console.shown)
        console.press("\x1b[A")  # the arrow up
        console.wait_for("kept for the next time", since)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build")
    folder = set_up(parser.parse_args().build)
    passed = failed = 0
    for name, test in list(globals().items()):
        if not name.startswith("test_"):
            continue
        began = time.monotonic()
        try:
            test(folder)
            passed += 1
            print("ok    %s  %.1f s" % (name[5:], time.monotonic() - began), flush=True)
        except Exception as problem:  # whatever it is, it is the finding
            failed += 1
            where = traceback.extract_tb(problem.__traceback__)[-1]
            print("FAIL  %s: %s:%d: %s" % (name[5:], Path(where.filename).name, where.lineno,
                                           str(problem)[:2000]), flush=True)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
