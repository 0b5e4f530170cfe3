#include "attn/render/svg_pen.h"

#include <math.h>
#include <stdio.h>

#include "attn/render/html.h"
#include "attn/render/text.h"
#include "attn/render/theme.h"

void svg_pen_number(struct buf *to, float value)
{
    char text[32];
    int length =
        snprintf(text, sizeof text, "%.2f", isfinite(value) ? (double)value : 0);
    while (length > 0 && text[length - 1] == '0')
        length--;
    if (length > 0 && text[length - 1] == '.')
        length--;
    buf_add(to, text, (size_t)length);
}

void svg_pen_attribute(struct buf *to, const char *name, float value)
{
    buf_print(to, " %s=\"", name);
    svg_pen_number(to, value);
    buf_char(to, '"');
}

unsigned svg_pen_slot(struct paint paint)
{
    unsigned level = 0;
    if (paint.ink == INK_HEAD)
        level = (unsigned)fmaxf(paint.level, 0) % COLOR_HEADS;
    else if (paint.ink == INK_WEIGHT || paint.ink == INK_REST ||
             paint.ink == INK_ON_WEIGHT)
        level = (unsigned)lroundf(scene_level(paint.level, 1) * SVG_LEVELS);
    return paint.ink * (SVG_LEVELS + 1) + level;
}

struct paint svg_pen_paint(unsigned slot)
{
    struct paint paint = {slot / (SVG_LEVELS + 1), (float)(slot % (SVG_LEVELS + 1))};
    if (paint.ink != INK_HEAD)
        paint.level /= SVG_LEVELS;
    return paint;
}

/* class="…" for a fill, a stroke or both, and their opacities. */
void svg_pen_classes(struct svg *svg, struct paint fill, struct paint stroke)
{
    const char *between = "";
    buf_text(svg->to, " class=\"");
    if (fill.ink != INK_NONE) {
        buf_print(svg->to, "f%u", svg_pen_slot(fill));
        svg->fills[svg_pen_slot(fill)] = true;
        between = " ";
    }
    if (stroke.ink != INK_NONE) {
        buf_print(svg->to, "%ss%u", between, svg_pen_slot(stroke));
        svg->strokes[svg_pen_slot(stroke)] = true;
    }
    buf_char(svg->to, '"');
    if (fill.ink != INK_NONE && color_opacity(fill) < 1)
        svg_pen_attribute(svg->to, "fill-opacity", color_opacity(fill));
    if (stroke.ink != INK_NONE && color_opacity(stroke) < 1)
        svg_pen_attribute(svg->to, "stroke-opacity", color_opacity(stroke));
}

void svg_pen_stroke(struct svg *svg, float thickness, bool dashed)
{
    if (thickness > 0 && thickness != 1)
        svg_pen_attribute(svg->to, "stroke-width", thickness);
    if (dashed)
        buf_text(svg->to, " stroke-dasharray=\"4 3\"");
}

void svg_pen_box(struct svg *svg, struct box box, float radius)
{
    buf_text(svg->to, "<rect");
    svg_pen_attribute(svg->to, "x", box.x);
    svg_pen_attribute(svg->to, "y", box.y);
    svg_pen_attribute(svg->to, "width", box.width);
    svg_pen_attribute(svg->to, "height", box.height);
    if (radius > 0)
        svg_pen_attribute(svg->to, "rx", radius);
}

/* Text of simple scripts that nearly fills its room is held to its measure, should the
 * reader's font be wider; letters that join are left alone. */
static bool needs_guard(const char *text, float width, float room)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0xCA)
            return false;
    return room > 0 && width > 0.85F * room;
}

void svg_pen_text(struct svg *svg, const struct item *item)
{
    static const char *const anchors[] = {"start", "middle", "end"};
    struct type type = {item->size, item->bold, item->mono};
    const char *text = text_fit(&svg->arena, item->text, type, item->box.width);
    float width = text_width(text, type);
    buf_text(svg->to, "<text");
    svg_pen_attribute(svg->to, "x", item->box.x);
    svg_pen_attribute(svg->to, "y", item->box.y);
    svg_pen_classes(svg, item->fill, (struct paint){0});
    if (item->size != svg->size)
        svg_pen_attribute(svg->to, "font-size", item->size);
    if (item->anchor != svg->anchor)
        buf_print(svg->to, " text-anchor=\"%s\"", anchors[item->anchor]);
    if (item->bold)
        buf_text(svg->to, " font-weight=\"bold\"");
    if (item->mono)
        buf_print(svg->to, " font-family=\"%s\"", theme_mono());
    if (item->underlined)
        buf_text(svg->to, " text-decoration=\"underline\"");
    if (needs_guard(text, width, item->box.width)) {
        svg_pen_attribute(svg->to, "textLength", width);
        buf_text(svg->to, " lengthAdjust=\"spacingAndGlyphs\"");
    }
    if (item->turn != 0) {
        buf_text(svg->to, " transform=\"rotate(");
        svg_pen_number(svg->to, -item->turn);
        buf_char(svg->to, ' ');
        svg_pen_number(svg->to, item->box.x);
        buf_char(svg->to, ' ');
        svg_pen_number(svg->to, item->box.y);
        buf_text(svg->to, ")\"");
    }
    buf_char(svg->to, '>');
    html_text(svg->to, text);
    buf_text(svg->to, "</text>");
}

void svg_pen_pair(struct buf *to, char letter, struct point at)
{
    if (letter)
        buf_char(to, letter);
    svg_pen_number(to, at.x);
    buf_char(to, ' ');
    svg_pen_number(to, at.y);
}

void svg_pen_curve(struct buf *to, struct bezier line)
{
    svg_pen_pair(to, 'M', line.at[0]);
    svg_pen_pair(to, 'C', line.at[1]);
    buf_char(to, ' ');
    svg_pen_pair(to, 0, line.at[2]);
    buf_char(to, ' ');
    svg_pen_pair(to, 0, line.at[3]);
}
