/* commons.h - the state that joined sessions have in common. Internal to attn/lang.
 *
 * Each runs lines on a copy of its own, so none waits for another: a line begins with
 * what the last line of any of them left, and the state of one that changes it is there
 * for all when it ends. Of two that do so at the same moment the later to end wins.
 * Depends on lang/state.
 */
#ifndef ATTN_LANG_COMMONS_H
#define ATTN_LANG_COMMONS_H

#include "attn/lang/state.h"

/* For one session, whose state is `state`; shared by count. */
struct commons *commons_new(const struct state *state);
struct commons *commons_keep(struct commons *commons);
void commons_drop(struct commons *commons); /* NULL is allowed */

/* Brings the session's state up to date. */
void commons_take(struct session *session);
/* Tells what a line has changed, which began in the state `before`. */
void commons_tell(struct session *session, const struct state *before);

/* What the last view showed, for `save`: `shown` is taken over. */
void commons_show(struct session *session, struct explorer *shown);
/* The same, kept for the caller, who drops it; NULL before the first view. */
struct explorer *commons_shown(const struct session *session);

#endif
