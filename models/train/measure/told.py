#!/usr/bin/env python3
"""Key points of reviews (ABKPA): how well a comment's nearest key point is the right one, by the cosine of problem vectors, by how much of
the key point a comment says, and by both.

    cargo build --release --example told
    python -m measure.told --data DATA --told ../../target/release/examples/told
"""
import argparse
import pathlib
import subprocess

import numpy as np

from measure import matching


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=pathlib.Path, required=True)
    arguments.add_argument("--told", type=pathlib.Path, required=True)
    args = arguments.parse_args()
    rows = matching.pairs(args.data)
    lines = "".join(f"{row['topic']}\t{row['key_point']}\t{row['comment']}\n" for row in rows)
    found = subprocess.run([args.told], input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    cosine, said = np.array([line.split("\t") for line in found.splitlines()], float).T
    topics, comments = [row["topic"] for row in rows], [row["comment_id"] for row in rows]
    labels = np.array([int(row["label"]) for row in rows])
    for name, scores in (("cosine", cosine), ("said", said), ("(2 said + cosine) / 3", (2 * said + cosine) / 3)):
        figures = matching.keypoint_protocol(topics, comments, labels, scores)
        print(f"{name:24} better half: right {figures['precision_half']:.3f}  average precision {figures['ap_half']:.3f}"
              f"   all comments {figures['map']:.3f}")


if __name__ == "__main__":
    main()
