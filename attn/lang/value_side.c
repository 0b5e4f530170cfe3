/* value_side.c - reads one side of `compare A with B`: a head, a sentence in quotes, a
 * setting and its value, or a name. */
#include <string.h>

#include "attn/lang/commands.h"
#include "attn/lang/read.h"

/* The settings that change what is seen, in the order in which they are offered. */
static const struct arg *setting_named(const struct lexeme *item)
{
    static const char *const names[] = {"attention", "position", "scale", "temperature",
                                        "mask",      "measure",  "hide"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (same_word(item->text, item->length, names[i]))
            return arg_find(state_args, n_state_args, names[i], strlen(names[i]));
    return NULL;
}

/* What the first side is a value of, or NULL. */
static const struct arg *setting_before(const struct reader *reader)
{
    const struct value *first = &reader->call->values[0];
    return first->given && first->n == 1 && first->pairs ? first->pairs[0].of : NULL;
}

static bool read_setting(struct reader *reader, const struct arg *setting,
                         struct value *value, struct err *err)
{
    struct pair *pair = arena_new(reader->arena, 1, sizeof *pair);
    const struct lexeme *item = read_peek(reader);
    /* Elsewhere a bare switch means on; here two values are compared. */
    if (setting->kind == ARG_SWITCH &&
        (!item || item->kind != LEX_WORD ||
         (!same_word(item->text, item->length, "on") &&
          !same_word(item->text, item->length, "off")))) {
        read_fail(reader, item, ERR_BAD_VALUE, err, "\"%s\" is compared off with on.",
                  setting->name);
        return err_try(err, "Try:", "compare %s off with on", setting->name);
    }
    pair->of = setting;
    pair->value.given = true;
    value->pairs = pair;
    value->n = 1;
    return read_value(reader, setting, &pair->value, err);
}

static bool read_named_side(struct reader *reader, const struct lexeme *item,
                            struct value *value, struct err *err)
{
    const struct arg *named = setting_named(item);
    if (named) {
        reader->at++;
        return read_setting(reader, named, value, err);
    }
    value->text = arena_copy(reader->arena, item->text, item->length);
    value->length = item->length;
    reader->at++;
    return true;
}

bool read_side(struct reader *reader, const struct arg *arg, struct value *value,
               struct err *err)
{
    const struct lexeme *item = read_peek(reader);
    long layer, head;
    (void)arg;
    if (!item || item->kind == LEX_ARROW) {
        read_fail(reader, item, ERR_MISSING, err,
                  "After \"with\" I need the other side.");
        return err_try(err, "e.g.", "%s", reader->call->command->examples[0]);
    }
    if (item->kind == LEX_TEXT) {
        value->text = item->text;
        value->length = item->length;
        value->on = true; /* in quotes */
        reader->at++;
        return true;
    }
    if (!setting_before(reader) && read_is_head(item, &layer, &head)) {
        struct arg one = {.name = "head", .kind = ARG_ONE_HEAD};
        return read_heads(reader, &one, value, err);
    }
    if (setting_before(reader) && !setting_named(item))
        return read_setting(reader, setting_before(reader), value, err);
    return read_named_side(reader, item, value, err);
}
