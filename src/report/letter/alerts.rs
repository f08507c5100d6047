//! `alerts.md` and `alerts.eml`: what rules came to, to be sent on.

use std::fmt::Write as _;

use super::mail::message;
use super::markdown::plain;
use crate::painpoint::findings::Findings;
use crate::report::Reader;
use crate::report::alarms::Alarms;
use crate::report::words::Names;
use crate::report::words::alerts::{AlertTexts, subject};
use crate::report::words::format::Format;
use crate::report::words::labels::Labels;

/// What rules came to, as Markdown.
pub(super) fn alerts_markdown(findings: &Findings, reader: &Reader) -> String {
    let digest = Digest::new(findings, reader);
    format!("# {}\n\n{}", plain(&digest.subject), digest.text(plain))
}

/// What rules came to, as a mail to send.
pub(super) fn alerts_mail(findings: &Findings, reader: &Reader) -> String {
    let digest = Digest::new(findings, reader);
    message(&digest.subject, &digest.text(str::to_owned))
}

/// What is sent.
struct Digest {
    subject: String,
    texts: AlertTexts,
    alarms: Option<Alarms>,
}

impl Digest {
    fn new(findings: &Findings, reader: &Reader) -> Self {
        let language = reader.language;
        let labels = Labels::of(language);
        let texts = AlertTexts::of(language);
        let names = Names::new(language, &findings.summary);
        let alarms = Alarms::new(Format(language), &names, findings);
        let presentation = &reader.presentation;
        let title = presentation.title.clone().unwrap_or_else(|| labels.title.to_owned());
        let title =
            presentation.company.as_ref().map_or(title.clone(), |own| format!("{own}: {title}"));
        let counted = alarms.as_ref().map_or(texts.title, |own| own.counted.as_str());
        // What is wrong belongs where it is seen first.
        let first = alarms.iter().flat_map(|own| &own.alarms).next();
        let first = first.map_or(title, |own| own.title.clone());
        Self { subject: subject(language, counted, &first), texts, alarms }
    }

    /// The text, in which `plain` writes what is not ours.
    fn text(&self, plain: impl Fn(&str) -> String) -> String {
        let mut text = String::new();
        let mut say = |line: &str| {
            let _ = writeln!(text, "{line}");
        };
        let Some(own) = &self.alarms else {
            say(self.texts.no_rules);
            return text;
        };
        if own.alarms.is_empty() {
            say(self.texts.none);
        }
        for alarm in &own.alarms {
            let new = if alarm.new { format!(" ({})", self.texts.new) } else { String::new() };
            let (title, told) = (plain(&alarm.title), plain(&alarm.told));
            say(&format!("- {}{new}: {title}: {told}", alarm.level));
        }
        if !own.unjudged.is_empty() {
            say(&format!("\n{}:\n", self.texts.unjudged));
            own.unjudged.iter().for_each(|line| say(&format!("- {}", plain(line))));
        }
        say(&format!("\n{}", own.basis));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportLanguage, sample};

    fn markdown(language: ReportLanguage, findings: &Findings) -> String {
        let reader = Reader { language, ..Reader::default() };
        alerts_markdown(findings, &reader).replace(['\u{a0}', '\u{2060}'], " ")
    }

    #[test]
    fn a_digest_says_what_is_wrong_how_much_and_against_what() {
        let text = markdown(ReportLanguage::De, &sample::alerted());
        assert!(text.starts_with("# 1 Alarm, 1 Warnung: Schmerzpunkt „zu spät“"), "{text}");
        let alarm = "- Alarm (neu): Schmerzpunkt „zu spät“: 14 % (Unsicherheit 10 % bis 20 %; n = 214); in den Wochen \
                     davor zusammen 6,1 %";
        assert!(text.contains(alarm), "{text}");
        assert!(text.contains("- Warnung: Klagen zu „Lieferung“: 14 %"), "{text}");
        assert!(text.contains("NPS: die Daten haben keine solchen Noten"), "{text}");
        assert!(text.contains("einem von 100 Wochen"), "{text}");
    }

    #[test]
    fn without_rules_it_says_so() {
        let text = markdown(ReportLanguage::En, &sample::german());
        assert!(text.contains("No rules for alerts are set."), "{text}");
    }
}
