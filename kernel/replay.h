/* replay.h - remembers the last 65,536 signatures, so that a recorded message that is
 * sent again is dropped.
 *
 * A ring of the first eight bytes of each signature, with a hash table over it. Record
 * only signatures that have been checked. Depends on base/mem.
 */
#ifndef KERNEL_REPLAY_H
#define KERNEL_REPLAY_H

#include <stdbool.h>

struct replay;

struct replay *replay_new(void);
void replay_free(struct replay *replay);

/* True when `mac` (at least 8 bytes) is new; it is then remembered, and the oldest
 * forgotten. */
bool replay_accept(struct replay *replay, const unsigned char *mac);

#endif
