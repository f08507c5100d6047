//! What stands word for word at the beginning or end of many texts of a column: no customer wrote it, even if no
//! rule knows it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::Language;
use super::super::fold::fold;
use super::super::lexicon::{Role, role};
use super::super::split::sentences_of;
use super::{has_word, words};

/// Fewest words of what recurs in a line of its own, and in a line with other words.
const FEWEST_WORDS: usize = 4;
const FEWEST_WORDS_IN_LINE: usize = 6;

/// Fewest texts in which it stands, of which more is said, and their share of all of these.
const FEWEST_TEXTS: usize = 8;
const LEAST_SHARE: f64 = 0.02;

/// Of the texts in which it stands, the share that is else not the same.
const LEAST_DIFFERENT: f64 = 0.8;

/// Sentences that recur one behind the other, at most.
const ROUNDS: usize = 6;

/// Words of customers who speak of themselves: what many of them say alike is theirs.
const OF_CUSTOMERS: &str = "
    ich mir mich mein meine meinem meinen meiner i my me mine i'm i've je j'ai mon ma mes moi yo mi mis me io mio mia miei
    ik mijn mij eu meu minha meus minhas";

/// What recurs in the texts of a column. The same for the same texts, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recurring {
    starts: BTreeSet<String>,
    ends: BTreeSet<String>,
}

impl Recurring {
    /// What recurs in these texts.
    pub fn of(texts: &[&str]) -> Self {
        let units: Vec<Vec<Unit>> = texts.iter().map(|text| units(text)).collect();
        let several = units.iter().filter(|units| units.len() > 1).count();
        let fewest = FEWEST_TEXTS.max((several as f64 * LEAST_SHARE).ceil() as usize);
        let mut found = Self::default();
        for _ in 0..ROUNDS {
            let (mut starts, mut ends) = (BTreeMap::new(), BTreeMap::new());
            for units in &units {
                let own = &units[found.own(units)];
                let (Some(first), Some(last)) = (own.first(), own.last()) else { continue };
                if own.len() > 1 {
                    count(&mut starts, first, &own[1..]);
                    count(&mut ends, last, &own[..own.len() - 1]);
                }
            }
            let recur = |counts: BTreeMap<String, Vec<String>>| {
                counts.into_iter().filter_map(|(unit, mut rests)| {
                    let count = rests.len();
                    rests.sort_unstable();
                    rests.dedup();
                    let differ = rests.len() as f64 >= count as f64 * LEAST_DIFFERENT;
                    (count >= fewest && differ && !is_a_customers(&unit)).then_some(unit)
                })
            };
            let known = (found.starts.len(), found.ends.len());
            found.starts.extend(recur(starts));
            found.ends.extend(recur(ends));
            if known == (found.starts.len(), found.ends.len()) {
                break;
            }
        }
        found
    }

    /// Whether nothing recurs.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty() && self.ends.is_empty()
    }

    /// The parts of a text that recur, in order and apart; none where there is nothing else.
    pub fn parts(&self, text: &str) -> Vec<Range<usize>> {
        if self.is_empty() {
            return Vec::new();
        }
        let units = units(text);
        let own = self.own(&units);
        let is_one = |index: &usize| !own.contains(index);
        (0..units.len()).filter(is_one).map(|index| units[index].range.clone()).collect()
    }

    /// The sentences that do not recur: all of them where all would.
    fn own(&self, units: &[Unit]) -> Range<usize> {
        let mut own = 0..units.len();
        while own.start < own.end && self.starts.contains(&units[own.start].text) {
            own.start += 1;
        }
        while own.start < own.end && self.ends.contains(&units[own.end - 1].text) {
            own.end -= 1;
        }
        if own.is_empty() { 0..units.len() } else { own }
    }
}

/// A sentence or line.
struct Unit {
    range: Range<usize>,
    /// Its words with single blanks.
    text: String,
    /// Whether it is long enough for one that no customer wrote.
    is_long: bool,
}

fn units(text: &str) -> Vec<Unit> {
    let unit = |range: Range<usize>| {
        let own = &text[range.clone()];
        let line_starts = text[..range.start].trim_end_matches([' ', '\t']);
        let line_ends = text[range.end..].trim_start_matches([' ', '\t']);
        let is_line = (line_starts.is_empty() || line_starts.ends_with('\n'))
            && (line_ends.is_empty() || line_ends.starts_with(['\n', '\r']));
        let fewest =
            if is_line && text.contains('\n') { FEWEST_WORDS } else { FEWEST_WORDS_IN_LINE };
        Unit {
            text: own.split_whitespace().collect::<Vec<_>>().join(" "),
            is_long: words(own) >= fewest,
            range,
        }
    };
    sentences_of(text).into_iter().map(unit).collect()
}

/// Whether it judges, or its author speaks of himself: many customers say the same of the same thing.
fn is_a_customers(sentence: &str) -> bool {
    sentence.split_whitespace().any(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        has_word(OF_CUSTOMERS, &bare) || role(&fold(&bare), Language::Und) == Role::Evaluative
    })
}

/// Notes that a sentence stands at the edge of a text, beside the others.
fn count(counts: &mut BTreeMap<String, Vec<String>>, unit: &Unit, others: &[Unit]) {
    if unit.is_long {
        let rest: Vec<&str> = others.iter().map(|own| own.text.as_str()).collect();
        counts.entry(unit.text.clone()).or_default().push(rest.join(" "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(edge: impl Fn(usize) -> String) -> Vec<String> {
        (0..40).map(edge).collect()
    }

    fn recurring(texts: &[String]) -> Recurring {
        Recurring::of(&texts.iter().map(String::as_str).collect::<Vec<_>>())
    }

    #[test]
    fn what_stands_at_the_edge_of_many_texts_is_found() {
        let texts = texts(|number| match number % 4 {
            0 => format!(
                "Parcel {number} came late.\n\nThis form was filled in at the kiosk. Store 12, second floor, north wing, kiosk"
            ),
            _ => format!("Nobody answered call {number}. It rang out."),
        });
        let found = recurring(&texts);
        let own = super::super::without(&texts[4], &found.parts(&texts[4]));
        assert_eq!(own.trim(), "Parcel 4 came late.");
        assert!(found.parts(&texts[1]).is_empty());
        let mut reversed = texts.clone();
        reversed.reverse();
        assert_eq!(recurring(&reversed), found);
    }

    #[test]
    fn a_text_that_is_nothing_else_stays() {
        let note = "This form was filled in at the kiosk.";
        let found = recurring(&texts(|number| format!("{note} Parcel {number} came late.")));
        assert!(!found.is_empty());
        assert!(found.parts(note).is_empty());
        assert_eq!(found.parts(&format!("{note} Late.")).len(), 1);
    }

    #[test]
    fn what_customers_say_alike_is_theirs() {
        for said in [
            "Ich bin mit dem Service sehr zufrieden.",
            "Delivery was very good and quick as always.",
            "I will order here again next year too.",
            "Never again.",
        ] {
            let texts = texts(|number| format!("Parcel {number} came on day {number}. {said}"));
            assert!(recurring(&texts).is_empty(), "{said}");
        }
        // The same texts again and again are no frame round different ones.
        let repeated = texts(|_| "The lid does not close at all any more. It leaks.".to_owned());
        assert!(recurring(&repeated).is_empty());
    }
}
