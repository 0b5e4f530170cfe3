#include "attn/model/lexicon_table.h"

#include <math.h>
#include <string.h>

#include "attn/model/lexicon_data.h"

/* One word of the packed text, and where the next begins. */
struct unpacked {
    char word[LEXICON_LONGEST];
    size_t length;
    const uint8_t *next;
};

/* Unpacks the word at u->next over the one before it. */
static void unpack(struct unpacked *u)
{
    size_t n = *u->next++;
    bool more = true;
    while (more && n < LEXICON_LONGEST) {
        more = !(*u->next & 0x80);
        u->word[n++] = (char)(*u->next++ & 0x7F);
    }
    u->length = n;
}

/* As strcmp. */
static int compare(const struct unpacked *u, const char *word, size_t length)
{
    size_t common = u->length < length ? u->length : length;
    int order = memcmp(u->word, word, common);
    if (order != 0)
        return order;
    return u->length == length ? 0 : u->length < length ? -1 : 1;
}

/* The last block whose first word is not after `word`. */
static size_t find_block(const char *word, size_t length)
{
    size_t low = 0, high = lexicon_blocks;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        struct unpacked u = {.next = lexicon_text + lexicon_block_at[middle]};
        unpack(&u);
        if (compare(&u, word, length) <= 0)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t lexicon_table_find(const char *word, size_t length)
{
    if (length == 0 || length > LEXICON_LONGEST)
        return SIZE_MAX;
    size_t at = find_block(word, length) * LEXICON_BLOCK;
    struct unpacked u = {.next = lexicon_text + lexicon_block_at[at / LEXICON_BLOCK]};
    for (size_t i = 0; i < LEXICON_BLOCK && at < lexicon_words; i++, at++) {
        unpack(&u);
        int order = compare(&u, word, length);
        if (order == 0)
            return at;
        if (order > 0)
            break;
    }
    return SIZE_MAX;
}

unsigned lexicon_table_kind(size_t at)
{
    return at < lexicon_words ? lexicon_kind[at] : 0;
}

float lexicon_table_weight(size_t at)
{
    return at < lexicon_words ? exp2f((float)lexicon_weight[at] / 16) - 1 : 0;
}

/* Looks for `n` bits of a word, spread by its FNV-1a hash, in a Bloom filter. */
static bool passes(const uint8_t *sieve, unsigned bits, unsigned n, const char *word,
                   size_t length)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)word[i]) * 0x100000001B3u;
    for (unsigned i = 0; i < n; i++) {
        uint64_t at = (hash + i * (hash >> 32)) & (((uint64_t)1 << bits) - 1);
        if (!(sieve[at >> 3] >> (at & 7) & 1))
            return false;
    }
    return true;
}

bool lexicon_table_sieve(const char *word, size_t length)
{
    return passes(lexicon_sieve, LEXICON_SIEVE_BITS, 2, word, length);
}

bool lexicon_table_is_english(const char *word, size_t length)
{
    return passes(lexicon_english, LEXICON_ENGLISH_BITS, 4, word, length);
}

/* The i-th number of a packed topic: four bits with a sign. */
static float topic_value(const uint8_t *topic, size_t i)
{
    int half = topic[i / 2] >> (i % 2 * 4) & 15;
    return (float)(half < 8 ? half : half - 16);
}

static void add_topic(size_t at, struct lexicon_word *out)
{
    if (lexicon_topic[at] == 0)
        return;
    const uint8_t *topic =
        lexicon_topics + (size_t)(lexicon_topic[at] - 1) * (LEXICON_TOPICS / 2);
    float sum = 0;
    for (size_t i = 0; i < LEXICON_TOPICS; i++)
        sum += topic_value(topic, i) * topic_value(topic, i);
    if (sum == 0)
        return;
    out->has_topic = true;
    for (size_t i = 0; i < LEXICON_TOPICS; i++)
        out->topic[i] = topic_value(topic, i) / sqrtf(sum);
}

void lexicon_table_describe(size_t at, struct lexicon_word *out)
{
    const uint32_t *record = &lexicon_record_at[lexicon_record[at]];
    for (uint32_t i = record[0]; i < record[1]; i++) {
        if (out->n_features == LEXICON_FEATURES)
            break;
        out->features[out->n_features++] = (struct lexicon_feature){
            .dim = lexicon_dims[lexicon_values[2 * i]],
            .value = (float)lexicon_values[2 * i + 1] / LEXICON_VALUE_SCALE,
        };
    }
    add_topic(at, out);
}

float lexicon_table_value(size_t at, unsigned dim)
{
    const uint32_t *record = &lexicon_record_at[lexicon_record[at]];
    for (uint32_t i = record[0]; i < record[1]; i++)
        if (lexicon_dims[lexicon_values[2 * i]] == dim)
            return (float)lexicon_values[2 * i + 1] / LEXICON_VALUE_SCALE;
    return 0;
}
