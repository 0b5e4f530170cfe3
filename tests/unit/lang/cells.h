/* cells.h - a session for tests that run cells and read what is printed. Include it
 * after cmocka.h. */
#ifndef TESTS_UNIT_LANG_CELLS_H
#define TESTS_UNIT_LANG_CELLS_H

#include <stdlib.h>
#include <string.h>

#include "attn/lang/session.h"

static struct session *session;

static inline int open_session(void **state)
{
    (void)state;
    session = session_new();
    return 0;
}

static inline int close_session(void **state)
{
    (void)state;
    session_free(session);
    return 0;
}

static inline bool keep(void *context, const struct output *output, struct err *err)
{
    struct buf *text = context;
    (void)err;
    if (output->kind == OUTPUT_JSON)
        buf_text(text, output->json);
    else if (output->text)
        buf_add(text, output->text, output->length);
    else if (output->view)
        view_text(output->view, text);
    return true;
}

static inline bool run(const char *cell, struct buf *text, struct err *err)
{
    buf_init(text, 1 << 20);
    *err = (struct err){0};
    struct run how = {.sink = {.context = text, .put = keep}};
    return session_run(session, cell, strlen(cell), &how, err);
}

/* What the cell prints; free() it. */
static inline char *text_of(const char *cell)
{
    struct buf text;
    struct err err;
    if (!run(cell, &text, &err))
        fail_msg("%s: %s", cell, err.text);
    return text.at;
}

static inline void says(const char *cell, const char *part)
{
    char *text = text_of(cell);
    if (!strstr(text, part))
        fail_msg("%s does not say \"%s\" but:\n%s", cell, part, text);
    free(text);
}

static inline void refuses(const char *cell, enum err_code code, const char *part)
{
    struct buf text;
    struct err err;
    if (run(cell, &text, &err))
        fail_msg("%s ran", cell);
    buf_free(&text);
    if (err.code != code || (!strstr(err.text, part) && !strstr(err.hint, part)))
        fail_msg("%s: %s %s", cell, err.text, err.hint);
}

/* The bytes of the html of the last view. */
static inline bool measure(void *context, const struct output *output, struct err *err)
{
    size_t *bytes = context;
    struct buf html;
    buf_init(&html, 4 << 20);
    if (output->view && !view_html(output->view, &html, err))
        return false;
    *bytes = html.length;
    buf_free(&html);
    return true;
}

/* What the cell shows is html of at most so many bytes, and more than none. */
static inline void weighs_at_most(const char *cell, size_t most)
{
    size_t bytes = 0;
    struct err err = {0};
    struct run how = {.sink = {.context = &bytes, .put = measure}};
    assert_true(session_run(session, cell, strlen(cell), &how, &err));
    if (bytes == 0 || bytes > most)
        fail_msg("%.40s… weighs %zu bytes, more than %zu", cell, bytes, most);
}

#endif
