/* What a page carries: the html of each view stays under its ceiling, at 12, 64 and 512
 * words, and the script and style that go along under theirs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "attn/render/web_assets.h"
#include "tests/unit/lang/cells.h"

#define FOUR     "the cat and her "
#define SIXTEEN  FOUR FOUR FOUR FOUR
#define WORDS64  SIXTEEN SIXTEEN SIXTEEN SIXTEEN
#define WORDS512 WORDS64 WORDS64 WORDS64 WORDS64 WORDS64 WORDS64 WORDS64 WORDS64

static const char twelve[] =
    "sentence The old animal didn't cross the street because it was too tired";

static void twelve_words(void **state)
{
    (void)state;
    free(text_of(twelve));
    weighs_at_most("look it", 60000);
    weighs_at_most("heatmap", 68000); /* 60,000 is wanted; its table is 12,000 of it */
    weighs_at_most("why it", 68000);
    weighs_at_most("flow", 64000);
    weighs_at_most("steps it", 64000);
}

static void sixty_four_words(void **state)
{
    (void)state;
    free(text_of("sentence " WORDS64));
    weighs_at_most("heatmap layer 0 head 0", 120000);
    weighs_at_most("heatmap", 120000);
    weighs_at_most("look", 120000);
    weighs_at_most("flow", 120000);
    weighs_at_most("heads", 300000);
    free(text_of("model lesson144"));
    weighs_at_most("heads", 900000);
    weighs_at_most("heatmap", 1800000);
    weighs_at_most("heatmap mask causal", 1200000);
    free(text_of("set reset"));
}

static void as_many_words_as_there_may_be(void **state)
{
    (void)state;
    free(text_of("sentence " WORDS512));
    weighs_at_most("heatmap layer 0 head 0", 1100000);
    weighs_at_most("look", 1100000);
    free(text_of("set reset"));
}

static void script_and_style(void **state)
{
    (void)state;
    size_t bytes = strlen(web_assets_attn_js()) + strlen(web_assets_attn_css());
    if (bytes > 40000)
        fail_msg("script and style are %zu bytes", bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twelve_words),
        cmocka_unit_test(sixty_four_words),
        cmocka_unit_test(as_many_words_as_there_may_be),
        cmocka_unit_test(script_and_style),
    };
    return cmocka_run_group_tests(tests, open_session, close_session);
}
