/* call_footer.c - the line below every answer: which model, which head, what is not at
 * its default. */
#include <string.h>

#include "attn/lang/commands.h"
#include "attn/lang/measured.h"
#include "attn/lang/muted.h"
#include "attn/lang/origin.h"
#include "attn/lang/state.h"

/* "L3-H0 pronoun→antecedent", or what stands for it. */
static const char *where(const struct call *call, int layer, int head)
{
    const struct model_info *info = call_info(call);
    const char *which = head == PICK_MEAN  ? "mean of its heads"
                        : head == PICK_MAX ? "strongest of its heads"
                                           : "all heads";
    if (measured_is_made(&call->settings))
        return layer < 0
                   ? "through all layers, mean of their heads"
                   : arena_print(call->arena,
                                 "through layers 0 to %d, mean of their heads", layer);
    if (call->command->view && call_value(call, "heads")->given)
        return "the heads asked for";
    if (layer == PICK_AUTO || (layer >= 0 && head == PICK_AUTO))
        return "each row from its own head";
    if (layer < 0)
        return arena_print(call->arena, "all layers, %s", which);
    if (head < 0)
        return arena_print(call->arena, "layer %d, %s", layer, which);
    size_t at = (size_t)layer * info->H + (size_t)head;
    const char *name = info->heads[at].name;
    return arena_print(call->arena, "L%d-H%d%s%s", layer, head, name ? " " : "",
                       muted_name(&call->settings, at, name ? name : "", call->arena));
}

/* What is not at its default: " · [temperature 0.5]". What is, goes without saying. */
static void add_chips(const struct call *call, struct buf *footer)
{
    struct state normal = {.settings = settings_default(),
                           .subject = call->session->state.subject};
    struct state now = {.settings = call->settings, .subject = normal.subject};
    size_t chips = 0;
    for (size_t i = 0; i < n_state_args; i++) {
        const struct arg *arg = &state_args[i];
        static const char *const said[] = {"sentence", "target",  "model", "layer",
                                           "head",     "animate", "size"};
        bool skip = false;
        for (size_t j = 0; j < sizeof said / sizeof *said; j++)
            skip = skip || strcmp(arg->name, said[j]) == 0;
        const char *value = state_value(&now, arg, call->arena);
        if (skip || strcmp(value, state_value(&normal, arg, call->arena)) == 0)
            continue;
        buf_print(footer, "%s[%s %s]", chips++ ? " " : " · ", arg->name, value);
    }
    const char *muted =
        muted_list(&call->settings, model_info(call_model(call))->H, call->arena);
    if (*muted)
        buf_print(footer, "%s[muted %s]", chips++ ? " " : " · ", muted);
    if (chips)
        buf_text(footer, " · back to the defaults:  set reset");
}

/* Which of its attentions is shown, and by which flags one sees the others. */
static const char *side_text(const struct call *call)
{
    bool any = model_info(call_model(call))->recorded; /* of whatever languages */
    switch (call->settings.which) {
    case ATTENTION_CROSS:
        return any ? "cross-attention: words of the second sentence look at those of "
                     "the first (others: encoder, decoder) · "
                   : "cross-attention: French words look at English ones (others: "
                     "encoder, "
                     "decoder) · ";
    case ATTENTION_ENCODER:
        return any ? "encoder: words of the first sentence look at each other (others: "
                     "cross, decoder) · "
                   : "encoder: English words look at each other (others: cross, "
                     "decoder) · ";
    case ATTENTION_DECODER:
        return any ? "decoder: words of the second sentence look at those before them "
                     "(others: cross, encoder) · "
                   : "decoder: French words look at those before them (others: cross, "
                     "encoder) · ";
    default:
        return "";
    }
}

const char *call_footer(struct call *call, int layer, int head)
{
    return call_footer_of(call, where(call, layer, head));
}

const char *call_footer_of(struct call *call, const char *what)
{
    const struct model_info *info = call_info(call);
    struct buf footer;
    buf_init(&footer, 4096);
    buf_print(&footer, "model %s (%s) · %s%s%s", info->name,
              origin_of(info, call->arena), side_text(call), what,
              info->causal ? " · causal mask: no word sees what comes later" : "");
    add_chips(call, &footer);
    const char *text = arena_copy(call->arena, footer.at, footer.length);
    buf_free(&footer);
    return text;
}
