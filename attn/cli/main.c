/* main.c - the attention language in a terminal: attn [-c COMMAND]… [FILE] */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"
#include "attn/cli/paper.h"
#include "attn/lang/session.h"

static const char USAGE[] =
    "attn [-c COMMAND]… [--json] [--out DIR] [FILE]\n"
    "\n"
    "Runs commands of the attention language in order, then FILE, or the standard "
    "input\n"
    "where neither is given; pictures are told in text.\n"
    "\n"
    "  -c COMMAND   run a line (as often as you like)\n"
    "  --json       print the JSON form of each answer, one object a line\n"
    "  --out DIR    write each answer in every form: DIR/001-look.html, .png, .txt, "
    ".json\n"
    "  --help       this text;  attn -c help  lists the commands\n"
    "  --version    the version\n"
    "\n"
    "Try:  attn -c 'sentence \"I love pizza\"' -c look\n";

enum { MOST_INPUT = 1000001 };

struct options {
    const char **commands; /* owned; each borrowed */
    size_t n_commands;
    const char *file;
    const char *folder;
    bool json, help, version;
};

static bool wrong(const char *format, const char *what)
{
    fputs("attn: ", stderr);
    fprintf(stderr, format, what);
    fputs("\nTry:  attn --help\n", stderr);
    return false;
}

/* The word after an option that needs one; NULL and a message without it. */
static const char *word_after(int argc, char **argv, int *i)
{
    if (*i + 1 < argc)
        return argv[++*i];
    wrong("%s needs a word after it.", argv[*i]);
    return NULL;
}

static bool read_options(int argc, char **argv, struct options *options)
{
    options->commands = mem_new((size_t)argc + 1, sizeof *options->commands);
    bool more = true;
    for (int i = 1; i < argc; i++) {
        const char *arg = argv[i];
        if (!more || arg[0] != '-' || strcmp(arg, "-") == 0) {
            if (options->file)
                return wrong("one file only; \"%s\" is a second.", arg);
            options->file = arg;
        } else if (strcmp(arg, "--") == 0) {
            more = false;
        } else if (strcmp(arg, "-c") == 0) {
            const char *command = word_after(argc, argv, &i);
            if (!command)
                return false;
            options->commands[options->n_commands++] = command;
        } else if (strcmp(arg, "--out") == 0) {
            if (!(options->folder = word_after(argc, argv, &i)))
                return false;
        } else if (strcmp(arg, "--json") == 0) {
            options->json = true;
        } else if (strcmp(arg, "--help") == 0 || strcmp(arg, "-h") == 0) {
            options->help = true;
        } else if (strcmp(arg, "--version") == 0) {
            options->version = true;
        } else {
            return wrong("I don't know the option \"%s\".", arg);
        }
    }
    return true;
}

/* Runs one text; tells on standard error what went wrong. */
static bool run_text(struct session *session, const struct run *run, const char *text,
                     size_t length)
{
    struct err err = {0};
    struct arena arena = {0};
    bool done = session_run(session, text, length, run, &err);
    fflush(stdout);
    if (!done)
        fprintf(stderr, "%s: %s\n", err_name(err.code),
                session_explain(text, length, &err, &arena));
    arena_free(&arena);
    return done;
}

static bool run_stream(struct session *session, const struct run *run, FILE *from)
{
    char *text = mem_new(MOST_INPUT, 1);
    size_t length = fread(text, 1, MOST_INPUT, from); /* one too many is told so */
    bool done = !ferror(from) && run_text(session, run, text, length);
    free(text);
    return done;
}

static bool run_file(struct session *session, const struct run *run, const char *path)
{
    if (strcmp(path, "-") == 0)
        return run_stream(session, run, stdin);
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "attn: cannot open %s: %s\n", path, strerror(errno));
        return false;
    }
    bool done = run_stream(session, run, file);
    fclose(file);
    return done;
}

/* Asks on the terminal, or reads the answer from the standard input where the commands
 * do not come from there. */
static bool ask(void *context, const char *prompt, struct buf *answer, struct err *err)
{
    FILE *from = context ? stdin : fopen("/dev/tty", "r");
    int c = EOF;
    fputs(prompt, stdout);
    fflush(stdout);
    while (from && (c = getc(from)) != EOF && c != '\n')
        buf_char(answer, (char)c);
    if (from && from != stdin)
        fclose(from);
    return c != EOF || answer->length > 0 ||
           err_set(err, ERR_NO_INPUT,
                   "There is no answer: no terminal is here, or the input has ended.");
}

static bool run_all(const struct options *options)
{
    struct session *session = session_new();
    struct paper paper = {.folder = options->folder, .json = options->json};
    bool commands_on_stdin =
        options->file ? strcmp(options->file, "-") == 0 : options->n_commands == 0;
    struct run run = {.sink = {.context = &paper, .put = paper_put},
                      .want_json = options->json || options->folder,
                      .asker = {commands_on_stdin ? NULL : stdin, ask}};
    bool done = true;
    for (size_t i = 0; done && i < options->n_commands; i++)
        done =
            run_text(session, &run, options->commands[i], strlen(options->commands[i]));
    if (done && options->file)
        done = run_file(session, &run, options->file);
    else if (done && options->n_commands == 0)
        done = run_stream(session, &run, stdin);
    session_free(session);
    return done && fflush(stdout) == 0;
}

int main(int argc, char **argv)
{
    struct options options = {0};
    bool done = read_options(argc, argv, &options);
    if (done && options.help)
        fputs(USAGE, stdout);
    else if (done && options.version)
        puts("attn " ATTN_VERSION);
    else if (done)
        done = run_all(&options);
    free(options.commands);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
