#!/usr/bin/env python3
"""Labelled test rows in languages that the model does not serve, out of public repositories' snapshots.

    python rows.py --mirror SNAPSHOTS --out rows

SNAPSHOTS holds git directories named OWNER+NAME/repo. Writes OUT/NAME.tsv (label<TAB>text) and OUT/text/LANG.txt, the same sources' other texts, to choose pieces from.
At most 200 of a label a set, 8 to 500 characters each, blanks collapsed, drawn with a fixed seed.
"""
import argparse
import ast
import csv
import io
import pathlib
import random
import re
import subprocess

MOST, LENGTHS = 200, range(8, 501)
LABELS = ["negative", "neutral", "positive"]


def shown(mirror, repository, path):
    folder = mirror / repository
    git = folder / ".git" if (folder / ".git").exists() else folder
    return subprocess.run(["git", f"--git-dir={git}", "show", f"HEAD:{path}"], capture_output=True, check=True).stdout


def polish(mirror):
    """PolEmo 2.0, sentences on medicine; `amb` is left out. Blanks before punctuation go."""
    for line in shown(mirror, "JakubJP+PJATK_ZUM/repo", "sentiment-medical-pl-utf.csv").decode("utf-8-sig").splitlines():
        text, _, label = line.rpartition("__label__z_")
        label = {"minus_m": "negative", "zero": "neutral", "plus_m": "positive", "amb": None}.get(label.strip())
        text = re.sub(r"\s+([.,!?:;)])", r"\1", text.strip().strip('"'))
        yield label, re.sub(r"(\()\s+", r"\1", text)


def turkish(mirror):
    """Reviews of a web shop: Olumsuz, Tarafsız, Olumlu."""
    raw = shown(mirror, "talhaucarr+data-mining-project/repo", "magaza_yorumlari_duygu_analizi.csv").decode("utf-16")
    for row in list(csv.reader(io.StringIO(raw)))[1:]:
        yield {"Olumsuz": "negative", "Tarafsız": "neutral", "Olumlu": "positive"}.get(row[1].strip()), row[0]


def turkish_tweets(mirror):
    """BounTi: tweets on two universities, labelled by hand."""
    for name, label in (("negative", "negative"), ("notr", "neutral"), ("positive", "positive")):
        raw = shown(mirror, "hilalbenzer+turkish-sentiment-analysis/repo", f"src/Train/{name}-train").decode("utf-8", "replace")
        for line in raw.splitlines():
            yield label, re.sub(r"^\d+\s+", "", line)


def danish(mirror):
    """Comments below political news, -2 to 2."""
    raw = shown(mirror, "steffan267+Sentiment-Analysis-on-Danish-Social-Media/repo", "all_sentences.tsv").decode()
    for line in raw.splitlines():
        label, _, text = line.partition("\t")
        yield LABELS[(int(label) > 0) - (int(label) < 0) + 1], text


def swedish_reviews(mirror):
    """Reviews of many sites: negative and positive alone."""
    for row in csv.DictReader(io.StringIO(shown(mirror, "timpal0l+swedish-sentiment/repo", "sentiment-sv-small.csv").decode())):
        yield row["sentiment"], row["text"]


def swedish(mirror):
    """Tweets and YouTube comments, each with an emoji."""
    raw = shown(mirror, "lovisaberggren+swe-sentiment-dataset/repo", "swe-sentiment-dataset.csv").decode()
    for row in csv.DictReader(io.StringIO(raw)):
        yield {"neg": "negative", "neu": "neutral", "pos": "positive"}.get(row["label"]), row["text"].replace("@namn", "@name")


def czech(mirror):
    """Posts on the Facebook pages of Czech brands; bipolar ones are left out."""
    repository = "kysely+sentiment-analysis-czech/repo"
    labels = shown(mirror, repository, "data/facebook/gold-labels.txt").decode().split()
    texts = shown(mirror, repository, "data/facebook/gold-posts.txt").decode().splitlines()
    for label, text in zip(labels, texts):
        yield {"n": "negative", "0": "neutral", "p": "positive"}.get(label), text


def czech_reviews(mirror):
    """What customers of Alza.cz wrote as disadvantages and advantages."""
    for label in ("negative", "positive"):
        path = f"resources/me_sentiment/corpora/czech/{label}_summary_anot_first.xml"
        raw = shown(mirror, "MixedEmotions+but_sentiment/repo", path).decode()
        for text in re.findall(r"<\w+_summary[^>]*>(.*?)</\w+_summary>", raw, re.S):
            yield label, re.sub(r"<[^>]+>", "", text).replace("&amp;", "&").replace("&quot;", '"')


def m_absa(lang):
    """Review sentences translated from English; the label where all aspects agree."""
    def read(mirror):
        for domain in ("coursera", "food", "hotel", "laptop", "phone", "restaurant", "sight"):
            for line in shown(mirror, "swaggy66+M-ABSA/repo", f"data/{domain}/{lang}/dev.txt").decode().splitlines():
                text, _, aspects = line.partition("####")
                try:
                    found = {aspect[-1] for aspect in ast.literal_eval(aspects.strip())}
                except (SyntaxError, ValueError):
                    continue
                yield (found.pop() if len(found) == 1 else None), text
    return read


SETS = {
    "pl": polish, "tr": turkish, "tr_tweets": turkish_tweets, "da": danish, "sv": swedish, "sv_reviews": swedish_reviews, "cs": czech,
    "cs_reviews": czech_reviews,
    **{f"{lang}_m_absa": m_absa(lang) for lang in ("tr", "da", "sv", "sk", "en", "de")},
}
# Texts without a label, to count pieces in.
MORE = {
    "da": [("PeerChristensen+trustpilot_reviews/repo", "3reviewsB.csv")],
    "cs": [("kysely+sentiment-analysis-czech/repo", "data/mallcz/negative.txt")],
}


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--mirror", type=pathlib.Path, required=True)
    arguments.add_argument("--out", type=pathlib.Path, required=True)
    args = arguments.parse_args()
    (args.out / "text").mkdir(parents=True, exist_ok=True)
    others, taken = {}, {}
    for name, read in SETS.items():
        lang = name[:2]
        rows, seen = {label: [] for label in LABELS}, set()
        everything = []
        for label, text in read(args.mirror):
            text = " ".join(text.split())
            if text in seen:
                continue
            seen.add(text)
            everything.append(text)
            if label in rows and len(text) in LENGTHS:
                rows[label].append(text)
        chosen = []
        for label, texts in rows.items():
            random.Random(7).shuffle(texts)
            chosen += [(label, text) for text in texts[:MOST]]
        with open(args.out / f"{name}.tsv", "w", encoding="utf-8") as file:
            file.writelines(f"{label}\t{text}\n" for label, text in chosen)
        taken.setdefault(lang, set()).update(text for _, text in chosen)
        others.setdefault(lang, []).extend(everything)
        print(name, {label: min(MOST, len(texts)) for label, texts in rows.items()}, "of", {l: len(t) for l, t in rows.items()})
    for lang, files in MORE.items():
        for repository, path in files:
            raw = shown(args.mirror, repository, path).decode()
            lines = [row[-1] for row in csv.reader(io.StringIO(raw), delimiter=";")] if path.endswith("csv") else raw.splitlines()
            others[lang] += [" ".join(line.split()) for line in lines]
    for lang, texts in others.items():
        texts = sorted({text for text in texts if text and text not in taken[lang]})
        random.Random(7).shuffle(texts)
        path = args.out / "text" / f"{lang}.txt"
        path.write_text("\n".join(texts) + "\n", encoding="utf-8")
        print("text", lang, f"{path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
