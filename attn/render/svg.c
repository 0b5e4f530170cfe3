#include "attn/render/svg.h"

#include "attn/render/html.h"
#include "attn/render/svg_fields.h"
#include "attn/render/svg_pen.h"
#include "attn/render/theme.h"

static void draw_box(struct svg *svg, const struct item *item)
{
    svg_pen_box(svg, item->box, item->radius);
    svg_pen_classes(svg, item->fill, item->stroke);
    if (item->stroke.ink != INK_NONE)
        svg_pen_stroke(svg, item->thickness, item->dashed);
    buf_text(svg->to, "/>");
}

static void draw_dot(struct svg *svg, const struct item *item)
{
    buf_text(svg->to, "<circle");
    svg_pen_attribute(svg->to, "cx", item->box.x);
    svg_pen_attribute(svg->to, "cy", item->box.y);
    svg_pen_attribute(svg->to, "r", item->box.width / 2);
    svg_pen_classes(svg, item->fill, item->stroke);
    if (item->stroke.ink != INK_NONE)
        svg_pen_stroke(svg, item->thickness, item->dashed);
    buf_text(svg->to, "/>");
}

static void draw_line(struct svg *svg, const struct item *item)
{
    if (item->n_points < 2)
        return;
    buf_text(svg->to, "<path d=\"");
    if (item->shape == LINE_STRAIGHT) {
        for (size_t i = 0; i < item->n_points; i++)
            svg_pen_pair(svg->to, i ? 'L' : 'M', item->at[i]);
    } else {
        svg_pen_curve(svg->to, scene_curve(item->shape, item->at[0], item->at[1]));
    }
    buf_char(svg->to, '"');
    svg_pen_classes(svg, item->fill, item->stroke);
    svg_pen_stroke(svg, item->thickness, item->dashed);
    buf_text(svg->to, "/>");
    if (item->arrow) {
        struct point head[3];
        scene_arrow(item, head);
        buf_text(svg->to, "<path d=\"");
        for (int i = 0; i < 3; i++)
            svg_pen_pair(svg->to, i ? 'L' : 'M', head[i]);
        buf_text(svg->to, "Z\"");
        svg_pen_classes(svg, item->stroke, (struct paint){0});
        buf_text(svg->to, "/>");
    }
}

static void draw_item(struct svg *svg, const struct item *item)
{
    switch (item->kind) {
    case ITEM_BOX:
        draw_box(svg, item);
        break;
    case ITEM_TEXT:
        if (item->text)
            svg_pen_text(svg, item);
        break;
    case ITEM_LINE:
        draw_line(svg, item);
        break;
    case ITEM_DOT:
        draw_dot(svg, item);
        break;
    }
}

/* ---- the document ---------------------------------------------------------------- */

static void rules(struct svg *svg, struct buf *to, enum shade shade)
{
    char hex[COLOR_HEX_SIZE];
    for (unsigned slot = 0; slot < SVG_SLOTS; slot++) {
        color_hex(color_of(svg_pen_paint(slot), shade), hex);
        if (svg->fills[slot])
            buf_print(to, ".f%u{fill:%s}", slot, hex);
        if (svg->strokes[slot])
            buf_print(to, ".s%u{stroke:%s}", slot, hex);
    }
    color_hex(color_of((struct paint){INK_MASKED, 0}, shade), hex);
    if (svg->hatch)
        buf_print(to, ".h{stroke:%s}", hex);
}

static void head(struct svg *svg, const char *title, struct buf *to)
{
    const struct scene *scene = svg->scene;
    buf_text(to, "<svg xmlns=\"http://www.w3.org/2000/svg\"");
    svg_pen_attribute(to, "width", scene->width);
    svg_pen_attribute(to, "height", scene->height);
    buf_text(to, " viewBox=\"0 0 ");
    svg_pen_number(to, scene->width);
    buf_char(to, ' ');
    svg_pen_number(to, scene->height);
    buf_print(to, "\" font-family=\"%s\" font-size=\"%d\" fill=\"none\"%s>",
              theme_sans(), SVG_USUAL_SIZE, title ? " role=\"img\"" : "");
    if (title) {
        buf_text(to, "<title>");
        html_text(to, title);
        buf_text(to, "</title>");
    }
    buf_text(to, "<style>");
    rules(svg, to, SHADE_LIGHT);
    buf_text(to, "@media (prefers-color-scheme:dark){");
    rules(svg, to, SHADE_DARK);
    buf_text(to, "}</style>");
    if (svg->hatch)
        buf_text(to,
                 "<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits="
                 "\"userSpaceOnUse\"><path class=\"h\" d=\"M-1 7L7-1M-1 1L1-1M5 7L7 5\""
                 "/></pattern></defs>");
}

static void write(const struct scene *scene, const char *title, struct buf *svg)
{
    struct buf body;
    struct svg state = {.to = &body, .scene = scene, .size = SVG_USUAL_SIZE};
    buf_init(&body, svg->most);
    svg_pen_box(&state, (struct box){0, 0, scene->width, scene->height}, 0);
    svg_pen_classes(&state, (struct paint){INK_PAPER, 0}, (struct paint){0});
    buf_text(&body, "/>");
    for (size_t i = 0; i < scene->above; i++)
        draw_item(&state, &scene->items[i]);
    for (size_t i = 0; i < scene->n_fields; i++)
        svg_fields_draw(&state, &scene->fields[i]);
    for (size_t i = scene->above; i < scene->n_items; i++)
        draw_item(&state, &scene->items[i]);
    head(&state, title, svg);
    buf_add(svg, body.at, body.length);
    buf_text(svg, "</svg>");
    svg->full = svg->full || body.full;
    buf_free(&body);
    arena_free(&state.arena);
}

void svg_write(const struct scene *scene, struct buf *svg)
{
    write(scene, NULL, svg);
}

void svg_file(const struct scene *scene, const char *title, const char *software,
              struct buf *svg)
{
    buf_print(svg, "<!-- made by %s -->\n", software);
    write(scene, title, svg);
    buf_char(svg, '\n');
}
