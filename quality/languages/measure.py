#!/usr/bin/env python3
"""Macro-F1 of a model on labelled rows, by the program, and how its tokenizer cuts them.

    python measure.py --program painpoint --rows rows [--model DIR] [--base base/tokenizer.json] [--json OUT]
"""
import argparse
import csv
import json
import os
import pathlib
import subprocess
import tempfile

from tokenizers import Tokenizer

LABELS = ["negative", "neutral", "positive"]
UNKNOWN = 3


def scored(program, model, rows):
    """What `painpoint evaluate` says, with every text that was labelled otherwise."""
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "label", "text"])
        writer.writerows([f"r{i}", *row] for i, row in enumerate(rows))
        file.flush()
        command = [program, "evaluate", file.name, "--json", "--errors", "--by", "id", "--threads", "1"]
        command += ["--model", str(model)] if model else []
        run = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
        assert run.returncode == 0, run.stderr
        return json.loads(run.stdout)


def f1s(confusion):
    """F1 of each class; confusion[true][said]."""
    figures = []
    for i in range(len(confusion)):
        hit = confusion[i][i]
        said, true = sum(row[i] for row in confusion), sum(confusion[i])
        figures.append(2 * hit / (said + true) if said + true else float("nan"))
    return figures


def cut(tokenizer, texts):
    """(pieces a word, share of unknown pieces, share of words with an unknown one)."""
    words = [word for text in texts for word in text.split()]
    pieces = [encoding.ids for encoding in tokenizer.encode_batch(words, add_special_tokens=False)]
    count = sum(map(len, pieces))
    unknown = sum(ids.count(UNKNOWN) for ids in pieces)
    return count / len(words), unknown / count, sum(UNKNOWN in ids for ids in pieces) / len(words)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--rows", type=pathlib.Path, required=True)
    arguments.add_argument("--model", type=pathlib.Path)
    arguments.add_argument("--tokenizer", type=pathlib.Path, required=True)
    arguments.add_argument("--base", type=pathlib.Path)
    arguments.add_argument("--json", type=pathlib.Path)
    arguments.add_argument("--only", nargs="*")
    args = arguments.parse_args()
    own = Tokenizer.from_file(str(args.tokenizer))
    base = Tokenizer.from_file(str(args.base)) if args.base else None
    out = {}
    print("set | rows | accuracy | macro-F1 (3) | F1 neg/neu/pos | 2-class macro-F1 | unknown pieces % | pieces a word | of the base")
    for path in sorted(args.rows.glob("*.tsv")):
        if args.only and path.stem not in args.only:
            continue
        rows = [line.rstrip("\n").split("\t", 1) for line in open(path, encoding="utf-8")]
        report = scored(args.program, args.model, rows)
        texts = [text for _, text in rows]
        pieces, unknown, words = cut(own, texts)
        of_base = cut(base, texts)[0] if base else float("nan")
        out[path.stem] = {"report": report, "pieces": pieces, "unknown": unknown, "unknown_words": words, "base_pieces": of_base}
        figures = summary(report, rows)
        report.pop("by")
        out[path.stem]["figures"] = figures
        print(path.stem, len(rows), *(f"{x:.1f}" if isinstance(x, float) else x for x in figures.values()),
              f"{100 * unknown:.2f}", f"{pieces:.2f}", f"{of_base:.2f}", sep=" | ", flush=True)
    if args.json:
        args.json.write_text(json.dumps(out))


def summary(report, rows):
    """Accuracy, macro-F1 over three classes; over negative and positive with the more likely of the two."""
    wrong = {error["by"][0]: error for error in report["errors"]}
    confusion = [[0] * 3 for _ in range(3)]
    polar = [[0] * 2 for _ in range(2)]
    for i, (label, _) in enumerate(rows):
        error = wrong.get(f"r{i}")
        said = error["found"] if error else label
        confusion[LABELS.index(label)][LABELS.index(said)] += 1
        if label != "neutral":
            # A text that is right needs no probabilities: of the two, its own label is the likelier one.
            if error:
                probabilities = error["probabilities"]
                said = "negative" if probabilities[0] > probabilities[2] else "positive"
            polar[label == "positive"][said == "positive"] += 1
    has_neutral = sum(confusion[1]) > 0
    three = f1s(confusion)
    return {
        "accuracy": 100 * sum(confusion[i][i] for i in range(3)) / len(rows),
        "macro": 100 * sum(three) / 3 if has_neutral else "-",
        "each": "/".join(f"{100 * x:.0f}" for x in three) if has_neutral else "-",
        "polar": 100 * sum(f1s(polar)) / 2,
    }


if __name__ == "__main__":
    main()
