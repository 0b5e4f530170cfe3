"""Sentences that try to become part of the page. None may."""

MARK = "window.__attn_pwned=1"

SENTENCES = [
    f"<script>{MARK}</script>",
    f"</script><script>{MARK}</script>",
    f"<img src=x onerror={MARK}>",
    f"\"><img src=x onerror='{MARK}'>",
    f"'><svg/onload={MARK}>",
    f"<iframe srcdoc='<script>parent.{MARK[7:]}</script>'></iframe>",
    f"<a href=javascript:{MARK}>click</a>",
    f"<details open ontoggle={MARK}>x</details>",
    f"<!--<script>{MARK}",
    f"<style>@import 'x'; *{{background:url(javascript:{MARK})}}</style>",
    "<b id=pwn>bold</b> <table><tr><td>pwn",
    "<base href=//example.invalid/><link rel=stylesheet href=//example.invalid/x.css>",
    f"<math><mtext></mtext><mglyph><style><img src=x onerror={MARK}>",
    f"&lt;script&gt;{MARK}&lt;/script&gt; &#60;script&#62;",
    f"]]><script>{MARK}</script>",
    f"`;{MARK};` ${{{MARK}}} '+{MARK}+' \\u003cscript\\u003e",
    "\\\"};" + MARK + ";//",
    f"javascript:{MARK}",
    f"![x](javascript:{MARK}) [x](javascript:{MARK}) <u>under</u>",
    "It costs $5 and then $6 \\(x^2\\) $$y$$",
    f"a\u2028{MARK}\u2029b \u202e<tpircs> \u0007 \ufeff <\u0000script>",
    f"<template><script>{MARK}</script></template><noscript><p title=\"</noscript>"
    f"<img src=x onerror={MARK}>\">",
]

# Elements that only a sentence could have brought.
STRANGERS = ("#pwn, img[src='x'], iframe, base, link, object, embed, math, template, noscript, "
             "[onerror], [onload], [ontoggle], [onclick], a[href^='javascript'], "
             "mjx-container, .MathJax")


def quoted(text):
    """`text` between quotes of the command language."""
    out = []
    for char in text:
        if char in '"\\':
            out.append("\\" + char)
        elif ord(char) < 32 or ord(char) in (0x2028, 0x2029, 0xFEFF):
            out.append(f"\\u{{{ord(char):X}}}")
        else:
            out.append(char)
    return '"' + "".join(out) + '"'


def cells():
    return [f"sentence {quoted(text)}\nlook\nheatmap\nflow" for text in SENTENCES]
