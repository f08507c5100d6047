#!/usr/bin/env python3
"""How fast a CSV file is read without the model, beside Polars, on one core: megabytes a second, medians of rounds that take turns.

    cargo build --release --example read_speed && pip install polars
    python3 quality/read_speed.py FILE [ROUNDS]

The example prints painpoint's own reading (all looks at the file, and the rows alone) and that of the bare crate `csv`. Polars reads all columns as
text, which is what the others do; it finds out the delimiter no more than `csv` does.
"""
import os
import statistics
import subprocess
import sys
import time

os.environ["POLARS_MAX_THREADS"] = "1"

import polars  # noqa: E402

EXAMPLE = "target/release/examples/read_speed"


def by_polars(path, delimiter):
    start = time.process_time()
    rows = polars.read_csv(path, separator=delimiter, infer_schema=False, truncate_ragged_lines=True, ignore_errors=True)
    return os.path.getsize(path) / 1e6 / (time.process_time() - start), rows.height


def main():
    path, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with open(path, encoding="utf-8-sig", errors="replace") as file:
        header = file.readline()
    delimiter = max(",;\t|", key=header.count)
    found, polar = {}, []
    for _ in range(rounds):
        said = subprocess.run([EXAMPLE, path], capture_output=True, text=True, check=True).stdout.splitlines()
        for line in said[1:]:
            name, figure, _ = line.rsplit(maxsplit=2)
            found.setdefault(name.strip(), []).append(float(figure))
        speed, rows = by_polars(path, delimiter)
        polar.append(speed)
    print(said[0])
    for name, figures in found.items():
        print(f"  {name:28}{statistics.median(figures):6.0f} MB/s")
    print(f"  {'polars, of CPU time':28}{statistics.median(polar):6.0f} MB/s ({rows} rows)")


if __name__ == "__main__":
    main()
