#include "kernel/display.h"

#include <string.h>

/* Picture points per CSS pixel: letters stay clear where there is no html, and a cell's
 * answer does not wait for points that few ever see. */
static const float SCALE = 1.5F;

static void add_text(struct json_out *out, const struct view *view)
{
    struct buf text;
    buf_init(&text, DISPLAY_MOST);
    view_text(view, &text);
    json_key(out, "text/plain");
    json_bytes(out, text.at, text.length);
    buf_free(&text);
}

/* Where the row of controls stands, it takes the place of the picture's own choice of
 * layer and head; in a saved copy, where no control can be moved, that choice is back.
 */
static const char explored_begins[] =
    "<div class=\"attn-explored\"><style>.jp-OutputArea:has(.jupyter-widgets) "
    ".attn-explored .attn-controls{display:none}</style>\n";
/* A page that is opened when the kernel has gone finds no controls; ipywidgets calls
 * that an error, where it only needs the cell to be run. */
static const char explored_ends[] =
    "<script>(()=>{const area=document.currentScript?.closest('.jp-OutputArea');"
    "if(!area||area.dataset.attnExplored)return;area.dataset.attnExplored=1;"
    "const mend=()=>{for(const box of area.querySelectorAll('.jupyter-widgets'))"
    "if(!box.children.length&&/^Error displaying widget/.test(box.textContent))"
    "box.textContent='Run this cell again to have controls here.'};"
    "new MutationObserver(mend).observe(area,{childList:true,subtree:true});mend()})()"
    "</script></div>\n";

static bool add_html(struct json_out *out, const struct view *view, bool explored,
                     struct err *err)
{
    struct buf html;
    buf_init(&html, DISPLAY_MOST);
    buf_text(&html, explored ? explored_begins : "");
    bool good = view_html(view, &html, err);
    buf_text(&html, explored ? explored_ends : "");
    if (good) {
        json_key(out, "text/html");
        json_bytes(out, html.at, html.length);
    }
    buf_free(&html);
    return good;
}

struct size {
    int width, height; /* CSS pixels */
};

static bool add_png(struct json_out *out, const struct view *view,
                    const atomic_bool *stop, struct size *size, struct err *err)
{
    struct buf png;
    buf_init(&png, DISPLAY_MOST);
    bool good = view_png(view, SCALE, stop, &png, &size->width, &size->height, err);
    if (good) {
        json_key(out, "image/png");
        struct buf text;
        buf_init(&text, 2 * png.length + 16);
        buf_char(&text, '"');
        buf_base64(&text, png.at, png.length);
        buf_char(&text, '"');
        json_raw(out, text.at, text.length);
        buf_free(&text);
    }
    buf_free(&png);
    return good;
}

static void add_metadata(struct json_out *out, const struct view *view,
                         const struct size *size)
{
    json_key(out, "metadata");
    json_object(out);
    if (view->scene) {
        json_key(out, "image/png");
        json_object(out);
        json_key_int(out, "width", size->width);
        json_key_int(out, "height", size->height);
        json_end(out);
        json_key_text(out, "needs_background", "light");
    }
    if (view->alt) {
        json_key_text(out, "alt", view->alt);
        json_key_text(out, "vscode_altText", view->alt);
    }
    json_end(out);
}

static bool write_view(struct json_out *out, const struct view *view, bool explored,
                       const atomic_bool *stop, struct err *err)
{
    struct size size = {0};
    json_key(out, "data");
    json_object(out);
    if (!add_html(out, view, explored, err) ||
        (view->scene && !add_png(out, view, stop, &size, err)))
        return false;
    add_text(out, view);
    json_end(out);
    add_metadata(out, view, &size);
    return true;
}

bool display_view(struct json_out *out, const struct view *view,
                  const atomic_bool *stop, struct err *err)
{
    return write_view(out, view, false, stop, err);
}

bool display_explored(struct json_out *out, const struct view *view,
                      const atomic_bool *stop, struct err *err)
{
    return write_view(out, view, true, stop, err);
}

void display_transient(struct json_out *out, const char *id)
{
    json_key(out, "transient");
    json_object(out);
    json_key_text(out, "display_id", id);
    json_end(out);
}

static void no_metadata(struct json_out *out)
{
    json_key(out, "metadata");
    json_object(out);
    json_end(out);
}

void display_json(struct json_out *out, const char *json)
{
    json_key(out, "data");
    json_object(out);
    json_key(out, "application/json");
    json_raw(out, json, strlen(json));
    json_key_text(out, "text/plain", json);
    json_end(out);
    no_metadata(out);
}

bool display_value(struct json_out *out, const struct output *output, struct err *err)
{
    json_key(out, "data");
    json_object(out);
    json_key(out, "text/plain");
    json_bytes(out, output->text, output->length);
    if (output->view && !add_html(out, output->view, false, err))
        return false;
    json_end(out);
    no_metadata(out);
    return true;
}

static bool write_page(struct json_out *out, const struct view *view, bool explored,
                       struct err *err)
{
    json_object(out);
    if (!add_html(out, view, explored, err))
        return false;
    add_text(out, view);
    json_end(out);
    return true;
}

bool display_page(struct json_out *out, const struct view *view, struct err *err)
{
    return write_page(out, view, false, err);
}

bool display_explored_page(struct json_out *out, const struct view *view,
                           struct err *err)
{
    return write_page(out, view, true, err);
}
