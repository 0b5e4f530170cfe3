#include "kernel/pace.h"

/* In any 3 s at most 900,000 + 3,000 · 550 bytes and 1,200 + 3,000 · 0.5 messages:
 * a tenth below the limits, for the last piece and for a server that reads late. */
static const struct {
    double most, per_ms;
} buckets[PACE_KINDS] = {
    [PACE_BYTES] = {900000, 550},
    [PACE_MESSAGES] = {1200, 0.5},
    [PACE_TURNS] = {20, 0.01},
};

void pace_reset(struct pace *pace, int64_t now)
{
    for (int i = 0; i < PACE_KINDS; i++)
        pace->left[i] = buckets[i].most;
    pace->at = now;
}

static void fill(struct pace *pace, int64_t now)
{
    for (int i = 0; i < PACE_KINDS; i++) {
        double filled = pace->left[i] + buckets[i].per_ms * (double)(now - pace->at);
        pace->left[i] = filled < buckets[i].most ? filled : buckets[i].most;
    }
    pace->at = now;
}

double pace_left(struct pace *pace, enum pace_kind kind, int64_t now)
{
    fill(pace, now);
    return pace->left[kind];
}

void pace_take(struct pace *pace, enum pace_kind kind, double amount)
{
    pace->left[kind] -= amount;
}

int pace_wait(struct pace *pace, enum pace_kind kind, double amount, int64_t now)
{
    if (amount > buckets[kind].most)
        amount = buckets[kind].most;
    double missing = amount - pace_left(pace, kind, now);
    return missing <= 0 ? 0 : 1 + (int)(missing / buckets[kind].per_ms);
}
