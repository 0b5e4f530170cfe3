#include "attn/learn/lines.h"

#include <string.h>

const char *lines_take(struct lines *in)
{
    if (in->at >= in->length)
        return NULL;
    const char *from = in->text + in->at;
    const char *end = memchr(from, '\n', in->length - in->at);
    size_t n = end ? (size_t)(end - from) : in->length - in->at;
    in->at += n + 1;
    in->line++;
    if (n > 0 && from[n - 1] == '\r')
        n--;
    return arena_copy(in->arena, from, n);
}

bool lines_wrong(const struct lines *in, const char *what)
{
    return err_set(in->err, ERR_BAD_FILE, "Line %zu: %s", in->line, what);
}

const char *lines_after(const char *line, const char *word)
{
    size_t n = strlen(word);
    return strncmp(line, word, n) == 0 && line[n] == ' ' && line[n + 1] ? line + n + 1
                                                                        : NULL;
}
