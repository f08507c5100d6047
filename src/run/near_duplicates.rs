//! Feedback that nearly repeats another's text: it is found when all is scored, and counted once.
//!
//! The one that counts is the earliest, so that no order of the rows matters. The texts of the others are in no figure;
//! what they say beside it is.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;

use jiff::civil::Date;

use super::folder::Staging;
use super::{AnalysisError, Mapped, Plan, output};
use crate::digest::Fingerprint;
use crate::mention::pass::{Source, go_over};
use crate::mention::{Analysed, Mention};
use crate::read::{Doubt, Evidence};
use crate::report::outputs::OutputFile;
use crate::report::rows::flag_repeats;
use crate::store::runs;
use crate::store::spill::Spill;
use crate::tally::Counter;
use crate::text::near::{Bands, Pairs};

/// Feedback with which one is compared where many are somewhat alike: the earliest ones.
const MOST_COMPARED: usize = 64;

/// Bands that are kept in memory, in 32 MB: those of 175,000 texts. The others are on disk, 192 bytes a text.
const IN_MEMORY: usize = 1 << 21;

/// Scored feedback by what may make it nearly the same as another's, in the order of the input.
pub(super) struct Seen {
    rows: u64,
    /// Each band with the number of its row.
    bands: runs::Pairs,
}

impl Default for Seen {
    fn default() -> Self {
        Self { rows: 0, bands: runs::Pairs::new(IN_MEMORY) }
    }
}

/// The bands of a feedback: none where its text is too short to be compared.
pub(super) fn bands(feedback: &Analysed) -> Option<Bands> {
    pairs(feedback).map(|(_, bands)| bands)
}

fn pairs(feedback: &Analysed) -> Option<(Pairs, Bands)> {
    Pairs::of(feedback.mentions.iter().map(|mention| mention.text.as_str()))
}

impl Seen {
    /// Takes the next feedback.
    pub(super) fn add(&mut self, bands: Option<Bands>) -> io::Result<()> {
        for band in bands.into_iter().flatten() {
            self.bands.add((band, self.rows))?;
        }
        self.rows += 1;
        Ok(())
    }

    /// The numbers of those that have a band in common with another.
    fn suspects(&mut self) -> io::Result<BTreeSet<u64>> {
        let mut suspects = BTreeSet::new();
        self.bands.for_each_shared(|(_, row)| {
            suspects.insert(row);
        })?;
        Ok(suspects)
    }
}

/// Marks what of the mapped feedback nearly repeats another's text, counts anew, and names in `feedback.csv` what is
/// repeated.
pub(super) fn mark(
    plan: &Plan,
    (mapped, mut seen): (&mut Mapped, Seen),
    counter: &Counter,
    staging: &Staging,
) -> Result<(), AnalysisError> {
    let suspects = seen.suspects()?;
    drop(seen);
    if suspects.is_empty() {
        return Ok(());
    }
    let repeats = repeats(compared(&mut mapped.spill, &suspects)?);
    if repeats.is_empty() {
        return Ok(());
    }
    let (mut anew, mut evidence) = (Spill::new()?, Evidence::default());
    let mut row = 0;
    mapped.spill.for_each_chunk(|mut chunk| {
        for feedback in &mut chunk {
            if let Some(other) = repeats.get(&row) {
                evidence.look_at(&text(feedback), true);
                feedback.repeat(other.clone());
            }
            row += 1;
        }
        anew.append(&Spill::encode(&chunk)?)
    })?;
    evidence.of = mapped.tally.rows.with_text();
    mapped.spill = anew;
    mapped.tally = go_over(&mut mapped.spill, counter)?;
    mapped.read.doubts.add(0, Doubt::NearDuplicates { evidence });
    let fail = |source| output(plan, OutputFile::Feedback, source);
    let (old, new) = staging.rewrite(OutputFile::Feedback)?;
    flag_repeats(old, new, plan.dialect, &repeats).map_err(fail)
}

/// The words of a feedback.
fn text(feedback: &Analysed) -> String {
    let texts: Vec<&str> =
        feedback.mentions.iter().map(|Mention { text, .. }| text.as_str()).collect();
    texts.join(" ")
}

/// A feedback, as it is compared.
#[derive(Debug)]
struct Compared {
    /// What comes first counts: the earliest day, then the least id; what has none, last.
    order: (bool, Option<Date>, String, Fingerprint),
    row: u64,
    pairs: Pairs,
    bands: Bands,
}

fn compared(spill: &mut Spill<Analysed>, suspects: &BTreeSet<u64>) -> io::Result<Vec<Compared>> {
    let mut found = Vec::with_capacity(suspects.len());
    let mut row = 0;
    spill.for_each_chunk(|chunk| {
        for feedback in chunk {
            if suspects.contains(&row)
                && let Some((pairs, bands)) = pairs(&feedback)
            {
                let date = feedback.date();
                let all = postcard::to_stdvec(&feedback).map_err(io::Error::other)?;
                let order = (date.is_none(), date, feedback.id, Fingerprint::of(all));
                found.push(Compared { order, row, pairs, bands });
            }
            row += 1;
        }
        Ok::<(), io::Error>(())
    })?;
    Ok(found)
}

/// By the number of each that nearly repeats another, the id of the other. One that is repeated repeats none itself,
/// so that each is as near to what it is said to repeat as the bound asks.
fn repeats(mut all: Vec<Compared>) -> BTreeMap<u64, String> {
    all.sort_unstable_by(|one, other| one.order.cmp(&other.order));
    let mut repeats = BTreeMap::new();
    let mut counting: HashMap<u64, Vec<usize>> = HashMap::new();
    for (index, own) in all.iter().enumerate() {
        let near: BTreeSet<usize> =
            own.bands.iter().filter_map(|band| counting.get(band)).flatten().copied().collect();
        match near.into_iter().find(|&other| all[other].pairs.are_alike(&own.pairs)) {
            Some(other) => drop(repeats.insert(own.row, all[other].order.2.clone())),
            None => {
                for &band in &own.bands {
                    let others = counting.entry(band).or_default();
                    if others.len() < MOST_COMPARED {
                        others.push(index);
                    }
                }
            }
        }
    }
    repeats
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::mixed;
    use crate::mention::Tag;
    use crate::model::Score;
    use crate::text::Language;

    fn feedback(id: &str, day: Option<i8>, text: &str) -> Analysed {
        let score = Score { problem: vec![0.5], ..Score::default() };
        let text = ("text".to_owned(), text.to_owned());
        let mention = Mention::new(text, 0, Language::En, &score, vec![Tag::general()]);
        let date = day.map(|day| Date::constant(2026, 3, day));
        Analysed::new(id.to_owned(), date, vec![mention])
    }

    /// By id, which other is repeated.
    fn found(rows: &[Analysed]) -> BTreeMap<String, String> {
        let mut spill = Spill::new().unwrap();
        spill.append(&Spill::encode(rows).unwrap()).unwrap();
        let mut seen = Seen::default();
        rows.iter().for_each(|own| seen.add(bands(own)).unwrap());
        let suspects = seen.suspects().unwrap();
        let repeats = repeats(compared(&mut spill, &suspects).unwrap());
        repeats.into_iter().map(|(row, other)| (rows[row as usize].id.clone(), other)).collect()
    }

    const LONG: &str = "The parcel was left in the rain behind the house and nobody rang the bell to tell me about it";

    #[test]
    fn the_earliest_counts_whatever_the_order() {
        let passed_on = format!("RT @somebody: {LONG}");
        let mut rows = vec![
            feedback("a", None, LONG),
            feedback("b", Some(9), LONG),
            feedback("c", Some(2), &passed_on),
            feedback("d", Some(2), LONG),
            feedback(
                "e",
                Some(1),
                "The parcel was on time and the driver rang the bell twice to tell me about it",
            ),
            feedback("f", Some(1), "Late again."),
            feedback("g", Some(1), "Late again."),
        ];
        let expected: BTreeMap<String, String> =
            ["a", "b", "d"].map(|id| (id.to_owned(), "c".to_owned())).into();
        for _ in 0..rows.len() {
            assert_eq!(found(&rows), expected);
            rows.rotate_left(1);
        }
        rows.reverse();
        assert_eq!(found(&rows), expected);
    }

    #[test]
    fn what_nearly_repeats_a_repetition_counts_by_itself() {
        let words: Vec<String> = LONG.split(' ').map(str::to_owned).collect();
        let later = |from: usize| words[from..].join(" ");
        let rows = [
            feedback("a", Some(1), LONG),
            feedback("b", Some(2), &later(4)),
            feedback("c", Some(3), &later(8)),
        ];
        assert_eq!(found(&rows), BTreeMap::from([("b".to_owned(), "a".to_owned())]));
    }

    /// Takes a minute and a gigabyte of the temporary directory:
    /// `/usr/bin/time -v cargo test --release --lib many_texts -- --ignored --nocapture`.
    #[test]
    #[ignore = "measures"]
    fn of_very_many_texts_those_that_share_a_band_are_found() {
        let texts = std::env::var("PAINPOINT_TEXTS").ok().and_then(|own| own.parse().ok());
        let texts: u64 = texts.unwrap_or(5_000_000);
        let mut seen = Seen::default();
        for text in 0..texts {
            // Every thousandth shares one with the text before it.
            let band = |place: u64| match (text % 1_000, place) {
                (999, 3) => mixed((text - 1) << 8 | place),
                _ => mixed(text << 8 | place),
            };
            seen.add(Some(std::array::from_fn(|place| band(place as u64)))).unwrap();
        }
        assert_eq!(seen.suspects().unwrap().len() as u64, texts / 1_000 * 2);
    }
}
