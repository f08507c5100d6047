//! What customers suggest, and who threatens to leave.

use serde::Serialize;

use crate::painpoint::findings::{Findings, FlaggedTouchpoint};
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
    /// Identifiers of the touchpoint and of its phase, for who looks for them.
    ids: [String; 2],
    flagged: Flagged,
}

/// Mentions of a touchpoint that raise a flag.
#[derive(Serialize)]
pub(in crate::report::html) struct Flagged {
    mentions: String,
    quotes: Vec<Quotation>,
}

impl Flagged {
    /// With `most` voices.
    pub(in crate::report::html) fn new(
        format: Format,
        own: &FlaggedTouchpoint,
        most: usize,
        whole: bool,
    ) -> Self {
        let quotes = own.verbatims.iter().take(most);
        Self {
            mentions: counted(format.0, own.mentions, &format.count(own.mentions), Noun::Mention),
            quotes: quotes.map(|own| Quotation::new(format, own, &[], whole)).collect(),
        }
    }
}

/// What is flagged at a touchpoint, with `most` voices; `None` if nothing is.
pub(in crate::report::html) fn flagged_at(
    format: Format,
    findings: &Findings,
    flag: Flag,
    touchpoint: &str,
    (most, whole): (usize, bool),
) -> Option<Flagged> {
    let found = findings.flags.iter().find(|found| found.flag == flag)?;
    let own = found.touchpoints.iter().find(|own| own.touchpoint == touchpoint)?;
    Some(Flagged::new(format, own, most, whole))
}

impl FlagSection {
    /// `None` if nobody raises the flag.
    pub(in crate::report::html) fn new(
        format: Format,
        names: &Names<'_>,
        findings: &Findings,
        flag: Flag,
        (most, whole): (usize, bool),
    ) -> Option<Self> {
        let found = findings.flags.iter().find(|found| found.flag == flag)?;
        let phase = |id: &str| {
            let own = findings.summary.touchpoints.iter().find(|own| own.id == id);
            own.and_then(|own| own.phase.clone()).unwrap_or_default()
        };
        let rows = found.touchpoints.iter().take(FLAGGED).map(|own| FlaggedRow {
            touchpoint: names.touchpoint(&own.touchpoint).to_owned(),
            ids: [own.touchpoint.clone(), phase(&own.touchpoint)],
            flagged: Flagged::new(format, own, most, whole),
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
