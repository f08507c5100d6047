#!/usr/bin/env python3
"""The yardstick: TF-IDF (words 1-2, characters 2-5) and logistic regression, one model a language, on the same rows.

    python baseline.py --data DATA --json OUT.json

All permissive training rows, classes weighted to balance.
"""
import argparse
import json
import pathlib

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_union

import data
import evaluate


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=pathlib.Path, required=True)
    arguments.add_argument("--json", type=pathlib.Path, required=True)
    args = arguments.parse_args()
    allowed = data.permissive_sources(args.data)
    rows = [row for row in data.read_rows(args.data, "train") if row.source in allowed]
    dev = data.read_rows(args.data, "dev")
    found = np.zeros(len(dev), int)
    for lang in sorted({row.lang for row in dev}):
        train_rows = [row for row in rows if row.lang == lang]
        at = [i for i, row in enumerate(dev) if row.lang == lang]
        features = make_union(TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
                              TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True))
        x = features.fit_transform([row.text for row in train_rows]).astype(np.float32)
        z = features.transform([dev[i].text for i in at]).astype(np.float32)
        model = LogisticRegression(C=2.0, class_weight="balanced", max_iter=150, tol=1e-3)
        model.fit(x, [row.label for row in train_rows])
        found[at] = model.predict(z)
        print(lang, len(train_rows), "rows", x.shape[1], "features", flush=True)
    entries = evaluate.table(dev, found, allowed)
    args.json.write_text(json.dumps({"umsab_mean": evaluate.umsab_mean(entries), "sets": entries}, indent=1) + "\n",
                         encoding="utf-8")
    for entry in entries:
        print(f"{entry['set']:<50}{entry['n']:>6}{entry['macro_f1']:>8}{entry['accuracy']:>8}")


if __name__ == "__main__":
    main()
