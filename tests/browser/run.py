#!/usr/bin/env python3
"""The whole way in a real browser: lesson 00 in JupyterLab, a copy that nobody trusts, the
exports from their files, sentences that try to break out, what a kernel lives through, and
saved files.

    run.py [--build DIR] [--keep DIR] [--only PART]   --keep: pictures of each step go there

Ends with "N passed, N failed".
"""
import argparse
import json
import subprocess
import sys
import traceback
from pathlib import Path

from playwright.sync_api import sync_playwright

import injections
from controls import controls
from kernellife import kernel_life
from labpage import Exported, LabPage
from labserver import ROOT, Lab, chromium, notebook
from pictures import check_live, hover
from ribbons import ribbons
from saved import saved
from snapshots import snapshots

LESSON = "00_start_here.ipynb"
OWN_SENTENCE = "The cup fell from the shelf because it was wet"


class Report:
    """Counts what held and prints what did not."""

    def __init__(self, keep):
        self.passed, self.failed, self.keep = 0, 0, keep

    def check(self, name, holds, detail=""):
        if holds:
            self.passed += 1
            print(f"ok    {name}")
        else:
            self.failed += 1
            print(f"FAIL  {name}" + (f": {detail}" if detail else ""))

    def shoot(self, page, name):
        if self.keep:
            page.screenshot(path=str(Path(self.keep) / f"{name}.png"), full_page=True)


def lesson():
    """Lesson 00 as a learner gets it: without outputs."""
    book = json.loads((ROOT / "notebooks" / LESSON).read_text("utf-8"))
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return book


# ---- the parts ---------------------------------------------------------------------------

def in_lab(report, lab, browser):
    lab.write(LESSON, lesson())
    tab = LabPage(browser, lab, LESSON)
    report.check("lab: the lesson opens with the Attention kernel", tab.kernel == "attn",
                 tab.kernel)
    errors = tab.run_all()
    report.check("lab: run all ends without an error", not errors, errors[:2])
    count = tab.pictures().count()
    report.check("lab: pictures come alive", count >= 3, f"{count} pictures")
    stuck = tab.page.locator(".attn[data-ready=static]").count()
    report.check("lab: no picture falls back to its static form", stuck == 0, stuck)
    report.shoot(tab.page, "lab-all")
    check_live(report, "lab", tab.page,
               lambda kind: tab.page.locator(f".attn-{kind}[data-ready='']").first)
    cell = tab.cell_with("sentence")
    tab.retype(cell, f'sentence "{OWN_SENTENCE}"\nlook it\nheatmap')
    shown = cell.locator(".jp-Cell-outputArea").inner_text()
    report.check("lab: one's own sentence is shown after a re-run", "shelf" in shown
                 and tab.pictures(cell).count() >= 2, shown[:200])
    report.shoot(tab.page, "lab-own")
    tab.save()
    own = [f for f in tab.faults if "Failed to load resource" not in f]
    report.check("lab: no error on the console", not own, own[:2])
    report.check("lab: no request leaves this machine", not tab.foreign, tab.foreign[:2])
    tab.close()


def untrusted(report, lab, browser):
    book = lab.read(LESSON)
    book["metadata"]["copied_by"] = "a friend"  # another text: no signature fits it
    lab.write("copy.ipynb", book)
    tab = LabPage(browser, lab, "copy.ipynb")
    tab.settle()
    area = tab.page.locator(".jp-OutputArea")
    images = area.locator("img").evaluate_all(
        "all => all.map(i => [i.complete && i.naturalWidth > 0, i.alt.length])")
    report.check("untrusted: no script has run", tab.pictures().count() == 0
                 and area.locator(".attn-stage").count() == 0)
    report.check("untrusted: pictures stand", len(images) >= 2 and all(i[0] for i in images),
                 images)
    report.check("untrusted: every picture has alt text", images
                 and all(0 < i[1] <= 300 for i in images), images)
    tables = area.locator("table").count()
    report.check("untrusted: tables stand", tables >= 1, tables)
    note = area.get_by_text("File > Trust Notebook").count()
    report.check("untrusted: it says how to bring the pictures to life", note >= 1)
    empty = area.locator(".jp-OutputArea-output").evaluate_all(
        "all => all.filter(o => o.textContent.trim() === '' && !o.querySelector('img')).length")
    report.check("untrusted: no output is empty", empty == 0, empty)
    report.shoot(tab.page, "untrusted")
    tab.close()


def exported(report, lab, browser):
    lab.write("empty.ipynb", notebook(["# nothing"]))
    stock = Exported(browser, lab.export("empty.ipynb"))
    book = Exported(browser, lab.export(LESSON))
    count = book.pictures().count()
    report.check("export: pictures come alive from the file, offline", count >= 3, count)
    ours = [u for u in book.foreign if u not in stock.foreign]
    report.check("export: our outputs request nothing", not ours, ours[:2])
    # What the stock page itself misses offline is in stock.faults; the rest is ours.
    faults = [f for f in book.faults if f not in stock.faults]
    report.check("export: our outputs log no error", not faults, faults[:2])
    check_live(report, "export", book.page,
               lambda kind: book.page.locator(f".attn-{kind}[data-ready='']").first)
    report.shoot(book.page, "export")
    stock.close()
    book.close()


def broke_out(page, dialogs, area):
    """What of the sentences became part of the page; [] if nothing did."""
    found = [f"dialog {text!r}" for text in dialogs]
    if page.evaluate("window.__attn_pwned !== undefined"):
        found.append("a script of a sentence ran")
    found += page.evaluate(
        """([area, strangers]) => [...document.querySelectorAll(area)].flatMap(
             a => [...a.querySelectorAll(strangers)].map(e => e.outerHTML.slice(0, 120)))""",
        [area, injections.STRANGERS])
    extra = page.evaluate(
        """area => [...document.querySelectorAll(area + ' .attn')].flatMap(root =>
             [...root.querySelectorAll('script, style')].filter(s => s.parentNode !== root)
               .map(s => s.outerHTML.slice(0, 120)))""", area)
    return found + extra


def injected(report, lab, browser):
    lab.write("inject.ipynb", notebook(injections.cells()))
    tab = LabPage(browser, lab, "inject.ipynb")
    for k in range(len(injections.SENTENCES)):
        cell = tab.code_cells().nth(k)
        tab.page.evaluate("""async k => { const nb = attnTest.panel().content;
            nb.activeCellIndex = k; nb.deselectAll();
            nb.widgets[k].node.dataset.attnCell = k;
            await window.jupyterapp.commands.execute('notebook:run-cell'); }""", k)
        tab.page.evaluate("attnTest.idle(60000)")
        tab.settle()
        found = broke_out(tab.page, tab.dialogs, f"[data-attn-cell='{k}'] .jp-OutputArea")
        shown = tab.pictures(cell).count()
        errors = tab.page.evaluate("attnTest.errors()")
        report.check(f"injection {k:2} in Lab: {injections.SENTENCES[k][:40]!r}",
                     not found and (shown >= 1 or errors), found[:2] or f"{shown} pictures")
    hovered = tab.pictures()
    for k in range(0, hovered.count(), 7):
        hover(tab.page, hovered.nth(k))
    found = broke_out(tab.page, tab.dialogs, ".jp-OutputArea")
    report.check("injections in Lab: nothing after hovering either", not found, found[:2])
    tab.save()
    tab.close()
    page = Exported(browser, lab.export("inject.ipynb"))
    found = broke_out(page.page, page.dialogs, ".jp-OutputArea")
    report.check("injections in the export", not found and page.pictures().count() > 0,
                 found[:2])
    page.close()


def pages(report, build):
    """Every view of the gallery as a page of its own, without a notebook."""
    for script, *words in (["golden/gallery.py", "--build", build],
                           ["browser/page/check.py", f"{build}/gallery"]):
        done = subprocess.run([sys.executable, ROOT / "tests" / script, *words],
                              capture_output=True, text=True, timeout=300, check=False)
        report.check(script, done.returncode == 0, done.stdout[-2000:] + done.stderr)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build")
    parser.add_argument("--keep")
    parser.add_argument("--only", default="", help="parts whose name holds this word")
    args = parser.parse_args()
    if args.keep:
        Path(args.keep).mkdir(parents=True, exist_ok=True)
    report = Report(args.keep)
    with sync_playwright() as playwright, Lab(args.build) as lab:
        browser = chromium(playwright)
        for part in (in_lab, untrusted, exported, injected, snapshots, controls, ribbons,
                     kernel_life, saved):
            if args.only not in part.__name__:
                continue
            try:
                part(report, lab, browser)
            except Exception as problem:  # one part's end is not the others'
                traceback.print_exc()
                report.check(f"{part.__name__} came to its end", False,
                             str(problem).splitlines()[0][:200])
        browser.close()
    if args.only in "pages":
        pages(report, args.build)
    print(f"{report.passed} passed, {report.failed} failed")
    sys.exit(1 if report.failed else 0)


if __name__ == "__main__":
    main()
