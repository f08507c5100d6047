//! What people wrote beside "other" in a closed question: "Where did you buy? - Other - Text".

use super::Answers;
use super::names::SPECIFY;

impl Answers<'_> {
    /// Whether its name says so, or its code: `Q3_4_TEXT` is the text beside the fourth answer to `Q3`.
    pub(super) fn is_beside_other(&self, columns: &[Answers]) -> bool {
        let words = format!(" {}", self.words.join(" "));
        let bracketed = |word: &&str| {
            let name = self.name.to_lowercase();
            name.ends_with(&format!("[{word}]")) || name.ends_with(&format!(" - {word}"))
        };
        SPECIFY.iter().any(|phrase| words.ends_with(&format!(" {phrase}")))
            || [
                "other",
                "sonstiges",
                "sonstige",
                "andere",
                "autre",
                "otro",
                "altro",
                "outro",
                "anders",
            ]
            .iter()
            .any(bracketed)
            || self.is_text_of_choice(columns)
    }

    fn is_text_of_choice(&self, columns: &[Answers]) -> bool {
        let code = |name: &str| name.split_whitespace().next().unwrap_or_default().to_uppercase();
        let own = code(self.name);
        let Some(choice) = own.strip_suffix("_TEXT") else { return false };
        let Some((question, number)) = choice.rsplit_once('_') else { return false };
        let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        let codes = || columns.iter().map(|own| code(own.name));
        is_number && codes().any(|other| other == question || other == choice)
    }
}
