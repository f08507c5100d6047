#!/usr/bin/env python3
"""What the row of a mention tells of its sentiment, beside its text: learnt on the written feedback, put into heads.json.

    cargo build --release --example vectors
    python -m train.priors --data DATA --vectors ../../target/release/examples/vectors --heads ../default/heads.json

The logits of a mention in its row are those of its text, minus u at *negative* and plus u at *positive*. u is a curve over the score
(NPS or stars), with five points, plus a value for what the question asks for (`prepare/sentences/questions.tsv`), within ±MOST. Neutral gets no
shift of its own: the written feedback has fewer plain facts beside high scores than real feedback has, and priors that learn from that
turn real facts into praise. For the same reason nothing is learnt for the kind of source, whose priors are what the writer chose
to write of it. The text's logits get a factor in the fit, since written mentions are harder to read than real ones; in the program they
count in full. Labels of the written feedback are its writer's.
"""
import argparse
import csv
import json
import pathlib

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp
from sklearn.metrics import f1_score

from measure import matching
from prepare import synthetic
from train.flags import vectors

LABELS = {"neg": 0, "neu": 1, "pos": 2}
ASKED = ("improve", "liked", "reason")
# Ridge on the shifts; and the largest shift, below half the logit of 90 %: what a text says so clearly, no row turns around.
RIDGE, MOST = 1.0, 1.09
DIRECTION = np.array([-1.0, 0.0, 1.0])


def along(share):
    """The weights of five points for a share of the way along them."""
    weights = np.zeros(5)
    left = min(int(share * 4), 3)
    weights[left + 1] = share * 4 - left
    weights[left] = 1 - weights[left + 1]
    return weights


def features(nps, rating, asks):
    """Of a row: five points of NPS (0 to 10), five of a rating (0 to 1), and what was asked for."""
    scores = [along(nps / 10) if nps is not None else np.zeros(5), along(rating) if rating is not None else np.zeros(5)]
    return np.concatenate([*scores, [float(asks == own) for own in ASKED]])


def fit(text, rows, labels):
    """The factor of the text's logits, and the shifts."""
    wanted = np.eye(3)[labels]

    def loss(values):
        factor, shifts = values[0], values[1:]
        found = factor * text + np.outer(rows @ shifts, DIRECTION)
        found -= logsumexp(found, axis=1, keepdims=True)
        rest = np.exp(found) - wanted
        return (-(found * wanted).sum() + RIDGE / 2 * (shifts ** 2).sum(),
                np.r_[(rest * text).sum(), rows.T @ (rest @ DIRECTION) + RIDGE * shifts])

    found = minimize(loss, np.r_[1.0, np.zeros(rows.shape[1])], jac=True, method="L-BFGS-B").x
    return found[0], found[1:]


def shifted(text, rows, shifts):
    return text + np.outer(np.clip(rows @ shifts, -MOST, MOST), DIRECTION)


def told(name, labels, found):
    share = lambda label: (labels[found == label] == label).mean()
    return (f"{name:32} accuracy {100 * (labels == found).mean():.1f}  macro-F1 {100 * f1_score(labels, found, average='macro'):.1f}"
            f"  right of 'negative' {100 * share(0):.1f}, of 'positive' {100 * share(2):.1f}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=pathlib.Path, required=True)
    arguments.add_argument("--vectors", type=pathlib.Path, required=True)
    arguments.add_argument("--heads", type=pathlib.Path, required=True)
    args = arguments.parse_args()

    feedback, _ = matching.written(args.data)
    with (synthetic.LISTS / "questions.tsv").open(encoding="utf-8") as lines:
        asks = {row["question"]: row["asks"] for row in csv.DictReader(lines, delimiter="\t")}
    mentions = [(own, number, mention) for number, own in enumerate(feedback) for mention in own["mentions"]]
    text = np.log(np.clip(vectors(args.vectors, [mention["t"] for _, _, mention in mentions], "--sentiment"), 1e-6, 1))
    rating = lambda own: None if own["stars"] is None else (own["stars"] - 1) / 4
    rows = np.array([features(own["nps"], rating(own), asks.get(own["question"])) for own, _, _ in mentions])
    labels = np.array([LABELS[mention["s"]] for _, _, mention in mentions])

    # Whole feedback is kept apart, five times over.
    fold = np.array([number % 5 for _, number, _ in mentions])
    found = np.zeros(len(labels), int)
    for part in range(5):
        _, shifts = fit(text[fold != part], rows[fold != part], labels[fold != part])
        found[fold == part] = shifted(text[fold == part], rows[fold == part], shifts).argmax(1)
    print(told("written, text alone", labels, text.argmax(1)))
    print(told("written, in its row", labels, found))

    factor, shifts = fit(text, rows, labels)
    print(f"factor of the text in the fit {factor:.2f}")
    shifts = [round(float(own), 3) for own in shifts]
    heads = json.loads(args.heads.read_text(encoding="utf-8"))
    heads["priors"] = {"most": MOST, "nps": shifts[:5], "rating": shifts[5:10], **dict(zip(ASKED, shifts[10:]))}
    args.heads.write_text(json.dumps(heads, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(heads["priors"]))


if __name__ == "__main__":
    main()
