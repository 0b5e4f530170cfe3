/* cmd_diagram.c - diagram NAME: labelled drawings of how things hang together, with the
 * words and numbers of the current sentence in them. */
#include <string.h>

#include "attn/lang/commands.h"
#include "attn/lang/diagram.h"
#include "attn/lang/fill.h"
#include "attn/lang/state.h"
#include "attn/lang/suggest.h"
#include "attn/lang/table.h"
#include "attn/render/alt.h"

static const char *const names[] = {
#define NAME(name, about) #name,
    DRAWINGS(NAME)
#undef NAME
        NULL,
};

static const char *const abouts[] = {
#define ABOUT(name, about) about,
    DRAWINGS(ABOUT)
#undef ABOUT
};

/* ---- which one */

static bool show_list(struct call *call, struct err *err)
{
    struct sheet sheet = sheet_begin(call->arena, 2);
    struct pile pile = pile_begin(call->arena);
    struct view view = {.kind = "diagram",
                        .finding = arena_print(call->arena,
                                               "There are %zu drawings; your sentence "
                                               "stands in them where it can.",
                                               n_drawings)};
    for (size_t i = 0; names[i]; i++) {
        sheet_add(&sheet, (struct cell){
                              .text = arena_print(call->arena, "diagram %s", names[i]),
                              .header = true,
                              .code = true});
        sheet_text(&sheet, abouts[i]);
    }
    pile_table(&pile, sheet_end(&sheet, NULL));
    pile_end(&pile, &view);
    return call_show(call, &view, NULL, err);
}

static const char *all_names(struct arena *arena)
{
    const char *list = names[0];
    for (size_t i = 1; names[i]; i++)
        list =
            arena_print(arena, "%s%s%s", list, names[i + 1] ? ", " : " or ", names[i]);
    return list;
}

static bool unknown(struct call *call, const struct value *name, struct err *err)
{
    const char *near = suggest_name(name->text, names);
    err_set(err, ERR_BAD_VALUE, "There is no drawing \"%.60s\": %s.", name->text,
            all_names(call->arena));
    err_span(err, name->start, name->end);
    return err_try(err, near ? "Did you mean:" : "Try:", "diagram %s",
                   near ? near : names[0]);
}

static const struct drawing *find(const struct value *name)
{
    for (size_t i = 0; i < n_drawings; i++)
        if (same_word(name->text, name->length, drawings[i].name))
            return &drawings[i];
    return NULL;
}

/* ---- making it */

/* Several heads at once, set for other views, are more than a drawing shows. */
static void choose_one_head(struct call *call)
{
    struct settings *settings = &call->settings;
    if (settings->head < 0)
        settings->head = PICK_AUTO;
    if (settings->layer.from < 0 || settings->layer.from != settings->layer.to)
        settings->layer = (struct range){PICK_AUTO, PICK_AUTO};
}

/* The word and its head, which the picture and the footer name: no note need say how
 * they were chosen. */
static bool open_row(struct diagram *diagram, struct err *err)
{
    struct call *call = diagram->call;
    size_t notes = call->n_notes;
    bool hides = call->settings.hide != HIDE_NONE;
    if (!onerow_open(call, call_value(call, "word"), &diagram->row, err))
        return false;
    call->n_notes = notes;
    if (hides)
        call_note(call, "hide changes no number here: this is what the head computes.");
    return true;
}

/* Cross-attention reads the first sentence; that is the one that drawings begin with.
 */
static bool open_sentence(struct diagram *diagram, struct err *err)
{
    struct call *call = diagram->call;
    diagram->trace = call_trace(call, err);
    if (!diagram->trace)
        return false;
    diagram->n_tokens = diagram->trace->S;
    diagram->tokens = fill_tokens(call->arena, diagram->trace->cols, diagram->trace->S);
    for (size_t i = 0; i < diagram->n_tokens; i++)
        diagram->n_words += !diagram->tokens[i].special;
    if (!diagram->drawing->of_word)
        return true;
    return open_row(diagram, err);
}

static bool make_parts(struct diagram *diagram, struct err *err)
{
    for (size_t i = 0; i < diagram->drawing->n; i++) {
        struct boxes_part part = diagram->drawing->parts[i];
        if (part.kind == BOXES_SLOT) {
            if (!diagram_fill(diagram, part.name, err))
                return false;
            continue;
        }
        part.title = diagram_say(diagram, part.title);
        part.text = diagram_say(diagram, part.text);
        if (part.name && diagram->here && strcmp(part.name, diagram->here) == 0)
            part.look = BOXES_LIT;
        diagram_add(diagram, part);
    }
    return true;
}

static const struct block *last_block(const struct diagram *diagram)
{
    struct block *block = arena_new(diagram->call->arena, 1, sizeof *block);
    *block = (struct block){.kind = BLOCK_NOTE,
                            .text = diagram_say(diagram, diagram->drawing->then)};
    return block;
}

static const char *footer(struct diagram *diagram)
{
    struct call *call = diagram->call;
    const struct onerow *row = &diagram->row;
    if (diagram->drawing->of_word)
        return call_footer(call, (int)row->layer, (int)row->head);
    return diagram->drawing->of_model ? call_footer_of(call, "the whole model") : NULL;
}

static bool show(struct call *call, const struct drawing *drawing, struct err *err)
{
    struct diagram diagram = {.call = call, .drawing = drawing};
    choose_one_head(call);
    if (!open_sentence(&diagram, err))
        return false;
    diagram_learn(&diagram);
    if (!make_parts(&diagram, err))
        return false;
    struct boxes boxes = {
        .parts = diagram.parts, .n = diagram.n, .big = call->settings.big};
    struct view view = {.kind = "diagram",
                        .finding = diagram_say(&diagram, drawing->finding),
                        .scene = boxes_draw(&boxes, call->arena),
                        .twin = boxes_twin(&boxes, call->arena),
                        .footer = footer(&diagram)};
    view.alt = alt_print(call->arena, "%s", diagram_say(&diagram, drawing->alt));
    if (drawing->then) {
        view.blocks = last_block(&diagram);
        view.n_blocks = 1;
    }
    return call_show(call, &view, NULL, err);
}

static bool diagram_run(struct call *call, struct err *err)
{
    const struct value *name = call_value(call, "name");
    if (!name->given)
        return show_list(call, err);
    const struct drawing *drawing = find(name);
    return drawing ? show(call, drawing, err) : unknown(call, name, err);
}

const struct command diagram_command = {
    .name = "diagram",
    .does =
        "Draws how it all hangs together, with your sentence in it; bare: the list.",
    .task = "See how it works",
    .lesson = "01",
    .args = {{.name = "name",
              .kind = ARG_NAME,
              .about = "which drawing",
#define NAME(name, about) #name,
              .choices = {DRAWINGS(NAME)},
#undef NAME
#define ABOUT(name, about) about,
              .means = {DRAWINGS(ABOUT)}}},
#undef ABOUT
    .view = true,
    .one_head = true,
    .honours = "word",
    .examples = {"diagram flow", "diagram lookup word it", "diagram heads layer 0",
                 "diagram"},
    .run = diagram_run,
};
