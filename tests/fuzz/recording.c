/* Any bytes as a .safetensors file: an error that says what is wrong, or a recording
 * whose rows are weights, which can be written down again. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"
#include "attn/base/utf8.h"
#include "attn/model/family.h"
#include "attn/model/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check_tokens(const struct token *tokens, size_t n, const char *sentence)
{
    size_t length = strlen(sentence), points = utf8_count(sentence, length);
    must(utf8_valid(sentence, length));
    for (size_t i = 0; i < n; i++) {
        must(tokens[i].text[0] && utf8_valid(tokens[i].text, strlen(tokens[i].text)));
        must(tokens[i].start <= tokens[i].end && tokens[i].end <= points);
        must((tokens[i].position < 0) == ((tokens[i].flags & TOKEN_SPECIAL) != 0));
    }
}

static void check_trace(const struct trace *trace)
{
    must(trace->L && trace->H && trace->L * trace->H <= MODEL_MOST_HEADS);
    for (size_t row = 0; row < trace->L * trace->H * trace->T; row++) {
        double sum = 0;
        for (size_t j = 0; j < trace->S; j++)
            sum += (double)trace->weights[row * trace->S + j];
        must(fabs(sum - 1) < .01);
    }
    for (size_t i = 0; trace->hidden && i < (trace->L + 1) * trace->T * trace->C; i++)
        must(isfinite(trace->hidden[i]));
    for (size_t c = 0; trace->dim_names && c < trace->C; c++)
        must(trace->dim_names[c] != NULL);
}

static void check(const struct model *model)
{
    const struct model_info *info = model_info(model);
    struct model_input input = {.text = info->sentences[0],
                                .length = strlen(info->sentences[0])};
    const struct model_options options = {0};
    struct err err = {0};
    struct buf bytes;
    for (int which = info->pairs; which <= (info->pairs ? ATTENTION_CROSS : 0);
         which++) {
        struct trace trace;
        input.attention = (enum attention)which;
        must(model_run(model, &input, &options, &trace, &err));
        check_trace(&trace);
        if (which <= ATTENTION_ENCODER)
            check_tokens(trace.rows, trace.T, trace.sentence);
        trace_free(&trace);
    }
    buf_init(&bytes, 1 << 20);
    bool written = model_record(model, &input, &options, info->settings, info->changed,
                                &bytes, &err);
    must(written != bytes.full);
    buf_free(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct model *model = mem_new(1, sizeof *model);
    struct err err = {0};
    const struct recorded_bytes bytes = {data, size};
    bool done = recorded_open_bytes(model, &bytes, 1, "a file", &err);
    must(done == (err.code == ERR_NONE));
    must(done || (utf8_valid(err.text, strlen(err.text)) && err.text[0]));
    if (done)
        check(model);
    model_close(model);
    return 0;
}
