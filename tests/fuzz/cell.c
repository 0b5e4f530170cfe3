/* Any bytes as a cell: run, explained, completed and inspected at every few places; and
 * whatever it was, the session goes on working. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "attn/base/utf8.h"
#include "attn/lang/session.h"

enum { MOST = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

/* Reads every form, keeps nothing. A cell that prints for ever is cut short. */
static bool discard(void *context, const struct output *output, struct err *err)
{
    size_t *count = context;
    if (++*count > 64)
        return err_set(err, ERR_IO, "enough");
    if (!output->view)
        return true;
    struct buf forms;
    buf_init(&forms, 8 << 20);
    view_text(output->view, &forms);
    must(utf8_valid(forms.at, forms.length));
    buf_clear(&forms);
    struct err why = {0};
    if (!view_html(output->view, &forms, &why))
        must(why.code == ERR_TOO_LARGE);
    buf_free(&forms);
    return true;
}

/* `wait` would only slow the search down. */
static bool waits(const char *code, size_t size)
{
    for (size_t i = 0; i + 4 <= size; i++)
        if ((code[i] | 32) == 'w' && (code[i + 1] | 32) == 'a' &&
            (code[i + 2] | 32) == 'i' && (code[i + 3] | 32) == 't')
            return true;
    return false;
}

static void ask(const struct session *session, const char *code, size_t size)
{
    struct assist *assist = session_assist(session);
    struct arena arena = {0};
    for (size_t at = 0; at <= size; at += 1 + size / 8) {
        struct completions found = assist_complete(assist, code, size, at, &arena);
        must(found.start <= found.end);
        (void)assist_inspect(assist, code, size, at, 1, &arena);
    }
    (void)session_is_complete(code, size);
    arena_free(&arena);
    assist_free(assist);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *code = (const char *)data;
    if (size > MOST || waits(code, size))
        return 0;
    struct session *session = session_new();
    struct arena arena = {0};
    struct err err = {0};
    size_t count = 0;
    struct run run = {.sink = {.context = &count, .put = discard}, .want_json = true};
    if (!session_run(session, code, size, &run, &err)) {
        must(err.code != ERR_NONE && err.code != ERR_BUG && err.text[0]);
        must(!err.has_span || (err.start <= err.end && err.end <= size));
        const char *told = session_explain(code, size, &err, &arena);
        must(utf8_valid(told, strlen(told)));
    }
    ask(session, code, size);
    err = (struct err){0};
    count = 0;
    must(session_run(session, "set layer", 9, &run, &err));
    arena_free(&arena);
    session_free(session);
    return 0;
}
