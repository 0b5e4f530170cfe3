"""`explore` in JupyterLab: controls moved while a long cell runs, after the page was loaded
anew, with two pages on one kernel, after a restart; and the picture in saved copies."""
from labpage import Exported, LabPage
from labserver import notebook

BOOK = "controls.ipynb"
CELLS = ["explore", "wait 60"]
SECONDS = 15000  # ms that a picture may take on a busy machine

# What a picture says about itself: its sentence above, and its small print.
SAID = """area => [...area.querySelectorAll('.attn')].map(p => ['finding', 'footer'].map(
    k => p.querySelector('.attn-' + k)?.textContent || '').join(' | '))"""


class Controls:
    """The output area of the cell that says `explore`."""

    def __init__(self, tab):
        self.tab, self.page = tab, tab.page
        self.cell = tab.cell_with("explore")
        self.area = self.cell.locator(".jp-Cell-outputArea")

    def slider(self, name):
        return self.area.locator(".widget-slider", has_text=name).locator(".noUi-handle")

    def choice(self, name):
        return self.area.locator(".widget-dropdown", has_text=name).locator("select")

    def slide(self, name, key):
        handle = self.slider(name)
        handle.scroll_into_view_if_needed()
        handle.focus()
        self.page.keyboard.press(key)

    def reading(self, name):
        return self.area.locator(".widget-slider", has_text=name) \
            .locator(".widget-readout").inner_text().strip()

    def pictures(self):
        """The texts of all pictures of the cell, the first output's first."""
        return self.area.evaluate(SAID)

    def shows(self, text, which=0):
        """Waits until picture `which` says `text`; true when it does."""
        for _ in range(SECONDS // 100):
            said = self.pictures()
            if len(said) > which and text in said[which]:
                return True
            self.page.wait_for_timeout(100)
        return False

    def ready(self):
        """Waits until the controls stand there."""
        try:
            self.slider("layer").wait_for(timeout=SECONDS)
            return True
        except Exception:
            return False


def run_first(tab):
    tab.page.evaluate("""async () => { const nb = attnTest.panel().content;
        nb.activeCellIndex = 0; nb.deselectAll();
        await window.jupyterapp.commands.execute('notebook:run-cell'); }""")
    tab.page.evaluate("attnTest.idle(60000)")
    tab.settle()


def start_second(tab):
    """Begins the long cell and does not wait for it."""
    tab.page.evaluate("""() => { const nb = attnTest.panel().content;
        nb.activeCellIndex = 1; nb.deselectAll();
        window.jupyterapp.commands.execute('notebook:run-cell'); }""")
    tab.code_cells().nth(1).locator(".jp-InputPrompt", has_text="*").wait_for()


def interrupt(tab):
    tab.page.evaluate("attnTest.panel().sessionContext.session.kernel.interrupt()")
    tab.page.evaluate("attnTest.idle(20000)")


def moved(report, tab):
    controls = Controls(tab)
    report.check("controls: sliders and dropdowns stand below the picture",
                 controls.ready() and controls.choice("word").count() == 1
                 and controls.choice("measure").count() == 1)
    report.check("controls: one picture", len(controls.pictures()) == 1)
    report.shoot(tab.page, "controls-start")
    start_second(tab)
    controls.slide("layer", "ArrowLeft")
    report.check("controls: a slider moves the picture while a cell runs",
                 controls.shows("L2-H0"), controls.pictures())
    controls.slide("head", "ArrowRight")
    report.check("controls: the other slider too", controls.shows("L2-H1"))
    controls.choice("word").select_option("cross")
    report.check("controls: another word", controls.shows('"cross"'))
    controls.choice("measure").select_option("norm")
    report.check("controls: another measure", controls.shows("measure norm"))
    controls.choice("word").select_option("every word")
    report.check("controls: what cannot be drawn is explained",
                 controls.shows("they copy nothing"), controls.pictures())
    controls.choice("measure").select_option("weight")
    controls.area.locator(".attn-heatmap[data-ready='']").wait_for(timeout=SECONDS)
    report.check("controls: every word is a matrix", controls.shows("L2-H1"))
    own = controls.area.locator(".attn-controls")
    report.check("controls: there is one choice of layer and head, not two",
                 own.count() == 1 and not own.is_visible())
    running = tab.code_cells().nth(1).locator(".jp-InputPrompt").inner_text()
    report.check("controls: the long cell still runs", "*" in running, running)
    report.shoot(tab.page, "controls-moved")
    interrupt(tab)
    return controls


def dragged(report, tab, controls):
    """A drag over the whole slider: the last value is the one that stays."""
    controls.choice("word").select_option("it")
    controls.shows('"it"')
    tab.settle()
    track = controls.area.locator(".widget-slider", has_text="head").locator(".noUi-base")
    box = track.bounding_box()
    handle = controls.slider("head").bounding_box()
    y = box["y"] + box["height"] / 2
    tab.page.mouse.move(handle["x"] + handle["width"] / 2, y)
    tab.page.mouse.down()
    for _ in range(3):
        for k in range(0, 41):
            tab.page.mouse.move(box["x"] + box["width"] * k / 40, y)
    tab.page.mouse.move(box["x"] + box["width"] - 1, y)
    tab.page.mouse.up()
    report.check("controls: after a long drag the newest value is drawn",
                 controls.reading("head") == "5" and controls.shows("L2-H5"),
                 (controls.reading("head"), controls.pictures()[:1]))


def reloaded(report, lab, browser, tab):
    tab.save()
    tab.close()
    again = LabPage(browser, lab, BOOK)
    again.settle()
    controls = Controls(again)
    report.check("reload: the controls come back", controls.ready())
    if not controls.ready():
        return again
    report.check("reload: as they stood", controls.reading("layer") == "2"
                 and controls.reading("head") == "5",
                 (controls.reading("layer"), controls.reading("head")))
    start_second(again)
    controls.slide("layer", "ArrowLeft")
    report.check("reload: the picture follows, while a cell runs",
                 controls.shows("L1-H5", 1), controls.pictures())
    report.check("reload: and says which one follows",
                 "a page that was opened later" in controls.area.inner_text())
    report.check("reload: it is alive", again.pictures(controls.area).count() >= 1)
    report.shoot(again.page, "controls-reloaded")
    interrupt(again)
    return again


def two_pages(report, lab, browser, first):
    second = LabPage(browser, lab, BOOK)
    second.settle()
    one, two = Controls(first), Controls(second)
    report.check("two pages: both have the controls", one.ready() and two.ready())
    two.slide("layer", "ArrowRight")
    report.check("two pages: the move is seen in the other",
                 two.shows("L2-H5", 1) and one.shows("L2-H5", 1)
                 and one.reading("layer") == "2", (one.reading("layer"), two.pictures()))
    second.close()


def restarted(report, tab):
    tab.page.evaluate("attnTest.panel().sessionContext.session.kernel.restart()")
    tab.page.evaluate("attnTest.idle(60000)")
    tab.settle()
    controls = Controls(tab)
    report.check("restart: the picture stays", len(controls.pictures()) >= 1)
    run_first(tab)
    report.check("restart: run again, there are controls", controls.ready())
    controls.slide("layer", "ArrowLeft")
    report.check("restart: which move one picture, their own",
                 controls.shows("L2-H0") and len(controls.pictures()) == 1)


def ended(report, lab, browser, tab):
    """The notebook opened again when its kernel has gone."""
    tab.save()
    tab.page.evaluate("attnTest.panel().sessionContext.shutdown()")
    tab.close()
    again = LabPage(browser, lab, BOOK)
    again.settle()
    controls = Controls(again)
    mended = controls.area.get_by_text("Run this cell again to have controls here.")
    mended.wait_for(timeout=SECONDS)
    report.check("ended: the picture stands, and says how to have controls again",
                 mended.count() == 1 and len(controls.pictures()) == 1)
    again.close()


def copies(report, lab, browser):
    outputs = lab.read(BOOK)["cells"][0]["outputs"]
    first = "".join(outputs[0]["data"]["text/plain"])
    report.check("copy: the saved picture is the one that was last drawn",
                 "layer 2, head 0" in first or "layer 2 head 0" in first and "image/png" in outputs[0]["data"], first)
    page = Exported(browser, lab.export(BOOK))
    report.check("copy: the export holds the picture, alive", page.pictures().count() == 1)
    report.check("copy: layer and head can be chosen there",
                 page.page.locator(".attn-controls").is_visible())
    text = page.page.locator("body").inner_text()
    report.check("copy: and says what to type in place of the controls",
                 "look it layer 3 head 0" in text)
    report.shoot(page.page, "controls-export")
    page.close()


def controls(report, lab, browser):
    lab.write(BOOK, notebook(CELLS))
    tab = LabPage(browser, lab, BOOK)
    run_first(tab)
    dragged(report, tab, moved(report, tab))
    tab = reloaded(report, lab, browser, tab)
    two_pages(report, lab, browser, tab)
    restarted(report, tab)
    faults = [f for f in tab.faults if "Failed to load resource" not in f]
    report.check("controls: no error on the console", not faults, faults[:2])
    report.check("controls: no request leaves this machine", not tab.foreign,
                 tab.foreign[:2])
    ended(report, lab, browser, tab)
    copies(report, lab, browser)
