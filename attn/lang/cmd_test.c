/* cmd_test.c - echo, listen, wait, clear: for tests of whatever carries outputs. */
#include <string.h>
#include <time.h>

#include "attn/base/utf8.h"
#include "attn/lang/command.h"

enum { MOST_HEARD = 1 << 20 };

static bool stopped(const struct call *call)
{
    return call->stop && atomic_load_explicit(call->stop, memory_order_relaxed);
}

static bool interrupted(struct err *err)
{
    return err_set(err, ERR_INTERRUPTED, "Interrupted.");
}

/* ---- echo "…" [times n] [as warning] */

/* The text with {n} replaced by the count, and a line's end. */
static void write_once(struct buf *to, const struct value *text, long n)
{
    for (size_t i = 0; i < text->length; i++) {
        if (text->length - i >= 3 && memcmp(text->text + i, "{n}", 3) == 0) {
            buf_print(to, "%ld", n);
            i += 2;
        } else {
            buf_char(to, text->text[i]);
        }
    }
    buf_char(to, '\n');
}

static bool echo_run(struct call *call, struct err *err)
{
    const struct value *text = call_value(call, "text");
    const struct value *times = call_value(call, "times");
    long n = times->given ? (long)times->numbers[0] : 1;
    struct buf once;
    buf_init(&once, 32u << 20);
    bool done = true;
    for (long i = 0; done && i < n; i++) {
        buf_clear(&once);
        write_once(&once, text, i);
        struct output output = {.kind = OUTPUT_STREAM,
                                .command = call->command->name,
                                .text = once.at,
                                .length = once.length,
                                .warning = call_value(call, "as")->given};
        done = stopped(call)
                   ? interrupted(err)
                   : call->run->sink.put(call->run->sink.context, &output, err);
    }
    buf_free(&once);
    return done;
}

const struct command echo_command = {
    .name = "echo",
    .does = "Prints a text.",
    .task = "Test",
    .args = {{"text", ARG_TEXT, .about = "a text in quotes", .required = true},
             {"times", ARG_COUNT, .otherwise = "1", .about = "how often"},
             {"as", ARG_CHOICE, .about = "where to", .choices = {"warning"}}},
    .test_only = true,
    .examples = {"echo \"hello\"", "echo \"line {n}\" times 3"},
    .run = echo_run,
};

/* ---- listen "prompt" */

static bool put_heard(struct call *call, const struct buf *heard, struct err *err)
{
    struct buf line;
    buf_init(&line, 3 * heard->most + 1);
    utf8_clean(&line, heard->at ? heard->at : "", heard->length);
    buf_char(&line, '\n');
    struct output output = {.kind = OUTPUT_STREAM,
                            .command = call->command->name,
                            .text = line.at,
                            .length = line.length};
    bool done = call->run->sink.put(call->run->sink.context, &output, err);
    buf_free(&line);
    return done;
}

static bool listen_run(struct call *call, struct err *err)
{
    const struct asker *asker = &call->run->asker;
    struct buf heard;
    if (!asker->ask)
        return err_set(err, ERR_NO_INPUT, "There is nobody here to answer a question.");
    buf_init(&heard, MOST_HEARD);
    bool done =
        asker->ask(asker->context, call_value(call, "prompt")->text, &heard, err);
    if (done && heard.full)
        done = err_set(err, ERR_TOO_LARGE, "An answer holds at most 1 MiB.");
    done = done && put_heard(call, &heard, err);
    buf_free(&heard);
    return done;
}

const struct command listen_command = {
    .name = "listen",
    .does = "Asks the learner and prints the answer.",
    .task = "Test",
    .args = {{"prompt", ARG_TEXT, .about = "a question in quotes", .required = true}},
    .test_only = true,
    .examples = {"listen \"Your name? \""},
    .run = listen_run,
};

/* ---- wait SECONDS */

static bool wait_run(struct call *call, struct err *err)
{
    const struct value *seconds = call_value(call, "seconds");
    if (seconds->numbers[0] < 0 || seconds->numbers[0] > 3600 || seconds->n != 1) {
        err_set(err, ERR_OUT_OF_RANGE, "wait takes from 0 to 3600 seconds.");
        return err_try(err, "Try:", "wait 1");
    }
    const struct timespec step = {.tv_nsec =
                                      5000000}; /* interrupts are heard so soon */
    for (double left = seconds->numbers[0]; left > 0; left -= .005) {
        if (stopped(call))
            return interrupted(err);
        nanosleep(&step, NULL);
    }
    return true;
}

const struct command wait_command = {
    .name = "wait",
    .does = "Waits so many seconds; can be interrupted.",
    .task = "Test",
    .args = {{"seconds", ARG_NUMBERS, .about = "seconds", .required = true}},
    .test_only = true,
    .examples = {"wait 0.1"},
    .run = wait_run,
};

/* ---- clear */

static bool clear_run(struct call *call, struct err *err)
{
    struct output output = {.kind = OUTPUT_CLEAR, .command = call->command->name};
    return call->run->sink.put(call->run->sink.context, &output, err);
}

const struct command clear_command = {
    .name = "clear",
    .does = "Forgets what this cell has shown so far.",
    .task = "Test",
    .test_only = true,
    .examples = {"clear"},
    .run = clear_run,
};
