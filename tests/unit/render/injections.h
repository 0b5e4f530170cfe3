/* injections.h - texts that try to become markup, wherever a text may stand. */
#ifndef TESTS_UNIT_RENDER_INJECTIONS_H
#define TESTS_UNIT_RENDER_INJECTIONS_H

static const char *const injections[] = {
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "\" style=\"position:fixed",
    "<!-- ",
    "]]>",
    "&lt;b&gt;&amp;",
    "</style><b>",
    "</text></svg><b>",
    "</td></table><b>",
    "</title></textarea><b>",
    "javascript:alert(1)",
    "\xFF\xFE<b>",
    "\300\274b>",
    "a\x01\x02\x1B[31m",
    "\u202Egpj.exe",
    "{{7*7}} ${7*7} `x`",
    "\\\"\\u003cb>",
};

#endif
