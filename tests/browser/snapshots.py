"""Exported pages: what `make export` and the template attn write, opened from their files
with no network; what they become on paper; and our outputs in nbconvert's own templates."""
import os
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import injections
from labpage import Exported
from labserver import CHROMIUM_PATHS, ROOT, notebook
from pictures import check_live, click_word, painted

MOST_BYTES, MOST_MS = 1_500_000, 1000
STATE = """() => [...document.querySelectorAll('.attn-picture')].map(holder => {
    const box = holder.getBoundingClientRect(), images = [...holder.querySelectorAll('img')];
    return {live: holder.closest('.attn').dataset.ready === '' && images.length === 0,
            seen: box.width > 60 && box.height > 20,
            whole: images.every(i => i.complete && i.naturalWidth > 0)}; })"""
# For each picture the colours of its weights, in SVG and on canvases; none where it has none.
COLOURS = r"""() => [...document.querySelectorAll('.attn-stage')].map(stage => {
    const found = new Map();
    const count = (c) => { if (Math.max(...c) - Math.min(...c) > 40)
        found.set(c.join(), (found.get(c.join()) || 0) + 1); };
    for (const rect of stage.querySelectorAll('rect, path')) {
        const rgb = (rect.getAttribute('fill') || '').match(/^rgb\((\d+),(\d+),(\d+)\)$/);
        if (rgb) count(rgb.slice(1).map(Number));
    }
    for (const canvas of stage.querySelectorAll('canvas')) {
        const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        for (let k = 0; k < data.length; k += 4 * 7)
            if (data[k + 3] === 255) count([...data.slice(k, k + 3)]);
    }
    return [...found].sort((a, b) => b[1] - a[1]).slice(0, 5)
        .map(([c]) => c.split(',').map(Number)); })"""
PIXEL = ("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJ"
         "RU5ErkJggg==")


def markdown(text, k):
    return {"cell_type": "markdown", "id": f"text{k}", "metadata": {}, "source": text}


def output(data, metadata=None):
    return {"output_type": "display_data", "data": data, "metadata": metadata or {}}


def small_notebook():
    """One of each: text with folded answers, pictures, an error, controls, outputs that are
    not ours."""
    book = notebook(['sentence "The animal didn\'t cross the street because it was too tired"\n'
                     'look it   # where does "it" look?', "heatmap", "flow", "heads",
                     "explore", "bogus"])
    book["cells"][-1]["metadata"]["tags"] = ["raises-exception"]
    book["cells"][0:0] = [markdown(
        '# What does "it" <i>mean</i>? *& more*\n\n## One\n\n<details><summary>Answer</summary>'
        "\n\nThe animal.\n\n</details>\n\n## Two\n\n## Three\n\n"
        "[the first lesson](00_start_here.ipynb), [no lesson](nowhere.ipynb)", 0)]
    return book


def foreign_outputs(book):
    """Adds outputs that no kernel of ours sends, after the last of its own."""
    book["cells"][-1]["outputs"] += [
        output({"image/png": PIXEL, "text/plain": "a dot"}, {"alt": 'a "dot"'}),
        {"output_type": "stream", "name": "stderr", "text": "<b>no markup</b>\n"},
        output({"text/plain": "<script>window.__attn_pwned=1</script>"})]


def run(*command, **more):
    return subprocess.run([sys.executable, *map(str, command)], capture_output=True,
                          text=True, timeout=300, check=False, **more)


def execute(lab, name, book):
    lab.write(name, book)
    done = run(ROOT / "tests/lessons/execute.py", "--build", os.environ.get("ATTN_BUILD", "build"),
               "--write", lab.root / name, cwd=ROOT)
    if done.returncode:
        raise RuntimeError(done.stderr[-500:])
    return lab.read(name)


def write_pages(lab, out, *paths):
    return run(ROOT / "kernelspec/export.py", out, *paths, cwd=lab.root)


class Page(Exported):
    """An exported page; `asked`: every request but the one for its file."""

    def __init__(self, browser, path, **context):
        self.context = browser.new_context(viewport={"width": 1200, "height": 1000},
                                           offline=True, **context)
        self.page, self.asked, self.dialogs, self.faults = self.context.new_page(), [], [], []
        self.page.on("console", lambda m: self.faults.append(m.text[:300]))
        self.page.on("pageerror", lambda e: self.faults.append(str(e)[:300]))
        self.page.on("dialog", lambda d: (self.dialogs.append(d.message), d.dismiss()))
        self.page.on("request", lambda r: self.asked.append(r.url[:200])
                     if r.url.split("#")[0] != path.as_uri()
                     and not r.url.startswith("data:") else None)
        self.page.goto(path.as_uri(), wait_until="load")
        self.page.wait_for_timeout(200)

    def first(self, kind):
        return self.page.locator(f".attn-{kind}[data-ready='']").first

    def paint_ms(self):
        return self.page.evaluate("performance.getEntriesByName('first-contentful-paint')"
                                  ".map(e => e.startTime)[0] ?? 1e9")


def check_page(report, where, page, path):
    state = page.page.evaluate(STATE)
    report.check(f"{where}: every picture is alive and seen", state
                 and all(one["live"] and one["seen"] for one in state), state)
    report.check(f"{where}: nothing is requested", not page.asked, page.asked[:2])
    report.check(f"{where}: the console is silent", not page.faults, page.faults[:2])
    scripts = path.read_text("utf-8").count(".attn:not([data-ready])")
    report.check(f"{where}: the pictures share one script", scripts == 1, scripts)
    size = path.stat().st_size
    report.check(f"{where}: at most {MOST_BYTES} bytes", size <= MOST_BYTES, size)
    wide = page.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    report.check(f"{where}: the page does not scroll sideways", wide <= 0, wide)
    report.check(f"{where}: a click on a word changes the picture",
                 click_word(page.page, page.first("look"), "because"))


def check_switch(report, page, path, browser):
    """From the system's theme to the other, kept for the next page."""
    ground = "getComputedStyle(document.body).backgroundColor"
    for kind in ("look", "heatmap", "flow"):
        picture = page.first(kind)
        before, paper = painted(picture), page.page.evaluate(ground)
        page.page.locator("button.theme").click()
        page.page.wait_for_timeout(100)
        after = page.page.evaluate(ground)
        report.check(f"page: the switch changes the page and its {kind}",
                     painted(picture) != before and after != paper, (paper, after))
    kept = page.page.evaluate(ground)
    page.page.reload()
    report.check("page: the choice is kept", page.page.evaluate(ground) == kept
                 and kept == "rgb(17, 17, 17)", kept)
    dark = Page(browser, path, color_scheme="dark")
    report.check("page: it starts as dark as the reader's system",
                 dark.page.evaluate(ground) == "rgb(17, 17, 17)"
                 and dark.page.evaluate("document.body.dataset.jpThemeLight") == "false")
    report.shoot(dark.page, "page-dark")
    dark.close()


def check_text(report, page):
    text = page.page.locator("body").inner_text()
    report.check("page: it says what it is and how to change a sentence",
                 "Snapshot. Click any word. To change the sentence:" in text
                 and "make lab" in text, text[:200])
    report.check("page: no prompts", not re.search(r"\b(In|Out)\s*\[", text))
    report.check("page: the heading is its title",
                 page.page.title() == 'What does "it" <i>mean</i>? & more', page.page.title())
    links = page.page.locator("nav.contents a").evaluate_all(
        "all => all.map(a => [a.textContent, !!document.getElementById(a.hash.slice(1))])")
    report.check("page: contents lead to the headings",
                 links == [["One", True], ["Two", True], ["Three", True]], links)
    typed = page.page.locator(".typed").first
    marks = typed.locator("span").evaluate_all("all => all.map(s => [s.className, s.textContent])")
    report.check("page: quotes and remarks are told apart", marks == [
        ["quoted", '"The animal didn\'t cross the street because it was too tired"'],
        ["remark", '# where does "it" look?']], marks)
    report.check("page: what was typed stands as it was typed",
                 typed.locator("pre").inner_text() == small_notebook()["cells"][1]["source"])
    hrefs = page.page.locator(".prose a:not(.anchor-link)").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))")
    report.check("page: links lead to pages where there are any",
                 hrefs == ["00_start_here.html", "nowhere.ipynb"], hrefs)
    report.check("page: a picture alone keeps its alt text",
                 page.page.locator('img[alt=\'a "dot"\']').count() == 1)
    report.check("page: text of outputs stays text", "<b>no markup</b>" in text
                 and page.page.evaluate("window.__attn_pwned") is None)
    report.check("page: an error says what to type", "Try:" in text or "Did you mean" in text)


def check_paper(report, page):
    page.page.emulate_media(media="print")
    # Playwright prints without the event; the browser's own printing below sends it.
    page.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.page.wait_for_timeout(200)
    state = page.page.evaluate(STATE)
    report.check("paper: every picture is there", state and all(one["seen"] for one in state))
    report.check("paper: no buttons, no readouts", not any(
        one.is_visible() for one in page.page.locator(
            "button, select, .attn-readout, nav, .clickable").all()))
    report.check("paper: light, whatever the screen", page.page.evaluate(
        "[document.body.dataset.jpThemeLight, getComputedStyle(document.body).backgroundColor]")
        == ["true", "rgb(255, 255, 255)"])
    report.check("paper: folded answers stand at the end", page.page.locator(
        ".printed").inner_text().split("\n\n")[-1].strip() == "The animal.")
    report.shoot(page.page, "page-paper")
    page.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.page.emulate_media(media="screen")
    report.check("paper: afterwards the page is as before",
                 page.page.locator(".printed").count() == 0)


def pdf_colours(data):
    """Every colour that a PDF's pages are filled with, as (red, green, blue) of 0…255."""
    found = set()
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.S):
        try:
            drawn = zlib.decompress(stream)
        except zlib.error:
            continue
        for colour in re.findall(rb"(?<![\d.])([\d.]+) ([\d.]+) ([\d.]+) rg", drawn):
            found.add(tuple(round(255 * float(part)) for part in colour))
    return found


def check_pdf(report, browser, path, folder):
    """What Chromium prints to a file holds the colours of every picture of the page."""
    page = Page(browser, path, color_scheme="light")
    pictures = page.page.evaluate(COLOURS)
    page.close()
    pdf = folder / "page.pdf"
    program = next(p for p in CHROMIUM_PATHS if os.path.exists(p))
    subprocess.run([program, "--headless=new", "--no-sandbox", "--disable-gpu",
                    f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={pdf}",
                    path.as_uri()], capture_output=True, timeout=120, check=False)
    made = pdf.read_bytes() if pdf.exists() else b""
    printed = pdf_colours(made)
    lost = [colours for colours in pictures if not any(tuple(c) in printed for c in colours)]
    coloured = sum(map(bool, pictures))
    report.check("paper: the PDF holds the pictures", made.startswith(b"%PDF")
                 and coloured >= 4 and not [c for c in lost if c], (coloured, lost))


def check_without_scripts(report, browser, path):
    page = Page(browser, path, java_script_enabled=False, color_scheme="dark")
    images = page.page.locator(".attn img")
    # Playwright asks pages without scripts for little: sizes tell.
    sizes = [images.nth(k).bounding_box() for k in range(images.count())]
    report.check("page without scripts: pictures stand", len(sizes) >= 3
                 and all(box and box["height"] > 20 for box in sizes), sizes[:2])
    text = page.page.locator(".banner").inner_text()
    report.check("page without scripts: it promises no clicks", "Click" not in text
                 and not page.page.locator("button.theme").is_visible(), text)
    report.shoot(page.page, "page-noscript")
    page.close()


def lessons(report, lab, browser, out):
    books = sorted((ROOT / "notebooks").glob("*.ipynb"))
    done = write_pages(lab, out, *books)
    report.check("lessons: exported", done.returncode == 0
                 and f"wrote {len(books)} lessons" in done.stdout, done.stdout + done.stderr)
    for book in books:
        path = out / f"{book.stem}.html"
        page = Page(browser, path)
        check_page(report, book.stem, page, path)
        slow = min(page.paint_ms(), *(reopened(browser, path) for _ in range(2)))
        report.check(f"{book.stem}: readable after at most {MOST_MS} ms", slow <= MOST_MS, slow)
        lost = page.page.locator("main a[href$='.html']").evaluate_all(
            "all => all.map(a => a.href)")
        lost = [url for url in lost if not (out / url.rsplit("/", 1)[-1]).exists()]
        report.check(f"{book.stem}: its links to lessons lead somewhere", not lost, lost)
        report.shoot(page.page, f"page-{book.stem}")
        page.close()
    index = Page(browser, out / "index.html")
    listed = index.page.locator("main li a").evaluate_all("all => all.map(a => a.pathname)")
    report.check("lessons: the index links every page", sorted(Path(p).stem for p in listed)
                 == sorted(p.stem for p in out.glob("*.html") if p.stem != "index"), listed)
    report.check("lessons: the index is silent", not index.asked and not index.faults)
    index.close()


def reopened(browser, path):
    page = Page(browser, path)
    ms = page.paint_ms()
    page.close()
    return ms


def refusals(report, lab, out):
    """What cannot be exported says why and what to type."""
    (lab.root / "broken.ipynb").write_text("{", "utf-8")
    (lab.root / "index.ipynb").write_text("{}", "utf-8")
    for name in ("missing.ipynb", "broken.ipynb", "index.ipynb", "lab.log"):
        done = write_pages(lab, out, name)
        report.check(f"refused with a line to type: {name}", done.returncode == 1
                     and "Type:\n    " in done.stderr and "Traceback" not in done.stderr,
                     done.stderr)
    lab.write("fresh.ipynb", notebook(["look"]))
    done = write_pages(lab, out, "fresh.ipynb")
    report.check("a notebook that was never run is named", done.returncode == 0
                 and "never run" in done.stdout, done.stdout)
    (out / "fresh.html").unlink()


def injected(report, lab, browser, out):
    """Sentences that try to break out, typed, in outputs and in errors."""
    book = notebook(injections.cells() + [f"sentence {text}" for text in injections.SENTENCES])
    for cell in book["cells"]:
        cell["metadata"]["tags"] = ["raises-exception"]
    execute(lab, "sentences.ipynb", book)
    write_pages(lab, out, "sentences.ipynb")
    page = Page(browser, out / "sentences.html")
    strangers = page.page.locator(f"main :is({injections.STRANGERS})").evaluate_all(
        "all => all.map(e => e.outerHTML.slice(0, 120))")
    report.check("page: no sentence becomes part of it", not strangers and not page.dialogs
                 and page.page.evaluate("window.__attn_pwned") is None
                 and not page.asked, strangers[:2])
    page.close()


def nbconvert(lab, *words):
    return run("-m", "nbconvert", *words, cwd=lab.root, env=lab.env)


def stock(report, lab, browser):
    """Our outputs in nbconvert's own templates, and ours as the lab's menu asks for it."""
    sys.path.insert(0, str(ROOT / "kernelspec"))
    from lab import EXPORTS
    for name, words in (("menu", EXPORTS), ("lab", []), ("classic", ["--template", "classic"])):
        done = nbconvert(lab, "--to", "html", *words, "--output", f"small-{name}", "small.ipynb")
        path = lab.root / f"small-{name}.html"
        if done.returncode:
            report.check(f"template {name}: exported", False, done.stderr[-300:])
            continue
        page = Exported(browser, path)
        state = page.page.evaluate(STATE)
        report.check(f"template {name}: every picture is alive and seen", state
                     and all(one["live"] and one["seen"] for one in state), state)
        report.check(f"template {name}: a click on a word changes the picture", click_word(
            page.page, page.page.locator(".attn-look[data-ready='']").first, "because"))
        if name == "menu":
            report.check("template menu: it is ours", page.page.locator(".typed").count() > 0
                         and not page.foreign and not page.faults)
        report.shoot(page.page, f"template-{name}")
        page.close()


def sanitized(report, lab, browser):
    """Asked to trust no notebook, the template leaves none of its scripts."""
    done = nbconvert(lab, "--to", "html", "--template", "attn", "--sanitize-html",
                     "--output", "small-clean", "small.ipynb")
    page = Exported(browser, lab.root / "small-clean.html")
    report.check("sanitized: no script of an output is left", done.returncode == 0
                 and page.page.locator("main script").count() == 0
                 and page.pictures().count() == 0 and not page.faults, done.stderr[-300:])
    page.close()


def latex(report, lab):
    if not shutil.which("pandoc"):
        print("skip  latex: there is no pandoc (apt-get install pandoc)")
        return
    done = nbconvert(lab, "--to", "latex", "small.ipynb")
    tex = lab.root / "small.tex"
    text = tex.read_text("utf-8") if tex.exists() else ""
    pictures = len(re.findall(r"\\(?:adjustimage|includegraphics)\b.*\.png", text))
    report.check("latex: the .tex names a picture for each", done.returncode == 0
                 and pictures >= 6, f"{pictures} pictures; {done.stderr[-300:]}")


def snapshots(report, lab, browser):
    out = lab.folder / "export"
    lessons(report, lab, browser, out)
    book = execute(lab, "small.ipynb", small_notebook())
    foreign_outputs(book)
    lab.write("small.ipynb", book)
    done = write_pages(lab, out, "small.ipynb")
    report.check("page: exported", done.returncode == 0 and "wrote small.html" in done.stdout,
                 done.stdout + done.stderr)
    path = out / "small.html"
    page = Page(browser, path)
    check_page(report, "page", page, path)
    check_text(report, page)
    page.page.reload()
    check_live(report, "page", page.page, page.first)
    check_switch(report, page, path, browser)
    check_paper(report, page)
    check_pdf(report, browser, path, lab.folder)
    page.close()
    check_without_scripts(report, browser, path)
    narrow = Page(browser, path, has_touch=True)
    narrow.page.set_viewport_size({"width": 360, "height": 700})
    wide = narrow.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    report.check("page: nor on a telephone", wide <= 0, wide)
    narrow.close()
    injected(report, lab, browser, out)
    refusals(report, lab, out)
    stock(report, lab, browser)
    sanitized(report, lab, browser)
    latex(report, lab)
