#!/usr/bin/env python3
"""Trim the XLM-R vocabulary of the base model to the pieces that the seven languages use.

    python -m prepare.trim --base BASE --data DATA --out TRIMMED --pieces 52000

A unigram tokenizer picks the most probable way to cut a word. Taking away pieces that no best cut uses leaves every
best cut in place, so German and English texts of the data folder are cut exactly as before; an unseen rare word may
be cut finer. Writes tokenizer.json (same normalizer, pre-tokenizer and post-processor, <mask> gone) and kept_ids.npy:
the old id of every new id, from which the other scripts take the rows of the embedding.
"""
import argparse
import csv
import gzip
import json
import pathlib
import unicodedata

import numpy as np
import wordfreq
from tokenizers import Tokenizer

SPECIALS = ["<s>", "<pad>", "</s>", "<unk>"]
# Words of each language's frequency list. German builds compounds, so its list is the longest.
WORDS = {"de": 400_000, "en": 200_000, "fr": 80_000, "es": 80_000, "it": 80_000, "nl": 80_000, "pt": 80_000}
# How much a language's words count when the budget forces a choice.
WEIGHT = {"de": 4.0, "en": 2.0, "fr": 1.0, "es": 1.0, "it": 1.0, "nl": 1.0, "pt": 1.0}


def labelled_texts(data: pathlib.Path):
    """(text, language) of every labelled sentence and aspect sentence."""
    for path in sorted(data.glob("*/*.tsv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            column = next(lines).rstrip("\n").split("\t").index("lang")
            for line in lines:
                fields = line.rstrip("\n").split("\t")
                yield fields[0], fields[column]


def cells(data: pathlib.Path):
    """Every cell with words in it of the whole feedback files."""
    for path in sorted(data.glob("realistic/*.csv")):
        with open(path, encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            for row in csv.reader(file, delimiter=";" if first.count(";") > first.count(",") else ","):
                yield from (cell for cell in row if any(c.isalpha() for c in cell))


def umlauts_spelt_out(text: str) -> str:
    for letter, spelling in zip("äöüßÄÖÜ", ["ae", "oe", "ue", "ss", "Ae", "Oe", "Ue"]):
        text = text.replace(letter, spelling)
    return text


def shouted(text: str) -> str:
    return text.replace("ß", "SS").upper()


def words_of(lang: str):
    """(word, frequency) in the ways it is written; rarer spellings count for less."""
    for rank, word in enumerate(wordfreq.top_n_list(lang, WORDS[lang], wordlist="best")):
        frequency = wordfreq.word_frequency(word, lang) * WEIGHT[lang]
        yield word, frequency
        yield word[:1].upper() + word[1:], frequency
        if rank < WORDS[lang] // 4:
            yield shouted(word), frequency / 10
            if lang == "de" and umlauts_spelt_out(word) != word:
                yield umlauts_spelt_out(word), frequency / 10


def serves_as_single(piece: str) -> bool:
    """One character that customers in these languages type: Latin letters, digits, punctuation, money, symbols, emoji."""
    if len(piece) == 2 and piece[0] == "▁":
        piece = piece[1]
    if len(piece) != 1:
        return False
    kind = unicodedata.category(piece)
    if kind[0] == "L":
        return "LATIN" in unicodedata.name(piece, "") or piece in "ªº"
    if kind[0] == "M":  # accents written apart, and the selectors that emoji are made of
        return 0x300 <= ord(piece) < 0x370 or 0xFE00 <= ord(piece) < 0xFE10 or piece == "\u20e3"
    if kind == "Nd":
        return piece in "0123456789"
    return kind[0] in "PSN" or kind in ("Cf", "Zs")


def mass(tokenizer: Tokenizer, weighted, size: int) -> np.ndarray:
    """How often (weighted) each piece is used."""
    total = np.zeros(size)
    weighted = list(weighted)
    for at in range(0, len(weighted), 50_000):
        texts, weights = zip(*weighted[at:at + 50_000])
        encodings = [e.ids for e in tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]
        lengths = [len(ids) for ids in encodings]
        total += np.bincount(np.concatenate([np.array(ids, np.int64) for ids in encodings]),
                             weights=np.repeat(weights, lengths), minlength=size)[:size]
    return total


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--base", type=pathlib.Path, required=True)
    arguments.add_argument("--data", type=pathlib.Path, required=True)
    arguments.add_argument("--out", type=pathlib.Path, required=True)
    arguments.add_argument("--pieces", type=int, default=52_000)
    args = arguments.parse_args()

    spec = json.loads((args.base / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json"))
    vocabulary = spec["model"]["vocab"]
    size = len(vocabulary)
    assert [piece for piece, _ in vocabulary[:4]] == SPECIALS

    labelled = set(labelled_texts(args.data))
    first = sorted({text for text, lang in labelled if lang in ("de", "en")} | set(cells(args.data)))
    others = sorted({text for text, lang in labelled} - set(first))
    in_first = mass(tokenizer, ((text, 1.0) for text in first), size)
    in_others = mass(tokenizer, ((text, 1.0) for text in others), size)
    variants = [(change(text), 0.1) for text in first[::3] for change in (str.lower, umlauts_spelt_out)]
    in_variants = mass(tokenizer, variants, size)
    in_words = sum(mass(tokenizer, words_of(lang), size) for lang in WORDS)

    # Kept whatever the budget: single characters and all that German and English texts use. The rest competes by
    # how often texts and (per million words) the frequency lists use it.
    must = (in_first > 0) | np.array([serves_as_single(piece) for piece, _ in vocabulary])
    must[:4] = True
    mask = next(i for i, (piece, _) in enumerate(vocabulary) if piece == "<mask>")
    worth = in_others + in_variants + in_words * 1e6
    worth[must] = np.inf
    worth[mask] = 0
    ranked = np.argsort(-worth, kind="stable")[:args.pieces]
    keep = np.sort(ranked[worth[ranked] > 0])
    print(f"{must.sum()} pieces must stay; {(worth > 0).sum()} are used at all; {len(keep)} kept; "
          f"share of the word lists' mass on dropped pieces: {in_words[np.setdiff1d(np.arange(size), keep)].sum() / in_words.sum():.5%}")

    # The scores stay to the last digit: rounding them turns near ties ("." + "..." against "..." + ".") the other way.
    spec["model"]["vocab"] = [vocabulary[i] for i in keep]
    spec["added_tokens"] = [token for token in spec["added_tokens"] if token["content"] in SPECIALS]
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "tokenizer.json").write_text(
        json.dumps(spec, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    np.save(args.out / "kept_ids.npy", keep)
    print(f"tokenizer.json {(args.out / 'tokenizer.json').stat().st_size / 1e6:.2f} MB")

    trimmed = Tokenizer.from_file(str(args.out / "tokenizer.json"))
    for name, texts in (("German and English", first), ("others", others)):
        unknown = total = different = 0
        for at in range(0, len(texts), 50_000):
            part = texts[at:at + 50_000]
            for old, new in zip(tokenizer.encode_batch_fast(part), trimmed.encode_batch_fast(part)):
                ids = np.array(new.ids)
                unknown += int((ids == 3).sum())
                total += len(ids)
                different += not np.array_equal(keep[ids], old.ids)
        print(f"{name}: {different} of {len(texts)} texts cut differently, {unknown} of {total} tokens unknown "
              f"({unknown / total:.4%})")


if __name__ == "__main__":
    main()
