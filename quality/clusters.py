"""How well pain points match the reasons that people gave to complaints: ours and the peers'.

    clusters.py prepare DATA FOLDER [SET]  SET.csv (id, text) and gold.json. SET is `airline`, unless given: the first
                                           4,000 negative tweets of DATA/realistic/airline_tweets_en.csv that have
                                           a reason other than "Can't Tell", in file order; or of DATA/aspects the
                                           rows with one negative aspect: `hotels` (ABSITA, Italian) or `access`
                                           (MobASA, German); or `telecom`: the survey of DATA/realistic, with the
                                           200 negative mentions that DATA/gold/telecom_problems.tsv has coded
    clusters.py score FOLDER MENTIONS      ours: MENTIONS is mentions.csv of `painpoint analyze` or `replay cluster`
    clusters.py peers FOLDER EXPORT        LDA, k-means, BERTopic and Turftopic on the vectors of `replay export`

Gold is the reason. A tweet's cluster is the commonest of its mentions' pain points, of equals the first. Tweets
without any are counted in two ways: left out ("covered"), and as one cluster more ("all"). Gold of `telecom` is by
mention, found by its text (it has no peers): what names no problem is not measured, but counted where it is in a pain
point, and mentions that the program splits otherwise are left out. Needs numpy and scikit-learn; the peers bertopic and turftopic too (those that are not installed are skipped).
"""

import collections
import csv
import gzip
import json
import os
import resource
import sys
import time

SEEDS = [1, 2, 3]


def airline(data):
    with open(os.path.join(data, "realistic", "airline_tweets_en.csv"), encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file)
                if row["airline_sentiment"] == "negative" and row["negativereason"] not in ("", "Can't Tell")]
    return [(row["text"], row["negativereason"]) for row in rows[:4000]]


def aspects(data, name):
    """Texts with one aspect, which is negative and says something."""
    with gzip.open(os.path.join(data, "aspects", name), "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file][1:]
    for text, _, _, pairs in rows:
        pairs = {tuple(pair.rsplit(":", 1)) for pair in pairs.split(";") if pair}
        if len(pairs) == 1 and next(iter(pairs))[1] == "negative" and next(iter(pairs))[0] != "other":
            yield text, next(iter(pairs))[0]


def telecom(data):
    """The whole survey, none of whose rows has a reason."""
    with open(os.path.join(data, "realistic", "nps_survey_telecom_en.csv"), encoding="utf-8-sig", newline="") as file:
        return [(row["text"], None) for row in csv.DictReader(file)]


def coded_mentions(data):
    """Mentions of the survey and the problem that they name; None for cries, bare blame and what is no complaint."""
    with open(os.path.join(data, "gold", "telecom_problems.tsv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [(row["mention"].strip(), None if row["code"] in ("CS", "RANT", "N") else row["code"]) for row in rows]


SETS = {"airline": airline, "telecom": telecom, "hotels": lambda data: aspects(data, "absita_train_it.tsv.gz"),
        "access": lambda data: aspects(data, "mobasa_train_de.tsv.gz")}


def prepare(data, folder, name="airline"):
    os.makedirs(folder, exist_ok=True)
    rows = list(SETS[name](data))
    with open(os.path.join(folder, f"{name}.csv"), "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text"])
        writer.writerows((f"n{number}", text) for number, (text, _) in enumerate(rows))
    with open(os.path.join(folder, "gold.json"), "w", encoding="utf-8") as file:
        reasons = {f"n{number}": reason for number, (_, reason) in enumerate(rows)}
        json.dump(coded_mentions(data) if name == "telecom" else reasons, file)


def commonest(values):
    """The commonest value, of equals the first; None without any."""
    return collections.Counter(values).most_common(1)[0][0] if values else None


def measure(gold, found):
    """`gold` and `found` are by tweet; `found` may lack tweets or hold None."""
    from sklearn.metrics import adjusted_rand_score, v_measure_score
    ids = list(gold)
    covered = [id for id in ids if found.get(id) is not None]
    figures = {"clusters": len({found[id] for id in covered}), "coverage": len(covered) / len(ids)}
    for name, some in (("covered", covered), ("all", ids)):
        truth = [gold[id] for id in some]
        guess = [str(found.get(id)) for id in some]
        groups = collections.defaultdict(list)
        for label, cluster in zip(truth, guess):
            groups[cluster].append(label)
        most = sum(collections.Counter(labels).most_common(1)[0][1] for labels in groups.values())
        figures[name] = {"V": v_measure_score(truth, guess) if some else 0, "purity": most / max(len(some), 1),
                         "ARI": adjusted_rand_score(truth, guess) if some else 0}
    return figures


HEADER = f"{'':38} {'clusters':>8} {'coverage':>8} | covered {'V':>6} {'ARI':>6} {'purity':>6} | all {'V':>6} {'ARI':>6} {'purity':>6}"


def line(name, figures):
    values = lambda kind: " ".join(f"{figures[kind][key]:6.3f}" for key in ("V", "ARI", "purity"))
    return (f"{name:38} {figures['clusters']:8} {figures['coverage']:8.3f} |         {values('covered')} "
            f"|     {values('all')}")


def read_gold(folder):
    with open(os.path.join(folder, "gold.json"), encoding="utf-8") as file:
        return json.load(file)


def ours(mentions):
    """The pain points of each feedback's mentions → its commonest."""
    found = collections.defaultdict(list)
    with open(mentions, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["sentiment"] == "negative" and row["pain_points"]:
                found[row["feedback_id"]].append(row["pain_points"].split(";")[0])
    return {id: commonest(ids) for id, ids in found.items()}


def ours_by_text(mentions):
    """The pain points of the negative mentions of each text → the first; None for none."""
    found = {}
    with open(mentions, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text, own = row["text"].strip(), row["sentiment"] == "negative" and row["pain_points"].split(";")[0]
            found[text] = found.get(text) or own or None
    return found


def score(folder, mentions):
    gold = read_gold(folder)
    without = []
    if isinstance(gold, list):
        by_text = ours_by_text(mentions)
        read = {f"m{number}": pair for number, pair in enumerate(gold) if pair[0] in by_text}
        found = {id: by_text[text] for id, (text, _) in read.items()}
        without = [found[id] is not None for id, (_, problem) in read.items() if problem is None]
        missing, gold = len(gold) - len(read), {id: problem for id, (_, problem) in read.items() if problem}
    else:
        found = ours(mentions)
    print(HEADER)
    print(line("painpoint", measure(gold, found)))
    if without:
        print(f"without a problem, in a pain point: {sum(without)} of {len(without)}; split otherwise: {missing}")
    table = collections.defaultdict(collections.Counter)
    for id, reason in gold.items():
        table[found.get(id)][reason] += 1
    for cluster, reasons in sorted(table.items(), key=lambda item: -item[1].total()):
        print(f"  {reasons.total():5} {str(cluster):28} " + ", ".join(f"{r} {n}" for r, n in reasons.most_common(4)))


def bertopic(texts, vectors, seed, **options):
    """A model of BERTopic with its defaults, but for a seed and the options given, and a topic for each text."""
    from bertopic import BERTopic
    from umap import UMAP
    umap = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    # Told that texts are English, its default, it would drop every umlaut from them.
    model = BERTopic(umap_model=umap, embedding_model=None, language="multilingual", **options)
    return model, model.fit_transform(texts, embeddings=vectors)[0]


def without_outliers(model, labels, texts, vectors):
    if -1 not in labels:
        return labels
    return model.reduce_outliers(texts, labels, strategy="embeddings", embeddings=vectors)


class Peers:
    """The same vectors for all: those of mentions, and their mean by tweet."""

    def __init__(self, folder, export):
        import numpy as np
        self.gold = read_gold(folder)
        with open(os.path.join(export, "mentions.tsv"), encoding="utf-8") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        vectors = np.fromfile(os.path.join(export, "meanings.i8"), dtype=np.int8).reshape(len(rows), -1)
        vectors = vectors.astype(np.float32)
        of_tweet = collections.defaultdict(list)
        for at, row in enumerate(rows):
            of_tweet[row["feedback_id"]].append(at)
        self.tweets = [id for id in self.gold if of_tweet[id]]
        unit = lambda x: x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-9)
        self.vectors = unit(np.stack([vectors[of_tweet[id]].mean(axis=0) for id in self.tweets]))
        self.texts = [" ".join(rows[at]["text"] for at in of_tweet[id]) for id in self.tweets]
        self.mentions = [rows[at] for at in range(len(rows)) if rows[at]["sentiment"] == "negative"]
        at = [at for at in range(len(rows)) if rows[at]["sentiment"] == "negative"]
        self.mention_vectors = unit(vectors[at])

    def report(self, name, cluster, mentions=False):
        """Runs one peer; a label of -1 is no cluster."""
        start = (time.time(), resource.getrusage(resource.RUSAGE_SELF))
        try:
            labels = cluster()
        except ImportError as error:
            print(f"{name:38} skipped: {error}")
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        cpu = used.ru_utime + used.ru_stime - start[1].ru_utime - start[1].ru_stime
        labels = [None if label == -1 else int(label) for label in labels]
        if mentions:
            votes = collections.defaultdict(list)
            for row, label in zip(self.mentions, labels):
                if label is not None:
                    votes[row["feedback_id"]].append(label)
            found = {id: commonest(values) for id, values in votes.items()}
        else:
            found = dict(zip(self.tweets, labels))
        print(line(name, measure(self.gold, found)), f"  {cpu:.1f} CPU s, peak {used.ru_maxrss // 1024} MB", flush=True)

    def lda(self, k, seed):
        from sklearn.decomposition import LatentDirichletAllocation
        from sklearn.feature_extraction.text import CountVectorizer
        counts = CountVectorizer(stop_words="english", min_df=5).fit_transform(self.texts)
        return LatentDirichletAllocation(k, random_state=seed, max_iter=20).fit_transform(counts).argmax(axis=1)

    def kmeans(self, vectors, k, seed):
        from sklearn.cluster import KMeans
        return KMeans(k, n_init=3, random_state=seed).fit_predict(vectors)

    def bertopic(self, texts, vectors, seed, tuned, topics=None):
        from sklearn.feature_extraction.text import CountVectorizer
        if not tuned:
            return bertopic(texts, vectors, seed, nr_topics=topics)[1]
        options = {"vectorizer_model": CountVectorizer(stop_words="english"), "min_topic_size": tuned}
        model, labels = bertopic(texts, vectors, seed, nr_topics=topics, **options)
        return without_outliers(model, labels, texts, vectors)

    def turftopic(self, kind, k, seed):
        import turftopic
        from sklearn.feature_extraction.text import CountVectorizer
        vectorizer = CountVectorizer(stop_words="english", min_df=5)

        class Encoder:
            """The vectors of words: the mean of those of the tweets that hold them."""

            def __init__(self, texts, vectors):
                self.texts, self.vectors = texts, vectors

            def encode(self, words, **_):
                import numpy as np
                counts = CountVectorizer(vocabulary=list(words)).transform(self.texts)
                return np.asarray((counts.T @ self.vectors) / np.maximum(counts.sum(axis=0).T, 1), dtype=np.float32)

        encoder = Encoder(self.texts, self.vectors)
        if kind == "KeyNMF":
            model = turftopic.KeyNMF(k, encoder=encoder, vectorizer=vectorizer, random_state=seed)
        else:
            model = turftopic.SemanticSignalSeparation(k, encoder=encoder, vectorizer=vectorizer, random_state=seed)
        return model.fit_transform(self.texts, embeddings=self.vectors).argmax(axis=1)


def peers(folder, export):
    peers = Peers(folder, export)
    k = len(set(peers.gold.values()))
    print(HEADER)
    for seed in SEEDS:
        print(f"seed {seed}")
        peers.report(f"LDA, {k} topics", lambda: peers.lda(k, seed))
        peers.report(f"k-means, {k}", lambda: peers.kmeans(peers.vectors, k, seed))
        peers.report(f"k-means, {k}, of mentions", lambda: peers.kmeans(peers.mention_vectors, k, seed), True)
        texts = [row["text"] for row in peers.mentions]
        peers.report("BERTopic, defaults", lambda: peers.bertopic(peers.texts, peers.vectors, seed, None))
        peers.report("BERTopic, no outliers, size 50",
                     lambda: peers.bertopic(peers.texts, peers.vectors, seed, 50))
        peers.report(f"BERTopic, no outliers, {k} topics",
                     lambda: peers.bertopic(peers.texts, peers.vectors, seed, 10, k + 1))
        peers.report("BERTopic, defaults, of mentions",
                     lambda: peers.bertopic(texts, peers.mention_vectors, seed, None), True)
        peers.report(f"Turftopic KeyNMF, {k}", lambda: peers.turftopic("KeyNMF", k, seed))
        peers.report(f"Turftopic S3, {k}", lambda: peers.turftopic("S3", k, seed))


if __name__ == "__main__":
    commands = {"prepare": prepare, "score": score, "peers": peers}
    command, *arguments = sys.argv[1:] or [""]
    known = command in commands and set(arguments[2:]) <= (set(SETS) if command == "prepare" else set())
    if not known or len(arguments) not in (2, 3):
        sys.exit(__doc__)
    commands[command](*arguments)
