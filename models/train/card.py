#!/usr/bin/env python3
"""Write MODEL_CARD.md from the figures that evaluate.py and baseline.py left.

    python card.py --evaluation EVALUATION.json --baseline BASELINE.json --data DATA --version V --out MODEL_CARD.md
"""
import argparse
import json
import pathlib

import data

HEAD = """---
license: mit
language: [de, en, fr, es, it, nl, pt]
base_model: intfloat/multilingual-e5-small
pipeline_tag: text-classification
tags: [sentiment-analysis, customer-feedback, sentence-similarity, int8]
---

# painpoint: sentiment and meaning of customer feedback

One pass of a small multilingual transformer over a sentence or clause gives two things: the probabilities of *negative*,
*neutral* and *positive*, and a normalised vector of 384 numbers in which sentences that mean the same lie close together,
across languages too.

- **Version** {version} · **licence** MIT · **base** multilingual-e5-small (MIT), from a 4-bit copy of its weights
- **Network** BERT, 12 layers × 384, {vocabulary} pieces of the XLM-R vocabulary (the rest is trimmed away), 21 million weights
  beside the vocabulary; {megabytes:.1f} MB for weights, tokenizer and configuration
- **Weights** int8 per output channel within [-63, 63], word embeddings int8 per row; trained with that rounding in place.
  Made for activations quantised per token (u8, asymmetric).
- **Outputs** `classifier` on the first token's pooled state; the meaning vector is the L2-normalised mean of the last hidden
  state over all tokens. No "query: " prefix. Up to 128 tokens.

## Intended use

Scoring sentences and clauses of customer feedback (survey answers, reviews, social posts), 5 to 40 tokens each, to find
what recurs in the negative ones. Meant for sums over many texts.

**Not for** decisions about single people, moderation, or medical, legal or credit matters. The judgement on a single
sentence is wrong in roughly {wrong} of 10 cases on tweets, where people disagree among themselves too.

## Limits

- Irony was not measured apart; expect it to be read literally unless an emoji or a set phrase gives it away.
- *Neutral* is the weakest class: corpora mean different things by it (no opinion; both opinions; three stars).
- German and English were served first; Dutch has review sentences only, all of them translated.
- Texts that name a fault as a fact ("lift out of service") count as negative, after the transport tweets it learnt from.
- The tweets and reviews it learnt from are years old; newer words and emoji are known less well.
- How scores move when names, genders, nationalities or places are swapped has not been measured for this version.

## Training data

Only sources whose terms allow commercial use, and sentences made from templates written for this project
(negation, wishes, thanks with a complaint, very short answers, emoji). "Not checked" means what it says.

| source | licence as far as known | training rows in the pool |
|---|---|---:|
"""


def by_name(figures: dict) -> dict[str, dict]:
    return {entry["set"]: entry for entry in figures["sets"]}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("evaluation", "baseline", "data", "out"):
        arguments.add_argument(f"--{name}", type=pathlib.Path, required=True)
    arguments.add_argument("--version", required=True)
    args = arguments.parse_args()
    figures = json.loads(args.evaluation.read_text(encoding="utf-8"))
    baseline = json.loads(args.baseline.read_text(encoding="utf-8"))
    ours, theirs = by_name(figures), by_name(baseline)

    wrong = round((100 - sum(e["accuracy"] for n, e in ours.items() if ": umsab " in n)
                   / sum(": umsab " in n for n in ours)) / 10)
    out = [HEAD.format(version=args.version, vocabulary=f"{figures['vocabulary']:,}", wrong=wrong,
                       megabytes=sum(figures["bytes"].values()) / 1e6)]
    pool = [row.source for row in data.training_rows(args.data)]
    for line in (args.data / "LICENCES.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        source, kind, note = (line.split("\t") + [""])[:3]
        if kind == "permissive":
            out.append(f"| {source} | {note} | {pool.count(source):,} |\n")
    out.append(f"| synthetic | this project | {pool.count('synthetic'):,} |\n")

    out.append("\n## Figures\n\nOn dev.tsv.gz, int8 weights and u8 activations simulated in PyTorch. dev chose the checkpoint and "
               "the temperature, so expect a little less elsewhere. macro-F1 in percent, over the labels that a set has. "
               "Beside it TF-IDF (words 1-2, characters 2-5) with logistic regression, one model a language, trained on all "
               "permissive rows.\n\n| | |\n|---|---:|\n")
    retrieval = figures["retrieval_de_en"]
    for name, value in (
            ("umsab, mean of six languages", f"{figures['umsab_mean']} (TF-IDF {baseline['umsab_mean']})"),
            ("expected calibration error, sources trained on", figures["calibration_error_permissive"]),
            ("expected calibration error, sources never trained on", figures["calibration_error_never_trained"]),
            ("same label with float and with u8 activations, sources trained on", f"{figures['agreement_permissive_percent']} %"),
            (f"German to English among {retrieval['pairs']:,} M-ABSA sentences, accuracy@1",
             f"{retrieval['model']:.3f} (base with prefix {retrieval['base']:.3f}, without {retrieval['base_without_prefix']:.3f})"),
            ("cosine of the meaning vector to the base's", retrieval["cosine_to_base"]),
            ("unknown tokens on dev", f"{figures['unknown_tokens_percent']} %")):
        out.append(f"| {name} | {value} |\n")
    for group, title in (("trained", "Sources trained on"), ("never trained on", "Sources never trained on")):
        out.append(f"\n### {title}\n\n| rows | n | macro-F1 | accuracy | TF-IDF macro-F1 | difference |\n|---|---:|---:|---:|---:|---:|\n")
        for name, entry in ours.items():
            if name.startswith(group + ": "):
                beside = theirs[name]["macro_f1"]
                out.append(f"| {name.removeprefix(group + ': ')} | {entry['n']} | {entry['macro_f1']:.1f} | {entry['accuracy']:.1f} | "
                           f"{beside:.1f} | {entry['macro_f1'] - beside:+.1f} |\n")
    out.append("\nConfusion on the sources trained on (rows: gold negative, neutral, positive; columns: found):\n\n"
               "| | negative | neutral | positive |\n|---|---:|---:|---:|\n")
    for label, row in zip(data.LABELS, figures["confusion_permissive"]):
        out.append(f"| {label} | {' | '.join(map(str, row))} |\n")
    out.append("\n## How it was made\n\nThe recipe is in `models/train/` of the painpoint repository.\n")
    args.out.write_text("".join(out), encoding="utf-8")


if __name__ == "__main__":
    main()
