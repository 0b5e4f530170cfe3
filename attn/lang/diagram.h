/* diagram.h - one drawing being made of its plan, the current sentence and the current
 * model. Internal to cmd_diagram. Depends on lang/drawings, lang/onerow.
 */
#ifndef ATTN_LANG_DIAGRAM_H
#define ATTN_LANG_DIAGRAM_H

#include "attn/lang/drawings.h"
#include "attn/lang/onerow.h"

enum { DIAGRAM_FACTS = 64, DIAGRAM_TOP = 5 };

struct diagram {
    struct call *call;
    const struct drawing *drawing;
    const struct trace *trace;
    const struct axis_token *tokens; /* [n_tokens] of the sentence that is read */
    size_t n_tokens, n_words;
    struct onerow row;              /* where the drawing is of a word */
    size_t top[DIAGRAM_TOP], n_top; /* columns that get most, strongest first */
    struct {
        const char *name, *text;
    } facts[DIAGRAM_FACTS];
    size_t n_facts;
    const char *here; /* name of the box that the model belongs to, or NULL */
    struct boxes_part *parts;
    size_t n, room;
};

/* What the current sentence and model say for the {names} of plans. */
void diagram_learn(struct diagram *diagram);
void diagram_fact(struct diagram *diagram, const char *name, const char *text);
/* `text` with its {names} replaced; NULL for NULL. */
const char *diagram_say(const struct diagram *diagram, const char *text);

void diagram_add(struct diagram *diagram, struct boxes_part part);
/* The boxes that stand in for a slot. Fails with ERR_INTERRUPTED. */
MUST_USE bool diagram_fill(struct diagram *diagram, const char *slot, struct err *err);
/* The slot `types`. */
MUST_USE bool diagram_types(struct diagram *diagram, struct err *err);

/* A word cut to what a box holds; the whole one stands in the line to go on with. */
const char *diagram_short(const struct diagram *diagram, const char *word);
/* The same in quotes, as texts have it. */
const char *diagram_quoted(const struct diagram *diagram, const char *word);
/* "1 word", "12 words". */
const char *diagram_count(const struct diagram *diagram, size_t n, const char *what);

#endif
