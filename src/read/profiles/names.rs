//! Names and values as profiles give them; a `*` at their start or end stands for anything.

/// The name of a column, whatever its case and the signs between its letters: `ResponseId` is `Response ID`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Name(Pattern);

/// A cell, whatever its case.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Value(Pattern);

#[derive(Clone, Debug, PartialEq)]
struct Pattern {
    core: String,
    open_start: bool,
    open_end: bool,
}

impl Name {
    /// As it is written in a profile; none if nothing is left of it.
    pub(super) fn new(written: &str) -> Option<Self> {
        Pattern::new(written, letters).map(Self)
    }

    /// Whether a column is called so.
    pub(super) fn fits(&self, name: &str) -> bool {
        let of_signs = !self.0.core.contains(char::is_alphanumeric);
        self.0.fits(&if of_signs { lowercase(name) } else { letters(name) })
    }
}

impl Value {
    /// As it is written in a profile; nothing stands for an empty cell. None if it is all stars.
    pub(super) fn new(written: &str) -> Option<Self> {
        match written {
            "" => Some(Self(Pattern { core: String::new(), open_start: false, open_end: false })),
            _ => Pattern::new(written, lowercase).map(Self),
        }
    }

    /// Whether a cell says so.
    pub(super) fn fits(&self, cell: &str) -> bool {
        self.0.fits(&lowercase(cell))
    }
}

impl Pattern {
    fn new(written: &str, normal: impl Fn(&str) -> String) -> Option<Self> {
        let core = normal(written.trim_matches('*'));
        let (open_start, open_end) = (written.starts_with('*'), written.ends_with('*'));
        (!core.is_empty()).then_some(Self { core, open_start, open_end })
    }

    fn fits(&self, text: &str) -> bool {
        match (self.open_start, self.open_end) {
            (false, false) => text == self.core,
            (true, false) => text.ends_with(&self.core),
            (false, true) => text.starts_with(&self.core),
            (true, true) => text.contains(&self.core),
        }
    }
}

/// What is left without signs and case; signs alone are left as they are.
fn letters(text: &str) -> String {
    let letters: String =
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if letters.is_empty() { text.trim().to_owned() } else { letters }
}

fn lowercase(text: &str) -> String {
    text.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_names_the_letters_count_and_stars_stand_for_anything() {
        let fits = |written: &str, name: &str| Name::new(written).unwrap().fits(name);
        assert!(fits("ResponseId", "Response ID") && fits("response_id", "ResponseId"));
        assert!(fits("Antwort*", "Antwort ID") && fits("*_TEXT", "Q3_4_TEXT") && fits("#", "#"));
        assert!(!fits("Status", "Status 2") && fits("*text*", "my texts"));
        assert!(Name::new("*").is_none() && fits("*?", "Why?") && !fits("*?", "Why"));
    }

    #[test]
    fn of_values_every_sign_counts() {
        let fits = |written: &str, cell: &str| Value::new(written).unwrap().fits(cell);
        assert!(fits("RT @*", "rt @somebody: late again") && fits("False", " FALSE "));
        assert!(!fits("RT @*", "RTL was late") && !fits("RT @*", "late again RT @somebody"));
        assert!(fits("", " ") && !fits("", "a"));
    }
}
