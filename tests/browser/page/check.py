#!/usr/bin/env python3
"""The page's script on static pages, without a notebook.

    check.py GALLERY    the directory that `make gallery` has filled

Every picture becomes live without a request or a console message; the pointer and the
arrow keys read weights to three decimals; a click chooses a word; a head can be chosen;
without scripts the static form stands. Ends with "N passed, N failed".
"""
import re
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

WEIGHT = re.compile(r"→ \S+ \d\.\d{3} · L\d-H\d ")


def readout(page):
    return page.text_content(".attn-readout")


def finding(page):
    return page.text_content(".attn-finding")


def every_view_is_live(page, gallery):
    for path in sorted(gallery.glob("*-*.html")):
        page.goto(path.as_uri())
        if not page.locator(".attn-picture").count():
            continue  # a table or a text
        assert page.evaluate("document.querySelector('.attn').dataset.ready") == "", path
        assert page.locator(".attn-picture img").count() == 0, path


def a_dense_matrix_has_few_nodes(page, gallery):
    page.goto((gallery / "sixty-four-heatmap.html").as_uri())
    assert page.evaluate("document.querySelectorAll('.attn *').length") <= 300


def the_pointer_reads_weights(page, gallery):
    page.goto((gallery / "animal-heatmap.html").as_uri())
    box = page.locator(".attn-stage canvas").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.3)
    assert WEIGHT.search(readout(page)), readout(page)
    page.mouse.move(1, 1)
    assert not WEIGHT.search(readout(page))


def the_arrow_keys_read_weights(page, gallery):
    page.goto((gallery / "animal-heatmap.html").as_uri())
    at_first = finding(page)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    first = readout(page)
    page.keyboard.press("ArrowRight")
    assert WEIGHT.search(first) and WEIGHT.search(readout(page)) and first != readout(page)
    page.keyboard.press("Enter")
    assert "looks mostly at" in finding(page), finding(page)
    page.keyboard.press("Escape")
    assert finding(page) == at_first


def a_click_chooses_a_word(page, gallery):
    page.goto((gallery / "animal-look.html").as_uri())
    before = finding(page)
    page.locator(".attn-stage svg:last-child text", has_text=re.compile("^street$")).first.evaluate(
        """node => { const box = node.getBoundingClientRect();
            document.querySelector('.attn-stage').dispatchEvent(new MouseEvent('click',
              {clientX: box.x + box.width / 2, clientY: box.y + box.height / 2})); }""")
    assert finding(page) != before and '"street" looks' in finding(page), finding(page)
    # What is said below about the first word is not said about another one.
    notes = page.locator(".attn-first")
    assert notes.count() >= 3 and not any(note.is_visible() for note in notes.all())
    # … but the same is said of the other: its head, how to ask why, all that it gives.
    text = page.locator(".attn").inner_text()
    assert "L0-H0 previous: each token looks at the token just before it" in text, text
    assert "why street layer 0 head 0" in text, text
    assert page.locator(".attn-footer").inner_text().endswith("L0-H0 previous"), text
    drawn = page.locator(".attn-stage svg:last-child text").all_text_contents()
    assert any(t.startswith("the other ") for t in drawn) and drawn.count("0.79") == 2, drawn
    page.locator(".attn-stage").press("Escape")
    assert finding(page) == before and all(note.is_visible() for note in notes.all())


def a_click_on_a_column_shows_its_rows(page, gallery):
    """evolve: in a square, or on the word above it; and back with Escape."""
    page.goto((gallery / "animal-evolve.html").as_uri())
    before = finding(page)
    strip = page.locator(".attn-stage canvas").nth(1).bounding_box()  # the words of layer 0
    column = strip["width"] / 11
    page.mouse.click(strip["x"] + 1.5 * column, strip["y"] + 5)
    assert finding(page).startswith('"animal": layer 0: no word above'), finding(page)
    assert "layer 1: rests 0.82" in finding(page), finding(page)
    shown = page.text_content(".attn-stage")
    assert "rests: nothing to say about this word" in shown and "L1-H3" in shown, shown
    assert not any(note.is_visible() for note in page.locator(".attn-first").all())
    page.mouse.click(strip["x"] + 5.5 * column + 8, strip["y"] - 15)  # its name leans
    assert finding(page).startswith('"street":'), finding(page)
    page.locator(".attn-stage").press("ArrowDown")
    page.locator(".attn-stage").press("ArrowRight")
    assert WEIGHT.search(readout(page)), readout(page)
    page.locator(".attn-stage").press("Escape")
    assert finding(page) == before


def a_word_is_chosen_in_both_sentences(page, gallery):
    """swap shows two; a click on a word of one shows where it looks in both."""
    page.goto((gallery / "animal-swap-tired-wide.html").as_uri())
    before = finding(page)
    chosen = lambda: page.locator(".attn-stage svg:last-child text[text-decoration=underline]")
    assert [t.text_content() for t in chosen().all()] == ["it", "it"]
    for which in (0, 1):
        page.locator(".attn-stage svg:last-child text", has_text=re.compile("^cross$")).nth(which).evaluate(
            """node => { const box = node.getBoundingClientRect();
                document.querySelector('.attn-stage').dispatchEvent(new MouseEvent('click',
                  {clientX: box.x + box.width / 2, clientY: box.y + box.height / 2})); }""")
        assert [t.text_content() for t in chosen().all()] == ["cross", "cross"], which
        assert finding(page).count('"cross"') == 2, finding(page)
        page.locator(".attn-stage").press("Escape")
        assert finding(page) == before


def a_word_lights_up_its_links(page, gallery):
    """In arcs, lines and network: by pointer, kept by a click, by arrow keys."""
    for name in ("flow", "flow-lines-heads-L0-H0-L3-H0", "flow-network"):
        page.goto((gallery / f"animal-{name}.html").as_uri())
        dim = lambda: page.locator(".attn-stage path").evaluate_all(
            "nodes => nodes.filter(node => node.style.opacity).length")
        at_rest = readout(page)
        box = page.locator(".attn-stage text", has_text=re.compile("^(it)+$")).first.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        assert "it looks at animal: 0.910 (L3-H0" in readout(page) and dim() > 0, readout(page)
        page.mouse.move(1, 1)
        assert readout(page) == at_rest and dim() == 0
        page.mouse.click(x, y)
        page.mouse.move(1, 1)
        assert "it looks at animal" in readout(page) and dim() > 0
        page.locator(".attn-stage").press("ArrowLeft")
        assert "it looks at animal" not in readout(page), readout(page)
        page.locator(".attn-stage").press("Escape")
        assert readout(page) == at_rest and dim() == 0


def pointing_at_a_word_colours_the_sentence(page, gallery):
    page.goto((gallery / "animal-sentence.html").as_uri())
    rects = lambda: page.locator(".attn-stage svg:last-child rect").count()
    before = rects()
    box = page.locator(".attn-stage").bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 20)
    assert rects() > before and "looks" in readout(page), readout(page)


def a_head_can_be_chosen(page, gallery):
    page.goto((gallery / "animal-look.html").as_uri())
    layer, head = page.locator(".attn-controls select").all()
    layer.select_option("0")
    assert "L0-H0 previous" in finding(page), finding(page)
    head.select_option(label="2 same word")
    assert "L0-H2 same word" in finding(page), finding(page)
    assert page.locator(".attn-footer").inner_text().endswith("L0-H2 same word")


def a_heatmap_says_nothing_of_another_head(page, gallery):
    """Table, notes and footer are of the first head: they go, and come back with it."""
    page.goto((gallery / "animal-heatmap.html").as_uri())
    text = lambda: page.locator(".attn").inner_text()
    at_first = text()
    assert "Rows come from different heads" in at_first and "own head" in at_first
    page.locator(".attn-controls select").first.select_option("3")
    assert "Rows come from" not in text() and "The same numbers" not in text(), text()
    assert text().endswith("L3-H0 pronoun→antecedent"), text()
    page.locator(".attn-controls select").first.select_option("first")
    assert page.locator(".attn-footer").inner_text().endswith("each row from its own head")
    assert "Rows come from different heads" in text() and "The same numbers" in text()


def a_small_matrix_can_be_seen_large(page, gallery):
    """By click and by keyboard; its name stands over the large one."""
    page.goto((gallery / "animal-heads.html").as_uri())
    overview, named = finding(page), page.locator(".attn-stage text")
    box = page.locator(".attn-stage canvas").nth(12).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert "L2-H0 verb→subject" in readout(page), readout(page)
    page.mouse.down()
    page.mouse.up()
    assert named.filter(has_text=re.compile("^L2-H0 verb→subject: ")).count() == 1
    page.mouse.move(1, 1)
    page.locator(".attn-stage").focus()
    for key in ("ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    chosen = re.match(r"L\d-H\d [^:]+", readout(page))[0]
    assert named.filter(has_text=re.compile(f"^{re.escape(chosen)}: ")).count() == 1
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    assert WEIGHT.search(readout(page)) and chosen in readout(page), readout(page)
    assert finding(page) == overview


def keys_stay_in_the_output(page, gallery):
    page.goto((gallery / "animal-heatmap.html").as_uri())
    page.evaluate("window.heard = 0; document.body.addEventListener('keydown', () => heard++)")
    page.locator(".attn-stage").focus()
    page.keyboard.press("b")
    assert page.evaluate("heard") == 0


def pictures_follow_the_theme(page, gallery):
    page.goto((gallery / "animal-look.html").as_uri())
    fills = "[...document.querySelectorAll('.attn-stage rect')].map(r => r.getAttribute('fill')).join()"
    before = page.evaluate(fills)
    page.evaluate("document.body.style.color = '#eee'; document.body.dataset.jpThemeLight = 'false'")
    page.wait_for_timeout(50)
    assert page.evaluate(fills) != before


def outputs_share_one_style(page, gallery):
    page.goto((gallery / "animal-heatmap.html").as_uri())
    page.evaluate("""() => {
        const root = document.querySelector('.attn'), again = root.cloneNode(true);
        again.removeAttribute('data-ready');
        root.after(again);
        const script = document.createElement('script');
        script.textContent = root.querySelector('script:not([type])').textContent;
        document.body.append(script);
    }""")
    assert page.locator(".attn[data-ready='']").count() == 2
    assert page.locator("style.attn-style").count() == 1


def a_notebook_names_its_theme(page, gallery):
    page.goto((gallery / "animal-look.html").as_uri())
    fills = "[...document.querySelectorAll('.attn-stage rect')].map(r => r.getAttribute('fill')).join()"
    before = page.evaluate(fills)
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    page.wait_for_timeout(50)
    assert page.evaluate(fills) != before


CHECKS = [every_view_is_live, a_dense_matrix_has_few_nodes, the_pointer_reads_weights,
          the_arrow_keys_read_weights, a_click_chooses_a_word,
          a_click_on_a_column_shows_its_rows, a_word_is_chosen_in_both_sentences,
          a_word_lights_up_its_links,
          pointing_at_a_word_colours_the_sentence, a_head_can_be_chosen,
          a_heatmap_says_nothing_of_another_head, a_small_matrix_can_be_seen_large,
          keys_stay_in_the_output, pictures_follow_the_theme,
          outputs_share_one_style, a_notebook_names_its_theme]


def without_scripts(browser, gallery):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((gallery / "animal-look.html").as_uri())
    image = page.locator(".attn-picture img")
    assert image.get_attribute("alt") and image.bounding_box()["height"] > 100
    assert "Static copy." in readout(page)
    page.goto((gallery / "animal-heatmap.html").as_uri())
    assert page.locator(".attn-picture td").count() >= 132


def main():
    gallery, failed = Path(sys.argv[1]).resolve(), 0
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium",
                                       args=["--no-sandbox"])
        for check in CHECKS:
            page, noise = browser.new_page(), []
            page.on("console", lambda message: noise.append(message.text))
            page.on("pageerror", lambda error: noise.append(str(error)))
            page.on("request", lambda request: request.url.startswith(("file:", "data:"))
                    or noise.append(request.url))
            try:
                check(page, gallery)
                assert not noise, noise
            except Exception as error:  # one failure must not hide the others
                failed += 1
                print(f"FAILED {check.__name__}: {error}")
            page.close()
        try:
            without_scripts(browser, gallery)
        except Exception as error:
            failed += 1
            print(f"FAILED without_scripts: {error}")
        browser.close()
    print(f"{len(CHECKS) + 1 - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
