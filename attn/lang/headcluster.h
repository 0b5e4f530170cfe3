/* headcluster.h - heads cluster: which heads look at the same places here.
 * Depends on lang/headset, analyse/cluster.
 */
#ifndef ATTN_LANG_HEADCLUSTER_H
#define ATTN_LANG_HEADCLUSTER_H

#include "attn/lang/command.h"

/* Groups the heads of the line (of a category or pattern `which`, or all: NULL) by how
 * alike their weights are, and shows the groups. Joining stops where the next two
 * groups are ln 2 / 4 = .173 nats or more apart on average: as far as rows that have
 * three quarters of their weight in common, the rest on different words. Its JSON is
 * that of heads, items in order of layer and head, each with "cluster": its group from
 * 0; then "apart": the distance where joining stopped, and "merges": [[a, b, distance],
 * …], all n - 1 steps, nearest first: a and b count items, and n + i is what step i
 * made. Fails with ERR_UNSUITED where there are not two heads. */
MUST_USE bool headcluster_show(struct call *call, const char *which, struct err *err);

#endif
