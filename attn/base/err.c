#include "attn/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const names[ERR_CODES] = {
    [ERR_NONE] = "",
    [ERR_UNKNOWN_COMMAND] = "UnknownCommand",
    [ERR_UNKNOWN_OPTION] = "UnknownOption",
    [ERR_BAD_VALUE] = "BadValue",
    [ERR_MISSING] = "MissingArgument",
    [ERR_OUT_OF_RANGE] = "OutOfRange",
    [ERR_NO_SUCH_WORD] = "NoSuchWord",
    [ERR_NO_SENTENCE] = "NoSentence",
    [ERR_NO_SECOND_SENTENCE] = "NoSecondSentence",
    [ERR_OPEN_QUOTE] = "OpenQuote",
    [ERR_BAD_ESCAPE] = "BadEscape",
    [ERR_NOT_A_NUMBER] = "NotANumber",
    [ERR_MODEL_MISSING] = "ModelMissing",
    [ERR_UNSUITED] = "Unsuited",
    [ERR_BAD_FILE] = "BadFile",
    [ERR_BAD_RULE] = "BadRule",
    [ERR_TOO_LARGE] = "TooLarge",
    [ERR_INTERRUPTED] = "Interrupted",
    [ERR_NO_INPUT] = "NoInput",
    [ERR_WRONG_ANSWER] = "WrongAnswer",
    [ERR_IO] = "InputOutput",
    [ERR_BUG] = "InternalError",
};

const char *err_name(enum err_code code)
{
    return code < ERR_CODES ? names[code] : "InternalError";
}

/* vsnprintf that, when it has to cut, cuts before a UTF-8 character and not inside. */
static void print_cut(char *to, size_t size, const char *format, va_list args)
{
    int wanted = vsnprintf(to, size, format, args);
    if (wanted < 0 || (size_t)wanted < size)
        return;
    size_t at = size - 1;
    while (at > 0 && ((unsigned char)to[at - 1] & 0xC0) == 0x80)
        at--;
    if (at > 0 && (unsigned char)to[at - 1] >= 0xC0)
        at--;
    to[at] = '\0';
}

bool err_set(struct err *err, enum err_code code, const char *format, ...)
{
    va_list args;
    if (!err || err->code != ERR_NONE)
        return false;
    err->code = code;
    va_start(args, format);
    print_cut(err->text, sizeof err->text, format, args);
    va_end(args);
    return false;
}

bool err_span(struct err *err, size_t start, size_t end)
{
    if (err && !err->has_span) {
        err->has_span = true;
        err->start = start;
        err->end = end;
    }
    return false;
}

bool err_try(struct err *err, const char *lead, const char *format, ...)
{
    va_list args;
    if (!err || err->hint[0])
        return false;
    int n = snprintf(err->hint, sizeof err->hint, "%s  ", lead);
    if (n < 0 || (size_t)n >= sizeof err->hint)
        return false;
    va_start(args, format);
    print_cut(err->hint + n, sizeof err->hint - (size_t)n, format, args);
    va_end(args);
    return false;
}
