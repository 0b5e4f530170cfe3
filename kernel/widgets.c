#include "kernel/widgets.h"

#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"

struct field {
    struct field *next;
    char *key, *json;
    size_t length; /* of json */
};

struct binary {
    struct binary *next;
    char *key;  /* the field that it is a part of */
    char *path; /* ["key",…] as JSON text */
    void *at;
    size_t length;
};

/* ---- memory */

static size_t field_size(const struct field *field)
{
    return strlen(field->key) + field->length;
}

static size_t binary_size(const struct binary *binary)
{
    return strlen(binary->path) + binary->length;
}

static void free_field(struct field *field)
{
    free(field->key);
    free(field->json);
    free(field);
}

static void free_binary(struct binary *binary)
{
    free(binary->key);
    free(binary->path);
    free(binary->at);
    free(binary);
}

static void free_parts(struct widget *widget)
{
    for (struct field *field = widget->fields, *next; field; field = next) {
        next = field->next;
        free_field(field);
    }
    for (struct binary *binary = widget->buffers, *next; binary; binary = next) {
        next = binary->next;
        free_binary(binary);
    }
    widget->fields = NULL;
    widget->buffers = NULL;
}

static void free_widget(struct widget *widget)
{
    free_parts(widget);
    free(widget->id);
    free(widget);
}

void widgets_free(struct widgets *widgets)
{
    while (widgets->first)
        widgets_close(widgets, widgets->first);
}

/* ---- reading */

bool widgets_read(struct widget_change *change, const struct json_t *data,
                  const struct frame *buffers, size_t n_buffers, struct err *err)
{
    size_t n = 0, length;
    *change = (struct widget_change){.buffers = buffers, .n_buffers = n_buffers};
    if (!json_in_is_object(data))
        return err_set(err, ERR_MISSING, "\"data\", an object, is missing");
    change->state = json_in_at_key(data, "state");
    if (!json_in_is_object(change->state))
        return err_set(err, ERR_MISSING, "\"state\", an object, is missing");
    change->paths = json_in_at_key(data, "buffer_paths");
    if (change->paths && !json_in_array(change->paths, &n))
        return err_set(err, ERR_BAD_VALUE, "\"buffer_paths\" must be a list");
    if (n != n_buffers)
        return err_set(err, ERR_BAD_VALUE, "%zu buffers for %zu buffer_paths",
                       n_buffers, n);
    for (size_t i = 0; i < n; i++) {
        const struct json_t *path = json_in_at(change->paths, i);
        if (!json_in_array(path, &length) || !json_in_plain(json_in_at(path, 0)))
            return err_set(err, ERR_BAD_VALUE,
                           "each of \"buffer_paths\" must be a list that begins with "
                           "a key");
    }
    return true;
}

/* ---- changing */

static char *dump(const struct json_t *value, size_t *length)
{
    struct buf text;
    buf_init(&text, WIDGETS_STATE_MOST + 1);
    json_in_write(value, &text);
    char *copy = mem_copy(text.length ? text.at : "", text.length);
    *length = text.length;
    buf_free(&text);
    return copy;
}

/* Where the next field or buffer goes: all keep the order in which they came. */
static struct field **last_field(struct widget *widget)
{
    struct field **link = &widget->fields;
    while (*link)
        link = &(*link)->next;
    return link;
}

static struct binary **last_buffer(struct widget *widget)
{
    struct binary **link = &widget->buffers;
    while (*link)
        link = &(*link)->next;
    return link;
}

static bool add_field(void *context, const char *key, const struct json_t *value)
{
    struct widget *widget = context;
    struct field *field = mem_new(1, sizeof *field);
    field->key = mem_copy(key, strlen(key));
    field->json = dump(value, &field->length);
    *last_field(widget) = field;
    widget->bytes += field_size(field);
    return widget->bytes <= WIDGETS_STATE_MOST;
}

static bool add_buffer(struct widget *widget, const struct json_t *path,
                       const struct frame *frame)
{
    size_t length;
    const char *key = json_in_plain(json_in_at(path, 0));
    struct binary *binary = mem_new(1, sizeof *binary);
    binary->key = mem_copy(key, strlen(key));
    binary->path = dump(path, &length);
    binary->at = mem_copy(frame->length ? frame->at : "", frame->length);
    binary->length = frame->length;
    *last_buffer(widget) = binary;
    widget->bytes += binary_size(binary);
    return widget->bytes <= WIDGETS_STATE_MOST;
}

/* The change by itself, as a model that nobody knows yet. */
static struct widget *read_part(const struct widget_change *change, struct err *err)
{
    struct widget *part = mem_new(1, sizeof *part);
    bool fits = json_in_size(change->state) <= WIDGETS_FIELDS_MOST &&
                json_in_each_value(change->state, add_field, part);
    for (size_t i = 0; fits && i < change->n_buffers; i++)
        fits = add_buffer(part, json_in_at(change->paths, i), &change->buffers[i]);
    if (fits)
        return part;
    free_widget(part);
    err_set(err, ERR_TOO_LARGE,
            "the state of one widget holds at most %d keys and %d MiB",
            WIDGETS_FIELDS_MOST, WIDGETS_STATE_MOST >> 20);
    return NULL;
}

static bool changes(const struct widget *part, const char *key)
{
    for (const struct field *field = part->fields; field; field = field->next)
        if (strcmp(field->key, key) == 0)
            return true;
    for (const struct binary *binary = part->buffers; binary; binary = binary->next)
        if (strcmp(binary->key, key) == 0)
            return true;
    return false;
}

/* Bytes of `widget` that `part` takes the place of. */
static size_t replaced(const struct widget *widget, const struct widget *part)
{
    size_t bytes = 0;
    for (const struct field *field = widget->fields; field; field = field->next)
        bytes += changes(part, field->key) ? field_size(field) : 0;
    for (const struct binary *b = widget->buffers; b; b = b->next)
        bytes += changes(part, b->key) ? binary_size(b) : 0;
    return bytes;
}

static void forget(struct widget *widget, const struct widget *part)
{
    for (struct field **link = &widget->fields; *link;) {
        struct field *field = *link;
        if (!changes(part, field->key)) {
            link = &field->next;
            continue;
        }
        *link = field->next;
        free_field(field);
    }
    for (struct binary **link = &widget->buffers; *link;) {
        struct binary *binary = *link;
        if (!changes(part, binary->key)) {
            link = &binary->next;
            continue;
        }
        *link = binary->next;
        free_binary(binary);
    }
}

/* Moves the parts of `part` over, in its order, and frees it. */
static void take_over(struct widget *widget, struct widget *part)
{
    *last_field(widget) = part->fields;
    *last_buffer(widget) = part->buffers;
    part->fields = NULL;
    part->buffers = NULL;
    free_widget(part);
}

bool widgets_update(struct widgets *widgets, struct widget *widget,
                    const struct widget_change *change, struct err *err)
{
    struct widget *part = read_part(change, err);
    if (!part)
        return false;
    size_t bytes = widget->bytes - replaced(widget, part) + part->bytes;
    size_t all = widgets->bytes - widget->bytes + bytes;
    if (bytes > WIDGETS_STATE_MOST || all > WIDGETS_BYTES_MOST) {
        free_widget(part);
        return err_set(err, ERR_TOO_LARGE,
                       "widgets hold at most %d MiB each and %d MiB together",
                       WIDGETS_STATE_MOST >> 20, WIDGETS_BYTES_MOST >> 20);
    }
    forget(widget, part);
    take_over(widget, part);
    widgets->bytes = all;
    widget->bytes = bytes;
    return true;
}

struct widget *widgets_open(struct widgets *widgets, const char *id,
                            const struct widget_change *change, struct err *err)
{
    if (strlen(id) > WIDGETS_ID_MOST || widgets_find(widgets, id)) {
        err_set(err, ERR_BAD_VALUE, "the id of this widget is taken or too long");
        return NULL;
    }
    if (widgets->n >= WIDGETS_MOST) {
        err_set(err, ERR_TOO_LARGE, "there are %d widgets already", WIDGETS_MOST);
        return NULL;
    }
    struct widget *widget = mem_new(1, sizeof *widget);
    if (!widgets_update(widgets, widget, change, err)) {
        free_widget(widget);
        return NULL;
    }
    widget->id = mem_copy(id, strlen(id));
    struct widget **last = &widgets->first;
    while (*last)
        last = &(*last)->next;
    *last = widget;
    widgets->n++;
    return widget;
}

struct widget *widgets_find(const struct widgets *widgets, const char *id)
{
    struct widget *widget = widgets->first;
    while (widget && strcmp(widget->id, id) != 0)
        widget = widget->next;
    return widget;
}

void widgets_close(struct widgets *widgets, struct widget *widget)
{
    struct widget **link = &widgets->first;
    while (*link && *link != widget)
        link = &(*link)->next;
    if (!*link)
        return;
    *link = widget->next;
    widgets->n--;
    widgets->bytes -= widget->bytes;
    free_widget(widget);
}

/* ---- writing */

static void write_state(const struct widget *widget, struct json_out *out)
{
    json_key(out, "state");
    json_object(out);
    for (const struct field *field = widget->fields; field; field = field->next) {
        json_key(out, field->key);
        json_raw(out, field->json, field->length);
    }
    json_end(out);
}

/* The paths, each with the widget's id before it where `id` says so. */
static void write_paths(const struct widget *widget, bool id, struct json_out *out,
                        struct widget_frames *frames)
{
    for (const struct binary *b = widget->buffers; b; b = b->next) {
        if (id) {
            json_array(out);
            json_text(out, widget->id);
            json_raw(out, b->path + 1, strlen(b->path) - 2); /* without its brackets */
            json_end(out);
        } else {
            json_raw(out, b->path, strlen(b->path));
        }
        frames->frames =
            mem_resize(frames->frames, frames->n + 1, sizeof *frames->frames);
        frames->frames[frames->n++] = (struct frame){b->at, b->length};
    }
}

void widgets_write(const struct widget *widget, struct json_out *out,
                   struct widget_frames *frames)
{
    write_state(widget, out);
    json_key(out, "buffer_paths");
    json_array(out);
    write_paths(widget, false, out, frames);
    json_end(out);
}

/* A field under another name; null where the widget has it not. */
static void write_as(const struct widget *widget, const char *key, const char *name,
                     struct json_out *out)
{
    json_key(out, name);
    for (const struct field *field = widget->fields; field; field = field->next) {
        if (strcmp(field->key, key) == 0) {
            json_raw(out, field->json, field->length);
            return;
        }
    }
    json_null(out);
}

void widgets_write_all(const struct widgets *widgets, struct json_out *out,
                       struct widget_frames *frames)
{
    json_key(out, "states");
    json_object(out);
    for (const struct widget *widget = widgets->first; widget; widget = widget->next) {
        json_key(out, widget->id);
        json_object(out);
        write_as(widget, "_model_name", "model_name", out);
        write_as(widget, "_model_module", "model_module", out);
        write_as(widget, "_model_module_version", "model_module_version", out);
        write_state(widget, out);
        json_end(out);
    }
    json_end(out);
    json_key(out, "buffer_paths");
    json_array(out);
    for (const struct widget *widget = widgets->first; widget; widget = widget->next)
        write_paths(widget, true, out, frames);
    json_end(out);
}
