//! `summary.eml`: a draft without sender, receiver and date, as RFC 5322 and MIME write it.

use std::fmt::Write as _;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Letter, List, sentence};
use crate::painpoint::findings::Findings;
use crate::report::Reader;

/// Characters of a line (RFC 2045 allows 76 of base64).
const LINE: usize = 76;
/// Bytes of text in an encoded word: base64 of them and what stands around it has 75 characters at most (RFC 2047).
const WORD: usize = 42;

/// The findings as a mail to send.
pub(super) fn mail(findings: &Findings, reader: &Reader) -> String {
    let letter = Letter::new(findings, reader);
    message(&letter.title, &text(&letter))
}

/// The whole message. `X-Unsent` makes mail programs open it as a draft.
pub(super) fn message(title: &str, text: &str) -> String {
    let body = STANDARD.encode(text.replace('\n', "\r\n"));
    let lines: Vec<&str> = body
        .as_bytes()
        .chunks(LINE)
        .map(|line| std::str::from_utf8(line).unwrap_or_default())
        .collect();
    format!(
        "Subject: {}\r\nX-Unsent: 1\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}\r\n",
        subject(title),
        lines.join("\r\n")
    )
}

/// The title as encoded words, a line each.
fn subject(title: &str) -> String {
    let mut words = vec![String::new()];
    for char in title.chars().map(|char| if char.is_control() { ' ' } else { char }) {
        if words.last().is_some_and(|word| word.len() + char.len_utf8() > WORD) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(char);
        }
    }
    let words = words.iter().map(|word| format!("=?utf-8?B?{}?=", STANDARD.encode(word)));
    words.collect::<Vec<_>>().join("\r\n ")
}

/// The text, without markup.
fn text(letter: &Letter) -> String {
    let mut text = format!("{}\n{}\n", line(&letter.title), letter.basis);
    let mut say = |told: &str| {
        let _ = writeln!(text, "{told}");
    };
    if let Some(introduction) = &letter.introduction {
        say(&format!("\n{}", line(introduction)));
    }
    if !letter.doubts.is_empty() {
        say(&format!("\n{}", letter.labels.reading_doubtful_title));
        letter.doubts.iter().for_each(|doubt| say(&format!("- {}", line(doubt))));
    }
    say(&format!("\n{}\n", letter.labels.findings_title.to_uppercase()));
    if letter.headlines.is_empty() {
        say(letter.labels.findings_none);
    }
    for own in &letter.headlines {
        say(&format!("- {}", line(&sentence(own, own.quoted.as_deref().unwrap_or_default()))));
    }
    for list in [&letter.pain_points, &letter.delights] {
        say(&format!("\n{}\n", list.title.to_uppercase()));
        topics(list).iter().for_each(|own| say(own));
    }
    say(&format!("\n{} {}", letter.texts.intervals, letter.texts.evidence));
    text
}

fn topics(list: &List) -> Vec<String> {
    if list.topics.is_empty() {
        return vec![list.none.to_owned()];
    }
    let own = list.topics.iter().enumerate().map(|(at, own)| {
        let cost = own.cost.as_ref().map_or(String::new(), |cost| format!(". {cost}"));
        line(&format!(
            "{:>2}. {} ({}): {} ({}){cost}",
            at + 1,
            own.label,
            own.touchpoint,
            own.share,
            own.interval
        ))
    });
    own.chain(list.more.clone()).collect()
}

/// Text on one line.
fn line(text: &str) -> String {
    text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportLanguage, sample};

    fn mail(findings: &Findings) -> String {
        super::mail(findings, &Reader { language: ReportLanguage::De, ..Reader::default() })
    }

    fn decoded(message: &str) -> String {
        let (_, body) = message.split_once("\r\n\r\n").unwrap();
        let body: String = body.split_whitespace().collect();
        String::from_utf8(STANDARD.decode(body).unwrap()).unwrap()
    }

    #[test]
    fn a_mail_is_one_that_programs_read() {
        let message = mail(&sample::german());
        assert!(message.starts_with("Subject: =?utf-8?B?"));
        assert!(message.split("\r\n").all(|line| line.len() <= LINE && line.is_ascii()));
        assert!(!message.replace("\r\n", "").contains('\n'));
        let text = decoded(&message);
        assert!(text.contains("Am meisten wiegt „zu spät“ (Lieferung)"), "{text}");
    }

    #[test]
    fn no_title_makes_a_header_of_its_own() {
        let evil = subject("Äther\r\nBcc: all@example.com");
        assert!(!evil.contains("Bcc"), "{evil}");
        let long = subject(&"Überschrift ".repeat(20));
        assert!(long.split("\r\n").all(|line| line.len() <= 76), "{long}");
    }
}
