//! The texts of alerts and of the history of runs, German beside English.

use super::super::ReportLanguage::{self, De, En};
use crate::painpoint::findings::{Against, Judgement, Measure, Reason, Sensitivity};
use crate::tally::period::Unit;

/// Texts without figures.
pub(crate) struct AlertTexts {
    /// Heading where there are rules.
    pub(crate) title: &'static str,
    /// That nothing is to be told.
    pub(crate) none: &'static str,
    /// That no rule is set.
    pub(crate) no_rules: &'static str,
    /// Heading of what could not be judged.
    pub(crate) unjudged: &'static str,
    /// That the run before had no such alarm.
    pub(crate) new: &'static str,
}

impl AlertTexts {
    /// The texts in a language.
    pub(crate) fn of(language: ReportLanguage) -> Self {
        match language {
            De => Self {
                title: "Alarme",
                none: "Kein Alarm.",
                no_rules: "Es sind keine Regeln für Alarme gesetzt.",
                unjudged: "Nicht zu beurteilen",
                new: "neu",
            },
            En => Self {
                title: "Alerts",
                none: "No alert.",
                no_rules: "No rules for alerts are set.",
                unjudged: "Could not be judged",
                new: "new",
            },
        }
    }
}

/// How bad it is.
pub(crate) fn judgement(language: ReportLanguage, judgement: Judgement) -> &'static str {
    match (language, judgement) {
        (De, Judgement::Fail) => "Alarm",
        (De, Judgement::Warn) => "Warnung",
        (De, Judgement::Unjudged) => "nicht zu beurteilen",
        (De, Judgement::Quiet) => "unauffällig",
        (En, Judgement::Fail) => "Failure",
        (En, Judgement::Warn) => "Warning",
        (En, Judgement::Unjudged) => "not judged",
        (En, Judgement::Quiet) => "quiet",
    }
}

/// What was looked at. `about` is the name of its touchpoint or pain point.
pub(crate) fn measured(language: ReportLanguage, measure: Measure, about: Option<&str>) -> String {
    let plain = match (language, measure) {
        (De, Measure::Complaints) => "Rückmeldungen mit einer Klage",
        (En, Measure::Complaints) => "Feedback that complains",
        (De, Measure::PainPoint) => "Schmerzpunkt",
        (En, Measure::PainPoint) => "Pain point",
        (De, Measure::NewPainPoint) => "Neuer Schmerzpunkt",
        (En, Measure::NewPainPoint) => "New pain point",
        (_, Measure::Nps) => "NPS",
        (De, Measure::Csat) => "CSAT, Anteil zufriedener Urteile",
        (En, Measure::Csat) => "CSAT, share of satisfied ratings",
        (De, Measure::NetSentiment) => "Stimmungssaldo",
        (En, Measure::NetSentiment) => "Net sentiment",
        (De, Measure::Volume) => "Zahl der Rückmeldungen",
        (En, Measure::Volume) => "Amount of feedback",
        (De, Measure::Age) => "Tage seit der neuesten Rückmeldung",
        (En, Measure::Age) => "Days since the newest feedback",
        (De, Measure::Rejects) => "Zeilen, die nicht zu lesen waren",
        (En, Measure::Rejects) => "Rows that could not be read",
        (De, Measure::Doubts) => "Zweifel beim Lesen",
        (En, Measure::Doubts) => "Doubts about the reading",
        (De, Measure::OtherLanguages) => "Rückmeldungen in Sprachen, die nicht ausgewertet werden",
        (En, Measure::OtherLanguages) => "Feedback in languages that are not served",
        (De, Measure::Coverage) => "Negative Nennungen, die in einem Schmerzpunkt sind",
        (En, Measure::Coverage) => "Negative mentions that are in a pain point",
        (De, Measure::Cries) => "Negative Nennungen, die kein Problem nennen",
        (En, Measure::Cries) => "Negative mentions that name no problem",
    };
    match (language, measure, about) {
        (_, _, None) => plain.to_owned(),
        (De, Measure::Complaints, Some(about)) => format!("Klagen zu „{about}“"),
        (En, Measure::Complaints, Some(about)) => format!("Complaints about “{about}”"),
        (De, _, Some(about)) => format!("{plain} „{about}“"),
        (En, _, Some(about)) => format!("{plain} “{about}”"),
    }
}

/// A value with what it is held against. `n` is of how many.
pub(crate) fn value(
    language: ReportLanguage,
    (value, interval): (&str, Option<&str>),
    n: Option<&str>,
    (against, unit, held): (Against, Unit, &str),
) -> String {
    let n = n.map_or(String::new(), |n| format!("n = {n}"));
    let unsure = match (language, interval) {
        (_, None) => String::new(),
        (De, Some(own)) => format!("Unsicherheit {own}"),
        (En, Some(own)) => format!("uncertainty {own}"),
    };
    let both: Vec<String> = [unsure, n].into_iter().filter(|own| !own.is_empty()).collect();
    let both = if both.is_empty() { String::new() } else { format!(" ({})", both.join("; ")) };
    let held = match (language, against) {
        (De, Against::Before) => {
            let before = match unit {
                Unit::Day => "an den Tagen davor",
                Unit::Week => "in den Wochen davor",
                Unit::Month => "in den Monaten davor",
            };
            format!("{before} zusammen {held}")
        }
        (En, Against::Before) => {
            let before = match unit {
                Unit::Day => "days",
                Unit::Week => "weeks",
                Unit::Month => "months",
            };
            format!("in the {before} before together {held}")
        }
        (De, Against::Limit) => format!("Grenze {held}"),
        (En, Against::Limit) => format!("limit {held}"),
    };
    format!("{value}{both}; {held}")
}

/// The group of customers that it is about.
pub(crate) fn of_segment(language: ReportLanguage, segment: &str) -> String {
    match language {
        De => format!("nur {segment}"),
        En => format!("only {segment}"),
    }
}

/// Why something could not be judged.
pub(crate) fn reason(language: ReportLanguage, reason: Reason) -> String {
    match (language, reason) {
        (De, Reason::NoDates) => "die Daten haben kein Datum".to_owned(),
        (En, Reason::NoDates) => "the data have no dates".to_owned(),
        (De, Reason::NoPeriod) => "noch ist kein Zeitraum abgeschlossen".to_owned(),
        (En, Reason::NoPeriod) => "no period is over yet".to_owned(),
        (De, Reason::FewPeriods { there_are, needed }) => {
            format!("erst {there_are} von {needed} nötigen Zeiträumen davor, in denen es vorkam")
        }
        (En, Reason::FewPeriods { there_are, needed }) => {
            format!("found in only {there_are} of the {needed} earlier periods that it takes")
        }
        (De, Reason::Little { n, needed }) => format!("nur {n} von {needed} nötigen Angaben"),
        (En, Reason::Little { n, needed }) => {
            format!("only {n} of {needed} answers that are needed")
        }
        (De, Reason::NoScores) => "die Daten haben keine solchen Noten".to_owned(),
        (En, Reason::NoScores) => "there are no such scores".to_owned(),
        (De, Reason::NoSuch) => "das gibt es in den Daten nicht".to_owned(),
        (En, Reason::NoSuch) => "the data have no such thing".to_owned(),
        (De, Reason::NoEarlierRun) => "es gibt keinen früheren Lauf".to_owned(),
        (En, Reason::NoEarlierRun) => "there is no earlier run".to_owned(),
    }
}

/// What was judged, and how sure an alarm is. `period` is empty where none is over.
pub(crate) fn basis(
    language: ReportLanguage,
    unit: Unit,
    period: Option<&str>,
    sensitivity: Sensitivity,
    quiet: &str,
) -> String {
    let one_in = match sensitivity {
        Sensitivity::Calm => 1000,
        Sensitivity::Normal => 100,
        Sensitivity::Alert => 20,
    };
    match language {
        De => {
            let (unit, units) = match unit {
                Unit::Day => ("der letzte volle Tag", "Tagen"),
                Unit::Week => ("die letzte volle Woche", "Wochen"),
                Unit::Month => ("der letzte volle Monat", "Monaten"),
            };
            let period =
                period.map_or(String::new(), |own| format!("Geprüft wurde {unit}, {own}. "));
            format!(
                "{period}Weitere Prüfungen ohne Alarm: {quiet}. Das heißt nicht, dass sich dort nichts geändert hat: Was nicht \
                 weit über dem üblichen Auf und Ab liegt, und was sich langsam ändert, löst keinen Alarm aus. Hätte sich \
                 nirgends etwas geändert, so gäbe es in höchstens einem von {one_in} {units} überhaupt einen Alarm."
            )
        }
        En => {
            let (unit, units) = match unit {
                Unit::Day => ("the last whole day", "days"),
                Unit::Week => ("the last whole week", "weeks"),
                Unit::Month => ("the last whole month", "months"),
            };
            let period =
                period.map_or(String::new(), |own| format!("What was checked is {unit}, {own}. "));
            format!(
                "{period}Other checks without an alert: {quiet}. That does not mean that nothing has changed there: what is \
                 not far beyond the usual ups and downs, and what changes slowly, raises none. Had nothing changed \
                 anywhere, there would be any alert at all in one of {one_in} {units} at most."
            )
        }
    }
}

/// That there are more than are named.
pub(crate) fn and_more(language: ReportLanguage, more: usize) -> String {
    match language {
        De => format!(" und {more} weitere"),
        En => format!(" and {more} more"),
    }
}

/// The subject of a mail of alerts.
pub(crate) fn subject(language: ReportLanguage, alarms: &str, title: &str) -> String {
    match language {
        De => format!("{alarms}: {title}"),
        En => format!("{alarms}: {title}"),
    }
}

/// So many failures and warnings; nothing of either where there is none.
pub(crate) fn counted(language: ReportLanguage, fails: usize, warns: usize) -> String {
    let noun = |count: usize, [one, many]: [&str; 2]| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    };
    let words = match language {
        De => [["Alarm", "Alarme"], ["Warnung", "Warnungen"]],
        En => [["failure", "failures"], ["warning", "warnings"]],
    };
    let both = [noun(fails, words[0]), noun(warns, words[1])];
    let both: Vec<String> = both.into_iter().flatten().collect();
    match both.is_empty() {
        true => AlertTexts::of(language).none.trim_end_matches('.').to_owned(),
        false => both.join(", "),
    }
}

/// What history is of.
pub(crate) fn history(
    language: ReportLanguage,
    [runs, feedback]: [&str; 2],
    undated: Option<&str>,
) -> String {
    match language {
        De => format!(
            "{runs} Läufe zusammen, {feedback} Rückmeldungen, jede einmal{}. Der letzte Zeitraum kann noch wachsen, wenn er \
             nicht zu Ende ist.",
            undated.map_or(String::new(), |own| format!(
                " ({own} ohne Datum sind in keinem Zeitraum)"
            ))
        ),
        En => format!(
            "{runs} runs together, {feedback} pieces of feedback, each once{}. The last period may still grow where it is not \
             over.",
            undated.map_or(String::new(), |own| format!(
                " (without a usable date and in no period: {own})"
            ))
        ),
    }
}

/// What a period is called.
pub(crate) fn unit(language: ReportLanguage, unit: Unit) -> &'static str {
    match (language, unit) {
        (De, Unit::Day) => "Tag",
        (De, Unit::Week) => "Woche ab",
        (De, Unit::Month) => "Monat ab",
        (En, Unit::Day) => "Day",
        (En, Unit::Week) => "Week from",
        (En, Unit::Month) => "Month from",
    }
}

/// That feedback moved from one topic to another.
pub(crate) fn moved(
    language: ReportLanguage,
    [from, into]: [&str; 2],
    [count, of]: [&str; 2],
) -> String {
    match language {
        De => format!("{count} von {of} Rückmeldungen aus „{from}“ sind jetzt in „{into}“"),
        En => format!("{count} of {of} pieces of feedback of “{from}” are now in “{into}”"),
    }
}

/// In how many runs a topic was told.
pub(crate) fn seen(language: ReportLanguage, [runs, since]: [&str; 2]) -> String {
    match language {
        De if runs == "1" => format!("zum ersten Mal, im {since}. Lauf"),
        En if runs == "1" => format!("for the first time, in run {since}"),
        De => format!("in {runs} Läufen, zuerst im {since}."),
        En => format!("in {runs} runs, first in run {since}"),
    }
}
