//! Counting: a mergeable tally of feedback and mentions, and what it comes to.

pub mod accuracy;
pub mod calibration;
pub mod comparison;
pub mod consistency;
pub mod corrections;
mod counter;
pub mod counts;
pub(crate) mod distributions;
pub mod drivers;
pub mod groups;
mod linear;
pub mod moments;
pub mod period;
pub mod recurrence;
pub mod shrinkage;
pub mod statistics;
pub mod summary;
pub mod touchpoints;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::mention::{Group, Scores};
use crate::model::Sentiment;
use crate::text::Language;
pub use counter::Counter;
use counts::{Ending, LanguageCount, NpsSummary, RatingSummary, RowCounts, SentimentCounts};
use groups::GroupCounts;
use recurrence::Recurrence;
use statistics::{Estimate, Proportion};
use touchpoints::TouchpointCounts;

/// A mention as the tally sees it.
#[derive(Clone, Debug)]
pub struct Counted<'a> {
    /// Its sentiment.
    pub sentiment: Sentiment,
    /// Its language.
    pub language: Language,
    /// Whether its text alone has another sentiment than it has in its row.
    pub by_row: bool,
    /// The column of its answer.
    pub column: &'a str,
    /// Identifiers of its touchpoints, at least one.
    pub touchpoints: Vec<&'a str>,
    /// Identifiers of the phases of its touchpoints, each once.
    pub phases: BTreeSet<&'a str>,
    /// Fingerprints of its terms, each once.
    pub terms: Vec<u64>,
}

/// The sum of everything counted so far. [`Tally::merge`] is associative and commutative, and
/// [`Tally::default`] is its neutral element: any split of the rows, merged in any order, comes to
/// the same.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Tally {
    /// Where the rows ended.
    pub rows: RowCounts,
    /// All mentions.
    pub sentiment: SentimentCounts,
    /// Mentions whose text alone has another sentiment than they have in their row.
    pub by_row: u64,
    languages: BTreeMap<Language, u64>,
    period: Option<(Date, Date)>,
    nps: [u64; 11],
    /// Ratings in thousandths, and how often each was given.
    ratings: BTreeMap<i64, u64>,
    phases: BTreeMap<String, SentimentCounts>,
    touchpoints: BTreeMap<String, TouchpointCounts>,
    months: BTreeMap<Date, GroupCounts>,
    groups: BTreeMap<Group, GroupCounts>,
    /// How answers end, by the column of their question.
    endings: BTreeMap<String, Ending>,
    /// Which terms may recur.
    terms: Recurrence,
}

/// Fewest feedback with text of a group that is compared with the others, or of a period.
pub const LEAST_FEEDBACK: u64 = 30;

/// The first day of a date's month.
pub fn month(date: Date) -> Date {
    date.first_of_month()
}

impl Tally {
    /// Counts one feedback with its mentions.
    pub fn add(&mut self, scores: &Scores, mentions: &[Counted]) {
        self.rows.feedback += 1;
        self.rows.without_text += u64::from(mentions.is_empty());
        if let Some(nps) = scores.nps {
            self.nps[usize::from(nps.min(10))] += 1;
        }
        if let Some(thousandths) = scores.thousandths() {
            *self.ratings.entry(thousandths).or_default() += 1;
        }
        for group in &scores.groups {
            let sentiments = mentions.iter().map(|mention| mention.sentiment);
            self.groups.entry(group.clone()).or_default().add(scores, sentiments);
        }
        for answer in mentions.chunk_by(|a, b| a.column == b.column).filter(|own| own.len() > 1) {
            let sentiments: Vec<Sentiment> = answer.iter().map(|own| own.sentiment).collect();
            entry(&mut self.endings, answer[0].column).add(&sentiments);
        }
        if let Some(date) = scores.date {
            self.extend_period(date, date);
        }
        let month = scores.date.map(month);
        if let Some(month) = month {
            let sentiments = mentions.iter().map(|mention| mention.sentiment);
            self.months.entry(month).or_default().add(scores, sentiments);
        }
        let mut touched = BTreeSet::new();
        for mention in mentions {
            self.sentiment.add(mention.sentiment);
            self.by_row += u64::from(mention.by_row);
            *self.languages.entry(mention.language).or_default() += 1;
            for &phase in &mention.phases {
                entry(&mut self.phases, phase).add(mention.sentiment);
            }
            for &touchpoint in &mention.touchpoints {
                let counts = entry(&mut self.touchpoints, touchpoint);
                counts.add(mention.sentiment, month, scores);
                touched.insert(touchpoint);
            }
            mention.terms.iter().for_each(|&term| self.terms.add(term));
        }
        for touchpoint in touched {
            entry(&mut self.touchpoints, touchpoint).feedback += 1;
        }
    }

    /// Adds what another tally counted.
    pub fn merge(&mut self, other: Self) {
        self.rows.merge(other.rows);
        self.sentiment.merge(other.sentiment);
        self.by_row += other.by_row;
        for (language, count) in other.languages {
            *self.languages.entry(language).or_default() += count;
        }
        if let Some((first, last)) = other.period {
            self.extend_period(first, last);
        }
        for (sum, count) in self.nps.iter_mut().zip(other.nps) {
            *sum += count;
        }
        for (rating, count) in other.ratings {
            *self.ratings.entry(rating).or_default() += count;
        }
        for (phase, counts) in other.phases {
            self.phases.entry(phase).or_default().merge(counts);
        }
        for (touchpoint, counts) in other.touchpoints {
            self.touchpoints.entry(touchpoint).or_default().merge(counts);
        }
        for (month, counts) in other.months {
            self.months.entry(month).or_default().merge(counts);
        }
        for (group, counts) in other.groups {
            self.groups.entry(group).or_default().merge(counts);
        }
        for (column, ending) in other.endings {
            self.endings.entry(column).or_default().merge(ending);
        }
        self.terms.merge(other.terms);
    }

    fn extend_period(&mut self, first: Date, last: Date) {
        let (low, high) = self.period.unwrap_or((first, last));
        self.period = Some((low.min(first), high.max(last)));
    }

    /// In how many mentions the term with this fingerprint stands at most.
    pub fn term_at_most(&self, fingerprint: u64) -> u64 {
        self.terms.at_most(fingerprint)
    }

    /// Counts terms of a mention that was counted without them (fingerprints, each once).
    pub fn add_terms(&mut self, fingerprints: impl IntoIterator<Item = u64>) {
        fingerprints.into_iter().for_each(|term| self.terms.add(term));
    }

    /// What is said of a touchpoint; none where nobody mentions it.
    pub fn touchpoint(&self, id: &str) -> Option<&TouchpointCounts> {
        self.touchpoints.get(id)
    }

    /// Identifiers of the touchpoints that were mentioned.
    pub fn touchpoints(&self) -> impl Iterator<Item = &str> {
        self.touchpoints.keys().map(String::as_str)
    }

    /// Mentions of a phase.
    pub fn phase(&self, id: &str) -> SentimentCounts {
        self.phases.get(id).copied().unwrap_or_default()
    }

    /// What the feedback of each month adds up to, in order; months without a mention are left out.
    pub fn months(&self) -> impl Iterator<Item = (Date, GroupCounts)> + '_ {
        let spoken = self.months.iter().filter(|(_, counts)| counts.sentiment.total() > 0);
        spoken.map(|(&month, &counts)| (month, counts))
    }

    /// First and last day.
    pub fn period(&self) -> Option<(Date, Date)> {
        self.period
    }

    /// Mentions by language code, commonest first.
    pub fn languages(&self) -> Vec<LanguageCount> {
        let count = |(language, &mentions): (&Language, &u64)| LanguageCount {
            language: language.to_string(),
            mentions,
        };
        let mut languages: Vec<LanguageCount> = self.languages.iter().map(count).collect();
        languages.sort_by_key(|found| std::cmp::Reverse(found.mentions));
        languages
    }

    /// The Net Promoter Score.
    pub fn nps(&self) -> Option<NpsSummary> {
        NpsSummary::new(&self.nps)
    }

    /// The groups, column by column, with what they add up to.
    pub fn groups(&self) -> impl Iterator<Item = (&Group, &GroupCounts)> {
        self.groups.iter()
    }

    /// How answers end to the question that most answer with several mentions; of equals the first by
    /// name. Over several questions one would compare the questions: how often, how long and in which
    /// order they are answered.
    pub fn ending(&self) -> Ending {
        let longest = self.endings.values().rev().max_by_key(|ending| ending.last.total());
        longest.copied().unwrap_or_default()
    }

    /// The ratings, on a scale from `lowest` to `highest`: their mean, and the customer satisfaction
    /// score (CSAT), the share of ratings in the upper quarter of the scale: 4 and 5 of 1 to 5, 8 to 10
    /// of 0 or 1 to 10 (N. T. Bendle, P. W. Farris, P. E. Pfeifer, D. J. Reibstein, "Marketing Metrics",
    /// 2016, 2.7: the top two boxes).
    pub fn rating(&self, lowest: f64, highest: f64) -> Option<RatingSummary> {
        let (mut n, mut sum, mut squares, mut satisfied) = (0u64, 0.0, 0.0, 0);
        let least = lowest + 0.75 * (highest - lowest);
        for (&thousandths, &count) in &self.ratings {
            let value = thousandths as f64 / 1000.0;
            n += count;
            sum += value * count as f64;
            squares += value * value * count as f64;
            satisfied += if value >= least { count } else { 0 };
        }
        (n > 0).then(|| RatingSummary {
            lowest,
            highest,
            mean: Estimate::mean(n, sum, squares),
            satisfied: Proportion::new(satisfied, n),
        })
    }
}

fn entry<'m, V: Default>(map: &'m mut BTreeMap<String, V>, key: &str) -> &'m mut V {
    map.entry(key.to_owned()).or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn counted(touchpoint: &str, sentiment: Sentiment, term: u64) -> Counted<'_> {
        Counted {
            sentiment,
            language: Language::De,
            by_row: false,
            column: "text",
            touchpoints: vec![touchpoint],
            phases: BTreeSet::from(["use"]),
            terms: vec![term],
        }
    }

    fn tally(day: i8, nps: u8, mentions: &[Counted]) -> Tally {
        let mut tally = Tally::default();
        let scores = Scores {
            date: Some(date(2026, 3, day)),
            nps: Some(nps),
            rating: Some(f64::from(nps) / 3.0),
            groups: vec![Group { column: "region".into(), value: "Nord".into(), source: false }],
        };
        tally.add(&scores, mentions);
        tally
    }

    fn parts() -> [Tally; 3] {
        [
            tally(3, 10, &[counted("app", Sentiment::Positive, 1)]),
            tally(
                9,
                2,
                &[counted("app", Sentiment::Negative, 2), counted("app", Sentiment::Negative, 1)],
            ),
            tally(1, 7, &[counted("hotline", Sentiment::Neutral, 2)]),
        ]
    }

    fn merged(order: [usize; 3]) -> Tally {
        let parts = parts();
        order.iter().fold(Tally::default(), |mut sum, &index| {
            sum.merge(parts[index].clone());
            sum
        })
    }

    #[test]
    fn merging_is_commutative_and_associative() {
        let expected = merged([0, 1, 2]);
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            assert_eq!(merged(order), expected);
        }
        let [a, mut b, c] = parts();
        b.merge(c);
        let mut right = a;
        right.merge(b);
        assert_eq!(right, expected);
    }

    #[test]
    fn a_feedback_counts_once_for_a_touchpoint_that_it_mentions_twice() {
        let tally = merged([0, 1, 2]);
        let TouchpointCounts { sentiment, feedback, months, groups } =
            tally.touchpoint("app").unwrap();
        assert_eq!((sentiment.negative, sentiment.positive, *feedback), (2, 1, 2));
        assert_eq!(months[&date(2026, 3, 1)], *sentiment);
        assert_eq!(groups.values().next(), Some(sentiment));
        assert_eq!(tally.term_at_most(1), 2);
        assert_eq!(tally.period(), Some((date(2026, 3, 1), date(2026, 3, 9))));
    }

    #[test]
    fn a_group_counts_its_feedback_mentions_and_scores() {
        let tally = merged([0, 1, 2]);
        let [(group, counts)] = tally.groups().collect::<Vec<_>>()[..] else { panic!("one group") };
        assert_eq!(group.value, "Nord");
        assert_eq!((counts.feedback, counts.with_text, counts.sentiment.total()), (3, 3, 4));
        assert_eq!(counts.nps(), tally.nps());
        assert_eq!((counts.rating.n, counts.rating.sum), (3, 3333 + 667 + 2333));
    }

    #[test]
    fn an_ending_is_the_last_of_several_mentions() {
        let ending = merged([0, 1, 2]).ending();
        assert_eq!((ending.last.negative, ending.rest.negative), (1, 1));
        assert_eq!((ending.last.total(), ending.rest.total()), (1, 1));
    }

    #[test]
    fn the_order_of_the_questions_is_no_ending() {
        let (good, bad) = (Sentiment::Positive, Sentiment::Negative);
        let mention = |(column, sentiment)| Counted { column, ..counted("app", sentiment, 1) };
        let mut tally = Tally::default();
        let mut add = |mentions: &[(&'static str, Sentiment)]| {
            let mentions: Vec<Counted> = mentions.iter().copied().map(mention).collect();
            tally.add(&Scores::default(), &mentions);
            tally.ending()
        };
        // What was good? What was bad? Nobody's answer ends worse than it begins.
        assert_eq!(add(&[("good", good), ("bad", bad)]), Ending::default());
        let ending = add(&[("good", bad), ("good", good), ("bad", good), ("bad", bad)]);
        assert_eq!((ending.last.negative, ending.rest.positive), (1, 1));
        // More say a good deal of what was good.
        let ending = add(&[("good", bad), ("good", bad), ("good", good)]);
        assert_eq!((ending.last.positive, ending.last.total()), (2, 2));
        assert_eq!((ending.rest.negative, ending.rest.total()), (3, 3));
    }

    #[test]
    fn the_top_two_of_five_are_satisfied() {
        let mut tally = Tally::default();
        for rating in [1.0, 3.0, 4.0, 5.0, 5.0] {
            tally.add(&Scores { rating: Some(rating), ..Scores::default() }, &[]);
        }
        let rating = tally.rating(1.0, 5.0).expect("five ratings");
        assert_eq!((rating.satisfied.count, rating.satisfied.of), (3, 5));
        assert_eq!(tally.rating(0.0, 10.0).expect("five ratings").satisfied.count, 0);
    }

    #[test]
    fn promoters_minus_detractors() {
        let nps = merged([0, 1, 2]).nps().expect("three scores");
        assert_eq!((nps.promoters, nps.passives, nps.detractors), (1, 1, 1));
        assert_eq!(nps.nps.value, 0.0);
    }
}
