#include "attn/render/wrap.h"

#include <string.h>

#include "attn/base/utf8.h"
#include "attn/render/text_twin.h"

float wrap_width(const char *text, struct type type)
{
    return type.size > 0 ? text_width(text, type)
                         : (float)utf8_columns(text, strlen(text));
}

/* The text, cut to the room. */
static const char *fitted(struct arena *arena, const char *text,
                          const struct wrap *wrap)
{
    if (wrap->type.size > 0)
        return text_fit(arena, text, wrap->type, wrap->room);
    if (wrap_width(text, wrap->type) <= wrap->room)
        return text;
    struct buf cut;
    buf_init(&cut, TEXT_TWIN_BYTES);
    text_twin_cell(&cut, text, (size_t)wrap->room, TEXT_START);
    while (cut.length > 0 && cut.at[cut.length - 1] == ' ') /* padding */
        cut.length--;
    const char *copy = arena_copy(arena, cut.at, cut.length);
    buf_free(&cut);
    return copy;
}

/* Where the line that begins at `text` ends: before the first blank after which the
 * next word would be too much, or at a \n. At least one word. */
static const char *line_end(struct arena *arena, const char *text,
                            const struct wrap *wrap)
{
    const char *end = text + strcspn(text, " \n");
    while (*end == ' ') {
        const char *next = end + 1 + strcspn(end + 1, " \n");
        const char *line = arena_copy(arena, text, (size_t)(next - text));
        if (wrap_width(line, wrap->type) > wrap->room)
            break;
        end = next;
    }
    return end;
}

size_t wrap_lines(struct arena *arena, const char *text, const struct wrap *wrap,
                  const char **lines)
{
    size_t n = 0;
    while (*text && n < wrap->most) {
        const char *end = line_end(arena, text, wrap);
        bool more = *end && end[1];
        const char *line = more && n + 1 == wrap->most
                               ? arena_print(arena, "%.*s …", (int)(end - text), text)
                               : arena_copy(arena, text, (size_t)(end - text));
        lines[n++] = fitted(arena, line, wrap);
        text = *end ? end + 1 : end;
    }
    return n;
}
