//! The priority map: how often something is mentioned, and what it costs or brings where it is.

use serde::Serialize;

use super::{Tick, position};
use crate::painpoint::findings::{Findings, Scale, Topic};
use crate::report::telling::{points, sureness, total};
use crate::report::words::comparisons;
use crate::report::words::format::Format;
use crate::report::words::maps::{self as wording, Field};
use crate::report::words::{Names, label};

/// Heights of the two halves: delights above the line, pain points below.
const ABOVE: f64 = 130.0;
const BELOW: f64 = 260.0;
const ROOM: f64 = 22.0;
const FOOT: f64 = 40.0;
/// The line between them.
const BASE: f64 = ROOM + ABOVE;
/// Room left and right, in per cent of the width.
const LEFT: f64 = 5.0;
const ACROSS: f64 = 90.0;
/// Points shown of each half.
const PAIN_POINTS: usize = 20;
const DELIGHTS: usize = 10;
/// Pain points from which the map has fields: of fewer a median says nothing.
const LEAST: usize = 4;
/// A mark, and the width in which marks are kept apart, in pixels.
const MARK: f64 = 22.0;
const WIDTH: f64 = 560.0;
/// The part by which weights differ at most that are as good as the same.
const ALIKE: f64 = 0.02;
/// Shares at which the map may have a tick.
const TICKS: [f64; 10] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0];

/// The map.
#[derive(Serialize)]
pub(in crate::report::html) struct Priorities {
    aloud: String,
    intro: String,
    height: String,
    base: String,
    ticks: Vec<Tick>,
    values: Vec<Tick>,
    /// What the axes are.
    upwards: &'static str,
    rightwards: &'static str,
    /// Lines that part often from seldom and costly from cheap: across in per cent, and down.
    parting: Option<[String; 2]>,
    foot: String,
    fields: Vec<FieldName>,
    points: Vec<Point>,
    left_out: Option<String>,
}

#[derive(Serialize)]
struct FieldName {
    name: &'static str,
    x: String,
    y: String,
    end: bool,
}

#[derive(Serialize)]
struct Point {
    rank: usize,
    delight: bool,
    x: String,
    y: String,
    label: String,
    touchpoint: String,
    href: String,
    share: String,
    interval: String,
    amount: String,
    field: &'static str,
}

/// What a topic weighs where it is mentioned: the part of the range of scores that it costs or brings, drawn
/// towards the others by how little it proves, or the strength of feeling. Its priority is share × weight.
fn weight(found: &Topic) -> f64 {
    if found.feedback.share > 0.0 { found.priority / found.feedback.share } else { 0.0 }
}

impl Priorities {
    /// `None` without a pain point or delight. `href` gives the address of a topic.
    pub(in crate::report::html) fn new(
        format: Format,
        names: &Names<'_>,
        findings: &Findings,
        href: impl Fn(&Topic) -> String,
    ) -> Option<Self> {
        let shown = |all: Vec<&'_ Topic>, most: usize| -> (Vec<(usize, bool, Topic)>, usize) {
            let rest = all.len().saturating_sub(most);
            let own = all.into_iter().take(most).enumerate();
            (own.map(|(at, own)| (at + 1, own.kind.is_delight(), own.clone())).collect(), rest)
        };
        let (pains, pains_left) = shown(findings.pain_points().collect(), PAIN_POINTS);
        let (delights, delights_left) = shown(findings.delights().collect(), DELIGHTS);
        let all = || pains.iter().chain(&delights);
        let scale = findings.comparisons.ranked_by().map(|outcome| outcome.scale);
        let low = all().map(|(_, _, own)| own.feedback.share).fold(f64::INFINITY, f64::min);
        let high = all().map(|(_, _, own)| own.feedback.share).fold(0.0, f64::max);
        if !low.is_finite() {
            return None;
        }
        let across = Across::new(low, high);
        let top = all().map(|(_, _, own)| weight(own)).fold(0.0, f64::max).max(1e-9) * 1.1;
        let down = |delight: bool, value: f64| {
            if delight { BASE - value / top * ABOVE } else { BASE + value / top * BELOW }
        };
        let medians = (pains.len() >= LEAST).then(|| {
            let median = |value: fn(&Topic) -> f64| {
                let mut values: Vec<f64> = pains.iter().map(|(_, _, own)| value(own)).collect();
                values.sort_by(f64::total_cmp);
                (values[(values.len() - 1) / 2] + values[values.len() / 2]) / 2.0
            };
            (median(|own| own.feedback.share), median(weight))
        });
        let field = |own: &Topic| match medians {
            _ if own.kind.is_delight() => Some(Field::Keep),
            None => None,
            Some((often, costly)) => {
                // What is the same but for rounding is the same.
                let heavy = weight(own) >= costly * (1.0 - 1e-9);
                Some(match (own.feedback.share >= often, heavy) {
                    (true, true) => Field::FixNow,
                    (false, true) => Field::LookAt,
                    (_, false) => Field::Watch,
                })
            }
        };
        let alike = medians.is_some() && {
            let weights = || pains.iter().map(|(_, _, own)| weight(own));
            let (least, most) =
                (weights().fold(f64::INFINITY, f64::min), weights().fold(0.0, f64::max));
            most - least <= most * ALIKE
        };
        let field = |own: &Topic| match field(own) {
            Some(Field::LookAt) if alike => Some(Field::Watch),
            other => other,
        };
        let mut taken: Vec<(f64, f64)> = Vec::new();
        let points = all()
            .map(|(rank, delight, own)| {
                let x = across.of(own.feedback.share);
                let y = apart(&mut taken, x, down(*delight, weight(own)), *delight);
                Point {
                    rank: *rank,
                    delight: *delight,
                    x: position(x),
                    y: position(y),
                    label: label(&own.label),
                    touchpoint: names.touchpoint(&own.touchpoint).to_owned(),
                    href: href(own),
                    share: format.share(own.feedback),
                    interval: format.share_interval(own.feedback),
                    amount: whole(format, scale, own),
                    field: field(own).map_or("", |field| wording::field(format.0, field)),
                }
            })
            .collect();
        let value = |delight: bool, part: f64| Tick {
            y: position(down(delight, top / 1.1 * part)),
            label: amount(format, scale, delight, top / 1.1 * part),
            zero: false,
        };
        let mut values = Vec::new();
        if !delights.is_empty() {
            values.push(value(true, 1.0));
        }
        if !pains.is_empty() {
            values.extend([value(false, 0.5), value(false, 1.0)]);
        }
        let left = (pains_left + delights_left) as u64;
        Some(Self {
            aloud: wording::priorities_aloud(format.0),
            intro: wording::priorities(format.0, scale, medians.is_some(), alike),
            height: position(BASE + BELOW + FOOT + 16.0),
            base: position(BASE),
            foot: position(BASE + BELOW + FOOT),
            ticks: across.ticks(format),
            values,
            upwards: wording::weight_axis(format.0, scale),
            rightwards: wording::share_axis(format.0),
            parting: medians.map(|(often, costly)| {
                [
                    position(across.of(often)),
                    if alike { String::new() } else { position(down(false, costly)) },
                ]
            }),
            fields: fields(
                format,
                (medians.is_some(), alike),
                !pains.is_empty(),
                !delights.is_empty(),
            ),
            points,
            left_out: (left > 0).then(|| wording::not_on_the_map(format.0, &format.count(left))),
        })
    }
}

/// The names of the fields, each in a corner of its own.
fn fields(
    format: Format,
    (parted, alike): (bool, bool),
    pains: bool,
    delights: bool,
) -> Vec<FieldName> {
    let name = |field, end: bool, y: f64| FieldName {
        name: wording::field(format.0, field),
        x: position(if end { LEFT + ACROSS + 3.0 } else { LEFT - 3.0 }),
        y: position(y),
        end,
    };
    let mut names = Vec::new();
    if delights {
        names.push(name(Field::Keep, true, ROOM - 8.0));
    }
    if pains && parted {
        names.push(name(Field::Watch, false, BASE + 14.0));
        names.push(name(Field::FixNow, true, BASE + BELOW - 4.0));
        if !alike {
            names.push(name(Field::LookAt, false, BASE + BELOW - 4.0));
        }
    }
    names
}

/// What it costs or brings in total; without scores, how clear its mentions are.
fn whole(format: Format, scale: Option<Scale>, own: &Topic) -> String {
    let Some(scale) = scale else { return amount(format, None, false, weight(own)) };
    let points = points(format, scale, total(scale, own));
    let cost = comparisons::weight(format.0, scale, &points);
    match comparisons::sureness(format.0, sureness(own)) {
        Some(doubt) => format!("{cost} ({doubt})"),
        None => cost,
    }
}

/// What it costs or brings per mention, as a reader says it.
fn amount(format: Format, scale: Option<Scale>, delight: bool, weight: f64) -> String {
    match scale {
        None => format.fixed(weight * 100.0, 0),
        Some(scale) => {
            let value = weight * scale.range();
            format.signed_amount(scale, if delight { value } else { -value })
        }
    }
}

/// A place that no other mark covers: the wanted one, or one farther from the line between the halves.
fn apart(taken: &mut Vec<(f64, f64)>, x: f64, y: f64, delight: bool) -> f64 {
    let step = if delight { -1.0 } else { 1.0 };
    let free = |y: f64, taken: &[(f64, f64)]| {
        taken.iter().all(|(other_x, other_y)| {
            (other_x - x).abs() * WIDTH / 100.0 >= MARK || (other_y - y).abs() >= MARK
        })
    };
    let mut place = y;
    let limit = if delight { ROOM - 4.0 } else { BASE + BELOW + 8.0 };
    while !free(place, taken) && (place - limit) * step < 0.0 {
        place += step * 2.0;
    }
    taken.push((x, place));
    place
}

/// Shares across the map, on a logarithmic scale.
struct Across {
    low: f64,
    high: f64,
}

impl Across {
    fn new(low: f64, high: f64) -> Self {
        let below = TICKS.iter().rev().find(|tick| **tick <= low).copied().unwrap_or(low);
        let above = TICKS.iter().find(|tick| **tick >= high).copied().unwrap_or(high);
        Self { low: below, high: above.max(below * 2.0) }
    }

    fn of(&self, share: f64) -> f64 {
        LEFT + ACROSS * (share / self.low).ln() / (self.high / self.low).ln()
    }

    fn ticks(&self, format: Format) -> Vec<Tick> {
        TICKS
            .into_iter()
            .filter(|tick| (self.low..=self.high).contains(tick))
            .map(|tick| Tick {
                y: position(self.of(tick)),
                label: format.percent_of(tick),
                zero: false,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::ReportLanguage::{De, En};
    use crate::report::sample;

    fn map(findings: &Findings) -> Option<Priorities> {
        let names = Names::new(En, &findings.summary);
        Priorities::new(Format(En), &names, findings, |own| format!("#{}", own.id))
    }

    #[test]
    fn what_is_mentioned_more_stands_farther_right_and_delights_above_pain_points() {
        let findings = sample::german();
        let map = map(&findings).unwrap();
        let number = |text: &str| text.parse::<f64>().unwrap();
        let mut by_share: Vec<(f64, f64)> = map
            .points
            .iter()
            .zip(&findings.topics)
            .map(|(point, own)| (own.feedback.share, number(&point.x)))
            .collect();
        by_share.sort_by(|a, b| a.0.total_cmp(&b.0));
        assert!(by_share.windows(2).all(|pair| pair[0].1 <= pair[1].1), "{by_share:?}");
        for point in &map.points {
            assert_eq!(number(&point.y) < BASE, point.delight, "{}", point.label);
        }
    }

    #[test]
    fn marks_do_not_cover_each_other() {
        let mut taken = Vec::new();
        let places: Vec<f64> = (0..5).map(|_| apart(&mut taken, 50.0, 200.0, false)).collect();
        for (at, place) in places.iter().enumerate() {
            assert!(places[..at].iter().all(|other| (other - place).abs() >= MARK), "{places:?}");
        }
    }

    #[test]
    fn a_few_pain_points_are_not_parted_into_fields() {
        let mut findings = sample::german();
        findings.topics.truncate(1);
        let map = map(&findings).unwrap();
        assert!(map.parting.is_none());
        assert!(map.points.iter().all(|point| point.delight || point.field.is_empty()));
        assert!(
            Priorities::new(
                Format(De),
                &Names::new(De, &sample::nothing().summary),
                &sample::nothing(),
                |_| String::new()
            )
            .is_none()
        );
    }
}
