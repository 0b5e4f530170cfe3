/* flow: links between words, as arcs, lines or a network. */
#include <stdint.h>
#include <string.h>

#include "attn/analyse/layout.h"
#include "attn/lang/fill.h"
#include "attn/lang/flowdepth.h"
#include "attn/lang/flowlinks.h"
#include "attn/lang/pick.h"
#include "attn/lang/words.h"
#include "attn/render/alt.h"
#include "attn/render/arcs.h"
#include "attn/render/lines.h"
#include "attn/render/network.h"
#include "attn/render/stack.h"

static bool flow_run(struct call *call, struct err *err);

const struct command flow_command = {
    .name = "flow",
    .does = "Draws the links between words: arcs, lines or a network.",
    .task = "See where words look",
    .lesson = "04",
    .args = {{.name = "form",
              .kind = ARG_WORDY,
              .otherwise = "arcs",
              .about = "how links are drawn",
              .choices = {"arcs", "lines", "network"}},
             {.name = "word", .kind = ARG_WORD, .about = "only this word's links"},
             {.name = "nodes",
              .kind = ARG_CHOICE,
              .otherwise = "received",
              .about = "network: what the size of a dot means",
              .choices = {"received", "given"}}},
    .view = true,
    .honours = "heads word rows top measure",
    .examples = {"flow", "flow it", "flow lines heads L0-H0 L3-H0", "flow network",
                 "flow layer all"},
    .run = flow_run,
};

enum form_of_flow { FLOW_ARCS, FLOW_LINES, FLOW_NETWORK };

struct drawing {
    enum form_of_flow form;
    struct fill fill;
    struct flowlinks links;
    size_t row;   /* whose links alone are drawn, or SIZE_MAX */
    bool several; /* heads */
    bool story;   /* the links of all the story heads */
    bool depth;   /* a strip for each layer */
    struct flowdepth strips;
};

static bool is_auto(const struct call *call)
{
    return pick_is_auto(call) && call->settings.measure == MEASURE_WEIGHT &&
           call->settings.hide == HIDE_NONE;
}

/* Two close candidates of a word are one "could be either". */
static void mark_either(const struct call *call, struct drawing *drawing)
{
    const struct trace *trace = drawing->fill.trace;
    size_t best, second;
    if (call->settings.measure != MEASURE_WEIGHT || drawing->row == SIZE_MAX ||
        drawing->fill.layer < 0 || drawing->fill.head < 0 ||
        !story_could_be_either(trace, (size_t)drawing->fill.layer,
                               (size_t)drawing->fill.head, drawing->row, &best,
                               &second))
        return;
    struct flow_link *links = (struct flow_link *)drawing->links.flow.links;
    for (size_t k = 0; k < drawing->links.flow.n_links; k++)
        links[k].either = links[k].col == best || links[k].col == second;
}

/* More layers than one, none of them named head by head: small multiples. */
static bool is_deep(const struct call *call, const struct drawing *drawing)
{
    const struct stack *stack = &drawing->fill.stack;
    return drawing->form == FLOW_ARCS && drawing->several &&
           !call_value(call, "heads")->given &&
           stack->slices[0].layer != stack->slices[stack->n_slices - 1].layer;
}

/* The weights: of several heads, of one word, or of every row. */
static bool fill_drawing(struct call *call, struct drawing *drawing, struct err *err)
{
    const struct value *word = call_value(call, "word");
    drawing->row = SIZE_MAX;
    if (!drawing->several)
        return word->given ? fill_word(call, word, &drawing->fill, &drawing->row, err)
                           : fill_rows(call, &drawing->fill, err);
    if (!fill_several(call, &drawing->fill, err))
        return false;
    if (word->given)
        drawing->row = trace_row_at(drawing->fill.trace, word->position);
    drawing->depth = is_deep(call, drawing);
    return true;
}

static bool gather_strongest(struct call *call, struct drawing *drawing,
                             struct err *err)
{
    const struct value *top = call_value(call, "top");
    struct flowlinks_wish wish = {.row = drawing->row,
                                  .most = FLOW_LINKS,
                                  .self = drawing->form == FLOW_LINES,
                                  .several = drawing->several};
    if (top->given && top->numbers[0] < FLOW_LINKS)
        wish.most = (size_t)top->numbers[0];
    if (!flowlinks_strongest(call, &drawing->fill, &wish, &drawing->links, err))
        return false;
    if (drawing->form != FLOW_LINES)
        drawing->links.flow.rests = NULL;
    mark_either(call, drawing);
    return true;
}

/* Which links: of each layer, of the story, of one word, of the shown rows, of several
 * heads. */
static bool gather(struct call *call, struct drawing *drawing, struct err *err)
{
    drawing->several = fill_is_several(call);
    drawing->story = drawing->form == FLOW_ARCS && !drawing->several &&
                     !call_value(call, "word")->given &&
                     !call_value(call, "top")->given && is_auto(call);
    if (!fill_drawing(call, drawing, err))
        return false;
    if (drawing->depth) {
        drawing->strips = flowdepth_of(call, &drawing->fill, drawing->row);
        drawing->links.flow = flowdepth_all(call, &drawing->strips);
        return true;
    }
    if (!drawing->story)
        return gather_strongest(call, drawing, err);
    flowlinks_story(call, &drawing->fill, &drawing->links);
    return true;
}

/* ---- the network ------------------------------------------------------------------
 */

/* What each drawn word receives from, or gives to, other drawn words. */
static float *node_sizes(struct call *call, const struct drawing *drawing, bool given)
{
    const struct flow *flow = &drawing->links.flow;
    const struct stack *stack = &drawing->fill.stack;
    float *sizes = arena_new(call->arena, flow->n_words, sizeof *sizes);
    size_t slices = drawing->several ? stack->n_slices : 1;
    for (size_t s = 0; s < slices; s++)
        for (size_t a = 0; a < flow->n_words; a++) {
            const float *row = drawing->several ? stack->slices[s].weights +
                                                      flow->words[a] * stack->n_cols
                                                : stack_row(stack, flow->words[a]);
            for (size_t b = 0; b < flow->n_words; b++)
                if (a != b)
                    sizes[given ? a : b] += row[flow->words[b]];
        }
    return sizes;
}

static const struct scene *draw_network(struct call *call,
                                        const struct drawing *drawing, struct err *err)
{
    const struct flow *flow = &drawing->links.flow;
    const struct value *nodes = call_value(call, "nodes");
    bool given = nodes->given && strcmp(nodes->text, "given") == 0;
    struct layout_link *links = arena_new(call->arena, flow->n_links, sizeof *links);
    struct layout_place *places;
    for (size_t k = 0; k < flow->n_links; k++)
        links[k] = (struct layout_link){flow_place(flow, flow->links[k].row),
                                        flow_place(flow, flow->links[k].col),
                                        flow->links[k].weight};
    struct layout_graph graph = {flow->n_words, links, flow->n_links};
    if (!layout_nodes(&graph, call->stop, call->arena, &places, err))
        return NULL;
    struct point *at = arena_new(call->arena, flow->n_words, sizeof *at);
    for (size_t k = 0; k < flow->n_words; k++)
        at[k] = (struct point){places[k].x, places[k].y};
    struct network network = {.flow = *flow,
                              .at = at,
                              .sizes = node_sizes(call, drawing, given),
                              .size_means =
                                  given ? "the attention it gives to other words"
                                        : "the attention it receives from others"};
    return network_draw(&network, call->arena);
}

static const struct scene *draw(struct call *call, const struct drawing *drawing,
                                struct err *err)
{
    if (drawing->depth)
        return arcs_strips(drawing->strips.strips, drawing->strips.n, call->arena);
    switch (drawing->form) {
    case FLOW_LINES:
        return lines_draw(&drawing->links.flow, call->arena);
    case FLOW_NETWORK:
        return draw_network(call, drawing, err);
    default:
        return arcs_draw(&drawing->links.flow, call->arena);
    }
}

/* ---- what is said -----------------------------------------------------------------
 */

/* The first word with two candidates, and which they are; "" where none has. */
static const char *say_either(struct call *call, const struct flow *flow)
{
    const struct flow_link *one = NULL;
    for (size_t k = 0; k < flow->n_links; k++) {
        const struct flow_link *link = &flow->links[k];
        if (!link->either)
            continue;
        if (one && one->row == link->row && one->head == link->head)
            return arena_print(call->arena,
                               " \"%s\" could be either: \"%s\" or \"%s\" (dashed).",
                               flow->tokens[link->row].text,
                               flow_looked_at(flow, one->col, call->arena),
                               flow_looked_at(flow, link->col, call->arena));
        one = one ? one : link;
    }
    return "";
}

static const char *say(struct call *call, const struct drawing *drawing)
{
    enum { LINKS_SAID = 3 };
    const struct flow *flow = &drawing->links.flow;
    const char *said = flow_say(flow, LINKS_SAID, call->arena);
    if (flow->n_words == 1 && flow->n_links > 0)
        return arena_print(call->arena, "One word alone: it looks at itself, %.2f.",
                           (double)flow->links[0].weight);
    if (flow->n_words == 1)
        return "One word alone: there is no other to look at.";
    if (flow->n_links == 0)
        return "No link between words here is strong enough to draw.";
    if (drawing->depth)
        return flowdepth_say(call, &drawing->strips);
    return arena_print(call->arena, "%zu link%s between words%s: %s.%s", flow->n_links,
                       flow->n_links == 1 ? "" : "s",
                       flow->n_links > LINKS_SAID ? ", among them" : "", said,
                       say_either(call, flow));
}

static const struct table *links_table(struct call *call, const struct flow *flow)
{
    enum { COLS = 4 };
    static const char *const names[COLS] = {"looks", "is looked at", "weight", "head"};
    struct cell *cells =
        arena_new(call->arena, (flow->n_links + 1) * COLS, sizeof *cells);
    for (size_t c = 0; c < COLS; c++)
        cells[c] = (struct cell){.text = names[c], .header = true};
    for (size_t k = 0; k < flow->n_links; k++) {
        const struct flow_link *link = &flow->links[k];
        struct cell *row = &cells[(k + 1) * COLS];
        row[0].text = stack_word(call->arena, flow->tokens, flow->n_tokens, link->row);
        row[1].text = flow_looked_at(flow, link->col, call->arena);
        row[2] = (struct cell){
            .text = arena_print(call->arena, "%.2f", (double)link->weight),
            .number = true,
            .fill = {INK_WEIGHT, link->weight}};
        row[3].text = flow->heads[link->head].name;
    }
    struct table *table = arena_new(call->arena, 1, sizeof *table);
    *table = (struct table){.cells = cells, .rows = flow->n_links + 1, .cols = COLS};
    return table;
}

static void note_depth(struct call *call, const struct drawing *drawing)
{
    size_t last = drawing->fill.trace->L - 1;
    if (drawing->row != SIZE_MAX)
        call_note(call, "A strip for each layer: where this word looks there.");
    else
        call_note(call,
                  "A strip for each layer: the links that its heads clearly draw. One "
                  "layer:  flow layer %zu",
                  last < 2 ? last : 2);
}

/* A word whose links a line can ask for; of the lesson's sentence it is "it". */
static const char *story_word(const struct call *call, const struct drawing *drawing)
{
    const struct token *token = &drawing->fill.trace->rows[drawing->fill.story.row];
    const char *word = token->position < 0
                           ? "@0"
                           : word_typed(call_rows(call), token->position, call->arena);
    return arena_print(call->arena, "%s%s", word, call_side(call));
}

static void note_places(struct call *call, enum story_kind kind)
{
    if (kind == STORY_POSITION && model_info(call_model(call))->recorded)
        call_note(call,
                  "Nobody said what these heads are for, so one of them is drawn that "
                  "rests least. Another:  flow layer 0 head 0. All weights:  heatmap");
    else
        call_note(call, "No head finds grammar in these words, so each is linked to "
                        "the word before it. All weights:  heatmap");
}

static void add_notes(struct call *call, const struct drawing *drawing)
{
    const struct flowlinks *links = &drawing->links;
    enum story_kind kind = drawing->fill.story.kind;
    if (drawing->depth)
        note_depth(call, drawing);
    else if (links->flow.n_words < 2)
        return;
    else if (drawing->story && kind == STORY_CODE)
        call_note(call,
                  "This looks like program text, so no grammar is drawn: each use "
                  "of a name is linked to the one before, else each word to the "
                  "word before. All weights:  heatmap");
    else if (drawing->story && kind == STORY_REPEAT)
        call_note(call,
                  "No head finds grammar in these words, but a pattern repeats: the "
                  "links show what came next the last time. All weights:  heatmap");
    else if (drawing->story && (kind == STORY_UNKNOWN || kind == STORY_POSITION))
        note_places(call, kind);
    else if (drawing->story)
        call_note(call,
                  "The links of all heads that tell the sentence's story, from "
                  "weight .5 up; phrases are grey. One word's links:  flow %s. All "
                  "weights:  heatmap%s",
                  story_word(call, drawing), call_side(call));
    else if (links->hidden > 0.005)
        call_note(
            call,
            "Drawn: %zu link%s with %.0f %% of the weight between words; %.0f %% lies "
            "in thinner ones.",
            links->flow.n_links, links->flow.n_links == 1 ? "" : "s",
            100 * (1 - links->hidden), 100 * links->hidden);
}

/* ---- JSON: a heatmap's, the very same matrices --------------------------------------
 */

static void write_json(struct call *call, const struct drawing *drawing,
                       struct buf *json)
{
    const struct fill *fill = &drawing->fill;
    struct json_out out = call_json(call, json, "heatmap", fill->layer, fill->head);
    json_key(&out, "rows");
    call_json_tokens(&out, fill->trace->rows, fill->trace->T);
    json_key(&out, "cols");
    call_json_tokens(&out, fill->trace->cols, fill->trace->S);
    if (fill->row_head) {
        json_key(&out, "row_heads");
        fill_json_row_heads(&out, fill);
    }
    if (drawing->several) {
        fill_json_several(&out, &fill->stack, call_value(call, "heads")->given);
    } else {
        json_key(&out, "weights");
        fill_json_weights(&out, &fill->stack);
    }
    json_end(&out);
}

/* Between two sentences links run from one side to the other: as lines. */
static bool choose_form(struct call *call, enum form_of_flow *chosen, struct err *err)
{
    const struct value *form = call_value(call, "form");
    bool cross = call->settings.which == ATTENTION_CROSS;
    *chosen = cross ? FLOW_LINES : FLOW_ARCS;
    if (!form->given)
        return true;
    *chosen = strcmp(form->text, "lines") == 0     ? FLOW_LINES
              : strcmp(form->text, "network") == 0 ? FLOW_NETWORK
                                                   : FLOW_ARCS;
    if (!cross || *chosen == FLOW_LINES)
        return true;
    err_set(err, ERR_UNSUITED,
            "%s draw one sentence; cross-attention runs between two: lines do.",
            *chosen == FLOW_NETWORK ? "Networks" : "Arcs");
    err_span(err, form->start, form->end);
    return err_try(err, "Try:", "flow lines cross");
}

static bool flow_run(struct call *call, struct err *err)
{
    struct drawing drawing = {.form = FLOW_ARCS};
    struct buf json = {0};
    if (!choose_form(call, &drawing.form, err))
        return false;
    if (!gather(call, &drawing, err))
        return false;
    add_notes(call, &drawing);
    struct block *fold = arena_new(call->arena, 2, sizeof *fold);
    fold[1] = (struct block){.kind = BLOCK_TABLE,
                             .table = links_table(call, &drawing.links.flow)};
    fold[0] = (struct block){.kind = BLOCK_FOLD,
                             .text = "The links as a table",
                             .inside = &fold[1],
                             .n_inside = 1};
    struct view view = {
        .kind = "flow",
        .finding = say(call, &drawing),
        .scene = draw(call, &drawing, err),
        .twin = drawing.depth ? flowdepth_twin(call, &drawing.strips)
                              : flow_twin(&drawing.links.flow, call->arena),
        .blocks = fold,
        .n_blocks = drawing.links.flow.n_links > 0 ? 1 : 0,
        .footer = drawing.story
                      ? call_footer_of(call, "each link from its own head")
                      : call_footer(call, drawing.fill.layer, drawing.fill.head)};
    if (!view.scene)
        return false;
    view.alt = alt_print(call->arena, "%s", view.finding);
    if (call_wants_json(call))
        write_json(call, &drawing, &json);
    bool done = call_show(call, &view, json.at ? &json : NULL, err);
    buf_free(&json);
    return done;
}
