/* Attention flow: the worked example, a slow and simple solver beside ours, limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <string.h>
#include <time.h>

#include "attn/analyse/maxflow.h"
#include "attn/analyse/rollout.h"
#include "attn/analyse/shares.h"
#include "tests/unit/analyse/attention.h"

static void near(double got, double want, double by)
{
    if (!(fabs(got - want) <= by))
        fail_msg("got %.9f, wanted %.9f", got, want);
}

static float *flows_of(const struct made *made, size_t layer)
{
    struct err err = {0};
    size_t n = made->trace.T;
    float *flows = mem_new(n * n, sizeof *flows);
    if (!maxflow_upto(&made->trace, layer, NULL, flows, &err))
        fail_msg("%s", err.text);
    return flows;
}

static void the_worked_example(void **state)
{
    (void)state;
    static const double raw[9] = {1, 0, 0, .7, .55, 0, .55, .30, .55};
    static const double shares[9] = {1, 0, 0, .56, .44, 0, .392857, .214286, .392857};
    struct made made = made_new(2, 1, 3, two_layers);
    float *flows = flows_of(&made, 1);
    for (size_t k = 0; k < 9; k++)
        near((double)flows[k], raw[k], 1e-6);
    near(shares_of(flows, 3), 1, 1e-6);
    near(shares_of(flows + 3, 3), 1.25, 1e-6);
    near(shares_of(flows + 6, 3), 1.4, 1e-6);
    for (size_t k = 0; k < 9; k++)
        near((double)flows[k], shares[k], 1e-6);
    free(flows);
    made_free(&made);
}

static void one_layer_is_its_widths(void **state)
{
    (void)state;
    struct made made = made_new(2, 1, 3, two_layers);
    float *flows = flows_of(&made, 0), mixed[9];
    rollout_layer(&made.trace, 0, mixed);
    for (size_t k = 0; k < 9; k++)
        near((double)flows[k], (double)mixed[k], 1e-8);
    free(flows);
    made_free(&made);
}

static void words_that_look_at_themselves_stay_apart(void **state)
{
    (void)state;
    enum { N = 5 };
    struct made made = made_new(3, 2, N, NULL);
    for (size_t r = 0; r < 3 * 2 * N; r++)
        made.trace.weights[r * N + r % N] = 1;
    float *flows = flows_of(&made, 2);
    for (size_t k = 0; k < N * N; k++)
        near((double)flows[k], k / N == k % N ? 1 : 0, 1e-8);
    free(flows);
    made_free(&made);
}

/* ---- Ford and Fulkerson with depth-first search over a matrix of all nodes */

enum { SLOW = 64 };

struct slow {
    size_t n;
    double room[SLOW][SLOW];
    bool seen[SLOW];
};

static double slow_push(struct slow *slow, size_t from, size_t to, double most)
{
    if (from == to)
        return most;
    slow->seen[from] = true;
    for (size_t k = 0; k < slow->n; k++) {
        if (slow->seen[k] || slow->room[from][k] < 1e-9)
            continue;
        double sent = slow_push(slow, k, to, fmin(most, slow->room[from][k]));
        if (sent > 0) {
            slow->room[from][k] -= sent;
            slow->room[k][from] += sent;
            return sent;
        }
    }
    return 0;
}

static double slow_flow(const struct trace *trace, size_t i, size_t j)
{
    size_t n = trace->T;
    struct slow slow = {.n = (trace->L + 1) * n};
    float mixed[SLOW * SLOW];
    double total = 0, sent = 1;
    for (size_t l = 0; l < trace->L; l++) {
        rollout_layer(trace, l, mixed);
        for (size_t k = 0; k < n * n; k++)
            slow.room[(l + 1) * n + k / n][l * n + k % n] = (double)mixed[k];
    }
    while (sent > 0) {
        memset(slow.seen, 0, sizeof slow.seen);
        sent = slow_push(&slow, trace->L * n + i, j, 2);
        total += sent;
    }
    return total;
}

static void agrees_with_a_simple_solver(void **state)
{
    (void)state;
    static const double sharp[] = {0, 3, 12};
    for (size_t s = 0; s < 6; s++) {
        struct made made = made_new(4, 2, 7, NULL);
        made.trace.causal = s >= 3;
        made_random(&made, sharp[s % 3], s + 1);
        float *flows = flows_of(&made, 3);
        for (size_t k = 0; k < 49; k++)
            near((double)flows[k], slow_flow(&made.trace, k / 7, k % 7), 1e-5);
        free(flows);
        made_free(&made);
    }
}

/* ---- limits */

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void what_is_too_large_is_named(void **state)
{
    (void)state;
    struct made made = made_new(1, 1, MAXFLOW_TOKENS + 1, NULL);
    struct err err = {0};
    float *flows = mem_new(made.trace.T * made.trace.T, sizeof *flows);
    assert_false(maxflow_upto(&made.trace, 0, NULL, flows, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
    assert_non_null(strstr(err.text, "64"));
    assert_non_null(strstr(err.text, "65"));
    free(flows);
    made_free(&made);
}

static void cross_attention_is_refused(void **state)
{
    (void)state;
    struct made made = made_new(1, 1, 3, NULL);
    struct err err = {0};
    float flows[9];
    made.trace.attention = ATTENTION_CROSS;
    assert_false(maxflow_upto(&made.trace, 0, NULL, flows, &err));
    assert_int_equal(err.code, ERR_UNSUITED);
    made_free(&made);
}

static void a_sentence_takes_a_moment_only(void **state)
{
    (void)state;
    static const double sharp[] = {0, 3, 8, 20};
    for (size_t s = 0; s < 8; s++) {
        struct made made = made_new(12, 1, 33, NULL);
        made.trace.causal = s >= 4;
        made_random(&made, sharp[s % 4], s + 1);
        double before = seconds();
        free(flows_of(&made, 11));
        double took = seconds() - before;
        print_message("32 words, 12 layers, sharpness %g%s: %.1f ms\n", sharp[s % 4],
                      made.trace.causal ? ", causal" : "", took * 1e3);
        assert_true(took < 1); /* 100 ms is wanted of an idle machine */
        made_free(&made);
    }
}

struct stopping {
    atomic_bool stop;
    double set_at;
};

static void *stop_soon(void *of)
{
    struct stopping *stopping = of;
    nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    stopping->set_at = seconds();
    atomic_store(&stopping->stop, true);
    return NULL;
}

static void a_stop_is_heard_at_once(void **state)
{
    (void)state;
    struct made made = made_new(MAXFLOW_LAYERS, 1, MAXFLOW_TOKENS, NULL);
    struct stopping stopping = {.stop = false};
    struct err err = {0};
    pthread_t thread;
    float *flows = mem_new(made.trace.T * made.trace.T, sizeof *flows);
    made_random(&made, 8, 1);
    assert_int_equal(pthread_create(&thread, NULL, stop_soon, &stopping), 0);
    assert_false(
        maxflow_upto(&made.trace, MAXFLOW_LAYERS - 1, &stopping.stop, flows, &err));
    double took = seconds() - stopping.set_at;
    pthread_join(thread, NULL);
    assert_int_equal(err.code, ERR_INTERRUPTED);
    print_message("stopped within %.2f ms\n", took * 1e3);
    assert_true(took < .2); /* 20 ms is wanted of an idle machine */
    free(flows);
    made_free(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worked_example),
        cmocka_unit_test(one_layer_is_its_widths),
        cmocka_unit_test(words_that_look_at_themselves_stay_apart),
        cmocka_unit_test(agrees_with_a_simple_solver),
        cmocka_unit_test(what_is_too_large_is_named),
        cmocka_unit_test(cross_attention_is_refused),
        cmocka_unit_test(a_sentence_takes_a_moment_only),
        cmocka_unit_test(a_stop_is_heard_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
