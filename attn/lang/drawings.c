#include "attn/lang/drawings.h"

#define BOX   .kind = BOXES_BOX
#define QUERY BOX, .look = BOXES_QUERY
#define KEY   BOX, .look = BOXES_KEY
#define VALUE BOX, .look = BOXES_VALUE
#define BARE  BOX, .look = BOXES_BARE
#define LIT   BOX, .look = BOXES_LIT
#define TONED BOX, .look = BOXES_TONED
#define QUIET BOX, .look = BOXES_QUIET
#define DOWN  .kind = BOXES_DOWN
#define EACH  .kind = BOXES_STRAIGHT
#define ROW   .kind = BOXES_ROW
#define SLOT  .kind = BOXES_SLOT
#define TEXT  .kind = BOXES_TEXT
#define LINK  .kind = BOXES_LINK
#define FRAME .kind = BOXES_FRAME
#define END   .kind = BOXES_END

/* A drawing reads from top to bottom. */

static const struct boxes_part flow[] = {
    {BOX, .title = "Prompt", .text = "{sentence}"},
    {DOWN, .text = "cut into tokens"},
    {SLOT, .name = "tokens"},
    {DOWN, .text = "each looked up{place}"},
    {BOX, .title = "Vectors",
     .text = "{C read} numbers for each token: what it means by itself"},
    {DOWN, .text = "each vector times W_Q, W_K, W_V"},
    {QUERY, .title = "▲ Q query", .text = "What am I looking for?"},
    {KEY, .title = "■ K key", .text = "What do I contain?"},
    {VALUE, .title = "● V value", .text = "What do I offer?"},
    {DOWN, .text = "{H heads}, {L layers}"},
    {LIT, .title = "Attention",
     .text = "each token looks at the others and takes along what helps\nhere: {link}"},
    {DOWN},
    {BOX, .title = "Vectors in context",
     .text = "{C out} numbers for each token: what it means in this sentence"},
    {DOWN, .text = "the last one meets every word known"},
    {SLOT, .name = "next"},
};

static const struct boxes_part pipeline[] = {
    {BOX, .share = .88F, .title = "1 Tokens", .text = "text cut into pieces"},
    {BOX, .arrow = true, .title = "2 Vectors", .text = "{C read} numbers each"},
    {LIT, .arrow = true, .share = 1.06F, .name = "attention", .title = "3 Attention",
     .text = "pieces look at each other"},
    {BOX, .arrow = true, .title = "4 Thinking", .text = "each by itself"},
    {BOX, .arrow = true, .share = 1.12F, .title = "5 Next word",
     .text = "write, sum up, answer"},
    {DOWN, .name = "attention", .text = "opened up"},
    {FRAME, .title = "Stage 3 in five steps", .text = "{word}, {place of head}",
     .rail = true},
    {BARE, .share = .85F, .title = "Q, K, V", .text = "three products"},
    {QUERY, .name = "matched", .title = "▲ Q query",
     .text = "of {word}: what am I looking for?"},
    {KEY, .name = "matched", .title = "■ K keys",
     .text = "of every word: what do I contain?"},
    {VALUE, .name = "values", .title = "● V values",
     .text = "of every word: what do I offer?"},
    {DOWN, .name = "matched"},
    {SLOT, .name = "scores"},
    {EACH},
    {SLOT, .name = "weights"},
    {DOWN, .text = "as much as its weight"},
    {BARE, .share = .85F, .title = "Blend", .text = "added up"},
    {VALUE, .share = 3.08F, .name = "blend", .title = "{blend}"},
    {LINK, .name = "values", .to = "blend",
     .text = "the values go straight to the blend"},
    {DOWN},
    {BARE, .share = .85F, .title = "Output", .text = "one vector"},
    {LIT, .share = 3.08F, .title = "what {word} takes along", .text = "{D} numbers"},
    {END},
    {TEXT, .text = "{of layers} A large model learns all of it by guessing the next "
                   "word of very much text."},
};

static const struct boxes_part lookup[] = {
    {QUERY, .title = "▲ Q query of {word}", .text = "What am I looking for?"},
    {DOWN, .text = "compared with every key"},
    {FRAME, .title = "A soft dictionary", .text = "{entries}"},
    {BARE, .title = "■ K key", .text = "What do I contain?"},
    {BARE, .title = "weight", .text = "how well it matches"},
    {BARE, .title = "● V value", .text = "What do I offer?"},
    {SLOT, .name = "entries"},
    {END},
    {DOWN, .text = "each value as much as its weight"},
    {LIT, .title = "what {word} takes along", .text = "{blend}"},
    {TEXT, .text = "A dictionary on paper gives one entry, and only for the exact "
                   "word. This one opens all entries "
                   "at once, each as far as its key matches."},
};

static const struct boxes_part block[] = {
    {BOX, .name = "in", .title = "Vectors", .text = "{n words}, {C} numbers each"},
    {DOWN},
    {FRAME, .title = "One block", .text = "{one after the other}", .rail = true},
    {LIT, .name = "social", .title = "Social: self-attention",
     .text = "Who else here helps explain me? {H heads} {look} at once."},
    {DOWN},
    {QUIET, .name = "first", .title = "Stabiliser: add and normalise",
     .text = "what came in + what was found, kept within bounds"},
    {DOWN},
    {TONED, .name = "thinking", .title = "Thinking: feed-forward network",
     .text = "Each word by itself: what does that make of me?"},
    {DOWN},
    {QUIET, .name = "second", .title = "Stabiliser: add and normalise",
     .text = "what came in + what was thought, kept within bounds"},
    {LINK, .name = "in", .to = "first",
     .text = "what came in also goes past attention, and is added"},
    {LINK, .name = "first", .to = "second",
     .text = "what came in also goes past the network, and is added"},
    {END},
    {DOWN},
    {BOX, .title = "Vectors in context", .text = "{n words}, {C} numbers each"},
    {TEXT, .text = "First the words talk to each other, then each thinks for itself. "
                   "{of blocks}"},
};

static const struct boxes_part heads[] = {
    {BOX, .title = "Vectors", .text = "{n words}, {C} numbers each"},
    {DOWN, .text = "times the head's own W_Q, W_K, W_V"},
    {FRAME, .title = "Layer {layer}: {H heads} at once",
     .text = "{D} numbers a query, key or value"},
    {SLOT, .name = "heads"},
    {END},
    {DOWN, .text = "side by side, then mixed by W_O"},
    {BOX, .title = "Vectors, with what the heads found",
     .text = "{n words}, {C} numbers each"},
    {TEXT, .text = "Each head asks one question of all words. Under its name stands "
                   "its strongest link in this "
                   "sentence. {of joining}"},
};

static const struct boxes_part concat[] = {
    {FRAME, .title = "Layer {layer}: what each head found for {word}",
     .text = "{D} numbers each"},
    {SLOT, .name = "outputs"},
    {EACH},
    {SLOT, .name = "joined"},
    {TEXT, .text = "side by side: {HD} numbers"},
    {END},
    {DOWN, .text = "times W_O{size of W_O}"},
    {LIT, .title = "one vector", .text = "{C} numbers: what all heads found, mixed"},
    {DOWN, .text = "added"},
    {BOX, .title = "the vector of {word}",
     .text = "{C} numbers, on their way to the next step"},
    {TEXT, .text = "{of joining}"},
};

static const struct boxes_part types[] = {
    {SLOT, .name = "types"},
    {ROW},
    {BARE, .text = "▲ Q, ■ K and ● V\nall of the one text"},
    {BARE, .text = "▲ Q, ■ K and ● V\nall of the one text"},
    {BARE, .text = "▲ Q of the text written,\n■ K and ● V of the text read"},
    {TEXT, .text = "{of types}"},
};

static const struct boxes_part rnn[] = {
    {FRAME, .title = "A recurrent network", .text = "one word after the other"},
    {SLOT, .name = "chain"},
    {TEXT, .text = "{along the chain}"},
    {END},
    {FRAME, .title = "Attention", .text = "all words at once"},
    {SLOT, .name = "direct"},
    {TEXT, .text = "{directly}"},
    {END},
};

static const struct boxes_part uses[] = {
    {BARE, .share = .9F, .title = "where"},
    {BARE, .title = "what a token is"},
    {BARE, .share = 1.5F, .title = "who looks at whom"},
    {ROW},
    {LIT, .share = .9F, .title = "Chat and text"},
    {BOX, .text = "a word, or a piece of one"},
    {BOX, .share = 1.5F,
     .text = "each looks back at what was said before, earlier turns included"},
    {ROW},
    {LIT, .share = .9F, .title = "Translation"},
    {BOX, .text = "a piece of a word, in two languages"},
    {BOX, .share = 1.5F, .text = "each new word looks at the sentence it translates"},
    {ROW},
    {LIT, .share = .9F, .title = "Search"},
    {BOX, .text = "a piece of the question or a page"},
    {BOX, .share = 1.5F,
     .text =
         "the question looks at what was found (RAG); encoders such as BERT rank it"},
    {ROW},
    {LIT, .share = .9F, .title = "Code"},
    {BOX, .text = "a name, a sign, a piece of a line"},
    {BOX, .share = 1.5F, .text = "a use of a variable looks at where it was set"},
    {ROW},
    {LIT, .share = .9F, .title = "Images"},
    {BOX, .text = "a patch, 16 × 16 pixels (ViT)"},
    {BOX, .share = 1.5F,
     .text = "each patch looks at all others: an ear at the other ear"},
    {ROW},
    {LIT, .share = .9F, .title = "Sound"},
    {BOX, .text = "some hundredths of a second"},
    {BOX, .share = 1.5F,
     .text = "a syllable looks at its neighbours; the text written looks at the sound"},
    {ROW},
    {LIT, .share = .9F, .title = "Proteins"},
    {BOX, .text = "an amino acid"},
    {BOX, .share = 1.5F,
     .text = "each looks at those that may lie next to it once folded (AlphaFold)"},
};

static const struct boxes_part tree[] = {
    {BOX, .title = "Transformer, 2017",
     .text =
         "“Attention Is All You Need”: an encoder and a decoder, made to translate"},
    {DOWN, .text = "three branches"},
    {BOX, .name = "encoder", .title = "Encoder only",
     .text = "every word sees every word{here encoder}"},
    {BOX, .name = "both", .title = "Encoder and decoder",
     .text = "one text is read, another is written{here both}"},
    {BOX, .name = "decoder", .title = "Decoder only",
     .text = "a word sees those before it{here decoder}"},
    {EACH},
    {TONED, .text = "to understand:\nsearch, sorting, tagging"},
    {TONED, .text = "to turn one into the other:\ntranslation, summaries"},
    {TONED, .text = "to write:\nchat, code, any text"},
    {EACH},
    {BOX, .text = "BERT 2018\nRoBERTa 2019\nViT 2020 (images)"},
    {BOX, .text = "T5, BART 2019\nM2M-100 2020\nWhisper 2022 (speech)"},
    {BOX, .text = "GPT 2018, GPT-2 2019\nGPT-3 2020\nLLaMA 2023"},
};

#define PLAN(plan) .name = #plan, .parts = plan, .n = sizeof plan / sizeof *plan

const struct drawing drawings[] = {
    {PLAN(flow), .of_word = true,
     .finding = "From prompt to next word: tokens, vectors, then attention, where "
                "{link}.",
     .alt =
         "A column of boxes joined by arrows: the prompt ({n read}) is cut into "
         "tokens, each becomes a vector, each vector a query, a key and a value; "
         "attention, where {link}, makes vectors in context, and of the last one the "
         "next word.",
     .then = "Each step with its numbers:  steps {line}"},
    {PLAN(pipeline), .of_word = true,
     .finding = "Attention is stage 3 of 5. Inside it, {word} makes of its scores the "
                "weights {weights}.",
     .alt =
         "Five stages in a row: tokens, vectors, attention (lit), thinking, next "
         "word. Stage 3 opened up for {word}: query, keys and values; scores; softmax "
         "({weights}); blend; output.",
     .then = "The same with all numbers:  steps {line}"},
    {PLAN(lookup), .of_word = true,
     .finding = "{word} looks up all entries at once and takes {weights}.",
     .alt = "The query of {word} is compared with the key of every entry of a "
            "dictionary; each match is a weight ({weights}); the values, as much as "
            "their weights, are added up.",
     .then = "Where it looks, word by word:  look {line}"},
    {PLAN(block), .of_model = true,
     .finding = "A block lets the words talk, then lets each think; {blocks here}.",
     .alt =
         "One block of {L}, from top to bottom: social (self-attention), stabiliser "
         "(add and normalise), thinking (feed-forward network), stabiliser. Two lines "
         "lead past attention and past the network, so that what came in is added to "
         "what was found.",
     .then = "What a word's vector is after each block:  vectors layer 0"},
    {PLAN(heads), .of_word = true,
     .finding = "{H heads} of layer {layer} {look} at the same {n read}, each by "
                "{D} numbers.",
     .alt =
         "The vectors ({C} numbers a word) go into {H heads} of layer {layer}, which "
         "work at once, each with queries, keys and values of {D} numbers; what they "
         "find is put side by side and mixed.",
     .then = "All heads as pictures:  heads"},
    {PLAN(concat), .of_word = true, .finding = "{joined}",
     .alt =
         "{joined} From top to bottom: what each head of layer {layer} found for "
         "{word}; the same side by side; one vector, mixed by W_O; the vector of the "
         "word, to which it is added.",
     .then = "The mean of all heads:  heatmap layer {layer} head mean"},
    {PLAN(types), .of_model = true,
     .finding = "Three kinds of attention: every word, only those before, or another "
                "text.",
     .alt =
         "Three small matrices, rows look at columns. Self-attention: every cell is "
         "allowed. Masked self-attention: cells above the diagonal, what comes later, "
         "are hidden. Cross-attention: rows of one text, columns of another, all "
         "allowed.",
     .then = "Two of them side by side:  compare self with cross"},
    {PLAN(rnn), .of_model = true,
     .finding = "{steps apart} by the chain of a recurrent network, 1 by attention.",
     .alt =
         "Above, a recurrent network: a chain of states, one a word, each handing "
         "its state to the next. Below, attention: the words twice, with a line from "
         "every word straight to every word{that it sees}. {steps apart} by the "
         "chain, 1 by attention.",
     .then = "Where the words of your sentence look:  flow"},
    {PLAN(uses),
     .finding = "Whatever can be cut into tokens can be read with attention.",
     .alt =
         "A table of uses: in chat and translation a token is a piece of a word, in "
         "search of a question or page, in code a name or sign, in images a patch, in "
         "sound some hundredths of a second, in proteins an amino acid; each with who "
         "looks at whom."},
    {PLAN(tree), .of_model = true,
     .finding = "Three branches of one family; {model} is {of family}.",
     .alt = "A tree. Root: the transformer of 2017, encoder and decoder. Branches: "
            "encoder only, to understand (BERT); encoder and decoder, to turn one text "
            "into another (T5, Whisper); decoder only, to write (GPT, LLaMA). {model} "
            "is {of family}.",
     .then = "The models here:  model"},
};
const size_t n_drawings = sizeof drawings / sizeof *drawings;
