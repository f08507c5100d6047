//! What the change of the score between two periods goes along with.

use serde::Serialize;

use super::ROWS;
use crate::painpoint::findings::{Findings, Scale};
use crate::report::words::format::Format;
use crate::report::words::{label, maps};

/// The change of the score, by topics.
///
/// Of a linear model with the same effects in both periods, the change of the mean is the sum over topics of
/// effect × change of share, and a rest (R. Oaxaca, "Male-female wage differentials in urban labor markets",
/// International Economic Review 14, 1973, with pooled coefficients: D. Neumark, Journal of Human Resources 23, 1988).
#[derive(Serialize)]
pub(in crate::report::html) struct ChangeSection {
    intro: String,
    rows: Vec<ChangeRow>,
    others: Option<String>,
    rest: String,
    sum: String,
}

#[derive(Serialize)]
struct ChangeRow {
    label: String,
    delight: bool,
    shares: String,
    effect: String,
    part: String,
}

impl ChangeSection {
    /// `None` without two periods that have scores, or without a model of what drives them.
    pub(in crate::report::html) fn new(format: Format, findings: &Findings) -> Option<Self> {
        let change = findings.comparisons.periods?.score?;
        let scale = findings.comparisons.outcome?.scale;
        let mut parts: Vec<(f64, f64, &_)> = findings
            .topics
            .iter()
            .filter_map(|found| {
                let (effect, trend) = (found.effect?, found.trend?);
                let sign = if found.kind.is_delight() { 1.0 } else { -1.0 };
                let effect = sign * effect.effect.value;
                Some((effect * trend.difference, effect, found))
            })
            .collect();
        if parts.is_empty() {
            return None;
        }
        parts.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()).then_with(|| a.2.id.cmp(&b.2.id)));
        let explained: f64 = parts.iter().map(|(part, _, _)| part).sum();
        let others: f64 = parts.iter().skip(ROWS).map(|(part, _, _)| part).sum();
        let left = parts.len().saturating_sub(ROWS);
        let points = |value: f64| match scale {
            Scale::Nps => format.signed(value * 100.0, 1),
            Scale::Rating { .. } => format.signed(value, 2),
        };
        let level = |value: f64| match scale {
            Scale::Nps => format.points(value),
            Scale::Rating { .. } => format.fixed(value, 2),
        };
        let difference = change.difference;
        let rows = parts.into_iter().take(ROWS).filter_map(|(part, effect, found)| {
            let trend = found.trend?;
            Some(ChangeRow {
                label: label(&found.label),
                delight: found.kind.is_delight(),
                shares: format!("{} → {}", format.share(trend.there), format.share(trend.here)),
                effect: format.signed_amount(scale, effect),
                part: points(part),
            })
        });
        Some(Self {
            intro: maps::score_change(
                format.0,
                scale,
                [&level(change.earlier), &level(change.later)],
                [&points(difference.value), &points(difference.low), &points(difference.high)],
                difference.low <= 0.0 && difference.high >= 0.0,
            ),
            rows: rows.collect(),
            others: (left > 0).then(|| points(others)),
            rest: points(difference.value - explained),
            sum: points(difference.value),
        })
    }
}
