/* command.h - one entry for each command, declared beside its body; and what a body
 * gets.
 *
 * The array of entries (commands.c) feeds parsing, help, completion, tooltips, the
 * manual, the fuzz dictionary and the tests: each example is run by `make test`. A new
 * command is one file and one line. Bodies start with checked, typed arguments. Depends
 * on lang/settings, lang/session, model, tensor/trace, render/view.
 */
#ifndef ATTN_LANG_COMMAND_H
#define ATTN_LANG_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/base/err.h"
#include "attn/base/json_out.h"
#include "attn/lang/session.h"
#include "attn/lang/settings.h"
#include "attn/model/model.h"
#include "attn/render/view.h"
#include "attn/tensor/trace.h"

enum {
    COMMAND_MAX_ARGS = 12,
    COMMAND_MAX_EXAMPLES = 6,
    ARG_MAX_CHOICES = 16,
};

enum arg_kind {
    ARG_WORD,         /* a word of the sentence: animal, the:2, @7, "cross" */
    ARG_TARGET,       /* `-> word` */
    ARG_TEXT,         /* "text" in quotes */
    ARG_REST,         /* "text", or without a quote the rest of the line as it stands */
    ARG_JOINED,       /* `with "text"` or `to "text"` (the arg's name is the joiner);
                         `choices` are texts to offer, others may be given */
    ARG_NUMBERS,      /* one or more numbers */
    ARG_NUMBERS_WITH, /* `with` and one or more numbers */
    ARG_ONE_NUMBER,   /* a number standing alone, as in `next 5` */
    ARG_NUMBER,       /* NAME n */
    ARG_COUNT,        /* NAME n, a whole number >= 1 */
    ARG_LAYER,        /* layer N | a..b | all | auto */
    ARG_HEAD,         /* head N | mean | max | all | auto, or L<n>-H<n> for both */
    ARG_HEADS,        /* heads L0-H0 L3-H0 … */
    ARG_ONE_HEAD,     /* L<n>-H<n> standing alone, as in `heads L3-H0` */
    ARG_SOME_HEADS,   /* one or more of them, as in `mute L1-H5 L2-H0` */
    ARG_RANGE,        /* NAME a..b, both ends in */
    ARG_SWITCH,       /* NAME [on|off]; bare means on */
    ARG_CHOICE,       /* NAME value, value one of `choices` */
    ARG_WORDY,        /* one of `choices` standing alone: arcs | lines | network */
    ARG_NAME,         /* a free word: a command's, model's or topic's name; `choices`
                         are offered, and come before an option of the same name that
                         the command does not take */
    ARG_SIDE,         /* one side of a comparison: a head, "text", a setting's name and
                         value, or one of `choices` and other names */
    ARG_OTHER_SIDE,   /* `with` and the other side; of a setting the value alone will do
                       */
    ARG_QUERY,        /* NAME word n n … | none: a query set by hand */
    ARG_SETTINGS,     /* NAME VALUE {NAME VALUE} of settings.h */
};

struct arg {
    const char *name;
    enum arg_kind kind;
    const char *otherwise; /* what is taken when it is left out, for help: "auto" */
    const char *about;     /* a few words for help and completion */
    const char *choices[ARG_MAX_CHOICES];
    const char *means[ARG_MAX_CHOICES]; /* each of them in a few words, or none */
    bool required;
};

struct call;

struct command {
    const char *name;
    const char *also; /* a second name (`ask` for `explain`), or NULL */
    const char *does; /* one sentence, ends in a full stop */
    const char *task; /* the heading it stands under in help: "See where words look" */
    const char *lesson; /* "04": the lesson that teaches it */
    const char *model;  /* the model that its examples need, or NULL: any */
    const char *after;  /* a line that its examples stand after, or NULL */
    /* Whether a model can do it; if not, false with *err set. Asked before the line is
       read further, so that no hint leads to this error. NULL: every model can. */
    bool (*suits)(const struct model *model, struct err *err);
    struct arg args[COMMAND_MAX_ARGS];
    bool view;     /* also takes the options of every view (view_args) */
    bool one_head; /* a view of a single head: `head` takes no mean, max or all, and
                      `layer` no range and no all */
    const char
        *honours;   /* a view: of `heads word rows cols top values sums mark animate`
                       those that the body reads, as one text with blanks between;
                       the others are refused by args. NULL: all of them */
    bool test_only; /* absent from help, completion and manual */
    const char
        *examples[COMMAND_MAX_EXAMPLES]; /* runnable lines; the first is the best */
    bool (*run)(struct call *call, struct err *err);
};

/* All commands in the order of help; ends with NULL. */
extern const struct command *const commands[];

/* The options that every view takes: layer head heads word rows cols top mask position
 * scale temperature measure words values sums mark animate size color as. */
extern const struct arg view_args[];
extern const size_t n_view_args;

struct head_ref {
    size_t layer, head;
};

struct pair;
struct subject;

/* What was given for one arg. */
struct value {
    bool given;
    size_t start, end;  /* its span: bytes of the cell */
    int position;       /* WORD, TARGET, QUERY (-1: none) */
    bool first_of_many; /* WORD, TARGET: it stands there more than once, and the
                           first was taken (a note already says so) */
    struct range range; /* RANGE, LAYER */
    int head;           /* HEAD: number or PICK_ */
    const struct head_ref *heads; /* HEADS, ONE_HEAD, SOME_HEADS */
    const double *numbers;        /* NUMBERS, NUMBER, COUNT, QUERY */
    size_t n;                     /* of heads, numbers or pairs */
    const char *text; /* TEXT, REST, JOINED, CHOICE, WORDY, NAME; NUL-terminated */
    size_t length;    /* bytes of text, which may hold NUL */
    bool on;          /* SWITCH */
    const struct pair *pairs; /* SETTINGS: [n] */
};

/* One NAME VALUE of `set`. */
struct pair {
    const struct arg *of; /* an entry of state_args */
    struct value value;   /* not given: the name stood alone */
};

enum form { FORM_BEST, FORM_JSON, FORM_TABLE, FORM_PICTURE, FORM_PAGE };

/* One line being run. */
struct call {
    struct session *session;
    const struct command *command;
    struct arena *arena;      /* lives until the cell ends */
    const atomic_bool *stop;  /* test it in every long loop */
    struct settings settings; /* the session's, with this line's options applied */
    enum form form;           /* `as …` */
    bool last;                /* the cell's last command */
    struct value values[COMMAND_MAX_ARGS]; /* parallel to command->args */
    struct value options[32];              /* parallel to view_args */
    const struct run *run;                 /* sink; use call_show() and its kin */
    const char *line;          /* as typed, from the command's name to its last item */
    const struct block *notes; /* kept by call_note() */
    size_t n_notes;
    bool keeps; /* set by a body: what it shows comes from more than the line and the
                   state (a file), so that `save` needs the answer itself */
    struct explorer
        *shown; /* to show again what was shown; owned until the line ends */
};

/* The value of the arg or option `name`; never NULL for a name in the tables (assert).
 */
const struct value *call_value(const struct call *call, const char *name);

/* The model, the sentence, and its trace under this line's settings (masks, position,
 * temperature …, muted heads). Traces are kept while nothing that they depend on
 * changes. NULL with *err set as by model_run(). */
const struct model *call_model(const struct call *call);
const char *call_sentence(const struct call *call);
/* Layers, heads and mask of the attention that this line shows. */
const struct model_info *call_info(const struct call *call);
MUST_USE const struct trace *call_trace(struct call *call, struct err *err);

/* The sentences whose words are this line's rows and columns. */
const struct subject *call_rows(const struct call *call);
const struct subject *call_cols(const struct call *call);

/* The model has changed: a layer or head that it lacks goes back to auto, with a note,
 * and settings of this line alone are gone. */
void call_fit(struct call *call);

/* "self", "cross", "encoder", "decoder": which attention the line shows. */
const char *call_attention(const struct call *call);

/* What a line needs at its end to show this line's attention again: " encoder", or "".
 */
const char *call_side(const struct call *call);

/* Adds a line of small print under the view of this call. */
void call_note(struct call *call, const char *format, ...) PRINTF_LIKE(2);
/* The same, true only of what the picture shows at first (block.of_first). */
void call_note_first(struct call *call, const char *format, ...) PRINTF_LIKE(2);

/* The footer of principle 2: sentence, model, head by name ("each row from its own
 * head" when layer is PICK_AUTO), mask, measure, chips of what is not at its default,
 * and what is synthetic. layer, head: numbers or PICK_. */
const char *call_footer(struct call *call, int layer, int head);

/* The same for what is no head's: "after layer 2, all heads". */
const char *call_footer_of(struct call *call, const char *what);

/* Begins the JSON form: {"schema":1,"kind":kind,"model":…,"sentence":…,"attention":…,
 * "layer":…,"head":…,"mask":…,"measure":…  — the body goes on and closes the object. */
struct json_out call_json(struct call *call, struct buf *buf, const char *kind,
                          int layer, int head);
/* Begins a JSON form that is no view: {"schema":1,"kind":kind,"model":… */
struct json_out call_json_plain(struct call *call, struct buf *buf, const char *kind);
/* A token list as language.md gives it (every token, special ones too). */
void call_json_tokens(struct json_out *out, const struct token *tokens, size_t n);

/* True when the JSON form is wanted at all (asked for by the line or by the caller);
 * bodies may skip writing it otherwise. */
bool call_wants_json(const struct call *call);

/* What the line has handed out is a view, which `save` may be asked for: call_show()
 * does this. `explorer`: shows it again, taken over; NULL: the line will. Of several
 * the first counts. */
void call_shown(struct call *call, struct explorer *explorer);

/* Hands a view out in the form that the line asked for. Adds the notes. `json` as begun
 * by call_json (over 4 MB: ERR_TOO_LARGE naming save), or NULL when it was not wanted.
 */
MUST_USE bool call_show(struct call *call, struct view *view, const struct buf *json,
                        struct err *err);
/* Hands a value out: text, and its card. */
MUST_USE bool call_result(struct call *call, const char *text, struct view *view,
                          const struct buf *json, struct err *err);

#endif
