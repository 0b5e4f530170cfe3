/* measured.h - the weights of a head as a view draws them: under the `measure` and the
 * `hide` of the line. Depends on lang/command, analyse.
 */
#ifndef ATTN_LANG_MEASURED_H
#define ATTN_LANG_MEASURED_H

#include "attn/lang/command.h"

/* [T,S] of one head, in the cell's arena or the trace itself. NULL with *err set. */
MUST_USE const float *measured_head(struct call *call, const struct trace *trace,
                                    size_t layer, size_t head, struct err *err);

/* True when the measure leaves no single head: rollout and maxflow. */
bool measured_is_made(const struct settings *settings);

/* [T,S] of the mean or maximum of heads (of the layer, or of all), or of rollout or
 * maxflow up to the layer; *name says what it is. NULL with *err set. */
MUST_USE const float *measured_made(struct call *call, const struct trace *trace,
                                    const char **name, struct err *err);

/* True when `hide` takes this column out. */
bool measured_hides(const struct settings *settings, const struct trace *trace,
                    size_t col);

#endif
