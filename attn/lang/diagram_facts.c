/* diagram_facts.c - what the current sentence and model put into a drawing's texts. */
#include <string.h>

#include "attn/base/utf8.h"
#include "attn/lang/diagram.h"
#include "attn/lang/state.h"
#include "attn/render/stack.h"
#include "attn/render/text.h"

enum { SENTENCE_MOST = 150 /* code points */ };

void diagram_fact(struct diagram *diagram, const char *name, const char *text)
{
    if (diagram->n_facts == DIAGRAM_FACTS)
        return;
    diagram->facts[diagram->n_facts].name = name;
    diagram->facts[diagram->n_facts++].text = text;
}

static const char *fact(const struct diagram *diagram, const char *name, size_t length)
{
    for (size_t i = 0; i < diagram->n_facts; i++)
        if (strlen(diagram->facts[i].name) == length &&
            memcmp(diagram->facts[i].name, name, length) == 0)
            return diagram->facts[i].text;
    return "";
}

const char *diagram_say(const struct diagram *diagram, const char *text)
{
    struct buf said;
    if (!text)
        return NULL;
    buf_init(&said, 1 << 16);
    while (*text) {
        size_t plain = strcspn(text, "{");
        buf_add(&said, text, plain);
        text += plain;
        if (*text == '\0')
            break;
        size_t name = strcspn(text, "}");
        buf_text(&said, fact(diagram, text + 1, name - 1));
        text += name + (text[name] == '}');
    }
    size_t length = said.length; /* what stood last may be nothing */
    while (length > 0 && said.at[length - 1] == ' ')
        length--;
    const char *copy = arena_copy(diagram->call->arena, said.at, length);
    buf_free(&said);
    return copy;
}

const char *diagram_short(const struct diagram *diagram, const char *word)
{
    static const float size = 12, room = 105;
    struct arena *arena = diagram->call->arena;
    const char *cut = text_fit(arena, word, (struct type){.size = size}, room);
    return text_runs_left(cut) ? arena_print(arena, "%s\u200E", cut) : cut;
}

const char *diagram_quoted(const struct diagram *diagram, const char *word)
{
    const char *cut = diagram_short(diagram, word);
    return arena_print(diagram->call->arena,
                       text_runs_left(cut) ? "\u200E\"%s\"" : "\"%s\"", cut);
}

const char *diagram_count(const struct diagram *diagram, size_t n, const char *what)
{
    return arena_print(diagram->call->arena, "%zu %s%s", n, what, n == 1 ? "" : "s");
}

static void number(struct diagram *diagram, const char *name, size_t n)
{
    diagram_fact(diagram, name, arena_print(diagram->call->arena, "%zu", n));
}

static void counted(struct diagram *diagram, const char *name, size_t n,
                    const char *what)
{
    diagram_fact(diagram, name, diagram_count(diagram, n, what));
}

/* ---- of any drawing */

static const char *shortened(const struct diagram *diagram, const char *text)
{
    size_t length = strlen(text), most = utf8_offset(text, length, SENTENCE_MOST);
    return most == length ? text
                          : arena_print(diagram->call->arena, "%.*s…", (int)most, text);
}

static void learn_shape(struct diagram *diagram)
{
    const struct model_info *info = call_info(diagram->call);
    const struct trace *trace = diagram->trace;
    struct arena *arena = diagram->call->arena;
    bool alone = trace->output_only;
    size_t L = info->L, rows = 0;
    for (size_t i = 0; i < trace->T; i++)
        rows += !(trace->rows[i].flags & TOKEN_SPECIAL);
    diagram_fact(diagram, "model", info->name);
    number(diagram, "L", info->L);
    number(diagram, "C", trace->C);
    number(diagram, "C read", trace->source ? trace->source_C : trace->C);
    number(diagram, "C out", alone ? trace->D : trace->C);
    number(diagram, "D", trace->D);
    number(diagram, "HD", trace->H * trace->D);
    counted(diagram, "H heads", info->H, "head");
    diagram_fact(diagram, "look", info->H == 1 ? "looks" : "look");
    counted(diagram, "L layers", info->L, "layer");
    counted(diagram, "n words", rows, "word");
    counted(diagram, "n read", diagram->n_words, "word");
    diagram_fact(diagram, "size of W_O",
                 alone ? ""
                       : arena_print(arena, ", %zu × %zu numbers", trace->H * trace->D,
                                     trace->C));
    diagram_fact(diagram, "one after the other",
                 L > 1 ? arena_print(arena, "× %zu, one after the other", L) : "");
    diagram_fact(diagram, "L times",
                 L == 1   ? "once"
                 : L == 2 ? "twice"
                          : arena_print(arena, "%zu times", L));
    diagram_fact(diagram, "sentence", shortened(diagram, call_sentence(diagram->call)));
}

/* What a model lacks, or has besides. */
static void learn_notes(struct diagram *diagram)
{
    const struct call *call = diagram->call;
    const struct model_info *info = call_info(call);
    struct arena *arena = call->arena;
    bool alone = diagram->trace->output_only;
    const char *name = info->name, *blocks = "", *joining = "", *joined, *layers, *here;
    const char *times =
        arena_print(arena, "here it comes %s", diagram_say(diagram, "{L times}"));
    joined = diagram_say(diagram, "{H heads} find {D} numbers each, {HD} side by side; "
                                  "W_O mixes them into {C}.");
    layers =
        diagram_say(diagram, "Stages 3 and 4 are one layer; here they come {L times}.");
    here = times;
    if (alone) {
        blocks = arena_print(arena,
                             "This is the block of a whole model; %s is one attention "
                             "head and nothing around it.",
                             name);
        joining = arena_print(arena,
                              "So it is in a whole model; %s has one head, nothing to "
                              "join and no W_O.",
                              name);
        joined = arena_print(arena,
                             "What several heads find is put side by side and mixed by "
                             "W_O; %s has one head and no W_O.",
                             name);
        layers = arena_print(
            arena, "Stages 3 and 4 are one layer; %s is stage 3 alone.", name);
        here = arena_print(arena, "%s has the first part only", name);
    } else if (info->pairs) {
        blocks = "The decoder's blocks have a third part between the two: "
                 "cross-attention, which looks at the text that was read.";
    } else if (info->synthetic) {
        blocks = arena_print(arena,
                             "%s was written by hand, not trained: it adds, and needs "
                             "no normalisation.",
                             name);
    }
    diagram_fact(diagram, "of blocks", blocks);
    diagram_fact(diagram, "blocks here", here);
    diagram_fact(diagram, "of joining", joining);
    diagram_fact(diagram, "joined", joined);
    diagram_fact(diagram, "of layers", layers);
    diagram_fact(diagram, "place",
                 call->settings.position && !alone ? ", and its place added" : "");
}

static void learn_family(struct diagram *diagram)
{
    const struct model_info *info = call_info(diagram->call);
    struct arena *arena = diagram->call->arena;
    const char *here = arena_print(arena, "\nhere: %s", info->name);
    bool both = info->pairs, decoder = !both && info->causal;
    diagram->here = both ? "both" : decoder ? "decoder" : "encoder";
    diagram_fact(diagram, "of family",
                 diagram->trace->output_only
                     ? "one attention head, as encoders have many"
                 : both    ? "an encoder and a decoder"
                 : decoder ? "a decoder"
                           : "an encoder");
    if (both)
        diagram_fact(diagram, "here both", here);
    else
        diagram_fact(diagram, decoder ? "here decoder" : "here encoder", here);
}

/* The typed tokens that stand first and last. */
static void learn_ends(struct diagram *diagram)
{
    struct arena *arena = diagram->call->arena;
    const char *first = "", *last = "";
    for (size_t i = 0; i < diagram->n_tokens; i++) {
        if (diagram->tokens[i].special)
            continue;
        const char *word = diagram_short(
            diagram, stack_word(arena, diagram->tokens, diagram->n_tokens, i));
        first = *first ? first : word;
        last = word;
    }
    size_t n = diagram->n_words;
    const char *steps = diagram_count(diagram, n - 1, "step");
    bool causal = diagram->trace->causal;
    const char *seen = causal ? " before it" : "";
    if (n < 2) {
        diagram_fact(diagram, "steps apart",
                     "One word has nobody to hear from; between two words it takes 1 "
                     "step or more");
        diagram_fact(diagram, "along the chain",
                     "Each word more makes the chain longer, and what was read first "
                     "fades.");
        diagram_fact(diagram, "directly", "One step, however many words there are.");
    } else {
        diagram_fact(diagram, "steps apart",
                     arena_print(arena, "From \"%s\" to \"%s\" it takes %s", first,
                                 last, steps));
        diagram_fact(
            diagram, "along the chain",
            arena_print(arena,
                        n == 2 ? "\"%s\" reaches \"%s\" after %s; each word more adds "
                                 "one, waits for the one before, and lets it fade."
                               : "\"%s\" reaches \"%s\" after %s, each of which waits "
                                 "for the one before, and fades on the way.",
                        first, last, steps));
        diagram_fact(
            diagram, "directly",
            arena_print(arena,
                        "\"%s\" sees \"%s\" in one step, as every word sees every "
                        "word%s; no word waits for another.",
                        last, first, seen));
    }
    diagram_fact(diagram, "that it sees", seen);
}

/* ---- of a word and its head */

static const char *named(const struct diagram *diagram, size_t col)
{
    const struct onerow *row = &diagram->row;
    return row->cols[col].special
               ? row->cols[col].text
               : diagram_quoted(diagram, stack_word(row->call->arena, row->cols,
                                                    row->trace->S, col));
}

/* `join` between "0.95 of "animal"" and the like, and what is left. */
static const char *shares(const struct diagram *diagram, const char *of,
                          const char *join, size_t most)
{
    const struct onerow *row = &diagram->row;
    struct arena *arena = row->call->arena;
    const char *text = "";
    size_t n = diagram->n_top < most ? diagram->n_top : most;
    double left = 1;
    for (size_t k = 0; k < n; k++) {
        size_t col = diagram->top[k];
        text = arena_print(arena, "%s%s%.2f%s%s", text, k ? join : "",
                           row->weights[col], of, named(diagram, col));
        left -= row->weights[col];
    }
    return left < .005 ? text
                       : arena_print(arena, "%s%s%.2f of the rest", text, join, left);
}

static void learn_row(struct diagram *diagram)
{
    const struct onerow *row = &diagram->row;
    struct arena *arena = row->call->arena;
    const struct head_name *head =
        row->trace->heads ? &row->trace->heads[row->layer * row->trace->H + row->head]
                          : NULL;
    diagram->n_top = onerow_top(row, DIAGRAM_TOP, diagram->top);
    while (diagram->n_top > 1 && row->weights[diagram->top[diagram->n_top - 1]] < .005)
        diagram->n_top--;
    diagram_fact(diagram, "word", diagram_quoted(diagram, row->word));
    diagram_fact(diagram, "line", row->line);
    number(diagram, "layer", row->layer);
    diagram_fact(diagram, "place of head",
                 arena_print(arena, "layer %zu head %zu%s%s", row->layer, row->head,
                             head && head->name ? ", " : "",
                             head && head->name ? head->name : ""));
    size_t best = diagram->top[0];
    bool rests = row->cols[best].special;
    bool itself = !row->trace->source && best == row->row;
    diagram_fact(diagram, "link",
                 arena_print(arena,
                             rests ? "%s looks most at %s, the resting place (%.2f)"
                                   : "%s looks at %s (%.2f)",
                             diagram_quoted(diagram, row->word),
                             itself ? "itself" : named(diagram, best),
                             row->weights[best]));
    diagram_fact(diagram, "weights", shares(diagram, " of ", ", ", 2));
    diagram_fact(diagram, "blend", shares(diagram, "\u00A0×\u00A0●\u00A0", " + ", 3));
    size_t hidden = 0;
    for (size_t j = 0; j < row->trace->S; j++)
        hidden += row->masked[j];
    counted(diagram, "entries", row->trace->S - hidden, "entry");
    if (row->trace->S - hidden != 1) /* "entrys" is no word */
        diagram->facts[diagram->n_facts - 1].text =
            arena_print(arena, "%zu entries", row->trace->S - hidden);
}

/* The heads' strongest links are told by diagram_fill(). */
void diagram_learn(struct diagram *diagram)
{
    learn_shape(diagram);
    learn_notes(diagram);
    learn_family(diagram);
    learn_ends(diagram);
    if (diagram->drawing->of_word)
        learn_row(diagram);
}
