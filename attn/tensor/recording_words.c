/* recording_words.c - the tokens of a recording, as different frameworks write them:
 * whole words, ##pieces, Ġpieces in bytes, ▁pieces, or texts with a blank before. */
#include <string.h>

#include "attn/base/utf8.h"
#include "attn/tensor/recording.h"

enum { TOKEN_MOST = 400, SENTENCE_MOST = 1 << 16, SEARCH_MOST = 400 };
enum { JOINER = 0x200D, NON_JOINER = 0x200C, BAR = 0x2581, GAP = 0x120, LINE = 0x10A };

bool recording_list(const struct safetensors *from, const char *name, size_t n,
                    struct arena *arena, const struct json **list, struct err *err)
{
    const char *text = safetensors_text(from, name);
    *list = NULL;
    if (!text)
        return true;
    struct err unsaid = {0};
    const struct json *value = json_read(text, strlen(text), arena, &unsaid);
    if (!value || value->kind != JSON_LIST)
        return err_set(err, ERR_BAD_FILE,
                       "its metadata \"%s\" is not a JSON list, as json.dumps writes.",
                       name);
    if (n && value->n != n)
        return err_set(err, ERR_BAD_FILE,
                       "its metadata \"%s\" has %zu items; there should be %zu.", name,
                       value->n, n);
    *list = value;
    return true;
}

/* Emoji need joiners and tags to be one picture. */
static bool is_shown(uint32_t c)
{
    return !utf8_is_control(c) || c == JOINER || c == NON_JOINER ||
           (c >= 0xE0020 && c <= 0xE007F);
}

const char *recording_clean(const char *text, struct arena *arena)
{
    size_t length = strlen(text);
    struct buf clean;
    buf_init(&clean, 3 * length + 1);
    for (size_t at = 0, start = 0; at < length; start = at) {
        uint32_t c = utf8_next(text, length, &at);
        if (c == '\n' || c == '\t' || c == '\r')
            buf_char(&clean, ' ');
        else if (is_shown(c))
            buf_add(&clean, text + start, at - start);
        else
            buf_text(&clean, "\xEF\xBF\xBD");
    }
    const char *copy = arena_copy(arena, clean.at, clean.length);
    buf_free(&clean);
    return copy;
}

const char *recording_text(const struct safetensors *from, const char *name,
                           size_t most, struct arena *arena)
{
    const char *text = safetensors_text(from, name);
    return text && strlen(text) <= most ? recording_clean(text, arena) : NULL;
}

/* ---- special tokens */

static bool is_usual_special(const char *text)
{
    static const char *const names[] = {"<s>",
                                        "</s>",
                                        "<pad>",
                                        "[CLS]",
                                        "[SEP]",
                                        "[PAD]",
                                        "<bos>",
                                        "<eos>",
                                        "<cls>",
                                        "<sep>",
                                        "<|endoftext|>",
                                        "<|begin_of_text|>",
                                        "<|end|>",
                                        "<BOS>",
                                        "<EOS>",
                                        "<PAD>",
                                        "<|end_of_text|>",
                                        "<|startoftext|>",
                                        "<|im_start|>",
                                        "<|im_end|>",
                                        "<|eot_id|>"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], text) == 0)
            return true;
    return false;
}

/* ---- pieces */

enum style { PLAIN, HASHES, BYTES, BARS, BLANKS };

static uint32_t first_of(const char *text)
{
    size_t at = 0, length = strlen(text);
    return length ? utf8_next(text, length, &at) : 0;
}

/* How the file marks where words begin; the first sign of it decides. */
static enum style style_of(const struct json *list)
{
    for (const struct json *at = list->first; at; at = at->next) {
        uint32_t c = first_of(at->text);
        if (c == GAP || c == LINE)
            return BYTES;
        if (c == BAR)
            return BARS;
        if (c == ' ')
            return BLANKS;
        if (strncmp(at->text, "##", 2) == 0 && at->text[2])
            return HASHES;
    }
    return PLAIN;
}

/* The byte that a character of byte-level BPE stands for; -1: none. */
static int byte_of(uint32_t c)
{
    bool own =
        (c >= '!' && c <= '~') || (c >= 0xA1 && c <= 0xAC) || (c >= 0xAE && c <= 0xFF);
    if (own)
        return (int)c;
    if (c < 256 || c >= 256 + 68)
        return -1;
    c -= 256; /* the others in their order: 0 … 32, 127 … 160, 173 */
    return (int)(c <= 32 ? c : c < 67 ? c - 33 + 127 : 173);
}

static const char *from_bytes(const char *text, struct arena *arena)
{
    size_t length = strlen(text), n = 0;
    char *bytes = arena_new(arena, length + 1, 1);
    for (size_t at = 0; at < length;) {
        int byte = byte_of(utf8_next(text, length, &at));
        if (byte <= 0)
            return text;
        bytes[n++] = (char)byte;
    }
    return utf8_valid(bytes, n) ? bytes : text; /* else a part of a character */
}

static const char *from_bars(const char *text, struct arena *arena)
{
    size_t length = strlen(text), n = 0;
    char *plain = arena_new(arena, length + 1, 1);
    for (size_t at = 0; at < length;) {
        size_t start = at;
        if (utf8_next(text, length, &at) == BAR) {
            plain[n++] = ' ';
            continue;
        }
        memcpy(plain + n, text + start, at - start);
        n += at - start;
    }
    return plain;
}

/* Closing marks stand close to the word before them. */
static bool stands_close(const char *text)
{
    static const char *const marks[] = {".", ",", ";", ":", "!", "?", ")", "]", "…"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strcmp(marks[i], text) == 0)
            return true;
    return false;
}

/* A token as the file has it, as it is shown, and whether a blank stands before. */
struct piece {
    const char *inner; /* what it adds to the sentence, without blanks around it */
    const char *shown;
    bool begins;
};

static const char *trimmed(const char *text, struct arena *arena)
{
    while (*text == ' ')
        text++;
    size_t length = strlen(text);
    while (length && text[length - 1] == ' ')
        length--;
    return arena_copy(arena, text, length);
}

static struct piece piece_of(const char *text, enum style style, struct arena *arena)
{
    struct piece piece = {.begins = style == PLAIN || style == HASHES};
    const char *plain = style == BYTES  ? from_bytes(text, arena)
                        : style == BARS ? from_bars(text, arena)
                                        : text;
    bool hashes = style == HASHES && strncmp(text, "##", 2) == 0 && text[2];
    bool line = plain[strspn(plain, " ")] == '\n';
    plain = recording_clean(plain, arena);
    if (hashes || stands_close(plain))
        piece.begins = false;
    piece.begins = piece.begins || *plain == ' ';
    piece.inner = trimmed(hashes ? plain + 2 : plain, arena);
    piece.shown = hashes         ? trimmed(plain, arena)
                  : *piece.inner ? piece.inner
                  : line         ? "↵"
                                 : "␣";
    return piece;
}

/* ---- where they stand */

/* Moves over `word` in `text` from byte *at, whatever the case; false where it does not
 * stand there. */
static bool match(const char *text, size_t length, const char *word, size_t *at)
{
    size_t to = *at, n = strlen(word);
    for (size_t k = 0; k < n;) {
        if (to >= length)
            return false;
        if (utf8_lower(utf8_next(text, length, &to)) !=
            utf8_lower(utf8_next(word, n, &k)))
            return false;
    }
    *at = to;
    return true;
}

/* Finds each token in the sentence, one after the other; what is not there (an accent
 * that the model dropped) stands where the search is. */
static void find_spans(const char *sentence, const struct piece *pieces,
                       struct recording_tokens *tokens)
{
    size_t length = strlen(sentence), from = 0;
    for (size_t i = 0; i < tokens->n; i++) {
        struct token *token = &tokens->at[i];
        size_t at = from, end;
        token->start = token->end = utf8_count(sentence, from);
        if (token->flags & TOKEN_SPECIAL || !*pieces[i].inner)
            continue;
        for (; at < length && at < from + SEARCH_MOST;
             utf8_next(sentence, length, &at)) {
            end = at;
            if (!match(sentence, length, pieces[i].inner, &end))
                continue;
            token->start = utf8_count(sentence, at);
            token->end = utf8_count(sentence, end);
            from = end;
            break;
        }
    }
}

/* The tokens put together again. */
static const char *join(const struct piece *pieces, struct recording_tokens *tokens,
                        struct arena *arena)
{
    struct buf text;
    size_t points = 0;
    buf_init(&text, tokens->n * (3 * TOKEN_MOST + 1) + 1);
    for (size_t i = 0; i < tokens->n; i++) {
        struct token *token = &tokens->at[i];
        bool special = token->flags & TOKEN_SPECIAL;
        if (!special && pieces[i].begins && text.length) {
            buf_char(&text, ' ');
            points++;
        }
        token->start = points;
        points += special ? 0 : utf8_count(pieces[i].inner, strlen(pieces[i].inner));
        token->end = points;
        buf_text(&text, special ? "" : pieces[i].inner);
    }
    const char *copy = arena_copy(arena, text.length ? text.at : "", text.length);
    buf_free(&text);
    return copy;
}

/* ---- one sequence */

/* What is being read of one of the two sequences. */
struct reading {
    const struct safetensors *from;
    struct arena *arena;
    const char *prefix; /* "" or "target_" */
    struct recording_tokens *tokens;
    struct err *err;
};

static const char *named(const struct reading *in, const char *name)
{
    return arena_print(in->arena, "%s%s", in->prefix, name);
}

static bool check_tokens(const struct reading *in, const struct json *list)
{
    if (!list)
        return err_set(in->err, ERR_BAD_FILE,
                       "its metadata has no \"%s\": a JSON list of the tokens' texts.",
                       named(in, "tokens"));
    if (list->n == 0 || list->n > TRACE_MAX_TOKENS)
        return err_set(in->err, list->n ? ERR_TOO_LARGE : ERR_BAD_FILE,
                       "it has %zu tokens; from 1 to %d can be shown.", list->n,
                       TRACE_MAX_TOKENS);
    for (const struct json *at = list->first; at; at = at->next)
        if (at->kind != JSON_TEXT || strlen(at->text) > TOKEN_MOST)
            return err_set(in->err, ERR_BAD_FILE,
                           "its metadata \"%s\" is not a list of short texts.",
                           named(in, "tokens"));
    return true;
}

static bool mark_special(const struct reading *in, const struct json *tokens)
{
    const struct json *list, *said;
    if (!recording_list(in->from, named(in, "special"), in->tokens->n, in->arena, &list,
                        in->err))
        return false;
    said = list ? list->first : NULL;
    size_t i = 0;
    for (const struct json *at = tokens->first; at; at = at->next, i++) {
        struct token *token = &in->tokens->at[i];
        bool special = list ? said->integer != 0 : is_usual_special(at->text);
        said = said ? said->next : NULL;
        token->flags = special ? TOKEN_SPECIAL : 0;
        token->position = special ? -1 : (int)in->tokens->words++;
    }
    if (in->tokens->words == 0)
        return err_set(in->err, ERR_BAD_FILE, "all its tokens are special ones.");
    return in->tokens->words <= TRACE_MAX_WORDS ||
           err_set(in->err, ERR_TOO_LARGE, "it has %zu words; at most %d are shown.",
                   in->tokens->words, TRACE_MAX_WORDS);
}

static const struct {
    const char *name;
    unsigned flag;
} kinds[] = {{"known", TOKEN_KNOWN},
             {"punctuation", TOKEN_PUNCTUATION},
             {"pronoun", TOKEN_PRONOUN},
             {"number", TOKEN_NUMBER},
             {"grammar", TOKEN_GRAMMAR}};

const char *recording_kinds(const struct token *token, struct arena *arena)
{
    const char *text = "";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (token->flags & kinds[i].flag)
            text = arena_print(arena, "%s%s%s", text, *text ? " " : "", kinds[i].name);
    return text;
}

static unsigned kinds_in(const char *text)
{
    unsigned flags = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        flags |= strstr(text, kinds[i].name) ? kinds[i].flag : 0;
    return flags;
}

static bool read_kinds(const struct reading *in)
{
    const struct json *list;
    if (!recording_list(in->from, named(in, "kinds"), in->tokens->n, in->arena, &list,
                        in->err))
        return false;
    size_t i = 0;
    for (const struct json *at = list ? list->first : NULL; at; at = at->next)
        in->tokens->at[i++].flags |= at->kind == JSON_TEXT ? kinds_in(at->text) : 0;
    in->tokens->has_kinds = list != NULL;
    return true;
}

/* Where the file has no ids: the same text, the same number, below 0. */
static void number_texts(struct recording_tokens *tokens)
{
    for (size_t i = 0; i < tokens->n; i++) {
        size_t first = 0;
        while (strcmp(tokens->at[first].text, tokens->at[i].text) != 0)
            first++;
        tokens->at[i].id = -1 - (int64_t)first;
    }
}

static bool read_ids(const struct reading *in)
{
    const struct tensor_entry *entry = safetensors_find(in->from, named(in, "ids"));
    if (!entry) {
        number_texts(in->tokens);
        return true;
    }
    if (entry->n_dims != 1 || entry->n != in->tokens->n)
        return err_set(in->err, ERR_BAD_FILE, "its tensor \"%s\" has not %zu numbers.",
                       entry->name, in->tokens->n);
    int64_t *ids = arena_new(in->arena, in->tokens->n, sizeof *ids);
    if (!safetensors_ints(in->from, entry, ids, in->err))
        return false;
    for (size_t i = 0; i < in->tokens->n; i++)
        in->tokens->at[i].id = ids[i];
    return true;
}

/* Offsets that the file states: code points of the sentence. */
static bool read_spans(const struct reading *in, const struct json *start,
                       const struct json *end, size_t points)
{
    const struct json *a = start->first, *b = end->first;
    for (size_t i = 0; i < in->tokens->n; i++, a = a->next, b = b->next) {
        if (a->kind != JSON_INT || b->kind != JSON_INT || a->integer < 0 ||
            b->integer < a->integer || (uint64_t)b->integer > points)
            return err_set(in->err, ERR_BAD_FILE,
                           "token %zu does not stand in the sentence where \"%s\" and "
                           "\"%s\" say.",
                           i, named(in, "start"), named(in, "end"));
        in->tokens->at[i].start = (size_t)a->integer;
        in->tokens->at[i].end = (size_t)b->integer;
    }
    return true;
}

static bool place_tokens(const struct reading *in, const struct piece *pieces,
                         const char *name, const char **sentence)
{
    const struct json *start, *end;
    *sentence = recording_text(in->from, name, SENTENCE_MOST, in->arena);
    if (!*sentence || !**sentence) {
        *sentence = join(pieces, in->tokens, in->arena);
        return true;
    }
    size_t n = in->tokens->n;
    if (!recording_list(in->from, named(in, "start"), n, in->arena, &start, in->err) ||
        !recording_list(in->from, named(in, "end"), n, in->arena, &end, in->err))
        return false;
    if (start && end)
        return read_spans(in, start, end, utf8_count(*sentence, strlen(*sentence)));
    find_spans(*sentence, pieces, in->tokens);
    return true;
}

static bool goes_on(const struct piece *piece, size_t i)
{
    uint32_t c = first_of(piece->inner);
    return i > 0 && !piece->begins && (utf8_is_letter(c) || utf8_is_digit(c));
}

static bool read_sequence(const struct reading *in, const char *name,
                          const char **sentence)
{
    const struct json *list;
    if (!recording_list(in->from, named(in, "tokens"), 0, in->arena, &list, in->err) ||
        !check_tokens(in, list))
        return false;
    in->tokens->n = list->n;
    in->tokens->at = arena_new(in->arena, list->n, sizeof *in->tokens->at);
    struct piece *pieces = arena_new(in->arena, list->n, sizeof *pieces);
    enum style style = style_of(list);
    if (!mark_special(in, list))
        return false;
    size_t i = 0;
    for (const struct json *at = list->first; at; at = at->next, i++) {
        bool special = in->tokens->at[i].flags & TOKEN_SPECIAL;
        pieces[i] = piece_of(at->text, special ? PLAIN : style, in->arena);
        in->tokens->at[i].text = pieces[i].shown;
        in->tokens->continued +=
            !special && goes_on(&pieces[i], (size_t)in->tokens->at[i].position);
    }
    return read_kinds(in) && read_ids(in) && place_tokens(in, pieces, name, sentence);
}

bool recording_read_words(const struct safetensors *from, struct arena *arena,
                          struct recording *to, struct err *err)
{
    struct reading in = {from, arena, "", &to->tokens[0], err};
    if (!read_sequence(&in, "sentence", &to->sentence))
        return false;
    if (!safetensors_find(from, "cross_attn") && !safetensors_find(from, "dec_attn"))
        return true;
    in.prefix = "target_";
    in.tokens = &to->tokens[1];
    return read_sequence(&in, "target", &to->target);
}
