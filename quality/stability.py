"""How far two runs on nearly the same rows agree: ours and the peers'.

    stability.py ours REPLAY DUMP SCRATCH    `replay cluster` on ten orders of the rows, and on nine tenths of them
    stability.py peers FOLDER EXPORT         BERTopic and k-means on the same (FOLDER and EXPORT as for clusters.py)

Printed is the adjusted Rand index between each run and the run on all rows in file order: over what both runs give a
pain point ("covered", and how much that is), and over what both read, where that without one is a cluster more
("all"). Month by month: the last tenth of the rows is left out, too, as a run before them did.
"""

import csv
import os
import subprocess
import sys

import clusters

NONE = ("", -1)


def found(folder):
    """Pain points by mention; empty for none."""
    with open(os.path.join(folder, "mentions.csv"), encoding="utf-8", newline="") as file:
        return {(row["feedback_id"], row["mention"]): row["pain_points"].split(";")[0]
                for row in csv.DictReader(file) if row["sentiment"] == "negative"}


def agreement(a, b):
    """Over what both cover, over all that both read, and the share of this that both cover."""
    from sklearn.metrics import adjusted_rand_score
    def score(keys):
        return adjusted_rand_score([str(a[key]) for key in keys], [str(b[key]) for key in keys])
    both = sorted(set(a) & set(b))
    covered = [key for key in both if a[key] not in NONE and b[key] not in NONE]
    return score(covered), score(both), len(covered) / len(both)


def show(name, values):
    covered, every, share = zip(*values)
    mean = lambda values: sum(values) / len(values)
    print(f"{name:46} covered: mean {mean(covered):.3f}, least {min(covered):.3f}, share {mean(share):.2f}; "
          f"all: mean {mean(every):.3f}, least {min(every):.3f}", flush=True)


def ours(replay, dump, scratch):
    def run(*options):
        subprocess.run([replay, "cluster", dump, scratch, *options], check=True, stderr=subprocess.DEVNULL)
        return found(scratch)
    whole = run()
    with open(os.path.join(scratch, "mentions.csv"), encoding="utf-8", newline="") as file:
        rows = len({row["feedback_id"] for row in csv.DictReader(file)})
    show("painpoint, ten orders of the rows", [agreement(whole, run("--shuffle", str(s))) for s in range(1, 11)])
    show("painpoint, nine tenths of the rows", [agreement(whole, run("--share", "0.9", str(s))) for s in range(1, 6)])
    show("painpoint, without the last tenth", [agreement(whole, run("--rows", str(rows * 9 // 10)))])


def peers(folder, export):
    import numpy as np
    data = clusters.Peers(folder, export)
    n = len(data.tweets)
    methods = {"BERTopic": lambda texts, vectors, seed: data.bertopic(texts, vectors, seed, None),
               "BERTopic, no outliers": lambda texts, vectors, seed: data.bertopic(texts, vectors, seed, 10),
               "k-means, 9": lambda _, vectors, seed: data.kmeans(vectors, 9, seed)}

    def run(method, at, seed):
        labels = method([data.texts[i] for i in at], data.vectors[at], seed)
        return dict(zip(at.tolist(), map(int, labels)))
    for name, method in methods.items():
        try:
            whole = run(method, np.arange(n), 1)
        except ImportError as error:
            print(f"{name:46} skipped: {error}")
            continue
        orders = [np.random.default_rng(s).permutation(n) for s in (1, 2, 3)]
        shares = [np.flatnonzero(np.random.default_rng(s).random(n) < 0.9) for s in (1, 2, 3)]
        show(f"{name}, other orders of the rows", [agreement(whole, run(method, at, 1)) for at in orders])
        show(f"{name}, other seeds", [agreement(whole, run(method, np.arange(n), s)) for s in (2, 3)])
        show(f"{name}, nine tenths of the rows", [agreement(whole, run(method, at, 1)) for at in shares])
        show(f"{name}, without the last tenth", [agreement(whole, run(method, np.arange(n * 9 // 10), 1))])


if __name__ == "__main__":
    if sys.argv[1:2] == ["ours"] and len(sys.argv) == 5:
        ours(*sys.argv[2:])
    elif sys.argv[1:2] == ["peers"] and len(sys.argv) == 4:
        peers(*sys.argv[2:])
    else:
        sys.exit(__doc__)
