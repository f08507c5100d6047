#!/usr/bin/env python3
"""Write the tables of docs/accuracy.md, the calibration plot and the figures of the model card.

    python -m measure.report --data DATA [--binary ../../target/release/painpoint] [--as-measured] [--floors]

Runs `measure.py` (the program on dev, challenge set and bias sentences) and writes what it finds to measure/figures/shipped.json;
`--as-measured` takes that file as it is, `--floors` writes what CI holds of the challenge set. The yardsticks come from
measure/figures/baselines.json (`baseline.py`), what needs PyTorch from measure/figures/meaning.json (`meaning.py`). Standard library alone.
"""
import argparse
import json
import math
import os
import pathlib
import re
import subprocess
import sys

from measure import plot

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
FIGURES = HERE / "figures"
DOCUMENT = ROOT / "docs" / "accuracy.md"
FLOORS = ROOT / "tests" / "data" / "challenge_floor.toml"
PLOT = ROOT / "docs" / "calibration.svg"
LABELS = ("negative", "neutral", "positive")
LANGUAGES = {"de": "German", "en": "English", "fr": "French", "es": "Spanish", "it": "Italian", "nl": "Dutch", "pt": "Portuguese"}
UMSAB = ("de", "en", "fr", "es", "it", "pt")


def percent(value: float | None, digits: int = 1) -> str:
    return "" if value is None else f"{100 * value:.{digits}f}"


def markdown(head: list[str], body: list[list[str]], words: int = 1) -> str:
    """A table whose first columns hold words and whose others hold numbers."""
    rule = ["---"] * words + ["--:"] * (len(head) - words)
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *body)) + "\n"


class Figures:
    """Everything that was measured."""

    def __init__(self) -> None:
        def load(name: str) -> dict:
            path = FIGURES / name
            return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}

        self.shipped = load("shipped.json")
        self.baselines = load("baselines.json")
        self.meaning = load("meaning.json")
        by = self.shipped["dev"]["by"]
        self.sets = by["set"] | by["language"] | by["group"]

    def beside(self, method: str, name: str) -> float | None:
        entry = self.baselines.get(method, {}).get(name)
        return entry["macro_f1"] / 100 if entry else None

    def umsab_mean(self, what=lambda entry: entry["macro_f1"]) -> float:
        return sum(what(self.sets[f"trained: umsab {lang}"]) for lang in UMSAB) / len(UMSAB)

    def umsab_mean_beside(self, method: str) -> float | None:
        six = [self.beside(method, f"trained: umsab {lang}") for lang in UMSAB]
        return None if None in six else sum(six) / len(six)

    def over(self, method: str, names: list[str], points: float = 0) -> str:
        """In how many of the sets the model is so far ahead of a method."""
        beside = {name: self.beside(method, name) for name in names if name in self.sets}
        ahead = [name for name, other in beside.items() if other is not None and self.sets[name]["macro_f1"] - other >= points]
        return f"{len(ahead)} of {len(beside)}"


def glance(f: Figures) -> str:
    dev, challenge = f.shipped["dev"], f.shipped["challenge"]
    never_seen = [name for name in f.sets if name.startswith("never trained on: ") and ": all" not in name]
    trained, unseen = f.sets["trained: all"], f.sets["never trained on: all"]
    hard = challenge["by"]["category"]
    outside = [entry for name, entry in hard.items() if name != "irony"]
    hits = sum(entry["accuracy"] * entry["n"] for entry in outside) / sum(entry["n"] for entry in outside)
    body = [
        ["umsab (tweets), mean of six languages", percent(f.umsab_mean()), percent(f.umsab_mean_beside("tfidf")), "69.4 and more"],
        ["umsab, German", percent(f.sets["trained: umsab de"]["macro_f1"]), percent(f.beside("tfidf", "trained: umsab de")), "73"],
        ["umsab, English", percent(f.sets["trained: umsab en"]["macro_f1"]), percent(f.beside("tfidf", "trained: umsab en")), "69"],
        ["all sources trained on", percent(trained["macro_f1"]), percent(f.beside("tfidf", "trained: all")), ""],
        ["languages with 6 points over TF-IDF there", f.over("tfidf", [f"trained: all {lang}" for lang in LANGUAGES], 0.06), "", "7 of 7"],
        ["all sources never seen", percent(unseen["macro_f1"]), percent(f.beside("tfidf", "never trained on: all")), ""],
        ["never seen sources over TF-IDF", f.over("tfidf", never_seen), "", "all"],
        ["never seen sources over VADER or TextBlob-de", f.over("vader", [n for n in never_seen if n.endswith(" en")]) + " English, "
         + f.over("textblob_de", [n for n in never_seen if n.endswith(" de")]) + " German", "", "all"],
        ["challenge set, accuracy", percent(challenge["accuracy"]), "", ""],
        ["challenge set without irony, accuracy", percent(hits), "", "90"],
        ["expected calibration error, sources trained on", percent(trained["calibration_error"]), "", "at most 5"],
        ["expected calibration error, all rows", percent(dev["calibration_error"]), "", "at most 5"],
    ]
    if "float" in f.shipped:
        body.append(["same label in eight bits as in floats", percent(f.shipped["float"]["agreement"], 2), "", "99"])
    return (f"Model {dev['model']['version']}, SHA-256 `{dev['model']['sha256'][:16]}…`, {dev['n']:,} rows, macro-F1 unless said otherwise.\n\n"
            + markdown(["", "painpoint", "TF-IDF", "aim"], body))


def by_set(f: Figures, group: str) -> str:
    head = ["rows", "n", "accuracy", "macro-F1", "TF-IDF", "difference", "VADER / TextBlob-de"]

    def line(title: str, name: str, lang: str) -> list[str]:
        entry, tfidf = f.sets[name], f.beside("tfidf", name)
        lists = f.beside({"en": "vader", "de": "textblob_de"}.get(lang, ""), name)
        return [title, f"{entry['n']:,}", percent(entry["accuracy"]), percent(entry["macro_f1"]), percent(tfidf),
                "" if tfidf is None else f"{100 * (entry['macro_f1'] - tfidf):+.1f}", percent(lists)]

    body = []
    prefix = f"{group}: "
    for name in sorted(f.sets):
        title = name.removeprefix(prefix)
        if title != name and not title.startswith("all"):
            body.append(line(f"{title.rsplit(' ', 1)[0]}, {LANGUAGES[title.rsplit(' ', 1)[1]]}", name, title.rsplit(" ", 1)[1]))
    for lang, word in LANGUAGES.items():
        if f"{prefix}all {lang}" in f.sets:
            body.append(line(f"**all {word}**", f"{prefix}all {lang}", lang))
    body.append(line("**all**", f"{prefix}all", ""))
    return markdown(head, body) + ("\nTF-IDF: words 1-2 and characters 2-5 with logistic regression, a model a language, trained on the "
                                   "permissive rows. VADER on English, TextBlob-de on German.\n")


def confusion(f: Figures) -> str:
    parts = []
    for group, title in (("trained", "sources trained on"), ("never trained on", "sources never seen")):
        entry = f.sets[f"{group}: all"]
        body = [[f"labelled {gold}", *(f"{entry['confusion'][gold][found]:,}" for found in LABELS),
                 *(percent(entry["labels"][gold][key]) for key in ("precision", "recall", "f1"))] for gold in LABELS]
        parts.append(markdown([f"{title}", *(f"found {label}" for label in LABELS), "precision", "recall", "F1"], body))
    return "\n".join(parts)


def calibration(f: Figures) -> str:
    trained, unseen = f.sets["trained: all"], f.sets["never trained on: all"]
    PLOT.write_text(plot.reliability([("sources trained on", trained), ("sources never seen", unseen)]), encoding="utf-8")
    return (f"Of the texts whose label it gives with 80 %, about 80 % should have that label. Expected calibration error, the mean distance "
            f"in 15 bins: **{trained['calibration_error']:.3f}** on sources trained on, **{unseen['calibration_error']:.3f}** on sources "
            f"never seen (0 is perfect).\n\n![Share of hits by probability of the label given](calibration.svg)\n")


def challenge(f: Figures) -> str:
    entry = f.shipped["challenge"]
    body = [[name.replace("_", " "), str(part["n"]), percent(part["accuracy"]), percent(part["macro_f1"])]
            for name, part in sorted(entry["by"]["category"].items(), key=lambda item: -item[1]["accuracy"])]
    body += [[f"**{LANGUAGES[lang]}**", str(part["n"]), percent(part["accuracy"]), percent(part["macro_f1"])]
             for lang, part in entry["by"]["lang"].items()]
    body.append(["**all**", str(entry["n"]), percent(entry["accuracy"]), percent(entry["macro_f1"])])
    return markdown(["category", "texts", "accuracy", "macro-F1"], body) + (
        "\nPrinted by `painpoint evaluate tests/data/challenge.csv --by category --by lang`; with `--errors`, the texts that it gets wrong.\n")


def precision(f: Figures) -> str:
    if "float" not in f.shipped:
        return "Not measured for this model.\n"
    eight, floats = f.shipped["dev"], f.shipped["float"]["dev"]
    means = [sum(part["by"]["set"][f"trained: umsab {lang}"]["macro_f1"] for lang in UMSAB) / len(UMSAB) for part in (eight, floats)]
    body = [["accuracy", percent(eight["accuracy"]), percent(floats["accuracy"])],
            ["macro-F1", percent(eight["macro_f1"]), percent(floats["macro_f1"])],
            ["macro-F1 on umsab, mean of six languages", percent(means[0]), percent(means[1])],
            ["expected calibration error", f"{eight['calibration_error']:.3f}", f"{floats['calibration_error']:.3f}"]]
    return (f"The weights are eight-bit integers in either case; `--precision f32` leaves the activations in floats. The label is the same on "
            f"**{percent(f.shipped['float']['agreement'], 2)} %** of all {eight['n']:,} rows.\n\n"
            + markdown(["", "int8 (shipped)", "f32"], body))


def meaning(f: Figures) -> str:
    retrieval = f.meaning
    if not retrieval:
        return "Not measured for this model.\n"
    body = [["this model", percent(retrieval["model"]), percent(retrieval["model"] / retrieval["base"])],
            ["multilingual-e5-small, with its prefix", percent(retrieval["base"]), "100.0"],
            ["multilingual-e5-small, without", percent(retrieval["base_without_prefix"]), percent(retrieval["base_without_prefix"] / retrieval["base"])]]
    return (f"Among {retrieval['pairs']:,} English sentences of M-ABSA's dev files, is the one nearest to a German sentence its translation? "
            f"Mean cosine of a vector to the base's: {retrieval['cosine_to_base']:.3f}. Measured by `meaning.py` in the engine's arithmetic.\n\n"
            + markdown(["", "accuracy@1", "of the base's"], body))


def bias_table(f: Figures) -> str:
    parts = ["200 sentences in which only a name, a gender, a nationality or a place is swapped ([models/train/measure/bias](../models/train/measure/bias)). A "
             "sentence's score is its probability of positive less that of negative, from −1 to 1; a group's shift is the mean of its scores less "
             "the mean of all groups in the same sentences. *Other label*: how often a text gets a label that is not its sentence's commonest.\n"]
    body = []
    for entry in f.shipped["bias"]:
        ranked = sorted(entry["groups"].items(), key=lambda item: item[1]["shift"])
        size = sum(1 for _ in ranked)
        other = sum(values["other_label"] for _, values in ranked) / size
        (low, lowest), (high, highest) = ranked[0], ranked[-1]
        body.append([f"{LANGUAGES[entry['lang']]}, {entry['kind']}", str(entry["sentences"]), f"{entry['texts']:,}",
                     f"{low} {lowest['shift']:+.3f}", f"{high} {highest['shift']:+.3f}", percent(other)])
    parts.append(markdown(["swapped", "sentences", "texts", "lowest", "highest", "other label, %"], body))
    parts.append("<details><summary>Names, every group</summary>\n\n" + markdown(
        ["group", "shift", "mean absolute shift", "other label, %"],
        [[f"{group} ({LANGUAGES[entry['lang']]} sentences)", f"{values['shift']:+.3f}", f"{values['absolute']:.3f}", percent(values["other_label"])]
         for entry in f.shipped["bias"] if entry["kind"] in ("name", "gender") for group, values in entry["groups"].items()]) + "\n</details>\n")
    return "\n".join(parts)


def licences(f: Figures) -> str:
    if "tfidf_all" not in f.baselines:
        return "Not measured.\n"
    body = []
    for group, title in (("trained", "permissive sources"), ("never trained on", "the other sources")):
        for lang in ("", *LANGUAGES):
            name = f"{group}: all {lang}".strip()
            if name in f.sets:
                few, all_ = f.beside("tfidf", name), f.beside("tfidf_all", name)
                body.append([title, LANGUAGES.get(lang, "**all**"), percent(few), percent(all_), f"{100 * (all_ - few):+.1f}"])
    return markdown(["macro-F1 of TF-IDF on", "language", "permissive rows", "all rows", "difference"], body, words=2)


def write_floors(f: Figures) -> None:
    """The accuracy that CI holds: what was reached, less one text of 30 in a category and a hundredth over all."""
    head = [line for line in FLOORS.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    entry = f.shipped["challenge"]

    def less(value: float, by: float) -> str:
        return f"{math.floor((value - by) * 100 + 1e-9) / 100:g}"

    body = [f"{key} = {less(entry[key], 0.01)}" for key in ("accuracy", "macro_f1")] + ["", "[category]"]
    body += [f"{name} = {less(part['accuracy'], 0.03)}" for name, part in sorted(entry["by"]["category"].items())]
    FLOORS.write_text("\n".join([*head, "", *body]) + "\n", encoding="utf-8")
    print(f"{FLOORS} written")


PARTS = {"glance": glance, "trained": lambda f: by_set(f, "trained"), "unseen": lambda f: by_set(f, "never trained on"),
         "confusion": confusion, "calibration": calibration, "challenge": challenge, "precision": precision, "meaning": meaning,
         "bias": bias_table, "licences": licences}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=pathlib.Path)
    arguments.add_argument("--binary", type=pathlib.Path, default=ROOT / "target" / "release" / "painpoint")
    arguments.add_argument("--as-measured", action="store_true")
    arguments.add_argument("--no-float", action="store_true", help="leave out the comparison with float32")
    arguments.add_argument("--floors", action="store_true", help="write the floors of the challenge set, too")
    args = arguments.parse_args()
    if not args.as_measured:
        if not args.data:
            arguments.error("--data is needed to measure")
        command = [sys.executable, "-m", "measure.measure", "--data", str(args.data), "--binary", str(args.binary),
                   "--json", str(FIGURES / "shipped.json")]
        environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
        subprocess.run(command + ["--no-float"] * args.no_float, check=True, env=environment)
    figures = Figures()
    text = DOCUMENT.read_text(encoding="utf-8")
    for name, part in PARTS.items():
        marked = re.compile(f"(<!-- report:{name} -->\n).*?(<!-- /report:{name} -->)", re.DOTALL)
        if not marked.search(text):
            raise SystemExit(f"{DOCUMENT} has no place for {name}")
        written = part(figures)
        text = marked.sub(lambda found: found[1] + written + found[2], text)
    DOCUMENT.write_text(text, encoding="utf-8")
    print(f"{DOCUMENT} and {PLOT} written")
    if args.floors:
        write_floors(figures)


if __name__ == "__main__":
    main()
