"""A notebook open in JupyterLab, driven as a learner would."""

FIND = r"""(() => {
  const nap = (ms) => new Promise((done) => setTimeout(done, ms));
  const panel = () => [...window.jupyterapp.shell.widgets('main')]
    .find((w) => w.content && w.content.widgets && w.context);
  const status = () => panel()?.sessionContext?.session?.kernel?.status;
  window.attnTest = {
    panel,
    async open(ms) {
      for (const end = performance.now() + ms; performance.now() < end; await nap(100)) {
        const w = window.jupyterapp && panel();
        if (!w) continue;
        await w.context.ready;
        await w.sessionContext.ready;
        if (w.content.widgets.length === w.content.model.cells.length && status() === 'idle')
          return w.sessionContext.session.kernel.name;
      }
      return null;
    },
    // Runs every cell; the texts of the errors that came.
    async runAll() {
      await window.jupyterapp.commands.execute('notebook:run-all-cells');
      return this.errors();
    },
    errors() {
      return panel().content.widgets.filter((c) => c.outputArea)
        .flatMap((c) => c.outputArea.model.toJSON())
        .filter((o) => o.output_type === 'error').map((o) => o.ename + ': ' + o.evalue);
    },
    async idle(ms) {
      for (const end = performance.now() + ms; performance.now() < end; await nap(20))
        if (status() === 'idle') return true;
      return false;
    },
    async save() { await panel().context.save(); },
    trusted() { return panel().content.model.cells.length &&
      [...panel().content.widgets].every((c) => c.model.trusted !== false); },
  };
})()"""


class LabPage:
    """One notebook in a browser window of its own; what went wrong there is kept."""

    def __init__(self, browser, lab, name, width=1300, height=1000):
        self.context = browser.new_context(viewport={"width": width, "height": height})
        self.context.add_init_script(FIND)
        self.page = self.context.new_page()
        self.faults, self.dialogs, self.foreign = [], [], []
        listen(self.page, self.faults, self.dialogs, self.foreign)
        self.page.goto(lab.url(name))
        self.kernel = self.page.evaluate("attnTest.open(90000)")
        if self.kernel is None:
            raise RuntimeError(f"{name} did not open in JupyterLab: {self.faults[:3]}")

    def run_all(self):
        """Runs every cell; the errors that cells ended with."""
        errors = self.page.evaluate("attnTest.runAll()")
        self.page.evaluate("attnTest.idle(60000)")
        self.settle()
        return errors

    def settle(self):
        """Until two frames have been painted after the last change."""
        self.page.evaluate("new Promise(r => requestAnimationFrame(() => "
                           "requestAnimationFrame(r)))")
        self.page.wait_for_timeout(150)

    def code_cells(self):
        return self.page.locator(".jp-Notebook .jp-CodeCell")

    def cell_with(self, text):
        """The first code cell whose source holds `text`."""
        return self.code_cells().filter(
            has=self.page.locator(".cm-content", has_text=text)).first

    def pictures(self, within=None):
        """Outputs of ours that hold a picture and have come alive."""
        return (within or self.page).locator(".attn[data-ready='']")

    def retype(self, cell, code):
        """Replaces a cell's text with the keyboard and runs it with Shift-Enter."""
        cell.scroll_into_view_if_needed()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(code)
        before = cell.locator(".jp-InputPrompt").inner_text()
        self.page.keyboard.press("Shift+Enter")
        # Wait until the prompt counts on and no longer shows [*].
        cell.locator(".jp-InputPrompt").filter(has_not_text=before).wait_for()
        self.page.wait_for_function("p => !/\\*/.test(p.innerText)",
                                    arg=cell.locator(".jp-InputPrompt").element_handle())
        self.page.evaluate("attnTest.idle(60000)")
        self.settle()

    def save(self):
        self.page.evaluate("attnTest.save()")

    def close(self):
        self.context.close()


def listen(page, faults, dialogs, foreign):
    """Keeps console errors, dialogs, and requests to anywhere but this machine."""
    page.on("console", lambda m: faults.append(m.text[:300]) if m.type == "error" else None)
    page.on("pageerror", lambda e: faults.append(str(e)[:300]))

    def dismiss(dialog):
        if dialog.type == "beforeunload":  # the notebook is not saved
            dialog.accept()
            return
        dialogs.append(dialog.message)
        dialog.dismiss()
    page.on("dialog", dismiss)
    page.on("request", lambda r: foreign.append(r.url[:200])
            if r.url.startswith(("http:", "https:", "ws:", "wss:"))
            and "//127.0.0.1" not in r.url else None)


class Exported:
    """An exported page opened from its file, with no network at all."""

    def __init__(self, browser, path):
        self.context = browser.new_context(viewport={"width": 1200, "height": 1000},
                                           offline=True)
        self.page = self.context.new_page()
        self.faults, self.dialogs, self.foreign = [], [], []
        listen(self.page, self.faults, self.dialogs, self.foreign)
        self.page.goto(path.as_uri(), wait_until="load")
        self.page.wait_for_timeout(500)

    def pictures(self):
        return self.page.locator(".attn[data-ready='']")

    def close(self):
        self.context.close()
