/* Blocks as html. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "attn/render/html.h"

enum { MOST = 1 << 16 };

static void a_line_to_copy_stands_apart_in_prose(void **state)
{
    (void)state;
    const struct block notes[] = {
        {.kind = BLOCK_NOTE, .text = "One word:  flow it. All:  heatmap"},
        {.kind = BLOCK_NOTE, .text = "More:  help <b>    Tab helps: it does."}};
    struct buf html;
    buf_init(&html, MOST);
    html_blocks(&html, notes, 2);
    assert_non_null(strstr(html.at, "One word: <code>flow it</code>. All: "
                                    "<code>heatmap</code></p>"));
    assert_non_null(
        strstr(html.at, "More: <code>help &lt;b&gt;</code>    Tab helps: it"));
    buf_free(&html);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_to_copy_stands_apart_in_prose),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
