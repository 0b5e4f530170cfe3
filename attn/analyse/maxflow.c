#include "attn/analyse/maxflow.h"

#include <stdint.h>
#include <string.h>

#include "attn/analyse/rollout.h"

_Static_assert(MAXFLOW_TOKENS == 64, "a set of tokens is one uint64_t");

static const double UNIT = 1 << 30; /* a width of 1 */

/* Levels are 0 (input) … depth (the word that looks); a node is level * n + token. */
struct pipes {
    size_t n, depth;
    const atomic_bool *stop;
    uint32_t *width;      /* [depth, n, n] level l+1, token i to level l, token j */
    uint32_t *room;       /* the same: what is left of it */
    uint64_t *open;       /* [nodes] tokens below that have room */
    uint64_t *first_open; /* [nodes] the same while nothing flows */
    uint64_t *filled;     /* [nodes] tokens above that send something here */
    uint64_t *at;         /* [nodes of distance, levels] tokens at that distance */
    uint64_t *seen;       /* [levels] */
    struct step *path;    /* [nodes + 1] */
    size_t source, sink;  /* tokens */
};

struct step {
    uint16_t level, token;
};

static size_t levels(const struct pipes *pipes)
{
    return pipes->depth + 1;
}

static uint64_t bit(size_t token)
{
    return (uint64_t)1 << token;
}

static size_t lowest(uint64_t set)
{
    return (size_t)__builtin_ctzll(set);
}

/* Of the edge from `above` on level + 1 to `below` on level. */
static size_t edge(const struct pipes *pipes, size_t level, size_t above, size_t below)
{
    return (level * pipes->n + above) * pipes->n + below;
}

/* ---- laying the pipes */

static void lay_layer(struct pipes *pipes, size_t layer, const float *mixed)
{
    size_t n = pipes->n;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            uint32_t width = (uint32_t)((double)mixed[i * n + j] * UNIT + .5);
            pipes->width[edge(pipes, layer, i, j)] = width;
            if (width > 0)
                pipes->first_open[(layer + 1) * n + i] |= bit(j);
        }
}

static struct pipes lay(const struct trace *trace, size_t layer, struct arena *arena)
{
    size_t n = trace->T, depth = layer + 1, nodes = (depth + 1) * n;
    struct pipes pipes = {
        .n = n,
        .depth = depth,
        .width = arena_new(arena, depth * n * n, sizeof(uint32_t)),
        .room = arena_new(arena, depth * n * n, sizeof(uint32_t)),
        .open = arena_new(arena, nodes, sizeof(uint64_t)),
        .first_open = arena_new(arena, nodes, sizeof(uint64_t)),
        .filled = arena_new(arena, nodes, sizeof(uint64_t)),
        .at = arena_new(arena, (nodes + 1) * (depth + 1), sizeof(uint64_t)),
        .seen = arena_new(arena, depth + 1, sizeof(uint64_t)),
        .path = arena_new(arena, nodes + 1, sizeof(struct step)),
    };
    float *mixed = arena_new(arena, n * n, sizeof *mixed);
    for (size_t l = 0; l < depth; l++) {
        rollout_layer(trace, l, mixed);
        lay_layer(&pipes, l, mixed);
    }
    return pipes;
}

static void drain(struct pipes *pipes)
{
    size_t n = pipes->n, nodes = levels(pipes) * n;
    memcpy(pipes->room, pipes->width, pipes->depth * n * n * sizeof *pipes->room);
    memcpy(pipes->open, pipes->first_open, nodes * sizeof *pipes->open);
    memset(pipes->filled, 0, nodes * sizeof *pipes->filled);
}

/* No flow is larger than what leaves the source or what enters the sink. */
static uint64_t bound(const struct pipes *pipes)
{
    uint64_t out = 0, in = 0;
    for (size_t k = 0; k < pipes->n; k++) {
        out += pipes->width[edge(pipes, pipes->depth - 1, pipes->source, k)];
        in += pipes->width[edge(pipes, 0, k, pipes->sink)];
    }
    return out < in ? out : in;
}

/* ---- distances from the source, level by level as sets */

/* Adds to the sets at `next` what one step from `from` reaches. */
static void spread(struct pipes *pipes, const uint64_t *from, uint64_t *next)
{
    for (size_t l = 1; l < levels(pipes); l++)
        for (uint64_t set = from[l]; set; set &= set - 1) {
            size_t node = l * pipes->n + lowest(set);
            next[l - 1] |= pipes->open[node];
            if (l < pipes->depth)
                next[l + 1] |= pipes->filled[node];
        }
    next[0] &= bit(pipes->sink); /* from other inputs nothing leads on */
    for (size_t l = 0; l < levels(pipes); l++) {
        next[l] &= ~pipes->seen[l];
        pipes->seen[l] |= next[l];
    }
}

/* How many steps to the sink; 0: it cannot be reached any more. */
static size_t measure(struct pipes *pipes)
{
    size_t size = levels(pipes) * sizeof *pipes->at, most = levels(pipes) * pipes->n;
    memset(pipes->seen, 0, size);
    memset(pipes->at, 0, size);
    pipes->at[pipes->depth] = pipes->seen[pipes->depth] = bit(pipes->source);
    for (size_t d = 0; d < most; d++) {
        uint64_t *from = pipes->at + d * levels(pipes), *next = from + levels(pipes);
        uint64_t any = 0;
        memset(next, 0, size);
        spread(pipes, from, next);
        if (next[0]) {
            memset(next + 1, 0, size - sizeof *next); /* paths end at the sink only */
            return d + 1;
        }
        for (size_t l = 1; l < levels(pipes); l++)
            any |= next[l];
        if (!any)
            break;
    }
    return 0;
}

/* ---- filling the shortest paths */

static uint32_t room_of(const struct pipes *pipes, struct step from, struct step to)
{
    if (to.level < from.level)
        return pipes->room[edge(pipes, to.level, from.token, to.token)];
    size_t back = edge(pipes, from.level, to.token, from.token);
    return pipes->width[back] - pipes->room[back];
}

static void mark(uint64_t *set, uint64_t member, bool in)
{
    *set = in ? *set | member : *set & ~member;
}

/* Sends `amount` over one edge, down or back up. */
static void send(struct pipes *pipes, struct step from, struct step to, uint32_t amount)
{
    bool down = to.level < from.level;
    struct step above = down ? from : to, below = down ? to : from;
    size_t at = edge(pipes, below.level, above.token, below.token);
    pipes->room[at] = down ? pipes->room[at] - amount : pipes->room[at] + amount;
    mark(&pipes->open[above.level * pipes->n + above.token], bit(below.token),
         pipes->room[at] > 0);
    mark(&pipes->filled[below.level * pipes->n + below.token], bit(above.token),
         pipes->room[at] < pipes->width[at]);
}

/* Fills path[0 … steps]; *back is the first step after which an edge is full. */
static uint32_t fill_path(struct pipes *pipes, size_t steps, size_t *back)
{
    uint32_t least = UINT32_MAX;
    for (size_t d = 0; d < steps; d++) {
        uint32_t room = room_of(pipes, pipes->path[d], pipes->path[d + 1]);
        if (room >= least)
            continue;
        least = room;
        *back = d;
    }
    for (size_t d = 0; d < steps; d++)
        send(pipes, pipes->path[d], pipes->path[d + 1], least);
    return least;
}

/* Goes one step on from path[d]; false where nothing leads on. */
static bool step_on(struct pipes *pipes, size_t d)
{
    struct step here = pipes->path[d];
    const uint64_t *next = pipes->at + (d + 1) * levels(pipes);
    size_t node = here.level * pipes->n + here.token;
    uint64_t set = here.level > 0 ? pipes->open[node] & next[here.level - 1] : 0;
    if (set) {
        pipes->path[d + 1] =
            (struct step){(uint16_t)(here.level - 1), (uint16_t)lowest(set)};
        return true;
    }
    set = here.level < pipes->depth ? pipes->filled[node] & next[here.level + 1] : 0;
    if (set)
        pipes->path[d + 1] =
            (struct step){(uint16_t)(here.level + 1), (uint16_t)lowest(set)};
    return set != 0;
}

/* Fills shortest paths until none is left; returns what they carry. */
static uint64_t fill_all(struct pipes *pipes, size_t steps)
{
    uint64_t carried = 0;
    size_t d = 0;
    pipes->path[0] = (struct step){(uint16_t)pipes->depth, (uint16_t)pipes->source};
    for (;;) {
        if (d == steps) {
            carried += fill_path(pipes, steps, &d);
            continue;
        }
        if (step_on(pipes, d)) {
            d++;
            continue;
        }
        if (d == 0)
            return carried;
        struct step dead = pipes->path[d];
        pipes->at[d * levels(pipes) + dead.level] &= ~bit(dead.token);
        d--;
    }
}

static bool stopped(const struct pipes *pipes)
{
    return pipes->stop && atomic_load_explicit(pipes->stop, memory_order_relaxed);
}

/* False when stopped. */
static bool flow(struct pipes *pipes, float *result)
{
    uint64_t most = bound(pipes), total = 0;
    drain(pipes);
    while (total < most) {
        if (stopped(pipes))
            return false;
        size_t steps = measure(pipes);
        if (steps == 0)
            break;
        total += fill_all(pipes, steps);
    }
    *result = (float)((double)total / UNIT);
    return true;
}

/* ---- all pairs */

static bool fits(const struct trace *trace, size_t layer, struct err *err)
{
    if (trace->T > MAXFLOW_TOKENS)
        return err_set(err, ERR_TOO_LARGE,
                       "maxflow solves a puzzle for each pair of words and takes up to "
                       "%d tokens, special ones included; this sentence has %zu. "
                       "rollout follows the same paths and takes all of them.",
                       MAXFLOW_TOKENS, trace->T);
    if (layer >= MAXFLOW_LAYERS)
        return err_set(err, ERR_TOO_LARGE, "maxflow takes up to %d layers.",
                       MAXFLOW_LAYERS);
    return true;
}

bool maxflow_upto(const struct trace *trace, size_t layer, const atomic_bool *stop,
                  float *flows, struct err *err)
{
    struct arena scratch = {0};
    size_t n = trace->T;
    bool done = true;
    if (!rollout_suits(trace, err) || !fits(trace, layer, err))
        return false;
    struct pipes pipes = lay(trace, layer, &scratch);
    pipes.stop = stop;
    for (size_t k = 0; k < n * n && done; k++) {
        pipes.source = k / n;
        pipes.sink = k % n;
        done = flow(&pipes, &flows[k]);
    }
    arena_free(&scratch);
    return done || err_set(err, ERR_INTERRUPTED, "Interrupted.");
}
