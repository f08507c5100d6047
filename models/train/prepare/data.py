"""The training rows: which texts, how often, and how they are roughened up.

Only sources classed `permissive` in LICENCES.tsv are read for training. A pass over the data is a fresh, balanced
draw (`draw`); the numbers in MIX say how many rows of each source and label one pass takes.
"""
import collections
import dataclasses
import difflib
import gzip
import hashlib
import pathlib
import random
import re

import numpy as np

from prepare import synthetic

LABELS = ("negative", "neutral", "positive")

# Rows per pass and (negative, neutral, positive). The labels are balanced within reach, because the priors of the
# sources contradict each other: restaurant sentences are 70 % positive, transport tweets 70 % negative. What imbalance
# is left, and what each source means by a label, is learnt apart (`train.py`, the bias of a source). Three-star clothing
# reviews are a mixture of both opinions, not the absence of one: they are long and few of them are drawn.
MIX = {
    "umsab": (4000, 4000, 4000),  # all of it: the balanced benchmark that comes closest to short, informal feedback
    "potts": (1422, 1500, 1500),
    "sb10k": (123, 1000, 676),
    "mobasa_train": (700, 284, 360),
    "mobasa_dev": (568, 700, 101),
    "mabsa": (3300, 1800, 3300),
    "tweeteval_val": (0, 140, 91),
    "uci_amazon_cells": (220, 0, 220),
    "uci_imdb": (160, 0, 160),
    "uci_yelp": (220, 0, 220),
    "clothing_en": (350, 500, 350),
    "synthetic": (1800, 1400, 1700),
}
# The last phase: what the feedback of customers needs, less of the translated reviews, and the tweets, which the first
# phase has seen often, only half a pass at a time.
MIX_LAST = MIX | {
    "umsab": (2000, 2000, 2000),
    "potts": (900, 950, 950),
    "sb10k": (123, 600, 500),
    "mobasa_train": (350, 240, 260),
    "mobasa_dev": (350, 450, 101),
    "mabsa": (1800, 1300, 1800),
    "clothing_en": (220, 320, 220),
}
# Translated six times over, so a fixed part of each language is enough: (negative, neutral, positive) rows of one language.
MABSA_POOL = (1500, 471, 2200)
# Sources whose labels the shipped model follows; the others may lean elsewhere while they are learnt from.
REFERENCE = ("umsab", "synthetic")


@dataclasses.dataclass(frozen=True)
class Row:
    text: str
    label: int
    lang: str
    source: str


def permissive_sources(data: pathlib.Path) -> set[str]:
    lines = (data / "LICENCES.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {line.split("\t")[0] for line in lines if line.split("\t")[1] == "permissive"}


def read_rows(data: pathlib.Path, split: str) -> list[Row]:
    with gzip.open(data / "sentiment" / f"{split}.tsv.gz", "rt", encoding="utf-8", newline="\n") as lines:
        next(lines)
        fields = (line.rstrip("\n").split("\t") for line in lines)
        return [Row(text, LABELS.index(label), lang, source) for text, label, lang, source in fields]


def normal(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def steady(text: str) -> int:
    """A number that depends on the text alone: choices made by it are the same in every run."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=6).digest(), "big")


def aspect_texts(data: pathlib.Path, split: str, lang: str) -> list[tuple[str, str, str]]:
    """(text, domain, aspects) of one M-ABSA file."""
    with gzip.open(data / "aspects" / f"mabsa_{split}_{lang}.tsv.gz", "rt", encoding="utf-8", newline="\n") as lines:
        next(lines)
        fields = [line.rstrip("\n").split("\t") for line in lines]
        return [(text, domain, aspects) for text, _, domain, aspects in fields]


def parallel(data: pathlib.Path, split: str, lang: str, other: str) -> list[tuple[str, str]]:
    """Translations of each other. The files are in the same order but for a few missing lines; the aspect labels,
    which are not translated, tell where. Lines next to a gap are left out, for there the match may be off by one."""
    ours, theirs = aspect_texts(data, split, lang), aspect_texts(data, split, other)
    matcher = difflib.SequenceMatcher(None, [row[1:] for row in ours], [row[1:] for row in theirs], autojunk=False)
    pairs = []
    for block in matcher.get_matching_blocks():
        for k in range(2, block.size - 2):
            pairs.append((ours[block.a + k][0], theirs[block.b + k][0]))
    return pairs


def with_all_sources(mix: dict, rows: list[Row], most: int = 700) -> dict:
    """The mix, and of every source that it does not name this many rows of each label at most."""
    counts = collections.Counter((row.source, row.label) for row in rows if row.source not in mix)
    others = sorted({source for source, _ in counts})
    return mix | {source: tuple(min(most, counts[source, label]) for label in range(len(LABELS))) for source in others}


def natural(mix: dict, rows: list[Row]) -> dict:
    """The mix with as many rows of each source, in the proportions in which the source has its labels."""
    counts = collections.Counter((row.source, row.label) for row in rows)
    totals = collections.Counter(row.source for row in rows)
    return {source: tuple(round(sum(quota) * counts[source, label] / max(totals[source], 1))
                          for label in range(len(LABELS))) for source, quota in mix.items()}


def training_rows(data: pathlib.Path, every_licence: bool = False) -> list[Row]:
    """The rows to learn from; with `every_licence`, to see what the other sources would add, those too."""
    allowed = permissive_sources(data)
    # Some sentences stand in both M-ABSA splits; those of its dev files serve the retrieval test and are not trained on.
    held = {normal(text) for lang in ("de", "en", "es", "fr", "nl", "pt") for text, _, _ in aspect_texts(data, "dev", lang)}
    rows, pool = [], collections.defaultdict(list)
    for row in read_rows(data, "train"):
        if (row.source not in allowed and not every_licence) or normal(row.text) in held:
            continue
        if row.source == "mabsa":
            pool[row.lang, row.label].append(row)
        else:
            rows.append(row)
    for (_, label), part in sorted(pool.items()):
        rows += sorted(part, key=lambda row: steady(row.text))[:MABSA_POOL[label]]
    rows += [Row(text, LABELS.index(label), lang, "synthetic") for text, label, lang in synthetic.rows()]
    return rows


def draw(rows: list[Row], mix: dict[str, tuple[int, int, int]], number: int, seed: int = 7) -> list[Row]:
    """The rows of pass `number`. Sources larger than their quota are walked through from pass to pass."""
    pools = collections.defaultdict(list)
    for row in rows:
        pools[row.source, row.label].append(row)
    drawn = []
    for (source, label), pool in sorted(pools.items()):
        wanted = mix.get(source, (0, 0, 0))[label]
        if wanted == 0:
            continue
        order = sorted(pool, key=lambda row: steady(row.text))
        wanted = min(wanted, len(order))
        start = number * wanted
        drawn += [order[(start + k) % len(order)] for k in range(wanted)]
    random.Random(f"{seed} {number}").shuffle(drawn)
    return drawn


UMLAUTS = dict(zip("äöüßÄÖÜ", ["ae", "oe", "ue", "ss", "Ae", "Oe", "Ue"]))


def typo(text: str, chance: random.Random) -> str:
    places = [i for i in range(1, len(text) - 1) if text[i].isalpha() and text[i + 1].isalpha()]
    if len(places) < 6:
        return text
    i = chance.choice(places)
    kind = chance.randrange(3)
    if kind == 0:
        return text[:i] + text[i + 1] + text[i] + text[i + 2:]
    if kind == 1:
        return text[:i] + text[i + 1:]
    return text[:i] + text[i] + text[i:]


def roughen(text: str, chance: random.Random) -> str:
    """What people do to text in a survey field; none of it changes the meaning."""
    if chance.random() < 0.5:
        text = re.sub(r"@\w+", "@user", text)
        text = re.sub(r"https?://\S+", "http", text)
    elif "http" in text and chance.random() < 0.3:
        text = re.sub(r"\s*https?\S*", "", text) or text
    if chance.random() < 0.12:
        text = text.lower()
    elif chance.random() < 0.02:
        text = text.upper()
    if chance.random() < 0.10:
        text = "".join(UMLAUTS.get(c, c) for c in text)
    if chance.random() < 0.15:
        text = re.sub(r"\s*[.!]+$", "", text) or text
    if chance.random() < 0.10:
        text = typo(text, chance)
    return text


def batches_of(lengths: list[int], tokens: int, chance: random.Random) -> list[list[int]]:
    """Index lists of about `tokens` tokens each, of texts of similar length, in random order. Lengths are compared
    within windows only, so that a batch is not all of one source."""
    made = []
    for at in range(0, len(lengths), 1500):
        window = sorted(range(at, min(at + 1500, len(lengths))), key=lambda i: lengths[i])
        batch: list[int] = []
        for i in window:
            if batch and (len(batch) + 1) * lengths[i] > tokens:
                made.append(batch)
                batch = []
            batch.append(i)
        if batch:
            made.append(batch)
    chance.shuffle(made)
    return made


def padded(ids: list[list[int]], pad: int = 1) -> tuple[np.ndarray, np.ndarray]:
    width = max(map(len, ids))
    out = np.full((len(ids), width), pad, np.int64)
    mask = np.zeros((len(ids), width), np.int64)
    for i, row in enumerate(ids):
        out[i, :len(row)] = row
        mask[i, :len(row)] = 1
    return out, mask
