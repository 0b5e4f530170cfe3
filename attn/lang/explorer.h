/* explorer.h - how `explore` makes an explorer; what callers do with one stands in
 * lang/session.h. Internal to attn/lang. Depends on lang/state.
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

/* Takes the session's state as it is now, with `settings` in place of its own.
 * explorer_drop() it. */
struct explorer *explorer_new(const struct session *session,
                              const struct settings *settings,
                              const int start[EXPLORER_CONTROLS]);

/* As explorer_draw(), but what cannot be drawn is an error. `form` stands at the end of
 * the line: "" or " as json". */
MUST_USE bool explorer_try(struct explorer *explorer,
                           const int values[EXPLORER_CONTROLS], const char *form,
                           const struct run *run, struct err *err);

#endif
