//! What has changed since an earlier run, by name.

use std::io::{self, Write};

use crate::painpoint::findings::{Findings, Status, TopicKind};
use crate::report::words::label;
use crate::visible::visible;

/// Topics that are named of each kind of change; the others are counted.
const NAMED: usize = 5;

/// What a topic that an earlier run does not have is called, one that it has less of, and one that it alone has.
const CHANGES: [&str; 3] = [NEW, GROWING, GONE];
const NEW: &str = "new";
const GROWING: &str = "growing";
const GONE: &str = "gone";

/// A topic that has changed.
pub(super) struct Changed<'f> {
    /// One of [`CHANGES`].
    pub(super) change: &'static str,
    pub(super) id: &'f str,
    pub(super) kind: TopicKind,
    pub(super) touchpoint: &'f str,
    pub(super) label: String,
    /// Its share of the feedback; of one that is gone, in the earlier run.
    pub(super) share: f64,
}

/// What is new, growing and gone, in the order of the findings.
pub(super) fn topics(findings: &Findings) -> Vec<Changed<'_>> {
    let there = findings.topics.iter().filter_map(|own| {
        let change = match own.change?.status() {
            Status::New => NEW,
            Status::Growing => GROWING,
            Status::Shrinking | Status::Steady | Status::Unclear => return None,
        };
        let (id, touchpoint, label) = (&own.id, &own.touchpoint, label(&own.label));
        Some(Changed { change, id, kind: own.kind, touchpoint, label, share: own.feedback.share })
    });
    let gone = findings.comparisons.earlier_run.iter().flat_map(|run| &run.gone).map(|own| {
        let (id, touchpoint, label) = (&own.id, &own.touchpoint, label(&own.label));
        let share = own.feedback.share;
        Changed { change: GONE, id, kind: own.kind, touchpoint, label, share }
    });
    there.chain(gone).collect()
}

/// Names what is new, growing and gone, a line each.
pub(super) fn names(findings: &Findings, err: &mut impl Write) -> io::Result<()> {
    let all = topics(findings);
    for change in CHANGES {
        let own: Vec<String> =
            all.iter().filter(|own| own.change == change).map(Changed::named).collect();
        let more = match own.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!("; and {more} more"),
        };
        if !own.is_empty() {
            writeln!(err, "  {change}: {}{more}", own[..own.len().min(NAMED)].join("; "))?;
        }
    }
    Ok(())
}

impl Changed<'_> {
    fn named(&self) -> String {
        let kind = if self.kind.is_delight() { ", a delight" } else { "" };
        format!("{} ({}{kind})", visible(&self.label), visible(self.touchpoint))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::painpoint::findings::{Change, EarlierRun, Gone};
    use crate::report::sample;

    #[test]
    fn up_to_five_topics_of_each_change_are_named() {
        let mut findings = sample::german();
        let mut told = Vec::new();
        findings.comparisons.earlier_run = None;
        findings.topics.iter_mut().for_each(|own| own.change = None);
        names(&findings, &mut told).unwrap();
        assert!(told.is_empty());

        let first = findings.topics[0].clone();
        findings.topics = vec![first.clone(); 7];
        let change = Some(Change { comparison: None, shared: 0.0 });
        findings.topics.iter_mut().for_each(|own| own.change = change);
        let gone = Gone {
            id: first.id.clone(),
            kind: TopicKind::Delight,
            touchpoint: "app".into(),
            label: vec!["läuft\u{1b} rund".into()],
            feedback: first.feedback,
        };
        findings.comparisons.earlier_run = Some(EarlierRun { with_text: 9, gone: vec![gone] });
        names(&findings, &mut told).unwrap();
        let told = String::from_utf8(told).unwrap();
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines.len(), 2, "{told}");
        assert!(lines[0].starts_with("  new: ") && lines[0].ends_with("; and 2 more"), "{told}");
        assert_eq!(lines[0].matches(&format!("({})", first.touchpoint)).count(), 5, "{told}");
        assert_eq!(lines[1], "  gone: läuft\\u{1b} rund (app, a delight)");
    }
}
