/* cmd_save.c - save "file": what the last view showed, as a file in a form that its
 * ending names.
 *
 * The view is shown again, from its line and the state that it was run in, so that the
 * file holds what was seen, whatever was set since (lang/explorer).
 *
 * A file is replaced only if save wrote it, or with the word `replace`. Files say
 * themselves that attn made them (svg, png, pdf, html: a comment or a name in the file;
 * json: how it begins); csv has no place for that, so there the session knows what it
 * wrote, as long as nobody has changed it. To write what is there already always goes
 * well. */
#include <string.h>

#include "attn/base/outfile.h"
#include "attn/lang/commands.h"
#include "attn/lang/commons.h"
#include "attn/lang/lex.h"
#include "attn/lang/recordfile.h"
#include "attn/render/csvout.h"

static bool save_run(struct call *call, struct err *err);

const struct command save_command = {
    .name = "save",
    .does = "Writes what the last view showed to a file: a picture, a page or numbers.",
    .task = "Choose and set",
    .lesson = "05",
    .after = "look it",
    .args = {{.name = "file",
              .kind = ARG_TEXT,
              .about = "the name of a file in quotes, ending in .svg .png .pdf .html "
                       ".csv .json or .safetensors",
              .required = true},
             {.name = "how",
              .kind = ARG_WORDY,
              .otherwise = "only a file that save wrote",
              .about = "also what save did not write",
              .choices = {"replace"}}},
    .examples = {"save \"it.svg\"", "save \"it.safetensors\"",
                 "save \"it.pdf\" replace"},
    .run = save_run,
};

#ifdef __wasi__

/* The language in a page: nothing there could hold a file. */
static bool save_run(struct call *call, struct err *err)
{
    (void)call;
    err_set(err, ERR_UNSUITED,
            "There are no files in a page: save works in a notebook with a kernel, and "
            "in the program attn. The numbers can be shown here.");
    return err_try(err, "Try:", "look as json");
}

#else

enum { MOST_FILE = 64 << 20 };

/* ---- endings -------------------------------------------------------------------- */

/* What is to be written. */
struct saving {
    struct call *call;
    const struct ending *ending;
    const char *path;
    const struct explorer *shown; /* what the last view showed */
    struct buf bytes;             /* the file */
    const char *said;             /* the view's finding, in the line's arena */
};

enum needs { NEEDS_VIEW, NEEDS_PICTURE, NEEDS_JSON, NEEDS_RUN };

/* What an ending stands for: a row of the table below. */
struct ending {
    const char *name;
    enum needs needs;
    /* Appends the file to saving->bytes, which the caller looks at for what was too
     * much. False with *err set. */
    bool (*write)(struct saving *saving, const struct output *output, struct err *err);
    /* Bytes by which a file of ours is known again: it begins with them, or it holds
     * them. Both NULL: the session alone knows. */
    const char *begins;
    const char *holds;
    size_t n_holds;
};

/* Adds a line to try: to save as `name`, where that is a name. */
static bool try_save(const struct saving *saving, const char *name, struct err *err)
{
    struct err unused = {0};
    if (!outfile_check(name, &unused))
        return err_try(err, "Try:", "%s", save_command.examples[0]);
    return err_try(err, "Try:", "save %s",
                   lex_quote(saving->call->arena, name, strlen(name)));
}

/* The same name with another ending. */
static bool try_ending(const struct saving *saving, const char *ending, struct err *err)
{
    const char *dot = strrchr(saving->path, '.');
    size_t n = dot ? (size_t)(dot - saving->path) : strlen(saving->path);
    return try_save(
        saving,
        arena_print(saving->call->arena, "%.*s.%s", (int)n, saving->path, ending), err);
}

static bool write_svg(struct saving *saving, const struct output *output,
                      struct err *err)
{
    return view_svg(output->view, &saving->bytes, err);
}

static bool write_png(struct saving *saving, const struct output *output,
                      struct err *err)
{
    return view_png_file(output->view, saving->call->stop, &saving->bytes, err);
}

static bool write_pdf(struct saving *saving, const struct output *output,
                      struct err *err)
{
    return view_pdf(output->view, saving->call->stop, &saving->bytes, err);
}

static bool write_html(struct saving *saving, const struct output *output,
                       struct err *err)
{
    return view_page(output->view, &saving->bytes, err);
}

static bool write_csv(struct saving *saving, const struct output *output,
                      struct err *err)
{
    if (csvout_write(output->view, &saving->bytes))
        return true;
    err_set(err, ERR_UNSUITED,
            "The last view has neither a matrix nor a table, so there is nothing to "
            "write as csv.");
    return try_ending(saving, "json", err);
}

static bool write_json(struct saving *saving, const struct output *output,
                       struct err *err)
{
    (void)err;
    buf_text(&saving->bytes, output->json);
    buf_char(&saving->bytes, '\n');
    return true;
}

/* The run behind the view is there already. */
static bool write_run(struct saving *saving, const struct output *output,
                      struct err *err)
{
    (void)saving;
    (void)output;
    (void)err;
    return true;
}

static const struct ending endings[] = {
    {"svg", NEEDS_PICTURE, write_svg, .begins = "<!-- made by " VIEW_MADE_BY " -->"},
    {"png", NEEDS_PICTURE, write_png, .holds = "tEXtSoftware\0" VIEW_MADE_BY,
     .n_holds = sizeof "tEXtSoftware\0" VIEW_MADE_BY - 1},
    {"pdf", NEEDS_PICTURE, write_pdf, .holds = "/Creator (" VIEW_MADE_BY ")",
     .n_holds = sizeof "/Creator (" VIEW_MADE_BY ")" - 1},
    {"html", NEEDS_VIEW, write_html,
     .begins =
         "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta "
         "charset=\"utf-8\">\n<meta name=\"generator\" content=\"" VIEW_MADE_BY "\">"},
    {"csv", NEEDS_VIEW, write_csv, .begins = NULL},
    {"json", NEEDS_JSON, write_json, .begins = "{\"schema\":1,\"kind\":\""},
    {"safetensors", NEEDS_RUN, write_run, .holds = RECORD_BEGINS,
     .n_holds = sizeof RECORD_BEGINS - 1},
};
enum { ENDINGS = sizeof endings / sizeof *endings };

/* ".svg, .png … or .json" */
static const char *all_endings(struct arena *arena)
{
    const char *all = "";
    for (size_t i = 0; i < ENDINGS; i++)
        all = arena_print(arena, "%s%s.%s", all,
                          i == 0            ? ""
                          : i + 1 < ENDINGS ? ", "
                                            : " or ",
                          endings[i].name);
    return all;
}

static bool find_ending(struct saving *saving, struct err *err)
{
    const char *dot = strrchr(saving->path, '.');
    for (size_t i = 0; dot && i < ENDINGS; i++)
        if (same_word(dot + 1, strlen(dot + 1), endings[i].name))
            saving->ending = &endings[i];
    if (saving->ending)
        return true;
    err_set(err, ERR_BAD_VALUE,
            "What to write is told by how the name ends, and \"%.100s\" ends in none "
            "of %s.",
            saving->path, all_endings(saving->call->arena));
    return try_ending(saving, endings[0].name, err);
}

/* ---- the bytes ------------------------------------------------------------------ */

/* The finding's first sentence, or what sort of view it is. */
static const char *say(const struct saving *saving, const struct output *output)
{
    const char *said = output->view->finding ? output->view->finding : output->command;
    const char *end = strstr(said, ". ");
    return arena_copy(saving->call->arena, said,
                      end ? (size_t)(end - said) + 1 : strlen(said));
}

/* Takes the view that is shown again. */
static bool take(void *context, const struct output *output, struct err *err)
{
    struct saving *saving = context;
    enum needs needs = saving->ending->needs;
    if (!output->view || saving->said)
        return true; /* progress, or what is cleared */
    saving->said = say(saving, output);
    if (needs == NEEDS_PICTURE && !output->view->scene) {
        err_set(err, ERR_UNSUITED,
                "The last view, %s, has no picture, so there is nothing to write as "
                "%s.",
                output->command, saving->ending->name);
        return try_ending(saving, "html", err);
    }
    if (needs == NEEDS_JSON && !output->json)
        return err_set(err, ERR_TOO_LARGE, "It is too large.");
    return saving->ending->write(saving, output, err);
}

/* A file may hold so much. */
static size_t most_of(const struct saving *saving)
{
    return saving->ending->needs == NEEDS_RUN ? RECORD_MOST_BYTES : MOST_FILE;
}

static bool too_large(const struct saving *saving, struct err *err)
{
    err_set(err, ERR_TOO_LARGE,
            "That would be a file of more than %zu MB. Show less, and save that.",
            most_of(saving) >> 20);
    return err_try(err, "Try:", "heatmap layer 0 head 0");
}

static bool make(struct saving *saving, struct err *err)
{
    struct err why = {0};
    const struct run run = {
        .sink = {saving, take},
        .stop = saving->call->stop,
        .want_json = saving->ending->needs == NEEDS_JSON,
        .record = saving->ending->needs == NEEDS_RUN ? &saving->bytes : NULL,
        .most_json = MOST_FILE};
    bool done = explorer_again(saving->shown, &run, &why);
    if (why.code == ERR_TOO_LARGE || saving->bytes.full)
        return too_large(saving, err);
    why.has_span = false; /* of a line that is not this one */
    if (!done)
        *err = why;
    return done;
}

/* ---- whose file it is ----------------------------------------------------------- */

/* FNV-1a, 64 bit (draft-eastlake-fnv). */
static uint64_t hash_of(const struct buf *bytes)
{
    uint64_t hash = 14695981039346656037U;
    for (size_t i = 0; i < bytes->length; i++)
        hash = (hash ^ (unsigned char)bytes->at[i]) * 1099511628211U;
    return hash;
}

static void remember(struct session *session, const struct saving *saving)
{
    session->saved[session->n_saved++ % FILES_SAVED] =
        (struct saved){state_place(saving->path), hash_of(&saving->bytes)};
}

static bool remembered(const struct saving *saving, const struct buf *there)
{
    const struct session *session = saving->call->session;
    const struct saved wanted = {state_place(saving->path), hash_of(there)};
    for (size_t i = 0; i < FILES_SAVED && i < session->n_saved; i++)
        if (session->saved[i].path == wanted.path &&
            session->saved[i].bytes == wanted.bytes)
            return true;
    return false;
}

static bool holds(const struct buf *there, const char *bytes, size_t n)
{
    const char *at = there->at, *end = there->at + there->length;
    while (at && (size_t)(end - at) >= n) {
        if (memcmp(at, bytes, n) == 0)
            return true;
        at = memchr(at + 1, bytes[0], (size_t)(end - at) - 1);
    }
    return false;
}

static bool is_same(const struct saving *saving, const struct buf *there)
{
    return there->length == saving->bytes.length &&
           memcmp(there->at, saving->bytes.at, there->length) == 0;
}

static bool is_ours(const struct saving *saving, const struct buf *there)
{
    const struct ending *ending = saving->ending;
    if (there->length == 0)
        return false;
    if (ending->begins)
        return strncmp(there->at, ending->begins, strlen(ending->begins)) == 0;
    return remembered(saving, there) ||
           (ending->holds && holds(there, ending->holds, ending->n_holds));
}

static bool refuse(const struct saving *saving, struct err *err)
{
    err_set(err, ERR_BAD_FILE,
            "\"%s\" is there already, and I cannot tell that save wrote it.",
            saving->path);
    return err_try(err, "To replace it:", "save %s replace",
                   lex_quote(saving->call->arena, saving->path, strlen(saving->path)));
}

static bool write_file(struct saving *saving, const struct outfile *file,
                       struct err *err)
{
    struct buf there;
    bool replace = call_value(saving->call, "how")->given;
    if (!file->taken || replace)
        return outfile_write(file, &saving->bytes, replace, err);
    buf_init(&there, most_of(saving));
    bool read = outfile_read(file, &there);
    bool same = read && there.length > 0 && is_same(saving, &there);
    bool ours = same || (read && is_ours(saving, &there));
    buf_free(&there);
    if (!ours)
        return refuse(saving, err);
    return same || outfile_write(file, &saving->bytes, true, err);
}

/* ---- the command ---------------------------------------------------------------- */

/* The last part of a path that was refused, where that will do. */
static bool try_name(const struct saving *saving, struct err *err)
{
    const char *slash = strrchr(saving->path, '/');
    const char *name = slash ? slash + 1 : saving->path;
    name += strspn(name, ".");
    return try_save(saving, strchr(name, '.') ? name : "", err);
}

/* Looks whether a file may go there, and what it is to be. */
static bool find_place(struct saving *saving, struct outfile *file, struct err *err)
{
    if (outfile_check(saving->path, err) && find_ending(saving, err) &&
        outfile_open(file, saving->path, err))
        return true;
    return try_name(saving, err); /* unless the ending has said it better */
}

static const char *size_said(size_t bytes, struct arena *arena)
{
    if (bytes < 1000)
        return arena_print(arena, "%zu bytes", bytes);
    if (bytes < 999500)
        return arena_print(arena, "%.0f kB", (double)bytes / 1e3);
    return arena_print(arena, "%.1f MB", (double)bytes / 1e6);
}

static bool answer(struct saving *saving, struct err *err)
{
    struct call *call = saving->call;
    return call_result(call,
                       arena_print(call->arena, "Saved %s, %s: %s", saving->path,
                                   size_said(saving->bytes.length, call->arena),
                                   saving->said),
                       NULL, NULL, err);
}

static bool nothing_shown(struct err *err)
{
    err_set(err, ERR_UNSUITED,
            "Nothing has been shown yet that could be saved: save writes what the last "
            "picture or table showed.");
    return err_try(err, "Try:", "look");
}

static bool save_to(struct saving *saving, const struct outfile *file, struct err *err)
{
    buf_init(&saving->bytes, most_of(saving));
    bool done = make(saving, err) && write_file(saving, file, err);
    if (done) {
        remember(saving->call->session, saving);
        done = answer(saving, err);
    }
    buf_free(&saving->bytes);
    return done;
}

static bool save_run(struct call *call, struct err *err)
{
    const struct value *path = call_value(call, "file");
    struct saving saving = {.call = call, .path = path->text};
    struct outfile file = {.folder = -1};
    struct explorer *shown = NULL;
    bool done = find_place(&saving, &file, err);
    if (!done)
        err_span(err, path->start, path->end);
    else
        saving.shown = shown = commons_shown(call->session);
    if (done)
        done = shown ? save_to(&saving, &file, err) : nothing_shown(err);
    explorer_drop(shown);
    outfile_close(&file);
    return done;
}

#endif
