#!/usr/bin/env python3
"""The base model's own embedding of training texts, which the meaning vector is pulled towards.

    python -m prepare.targets --base BASE --data DATA --out TARGETS.npz      # run again after adding texts: makes only what is new

The base wants "query: " before every text; the trained model has to do without, so the prefix stands in the target
only. A sentence that has an English translation gets the mean of both embeddings: then the languages move together.
"""
import argparse
import json
import pathlib

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import BertModel

from prepare import data

# Of the sources that are not translated, this share is enough to hold the space in place.
SHARE = 0.4


def embed(base: pathlib.Path, texts: list[str], prefix: str = "query: ", tokens: int = 2048,
          device: str = "cpu") -> np.ndarray:
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.enable_truncation(100)
    model = BertModel.from_pretrained(base, add_pooling_layer=False).eval().to(device)
    ids = [e.ids for e in tokenizer.encode_batch_fast([prefix + text for text in texts])]
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    out = np.zeros((len(texts), model.config.hidden_size), np.float32)
    at, done = 0, 0
    while at < len(order):
        end = at + 1
        while end < len(order) and (end - at + 1) * len(ids[order[end]]) <= tokens:
            end += 1
        part = order[at:end]
        x, mask = map(torch.from_numpy, data.padded([ids[i] for i in part]))
        x, mask = x.to(device), mask.to(device)
        with torch.inference_mode(), torch.autocast(device, dtype=torch.bfloat16):
            hidden = model(input_ids=x, attention_mask=mask).last_hidden_state.float()
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        out[part] = torch.nn.functional.normalize(mean, dim=1).cpu().numpy()
        at, done = end, done + 1
        if done % 100 == 0:
            print(f"{at} of {len(order)}", flush=True)
    return out


def load(path: pathlib.Path) -> dict[str, np.ndarray]:
    stored = np.load(path)
    return dict(zip(json.loads(stored["texts"].tobytes()), stored["vectors"]))


def save(path: pathlib.Path, targets: dict[str, np.ndarray]) -> None:
    texts = np.frombuffer(json.dumps(list(targets), ensure_ascii=False).encode(), np.uint8)
    np.savez(path, texts=texts, vectors=np.stack(list(targets.values())))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--base", type=pathlib.Path, required=True)
    arguments.add_argument("--data", type=pathlib.Path, required=True)
    arguments.add_argument("--out", type=pathlib.Path, required=True)
    arguments.add_argument("--threads", type=int, default=2)
    args = arguments.parse_args()
    torch.set_num_threads(args.threads)

    known = load(args.out) if args.out.exists() else {}
    english = {}
    for lang in ("de", "es", "fr", "nl", "pt"):
        english |= dict(data.parallel(args.data, "train", lang, "en"))
    texts = [row.text for row in data.training_rows(args.data)
             if row.text not in known and (row.source == "mabsa" or data.steady(row.text) % 1000 < 1000 * SHARE)]
    unique = sorted(set(texts) | {english[text] for text in texts if text in english})
    print(f"{len(known)} targets known, {len(texts)} to make, {len(unique) - len(texts)} more translations", flush=True)
    own = dict(zip(unique, embed(args.base, unique, device="cuda" if torch.cuda.is_available() else "cpu")))
    for text in texts:
        vector = own[text] + (own[english[text]] if text in english else 0)
        known[text] = (vector / np.linalg.norm(vector)).astype(np.float16)
    save(args.out, known)


if __name__ == "__main__":
    main()
