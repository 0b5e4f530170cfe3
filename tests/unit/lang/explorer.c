/* explore: what its controls are, and what is drawn when they are moved. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "attn/lang/session.h"

enum { MOST = 1 << 20 };

struct seen {
    struct buf text;
    struct explorer *explorer;
    size_t outputs, pictures;
    bool refuse;
};

static bool keep(void *context, const struct output *output, struct err *err)
{
    struct seen *seen = context;
    if (seen->refuse)
        return err_set(err, ERR_IO, "no room");
    seen->outputs++;
    buf_clear(&seen->text);
    if (output->kind == OUTPUT_VALUE) {
        buf_add(&seen->text, output->text, output->length);
    } else {
        seen->pictures += output->view->scene != NULL;
        view_text(output->view, &seen->text);
    }
    if (output->explorer) {
        explorer_drop(seen->explorer);
        seen->explorer = explorer_keep(output->explorer);
        buf_text(&seen->text, output->text ? output->text : "");
    }
    return true;
}

static void run(struct session *session, const char *cell, struct seen *seen)
{
    struct err err = {0};
    const struct run how = {.sink = {seen, keep}};
    if (!seen->text.most)
        buf_init(&seen->text, MOST);
    if (!session_run(session, cell, strlen(cell), &how, &err))
        fail_msg("%s: %s", cell, err.text);
}

/* What a drawing with those values says. */
static void draws(struct seen *seen, const int values[EXPLORER_CONTROLS],
                  const char *said)
{
    struct err err = {0};
    const struct run how = {.sink = {seen, keep}};
    size_t before = seen->outputs;
    assert_true(explorer_draw(seen->explorer, values, NULL, &how, &err));
    assert_int_equal(seen->outputs, before + 1);
    if (!strstr(seen->text.at, said))
        fail_msg("no \"%s\" in:\n%s", said, seen->text.at);
}

static void end(struct session *session, struct seen *seen)
{
    explorer_drop(seen->explorer);
    buf_free(&seen->text);
    session_free(session);
}

static void controls_are_of_model_and_sentence(void **state)
{
    struct session *session = session_new();
    struct seen seen = {0};
    size_t n;
    (void)state;
    run(session, "explore", &seen);
    assert_int_equal(seen.pictures, 1);
    const struct control *controls = explorer_controls(seen.explorer, &n);
    assert_int_equal(n, EXPLORER_CONTROLS);
    assert_string_equal(controls[0].name, "layer");
    assert_int_equal(controls[0].kind, CONTROL_SLIDER);
    assert_int_equal(controls[0].most, 3);
    assert_int_equal(controls[0].value, 3);
    assert_string_equal(controls[1].name, "head");
    assert_int_equal(controls[1].most, 5);
    assert_string_equal(controls[2].name, "word");
    assert_int_equal(controls[2].most, 11);
    assert_string_equal(controls[2].choices[0], "every word");
    assert_string_equal(controls[2].choices[controls[2].value], "it");
    assert_string_equal(controls[3].name, "measure");
    assert_string_equal(controls[3].choices[controls[3].value], "weight");
    run(session, "set measure norm\nexplore animal L1-H0", &seen);
    controls = explorer_controls(seen.explorer, &n);
    assert_int_equal(controls[0].value, 1);
    assert_int_equal(controls[1].value, 0);
    assert_string_equal(controls[2].choices[controls[2].value], "animal");
    assert_string_equal(controls[3].choices[controls[3].value], "norm");
    end(session, &seen);
}

static void every_place_has_a_line_that_draws_the_same(void **state)
{
    struct session *session = session_new();
    struct seen moved = {0}, typed = {0};
    (void)state;
    run(session, "sentence \"The dog saw the dog and it ran\"", &moved);
    run(session, "explore it", &moved);
    for (int word = 0; word <= 8; word++) {
        for (int measure = 0; measure < 4; measure++) {
            struct arena arena = {0};
            const int values[] = {word % 4, word % 6, word, measure};
            const char *line = explorer_line(moved.explorer, values, &arena);
            struct err err = {0};
            const struct run how = {.sink = {&typed, keep}};
            draws(&moved, values, "");
            if (!typed.text.most)
                buf_init(&typed.text, MOST);
            if (session_run(session, line, strlen(line), &how, &err))
                assert_string_equal(moved.text.at, typed.text.at);
            else
                assert_non_null(strstr(moved.text.at, "copy nothing"));
            arena_free(&arena);
        }
    }
    buf_free(&typed.text);
    end(session, &moved);
}

static void the_session_goes_its_own_way(void **state)
{
    struct session *session = session_new();
    struct seen seen = {0};
    const int values[] = {0, 1, 2, 2}, most[] = {99, 99, 99, 99},
              least[] = {-9, -9, -9, -9};
    (void)state;
    run(session, "explore temperature 0.5", &seen);
    run(session, "sentence \"I love pizza\"", &seen);
    draws(&seen, values, "temperature 0.5");
    draws(&seen, values, "\"animal\"");
    draws(&seen, most, "\"tired\"");
    draws(&seen, least, "L0-H0");
    run(session, "set layer", &seen);
    assert_string_equal(seen.text.at, "layer auto");
    struct explorer *kept = seen.explorer;
    seen.explorer = NULL;
    end(session, &seen);
    seen = (struct seen){.explorer = kept}; /* it outlives its session */
    buf_init(&seen.text, MOST);
    draws(&seen, values, "\"animal\"");
    explorer_drop(kept);
    buf_free(&seen.text);
}

/* ---- out of date */

static void run_at(struct session *session, const char *place, const char *cell,
                   struct seen *seen)
{
    struct err err = {0};
    const struct run how = {.sink = {seen, keep}, .place = place};
    if (!seen->text.most)
        buf_init(&seen->text, MOST);
    if (!session_run(session, cell, strlen(cell), &how, &err))
        fail_msg("%s: %s", cell, err.text);
}

/* What the picture of seen is, now that `place` was run again. */
static const char *earlier(const struct session *session, const struct seen *seen,
                           const char *place)
{
    struct assist *now = session_assist(session);
    const char *ribbon = explorer_earlier(seen->explorer, now, place);
    assist_free(now);
    return ribbon;
}

static void a_picture_knows_when_it_is_of_an_earlier_state(void **state)
{
    struct session *session = session_new();
    struct seen seen = {0}, other = {0};
    (void)state;
    run_at(session, "a", "sentence \"The cat sat\"\nset measure norm", &other);
    run_at(session, "b", "look cat layer 0", &seen);
    assert_non_null(seen.explorer);
    assert_null(earlier(session, &seen, "a"));
    run_at(session, "b", "set layer 2", &other);
    assert_null(earlier(session, &seen, "b")); /* its line says which layer */
    run_at(session, "c", "set measure weight", &other);
    assert_null(earlier(session, &seen, "c")); /* was not its place to say */
    assert_null(earlier(session, &seen, "a"));
    run_at(session, "a", "set measure rollout", &other);
    assert_string_equal(earlier(session, &seen, "a"), "of earlier settings: run again");
    run_at(session, "a", "set measure norm\nsentence \"The dog sat\"", &other);
    assert_string_equal(earlier(session, &seen, "a"),
                        "of an earlier sentence: run again");
    assert_null(earlier(session, &seen, "c"));
    assert_null(earlier(session, &seen, NULL));
    run_at(session, "a", "set reset", &other);
    assert_non_null(earlier(session, &seen, "a"));
    explorer_drop(other.explorer);
    buf_free(&other.text);
    end(session, &seen);
}

static void it_is_drawn_with_its_ribbon(void **state)
{
    struct session *session = session_new();
    struct seen seen = {0};
    struct err err = {0};
    (void)state;
    run(session, "look it", &seen);
    assert_null(seen.explorer); /* nobody said where */
    run_at(session, "a", "look animal", &seen);
    run_at(session, "b", "sentence \"I love pizza\"", &seen);
    run_at(session, "c", "look pizza", &seen);
    const struct run how = {.sink = {&seen, keep}};
    assert_true(explorer_draw(seen.explorer, NULL, "old", &how, &err));
    assert_memory_equal(seen.text.at, "old\n\"pizza\"", 11);
    end(session, &seen);
}

static void a_drawing_can_be_stopped_and_refused(void **state)
{
    struct session *session = session_new();
    struct seen seen = {0};
    const int values[] = {0, 1, 2, 0};
    atomic_bool stop;
    struct err err = {0};
    (void)state;
    atomic_init(&stop, true);
    run(session, "explore", &seen);
    const struct run stopped = {.sink = {&seen, keep}, .stop = &stop};
    assert_false(explorer_draw(seen.explorer, values, NULL, &stopped, &err));
    assert_int_equal(err.code, ERR_INTERRUPTED);
    const struct run refused = {.sink = {&seen, keep}};
    err = (struct err){0};
    seen.refuse = true;
    assert_false(explorer_draw(seen.explorer, values, NULL, &refused, &err));
    assert_int_equal(err.code, ERR_IO);
    seen.refuse = false;
    draws(&seen, values, "\"animal\"");
    end(session, &seen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(controls_are_of_model_and_sentence),
        cmocka_unit_test(every_place_has_a_line_that_draws_the_same),
        cmocka_unit_test(the_session_goes_its_own_way),
        cmocka_unit_test(a_picture_knows_when_it_is_of_an_earlier_state),
        cmocka_unit_test(it_is_drawn_with_its_ribbon),
        cmocka_unit_test(a_drawing_can_be_stopped_and_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
