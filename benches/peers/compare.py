#!/usr/bin/env python3
"""Runs painpoint and its peers in turn and prints one table. Called by run.sh."""
import argparse
import csv
import gzip
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

import peer

ROWS = {
    "int8": "painpoint, int8 (the default)",
    "f32": "painpoint, f32",
    "rust-bert": "painpoint on rust-bert (libtorch), f32",
    "ort-int8": "ONNX Runtime, int8 dynamic per channel",
    "ort-f32": "ONNX Runtime, f32",
    "rten-int8": "rten, int8 (the same file)",
    "rten-f32": "rten, f32",
    "pytorch": "PyTorch eager, f32",
    "pipeline": "transformers pipeline, our weights",
    "pipeline-xlmr": "transformers pipeline, XLM-R base size",
    "vader": "VADER (English word list)",
}
ENGINES = {
    "int8": ["--precision", "int8"], "f32": ["--precision", "f32"], "rust-bert": ["--engine", "rust-bert"],
}
# Those that have a program of their own, with the file they read.
RTEN = {"rten-int8": "own.int8.onnx", "rten-f32": "own.onnx"}
# Of the pipeline with random weights there are no labels to agree with.
WITHOUT_AGREEMENT = {"pipeline-xlmr"}


def arguments():
    parser = argparse.ArgumentParser(prog="run.sh", description=__doc__)
    parser.add_argument("--painpoint", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--model", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--samples", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--cache", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--rten", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--texts", type=pathlib.Path, help="CSV or TSV with a column text, or a text a line; may be gzipped")
    parser.add_argument("--limit", type=int, default=1000, help="this many texts, evenly spread [1000]")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, of which the median counts [5]")
    parser.add_argument("--threads", type=int, default=1, help="threads of every peer [1]")
    parser.add_argument("--only", action="append", choices=ROWS, help="these rows only; may be given several times")
    parser.add_argument("--json", type=pathlib.Path, help="every measurement, for later")
    return parser.parse_args()


def read_texts(args):
    """Different texts, evenly spread over the file or, without one, over the mentions of the samples."""
    if args.texts:
        texts = texts_of(args.texts)
    else:
        texts = []
        for sample in sorted(args.samples.glob("*.csv")):
            with tempfile.TemporaryDirectory() as folder:
                out = pathlib.Path(folder) / "out"
                # Rows of bad encoding or form are among the samples on purpose.
                subprocess.run([args.painpoint, "analyze", sample, "--out", out, "--quiet"], check=True, capture_output=True)
                texts += texts_of(out / "mentions.csv")
    texts = list(dict.fromkeys(text for text in texts if text.strip()))
    count = min(args.limit, len(texts))
    return [texts[index * len(texts) // count] for index in range(count)]


def texts_of(path):
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        name = path.name.removesuffix(".gz")
        if name.endswith((".csv", ".tsv")):
            return [row["text"] for row in csv.DictReader(file, delimiter="\t" if name.endswith(".tsv") else ",")]
        return file.read().splitlines()


class Measured:
    """A process that has ended: wall and CPU seconds, peak memory in MB, what it printed."""

    def __init__(self, command, threads):
        environment = {**os.environ, "OMP_NUM_THREADS": str(threads), "TOKENIZERS_PARALLELISM": "false"}
        started = time.time()
        process = subprocess.Popen(
            [str(part).replace("@started", repr(started)) for part in command],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True,
        )
        # Its errors are few; its results are one line.
        self.output = process.stdout.read()
        self.errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        self.code = process.returncode = os.waitstatus_to_exitcode(status)
        self.wall = time.time() - started
        self.cpu = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss / 1024

    def json(self):
        if self.code != 0:
            sys.exit(self.errors)
        return json.loads(self.output)


def labelled(path, texts, labels):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["text", "label"])
        writer.writerows(zip(texts, labels))


def ours(name, args, folder, count):
    """painpoint evaluates against the labels of f32, so that its accuracy is the agreement with them. What one text
    costs is start-up, and is taken off."""
    command = [args.painpoint, "evaluate", "@", "--json", "--threads", args.threads, *ENGINES[name]]
    one, all_texts = (
        Measured([folder / file if part == "@" else part for part in command], args.threads)
        for file in ("one.csv", "all.csv")
    )
    result = all_texts.json()
    one.json()
    return {
        "startup": one.wall, "seconds": count / result["texts_per_second"], "cpu": max(all_texts.cpu - one.cpu, 1e-9),
        "memory": all_texts.memory, "agreement": result["accuracy"],
    }


def theirs(name, args, folder, exports, reference):
    program = [args.rten, RTEN[name]] if name in RTEN else [sys.executable, pathlib.Path(peer.__file__), name]
    measured = Measured([*program, exports, folder / "texts.json", args.threads, "@started"], args.threads)
    result = measured.json()
    same = sum(label == expected for label, expected in zip(result.pop("labels"), reference))
    return {**result, "memory": measured.memory, "agreement": same / len(reference)}


def rows(args, folder):
    """What can be run here."""
    chosen = [name for name in ROWS if not args.only or name in args.only]
    if "rust-bert" in chosen:
        probe = Measured([args.painpoint, "evaluate", folder / "one.csv", "--json", *ENGINES["rust-bert"]], args.threads)
        if probe.code != 0:
            print(f"left out: rust-bert, which this binary does not have: {probe.errors.splitlines()[0]}", file=sys.stderr)
            chosen.remove("rust-bert")
    return chosen


def processor():
    for line in open("/proc/cpuinfo", encoding="utf-8"):
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def main():
    args = arguments()
    # In a process of its own: a child's peak memory starts at what its parent holds.
    command = [sys.executable, pathlib.Path(__file__).with_name("export.py"), args.model, args.cache]
    exports = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1]
    texts = read_texts(args)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "texts.json").write_text(json.dumps(texts))
        # The reference: PyTorch on the same weights in float32.
        run = [sys.executable, peer.__file__, "pytorch", exports, folder / "texts.json", args.threads, "@started"]
        reference = Measured(run, args.threads).json()["labels"]
        labelled(folder / "all.csv", texts, reference)
        labelled(folder / "one.csv", texts[:1], reference[:1])
        chosen = rows(args, folder)
        results = {name: [] for name in chosen}
        for number in range(args.rounds):
            for name in chosen:
                print(f"round {number + 1} of {args.rounds}: {ROWS[name]}", file=sys.stderr)
                run = ours(name, args, folder, len(texts)) if name in ENGINES else \
                    theirs(name, args, folder, exports, reference)
                results[name].append(run)
    if args.json:
        args.json.write_text(json.dumps({"texts": len(texts), "threads": args.threads, "results": results}, indent=1))
    table(args, texts, results)


def table(args, texts, results):
    characters = statistics.mean(map(len, texts))
    version = subprocess.run([args.painpoint, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"{version}; {processor()}; {time.strftime('%Y-%m-%d')}; {len(texts)} texts of {characters:.0f} characters on average; "
          f"{args.threads} thread(s); median of {args.rounds}\n")
    print("| | texts a second | texts a CPU second | peak memory, MB | start-up, s | labels as f32 |")
    print("|---|--:|--:|--:|--:|--:|")
    for name, runs in results.items():
        median = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        agreement = "" if name in WITHOUT_AGREEMENT else f"{median['agreement']:.1%}"
        print(f"| {ROWS[name]} | {len(texts) / median['seconds']:,.1f} | {len(texts) / max(median['cpu'], 1e-9):,.1f} "
              f"| {median['memory']:,.0f} | {median['startup']:.2f} | {agreement} |")


if __name__ == "__main__":
    main()
