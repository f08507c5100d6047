#!/usr/bin/env python3
"""What needs PyTorch: translations found by meaning, and how many tokens of dev the vocabulary lacks.

    python -m measure.meaning --model MODEL --base BASE --data DATA --vectors WORK/base.npz --json measure/figures/meaning.json

`--vectors` keeps what the base makes of the sentences; it is made if it does not exist.

Retrieval: of each German sentence, the nearest of 1,000 English ones must be its translation (M-ABSA's dev files).
"""
import argparse
import json
import pathlib

import numpy as np
import torch
from tokenizers import Tokenizer

from measure import evaluate
from train import model as network
from measure import sets
from prepare import targets
from train import train


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("model", "base", "data", "vectors", "json"):
        arguments.add_argument(f"--{name}", type=pathlib.Path, required=True)
    arguments.add_argument("--threads", type=int, default=1)
    args = arguments.parse_args()
    torch.set_num_threads(args.threads)
    tokenizer = Tokenizer.from_file(str(args.model / "tokenizer.json"))
    tokenizer.enable_truncation(128)
    ids = [e.ids for e in tokenizer.encode_batch_fast([row.text for row in sets.read(args.data, "dev")])]
    unknown = tokenizer.token_to_id("<unk>")

    shipped = network.from_export(args.model)
    shipped.simulate(weights=False, activations=True)
    pairs = evaluate.pairs_for_retrieval(args.data)
    ours = [train.predict(shipped, tokenizer, part, bf16=False)[1] for part in pairs]
    if not args.vectors.exists():  # the base does not change from model to model
        np.savez(args.vectors, prefixed=[targets.embed(args.base, part) for part in pairs],
                 bare=[targets.embed(args.base, part, prefix="") for part in pairs])
    with np.load(args.vectors) as stored:
        theirs, bare = stored["prefixed"], stored["bare"]
    result = {"pairs": len(pairs[0]), "model": evaluate.accuracy_at_1(*ours), "base": evaluate.accuracy_at_1(*theirs),
              "base_without_prefix": evaluate.accuracy_at_1(*bare),
              "cosine_to_base": round(float(np.mean([(a * b).sum(1).mean() for a, b in zip(ours, theirs)])), 4),
              "unknown_tokens_percent": round(100 * sum(i.count(unknown) for i in ids) / sum(map(len, ids)), 4)}
    args.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(result)


if __name__ == "__main__":
    main()
