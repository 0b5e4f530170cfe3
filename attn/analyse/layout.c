#include "attn/analyse/layout.h"

#include <math.h>

enum { STEPS = 300 };
static const float LEAST_DISTANCE = 1e-4F, GRAVITY = 1.2F;

struct nodes {
    struct layout_place *at, *push;
    size_t n;
    float spring; /* the distance at which two nodes are content */
};

/* On an ellipse in reading order, a little unevenly: on a perfect one forces can
 * cancel. */
static void start(struct nodes *nodes)
{
    for (size_t k = 0; k < nodes->n; k++) {
        float turn = 6.2831853F * (float)k / (float)nodes->n - 1.5707963F;
        float reach = 0.35F + 0.1F * (float)(k * 7 % 5) / 5;
        nodes->at[k] =
            (struct layout_place){0.5F + reach * cosf(turn), 0.5F + reach * sinf(turn)};
    }
}

static void push(struct nodes *nodes, size_t a, size_t b, float x, float y)
{
    nodes->push[a].x += x;
    nodes->push[a].y += y;
    nodes->push[b].x -= x;
    nodes->push[b].y -= y;
}

static float apart(const struct nodes *nodes, size_t a, size_t b, float *x, float *y)
{
    *x = nodes->at[a].x - nodes->at[b].x;
    *y = nodes->at[a].y - nodes->at[b].y;
    float length = sqrtf(*x * *x + *y * *y);
    if (length >= LEAST_DISTANCE)
        return length;
    *x = LEAST_DISTANCE;
    return LEAST_DISTANCE;
}

static void repel(struct nodes *nodes)
{
    float x, y;
    for (size_t a = 0; a < nodes->n; a++)
        for (size_t b = a + 1; b < nodes->n; b++) {
            float length = apart(nodes, a, b, &x, &y);
            float force = nodes->spring * nodes->spring / length;
            push(nodes, a, b, force * x / length, force * y / length);
        }
}

static void attract(struct nodes *nodes, const struct layout_link *links, size_t n)
{
    float x, y;
    for (size_t k = 0; k < n; k++) {
        if (links[k].a == links[k].b)
            continue;
        float length = apart(nodes, links[k].a, links[k].b, &x, &y);
        float pull = (0.3F + links[k].weight) * length * length / nodes->spring;
        push(nodes, links[k].a, links[k].b, -pull * x / length, -pull * y / length);
    }
}

/* One step of at most `heat`, with a pull to the middle that keeps loose parts near. */
static void move(struct nodes *nodes, float heat)
{
    for (size_t k = 0; k < nodes->n; k++) {
        float x = nodes->push[k].x - GRAVITY * (nodes->at[k].x - 0.5F);
        float y = nodes->push[k].y - GRAVITY * (nodes->at[k].y - 0.5F);
        float length = sqrtf(x * x + y * y);
        float share = length > heat ? heat / length : 1;
        nodes->at[k].x += x * share;
        nodes->at[k].y += y * share;
        nodes->push[k] = (struct layout_place){0, 0};
    }
}

/* Stretches the picture to 0 … 1 in both directions. */
static void fit(struct nodes *nodes)
{
    struct layout_place least = nodes->at[0], most = nodes->at[0];
    for (size_t k = 1; k < nodes->n; k++) {
        least.x = fminf(least.x, nodes->at[k].x);
        least.y = fminf(least.y, nodes->at[k].y);
        most.x = fmaxf(most.x, nodes->at[k].x);
        most.y = fmaxf(most.y, nodes->at[k].y);
    }
    float width = most.x - least.x, height = most.y - least.y;
    for (size_t k = 0; k < nodes->n; k++) {
        nodes->at[k].x = width > 0 ? (nodes->at[k].x - least.x) / width : 0.5F;
        nodes->at[k].y = height > 0 ? (nodes->at[k].y - least.y) / height : 0.5F;
    }
}

bool layout_nodes(const struct layout_graph *graph, const atomic_bool *stop,
                  struct arena *arena, struct layout_place **places, struct err *err)
{
    size_t n = graph->n;
    if (n > LAYOUT_NODES)
        return err_set(err, ERR_TOO_LARGE,
                       "A network of %zu words is too much; %d fit.", n, LAYOUT_NODES);
    struct nodes nodes = {.at = arena_new(arena, n, sizeof *nodes.at),
                          .push = arena_new(arena, n, sizeof *nodes.push),
                          .n = n,
                          .spring = 0.8F / sqrtf((float)(n ? n : 1))};
    start(&nodes);
    for (int step = 0; step < STEPS; step++) {
        if (stop && atomic_load_explicit(stop, memory_order_relaxed))
            return err_set(err, ERR_INTERRUPTED, "Interrupted.");
        repel(&nodes);
        attract(&nodes, graph->links, graph->n_links);
        move(&nodes, 0.1F * (1 - (float)step / STEPS));
    }
    if (n > 0)
        fit(&nodes);
    *places = nodes.at;
    return true;
}
