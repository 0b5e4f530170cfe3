/* page.c - the language for a page: what `make wasm` compiles to WebAssembly, so that
 * an exported notebook can answer without a kernel.
 *
 * The page opens a session, writes a cell's text where page_room() says, calls
 * page_run(), and reads the answer, JSON in UTF-8, at page_answer(): what the cell
 * gave, in order, and what went wrong.
 *   {"outputs":[{"command":"look","clear":false,"text":"…","html":"…","json":{…}},…],
 *    "error":{"name":"NoSuchWord","message":"…"} or null}
 * Nothing here asks the system for anything. Depends on lang/session.
 */
#include <stdlib.h>
#include <string.h>

#include "attn/base/json_out.h"
#include "attn/base/mem.h"
#include "attn/lang/session.h"

#define EXPORT(name) __attribute__((export_name(#name)))

enum { MOST_ANSWER = 64 << 20, MOST_HTML = 8 << 20 };

struct page {
    struct session *session;
    char *room;
    struct buf answer;
    struct json_out out; /* to `answer` */
};

/* A new session; page_close() ends it. */
EXPORT(page_open) struct page *page_open(void);
EXPORT(page_close) void page_close(struct page *page);
/* Where the text of a cell of at most `length` bytes goes; NULL when it is too long.
 * Good until the next call. */
EXPORT(page_room) char *page_room(struct page *page, size_t length);
/* Runs the first `length` bytes there. 1 when all went well, else 0. */
EXPORT(page_run) int page_run(struct page *page, size_t length);
/* The answer to the last page_run(), and its bytes; good until the next one. */
EXPORT(page_answer) const char *page_answer(const struct page *page);
EXPORT(page_answer_length) size_t page_answer_length(const struct page *page);

struct page *page_open(void)
{
    struct page *page = mem_new(1, sizeof *page);
    page->session = session_new();
    buf_init(&page->answer, MOST_ANSWER);
    return page;
}

void page_close(struct page *page)
{
    session_free(page->session);
    buf_free(&page->answer);
    free(page->room);
    free(page);
}

char *page_room(struct page *page, size_t length)
{
    if (length > SESSION_MOST_CODE)
        return NULL;
    page->room = mem_resize(page->room, length + 1, 1);
    return page->room;
}

static void put_text(struct json_out *out, const struct output *output)
{
    struct buf text;
    buf_init(&text, MOST_HTML);
    if (output->text)
        buf_add(&text, output->text, output->length);
    else if (output->view)
        view_text(output->view, &text);
    json_key(out, "text");
    json_bytes(out, text.length ? text.at : "", text.length);
    buf_free(&text);
}

static bool put_html(struct json_out *out, const struct view *view, struct err *err)
{
    struct buf html;
    buf_init(&html, MOST_HTML);
    bool done = view_html(view, &html, err);
    if (done) {
        json_key(out, "html");
        json_bytes(out, html.at, html.length);
    }
    buf_free(&html);
    return done;
}

static bool put(void *context, const struct output *output, struct err *err)
{
    struct json_out *out = context;
    json_object(out);
    json_key_text(out, "command", output->command);
    json_key_bool(out, "clear", output->kind == OUTPUT_CLEAR);
    put_text(out, output);
    bool done = !output->view || put_html(out, output->view, err);
    if (done && output->json) {
        json_key(out, "json");
        json_raw(out, output->json, strlen(output->json));
    }
    json_end(out);
    return done;
}

static void put_error(struct json_out *out, const struct err *err)
{
    struct arena arena = {0};
    json_object(out);
    json_key_text(out, "name", err_name(err->code));
    json_key_text(out, "message", session_message(err, &arena));
    json_end(out);
    arena_free(&arena);
}

int page_run(struct page *page, size_t length)
{
    struct json_out *out = &page->out;
    struct run run = {.sink = {.context = out, .put = put}, .want_json = true};
    struct err err = {0};
    buf_free(&page->answer);
    buf_init(&page->answer, MOST_ANSWER);
    *out = json_out_to(&page->answer);
    json_object(out);
    json_key(out, "outputs");
    json_array(out);
    bool done =
        session_run(page->session, page->room ? page->room : "", length, &run, &err);
    json_end(out);
    json_key(out, "error");
    if (done)
        json_null(out);
    else
        put_error(out, &err);
    json_end(out);
    return done;
}

const char *page_answer(const struct page *page)
{
    return page->answer.at ? page->answer.at : "";
}

size_t page_answer_length(const struct page *page)
{
    return page->answer.length;
}
