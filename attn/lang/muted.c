#include "attn/lang/muted.h"

#include <string.h>

const char *muted_word(enum mute how)
{
    static const char *const words[] = {"", "zero", "uniform", "shuffled"};
    return words[how];
}

size_t muted_count(const struct settings *settings)
{
    size_t n = 0;
    for (size_t i = 0; i < SETTINGS_HEADS; i++)
        n += settings->muted[i] != MUTE_NOT;
    return n;
}

const char *muted_list(const struct settings *settings, size_t H, struct arena *arena)
{
    enum { MOST = 8 };
    const char *list = "";
    size_t n = 0;
    for (size_t i = 0; i < SETTINGS_HEADS; i++) {
        enum mute how = (enum mute)settings->muted[i];
        if (how == MUTE_NOT || ++n > MOST)
            continue;
        list = arena_print(arena, "%s%sL%zu-H%zu%s%s", list, *list ? ", " : "", i / H,
                           i % H, how == MUTE_ZERO ? "" : " as ",
                           how == MUTE_ZERO ? "" : muted_word(how));
    }
    return n > MOST ? arena_print(arena, "%s and %zu more", list, n - MOST) : list;
}

const char *muted_name(const struct settings *settings, size_t head, const char *name,
                       struct arena *arena)
{
    enum mute how = (enum mute)settings->muted[head];
    if (how == MUTE_NOT)
        return name;
    return how == MUTE_ZERO
               ? arena_print(arena, "%s (muted)", name)
               : arena_print(arena, "%s (muted: %s)", name, muted_word(how));
}

void muted_json(struct json_out *out, const struct settings *settings, size_t H)
{
    json_key(out, "muted");
    json_array(out);
    for (size_t i = 0; i < SETTINGS_HEADS; i++) {
        if (settings->muted[i] == MUTE_NOT)
            continue;
        json_object(out);
        json_key_int(out, "layer", (int64_t)(i / H));
        json_key_int(out, "head", (int64_t)(i % H));
        json_key_text(out, "as", muted_word((enum mute)settings->muted[i]));
        json_end(out);
    }
    json_end(out);
}

void muted_clear(struct settings *settings)
{
    memset(settings->muted, MUTE_NOT, sizeof settings->muted);
}
