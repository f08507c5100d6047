#!/usr/bin/env python3
"""The weighted mean of the weights of several runs, as a checkpoint to start from or to export.

    python -m train.average --out MEAN.pt 0.6 FIRST/last.pt 0.4 EXPORTED_MODEL

Runs that start from the same base lie in one valley; their mean generalises better than each (Wortsman et al. 2022,
"Model soups"). A part is a checkpoint, whose running average counts, or an exported model directory; the temperature
that was folded into its classifier (`painpoint.temperature` in its config.json) is taken out again.
"""
import argparse
import json
import pathlib

import torch

from train import model as network


def exported(folder: pathlib.Path) -> dict[str, torch.Tensor]:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    temperature = config["painpoint"]["temperature"]
    weights = network.from_export(folder).state_dict()
    return {key: value * temperature if key.startswith("classifier.") else value for key, value in weights.items()}


def mean(parts: list[tuple[float, dict[str, torch.Tensor]]]) -> dict[str, torch.Tensor]:
    """Over the keys of the first part; the weights are brought to a sum of 1."""
    total = sum(weight for weight, _ in parts)
    return {key: sum(weight / total * tensors[key].float() for weight, tensors in parts) for key in parts[0][1]}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--out", type=pathlib.Path, required=True)
    arguments.add_argument("parts", nargs="+", help="weight and path, alternately; a checkpoint first")
    args = arguments.parse_args()
    if len(args.parts) % 2:
        arguments.error("every part needs a weight and a path")
    first = torch.load(args.parts[1], map_location="cpu", weights_only=True)
    parts = []
    for weight, path in zip(args.parts[::2], map(pathlib.Path, args.parts[1::2])):
        tensors = exported(path) if path.is_dir() else torch.load(
            path, map_location="cpu", weights_only=True)["average"]
        parts.append((float(weight), tensors))
    weights = mean(parts)
    torch.save({"model": weights, "average": weights, "leaning": first["leaning"]}, args.out)


if __name__ == "__main__":
    main()
