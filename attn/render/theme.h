/* theme.h - sizes, spacing and font families: the one place that states them.
 *
 * A layout asks for the sizes of normal or big print and never writes a number of its
 * own for type. Colours stand in color.h. Depends on nothing.
 */
#ifndef ATTN_RENDER_THEME_H
#define ATTN_RENDER_THEME_H

#include <stdbool.h>

/* Lengths in CSS pixels. */
struct theme {
    float text;       /* words of the sentence, values in a card */
    float small;      /* axis names, captions, legends */
    float number;     /* numbers in cells */
    float title;      /* headings inside a picture */
    float line;       /* from baseline to baseline of `text` */
    float pad;        /* picture edge, inside of a word's box */
    float gap;        /* between neighbouring boxes */
    float cell;       /* side of a matrix cell that holds a number */
    float least_cell; /* below this, cells carry no gap */
    float stroke;     /* hairline */
    float radius;     /* rounded corners of word boxes */
    float column;     /* the widest a picture should be: a notebook's column */
};

/* `big`: for a projector. */
struct theme theme_for(bool big);

/* Families in CSS form; the first is the one that text.h knows the widths of. */
const char *theme_sans(void);
const char *theme_mono(void);

#endif
