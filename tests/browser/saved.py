"""Files that `save` wrote, opened from where they lie."""
import subprocess
import tempfile
from pathlib import Path

LINES = ("look it", 'save "it.html"', 'save "it.svg"', "flow", 'save "flow.svg"')


def opened(browser, path, scheme, script=True):
    """A file in a fresh page, and what the page asked for or complained of."""
    context = browser.new_context(color_scheme=scheme, java_script_enabled=script,
                                  viewport={"width": 800, "height": 600})
    page, told = context.new_page(), []
    page.on("request", lambda r: told.append(r.url))
    page.on("console", lambda m: told.append(m.text))
    page.on("pageerror", lambda e: told.append(str(e)))
    page.goto(path.as_uri())
    page.wait_for_timeout(200)
    return page, [what for what in told
                  if what != path.as_uri() and not what.startswith("data:")]


def saved_page(report, browser, path):
    for scheme, paper in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(17, 17, 17)")):
        page, told = opened(browser, path, scheme)
        report.check(f"saved html, {scheme}: no request, no complaint", not told, told)
        report.check(f"saved html, {scheme}: its paper", paper == page.evaluate(
            "getComputedStyle(document.body).backgroundColor"))
        report.shoot(page, f"saved-{scheme}")
        page.context.close()
    page, _ = opened(browser, path, "light")
    report.check("saved html is live", page.locator(".attn[data-ready='']").count() == 1)
    report.check("saved html: title and language", page.title().startswith('"it" looks')
                 and page.locator("html[lang=en]").count() == 1, page.title())
    page.context.close()
    page, told = opened(browser, path, "light", script=False)
    report.check("saved html without script has its picture", not told and page.evaluate(
        "document.querySelector('.attn-picture img').naturalWidth") > 100)
    page.context.close()


def saved(report, lab, browser):
    """A page is whole, light and dark; a picture opens by itself."""
    with tempfile.TemporaryDirectory() as name:
        words = [word for line in LINES for word in ("-c", line)]
        subprocess.run([lab.build / "attn", *words], cwd=name, check=True,
                       capture_output=True)
        saved_page(report, browser, Path(name) / "it.html")
        for picture in ("it.svg", "flow.svg"):
            page, told = opened(browser, Path(name) / picture, "dark")
            report.check(f"saved {picture} opens by itself", not told and page.evaluate(
                "document.documentElement.nodeName + document.querySelectorAll('title').length")
                == "svg1", told)
            page.context.close()
