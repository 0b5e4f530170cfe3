#include "attn/lang/headcount.h"

#include <stdint.h>
#include <string.h>

#include "attn/lang/corpus.h"

static const double STEP = 0.1; /* of the file, between two words of progress */
enum { QUICK = 1000 };          /* sentences: fewer are done before one asks */

struct reading {
    struct call *call;
    struct headcount *count;
    struct corpus *corpus;
    const char *path;
    double told; /* the share of the file at which progress was told last */
    int64_t told_at;
};

static struct model_options options_of(const struct call *call)
{
    const struct settings *settings = &call->settings;
    return (struct model_options){
        .causal = model_info(call_model(call))->causal || settings->mask == MASK_CAUSAL,
        .no_position = !settings->position,
        .no_scale = !settings->scale,
        .no_attention = !settings->attention,
        .temperature = (float)settings->temperature,
        .stop = call->stop,
    };
}

static void pass_over(struct headcount_passed *passed, size_t line)
{
    if (passed->n++ == 0)
        passed->line = line;
}

/* ---- relations ----------------------------------------------------------------- */

/* Which word of the annotation a token is part of: the one that it begins in. */
static size_t word_of(const struct corpus_sentence *sentence, const struct token *token,
                      size_t from)
{
    for (size_t w = from; w < sentence->n_words; w++)
        if (sentence->words[w].start <= token->start &&
            token->start < sentence->words[w].end)
            return w;
    return SIZE_MAX;
}

static bool add_relations(const struct reading *reading, const struct trace *trace,
                          const struct corpus_sentence *sentence, struct arena *scratch,
                          struct err *err)
{
    size_t *of = arena_new(scratch, trace->T, sizeof *of);
    struct syntax_case *cases =
        arena_new(scratch, sentence->n_links, sizeof(struct syntax_case));
    for (size_t i = 0, from = 0; i < trace->T; i++) {
        const struct token *token = &trace->rows[i];
        of[i] =
            token->flags & TOKEN_SPECIAL ? SIZE_MAX : word_of(sentence, token, from);
        from = of[i] == SIZE_MAX ? from : of[i];
    }
    for (size_t k = 0; k < sentence->n_links; k++)
        cases[k] = (struct syntax_case){.relation = sentence->links[k].relation,
                                        .dependent = sentence->links[k].dependent,
                                        .head = sentence->links[k].head};
    struct syntax_words words = {
        .n = sentence->n_words, .of = of, .cases = cases, .n_cases = sentence->n_links};
    reading->count->has_relations = true;
    return syntax_add(&reading->count->syntax, trace, &words, reading->call->stop, err);
}

/* ---- sentences ----------------------------------------------------------------- */

static bool count_trace(const struct reading *reading, const struct trace *trace,
                        const struct corpus_sentence *sentence, struct err *err)
{
    struct arena scratch = {0};
    struct pattern *patterns;
    bool done = pattern_all(trace, reading->call->stop, &scratch, &patterns, err) &&
                (sentence->n_links == 0 || trace->attention == ATTENTION_CROSS ||
                 add_relations(reading, trace, sentence, &scratch, err));
    if (done)
        census_add(&reading->count->census, trace, patterns);
    arena_free(&scratch);
    return done;
}

static bool count_sentence(const struct reading *reading,
                           const struct corpus_sentence *sentence, struct err *err)
{
    struct call *call = reading->call;
    struct model_options options = options_of(call);
    struct trace trace = {0};
    struct err why = {0};
    if (sentence->too_long) {
        pass_over(&reading->count->long_ones, sentence->line);
        return true;
    }
    struct model_input input = {.text = sentence->text,
                                .length = sentence->length,
                                .attention = call->settings.which};
    if (!model_run(call_model(call), &input, &options, &trace, &why)) {
        if (why.code == ERR_NO_SENTENCE)
            pass_over(&reading->count->empty, sentence->line);
        else if (why.code == ERR_TOO_LARGE)
            pass_over(&reading->count->long_ones, sentence->line);
        else if (why.code == ERR_UNSUITED)
            pass_over(&reading->count->unsuited, sentence->line);
        else
            *err = why;
        return err->code == ERR_NONE;
    }
    bool done = count_trace(reading, &trace, sentence, err);
    trace_free(&trace);
    return done;
}

/* "2000 sentences, 20 % of the file": not before QUICK sentences, nor more often than
 * every QUICK sentences and every tenth of the file. */
static bool tell(struct reading *reading, struct err *err)
{
    int64_t n = reading->count->census.sentences;
    double share = corpus_share(reading->corpus);
    if (n - reading->told_at < QUICK || share - reading->told < STEP || share >= 1)
        return true;
    struct call *call = reading->call;
    const char *text = arena_print(call->arena, "%lld sentences, %.0f %% of the file\n",
                                   (long long)n, 100 * share);
    struct output output = {.kind = OUTPUT_STREAM,
                            .command = call->command->name,
                            .text = text,
                            .length = strlen(text),
                            .warning = call->run->want_json};
    reading->told = share;
    reading->told_at = n;
    return call->run->sink.put(call->run->sink.context, &output, err);
}

static bool count_all(struct reading *reading, struct err *err)
{
    struct corpus_sentence sentence;
    for (bool more = true;;) {
        if (!corpus_next(reading->corpus, &sentence, &more, err))
            return false;
        if (!more)
            return true;
        if (!count_sentence(reading, &sentence, err) || !tell(reading, err))
            return false;
    }
}

static bool none_left(const struct headcount *count, const char *path, struct err *err)
{
    if (count->long_ones.n)
        return err_set(err, ERR_BAD_FILE,
                       "\"%s\" has no sentence that I can read: the one in line %zu is "
                       "longer than %zu words.",
                       path, count->long_ones.line, (size_t)TRACE_MAX_WORDS);
    if (count->unsuited.n)
        return err_set(err, ERR_UNSUITED,
                       "This model cannot read the sentences of \"%s\".", path);
    return err_set(err, ERR_BAD_FILE,
                   "\"%s\" has no sentence: one a line, or CoNLL-U, is wanted.", path);
}

bool headcount_read(struct call *call, const char *path, struct headcount *count,
                    struct err *err)
{
    const struct model_info *info = model_info(call_model(call));
    *count = (struct headcount){.census = census_new(info->L, info->H, call->arena),
                                .syntax = syntax_new(info->L, info->H, call->arena)};
    struct reading reading = {.call = call,
                              .count = count,
                              .corpus = corpus_open(path, call->stop, err),
                              .path = path};
    if (!reading.corpus)
        return false;
    bool done = count_all(&reading, err);
    corpus_close(reading.corpus);
    return done && (count->census.sentences > 0 || none_left(count, path, err));
}
