/* session.h - the one door into attn: text in, outputs out.
 *
 * The kernel, the command line, the tests and the fuzzers are all callers of this
 * header. A session holds the learner's sentence, model and settings; running a cell
 * changes them command by command. One thread at a time may call session_run(), unless
 * each has a session of its own that was joined to the first; an assist (below) is a
 * frozen copy that any other thread may ask meanwhile. Depends on
 * render/view (outputs carry views) and on nothing of the kernel.
 */
#ifndef ATTN_LANG_SESSION_H
#define ATTN_LANG_SESSION_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/base/err.h"
#include "attn/render/view.h"

/* The language's own facts, for whoever announces it. */
#define LANGUAGE_NAME      "attn"
#define LANGUAGE_EXTENSION ".attn"
#define LANGUAGE_MIME      "text/x-attn"
#define ATTN_VERSION       "0.1.0"

enum output_kind {
    OUTPUT_STREAM,  /* `text` as it is, to standard output (or error, if `warning`) */
    OUTPUT_VIEW,    /* `view`: a picture or a card */
    OUTPUT_JSON,    /* `json`, asked for with `as json` */
    OUTPUT_VALUE,   /* a value: `text`, and `view` as its card (may be NULL) */
    OUTPUT_PAGE,    /* `view` to be shown in the pager (`as page`) */
    OUTPUT_CLEAR,   /* forget what this cell has shown so far */
    OUTPUT_EXPLORE, /* `view`, and `explorer` to draw it again as controls are moved;
                       `text` says what to type where nothing can be moved */
};

struct explorer;
struct assist;

/* Everything is borrowed until the sink returns. */
struct output {
    enum output_kind kind;
    const char *command; /* "heatmap" */
    const char *text;    /* STREAM, VALUE, EXPLORE */
    size_t length;       /* bytes of text: it may hold NUL */
    bool warning;        /* STREAM: to standard error */
    bool result;         /* VALUE: it is the last command of the cell */
    const struct view *view;
    const char *json; /* the JSON form: JSON always; VIEW and VALUE when the caller
                         asked for it with want_json, else NULL */
    struct explorer *explorer; /* EXPLORE, and VIEW of a run that names its place: to
                                  draw it again; explorer_keep() it to have it longer */
};

/* Who receives. Returns false (with *err set) when it can take no more: the cell stops.
 */
struct sink {
    void *context;
    bool (*put)(void *context, const struct output *output, struct err *err);
};

/* Who answers what a line asks the learner. */
struct asker {
    void *context;
    /* Adds what was typed, without the end of its line, to `answer`. False with *err
     * set: ERR_NO_INPUT when nobody can be asked, ERR_INTERRUPTED. */
    bool (*ask)(void *context, const char *prompt, struct buf *answer, struct err *err);
};

struct session;

struct session *session_new(void);
void session_free(struct session *session);

/* A second session in the same state, for another thread: both may run cells at the
 * same time. A line begins with what the last line of either left, and what it changes
 * is there for both when it ends; of two lines that change something at the same
 * moment, the later to end wins. `other` may be running a cell meanwhile. */
struct session *session_join(const struct session *other);

/* False after `set history off`: what is typed shall not be kept on disk. */
bool session_keeps_history(const struct session *session);

/* Bytes of a cell at most, wherever one is read: run, completed or inspected. */
enum { SESSION_MOST_CODE = 16000000 };

struct run {
    struct sink sink;
    const atomic_bool *stop; /* set from outside to interrupt; may be NULL */
    bool want_json;          /* fill output.json for every view */
    struct asker asker;      /* ask NULL: nobody can be asked */
    bool aside;         /* nobody looks at what is shown: `save` does not mean it */
    size_t most_json;   /* bytes of an answer's JSON; 0: 4 MB */
    struct buf *record; /* where given: the first view appends the run behind it, as a
                           .safetensors file (lang/recordfile) */
    const char *place;  /* where the text stands, the same whenever it is run again: a
                           cell's id; NULL: not known */
};

/* Runs a cell: its lines in order, until the first that fails. `code` is untrusted and
 * may hold anything; it is at most 16 MB (else ERR_TOO_LARGE). Returns false with *err
 * set, its span in bytes of `code`; outputs of earlier lines stay, and the failing line
 * has left the state as it was. */
MUST_USE bool session_run(struct session *session, const char *code, size_t length,
                          const struct run *run, struct err *err);

/* What is wrong in one line, with the line to copy where it has room for one. */
const char *session_message(const struct err *err, struct arena *arena);

/* What is wrong in the way a learner reads it, for a terminal: message, the line, a
 * caret under the span. Plain text in `arena`, lines separated by \n. */
const char *session_explain(const char *code, size_t length, const struct err *err,
                            struct arena *arena);

/* ---- what can be drawn again: a line and a frozen copy of the session that it was run
 * in; for `explore` with controls to move. It is shared by count between threads; one
 * at a time may draw. */

enum control_kind { CONTROL_SLIDER, CONTROL_CHOICE };

/* One control as plain data; it lives as long as its explorer. */
struct control {
    const char *name; /* the option that it stands for: "layer" */
    enum control_kind kind;
    int least, most;            /* of its values; of a CHOICE they count `choices` */
    int value;                  /* where it starts */
    const char *const *choices; /* CHOICE: [most + 1] texts to choose from */
};

enum { EXPLORER_CONTROLS = 4 };

struct explorer *explorer_keep(struct explorer *explorer);
void explorer_drop(struct explorer *explorer); /* NULL is allowed */

/* [*n]; none for a view that is no `explore`. */
const struct control *explorer_controls(const struct explorer *explorer, size_t *n);

/* The line that draws the same, with the controls at `values` (NULL: there are none);
 * in `arena`. */
const char *explorer_line(const struct explorer *explorer,
                          const int values[EXPLORER_CONTROLS], struct arena *arena);

/* Draws with the controls at `values` (as above), each clamped to its range:
 * `run->sink` gets one OUTPUT_VIEW, with `ribbon` (may be NULL) above it; where there
 * is nothing to draw, a view that says why. The session that it came from is not
 * touched. False with *err set when the sink takes it not, or ERR_INTERRUPTED. */
MUST_USE bool explorer_draw(struct explorer *explorer,
                            const int values[EXPLORER_CONTROLS], const char *ribbon,
                            const struct run *run, struct err *err);

/* Shows again what it showed last, to `run->sink`, as `run` says; from any thread, also
 * while another draws with it. False with *err set as by session_run(). */
MUST_USE bool explorer_again(const struct explorer *explorer, const struct run *run,
                             struct err *err);

/* Running `place` again has left the session as `now`. Where that gave the sentence,
 * the model or a setting that this picture depends on, and now gives another: the
 * ribbon that says so ("of an earlier sentence: run again"); else NULL. What the
 * picture's own line or another place has set does not count. */
const char *explorer_earlier(const struct explorer *explorer, const struct assist *now,
                             const char *place);

/* ---- editor support: a frozen copy of what it needs, owned by whoever asked for it */
struct assist;

struct assist *session_assist(const struct session *session);
void assist_free(struct assist *assist); /* NULL is allowed */

struct completion {
    const char *text; /* what replaces the span */
    const char
        *type; /* "command", "option", "value", "word", "head", "model", "topic" */
    const char *about; /* a few words on it, or "" */
};

struct completions {
    const struct completion *items;
    size_t n;
    size_t start, end; /* the code points that an item replaces, half-open */
};

/* What could stand at code point `cursor` (clamped to the text); items in `arena`. */
struct completions assist_complete(const struct assist *assist, const char *code,
                                   size_t length, size_t cursor, struct arena *arena);

/* What stands at `cursor`: a card about a command, option, head or word. `level` 1
 * wants more than 0. NULL when there is nothing to say. */
const struct view *assist_inspect(const struct assist *assist, const char *code,
                                  size_t length, size_t cursor, int level,
                                  struct arena *arena);

enum completeness { CELL_COMPLETE, CELL_INCOMPLETE };

/* An open quote is incomplete; everything else is complete. */
enum completeness session_is_complete(const char *code, size_t length);

#endif
