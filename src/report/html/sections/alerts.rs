//! What rules came to.

use serde::Serialize;

use crate::painpoint::findings::{Findings, Judgement};
use crate::report::alarms::Alarms;
use crate::report::words::Names;
use crate::report::words::alerts::AlertTexts;
use crate::report::words::format::Format;

/// What rules came to.
#[derive(Serialize)]
pub(in crate::report::html) struct AlertSection {
    title: &'static str,
    none: Option<&'static str>,
    basis: String,
    rows: Vec<AlertRow>,
    unjudged_title: &'static str,
    unjudged: Vec<String>,
}

#[derive(Serialize)]
struct AlertRow {
    fails: bool,
    level: &'static str,
    new: Option<&'static str>,
    title: String,
    told: String,
    rule: Option<String>,
    href: Option<String>,
}

impl AlertSection {
    /// `None` without rules. `href` leads to a pain point.
    pub(in crate::report::html) fn new(
        format: Format,
        names: &Names,
        findings: &Findings,
        href: impl Fn(&str) -> Option<String>,
    ) -> Option<Self> {
        let Alarms { basis, alarms, unjudged, .. } = Alarms::new(format, names, findings)?;
        let texts = AlertTexts::of(format.0);
        let none = alarms.is_empty().then_some(texts.none);
        let row = |own: crate::report::alarms::Alarm| AlertRow {
            fails: own.judgement == Judgement::Fail,
            level: own.level,
            new: own.new.then_some(texts.new),
            href: own.pain_point.as_deref().and_then(&href),
            title: own.title,
            told: own.told,
            rule: own.rule,
        };
        let rows = alarms.into_iter().map(row).collect();
        let (title, unjudged_title) = (texts.title, texts.unjudged);
        Some(Self { title, none, basis, rows, unjudged_title, unjudged })
    }
}
