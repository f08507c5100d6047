"""Short complaints and cries in seven languages: what the written feedback lacks, where complaints are long and cries short.

sentences/short_complaints.tsv and cries.tsv hold `language`, `problem` or `cry`, text. The negative sentences of a customer's
journey (sentences/*_journey.txt, those without gaps) name a problem, unless one of the two says otherwise. A fifth, by a hash
of the words, is for dev. EXAMPLES are shown with the figures and never learnt.
"""
import dataclasses
import hashlib

from prepare import synthetic

# Whether each names a problem.
EXAMPLES = {"Die App stürzt ab.": True, "App stürzt ab": True, "The app crashes.": True, "Zu teuer.": True,
            "Unfreundliches Personal": True, "Niemand geht ans Telefon.": True, "Lange Wartezeiten": True,
            "Wrong invoice for the third time, I am furious.": True,
            "Schlechter Service.": False, "Nie wieder!": False, "The worst company ever.": False}


@dataclasses.dataclass(frozen=True)
class Row:
    lang: str
    problem: bool
    text: str
    source: str  # short, cries, journey

    @property
    def dev(self) -> bool:
        return number(plain(self.text)) % 5 == 0


def number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def plain(text: str) -> str:
    return text.lower().strip(" .!?")


def rows() -> list[Row]:
    """Each wording once a language."""
    found: dict[tuple[str, str], Row] = {}
    for source, name in (("short", "short_complaints"), ("cries", "cries")):
        for line in (synthetic.LISTS / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
            lang, kind, text = line.split("\t")
            found.setdefault((lang, plain(text)), Row(lang, kind == "problem", text, source))
    for lang in ("de", "en"):
        for text in journey(lang):
            found.setdefault((lang, plain(text)), Row(lang, True, text, "journey"))
    shown = {plain(text) for text in EXAMPLES}
    return [row for (_, words), row in found.items() if words not in shown]


def journey(lang: str) -> list[str]:
    section, texts = None, []
    for line in (synthetic.LISTS / f"{lang}_journey.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line
        elif section == "[negative]" and line and not line.startswith("#") and "{" not in line:
            texts.append(line)
    return texts


def spellings(text: str) -> list[str]:
    """As it is, without and with a mark at its end, in small letters: none of these should decide."""
    bare = text.rstrip(".!")
    return sorted({text, bare, bare + "!.."[number(text) % 3], bare.lower()})


def joined(some: list[Row]) -> list[Row]:
    """Each with a cry before or behind it: a problem stays one with an angry tail, and the tail alone is none."""
    out = []
    for lang in sorted({row.lang for row in some}):
        cries = [row.text for row in some if row.lang == lang and not row.problem and len(row.text.split()) <= 6]
        for row in some:
            cry = cries[number("+" + row.text) % len(cries)]
            if row.lang != lang or len(row.text.split()) > 7 or cry == row.text:
                continue
            small = lambda text: text[0].lower() + text[1:]
            bare = row.text.rstrip(".!?")
            both = [f"{bare}, {small(cry)}", f"{cry.rstrip('.!?')}, {small(row.text)}", f"{bare}. {cry}"]
            out.append(dataclasses.replace(row, text=both[number("~" + row.text) % 3]))
    return out


def texts() -> list[str]:
    """Every text that heads.py asks for."""
    every = rows()
    parts = [[row for row in every if row.dev == dev] for dev in (False, True)]
    return (sorted(EXAMPLES) + [text for row in every for text in spellings(row.text)]
            + [row.text for part in parts for row in joined(part)])
