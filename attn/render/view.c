#include "attn/render/view.h"

#include <math.h>

#include "attn/render/canvas.h"
#include "attn/render/card.h"
#include "attn/render/html.h"
#include "attn/render/payload.h"
#include "attn/render/svg.h"
#include "attn/render/theme.h"
#include "attn/render/web_assets.h"

/* ---- html ------------------------------------------------------------------------ */

static const char static_note[] =
    "Static copy. For hover: run this cell, or File > Trust Notebook.";
static const char page_note[] = "Static copy. For hover: let this page run its script.";

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
                  "margin:4px 0;min-height:20px;font-size:90%;opacity:.8",
                  view->own_page ? page_note : static_note);
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

/* A picture this large is scrolled through, not looked at closely. */
static const float LARGE = 1e6f; /* square pixels */

static bool write_png(const struct view *view, float scale, const char *software,
                      const atomic_bool *stop, struct buf *png, struct err *err)
{
    if (view->scene->width * view->scene->height > LARGE && scale > 1)
        scale = 1;
    struct canvas_look look = {scale, SHADE_LIGHT, software};
    return canvas_png(view->scene, &look, stop, png, err);
}

bool view_png(const struct view *view, float scale, const atomic_bool *stop,
              struct buf *png, int *width, int *height, struct err *err)
{
    *width = (int)lroundf(view->scene->width);
    *height = (int)lroundf(view->scene->height);
    return write_png(view, scale, NULL, stop, png, err);
}

/* ---- files ----------------------------------------------------------------------- */

static const char *title_of(const struct view *view)
{
    if (view->finding)
        return view->finding;
    return view->alt ? view->alt : view->kind ? view->kind : VIEW_MADE_BY;
}

/* The page's own colours: the paper and the text of its pictures. */
static void page_colors(struct buf *html, enum shade shade)
{
    char paper[COLOR_HEX_SIZE], text[COLOR_HEX_SIZE];
    color_hex(color_of((struct paint){INK_PAPER, 0}, shade), paper);
    color_hex(color_of((struct paint){INK_TEXT, 0}, shade), text);
    buf_print(html, "body{background:%s;color:%s}", paper, text);
}

bool view_page(const struct view *view, struct buf *html, struct err *err)
{
    buf_text(html,
             "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"generator\" content=\"" VIEW_MADE_BY "\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, "
             "initial-scale=1\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
             "'none'; img-src data:; script-src 'unsafe-inline'; style-src "
             "'unsafe-inline'\">\n<title>");
    html_text(html, title_of(view));
    buf_text(html, "</title>\n<style>:root{color-scheme:light dark}"
                   "body{margin:24px;font:16px sans-serif;font-family:");
    buf_text(html, theme_sans());
    buf_char(html, '}');
    page_colors(html, SHADE_LIGHT);
    buf_text(html, "@media (prefers-color-scheme:dark){");
    page_colors(html, SHADE_DARK);
    buf_text(html, "}</style>\n</head>\n<body>\n<main>\n");
    struct view own = *view;
    own.own_page = true;
    if (!view_html(&own, html, err))
        return false;
    buf_text(html, "</main>\n</body>\n</html>\n");
    return true;
}

bool view_svg(const struct view *view, struct buf *svg, struct err *err)
{
    svg_file(view->scene, title_of(view), VIEW_MADE_BY, svg);
    return !svg->full || err_set(err, ERR_TOO_LARGE,
                                 "The picture needs more than %zu bytes.", svg->most);
}

bool view_png_file(const struct view *view, const atomic_bool *stop, struct buf *png,
                   struct err *err)
{
    return write_png(view, 2, VIEW_MADE_BY, stop, png, err);
}

bool view_pdf(const struct view *view, const atomic_bool *stop, struct buf *pdf,
              struct err *err)
{
    return canvas_pdf(view->scene, title_of(view), VIEW_MADE_BY, stop, pdf, err);
}
