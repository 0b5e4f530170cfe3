#include "attn/model/registry.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "attn/base/buf.h"
#include "attn/base/file.h"
#include "attn/model/builtins.h"
#include "attn/model/rules.h"
#include "attn/model/translate.h"

/* The models that are built in. */
static const struct builtin {
    const char *name, *does, *real, *licence;
    const struct glass *glass; /* NULL: open() makes it */
    void (*open)(struct model *model);
    bool recorded; /* minilm_runs */
} builtins[] = {
    {"lesson", "hand-built for lessons: every weight follows from a rule one can read",
     "The arithmetic is that of a real transformer. The weights are written by hand, "
     "not learned: real models learn messier heads. It knows grammar and what words "
     "are "
     "like, not the world: where only that settles a pronoun (the Winograd schemas), "
     "it "
     "is no better than chance.",
     "The rules are part of attn. Words: WordNet (WordNet licence), SCOWL, compromise "
     "(MIT) and names of the US census (public domain); see NOTICES.",
     &lesson_glass, NULL, false},
    {"decoder", "hand-built and causal: sees what came before, says what may come next",
     "The arithmetic is that of a real transformer. The weights are written by hand, "
     "not learned: real models know far more words and continue far better.",
     "The rules and their words are part of attn. Other words: WordNet (WordNet "
     "licence) "
     "and SCOWL; see NOTICES.",
     &decoder_glass, NULL, false},
    {"toy",
     "two sentences small enough for pencil and paper: \"Thinking Machines\" and \"I "
     "love AI\"",
     "The arithmetic is that of a real attention head: x·W, scores, softmax, weighted "
     "sum. Every number was chosen so that one can follow it; none was learned.",
     "The numbers are part of attn.", NULL, toy_open, false},
    {"lesson144",
     "hand-built, 144 heads: the shape of GPT-2 small, and none of its weights",
     "The arithmetic and the shape (12 layers of 12 heads, 768 values wide, "
     "causal) are those of GPT-2 small. The weights are written by hand, not "
     "learned: none is GPT-2's. It has no layer norm, reads words, not pieces of "
     "words, and predicts no next word. What it cannot see: whatever stands after "
     "a word. So at \"it\" it cannot know of \"tired\"; \"tired\", which comes "
     "later, looks back. Many late heads rest on the first token, as in real "
     "models.",
     "The rules are part of attn. Words: WordNet (WordNet licence), SCOWL, compromise "
     "(MIT) and names of the US census (public domain); see NOTICES.",
     &lesson144_glass, NULL, false},
    {"translate", "English to French, hand-built: a decoder that looks at an encoder",
     NULL, "The rules and the dictionary are part of attn.", NULL, translate_open,
     false},
    {"minilm-recorded",
     "a real model's attention, recorded: all-MiniLM-L6-v2 (6 x 12 heads) on 12 "
     "sentences",
     NULL, NULL, NULL, NULL, true},
};

size_t model_count(void)
{
    return sizeof builtins / sizeof *builtins;
}

const char *model_name(size_t i)
{
    return i < model_count() ? builtins[i].name : NULL;
}

static bool open_builtin(struct model *model, const struct builtin *from,
                         struct err *err)
{
    if (from->recorded)
        return recorded_open_bytes(model, minilm_runs, n_minilm_runs,
                                   "all-MiniLM-L6-v2", err);
    model->info = (struct model_info){.name = from->name,
                                      .does = from->does,
                                      .real = from->real,
                                      .licence = from->licence};
    if (from->glass)
        return glass_open(model, from->glass, err);
    from->open(model);
    return true;
}

/* The whole file, at most one byte over the limit, so that the compiler can say so. */
static bool read_file(const char *path, struct buf *text, struct err *err)
{
    char block[4096];
    size_t n;
    FILE *file = file_open(path, "a file that holds rules", err);
    if (!file)
        return false;
    while ((n = fread(block, 1, sizeof block, file)) > 0 && !text->full)
        buf_add(text, block, n);
    bool failed = ferror(file) != 0;
    fclose(file);
    if (failed)
        return err_set(err, ERR_BAD_FILE, "I cannot read \"%s\".", path);
    return !text->full ||
           err_set(err, ERR_TOO_LARGE,
                   "\"%s\" is too large: a rule file has at most %d bytes.", path,
                   RULES_MAX_BYTES);
}

static bool open_rules(struct model *model, const char *path, struct err *err)
{
    struct glass *glass = arena_new(&model->memory, 1, sizeof *glass);
    struct buf text;
    buf_init(&text, RULES_MAX_BYTES);
    bool done =
        read_file(path, &text, err) &&
        rules_compile(text.at ? text.at : "", text.length, &model->memory, glass, err);
    buf_free(&text);
    if (!done)
        return false;
    model->info = (struct model_info){
        .name = arena_copy(&model->memory, path, strlen(path)),
        .does = "hand-built, from a rule file",
        .real = "The arithmetic is that of a real transformer. The weights follow from "
                "the rules in the file.",
        .licence = "that of the rule file; words as in the model lesson, see NOTICES"};
    return glass_open(model, glass, err);
}

static bool ends_in(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n > m && strcasecmp(text + n - m, end) == 0;
}

bool registry_open(struct model *model, const char *name, struct err *err)
{
    for (size_t i = 0; i < model_count(); i++)
        if (strcasecmp(builtins[i].name, name) == 0)
            return open_builtin(model, &builtins[i], err);
    if (ends_in(name, ".rules"))
        return open_rules(model, name, err);
    if (ends_in(name, ".safetensors"))
        return recorded_open(model, name, err);
    err_set(err, ERR_MODEL_MISSING,
            "%s is not installed. The hand-built models are here.", name);
    return err_try(err, "Try:", "model %s", builtins[0].name);
}
