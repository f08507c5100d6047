"""Do a complaint and its translation fall into the same pain point?

    crosslingual.py prepare DATA FOLDER [de en]   pairs.csv: id, text: the sentences of M-ABSA that are negative in
                                                  every aspect, in two languages
    crosslingual.py score MENTIONS                MENTIONS is mentions.csv of `replay cluster` or `painpoint analyze`

M-ABSA's files have the same sentences in the same order, but for some that are missing here or there. They are
aligned by domain and labels, and only runs of at least five rows that agree are taken. A sentence's pain point is the
commonest of its mentions', of equals the first. "By chance" is how often two sentences drawn at random, one of either
language, would meet; kappa is 1 where all pairs meet and 0 for chance (Cohen 1960).
"""

import collections
import csv
import difflib
import gzip
import os
import sys

LEAST_RUN = 5


def read(data, language):
    path = os.path.join(data, "aspects", f"mabsa_train_{language}.tsv.gz")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = (line.rstrip("\n").split("\t") for line in file)
        return [(row[0], row[2], row[3]) for row in rows if len(row) == 4 and row[1] == language]


def is_negative(labels):
    return all(label.endswith(":negative") for label in labels.split(";"))


def aligned(first, second):
    """Pairs of texts, domain by domain, in runs of rows with the same labels."""
    for domain in sorted({row[1] for row in first}):
        a, b = ([row for row in rows if row[1] == domain] for rows in (first, second))
        matcher = difflib.SequenceMatcher(None, [row[2] for row in a], [row[2] for row in b], autojunk=False)
        for block in matcher.get_matching_blocks():
            if block.size >= LEAST_RUN:
                for at in range(block.size):
                    one, other = a[block.a + at], b[block.b + at]
                    if is_negative(one[2]):
                        yield one[0], other[0]


def prepare(data, folder, *languages):
    first, second = languages or ("de", "en")
    os.makedirs(folder, exist_ok=True)
    pairs = list(aligned(read(data, first), read(data, second)))
    with open(os.path.join(folder, "pairs.csv"), "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text"])
        for number, pair in enumerate(pairs):
            writer.writerows((f"{number}-{side}", text) for side, text in zip((first, second), pair))
    print(f"{len(pairs)} pairs")


def score(mentions):
    points = collections.defaultdict(list)
    negative = set()
    with open(mentions, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["sentiment"] == "negative":
                negative.add(row["feedback_id"])
                if row["pain_points"]:
                    points[row["feedback_id"]].append(row["pain_points"].split(";")[0])
    found = collections.defaultdict(dict)
    for id, ids in points.items():
        number, language = id.split("-", 1)
        found[number][language] = collections.Counter(ids).most_common(1)[0][0]
    both = [pair for pair in found.values() if len(pair) == 2]
    languages = sorted({language for pair in both for language in pair})
    same = sum(pair[languages[0]] == pair[languages[1]] for pair in both) / len(both)
    shares = [collections.Counter(pair[language] for pair in both) for language in languages]
    chance = sum(shares[0][id] * shares[1][id] for id in shares[0]) / len(both) ** 2
    print(f"{len(negative)} sentences rated negative, {len(both)} pairs with a pain point on both sides")
    print(f"same pain point {same:.3f}, by chance {chance:.3f}, kappa {(same - chance) / (1 - chance):.3f}")
    for id, count in (shares[0] + shares[1]).most_common():
        print(f"  {id:24} " + "  ".join(f"{language} {share[id]}" for language, share in zip(languages, shares)))


if __name__ == "__main__":
    commands = {"prepare": prepare, "score": score}
    if len(sys.argv) < 3 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    commands[sys.argv[1]](*sys.argv[2:])
