//! The journey map: phases from left to right, the curve of feeling over them, and under each phase its touchpoints.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Line, Net, Tick, position};
use crate::config::codebook::Channel;
use crate::report::chance::FEW;
use crate::report::words::format::Format;
use crate::report::words::maps;
use crate::report::words::sentences;
use crate::report::words::{phase_name, touchpoint_name};
use crate::tally::statistics::Estimate;
use crate::tally::summary::{Summary, TouchpointSummary};

/// Height of the curve, from +100 to −100, and room above and below it.
const HEIGHT: f64 = 150.0;
const ROOM: f64 = 14.0;
/// Touchpoints shown of a phase, and mentions that each has at least.
const STOPS: usize = 12;
const LEAST: u64 = 5;
/// Mentions from which net sentiment is told of one.
const LEAST_NET: u64 = 10;

/// The map.
#[derive(Serialize)]
pub(in crate::report::html) struct Journey {
    aloud: String,
    height: String,
    ticks: Vec<Tick>,
    lines: Vec<Line>,
    phases: Vec<Phase>,
    /// What belongs to no phase.
    elsewhere: Vec<Stop>,
}

#[derive(Serialize)]
struct Phase {
    name: String,
    mentions: String,
    few: bool,
    net: Option<Net>,
    dot: Option<Dot>,
    stops: Vec<Stop>,
    more: Option<String>,
}

/// Where a phase stands on the curve, with the ends of its interval.
#[derive(Serialize)]
struct Dot {
    x: String,
    y: String,
    low: String,
    high: String,
    few: bool,
    title: String,
}

/// A touchpoint on the map.
#[derive(Serialize)]
struct Stop {
    name: String,
    href: Option<String>,
    part: bool,
    mentions: String,
    /// Whether it has enough mentions to be shown.
    enough: bool,
    net: Option<[String; 2]>,
    mood: &'static str,
    channel: Option<&'static str>,
    controllable: bool,
}

impl Journey {
    /// `chapters` has the addresses of the touchpoints that have one.
    pub(in crate::report::html) fn new(
        format: Format,
        summary: &Summary,
        chapters: &BTreeMap<&str, String>,
    ) -> Self {
        let count = summary.phases.len().max(1) as f64;
        let stops = |phase: Option<&str>| -> Vec<Stop> {
            let mut own: Vec<&TouchpointSummary> = summary
                .touchpoints
                .iter()
                .filter(|own| own.phase.as_deref() == phase && own.sentiment.total() > 0)
                .collect();
            own.sort_by_key(|own| std::cmp::Reverse(own.sentiment.total()));
            own.into_iter().map(|own| Stop::new(format, own, chapters)).collect()
        };
        let phases: Vec<Phase> = summary
            .phases
            .iter()
            .enumerate()
            .map(|(at, phase)| {
                let net = phase.sentiment.net_sentiment();
                let mut stops = stops(Some(&phase.id));
                let shown = stops.iter().take(STOPS).filter(|stop| stop.enough).count();
                let more = stops.split_off(shown).len() as u64;
                let name = phase_name(format.0, phase).to_owned();
                Phase {
                    mentions: format.count(net.n),
                    few: net.n > 0 && net.n < FEW,
                    net: Net::new(format, phase.sentiment),
                    dot: (net.n > 0).then(|| Dot {
                        x: position((at as f64 + 0.5) / count * 100.0),
                        y: down(net.value),
                        low: down(net.low),
                        high: down(net.high),
                        few: net.n < FEW,
                        title: name.clone(),
                    }),
                    stops,
                    more: (more > 0).then(|| {
                        let noun = sentences::Noun::Touchpoint;
                        sentences::counted(format.0, more, &format.count(more), noun)
                    }),
                    name,
                }
            })
            .collect();
        let lines = phases.windows(2).filter_map(|pair| {
            let (from, to) = (pair[0].dot.as_ref()?, pair[1].dot.as_ref()?);
            Some(Line {
                x1: from.x.clone(),
                y1: from.y.clone(),
                x2: to.x.clone(),
                y2: to.y.clone(),
            })
        });
        Self {
            aloud: maps::journey_aloud(format.0),
            height: position(HEIGHT + 2.0 * ROOM),
            ticks: [1.0, 0.5, 0.0, -0.5, -1.0]
                .map(|value| Tick {
                    y: down(value),
                    label: format.points(value),
                    zero: value == 0.0,
                })
                .into(),
            lines: lines.collect(),
            elsewhere: stops(None),
            phases,
        }
    }
}

impl Stop {
    fn new(format: Format, own: &TouchpointSummary, chapters: &BTreeMap<&str, String>) -> Self {
        let net = own.sentiment.net_sentiment();
        Self {
            name: touchpoint_name(format.0, own).to_owned(),
            href: chapters.get(own.id.as_str()).map(|id| format!("#{id}")),
            part: own.parent.is_some(),
            mentions: format.count(net.n),
            enough: net.n >= LEAST,
            net: (net.n >= LEAST_NET)
                .then(|| [format.points(net.value), format.points_interval(net)]),
            mood: mood(net),
            channel: own.channel.map(Channel::name),
            controllable: own.controllable,
        }
    }
}

/// Whether complaints or praise prevail beyond chance; of a few mentions nothing is said.
fn mood(net: Estimate) -> &'static str {
    match net {
        Estimate { n, .. } if n < FEW => "few",
        Estimate { high, .. } if high < 0.0 => "bad",
        Estimate { low, .. } if low > 0.0 => "good",
        _ => "even",
    }
}

fn down(value: f64) -> String {
    position(ROOM + (1.0 - value) / 2.0 * HEIGHT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::ReportLanguage::En;
    use crate::report::sample;

    #[test]
    fn every_touchpoint_that_is_mentioned_stands_in_its_phase() {
        let summary = sample::german().summary;
        let journey = Journey::new(Format(En), &summary, &BTreeMap::new());
        let shown: usize = journey.phases.iter().map(|phase| phase.stops.len()).sum();
        let enough = |own: &&TouchpointSummary| own.sentiment.total() >= LEAST;
        let mentioned = summary.touchpoints.iter().filter(enough).count();
        assert_eq!(shown + journey.elsewhere.len(), mentioned);
    }

    #[test]
    fn the_curve_rises_with_feeling_and_leaves_a_gap_where_nobody_spoke() {
        let mut summary = sample::german().summary;
        summary.phases.truncate(3);
        for (phase, [negative, positive]) in
            summary.phases.iter_mut().zip([[90, 10], [0, 0], [10, 90]])
        {
            phase.sentiment.negative = negative;
            phase.sentiment.neutral = 0;
            phase.sentiment.positive = positive;
        }
        let journey = Journey::new(Format(En), &summary, &BTreeMap::new());
        let y =
            |at: usize| journey.phases[at].dot.as_ref().map(|dot| dot.y.parse::<f64>().unwrap());
        assert!(y(0) > y(2) && y(1).is_none());
        assert!(journey.lines.is_empty());
    }

    #[test]
    fn a_mood_is_told_only_beyond_chance() {
        let net = |n, low, high| Estimate { n, value: (low + high) / 2.0, low, high };
        assert_eq!(mood(net(100, -0.5, -0.1)), "bad");
        assert_eq!(mood(net(100, -0.1, 0.1)), "even");
        assert_eq!(mood(net(100, 0.2, 0.4)), "good");
        assert_eq!(mood(net(FEW - 1, 0.2, 0.4)), "few");
    }
}
