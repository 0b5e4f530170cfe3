"""From Shift-Enter to painted in JupyterLab, as a learner feels it: a real key press, and
the second animation frame after the new output stands. Beside it Python's print."""
from playwright.sync_api import sync_playwright

from labpage import LabPage
from labserver import Lab, chromium, notebook

ARM = r"""([code, ready]) => {
  const nb = attnTest.panel().content, cell = nb.widgets[0];
  nb.activeCellIndex = 0; nb.deselectAll();
  cell.model.sharedModel.setSource(code);
  nb.mode = 'edit'; cell.editor.focus();
  const area = cell.outputArea.node, old = new Set(area.querySelectorAll(ready));
  const holds = () => [...area.querySelectorAll(ready)].some(e => !old.has(e)
    && e.getBoundingClientRect().height > 0);
  window.attnPainted = new Promise((done) => {
    const onKey = (event) => {
      if (event.key !== 'Enter' || !event.shiftKey) return;
      window.removeEventListener('keydown', onKey, true);
      const start = performance.now();
      const look = () => {
        if (holds()) requestAnimationFrame(() => requestAnimationFrame(
          () => done(performance.now() - start)));
        else if (performance.now() - start > 10000) done(null);
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    };
    window.addEventListener('keydown', onKey, true);
  });
}"""
WARM = 3


def once(tab, code, ready):
    tab.page.evaluate("attnTest.idle(60000)")
    tab.page.evaluate(ARM, [code, ready])
    tab.page.wait_for_timeout(200)
    tab.page.keyboard.press("Shift+Enter")
    took = tab.page.evaluate("window.attnPainted")
    if took is None:
        raise RuntimeError(f"not painted in 10 s: {code[:80]}")
    return took


def measure(build, sentence, runs):
    """Milliseconds of each run: ours, and those of print in Python, by turns."""
    with sync_playwright() as playwright, Lab(build) as lab:
        browser = chromium(playwright)
        lab.write("ours.ipynb", notebook(["", ""]))
        lab.write("theirs.ipynb", notebook(["", ""], "python3", "Python 3"))
        ours, theirs = (LabPage(browser, lab, f"{n}.ipynb") for n in ("ours", "theirs"))
        found = ([], [])
        for i in range(WARM + runs):
            found[0].append(once(ours, f'sentence "{sentence(i)}"\nheatmap',
                                 ".attn-heatmap[data-ready='']"))
            found[1].append(once(theirs, f"print({i})", ".jp-OutputArea-output pre"))
        browser.close()
    return found[0][WARM:], found[1][WARM:]
