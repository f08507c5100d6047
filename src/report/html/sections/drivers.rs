//! What drives the score: topics by their share of the differences.

use serde::Serialize;

use super::ROWS;
use crate::painpoint::findings::{Findings, Scale, Topic};
use crate::report::html::charts::position;
use crate::report::words::format::Format;
use crate::report::words::{comparisons as wording, label};

/// What drives the score.
#[derive(Serialize)]
pub(in crate::report::html) struct DriverSection {
    intro: String,
    rows: Vec<DriverRow>,
}

#[derive(Serialize)]
struct DriverRow {
    label: String,
    delight: bool,
    href: String,
    weight: String,
    width: String,
    impact: Option<String>,
    effect: String,
    interval: String,
}

impl DriverSection {
    /// `None` without a model. `href` gives the address of a topic.
    pub(in crate::report::html) fn new(
        format: Format,
        findings: &Findings,
        href: impl Fn(&Topic) -> String,
    ) -> Option<Self> {
        let outcome = findings.comparisons.outcome?;
        let explained = outcome.explained?;
        let all = findings.topics.iter();
        let mut rows: Vec<(f64, DriverRow)> = all
            .filter_map(|found| {
                let effect = found.effect?;
                let delight = found.kind.is_delight();
                let row = DriverRow {
                    label: label(&found.label),
                    delight,
                    href: href(found),
                    weight: format.percent_of(effect.weight),
                    width: position(effect.weight * 100.0),
                    impact: found
                        .impact
                        .map(|impact| towards(format, outcome.scale, delight, impact.impact.value)),
                    effect: towards(format, outcome.scale, delight, effect.effect.value),
                    interval: interval(
                        format,
                        outcome.scale,
                        delight,
                        effect.effect.low,
                        effect.effect.high,
                    ),
                };
                Some((effect.weight, row))
            })
            .collect();
        rows.sort_by(|a, b| b.0.total_cmp(&a.0));
        let intro = wording::drivers(
            format.0,
            outcome.scale,
            &format.count(outcome.n),
            &format.percent_of(explained),
            &format.percent_of(1.0 - explained),
        );
        Some(Self { intro, rows: rows.into_iter().take(ROWS).map(|(_, row)| row).collect() })
    }
}

/// A loss is shown as a negative number of points, a gain as a positive one.
fn towards(format: Format, scale: Scale, delight: bool, value: f64) -> String {
    format.signed_amount(scale, if delight { value } else { -value })
}

fn interval(format: Format, scale: Scale, delight: bool, low: f64, high: f64) -> String {
    let (low, high) = if delight { (low, high) } else { (-high, -low) };
    format.range(&format.signed_amount(scale, low), &format.signed_amount(scale, high))
}
