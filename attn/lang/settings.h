/* settings.h - the state that `set` shows and changes, but for sentence and model.
 * Depends on model.
 */
#ifndef ATTN_LANG_SETTINGS_H
#define ATTN_LANG_SETTINGS_H

#include <stdbool.h>

#include "attn/model/model.h"

/* Where a layer or head is no number. */
enum pick { PICK_AUTO = -1, PICK_MEAN = -2, PICK_MAX = -3, PICK_ALL = -4 };

/* Both ends in. A pick stands in both. */
struct range {
    int from, to;
};

enum mask { MASK_AUTO, MASK_NONE, MASK_CAUSAL };
enum measure { MEASURE_WEIGHT, MEASURE_NORM, MEASURE_ROLLOUT, MEASURE_MAXFLOW };
enum hide { HIDE_NONE, HIDE_FIRST, HIDE_SPECIAL };
enum color { COLOR_ORANGE, COLOR_VIRIDIS, COLOR_CIVIDIS };

enum { SETTINGS_HEADS = 1024 }; /* as many as a model may have: MODEL_MOST_HEADS */

struct settings {
    struct range layer; /* number(s) or PICK_AUTO, PICK_ALL */
    int head;           /* number or any PICK_ */
    enum mask mask;
    bool position, scale, attention;
    double temperature;
    struct hand_query query; /* position -1: none is set by hand */
    enum measure measure;
    bool words;
    enum hide hide;
    enum color color;
    bool big, animate, strict, history;
    unsigned char muted[SETTINGS_HEADS]; /* by layer*H + head: enum mute of model.h */
    enum attention which; /* the line's flag, or what the model shows by itself; never
                             kept */
};

#endif
