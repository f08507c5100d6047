"""What labels of one's own teach the model: `painpoint tune`, measured on texts that it was not tuned on.

    python3 quality/tuning.py DATA [--binary target/release/painpoint] [--labels 120] [--trials 4] [--picked]

DATA is the folder of labelled data that `models/train` uses; only sources count that the model was not trained on. Of
each, 700 texts are drawn, and in every trial some of them are labelled at random. The model is tuned on these, and both
models are measured on the others. With --picked, 1,400 are drawn; of those that are one mention, `painpoint label` picks
in one half, and the other half measures: what is left of the first is easier than all.
What is printed is macro-F1 in points: what `tune` reported, and what came of it.
"""

import argparse
import csv
import gzip
import hashlib
import json
import pathlib
import re
import subprocess
import tempfile

SOURCES = ["airline_en", "germeval2017_dev", "insurance_fr", "yelp_berlin_de", "omp", "sst5"]
TEXTS = 700
PICKED_TEXTS = 1400
LONGEST = 260


def order(seed, text):
    return hashlib.sha256(f"{seed} {text}".encode()).hexdigest()


def texts_of(data, source, count):
    rows = {}
    for part in ["train", "dev"]:
        with gzip.open(data / "sentiment" / f"{part}.tsv.gz", "rt", encoding="utf-8") as file:
            for line in list(file)[1:]:
                text, label, _, own = line.rstrip("\n").split("\t")
                if own == source and len(text) < LONGEST:
                    rows[text] = label
    return sorted(rows.items(), key=lambda row: order("draw", row[0]))[:count]


def write(path, rows, header=("text", "label")):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def picked(binary, folder, rows, count):
    """What `label` picks."""
    write(folder / "all.csv", [[text] for text, _ in rows], header=["comment"])
    todo = folder / "todo.csv"
    todo.unlink(missing_ok=True)
    command = [binary, "label", folder / "all.csv", "--text-column", "comment", "--n", str(count), "--out", todo]
    subprocess.run([*command, "--quiet", "--no-redact", "--raw-csv"], check=True, stdout=subprocess.DEVNULL)
    labels = dict(rows)
    with open(todo, encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    return [(row["text"], labels.get(row["text"], ""), row["drawn"]) for row in found]


def of_one_mention(binary, folder, rows):
    """The texts that the program does not split: of parts, nobody has labels."""
    whole = {text for text, _, _ in picked(binary, folder, rows, 1000)}
    return [row for row in rows if row[0] in whole]


def macro_f1(binary, path, model):
    command = [binary, "evaluate", path, "--json", *(["--model", model] if model else [])]
    found = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(found)["macro_f1"] * 100


def trial(binary, folder, rows, count, seed, is_picked):
    """Whether the tuning was kept, the rise that was reported and the rise on the other texts."""
    if is_picked:
        half = len(rows) // 2
        labelled = picked(binary, folder, rows[:half], count)
        write(folder / "labelled.csv", labelled, header=["text", "label", "drawn"])
        known = {text for text, _ in rows[:half]}
    else:
        labelled = sorted(rows, key=lambda row: order(seed, row[0]))[:count]
        write(folder / "labelled.csv", labelled)
        known = {text for text, _ in labelled}
    write(folder / "rest.csv", [row for row in rows if row[0] not in known])
    out = folder / f"tuned-{seed}"
    ended = subprocess.run([binary, "tune", folder / "labelled.csv", "--out", out], capture_output=True, text=True)
    kept = re.search(r"macro-F1 ([\d.]+) before and ([\d.]+) tuned", ended.stderr)
    if kept is None:
        refused = re.search(r"macro-F1 is ([\d.]+) and without correction ([\d.]+)", ended.stderr)
        return False, float(refused[1]) - float(refused[2]) if refused else None, 0.0
    rest = folder / "rest.csv"
    rise = macro_f1(binary, rest, out) - macro_f1(binary, rest, None)
    subprocess.run(["rm", "-r", out], check=True)
    return True, float(kept[2]) - float(kept[1]), rise


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--binary", default="target/release/painpoint")
    parser.add_argument("--labels", type=int, default=120)
    parser.add_argument("--trials", type=int, default=4)
    parser.add_argument("--picked", action="store_true")
    arguments = parser.parse_args()
    print("| source | before | kept | reported rise of those kept | rise on other texts | the least |")
    print("| --- | --: | --: | --: | --: | --: |")
    everything = []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for source in SOURCES:
            rows = texts_of(arguments.data, source, PICKED_TEXTS if arguments.picked else TEXTS)
            rows = of_one_mention(arguments.binary, folder, rows) if arguments.picked else rows
            write(folder / "every.csv", rows)
            before = macro_f1(arguments.binary, folder / "every.csv", None)
            seeds = range(1 if arguments.picked else arguments.trials)
            found = [trial(arguments.binary, folder, rows, arguments.labels, seed, arguments.picked) for seed in seeds]
            everything += found
            print_row(source, f"{before:.1f}", found)
    print_row("**all**", "", everything)


def print_row(name, before, found):
    kept = [(reported, rise) for is_kept, reported, rise in found if is_kept]
    mean = lambda values: f"{sum(values) / len(values):+.1f}" if values else ""
    reported, rises = [reported for reported, _ in kept], [rise for _, rise in kept]
    least = f"{min(rises):+.1f}" if rises else ""
    print(f"| {name} | {before} | {len(kept)} of {len(found)} | {mean(reported)} | {mean(rises)} | {least} |", flush=True)


if __name__ == "__main__":
    main()
