"""Figures of a vector space: gold key points, coded telecom problems, held-out written problems."""
import collections
import csv
import hashlib
import json
import pathlib

import numpy as np
from sklearn.metrics import roc_auc_score


def average_precision_score(truth, scores):
    """As scikit-learn's for scores without ties, at a tenth of the cost."""
    truth = np.asarray(truth, float)[np.argsort(-np.asarray(scores), kind="stable")]
    return (np.cumsum(truth) / np.arange(1, len(truth) + 1) * truth).sum() / truth.sum()


def unit(v):
    return v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-9)


def pairs(data):
    return list(csv.DictReader((data / "gold" / "keypoint_pairs.csv").open(encoding="utf-8")))


def keypoint_protocol(topics, comments, labels, scores):
    """Each comment with its best key point; the better half of them by score: precision; average precision over all.
    Mean over topics."""
    precision, average, share = [], [], []
    topics = np.array(topics)
    for topic in sorted(set(topics)):
        best = {}
        for i in np.flatnonzero(topics == topic):
            if comments[i] not in best or scores[i] > best[comments[i]][0]:
                best[comments[i]] = (scores[i], labels[i])
        ranked = sorted(best.values(), key=lambda x: -x[0])
        truth = np.array([y for _, y in ranked], float)
        half = truth[:len(truth) // 2 + len(truth) % 2]
        precision.append(half.mean())
        matched = {comments[i] for i in np.flatnonzero(topics == topic) if labels[i]}
        share.append((np.cumsum(truth) / np.arange(1, len(truth) + 1) * truth).sum() / max(len(matched), 1))
        # as in the shared task: average precision over the better half as ranked
        average.append((average_precision_score(truth, -np.arange(len(truth))) if truth.any() else 0,
                        average_precision_score(half, -np.arange(len(half))) if half.any() else 0))
    average = np.array(average).mean(0)
    return {"precision_half": float(np.mean(precision)), "ap": float(average[0]), "map": float(np.mean(share)), "ap_half": float(average[1])}


def keypoints(data, vector, centre=None):
    """`vector`: text -> row of a matrix. Centred on all comments and key points of a topic, or on all."""
    rows = pairs(data)
    texts = sorted({r["comment"] for r in rows} | {r["key_point"] for r in rows})
    v = unit(np.stack([vector(t) for t in texts]).astype(np.float64))
    if centre != "no":
        v = unit(v - v.mean(0))
    at = {t: i for i, t in enumerate(texts)}
    scores = np.array([v[at[r["comment"]]] @ v[at[r["key_point"]]] for r in rows])
    labels = np.array([int(r["label"]) for r in rows])
    out = keypoint_protocol([r["topic"] for r in rows], [r["comment_id"] for r in rows], labels, scores)
    out["auc"] = float(roc_auc_score(labels, scores))
    return out


def telecom(data, vector, centre=True):
    """Pairs among coded problems: does the same code rank nearer?"""
    rows = list(csv.DictReader((data / "gold" / "telecom_problems.tsv").open(encoding="utf-8"), delimiter="\t"))
    rows = [r for r in rows if r["code"] not in ("CS", "RANT", "N")]
    v = unit(np.stack([vector(r["mention"]) for r in rows]).astype(np.float64))
    v = unit(v - v.mean(0)) if centre else v
    return ranking(v @ v.T, np.array([r["code"] for r in rows]), np.arange(len(rows)))


def ranking(similarity, codes, groups):
    """AUC over pairs and mean average precision of each query among the rest, of another group."""
    first, second = np.triu_indices(len(codes), 1)
    fine = groups[first] != groups[second]
    first, second = first[fine], second[fine]
    same = codes[first] == codes[second]
    auc = roc_auc_score(same, similarity[first, second])
    precisions = []
    for i in range(len(codes)):
        other = groups != groups[i]
        truth = codes[other] == codes[i]
        if truth.any():
            precisions.append(average_precision_score(truth, similarity[i, other]))
    return {"auc": float(auc), "map": float(np.mean(precisions)), "queries": len(precisions)}


def held_out(part, sector, code):
    """Whole problems for dev: every problem of the banking sector, and of all others those whose code (the same wherever it
    occurs) falls on it."""
    stem = code.removeprefix("+")
    return sector == "banking" or hashlib.sha256(stem.encode()).digest()[0] < 26


def written(data):
    read = lambda name: [json.loads(line) for line in (data / "written" / name).read_text(encoding="utf-8").splitlines()]
    return read("feedback.jsonl"), read("problems.jsonl")


def written_dev(data, vector, sentiment="neg", centre=True):
    """Held-out problems. pairs: mAP and AUC of mentions of held-out problems among all coded mentions of the same part and
    sector and sentiment; siblings: AUC of same problem against near siblings; names: the protocol of key points with the
    problems' names (in the mention's language, else English), of the whole held-out sector."""
    feedback, problems = written(data)
    groups = collections.defaultdict(list)
    for f in feedback:
        for m in f["mentions"]:
            if m["p"] and m["s"] == sentiment:
                groups[f["part"], f["sector"]].append((m["t"], m["p"], f["id"], f["lang"]))
    near = {(p["part"], p["sector"], p["code"]): set(p["near"]) for p in problems}
    name = {(p["part"], p["sector"], p["code"]): p["name"] for p in problems}
    average, pooled, same_side, sibling_side, cross = [], [[], []], [], [], []
    topics, comments, labels, scores = [], [], [], []
    for (part, sector), rows in sorted(groups.items()):
        v = unit(np.stack([vector(t) for t, *_ in rows]).astype(np.float64))
        middle = v.mean(0) if centre else 0 * v[0]
        v = unit(v - middle)
        codes, ids = np.array([r[1] for r in rows]), np.array([r[2] for r in rows])
        langs = np.array([r[3] for r in rows])
        sim = v @ v.T
        for i, (text, code, fid, lang) in enumerate(rows):
            if not held_out(part, sector, code):
                continue
            other = ids != fid
            truth = codes[other] == code
            if truth.any():
                average.append(average_precision_score(truth, sim[i, other]))
                pooled[0] += list(truth)
                pooled[1] += list(sim[i, other])
                siblings = np.isin(codes[other], list(near[part, sector, code]))
                same_side += list(sim[i, other][truth])
                sibling_side += list(sim[i, other][siblings])
                far = other & (langs != lang)
                if (codes[far] == code).any():
                    cross.append(average_precision_score(codes[far] == code, sim[i, far]))
        if sector == "banking":
            keys = sorted({r[1] for r in rows})
            for lang in sorted(set(langs)):
                texts = [name[part, sector, k].get(lang) or name[part, sector, k]["en"] for k in keys]
                n = unit(unit(np.stack([vector(t) for t in texts]).astype(np.float64)) - middle)
                for i in np.flatnonzero(langs == lang):
                    for j, k in enumerate(keys):
                        topics.append(part + lang)
                        comments.append((part, i))
                        labels.append(int(codes[i] == k))
                        scores.append(v[i] @ n[j])
    out = {"map": np.mean(average), "auc": roc_auc_score(*pooled), "cross_map": np.mean(cross),
           "sibling_auc": roc_auc_score([1] * len(same_side) + [0] * len(sibling_side), same_side + sibling_side)}
    if labels:
        scheme = keypoint_protocol([t[0] for t in topics], comments, np.array(labels), np.array(scores))
        out |= {"names_" + k: x for k, x in scheme.items()}
    return {k: float(x) for k, x in out.items()}


def report(data, vector, centre=True):
    """`centre`: take the middle of each corpus off; the branch has a centre of its own and needs none."""
    gold = keypoints(data, vector, None if centre else "no")
    tele = telecom(data, vector, centre)
    dev = written_dev(data, vector, centre=centre)
    line = (f"gold P½ {gold['precision_half']:.3f} mAP {gold['map']:.3f} AP {gold['ap']:.3f} AP½ {gold['ap_half']:.3f} auc {gold['auc']:.3f} | "
            f"telecom auc {tele['auc']:.3f} map {tele['map']:.3f} | dev map {dev['map']:.3f} cross {dev['cross_map']:.3f} auc {dev['auc']:.3f} "
            f"sib {dev['sibling_auc']:.3f} names P½ {dev['names_precision_half']:.3f} mAP {dev['names_map']:.3f} AP {dev['names_ap']:.3f}")
    return line, {"gold": gold, "telecom": tele, "dev": dev}
