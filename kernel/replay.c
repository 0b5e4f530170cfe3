#include "kernel/replay.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"

enum { RING = 1 << 16 };

/* Slots are numbered from 1 in the chains, so that zeroed memory is an empty table and
 * pages are touched only as they fill. */
struct replay {
    uint64_t macs[RING];
    uint32_t first[RING]; /* the first slot of each chain */
    uint32_t next[RING];
    uint32_t at; /* the slot to fill next */
    bool round;  /* the ring has been filled once */
};

struct replay *replay_new(void)
{
    return mem_new(1, sizeof(struct replay));
}

void replay_free(struct replay *replay)
{
    free(replay);
}

static uint32_t *chain(struct replay *replay, uint64_t mac)
{
    return &replay->first[mac % RING];
}

static void forget(struct replay *replay, uint32_t slot)
{
    uint32_t *link = chain(replay, replay->macs[slot]);
    while (*link != slot + 1)
        link = &replay->next[*link - 1];
    *link = replay->next[slot];
}

bool replay_accept(struct replay *replay, const unsigned char *mac)
{
    uint64_t key;
    memcpy(&key, mac, sizeof key);
    uint32_t *link = chain(replay, key);
    for (uint32_t slot = *link; slot; slot = replay->next[slot - 1]) {
        if (replay->macs[slot - 1] == key)
            return false;
    }
    if (replay->round)
        forget(replay, replay->at);
    replay->macs[replay->at] = key;
    replay->next[replay->at] = *link;
    *link = ++replay->at;
    if (replay->at == RING) {
        replay->at = 0;
        replay->round = true;
    }
    return true;
}
