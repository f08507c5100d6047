#!/usr/bin/env python3
"""Make a large feedback file from a small one.

    benches/rows.py FILE ROWS [DISTINCT] > large.csv

Repeats the first DISTINCT rows of FILE (all, if not given) until there are ROWS of them. The first
cell of every repetition gets another number, so that no row is a duplicate.
"""
import csv
import itertools
import sys

path, rows = sys.argv[1], int(sys.argv[2])
distinct = int(sys.argv[3]) if len(sys.argv) > 3 else None
csv.field_size_limit(1 << 24)
with open(path, encoding="utf-8-sig", newline="") as file:
    dialect = csv.Sniffer().sniff(file.readline(), delimiters=",;\t")
    file.seek(0)
    header, *cells = itertools.islice(csv.reader(file, delimiter=dialect.delimiter), distinct and distinct + 1)
out = csv.writer(sys.stdout, delimiter=dialect.delimiter, lineterminator="\n")
out.writerow(header)
for number in range(rows):
    row = cells[number % len(cells)]
    out.writerow([f"{row[0]}-{number // len(cells)}", *row[1:]])
