#!/usr/bin/env python3
"""Builds the teaching model's lexicon and writes attn/model/lexicon_data.c.

    python3 attn/model/gen/lexicon.py --first-names A --census B
    python3 attn/model/gen/lexicon.py --first-names A --census B --check

Words of Debian packages that are unpacked and not installed (dpkg -x FILE ROOT) are read
with --root ROOT.

Sources (their notices stand in NOTICES):
  WordNet 3.0     Debian packages wordnet-base 1:3.0-37, wordnet-sense-index
  SCOWL           Debian package scowl 2020.12.07: which words are common
  compromise      npm package compromise 14.17.0 (MIT). A: a folder in which it was
                  installed (npm install compromise@14.17.0); node reads its lexicon
  US census 1990  names by frequency, as the PyPI package names 0.3.0 carries them.
                  B: its source archive unpacked (pip download --no-binary :all: names)
  words.txt       beside this file: what we know by hand
Needs Python 3.11 with numpy and scipy. The words, features and names that come out
depend on the sources alone. The topics come from a singular value decomposition, whose
last digit depends on the machine: --check allows them a difference of 1 in 7.
"""
import argparse
import collections
import functools
import json
import math
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as sla

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "lexicon_data.c"
WORDNET = Path("usr/share/wordnet")      # below --root
SCOWL = Path("usr/share/dict/scowl")
TIERS = (10, 20, 35)   # the topics are learnt from all of these
TIER = 20              # every word as common as this enters the table;
LEAST_WEIGHT = 4       # of the less common, those that texts use this often,
LEAST_CONCRETE = .5    # and the names of people, animals and things
TOPICS = 24
SURNAMES = 1500
LEAST_CENSUS = .008    # percent of people who bear a first name

# ---- WordNet ----------------------------------------------------------------------

POS_OF = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}

# What a noun is: the WordNet senses that it must lie under.
CLASSES = {
    "HUM": "person.1", "ANIMAL": "animal.1",
    "GROUP": "organization.1 people.1 social_group.1",
    "FOOD": "food.1 food.2 foodstuff.2 edible_fruit.1",
    "LIQUID": "liquid.1 beverage.1 liquid.3", "CONTAINER": "container.1 bag.1",
    "VEHICLE": "vehicle.1 conveyance.3",
    "PATH": "way.6 road.1 passage.3 bridge.1 body_of_water.1 obstruction.1 stream.1",
    "BUILD": "structure.1",
    "PLACE": "location.1 region.3 geographical_area.1 room.1 area.5 "
             "geological_formation.1 vegetation.1",
    "CLOTH": "clothing.1 footwear.2",
    "TEXT": "publication.1 written_communication.1 text.1 message.2 document.1",
    "MACH": "machine.1 device.1 instrumentality.3 equipment.1", "PLANT": "plant.2",
    "EVENT": "event.1 act.2", "TIME": "time_period.1 time_unit.1",
    "ABSTR": "abstraction.6", "FEMC": "female.2 woman.1 girl.1",
    "MASCC": "male.2 man.1 boy.1",
}
NOUN_DIMS = (("FOOD", "hFOOD"), ("LIQUID", "hLIQ"), ("CONTAINER", "hCONT"),
             ("PATH", "hPATH"), ("MACH", "hMACH"), ("TEXT", "hTEXT"), ("PLACE", "hPLACE"),
             ("CLOTH", "hCLOTH"), ("VEHICLE", "hVEH"), ("BUILD", "hPLACE"),
             ("PLANT", "hPLANT"))
# Sentence frames of verbs: somebody ----s; something ----s; with an object.
FRAMES_SOMEBODY = {2, 7, 8, 9, *range(13, 23), *range(24, 31), 32, 33}
FRAMES_SOMETHING = {1, 4, 5, 6, 10, 11, 12, 35}
FRAMES_OBJECT = {5, 8, 9, 10, 11, *range(14, 22), 24, 25, 30, 31}
MENTAL = {31, 32, 37}  # lexicographer files: cognition, communication, emotion

SUFFIXES = {
    "n": (("ses", "s"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"),
          ("ies", "y"), ("ves", "f"), ("s", "")),
    "v": (("ies", "y"), ("es", "e"), ("es", ""), ("s", ""), ("ed", "e"), ("ed", ""),
          ("ing", "e"), ("ing", "")),
    "a": (("er", ""), ("est", ""), ("er", "e"), ("est", "e")), "r": ()}
# The share of a lemma's occurrences that a form gets.
SHARE = {"base": .45, "s": .15, "ed": .3, "ing": .2, "sg": .75, "pl": .25}


class WordNet:
    """senses[lemma][pos]: (offset, count, lexicographer file, number);
    synsets[pos, offset]: (words, pointers, frames, gloss)."""

    def __init__(self, root):
        self.folder = root / WORDNET
        self.senses = collections.defaultdict(lambda: collections.defaultdict(list))
        self.synsets = {}
        self.irregular = {}
        for line in open(self.folder / "index.sense"):
            key, offset, number, count = line.split()
            lemma, rest = key.split("%")
            part = rest.split(":")
            self.senses[lemma][POS_OF[part[0]]].append(
                (int(offset), int(count), int(part[1]), int(number)))
        for pos, name in FILES.items():
            for line in open(self.folder / f"data.{name}"):
                if line[0] != " ":
                    self.read_synset(pos, line)
            if pos != "r":  # as adverbs, better and best would hide the adjectives
                for line in open(self.folder / f"{name}.exc"):
                    form, lemma = line.split()[:2]
                    self.irregular.setdefault((pos, form), lemma)

    def read_synset(self, pos, line):
        head, gloss = line.split(" | ", 1)
        t = head.split()
        n = int(t[3], 16)
        words = [t[4 + 2 * i].split("(")[0].lower() for i in range(n)]
        at = 4 + 2 * n
        n_pointers = int(t[at])
        pointers = [(t[at + 1 + 4 * i], int(t[at + 2 + 4 * i]), t[at + 3 + 4 * i])
                    for i in range(n_pointers)]
        at += 1 + 4 * n_pointers
        frames = []
        if pos == "v" and at < len(t):
            frames = [int(t[at + 2 + 3 * i]) for i in range(int(t[at]))]
        self.synsets[pos, int(t[0])] = (words, pointers, frames, gloss.strip())

    @functools.cache
    def above(self, offset):
        """A noun sense and everything that it is a kind of."""
        out = {offset}
        for kind, to, pos in self.synsets["n", offset][1]:
            if kind in ("@", "@i") and pos == "n":
                out |= self.above(to)
        return frozenset(out)

    @functools.cache
    def anchors(self):
        out = {}
        for name, spots in CLASSES.items():
            out[name] = set()
            for spot in spots.split():
                lemma, number = spot.split(".")
                out[name] |= {o for o, _, _, k in self.senses[lemma]["n"]
                              if k == int(number)}
        return out

    def count(self, lemma, pos):
        return sum(c for _, c, _, _ in self.senses[lemma][pos])

    def knows(self, lemma, pos):
        return "_" not in lemma and lemma in self.senses and pos in self.senses[lemma]

    def lemmas(self, form, pos):
        if (pos, form) in self.irregular:
            return [self.irregular[pos, form]]
        out = [form] if self.knows(form, pos) else []
        for suffix, instead in SUFFIXES[pos]:
            if not form.endswith(suffix) or len(form) - len(suffix) < 2:
                continue
            base = form[:-len(suffix)] + instead
            if base == "be":  # all of its forms are irregular: bees are no verb
                continue
            bases = [base]
            if pos == "v" and suffix in ("ed", "ing") and not instead and \
                    len(base) > 3 and base[-1] == base[-2]:
                bases.append(base[:-1])
            out += [b for b in bases if self.knows(b, pos) and b not in out]
        return out

    def weighted(self, lemma, pos):
        """A lemma's senses with their share; rare ones are never quite nothing."""
        senses = self.senses[lemma][pos]
        weights = [s[1] + (1., .3, .1)[min(i, 2)] for i, s in enumerate(senses)]
        return [(s, w / sum(weights)) for s, w in zip(senses, weights)]

    @functools.cache
    def noun(self, lemma):
        out = collections.Counter()
        for (offset, *_), w in self.weighted(lemma, "n"):
            for name, spots in self.anchors().items():
                if self.above(offset) & spots:
                    out[name] += w
        return {k: round(v, 2) for k, v in out.items() if v >= .08}

    @functools.cache
    def verb(self, lemma):
        out = collections.Counter()
        for (offset, _, file, _), w in self.weighted(lemma, "v"):
            frames = set(self.synsets["v", offset][2])
            if frames & FRAMES_SOMEBODY and not frames & FRAMES_SOMETHING:
                out["NEEDANIM"] += w
            if file in MENTAL:
                out["MENTAL"] += w
            if frames & FRAMES_OBJECT:
                out["TRANS"] += w
        return {k: round(v, 2) for k, v in out.items() if v >= .1}


def form_of(word, pos, lemma):
    if pos == "n":
        return "sg" if word == lemma else "pl"
    if pos != "v":
        return ""
    if word == lemma:
        return "base"
    if word.endswith("ing"):
        return "ing"
    return "s" if word.endswith("s") and not word.endswith("ss") else "ed"


def common_words(root):
    """word -> tier, of plain small letters."""
    out = {}
    for tier in TIERS:
        for kind in ("english", "american"):
            for word in open(root / SCOWL / f"{kind}-words.{tier}",
                             encoding="latin1"):
                word = word.strip().lower()
                if word.isascii() and word.isalpha():
                    out.setdefault(word, tier)
    return out


def entries(net, words):
    """word -> {pos: (lemma, weight, form)}"""
    out = {}
    for word in words:
        entry = {}
        for pos in "nvar":
            best = max(net.lemmas(word, pos), key=lambda l: net.count(l, pos),
                       default=None)
            if best:
                form = form_of(word, pos, best)
                weight = (net.count(best, pos) + .5) * SHARE.get(form, 1.)
                entry[pos] = (best, weight, form)
        if entry:
            out[word] = entry
    return out


def as_often(word, entry, pos, form):
    """The entry with that class as heavy as what weighs most in it."""
    most = max((e[1] for e in entry.values()), default=1.)
    return entry | {pos: (word, most, form)}


# ---- topics: which words stand in the same definitions ------------------------------

STOP_WORDS = set("""a an the of or and to in for by with that is are be as on at from it
its used which who someone something usually especially having has have not into was were
being been one e g i s t any their they his her he she you this those these than other out
up about when if where such some can may very more most all but no so only also via etc
your my we our me us him do does did had will would through over under esp make made act
state quality relating characterized capable lacking""".split())
CONTEXTS, LEAST_CONTEXT, LEAST_PMI, RANK = 6000, 6, .3, 33


def documents(net, keep):
    """For each sense: its own words, and those and the words around it."""
    @functools.cache
    def lemma(word):
        for pos in "nva":
            found = net.lemmas(word, pos)
            if found:
                return max(found, key=lambda l: net.count(l, pos))
        return word

    for words, pointers, _, gloss in net.synsets.values():
        near = {lemma(x) for x in re.findall("[a-z]+", gloss.lower())
                if x not in STOP_WORDS and len(x) > 2}
        own = [w for w in words if w in keep]
        for kind, to, pos in pointers:
            if kind in ("@", "@i", "%p", "#p", "+", ";c", "&", "*"):
                near |= {w for w in net.synsets[pos if pos != "s" else "a", to][0]
                         if w in keep}
        yield set(own), sorted(near | set(own))


def learn_topics(net, lexicon):
    """lemma -> unit vector of TOPICS: weighted co-occurrence, reduced."""
    keep = {e[0] for entry in lexicon.values() for e in entry.values()}
    docs = list(documents(net, keep))
    seen = collections.Counter(w for _, words in docs for w in words)
    contexts = sorted((w for w, c in seen.items() if c >= LEAST_CONTEXT),
                      key=lambda w: (-seen[w], w))[:CONTEXTS]
    column = {w: i for i, w in enumerate(contexts)}
    targets = sorted(keep)
    row = {w: i for i, w in enumerate(targets)}
    counts = collections.Counter()
    for own, words in docs:
        columns = [(column[x], x) for x in words if x in column]
        for w in words:
            if w in row:
                weight = 3. if w in own else 1.
                for c, x in columns:
                    if x != w:
                        counts[row[w], c] += weight
    cells = sorted(counts)
    rows, columns = (np.array(x) for x in zip(*cells))
    values = np.array([counts[c] for c in cells])
    shape = (len(targets), len(contexts))
    by_row = np.bincount(rows, values, shape[0])
    by_column = np.bincount(columns, values, shape[1]) ** .75
    by_column /= by_column.sum()
    pmi = np.log(values / (by_row[rows] * by_column[columns]))
    ok = pmi > LEAST_PMI
    u, s, _ = sla.svds(sp.csr_matrix((pmi[ok], (rows[ok], columns[ok])), shape), k=RANK,
                       v0=np.ones(min(shape)))
    best = np.argsort(-s)[1:TOPICS + 1]  # the first only says how common a word is
    vectors = u[:, best] * s[best] ** .5
    vectors *= np.where(vectors.sum(0) < 0, -1, 1)  # a decomposition leaves signs open
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = np.where(length > 1e-6, vectors / np.maximum(length, 1e-6), 0)
    return {w: vectors[i] for w, i in row.items() if vectors[i].any()}


# ---- the hand lists and the names -----------------------------------------------------

def read_words():
    """section -> [(values, words)]"""
    out = collections.defaultdict(list)
    for line in open(HERE / "words.txt", encoding="utf-8"):
        line = line.split("#")[0].strip()
        if line.startswith("["):
            section = out[line[1:-1]]
        elif line:
            head, colon, tail = line.partition(":")
            section.append((head.split(), tail.split()) if colon else ([], head.split()))
    return out


def valued(section):
    """word -> {name: value}"""
    out = collections.defaultdict(dict)
    for values, words in section:
        for word in words:
            for value in values:
                name, _, much = value.partition("=")
                out[word][name] = float(much or 1)
    return out


def valued_pairs(section):
    return [(value, word) for values, words in section for value in values
            for word in words]


def listed(section):
    return [w for _, words in section for w in words]


def grammar(hand):
    """The closed words, with the classes that follow from what they are."""
    out = valued(hand["closed"])
    for word in listed(hand["numbers"]):
        out[word] = {"NUM": 1, "D": .5}
    for word in listed(hand["ordinals"]):
        out[word] = {"A": 1, "cA": 1}
    for word in listed(hand["amounts"]):
        out[word].update({"D": 1, "cA": .85, "A": .5})
    for word, f in out.items():
        if word == "to":
            f.update(aTO=1, cP=1)
        elif word == "that":
            f.update(aTHAT=1)
        elif f.get("P") and f.get("SUB"):
            f.update(aPS=1, cP=.4, cSUB=.7)
        else:
            if f.get("P"):
                f["cP"] = 1
            if f.get("SUB"):
                f["cSUB"] = 1
            if f.get("D") and not f.get("NUM"):
                f["cD"] = 1
            if f.get("REL"):
                f["cREL"] = 1
        if f.get("HAVE") and word != "having":
            f["aHV"] = 1
    out["which"].update(REL=1, cREL=.85, cD=.4)
    for kind, words in (("MOD", "ca could wo would should must sha might need"),
                        ("BE", "is are was were ai"), ("DO", "do does did"),
                        ("HAVE", "has have had")):
        for word in words.split():
            out[word + "n't"] = {"AUX": 1, "NEG": 1, kind: 1}
    return out


def first_names(folder, census, hand):
    """name -> "m", "f" or "e" (either)."""
    script = ("import nlp from 'compromise';"
              "console.log(JSON.stringify(nlp.model().one.lexicon))")
    told = json.loads(subprocess.run(["node", "--input-type=module", "-e", script],
                                     cwd=folder, check=True, capture_output=True).stdout)
    sets = {"m": set(), "f": set(), "e": set()}
    for name, tags in told.items():
        tags = [tags] if isinstance(tags, str) else tags
        kind = next((k for k, tag in (("m", "MaleName"), ("f", "FemaleName"),
                                      ("e", "FirstName")) if tag in tags), None)
        if kind and re.fullmatch("[a-z][a-z-]*", name):
            sets[kind].add(name)
    shares = [{}, {}]
    for share, kind in zip(shares, ("male", "female")):
        for line in open(next(census.rglob(f"dist.{kind}.first"))):
            name, percent = line.split()[:2]
            share[name.lower()] = float(percent)
    for name in {*shares[0], *shares[1]}:
        he, she = (share.get(name, 0) for share in shares)
        if he + she >= LEAST_CENSUS:
            sets["m" if he > 4 * she else "f" if she > 4 * he else "e"].add(name)
    sets["m"] |= set(listed(hand["names male"]))
    sets["f"] |= set(listed(hand["names female"]))
    return {name: kind for kind in "efm" for name in sets[kind]}


def surnames(census):
    lines = open(next(census.rglob("dist.all.last"))).readlines()[:SURNAMES]
    return {line.split()[0].lower() for line in lines}


# ---- from an entry to values ----------------------------------------------------------

def mostly(share):
    """What is mostly a person is a person: how often texts speak of a social lion is no
    reason for a pronoun to prefer the zebra."""
    return 1 if share >= .7 else share


def clip(x):
    return max(-3., min(3., x))


class Describer:
    def __init__(self, net, hand):
        self.net, self.hand = net, hand
        self.needs = valued(hand["needs"])
        self.wants = valued(hand["wants"])
        self.blames = valued(hand["blames"])
        self.fits = valued(hand["fits"])
        self.nouns = valued(hand["nouns"])
        self.new = valued(hand["new words"])
        self.male, self.female = set(listed(hand["male"])), set(listed(hand["female"]))

    def classes(self, entry):
        """pos -> probability, the negligible ones dropped."""
        total = sum(e[1] for e in entry.values())
        p = {k: e[1] / total for k, e in entry.items()}
        p = {k: v for k, v in p.items() if v >= .03 or
             (k in "nv" and (v >= .004 or entry[k][1] >= 1.2 or
                             (k == "n" and "v" in entry)))}
        return {k: v / sum(p.values()) for k, v in p.items()}

    def class_values(self, p):
        out = {k.upper(): v for k, v in p.items()}
        top = sorted(p, key=lambda k: -p[k])[:2]
        if len(top) == 1:
            if top[0] != "r":
                out["c" + top[0].upper()] = 1
            return out
        first, second = {"nv": "nv", "av": "av", "an": "an"}.get(
            "".join(sorted(top)), "  ")
        if first == " ":  # adverb and another: both stay possible
            out.update({"c" + k.upper(): p[k] for k in top if k != "r"})
            return out
        pair = (first + second).upper()
        odds = max(p[first], .01) / max(p[second], .01)
        return out | {"a" + pair: 1, "l" + pair: clip(math.log(odds))}

    def noun_values(self, word, lemma, form, p, f):
        if word in self.new or lemma in self.new:
            is_ = self.new.get(word) or self.new[lemma]
        elif lemma in self.nouns:
            is_ = self.nouns[lemma]
        else:
            is_ = self.net.noun(lemma) if self.net.knows(lemma, "n") else {}
        share = max(p, .6)
        human, animal = (mostly(is_.get(k, 0)) for k in ("HUM", "ANIMAL"))
        thing = f.pop("INAN", 0)
        if f.get("UNK") and not is_:
            human, animal, thing = .2, .35, thing or .45
        out = {"PL" if form == "pl" or is_.get("PLUR") else "SG": 1,
               "HUM": human * share, "ANI": animal * share,
               "GRP": is_.get("GROUP", 0) * share,
               "INAN": max(thing, 1 - human - animal, 0) * share}
        for name, dim in NOUN_DIMS:
            if is_.get(name):
                out[dim] = max(out.get(dim, 0), is_[name] * share)
        if is_.get("VEHICLE", 0) > .5:
            out["hCONT"] = .2
        concrete = human or animal or any(is_.get(k) for k in
                                          ("GROUP", "PLACE", "TEXT", "FOOD"))
        if is_.get("EVENT", 0) + is_.get("TIME", 0) > .5 or \
                (is_.get("ABSTR", 0) > .7 and not concrete):
            out["ABS"] = 1
        if lemma in self.male or \
                is_.get("MASCC", 0) > .4 and not is_.get("FEMC", 0) > .4:
            out["MASC"] = 1
        elif lemma in self.female or is_.get("FEMC", 0) > .4:
            out["FEM"] = .3 if lemma == "nurse" else 1
        return out

    def verb_values(self, word, lemma, p):
        is_ = self.net.verb(lemma) if self.net.knows(lemma, "v") else {}
        out = {"TRANS": is_.get("TRANS", 0)}
        if word not in self.needs and p > .2:
            out["nANIM"] = is_.get("NEEDANIM", 0) * .7 + .3 * (is_.get("MENTAL", 0) > .5)
        out.update(self.fits.get(word, {}))
        if p > .3:
            out.update(self.blames.get(lemma, {}))
        out.update({"o" + k[1:]: v for k, v in self.wants.get(lemma, {}).items()})
        return out

    def word(self, word, entry, given=()):
        """The values of a word of the open classes, as a dict."""
        f = dict(given)
        p = self.classes(entry)
        f.update(self.class_values(p))
        if "v" in p:
            f["v" + entry["v"][2].upper()] = 1
        if "n" in p:
            f.update(self.noun_values(word, entry["n"][0], entry["n"][2], p["n"], f))
        if "v" in p:
            f.update(self.verb_values(word, entry["v"][0], p["v"]))
        f.update(self.needs.get(word, {}))
        if f.get("PL") and not f.get("vS"):
            f["PLN"] = 1
        return f


# What a stranger's ending tells: values, and classes with weight and form.
GUESSES = (
    ("ly", {"R": 1}, None),
    ("ous ful ish ive able ible less ic al ary", {}, {"a": (1, "")}),
    ("ness ment tion sion ity ship ism ance ence hood", {"INAN": 1}, {"n": (1, "sg")}),
    ("ing", {}, {"v": (1.5, "ing"), "n": (.4, "sg")}),
    ("ed", {}, {"v": (1.5, "ed"), "a": (.5, "")}),
    ("s", {}, {"n": (1.2, "pl"), "v": (.8, "s")}),
    ("", {}, {"n": (2, "sg"), "v": (.6, "base")}),
)
NAME = {"N": 1, "cN": 1, "PN": 1, "SG": 1}
COMPOUND = {"N": 1, "cN": 1, "HUM": 1, "UNK": 1}
# Kinds of token that are no word of the table; lexicon.c asks for them by these keys.
PATTERNS = {
    "*stop": {"PUN": 1, "STOP": 1}, "*punctuation": {"PUN": 1},
    "*number": {"NUM": 1, "D": .4}, "*foreign": {"X": 1},
    "*n't": {"AUX": 1, "NEG": 1, "DO": 1},
    "*title": {"A": .3, "X": 1}, "*title-m": {"A": .3, "X": 1, "tM": 1},
    "*title-f": {"A": .3, "X": 1, "tF": 1},
    "*name-m": NAME | {"HUM": 1, "MASC": 1}, "*name-f": NAME | {"HUM": 1, "FEM": 1},
    "*name-e": NAME | {"HUM": 1}, "*surname": NAME | {"HUM": .9},
    "*proper": NAME | {"HUM": .4, "INAN": .5},
    "*nation": {"A": .6, "N": .4, "aAN": 1, "lAN": .2, "SG": 1, "HUM": .5, "INAN": .3},
    "*-man": COMPOUND | {"MASC": 1, "SG": 1}, "*-men": COMPOUND | {"MASC": 1, "PL": 1, "PLN": 1},
    "*-woman": COMPOUND | {"FEM": 1, "SG": 1}, "*-women": COMPOUND | {"FEM": 1, "PL": 1, "PLN": 1},
}


def guessed(word, describer):
    """Values of a word that only its ending and our lists tell of."""
    for endings, given, entry in GUESSES:
        for ending in endings.split() or [""]:
            if word.endswith(ending) and not (ending == "s" and word.endswith("ss")):
                given = given | {"UNK": 1}
                if entry is None:
                    return given
                full = {k: (word, w, form) for k, (w, form) in entry.items()}
                return describer.word(word, full, given)


# ---- the table --------------------------------------------------------------------------

KIND = {"m": 1, "f": 2, "e": 3}
SURNAME, LOWER, FIRST, CLOSED, ENTRY = 4, 8, 16, 32, 64


class Table:
    """word -> (values, topic lemma, kind, weight)"""

    def __init__(self):
        self.rows = {}

    def add(self, word, values=None, topic=None, kind=0, weight=0.):
        self.rows[word] = [values or {}, topic, kind, weight]


def top_lemma(describer, entry):
    p = describer.classes(entry)
    return entry[max(p, key=lambda k: p[k])][0]


CONCRETE = ("HUM", "ANIMAL", "FOOD", "LIQUID", "CONTAINER", "VEHICLE", "CLOTH", "MACH",
            "BUILD", "PLANT")


def is_concrete(describer, entry):
    """What learners write about, and what its ending tells nothing of."""
    if describer.classes(entry).get("n", 0) < .4:
        return False
    is_ = describer.net.noun(entry["n"][0])
    return max(is_.get(k, 0) for k in CONCRETE) >= LEAST_CONCRETE


def add_open_words(table, describer, lexicon, tiers, wanted):
    own = set(describer.wants) | set(describer.blames) | set(describer.nouns)
    own |= describer.male | describer.female
    wanted = {*wanted, *listed(describer.hand["also"])}
    for word, entry in lexicon.items():
        if tiers[word] <= TIER or word in describer.needs or word in describer.fits or \
                word in wanted or any(e[0] in own for e in entry.values()) or \
                sum(e[1] for e in entry.values()) >= LEAST_WEIGHT or \
                is_concrete(describer, entry):
            table.add(word, describer.word(word, entry), top_lemma(describer, entry),
                      ENTRY, sum(e[1] for e in entry.values()))
    for word in describer.new:
        for form, end in (("sg", ""), ("pl", "s")):
            entry = lexicon.get(word + end) or {"n": (word, 3., form)}
            table.add(word + end, describer.word(word + end, entry),
                      top_lemma(describer, entry), ENTRY,
                      sum(e[1] for e in lexicon.get(word + end, {}).values()))
    for word in {*describer.needs, *describer.wants, *describer.blames,
                 *describer.fits, *describer.nouns} - set(table.rows):
        table.add(word, guessed(word, describer), None, ENTRY, 0)


def add_names(table, names, last, lower, first):
    for name in {*names, *last}:
        if name not in table.rows:
            table.add(name)
        row = table.rows[name]
        if row[2] & CLOSED:
            continue
        kind = KIND.get(names.get(name), 0)
        if kind:
            weight = row[3]
            known = row[2] & ENTRY
            if name in lower or (not known and name not in ("hey", "ok")):
                kind |= LOWER
            if not known or weight < (40 if name in lower else 4) or name in first:
                kind |= FIRST
            row[3] = 0
        row[2] |= kind | (SURNAME if name in last and not kind else 0)


def build(options):
    hand = read_words()
    net = WordNet(options.root)
    tiers = common_words(options.root)
    lexicon = entries(net, tiers)
    topics = learn_topics(net, lexicon)
    describer = Describer(net, hand)
    table = Table()
    names = first_names(options.first_names, options.census, hand)
    for pos, word in valued_pairs(hand["only"]):
        lexicon[word] = {pos: lexicon[word][pos]}
    for word in listed(hand["noun too"]):
        lexicon[word] = as_often(word, lexicon.get(word, {}), "n", "sg")
    for word in listed(hand["adjective too"]):
        lexicon[word] = as_often(word, lexicon[word], "a", "")
    add_open_words(table, describer, lexicon, tiers, names)
    for word, values in grammar(hand).items():
        table.add(word, values | describer.needs.get(word, {}), None, CLOSED | ENTRY, 300)
    add_names(table, names, surnames(options.census), set(listed(hand["names lower"])),
              set(listed(hand["names first"])))
    for (meant,), words in hand["aliases"]:
        values, topic, kind, _ = table.rows[meant]
        for word in words:
            table.add(word, values, topic, kind & (CLOSED | ENTRY), 0)
    for key, values in PATTERNS.items():
        table.add(key, values)
    for title in ("mr.", "mrs.", "ms.", "dr.", "prof.", "st."):
        table.add(title, PATTERNS["*title"], None, ENTRY)
    for endings, _, _ in GUESSES:
        for ending in endings.split() or [""]:
            table.add("*-" + ending, guessed("x" * 4 + ending, describer))
    return table, topics, [w for w in tiers if w not in table.rows]


# ---- writing C ----------------------------------------------------------------------------

COARSE = {"lNV": 4, "lAV": 4, "lAN": 4, "N": 10, "V": 10, "A": 10, "R": 10, "TRANS": 4}
BLOCK = 16  # words a block; the first of each is whole


def twentieths(values):
    """((dim, value in twentieths), ...): sorted, without zeros. What WordNet counted is
    rounded to tenths or quarters; numbers given by hand are exact."""
    out = []
    for dim, value in sorted(values.items()):
        steps = COARSE.get(dim)
        if steps:
            rounded = round(value * steps) / steps
            value = rounded or (math.copysign(1 / 20, value) if value else 0)
        n = round(value * 20)
        if n:
            out.append((dim, n))
    return tuple(out)


def front_coded(words):
    """Blocks of: how many letters are as before; the rest, its last byte + 128."""
    out, starts, before = bytearray(), [], ""
    for i, word in enumerate(words):
        if i % BLOCK == 0:
            starts.append(len(out))
            before = ""
        same = 0
        while same < min(len(word) - 1, len(before)) and word[same] == before[same]:
            same += 1
        out.append(same)
        tail = word[same:].encode()
        out += tail[:-1] + bytes([tail[-1] | 128])
        before = word
    return out, starts


def fnv(data):
    h = 0xCBF29CE484222325
    for byte in data:
        h = (h ^ byte) * 0x100000001B3 & (1 << 64) - 1
    return h


SIEVE_BITS = 17    # as in lexicon_data.h
ENGLISH_BITS = 18


def sieve(words, bits, n):
    """A Bloom filter of `n` bits a word: never says no to a word that is in it."""
    out = bytearray(1 << bits - 3)
    for word in words:
        h = fnv(word.encode())
        for i in range(n):
            at = h + i * (h >> 32) & (1 << bits) - 1
            out[at >> 3] |= 1 << (at & 7)
    return out


def four_bits(vector):
    """A vector as numbers in [-7, 7], its largest being 7, two a byte."""
    n = [int(round(x / np.abs(vector).max() * 7)) & 15 for x in vector]
    return [a | b << 4 for a, b in zip(n[::2], n[1::2])]


def write_array(out, kind, name, items):
    out.append(f"\nconst {kind} {name}[] = {{")
    line = ""
    for item in items:
        item = f"{item},"
        if len(line) + len(item) > 120:
            out.append(line)
            line = ""
        line += item
    out += [line, "};"]


def packed(table, topics, english):
    words = sorted(w for w in table.rows)
    text, starts = front_coded(words)
    rows = [table.rows[w] for w in words]
    records = sorted({twentieths(r[0]) for r in rows})
    index = {r: i for i, r in enumerate(records)}
    dims = sorted({d for r in records for d, _ in r})
    lemmas = sorted({r[1] for r in rows if r[1] in topics})
    topic = {w: i + 1 for i, w in enumerate(lemmas)}
    values, at = [], [0]
    for record in records:
        values += [x for d, n in record for x in (dims.index(d), n)]
        at.append(len(values) // 2)
    return {
        "words": len(words), "text": text, "starts": starts, "dims": dims,
        "record": [index[twentieths(r[0])] for r in rows], "record_at": at,
        "values": values, "kind": [r[2] for r in rows],
        "weight": [min(255, round(16 * math.log2(1 + r[3]))) for r in rows],
        "topic": [topic.get(r[1], 0) for r in rows],
        "topics": [x for w in lemmas for x in four_bits(topics[w])],
        "sieve": sieve([w for w, r in zip(words, rows) if r[3] > 0], SIEVE_BITS, 2),
        "english": sieve(english, ENGLISH_BITS, 4),
    }


def written(p):
    out = ["/* lexicon_data.c - written by gen/lexicon.py; do not edit.",
           " * From WordNet 3.0, SCOWL, compromise, US census names; see NOTICES. */",
           '#include "attn/model/lexicon_data.h"', "", "/* clang-format off */",
           f"\nconst size_t lexicon_words = {p['words']};",
           f"const size_t lexicon_blocks = {len(p['starts'])};"]
    write_array(out, "uint8_t", "lexicon_text", p["text"])
    write_array(out, "uint32_t", "lexicon_block_at", p["starts"])
    write_array(out, "uint16_t", "lexicon_record", p["record"])
    write_array(out, "uint16_t", "lexicon_topic", p["topic"])
    write_array(out, "uint8_t", "lexicon_kind", p["kind"])
    write_array(out, "uint8_t", "lexicon_weight", p["weight"])
    write_array(out, "uint32_t", "lexicon_record_at", p["record_at"])
    write_array(out, "int8_t", "lexicon_values", p["values"])
    write_array(out, "uint16_t", "lexicon_dims", [f"DIM_{d}" for d in p["dims"]])
    write_array(out, "uint8_t", "lexicon_sieve", p["sieve"])
    write_array(out, "uint8_t", "lexicon_english", p["english"])
    write_array(out, "uint8_t", "lexicon_topics", p["topics"])
    arrays = [line.split()[2][:-2] for line in out if line.endswith("[] = {")]
    out.append("\nconst size_t lexicon_bytes =\n    " +
               " +\n    ".join(f"sizeof {a}" for a in arrays) + ";")
    return "\n".join(out) + "\n"


def check(text):
    """The committed table is this one, but for the topics' last digits."""
    ours, theirs = (t.split("const uint8_t lexicon_topics[]")
                    for t in (text, TARGET.read_text()))
    bytes_ = [np.array([int(x) for x in re.findall(r"\d+", t[1])]) for t in (ours, theirs)]
    same = ours[0] == theirs[0] and bytes_[0].shape == bytes_[1].shape
    if same:  # as signed halves
        halves = [np.concatenate([((b & 15) + 8 & 15) - 8, ((b >> 4) + 8 & 15) - 8])
                  for b in bytes_]
        same = np.abs(halves[0] - halves[1]).max() <= 1
    if not same:
        sys.exit(f"{TARGET.name} is not what {Path(__file__).name} writes")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--first-names", type=Path, required=True)
    parser.add_argument("--census", type=Path, required=True)
    parser.add_argument("--root", type=Path, default=Path("/"))
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    p = packed(*build(options))
    text = written(p)
    if options.check:
        check(text)
        return
    TARGET.write_text(text)
    size = len(p["text"]) + 4 * (len(p["starts"]) + len(p["record_at"])) + \
        6 * p["words"] + len(p["values"]) + len(p["sieve"]) + len(p["english"]) + \
        len(p["topics"])
    print(f"{p['words']} words ({len(p['text'])} bytes), {len(p['record_at']) - 1} records "
          f"({len(p['values'])} bytes), {len(p['topics']) * 2 // TOPICS} topics, "
          f"{len(p['dims'])} dims; {size} bytes in all", file=sys.stderr)


if __name__ == "__main__":
    main()
