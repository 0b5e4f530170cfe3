/* measured.h - the weights of a head as a view draws them: under the `measure` and the
 * `hide` of the line. Depends on lang/command, analyse.
 */
#ifndef ATTN_LANG_MEASURED_H
#define ATTN_LANG_MEASURED_H

#include "attn/analyse/story.h"
#include "attn/lang/command.h"

/* Once for each picture, before anything is drawn: says what the measure means, and
 * sets it to weight for a command that speaks of weights whatever it is. Under `norm`
 * the story's rows get the heads that bring most to them. */
void measured_begin(struct call *call, const struct trace *trace, struct story *story);

/* [T,S] of one head, in the cell's arena or the trace itself; under `norm` the shares
 * of each row's lengths. A row sums to 1, or to 0 where nothing is left of it. NULL
 * with *err set. */
MUST_USE const float *measured_head(struct call *call, const struct trace *trace,
                                    size_t layer, size_t head, struct err *err);

/* True when the measure leaves no single head: rollout and maxflow. */
bool measured_is_made(const struct settings *settings);

/* [T,S] of the mean or maximum of heads (of the layer, or of all), or of rollout or
 * maxflow up to the layer; *name says what it is. NULL with *err set. */
MUST_USE const float *measured_made(struct call *call, const struct trace *trace,
                                    const char **name, struct err *err);

/* The share of a row, as measured_head() has it, that `hide` takes out. `head` is
 * layer*H + head. */
double measured_removed(const struct call *call, const struct trace *trace, size_t head,
                        size_t row);

/* Under `norm`: that all lengths are 0, with a head that brings something to `row`.
 * Sets ERR_UNSUITED and returns false. */
bool measured_brings_nothing(const struct call *call, const struct trace *trace,
                             size_t row, struct err *err);

/* True when `hide` takes this column out. */
bool measured_hides(const struct settings *settings, const struct trace *trace,
                    size_t col);

#endif
