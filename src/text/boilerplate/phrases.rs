//! The phrases that tell boilerplate: `phrases.txt`, in sections.

use std::sync::LazyLock;

/// What phrases of a section tell.
#[derive(Clone, Copy, Debug)]
pub(super) enum Section {
    /// A line greets; a name may follow.
    Salutations,
    /// A line takes leave; a name and a signature may follow.
    Closings,
    /// The same, if a name follows: "Cheers, Tom".
    ShortClosings,
    /// Thanks, which are a closing where a name follows in a line of its own.
    Thanks,
    /// Quoted or forwarded mail comes, which ends all that is the customer's.
    Ends,
    /// A disclaimer, the same.
    Disclaimers,
    /// Programs and websites added the line.
    Added,
    /// The owner's reply comes, if one of the repliers stands beside it.
    Replies,
    /// Who replies.
    Repliers,
    /// How owners begin a reply.
    ThanksOfOwners,
    /// What websites put before a text.
    Prefixes,
    /// What websites put behind a text, which may touch it.
    Suffixes,
    /// Buttons and marks of websites, in a line of their own.
    Leftovers,
    /// How many found a text helpful.
    Helpful,
    /// When or whence the customer came.
    Visits,
    /// Names of facts: "Device: Pixel 7".
    Labels,
    /// Those of the head of a mail.
    Headers,
    /// Names of fields of text, which the text follows.
    Messages,
    /// Questions of surveys.
    Questions,
    /// The text is a translation.
    Translated,
    /// The original comes.
    Original,
}

/// The sections, by their names in the file.
const SECTIONS: [(&str, Section); 21] = [
    ("salutations", Section::Salutations),
    ("closings", Section::Closings),
    ("short_closings", Section::ShortClosings),
    ("thanks", Section::Thanks),
    ("ends", Section::Ends),
    ("disclaimers", Section::Disclaimers),
    ("added", Section::Added),
    ("replies", Section::Replies),
    ("repliers", Section::Repliers),
    ("thanks_of_owners", Section::ThanksOfOwners),
    ("prefixes", Section::Prefixes),
    ("suffixes", Section::Suffixes),
    ("leftovers", Section::Leftovers),
    ("helpful", Section::Helpful),
    ("visits", Section::Visits),
    ("labels", Section::Labels),
    ("headers", Section::Headers),
    ("messages", Section::Messages),
    ("questions", Section::Questions),
    ("translated", Section::Translated),
    ("original", Section::Original),
];

/// Phrases, the longest first, and the bytes with which they begin: most lines begin with none of them.
#[derive(Default)]
struct Phrases {
    all: Vec<&'static str>,
    first: [u128; 2],
}

static PHRASES: LazyLock<[Phrases; SECTIONS.len()]> = LazyLock::new(|| {
    let mut phrases: [Phrases; SECTIONS.len()] = Default::default();
    let mut section = Section::Salutations;
    for line in include_str!("phrases.txt").lines().filter(|line| !line.starts_with("# ")) {
        let name = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
        match SECTIONS.iter().find(|(known, _)| name == Some(known)) {
            Some((_, known)) => section = *known,
            None => phrases[section as usize].all.push(line),
        }
    }
    for own in &mut phrases {
        // The longest first: "viele liebe grüße" before "viele".
        own.all.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        for byte in own.all.iter().filter_map(|phrase| phrase.bytes().next()) {
            own.first[usize::from(byte >> 7)] |= 1 << (byte & 127);
        }
    }
    phrases
});

/// The phrases of a section, the longest first.
pub(super) fn phrases(section: Section) -> &'static [&'static str] {
    &PHRASES[section as usize].all
}

/// Characters that the longest phrase may have.
const MAX_CHARS: usize = 48;

/// The beginning of a line in lower case, to hold against lists: most lines start with nothing in them.
pub(super) struct Head<'t> {
    /// The line.
    pub line: &'t str,
    lower: String,
}

impl<'t> Head<'t> {
    pub(super) fn of(line: &'t str) -> Self {
        Self { line, lower: line.chars().take(MAX_CHARS).flat_map(char::to_lowercase).collect() }
    }

    /// Those of a section that begin with the same byte, if there are any.
    fn candidates(&self, section: Section) -> &'static [&'static str] {
        let Phrases { all, first } = &PHRASES[section as usize];
        let Some(byte) = self.lower.bytes().next() else { return &[] };
        let begins = first[usize::from(byte >> 7)] & 1 << (byte & 127) != 0;
        if begins { all } else { &[] }
    }

    /// Length in the line of what it starts with out of a section.
    pub(super) fn starts(&self, section: Section) -> Option<usize> {
        let phrase =
            self.candidates(section).iter().find(|phrase| self.lower.starts_with(**phrase))?;
        let mut chars = self.line.char_indices();
        Some(chars.nth(phrase.chars().count()).map_or(self.line.len(), |(end, _)| end))
    }

    /// The same, if a word ends there.
    pub(super) fn starts_word(&self, section: Section) -> Option<usize> {
        let ends = |phrase: &&&str| {
            self.lower.strip_prefix(**phrase).is_some_and(|rest| {
                phrase.ends_with(' ') || !rest.starts_with(char::is_alphanumeric)
            })
        };
        let phrase = self.candidates(section).iter().find(ends)?;
        let mut chars = self.line.char_indices();
        Some(chars.nth(phrase.chars().count()).map_or(self.line.len(), |(end, _)| end))
    }

    /// Whether it has one of these, in lower case.
    pub(super) fn lower_contains(&self, parts: &[&str]) -> bool {
        parts.iter().any(|part| self.lower.contains(part))
    }

    /// Whether it is one of a section, and nothing else.
    pub(super) fn is(&self, section: Section) -> bool {
        let bare = self.lower.trim_end_matches(['.', ':', '!', '…', ' ']);
        phrases(section).contains(&bare)
    }
}

/// Where in `text` what it ends with out of a section starts, whatever its case.
pub(super) fn ends(text: &str, section: Section) -> Option<usize> {
    let from = text.char_indices().rev().take(MAX_CHARS).last().map_or(0, |(at, _)| at);
    let lower = text[from..].to_lowercase();
    let phrase = phrases(section).iter().find(|phrase| lower.ends_with(**phrase))?;
    text.char_indices().rev().nth(phrase.chars().count() - 1).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_has_phrases_in_lower_case_that_are_short_enough() {
        for (name, section) in SECTIONS {
            assert!(!phrases(section).is_empty(), "{name}");
            for phrase in phrases(section) {
                assert_eq!(phrase.to_lowercase(), *phrase);
                assert!(phrase.chars().count() <= MAX_CHARS, "{phrase}");
            }
        }
    }
}
