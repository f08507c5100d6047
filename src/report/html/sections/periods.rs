//! What has changed since the earlier period.

use serde::Serialize;

use super::ROWS;
use crate::painpoint::findings::{Findings, Topic};
use crate::report::words::format::Format;
use crate::report::words::{comparisons as wording, label};
use crate::tally::comparison::Comparison;

/// What has changed since the earlier period.
#[derive(Serialize)]
pub(in crate::report::html) struct PeriodSection {
    intro: String,
    rows: Vec<ChangeRow>,
}

#[derive(Serialize)]
struct ChangeRow {
    label: String,
    delight: bool,
    rising: bool,
    change: String,
    interval: String,
}

impl PeriodSection {
    pub(in crate::report::html) fn new(format: Format, findings: &Findings) -> Option<Self> {
        let periods = findings.comparisons.periods?;
        let all = findings.topics.iter();
        let compared: Vec<(&Topic, Comparison)> = all
            .filter_map(|found| Some((found, found.trend?)))
            .filter(|(_, trend)| trend.p.is_some())
            .collect();
        let mut changed: Vec<_> = compared.iter().filter(|(_, trend)| trend.is_real()).collect();
        // What gets worse comes first: rising pain points, then fading delights.
        changed.sort_by(|a, b| {
            let worse = |(found, trend): &(&Topic, Comparison)| {
                if found.kind.is_delight() { -trend.difference } else { trend.difference }
            };
            worse(b).total_cmp(&worse(a))
        });
        let intro = wording::periods(
            format.0,
            &format.date(periods.since),
            [&format.count(periods.later), &format.count(periods.earlier)],
            [&format.count(changed.len() as u64), &format.count(compared.len() as u64)],
        );
        let rows = changed.into_iter().take(ROWS).map(|(found, trend)| ChangeRow {
            label: label(&found.label),
            delight: found.kind.is_delight(),
            rising: trend.difference > 0.0,
            change: wording::change(
                format.0,
                [&format.share(trend.there), &format.share(trend.here)],
            ),
            interval: format.difference(trend).join("\u{a0}"),
        });
        Some(Self { intro, rows: rows.collect() })
    }
}
