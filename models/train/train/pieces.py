#!/usr/bin/env python3
"""What makes vectors of word pieces out of hidden states: the directions in which pieces of written feedback differ most.

    python -m train.pieces --model ../default --data DATA --out ../default/pieces.safetensors

Of each piece of the written mentions, markers aside, the hidden state from which the branch goes on, less the middle of all; their first
SIZE principal components, each divided by its variance to the power of WHITEN / 2, so that the few widest directions do not decide alone.
Nothing is learnt from labels. The engine gives each piece the product, of length one.
"""
import argparse
import pathlib

import numpy as np
import torch
from safetensors import safe_open
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from train import model as network
from train import states

SIZE, WHITEN = 48, 0.25


def projection(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`[SIZE, hidden]` and `[SIZE]`: what a state is multiplied by, and what is added."""
    middle = rows.mean(0)
    rows = rows - middle
    variances, directions = np.linalg.eigh(rows.T @ rows / len(rows))
    variances, directions = variances[::-1][:SIZE], directions[:, ::-1].T[:SIZE]
    # Which way a direction points is the library's whim.
    directions *= np.sign(directions[np.arange(SIZE), np.abs(directions).argmax(1)])[:, None]
    weight = directions / variances[:, None] ** (WHITEN / 2)
    return weight, -weight @ middle


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("model", "data", "out"):
        arguments.add_argument(f"--{name}", type=pathlib.Path, required=True)
    args = arguments.parse_args()
    model = network.from_export(args.model).simulate(weights=False, activations=True)
    with safe_open(args.model / "branch.safetensors", "numpy") as branch:
        own = {name.split(".")[2] for name in branch.keys() if name.startswith("branch.layer.")}
    layer = model.config.num_hidden_layers - len(own)
    tokenizer = Tokenizer.from_file(str(args.model / "tokenizer.json"))
    tokenizer.enable_truncation(128)
    hidden, starts, *_ = states.pass_through(model, tokenizer, states.written_texts(args.data), [layer])
    inner = np.ones(starts[-1], bool)
    inner[starts[:-1]] = inner[starts[1:] - 1] = False
    weight, bias = projection(hidden[layer][inner].astype(np.float64))
    tensors = {"pieces.weight": weight, "pieces.bias": bias}
    # safetensors writes memory as it lies.
    save_file({name: np.ascontiguousarray(value, np.float32) for name, value in tensors.items()}, args.out)


if __name__ == "__main__":
    main()
