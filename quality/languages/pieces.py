#!/usr/bin/env python3
"""Which pieces of the base a language's texts need that the bundled vocabulary lacks, and a model directory with them.

    python pieces.py count  --base base --texts rows/text
    python pieces.py extend --base base --texts rows/text --model model_default --langs pl tr --out DIR [--words]

`--words`: what the language's 80,000 commonest words use, too, as prepare/trim.py counts them.
"""
import argparse
import json
import pathlib
import shutil

import numpy as np
import wordfreq
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from base import load

LEAST, MEGABYTE = 3, 1_000_000
LANGS = ["pl", "tr", "da", "sv", "cs"]


def one_megabyte(path):
    texts, size = [], 0
    for line in open(path, encoding="utf-8"):
        size += len(line.encode())
        if size > MEGABYTE:
            break
        texts.append(line.rstrip("\n"))
    return texts


def used(tokenizer, texts, size):
    """How often each piece of the base is used."""
    counts = np.zeros(size, np.int64)
    for encoding in tokenizer.encode_batch_fast(texts, add_special_tokens=False):
        np.add.at(counts, encoding.ids, 1)
    return counts


def by_words(tokenizer, lang, size, most=80_000):
    """Frequency of each piece in the words of a language, written small and with a capital, as prepare/trim.py does."""
    total = np.zeros(size)
    words = wordfreq.top_n_list(lang, most, wordlist="best")
    spelt = [form for word in words for form in (word, word[:1].upper() + word[1:])]
    weights = [wordfreq.word_frequency(word, lang) for word in words for _ in (0, 1)]
    for at in range(0, len(spelt), 20_000):
        for weight, encoding in zip(weights[at:], tokenizer.encode_batch_fast(spelt[at:at + 20_000], add_special_tokens=False)):
            total[encoding.ids] += weight
    return total


def needed(base, tokenizer, kept, lang, texts, words):
    counts = used(tokenizer, one_megabyte(texts / f"{lang}.txt"), base)
    wanted = counts >= LEAST
    if words:
        wanted |= by_words(tokenizer, lang, base) > 0
    wanted[kept] = False
    return wanted


def json_bytes(spec, ids):
    return sum(len(json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()) + 1
               for entry in (spec["model"]["vocab"][i] for i in ids))


def count(args, tokenizer, spec, kept):
    size = len(spec["model"]["vocab"])
    print("language | pieces >= 3 in 1 MB | lacking | MB embeddings + tokenizer | share of tokens on lacking pieces | "
          "+ by 80,000 words: lacking | MB")
    union = {"text": np.zeros(size, bool), "words": np.zeros(size, bool)}
    for lang in LANGS:
        counts = used(tokenizer, one_megabyte(args.texts / f"{lang}.txt"), size)
        lacking = counts >= LEAST
        all_of = lacking.sum()
        lacking[kept] = False
        outside = np.ones(size, bool)
        outside[kept] = False
        words = lacking | ((by_words(tokenizer, lang, size) > 0) & outside)
        union["text"] |= lacking
        union["words"] |= words
        print(lang, all_of, lacking.sum(), cost(spec, lacking), f"{100 * counts[outside].sum() / counts.sum():.1f} %",
              words.sum(), cost(spec, words), sep=" | ", flush=True)
    for name, lacking in union.items():
        print("all five", name, lacking.sum(), cost(spec, lacking), sep=" | ")


def cost(spec, lacking):
    ids = np.flatnonzero(lacking)
    rows, entries = len(ids) * (384 + 4) / 1e6, json_bytes(spec, ids) / 1e6
    return f"{rows:.2f} + {entries:.2f} = {rows + entries:.2f}"


def extend(args, tokenizer, spec, kept):
    size = len(spec["model"]["vocab"])
    wanted = np.zeros(size, bool)
    if args.everything:
        wanted[:] = True
        wanted[size - 1] = False  # <mask>
    for lang in args.langs or []:
        wanted |= needed(size, tokenizer, kept, lang, args.texts, args.words)
    wanted[kept] = True
    ids = np.flatnonzero(wanted)
    args.out.mkdir(parents=True, exist_ok=True)
    spec["model"]["vocab"] = [spec["model"]["vocab"][i] for i in ids]
    (args.out / "tokenizer.json").write_text(json.dumps(spec, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    tensors = load_file(args.model / "model.safetensors")
    name = "bert.embeddings.word_embeddings.weight"
    rows = load()[2](ids)
    scale = np.maximum(np.abs(rows).max(axis=1), 1e-12) / 127
    weights = np.rint(rows / scale[:, None]).astype(np.int8)
    old = np.searchsorted(ids, kept)
    apart = np.abs(weights[old].astype(int) - tensors[name].astype(int)).max()
    weights[old], scale[old] = tensors[name], tensors[name + "_scale"]
    tensors[name], tensors[name + "_scale"] = weights, scale.astype(np.float32)
    save_file(tensors, args.out / "model.safetensors", metadata={"format": "pt"})
    config = json.loads((args.model / "config.json").read_text())
    config["vocab_size"] = len(ids)
    (args.out / "config.json").write_text(json.dumps(config, indent=1))
    for file in ("branch.safetensors", "heads.json"):
        shutil.copy(args.model / file, args.out / file)
    megabytes = sum(f.stat().st_size for f in args.out.iterdir()) / 1e6
    print(f"{args.out}: {len(ids)} pieces, {megabytes:.1f} MB; bundled rows made anew are at most {apart} steps apart")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("action", choices=["count", "extend"])
    arguments.add_argument("--base", type=pathlib.Path, required=True)
    arguments.add_argument("--texts", type=pathlib.Path, required=True)
    arguments.add_argument("--model", type=pathlib.Path)
    arguments.add_argument("--langs", nargs="*")
    arguments.add_argument("--words", action="store_true")
    arguments.add_argument("--everything", action="store_true", help="all pieces of the base")
    arguments.add_argument("--out", type=pathlib.Path)
    args = arguments.parse_args()
    path = args.base / "tokenizer.json"
    spec = json.loads(path.read_text(encoding="utf-8"))
    kept = np.load(args.base / "kept_ids.npy")
    (count if args.action == "count" else extend)(args, Tokenizer.from_file(str(path)), spec, kept)


if __name__ == "__main__":
    main()
