#!/usr/bin/env python3
"""Tables out of what `lingua/` says: python language_table.py said.tsv"""
import collections
import sys

SERVED = {"de", "en", "es", "fr", "it", "nl", "pt"}
rows = [line.rstrip("\n").split("\t") for line in open(sys.argv[1], encoding="utf-8")]


def outside(said):
    return said if said in SERVED or said in ("und", "mixed") else "other"


def sure(said, confidence, least):
    return outside(said) if float(confidence) >= least else "und"


def both(row, least, column=9):
    """painpoint first; where it stays undetermined, lingua if sure enough."""
    return row[4] if row[4] != "und" else sure(row[column], row[column + 1], least)


SYSTEMS = {
    "painpoint": lambda r: r[4],
    "whatlang alone": lambda r: outside(r[5]),
    "lingua 12": lambda r: outside(r[6]),
    "lingua 12, sure >= .5": lambda r: sure(r[6], r[7], .5),
    "lingua 12, sure >= .8": lambda r: sure(r[6], r[7], .8),
    "lingua 12, low accuracy": lambda r: outside(r[8]),
    "lingua 7": lambda r: outside(r[9]),
    "painpoint, then lingua 7": lambda r: both(r, 0),
    "painpoint, then lingua 7 >= .5": lambda r: both(r, .5),
    "painpoint, then lingua 7 >= .7": lambda r: both(r, .7),
    "painpoint, then lingua 12 >= .5": lambda r: both(r, .5, 6),
    "painpoint, then lingua 12 >= .7": lambda r: both(r, .7, 6),
    "painpoint, then lingua 12 >= .8": lambda r: both(r, .8, 6),
}


def shares(chosen, system):
    """Right, another of the seven, passed over as not served, undetermined: means over the languages."""
    each = collections.defaultdict(collections.Counter)
    for row in chosen:
        said = system(row)
        true = row[1] if row[1] in SERVED else "other"
        if said == true:
            what = "right"
        elif said in SERVED:
            what = "another"
        elif said == "other":
            what = "passed"
        else:
            what = "none"
        each[row[1]][what] += 1
    return [100 * sum(c[what] / c.total() for c in each.values()) / len(each) for what in ("right", "another", "passed", "none")]


def table(title, chosen_of):
    print(f"\n{title}: right / another of the seven / passed over / undetermined")
    print("system | " + " | ".join(chosen_of))
    for name, system in SYSTEMS.items():
        cells = ["/".join(f"{x:.1f}" for x in shares(chosen, system)) for chosen in chosen_of.values()]
        print(name, *cells, sep=" | ")


for kind in ("answer", "window"):
    table(f"served, {kind}", {f"{n}": [r for r in rows if r[0] == kind and r[2] == str(n) and r[1] in SERVED] for n in (1, 2, 3, 4)})
    table(f"pl tr da sv cs, {kind}", {f"{n}": [r for r in rows if r[0] == kind and r[2] == str(n) and r[1] not in SERVED] for n in (1, 2, 3, 4)})
short = lambda r: int(r[2]) <= 4
known = lambda r: not any(ord(c) > 0x24F and c.isalpha() for c in r[3])
labelled = [r for r in rows if r[0] == "languages.tsv"]
table("languages.tsv", {
    "served, 1 to 4 words": [r for r in labelled if r[1] in SERVED and short(r)],
    "served, longer": [r for r in labelled if r[1] in SERVED and not short(r)],
    "other, 1 to 4 words": [r for r in labelled if r[1] == "other" and short(r)],
    "other, longer": [r for r in labelled if r[1] == "other" and not short(r)],
})
print("\nright by language, answers of 1 to 4 words: painpoint, lingua 12, painpoint then lingua 7 >= .5, n")
for lang in sorted(SERVED) + ["pl", "tr", "da", "sv", "cs"]:
    chosen = [r for r in rows if r[0] == "answer" and r[1] == lang]
    print(lang, *(f"{shares(chosen, SYSTEMS[s])[0]:.1f}" for s in ("painpoint", "lingua 12", "painpoint, then lingua 7 >= .5")), len(chosen))
