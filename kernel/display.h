/* display.h - what a cell shows, as the content of a message: the bundle of MIME forms.
 *
 * A picture is {text/html, image/png, text/plain}; never svg, json or javascript beside
 * them, which would outrank html. A console shows text/plain.
 * Depends on lang/session, render/view, base/json_out.
 */
#ifndef KERNEL_DISPLAY_H
#define KERNEL_DISPLAY_H

#include <stdatomic.h>
#include <stdbool.h>

#include "attn/base/json_out.h"
#include "attn/lang/session.h"

enum { DISPLAY_MOST = 64 * 1024 * 1024 }; /* bytes of one content */

/* Writes "data":{…},"metadata":{…} into an open object. */
MUST_USE bool display_view(struct json_out *out, const struct view *view,
                           const atomic_bool *stop, struct err *err);
/* The same of a picture with a row of controls. */
MUST_USE bool display_explored(struct json_out *out, const struct view *view,
                               const atomic_bool *stop, struct err *err);
/* Writes ,"transient":{"display_id":…} after those. */
void display_transient(struct json_out *out, const char *id);
void display_json(struct json_out *out, const char *json);
/* A value: its text first, then its card if it has one. */
MUST_USE bool display_value(struct json_out *out, const struct output *output,
                            struct err *err);
/* Only {…} of text/html and text/plain, as the pager and inspect want it. */
MUST_USE bool display_page(struct json_out *out, const struct view *view,
                           struct err *err);
MUST_USE bool display_explored_page(struct json_out *out, const struct view *view,
                                    struct err *err);

#endif
