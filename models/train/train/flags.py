#!/usr/bin/env python3
"""Heads on the meaning vector that say whether a mention suggests something to the company, and whether its writer leaves.

    cargo run --release --example vectors < /dev/null      # builds it
    python -m train.flags --data DATA --vectors ../../target/release/examples/vectors --heads ../default/heads.json

Logistic regressions, learnt from the written feedback and from `prepare/sentences/flags.tsv` (flag, 1 or 0, language, kind, text: lines
written for this, of which those that are none hold the words of those that are: advice to other guests, own needs, "should have",
customers who came from elsewhere). A fifth of both, by a hash of the words, is for dev: its
lines of `flags.tsv` calibrate, and choose the threshold that a flag raised by a phrase must reach: the highest that KEPT of them pass.
(Without a phrase the heads are of no use: what they are sure of is then wrong most of the time.) Figures are those of heads that have not
seen dev; what is written to HEADS learnt from all, with that calibration.
"""
import argparse
import collections
import csv
import json
import pathlib
import subprocess

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

from prepare import complaints, synthetic
from train.logistic import calibrated, fitted, shipped

# Suggestions are rare among what reads like one, so that fewer of them pay for more that are right.
KEPT = {"suggestion": 0.65, "churn": 0.85}
# How strongly weights are held small, and how much a line written for this counts beside a mention of the written feedback: what
# told the lines for dev best, of five and four.
STRENGTH = {"suggestion": 0.03, "churn": 0.01}
LINES = {"suggestion": 10.0, "churn": 100.0}


def rows_of(data, flag):
    """(text, whether it is one, weight, whether it is for dev, whether it is a line of the list, language, kind)"""
    # What the phrases are measured by is not learnt.
    measured = [synthetic.CHALLENGE, synthetic.CHALLENGE.with_name("churn.csv")]
    measured = {complaints.plain(row["text"]) for file in measured for row in csv.DictReader(file.open(encoding="utf-8"))}
    found = {}
    for line in (synthetic.LISTS / "flags.tsv").read_text(encoding="utf-8").splitlines():
        own, label, lang, kind, text = line.split("\t")
        if own == flag:
            found[complaints.plain(text)] = (text, label == "1", LINES[flag], True, lang, kind)
    for line in (data / "written" / "feedback.jsonl").open(encoding="utf-8"):
        feedback = json.loads(line)
        for mention in feedback["mentions"]:
            row = (mention["t"], mention["f"] == flag[0], 1.0, False, feedback["lang"], feedback["source"])
            found.setdefault(complaints.plain(mention["t"]), row)
    return [(*row[:3], complaints.number(words) % 5 == 0, *row[3:]) for words, row in sorted(found.items()) if words not in measured]


def vectors(program, texts, *options):
    """What the example `vectors` says of texts, a row each."""
    lines = "\n".join(" ".join(text.split()) for text in texts) + "\n"
    out = subprocess.run([program, *options], input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout
    return np.frombuffer(out, "<f4").reshape(len(texts), -1).astype(np.float64)


def balanced(weights, y):
    """Weights that let those that are flags count as much as the square root of their rarity asks for."""
    return weights * np.where(y, (~y).sum() / max(y.sum(), 1), 1.0) ** 0.5


def learn(rows, x, flag):
    y, weights, dev, lines = (np.array([row[k] for row in rows]) for k in (1, 2, 3, 4))
    part = fitted(x[~dev], y[~dev], balanced(weights[~dev], y[~dev]), STRENGTH[flag])
    score = x @ part[0] + part[1]
    held = dev & lines
    slope, offset = calibrated(score[held], y[held])
    p = 1 / (1 + np.exp(-(score * slope + offset)))
    kept = float(np.floor(np.quantile(p[held & y], 1 - KEPT[flag]) * 1000) / 1000)
    figures = {"lines_dev": int(held.sum()), "lines_auc": round(float(roc_auc_score(y[held], p[held])), 3),
               "written_dev": int((dev & ~lines).sum()), "written_auc": round(float(roc_auc_score(y[dev & ~lines], p[dev & ~lines])), 3),
               "written_ap": round(float(average_precision_score(y[dev & ~lines], p[dev & ~lines])), 3),
               "threshold": kept, "precision": round(float(y[held & (p >= kept)].mean()), 3)}
    wrong = collections.Counter(row[6] for row, own, is_held, is_one in zip(rows, p, held, y) if is_held and not is_one and own >= kept)
    print(flag, json.dumps(figures), "wrong, by kind:", dict(wrong.most_common()))
    return shipped(fitted(x, y, balanced(weights, y), STRENGTH[flag]), slope, offset) | {"figures": figures}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("data", "vectors", "heads"):
        arguments.add_argument(f"--{name}", type=pathlib.Path, required=True)
    args = arguments.parse_args()
    heads = json.loads(args.heads.read_text(encoding="utf-8"))
    for flag in ("suggestion", "churn"):
        rows = rows_of(args.data, flag)
        heads[flag] = learn(rows, vectors(args.vectors, [row[0] for row in rows]), flag)
    args.heads.write_text(json.dumps(heads, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
