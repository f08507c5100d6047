//! What rules came to, in sentences: what the page, the letters and the workbook say of it.

use crate::painpoint::findings::{
    Against, Alerts, Findings, Judged, Judgement, Measure, MeasureKind,
};
use crate::tally::period::Unit;
use crate::tally::statistics::Estimate;

use super::words::alerts as wording;
use super::words::format::Format;
use super::words::{Names, label};

/// What rules came to.
pub(super) struct Alarms {
    /// What was judged, and how sure it is.
    pub(super) basis: String,
    /// How many alarms there are, in words.
    pub(super) counted: String,
    /// What somebody is to be told, worst first.
    pub(super) alarms: Vec<Alarm>,
    /// What could not be judged, each reason once.
    pub(super) unjudged: Vec<String>,
}

/// An alarm.
pub(super) struct Alarm {
    /// How bad it is.
    pub(super) judgement: Judgement,
    /// The same in a word.
    pub(super) level: &'static str,
    /// What it is about.
    pub(super) title: String,
    /// The value, and what it is held against.
    pub(super) told: String,
    /// The rule's name; none where it is that of what it looks at.
    pub(super) rule: Option<String>,
    /// Whether the run before did not have it.
    pub(super) new: bool,
    /// The pain point that it is about.
    pub(super) pain_point: Option<String>,
}

impl Alarms {
    /// Nothing where there are no rules.
    pub(super) fn new(format: Format, names: &Names, findings: &Findings) -> Option<Self> {
        let alerts = findings.alerts.as_ref()?;
        let language = format.0;
        let alarms: Vec<Alarm> =
            alerts.alarms().map(|own| Alarm::new(format, names, alerts.unit, own)).collect();
        let of = |judgement| alerts.judged.iter().filter(move |own| own.judgement == judgement);
        let quiet = of(Judgement::Quiet).count() as u64;
        let period = alerts.period.map(|(first, last)| format.period(first, last));
        let counted =
            wording::counted(language, of(Judgement::Fail).count(), of(Judgement::Warn).count());
        Some(Self {
            basis: wording::basis(
                language,
                alerts.unit,
                period.as_deref(),
                alerts.sensitivity,
                &format.count(quiet),
            ),
            counted,
            alarms,
            unjudged: unjudged(format, names, alerts),
        })
    }
}

impl Alarms {
    /// How many alarms there are, then each on a line.
    pub(super) fn lines(self) -> Vec<String> {
        let line = |own: Alarm| {
            let new = if own.new { " (new)" } else { "" };
            format!("{}{new}: {}: {}", own.level, own.title, own.told)
        };
        std::iter::once(self.counted).chain(self.alarms.into_iter().map(line)).collect()
    }
}

impl Alarm {
    fn new(format: Format, names: &Names, unit: Unit, own: &Judged) -> Self {
        let told = own.value.map(|value| told(format, unit, own, value)).unwrap_or_default();
        Self {
            judgement: own.judgement,
            level: wording::judgement(format.0, own.judgement),
            title: title(format, names, own),
            told,
            rule: Some(own.rule.clone()).filter(|rule| rule != own.measure.name()),
            new: own.new,
            pain_point: own.subject.pain_point.clone(),
        }
    }
}

/// What a judgement is about.
pub(super) fn title(format: Format, names: &Names, own: &Judged) -> String {
    let touchpoint = own.subject.touchpoint.as_deref().map(|id| names.touchpoint(id).to_owned());
    let about = match &own.subject.pain_point {
        Some(id) if own.subject.label.is_empty() => Some(id.clone()),
        Some(_) => Some(label(&own.subject.label)),
        None => touchpoint,
    };
    let mut title = wording::measured(format.0, own.measure, about.as_deref());
    if let Some(segment) = &own.subject.segment {
        title += &format!(", {}", wording::of_segment(format.0, segment));
    }
    title
}

/// A value as its measure is told.
pub(super) fn amount(format: Format, measure: Measure, value: f64) -> String {
    match measure.kind() {
        MeasureKind::Share => format.percent_of(value),
        MeasureKind::Points => format.points(value),
        MeasureKind::Number => format.number(value),
    }
}

fn told(format: Format, unit: Unit, own: &Judged, value: Estimate) -> String {
    let write = |value| amount(format, own.measure, value);
    let is_number = own.measure.kind() == MeasureKind::Number;
    let interval =
        (value.low < value.high).then(|| format.range(&write(value.low), &write(value.high)));
    let bound = match own.judgement {
        Judgement::Fail => own.fail,
        _ => own.warn.or(own.fail),
    };
    let held = match own.against {
        Against::Before => own.expected,
        Against::Limit => bound,
    };
    let n = (!is_number).then(|| format.count(value.n));
    let held = held.map(write).unwrap_or_default();
    let shown = (write(value.value), interval);
    wording::value(
        format.0,
        (&shown.0, shown.1.as_deref()),
        n.as_deref(),
        (own.against, unit, &held),
    )
}

/// What could not be judged: a line a rule and reason, with how often.
fn unjudged(format: Format, names: &Names, alerts: &Alerts) -> Vec<String> {
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for own in alerts.judged.iter().filter(|own| own.judgement == Judgement::Unjudged) {
        let Some(reason) = own.reason else { continue };
        let reason = wording::reason(format.0, reason);
        let title = title(format, names, own);
        match lines.iter_mut().find(|(line, _)| *line == reason) {
            Some((_, titles)) => titles.push(title),
            None => lines.push((reason, vec![title])),
        }
    }
    let line = |(reason, titles): (String, Vec<String>)| {
        let more = titles.len().saturating_sub(TITLES);
        let more = if more > 0 { wording::and_more(format.0, more) } else { String::new() };
        format!("{}{more}: {reason}", titles[..titles.len().min(TITLES)].join(", "))
    };
    lines.into_iter().map(line).collect()
}

/// Titles that are told of those that could not be judged for the same reason.
const TITLES: usize = 3;
