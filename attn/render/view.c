#include "attn/render/view.h"

#include <math.h>

#include "attn/render/canvas.h"
#include "attn/render/card.h"
#include "attn/render/html.h"
#include "attn/render/payload.h"
#include "attn/render/svg.h"
#include "attn/render/web_assets.h"

/* ---- html ------------------------------------------------------------------------ */

static const char static_note[] =
    "Static copy. For hover: run this cell, or File > Trust Notebook.";

static void paragraph(struct buf *html, const char *class, const char *style,
                      const char *text)
{
    buf_print(html, "<p class=\"%s\" style=\"%s\">", class, style);
    html_text(html, text);
    buf_text(html, "</p>\n");
}

/* A picture is not made smaller than this: below, its text cannot be read. */
static const float READABLE = .62f;

/* The picture as it stands without script. Its height is known before it is painted, so
 * a cell that runs again does not jump. */
static void write_image(const struct view *view, struct buf *html)
{
    struct buf svg;
    buf_init(&svg, html->most);
    svg_write(view->scene, &svg);
    buf_print(
        html,
        "<img style=\"display:block;max-width:100%%;min-width:%.0fpx;height:auto\"",
        (double)(view->scene->width * READABLE));
    buf_print(html, " width=\"%.0f\" height=\"%.0f\" alt=\"",
              (double)view->scene->width, (double)view->scene->height);
    html_text(html, view->alt ? view->alt : "");
    buf_text(html, "\" src=\"data:image/svg+xml;base64,");
    buf_base64(html, svg.at, svg.length);
    buf_text(html, "\">");
    html->full = html->full || svg.full;
    buf_free(&svg);
}

/* Words that light up their links. */
static bool has_ties(const struct scene *scene)
{
    for (size_t k = 0; k < scene->n_items; k++)
        if (scene->items[k].looks || scene->items[k].seen)
            return true;
    return false;
}

/* The script finds its parts by class: attn-finding, attn-picture, attn-readout. */
static void write_figure(const struct view *view, struct buf *html)
{
    buf_text(html, "<figure style=\"margin:0\">");
    if (view->finding) {
        buf_text(html,
                 "<figcaption class=\"attn-finding\" style=\"margin:0 0 6px 0\">");
        html_text(html, view->finding);
        buf_text(html, "</figcaption>\n");
    }
    buf_text(html, "<div class=\"attn-picture\" style=\"overflow-x:auto\">");
    if (view->table_first && view->n_blocks)
        html_blocks(html, view->blocks, 1);
    else
        write_image(view, html);
    buf_text(html, "</div></figure>\n");
    if (view->scene->n_fields > 0 || has_ties(view->scene))
        paragraph(html, "attn-readout",
                  "margin:4px 0;min-height:20px;font-size:90%;opacity:.8", static_note);
}

static void write_script(const struct view *view, struct buf *html)
{
    buf_text(html, "<script type=\"application/json\">");
    payload_write(view->scene, html);
    buf_text(html, "</script>\n<script type=\"text/css\">"); /* the script puts it on */
    buf_text(html, web_assets_attn_css());
    buf_text(html, "</script>\n<script>");
    buf_text(html, web_assets_attn_js());
    buf_text(html, "</script>\n");
}

bool view_html(const struct view *view, struct buf *html, struct err *err)
{
    size_t skip = view->scene && view->table_first && view->n_blocks ? 1 : 0;
    /* The two classes keep formula typesetters away from a sentence with $…$ in it. */
    buf_text(html, "<div class=\"attn mathjax_ignore tex2jax_ignore attn-");
    html_text(html, view->kind ? view->kind : "card");
    buf_print(html, "\" style=\"line-height:1.45;margin:0 0 10px 0%s\">\n",
              view->big ? ";font-size:150%" : "");
    if (view->ribbon)
        paragraph(html, "attn-ribbon",
                  "margin:0 0 6px 0;padding:2px 10px;border-left:4px solid #b04a00;"
                  "font-size:90%;font-style:italic",
                  view->ribbon);
    if (view->scene)
        write_figure(view, html);
    else if (view->finding)
        paragraph(html, "attn-finding", "margin:0 0 6px 0", view->finding);
    html_blocks(html, skip ? view->blocks + skip : view->blocks, view->n_blocks - skip);
    if (view->footer)
        paragraph(html, "attn-footer", "margin:6px 0 0 0;font-size:90%;opacity:.8",
                  view->footer);
    if (view->scene)
        write_script(view, html);
    buf_text(html, "</div>\n");
    if (html->full)
        return err_set(err, ERR_TOO_LARGE,
                       "This view needs more than %zu kB of html. Ask for fewer rows.",
                       html->most / 1000);
    return true;
}

/* ---- text and png ---------------------------------------------------------------- */

void view_text(const struct view *view, struct buf *text)
{
    if (view->ribbon)
        card_paragraph(text, view->ribbon, 0);
    card_paragraph(text, view->finding ? view->finding : "", 0);
    card_lines(text, view->twin ? view->twin : "", 0);
    /* A table in the picture's place has the twin's numbers. */
    bool skip = view->table_first && view->twin && view->n_blocks;
    /* Beside a twin, what is folded away would drown the rest. */
    card_blocks(text, skip ? view->blocks + 1 : view->blocks, view->n_blocks - skip,
                !view->twin);
    card_paragraph(text, view->footer ? view->footer : "", 0);
}

static const float LARGE = 1e6f; /* square pixels */

bool view_png(const struct view *view, float scale, const atomic_bool *stop,
              struct buf *png, int *width, int *height, struct err *err)
{
    /* A picture this large is scrolled through, not looked at closely. */
    if (view->scene->width * view->scene->height > LARGE && scale > 1)
        scale = 1;
    struct canvas_look look = {scale, SHADE_LIGHT};
    *width = (int)lroundf(view->scene->width);
    *height = (int)lroundf(view->scene->height);
    return canvas_png(view->scene, &look, stop, png, err);
}
