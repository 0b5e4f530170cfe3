#!/usr/bin/env python3
"""Writes notebooks as pages that need neither a kernel nor a network: `make export`.

    export.py OUT NOTEBOOK…    writes OUT/NAME.html for each, and OUT/index.html with links

A notebook is shown as it was saved; nothing is run. A link from one lesson to another leads
to the other's page where OUT holds it.
"""
import html
import re
import sys
from pathlib import Path
from urllib.parse import quote, unquote

HERE = Path(__file__).resolve().parent
LINK = re.compile(r'(<a\b[^<>]*?\bhref=")([^":/?#]+)\.ipynb(#[^"]*)?"')
TITLE = re.compile(r"<title>(.*?)</title>", re.S)
INDEX = "index"


def fail(why, line):
    sys.exit(f"export: {why} Type:\n    {line}")


def exporter():
    try:
        from nbconvert import HTMLExporter
    except ImportError:
        fail("this Python has no nbconvert.", "make setup && make export")
    return HTMLExporter(template_name="attn",
                        extra_template_basedirs=[str(HERE / "templates")])


def read(path):
    """The notebook in a file; ends the program when there is none."""
    import nbformat

    if not path.is_file():
        fail(f"there is no file {path}.", "make export FILE=notebooks/00_start_here.ipynb")
    if path.suffix != ".ipynb":
        fail(f"{path} is no notebook (.ipynb).",
             "make export FILE=notebooks/00_start_here.ipynb")
    if path.stem == INDEX:
        fail(f"the page of links is called {INDEX}.html; give {path.name} another name.",
             f"mv '{path}' '{path.with_name('my-' + path.name)}'")
    try:
        return nbformat.read(path, as_version=4)
    except Exception as problem:  # whatever nbformat finds wrong with it
        return fail(f"{path} cannot be read as a notebook "
                    f"({str(problem).splitlines()[0][:200]}).",
                    "make export FILE=notebooks/00_start_here.ipynb")


def never_run(book):
    code = [cell for cell in book.cells if cell.cell_type == "code" and cell.source.strip()]
    return bool(code) and not any(cell.get("outputs") for cell in code)


def with_links(page, known):
    """The page with links to notebooks turned into links to their pages, where known."""
    def turn(link):
        if unquote(link[2]) not in known:
            return link[0]
        return f'{link[1]}{link[2]}.html{link[3] or ""}"'
    return LINK.sub(turn, page)


def write(path, text):
    """In one step: a page is the old one or the new one, never half of it."""
    new = path.with_suffix(".new")
    new.write_text(text, "utf-8")
    new.replace(path)


def write_index(out):
    """A page of links to every page in `out`; how many there are."""
    items = []
    for page in sorted(out.glob("*.html")):
        if page.stem == INDEX:
            continue
        title = TITLE.search(page.read_text("utf-8"))
        name = title[1] if title else html.escape(page.stem)
        items.append(f'<li><a href="{quote(page.name)}">{name}</a></li>')
    styles, theme = ((HERE / "templates" / "attn" / name).read_text("utf-8")
                     for name in ("page.css", "theme.js"))
    write(out / f"{INDEX}.html", f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>attn: the lessons as pages</title>
<style>
{styles}</style>
<script>
{theme}</script>
</head>
<body>
<script>attnTheme();</script>
<main>
<div class="prose">
<h1>See what a transformer looks at</h1>
<p>Snapshots of lessons of <em>attn</em>. Their pictures answer to your mouse and your arrow
keys. To change the sentences, type <code>make lab</code> in the folder of
<em>attn</em>.</p>
<ul>
{chr(10).join(items)}
</ul>
</div>
</main>
</body>
</html>
""")
    return len(items)


def main():
    if len(sys.argv) < 3:
        fail("there is no notebook to write.", "make export")
    out, paths = Path(sys.argv[1]), [Path(word) for word in sys.argv[2:]]
    convert = exporter()
    books = [(path, read(path)) for path in paths]
    out.mkdir(parents=True, exist_ok=True)
    known = {path.stem for path, _ in books} | {page.stem for page in out.glob("*.html")}
    for path, book in books:
        page, _ = convert.from_notebook_node(
            book, resources={"metadata": {"name": path.stem, "path": str(path.parent)}})
        write(out / f"{path.stem}.html", with_links(page, known - {INDEX}))
        if never_run(book):
            print(f"export: {path} was never run, so its page holds no pictures. Run it in "
                  "`make lab`, save it, and export it again.")
    write_index(out)
    names = f"{paths[0].stem}.html" if len(paths) == 1 else f"{len(paths)} lessons"
    print(f"export: wrote {names} to {out}/; open {out}/{INDEX}.html in any browser, "
          "no network needed.")


if __name__ == "__main__":
    main()
