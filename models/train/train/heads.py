#!/usr/bin/env python3
"""Heads on the mean vector: names a problem, a suggestion to the company, this customer leaves.

    python -m train.heads --data DATA --states STATES --out heads.json [--cries prepare/sentences/cries.tsv]

Logistic regression on the normalised mean vector of the last layer (384), learnt from the written feedback and
prepare/sentences/cries.tsv (by whole problems and whole feedback: the share that `held_out` names is for dev and calibrates).
Cries are short and problems long in the written feedback, which is not so everywhere: examples are weighed so that a
length says less. Measured on the gold sets, never fitted to them. Weights are shipped for the vector as it is:
probability = 1 / (1 + exp(-(weights · vector + bias))), calibration and centring folded in.
"""
import argparse
import collections
import csv
import hashlib
import json
import pathlib

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score

from measure import matching
from train import states

unit = matching.unit


def rows_of(data):
    """Every mention of the written feedback with what its heads should say."""
    feedback, _ = matching.written(data)
    for f in feedback:
        aside = hashlib.sha256(f["id"].encode()).digest()[0] < 31
        for m in f["mentions"]:
            dev = matching.held_out(f["part"], f["sector"], m["p"]) if m["p"] else aside or f["sector"] == "banking"
            yield {"text": m["t"], "lang": f["lang"], "sentiment": m["s"], "problem": bool(m["p"]), "flag": m["f"],
                   "dev": dev, "aside": aside or f["sector"] == "banking", "question": f["question"], "sector": f["sector"]}


def gold_sets(data):
    telecom = list(csv.DictReader((data / "gold" / "telecom_problems.tsv").open(encoding="utf-8"), delimiter="\t"))
    gold = list(csv.DictReader((data / "gold" / "sentiment.csv").open(encoding="utf-8")))
    return telecom, gold


def fit(x, y, strength, weights=None):
    model = LogisticRegression(C=strength, max_iter=2000)
    return model.fit(x, y, sample_weight=weights)


def calibrated(scores, y):
    """Slope and offset (Platt 1999) on dev."""
    model = LogisticRegression(C=1e6, max_iter=1000).fit(scores[:, None], y)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def problem_figures(data, score):
    """score: list of texts -> array."""
    telecom, gold = gold_sets(data)
    out = {}
    s = score([r["mention"] for r in telecom])
    codes = np.array([r["code"] for r in telecom])
    names = ~np.isin(codes, ["CS", "RANT", "N"])
    out["telecom"] = roc_auc_score(names, s)
    for label, kinds in (("telecom_rant", ["RANT", "N"]), ("telecom_cs", ["CS"])):
        part = names | np.isin(codes, kinds)
        out[label] = roc_auc_score(names[part], s[part])
    rows = [r for r in gold if r["label"] == "negative" and r["problem"] in ("yes", "no")]
    s = score([r["mention"] for r in rows])
    out["gold_negative"] = roc_auc_score([r["problem"] == "yes" for r in rows], s)
    out["gold_n"] = len(rows)
    return {k: round(float(v), 3) for k, v in out.items()}


def flag_figures(data, score, flag):
    _, gold = gold_sets(data)
    rows = [r for r in gold if r["flag"] != "?"]
    y = np.array([r["flag"] == flag for r in rows])
    if not y.any():
        return {}
    s = score([r["mention"] for r in rows])
    return {"gold_auc": round(float(roc_auc_score(y, s)), 3), "gold_ap": round(float(average_precision_score(y, s)), 3),
            "gold_yes": int(y.sum()), "gold_n": len(y)}


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


def learn(mean, texts, y, weights, strength, dev_texts, dev_y, everything_texts, everything_y, everything_weights):
    """A head: learnt on the training part, calibrated on dev; then learnt again on everything with that calibration."""
    def fitted(some, labels, w):
        x = mean(some)
        middle = x.mean(0)
        head = fit((x - middle) * 10, labels, strength, w)
        coefficients = head.coef_[0] * 10
        return coefficients, float(head.intercept_[0] - coefficients @ middle)
    part = fitted(texts, y, weights)
    score = lambda some: mean(some) @ part[0] + part[1]
    slope, offset = calibrated(score(dev_texts), dev_y)
    whole = fitted(everything_texts, everything_y, everything_weights)
    return part, score, {"weights": [round(float(v), 5) for v in whole[0] * slope],
                         "bias": round(whole[1] * slope + offset, 5), "calibration_slope": round(slope, 4),
                         "calibration_offset": round(offset, 4)}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("data", "states", "out"):
        arguments.add_argument(f"--{name}", type=pathlib.Path, required=True)
    arguments.add_argument("--cries", type=pathlib.Path, default=pathlib.Path(__file__).parent.parent / "prepare" / "sentences" / "cries.tsv")
    args = arguments.parse_args()
    means = {}
    for name in ("written", "gold", "cries"):
        stored = states.load(args.states, name)
        means.update(zip(stored["texts"], stored["mean"]))
    mean = lambda texts: unit(np.stack([means[text] for text in texts]).astype(np.float64))
    rows = list(rows_of(args.data))
    own = [line.split("\t") for line in args.cries.read_text(encoding="utf-8").splitlines()]
    heads = {}

    negative = [r for r in rows if r["sentiment"] == "neg"]
    def problem(some):
        texts = [r["text"] for r in some] + [text for _, _, text in own]
        y = np.array([int(r["problem"]) for r in some] + [int(kind == "problem") for _, kind, _ in own])
        return texts, y, balance(texts, y)
    train, dev = [r for r in negative if not r["dev"]], [r for r in negative if r["dev"]]
    dev_texts, dev_y = [r["text"] for r in dev], np.array([int(r["problem"]) for r in dev])
    _, score, head = learn(mean, *problem(train), 0.1, dev_texts, dev_y, *problem(negative))
    s = score(dev_texts)
    head["figures"] = {"dev_auc": round(float(roc_auc_score(dev_y, s)), 3),
                       "dev_auc_length_balanced": round(float(roc_auc_score(dev_y, s, sample_weight=balance(dev_texts, dev_y, 1))), 3),
                       "languages": {lang: round(float(roc_auc_score(dev_y[k], s[k])), 3) for lang in ("de", "en", "fr", "es", "it", "pt", "nl")
                                     for k in [np.array([r["lang"] == lang for r in dev])]},
                       **problem_figures(args.data, score)}
    final = lambda texts, h=head: mean(texts) @ np.array(h["weights"]) + h["bias"]
    head["figures"]["shipped"] = problem_figures(args.data, final)
    telecom, gold = gold_sets(args.data)
    p = 1 / (1 + np.exp(-final([r["mention"] for r in telecom])))
    y = ~np.isin([r["code"] for r in telecom], ["CS", "RANT", "N"])
    g = [r for r in gold if r["label"] == "negative" and r["problem"] in ("yes", "no")]
    pg, yg = 1 / (1 + np.exp(-final([r["mention"] for r in g]))), np.array([r["problem"] == "yes" for r in g])
    head["figures"]["at_half"] = {
        "telecom": {"accuracy": round(float(((p > .5) == y).mean()), 3), "mean_p": round(float(p.mean()), 3), "share": round(float(y.mean()), 3),
                    "cries_caught": round(float((p[~y] < .5).mean()), 3), "problems_kept": round(float((p[y] >= .5).mean()), 3)},
        "gold": {"accuracy": round(float(((pg > .5) == yg).mean()), 3), "mean_p": round(float(pg.mean()), 3), "share": round(float(yg.mean()), 3),
                 "cries_caught": round(float((pg[~yg] < .5).mean()), 3), "problems_kept": round(float((pg[yg] >= .5).mean()), 3)}}
    heads["problem"] = head

    for flag, name, strength in (("s", "suggestion", 0.3), ("c", "churn", 0.03)):
        # "churn": among negative mentions as they come; "suggestion": among all
        some = rows
        part = lambda chosen: ([r["text"] for r in chosen], np.array([int(r["flag"] == flag) for r in chosen]),
                               np.array([3.0 if r["flag"] == flag else 1.0 for r in chosen]))
        train, dev = [r for r in some if not r["aside"]], [r for r in some if r["aside"]]
        dev_texts, dev_y, _ = part(dev)
        _, score, head = learn(mean, *part(train), strength, dev_texts, dev_y, *part(some))
        s = score(dev_texts)
        k = np.argsort(-s)[:dev_y.sum()]
        head["figures"] = {"dev_auc": round(float(roc_auc_score(dev_y, s)), 3), "dev_ap": round(float(average_precision_score(dev_y, s)), 3),
                           "dev_precision_at_recall": round(float(dev_y[k].mean()), 3), "dev_yes": int(dev_y.sum()), "dev_n": len(dev_y)}
        if flag == "s":
            head["figures"] |= flag_figures(args.data, score, name)
        heads[name] = head
    args.out.write_text(json.dumps(heads, indent=None, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, head in heads.items():
        print(name, json.dumps({k: v for k, v in head.items() if k != "weights"}))


if __name__ == "__main__":
    main()
