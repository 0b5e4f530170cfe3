#include "attn/model/rules_build.h"

#include <math.h>
#include <string.h>

#include "attn/model/embedding.h"

/* Undoes the 1/sqrt(D) of attention, so that the numbers of the rules are scores. */
static double unscale(const struct head_work *work)
{
    return sqrt((double)work->D);
}

static void push(struct weight_list *list, size_t from, size_t to, double value,
                 struct arena *arena)
{
    if (value == 0)
        return;
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i].from == from && list->at[i].to == to) {
            list->at[i].value += value;
            return;
        }
    if (list->n == list->room) {
        size_t room = list->room ? 2 * list->room : 32;
        struct weight *more = arena_new(arena, room, sizeof *more);
        if (list->n > 0)
            memcpy(more, list->at, list->n * sizeof *more);
        list->at = more;
        list->room = room;
    }
    list->at[list->n++] = (struct weight){(uint16_t)from, (uint16_t)to, value};
}

size_t build_place_slots(const struct place_shape *shape)
{
    return 3 + (shape->kind == PLACE_WINDOW ? 0 : 2 * PLACE_WAVES);
}

void build_match(struct head_work *work, const struct rules_list *wants,
                 const struct rules_list *has, struct arena *arena)
{
    size_t slot = work->slots++;
    for (size_t i = 0; i < wants->n; i++)
        push(&work->Q, wants->parts[i].dim, slot, wants->parts[i].value * unscale(work),
             arena);
    for (size_t i = 0; i < has->n; i++)
        push(&work->K, has->parts[i].dim, slot, has->parts[i].value, arena);
}

void build_alike(struct head_work *work, const struct stream_block *wants,
                 const struct stream_block *has, double factor, struct arena *arena)
{
    for (size_t i = 0; i < wants->n; i++) {
        push(&work->Q, wants->first + i, work->slots, factor * unscale(work), arena);
        push(&work->K, has->first + i, work->slots++, 1, arena);
    }
}

void build_copy(struct head_work *work, size_t from, size_t to, struct arena *arena)
{
    push(&work->V, from, work->copies, 1, arena);
    push(&work->O, work->copies++, to, 1, arena);
}

/* a·cos(w(i-j)) + b·sin(w(i-j)), by the sums of angles. */
static void wave(struct head_work *work, size_t slot, size_t k,
                 const struct place *place, struct arena *arena)
{
    double a = place->a[k] * unscale(work), b = place->b[k] * unscale(work);
    push(&work->Q, FRAME_cos0 + k, slot, a, arena);
    push(&work->Q, FRAME_sin0 + k, slot, b, arena);
    push(&work->K, FRAME_cos0 + k, slot, 1, arena);
    push(&work->Q, FRAME_sin0 + k, slot + 1, a, arena);
    push(&work->Q, FRAME_cos0 + k, slot + 1, -b, arena);
    push(&work->K, FRAME_sin0 + k, slot + 1, 1, arena);
}

/* bend·(i-j)² + slope·(i-j) + level; the stream counts places in units. */
static void plain(struct head_work *work, size_t slot, const struct place *place,
                  struct arena *arena)
{
    double unit = EMBEDDING_PLACE;
    double bend = place->bend * unit * unit * unscale(work);
    double slope = place->slope * unit * unscale(work);
    push(&work->Q, FRAME_p2, slot, bend, arena);
    push(&work->Q, FRAME_p, slot, slope, arena);
    push(&work->Q, FRAME_WORD, slot, place->level * unscale(work), arena);
    push(&work->K, FRAME_WORD, slot, 1, arena);
    push(&work->Q, FRAME_p, slot + 1, -2 * bend, arena);
    push(&work->Q, FRAME_WORD, slot + 1, -slope, arena);
    push(&work->K, FRAME_p, slot + 1, 1, arena);
    push(&work->Q, FRAME_WORD, slot + 2, bend, arena);
    push(&work->K, FRAME_p2, slot + 2, 1, arena);
}

void build_place(struct head_work *work, struct arena *arena)
{
    struct place place = place_fit(&work->shape);
    size_t slot = work->place_slot;
    for (size_t k = 0; place.waves && k < PLACE_WAVES; k++, slot += 2)
        wave(work, slot, k, &place, arena);
    plain(work, slot, &place, arena);
}

void build_line(struct head_work *work, const char *line, struct arena *arena)
{
    if (work->n_lines == work->room) {
        size_t room = work->room ? 2 * work->room : 16;
        const char **more = arena_new(arena, room, sizeof *more);
        if (work->n_lines > 0)
            memcpy(more, work->lines, work->n_lines * sizeof *more);
        work->lines = more;
        work->room = room;
    }
    work->lines[work->n_lines++] = line;
}

enum { GATE = 30 };

void build_ramp(struct forward_work *work, const struct ramp *ramp, struct arena *arena)
{
    double edges[2] = {ramp->from, ramp->to}, width = ramp->to - ramp->from;
    for (size_t side = 0; side < 2; side++) {
        size_t neuron = 2 * work->n + side;
        double out = side == 0 ? 1 / width : -1 / width;
        for (size_t i = 0; i < ramp->of.n; i++)
            push(&work->W1, ramp->of.parts[i].dim, neuron, ramp->of.parts[i].value,
                 arena);
        if (ramp->gate != SIZE_MAX)
            push(&work->W1, ramp->gate, neuron, GATE, arena);
        work->b[neuron] = -edges[side] - (ramp->gate != SIZE_MAX ? GATE : 0);
        for (size_t i = 0; i < ramp->adds.n; i++)
            push(&work->W2, neuron, ramp->adds.parts[i].dim,
                 ramp->adds.parts[i].value * out, arena);
    }
    work->ramps[work->n++] = ramp->says;
}
