#include "attn/lang/origin.h"

const char *origin_of(const struct model_info *info, struct arena *arena)
{
    if (!info->recorded)
        return info->synthetic ? "hand-built, synthetic" : "weights as published";
    return arena_print(arena, "recorded: %.80s%s%s%s%s", info->recorded,
                       info->synthetic ? "; hand-built, synthetic" : ", not hand-built",
                       info->in_pieces ? "; words in pieces" : "",
                       info->changed ? "; made with " : "",
                       info->changed ? info->changed : "");
}

bool origin_has_vectors(const struct model *model, struct err *err)
{
    if (!model_info(model)->no_vectors)
        return true;
    err_set(
        err, ERR_UNSUITED,
        "This is a recording: it holds where each word looked, but no queries, keys "
        "and values to work it out from. A model that has them:");
    return err_try(err, "type", "model lesson");
}

bool origin_has_stream(const struct model *model, struct err *err)
{
    if (!model_info(model)->no_stream)
        return true;
    err_set(err, ERR_UNSUITED,
            "This recording holds where each word looked, but not the words' vectors "
            "(a tensor \"hidden\"). A model that has them:");
    return err_try(err, "type", "model lesson");
}

bool origin_runs(const struct model *model, struct err *err)
{
    if (!model_info(model)->recorded)
        return true;
    err_set(err, ERR_UNSUITED,
            "This is a recording: it cannot be run again to see what would change. A "
            "model that runs:");
    return err_try(err, "type", "model lesson");
}

static bool fixed(struct err *err, const char *what, const char *line)
{
    err_set(err, ERR_UNSUITED,
            "This is a recording: it is shown as it was made, and %s would need the "
            "model itself.",
            what);
    return err_try(err, "Try:", "%s", line);
}

bool origin_allows(const struct settings *settings, const struct model_info *info,
                   struct err *err)
{
    if (!info->recorded)
        return true;
    if (settings->mask == MASK_CAUSAL && !info->causal)
        return fixed(err, "another mask", "set mask auto");
    if (!settings->position || !settings->scale || !settings->attention)
        return fixed(err, "leaving a part out",
                     "set position on scale on attention on");
    if (settings->temperature < 1 || settings->temperature > 1)
        return fixed(err, "another temperature", "set temperature 1");
    if (!settings->words) {
        err_set(err, ERR_UNSUITED,
                "A recording is shown in the pieces that it was recorded in; there are "
                "no others.");
        return err_try(err, "Try:", "tokens");
    }
    if (settings->measure != MEASURE_NORM || !info->no_lengths)
        return true;
    err_set(err, ERR_UNSUITED,
            "This recording lacks the lengths of what each head brings, which the "
            "measure norm needs.");
    return err_try(err, "Try:", "set measure weight");
}

bool origin_fit(struct settings *settings, const struct model_info *info)
{
    struct err unsaid = {0};
    if (origin_allows(settings, info, &unsaid))
        return false;
    if (!info->causal)
        settings->mask = MASK_AUTO;
    settings->position = settings->scale = settings->attention = settings->words = true;
    settings->temperature = 1;
    if (settings->measure == MEASURE_NORM && info->no_lengths)
        settings->measure = MEASURE_WEIGHT;
    return true;
}
