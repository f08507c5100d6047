"""Computes the figures in report.html anew from the CSV files beside it.

    painpoint analyze feedback.csv --out OUT_DIR
    python3 quality/report_numbers.py OUT_DIR

First the page is walked by its ids and classes: the numbers that must stand in an element are computed from the CSV
files, from mentions.csv and feedback.csv where these tell, written as the page writes them, and compared with those
that stand there, in their order and to the last digit. The other tables are held against mentions and feedback, too.
Then a sweep finds the numbers in header, main and footer that no check has looked at. Quotations, names (bdi), marks,
charts, options and definitions are left out. Arrows (▲ ▼) count as numbers: they claim a difference. findings.json is
not read; run.json gives the counts of rows, roles of columns, scales of ratings, doubts, and the share of cries.

Prints what differs and what could not be derived, then a line a section ("tables": the CSV files against each other)
and the total. Exit code 1 if a figure differs.

Not derived is what the CSV files do not tell: how many complaints at one touchpoint are cries (other complaints and
cries are checked against each other), and numbers in a title or introduction of one's own. Effects and weights of the
driver model are those of drivers.csv (effects must be possible on the scale of the score), priorities those of
pain_points.csv: they are not fitted anew. Dates, ratings and groups are read from the cells of feedback.csv if they
are written like 2026-03-01, 01.03.2026, 01/03/2026 or 4,5; where others are found, what follows from them is not
derived. Pages made with --touchpoint are refused (exit code 2); files written with --excel cannot be read.
"""

import csv
import json
import math
import os
import re
import sys
from collections import Counter, defaultdict, namedtuple
from datetime import date
from html.parser import HTMLParser

FEW = 30  # mentions, or feedback with text, from which something is told
Z = 1.959963984540054
ROUNDED = 6e-7  # the tables have six decimals
MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_MONTH = "(?:" + "|".join(sorted(MONTHS["de"] + MONTHS["en"], key=len, reverse=True)) + ")"
NUMBER = re.compile(
    rf"\d{{1,2}}\.?\u00a0{_MONTH}(?:\u00a0\d{{4}})?|{_MONTH}\u00a0\d{{4}}|[▲▼]"
    r"|(?:[<>]\u00a0)?(?<![\w.,/])[+−]?\d+(?:[.,/]\d+)*(?!\w)(?:\u00a0?%)?")
# As docs/csv.md has it: the apostrophe before what could run as a formula.
_PASSED = r"[\s\x00-\x1f\x7f-\x9f'\"`´«»‹›＇＂\u2018-\u201f\u200b-\u200f\u202a-\u202e\xad\u180e\u2060-\u206f\ufeff]"
APOSTROPHE = re.compile(
    rf"\A'(?={_PASSED}*[=+\-@＝＋－＠﹦﹢﹣﹫\t\n\r])"
    rf"|(?<=[\n\r\t;,])'(?=(?:(?![\n\r\t]){_PASSED})*(?:[=＝﹦]|[+\-@＋－＠﹢﹣﹫][^\n\r\t;,]*[(|!]))")
SENTIMENTS = ["negative", "neutral", "positive"]
OUR_COLUMNS = "feedback_id input line lang sentiment p_negative p_neutral p_positive mentions repeats".split()


# The page ------------------------------------------------------------------------------------------------------------

class Token:
    """A number on the page; `status` is what became of it."""

    def __init__(self, text, node):
        self.text, self.node, self.status = text, node, None


class Node:
    """An element, or a text (tag "#")."""

    def __init__(self, tag, attrs, parent, text=""):
        self.tag, self.attrs, self.parent, self.text, self.children = tag, dict(attrs), parent, text, []
        self.tokens = [Token(found, self) for found in NUMBER.findall(text)]

    def has(self, name):
        return name in (self.attrs.get("class") or "").split()


class Tree(HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.root = self.at = Node("page", [], None)
        self.feed(text)
        self.close()

    def handle_startendtag(self, tag, attrs):
        self.at.children.append(Node(tag, attrs, self.at))

    def handle_starttag(self, tag, attrs):
        self.handle_startendtag(tag, attrs)
        if tag != "meta":
            self.at = self.at.children[-1]

    def handle_endtag(self, tag):
        node = self.at
        while node.parent and node.tag != tag:
            node = node.parent
        self.at = node.parent or self.at

    def handle_data(self, data):
        self.at.children.append(Node("#", [], self.at, data))


def elements(node, tag=None, cls=None):
    """All elements in another, in their order."""
    for child in node.children if node else []:
        if child.tag != "#":
            if (tag is None or child.tag == tag) and (cls is None or child.has(cls)):
                yield child
            yield from elements(child, tag, cls)


def first(node, tag=None, cls=None):
    return next(elements(node, tag, cls), None)


def inner(node, tag, cls=None):
    """The elements that stand directly in another."""
    return [own for own in (node.children if node else []) if own.tag == tag and (cls is None or own.has(cls))]


def text_of(node):
    return " ".join((node.text + "".join(text_of(child) for child in node.children)).split(" "))


def tokens(node):
    """The numbers in what is visible of an element."""
    unseen = ("blockquote", "bdi", "mark", "script", "style", "option", "svg")
    seen = [own for own in node.children if own.tag not in unseen and not own.has("definitions")]
    return node.tokens + [token for own in seen for token in tokens(own)]


def section_of(node):
    while node.parent:
        if node.parent.tag == "main" or node.parent.tag == "body" and node.tag in ("header", "footer"):
            return node.attrs.get("id", node.tag)
        node = node.parent
    return "page"


def around(node):
    """An element's text, or that of those around it until it says something."""
    while node.tag in ("#", "b", "small", "span", "a", "td", "th", "dd") and len(text_of(node)) < 60 and node.parent:
        node = node.parent
    return " ".join(text_of(node).split())[:160]


# Numbers as the page writes them (src/report/words/format.rs) --------------------------------------------------------

class Format:
    def __init__(self, lang):
        self.de, self.months = lang == "de", MONTHS[lang]

    def count(self, count):
        return f"{int(count):,}".replace(",", "." if self.de else ",")

    def fixed(self, value, digits):
        text = f"{abs(value):.{digits}f}"
        sign = "−" if value < 0 and re.search("[1-9]", text) else ""
        return sign + (text.replace(".", ",") if self.de else text)

    def signed(self, value, digits):
        text = self.fixed(value, digits)
        return text if text[0] == "−" or not re.search("[1-9]", text) else "+" + text

    def points(self, value):
        return self.signed(value * 100, 0)

    def sign(self, text):
        return text + ("\u00a0%" if self.de else "%")

    def percent(self, part, whole):
        return self.sign(self.fixed(part / whole * 100 if whole else 0, 0))

    def part(self, part):
        return self.sign(self.fixed(part * 100, int(part < 0.0995)))

    def share(self, own):
        if 0 < own.count and own.value < 0.0005:
            return self.sign("<\u00a0" + self.fixed(0.1, 1))
        if own.count < own.of and own.value >= 0.995:
            return self.sign(">\u00a099")
        return self.part(own.value) if own.count else self.sign("0")

    def share_interval(self, own):
        low, high = (self.fixed(end * 100, int(own.value < 0.0995)) for end in (own.low, own.high))
        return self.sign(f"{low}–\u2060{high}")

    def net(self, counts):
        """Net sentiment of negative, neutral, positive mentions with its interval; nothing of none."""
        return [self.points(own) for own in net(counts)[1:]] if sum(counts) else []

    def bar(self, counts):
        return [self.percent(count, sum(counts)) for count in counts]

    def day(self, day, year=True):
        text = f"{day.day}{'.' if self.de else ''}\u00a0{self.months[day.month - 1]}"
        return f"{text}\u00a0{day.year}" if year else text

    def month(self, day):
        return f"{self.months[day.month - 1]}\u00a0{day.year}"

    def period(self, start, end):
        if start == end:
            return [self.day(start)]
        if (start.year, start.month) == (end.year, end.month):
            return [str(start.day), self.day(end)]
        return [self.day(start, start.year != end.year), self.day(end)]

    def scored(self, scale, value, digits, signed=True):
        """An amount of score: NPS in points; decimals of NPS and of ratings."""
        value, digits = (value * 100, digits[0]) if scale == "nps" else (value, digits[1])
        return self.signed(value, digits) if signed else self.fixed(value, digits)

    def level(self, scale, value, digits=1):
        """An NPS, or a mean rating."""
        return self.scored(scale, value, (0, digits), scale == "nps")


def near(write, value, off=ROUNDED):
    """How a value may be written that is known to six decimals."""
    return {write(float(value) - off), write(float(value)), write(float(value) + off)}


# Statistics (docs/method.md) -----------------------------------------------------------------------------------------

Share = namedtuple("Share", "count of value low high")
Mean = namedtuple("Mean", "n value low high")
Compared = namedtuple("Compared", "here there difference low high p")


def wilson(count, of):
    if not of:
        return Share(count, of, 0.0, 0.0, 1.0)
    p, d = count / of, 1 + Z * Z / of
    centre, half = (p + Z * Z / (2 * of)) / d, Z * math.sqrt(p * (1 - p) / of + Z * Z / (4 * of * of)) / d
    return Share(count, of, p, max(centre - half, 0) if count else 0.0, min(centre + half, 1) if count < of else 1.0)


def net(counts):
    """Net sentiment or NPS of negative, neutral, positive (Rocks)."""
    if not sum(counts):
        return Mean(0, 0.0, -1.0, 1.0)
    n, value = sum(counts), (counts[2] - counts[0]) / sum(counts)
    p, m = (counts[2] + 0.75) / (n + 3), (counts[0] + 0.75) / (n + 3)
    half = Z * math.sqrt((p + m - (p - m) ** 2) / (n + 3))
    return Mean(n, value, min(max(p - m - half, -1), value), max(min(p - m + half, 1), value))


def variance(values):
    middle = sum(values) / len(values)
    return sum((own - middle) ** 2 for own in values) / max(len(values) - 1, 1)


def mean(values):
    value, half = sum(values) / len(values), Z * math.sqrt(variance(values) / len(values))
    return Mean(len(values), value, value - half, value + half)


def student(freedom):
    """97.5 % quantile of Student's t: Simpson's rule and Newton's method."""
    scale = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(freedom * math.pi)
    density = lambda t: scale * (1 + t * t / freedom) ** (-(freedom + 1) / 2)
    t = Z
    for _ in range(8):
        weighed = [density(t * at / 400) * (1 if at in (0, 400) else 4 if at % 2 else 2) for at in range(401)]
        t -= (sum(weighed) * t / 1200 - 0.475) / density(t)
    return t


def score(scale, scores):
    """NPS or mean rating; None of no scores."""
    return (net(nps(scores)) if scale == "nps" else mean(scores)) if scores else None


def pooled(means):
    """The mean over months, each as heavy as it has answers."""
    n = sum(own.n for own in means)
    value = sum(own.n / n * own.value for own in means)
    half = math.hypot(*(own.n / n * (own.high - own.low) / 2 for own in means))
    return Mean(n, value, value - half, value + half)


def difference(scale, a, b):
    """By how much the scores b are higher than a (Zou and Donner of NPS, Welch of ratings)."""
    if scale == "nps":
        a, b = net(nps(a)), net(nps(b))
        low, high = math.hypot(b.value - b.low, a.high - a.value), math.hypot(b.high - b.value, a.value - a.low)
    else:
        parts = [variance(own) / len(own) for own in (a, b)]
        freedom = sum(own ** 2 / (len(of) - 1) for own, of in zip(parts, (a, b)))
        low = high = student(sum(parts) ** 2 / freedom) * math.sqrt(sum(parts)) if sum(parts) else 0.0
        a, b = mean(a), mean(b)
    return a, b, [b.value - a.value, b.value - a.value - low, b.value - a.value + high]


def nps(scores):
    """Detractors, passives, promoters."""
    return sum(own <= 6 for own in scores), sum(own in (7, 8) for own in scores), sum(own >= 9 for own in scores)


def compare(here, there):
    """Two shares: Newcombe's interval, two-proportion z-test."""
    apart, pooled, p = here.value - there.value, (here.count + there.count) / max(here.of + there.of, 1), None
    if min(here.of, there.of) * min(pooled, 1 - pooled) >= 5:
        z = apart / math.sqrt(pooled * (1 - pooled) * (1 / here.of + 1 / there.of))
        p = math.erfc(abs(z) / math.sqrt(2))
    return Compared(here, there, apart, apart - math.hypot(here.value - here.low, there.high - there.value),
                    apart + math.hypot(here.high - here.value, there.value - there.low), p)


def adjusted(family):
    """The q of each comparison (Benjamini and Hochberg)."""
    tested = sorted((own.p, at) for at, own in enumerate(family) if own.p is not None)
    found, least = [None] * len(family), 1.0
    for rank in range(len(tested), 0, -1):
        least = min(least, tested[rank - 1][0] * len(tested) / rank)
        found[tested[rank - 1][1]] = least
    return found


def is_real(q):
    return q is not None and q <= 0.05


def differ(a, b):
    return abs(a.value - b.value) > math.hypot((a.high - a.low) / 2, (b.high - b.low) / 2)


def dispersion(groups):
    """How far net sentiment lies apart, and by chance alone; None of fewer than two groups."""
    groups = [own for own in groups if sum(own) >= FEW]
    if len(groups) < 2:
        return None
    every = [sum(own) for own in zip(*groups)]
    n, middle = sum(every), net(every).value
    spread = (every[0] + every[2]) / n - middle ** 2
    apart = sum(sum(own) / n * (net(own).value - middle) ** 2 for own in groups)
    chance = sum((1 - sum(own) / n) * spread / n for own in groups)
    return len(groups), n, math.sqrt(apart), math.sqrt(chance)


# The data ------------------------------------------------------------------------------------------------------------

class Row:
    """A feedback: what its row says beside its text, and the mentions that count."""

    def __init__(self):
        self.day = self.nps = self.rating = None
        self.groups, self.mentions = [], []


def day_of(cell, month_first):
    if found := re.match(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", cell):
        parts = [int(own) for own in found.groups()]
    elif found := re.match(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})(?!\d)", cell):
        parts = [int(found[4]), int(found[3]), int(found[1])]
        parts = [parts[0], parts[2], parts[1]] if month_first and found[2] == "/" else parts
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def counts_of(mentions):
    counts = Counter(own["sentiment"] for own in mentions)
    return [counts[name] for name in SENTIMENTS]


def feedback_of(mentions):
    return list({id(own["row"]): own["row"] for own in mentions}.values())


def month_of(row):
    return row.day and row.day.replace(day=1)


class Data:
    def __init__(self, folder):
        with open(os.path.join(folder, "run.json"), encoding="utf-8") as file:
            self.run = json.load(file)
        for name in ("pain_points touchpoints phases segments segment_pain_points periods drivers flags mentions "
                     "feedback changes terms summary").split():
            with open(os.path.join(folder, name + ".csv"), encoding="utf-8-sig", newline="") as file:
                rows = [{key: APOSTROPHE.sub("", cell) for key, cell in row.items()} for row in csv.DictReader(file)]
            setattr(self, name, rows)
        self.summary = {row["figure"]: row for row in self.summary}
        self.scale = self.run.get("rating_scale") and [self.run["rating_scale"][end] for end in ("lowest", "highest")]
        self.score = "nps" if "nps" in self.summary else "rating" if "rating" in self.summary else None
        self.read_rows()
        self.all = [own for row in self.rows for own in row.mentions]
        self.with_text = [row for row in self.rows if row.mentions]
        self.months = self.by_month(self.all)
        self.names = {row["touchpoint"]: row["name"] for row in self.touchpoints}
        self.phase_of = {row["touchpoint"]: row["phase"] for row in self.touchpoints}
        self.phase_names = {row["phase"]: row["name"] for row in self.phases}
        self.at, members, phases = defaultdict(list), defaultdict(list), defaultdict(list)
        for own in self.all:
            for key in own["touchpoints"].split(";"):
                self.at[key].append(own)
            for key in {self.phase_of.get(at) for at in own["touchpoints"].split(";")} - {None, ""}:
                phases[key].append(own)
            for key in filter(None, own["pain_points"].split(";")):
                members[key].append(own)
        self.phase_mentions = phases
        kinds = ("pain_point", "delight")
        self.kinds = {kind: [row for row in self.pain_points if row["kind"] == kind] for kind in kinds}
        for rows in self.kinds.values():
            for at, row in enumerate(rows):
                row["rank"], row["members"] = str(at + 1), members[row["pain_point_id"]]
                row["own"] = wilson(len(feedback_of(row["members"])), len(self.with_text))
                row["place"] = self.names.get(row["touchpoint"], row["touchpoint"])
        self.drivers_of = {row["pain_point_id"]: row for row in self.drivers}
        self.ranked_by = self.pain_points[0]["ranked_by"] if self.pain_points else "severity"
        self.since = date.fromisoformat(self.periods[0]["since"]) if self.periods else None
        self.trends = {}
        for row in self.periods:
            shares = [wilson(int(row[side + "_feedback"]), int(row[side + "_of"])) for side in ("later", "earlier")]
            self.trends[row["pain_point_id"]] = compare(*shares), row["course"]
        counts = Counter(group for row in self.rows for group in row.groups)
        self.groups_known = counts == {(row["column"], row["value"]): int(row["feedback"]) for row in self.segments}
        self.cells = self.touchpoint_groups()

    def read_rows(self):
        """Feedback with what its cells say and with its mentions: both files have one order."""
        roles = {own["path"]: own for own in self.run["inputs"]}
        turned = {own["column"] for own in self.run["doubts"] if own["kind"] == "reversed_scale"}
        unread = sum(own["evidence"]["count"] for own in self.run["doubts"]
                     if own["kind"] == "unread_values" and own["role"] == "date")
        month_first = any(re.match(r"\d{1,2}/(1[3-9]|2\d|3[01])/", cell or "")
                          for row in self.feedback for key, cell in row.items() if key not in OUR_COLUMNS)
        self.rows, mentions, left = [], iter(self.mentions), 0
        for raw in self.feedback:
            row = Row()
            for column in roles[raw["input"]]["columns"]:
                name, role = column["name"], column["role"]
                cell = (raw.get("input_" + name if name in OUR_COLUMNS else name) or "").strip()
                value = float(cell.replace(",", ".")) if re.fullmatch(r"-?\d+([.,]\d+)?", cell) else None
                if role in ("segment", "source") and cell:
                    row.groups.append((name, cell))
                elif role == "date" and cell and row.day is None:
                    row.day = day_of(cell, month_first)
                    left += row.day is None
                elif role == "nps" and value is not None and 0 <= value <= 10:
                    row.nps = value
                elif role == "rating" and value is not None and row.rating is None:
                    low, high = (roles[raw["input"]]["rating_scale"][end] for end in ("lowest", "highest"))
                    if low <= value <= high:
                        part = ((high - value) if name in turned else (value - low)) / (high - low)
                        row.rating = self.scale[0] + part * (self.scale[1] - self.scale[0])
            for own in [next(mentions) for _ in range(int(raw["mentions"]))]:
                if own["feedback_id"] != raw["feedback_id"]:
                    sys.exit(f"mentions.csv and feedback.csv are not in one order at {own['feedback_id']}")
                own["row"] = row
                own["by_row"] = max(SENTIMENTS, key=lambda name: float(own["p_text_" + name])) != own["sentiment"]
                row.mentions += [] if own["repeats"] else [own]
            self.rows.append(row)
        self.dates_known = left <= unread
        self.scores_known = True
        for name in ("nps", "rating"):
            own, told = score(name, self.scores(self.rows, name)), self.summary.get(name)
            self.scores_known &= (own.n == int(told["n"]) and abs(own.value - float(told["value"])) < ROUNDED
                                  if own and told else not own and not told)

    def scores(self, rows, name):
        return [getattr(row, name) for row in rows if getattr(row, name) is not None]

    def score_of(self, month):
        """The score of a month: of one scale in all months."""
        rows = [row for row in self.rows if month_of(row) == month]
        return score(self.score, self.scores(rows, self.score)) if self.score else None

    def ends(self, scale):
        """The lowest and the highest score."""
        return [-1, 1] if scale == "nps" else self.scale

    def by_month(self, mentions):
        """Months with their mentions, those without left out."""
        found = defaultdict(list)
        for own in mentions:
            if own["row"].day:
                found[month_of(own["row"])].append(own)
        return sorted(found.items())

    def timeline(self, mentions):
        """The months of charts: the last 36 without gaps."""
        found, number = dict(self.by_month(mentions)), lambda day: day.year * 12 + day.month - 1
        start, end = (number(self.months[at][0]) for at in (0, -1)) if self.months else (0, -1)
        span = [date(at // 12, at % 12 + 1, 1) for at in range(max(start, end - 35), end + 1)]
        return [(month, found.get(month, [])) for month in span]

    def touchpoint_groups(self):
        """By touchpoint and group: sentiment, negative share here and among the others of the column, q."""
        with_text = Counter(group for row in self.with_text for group in row.groups)
        keys, found = [], []
        for row in self.touchpoints:
            groups, columns = defaultdict(list), defaultdict(list)
            for own in self.at[row["touchpoint"]]:
                for group in own["row"].groups:
                    groups[group].append(own)
                    columns[group[0]].append(own)
            for group, own in groups.items():
                if with_text[group] >= FEW and len(own) >= 10:
                    here, every = counts_of(own), counts_of(columns[group[0]])
                    there = wilson(every[0] - here[0], sum(every) - sum(here))
                    keys.append((row["touchpoint"], group, here))
                    found.append(compare(wilson(here[0], sum(here)), there))
        cells = defaultdict(dict)
        for (touchpoint, group, here), compared, q in zip(keys, found, adjusted(found)):
            cells[touchpoint][group] = here, compared, q
        return cells

    def in_order(self):
        """Touchpoints that are mentioned, each followed by its parts, and last what is about none."""
        own = [row for row in self.touchpoints if self.at[row["touchpoint"]]]
        tops = {row["touchpoint"] for row in own if not row["parent"]}
        wholes = [row for row in own if row["parent"] not in tops]
        wholes.sort(key=lambda row: row["touchpoint"] == "general")
        return [row for top in wholes for row in [top] + [part for part in own if part["parent"] == top["touchpoint"]]]

    def has_topic(self, row):
        return any(own["touchpoint"] == row["touchpoint"] for own in self.pain_points)

    def is_doubtful(self, own):
        """Whether the score of its row speaks against a complaint (src/painpoint/screen.rs)."""
        satisfied = 0.0
        if own["row"].nps is not None:
            satisfied = own["row"].nps / 10
        elif own["row"].rating is not None and self.scale[0] < self.scale[1]:
            satisfied = (own["row"].rating - self.scale[0]) / (self.scale[1] - self.scale[0])
        least = 0.9 if satisfied >= 0.95 else 0.75 if satisfied >= 0.7 else 0.0
        return not own["pain_points"] and float(own["p_text_negative"]) < least

    def complaints(self):
        """Negative mentions in a pain point, other ones, cries, doubtful ones."""
        negative = [own for own in self.all if own["sentiment"] == "negative"]
        covered, of = sum(own["pain_points"] != "" for own in negative), len(negative)
        cries, doubtful = (round(self.run[key] * of) for key in ("cries_share", "doubtful_share"))
        return [wilson(count, of) for count in (covered, of - covered - cries - doubtful, cries, doubtful)]


# What stands on the page against what the data say -------------------------------------------------------------------

class Check:
    def __init__(self, folder):
        with open(os.path.join(folder, "report.html"), encoding="utf-8") as file:
            root = Tree(file.read()).root
        self.lang, self.body = first(root, "html").attrs["lang"], first(root, "body")
        self.differences, self.counts = [], defaultdict(Counter)

    def section(self, name):
        return next((own for own in elements(self.body, "section") if own.attrs.get("id") == name), None)

    def note(self, name):
        return first(self.section(name), "p", "note")

    def differs(self, where, told):
        self.differences.append(f"differs, {where}: {told}")

    def lacks(self, where, told):
        self.counts[where]["differs"] += 1
        self.differs(where, told)

    def expect(self, element, *parts):
        """The numbers of an element in their order: a text, several of which one must stand there, or None where
        nothing tells."""
        wanted = []
        for part in parts:
            if isinstance(part, set):
                wanted.append({NUMBER.findall(text)[0] for text in part})
            else:
                wanted += [None] if part is None else [{text} for text in NUMBER.findall(part)]
        told = " ".join("?" if own is None else "/".join(sorted(own)) for own in wanted)
        if element is None:
            return self.lacks("page", f"no place for {told}") if wanted else None
        found = tokens(element)
        if len(found) != len(wanted):
            for token in found:
                token.status = "differs"
            tell = self.differs if found else self.lacks
            shown = " ".join(own.text for own in found)
            return tell(section_of(element), f"[{shown}], by the data [{told}]: {around(element)}")
        for token, texts in zip(found, wanted):
            token.status = "not derived" if texts is None else "confirmed" if token.text in texts else "differs"
            if token.status == "differs":
                told = f"{token.text}, by the data {'/'.join(sorted(texts))}: {around(token.node)}"
                self.differs(section_of(element), told)

    def each(self, where, what, found, wanted):
        """Elements with what they show; both must be as many."""
        if len(found) != len(wanted):
            self.lacks(where, f"{len(found)} {what}, by the data {len(wanted)}")
        return zip(found, wanted)

    def same(self, what, in_table, anew, off=2 * ROUNDED):
        """A figure of a table, and the same computed anew."""
        in_table = None if in_table in ("", None) else float(in_table)
        is_same = in_table == anew if None in (in_table, anew) else abs(in_table - anew) <= off
        self.counts["tables"]["confirmed" if is_same else "differs"] += 1
        if not is_same:
            self.differs("tables", f"{what}: {in_table}, computed anew {anew}")

    def same_counts(self, what, row, counts):
        keys = SENTIMENTS + ["net_sentiment", "net_sentiment_low", "net_sentiment_high"] * bool(sum(counts))
        for key, value in zip(keys, [*counts, *net(counts)[1:]]):
            self.same(f"{key} of {what}", row[key], value)


def shares(write, own):
    return [write.share(own), write.share_interval(own)]


def impact(data, write, topic):
    """How much lower the score is: amount (where it is clear), interval, scores."""
    row = data.drivers_of.get(topic["pain_point_id"])
    if not row:
        return []
    keys = ["impact"] * (float(row["impact_low"]) > 0) + ["impact_low", "impact_high"]
    amount = lambda value: write.scored(row["score"], value, (0, 1), False)
    return [near(amount, row[key]) for key in keys] + [write.count(row["scores_with"])]


def total(data, write, topic, times=1, digits=(1, 2)):
    """What it weighs in total: priority × range of the score."""
    lowest, highest = data.ends(data.ranked_by)
    amount = lambda value: write.scored(data.ranked_by, value * (highest - lowest) * times, digits, False)
    return near(amount, topic["priority"])


def cost(data, write, topic):
    """What it weighs in total, where that is clear, and of what share and what difference that is the product."""
    if data.ranked_by == "severity" or not topic["impact_low"] or float(topic["impact_low"]) <= 0:
        return []
    each = total(data, write, topic, 1 / topic["own"].value, (0, 1))
    return [total(data, write, topic), write.share(topic["own"]), each]


def few_scores(topic):
    """"Fewer than 10 scores" stands beside what it weighs."""
    return ["10"] if not topic["impact"] else []


def clarity(write, topic):
    return near(lambda value: write.fixed(value * 100, 0), topic["severity"])


def course(data, write, topic):
    """Since when which share mentions it, and before; nothing where that was not tested."""
    compared, told = data.trends.get(topic["pain_point_id"], (None, "unknown"))
    if told == "unknown":
        return []
    since, here, there = write.day(data.since), write.share(compared.here), write.share(compared.there)
    return [since, here, there] if write.de else [here, since, there]


def family(check, data, write, topic):
    """Names of the others that tell nearly the same, with their touchpoints, and the share of all."""
    own = [other for other in data.pain_points if topic["family"] and other["family"] == topic["family"]]
    if not own:
        return []
    share = wilson(len(feedback_of([mention for other in own for mention in other["members"]])), len(data.with_text))
    check.same(f"family_share of {topic['pain_point_id']}", topic["family_share"], share.value)
    names = [[other["label"], other["place"] if other["touchpoint"] != topic["touchpoint"] else ""]
             for other in own if other is not topic]
    return [name for both in names for name in both] + [write.share(share)]


def check_frame(check, data, write):
    header, footer = inner(check.body, "header")[0], inner(check.body, "footer")[0]
    days = [row.day for row in data.rows if row.day]
    period = write.period(min(days), max(days)) if days else []
    basis = first(header, "p", "basis")
    if not data.dates_known:
        period = [None] * (len(tokens(basis)) - 2)
    check.expect(basis, *period, write.count(len(data.rows)), write.count(len(data.all)))
    version = [data.run["painpoint"], data.run["model"]["sha256"][:8]]
    check.expect(footer, *version, write.count(len(data.rows)), *period)
    for item in elements(first(header, "ul", "doubts"), "li"):
        check_doubt(check, data, item, "doubt")


def check_doubt(check, data, item, grade):
    """Every number must stand in a doubt of run.json."""
    plain = lambda text: re.sub(r"(?<=\d)[.,](?=\d{3}(?!\d))", "", text.replace("\u00a0%", "").rstrip("%"))
    known = " ".join(plain(json.dumps(own, ensure_ascii=False)) for own in data.run["doubts"] if own["grade"] == grade)
    for token in tokens(item):
        is_known = re.search(rf"(?<!\d){re.escape(plain(token.text))}(?!\d)", known)
        token.status = "confirmed" if is_known else "differs"
        if not is_known:
            check.differs(section_of(item), f"{token.text}, in no doubt of run.json: {around(item)}")


def check_findings(check, data, write):
    section = check.section("findings")
    pains, delights = data.kinds.values()

    def told(topic):
        rises = data.trends.get(topic["pain_point_id"], (None, ""))[1] == "rising"
        counts = [write.count(topic["own"].count), write.count(topic["own"].of)]
        return [write.share(topic["own"]), topic["place"], *counts, write.share_interval(topic["own"]),
                *impact(data, write, topic), *cost(data, write, topic),
                *(course(data, write, topic) if rises else []), *family(check, data, write, topic)]

    wanted = [told(own) for own in pains[:2]]
    news = [rising(data, write, pains[2:]), last_month(check, data, write), worst_phase(data, write)]
    wanted += [own for own in news if own is not None][:1]
    if data.score:
        wanted.append(score_headline(data, write))
    clear = [own for own in delights if cost(data, write, own)]
    wanted = (wanted + [told(own) for own in (clear or delights)[:1]])[:5]
    for item, parts in check.each("findings", "key findings", inner(first(section, "ul", "headlines"), "li"), wanted):
        check.expect(item, *(parts or [None] * len(tokens(item))))
    inside, others, cries, doubtful = data.complaints()
    if pains and inside.of:
        rest = [write.share(own) for own in [others, cries] + [doubtful] * (doubtful.count > 0)]
        check.expect(check.note("findings"), write.count(inside.of), write.share(inside), write.count(len(pains)), *rest)
    bars = list(elements(section, "p", "shares"))
    check.expect(bars[0], *write.bar(counts_of(data.all)), *write.net(counts_of(data.all)))
    for key, value in zip(["value", "low", "high"], net(counts_of(data.all))[1:]):
        check.same(f"{key} of net_sentiment", data.summary["net_sentiment"][key], value)
    if data.score == "nps" and data.scores_known:
        bad, even, good = write.bar(nps(data.scores(data.rows, "nps")))
        check.expect(bars[1] if bars[1:] else None, bad, "0", "6", even, "7", "8", good, "9", "10")


def score_headline(data, write):
    """NPS or mean rating; nothing where the cells could not be read."""
    if not data.scores_known:
        return []
    scores = data.scores(data.rows, data.score)
    value, *ends = [write.level(data.score, own) for own in score(data.score, scores)[1:]]
    if data.score == "nps":
        bad, _, good = write.bar(nps(scores))
        about = [good, bad]
    else:
        about = [write.fixed(own, int(own != int(own))) for own in data.scale]
    return [value, *about, *ends, write.count(len(scores))]


def rising(data, write, pains):
    """The pain point, other than the worst two, that has grown most."""
    trends = [(own["pain_point_id"], *data.trends[own["pain_point_id"]]) for own in pains] if data.trends else []
    found = [(-trend.difference, topic, trend) for topic, trend, told in trends if told == "rising"]
    if not found:
        return None
    most = min(found)[2]
    return [write.share(most.here), write.share(most.here), write.day(data.since), write.share(most.there)]


def last_month(check, data, write):
    """The last month, if it stands out by its score, else by its sentiment; nothing where cells could not be read."""
    if not data.dates_known or not data.scores_known:
        links = elements(first(check.section("findings"), "ul", "headlines"), "a")
        return [] if any(own.attrs.get("href") == "#trend" for own in links) else None
    if len(data.months) < 2:
        return None
    scores, counts = [data.score_of(month) for month, _ in data.months], [counts_of(own) for _, own in data.months]
    found = [(scores[-1], pooled(scores[:-1]), lambda value: write.level(data.score, value))] if all(scores) else []
    found.append((net(counts[-1]), net([sum(own) for own in zip(*counts[:-1])]), write.points))
    for now, before, show in found:
        if min(now.n, before.n) >= FEW and differ(now, before):
            return [show(now.value), write.month(data.months[-1][0]), *map(show, [before.value, *now[2:]])]
    return None


def worst_phase(data, write):
    phases = [(row["name"], counts_of(data.phase_mentions[row["phase"]])) for row in data.phases]
    phases = [own for own in phases if sum(own[1])]
    every = sum(sum(counts) for _, counts in phases)
    large = [own for own in phases if sum(own[1]) >= FEW and sum(own[1]) * 100 >= every * 5]
    large.sort(key=lambda own: net(own[1]).value)
    if len(large) < 2:
        return None
    (name, counts), (rival, other) = large[:2]
    (value, *ends), (bad, _, good) = write.net(counts), write.bar(counts)
    least = [write.percent(5, 100)] if len(large) < len(phases) else []
    return [value, *least, name, bad, good, *ends, "" if differ(net(counts), net(other)) else rival]


def check_journey(check, data, write):
    section = check.section("journey")
    spoken = lambda rows: [(row, counts_of(data.at[row["touchpoint"]])) for row in rows if data.at[row["touchpoint"]]]
    counted = lambda rows: sorted(spoken(rows), key=lambda own: -sum(own[1]))
    check.expect(check.note("journey"), "100")
    phases = check.each("journey", "phases", inner(first(section, "ol", "phases"), "li"), data.phases)
    for at, (item, row) in enumerate(phases):
        counts = counts_of(data.phase_mentions[row["phase"]])
        check.same_counts(f"phase {row['phase']}", row, counts)
        check.expect(first(item, "h3"), str(at + 1), row["name"])
        check.expect(first(item, "p"), *write.net(counts), *[write.count(sum(counts))] * bool(sum(counts)))
        own = counted(other for other in data.touchpoints if other["phase"] == row["phase"])
        shown = [other for other in own[:12] if sum(other[1]) >= 5]
        stops = inner(first(item, "ul", "stops"), "li")
        for stop, (place, counts) in check.each("journey", f"touchpoints of {row['name']}", stops, shown):
            value, low, high = net(counts)[1:]
            mood = "few" if sum(counts) < FEW else "bad" if high < 0 else "good" if low > 0 else "even"
            check.expect(stop, place["name"], *write.net(counts)[:sum(counts) >= 10], write.count(sum(counts)))
            if not stop.has(mood):
                check.lacks("journey", f"{place['name']} is shown as {stop.attrs['class']}, by the data {mood}")
        if len(own) > len(shown):
            check.expect(inner(item, "p")[-1], write.count(len(own) - len(shown)))
    parts = [[row["name"], write.count(sum(counts)), *write.net(counts)[:sum(counts) >= 10]]
             for row, counts in counted(row for row in data.touchpoints if not row["phase"])]
    check.expect(first(section, "figcaption"), "10", *(part for own in parts for part in own))
    silent = [row["name"] for row in data.touchpoints if not data.at[row["touchpoint"]]]
    wanted = [silent] * bool(silent) + experience(check, data, write)
    for item, parts in check.each("journey", "sentences below", inner(section, "p", "note")[1:], wanted):
        check.expect(item, *parts)
    rows = inner(first(section, "table", "figures"), "tbody")
    for item, row in check.each("journey", "touchpoints in the table", rows, data.in_order()):
        mentions = data.at[row["touchpoint"]]
        counts, what = counts_of(mentions), f"touchpoint {row['touchpoint']}"
        check.same_counts(what, row, counts)
        share = wilson(len(feedback_of(mentions)), len(data.with_text))
        bad = wilson(counts[0], sum(counts))
        for key, value in zip("feedback share share_low share_high negative_share".split(), [
                share.count, *share[2:], bad.value]):
            check.same(f"{key} of {what}", row[key], value)
        names = [row["name"], data.phase_names.get(row["phase"], "")]
        check.expect(item, *names, write.count(sum(counts)), *write.net(counts), *write.bar(counts))


def experience(check, data, write):
    """The sentences on how even it is between touchpoints and sources, and on how it ends."""
    found = []
    wholes = [row["touchpoint"] for row in data.touchpoints if row["touchpoint"] != "general" and not row["parent"]]
    sources = [row for row in data.segments if row["role"] == "source"]
    for name, groups in [("touchpoints", [counts_of(data.at[own]) for own in wholes]),
                         ("sources", [[int(row[own]) for own in SENTIMENTS] for row in sources])]:
        if even := dispersion(groups):
            for end, value in zip(["", "_by_chance"], even[2:]):
                check.same(f"dispersion_of_{name}{end}", data.summary[f"dispersion_of_{name}{end}"]["value"], value)
            values = [write.fixed(value * 100, 0) for value in even[2:]]
            found.append([write.count(even[0]), "30", *values, write.count(even[1])])
    last = [sum(own) for own in zip(*(counts_of(data.phase_mentions[row["phase"]]) for row in data.phases[-2:]))]
    if sum(last) >= FEW:
        names = [row["name"] for row in data.phases[-2:]]
        found.append([*names, *write.net(last), write.count(sum(last))])
    endings = defaultdict(lambda: ([], []))
    for row in data.with_text:
        answers = defaultdict(list)
        for own in row.mentions:
            answers[own["column"]].append(own)
        for column, own in answers.items():
            if len(own) > 1:
                endings[column][0].append(own[-1])
                endings[column][1].extend(own[:-1])
    if endings:
        column = min(endings, key=lambda own: (-len(endings[own][0]), own))
        end, rest = (counts_of(own) for own in endings[column])
        check.same("end of answers", data.summary["net_sentiment_of_last_mentions"]["value"], net(end).value)
        check.same("answers before it", data.summary["net_sentiment_of_mentions_before"]["value"], net(rest).value)
        if sum(end) >= FEW:
            found.append([*write.net(end), *write.net(rest), write.count(sum(end))])
    return found


def check_priorities(check, data, write):
    section, by_score = check.section("priorities"), data.ranked_by != "severity"
    pains, delights = data.kinds.values()
    shown = pains[:20] + delights[:10]
    if not shown:
        return
    check.expect(check.note("priorities"), *([] if by_score else ["0", "100"]))
    left = len(data.pain_points) - len(shown)
    check.expect(first(section, "figcaption"), *[write.count(left)] * (left > 0))
    for item, own in check.each("priorities", "topics", inner(first(section, "ul", "legend-list"), "li"), shown):
        amount = [total(data, write, own), *few_scores(own)] if by_score else [clarity(write, own)]
        check.expect(item, own["rank"], own["place"], *shares(write, own["own"]), *amount)


def longest(write, topics):
    """Where the bars of a list end."""
    most = max(own["own"].high for own in topics)
    return write.percent(next((own for own in [1, 2, 5, 10, 20, 30, 40, 50, 75] if most <= own / 100), 100), 100)


def check_ranking(check, data, write):
    for name, kind, sign in [("pain-points", "pain_point", -1), ("delights", "delight", 1)]:
        section, topics = check.section(name), data.kinds[kind]
        tables = list(elements(section, "table", "ranking"))
        if topics:
            check.expect(check.note(name), "0", longest(write, topics))
        for own in tables:
            check.expect(first(own, "thead"), "0", "100")
        if len(topics) > 10:
            check.expect(first(section, "summary"), write.count(len(topics) - 10))
            check.expect(first(tables[-1], "caption"), write.count(len(topics) - 10))
        rows = [row for own in tables for row in inner(first(own, "tbody"), "tr")]
        for item, own in check.each(name, "rows", rows, topics):
            check_topic(check, data, own)
            costs = [total(data, write, own, sign), *few_scores(own)] if data.ranked_by != "severity" else []
            arrow = {"rising": "▲", "falling": "▼"}.get(data.trends.get(own["pain_point_id"], (None, ""))[1], "")
            parts = [own["rank"], arrow, own["place"], *shares(write, own["own"]), *costs, clarity(write, own)]
            check.expect(item, *parts)
    inside, *rest = data.complaints()
    texts = inner(check.section("pain-points"), "p")
    if inside.of:
        own = [inside, *rest[:2], *rest[2:] * (rest[2].count > 0)]
        parts = [part for share in own for part in (write.count(share.count), write.share(share))]
        check.expect(texts[-1], write.count(inside.of), *parts)


def check_topic(check, data, topic):
    """Its rows in pain_points.csv and drivers.csv, from the mentions."""
    what, of, is_delight = topic["pain_point_id"], topic["members"], topic["kind"] == "delight"
    clear = sum(float(own["p_positive" if is_delight else "p_negative"]) for own in of) / max(len(of), 1)
    for key, value in zip("mentions feedback share share_low share_high severity".split(), [
            len(of), topic["own"].count, *topic["own"][2:], clear]):
        check.same(f"{key} of {what}", topic[key], value, 2e-6)
    row = data.drivers_of.get(what)
    if row and data.scores_known:
        told = {id(own["row"]) for own in of if not own["by_row"]}
        sides = [[own for own in data.with_text if (id(own) in told) == is_with] for is_with in (True, False)]
        with_it, without = (data.scores(rows, row["score"]) for rows in sides)
        a, b, amount = difference(row["score"], *((without, with_it) if is_delight else (with_it, without)))
        means = [b.value, a.value] if is_delight else [a.value, b.value]
        for key, value in zip("scores_with scores_without mean_with mean_without impact impact_low impact_high".split(), [
                len(with_it), len(without), *means, *amount]):
            check.same(f"{key} of {what}", row[key], value, 2e-6)
    if row and row["effect"]:  # it is cut at what is possible
        ends = sorted((end - float(row["mean_without"])) * (1 if is_delight else -1) for end in data.ends(row["score"]))
        for key in ("effect", "effect_low", "effect_high"):
            check.same(f"{key} of {what}", row[key], min(max(float(row[key]), ends[0]), ends[1]))


def check_cards(check, data, write):
    topics = {re.sub(r"[^A-Za-z0-9_]", "-", "topic-" + own["pain_point_id"]): own for own in data.pain_points}
    whole = dict(data.timeline(data.all))
    for card in elements(check.body, "article"):
        own, measures = topics[card.attrs["id"]], first(card, "div", "measures")
        check.expect(first(card, cls="rank"), own["rank"])
        check.expect(first(measures, "p", "big"), *shares(write, own["own"]))
        check.expect(inner(measures, "p", "ends")[0], "0", longest(write, data.kinds[own["kind"]]))
        counts = [write.count(count) for count in (own["own"].count, own["own"].of, len(own["members"]))]
        check.expect(first(measures, "p", "facts"), *counts, clarity(write, own), "100")
        others, note = family(check, data, write, own), first(measures, "p", "family")
        if others or note:  # all of it stands in a bdi
            wanted = [text for part in others for text in NUMBER.findall(part)]
            check.same(f"family of {own['pain_point_id']}", 1, int(NUMBER.findall(text_of(note)) == wanted))
        check.expect(first(measures, "p", "impact"), *impact(data, write, own), *cost(data, write, own))
        months = data.by_month(own["members"])
        if data.dates_known and months and months[0][0] > data.months[0][0]:
            notes = [note for note in inner(measures, "p") if note.attrs.get("class") == "note"]
            check.expect(notes[0] if notes else None, write.month(months[0][0]))
        columns = [(month, wilson(len(part), len(whole[month]))) for month, part in data.timeline(own["members"])]
        check_spark(check, data, write, first(measures, "figure", "spark"), columns, course(data, write, own))
        for more in elements(card, "details", "more"):
            check.expect(first(more, "summary"), write.count(len(inner(more, "blockquote"))))


def check_spark(check, data, write, figure, columns, told):
    """A small chart: its ends, its highest column, and what it says of the course."""
    if not figure or not data.dates_known:
        return
    top = max((own.value for _, own in columns if own.of >= FEW), default=0) or max(own.value for _, own in columns)
    ends = [f"{month.month}/{month.year}" for month, _ in (columns[0], columns[-1])]
    check.expect(first(figure, "p", "ends"), ends[0], write.part(top), ends[1])
    half = len(columns) // 2
    early, late = (wilson(sum(own.count for _, own in part), sum(own.of for _, own in part))
                   for part in (columns[:half], columns[half:]))
    is_clear = min(early.of, late.of) >= FEW and differ(early, late)
    check.expect(first(figure, "figcaption"), *(told or [write.share(early), write.share(late)] * is_clear))


def check_chapters(check, data, write):
    section = check.section("touchpoints")
    if not section:
        return
    told = [row for row in data.in_order() if data.has_topic(row) or len(data.at[row["touchpoint"]]) >= 10]
    quiet = [row for row in told if not data.has_topic(row) and counts_of(data.at[row["touchpoint"]])[0] < 15]
    order = [row for row in told if row not in quiet] + quiet
    if quiet:
        check.expect(first(first(section, "details", "quiet"), "summary"), write.count(len(quiet)))
    for chapter, row in check.each("touchpoints", "chapters", list(elements(section, "section", "chapter")), order):
        check_chapter(check, data, write, chapter, row)


def check_chapter(check, data, write, chapter, row):
    mentions = data.at[row["touchpoint"]]
    counts, share = counts_of(mentions), wilson(len(feedback_of(mentions)), len(data.with_text))
    if chapter.attrs["data-chapter"] != row["touchpoint"]:
        return check.lacks("touchpoints", f"chapter {chapter.attrs['data-chapter']}, by the data {row['touchpoint']}")
    left, right = inner(first(chapter, "div", "evidence"), "div")
    check.expect(first(chapter, "h3"), row["name"], data.phase_names.get(row["phase"], ""))
    check.expect(left, write.count(sum(counts)), write.count(share.count), write.share(share), *write.net(counts),
                 *write.bar(counts))
    titles = {own.attrs["href"]: text_of(own) for own in elements(first(check.body, "nav"), "a")}
    others = None
    for own in inner(chapter, "details", "flagged"):
        summary = first(own, "summary")
        flags = [flag for flag, href in [("suggestion", "#suggestions"), ("churn", "#churn")]
                 if href in titles and text_of(summary).startswith(titles[href])]
        if flags:
            check.expect(summary, write.count(sum(flags[0] in found["flags"].split(";") for found in mentions)))
        else:
            others = summary
    negative = [own for own in mentions if own["sentiment"] == "negative"]
    covered, doubtful = sum(own["pain_points"] != "" for own in negative), sum(map(data.is_doubtful, negative))
    # How many of the rest name something is told by the page alone, if it has voices: both shares follow from it.
    named = int(re.sub(r"\D", "", tokens(others)[0].text)) if others else 0
    cries = len(negative) - covered - named - doubtful
    parts = [write.percent(part, len(negative)) for part in [covered, named, cries] + [doubtful] * (doubtful > 0)]
    if not first(check.body, "blockquote") and named + cries:
        parts[1:3] = [None, None]
    check.expect(first(right, "p", "note"), *[write.count(len(negative)), *parts] * bool(negative))
    columns = [(month, wilson(counts_of(own)[0], len(own))) for month, own in data.timeline(mentions)]
    figure, is_long = first(right, "figure", "spark"), len(columns) > 2 and sum(own.count for _, own in columns) >= FEW
    if data.dates_known and is_long != bool(figure):
        check.lacks("touchpoints", f"small chart of {row['name']}: {bool(figure)}, by the data {is_long}")
    check_spark(check, data, write, figure, columns, [])
    worse = [compared for _, compared, q in data.cells[row["touchpoint"]].values() if is_real(q)]
    worse = sorted((own for own in worse if own.difference > 0), key=lambda own: -own.difference)[:5]
    if data.groups_known:
        items = inner(first(right, "ul", "plain"), "li")
        for item, own in check.each("touchpoints", f"groups for which {row['name']} is worse", items, worse):
            check.expect(item, write.share(own.here), write.count(own.here.of), write.share(own.there))


def check_trend(check, data, write):
    section = check.section("trend")
    if not section or not data.dates_known:
        return
    cut = ["36"] if data.months[0][0] < data.timeline([])[0][0] else []
    check.expect(check.note("trend"), "30", *cut)
    for item, (month, own) in check.each("trend", "months", inner(first(section, "tbody"), "tr"), data.months):
        counts, own = counts_of(own), data.score_of(month)
        told = [write.level(data.score, value) for value in own[1:]] if own else []
        if not data.scores_known:
            told = [None] * (len(tokens(item)) - 8)
        check.expect(item, write.month(month), *write.bar(counts), write.count(sum(counts)), *write.net(counts), *told)


def check_periods(check, data, write):
    section = check.section("periods")
    if not section or not data.since:
        return
    trends, changed = [data.trends[row["pain_point_id"]][0] for row in data.periods], []
    topics = {own["pain_point_id"]: own for own in data.pain_points}
    split = lambda rows: [sum(row.day is not None and (row.day >= data.since) == is_later for row in rows)
                          for is_later in (True, False)]
    for row, own, q in zip(data.periods, trends, adjusted(trends)):
        what = row["pain_point_id"]
        keys = "difference difference_low difference_high p q".split()
        for key, value in zip(keys, [own.difference, own.low, own.high, own.p, q]):
            check.same(f"{key} of {what}", row[key], value)
        if data.dates_known:
            for key, value in zip(["later_feedback", "earlier_feedback"], split(feedback_of(topics[what]["members"]))):
                check.same(f"{key} of {what}", row[key], value)
        if is_real(q):
            changed.append((own.difference if row["kind"] == "delight" else -own.difference, own))
    sides = split(data.with_text) if data.dates_known else [trends[0].here.of, trends[0].there.of]
    counts = [*sides, sum(own.p is not None for own in trends), len(changed)]
    check.expect(check.note("periods"), write.day(data.since), *(write.count(count) for count in counts))
    changed = sorted(changed, key=lambda own: own[0])[:10]
    for item, (_, own) in check.each("periods", "rows", inner(first(section, "tbody"), "tr"), changed):
        ends = [write.signed(end * 100, 1) for end in (own.low, own.high)]
        check.expect(item, "▲" if own.difference > 0 else "▼", write.share(own.there), write.share(own.here), *ends)


def check_change(check, data, write):
    section = check.section("change")
    if not section or not data.scores_known or not data.dates_known:
        return
    scale = data.drivers[0]["score"]
    dated = [row for row in data.with_text if row.day]
    sides = [[row for row in dated if (row.day >= data.since) == is_later] for is_later in (False, True)]
    earlier, later, change = difference(scale, *(data.scores(rows, scale) for rows in sides))
    points = lambda value: write.scored(scale, value, (1, 2))
    levels = [write.level(scale, own.value, 2) for own in (earlier, later)]
    check.expect(check.note("change"), *levels, *map(points, change))
    parts = []
    for topic in data.pain_points:
        row = data.drivers_of.get(topic["pain_point_id"])
        if row and row["effect"]:
            trend, sign = data.trends[topic["pain_point_id"]][0], 1 if topic["kind"] == "delight" else -1
            effect = sign * float(row["effect"])
            parts.append((-abs(effect * trend.difference), topic["pain_point_id"], effect, trend))
    parts.sort(key=lambda own: own[:2])
    values = [effect * trend.difference for _, _, effect, trend in parts]
    rest = [sum(values[10:])] * (len(values) > 10) + [change[0] - sum(values), change[0]]
    items = inner(first(section, "tbody"), "tr")
    for item, (_, _, effect, trend), value in zip(items, parts[:10], values):
        amount = near(lambda value: write.scored(scale, value, (0, 1)), effect)
        check.expect(item, write.share(trend.there), write.share(trend.here), amount, near(points, value))
    for item, value in check.each("change", "rows below the topics", items[min(len(parts), 10):], rest):
        check.expect(item, near(points, value, ROUNDED * len(parts)))
    shown = [float(tokens(item)[-1].text.replace("−", "-").replace(",", ".")) for item in items]
    check.same("rows of the change of the score, added up", shown[-1], sum(shown[:-1]),
               len(shown) * (0.05 if scale == "nps" else 0.005))


def check_lineage(check, data, write):
    section = check.section("lineage")
    if not section:
        return
    now, gone = ([row for row in data.changes if (row["status"] == "gone") == is_gone] for is_gone in (False, True))
    told = [row for row in now if row["status"] in ("new", "growing", "shrinking")]
    before = next((write.count(row["baseline_of"]) for row in data.changes if row["baseline_of"]), None)
    counts = [sum(row["status"] == "new" for row in now), len(gone), len(now) - len(told)]
    check.expect(check.note("lineage"), write.count(len(data.with_text)), before, *map(write.count, counts))
    share = lambda row, side: write.share(wilson(int(row[side + "feedback"]), int(row[side + "of"])))
    gone.sort(key=lambda row: (-int(row["baseline_feedback"]), row["pain_point_id"]))
    wanted = [[share(row, side) for side in ["baseline_"] * (row["status"] != "new") + [""]] for row in told[:20]]
    wanted += [[share(row, "baseline_")] for row in gone[:20]]
    items = [item for own in inner(section, "ul", "plain") for item in inner(own, "li")]
    for item, parts in check.each("lineage", "rows", items, wanted):
        check.expect(item, *parts)


def check_groups(check, data, write):
    section = check.section("groups")
    if not section:
        return
    wanted = []
    for column in dict.fromkeys(row["column"] for row in data.segments):
        every = [row for row in data.segments if row["column"] == column]
        large = [row for row in every if int(row["with_text"]) >= FEW][:8]
        wanted += [(column, large, len(every) - len(large))] if len(large) > 1 else []
    for part, (column, large, small) in check.each("groups", "columns", inner(section, "div", "together"), wanted):
        rows = inner(first(first(part, "table", "compact"), "tbody"), "tr")
        for item, row in check.each("groups", f"groups of {column}", rows, large):
            check_group(check, data, write, item, row)
        heat = first(part, "table", "heat")
        notes = [[write.count(small)]] * (small > 0) + [["▼", "▲", "10"]] * bool(heat)
        for item, parts in check.each("groups", f"notes at {column}", inner(part, "p", "note"), notes):
            check.expect(item, *parts)
        check.expect(first(heat, "caption"))  # the name of the column is a customer's
        if data.groups_known:
            check_heat(check, data, write, heat, [(column, row["value"]) for row in large])
    check_differences(check, data, write, section)


def check_group(check, data, write, item, row):
    counts, told, what = [int(row[name]) for name in SENTIMENTS], [], f"{row['column']} {row['value']}"
    own = [other for other in data.rows if (row["column"], row["value"]) in other.groups]
    if data.groups_known:
        check.same_counts(what, row, counts_of([mention for other in own for mention in other.mentions]))
        check.same(f"with_text of {what}", row["with_text"], sum(bool(other.mentions) for other in own))
    if data.score and row[data.score]:
        keys = [data.score + end for end in ("", "_low", "_high")]
        told = [near(lambda value: write.level(data.score, value), row[key]) for key in keys]
        if data.groups_known and data.scores_known:
            for key, value in zip(keys, score(data.score, data.scores(own, data.score))[1:]):
                check.same(f"{key} of {what}", row[key], value)
    check.expect(item, write.count(row["feedback"]), *write.net(counts), *told)


def check_heat(check, data, write, table, groups):
    order = [row for row in data.touchpoints if row["phase"] and data.cells[row["touchpoint"]]]
    order = sorted(order, key=lambda row: -int(row["mentions"]))[:12]
    order = [row for row in order if any(group in data.cells[row["touchpoint"]] for group in groups)]
    for item, row in check.each("groups", "touchpoints in a heat table", inner(first(table, "tbody"), "tr"), order):
        check.expect(first(item, "th"), row["name"])
        for cell, group in zip(inner(item, "td"), groups):
            counts, compared, q = data.cells[row["touchpoint"]].get(group, ([], None, None))
            arrow = [("▼" if compared.difference > 0 else "▲")] if is_real(q) else []
            check.expect(cell, *arrow, *write.net(counts)[:1], *[write.count(sum(counts))] * bool(counts))


def check_differences(check, data, write, section):
    """Where a group mentions something more often than the others."""
    rows, more = data.segment_pain_points, []
    family = [compare(wilson(int(row["feedback"]), int(row["of"])),
                      wilson(int(row["others_feedback"]), int(row["others_of"]))) for row in rows]
    topics = {own["pain_point_id"]: feedback_of(own["members"]) for own in data.pain_points}
    for row, own, q in zip(rows, family, adjusted(family)):
        what = f"{row['pain_point_id']} in {row['column']} {row['value']}"
        values = [own.difference, own.low, own.high, own.p, q]
        for key, value in zip("difference difference_low difference_high p q".split(), values):
            check.same(f"{key} of {what}", row[key], value)
        if data.groups_known:
            here = sum((row["column"], row["value"]) in other.groups for other in topics[row["pain_point_id"]])
            check.same(f"feedback of {what}", row["feedback"], here)
        if is_real(q) and own.difference > 0:
            more.append((row["kind"] == "delight", -own.difference, own))
    tested = sum(own.p is not None for own in family)
    if tested:
        shown = [write.count(10)] if len(more) > 10 else []
        check.expect(inner(section, "p", "note")[0], write.count(tested), write.count(len(more)), *shown)
    more = sorted(more, key=lambda own: own[:2])[:10]
    items = [item for own in inner(section, "ul", "plain") for item in inner(own, "li")]
    for item, (_, _, own) in check.each("groups", "differences", items, more):
        ends = [write.signed(end * 100, 1) for end in (own.low, own.high)]
        check.expect(item, write.share(own.here), write.share(own.there), *ends)


def check_drivers(check, data, write):
    section = check.section("drivers")
    if not section:
        return
    scale = data.drivers[0]["score"]
    told = data.summary[scale + "_explained"]
    if data.scores_known:
        check.same("scored feedback with text", told["n"], len(data.scores(data.with_text, scale)))
    weights = [row for row in data.drivers if row["weight"]]
    check.same("weights, added up", told["value"], sum(float(row["weight"]) for row in weights), ROUNDED * len(weights))
    parts = [near(write.part, told["value"]), near(write.part, 1 - float(told["value"]))]
    check.expect(check.note("drivers"), write.count(told["n"]), *parts)
    weights = sorted(weights, key=lambda row: -float(row["weight"]))[:10]
    for item, row in check.each("drivers", "rows", inner(first(section, "table"), "tbody"), weights):
        sign, ends = (1, ("low", "high")) if row["kind"] == "delight" else (-1, ("high", "low"))
        amounts = [near(lambda value: write.scored(scale, sign * value, (0, 1)), row[key])
                   for key in ("impact", "effect", *("effect_" + end for end in ends))]
        check.expect(item, *amounts, near(write.part, row["weight"]))


def check_flags(check, data, write):
    for flag, name in [("suggestion", "suggestions"), ("churn", "churn")]:
        own = [mention for mention in data.all if flag in mention["flags"].split(";")]
        check.same(f"{flag} in flags.csv", sum(row["flag"] == flag for row in data.flags), len(own))
        if not own:
            continue
        share = wilson(len(feedback_of(own)), len(data.with_text))
        check.expect(check.note(name), write.count(len(own)), write.count(share.count), *shares(write, share))
        places = Counter(at for mention in own for at in mention["touchpoints"].split(";"))
        order = sorted(places.items(), key=lambda found: (-found[1], found[0]))[:6]
        for item, (at, count) in check.each(name, "touchpoints", inner(check.section(name), "details"), order):
            check.expect(first(item, "summary"), data.names.get(at, at), write.count(count))


def check_method(check, data, write):
    section, rows = check.section("method"), data.run["rows"]
    parts = ["feedback", "duplicates", "rejects", "left_out"]
    check.same("rows, added up", rows["rows"], sum(rows[key] for key in parts))
    check.same("rows of feedback", rows["feedback"], len(data.rows))
    silent = rows["without_text"] + rows["near_duplicates"]
    check.same("feedback with text", rows["feedback"] - silent, len(data.with_text))
    keys = ["rows", "duplicates", "rejects", "feedback", "without_text"]
    check.expect(first(section, "dl", "rows"), *(write.count(rows[key]) for key in keys))
    languages = Counter(own["lang"] for own in data.all).most_common()
    if languages:
        parts = [[write.count(count), write.percent(count, len(data.all))] for _, count in languages]
        plain = [own for own in inner(section, "p") if not own.has("note")]
        check.expect(plain[0] if plain else None, *(part for own in parts for part in own))
    if own := data.run.get("corrections"):
        counts = [own["rows"], own["rows"] - own["matched"]]
        for name in ("sentiment", "touchpoint"):
            counts += [own[name]["disagreed"], own[name]["checked"]] if own[name]["checked"] else []
        check.expect(inner(section, "p", "note")[-1], *map(write.count, counts))
    by_row = wilson(sum(own["by_row"] for own in data.all), len(data.all))
    check.same("by_row", data.run["by_row"], by_row.count)
    notes = inner(first(section, "ul", "notes"), "li")
    told = sum(own["grade"] == "note" for own in data.run["doubts"])
    for item in notes[:told]:
        check_doubt(check, data, item, "note")
    if by_row.count:
        check.expect(notes[told] if notes[told:] else None, write.count(by_row.count), write.share(by_row))


CHECKS = [check_findings, check_journey, check_priorities, check_ranking, check_chapters, check_cards, check_trend,
          check_periods, check_change, check_lineage, check_groups, check_drivers, check_flags]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    check, data = Check(sys.argv[1]), Data(sys.argv[1])
    if inner(inner(check.body, "header")[0], "p", "note"):
        print("made with --touchpoint: the tables are about more than this page")
        sys.exit(2)
    for step in [check_frame] + CHECKS * bool(data.all) + [check_method]:
        step(check, data, Format(check.lang))
    visible = [token for tag in ("header", "main", "footer") for own in inner(check.body, tag) for token in tokens(own)]
    for token in visible:
        token.status = token.status or "not derived"
        check.counts[section_of(token.node)][token.status] += 1
    print(*check.differences, sep="\n", end="\n" if check.differences else "")
    for token in visible:
        if token.status == "not derived":
            print(f"not derived, {section_of(token.node)}: {token.text}: {around(token.node)}")
    kinds = ["confirmed", "differs", "not derived"]
    names = list(dict.fromkeys(section_of(token.node) for token in visible)) + ["page", "tables"]
    every = {name: check.counts[name] for name in names + list(check.counts) if sum(check.counts[name].values())}
    every["total"] = sum(every.values(), Counter())
    print(f"{'':12}" + "".join(f"{kind:>12}" for kind in kinds))
    for name, own in every.items():
        print(f"{name:12}" + "".join(f"{own[kind]:12}" for kind in kinds))
    sys.exit(1 if check.differences else 0)


if __name__ == "__main__":
    main()
