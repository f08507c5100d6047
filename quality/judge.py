"""Material for judging blind: the ten largest pain points of ours and of BERTopic's, side by side.

    judge.py SEED KEY NAME=RUN:EXPORT ...

For each file NAME: RUN is the folder of `replay cluster` (or of `painpoint analyze`), EXPORT that of `replay
export`. Which side is whose is drawn with SEED and written to the file KEY, which readers must not see. Topics of
BERTopic are of the same negative mentions and vectors, with its defaults, a list of stop words, and no outliers. With
some seeds it finds two or three topics in a whole file: of five, the first that gives ten counts, and if none does,
k-means with twelve clusters takes the place of HDBSCAN, as its documentation offers.
"""

import collections
import csv
import json
import os
import random
import sys

import clusters

RUBRIC = """For each file, compare list A with list B. Give each list 0, 1 or 2 points for each question:

1. specific: does an item say what went wrong, rather than that something did?
2. actionable: could the person in charge start on it tomorrow?
3. not redundant: are the ten items ten different things?
4. well labelled: does the label read well, and do the verbatims fit it?

Then say which list you would rather get: A, B, or neither. Do not guess who made them.
"""


def ours(run):
    with open(os.path.join(run, "pain_points.csv"), encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "pain_point"]
    members = collections.defaultdict(list)
    with open(os.path.join(run, "mentions.csv"), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["sentiment"] == "negative":
                for id in filter(None, row["pain_points"].split(";")):
                    members[id].append(row["text"])
    all_mentions = sum(map(len, members.values())) or 1
    rows.sort(key=lambda row: (-int(row["mentions"]), row["pain_point_id"]))
    items = []
    for row in rows[:10]:
        verbatims = row.get("verbatims", "").split(" | ") if row.get("verbatims") else members[row["pain_point_id"]]
        items.append((row["label"], int(row["mentions"]) / all_mentions, verbatims[:3]))
    return items


def bertopic(export):
    import numpy as np
    from hdbscan import HDBSCAN
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import CountVectorizer
    with open(os.path.join(export, "mentions.tsv"), encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    vectors = np.fromfile(os.path.join(export, "meanings.i8"), dtype=np.int8).reshape(len(rows), -1)
    at = [i for i, row in enumerate(rows) if row["sentiment"] == "negative"]
    texts = [rows[i]["text"] for i in at]
    vectors = vectors[at].astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    stop = os.path.join(os.path.dirname(__file__), "..", "..", "src", "text", "stopwords")
    words = [word.lower() for language in ("de", "en") for line in open(f"{stop}/{language}.txt", encoding="utf-8")
             if not line.startswith(("#", "[")) for word in line.split()]
    vectorizer = CountVectorizer(stop_words=words, ngram_range=(1, 2))
    trials = [(seed, HDBSCAN(min_cluster_size=10, prediction_data=True)) for seed in range(1, 6)]
    for seed, parts in [*trials, (1, KMeans(12, random_state=1, n_init=10))]:
        model, labels = clusters.bertopic(texts, vectors, seed, hdbscan_model=parts, vectorizer_model=vectorizer)
        print(f"{export}: {len(set(labels) - {-1})} topics with seed {seed}", file=sys.stderr)
        if len(set(labels) - {-1}) >= 10:
            break
    labels = clusters.without_outliers(model, labels, texts, vectors)
    members = collections.defaultdict(list)
    for label, text, vector in zip(labels, texts, vectors):
        members[label].append((text, vector))
    members.pop(-1, None)
    items = []
    for label, own in sorted(members.items(), key=lambda item: -len(item[1]))[:10]:
        centre = np.mean([vector for _, vector in own], axis=0)
        closest = sorted(own, key=lambda pair: -float(pair[1] @ centre))
        readable = [text for text, _ in closest if 25 <= len(text) <= 220] or [text for text, _ in closest]
        name = ", ".join(word for word, _ in model.get_topic(label)[:4])
        items.append((name, len(own) / len(texts), list(dict.fromkeys(readable))[:3]))
    return items


def main(seed, key, files):
    draw, sides = random.Random(int(seed)), {}
    print(RUBRIC)
    for name, folders in (file.split("=", 1) for file in files):
        run, export = folders.split(":", 1)
        lists = {"painpoint": ours(run), "BERTopic": bertopic(export)}
        order = draw.sample(sorted(lists), 2)
        sides[name] = dict(zip("AB", order))
        print(f"\n# {name}")
        for side, who in sides[name].items():
            print(f"\n## List {side}\n")
            for number, (label, share, verbatims) in enumerate(lists[who], 1):
                print(f"{number}. **{label}** ({share:.0%})")
                for verbatim in verbatims:
                    print(f"   - {verbatim}")
    with open(key, "w", encoding="utf-8") as file:
        json.dump(sides, file, indent=1)


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
