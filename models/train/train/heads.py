#!/usr/bin/env python3
"""The head on the mean vector that says whether a text names a problem; `flags.py` adds the two for flags.

    python -m train.heads --data DATA --states STATES --out heads.json [--beside OTHER.json [--at 0.68]]

Logistic regression on the normalised mean vector of the last layer (384), learnt from the written feedback (by whole problems
and whole feedback: the share that `held_out` names is for dev and calibrates). Measured on the gold sets, never fitted to them.
Weights are shipped for the vector as it is: probability = 1 / (1 + exp(-(weights · vector + bias))), calibration and centring
folded in. Cries are short and problems long in the written feedback, which is not so everywhere. So "names a problem" also
learns from short complaints and cries (`prepare/complaints.py`), as spelled in several ways and with a cry before or behind, and
examples are weighed so that a length says less. It is shipped as measured, without another fit on what is for dev.
--beside prints the same figures of another file's head, at the threshold --at.
"""
import argparse
import csv
import hashlib
import json
import pathlib

import numpy as np
from sklearn.metrics import roc_auc_score

from measure import matching
from prepare import complaints
from train import states
from train.logistic import calibrated, fitted, shipped

unit = matching.unit

# How much a short text counts beside a written mention, and one with a cry before or behind it.
SHORT, JOINED = 4.0, 1.0
# The share of complaints that a threshold lets pass.
PASS = 0.93


def rows_of(data):
    """Every mention of the written feedback with what the head should say."""
    feedback, _ = matching.written(data)
    for f in feedback:
        aside = hashlib.sha256(f["id"].encode()).digest()[0] < 31
        for m in f["mentions"]:
            dev = matching.held_out(f["part"], f["sector"], m["p"]) if m["p"] else aside or f["sector"] == "banking"
            yield {"text": m["t"], "lang": f["lang"], "sentiment": m["s"], "problem": bool(m["p"]), "dev": dev}


def gold_sets(data):
    telecom = list(csv.DictReader((data / "gold" / "telecom_problems.tsv").open(encoding="utf-8"), delimiter="\t"))
    gold = list(csv.DictReader((data / "gold" / "sentiment.csv").open(encoding="utf-8")))
    return telecom, gold


def at(p, y, threshold):
    """How many complaints pass and how many cries are held."""
    return {"complaints_pass": round(float((p[y] >= threshold).mean()), 3), "complaints": int(y.sum()),
            "others_pass": int((p[~y] >= threshold).sum()), "others": int((~y).sum()),
            "accuracy": round(float(((p >= threshold) == y).mean()), 3)}


def calibration_error(p, y):
    """Mean difference of probability and share over ten bins of equal width, by their size."""
    bins = np.minimum((p * 10).astype(int), 9)
    return round(float(sum(abs((p - y)[bins == k].sum()) for k in range(10)) / len(p)), 3)


def problem_figures(data, dev, probability, threshold):
    """probability: list of texts -> array; dev: name -> (texts, whether each names a problem)."""
    telecom, gold = gold_sets(data)
    codes = np.array([r["code"] for r in telecom])
    rows = [r for r in gold if r["label"] == "negative" and r["problem"] in ("yes", "no")]
    sets = dev | {"telecom": ([r["mention"] for r in telecom], ~np.isin(codes, ["CS", "RANT", "N"])),
                  "gold_negative": ([r["mention"] for r in rows], np.array([r["problem"] == "yes" for r in rows]))}
    out = {"threshold": round(float(threshold), 3)}
    for name, (texts, y) in sets.items():
        p = probability(texts)
        out[name] = {"auc": round(float(roc_auc_score(y, p)), 3), **at(p, y, threshold), "calibration_error": calibration_error(p, y)}
        if name == "written":
            out[name]["auc_length_balanced"] = round(float(roc_auc_score(y, p, sample_weight=balance(texts, y, 1))), 3)
        if name == "telecom":
            for label, kinds in (("auc_rant", ["RANT", "N"]), ("auc_cs", ["CS"])):
                part = y | np.isin(codes, kinds)
                out[name][label] = round(float(roc_auc_score(y[part], p[part])), 3)
    out["examples"] = dict(zip(complaints.EXAMPLES, np.round(probability(list(complaints.EXAMPLES)), 2).tolist()))
    return out


def balance(texts, y, power=0.5):
    """Weights that take half of what a text's length says of its label."""
    words = np.minimum(np.array([len(text.split()) for text in texts]), 16)
    weights = np.ones(len(texts))
    for length in set(words):
        near = np.abs(words - length) <= 1
        for label in (0, 1):
            share = ((y[near] == label).sum() + 2) / (near.sum() + 4)
            weights[(words == length) & (y == label)] = (0.5 / share) ** power
    return np.minimum(weights, 6)


def probabilities(mean, head):
    return lambda texts: 1 / (1 + np.exp(-(mean(texts) @ np.array(head["weights"]) + head["bias"])))


def learn_problem(mean, negative, short):
    """The head, its dev sets and the threshold, chosen on written mentions and on the short lists, which count alike."""
    examples = [(r["text"], r["problem"], 1.0) for r in negative if not r["dev"]]
    train = [row for row in short if not row.dev]
    for row in train:
        spelled = complaints.spellings(row.text)
        examples += [(text, row.problem, SHORT / len(spelled)) for text in spelled]
    examples += [(row.text, row.problem, JOINED) for row in complaints.joined(train)]
    texts, y, weights = [e[0] for e in examples], np.array([int(e[1]) for e in examples]), np.array([e[2] for e in examples])
    head = fitted(mean(texts), y, weights * balance(texts, y), 0.1)

    named = lambda some: ([row.text for row in some], np.array([row.problem for row in some]))
    aside = [row for row in short if row.dev]
    dev = {"written": ([r["text"] for r in negative if r["dev"]], np.array([r["problem"] for r in negative if r["dev"]])),
           "short": named([row for row in aside if row.source == "short"]),
           "cries": named([row for row in aside if row.source == "cries"]),
           "joined": named(complaints.joined(aside))}
    lists = len(dev["short"][1]) + len(dev["cries"][1])
    some = [(*dev[name], 1 / size) for name, size in (("written", len(dev["written"][1])), ("short", lists), ("cries", lists))]
    dev_texts = sum((texts for texts, _, _ in some), [])
    dev_y = np.concatenate([y for _, y, _ in some])
    dev_weights = np.concatenate([np.full(len(y), weight) for _, y, weight in some])
    slope, offset = calibrated(mean(dev_texts) @ head[0] + head[1], dev_y, dev_weights * len(dev_y) / 2)
    head = shipped(head, slope, offset)
    return head, dev, threshold_of(probabilities(mean, head)(dev_texts), dev_y, dev_weights)


def threshold_of(p, y, weights):
    """The highest, to three digits, at which PASS of the complaints pass."""
    share = lambda threshold: weights[y & (p >= threshold)].sum() / weights[y].sum()
    return max(k / 1000 for k in range(1000) if share(k / 1000) >= PASS)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("data", "states", "out"):
        arguments.add_argument(f"--{name}", type=pathlib.Path, required=True)
    arguments.add_argument("--beside", type=pathlib.Path, help="another heads.json to measure")
    arguments.add_argument("--at", type=float, default=0.68, help="its threshold")
    args = arguments.parse_args()
    means = {}
    for name in ("written", "gold", "complaints"):
        stored = states.load(args.states, name)
        means.update(zip(stored["texts"], stored["mean"]))
    mean = lambda texts: unit(np.stack([means[text] for text in texts]).astype(np.float64))
    rows = list(rows_of(args.data))
    heads = {}

    negative = [r for r in rows if r["sentiment"] == "neg"]
    head, dev, threshold = learn_problem(mean, negative, complaints.rows())
    head["figures"] = problem_figures(args.data, dev, probabilities(mean, head), threshold)
    p, y = probabilities(mean, head)(dev["written"][0]), dev["written"][1]
    langs = np.array([r["lang"] for r in negative if r["dev"]])
    head["figures"]["written"]["languages"] = {lang: round(float(roc_auc_score(y[langs == lang], p[langs == lang])), 3)
                                               for lang in ("de", "en", "fr", "es", "it", "pt", "nl")}
    heads["problem"] = head
    if args.beside:
        other = json.loads(args.beside.read_text(encoding="utf-8"))["problem"]
        print("beside", json.dumps(problem_figures(args.data, dev, probabilities(mean, other), args.at), ensure_ascii=False))

    args.out.write_text(json.dumps(heads, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
    for name, head in heads.items():
        print(name, json.dumps({k: v for k, v in head.items() if k != "weights"}, ensure_ascii=False))


if __name__ == "__main__":
    main()
