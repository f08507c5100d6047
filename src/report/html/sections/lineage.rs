//! What became of the topics of an earlier run.

use serde::Serialize;

use super::ROWS;
use crate::painpoint::findings::{Findings, Gone, Status};
use crate::report::words::format::Format;
use crate::report::words::{comparisons as wording, label};

/// What became of the topics of an earlier run.
#[derive(Serialize)]
pub(in crate::report::html) struct LineageSection {
    intro: String,
    rows: Vec<LineageRow>,
    gone: Vec<LineageRow>,
}

#[derive(Serialize)]
struct LineageRow {
    label: String,
    delight: bool,
    status: Option<&'static str>,
    /// The share now and before; of a new one now, of one that is gone before.
    share: String,
}

impl LineageSection {
    /// `None` without an earlier run.
    pub(in crate::report::html) fn new(format: Format, findings: &Findings) -> Option<Self> {
        let earlier = findings.comparisons.earlier_run.as_ref()?;
        let with_text = findings.summary.rows.with_text();
        let (mut new, mut same) = (0, 0);
        let mut rows = Vec::new();
        for found in &findings.topics {
            let Some(change) = found.change else { continue };
            let status = change.status();
            new += u64::from(status == Status::New);
            let now = format.share(found.feedback);
            let share = match change.comparison {
                Some(comparison) => {
                    wording::change(format.0, [&format.share(comparison.there), &now])
                }
                None => now,
            };
            match wording::status(format.0, status) {
                None => same += 1,
                status => rows.push(LineageRow {
                    label: label(&found.label),
                    delight: found.kind.is_delight(),
                    status,
                    share,
                }),
            }
        }
        let gone = &earlier.gone;
        let intro = wording::changes(
            format.0,
            [&format.count(with_text), &format.count(earlier.with_text)],
            [new, gone.len() as u64, same]
                .map(|count| format.count(count))
                .each_ref()
                .map(String::as_str),
        );
        let mut gone: Vec<&Gone> = gone.iter().collect();
        gone.sort_by(|a, b| (b.feedback.count, &a.id).cmp(&(a.feedback.count, &b.id)));
        let gone = gone.into_iter().map(|gone| LineageRow {
            label: label(&gone.label),
            delight: gone.kind.is_delight(),
            status: None,
            share: format.share(gone.feedback),
        });
        rows.truncate(2 * ROWS);
        Some(Self { intro, rows, gone: gone.take(2 * ROWS).collect() })
    }
}
