#include "attn/cli/paper.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST_TEXT = 16 << 20, MOST_PATH = 4096 };

static bool cannot_write(const char *path, struct err *err)
{
    return err_set(err, ERR_IO, "Cannot write %s: %s.", path, strerror(errno));
}

static bool write_file(const struct paper *paper, const struct output *output,
                       const char *form, const struct buf *bytes, struct err *err)
{
    char path[MOST_PATH];
    int n = snprintf(path, sizeof path, "%s/%03u-%s.%s", paper->folder, paper->count,
                     output->command, form);
    if (n < 0 || (size_t)n >= sizeof path)
        return err_set(err, ERR_IO, "The name of the folder is too long.");
    FILE *file = fopen(path, "wb");
    if (!file)
        return cannot_write(path, err);
    bool done =
        fwrite(bytes->at ? bytes->at : "", 1, bytes->length, file) == bytes->length;
    done = fclose(file) == 0 && done;
    return done || cannot_write(path, err);
}

/* One form as a file; `filled` says whether writing the form went well. */
static bool keep(const struct paper *paper, const struct output *output,
                 const char *form, struct buf *bytes, bool filled, struct err *err)
{
    bool done = filled && write_file(paper, output, form, bytes, err);
    buf_free(bytes);
    return done;
}

static void add_text(const struct output *output, struct buf *text)
{
    if (output->text && output->kind != OUTPUT_EXPLORE)
        buf_add(text, output->text, output->length);
    else if (output->view)
        view_text(output->view, text);
    else if (output->json)
        buf_text(text, output->json);
    if (output->kind == OUTPUT_EXPLORE)
        buf_text(text, output->text);
    if (text->length && text->at[text->length - 1] != '\n')
        buf_char(text, '\n');
}

static bool write_forms(struct paper *paper, const struct output *output,
                        struct err *err)
{
    struct buf bytes;
    const struct view *view = output->view;
    int width, height;
    if (mkdir(paper->folder, 0777) != 0 && errno != EEXIST)
        return cannot_write(paper->folder, err);
    buf_init(&bytes, MOST_TEXT);
    add_text(output, &bytes);
    bool done = keep(paper, output, "txt", &bytes, true, err);
    if (done && output->json) {
        buf_init(&bytes, MOST_TEXT);
        buf_text(&bytes, output->json);
        buf_char(&bytes, '\n');
        done = keep(paper, output, "json", &bytes, true, err);
    }
    if (done && view) {
        buf_init(&bytes, MOST_TEXT);
        done = keep(paper, output, "html", &bytes, view_html(view, &bytes, err), err);
    }
    if (done && view && view->scene) {
        buf_init(&bytes, MOST_TEXT);
        bool drawn = view_png(view, 2, NULL, &bytes, &width, &height, err);
        done = keep(paper, output, "png", &bytes, drawn, err);
    }
    return done;
}

static bool print(const struct output *output, const struct buf *text, struct err *err)
{
    FILE *to = output->kind == OUTPUT_STREAM && output->warning ? stderr : stdout;
    if (fwrite(text->at ? text->at : "", 1, text->length, to) == text->length)
        return true;
    return err_set(err, ERR_IO, "Cannot write the output: %s.", strerror(errno));
}

bool paper_put(void *context, const struct output *output, struct err *err)
{
    struct paper *paper = context;
    struct buf text;
    if (output->kind == OUTPUT_CLEAR)
        return true; /* what is printed is printed */
    paper->count++;
    if (paper->folder && !write_forms(paper, output, err))
        return false;
    buf_init(&text, MOST_TEXT);
    if (output->json && (paper->json || output->kind == OUTPUT_JSON)) {
        buf_text(&text, output->json);
        buf_char(&text, '\n');
    } else if (output->kind == OUTPUT_STREAM) {
        buf_add(&text, output->text, output->length);
    } else {
        add_text(output, &text);
    }
    bool done = print(output, &text, err);
    buf_free(&text);
    return done;
}
