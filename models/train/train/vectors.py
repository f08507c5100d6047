#!/usr/bin/env python3
"""Branch vectors and meaning vectors of texts, in the engine's arithmetic, on a CPU.

    python -m train.vectors FILE.csv|FILE.tsv|FILE.txt OUT.npz --model MODEL --branch RUN [--column NAME]

FILE: the data folder (all written and gold texts); or a table with the column `mention`, `text`, `t`, or --column; or a text a line. OUT.npz: `branch` (n × 384, normalised), `meaning` (n × 384, mean of the last layer, normalised, not centred), `logits` (negative,
neutral, positive), `layers`. `texts` (JSON). Row i is row i of the file; equal texts are computed once. The
branch has a centre of its own: do not take the corpus' mean off it.
"""
import argparse
import csv
import json
import pathlib

import numpy as np
import torch
from tokenizers import Tokenizer

from train import branch as network_branch
from train import model as network
from train import states


def texts_of(file: pathlib.Path, column: str | None) -> list[str]:
    if file.is_dir():  # the data folder: everything that matcher.py needs
        return sorted(set(states.written_texts(file)) | set(states.gold_texts(file)))
    if file.suffix not in (".csv", ".tsv"):
        return file.read_text(encoding="utf-8").splitlines()
    csv.field_size_limit(1 << 24)
    rows = list(csv.DictReader(file.open(encoding="utf-8-sig", newline=""), delimiter="\t" if file.suffix == ".tsv" else ","))
    column = column or next(name for name in ("mention", "text", "t") if name in rows[0])
    return [row[column] or "" for row in rows]


class Encoder:
    """texts -> (branch vectors normalised, mean vectors of the last layer, logits)."""

    def __init__(self, model: pathlib.Path, run: pathlib.Path):
        self.model = network.from_export(model).simulate(weights=False, activations=True)
        self.tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
        self.tokenizer.enable_truncation(128)
        self.branch = network_branch.load(run, model)

    def __call__(self, texts: list[str], chunk: int = 4000):
        unique = sorted(set(texts))
        place = {text: i for i, text in enumerate(unique)}
        layer = len(self.model.bert.encoder.layer) - len(self.branch.layer)
        out, means, logits = [], [], []
        for at in range(0, len(unique), chunk):
            part = unique[at:at + chunk]
            hidden, starts, mean, logit = states.pass_through(self.model, self.tokenizer, part, [layer])
            store = network_branch.Store.__new__(network_branch.Store)
            store.hidden = {"x": hidden[layer]}
            store.at = {text: ("x", starts[i], starts[i + 1]) for i, text in enumerate(part)}
            found = network_branch.vectors(self.branch, store, part)
            out.append(np.stack([found[text] for text in part]))
            means.append(mean)
            logits.append(logit)
        rows = [place[text] for text in texts]
        unit = lambda v: v / np.linalg.norm(v, axis=1, keepdims=True)
        return unit(np.concatenate(out))[rows], unit(np.concatenate(means))[rows], np.concatenate(logits)[rows]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("file", type=pathlib.Path)
    arguments.add_argument("out", type=pathlib.Path)
    arguments.add_argument("--model", type=pathlib.Path, required=True)
    arguments.add_argument("--branch", type=pathlib.Path, required=True)
    arguments.add_argument("--column")
    args = arguments.parse_args()
    torch.set_num_threads(1)
    texts = texts_of(args.file, args.column)
    vectors, meaning, logits = Encoder(args.model, args.branch)(texts)
    np.savez(args.out, branch=vectors.astype(np.float32), meaning=meaning.astype(np.float32), logits=logits,
             texts=np.frombuffer(json.dumps(texts, ensure_ascii=False).encode(), np.uint8))
    print(f"{len(texts)} texts, {len(set(texts))} different")


if __name__ == "__main__":
    main()
