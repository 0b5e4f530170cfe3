#include "attn/lang/commons.h"

#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"

/* Held for as long as copying a state takes. */
struct commons {
    atomic_flag busy;
    atomic_int users;
    unsigned long version; /* counts what was told */
    struct state state;
    struct explorer *shown; /* by the last view; or NULL */
};

static void hold(struct commons *commons)
{
    while (atomic_flag_test_and_set_explicit(&commons->busy, memory_order_acquire))
        continue;
}

static void release(struct commons *commons)
{
    atomic_flag_clear_explicit(&commons->busy, memory_order_release);
}

struct commons *commons_new(const struct state *state)
{
    struct commons *commons = mem_new(1, sizeof *commons);
    atomic_flag_clear(&commons->busy);
    atomic_init(&commons->users, 1);
    commons->state = state_copy(state);
    return commons;
}

struct commons *commons_keep(struct commons *commons)
{
    atomic_fetch_add(&commons->users, 1);
    return commons;
}

void commons_drop(struct commons *commons)
{
    if (!commons || atomic_fetch_sub(&commons->users, 1) != 1)
        return;
    state_drop(&commons->state);
    explorer_drop(commons->shown);
    free(commons);
}

void commons_take(struct session *session)
{
    struct commons *commons = session->commons;
    struct state old = {0};
    hold(commons);
    if (session->seen != commons->version) {
        old = session->state;
        session->state = state_copy(&commons->state);
        session->seen = commons->version;
    }
    release(commons);
    state_drop(&old); /* may free a model: not while others wait */
}

void commons_tell(struct session *session, const struct state *before)
{
    struct commons *commons = session->commons;
    /* Copies keep padding too. Were it not so, a state would be told once more than
     * needed. */
    const void *now = &session->state, *then = before;
    if (memcmp(now, then, sizeof session->state) == 0)
        return;
    hold(commons);
    struct state old = commons->state;
    commons->state = state_copy(&session->state);
    commons->version++;
    session->seen = commons->version;
    release(commons);
    state_drop(&old);
}

void commons_show(struct session *session, struct explorer *shown)
{
    struct commons *commons = session->commons;
    hold(commons);
    struct explorer *old = commons->shown;
    commons->shown = shown;
    release(commons);
    explorer_drop(old);
}

struct explorer *commons_shown(const struct session *session)
{
    struct commons *commons = session->commons;
    hold(commons);
    struct explorer *shown = commons->shown ? explorer_keep(commons->shown) : NULL;
    release(commons);
    return shown;
}
