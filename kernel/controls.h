/* controls.h - the controls of an explorer as widget models: JSON, nothing else.
 *
 * Names and fields: ipywidgets 8, @jupyter-widgets/controls 2.0.0. Depends on
 * lang/session, base/json_out.
 */
#ifndef KERNEL_CONTROLS_H
#define KERNEL_CONTROLS_H

#include "attn/base/buf.h"
#include "attn/lang/session.h"

/* In the order in which they must be opened. */
enum controls_part {
    CONTROLS_LAYOUT,
    CONTROLS_ONE_LAYOUT,
    CONTROLS_ROW_LAYOUT,
    CONTROLS_SLIDER_STYLE,
    CONTROLS_CHOICE_STYLE,
    CONTROLS_FIRST, /* as many as the explorer has */
    CONTROLS_ROW = CONTROLS_FIRST + EXPLORER_CONTROLS,
    CONTROLS_STAGE, /* an output area, empty until it is needed */
    CONTROLS_BOX,   /* holds row and stage: what is displayed */
    CONTROLS_PARTS,
};

enum { CONTROLS_ID_SIZE = 40 };

/* Writes {"state":{…}} of a part; parts refer to one another by `ids`. */
void controls_write(const struct explorer *explorer, enum controls_part part,
                    char ids[CONTROLS_PARTS][CONTROLS_ID_SIZE], struct buf *to);

/* Writes the content of the display_data that shows them; `text` where no widgets are.
 */
void controls_view(const char *id, const char *text, struct buf *to);

/* The key under which a control keeps its value. */
const char *controls_key(const struct control *control);

#endif
