#include "attn/lang/changes.h"

enum { FLIPS_MOST = 12, HEADS_MOST = 8 };

const char *changes_head(const struct trace *trace, size_t head, struct arena *arena)
{
    return trace_head_name(trace->heads, trace->H, head, arena);
}

const char *changes_word(const struct token *token, struct arena *arena)
{
    return token->flags & TOKEN_SPECIAL ? "the resting place"
                                        : arena_print(arena, "\"%s\"", token->text);
}

const struct changed_flip *changes_first(const struct changes *changes)
{
    const struct changed *changed = changes->changed;
    for (size_t i = 0; i < changed->n_flips; i++)
        if (changes->before->rows[changed->flips[i].row].flags & TOKEN_PRONOUN)
            return &changed->flips[i];
    return changed->n_flips ? changed->flips : NULL;
}

static const struct table *flips_table(const struct changes *changes,
                                       struct arena *arena)
{
    struct sheet sheet = sheet_begin(arena, 4);
    const struct changed *changed = changes->changed;
    sheet_header(&sheet, "word");
    sheet_header(&sheet, "in head");
    sheet_header(&sheet, changes->then);
    sheet_header(&sheet, changes->now);
    for (size_t i = 0; i < changed->n_flips && i < FLIPS_MOST; i++) {
        const struct changed_flip *flip = &changed->flips[i];
        const struct token *token = &changes->after->rows[flip->row];
        sheet_text(&sheet, arena_print(arena, "%s (%d)", token->text, token->position));
        sheet_text(&sheet, changes_head(changes->before, flip->head, arena));
        sheet_text(&sheet, arena_print(arena, "%s %.2f",
                                       changes_word(
                                           &changes->before->cols[flip->before], arena),
                                       (double)flip->was));
        sheet_text(&sheet,
                   arena_print(arena, "%s %.2f",
                               changes_word(&changes->after->cols[flip->after], arena),
                               (double)flip->is));
    }
    return sheet_end(&sheet, "Words that look mostly elsewhere now");
}

static const struct table *heads_table(const struct changes *changes,
                                       struct arena *arena)
{
    struct sheet sheet = sheet_begin(arena, 3);
    const struct changed *changed = changes->changed;
    sheet_header(&sheet, "head");
    sheet_header(&sheet, "moved");
    sheet_header(&sheet, "most in the row of");
    for (size_t i = 0; i < changed->n_heads && i < HEADS_MOST; i++) {
        const struct changed_head *head = &changed->heads[i];
        sheet_text(&sheet, changes_head(changes->before, head->head, arena));
        sheet_number(&sheet, arena_print(arena, "%.2f", (double)head->change));
        sheet_text(&sheet, changes->after->rows[head->row].text);
    }
    return sheet_end(&sheet, changes->heads);
}

static void add_more(struct pile *pile, size_t n, size_t most, const char *what)
{
    if (n > most)
        pile_add(pile, BLOCK_NOTE,
                 arena_print(pile->arena, "… and %zu more %s%s.", n - most, what,
                             n - most == 1 ? "" : "s"));
}

void changes_tables(const struct changes *changes, struct pile *pile)
{
    const struct changed *changed = changes->changed;
    if (changed->n_flips)
        pile_table(pile, flips_table(changes, pile->arena));
    add_more(pile, changed->n_flips, FLIPS_MOST, "word");
    if (changed->n_heads)
        pile_table(pile, heads_table(changes, pile->arena));
    add_more(pile, changed->n_heads, HEADS_MOST, "head");
}

static void place(struct json_out *out, size_t head, size_t H)
{
    json_key_int(out, "layer", (int64_t)(head / H));
    json_key_int(out, "head", (int64_t)(head % H));
}

void changes_json(const struct changes *changes, struct json_out *out)
{
    const struct changed *changed = changes->changed;
    size_t H = changes->before->H;
    json_key(out, "heads");
    json_array(out);
    for (size_t i = 0; i < changed->n_heads; i++) {
        json_object(out);
        place(out, changed->heads[i].head, H);
        json_key_float(out, "change", (double)changed->heads[i].change);
        json_end(out);
    }
    json_end(out);
    json_key(out, "flips");
    json_array(out);
    for (size_t i = 0; i < changed->n_flips; i++) {
        const struct changed_flip *flip = &changed->flips[i];
        json_object(out);
        json_key_text(out, "word", changes->after->rows[flip->row].text);
        json_key_int(out, "position", changes->after->rows[flip->row].position);
        json_key_text(out, "from", changes->before->cols[flip->before].text);
        json_key_text(out, "to", changes->after->cols[flip->after].text);
        place(out, flip->head, H);
        json_end(out);
    }
    json_end(out);
}
