#!/usr/bin/env python3
"""How well codebooks find touchpoints, measured on public feedback whose touchpoints people have labelled.

    touchpoints.py measure --data DATA                   prints the table of docs/accuracy.md
    touchpoints.py zero-shot --data DATA --base DIR      the same for zero-shot classification by an encoder's vectors
    touchpoints.py supervised --data DATA                the same for a classifier that learns from labelled rows
    touchpoints.py calibrate --data DATA                 writes src/touchpoint/calibration.toml
    touchpoints.py inherit --data DATA                   would a mention do well to take the touchpoint before it?

DATA is the folder with `aspects/*.tsv.gz` (text, language, source, aspects). The codebooks stand in `codebooks/` beside this
file and were written from the names of the categories alone. Everything is scored by the program itself (`--painpoint`, by
default target/release/painpoint) with `codebook evaluate`. What is calibrated on is never measured on: files of their own
where there are such, else the other half of the rows.

Zero-shot classification takes the label nearest to the text, if it is nearer than a threshold chosen on the rows to calibrate
on; it needs torch, transformers and an E5 encoder. `calibrate` needs numpy, `supervised` scikit-learn. With
`--keyphrases N` only the first N keyphrases of a touchpoint and language are used, as in a codebook written in ten minutes.
After a change of the model: build, calibrate, build, measure.
"""

import argparse
import csv
import gzip
import hashlib
import json
import math
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CALIBRATION = ROOT / "src/touchpoint/calibration.toml"

# Categories for the whole of what is reviewed: no touchpoint, but `general`.
WHOLE = {"allgemein", "course", "hotel", "restaurant", "laptop", "overall", "food", "other", "course_general_feedback",
         "out_of_scope", "polarity"}
# Names that MobASA's two releases spell in two ways.
MOBASA = {"barrier_general": "generalbarrier", "info_display": "infodisplay", "info_acoustic": "infoacoustic",
          "barrier_others": "barrierothers", "construction_site": "constructionsite",
          "ground_level_access": "groundlevelaccess", "guiding_routes": "guidance", "acoustic_signal": "guidance",
          "tactilecontrastorientation": "guidance", "spacemobilitygroups": "space",
          "ccidentsmobilitygroups": "accidents"}
DOMAINS = ["coursera", "food", "hotel", "laptop", "phone", "restaurant", "sight"]


class Benchmark:
    """A codebook with the files to calibrate and to measure on; one file for both is halved."""

    def __init__(self, name, codebook, calibrate, measure, domain=None):
        self.name, self.codebook, self.domain = name, HERE / "codebooks" / f"{codebook}.toml", domain
        self.files = {"calibrate": calibrate, "measure": measure}
        self.ids = [t["id"] for t in tomllib.loads(self.codebook.read_text())["touchpoint"]]

    @property
    def language(self):
        return self.files["measure"][-2:]

    def rows(self, data, split, most):
        """(text, touchpoints) of a split, evenly thinned to `most` rows."""
        halved = self.files["calibrate"] == self.files["measure"]
        rows = []
        with gzip.open(data / "aspects" / f"{self.files[split]}.tsv.gz", "rt", encoding="utf-8") as file:
            next(file)
            for line in file:
                text, _, source, aspects = line.rstrip("\n").split("\t")
                half = hashlib.md5(text.encode()).digest()[0] % 2
                if self.domain not in (None, source) or (halved and half != (split == "measure")):
                    continue
                rows.append((text, self.touchpoints(aspects)))
        step = max(1, -(-len(rows) // most))
        return rows[::step]

    def touchpoints(self, aspects):
        found = set()
        for aspect in aspects.split(";"):
            category = aspect.rsplit(":", 1)[0].split("#")[0]
            if (self.domain or "").split("_")[-1] in ("coursera", "food", "hotel", "restaurant"):
                category = category.split(" ")[0]
            id = slug(category)
            id = MOBASA.get(id, id)
            if id in self.ids:
                found.add(id)
            elif id not in WHOLE:
                raise SystemExit(f"{self.codebook.name} has no touchpoint for {category!r}")
        return found


def slug(name):
    name = name.lower()
    for umlaut, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        name = name.replace(umlaut, plain)
    return re.sub("[^a-z0-9]+", "_", name).strip("_")


def benchmarks():
    half = "germeval2017_dev_de"
    yield Benchmark("GermEval 2017", "germeval2017", half, half)
    yield Benchmark("MobASA", "mobasa", "mobasa_train_de", "mobasa_dev_de")
    yield Benchmark("airline reasons", "airline", "airline_reasons_en", "airline_reasons_en")
    for language in ("de", "en"):
        for domain in DOMAINS:
            yield Benchmark(f"M-ABSA {language} {domain}", f"mabsa_{domain}", f"mabsa_train_{language}",
                            f"mabsa_dev_{language}", f"mabsa_{domain}")
    for domain in DOMAINS:
        # A language of which the codebooks have no word.
        yield Benchmark(f"M-ABSA fr {domain}", f"mabsa_{domain}", None, "mabsa_dev_fr", f"mabsa_{domain}")


def shortened(codebook, most):
    """The codebook with the first `most` keyphrases of every list."""
    if not most:
        return codebook.read_text()
    return re.sub(r'^(keyphrases\.?\w* = )(\[.*\])$',
                  lambda m: m[1] + json.dumps(json.loads(m[2])[:most], ensure_ascii=False),
                  codebook.read_text(), flags=re.M)


def evaluate(benchmark, split, arguments, evidence=None):
    """Runs `painpoint codebook evaluate` on a split."""
    rows = benchmark.rows(arguments.data, split, arguments.rows)
    with tempfile.TemporaryDirectory() as folder:
        feedback, codebook = Path(folder) / "feedback.csv", Path(folder) / "codebook.toml"
        codebook.write_text(shortened(benchmark.codebook, arguments.keyphrases))
        with feedback.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "text", "touchpoints"])
            writer.writerows([n, text, ";".join(sorted(ids)) or "general"] for n, (text, ids) in enumerate(rows))
        command = [arguments.painpoint, "codebook", "evaluate", feedback, "--codebook", codebook, "--json"]
        if arguments.model:
            command += ["--model", arguments.model]
        if evidence:
            command += ["--evidence", evidence]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def f1(right, wrong, missed):
    return 2 * right / max(1, 2 * right + wrong + missed)


def figures(labels, found, ids):
    """Micro-F1, macro-F1 over touchpoints with ten rows, micro-F1 with general: as the program has them."""
    counts = {id: [0, 0, 0] for id in [*ids, "general"]}
    for labelled, own in zip(labels, found):
        for id, count in counts.items():
            gold, said = (not labelled, not own) if id == "general" else (id in labelled, id in own)
            if gold or said:
                count[0 if gold and said else 1 if said else 2] += 1
    touchpoints = [counts[id] for id in ids]
    common = [f1(*count) for count in touchpoints if count[0] + count[2] >= 10]
    total = lambda some: f1(*map(sum, zip(*some)))
    return {"micro_f1": total(touchpoints), "macro_f1": sum(common) / max(1, len(common)),
            "micro_f1_with_general": total([*touchpoints, counts["general"]]),
            "touchpoints": {id: {"support": right + missed} for id, (right, _, missed) in counts.items()}}


# --- measure ---

MEASURES = ["micro_f1", "macro_f1", "micro_f1_with_general"]


def measure(arguments):
    if arguments.evidence:
        figures_of = lambda benchmark: weighed(benchmark, arguments)
    else:
        figures_of = lambda benchmark: evaluate(benchmark, "measure", arguments)
    table(["keyphrases", "meaning", "both"], figures_of)


def weighed(benchmark, arguments):
    """The figures of kept evidence under the present calibration: what the program would print, without scoring again."""
    evidence = arguments.evidence / f"{slug(benchmark.name)}-{arguments.keyphrases or 'all'}.csv"
    if not evidence.exists():
        evaluate(benchmark, "measure", arguments, evidence)
    calibration = tomllib.loads(CALIBRATION.read_text())

    def enough(line, name):
        own = calibration[name]
        score = own["bias"] + own["similarity"] * float(line["similarity"]) + own["lead"] * float(line["lead"])
        return 1 / (1 + math.exp(-score)) >= own["threshold"]

    labels, found = {}, {"keyphrases": {}, "meaning": {}, "both": {}}
    with evidence.open(newline="") as file:
        for line in csv.DictReader(file):
            row, id, keyphrase = line["line"], line["touchpoint"], line["keyphrase"] == "1"
            labels.setdefault(row, set()).update([id] if line["labelled"] == "1" else [])
            said = {"keyphrases": keyphrase, "meaning": enough(line, "meaning"),
                    "both": enough(line, "keyphrase" if keyphrase else "alone")}
            for method, yes in said.items():
                found[method].setdefault(row, set()).update([id] if yes else [])
    done = {method: figures([labels[row] for row in labels], [own[row] for row in labels], benchmark.ids)
            for method, own in found.items()}
    return {"n": len(labels), **done}


def measure_zero_shot(arguments):
    encoder = Encoder(arguments.base)
    table(["zero-shot"], lambda benchmark: zero_shot(benchmark, encoder, arguments))


def table(methods, figures_of):
    print(f"{'':24} {'rows':>5}   " + "   ".join(f"{method:^17}" for method in methods))
    print(f"{'F1 in %':24} {'':>5}   " + "   ".join(f"{'micro macro +gen.':>17}" for _ in methods), flush=True)
    groups = {}
    for benchmark in benchmarks():
        done = figures_of(benchmark)
        line = [[percent(done[method], own) for own in MEASURES] for method in methods]
        show(benchmark.name, done["n"], line)
        group = " ".join(benchmark.name.split(" ")[:2])
        groups.setdefault(group if group.startswith("M-ABSA") else benchmark.name, []).append((done["n"], line))
    print()
    lines = {group: mean([line for _, line in parts]) for group, parts in groups.items()}
    for group, line in lines.items():
        show(group, sum(n for n, _ in groups[group]), line)
    show("mean without French", "", mean([line for group, line in lines.items() if group != "M-ABSA fr"]))


def percent(done, measure):
    """Of a benchmark without a touchpoint of ten labelled rows, there is no macro-F1."""
    common = [own for id, own in done["touchpoints"].items() if id != "general" and own["support"] >= 10]
    return None if measure == "macro_f1" and not common else 100 * done[measure]


def mean(lines):
    some = lambda values: [value for value in values if value is not None]
    return [[sum(some(values)) / max(1, len(some(values))) for values in zip(*method)] for method in zip(*lines)]


def show(name, rows, line):
    cell = lambda value: f"{'–':>5}" if value is None else f"{value:5.1f}"
    print(f"{name:24} {rows:>5}   " + "   ".join(" ".join(map(cell, method)) for method in line), flush=True)


class Encoder:
    """Mean-pooled, L2-normalised vectors of an E5 encoder."""

    def __init__(self, directory):
        import torch
        from tokenizers import Tokenizer
        from transformers import AutoModel
        torch.set_num_threads(1)
        self.torch, self.model = torch, AutoModel.from_pretrained(directory).eval()
        self.tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
        self.tokenizer.enable_truncation(128)
        self.tokenizer.enable_padding(pad_id=self.tokenizer.token_to_id("<pad>"), pad_token="<pad>")

    def vectors(self, texts):
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        vectors = [None] * len(texts)
        for start in range(0, len(order), 32):
            batch = order[start:start + 32]
            tokens = self.tokenizer.encode_batch(["query: " + texts[n] for n in batch])
            ids, mask = (self.torch.tensor([getattr(own, name) for own in tokens]) for name in ("ids", "attention_mask"))
            with self.torch.inference_mode():
                hidden = self.model(input_ids=ids, attention_mask=mask).last_hidden_state
            mask = mask.unsqueeze(-1)
            pooled = self.torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1))
            for n, vector in zip(batch, pooled):
                vectors[n] = vector
        return self.torch.stack(vectors)


def label(touchpoint, language):
    """Name and description, in the language of the texts if there are such."""
    def text(key):
        texts = touchpoint.get(key, {})
        return next(texts[own] for own in (language, "en", "de") if own in texts)
    return f"{text('names')}: {text('description')}"


def zero_shot(benchmark, encoder, arguments):
    """The nearest label, if it is nearer than the threshold that does best on the rows to calibrate on."""
    labels = [label(touchpoint, benchmark.language)
              for touchpoint in tomllib.loads(benchmark.codebook.read_text())["touchpoint"]]
    labels = encoder.vectors(labels)
    nearest = {}
    for split, most in (("calibrate", 150), ("measure", arguments.rows)):
        if not benchmark.files[split]:
            # The threshold of the same codebook in another language.
            rows = Benchmark("", benchmark.codebook.stem, "mabsa_train_de", None, benchmark.domain).rows(
                arguments.data, split, most)
        else:
            rows = benchmark.rows(arguments.data, split, most)
        best = (encoder.vectors([text for text, _ in rows]) @ labels.T).max(1)
        nearest[split] = [(ids, value, benchmark.ids[n])
                          for (_, ids), value, n in zip(rows, best.values.tolist(), best.indices.tolist())]

    def at(split, threshold):
        found = [{id} if value >= threshold else set() for _, value, id in nearest[split]]
        return figures([ids for ids, _, _ in nearest[split]], found, benchmark.ids)

    candidates = sorted({value for _, value, _ in nearest["calibrate"]})
    best = max(candidates, key=lambda threshold: at("calibrate", threshold)["micro_f1"])
    return {"n": len(nearest["measure"]), "zero-shot": at("measure", best)}


# Most labelled rows to learn from.
LABELLED = {"at most 250": 250, "at most 1,000": 1000, "all": sys.maxsize}


def measure_supervised(arguments):
    table(list(LABELLED), lambda benchmark: supervised(benchmark, arguments))


def supervised(benchmark, arguments):
    """TF-IDF (words 1-2, characters 2-5) with a logistic regression a touchpoint, trained on labelled rows; one
    threshold, the best in five-fold cross-validation on them. French learns from French rows."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict
    from sklearn.pipeline import make_pipeline, make_union
    taught = benchmark
    if not benchmark.files["calibrate"]:
        files = benchmark.files["measure"].replace("dev", "train")
        taught = Benchmark("", benchmark.codebook.stem, files, None, benchmark.domain)
    rows = benchmark.rows(arguments.data, "measure", arguments.rows)
    done = {"n": len(rows)}
    for name, most in LABELLED.items():
        learnt = taught.rows(arguments.data, "calibrate", most)
        texts, wanted = [text for text, _ in learnt], [ids for _, ids in learnt]
        scores = {}
        for id in benchmark.ids:
            y = np.array([id in ids for ids in wanted])
            if y.sum() < 5 or y.all():
                continue
            model = make_pipeline(
                make_union(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
                           TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True)),
                LogisticRegression(C=10, class_weight="balanced", max_iter=500))
            own = cross_val_predict(model, texts, y, cv=5, method="decision_function")
            scores[id] = own, model.fit(texts, y).decision_function([text for text, _ in rows])
        found = lambda part, n, least: {id for id, own in scores.items() if own[part][n] >= least}
        at = lambda least: figures(wanted, [found(0, n, least) for n in range(len(texts))], benchmark.ids)["micro_f1"]
        least = max(np.arange(-2, 1.01, 0.1), key=at)
        done[name] = figures([ids for _, ids in rows], [found(1, n, least) for n in range(len(rows))], benchmark.ids)
    return done


# --- calibrate ---

def calibrate(arguments):
    import numpy as np
    samples = {}
    for benchmark in benchmarks():
        if not benchmark.files["calibrate"]:
            continue
        with tempfile.TemporaryDirectory() as folder:
            evidence = (arguments.evidence or Path(folder)) / f"{slug(benchmark.name)}.csv"
            if not evidence.exists():
                evaluate(benchmark, "calibrate", arguments, evidence)
            with evidence.open(newline="") as file:
                samples[benchmark.name] = Sample(np, csv.DictReader(file))
        print(f"{benchmark.name}: {samples[benchmark.name].rows} rows", file=sys.stderr, flush=True)
    calibration = Calibration(np, list(samples.values()))
    for name in ("both", "meaning"):
        own = [sample.f1(np, calibration.confident(np, sample, name)) for sample in samples.values()]
        others = []
        for left in samples:
            rest = [sample for own, sample in samples.items() if own.split(" ")[-1] != left.split(" ")[-1]]
            others.append(samples[left].f1(np, Calibration(np, rest).confident(np, samples[left], name)))
        print(f"{name}: mean F1 {100 * np.mean(own):.1f} on the rows fitted to, {100 * np.mean(others):.1f} with weights "
              "fitted to the other benchmarks alone")
    honesty(np, calibration, list(samples.values()))
    CALIBRATION.write_text(str(calibration))
    print(CALIBRATION.read_text())


class Sample:
    """The evidence of a benchmark: one line for each mention and touchpoint."""

    def __init__(self, np, lines):
        lines = list(lines)
        self.x = np.array([[1, float(line["similarity"]), float(line["lead"])] for line in lines])
        self.keyphrase = np.array([line["keyphrase"] == "1" for line in lines])
        self.y = np.array([line["labelled"] == "1" for line in lines])
        pairs = {}
        # A row is labelled as a whole: which of its mentions a touchpoint stands in is not known.
        self.pair = np.array([pairs.setdefault((line["line"], line["touchpoint"]), len(pairs)) for line in lines])
        self.pairs = len(pairs)
        self.rows = len({line["line"] for line in lines})
        self.weight = 1 / np.sqrt(self.y.sum() + 20)
        names = sorted({line["touchpoint"] for line in lines})
        self.touchpoint = np.zeros(self.pairs, int)
        self.touchpoint[self.pair] = [names.index(line["touchpoint"]) for line in lines]
        self.labelled = self.best(np, self.y.astype(float)) > 0
        # Rows in which a keyphrase is found elsewhere say nothing about a mention without one.
        self.unnamed = self.best(np, self.keyphrase.astype(float))[self.pair] == 0

    def best(self, np, score):
        """The highest score of each pair of row and touchpoint."""
        best = np.full(self.pairs, -np.inf)
        np.maximum.at(best, self.pair, score)
        return best

    def f1(self, np, confident):
        """Mean of micro- and macro-F1 if a touchpoint is found where one of the mentions is confident of it."""
        found = self.best(np, confident.astype(float)) > 0
        count = lambda chosen: np.bincount(self.touchpoint[chosen], minlength=self.touchpoint.max() + 1)
        right, wrong, missed = count(found & self.labelled), count(found & ~self.labelled), count(~found & self.labelled)
        common = right + missed >= 10
        each = 2 * right / np.maximum(1, 2 * right + wrong + missed)
        micro = f1(right.sum(), wrong.sum(), missed.sum())
        return (micro + (each[common].mean() if common.any() else micro)) / 2


class Calibration:
    """Weights of three logistic regressions over similarity and lead, and the least confidence that counts."""

    def __init__(self, np, samples):
        some = {"keyphrase": lambda own: own.keyphrase, "alone": lambda own: own.unnamed, "meaning": lambda own: own.y == own.y}
        self.weights = {name: fit(np, samples, chosen) for name, chosen in some.items()}
        self.least = {"keyphrase": 0.0, "alone": 0.5, "meaning": 0.0}
        for name, measured in (("keyphrase", "both"), ("alone", "both"), ("meaning", "meaning")):
            # Where no keyphrase is found, F1 hardly depends on the threshold; below a third, two in three would be wrong.
            grid = np.arange(0.35 if name == "alone" else 0.05, 0.501, 0.025)
            mean = []
            for least in grid:
                self.least[name] = least
                mean.append(np.mean([own.f1(np, self.confident(np, own, measured)) for own in samples]))
            self.least[name] = float(grid[int(np.argmax(mean))])

    def confidence(self, np, sample, name):
        return 1 / (1 + np.exp(-(sample.x @ self.weights[name])))

    def confident(self, np, sample, measured):
        enough = lambda name: self.confidence(np, sample, name) >= self.least[name]
        if measured == "meaning":
            return enough("meaning")
        return np.where(sample.keyphrase, enough("keyphrase"), enough("alone"))

    def __str__(self):
        lines = ["# Weights of the confidence in a touchpoint. Written by `quality/touchpoints.py calibrate`; change the",
                 "# model, and run that again."]
        for name, (bias, similarity, lead) in self.weights.items():
            lines += ["", f"[{name}]", f"bias = {bias:.2f}", f"similarity = {similarity:.2f}", f"lead = {lead:.2f}",
                      f"threshold = {self.least[name]:.3f}"]
        return "\n".join(lines) + "\n"


def honesty(np, calibration, samples):
    """How often touchpoints found with a confidence are right, as far as labels of whole rows tell."""
    for name, chosen in (("keyphrase", lambda own: own.keyphrase), ("alone", lambda own: own.unnamed)):
        confidence = np.concatenate([calibration.confidence(np, own, name)[chosen(own)] for own in samples])
        right = np.concatenate([own.y[chosen(own)] for own in samples])
        for low in np.arange(0, 1, 0.1):
            inside = (confidence >= low) & (confidence < low + 0.1)
            if inside.sum() >= 10:
                print(f"{name}: of {inside.sum()} with a confidence around {low + 0.05:.2f}, {100 * right[inside].mean():.0f} % "
                      "are right")


def fit(np, samples, chosen, rounds=4):
    """Logistic regression on the chosen lines; of a labelled row, the mention that speaks most for the label counts."""
    lines = [np.flatnonzero(chosen(own)) for own in samples]
    x = np.concatenate([own.x[some] for own, some in zip(samples, lines)])
    y = np.concatenate([own.y[some] for own, some in zip(samples, lines)])
    sample_weight = np.concatenate([np.full(len(some), own.weight) for own, some in zip(samples, lines)])
    sample_weight /= sample_weight.mean()
    used = np.ones(len(y), bool)
    for _ in range(rounds):
        weights = newton(np, x[used], y[used], sample_weight[used])
        start = 0
        for own, some in zip(samples, lines):
            score = np.full(len(own.y), -np.inf)
            score[some] = own.x[some] @ weights
            best = own.best(np, score)[own.pair]
            used[start:start + len(some)] = (~own.y | (score >= best))[some]
            start += len(some)
    return weights


def newton(np, x, y, sample_weight, ridge=0.1):
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-(x @ weights)))
        gradient = x.T @ (sample_weight * (y - p)) - ridge * weights
        hessian = (x * (sample_weight * p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(weights))
        step = np.linalg.solve(hessian, gradient)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return weights


# --- inherit ---

# First words of a sentence that point back.
BACK = re.compile(r"(they|it|he|she|this|that|these|those|both|which)\b", re.I)


def inherit(arguments):
    """Sentences of restaurant reviews in their order: does one without a keyphrase share the touchpoints of the one before?"""
    codebook = HERE / "codebooks/mabsa_restaurant.toml"
    ids = {touchpoint["id"] for touchpoint in tomllib.loads(codebook.read_text())["touchpoint"]}
    with gzip.open(arguments.data / "aspects/semeval2016_rest_train_en.tsv.gz", "rt", encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t") for line in list(file)[1:]]
    labels = [{aspect.split(" ")[0] for aspect in line[3].split(";")} & ids for line in lines]
    with tempfile.TemporaryDirectory() as folder:
        feedback, evidence = Path(folder) / "feedback.csv", Path(folder) / "evidence.csv"
        with feedback.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "text", "touchpoints"])
            writer.writerows([n, line[0], ""] for n, line in enumerate(lines))
        subprocess.run([arguments.painpoint, "codebook", "evaluate", feedback, "--codebook", codebook, "--json",
                        "--evidence", evidence], check=True, stdout=subprocess.DEVNULL)
        named = [set() for _ in lines]
        for line in csv.DictReader(evidence.open(newline="")):
            if line["keyphrase"] == "1":
                named[int(line["line"]) - 2].add(line["touchpoint"])
    for name, wanted in (("any sentence", lambda text: True), ("one that points back", BACK.match)):
        counts = [0, 0, 0]
        for n in range(1, len(lines)):
            if not named[n] and named[n - 1] and wanted(lines[n][0]):
                counts[0] += 1
                counts[1] += len(named[n - 1] & labels[n])
                counts[2] += len(named[n - 1] - labels[n])
        print(f"{name}: {counts[0]} without a keyphrase behind one with; touchpoints taken over rightly {counts[1]}, "
              f"wrongly {counts[2]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=["measure", "zero-shot", "supervised", "calibrate", "inherit"])
    parser.add_argument("--data", type=Path, required=True, help="folder of the data")
    parser.add_argument("--painpoint", type=Path, default=ROOT / "target/release/painpoint", help="the program")
    parser.add_argument("--model", type=Path, help="model directory instead of the bundled model")
    parser.add_argument("--base", type=Path, help="encoder for zero-shot classification")
    parser.add_argument("--rows", type=int, default=500, help="most rows of a benchmark and split [500]")
    parser.add_argument("--evidence", type=Path, help="folder that keeps the evidence of a run, one for each action; what is there is not scored again")
    parser.add_argument("--keyphrases", type=int, help="most keyphrases of a touchpoint and language")
    arguments = parser.parse_args()
    if arguments.action == "zero-shot" and not arguments.base:
        parser.error("zero-shot needs --base")
    actions = {"measure": measure, "zero-shot": measure_zero_shot, "supervised": measure_supervised, "calibrate": calibrate,
               "inherit": inherit}
    actions[arguments.action](arguments)


if __name__ == "__main__":
    main()
