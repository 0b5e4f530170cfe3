"""What a kernel lives through under JupyterLab: interrupted while a long cell runs,
restarted, its page reloaded, two tabs that share it."""
from labpage import LabPage
from labserver import notebook

BOOK = "life.ipynb"
CELLS = ["set layer 2", "set layer", "wait 60", 'echo "after"', 'wait 3\necho "late"']
SET, ASK, LONG, AFTER, SLOW = range(len(CELLS))

RUN = """k => { const nb = attnTest.panel().content;
    nb.activeCellIndex = k; nb.deselectAll();
    window.jupyterapp.commands.execute('notebook:run-cell'); }"""
SHOWN = """k => attnTest.panel().content.widgets[k].outputArea.model.toJSON()
    .map(o => o.evalue || o.text || o.data['text/plain']).join('')"""
PROMPT = "k => attnTest.panel().content.widgets[k].model.executionCount"
KERNEL = "attnTest.panel().sessionContext.session.kernel.id"
STATE = "attnTest.panel().sessionContext.session.kernel.status"


def start(tab, k):
    """Runs cell k and waits for nothing."""
    tab.page.evaluate(RUN, k)


def busy(tab):
    tab.page.wait_for_function(STATE + " === 'busy'")


def run(tab, k):
    """Runs cell k; what it shows."""
    tab.page.evaluate("k => attnTest.panel().content.widgets[k].outputArea.model.clear()", k)
    start(tab, k)
    tab.page.wait_for_function("k => (" + SHOWN + ")(k) !== ''", arg=k)
    tab.page.evaluate("attnTest.idle(60000)")
    return tab.page.evaluate(SHOWN, k)


def interrupted(report, tab):
    run(tab, SET)
    start(tab, LONG)
    start(tab, AFTER)
    busy(tab)
    tab.page.evaluate("window.jupyterapp.commands.execute('notebook:interrupt-kernel')")
    tab.page.evaluate("attnTest.idle(10000)")
    said = tab.page.evaluate(SHOWN, LONG)
    report.check("kernel: an interrupt ends the long cell", "Interrupted" in said, said)
    said = tab.page.evaluate(SHOWN, AFTER)
    report.check("kernel: the cell behind it does not run", said == "", said)
    said = run(tab, ASK)
    report.check("kernel: after an interrupt the state is kept", said == "layer 2", said)


def restarted(report, tab):
    before = tab.page.evaluate(KERNEL)
    start(tab, LONG)
    busy(tab)
    tab.page.evaluate("""() => { window.attnRestarted =
        window.jupyterapp.commands.execute('notebook:restart-kernel'); }""")
    tab.page.locator(".jp-Dialog .jp-mod-accept").click()
    tab.page.evaluate("window.attnRestarted")
    tab.page.evaluate("attnTest.idle(30000)")
    said = run(tab, ASK)
    report.check("kernel: restarted while a cell runs, it begins anew", said == "layer auto",
                 said)
    report.check("kernel: restarted, it counts from one",
                 tab.page.evaluate(PROMPT, ASK) == 1, tab.page.evaluate(PROMPT, ASK))
    report.check("kernel: restarted, the page keeps it", tab.page.evaluate(KERNEL) == before)


def reloaded(report, tab):
    run(tab, SET)
    before = tab.page.evaluate(KERNEL)
    start(tab, SLOW)
    busy(tab)
    tab.page.reload()
    tab.page.evaluate("attnTest.open(90000)")
    report.check("kernel: a reloaded page finds it again", tab.page.evaluate(KERNEL) == before)
    said = run(tab, ASK)
    report.check("kernel: reloaded while a cell runs, the state is kept", said == "layer 2",
                 said)


def shared(report, lab, browser, tab):
    other = LabPage(browser, lab, BOOK)
    report.check("kernel: a second tab shares it",
                 other.page.evaluate(KERNEL) == tab.page.evaluate(KERNEL))
    start(tab, SLOW)
    busy(tab)
    said = run(other, AFTER)
    report.check("kernel: the second tab's cell comes after the first's",
                 said == "after\n" and tab.page.evaluate(SHOWN, SLOW) == "late\n", said)
    report.check("kernel: each tab shows its own cell's output",
                 tab.page.evaluate(SHOWN, AFTER) == ""
                 and other.page.evaluate(SHOWN, SLOW) == "")
    other.page.evaluate("window.jupyterapp.commands.execute('notebook:interrupt-kernel')")
    report.check("kernel: both speak about one state", run(other, ASK) == run(tab, ASK))
    faults = [f for f in other.faults if "Failed to load resource" not in f]
    report.check("kernel: no error on the second tab's console", not faults, faults[:2])
    other.close()


def kernel_life(report, lab, browser):
    lab.write(BOOK, notebook(CELLS))
    tab = LabPage(browser, lab, BOOK)
    interrupted(report, tab)
    restarted(report, tab)
    reloaded(report, tab)
    shared(report, lab, browser, tab)
    own = [f for f in tab.faults if "Failed to load resource" not in f
           and "WebSocket" not in f]
    report.check("kernel: no error on the console", not own, own[:2])
    tab.close()
