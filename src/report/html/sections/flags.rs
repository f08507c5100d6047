//! What customers suggest, and who threatens to leave.

use serde::Serialize;

use crate::painpoint::findings::Findings;
use crate::report::html::quotation::Quotation;
use crate::report::words::format::Format;
use crate::report::words::sentences::{Noun, counted};
use crate::report::words::{Names, comparisons as wording};
use crate::text::flags::Flag;

/// Touchpoints shown.
const FLAGGED: usize = 6;

/// Suggestions, or churn signals.
#[derive(Serialize)]
pub(in crate::report::html) struct FlagSection {
    intro: String,
    touchpoints: Vec<FlaggedRow>,
}

#[derive(Serialize)]
struct FlaggedRow {
    touchpoint: String,
    mentions: String,
    quotes: Vec<Quotation>,
}

impl FlagSection {
    /// `None` if nobody raises the flag.
    pub(in crate::report::html) fn new(
        format: Format,
        names: &Names<'_>,
        findings: &Findings,
        flag: Flag,
    ) -> Option<Self> {
        let found = findings.flags.iter().find(|found| found.flag == flag)?;
        let rows = found.touchpoints.iter().take(FLAGGED).map(|own| FlaggedRow {
            touchpoint: names.touchpoint(&own.touchpoint).to_owned(),
            mentions: counted(format.0, own.mentions, &format.count(own.mentions), Noun::Mention),
            quotes: own.verbatims.iter().map(|verbatim| Quotation::new(format, verbatim)).collect(),
        });
        let intro = wording::flagged(
            format.0,
            flag,
            &format.count(found.mentions),
            [&format.count(found.feedback.count), &format.share(found.feedback)],
            &format.share_interval(found.feedback),
        );
        Some(Self { intro, touchpoints: rows.collect() })
    }
}
