/* err.h - one error, owned by the caller, for everything that can fail.
 *
 * The first error wins: err_set() on an error that is already set changes nothing, so
 * outer layers may report freely without burying the cause. An error speaks to the
 * person who typed: what was seen, what was expected, and (err_try) a line that works.
 * Depends on nothing.
 */
#ifndef ATTN_BASE_ERR_H
#define ATTN_BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>

#define MUST_USE        __attribute__((warn_unused_result))
#define PRINTF_LIKE(at) __attribute__((format(printf, at, at + 1)))

/* Each code has a short stable name (err_name), which is what scripts and graders see.
 */
enum err_code {
    ERR_NONE,
    ERR_UNKNOWN_COMMAND, /* UnknownCommand: the line's first word */
    ERR_UNKNOWN_OPTION,  /* UnknownOption: a word that the command does not take */
    ERR_BAD_VALUE,       /* BadValue: an option's value is none of the allowed ones */
    ERR_MISSING,         /* MissingArgument */
    ERR_OUT_OF_RANGE,    /* OutOfRange: layer, head, position, count */
    ERR_NO_SUCH_WORD,    /* NoSuchWord: not in the sentence */
    ERR_NO_SENTENCE,     /* NoSentence: it has no words */
    ERR_NO_SECOND_SENTENCE, /* NoSecondSentence */
    ERR_OPEN_QUOTE,         /* OpenQuote */
    ERR_BAD_ESCAPE,         /* BadEscape: a backslash in quotes before something else */
    ERR_NOT_A_NUMBER,       /* NotANumber */
    ERR_MODEL_MISSING,      /* ModelMissing */
    ERR_UNSUITED,           /* Unsuited: this model or setting cannot do it, and why */
    ERR_BAD_FILE,           /* BadFile: cannot be opened, or is not of its format */
    ERR_BAD_RULE,           /* BadRule: a rule file's line */
    ERR_TOO_LARGE,          /* TooLarge: past a stated limit */
    ERR_INTERRUPTED,        /* Interrupted */
    ERR_NO_INPUT,           /* NoInput: nobody can be asked here */
    ERR_WRONG_ANSWER,       /* WrongAnswer: of an exercise, under `set strict on` */
    ERR_IO,                 /* InputOutput: the system said no */
    ERR_BUG,                /* InternalError: ours to mend */
    ERR_CODES
};

enum { ERR_TEXT_SIZE = 1280, ERR_HINT_SIZE = 768 };

/* Zero-initialise one: `struct err err = {0};`. Holds no allocation. */
struct err {
    enum err_code code;
    bool has_span;
    size_t start, end;        /* the span that is wrong: bytes of the cell, half-open */
    char text[ERR_TEXT_SIZE]; /* what was seen and what was expected; UTF-8 */
    char hint[ERR_HINT_SIZE]; /* "Try:  heatmap layer 3", or empty */
};

/* Sets `err` unless it is set already; always returns false, so that a function can end
 * with `return err_set(err, ...)`. NULL is allowed. Text too long is cut at a
 * character. */
bool err_set(struct err *err, enum err_code code, const char *format, ...)
    PRINTF_LIKE(3);

/* Adds where: bytes [start, end) of the cell. The first span wins. Returns false. */
bool err_span(struct err *err, size_t start, size_t end);

/* Adds the line to copy: `lead` ("Try:", "Did you mean:"), two spaces, the line.
 * The first hint wins. Returns false. */
bool err_try(struct err *err, const char *lead, const char *format, ...) PRINTF_LIKE(3);

/* "OutOfRange" for ERR_OUT_OF_RANGE; "" for ERR_NONE. */
const char *err_name(enum err_code code);

#endif
