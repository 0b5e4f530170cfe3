/* rules_ramp.c - the statements of a ramp: a rule of a layer's feed-forward. */
#include "attn/model/rules.h"
#include "attn/model/rules_state.h"

bool rules_ramp(struct compiler *c)
{
    const char *says;
    if (!rules_said(c, &says))
        return false;
    if (rules_layer(c)->forward.n == GLASS_MAX_RAMPS)
        return rules_fail(&c->in, &c->now, "a layer has at most %d ramps.",
                          GLASS_MAX_RAMPS);
    c->ramp_at = c->now;
    c->ramp = (struct ramp){.says = says, .gate = SIZE_MAX};
    c->ramp_from = false;
    return true;
}

bool rules_only(struct compiler *c)
{
    struct rules_list gate = {.n = 1};
    if (!rules_dim(&c->cursor, &gate.parts[0].dim) || !rules_end(&c->cursor) ||
        !rules_no_places(c, &gate))
        return false;
    c->ramp.gate = gate.parts[0].dim;
    return true;
}

bool rules_of(struct compiler *c)
{
    return rules_list(&c->cursor, RULES_MAX_LIST, &c->ramp.of) &&
           rules_end(&c->cursor) && rules_no_places(c, &c->ramp.of);
}

bool rules_from(struct compiler *c)
{
    if (!rules_number(&c->cursor, "where the ramp begins", &c->ramp.from))
        return false;
    if (!rules_take(&c->cursor, "to"))
        return rules_fail(&c->in, &c->now, "between the two numbers stands \"to\".");
    if (!rules_number(&c->cursor, "where the ramp ends", &c->ramp.to) ||
        !rules_end(&c->cursor))
        return false;
    if (c->ramp.to - c->ramp.from < 0.001)
        return rules_fail(&c->in, &c->now, "a ramp ends above where it begins.");
    c->ramp_from = true;
    return true;
}

bool rules_adds(struct compiler *c)
{
    if (!rules_list(&c->cursor, RULES_MAX_LIST, &c->ramp.adds) ||
        !rules_end(&c->cursor))
        return false;
    for (size_t i = 0; i < c->ramp.adds.n; i++)
        if (!rules_may_write(c, c->ramp.adds.parts[i].dim))
            return false;
    return true;
}

bool rules_close_ramp(struct compiler *c)
{
    const char *missing = c->ramp.of.n == 0     ? "of"
                          : !c->ramp_from       ? "from"
                          : c->ramp.adds.n == 0 ? "adds"
                                                : NULL;
    if (missing)
        return rules_fail(&c->in, &c->ramp_at, "this ramp has no \"%s\" line.",
                          missing);
    build_ramp(&rules_layer(c)->forward, &c->ramp, c->in.arena);
    return true;
}
