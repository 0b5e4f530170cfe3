#include "attn/render/theme.h"

struct theme theme_for(bool big)
{
    static const struct theme normal = {
        .text = 15,
        .small = 12,
        .number = 12,
        .title = 15,
        .line = 22,
        .pad = 8,
        .gap = 2,
        .cell = 40,
        .least_cell = 12,
        .stroke = 1,
        .radius = 4,
        .column = 900,
    };
    static const struct theme projector = {
        .text = 23,
        .small = 18,
        .number = 18,
        .title = 23,
        .line = 34,
        .pad = 12,
        .gap = 3,
        .cell = 60,
        .least_cell = 16,
        .stroke = 1.5F,
        .radius = 6,
        .column = 1300,
    };
    return big ? projector : normal;
}

const char *theme_sans(void)
{
    return "Noto Sans,Segoe UI,Roboto,Helvetica Neue,Arial,DejaVu Sans,sans-serif";
}

const char *theme_mono(void)
{
    return "DejaVu Sans Mono,Menlo,Consolas,Liberation Mono,monospace";
}
