//! The few mentions that are shown of many: the best by some rank, each text once.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::findings::Verbatim;
use crate::mention::{Analysed, Mention};
use crate::text::clean::readable;

/// How many are kept.
const SHOWN: usize = 6;

/// Characters of a whole feedback that are kept.
const LONGEST: usize = 1500;

/// Characters that are read at a glance.
const READABLE: RangeInclusive<usize> = 25..=220;

/// The best mentions by a rank, of which the least is best. Mergeable in any order.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Verbatims<R>(Vec<Ranked<R>>);

#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Ranked<R> {
    rank: R,
    text: String,
    whole: Option<String>,
    feedback_id: String,
    date: Option<Date>,
    nps: Option<u8>,
    /// In thousandths.
    rating: Option<i64>,
}

impl<R> Default for Verbatims<R> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<R: Ord> Verbatims<R> {
    /// Takes a mention of a feedback into account. `rank` is told whether it is too short or too long to be read
    /// at a glance.
    pub fn add(&mut self, feedback: &Analysed, mention: &Mention, rank: impl FnOnce(bool) -> R) {
        let text = readable(&mention.text);
        let rank = rank(!READABLE.contains(&text.chars().count()));
        let whole = whole(feedback, &text);
        let feedback_id = feedback.id.clone();
        let (nps, rating) = (feedback.scores.nps, feedback.scores.thousandths());
        self.put(Ranked { rank, text, whole, feedback_id, date: feedback.date(), nps, rating });
        self.0.truncate(SHOWN);
    }

    /// Adds what others found.
    pub fn merge(&mut self, other: Self) {
        other.0.into_iter().for_each(|new| self.put(new));
        self.0.truncate(SHOWN);
    }

    /// Two customers who say the same are one verbatim.
    fn put(&mut self, new: Ranked<R>) {
        match self.0.iter_mut().find(|known| known.text == new.text) {
            Some(same) if new < *same => *same = new,
            Some(_) => {}
            None => self.0.push(new),
        }
        self.0.sort_unstable();
    }

    /// As findings tell them, the best first.
    pub fn shown(&self) -> Vec<Verbatim> {
        let shown = |own: &Ranked<R>| Verbatim {
            feedback_id: own.feedback_id.clone(),
            text: own.text.clone(),
            whole: own.whole.clone(),
            date: own.date,
            nps: own.nps,
            rating: own.rating.map(|thousandths| thousandths as f64 / 1000.0),
        };
        self.0.iter().map(shown).collect()
    }
}

/// All that a feedback says, if that is more than the mention; the end of a long one is left out.
fn whole(feedback: &Analysed, mention: &str) -> Option<String> {
    let mut all = String::new();
    for (at, mention) in feedback.mentions.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &feedback.mentions[before].column);
        all += match before {
            None => "",
            Some(column) if *column == mention.column => " ",
            // Another question was answered.
            Some(_) => " / ",
        };
        all += &readable(&mention.text);
    }
    let whole = match all.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} […]", all[..end].trim_end()),
        None => all,
    };
    (whole != mention).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::Tag;
    use crate::model::Score;
    use crate::text::Language;

    fn shown(texts: &[&str]) -> Verbatim {
        let mentions = texts.iter().map(|text| {
            let column = if text.ends_with('?') { "other" } else { "text" };
            let text = (column.into(), (*text).into());
            Mention::new(text, 0, Language::De, &Score::default(), vec![Tag::general()])
        });
        let feedback = Analysed::new("1".into(), None, mentions.collect());
        let mut verbatims = Verbatims::default();
        verbatims.add(&feedback, &feedback.mentions[0], |unreadable| unreadable);
        verbatims.shown().remove(0)
    }

    #[test]
    fn a_mention_stands_in_its_whole_feedback() {
        assert_eq!(shown(&["Die App stürzt ab."]).whole, None);
        let more = shown(&["Die App stürzt ab.", "Sonst gut."]);
        assert_eq!(more.whole.as_deref(), Some("Die App stürzt ab. Sonst gut."));
        let asked = shown(&["Die App stürzt ab.", "Warum?"]);
        assert_eq!(asked.whole.as_deref(), Some("Die App stürzt ab. / Warum?"));
    }

    #[test]
    fn a_novel_is_not_kept_whole() {
        let novel = "ö".repeat(4000);
        let whole = shown(&["Die App stürzt ab.", &novel]).whole.unwrap();
        assert_eq!(whole.chars().count(), LONGEST + 4);
        assert!(whole.ends_with("ö […]"));
    }
}
