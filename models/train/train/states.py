#!/usr/bin/env python3
"""The frozen trunk's hidden states of every text that the branch and the heads learn from, made once.

    python -m train.states --model MODEL --data DATA --out STATES [--layers 10 11] [--more FILE.txt ...]

STATES/NAME.npz holds for the texts of a set: `texts`, `starts` (tokens are flat), `mean` (the mean vector of the last
layer, not normalised), `logits`; STATES/NAME.10.npy the float16 hidden states after the tenth layer, which a branch of
the last two starts from, NAME.11.npy those after the eleventh. Sets that are there already are not made again.
The trunk runs in the engine's arithmetic (rounded weights and activations).
"""
import argparse
import csv
import gzip
import json
import pathlib
import time

import numpy as np
import torch
from tokenizers import Tokenizer

from prepare import complaints, data
from train import model as network


def load(folder: pathlib.Path, name: str) -> dict:
    stored = dict(np.load(folder / f"{name}.npz"))
    stored["texts"] = json.loads(stored["texts"].tobytes())
    return stored


@torch.inference_mode()
def pass_through(model: network.Model, tokenizer: Tokenizer, texts: list[str], layers: list[int], tokens: int = 2048):
    """Hidden states after `layers`, flat over tokens; where each text starts; mean vectors and logits."""
    ids = [e.ids for e in tokenizer.encode_batch_fast(texts)]
    lengths = np.array([len(i) for i in ids])
    starts = np.concatenate([[0], np.cumsum(lengths)])
    hidden = {layer: np.zeros((starts[-1], model.config.hidden_size), np.float16) for layer in layers}
    mean = np.zeros((len(ids), model.config.hidden_size), np.float32)
    logits = np.zeros((len(ids), 3), np.float32)
    order = sorted(range(len(ids)), key=lambda i: lengths[i])
    at, began, told = 0, time.time(), 0
    while at < len(order):
        end = at + 1
        while end < len(order) and (end - at + 1) * lengths[order[end]] <= tokens:
            end += 1
        part = order[at:end]
        x, mask = map(torch.from_numpy, data.padded([ids[i] for i in part]))
        bias = model._bias(mask)
        h = model.bert.embeddings(input_ids=x)
        for number, layer in enumerate(model.bert.encoder.layer, 1):
            h = layer(h, bias)
            h = h[0] if isinstance(h, tuple) else h
            if number in hidden:
                for row, i in enumerate(part):
                    hidden[number][starts[i]:starts[i + 1]] = h[row, :lengths[i]].numpy()
        keep = mask[..., None].float()
        mean[part] = ((h * keep).sum(1) / keep.sum(1)).numpy()
        logits[part] = model.classifier(model.bert.pooler(h)).numpy()
        at = end
        if at - told > 2000:
            told = at
            print(f"  {at} of {len(order)} in {time.time() - began:.0f} s", flush=True)
    return hidden, starts, mean, logits


def make(folder: pathlib.Path, name: str, texts: list[str], model, tokenizer, layers: list[int]) -> None:
    if (folder / f"{name}.npz").exists():
        return
    texts = sorted(set(texts))
    print(f"{name}: {len(texts)} texts", flush=True)
    hidden, starts, mean, logits = pass_through(model, tokenizer, texts, layers)
    for layer, values in hidden.items():
        np.save(folder / f"{name}.{layer}.npy", values)
    blob = np.frombuffer(json.dumps(texts, ensure_ascii=False).encode(), np.uint8)
    np.savez(folder / f"{name}.npz", texts=blob, starts=starts, mean=mean, logits=logits)


def written_texts(folder: pathlib.Path) -> list[str]:
    lines = lambda name: map(json.loads, (folder / "written" / name).read_text(encoding="utf-8").splitlines())
    return ([m["t"] for f in lines("feedback.jsonl") for m in f["mentions"]]
            + [name for p in lines("problems.jsonl") for name in p["name"].values()])


def gold_texts(folder: pathlib.Path) -> list[str]:
    gold = folder / "gold"
    pairs = list(csv.DictReader((gold / "keypoint_pairs.csv").open(encoding="utf-8")))
    return ([p["comment"] for p in pairs] + [p["key_point"] for p in pairs]
            + [r["mention"] for r in csv.DictReader((gold / "telecom_problems.tsv").open(encoding="utf-8"), delimiter="\t")]
            + [r["mention"] for r in csv.DictReader((gold / "sentiment.csv").open(encoding="utf-8"))])


def aspect_rows(folder: pathlib.Path, langs=("en", "de", "es", "fr", "nl", "pt")) -> list[tuple[str, str, str, str]]:
    """(text, lang, domain, aspects) of M-ABSA and MobASA: all English rows, of each other language a fixed third."""
    rows = []
    for lang in langs:
        rows += [(text, lang, domain, aspects) for text, domain, aspects in data.aspect_texts(folder, "train", lang)
                 if lang == "en" or data.steady(text) % 4 == 0]
    with gzip.open(folder / "aspects" / "mobasa_train_de.tsv.gz", "rt", encoding="utf-8", newline="\n") as lines:
        next(lines)
        rows += [tuple(line.rstrip("\n").split("\t")) for line in lines]
    return rows


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--model", type=pathlib.Path, required=True)
    arguments.add_argument("--data", type=pathlib.Path, required=True)
    arguments.add_argument("--out", type=pathlib.Path, required=True)
    arguments.add_argument("--layers", type=int, nargs="+", default=[10, 11])
    arguments.add_argument("--more", type=pathlib.Path, nargs="*", default=[], help="files with a JSON list of texts")
    args = arguments.parse_args()
    torch.set_num_threads(1)
    args.out.mkdir(parents=True, exist_ok=True)
    model = network.from_export(args.model).simulate(weights=False, activations=True)
    tokenizer = Tokenizer.from_file(str(args.model / "tokenizer.json"))
    tokenizer.enable_truncation(128)
    make(args.out, "gold", gold_texts(args.data), model, tokenizer, args.layers)
    make(args.out, "written", written_texts(args.data), model, tokenizer, args.layers)
    make(args.out, "complaints", complaints.texts(), model, tokenizer, [])  # the heads need their means alone
    for file in args.more:
        make(args.out, file.stem, json.loads(file.read_text(encoding="utf-8")), model, tokenizer, args.layers)
    make(args.out, "aspects", [row[0] for row in aspect_rows(args.data)], model, tokenizer, args.layers)


if __name__ == "__main__":
    main()
