#include "attn/lang/headover.h"
#include "attn/lang/headtalk.h"
#include "attn/lang/overrelations.h"

static const char *const test_names[] = {"first",  "previous",  "next",
                                         "itself", "duplicate", "induction",
                                         "local",  "broad",     "same-word"};
_Static_assert(sizeof test_names / sizeof *test_names == TEST_SEARCHED,
               "a name for each test");

static void write_interval(struct json_out *out, const struct interval *interval)
{
    json_key(out, "low");
    if (interval->known)
        json_float(out, interval->low);
    else
        json_null(out);
    json_key(out, "high");
    if (interval->known)
        json_float(out, interval->high);
    else
        json_null(out);
}

static void write_evidence(struct json_out *out, const struct census_sum *sum)
{
    struct evidence seen = census_evidence(sum);
    struct interval interval = census_interval(sum);
    json_key_float(out, "score", seen.score);
    json_key_float(out, "chance", seen.chance);
    json_key_float(out, "lift", seen.lift);
    write_interval(out, &interval);
    json_key_int(out, "rows", sum->rows);
    json_key_int(out, "sentences", sum->sentences);
}

static void write_tests(struct json_out *out, const struct census_head *head)
{
    json_key(out, "tests");
    json_array(out);
    for (int test = 0; test < TEST_SEARCHED; test++) {
        json_object(out);
        json_key_text(out, "test", test_names[test]);
        write_evidence(out, &head->tests[test]);
        json_end(out);
    }
    json_end(out);
}

static void write_head(struct json_out *out, struct call *call,
                       const struct headover *over, size_t head)
{
    const struct census *census = &over->count.census;
    const struct pattern *pattern = &over->patterns[head];
    const struct head_name *named = &model_info(call_model(call))->heads[head];
    json_object(out);
    json_key_int(out, "layer", (int64_t)(head / census->H));
    json_key_int(out, "head", (int64_t)(head % census->H));
    json_key_text(out, "name", named->name);
    json_key_text(out, "category", purpose_category(pattern->category));
    json_key_text(out, "pattern", purpose_reach(pattern->reach));
    write_evidence(out, census_behind(census, head, pattern));
    json_key_text(out, "description", headtalk_says(call, named, pattern));
    write_tests(out, &census->heads[head]);
    json_end(out);
}

static void write_relation(struct json_out *out, const struct syntax *syntax, size_t r)
{
    const struct syntax_relation *relation = &syntax->relations[r];
    struct syntax_best best = syntax_best(syntax, r);
    struct interval interval =
        interval_share((double)best.right, (double)relation->cases);
    json_object(out);
    json_key_text(out, "relation", relation->name);
    json_key_int(out, "cases", (int64_t)relation->cases);
    json_key_int(out, "layer", (int64_t)(best.head / syntax->H));
    json_key_int(out, "head", (int64_t)(best.head % syntax->H));
    json_key_text(out, "looks", best.way == 0 ? "to its head" : "from its head");
    json_key_int(out, "right", (int64_t)best.right);
    write_interval(out, &interval);
    json_key_int(out, "offset", best.offset);
    json_key_int(out, "offset_right", (int64_t)best.fixed);
    json_end(out);
}

void headover_json(struct call *call, const struct headover *over, struct buf *json)
{
    const struct headcount *count = &over->count;
    struct json_out out = call_json_plain(call, json, "heads");
    size_t n;
    const size_t *relations = overrelations_counted(over, call->arena, &n);
    json_key_text(&out, "over", over->path);
    json_key_int(&out, "sentences", count->census.sentences);
    json_key_int(&out, "words", count->census.words);
    json_key_int(&out, "skipped",
                 (int64_t)(count->long_ones.n + count->empty.n + count->unsuited.n));
    json_key_int(&out, "layers", (int64_t)count->census.L);
    json_key_int(&out, "heads", (int64_t)count->census.H);
    json_key(&out, "items");
    json_array(&out);
    for (size_t k = 0; k < over->n; k++)
        write_head(&out, call, over, over->shown[k]);
    json_end(&out);
    json_key(&out, "relations");
    json_array(&out);
    for (size_t k = 0; k < n; k++)
        write_relation(&out, &count->syntax, relations[k]);
    json_end(&out);
    json_end(&out);
}
