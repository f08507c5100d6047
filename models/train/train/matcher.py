#!/usr/bin/env python3
"""Features of a pair of texts, and the logistic matcher on them: do two texts say the same problem?

    python -m train.matcher --data DATA --vectors VECTORS.npz --out matcher.json      # python -m train.vectors DATA VECTORS.npz …

Learnt on pairs of held-out problems of the written feedback (those that the branch has never seen), a mention with other
mentions and with the problems' names of its part and sector; pairs are weighed so that the proportions are natural.
Figures are across two folds of problems; the gold sets are measured only.
"""
import argparse
import collections
import csv
import hashlib
import json
import pathlib
import re

import numpy as np
import snowballstemmer
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from measure import matching

LANGUAGES = {"en": "english", "de": "german", "fr": "french", "es": "spanish", "it": "italian", "pt": "portuguese",
             "nl": "dutch"}
STEMMERS = {k: snowballstemmer.stemmer(v) for k, v in LANGUAGES.items()}
NEGATIONS = set("""not no never none nothing nobody without don't doesn't didn't won't can't couldn't isn't wasn't aren't nor cannot
nicht kein keine keinen keinem keiner nie niemals nichts niemand ohne weder
pas jamais rien aucun aucune personne sans ne ni nunca nada nadie ningún ninguna sin jamás
non mai niente nulla nessuno nessuna senza não nem nunca ninguém nenhum nenhuma sem niet geen nooit niets niemand zonder""".split())
NAMES = ("branch", "meaning", "words", "sentiment", "negation", "shorter", "other_language")


def words(text, lang):
    found = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+", text.lower().replace("’", "'"))
    return found, {STEMMERS[lang].stemWord(w) for w in found if len(w) > 1 and w not in NEGATIONS}


class Corpus:
    """What the features of a pair need: centred vectors, rare words, sentiment, negation, length."""

    def __init__(self, texts, langs, branch, meaning, logits):
        unit = matching.unit
        self.branch = unit(branch)  # has a centre of its own: taking the corpus' middle off as well does harm
        self.meaning = unit(unit(meaning) - unit(meaning).mean(0))
        probability = np.exp(logits - logits.max(1, keepdims=True))
        self.lean = (probability[:, 2] - probability[:, 0]) / probability.sum(1)  # -1 … 1
        split = [words(t, l) for t, l in zip(texts, langs)]
        self.length = np.array([max(len(w), 1) for w, _ in split])
        self.negated = np.array([bool(NEGATIONS & set(w)) for w, _ in split])
        uses = collections.Counter(stem for _, stems in split for stem in stems)
        column = {stem: i for i, stem in enumerate(sorted(uses))}
        n = len(texts)
        idf = np.array([np.log((n + 1) / (uses[s] + 0.5)) for s in sorted(uses)])
        rows, cols = [], []
        for i, (_, stems) in enumerate(split):
            for s in stems:
                rows.append(i), cols.append(column[s])
        matrix = csr_matrix((idf[cols], (rows, cols)), shape=(n, len(idf)))
        norm = np.sqrt(np.asarray(matrix.multiply(matrix).sum(1)).ravel())
        self.words = matrix.multiply(1 / np.maximum(norm, 1e-9)[:, None]).tocsr()
        self.lang = np.array(langs)

    def features(self, a, b):
        other = self.lang[a] != self.lang[b]
        return np.stack([
            (self.branch[a] * self.branch[b]).sum(1),
            (self.meaning[a] * self.meaning[b]).sum(1),
            np.asarray(self.words[a].multiply(self.words[b]).sum(1)).ravel(),
            np.abs(self.lean[a] - self.lean[b]),
            self.negated[a] != self.negated[b],
            np.log(np.minimum(self.length[a], self.length[b])),
            other], 1).astype(np.float64)


def corpus(table, texts, langs):
    rows = [table["at"][text] for text in texts]
    return Corpus(texts, langs, table["branch"][rows], table["meaning"][rows], table["logits"][rows])


def pairs(data, table, seed=1):
    """Features, labels, queries, which are names, folds by problem, and natural weights."""
    feedback, problems = matching.written(data)
    names = {(p["part"], p["sector"], p["code"]): p["name"] for p in problems}
    groups = collections.defaultdict(list)
    for f in feedback:
        for m in f["mentions"]:
            if m["p"] or m["s"] == "neg":
                groups[f["part"], f["sector"]].append((m["t"], m["p"], f["lang"], f["id"]))
    chance, made, query = np.random.default_rng(seed), collections.defaultdict(list), 0
    for group, mentions in sorted(groups.items()):
        named = [(name, key[2], lang, "") for key in names if key[:2] == group for lang, name in names[key].items()]
        rows = mentions + named
        texts = corpus(table, [r[0] for r in rows], [r[2] for r in rows])
        codes, ids = np.array([r[1] for r in rows]), np.array([r[3] for r in rows])
        for i, (_, code, _, own) in enumerate(mentions):
            if not code or not matching.held_out(*group, code):
                continue
            others = np.flatnonzero(ids != own)
            same, rest = others[codes[others] == code], others[codes[others] != code]
            if not len(same):
                continue
            some = chance.permutation(rest)[:40]
            drawn = chance.permutation(np.concatenate([chance.permutation(same)[:12], some]))
            y = codes[drawn] == code
            made["x"].append(texts.features(np.full(len(drawn), i), drawn))
            made["y"].append(y)
            made["query"].append(np.full(len(drawn), query))
            made["name"].append(drawn >= len(mentions))
            made["fold"].append(np.full(len(drawn), hashlib.sha256(code.encode()).digest()[1] % 2))
            made["weight"].append(np.where(y, 1.0, len(rest) / len(some)))
            query += 1
    return {key: np.concatenate(value) for key, value in made.items()}


def gold_figures(data, table, score):
    rows = matching.pairs(data)
    texts = sorted({r["comment"] for r in rows} | {r["key_point"] for r in rows})
    at = {text: i for i, text in enumerate(texts)}
    some = corpus(table, texts, ["en"] * len(texts))
    s = score(some.features(np.array([at[r["comment"]] for r in rows]), np.array([at[r["key_point"]] for r in rows])))
    labels = np.array([int(r["label"]) for r in rows])
    found = matching.keypoint_protocol([r["topic"] for r in rows], [r["comment_id"] for r in rows], labels, s)
    coded = list(csv.DictReader((data / "gold" / "telecom_problems.tsv").open(encoding="utf-8"), delimiter="\t"))
    coded = [r for r in coded if r["code"] not in ("CS", "RANT", "N")]
    some = corpus(table, [r["mention"] for r in coded], ["en"] * len(coded))
    a, b = np.divmod(np.arange(len(coded) ** 2), len(coded))
    telecom = matching.ranking(score(some.features(a, b)).reshape(len(coded), -1), np.array([r["code"] for r in coded]),
                                 np.arange(len(coded)))
    return {"keypoints": found | {"auc": float(roc_auc_score(labels, s))}, "telecom": telecom}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("data", "vectors", "out"):
        arguments.add_argument(f"--{name}", type=pathlib.Path, required=True)
    args = arguments.parse_args()
    table = dict(np.load(args.vectors))
    table["at"] = {text: i for i, text in enumerate(json.loads(table["texts"].tobytes()))}
    made = pairs(args.data, table)
    x, y, fold, weight = made["x"], made["y"], made["fold"], made["weight"]
    heads = {}
    for title, names in (("matcher", ("branch", "words", "other_language")),
                         ("without_branch", ("meaning", "words", "other_language")), ("everything", NAMES)):
        columns = [NAMES.index(name) for name in names]
        across = np.zeros(len(y))
        for part in (0, 1):
            learnt = LogisticRegression(max_iter=500).fit(x[fold != part][:, columns], y[fold != part], sample_weight=weight[fold != part])
            across[fold == part] = learnt.predict_proba(x[fold == part][:, columns])[:, 1]
        head = LogisticRegression(max_iter=500).fit(x[:, columns], y, sample_weight=weight)
        edges = np.quantile(across, np.linspace(0, 1, 21))
        place = np.clip(np.searchsorted(edges, across, side="right") - 1, 0, 19)
        error = sum(abs(((across - y) * weight)[place == k].sum()) for k in range(20)) / weight.sum()
        heads[title] = {
            "features": list(names), "weights": [round(float(v), 4) for v in head.coef_[0]], "bias": round(float(head.intercept_[0]), 4),
            "prior": round(float((weight * y).sum() / weight.sum()), 4),
            "figures": {"dev_auc": round(float(roc_auc_score(y, across)), 3),
                        "dev_auc_names": round(float(roc_auc_score(y[made["name"]], across[made["name"]])), 3),
                        "dev_auc_mentions": round(float(roc_auc_score(y[~made["name"]], across[~made["name"]])), 3),
                        "calibration_error": round(float(error), 4),
                        **gold_figures(args.data, table, lambda f, c=columns, h=head: h.decision_function(f[:, c]))}}
        print(title, json.dumps(heads[title]))
    args.out.write_text(json.dumps(heads, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
