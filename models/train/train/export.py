#!/usr/bin/env python3
"""Write a model directory that the program loads: config.json, tokenizer.json, model.safetensors.

    python -m train.export --base BASE --trimmed TRIMMED --out MODEL [--checkpoint C.pt] [--data DATA] [--version V]

Without a checkpoint the head is untrained: the format, to build an engine against. With --data one temperature is
fitted on dev (the sources trained on) and folded into the classifier, so that the probabilities mean what they say.
The folder is written beside its place and renamed, so that a reader never sees half of it.
"""
import argparse
import json
import pathlib
import shutil

import numpy as np
import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer

from prepare import data
from measure import evaluate
from train import model as network
from train import train


def tensors_of(model: network.Model, temperature: float) -> dict[str, torch.Tensor]:
    linears = {name for name, module in model.named_modules() if isinstance(module, network.Linear)}
    out = {}
    for key, value in model.state_dict().items():
        value = value.detach().float()
        name = key.removesuffix(".weight")
        if key == "bert.embeddings.word_embeddings.weight":
            out[key], out[key + "_scale"] = network.quantise(value, network.EMBEDDING_LEVELS)
        elif key.endswith(".weight") and name in linears:
            out[key], out[key + "_scale"] = network.quantise(value, network.WEIGHT_LEVELS)
        elif key == "bert.embeddings.position_embeddings.weight":
            out[key] = value[:512].half()
        elif name == "classifier" or key.startswith("classifier."):
            out[key] = value / temperature
        elif not key.endswith(("position_ids", "token_type_ids")):
            out[key] = value
    return {key: value.contiguous() for key, value in out.items()}


def config_for(model: network.Model, version: str, temperature: float) -> dict:
    config = model.config
    return {
        "architectures": ["BertForSequenceClassification"],
        "model_type": "bert",
        "vocab_size": config.vocab_size,
        "hidden_size": config.hidden_size,
        "num_hidden_layers": config.num_hidden_layers,
        "num_attention_heads": config.num_attention_heads,
        "intermediate_size": config.intermediate_size,
        "hidden_act": "gelu",
        "max_position_embeddings": 512,
        "type_vocab_size": config.type_vocab_size,
        "layer_norm_eps": config.layer_norm_eps,
        "position_embedding_type": "absolute",
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "bos_token_id": 0,
        "pad_token_id": 1,
        "eos_token_id": 2,
        "id2label": {str(i): label for i, label in enumerate(data.LABELS)},
        "label2id": {label: i for i, label in enumerate(data.LABELS)},
        "painpoint": {"meaning": "mean", "max_tokens": 128, "licence": "MIT", "base": "multilingual-e5-small",
                      "version": version, "temperature": round(temperature, 4)},
    }


def export(model: network.Model, tokenizer: pathlib.Path, out: pathlib.Path, temperature: float, version: str,
           extra: list[pathlib.Path] = ()) -> None:
    draft = out.with_name(out.name + ".draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    (draft / "config.json").write_text(json.dumps(config_for(model, version, temperature), indent=1) + "\n", encoding="utf-8")
    shutil.copy(tokenizer, draft / "tokenizer.json")
    save_file(tensors_of(model, temperature), draft / "model.safetensors", metadata={"format": "pt"})
    (draft / "model.safetensors").chmod(0o644)
    for file in extra:
        shutil.copy(file, draft / file.name)
    old = out.with_name(out.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    draft.rename(out)
    shutil.rmtree(old, ignore_errors=True)
    size = sum((out / name).stat().st_size for name in ("config.json", "tokenizer.json", "model.safetensors"))
    print(f"{out}: {size / 1e6:.2f} MB")


def fitted_temperature(model: network.Model, trimmed: pathlib.Path, folder: pathlib.Path) -> float:
    allowed = data.permissive_sources(folder)
    rows = [row for row in data.read_rows(folder, "dev") if row.source in allowed]
    tokenizer = Tokenizer.from_file(str(trimmed / "tokenizer.json"))
    tokenizer.enable_truncation(128)
    model.simulate(weights=True, activations=True)
    logits, _ = train.predict(model, tokenizer, [row.text for row in rows])
    heat = evaluate.temperature(logits, np.array([row.label for row in rows]))
    print(f"temperature {heat:.3f}")
    return heat


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--base", type=pathlib.Path, required=True)
    arguments.add_argument("--trimmed", type=pathlib.Path, required=True)
    arguments.add_argument("--out", type=pathlib.Path, required=True)
    arguments.add_argument("--checkpoint", type=pathlib.Path)
    arguments.add_argument("--average", action="store_true", help="the running average of the weights, not the last ones")
    arguments.add_argument("--data", type=pathlib.Path, help="fit the temperature on its dev rows")
    arguments.add_argument("--card", type=pathlib.Path, help="MODEL_CARD.md to put beside the weights")
    arguments.add_argument("--version", default="untrained")
    args = arguments.parse_args()
    model = network.from_base(args.base, args.trimmed)
    if args.checkpoint:
        saved = torch.load(args.checkpoint, map_location="cpu", weights_only=True)
        model.load_state_dict(saved["average" if args.average else "model"], strict=False)
    heat = fitted_temperature(model, args.trimmed, args.data) if args.data else 1.0
    export(model, args.trimmed / "tokenizer.json", args.out, heat, args.version, [args.card] if args.card else [])


if __name__ == "__main__":
    main()
