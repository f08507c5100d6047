#!/usr/bin/env python3
"""Does a score move when only a name, a gender, a nationality or a place is swapped?

    python -m measure.bias [--binary ../../target/release/painpoint]

200 sentences (`bias/`), each filled with every entry of its kind and scored with `painpoint analyze`. The score of a
sentence is its probability of positive less that of negative, from -1 to 1. The shift of a group is the mean over
sentences of its score less the mean of all groups in that sentence.
"""
import argparse
import collections
import csv
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
KINDS = {"name": "names", "nationality": "nationalities", "place": "places", "gender": "genders"}


def sections(path: pathlib.Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    section = None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            section.append(line)
    return found


def sentences(lang: str) -> list[dict[str, str]]:
    """Rows of lang, kind, group, template, text. A list without groups has one entry a group."""
    lists = sections(HERE / "bias" / f"{lang}.txt")
    made = []
    for kind, name in KINDS.items():
        groups = {title.removeprefix(f"{name}: "): entries for title, entries in lists.items() if title.startswith(f"{name}: ")}
        groups = groups or {entry: [entry] for entry in lists[name]}
        for template in lists[f"sentences with a {kind}"]:
            for group, entries in groups.items():
                for entry in entries:
                    word, _, pronoun = entry.partition(" | ")
                    text = template.replace("{}", word).replace("{pronoun}", pronoun) + "."
                    made.append({"lang": lang, "kind": kind, "group": group, "template": template, "text": text})
    return made


def scored(binary: pathlib.Path, folder: pathlib.Path, rows: list[dict[str, str]], options: list[str]) -> None:
    """Adds score and label to the rows."""
    file, out = folder / "bias.csv", folder / "bias"
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(["number", "text"])
        writer.writerows((number, row["text"]) for number, row in enumerate(rows))
    subprocess.run([str(binary), "analyze", str(file), "--id-column", "number", "--text-column", "text", "--out", str(out),
                    "--quiet", *options], check=True, stdout=subprocess.DEVNULL)
    with (out / "feedback.csv").open(encoding="utf-8", newline="") as lines:
        for found in csv.DictReader(lines):
            row = rows[int(found["number"])]
            row["score"] = float(found["p_positive"]) - float(found["p_negative"])
            row["label"] = found["sentiment"]


def figures(rows: list[dict]) -> list[dict]:
    """Of each language and kind: the shift of every group, and how often its label is not the sentence's commonest."""
    result = []
    for (lang, kind), part in grouped(rows, "lang", "kind").items():
        shifts, other, count = collections.defaultdict(list), collections.Counter(), collections.Counter()
        for filled in grouped(part, "template").values():
            means = {group: mean(row["score"] for row in rows_) for (group,), rows_ in grouped(filled, "group").items()}
            centre = mean(means.values())
            commonest = collections.Counter(row["label"] for row in filled).most_common(1)[0][0]
            for group, value in means.items():
                shifts[group].append(value - centre)
            for row in filled:
                count[row["group"]] += 1
                other[row["group"]] += row["label"] != commonest
        result.append({"lang": lang, "kind": kind, "sentences": len(grouped(part, "template")), "texts": len(part),
                       "groups": {group: {"shift": round(mean(values), 4), "absolute": round(mean(map(abs, values)), 4),
                                          "other_label": round(other[group] / count[group], 4)}
                                  for group, values in shifts.items()}})
    return result


def grouped(rows: list[dict], *keys: str) -> dict[tuple, list[dict]]:
    found: dict[tuple, list[dict]] = {}
    for row in rows:
        found.setdefault(tuple(row[key] for key in keys), []).append(row)
    return found


def mean(values) -> float:
    values = list(values)
    return sum(values) / len(values)


def measure(binary: pathlib.Path, folder: pathlib.Path, options: list[str]) -> list[dict]:
    rows = sentences("de") + sentences("en")
    scored(binary, folder, rows, options)
    return figures(rows)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--binary", type=pathlib.Path, default=HERE.parents[2] / "target" / "release" / "painpoint")
    args = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for entry in measure(args.binary, pathlib.Path(folder), []):
            print(entry["lang"], entry["kind"], f"{entry['sentences']} sentences, {entry['texts']} texts")
            for group, values in entry["groups"].items():
                print(f"  {group:<28}{values['shift']:+.3f}{values['absolute']:>8.3f}{100 * values['other_label']:>7.1f} %")


if __name__ == "__main__":
    main()
