/* compile_rules.c - runs while attn is built: compiles rule text to a C file of
 * weights, so that nothing is parsed when attn starts.
 *
 *     compile_rules attn/model/lesson.rules > lesson_weights.c
 */
#include <stdio.h>
#include <stdlib.h>

#include "attn/model/rules.h"

enum { NAME_SIZE = 64 }; /* holds two numbers of any size */

static void print_text(const char *text)
{
    putchar('"');
    for (; *text; text++)
        if (*text == '"' || *text == '\\' || *text == '?')
            printf("\\%c", *text); /* ?: no trigraphs */
        else
            putchar(*text);
    putchar('"');
}

static void print_matrix(const char *name, const struct matrix *m)
{
    if (m->n == 0)
        return;
    printf("static const struct weight %s[] = {", name);
    for (size_t i = 0; i < m->n; i++)
        printf("%s{%u, %u, %.17g}", i ? ", " : "", (unsigned)m->at[i].from,
               (unsigned)m->at[i].to, m->at[i].value);
    puts("};");
}

static void print_lines(const char *name, const char *const *lines, size_t n)
{
    if (n == 0)
        return;
    printf("static const char *const %s[] = {", name);
    for (size_t i = 0; i < n; i++) {
        print_text(lines[i]);
        puts(",");
    }
    puts("};");
}

/* Tables are named by layer, head and matrix: l3h0_Q. */
static void print_tables(const struct glass *glass, size_t l)
{
    const struct glass_layer *layer = &glass->layers[l];
    char name[NAME_SIZE];
    for (size_t h = 0; h < glass->H; h++) {
        const struct glass_head *head = &layer->heads[h];
        const struct matrix *all[] = {&head->Q, &head->K, &head->V, &head->O};
        for (size_t m = 0; m < 4; m++) {
            snprintf(name, sizeof name, "l%zuh%zu_%c", l, h, "QKVO"[m]);
            print_matrix(name, all[m]);
        }
        snprintf(name, sizeof name, "l%zuh%zu_lines", l, h);
        print_lines(name, head->lines, head->n_lines);
    }
    snprintf(name, sizeof name, "l%zu_W1", l);
    print_matrix(name, &layer->W1);
    snprintf(name, sizeof name, "l%zu_W2", l);
    print_matrix(name, &layer->W2);
    snprintf(name, sizeof name, "l%zu_ramps", l);
    print_lines(name, layer->ramps, layer->n_neurons / 2);
    if (layer->n_neurons == 0)
        return;
    printf("static const double l%zu_b[] = {", l);
    for (size_t i = 0; i < layer->n_neurons; i++)
        printf("%s%.17g", i ? ", " : "", layer->b[i]);
    puts("};");
}

static void print_use(const char *field, size_t n, const char *name)
{
    if (n > 0)
        printf(".%s = {%s, %zu}, ", field, name, n);
}

static void print_head(const struct glass_head *head, size_t l, size_t h)
{
    char name[NAME_SIZE];
    const struct matrix *all[] = {&head->Q, &head->K, &head->V, &head->O};
    printf("{.label = {");
    print_text(head->label.name);
    printf(", ");
    if (head->label.does)
        print_text(head->label.does);
    else
        printf("0");
    printf(", %d}, .gain = %.17g, .place_slots = %lluu, ", head->label.story,
           head->gain, (unsigned long long)head->place_slots);
    for (size_t m = 0; m < 4; m++) {
        char field[2] = {"QKVO"[m], 0};
        snprintf(name, sizeof name, "l%zuh%zu_%c", l, h, "QKVO"[m]);
        print_use(field, all[m]->n, name);
    }
    if (head->n_lines > 0)
        printf(".lines = l%zuh%zu_lines, .n_lines = %zu", l, h, head->n_lines);
    puts("},");
}

static void print_layer(const struct glass *glass, size_t l)
{
    const struct glass_layer *layer = &glass->layers[l];
    char name[NAME_SIZE];
    puts("{.heads = {");
    for (size_t h = 0; h < glass->H; h++)
        print_head(&layer->heads[h], l, h);
    printf("}, ");
    snprintf(name, sizeof name, "l%zu_W1", l);
    print_use("W1", layer->W1.n, name);
    snprintf(name, sizeof name, "l%zu_W2", l);
    print_use("W2", layer->W2.n, name);
    if (layer->n_neurons > 0)
        printf(".b = l%zu_b, .n_neurons = %zu, .ramps = l%zu_ramps", l,
               layer->n_neurons, l);
    puts("},");
}

static char *read_all(const char *path, size_t *length)
{
    char *text = malloc(RULES_MAX_BYTES + 1);
    FILE *file = fopen(path, "rb");
    if (!file || !text) {
        perror(path);
        exit(1);
    }
    *length = fread(text, 1, RULES_MAX_BYTES + 1, file);
    fclose(file);
    return text;
}

int main(int argc, char **argv)
{
    struct arena arena = {0};
    struct err err = {0};
    struct glass glass;
    size_t length;
    if (argc != 2) {
        fprintf(stderr, "usage: compile_rules FILE.rules > FILE.c\n");
        return 2;
    }
    char *text = read_all(argv[1], &length);
    if (!rules_compile(text, length, &arena, &glass, &err)) {
        fprintf(stderr, "%s: %s %s\n", argv[1], err.text, err.hint);
        return 1;
    }
    puts("/* Made from lesson.rules by gen/compile_rules.c; do not edit. */\n"
         "#include \"attn/model/lesson.h\"\n");
    for (size_t l = 0; l < glass.L; l++)
        print_tables(&glass, l);
    printf("const struct glass lesson_glass = {.L = %zu, .H = %zu, .layers = {\n",
           glass.L, glass.H);
    for (size_t l = 0; l < glass.L; l++)
        print_layer(&glass, l);
    puts("}};");
    arena_free(&arena);
    free(text);
    return fflush(stdout) == 0 ? 0 : 1;
}
