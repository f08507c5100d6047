//! Scales whose steps are words: from "very dissatisfied" to "very satisfied".

use std::sync::LazyLock;

use crate::read::value::word::plain;

/// The scales, one a line; see the file's head.
const SCALES: &str = include_str!("scales.txt");

/// A scale of words.
#[derive(Debug)]
pub(crate) struct WordScale {
    /// What its words say: "satisfaction", "quality" or "agreement".
    pub(crate) topic: &'static str,
    /// The steps from the worst to the best, each by the words for it.
    steps: Vec<Vec<String>>,
}

static ALL: LazyLock<Vec<WordScale>> = LazyLock::new(|| {
    let lines = SCALES.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(':')).map(WordScale::of).collect()
});

impl WordScale {
    fn of((topic, steps): (&'static str, &'static str)) -> Self {
        let words = |step: &str| step.split('/').map(phrase).collect();
        Self { topic, steps: steps.split('|').map(words).collect() }
    }

    /// All scales.
    pub(crate) fn all() -> impl Iterator<Item = &'static Self> {
        ALL.iter()
    }

    /// Highest step; the lowest is 1.
    pub(crate) fn highest(&self) -> f64 {
        self.steps.len() as f64
    }

    /// The step of a cell.
    pub(crate) fn step(&self, cell: &str) -> Option<f64> {
        self.step_of(&phrase(cell))
    }

    /// The step of a [`phrase`].
    pub(crate) fn step_of(&self, phrase: &str) -> Option<f64> {
        let step = self.steps.iter().position(|words| words.iter().any(|own| own == phrase))?;
        Some((step + 1) as f64)
    }
}

/// Words without case, accents, signs and grammatical gender.
pub(crate) fn phrase(text: &str) -> String {
    let spoken = text.replace("(e)", "").replace("·e", "").replace("/a", "").replace("(a)", "");
    let plain = plain(&spoken);
    let words = plain.split(|c: char| !(c.is_alphanumeric() || c as u32 > 0x2190) || c == '’');
    let words = words.filter(|word| !word.is_empty() && *word != "\u{fe0f}");
    words.map(neutral).collect::<Vec<_>>().join(" ")
}

/// The form of a word for men, which the scales use.
fn neutral(word: &str) -> String {
    for (ending, other) in [
        ("satisfaites", "satisfait"),
        ("satisfaite", "satisfait"),
        ("satisfaits", "satisfait"),
        ("satisfecha", "satisfecho"),
        ("soddisfatta", "soddisfatto"),
        ("satisfeita", "satisfeito"),
    ] {
        if let Some(start) = word.strip_suffix(ending) {
            return format!("{start}{other}");
        }
    }
    word.to_owned()
}
