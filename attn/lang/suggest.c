#include "attn/lang/suggest.h"

#include <string.h>

#include "attn/lang/commands.h"

enum { LONGEST = 32, FEWEST_WORDS = 3, HINT_ROOM = 500 };

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : (unsigned char)c;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Optimal string alignment, row by row. */
int suggest_distance(const char *a, const char *b, int most)
{
    size_t n = strlen(a), m = strlen(b);
    int rows[3][LONGEST + 1];
    if (n > LONGEST || m > LONGEST)
        return most + 1;
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = (int)j;
    for (size_t i = 1; i <= n; i++) {
        int *row = rows[i % 3], *above = rows[(i + 2) % 3], *two = rows[(i + 1) % 3];
        row[0] = (int)i;
        for (size_t j = 1; j <= m; j++) {
            int differs = lower(a[i - 1]) != lower(b[j - 1]);
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + differs);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1]))
                row[j] = least(row[j], two[j - 2] + 1);
        }
    }
    int distance = rows[n % 3][m];
    return distance > most ? most + 1 : distance;
}

static bool begins(const char *name, const char *typed)
{
    size_t n = strlen(typed);
    if (n < 3 || n > strlen(name))
        return false;
    for (size_t i = 0; i < n; i++)
        if (lower(name[i]) != lower(typed[i]))
            return false;
    return true;
}

int suggest_near(const char *typed, const char *name)
{
    size_t n = strlen(typed);
    int most = n <= 3 ? 1 : n <= 7 ? 2 : 3;
    int distance = suggest_distance(typed, name, most);
    if (distance > 1 && begins(name, typed))
        return 1;
    if (distance > most || distance >= (int)n)
        return -1;
    return distance;
}

const char *suggest_name(const char *typed, const char *const *names)
{
    const char *best = NULL;
    int best_near = 0;
    for (; *names; names++) {
        int near = suggest_near(typed, *names);
        if (near >= 0 && (!best || near < best_near)) {
            best = *names;
            best_near = near;
        }
    }
    return best;
}

static const char *nearest_command(const char *typed, struct arena *arena)
{
    size_t n = 0;
    while (commands[n])
        n++;
    const char **names = arena_new(arena, n + 1, sizeof *names);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!commands[i]->test_only)
            names[kept++] = commands[i]->name;
    return suggest_name(typed, names);
}

static size_t count_words(const struct lexeme *line)
{
    size_t words = 0;
    for (size_t i = 0; i < line->length; i++)
        words += line->text[i] == ' ' && i > 0 && line->text[i - 1] != ' ';
    return words + 1;
}

/* A word that begins a line of Python, in a line that looks like one. */
static bool is_statement(const char *name, const struct lexeme *line)
{
    static const char *const words[] = {"import", "from",  "def",    "class", "for",
                                        "while",  "if",    "print",  "with",  "return",
                                        "try",    "async", "lambda", NULL};
    size_t i = 0;
    while (words[i] && strcmp(name, words[i]) != 0)
        i++;
    if (!words[i] || line->length == 0)
        return false;
    return strchr(line->text, '(') || line->text[line->length - 1] == ':' ||
           strcmp(name, "import") == 0;
}

/* Python by its look: a call, an assignment, an import, a magic or shell line. */
static bool looks_like_python(const struct lexeme *name, const struct lexeme *line)
{
    if (name->length == 0)
        return false;
    bool decorator =
        name->text[0] == '@' && (name->text[1] < '0' || name->text[1] > '9');
    if (strchr("%!", name->text[0]) || decorator)
        return true;
    const char *bracket = strchr(name->text, '('), *equals = strstr(line->text, " = ");
    if (bracket && bracket > name->text)
        return true;
    if (equals && memchr(line->text, ' ', line->length) == equals)
        return true;
    return is_statement(name->text, line);
}

static bool wants_out(const struct lexeme *name)
{
    static const char *const words[] = {"quit", "exit", "bye", "logout", "q"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (name->kind == LEX_WORD && same_word(name->text, name->length, words[i]))
            return true;
    return false;
}

bool suggest_command(const struct lexeme *name, const struct lexeme *line,
                     struct arena *arena, struct err *err)
{
    const char *typed = name->kind == LEX_ARROW ? "->" : name->text;
    if (name->kind == LEX_WORD && looks_like_python(name, line)) {
        err_set(err, ERR_UNKNOWN_COMMAND,
                "This notebook speaks the attention language, not Python.");
        return err_try(err, "Type", "help  for the commands.");
    }
    if (wants_out(name)) {
        err_set(err, ERR_UNKNOWN_COMMAND,
                "Nothing here needs to be ended: the kernel goes when its notebook is "
                "closed.");
        return err_try(err, "Type", "help  for the commands.");
    }
    err_set(err, ERR_UNKNOWN_COMMAND, "I don't know \"%.*s\".", 80, typed);
    if (name->kind == LEX_WORD && same_word(name->text, name->length, "reset"))
        return err_try(err, "Did you mean:", "set reset");
    const char *near = nearest_command(typed, arena);
    if (near) {
        size_t after = name->end - line->start;
        return err_try(err, "Did you mean:", "%s%s", near,
                       after < line->length ? line->text + after : "");
    }
    if (count_words(line) >= FEWEST_WORDS && line->length <= HINT_ROOM)
        return err_try(err, "Did you mean:", "sentence %s",
                       lex_quote(arena, line->text, line->length));
    return err_try(err, "Try:", "help");
}
