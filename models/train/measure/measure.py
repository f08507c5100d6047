#!/usr/bin/env python3
"""Score dev, the challenge set and the bias sentences with the program itself, once, and keep what it says.

    python -m measure.measure --data DATA [--binary ../../target/release/painpoint] [--model DIR] --json measure/figures/shipped.json

Python's standard library alone. dev is scored in int8, and in float32 for the comparison (twice the time).
"""
import argparse
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

from measure import bias
from measure import sets

HERE = pathlib.Path(__file__).resolve().parent
CHALLENGE = HERE.parents[2] / "tests" / "data" / "challenge.csv"


def evaluate(binary: pathlib.Path, file: pathlib.Path, by: list[str], *options: str) -> dict:
    command = [str(binary), "evaluate", str(file), "--json", *options]
    for column in by:
        command += ["--by", column]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def dev_file(data: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """dev with a column for each way of grouping it."""
    allowed = sets.permissive_sources(data)
    path = folder / "dev.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["number", "set", "language", "group", "text", "label"])
        for number, row in enumerate(sets.read(data, "dev")):
            names = sets.names(row, allowed)
            writer.writerow([number, *names, row.text, row.label])
    return path


def labels_found(figures: dict, path: pathlib.Path) -> dict[str, str]:
    """The label that each row got: the gold one, but for the errors listed."""
    with path.open(encoding="utf-8", newline="") as lines:
        found = {row["number"]: row["label"] for row in csv.DictReader(lines)}
    for error in figures["errors"]:
        found[error["by"][0]] = error["found"]
    return found


def agreement(one: dict[str, str], other: dict[str, str]) -> float:
    return sum(label == other[number] for number, label in one.items()) / len(one)


def shortened(figures: dict) -> dict:
    """Without what is too long to keep: single rows."""
    figures.pop("errors", None)
    figures["by"].pop("number", None)
    for column in ("set", "language"):
        for entry in figures["by"][column].values():
            entry.pop("calibration", None)
    return figures


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=pathlib.Path, required=True)
    arguments.add_argument("--binary", type=pathlib.Path, default=HERE.parents[2] / "target" / "release" / "painpoint")
    arguments.add_argument("--model", type=pathlib.Path)
    arguments.add_argument("--json", type=pathlib.Path, required=True)
    arguments.add_argument("--no-float", action="store_true", help="leave out the comparison with float32")
    args = arguments.parse_args()
    other = ["--model", str(args.model)] if args.model else []
    by = ["number", "set", "language", "group"]
    with tempfile.TemporaryDirectory() as folder_name:
        folder = pathlib.Path(folder_name)
        dev = dev_file(args.data, folder)
        eight = evaluate(args.binary, dev, by, "--errors", *other)
        labels = labels_found(eight, dev)
        result = {"dev": shortened(eight),
                  "challenge": evaluate(args.binary, CHALLENGE, ["category", "lang"], *other),
                  "bias": bias.measure(args.binary, folder, other)}
        args.json.write_text(json.dumps(result) + "\n", encoding="utf-8")
        print("dev, challenge set and bias sentences scored", file=sys.stderr)
        if not args.no_float:
            floats = evaluate(args.binary, dev, by, "--errors", "--precision", "f32", *other)
            result["float"] = {"agreement": agreement(labels, labels_found(floats, dev)), "dev": shortened(floats)}
            print("float32 compared", file=sys.stderr)
    args.json.write_text(json.dumps(result) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
