//! Labelled texts, and the figures below which what the program makes of them must not fall. The figures are
//! printed: `cargo test --test main labelled -- --nocapture`. docs/accuracy.md has them.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use painpoint::text::Language;
use painpoint::text::blank::is_blank_answer;
use painpoint::text::boilerplate::boilerplate;
use painpoint::text::language::detect;
use painpoint::text::near::Pairs;
use painpoint::text::others::in_other_languages;

/// Words of a short answer at most.
const SHORT: usize = 4;

/// The lines of a set, in columns; `\n` in a text is a line break.
pub fn set(name: &str) -> Vec<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/labelled");
    let text = fs::read_to_string(folder.join(name)).unwrap();
    let line = |line: &str| line.split('\t').map(|cell| cell.replace("\\n", "\n")).collect();
    text.lines().map(line).collect()
}

/// How many of how many.
#[derive(Clone, Copy, Default)]
struct Share {
    hits: u32,
    of: u32,
}

impl Share {
    fn add(&mut self, hit: bool) {
        self.hits += u32::from(hit);
        self.of += 1;
    }

    fn percent(self) -> f64 {
        100.0 * f64::from(self.hits) / f64::from(self.of.max(1))
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {} ({:.1} %)", self.hits, self.of, self.percent())
    }
}

/// Prints what was counted, by name.
#[allow(clippy::print_stdout, reason = "the figures are what the documentation quotes")]
fn told(title: &str, shares: &BTreeMap<String, Share>) {
    println!("{title}");
    shares.iter().for_each(|(name, share)| println!("  {name}: {share}"));
}

/// Checks that what was counted is not below what is asked for, in percent.
fn above(shares: &BTreeMap<String, Share>, floors: &[(&str, f64)]) {
    for (name, floor) in floors {
        let share = shares[*name];
        assert!(share.percent() >= *floor, "{name}: {share} and not {floor} %");
    }
}

/// What `whatlang` alone says, if it is one of the seven.
fn by_whatlang(text: &str) -> &'static str {
    use whatlang::Lang;
    match whatlang::detect_lang(text) {
        Some(Lang::Deu) => "de",
        Some(Lang::Eng) => "en",
        Some(Lang::Spa) => "es",
        Some(Lang::Fra) => "fr",
        Some(Lang::Ita) => "it",
        Some(Lang::Nld) => "nl",
        Some(Lang::Por) => "pt",
        _ => "",
    }
}

#[test]
fn languages_that_are_not_served_are_noticed_and_served_ones_kept() {
    let mut shares: BTreeMap<String, Share> = BTreeMap::new();
    for row in set("languages.tsv") {
        let (expected, text) = (row[0].as_str(), row[1].as_str());
        let passed_over = in_other_languages(text);
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
        let passed: usize = passed_over.iter().map(|own| letters(&text[own.clone()])).sum();
        let is_short = text.split_whitespace().count() <= SHORT;
        let length = if is_short { "1 to 4 words" } else { "longer" };
        let mut count = |name: &str, hit: bool| shares.entry(name.to_owned()).or_default().add(hit);
        match expected {
            "other" => {
                count(&format!("other, {length}: passed over"), passed == letters(text));
            }
            "mixed" => count("mixed of the seven: kept", passed == 0),
            "mixed+other" => {
                count("mixed with another: parted", passed > 0 && passed < letters(text));
            }
            _ => {
                count(&format!("the seven, {length}: kept"), passed == 0);
                let found = detect(text);
                count(&format!("the seven, {length}: right language"), found.code() == expected);
                count(
                    &format!("the seven, {length}: not another of them"),
                    found.code() == expected || found == Language::Und,
                );
                count(
                    &format!("the seven, {length}: right language, whatlang alone"),
                    by_whatlang(text) == expected,
                );
            }
        }
    }
    told("languages.tsv", &shares);
    above(
        &shares,
        &[
            // Precision first: nothing of a served language may be lost.
            ("the seven, 1 to 4 words: kept", 100.0),
            ("the seven, longer: kept", 100.0),
            ("mixed of the seven: kept", 100.0),
            ("other, 1 to 4 words: passed over", 80.0),
            ("other, longer: passed over", 80.0),
            ("mixed with another: parted", 90.0),
            ("the seven, 1 to 4 words: right language", 80.0),
            ("the seven, 1 to 4 words: not another of them", 97.0),
            ("the seven, longer: right language", 98.0),
        ],
    );
}

/// A text without its marks, and what stands between ⟦ and ⟧ in it.
pub fn marked(marked: &str) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut parts = Vec::new();
    for c in marked.chars() {
        match (c, parts.last_mut()) {
            ('⟦', _) => parts.push(text.len()..usize::MAX),
            ('⟧', Some(part)) => part.end = text.len(),
            _ => text.push(c),
        }
    }
    (text, parts)
}

#[test]
fn what_is_not_the_customers_is_passed_over() {
    let mut shares: BTreeMap<String, Share> = BTreeMap::new();
    for row in set("boilerplate.tsv") {
        let (language, (text, parts)) = (row[0].as_str(), marked(&row[1]));
        let found = boilerplate(&text);
        let within = |parts: &[Range<usize>], at: usize| parts.iter().any(|own| own.contains(&at));
        let mut count = |name: &str, hit: bool| {
            for group in [language, "all"] {
                shares.entry(format!("{group}: {name}")).or_default().add(hit);
            }
        };
        // Letters and digits count; what stands between is nobody's.
        let letters = || text.char_indices().filter(|(_, c)| c.is_alphanumeric()).map(|(at, _)| at);
        for at in letters() {
            match (within(&parts, at), within(&found, at)) {
                (true, true) => {
                    count("letters passed over that are not the customer's (recall)", true);
                    count("letters passed over rightly (precision)", true);
                }
                (true, false) => {
                    count("letters passed over that are not the customer's (recall)", false);
                }
                (false, true) => count("letters passed over rightly (precision)", false),
                (false, false) => {}
            }
        }
        let exact = letters().all(|at| within(&parts, at) == within(&found, at));
        match parts.is_empty() {
            true => count("texts that are the customer's alone, left whole", exact),
            false => count("texts with boilerplate, right to the letter", exact),
        }
    }
    told("boilerplate.tsv", &shares);
    above(
        &shares,
        &[
            ("all: texts that are the customer's alone, left whole", 99.0),
            ("all: letters passed over rightly (precision)", 97.5),
            ("all: letters passed over that are not the customer's (recall)", 90.0),
            ("all: texts with boilerplate, right to the letter", 84.0),
        ],
    );
}

#[test]
fn answers_that_say_nothing_are_told_from_those_that_do() {
    let mut shares: BTreeMap<String, Share> = BTreeMap::new();
    for row in set("non_answers.tsv") {
        let (language, says_nothing) = (row[0].as_str(), row[1] == "yes");
        let found = is_blank_answer(&row[2]);
        for group in [language, "all"] {
            let mut count = |name: &str, hit: bool| {
                shares.entry(format!("{group}: {name}")).or_default().add(hit);
            };
            if says_nothing {
                count("say nothing, taken so (recall)", found);
            }
            if found {
                count("taken so rightly (precision)", says_nothing);
            }
        }
    }
    told("non_answers.tsv", &shares);
    above(
        &shares,
        &[
            ("all: taken so rightly (precision)", 99.0),
            ("all: say nothing, taken so (recall)", 96.0),
        ],
    );
}

#[test]
fn texts_that_are_nearly_the_same_are_told_from_those_of_others() {
    let mut shares: BTreeMap<String, Share> = BTreeMap::new();
    for (number, row) in set("near_duplicates.tsv").into_iter().enumerate() {
        let (language, is_same) = (row[0].as_str(), row[1] == "yes");
        let pairs = |text: &str| Pairs::of([text]).map(|(pairs, _)| pairs);
        let found = match (pairs(&row[2]), pairs(&row[3])) {
            (Some(one), Some(other)) => one.are_alike(&other),
            _ => false,
        };
        // The bound was chosen on every other line.
        let half = ["lines that chose", "other lines"][number % 2];
        for group in [language, half, "all"] {
            let mut count = |name: &str, hit: bool| {
                shares.entry(format!("{group}: {name}")).or_default().add(hit);
            };
            match is_same {
                true => count("nearly the same, taken so (recall)", found),
                false => count("by two customers, taken so", !found),
            }
            if found {
                count("taken for the same rightly (precision)", is_same);
            }
        }
    }
    told("near_duplicates.tsv", &shares);
    above(
        &shares,
        &[
            // Precision first: no customer may be lost.
            ("all: taken for the same rightly (precision)", 99.0),
            ("all: nearly the same, taken so (recall)", 70.0),
        ],
    );
}
