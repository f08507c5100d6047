"""The rows of the data sets, the sets that accuracy is reported for, and the figures of a set. Standard library alone."""
import collections
import dataclasses
import gzip
import pathlib


@dataclasses.dataclass(frozen=True)
class Labelled:
    text: str
    label: str
    lang: str
    source: str


def read(data: pathlib.Path, split: str) -> list[Labelled]:
    with gzip.open(data / "sentiment" / f"{split}.tsv.gz", "rt", encoding="utf-8", newline="\n") as lines:
        next(lines)
        return [Labelled(*line.rstrip("\n").split("\t")) for line in lines]


def licences(data: pathlib.Path) -> list[list[str]]:
    """Source, class, licence as far as known."""
    lines = (data / "LICENCES.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [(line.split("\t") + [""])[:3] for line in lines]


def permissive_sources(data: pathlib.Path) -> set[str]:
    return {source for source, kind, _ in licences(data) if kind == "permissive"}


def names(row, allowed: set[str]) -> list[str]:
    """The sets a row belongs to: its source in its language, its language, all; apart for sources trained on or not."""
    group = "trained" if row.source in allowed else "never trained on"
    return [f"{group}: {row.source} {row.lang}", f"{group}: all {row.lang}", f"{group}: all"]


def macro_f1(pairs: list[tuple]) -> float:
    """Mean F1 in percent over the labels that occur among the gold ones, as `painpoint evaluate` has it."""
    scores = []
    for label in {gold for gold, _ in pairs}:
        hits = sum(gold == found == label for gold, found in pairs)
        either = sum(gold == label for gold, _ in pairs) + sum(found == label for _, found in pairs)
        scores.append(2 * hits / either)
    return 100 * sum(scores) / len(scores)


def table(rows: list, found: dict, allowed: set[str]) -> dict[str, dict]:
    """n, macro-F1 and accuracy in percent of every set, over the rows that have an answer (index to label)."""
    pairs = collections.defaultdict(list)
    for i, answer in found.items():
        for name in names(rows[i], allowed):
            pairs[name].append((rows[i].label, answer))
    return {name: {"n": len(part), "macro_f1": round(macro_f1(part), 2),
                   "accuracy": round(100 * sum(gold == answer for gold, answer in part) / len(part), 2)}
            for name, part in sorted(pairs.items())}


def umsab_mean(table_: dict[str, dict]) -> float:
    """Mean macro-F1 of the six languages of umsab."""
    six = [entry["macro_f1"] for name, entry in table_.items() if ": umsab " in name]
    return sum(six) / len(six)
