"""What `--baseline` says of two runs on nearly the same rows, of which nothing has changed but chance.

    steadiness.py PAINPOINT INPUT SCRATCH SHARE TRIALS [less|more] [OPTION]...

INPUT (a CSV or TSV file with a header) is read once whole and TRIALS times with a random SHARE of its rows left out
(0.01: one in a hundred; the trial's number is the seed). `less`, unless given: the earlier run is the one on all rows;
`more`: it is the one without some, and all rows are new. OPTIONs go to every run of `painpoint analyze`.

Printed is, over the rows of changes.csv of all trials, the share of each status, and the least and the most of a trial
that are steady or unclear; how many topics have the label of the earlier run, of those with its id; and of the mentions
of both runs that are in a topic in either, how many are in the same in both.
"""

import collections
import csv
import os
import random
import subprocess
import sys

STATUSES = ["steady", "unclear", "growing", "shrinking", "new", "gone"]


def table(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read(path):
    csv.field_size_limit(1 << 24)
    with open(path, encoding="utf-8-sig", newline="") as file:
        dialect = csv.Sniffer().sniff(file.readline(), delimiters=",;\t")
        file.seek(0)
        header, *rows = csv.reader(file, delimiter=dialect.delimiter)
    return dialect.delimiter, header, rows


def write_without(path, rows, share, seed):
    """All rows but a share of them, in their order; every run that is compared gets its file from here."""
    delimiter, header, rows = rows
    out = set(random.Random(seed).sample(range(len(rows)), round(share * len(rows))))
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(header)
        writer.writerows(row for at, row in enumerate(rows) if at not in out)


def topics(folder):
    return {(row["feedback_id"], row["column"], row["start"]): row["pain_points"] for row in table(folder, "mentions.csv")}


def labels_kept(earlier, later):
    """Topics of both runs with the same label, and all of both."""
    before, after = ({row["pain_point_id"]: row["label"] for row in table(folder, "pain_points.csv")}
                     for folder in (earlier, later))
    both = set(before) & set(after)
    return sum(before[id] == after[id] for id in both), len(both)


def mentions_kept(earlier, later):
    """Mentions that are in the same topic in both runs, and those that are in one in either."""
    before, after = topics(earlier), topics(later)
    some = [key for key in set(before) & set(after) if before[key] or after[key]]
    return sum(before[key] == after[key] for key in some), len(some)


class Trials:
    def __init__(self):
        self.statuses, self.steady = collections.Counter(), []
        self.labels, self.mentions = [0, 0], [0, 0]

    def add(self, earlier, later):
        found = collections.Counter(row["status"] for row in table(later, "changes.csv"))
        self.statuses += found
        self.steady.append((found["steady"] + found["unclear"]) / found.total())
        for sums, counts in ((self.labels, labels_kept(earlier, later)), (self.mentions, mentions_kept(earlier, later))):
            sums[0] += counts[0]
            sums[1] += counts[1]

    def show(self, name):
        of = self.statuses.total()
        statuses = ", ".join(f"{status} {self.statuses[status]} ({self.statuses[status] / of:.1%})" for status in STATUSES)
        print(f"{name}: {len(self.steady)} trials, {of} topics: {statuses}")
        print(f"  steady or unclear: mean {sum(self.steady) / len(self.steady):.3f}, least {min(self.steady):.3f}, "
              f"most {max(self.steady):.3f}; labels kept {self.labels[0] / max(self.labels[1], 1):.3f}, "
              f"mentions in the same topic {self.mentions[0] / max(self.mentions[1], 1):.3f}", flush=True)


def measure(painpoint, input, scratch, share, trials, direction="less", *options):
    os.makedirs(scratch, exist_ok=True)
    at = lambda name: os.path.join(scratch, name)

    def run(file, folder, *more):
        subprocess.run([painpoint, "analyze", file, "--out", folder, "--quiet", *options, *more], check=True)
    rows = read(input)
    whole, part = at("whole.csv"), at("part.csv")
    write_without(whole, rows, 0, 0)
    if direction == "less":
        run(whole, at("earlier"))
    found = Trials()
    for seed in range(1, int(trials) + 1):
        write_without(part, rows, float(share), seed)
        if direction == "more":
            run(part, at("earlier"))
        run(part if direction == "less" else whole, at("later"), "--baseline", at("earlier"))
        found.add(at("earlier"), at("later"))
    found.show(f"{os.path.basename(input)}, {share} {direction}")


if __name__ == "__main__":
    if len(sys.argv) < 6 or sys.argv[6:7] not in ([], ["less"], ["more"]):
        sys.exit(__doc__)
    measure(*sys.argv[1:])
