//! `report.md`.

use std::fmt::Write as _;

use super::{Letter, List};
use crate::painpoint::findings::Findings;
use crate::report::Reader;

/// The findings as Markdown (CommonMark with the tables of GitHub).
pub(super) fn markdown(findings: &Findings, reader: &Reader) -> String {
    written(&Letter::new(findings, reader))
}

fn written(letter: &Letter) -> String {
    let mut text = format!("# {}\n\n{}\n", plain(&letter.title), letter.basis);
    let mut say = |line: &str| {
        let _ = writeln!(text, "{line}");
    };
    if let Some(introduction) = &letter.introduction {
        say(&format!("\n{}", plain(introduction)));
    }
    if !letter.doubts.is_empty() {
        say(&format!("\n> **{}**", letter.labels.reading_doubtful_title));
        letter.doubts.iter().for_each(|doubt| say(&format!(">\n> - {}", plain(doubt))));
    }
    say(&format!("\n## {}\n", letter.labels.findings_title));
    if letter.headlines.is_empty() {
        say(letter.labels.findings_none);
    }
    for own in &letter.headlines {
        let quoted = plain(own.quoted.as_deref().unwrap_or_default());
        say(&format!(
            "- **{} {}:** {}{quoted}{}",
            own.figure,
            own.unit,
            own.before,
            plain(&own.after)
        ));
    }
    for list in [&letter.pain_points, &letter.delights] {
        say(&format!("\n## {}\n", list.title));
        say(&table(letter, list));
    }
    if !letter.phases.is_empty() {
        let labels = &letter.labels;
        say(&format!("\n## {}\n", labels.journey_title));
        let net = labels.net_sentiment.replace('\u{ad}', "");
        say(&format!("| {} | {} | {net} |\n|---|--:|--:|", labels.phase, labels.mentions));
        for phase in &letter.phases {
            let name = plain(&phase.name);
            say(&format!("| {name} | {} | {} ({}) |", phase.mentions, phase.net, phase.interval));
        }
    }
    say(&format!("\n{} {}", letter.texts.intervals, letter.texts.evidence));
    text
}

fn table(letter: &Letter, list: &List) -> String {
    if list.topics.is_empty() {
        return list.none.to_owned();
    }
    let labels = &letter.labels;
    let mut text = format!(
        "{}\n\n|  |  | {} | {} |\n|--:|---|---|---|",
        letter.order, labels.touchpoint, labels.share
    );
    for (at, own) in list.topics.iter().enumerate() {
        let cost = own.cost.as_ref().map_or(String::new(), |cost| format!(". {cost}"));
        let _ = write!(
            text,
            "\n| {} | {} | {} | {} ({}){cost} |",
            at + 1,
            plain(&own.label),
            plain(&own.touchpoint),
            own.share,
            own.interval
        );
    }
    if let Some(more) = &list.more {
        let _ = write!(text, "\n\n{more}.");
    }
    text
}

/// Text that Markdown takes for nothing but text.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        let is_markup = "\\`*_{}[]<>#|~!$@".contains(char)
            // No address becomes a link.
            || (char == ':' && chars.peek() == Some(&'/'));
        match char {
            _ if char.is_control() => out.push(' '),
            _ if is_markup => out.extend(['\\', char]),
            _ => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::sentence;
    use super::*;
    use crate::report::{ReportLanguage, sample};

    fn markdown(language: ReportLanguage, findings: &Findings) -> String {
        super::markdown(findings, &Reader { language, ..Reader::default() })
    }

    #[test]
    fn the_finding_comes_first() {
        let text = markdown(ReportLanguage::De, &sample::german()).replace('\u{a0}', " ");
        let finding = text.find("Am meisten wiegt „zu spät“ (Lieferung)").unwrap();
        assert!(finding < text.find("## Was Kunden ärgert").unwrap());
        assert!(text.contains("| 1 | zu spät | Lieferung | 12 % (11–\u{2060}13 %)"), "{text}");
    }

    #[test]
    fn customers_words_are_no_markup() {
        let text = markdown(ReportLanguage::En, &sample::hostile());
        assert!(!text.contains("<script>") && text.contains("\\<script\\>"), "{text}");
        assert_eq!(plain("a|b *c*: http://x\u{7}"), "a\\|b \\*c\\*: http\\://x ");
    }

    #[test]
    fn nothing_is_said_to_be_nothing() {
        let text = markdown(ReportLanguage::En, &sample::nothing());
        assert!(text.contains("There are too few mentions for a key finding."));
        assert!(!text.contains('|'));
    }

    #[test]
    fn a_sentence_is_one() {
        let letter = Letter::new(&sample::german(), &Reader::default());
        let told = sentence(&letter.headlines[0], "late");
        assert!(told.contains("“late” (Lieferung)"), "{told}");
    }
}
