#!/usr/bin/env python3
"""The branch of the network that says which mentions tell the same problem.

    python -m train.branch train  --model MODEL --data DATA --states STATES --out RUN [--layers 1] [--steps 500] [--everything]
    python -m train.branch project --model MODEL --data DATA --states STATES --run RUN --out RUN2 --teacher EN.npz --teach 0.7
    python -m train.branch mean   --out RUN RUN1 RUN2 ...
    python -m train.branch export --run RUN --out FILE.safetensors

The trunk (all but the last `--layers` layers) is frozen; the branch is a copy of the last layers, fed with the hidden
states that states.py stored, a mean over tokens, and a fixed centre that is taken off. It learns by supervised contrast
within a part and sector of the written feedback: mentions and names of one problem attract each other, those of its
siblings, of other problems, and cries repel. `project` then learns the projection alone, on stored means, and mixes it
with the identity (`--share`): learnt to the end it follows the written feedback and leaves what the base knows. With `--everything` no problem is held out. Training stops and resumes at
any time (RUN/last.pt).
"""
import argparse
import collections
import copy
import json
import pathlib
import random
import time

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn

from measure import matching
from train import model as network
from train import states


class Branch(nn.Module):
    """The last layers again, their mean over tokens, less a centre: normalised."""

    def __init__(self, encoder_layers, dropout: float = 0.1):
        super().__init__()
        self.layer = nn.ModuleList(copy.deepcopy(layer) for layer in encoder_layers)
        self.register_buffer("centre", torch.zeros(384))
        self.projection = nn.Linear(384, 384, bias=False)
        nn.init.eye_(self.projection.weight)
        for module in self.modules():
            if isinstance(module, nn.Dropout):
                module.p = dropout

    def mean(self, hidden, mask):
        bias = None if bool(mask.all()) else (1.0 - mask[:, None, None, :].float()) * -1e4
        for layer in self.layer:
            hidden = layer(hidden, bias)
            hidden = hidden[0] if isinstance(hidden, tuple) else hidden
        keep = mask[..., None].float()
        return (hidden.float() * keep).sum(1) / keep.sum(1)

    def forward(self, hidden, mask):
        """The match vector: normalised, projected, less the centre."""
        return nn.functional.normalize(self.projection(self.mean(hidden, mask) - self.centre), dim=1)


class Store:
    """Hidden states by text, of several sets."""

    def __init__(self, folder: pathlib.Path, layer: int, names=("written", "gold", "aspects")):
        self.at, self.hidden, self.mean = {}, {}, {}
        for name in names:
            if not (folder / f"{name}.npz").exists():
                continue
            stored = states.load(folder, name)
            self.hidden[name] = np.load(folder / f"{name}.{layer}.npy", mmap_mode="r")
            for i, text in enumerate(stored["texts"]):
                self.at.setdefault(text, (name, stored["starts"][i], stored["starts"][i + 1]))
                self.mean.setdefault(text, stored["mean"][i])

    def batch(self, texts: list[str], longest: int = 128):
        spans = [self.at[text] for text in texts]
        width = min(max(int(end - start) for _, start, end in spans), longest)
        hidden = np.zeros((len(texts), width, 384), np.float32)
        mask = np.zeros((len(texts), width), np.int64)
        for row, (name, start, end) in enumerate(spans):
            end = min(end, start + width)
            hidden[row, :end - start] = self.hidden[name][start:end]
            mask[row, :end - start] = 1
        return torch.from_numpy(hidden), torch.from_numpy(mask)


@torch.inference_mode()
def vectors(branch: Branch, store: Store, texts: list[str], tokens: int = 4000) -> dict[str, np.ndarray]:
    """Match vectors."""
    branch.eval()
    order = sorted(set(texts), key=lambda t: store.at[t][2] - store.at[t][1])
    out, at = {}, 0
    while at < len(order):
        end = at + 1
        while end < len(order) and (end - at + 1) * (store.at[order[end]][2] - store.at[order[end]][1]) <= tokens:
            end += 1
        means = branch(*store.batch(order[at:end])).numpy()
        out.update(zip(order[at:end], means))
        at = end
    return out


class Groups:
    """What belongs together, by part and sector (and by domain of M-ABSA)."""

    def __init__(self, data: pathlib.Path, everything: bool, cries: bool = True):
        feedback, problems = matching.written(data)
        keep = lambda part, sector, code: everything or not matching.held_out(part, sector, code)
        self.mentions = collections.defaultdict(lambda: collections.defaultdict(list))
        self.cries = collections.defaultdict(list)
        self.names = {}
        self.near = {}
        for p in problems:
            key = p["part"], p["sector"], p["code"]
            if keep(*key):
                self.names[key] = p["name"]
                self.near[key] = [code for code in p["near"] if keep(p["part"], p["sector"], code)]
        for f in feedback:
            group = f["part"], f["sector"]
            for m in f["mentions"]:
                if m["p"] and keep(*group, m["p"]):
                    self.mentions[group][m["p"]].append((m["t"], f["id"]))
                elif not m["p"] and m["s"] == "neg" and (everything or f["sector"] != "banking"):
                    self.cries[group].append(m["t"])
        self.keys = sorted(self.mentions)

    def draw(self, chance: random.Random, codes: int, each: int, cries: int):
        """Texts and labels of one part and sector: problems with their siblings, names, cries (label -1)."""
        group = chance.choices(self.keys, [len(self.mentions[k]) for k in self.keys])[0]
        pool = sorted(self.mentions[group])
        chosen, rest = [], list(pool)
        chance.shuffle(rest)
        while rest and len(chosen) < codes:
            code = rest.pop()
            if code in chosen:
                continue
            chosen.append(code)
            for sibling in self.near[(*group, code)]:
                if sibling not in chosen and sibling in pool and len(chosen) < codes:
                    chosen.append(sibling)
        texts, labels, names = [], [], []
        for label, code in enumerate(chosen):
            rows = self.mentions[group][code]
            for text, _ in chance.sample(rows, min(each, len(rows))):
                texts.append(text), labels.append(label), names.append(False)
            texts.append(chance.choice(sorted(self.names[(*group, code)].values())))
            labels.append(label), names.append(True)
        for text in chance.sample(self.cries[group], min(cries, len(self.cries[group]))):
            texts.append(text), labels.append(-1), names.append(False)
        return texts, labels, names


class Aspects:
    """M-ABSA and MobASA: texts with one aspect and polarity, of one domain."""

    def __init__(self, data: pathlib.Path):
        self.classes = collections.defaultdict(lambda: collections.defaultdict(list))
        for text, lang, domain, aspects in states.aspect_rows(data):
            if ";" not in aspects and aspects.rsplit(":", 1)[-1] in ("negative", "positive") and "general" not in aspects:
                self.classes[domain][aspects].append(text)
        for domain in list(self.classes):
            self.classes[domain] = {k: v for k, v in self.classes[domain].items() if len(v) >= 8}
        self.keys = sorted(d for d in self.classes if len(self.classes[d]) >= 4)

    def draw(self, chance: random.Random, codes: int, each: int):
        classes = self.classes[chance.choices(self.keys, [len(self.classes[k]) for k in self.keys])[0]]
        texts, labels = [], []
        for label, name in enumerate(chance.sample(sorted(classes), min(codes, len(classes)))):
            drawn = chance.sample(classes[name], min(each, len(classes[name])))
            texts += drawn
            labels += [label] * len(drawn)
        return texts, labels


def encode(branch, store, texts):
    """Match vectors in training: the layers in bfloat16."""
    hidden, mask = store.batch(texts, 48)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = branch.mean(hidden, mask)
    return nn.functional.normalize(branch.projection(out.float() - branch.centre), dim=1)


def taught(vectors, texts, teacher: dict[str, np.ndarray], heat: float, teacher_heat: float = 0.05):
    """Which texts of a batch the teacher finds near each other: cross-entropy to its softmax, where it knows the text."""
    known = [i for i, text in enumerate(texts) if text in teacher]
    if len(known) < 8:
        return torch.zeros(())
    target = torch.from_numpy(matching.unit(np.stack([teacher[texts[i]] for i in known]).astype(np.float32)))
    me = torch.eye(len(known), dtype=torch.bool)
    wanted = ((target @ target.T) / teacher_heat).masked_fill(me, -1e9).softmax(1)
    own = vectors[known]
    return -(wanted * ((own @ own.T) / heat).masked_fill(me, -1e9).log_softmax(1)).sum(1).mean()


def teacher_of(files) -> dict[str, np.ndarray]:
    found = {}
    for file in files:
        stored = np.load(file)
        found.update(zip(json.loads(stored["texts"].tobytes()), stored["vectors"]))
    return found


def contrast(vectors, labels, heat: float):
    """Supervised contrast (Khosla et al. 2020): of the log-probability of each text with the same label, the mean."""
    labels = torch.tensor(labels)
    scores = vectors @ vectors.T / heat
    me = torch.eye(len(labels), dtype=torch.bool)
    scores = scores.masked_fill(me, -1e9)
    same = (labels[:, None] == labels[None]) & ~me & (labels >= 0)[:, None]
    logs = scores - torch.logsumexp(scores, 1, keepdim=True)
    counts = same.sum(1)
    have = counts > 0
    return -((logs * same).sum(1)[have] / counts[have]).mean()


def train(args) -> None:
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    whole = network.from_export(args.model)
    last = len(whole.bert.encoder.layer)
    branch = Branch(whole.bert.encoder.layer[last - args.layers:], args.dropout)
    store = Store(args.states, last - args.layers)
    groups = Groups(args.data, args.everything)
    aspects = Aspects(args.data) if args.aspects else None
    train_texts = [t for g in groups.mentions.values() for rows in g.values() for t, _ in rows]
    branch.centre.copy_(torch.from_numpy(np.mean([store.mean[t] for t in train_texts], 0)))
    if args.start:
        branch.load_state_dict(torch.load(args.start / "last.pt", weights_only=True)["average"], strict=False)
    decay = [p for n, p in branch.layer.named_parameters() if n.endswith("weight") and "LayerNorm" not in n]
    plain = [p for n, p in branch.layer.named_parameters() if not (n.endswith("weight") and "LayerNorm" not in n)]
    optimiser = torch.optim.AdamW(
        [{"params": decay, "weight_decay": args.decay, "rate": args.rate},
         {"params": plain, "weight_decay": 0, "rate": args.rate},
         {"params": [branch.projection.weight], "weight_decay": args.decay, "rate": args.projection_rate}],
        betas=(0.9, 0.98))
    teacher = teacher_of(args.teacher)
    free = sorted({t for t in train_texts if t in teacher} | {t for g in groups.cries.values() for t in g if t in teacher}
                  | {t for name in store.hidden if name == "aspects" for t in store.at if t in teacher and store.at[t][0] == name})
    average = copy.deepcopy(branch)
    start = 0
    if (args.out / "last.pt").exists():
        saved = torch.load(args.out / "last.pt", weights_only=True)
        branch.load_state_dict(saved["model"]), average.load_state_dict(saved["average"])
        optimiser.load_state_dict(saved["optimiser"])
        start = saved["step"]
    pool = None
    log = (args.out / "log.jsonl").open("a")
    began, losses = time.time(), []
    for step in range(start, args.steps + 1):
        if step % args.look == 0 and step > 0 or step == args.steps:
            torch.save({"model": branch.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict(),
                        "step": step, "layers": args.layers}, args.out / "last.pt")
            pool = pool or needed(args.data)
            found = vectors(average, store, pool)
            line, figures = matching.report(args.data, found.__getitem__, centre=False)
            print(f"{step} {time.time() - began:.0f}s loss {np.mean(losses[-50:]):.3f} {line}", flush=True)
            log.write(json.dumps({"step": step, "loss": float(np.mean(losses[-50:])), **figures}) + "\n")
            log.flush()
        if step == args.steps:
            break
        branch.train()
        chance = random.Random(f"{args.seed} {step}")
        for part in optimiser.param_groups:
            warm = min(1, (step + 1) / 30)
            part["lr"] = part["rate"] * warm * (1 - 0.9 * step / args.steps)
        for draw in range(args.groups):
            texts, labels, _ = groups.draw(chance, args.codes, args.each, args.cries)
            out = encode(branch, store, texts)
            loss = contrast(out, labels, args.heat)
            losses.append(loss.item())
            if args.hold:
                start_cosine = torch.from_numpy(np.stack([store.mean[t] for t in texts])) - branch.centre
                start_cosine = nn.functional.normalize(start_cosine, dim=1)
                loss = loss + args.hold * (out @ out.T - start_cosine @ start_cosine.T).pow(2).mean()
            if args.teach:
                loss = loss + args.teach * taught(out, texts, teacher, args.heat)
            (loss / args.groups).backward()
        if args.teach:
            texts = chance.sample(free, 64)
            (args.teach * taught(encode(branch, store, texts), texts, teacher, args.heat)).backward()
        if aspects:
            texts, labels = aspects.draw(chance, 12, 6)
            out = encode(branch, store, texts)
            (args.aspects * contrast(out, labels, 2 * args.heat)).backward()
        nn.utils.clip_grad_norm_(branch.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        with torch.no_grad():
            weight = min(0.98, (step + 1) / (step + 10))
            for slow, fast in zip(average.parameters(), branch.parameters()):
                slow.lerp_(fast, 1 - weight)


def project(args) -> None:
    """The projection alone, on the means of a finished branch."""
    torch.manual_seed(args.seed)
    branch = load(args.run, args.model)
    store = Store(args.states, branch_input(args.model, branch), ("written", "gold"))
    groups = Groups(args.data, args.everything)
    feedback, problems = matching.written(args.data)
    texts = sorted(set(needed(args.data)) | {m["t"] for f in feedback for m in f["mentions"] if m["p"] or m["s"] == "neg"}
                   | {name for p in problems for name in p["name"].values()})
    order, means = sorted(texts, key=lambda t: store.at[t][2] - store.at[t][1]), {}
    with torch.inference_mode():
        for at in range(0, len(order), 64):
            part = order[at:at + 64]
            means.update(zip(part, branch.mean(*store.batch(part))))
    own = [t for t in texts if store.at[t][0] == "written"]
    branch.centre.copy_(torch.stack([means[t] for t in own]).mean(0))
    rows = nn.functional.normalize(torch.stack([means[t] for t in texts]) - branch.centre, dim=1)
    at = {text: i for i, text in enumerate(texts)}
    teacher = teacher_of(args.teacher)
    known = {t for g in groups.mentions.values() for r in g.values() for t, _ in r} | {t for c in groups.cries.values() for t in c}
    free = sorted(t for t in known if t in teacher)
    weight = nn.Linear(384, 384, bias=False)
    nn.init.eye_(weight.weight)
    optimiser = torch.optim.AdamW(weight.parameters(), lr=args.rate, weight_decay=0.01)
    vector = lambda some: nn.functional.normalize(weight(rows[[at[t] for t in some]]), dim=1)
    for step in range(args.steps):
        chance = random.Random(step)
        optimiser.param_groups[0]["lr"] = args.rate * (1 - 0.9 * step / args.steps)
        loss = 0
        for _ in range(2):
            some, labels, _ = groups.draw(chance, 20, 4, 6)
            out = vector(some)
            loss = loss + contrast(out, labels, 0.1) + (args.teach * taught(out, some, teacher, 0.1) if free else 0)
        if free:
            some = chance.sample(free, 64)
            loss = loss + args.teach * taught(vector(some), some, teacher, 0.1)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    with torch.no_grad():
        branch.projection.weight.copy_((1 - args.share) * torch.eye(384) + args.share * weight.weight)
        found = {t: v.numpy() for t, v in zip(texts, nn.functional.normalize(branch.projection(rows), dim=1))}
    print(matching.report(args.data, found.__getitem__, centre=False)[0])
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save({"average": branch.state_dict(), "layers": len(branch.layer), "step": args.steps}, args.out / "last.pt")


def branch_input(model: pathlib.Path, branch: Branch) -> int:
    """The layer whose states the branch starts from."""
    return json.loads((model / "config.json").read_text(encoding="utf-8"))["num_hidden_layers"] - len(branch.layer)


def needed(data: pathlib.Path) -> list[str]:
    """What the figures need."""
    feedback, problems = matching.written(data)
    return (states.gold_texts(data) + [m["t"] for f in feedback for m in f["mentions"] if m["s"] == "neg" and m["p"]]
            + [n for p in problems if p["sector"] == "banking" for n in p["name"].values()])


def load(run: pathlib.Path, model: pathlib.Path) -> Branch:
    saved = torch.load(run / "last.pt" if run.is_dir() else run, weights_only=True)
    layers = network.from_export(model).bert.encoder.layer
    branch = Branch(layers[len(layers) - saved["layers"]:])
    branch.load_state_dict(saved["average"], strict=False)
    return branch.eval()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = arguments.add_subparsers(dest="command", required=True)
    command = commands.add_parser("train")
    for name in ("model", "data", "states", "out"):
        command.add_argument(f"--{name}", type=pathlib.Path, required=True)
    command.add_argument("--start", type=pathlib.Path, help="a run whose weights to go on from")
    command.add_argument("--layers", type=int, default=1)
    command.add_argument("--steps", type=int, default=400)
    command.add_argument("--look", type=int, default=100)
    command.add_argument("--rate", type=float, default=1e-4)
    command.add_argument("--projection-rate", type=float, default=3e-4)
    command.add_argument("--teacher", type=pathlib.Path, nargs="*", default=[], help="files of teacher.py")
    command.add_argument("--teach", type=float, default=0.0)
    command.add_argument("--decay", type=float, default=0.01)
    command.add_argument("--dropout", type=float, default=0.1)
    command.add_argument("--heat", type=float, default=0.1)
    command.add_argument("--hold", type=float, default=0.0, help="weight of staying near the trunk's own cosines")
    command.add_argument("--aspects", type=float, default=0.0, help="weight of M-ABSA and MobASA")
    command.add_argument("--groups", type=int, default=2)
    command.add_argument("--codes", type=int, default=20)
    command.add_argument("--each", type=int, default=4)
    command.add_argument("--cries", type=int, default=6)
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--everything", action="store_true")
    command = commands.add_parser("project")
    for name in ("model", "data", "states", "run", "out"):
        command.add_argument(f"--{name}", type=pathlib.Path, required=True)
    command.add_argument("--teacher", type=pathlib.Path, nargs="*", default=[], help="files of teacher.py")
    command.add_argument("--teach", type=float, default=0.7)
    command.add_argument("--share", type=float, default=0.6, help="how much of the learnt projection, the rest the identity")
    command.add_argument("--rate", type=float, default=3e-4)
    command.add_argument("--steps", type=int, default=300)
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--everything", action="store_true")
    command = commands.add_parser("mean")
    command.add_argument("--out", type=pathlib.Path, required=True)
    command.add_argument("runs", type=pathlib.Path, nargs="+")
    command = commands.add_parser("export")
    command.add_argument("--run", type=pathlib.Path, required=True)
    command.add_argument("--out", type=pathlib.Path, required=True)
    args = arguments.parse_args()
    torch.set_num_threads(1)
    if args.command == "train":
        train(args)
    elif args.command == "project":
        project(args)
    elif args.command == "mean":
        args.out.mkdir(parents=True, exist_ok=True)
        saved = [torch.load(run / "last.pt", weights_only=True) for run in args.runs]
        mean = {k: sum(s["average"][k] for s in saved) / len(saved) for k in saved[0]["average"]}
        torch.save({"average": mean, "layers": saved[0]["layers"], "step": saved[0]["step"]}, args.out / "last.pt")
    else:
        export(args)


def export(args) -> None:
    """float32 beside int8 as export.py rounds the model; names as the model's: branch.layer.N.attention… The projection
    stays float32, as the classifier does, and takes the centre off by its bias."""
    saved = torch.load(args.run / "last.pt", weights_only=True)
    plain = {f"branch.{k}": v.float().contiguous() for k, v in saved["average"].items()}
    plain["branch.projection.bias"] = -plain["branch.projection.weight"] @ plain.pop("branch.centre")
    rounded = {}
    for key, value in plain.items():
        if key.endswith(".weight") and key.startswith("branch.layer") and "LayerNorm" not in key:
            rounded[key], rounded[key + "_scale"] = network.quantise(value, network.WEIGHT_LEVELS)
        else:
            rounded[key] = value
    save_file(plain, args.out.with_suffix(".float32.safetensors"), metadata={"format": "pt"})
    save_file(rounded, args.out, metadata={"format": "pt"})


if __name__ == "__main__":
    main()
