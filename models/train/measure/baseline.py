#!/usr/bin/env python3
"""Yardsticks on the rows of dev: what simpler methods reach there.

    python -m measure.baseline --data DATA --json measure/figures/baselines.json [--only tfidf_all]

- TF-IDF (words 1-2, characters 2-5) and logistic regression, one model a language, on all permissive training rows,
  classes weighted to balance; and the same on all training rows, whatever their licence, to see what those would add
- VADER, a list of English words with weights and rules: English rows. Its authors' limits: compound >= 0.05 is positive,
  <= -0.05 negative
- TextBlob-de, a list of German words with weights: German rows. Polarity above 0 is positive, below 0 negative: it is
  exactly 0 where no word is known
"""
import argparse
import json
import pathlib

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_union

from prepare import data
from measure import sets


def tfidf(train_rows: list[data.Row], texts: list[str]) -> np.ndarray:
    """Labels of the texts, all of one language."""
    features = make_union(TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
                          TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True))
    x = features.fit_transform([row.text for row in train_rows]).astype(np.float32)
    model = LogisticRegression(C=2.0, class_weight="balanced", max_iter=150, tol=1e-3)
    model.fit(x, [row.label for row in train_rows])
    return model.predict(features.transform(texts).astype(np.float32))


def vader(texts: list[str]) -> list[int]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    analyzer = SentimentIntensityAnalyzer()
    compound = [analyzer.polarity_scores(text)["compound"] for text in texts]
    return [2 if c >= 0.05 else 0 if c <= -0.05 else 1 for c in compound]


def textblob_de(texts: list[str]) -> list[int]:
    from textblob_de import TextBlobDE
    from textblob_de.tokenizers import PatternTokenizer
    tokenizer = PatternTokenizer()  # NLTK's needs a download
    polarity = [TextBlobDE(text, tokenizer=tokenizer).sentiment.polarity for text in texts]
    return [2 if p > 0 else 0 if p < 0 else 1 for p in polarity]


LISTS = {"vader": ("en", vader), "textblob_de": ("de", textblob_de)}
METHODS = (*LISTS, "tfidf", "tfidf_all")


def by_language(train_rows: list[data.Row], dev: list[data.Row]) -> dict[int, int]:
    found = {}
    for lang in sorted({row.lang for row in dev}):
        at = [i for i, row in enumerate(dev) if row.lang == lang]
        ours = [row for row in train_rows if row.lang == lang]
        found |= dict(zip(at, map(int, tfidf(ours, [dev[i].text for i in at]))))
        print(lang, len(ours), "rows", flush=True)
    return found


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=pathlib.Path, required=True)
    arguments.add_argument("--json", type=pathlib.Path, required=True)
    arguments.add_argument("--only", choices=METHODS, action="append", help="measure these again, keep the others")
    args = arguments.parse_args()
    allowed = data.permissive_sources(args.data)
    rows, dev = data.read_rows(args.data, "train"), data.read_rows(args.data, "dev")
    result = json.loads(args.json.read_text(encoding="utf-8")) if args.only and args.json.exists() else {}
    for name in args.only or METHODS:
        if name in LISTS:
            lang, method = LISTS[name]
            at = [i for i, row in enumerate(dev) if row.lang == lang]
            found = dict(zip(at, method([dev[i].text for i in at])))
        else:
            found = by_language([row for row in rows if name == "tfidf_all" or row.source in allowed], dev)
        result[name] = sets.table(dev, found, allowed)
        args.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
        print(name, result[name]["trained: all"], flush=True)


if __name__ == "__main__":
    main()
