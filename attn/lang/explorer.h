/* explorer.h - how a line makes what can be drawn again; what callers do with it stands
 * in lang/session.h. Internal to attn/lang. Depends on lang/state.
 */
#ifndef ATTN_LANG_EXPLORER_H
#define ATTN_LANG_EXPLORER_H

#include "attn/lang/state.h"

/* Where its controls stand in `values`, and in what explorer_controls() gives. */
enum explorer_control {
    EXPLORER_LAYER,
    EXPLORER_HEAD,
    EXPLORER_WORD, /* 0: every word; else 1 + its position */
    EXPLORER_MEASURE,
};

/* Takes the session's state as it is now, with the line's settings, and controls. End
 * it with explorer_drop(). */
struct explorer *explorer_new(const struct call *call,
                              const int start[EXPLORER_CONTROLS]);
/* The line itself, as it was typed, without controls. */
struct explorer *explorer_of_line(const struct call *call);

/* Keeps the call's answer as it is, in place of what would make it anew: a view, which
 * lives in the call's arena, and its JSON (may be NULL). What the arena holds so far is
 * taken over. */
void explorer_hold(struct explorer *explorer, const struct call *call,
                   const struct output *output, const struct buf *json);

/* As explorer_draw(), but what cannot be drawn is an error. `form` stands at the end of
 * the line: "" or " as json". */
MUST_USE bool explorer_try(struct explorer *explorer,
                           const int values[EXPLORER_CONTROLS], const char *form,
                           const struct run *run, struct err *err);

#endif
