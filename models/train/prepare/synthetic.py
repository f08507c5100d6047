"""Sentences of customer feedback that the corpora lack, made from the lists in sentences/, written for this project.

What counts as what: a judgement of the customer decides; a wish or suggestion without a complaint, a question, a fact,
an empty answer is neutral; thanks that carry a complaint are negative; when praise and complaint meet in one sentence
that cannot be split, the complaint decides, unless the sentence ends in content; "it could be worse", "fine", "ok" alone
are neutral, "passt" is positive; the words decide when an emoji contradicts them, but for those that mark irony (🙄 🤡);
an emoji decides where the words hold no opinion of their own, a plain statement or question stays neutral beside it.

Texts of the challenge set are left out, whatever their case and punctuation.

    python -m prepare.synthetic           prints all rows: text, label, language
    python -m prepare.synthetic --check   fails if a row holds nearly the words of a challenge text
"""
import argparse
import csv
import pathlib
import random
import re
import unicodedata

NEGATIVE, NEUTRAL, POSITIVE = "negative", "neutral", "positive"
LISTS = pathlib.Path(__file__).resolve().parent / "sentences"
# It measures the model, so none of its texts may be learnt.
CHALLENGE = pathlib.Path(__file__).resolve().parents[3] / "tests" / "data" / "challenge.csv"
LANGUAGES = ("de", "en", "fr", "es", "it", "nl", "pt")
# How often a sentence with gaps is filled. German and English are served first; another number or place teaches little.
FILLED = {"de": 7, "en": 7}
FILLED_ELSEWHERE = 5
FILLED_FACTS = 2
FACTS = {"n", "many", "ord", "city", "day", "month", "pay"}
# A list by another name, for two different entries in one sentence.
SECOND = {"thing2": "thing", "n2": "n", "many2": "many", "city2": "city", "day2": "day", "month2": "month"}
CASES = {"akk": 1, "dat": 2}

EMOJI = {POSITIVE: "👍 😀 😊 😍 ❤️ 👏 🎉 🥰 😃 🙂 💯 ⭐⭐⭐⭐⭐ 🤩 😁 🙌 :-) :) ;-) <3 👌 💚 🏆 🥳 😻 :D 🫶 💪 🤗 😋".split(),
         NEGATIVE: "👎 😡 😠 🤬 😤 😞 😢 🙄 😒 🤮 💩 😩 :-( :( ⭐ 🤦 😣 😖 💔 🤢 😾 :/ ☹️ 😫 🖕 🤦‍♂️ 😑🙄".split(),
         NEUTRAL: "🤷 😐 🤔 📦 📱 🏠 🚗 📧 ☎️ 🕐 🤷‍♂️ 😶 📅 🧾 📄 🛒 🚚 🚌 📞 ✉️ 💻 🏢 🔑 📍 🧺 🪑 📝 🗓️ ⏰ 🏬".split()}

KEYS = {"de": "qwertzuiopasdfghjklyxcvbnm", "en": "qwertyuiopasdfghjklzxcvbnm"}
# What sounds alike and is confused in writing.
ALIKE = {"de": [("ie", "i"), ("ss", "s"), ("tt", "t"), ("ll", "l"), ("nn", "n"), ("mm", "m"), ("ck", "k"), ("v", "f"), ("ä", "e"),
                ("d", "t"), ("ß", "s"), ("ht", "t"), ("ei", "ai"), ("eu", "oi"), ("z", "tz"), ("eh", "e"), ("ff", "f"), ("ü", "u")],
         "en": [("ie", "ei"), ("ll", "l"), ("tt", "t"), ("ss", "s"), ("ea", "ee"), ("ou", "o"), ("gh", "g"), ("ck", "k"), ("ence", "ance"),
                ("ed", "d"), ("er", "re"), ("th", "ht"), ("pp", "p"), ("rr", "r"), ("ight", "ite"), ("ly", "lly"), ("ei", "ie"), ("ee", "e")]}


def lists(lang: str) -> dict[str, list[str]]:
    """The sections of all files of a language: the labels' sentences and the lists that fill their gaps."""
    found: dict[str, list[str]] = {}
    for path in sorted(LISTS.glob(f"{lang}*.txt")):
        section = None
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("[") and line.endswith("]"):
                section = found.setdefault(line[1:-1], [])
            elif line and not line.startswith("#"):
                section.append(line)
    return found


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def fill(sentence: str, words: dict[str, list[str]], chance: random.Random) -> str:
    """`{list}` stands for an entry, `{List}` for one with a capital, `{list:akk}` for its case, `(a|b|)` for a choice."""
    while choice := re.search(r"\(([^()]*)\)", sentence):
        sentence = sentence[:choice.start()] + chance.choice(choice[1].split("|")) + sentence[choice.end():]
    taken: dict[str, str] = {}

    def entry(gap: re.Match) -> str:
        name, case = gap[1].lower(), CASES.get(gap[2], 0)
        if name in ("goodadj", "badadj"):  # "not only slow but also slow"
            taken[name] = chance.choice([x for x in words[name] if x != taken.get(name)])
        elif name not in taken:
            source = SECOND.get(name, name)
            taken[name] = chance.choice([x for x in words[source] if x not in taken.values()])
        forms = taken[name].split(" ~ ")
        return capital(forms[case]) if gap[1][0].isupper() else forms[case]

    while re.search(r"\{\w+", sentence):
        sentence = re.sub(r"\{(\w+)(?::(\w+))?\}", entry, sentence)
    return re.sub(r"  +", " ", sentence).strip()


def ended(text: str, chance: random.Random) -> str:
    return text + chance.choice(["", ".", ".", ".", "!"]) if text[-1].isalnum() else text


def misspelt(text: str, lang: str, chance: random.Random) -> str:
    """One to three slips, in letters that sound alike or keys that lie side by side."""
    for _ in range(chance.randrange(1, 4)):
        fitting = [pair for pair in ALIKE[lang] if pair[0] in text[1:]]
        kind = chance.randrange(4)
        if kind < 2 and fitting:
            old, new = chance.choice(fitting)
            at = text.index(old, 1)
            text = text[:at] + new + text[at + len(old):]
            continue
        inner = [i for i in range(1, len(text) - 2) if text[i - 1:i + 2].isalpha()]
        if not inner:
            continue
        i = chance.choice(inner)
        if kind == 2:
            text = text[:i] + text[i + 1] + text[i] + text[i + 2:]
        else:
            keys = KEYS[lang]
            at = keys.find(text[i].lower())
            text = text[:i] + (keys[(at + 1) % len(keys)] if at >= 0 else "") + text[i + 1:]
    return text.lower() if chance.random() < 0.6 else text


def times(sentence: str, lang: str) -> int:
    gaps = set(re.findall(r"\{(\w+)", sentence))
    if not gaps and "(" not in sentence:
        return 1
    if "(" not in sentence and {SECOND.get(gap, gap) for gap in gaps} <= FACTS:
        return FILLED_FACTS
    return FILLED.get(lang, FILLED_ELSEWHERE)


def sentences(lang: str, chance: random.Random) -> list[tuple[str, str]]:
    words = lists(lang)
    made = []
    for label in (NEGATIVE, NEUTRAL, POSITIVE):
        for sentence in words[label]:
            for _ in range(times(sentence, lang)):
                text = ended(fill(sentence, words, chance), chance)
                made.append((text, label))
                if chance.random() < 0.04:
                    made.append((text.upper() if chance.random() < 0.3 else re.sub(r"[.!]+$", "", text.lower()), label))
                if lang in ALIKE and len(text) > 12 and chance.random() < 0.12:
                    made.append((misspelt(text, lang, chance), label))
    return made


def emoji(chance: random.Random) -> list[tuple[str, str, str]]:
    made = []
    things = {"en": lists("en")["thing"], "de": [x.split(" ~ ")[0] for x in lists("de")["thing"]]}
    for label, signs in EMOJI.items():
        for sign in signs:
            others = chance.sample([x for x in signs if x != sign], 4)
            for lang, text in (("en", sign), ("de", sign * 2), ("de", f"{sign} {sign} {sign}"), ("en", sign + others[0]),
                               ("de", sign + others[1] + others[2]), ("en", f"{sign}{sign}{others[3]}")):
                made.append((text, label, lang))
            if label != NEUTRAL:
                made += [(f"{chance.choice(things[lang])} {sign}", label, lang) for lang in ("en", "de")]
    return made


def rows(seed: int = 3) -> list[tuple[str, str, str]]:
    """(text, label, language), no text twice; always the same rows."""
    made: dict[str, tuple[str, str]] = {}
    for lang in LANGUAGES:
        for text, label in sentences(lang, random.Random(f"{seed} {lang}")):
            made.setdefault(text, (label, lang))
    for text, label, lang in emoji(random.Random(f"{seed} emoji")):
        made.setdefault(text, (label, lang))
    held = {bare(text) for text in challenge()}
    return [(text, label, lang) for text, (label, lang) in made.items() if bare(text) not in held]


def bare(text: str) -> str:
    """A text without what is no part of what it says: case, spaces, punctuation, variation selectors."""
    return "".join(c for c in unicodedata.normalize("NFC", text.lower())
                   if unicodedata.category(c)[0] not in "PZC" and c != "\ufe0f")


def challenge() -> list[str]:
    with CHALLENGE.open(encoding="utf-8", newline="") as lines:
        return [row["text"] for row in csv.DictReader(lines)]


def near() -> list[tuple[str, str]]:
    """Rows and the challenge texts with which they share three of four words."""
    theirs = [(set(re.findall(r"\w+", text.lower())), text) for text in challenge()]
    found = []
    for text, _, _ in rows():
        ours = set(re.findall(r"\w+", text.lower()))
        found += [(text, other) for words, other in theirs
                  if len(words) > 3 and 4 * len(ours & words) >= 3 * len(ours | words)]
    return found


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--check", action="store_true")
    if arguments.parse_args().check:
        for text, other in (found := near()):
            print(f"{text!r} is nearly the challenge set's {other!r}")
        raise SystemExit(1 if found else 0)
    for row in rows():
        print(*row, sep="\t")


if __name__ == "__main__":
    main()
