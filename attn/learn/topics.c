#include "attn/learn/topics.h"

#include <string.h>
#include <strings.h>

#include "attn/learn/lines.h"

struct reading {
    struct lines lines;
    struct topic *topics;
    struct synonym *synonyms;
    size_t n, n_synonyms;
    const char *group;
};

const struct topic *topics_find(const struct topics *topics, const char *name,
                                size_t length)
{
    for (size_t i = 0; i < topics->n; i++)
        if (strlen(topics->at[i].name) == length &&
            strncasecmp(topics->at[i].name, name, length) == 0)
            return &topics->at[i];
    return NULL;
}

/* "a, b, c" in pieces. */
static bool add_related(struct reading *in, struct topic *topic, const char *text)
{
    while (*text) {
        size_t n = strcspn(text, ",");
        if (topic->n_related == TOPIC_LINES)
            return lines_wrong(&in->lines, "a topic names at most 4 related ones.");
        topic->related[topic->n_related++] = arena_copy(in->lines.arena, text, n);
        text += n;
        text += strspn(text, ", ");
    }
    return true;
}

static bool add_synonym(struct reading *in, const char *text)
{
    const char *is = strstr(text, " = ");
    if (!is || is == text || !is[3])
        return lines_wrong(&in->lines, "a line of same words is: same WORDS = WORDS.");
    if (in->n_synonyms == SYNONYMS_MOST)
        return lines_wrong(&in->lines, "there are at most 160 lines of same words.");
    const char *from = arena_copy(in->lines.arena, text, (size_t)(is - text));
    in->synonyms[in->n_synonyms++] = (struct synonym){from, is + 3};
    return true;
}

static bool add_text(struct reading *in, const char *const *into, const char *text)
{
    const char **field = (const char **)into;
    if (*field)
        return lines_wrong(&in->lines, "this topic has such a line already.");
    *field = text;
    return true;
}

/* One line of a topic. */
static bool read_line(struct reading *in, struct topic *topic, const char *line)
{
    const struct {
        const char *word, **field;
    } single[] = {
        {"lesson", &topic->lesson},   {"says", &topic->says},
        {"picture", &topic->picture}, {"try", &topic->try},
        {"mistake", &topic->mistake}, {"deeper", &topic->deeper},
    };
    const char *text;
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if ((text = lines_after(line, single[i].word)))
            return add_text(in, single[i].field, text);
    if ((text = lines_after(line, "related")))
        return add_related(in, topic, text);
    if ((text = lines_after(line, "here"))) {
        if (topic->n_here == TOPIC_LINES)
            return lines_wrong(&in->lines, "a topic has at most 4 lines of here.");
        topic->here[topic->n_here++] = text;
        return true;
    }
    if ((text = lines_after(line, "phrase"))) {
        if (topic->n_phrases == TOPIC_PHRASES)
            return lines_wrong(&in->lines, "a topic has at most 16 phrases.");
        topic->phrases[topic->n_phrases++] = text;
        return true;
    }
    return lines_wrong(&in->lines,
                       "a line here begins with group, topic, lesson, says, picture, "
                       "here, try, mistake, deeper, related, phrase or same.");
}

/* Whether the topic that ends before this line can be explained and found. */
static bool is_whole(const struct reading *in)
{
    const struct topic *topic = in->n ? &in->topics[in->n - 1] : NULL;
    if (topic && (!topic->lesson || !topic->says || topic->n_phrases == 0))
        return lines_wrong(&in->lines,
                           "the topic before this line needs lesson, says and phrase.");
    return true;
}

static bool begin(struct reading *in, const char *name)
{
    struct topics so_far = {.at = in->topics, .n = in->n};
    if (!is_whole(in))
        return false;
    if (!in->group)
        return lines_wrong(&in->lines, "before the first topic stands a group.");
    if (in->n == TOPICS_MOST)
        return lines_wrong(&in->lines, "there are at most 128 topics.");
    if (strlen(name) > 32)
        return lines_wrong(&in->lines, "a topic's name has at most 32 letters.");
    if (topics_find(&so_far, name, strlen(name)))
        return lines_wrong(&in->lines, "this topic is there already.");
    in->topics[in->n++] = (struct topic){.name = name, .group = in->group};
    return true;
}

static bool read_any(struct reading *in, const char *line)
{
    const char *text;
    if (strlen(line) > LINES_MOST)
        return lines_wrong(&in->lines, "a line has at most 600 bytes.");
    if (line[0] == '\0' || line[0] == '#')
        return true;
    if ((text = lines_after(line, "same")))
        return add_synonym(in, text);
    if ((text = lines_after(line, "group"))) {
        in->group = text;
        return true;
    }
    if ((text = lines_after(line, "topic")))
        return begin(in, text);
    if (in->n == 0)
        return lines_wrong(&in->lines,
                           "the first thing is a group, then a topic and its name.");
    return read_line(in, &in->topics[in->n - 1], line);
}

static bool related_are_there(const struct reading *in)
{
    const struct topics all = {.at = in->topics, .n = in->n};
    for (size_t i = 0; i < all.n; i++)
        for (size_t k = 0; k < all.at[i].n_related; k++) {
            const char *name = all.at[i].related[k];
            if (!topics_find(&all, name, strlen(name)))
                return err_set(in->lines.err, ERR_BAD_FILE,
                               "The topic \"%s\" is related to \"%.40s\", which is not "
                               "there.",
                               all.at[i].name, name);
        }
    return true;
}

bool topics_read(const char *text, size_t length, struct arena *arena,
                 struct topics *topics, struct err *err)
{
    struct reading in = {
        .lines = {.text = text, .length = length, .arena = arena, .err = err}};
    in.topics = arena_new(arena, TOPICS_MOST, sizeof *in.topics);
    in.synonyms = arena_new(arena, SYNONYMS_MOST, sizeof *in.synonyms);
    for (const char *line; (line = lines_take(&in.lines));)
        if (!read_any(&in, line))
            return false;
    in.lines.line++;
    if (in.n == 0)
        return lines_wrong(&in.lines, "there is no topic.");
    *topics = (struct topics){in.topics, in.n, in.synonyms, in.n_synonyms};
    return is_whole(&in) && related_are_there(&in);
}

const char *topic_fill(const char *line, const struct slots *slots, struct arena *arena)
{
    const char *filled = "";
    for (;;) {
        const char *open = strchr(line, '{');
        const char *close = open ? strchr(open, '}') : NULL;
        if (!close)
            return arena_print(arena, "%s%s", filled, line);
        const char *value =
            slots->value(slots->context, open + 1, (size_t)(close - open - 1));
        if (!value)
            return NULL;
        filled =
            arena_print(arena, "%s%.*s%s", filled, (int)(open - line), line, value);
        line = close + 1;
    }
}
