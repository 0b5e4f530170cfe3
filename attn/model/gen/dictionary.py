#!/usr/bin/env python3
"""dictionary.py - makes dictionary_data.c of french.dictionary, which says how it is written.

    python3 attn/model/gen/dictionary.py > attn/model/dictionary_data.c

Needs nothing but Python. The table is committed: building attn needs no Python.
"""
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
SOURCE = HERE.parent / "french.dictionary"
VOWELS = "aàâeéèêëiîïoôuùûyhœæAÉEIOUH"
# Of an English form: what it can be. The order is that of enum dictionary_mark.
MARKS = ("NOUN VERB ADJECTIVE DETERMINER PREPOSITION PRONOUN OBJECT NOT BE DO MODAL TO AND CLAUSE "
         "RELATIVE DEGREE ADVERB PUNCTUATION AFTER FEMININE PLURAL ING HE THEY LIKES BARE "
         "PERSON1 PERSON2 PERSON3 PERSON4 PERSON6").split()
# What a French form agrees with: enum dictionary_form's bits.
ANY, MS, FS, MP, FP = 0, 1, 2, 4, 8
# What a word becomes before a vowel: the same word, so a form of the same lemma.
BEFORE_VOWEL = {"le": "l'", "la": "l'", "je": "j'", "ne": "n'", "de": "d'", "me": "m'", "te": "t'",
                "que": "qu'", "parce que": "parce qu'", "près de": "près d'", "ma": "mon",
                "ta": "ton", "sa": "son", "ce": "cet", "beau": "bel", "nouveau": "nouvel",
                "vieux": "vieil", "du": "de l'", "de la": "de l'"}
CONTRACTED = {("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux",
              ("près de", "le"): "près du", ("près de", "les"): "près des"}


class Dictionary:
    def __init__(self):
        self.lemmas = {}  # (kind, french) -> index
        self.forms = {}  # (lemma, text) -> [agreement, persons, infinitive]
        self.english = {}  # text -> {"noun": lemma, "verb": lemma, "marks": set, ...}
        self.aspirated = set()
        self.nouns = set()  # lemmas
        self.joined = {}  # (lemma, text): what only stands before a vowel

    def lemma(self, kind, french):
        return self.lemmas.setdefault((kind, french), len(self.lemmas))

    def form(self, lemma, text, agreement=ANY, persons=0, infinitive=False):
        text = text.replace("¬", " ")
        made = self.forms.setdefault((lemma, text), [0, 0, False])
        made[0] |= agreement
        made[1] |= persons
        made[2] |= infinitive

    def word(self, english, lemma, kind, *marks):
        entry = self.english.setdefault(english.lower(), {"noun": None, "verb": None, "marks": set()})
        entry["verb" if kind == "verb" else "noun"] = lemma
        entry["marks"] |= set(marks)


def english_plural(word):
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word[-1] in "sxz" or word[-2:] in ("ch", "sh") else "s")


def english_ing(word):
    if word.endswith("e") and not word.endswith("ee"):
        return word[:-1] + "ing"
    if len(word) > 2 and word[-1] not in "aeiouwxy" and word[-2] in "aeiou" and (
            len(word) == 3 and word[0] not in "aeiou"):
        return word + word[-1] + "ing"
    return word + "ing"


def french_plural(word):
    if word[-1] in "sxz":
        return word
    if word.endswith("al"):
        return word[:-2] + "aux"
    return word + ("x" if word.endswith(("eau", "eu")) else "s")


def regular(infinitive):
    """The six forms of a verb in -er."""
    stem = infinitive[:-2]
    soft = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem
    if stem.endswith("y"):
        return [stem + "e", stem + "es", stem + "e", soft + "ons", stem + "ez", stem + "ent"]
    return [stem + "e", stem + "es", stem + "e", soft + "ons", stem + "ez", stem + "ent"]


def three_forms(english, plural):
    """dog/dogs, and verbs: eat/eats/eating."""
    parts = english.split("/")
    return parts if len(parts) > 1 else [english] + plural(english)


def noun(d, gender, english, french, marks):
    singular, plural = three_forms(english, lambda w: [english_plural(w)])
    parts = french.split("/")
    lemma = d.lemma("noun", parts[0] + gender)
    many = parts[1] if len(parts) > 1 else french_plural(parts[0])
    both = ["NOUN"] + (["FEMININE"] if gender == "f" else [])
    d.nouns.add(lemma)
    d.form(lemma, parts[0], FS if gender == "f" else MS)
    d.form(lemma, many, FP if gender == "f" else MP)
    if "+aspirated" in marks:
        d.aspirated |= {parts[0], many}
    d.word(singular, lemma, "noun", *both)
    d.word(plural, lemma, "noun", *both, *(["PLURAL"] if plural != singular else []))


def adjective(d, place, english, french):
    parts = french.split("/")
    lemma = d.lemma("adjective", french)
    many = parts[2] if len(parts) > 2 else french_plural(parts[0])
    for text, bit in zip([parts[0], parts[1], many, french_plural(parts[1])], (MS, FS, MP, FP)):
        d.form(lemma, text, bit)
    d.word(english, lemma, "adjective", "ADJECTIVE", *(["AFTER"] if place == "post" else []))


def conjugation(d, french):
    infinitive, _, forms = (part.strip() for part in french.partition(":"))
    lemma = d.lemma("verb", infinitive)
    d.form(lemma, infinitive, infinitive=True)
    for person, text in enumerate(forms.split() or regular(infinitive)):
        d.form(lemma, text, persons=1 << person)
    return lemma


def verb(d, english, french, marks):
    base, third, ing = three_forms(english, lambda w: [english_plural(w), english_ing(w)])
    lemma = conjugation(d, french)
    more = ["VERB"] + (["LIKES"] if "+likes" in marks else [])
    d.word(base, lemma, "verb", *more, "THEY")
    d.word(third, lemma, "verb", *more, "HE")
    d.word(ing, lemma, "verb", *more, "ING")


def helper(d, kind, english, french):
    lemma = conjugation(d, french)
    mark = "BE" if kind == "be" else "MODAL"
    for word in english.split("/"):
        number = {"is": ["HE"], "are": ["THEY"]}.get(word, [])
        d.word(word, lemma, "verb", "VERB", mark, *number)


def determiner(d, english, french):
    masculine, feminine, plural = french.split()
    lemma = d.lemma("determiner", masculine)
    d.form(lemma, masculine, MS)
    d.form(lemma, feminine, FS)
    d.form(lemma, plural, MP | FP)
    d.word(english, lemma, "determiner", "DETERMINER")


def plain(d, kind, english, french, marks):
    lemma = d.lemma(kind, french)
    d.form(lemma, french)
    names = {"prep": "PREPOSITION", "relative": "RELATIVE"}
    more = [names.get(kind, kind.upper())]
    if kind == "prep" and english == "to":
        more.append("TO")
    d.word(english, lemma, kind, *more, *(["BARE"] if "+bare" in marks else []))


def pronoun(d, person, english, french):
    lemma = d.lemma("pronoun", french)
    d.form(lemma, french)
    marks = ["PRONOUN", "PERSON" + person[0]] + (["FEMININE"] if person.endswith("f") else [])
    d.word(english, lemma, "pronoun", *marks)


def objects(d, english, french):
    """le, la, les are the article's forms too: one word, which agrees."""
    article = french in ("le", "la", "les")
    lemma = d.lemma("determiner", "le") if article else d.lemma("object", french)
    if not article:
        d.form(lemma, french)
    d.word(english, lemma, "object", "OBJECT", *(["PLURAL"] if french == "les" else []))


def closed(d):
    """What has forms of its own kind: do, her, you and it as objects, ne, the article."""
    for word, number in (("do", "THEY"), ("does", "HE")):
        d.word(word, conjugation(d, "faire: fais fais fait faisons faites font"), "verb", "VERB",
               "DO", number)
    for word, lemma, kind in (("her", d.lemma("determiner", "le"), "OBJECT"),
                              ("you", d.lemma("object", "te"), "OBJECT"),
                              ("it", d.lemma("determiner", "le"), "OBJECT"),
                              ("that", d.lemma("relative", "qui"), "RELATIVE")):
        d.word(word, lemma, "verb", kind)  # its second reading
    d.form(d.lemma("object", "te"), "te")
    d.form(d.lemma("word", "ne"), "ne")
    for mark in ".,;:!?":
        d.form(d.lemma("mark", mark), mark)
        d.word(mark, d.lemma("mark", mark), "mark", "PUNCTUATION")


def read_line(d, kind, english, french, marks):
    what, _, more = kind.partition(" ")
    readers = {"noun": lambda: noun(d, more, english, french, marks),
               "adj": lambda: adjective(d, more, english, french),
               "verb": lambda: verb(d, english, french, marks),
               "helper": lambda: helper(d, more, english, french),
               "det": lambda: determiner(d, english, french),
               "pronoun": lambda: pronoun(d, more, english, french),
               "object": lambda: objects(d, english, french),
               "word": lambda: plain(d, more, english, french, marks)}
    readers[what]()


def read(path):
    d = Dictionary()
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        line = line.partition("#")[0].strip()
        if not line:
            continue
        left, _, right = line.partition(" = ")
        words = left.split()
        count = 1 if words[0] in ("object", "det", "verb") else 2
        french = [w for w in right.split() if not w.startswith("+")]
        marks = {w for w in right.split() if w.startswith("+")}
        try:
            read_line(d, " ".join(words[:count]), " ".join(words[count:]), " ".join(french), marks)
        except (KeyError, ValueError, IndexError) as fault:
            sys.exit(f"{path}:{number}: {line}: {fault!r}")
    closed(d)
    for lemma, text in list(d.forms):
        if text in BEFORE_VOWEL:
            d.joined.setdefault((lemma, BEFORE_VOWEL[text]))
    return d


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def write(d):
    bits = {mark: 1 << at for at, mark in enumerate(MARKS)}
    print("/* dictionary_data.c - written by gen/dictionary.py from french.dictionary; do not\n"
          " * edit. */\n#include \"attn/model/dictionary_data.h\"\n\n/* clang-format off */\n")
    print(f"const size_t dictionary_lemmas = {len(d.lemmas)};\n")
    print("const struct dictionary_entry dictionary_english[] = {")
    for text in sorted(d.english, key=lambda t: t.encode()):
        entry = d.english[text]
        first = entry["noun"] if entry["noun"] is not None else entry["verb"]
        second = entry["verb"] if entry["noun"] is not None else None
        marks = sum(bits[mark] for mark in entry["marks"])
        print(f"    {{{quoted(text)}, {first}, {-1 if second is None else second}, {marks:#x}}},")
    print("};\nconst size_t dictionary_english_n = "
          "sizeof dictionary_english / sizeof *dictionary_english;\n")
    print("const struct dictionary_form dictionary_french[] = {")
    forms = [(key, value, False) for key, value in d.forms.items()]
    forms += [(key, (ANY, 0, False), True) for key in d.joined if key not in d.forms]
    for (lemma, text), (agreement, persons, infinitive), joined in sorted(
            forms, key=lambda item: (item[0][1].encode(), item[0][0])):
        vowel = text[0] in VOWELS and text not in d.aspirated
        print(f"    {{{quoted(text)}, {lemma}, {agreement}, {persons}, {int(infinitive)}, "
              f"{int(vowel)}, {int(joined)}, {int(lemma in d.nouns)}}},")
    print("};\nconst size_t dictionary_french_n = "
          "sizeof dictionary_french / sizeof *dictionary_french;\n")
    print("const struct dictionary_joint dictionary_before_vowel[] = {")
    for before, after in sorted(BEFORE_VOWEL.items()):
        print(f'    {{{quoted(before)}, "", {quoted(after)}}},')
    print("};\nconst size_t dictionary_before_vowel_n = "
          "sizeof dictionary_before_vowel / sizeof *dictionary_before_vowel;\n")
    print("const struct dictionary_joint dictionary_contracted[] = {")
    for (before, after), text in sorted(CONTRACTED.items()):
        print(f"    {{{quoted(before)}, {quoted(after)}, {quoted(text)}}},")
    print("};\nconst size_t dictionary_contracted_n = "
          "sizeof dictionary_contracted / sizeof *dictionary_contracted;\n")
    for name, key in (("LE", ("determiner", "le")), ("DU", ("determiner", "du")),
                      ("NE", ("word", "ne")), ("DE", ("prep", "de"))):
        print(f"const size_t dictionary_{name.lower()} = {d.lemmas[key]};")


write(read(SOURCE))
