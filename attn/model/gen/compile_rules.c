/* compile_rules.c - runs while attn is built: compiles rule text to a C file of
 * weights, so that nothing is parsed when attn starts.
 *
 *     compile_rules attn/model/lesson.rules > lesson_weights.c
 *
 * The file's name says what the model is called: lesson_glass.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* The heads of one kind in one layer; 'h' or, of cross heads, 'x'. Tables are named by
 * layer, head and matrix: l3h0_Q. */
struct row {
    const struct glass_head *heads;
    size_t n, layer;
    char kind;
};

static void print_matrices(const struct row *row)
{
    char name[NAME_SIZE];
    for (size_t h = 0; h < row->n; h++) {
        const struct glass_head *head = &row->heads[h];
        const struct matrix *all[] = {&head->Q, &head->K, &head->V, &head->O};
        for (size_t m = 0; m < 4; m++) {
            snprintf(name, sizeof name, "l%zu%c%zu_%c", row->layer, row->kind, h,
                     "QKVO"[m]);
            print_matrix(name, all[m]);
        }
        snprintf(name, sizeof name, "l%zu%c%zu_lines", row->layer, row->kind, h);
        print_lines(name, head->lines, head->n_lines);
    }
}

static void print_use(const char *field, size_t n, const char *name)
{
    if (n > 0)
        printf(".%s = {%s, %zu}, ", field, name, n);
}

static void print_head(const struct row *row, size_t h)
{
    const struct glass_head *head = &row->heads[h];
    const struct matrix *all[] = {&head->Q, &head->K, &head->V, &head->O};
    char name[NAME_SIZE];
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
        snprintf(name, sizeof name, "l%zu%c%zu_%c", row->layer, row->kind, h,
                 "QKVO"[m]);
        print_use(field, all[m]->n, name);
    }
    if (head->n_lines > 0)
        printf(".lines = l%zu%c%zu_lines, .n_lines = %zu", row->layer, row->kind, h,
               head->n_lines);
    puts("},");
}

static void print_heads(const struct row *row)
{
    if (row->n == 0)
        return;
    print_matrices(row);
    printf("static const struct glass_head l%zu%c[] = {\n", row->layer, row->kind);
    for (size_t h = 0; h < row->n; h++)
        print_head(row, h);
    puts("};");
}

static void print_forward(const struct glass_layer *layer, size_t l)
{
    char name[NAME_SIZE];
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

static void print_layer(const struct glass *glass, size_t l)
{
    const struct glass_layer *layer = &glass->layers[l];
    char name[NAME_SIZE];
    printf("{.heads = l%zuh, ", l);
    if (glass->X > 0)
        printf(".cross = l%zux, ", l);
    snprintf(name, sizeof name, "l%zu_W1", l);
    print_use("W1", layer->W1.n, name);
    snprintf(name, sizeof name, "l%zu_W2", l);
    print_use("W2", layer->W2.n, name);
    if (layer->n_neurons > 0)
        printf(".b = l%zu_b, .n_neurons = %zu, .ramps = l%zu_ramps", l,
               layer->n_neurons, l);
    puts("},");
}

static void print_words(const struct glass *glass)
{
    for (size_t w = 0; w < glass->n_words; w++) {
        const struct glass_word *word = &glass->words[w];
        printf("static const struct word_value w%zu[] = {", w);
        for (size_t i = 0; i < word->n; i++)
            printf("{%u, (float)%.9g}, ", (unsigned)word->at[i].dim,
                   (double)word->at[i].value);
        puts("};");
    }
    puts("static const struct glass_word words[] = {");
    for (size_t w = 0; w < glass->n_words; w++) {
        printf("{");
        print_text(glass->words[w].text);
        printf(", w%zu, %zu},\n", w, glass->words[w].n);
    }
    puts("};");
}

static void print_next(const struct glass_head *next)
{
    print_matrix("next_Q", &next->Q);
    print_matrix("next_K", &next->K);
    print_lines("next_lines", next->lines, next->n_lines);
    printf("static const struct glass_head next = {.label = {\"next\", 0, 0}, .gain = "
           "%.17g, ",
           next->gain);
    print_use("Q", next->Q.n, "next_Q");
    print_use("K", next->K.n, "next_K");
    if (next->n_lines > 0)
        printf(".lines = next_lines, .n_lines = %zu", next->n_lines);
    puts("};");
}

static void print_glass(const struct glass *glass, const char *name)
{
    printf("/* Made from %s.rules by gen/compile_rules.c; do not edit. */\n"
           "#include \"attn/model/builtins.h\"\n\n",
           name);
    for (size_t i = 0; stream_at(i); i++)
        printf("extern const struct stream %s_stream;\n", stream_at(i)->name);
    for (size_t l = 0; l < glass->L; l++) {
        const struct glass_layer *layer = &glass->layers[l];
        print_heads(&(struct row){layer->heads, glass->H, l, 'h'});
        print_heads(&(struct row){layer->cross, glass->X, l, 'x'});
        print_forward(layer, l);
    }
    if (glass->n_words > 0)
        print_words(glass);
    if (glass->next)
        print_next(glass->next);
    puts("static const struct glass_layer layers[] = {");
    for (size_t l = 0; l < glass->L; l++)
        print_layer(glass, l);
    printf("};\nconst struct glass %s_glass = {.stream = &%s_stream, ", name,
           glass->stream->name);
    if (glass->source)
        printf(".source = &%s_stream, ", glass->source->name);
    if (glass->n_words > 0)
        printf(".words = words, .n_words = %zu, ", glass->n_words);
    if (glass->next)
        printf(".next = &next, ");
    printf(".causal = %d, .L = %zu, .H = %zu, .X = %zu, .layers = layers};\n",
           glass->causal, glass->L, glass->H, glass->X);
}

/* "lesson" of "attn/model/lesson.rules". */
static const char *name_of(const char *path, struct arena *arena)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    return arena_copy(arena, base, strcspn(base, "."));
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
    print_glass(&glass, name_of(argv[1], &arena));
    arena_free(&arena);
    free(text);
    return fflush(stdout) == 0 ? 0 : 1;
}
