/* cmd_explain.c - explain and ask: a topic with the numbers of the sentence at hand.
 *
 * Nothing is made up: an answer is a topic's text, or the row that a question names, or
 * "I don't know that one". */
#include <stdint.h>
#include <string.h>

#include "attn/lang/commands.h"
#include "attn/lang/here.h"
#include "attn/lang/lex.h"
#include "attn/lang/read.h"
#include "attn/lang/state.h"
#include "attn/lang/table.h"
#include "attn/lang/words.h"
#include "attn/learn/match.h"
#include "attn/render/stack.h"

static bool explain_run(struct call *call, struct err *err);

const struct command explain_command = {
    .name = "explain",
    .does = "Explains a term or answers a question, with numbers of your sentence; "
            "alone it lists the topics.",
    .task = "Understand",
    .lesson = "11",
    .args = {{"question", ARG_REST, .about = "a term, or a question in plain words"}},
    .examples = {"explain softmax", "explain why divide by the root of d?",
                 "explain \"row sum\" as json", "explain"},
    .run = explain_run,
};

const struct command ask_command = {
    .name = "ask",
    .does = "The same as explain: answers a question in plain words.",
    .task = "Understand",
    .lesson = "11",
    .args = {{"question", ARG_REST, .about = "a term, or a question in plain words"}},
    .examples = {"ask how are attention scores computed?",
                 "ask why does it look at animal?", "ask what does L3-H0 do?"},
    .run = explain_run,
};

/* ---- a topic */

static void add_line(struct call *call, struct pile *pile, enum block_kind kind,
                     const char *lead, const char *line)
{
    if (line)
        pile_add(pile, kind, arena_print(call->arena, "%s%s", lead, line));
}

static const char *names_of(struct call *call, const struct topic *topic)
{
    const char *names = "";
    for (size_t k = 0; k < topic->n_related; k++)
        names =
            arena_print(call->arena, "%s%s%s", names, k ? ", " : "", topic->related[k]);
    return names;
}

static void add_topic(struct call *call, struct here *here, const struct topic *topic,
                      struct pile *pile)
{
    const struct slots slots = {here_slot, here};
    add_line(call, pile, BLOCK_TEXT, "Picture it: ", topic->picture);
    for (size_t k = 0; k < topic->n_here; k++)
        add_line(call, pile, BLOCK_TEXT, "",
                 topic_fill(topic->here[k], &slots, call->arena));
    if (topic->try)
        add_line(call, pile, BLOCK_TEXT,
                 "Try this:  ", topic_fill(topic->try, &slots, call->arena));
    add_line(call, pile, BLOCK_TEXT, "Take care: ", topic->mistake);
    if (topic->deeper) {
        struct pile inside = pile_begin(call->arena);
        pile_add(&inside, BLOCK_TEXT, topic->deeper);
        pile_fold(pile, "Deeper", &inside);
    }
    if (topic->n_related)
        pile_add(pile, BLOCK_NOTE,
                 arena_print(call->arena, "Near it: %s. One of them:  explain %s",
                             names_of(call, topic), topic->related[0]));
    if (lesson_is_there(topic->lesson))
        pile_add(pile, BLOCK_NOTE,
                 arena_print(call->arena, "More in lesson %s.", topic->lesson));
}

static const char *how_read(struct call *call, const struct match *match)
{
    const char *other = match->topics[1] ? match->topics[1]->name : NULL;
    const char *third = match->topics[2] ? match->topics[2]->name : NULL;
    const char *name = match->topics[0]->name;
    if (match->level == MATCH_SURE)
        return NULL;
    if (!other)
        return arena_print(call->arena, "I read this as %s.", name);
    return third ? arena_print(call->arena,
                               "I read this as %s; or did you mean %s or %s?", name,
                               other, third)
                 : arena_print(call->arena, "I read this as %s; or did you mean %s?",
                               name, other);
}

/* ---- words of the sentence, and heads, in a question */

/* The words of a question without its marks, at most a few dozen. */
struct spoken {
    const char *at[64];
    size_t n;
};

static struct spoken split(struct call *call, const struct value *question)
{
    struct spoken spoken = {.n = 0};
    static const char gaps[] = " \t\r\n?!,;\"()";
    size_t most = question->length < MATCH_BYTES ? question->length : MATCH_BYTES;
    for (size_t at = 0; at < most && spoken.n < 64;) {
        size_t n = 0;
        while (at + n < most && !strchr(gaps, question->text[at + n]))
            n++;
        size_t shown = n;
        while (shown > 1 && (question->text[at + shown - 1] == '.' ||
                             question->text[at + shown - 1] == ':'))
            shown--;
        if (n > 0)
            spoken.at[spoken.n++] = arena_copy(call->arena, question->text + at, shown);
        at += n + 1;
    }
    return spoken;
}

static int position_of(struct call *call, const struct subject *subject,
                       const char *text)
{
    struct lexeme item = {.kind = LEX_WORD, .text = text, .length = strlen(text)};
    struct word word = word_find(subject, &item, call->arena);
    return word.result == WORD_FOUND ? word.position : -1;
}

static bool is_looking(const char *word)
{
    static const char *const verbs[] = {
        "look",    "looks",    "looking", "attend", "attends", "attending", "focus",
        "focuses", "focusing", "point",   "points", "refer",   "refers"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (same_word(word, strlen(word), verbs[i]))
            return true;
    return false;
}

static bool is_small(const char *word)
{
    static const char *const small[] = {"at", "to", "on", "for", "back", "mostly"};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if (same_word(word, strlen(word), small[i]))
            return true;
    return false;
}

/* "why does it look at animal": a word of the sentence right before a word for looking,
 * and (or -1) one right after it. */
static bool names_a_row(struct call *call, const struct spoken *spoken, int *from,
                        int *to)
{
    for (size_t i = 1; i < spoken->n; i++) {
        if (!is_looking(spoken->at[i]))
            continue;
        size_t next = i + 1;
        while (next < spoken->n && is_small(spoken->at[next]))
            next++;
        if (next + 1 < spoken->n &&
            same_word(spoken->at[next], strlen(spoken->at[next]), "the"))
            next++;
        *from = position_of(call, call_rows(call), spoken->at[i - 1]);
        *to = next < spoken->n ? position_of(call, call_cols(call), spoken->at[next])
                               : -1;
        if (*from >= 0 && (*to >= 0 || next >= spoken->n))
            return true;
    }
    return false;
}

static size_t column_of(const struct here *here, int position)
{
    for (size_t j = 0; j < here->fill.stack.n_cols; j++)
        if (here->fill.stack.cols[j].position == position)
            return j;
    return SIZE_MAX;
}

/* What a row gives to a word of its own choice or the one asked for, and the line that
 * says why. False where this sentence has no such row. */
static bool say_row(struct call *call, int from, int to, struct view *view,
                    struct pile *pile)
{
    const struct value word = {.given = true, .position = from};
    struct here here = here_look(call, &word);
    if (!here.has_row)
        return false;
    if (to >= 0)
        here.best = column_of(&here, to);
    if (here.best == SIZE_MAX)
        return false;
    const struct slots slots = {here_slot, &here};
    bool no_why = here.info->no_vectors;
    const char *line = no_why ? "look {typed}" : "why {typed} -> {best_typed}";
    view->finding = topic_fill("\"{word}\" gives \"{best}\" {weight} of its attention "
                               "in {headid}.",
                               &slots, call->arena);
    add_line(call, pile, BLOCK_TEXT, no_why ? "See it:  " : "Why:  ",
             arena_print(call->arena, "%s%s", topic_fill(line, &slots, call->arena),
                         call_side(call)));
    add_line(call, pile, BLOCK_TEXT, "Its whole row:  ",
             arena_print(call->arena, "%s%s",
                         topic_fill("look {typed}", &slots, call->arena),
                         call_side(call)));
    pile_add(pile, BLOCK_NOTE,
             "That is what this head mixes in. It proves no cause in a trained model.");
    return true;
}

/* "L3-H0" among the words: what that head is there for. */
static void say_head(struct call *call, const struct spoken *spoken, struct pile *pile)
{
    const struct model_info *info = call_info(call);
    long layer, head;
    for (size_t i = 0; i < spoken->n; i++) {
        struct lexeme item = {
            .kind = LEX_WORD, .text = spoken->at[i], .length = strlen(spoken->at[i])};
        if (!read_is_head(&item, &layer, &head) || layer < 0 || head < 0 ||
            (size_t)layer >= info->L || (size_t)head >= info->H)
            continue;
        const struct head_name *name =
            &info->heads[(size_t)layer * info->H + (size_t)head];
        if (name->name)
            pile_add(pile, BLOCK_TEXT,
                     arena_print(call->arena, "L%ld-H%ld of %s is %s.%s%s", layer, head,
                                 info->name, name->name, name->does ? " " : "",
                                 name->does ? name->does : ""));
        add_line(call, pile, BLOCK_TEXT,
                 "See it:  ", arena_print(call->arena, "heads L%ld-H%ld", layer, head));
        return;
    }
}

/* ---- the list, and what is not known */

static void list_topics(struct call *call, const struct topics *topics,
                        struct pile *pile)
{
    for (size_t i = 0; i < topics->n;) {
        const char *group = topics->at[i].group, *names = "";
        pile_add(pile, BLOCK_HEADING, group);
        for (; i < topics->n && strcmp(topics->at[i].group, group) == 0; i++)
            names = arena_print(call->arena, "%s%s%s", names, *names ? " · " : "",
                                topics->at[i].name);
        pile_add(pile, BLOCK_TEXT, names);
    }
    pile_add(pile, BLOCK_NOTE, "One of them:  explain softmax");
    pile_add(pile, BLOCK_NOTE,
             "Or a question in plain words:  ask how are attention scores computed?");
}

static void not_known(struct call *call, const struct match *match, struct view *view,
                      struct pile *pile)
{
    view->finding = "I don't know that one. I answer from a fixed list of topics about "
                    "attention.";
    for (size_t k = 0; k < 3 && match->topics[k]; k++)
        add_line(call, pile, BLOCK_TEXT, k ? "or:  explain " : "Nearest:  explain ",
                 match->topics[k]->name);
    if (!match->topics[0])
        pile_add(pile, BLOCK_TEXT, "To begin with:  explain attention");
    pile_add(pile, BLOCK_TEXT, "All topics:  explain");
}

/* ---- the command */

static void answer(struct call *call, const struct topics *topics,
                   const struct value *question, struct view *view, struct pile *pile)
{
    const struct topic *topic = topics_find(topics, question->text, question->length);
    struct match match = {.level = MATCH_SURE, .topics = {topic}};
    struct spoken spoken = split(call, question);
    int from, to;
    if (!topic && names_a_row(call, &spoken, &from, &to) &&
        say_row(call, from, to, view, pile))
        return;
    if (!topic)
        match = match_question(topics, question->text, question->length, call->arena);
    say_head(call, &spoken, pile);
    if (match.level == MATCH_NONE && pile->n == 0) {
        not_known(call, &match, view, pile);
        return;
    }
    if (match.level == MATCH_NONE) {
        view->finding = pile->blocks[0].text;
        pile->n--;
        memmove(pile->blocks, pile->blocks + 1, pile->n * sizeof *pile->blocks);
        return;
    }
    const char *read = how_read(call, &match);
    struct here here = here_look(call, NULL);
    if (read)
        pile_add(pile, BLOCK_NOTE, read);
    view->finding = match.topics[0]->says;
    add_topic(call, &here, match.topics[0], pile);
    view->footer = call_footer(call, here.has_row ? here.fill.layer : PICK_AUTO,
                               here.has_row ? here.fill.head : PICK_AUTO);
}

static bool explain_run(struct call *call, struct err *err)
{
    const struct value *question = call_value(call, "question");
    struct view view = {.kind = "explain"};
    struct pile pile = pile_begin(call->arena);
    struct topics topics;
    if (!topics_read(topics_text(), strlen(topics_text()), call->arena, &topics, err))
        return false;
    if (question->given && question->length > 0)
        answer(call, &topics, question, &view, &pile);
    else {
        view.finding = arena_print(call->arena, "%zu topics.", topics.n);
        list_topics(call, &topics, &pile);
    }
    pile_end(&pile, &view);
    return call_result(call, NULL, &view, NULL, err);
}
