#!/usr/bin/env python3
"""Texts of one to four words by language, for `lingua/`: (kind, language, words, text), tab-separated.

    python language_rows.py --data DATA --repository . --rows rows > language_rows.tsv

Kinds: `answer`, whole texts of that many words: labelled sentences and reviews, written mentions, short complaints;
`window`, the first words of longer labelled texts; `labelled`, tests/data/labelled/languages.tsv.
At most 400 a kind, language and number of words. The languages that are not served come from ROWS (see rows.py).
"""
import argparse
import collections
import csv
import gzip
import json
import pathlib
import random

MOST = 400
SERVED = ["de", "en", "es", "fr", "it", "nl", "pt"]


def is_plain(text):
    return not any(mark in text for mark in ("@", "http", "www.", "#", "<", "\t", "_", "RT ")) and any(c.isalpha() for c in text)


def words_of(text):
    return [word for word in text.split() if any(c.isalpha() for c in word)]


def sources(args):
    """(kind of source, language, text)."""
    for part in ("dev", "train"):
        with gzip.open(args.data / f"sentiment/{part}.tsv.gz", "rt", encoding="utf-8", newline="\n") as file:
            next(file)
            for line in file:
                text, _, lang, _ = line.rstrip("\n").split("\t")
                yield "labelled", lang, text
    with open(args.data / "written/feedback.jsonl", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            for mention in row["mentions"]:
                yield "written", row["lang"], mention["t"]
    with open(args.repository / "models/train/prepare/sentences/short_complaints.tsv", encoding="utf-8") as file:
        for line in file:
            lang, _, text = line.rstrip("\n").split("\t")
            yield "written", lang, text
    for path in sorted(args.rows.glob("text/*.txt")):
        if path.stem in ("pl", "tr", "da", "sv", "cs"):
            for line in open(path, encoding="utf-8"):
                yield "labelled", path.stem, line.strip()


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=pathlib.Path, required=True)
    arguments.add_argument("--repository", type=pathlib.Path, required=True)
    arguments.add_argument("--rows", type=pathlib.Path, required=True)
    args = arguments.parse_args()
    found = collections.defaultdict(dict)
    for source, lang, text in sources(args):
        if not is_plain(text):
            continue
        words = words_of(text)
        if 1 <= len(words) <= 4:
            found["answer", lang, len(words)].setdefault(text.lower().strip(" .!?,"), text)
        elif len(words) > 4 and source == "labelled":
            for count in (1, 2, 3, 4):
                if len(found["window", lang, count]) < 40_000:
                    window = " ".join(words[:count])
                    found["window", lang, count].setdefault(window.lower(), window)
    for (kind, lang, count), texts in sorted(found.items()):
        texts = sorted(texts.values())
        random.Random(3).shuffle(texts)
        for text in texts[:MOST]:
            print(kind, lang, count, text, sep="\t")
    with open(args.repository / "tests/data/labelled/languages.tsv", encoding="utf-8") as file:
        for line in file:
            lang, text = line.rstrip("\n").split("\t")
            print("languages.tsv", lang, len(text.split()), text, sep="\t")


if __name__ == "__main__":
    main()
