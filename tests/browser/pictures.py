"""What one can do with a picture, in JupyterLab and in an export alike."""
import re

WEIGHT = re.compile(r"\b[01]?\.\d{3}\b")


def hover(page, picture):
    """Moves over the picture until it reads out a weight; what it said, or ""."""
    stage = picture.locator(".attn-stage")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    readout = picture.locator(".attn-readout")
    if not readout.count():  # a picture without weights has none to read out
        return ""
    for down in (0.55, 0.4, 0.7, 0.85, 0.25, 0.95):
        for along in (0.5, 0.35, 0.65, 0.8, 0.2):
            page.mouse.move(box["x"] + along * box["width"], box["y"] + down * box["height"])
            page.wait_for_timeout(20)
            if WEIGHT.search(readout.inner_text()):
                return readout.inner_text()
    return ""


def painted(picture):
    """What the picture shows, as text: its marks and its sentence."""
    return picture.evaluate("""p => p.querySelector('.attn-stage').innerHTML
        + [...p.querySelectorAll('canvas')].map(c => c.toDataURL()).join()
        + (p.querySelector('.attn-finding')?.textContent || '')""")


def click_word(page, picture, word):
    """Clicks a word of the sentence drawn in the picture; true when the picture changed.
    (The word may stand in a list of the picture too, under its sentence: drawn first.)"""
    before = painted(picture)
    text = picture.locator(".attn-stage text", has_text=re.compile(f"^{re.escape(word)}$")).last
    text.scroll_into_view_if_needed()
    page.wait_for_timeout(300)  # cells that come into view may still push others down
    box = text.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(100)
    page.mouse.move(2, 2)
    page.wait_for_timeout(50)
    return painted(picture) != before


def switch_head(page, picture):
    """Chooses another head; true when the picture changed and says which head it is."""
    before = painted(picture)
    layer = picture.locator(".attn-controls select").nth(0)
    head = picture.locator(".attn-controls select").nth(1)
    layer.select_option("0")
    head.select_option(index=0)
    page.wait_for_timeout(100)
    first = painted(picture)
    head.select_option(index=1)
    page.wait_for_timeout(100)
    return first != before and painted(picture) != first


def by_keyboard(page, picture):
    """Arrow keys move a cursor over the picture and are read out; Lab's keys rest."""
    cells = page.locator(".jp-Cell").count()
    stage = picture.locator(".attn-stage")
    stage.focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "b"):
        page.keyboard.press(key)
    page.wait_for_timeout(50)
    said = picture.locator(".attn-readout").inner_text()
    return bool(WEIGHT.search(said)) and page.locator(".jp-Cell").count() == cells


def check_live(report, where, page, find):
    """find(kind): the first live picture of that kind."""
    heat, look = find("heatmap"), find("look")
    said = hover(page, heat)
    report.check(f"{where}: hovering a cell reads out its weight", said, "no number read out")
    report.check(f"{where}: a click on a word changes the picture",
                 click_word(page, look, "because"))
    report.check(f"{where}: another head changes the picture", switch_head(page, heat))
    report.check(f"{where}: arrow keys read weights out", by_keyboard(page, heat))
