/* The teaching model stays small: what it adds to the program, in bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "attn/model/builtins.h"
#include "attn/model/glass.h"
#include "attn/model/lexicon_data.h"

enum { MOST_BYTES = 600000, MOST_OF_144_HEADS = 300000 };

static size_t matrix(const struct matrix *m)
{
    return m->n * sizeof *m->at;
}

static size_t lines(const char *const *at, size_t n)
{
    size_t bytes = 0;
    for (size_t i = 0; i < n; i++)
        bytes += sizeof *at + strlen(at[i]) + 1;
    return bytes;
}

static size_t weights(const struct glass *glass)
{
    size_t bytes = sizeof *glass;
    for (size_t l = 0; l < glass->L; l++) {
        const struct glass_layer *layer = &glass->layers[l];
        bytes += matrix(&layer->W1) + matrix(&layer->W2) +
                 layer->n_neurons * sizeof *layer->b +
                 lines(layer->ramps, layer->n_neurons / 2);
        for (size_t h = 0; h < glass->H; h++) {
            const struct glass_head *head = &layer->heads[h];
            bytes += matrix(&head->Q) + matrix(&head->K) + matrix(&head->V) +
                     matrix(&head->O) + lines(head->lines, head->n_lines);
        }
    }
    return bytes;
}

static void model_and_lexicon_are_small(void **state)
{
    size_t model = weights(&lesson_glass);
    (void)state;
    print_message("  lexicon %zu bytes, weights and rules %zu\n", lexicon_bytes, model);
    assert_true(lexicon_bytes > 400000 && model > 30000);
    assert_true(lexicon_bytes + model <= MOST_BYTES);
}

/* The large one shares the lexicon. */
static void a_model_of_144_heads_is_small(void **state)
{
    size_t model = weights(&lesson144_glass);
    (void)state;
    print_message("  weights and rules of lesson144 %zu bytes\n", model);
    assert_true(model > 50000 && model <= MOST_OF_144_HEADS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(model_and_lexicon_are_small),
                                       cmocka_unit_test(a_model_of_144_heads_is_small)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
