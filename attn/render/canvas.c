#include "attn/render/canvas.h"

#include <cairo-pdf.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "attn/render/marks.h"
#include "attn/render/pngout.h"
#include "attn/render/text.h"
#include "attn/render/theme.h"

enum { MOST_PIXELS = 48 * 1000 * 1000, MOST_SIDE = 32000 };

/* One picture being drawn. Drawing functions do not fail: cairo keeps its first error,
 * which is looked at once, at the end. */
struct canvas {
    cairo_t *cairo;
    PangoLayout *layout; /* NULL until the first text */
    const struct scene *scene;
    enum shade shade;
    const atomic_bool *stop;
    struct arena arena;
};

static bool stopped(const struct canvas *canvas)
{
    return canvas->stop && atomic_load(canvas->stop);
}

static void use(struct canvas *canvas, struct paint paint, float opacity)
{
    struct rgb color = color_of(paint, canvas->shade);
    cairo_set_source_rgba(canvas->cairo, color.r / 255.0, color.g / 255.0,
                          color.b / 255.0, (double)(color_opacity(paint) * opacity));
}

static void fill_and_stroke(struct canvas *canvas, const struct item *item)
{
    static const double dashes[] = {4, 3};
    cairo_t *cairo = canvas->cairo;
    if (item->fill.ink != INK_NONE) {
        use(canvas, item->fill, 1);
        cairo_fill_preserve(cairo);
    }
    if (item->stroke.ink != INK_NONE) {
        use(canvas, item->stroke, 1);
        cairo_set_line_width(cairo, item->thickness > 0 ? (double)item->thickness : 1);
        cairo_set_dash(cairo, dashes, item->dashed ? 2 : 0, 0);
        cairo_stroke_preserve(cairo);
    }
    cairo_new_path(cairo);
}

static void rounded(cairo_t *cairo, struct box box, float radius)
{
    double r = (double)fminf(radius, fminf(box.width, box.height) / 2);
    double x = (double)box.x, y = (double)box.y;
    double right = x + (double)box.width, bottom = y + (double)box.height;
    if (!(r > 0)) {
        cairo_rectangle(cairo, x, y, (double)box.width, (double)box.height);
        return;
    }
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, right - r, y + r, r, -G_PI / 2, 0);
    cairo_arc(cairo, right - r, bottom - r, r, 0, G_PI / 2);
    cairo_arc(cairo, x + r, bottom - r, r, G_PI / 2, G_PI);
    cairo_arc(cairo, x + r, y + r, r, G_PI, 3 * G_PI / 2);
    cairo_close_path(cairo);
}

/* ---- text ------------------------------------------------------------------------ */

static PangoLayout *layout_for(struct canvas *canvas, const struct item *item)
{
    if (!canvas->layout) {
        canvas->layout = pango_cairo_create_layout(canvas->cairo);
        pango_layout_set_single_paragraph_mode(canvas->layout, TRUE);
    }
    PangoFontDescription *font =
        pango_font_description_from_string(item->mono ? theme_mono() : theme_sans());
    pango_font_description_set_absolute_size(font, (double)item->size * PANGO_SCALE);
    if (item->bold)
        pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(canvas->layout, font);
    pango_font_description_free(font);
    return canvas->layout;
}

static void underline(struct canvas *canvas, double x, double width, double size)
{
    cairo_rectangle(canvas->cairo, x, size * 0.14, width, fmax(1, size * 0.07));
    cairo_fill(canvas->cairo);
}

static void draw_text(struct canvas *canvas, const struct item *item)
{
    struct type type = {item->size, item->bold, item->mono};
    const char *text = text_fit(&canvas->arena, item->text, type, item->box.width);
    cairo_t *cairo = canvas->cairo;
    PangoLayout *layout = layout_for(canvas, item);
    PangoRectangle extent;
    pango_layout_set_text(layout, text, -1);
    pango_layout_get_extents(layout, NULL, &extent);
    double width = (double)extent.width / PANGO_SCALE, squeeze = 1;
    if (item->box.width > 0 && width > (double)item->box.width)
        squeeze = (double)item->box.width / width;
    static const double shares[] = {0, 0.5, 1};
    double x = -width * shares[item->anchor];
    cairo_save(cairo);
    cairo_translate(cairo, (double)item->box.x, (double)item->box.y);
    cairo_rotate(cairo, -(double)item->turn * G_PI / 180);
    cairo_scale(cairo, squeeze, 1);
    use(canvas, item->fill, 1);
    cairo_move_to(cairo, x, -(double)pango_layout_get_baseline(layout) / PANGO_SCALE);
    pango_cairo_show_layout(cairo, layout);
    if (item->underlined)
        underline(canvas, x, width, (double)item->size);
    cairo_restore(cairo);
    cairo_new_path(cairo);
}

/* ---- items ----------------------------------------------------------------------- */

static void trace_curve(cairo_t *cairo, struct bezier line)
{
    cairo_move_to(cairo, (double)line.at[0].x, (double)line.at[0].y);
    cairo_curve_to(cairo, (double)line.at[1].x, (double)line.at[1].y,
                   (double)line.at[2].x, (double)line.at[2].y, (double)line.at[3].x,
                   (double)line.at[3].y);
}

static void trace_points(cairo_t *cairo, const struct point *at, size_t n)
{
    cairo_move_to(cairo, (double)at[0].x, (double)at[0].y);
    for (size_t i = 1; i < n; i++)
        cairo_line_to(cairo, (double)at[i].x, (double)at[i].y);
}

static void draw_line(struct canvas *canvas, const struct item *item)
{
    if (item->n_points < 2)
        return;
    if (item->shape == LINE_STRAIGHT)
        trace_points(canvas->cairo, item->at, item->n_points);
    else
        trace_curve(canvas->cairo, scene_curve(item->shape, item->at[0], item->at[1]));
    fill_and_stroke(canvas, item);
    if (item->arrow) {
        struct point head[3];
        scene_arrow(item, head);
        trace_points(canvas->cairo, head, 3);
        use(canvas, item->stroke, 1);
        cairo_fill(canvas->cairo);
    }
}

static void draw_item(struct canvas *canvas, const struct item *item)
{
    switch (item->kind) {
    case ITEM_BOX:
        rounded(canvas->cairo, item->box, item->radius);
        fill_and_stroke(canvas, item);
        break;
    case ITEM_TEXT:
        if (item->text)
            draw_text(canvas, item);
        break;
    case ITEM_LINE:
        draw_line(canvas, item);
        break;
    case ITEM_DOT:
        cairo_new_sub_path(canvas->cairo);
        cairo_arc(canvas->cairo, (double)item->box.x, (double)item->box.y,
                  (double)item->box.width / 2, 0, 2 * G_PI);
        fill_and_stroke(canvas, item);
        break;
    }
}

/* ---- fields ---------------------------------------------------------------------- */

static void hatch(struct canvas *canvas, struct box box)
{
    enum { STEP = 6 };
    cairo_t *cairo = canvas->cairo;
    double x = (double)box.x, y = (double)box.y, h = (double)box.height;
    cairo_save(cairo);
    cairo_rectangle(cairo, x, y, (double)box.width, h);
    cairo_clip(cairo);
    use(canvas, (struct paint){INK_MASKED, 0}, 1);
    cairo_set_line_width(cairo, 1);
    /* Lines stand on one lattice of the page, so that neighbours join up. */
    double sum = floor((x + y) / STEP) * STEP;
    for (; sum < x + (double)box.width + y + h; sum += STEP) {
        cairo_move_to(cairo, sum - y, y);
        cairo_line_to(cairo, sum - y - h, y + h);
    }
    cairo_stroke(cairo);
    cairo_restore(cairo);
}

static void draw_cell(struct canvas *canvas, const struct field *field, size_t i,
                      size_t j)
{
    const struct stack *stack = &canvas->scene->stack;
    struct paint fill = marks_fill(stack, field, i, j);
    struct box box = marks_cell(field, i, j);
    if (marks_masked(stack, field, i, j)) {
        hatch(canvas, box);
        return;
    }
    if (fill.level > 0) {
        use(canvas, fill, 1);
        cairo_rectangle(canvas->cairo, (double)box.x, (double)box.y, (double)box.width,
                        (double)box.height);
        cairo_fill(canvas->cairo);
    }
    struct item number = marks_number_item(stack, field, i, j, &canvas->arena);
    if (number.text)
        draw_text(canvas, &number);
}

static void draw_cells(struct canvas *canvas, const struct field *field)
{
    /* Dense cells share edges: no antialiasing, or the paper shines through. */
    if (field->gap <= 0)
        cairo_set_antialias(canvas->cairo, CAIRO_ANTIALIAS_NONE);
    for (size_t i = 0; i < field->n_rows && !stopped(canvas); i++)
        for (size_t j = 0; j < field->n_cols; j++)
            draw_cell(canvas, field, i, j);
    cairo_set_antialias(canvas->cairo, CAIRO_ANTIALIAS_DEFAULT);
}

static void draw_links(struct canvas *canvas, const struct field *field)
{
    for (size_t i = 0; i < field->n_rows && !stopped(canvas); i++) {
        for (size_t j = 0; j < field->n_cols; j++) {
            struct marks_link link = marks_link(&canvas->scene->stack, field, i, j);
            if (link.thickness <= 0)
                continue;
            trace_curve(canvas->cairo,
                        scene_curve(field->shape, field->from[i], field->to[j]));
            use(canvas, link.ink, link.opacity);
            cairo_set_line_width(canvas->cairo, (double)link.thickness);
            cairo_set_dash(canvas->cairo, NULL, 0, 0);
            cairo_stroke(canvas->cairo);
        }
    }
}

static void draw_filled(struct canvas *canvas, const struct field *field, size_t j)
{
    struct paint fill = marks_fill(&canvas->scene->stack, field, field->chosen, j);
    bool bar = field->kind == FIELD_BARS;
    struct box box = bar ? marks_bar(field, j, fill.level) : field->boxes[j];
    bool outlined = !bar && marks_is_chosen(&canvas->scene->stack, field, j);
    struct item filled = {
        .fill = marks_solid(field, fill),
        .stroke = {outlined ? INK_CHOSEN : INK_NONE, 0},
        .thickness = MARKS_OUTLINE,
    };
    if (!(fill.level > 0) && !outlined)
        return;
    rounded(canvas->cairo, box, bar ? 0 : MARKS_WORD_RADIUS);
    fill_and_stroke(canvas, &filled);
}

/* Words and bars: one box a column, for the chosen row. */
static void draw_columns(struct canvas *canvas, const struct field *field)
{
    const struct stack *stack = &canvas->scene->stack;
    bool chosen = field->chosen < field->n_rows;
    for (size_t j = 0; j < field->n_cols; j++) {
        struct item number = {0}, label = {0};
        if (chosen) {
            draw_filled(canvas, field, j);
            number = marks_number_item(stack, field, field->chosen, j, &canvas->arena);
        }
        if (field->kind == FIELD_WORDS)
            label = marks_label_item(stack, field, j);
        if (number.text)
            draw_text(canvas, &number);
        if (label.text)
            draw_text(canvas, &label);
    }
}

static void draw_field(struct canvas *canvas, const struct field *field)
{
    struct field shown = marks_shown(field);
    if (!shown.n_rows || !shown.n_cols)
        return;
    if (shown.kind == FIELD_CELLS)
        draw_cells(canvas, &shown);
    else if (shown.kind == FIELD_LINKS)
        draw_links(canvas, &shown);
    else
        draw_columns(canvas, &shown);
}

/* ---- the picture ----------------------------------------------------------------- */

static void draw_scene(struct canvas *canvas)
{
    const struct scene *scene = canvas->scene;
    use(canvas, (struct paint){INK_PAPER, 0}, 1);
    cairo_paint(canvas->cairo);
    for (size_t i = 0; i < scene->above && !stopped(canvas); i++)
        draw_item(canvas, &scene->items[i]);
    for (size_t i = 0; i < scene->n_fields; i++)
        draw_field(canvas, &scene->fields[i]);
    for (size_t i = scene->above; i < scene->n_items && !stopped(canvas); i++)
        draw_item(canvas, &scene->items[i]);
}

static bool not_drawn(cairo_status_t status, struct err *err)
{
    return err_set(err, ERR_BUG, "The picture could not be drawn: %s.",
                   cairo_status_to_string(status));
}

static void canvas_end(struct canvas *canvas)
{
    if (canvas->layout)
        g_object_unref(canvas->layout);
    cairo_destroy(canvas->cairo);
    arena_free(&canvas->arena);
}

static bool write_surface(cairo_surface_t *surface, const struct canvas_look *look,
                          const atomic_bool *stop, struct buf *png, struct err *err)
{
    cairo_surface_flush(surface);
    cairo_status_t status = cairo_surface_status(surface);
    if (status != CAIRO_STATUS_SUCCESS)
        return not_drawn(status, err);
    struct pixels pixels = {
        .at = (const uint32_t *)(const void *)cairo_image_surface_get_data(surface),
        .width = cairo_image_surface_get_width(surface),
        .height = cairo_image_surface_get_height(surface),
        .stride = cairo_image_surface_get_stride(surface) / 4,
        .software = look->software,
    };
    return pngout_write(&pixels, stop, png, err);
}

bool canvas_png(const struct scene *scene, const struct canvas_look *look,
                const atomic_bool *stop, struct buf *png, struct err *err)
{
    double width = ceil((double)(scene->width * look->scale));
    double height = ceil((double)(scene->height * look->scale));
    if (!(width >= 1) || !(height >= 1) || width > MOST_SIDE || height > MOST_SIDE ||
        width * height > MOST_PIXELS)
        return err_set(
            err, ERR_TOO_LARGE,
            "A picture of %.0f × %.0f pixels is too large: at most %d million.", width,
            height, MOST_PIXELS / 1000000);
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
    struct canvas canvas = {
        .cairo = cairo_create(surface),
        .scene = scene,
        .shade = look->shade,
        .stop = stop,
    };
    cairo_scale(canvas.cairo, (double)look->scale, (double)look->scale);
    draw_scene(&canvas);
    cairo_status_t status = cairo_status(canvas.cairo);
    bool done = status == CAIRO_STATUS_SUCCESS
                    ? write_surface(surface, look, stop, png, err)
                    : not_drawn(status, err);
    canvas_end(&canvas);
    cairo_surface_destroy(surface);
    return done;
}

/* ---- PDF ------------------------------------------------------------------------- */

static cairo_status_t append(void *pdf, const unsigned char *bytes, unsigned length)
{
    buf_add(pdf, bytes, length);
    return CAIRO_STATUS_SUCCESS;
}

/* A page in points: 3/4 of a CSS pixel each, less where that would be more than a page
 * may have. */
static double page_scale(const struct scene *scene)
{
    static const double POINTS = 0.75, MOST_POINTS = 14400;
    double side = (double)fmaxf(scene->width, scene->height);
    return fmin(POINTS, MOST_POINTS / side);
}

/* Version 1.4 keeps what the file says of itself readable. An empty date is none. */
static void describe(cairo_surface_t *surface, const char *title, const char *software)
{
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, software);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
}

bool canvas_pdf(const struct scene *scene, const char *title, const char *software,
                const atomic_bool *stop, struct buf *pdf, struct err *err)
{
    if (!(scene->width >= 1) || !(scene->height >= 1))
        return err_set(err, ERR_TOO_LARGE, "A picture needs a width and a height.");
    double scale = page_scale(scene);
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        append, pdf, (double)scene->width * scale, (double)scene->height * scale);
    describe(surface, title, software);
    struct canvas canvas = {
        .cairo = cairo_create(surface),
        .scene = scene,
        .shade = SHADE_LIGHT,
        .stop = stop,
    };
    cairo_scale(canvas.cairo, scale, scale);
    draw_scene(&canvas);
    cairo_show_page(canvas.cairo);
    cairo_status_t status = cairo_status(canvas.cairo);
    bool halted = stopped(&canvas);
    canvas_end(&canvas);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (halted)
        return err_set(err, ERR_INTERRUPTED, "Interrupted.");
    if (status != CAIRO_STATUS_SUCCESS)
        return not_drawn(status, err);
    return !pdf->full || err_set(err, ERR_TOO_LARGE,
                                 "The picture needs more than %zu bytes.", pdf->most);
}
