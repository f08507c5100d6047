//! What the history of runs has to tell in a report.

use std::collections::{BTreeMap, BTreeSet};

use super::{Names, PeriodCounts, Series};
use crate::painpoint::findings::{History, Moved, PeriodFigures, SeenTopic, Topic};
use crate::tally::period::Period;
use crate::tally::statistics::Proportion;

/// Periods that are told, the last ones.
const TOLD: usize = 53;

/// In which runs a topic was told: how many, and the first, counted from 1.
pub type Seen = (u64, u64);

/// Share of the feedback of an earlier topic from which its moving is told.
const LEAST_MOVED: f64 = 0.25;

/// Fewest feedback of which that is told.
const LEAST_FEEDBACK: u64 = 5;

/// What is told of a history of so many runs and feedback, whose ratings are told on a scale. `seen` has the earlier runs of each topic by identifier, `moved` how much
/// feedback of which earlier topic went where ([`moves`]).
pub fn told(
    (series, names): (&Series, &Names),
    (runs, feedback, rating): (u64, u64, Option<(f64, f64)>),
    topics: &[Topic],
    seen: &BTreeMap<String, Seen>,
    moved: Vec<Moved>,
) -> History {
    let unit = series.unit;
    let all = series.periods.keys();
    let (first, last) = (all.clone().next(), all.last());
    let all = first.zip(last).map_or(0..0, |(first, last)| first.0..last.0 + 1);
    let from = all.start.max(all.end - TOLD as i64);
    let periods: Vec<Period> = (from..all.end).map(Period).collect();
    let counts: Vec<&PeriodCounts> = periods.iter().map(|own| series.counts(*own)).collect();
    let has_nps = counts.iter().any(|own| own.nps().is_some());
    let current = series.current();
    let figures = |(period, own): (&Period, &&PeriodCounts)| PeriodFigures {
        first: unit.first_day(*period),
        last: unit.last_day(*period),
        open: current.is_none_or(|current| *period > current),
        feedback: own.feedback,
        with_text: own.with_text,
        sentiment: own.sentiment,
        score: match has_nps {
            true => own.nps().map(|nps| nps.nps),
            false => rating.and_then(|scale| own.mean_rating(scale)),
        },
    };
    let topic = |topic: &Topic| {
        let number = names.known(&topic.id);
        let of = |own: &PeriodCounts| number.and_then(|number| own.topics.get(&number).copied());
        let (before, since) = seen.get(&topic.id).copied().unwrap_or((0, runs));
        SeenTopic {
            id: topic.id.clone(),
            runs: before + 1,
            since,
            feedback: counts.iter().map(|own| of(own).unwrap_or_default()).collect(),
        }
    };
    History {
        runs,
        feedback,
        undated: series.undated,
        unit,
        nps: has_nps,
        periods: periods.iter().zip(&counts).map(figures).collect(),
        topics: topics.iter().map(topic).collect(),
        moved,
    }
}

/// How much feedback of which earlier topic is in which present one, as far as it is enough to be told: splits where
/// one's goes to several, mergers where that of several goes to one. `went` has the feedback of each earlier topic that
/// was read again, and how much of it is now in each present one.
pub fn moves(
    went: &BTreeMap<u32, (u64, BTreeMap<u32, u64>)>,
    names: &Names,
    present: &BTreeSet<&str>,
    label: impl Fn(&str) -> Vec<String>,
) -> Vec<Moved> {
    let mut told: Vec<Moved> = Vec::new();
    for (from, (of, into)) in went {
        for (into, count) in into {
            let (from, into) = (names.text(*from), names.text(*into));
            let feedback = Proportion::new(*count, *of);
            let is_told = *count >= LEAST_FEEDBACK && feedback.share >= LEAST_MOVED;
            if from != into && is_told && present.contains(into) {
                let (label, from) = (label(from), from.to_owned());
                told.push(Moved { from, label, into: into.to_owned(), feedback });
            }
        }
    }
    told.sort_by(|a, b| {
        (b.feedback.count, &a.from, &a.into).cmp(&(a.feedback.count, &b.from, &b.into))
    });
    told
}
