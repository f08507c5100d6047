#!/usr/bin/env python3
"""Train sentiment and meaning together. Runs on a GPU or on a few CPU cores; stops and resumes at any time.

    python -m train.train --base BASE --trimmed TRIMMED --data DATA --targets TARGETS.npz --out RUN [--steps N] ...

Two commands make a model: a first phase at a constant learning rate, whose length may be anything, and a last phase
(`--start FIRST/last.pt --last`) that trains with the rounding of the shipped weights in place, on the mix of the last
phase, while the learning rate falls to nothing. Started again with the same --out, a run goes on where it stopped.
"""
import argparse
import json
import pathlib
import random
import time

import numpy as np
import torch
from sklearn.metrics import f1_score
from tokenizers import Tokenizer
from torch import nn

from prepare import data
from train import model as network
from prepare import targets

MAX_TOKENS = 96


def parameter_groups(model: network.Model, rate: float, layer_decay: float, weight_decay: float) -> list[dict]:
    """Lower layers learn more slowly, the new head faster; biases and norms are not decayed."""
    layers = model.config.num_hidden_layers
    groups: dict[tuple[float, float], list] = {}
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        if "encoder.layer." in name:
            factor = layer_decay ** (layers - 1 - int(name.split("encoder.layer.")[1].split(".")[0]))
        elif "embeddings" in name:
            factor = layer_decay ** layers
        else:
            factor = 4.0
        decay = weight_decay if parameter.dim() > 1 else 0.0
        groups.setdefault((factor, decay), []).append(parameter)
    return [{"params": parameters, "rate": rate * factor, "weight_decay": decay}
            for (factor, decay), parameters in groups.items()]


def source_numbers(rows: list[data.Row]) -> dict[str, int]:
    """0 for the sources whose labels are followed, 1 and up for the others."""
    others = sorted({row.source for row in rows} - set(data.REFERENCE))
    return {name: 0 for name in data.REFERENCE} | {name: i + 1 for i, name in enumerate(others)}


class Stream:
    """Batches without end: pass after pass over freshly drawn and roughened rows. Batch n is always the same one."""

    def __init__(self, rows, mix, tokenizer, meanings, tokens, seed):
        self.rows, self.mix, self.tokenizer, self.meanings = rows, mix, tokenizer, meanings
        self.tokens, self.seed = tokens, seed
        self.number, self.batches = -1, []
        self.source_numbers = source_numbers(rows)

    def _open(self, number: int) -> None:
        chance = random.Random(f"{self.seed} batches {number}")
        self.drawn = data.draw(self.rows, self.mix, number, self.seed)
        texts = [data.roughen(row.text, chance) for row in self.drawn]
        self.ids = [e.ids for e in self.tokenizer.encode_batch_fast(texts)]
        self.batches = data.batches_of([len(ids) for ids in self.ids], self.tokens, chance)
        self.number = number

    def batch(self, number: int, index: int):
        """Batch `index` of pass `number`, or None when the pass is over."""
        if self.number != number:
            self._open(number)
        if index >= len(self.batches):
            return None
        part = self.batches[index]
        ids, mask = data.padded([self.ids[i] for i in part])
        labels = np.array([self.drawn[i].label for i in part])
        sources = np.array([self.source_numbers[self.drawn[i].source] for i in part])
        known = np.array([self.drawn[i].text in self.meanings for i in part])
        zero = np.zeros_like(next(iter(self.meanings.values())))
        meaning = np.stack([self.meanings.get(self.drawn[i].text, zero) for i in part]).astype(np.float32)
        return tuple(map(torch.from_numpy, (ids, mask, labels, sources, meaning, known)))


@torch.inference_mode()
def predict(model, tokenizer, texts, device="cpu", tokens=2048, bf16=True):
    """Logits and meaning vectors of texts, in their order."""
    model.eval()
    ids = [e.ids for e in tokenizer.encode_batch_fast(list(texts))]
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    logits = np.zeros((len(ids), len(data.LABELS)), np.float32)
    meaning = np.zeros((len(ids), model.config.hidden_size), np.float32)
    at = 0
    while at < len(order):
        end = at + 1
        while end < len(order) and (end - at + 1) * len(ids[order[end]]) <= tokens:
            end += 1
        part = order[at:end]
        x, mask = (torch.from_numpy(a).to(device) for a in data.padded([ids[i] for i in part]))
        with torch.autocast(device, dtype=torch.bfloat16, enabled=bf16):
            out = model(x, mask)
        logits[part], meaning[part] = out[0].float().cpu().numpy(), out[1].float().cpu().numpy()
        at = end
    return logits, meaning


def watched(rows: list[data.Row]) -> dict[str, list[data.Row]]:
    """A fixed part of dev, small enough to look at often."""
    parts: dict[str, list[data.Row]] = {}
    for row in sorted(rows, key=lambda row: data.steady(row.text)):
        name = f"umsab {row.lang}" if row.source == "umsab" else row.source
        if row.source in ("umsab", "potts", "sb10k", "mobasa_dev", "clothing_en") or (
                row.source == "mabsa" and row.lang in ("de", "en")):
            parts.setdefault(name, []).append(row)
    return {name: part[:160 if name.startswith("umsab") else 100] for name, part in sorted(parts.items())}


def scores(model, tokenizer, parts, device) -> dict[str, float]:
    rows = [row for part in parts.values() for row in part]
    found = predict(model, tokenizer, [row.text for row in rows], device)[0].argmax(1)
    out, at = {}, 0
    for name, part in parts.items():
        out[name] = round(100 * f1_score([row.label for row in part], found[at:at + len(part)], average="macro"), 1)
        at += len(part)
    out["umsab"] = round(float(np.mean([v for k, v in out.items() if k.startswith("umsab ")])), 2)
    return out


def sentiment_loss(logits, labels, smoothing: float, hard: float):
    """Cross-entropy; with `hard` = γ > 0, each text weighted by (1 − p)^γ (focal loss, Lin et al. 2017)."""
    if hard == 0:
        return nn.functional.cross_entropy(logits, labels, label_smoothing=smoothing)
    losses = nn.functional.cross_entropy(logits, labels, label_smoothing=smoothing, reduction="none")
    found = logits.detach().softmax(1).gather(1, labels[:, None])[:, 0]
    weights = (1 - found) ** hard
    return (losses * weights).sum() / weights.sum().clamp_min(1e-6)


def taught_by(args, device):
    """The network whose logits are learnt from: always of twelve layers."""
    teacher = network.from_base(args.base, args.trimmed).to(device).eval()
    saved = torch.load(args.teacher, map_location=device, weights_only=True)
    teacher.load_state_dict(saved["average"], strict=False)
    return teacher.requires_grad_(False)


def distillation(logits, teacher, ids, mask, device, temperature: float = 2.0):
    """Cross-entropy to the teacher's softened labels (Hinton et al. 2015)."""
    with torch.inference_mode(), torch.autocast(device, dtype=torch.bfloat16):
        wanted = (teacher(ids, mask)[0].float() / temperature).softmax(1)
    found = (logits / temperature).log_softmax(1)
    return -(wanted.clone() * found).sum(1).mean() * temperature ** 2 / 2


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("base", "trimmed", "data", "targets", "out"):
        arguments.add_argument(f"--{name}", type=pathlib.Path, required=True)
    arguments.add_argument("--start", type=pathlib.Path, help="checkpoint whose weights to start from")
    arguments.add_argument("--start-average", action="store_true", help="start from its running average of the weights")
    arguments.add_argument("--last", action="store_true", help="the last phase: its mix, rounded weights, falling rate")
    arguments.add_argument("--round-activations", action="store_true", help="simulate the engine's u8 activations too")
    arguments.add_argument("--steps", type=int, default=3000)
    arguments.add_argument("--minutes", type=float, default=1e9,
                           help="end after so long at the latest; the falling rate follows whichever limit is nearer")
    arguments.add_argument("--rate", type=float, default=1e-4)
    arguments.add_argument("--layer-decay", type=float, default=0.92)
    arguments.add_argument("--weight-decay", type=float, default=0.01)
    arguments.add_argument("--warm-up", type=int, default=100)
    arguments.add_argument("--smoothing", type=float, default=0.05)
    arguments.add_argument("--meaning", type=float, default=5.0, help="weight of the meaning loss")
    arguments.add_argument("--dropout", type=float, default=0.1)
    arguments.add_argument("--tokens", type=int, default=1024, help="tokens a batch, padding included")
    arguments.add_argument("--first-pass", type=int, default=0, help="number of the first pass over the data")
    arguments.add_argument("--freeze", type=int, default=0, help="lowest layers that do not learn")
    arguments.add_argument("--every", type=int, default=400, help="steps between checkpoints and looks at dev")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--seed", type=int, default=7)
    variants = arguments.add_argument_group("what was tried beside the recipe (README.md)")
    variants.add_argument("--layers", type=int, default=12, help="layers, taken evenly from the base's twelve")
    variants.add_argument("--teacher", type=pathlib.Path, help="checkpoint whose running average gives soft labels")
    variants.add_argument("--hard", type=float, default=0.0, help="exponent of the focal loss: hard examples count more")
    variants.add_argument("--embeddings", action="store_true", help="the word embeddings learn, too")
    variants.add_argument("--natural", action="store_true", help="the labels of each source in their own proportions")
    variants.add_argument("--every-licence", action="store_true", help="all sources, not the permissive ones alone")
    args = arguments.parse_args()

    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    args.out.mkdir(parents=True, exist_ok=True)
    log = open(args.out / "log.jsonl", "a", encoding="utf-8", buffering=1)

    tokenizer = Tokenizer.from_file(str(args.trimmed / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    meanings = targets.load(args.targets)
    rows = data.training_rows(args.data, args.every_licence)
    mix = data.MIX_LAST if args.last else data.MIX
    if args.every_licence:
        mix = data.with_all_sources(mix, rows)
    if args.natural:
        mix = data.natural(mix, rows)
    stream = Stream(rows, mix, tokenizer, meanings, args.tokens, args.seed)
    parts = watched(data.read_rows(args.data, "dev"))

    model = network.from_base(args.base, args.trimmed, dropout=args.dropout, layers=args.layers).to(device)
    model.bert.embeddings.word_embeddings.weight.requires_grad = args.embeddings
    teacher = taught_by(args, device) if args.teacher else None
    # What a source means by a label and how often it gives each: learnt beside the network and left behind with it.
    leaning = nn.Parameter(torch.zeros(max(stream.source_numbers.values()) + 1, len(data.LABELS), device=device))
    if args.start:
        saved = torch.load(args.start, map_location=device, weights_only=True)
        leaning.data.copy_(saved["leaning"])
        model.load_state_dict(saved["average" if args.start_average else "model"], strict=False)
    for name, parameter in model.named_parameters():
        if args.freeze and ("embeddings" in name or any(f"encoder.layer.{i}." in name for i in range(args.freeze))):
            parameter.requires_grad = False
    model.simulate(weights=args.last, activations=args.last and args.round_activations)
    groups = parameter_groups(model, args.rate, args.layer_decay, args.weight_decay)
    groups.append({"params": [leaning], "rate": 50 * args.rate, "weight_decay": 0.0})
    optimiser = torch.optim.AdamW(groups,
                                  lr=args.rate, betas=(0.9, 0.98), eps=1e-6, fused=True)
    learning = {name: p for name, p in model.named_parameters() if p.requires_grad}
    average = {name: p.detach().clone() for name, p in learning.items()}
    step, number, index, spent = 0, args.first_pass, 0, 0.0

    last = args.out / "last.pt"
    if last.exists():
        saved = torch.load(last, map_location=device, weights_only=True)
        model.load_state_dict(saved["model"], strict=False)
        optimiser.load_state_dict(saved["optimiser"])
        leaning.data.copy_(saved["leaning"])
        average = saved["average"]
        step, number, index, spent = saved["step"], saved["number"], saved["index"], saved["spent"]
        print(f"going on at step {step}", flush=True)

    def save(path: pathlib.Path) -> None:
        draft = path.with_suffix(".draft")
        torch.save({"model": {name: p.detach() for name, p in learning.items()}, "average": average,
                    "leaning": leaning.detach(), "optimiser": optimiser.state_dict(), "step": step, "number": number,
                    "index": index, "spent": spent + time.monotonic() - began}, draft)
        draft.rename(path)

    began = seen_at = time.monotonic()
    sums, tokens_seen = np.zeros(4), 0
    progress = 0.0
    while progress < 1:
        batch = stream.batch(number, index)
        if batch is None:
            number, index = number + 1, 0
            continue
        index += 1
        model.train()
        progress = max((step + 1) / args.steps, (spent + time.monotonic() - began) / 60 / args.minutes)
        factor = min(1.0, (step + 1) / args.warm_up)
        if args.last:
            factor = min(factor, max(0.0, 1 - progress))
        for group in optimiser.param_groups:
            group["lr"] = group["rate"] * factor

        ids, mask, labels, sources, meaning, known = (part.to(device) for part in batch)
        with torch.autocast(device, dtype=torch.bfloat16):
            logits, vector = model(ids, mask)
        leant = logits + leaning[sources] * (sources > 0)[:, None]
        sentiment = sentiment_loss(leant, labels, args.smoothing, args.hard)
        if teacher:
            sentiment = (sentiment + distillation(logits, teacher, ids, mask, device)) / 2
        distance = (1 - (vector * meaning).sum(1)) * known
        distance = distance.sum() / known.sum().clamp_min(1)
        (sentiment + args.meaning * distance).backward()
        nn.utils.clip_grad_norm_(learning.values(), 1.0, foreach=True)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        step += 1
        if step % 4 == 0:  # a running average over some hundred steps; every fourth step is often enough
            names = list(learning)
            torch._foreach_lerp_([average[n] for n in names], [learning[n].detach() for n in names],
                                 1 - min(0.985, (1 + step / 4) / (10 + step / 4)))
        sums += (sentiment.item(), distance.item(), (leant.argmax(1) == labels).float().mean().item(), 1)
        tokens_seen += int(mask.sum())
        if step % 50 == 0:
            now = time.monotonic()
            entry = {"step": step, "pass": number, "sentiment": round(sums[0] / sums[3], 4),
                     "distance": round(sums[1] / sums[3], 5), "accuracy": round(sums[2] / sums[3], 4),
                     "factor": round(factor, 3), "tokens_per_second": round(tokens_seen / (now - seen_at)),
                     "minutes": round((spent + now - began) / 60, 1)}
            print(json.dumps(entry), file=log)
            sums[:], tokens_seen, seen_at = 0, 0, now
        if step % args.every == 0 or progress >= 1:
            save(last)
            print(json.dumps({"step": step, "dev": scores(model, tokenizer, parts, device)}), file=log)
            seen_at, tokens_seen = time.monotonic(), 0
    save(args.out / "final.pt")


if __name__ == "__main__":
    main()
