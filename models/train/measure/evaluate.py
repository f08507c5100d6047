#!/usr/bin/env python3
"""Measure a shipped model directory on dev, in the arithmetic of the engine.

    python -m measure.evaluate --model MODEL --data DATA [--base BASE] [--json OUT.json]

Labels and probabilities are those with int8 weights and u8 activations simulated; float activations serve as the
yardstick of agreement. macro-F1 is the mean over the labels that occur among a row set's gold labels. With --base the
retrieval of translations is measured too: German to English among 1,000 M-ABSA sentences of its dev files.
"""
import argparse
import json
import pathlib

import numpy as np
import torch
from sklearn.metrics import confusion_matrix, f1_score
from tokenizers import Tokenizer

from prepare import data
from train import model as network
from prepare import targets
from train import train


def softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def macro_f1(gold, found) -> float:
    return 100 * f1_score(gold, found, labels=sorted(set(gold)), average="macro", zero_division=0)


def calibration_error(probabilities: np.ndarray, gold: np.ndarray, bins: int = 15) -> float:
    """Expected calibration error of the top label, bins of equal width."""
    confidence, right = probabilities.max(1), probabilities.argmax(1) == gold
    bin_of = np.minimum((confidence * bins).astype(int), bins - 1)
    return float(sum(abs(right[bin_of == b].mean() - confidence[bin_of == b].mean()) * (bin_of == b).mean()
                     for b in range(bins) if (bin_of == b).any()))


def temperature(logits: np.ndarray, gold: np.ndarray) -> float:
    """The divisor of the logits under which the labels are likeliest."""
    steps = np.exp(np.linspace(np.log(0.3), np.log(4), 200))
    loss = [-np.log(softmax(logits / t)[np.arange(len(gold)), gold]).mean() for t in steps]
    return float(steps[int(np.argmin(loss))])


def table(rows: list[data.Row], found: np.ndarray, allowed: set[str]) -> list[dict]:
    """Rows of (set, n, macro-F1, accuracy) for each source and language, and their sums."""
    sets: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        group = "trained" if row.source in allowed else "never trained on"
        sets.setdefault(f"{group}: {row.source} {row.lang}", []).append(i)
        sets.setdefault(f"{group}: all {row.lang}", []).append(i)
        sets.setdefault(f"{group}: all", []).append(i)
    gold = np.array([row.label for row in rows])
    return [{"set": name, "n": len(at), "macro_f1": round(macro_f1(gold[at], found[at]), 2),
             "accuracy": round(100 * float((gold[at] == found[at]).mean()), 2)} for name, at in sorted(sets.items())]


def umsab_mean(entries: list[dict]) -> float:
    return round(float(np.mean([e["macro_f1"] for e in entries if ": umsab " in e["set"]])), 2)


def pairs_for_retrieval(folder: pathlib.Path, count: int = 1000) -> tuple[list[str], list[str]]:
    """German and English sentences, translations of each other, no text twice."""
    seen, chosen = set(), []
    for german, english in sorted(data.parallel(folder, "dev", "de", "en"), key=lambda pair: data.steady(pair[0])):
        keys = {data.normal(german), data.normal(english)}
        if not keys & seen:
            seen |= keys
            chosen.append((german, english))
    german, english = zip(*chosen[:count])
    return list(german), list(english)


def accuracy_at_1(queries: np.ndarray, documents: np.ndarray) -> float:
    return float((np.argmax(queries @ documents.T, 1) == np.arange(len(queries))).mean())


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--model", type=pathlib.Path, required=True)
    arguments.add_argument("--data", type=pathlib.Path, required=True)
    arguments.add_argument("--base", type=pathlib.Path)
    arguments.add_argument("--json", type=pathlib.Path)
    arguments.add_argument("--threads", type=int, default=2)
    args = arguments.parse_args()
    torch.set_num_threads(args.threads)

    tokenizer = Tokenizer.from_file(str(args.model / "tokenizer.json"))
    tokenizer.enable_truncation(128)
    network_ = network.from_export(args.model)
    rows = data.read_rows(args.data, "dev")
    texts = [row.text for row in rows]
    allowed = data.permissive_sources(args.data)

    gold = np.array([row.label for row in rows])
    trained = np.array([row.source in allowed for row in rows])
    exact, exact_meaning = train.predict(network_, tokenizer, [text for text, here in zip(texts, trained) if here], bf16=False)
    network_.simulate(weights=False, activations=True)
    logits, meaning = train.predict(network_, tokenizer, texts, bf16=False)
    found = logits.argmax(1)
    entries = table(rows, found, allowed)
    ids = [e.ids for e in tokenizer.encode_batch_fast(texts)]
    result = {
        "vocabulary": network_.config.vocab_size,
        "unknown_tokens_percent": round(100 * sum(i.count(3) for i in ids) / sum(map(len, ids)), 4),
        "bytes": {name: (args.model / name).stat().st_size for name in ("config.json", "tokenizer.json", "model.safetensors")},
        "umsab_mean": umsab_mean(entries),
        "umsab_mean_float_activations": umsab_mean(table([r for r in rows if r.source in allowed], exact.argmax(1), allowed)),
        "calibration_error_permissive": round(calibration_error(softmax(logits[trained]), gold[trained]), 4),
        "calibration_error_never_trained": round(calibration_error(softmax(logits[~trained]), gold[~trained]), 4),
        "agreement_permissive_percent": round(100 * float((exact.argmax(1) == found[trained]).mean()), 2),
        "meaning_cosine_int8_to_float": round(float((exact_meaning * meaning[trained]).sum(1).mean()), 5),
        "confusion_permissive": confusion_matrix(gold[trained], found[trained]).tolist(),
        "sets": entries,
    }
    if args.base:
        german, english = pairs_for_retrieval(args.data)
        ours = [train.predict(network_, tokenizer, part, bf16=False)[1] for part in (german, english)]
        theirs = [targets.embed(args.base, part) for part in (german, english)]
        bare = [targets.embed(args.base, part, prefix="") for part in (german, english)]
        result["retrieval_de_en"] = {"pairs": len(german), "model": accuracy_at_1(*ours), "base": accuracy_at_1(*theirs),
                                     "base_without_prefix": accuracy_at_1(*bare),
                                     "cosine_to_base": round(float(np.mean([(a * b).sum(1).mean() for a, b in zip(ours, theirs)])), 4)}
    print(json.dumps({key: value for key, value in result.items() if key != "sets"}, indent=1))
    for entry in entries:
        print(f"{entry['set']:<50}{entry['n']:>6}{entry['macro_f1']:>8}{entry['accuracy']:>8}")
    if args.json:
        args.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
