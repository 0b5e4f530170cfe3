/* pace.h - how much may be sent now: a Jupyter server drops what goes past its rate
 * limits (1,000 messages and 1,000,000 bytes of printed text a second, over 3 seconds,
 * counted from the last idle), so the kernel stays below them.
 *
 * Each allowance is a bucket that fills with time: what it holds may leave at once, and
 * then what flows in. Times in ms. Depends on nothing.
 */
#ifndef KERNEL_PACE_H
#define KERNEL_PACE_H

#include <stdint.h>

enum pace_kind {
    PACE_BYTES,    /* of printed text, as it stands on the wire */
    PACE_MESSAGES, /* of any kind */
    PACE_TURNS,    /* from standard output to standard error or back */
    PACE_KINDS,
};

struct pace {
    double left[PACE_KINDS];
    int64_t at; /* when `left` was true */
};

/* All that is allowed at once: at the start, and after each idle. */
void pace_reset(struct pace *pace, int64_t now);
/* What may leave now; negative when too much has left already. */
double pace_left(struct pace *pace, enum pace_kind kind, int64_t now);
void pace_take(struct pace *pace, enum pace_kind kind, double amount);
/* In how many ms `amount` may leave; an amount that never fits counts as the most that
 * does. 0: now. */
int pace_wait(struct pace *pace, enum pace_kind kind, double amount, int64_t now);

#endif
