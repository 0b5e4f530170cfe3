#include "attn/render/color.h"

#include <math.h>
#include <stdio.h>

#define RGB(hex)                                                                       \
    {                                                                                  \
        (hex) >> 16, (hex) >> 8 & 0xFF, (hex)&0xFF                                     \
    }

/* Even steps of CIE lightness: 100 to 36 on white, 5 to 88 on near-black. */
static const struct rgb ramps[SHADES][COLOR_RAMP] = {
    {RGB(0xffffff), RGB(0xfef1e6), RGB(0xfee3cd), RGB(0xfed5b3), RGB(0xfec79a),
     RGB(0xffb77f), RGB(0xfea863), RGB(0xfe9743), RGB(0xff8505), RGB(0xf17b05),
     RGB(0xe37105), RGB(0xd56704), RGB(0xc85d02), RGB(0xba5401), RGB(0xac4b04),
     RGB(0x9e4202), RGB(0x913900)},
    {RGB(0x111111), RGB(0x261911), RGB(0x3b200d), RGB(0x512602), RGB(0x613001),
     RGB(0x723b01), RGB(0x824602), RGB(0x935100), RGB(0xa35d04), RGB(0xb36a07),
     RGB(0xc47601), RGB(0xd58302), RGB(0xe69104), RGB(0xf69f05), RGB(0xffb03d),
     RGB(0xffc474), RGB(0xffd69f)},
};

/* Found by search: at least 20 apart in CIE Lab for every kind of colour vision, and
 * contrast 4.5 with the paper. */
static const struct rgb heads[SHADES][COLOR_HEADS] = {
    {RGB(0xb7210b), RGB(0x032da3), RGB(0x008937), RGB(0xb83f69), RGB(0x50331e),
     RGB(0x7c1c81), RGB(0x7964c9), RGB(0x50002e), RGB(0x0a0044)},
    {RGB(0xda4a38), RGB(0x73afff), RGB(0x08fd94), RGB(0xd24da4), RGB(0xdaa00f),
     RGB(0x9758ff), RGB(0x87a988), RGB(0xffff3d), RGB(0xccfff3)},
};

static const struct rgb plain[INKS][SHADES] = {
    [INK_NONE] = {RGB(0xffffff), RGB(0x111111)},
    [INK_TEXT] = {RGB(0x1f1f1f), RGB(0xe6e6e6)},
    [INK_MUTED] = {RGB(0x595959), RGB(0xa8a8a8)},
    [INK_LINE] = {RGB(0xc8c8c8), RGB(0x4a4a4a)},
    [INK_PAPER] = {RGB(0xffffff), RGB(0x111111)},
    [INK_REST] = {RGB(0x8c8c8c), RGB(0x646464)}, /* at level 1 */
    [INK_MASKED] = {RGB(0xb4b4b4), RGB(0x5a5a5a)},
    [INK_CHOSEN] = {RGB(0x7a1fa2), RGB(0xd7a0ff)},
    [INK_QUERY] = {RGB(0x1565c0), RGB(0x7ab8ff)},
    [INK_KEY] = {RGB(0x00796b), RGB(0x4dd0b8)},
    [INK_VALUE] = {RGB(0xad1457), RGB(0xff8ab5)},
    [INK_PLUS] = {RGB(0xb04a00), RGB(0xffa24d)},
    [INK_MINUS] = {RGB(0x1459b3), RGB(0x7ab0ff)},
};

static float clamp(float level)
{
    if (!(level > 0)) /* NaN too */
        return 0;
    return level < 1 ? level : 1;
}

static struct rgb mix(struct rgb a, struct rgb b, float part)
{
    return (struct rgb){
        (unsigned char)lroundf((float)a.r + ((float)b.r - (float)a.r) * part),
        (unsigned char)lroundf((float)a.g + ((float)b.g - (float)a.g) * part),
        (unsigned char)lroundf((float)a.b + ((float)b.b - (float)a.b) * part),
    };
}

const struct rgb *color_ramp(enum shade shade)
{
    return ramps[shade];
}

static struct rgb on_ramp(float level, enum shade shade)
{
    float at = roundf(clamp(level) * 255) / 255 * (COLOR_RAMP - 1);
    int step = (int)at;
    if (step >= COLOR_RAMP - 1)
        return ramps[shade][COLOR_RAMP - 1];
    return mix(ramps[shade][step], ramps[shade][step + 1], at - (float)step);
}

/* Black or white: the better of the two is never below 4.58, whatever lies behind. */
static struct rgb readable_on(struct rgb behind)
{
    struct rgb black = {0, 0, 0}, white = {255, 255, 255};
    return color_contrast(black, behind) >= color_contrast(white, behind) ? black
                                                                          : white;
}

static struct rgb of_head(float level, enum shade shade)
{
    long index = level > 0 && level < 1e6F ? lroundf(level) : 0;
    return heads[shade][index % COLOR_HEADS];
}

struct rgb color_of(struct paint paint, enum shade shade)
{
    switch (paint.ink) {
    case INK_WEIGHT:
        return on_ramp(paint.level, shade);
    case INK_ON_WEIGHT:
        return readable_on(on_ramp(paint.level, shade));
    case INK_REST:
        return mix(plain[INK_PAPER][shade], plain[INK_REST][shade], clamp(paint.level));
    case INK_HEAD:
        return of_head(paint.level, shade);
    default:
        return plain[paint.ink < INKS ? paint.ink : INK_TEXT][shade];
    }
}

float color_opacity(struct paint paint)
{
    bool level_is_other = paint.ink == INK_WEIGHT || paint.ink == INK_ON_WEIGHT ||
                          paint.ink == INK_REST || paint.ink == INK_HEAD;
    if (level_is_other || !(paint.level > 0) || paint.level > 1)
        return 1;
    return paint.level;
}

void color_hex(struct rgb color, char hex[COLOR_HEX_SIZE])
{
    snprintf(hex, COLOR_HEX_SIZE, "#%02x%02x%02x", color.r, color.g, color.b);
}

bool color_tint(struct paint paint, char hex[COLOR_HEX_SIZE])
{
    /* Mid-tones: as far from white text as from black. */
    static const struct rgb tints[INKS] = {
        [INK_WEIGHT] = RGB(0xd85800), [INK_REST] = RGB(0x787878),
        [INK_PLUS] = RGB(0xd85800),   [INK_MINUS] = RGB(0x307cdc),
        [INK_QUERY] = RGB(0x307cdc),  [INK_KEY] = RGB(0x008f80),
        [INK_VALUE] = RGB(0xd4518b),
    };
    float strength = clamp(paint.level);
    struct rgb tint = {0};
    if (paint.ink < INKS)
        tint = tints[paint.ink];
    if (tint.r + tint.g + tint.b == 0)
        return false;
    snprintf(hex, COLOR_HEX_SIZE, "#%02x%02x%02x%02x", tint.r, tint.g, tint.b,
             (unsigned)lroundf(strength * 0.85F * 255));
    return true;
}

static double luminance(struct rgb color)
{
    unsigned char part[3] = {color.r, color.g, color.b};
    static const double share[3] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double c = part[i] / 255.0;
        sum += share[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double color_contrast(struct rgb a, struct rgb b)
{
    double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
    return one > other ? one / other : other / one;
}
