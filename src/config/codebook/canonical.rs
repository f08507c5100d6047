//! A codebook as bytes, always the same for the same codebook: what its SHA-256 is taken of.
//!
//! The format is older than any release that must read it: a change of these bytes is a change of identity,
//! and belongs into the changelog.

use std::collections::BTreeMap;

use super::{Codebook, Localised, Phase, Touchpoint};
use crate::digest::Fingerprint;
use crate::text::Language;

impl Codebook {
    /// SHA-256 of what the codebook says, in hexadecimal; how it is written does not count.
    pub fn sha256(&self) -> String {
        let mut parts = Parts::default();
        parts.list(self.phases(), Parts::phase);
        parts.list(self.touchpoints(), |parts, own| parts.touchpoint(own, self));
        Fingerprint::of_parts(parts.0).hexadecimal(32)
    }
}

/// Texts in their order, each list behind its length.
#[derive(Default)]
struct Parts(Vec<String>);

impl Parts {
    fn text(&mut self, text: &str) {
        self.0.push(text.to_owned());
    }

    fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T, IntoIter: ExactSizeIterator>,
        mut add: impl FnMut(&mut Self, T),
    ) {
        let items = items.into_iter();
        self.text(&items.len().to_string());
        items.for_each(|item| add(self, item));
    }

    fn phase(&mut self, phase: &Phase) {
        self.text(&phase.id);
        self.localised(&phase.names);
    }

    fn touchpoint(&mut self, own: &Touchpoint, codebook: &Codebook) {
        self.text(&own.id);
        self.text(&codebook.phases()[own.phase].id);
        self.text(own.parent.map_or("", |parent| &codebook.touchpoints()[parent].id));
        self.localised(&own.names);
        self.localised(&own.description);
        self.text(if own.controllable { "controllable" } else { "" });
        self.by_language(&own.keyphrases);
        self.list(&own.excludes, |parts, text| parts.text(text));
        self.by_language(&own.examples);
        self.list(&own.problems, |parts, problem| {
            parts.text(&problem.id);
            parts.localised(&problem.name);
            parts.by_language(&problem.examples);
            if problem.first {
                parts.text("first");
            }
        });
        // Codebooks without channels keep the identity that they had before there were any.
        if let Some(channel) = own.channel {
            self.text(channel.name());
        }
    }

    fn localised(&mut self, texts: &Localised) {
        self.list(&texts.0, |parts, (language, text)| {
            parts.text(language.code());
            parts.text(text);
        });
    }

    fn by_language(&mut self, texts: &BTreeMap<Language, Vec<String>>) {
        self.list(texts, |parts, (language, texts)| {
            parts.text(language.code());
            parts.list(texts, |parts, text| parts.text(text));
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The hash of a codebook of one touchpoint, with some lines more.
    fn hash(lines: &str) -> String {
        let source =
            format!("[[touchpoint]]\nid = \"app\"\nphase = \"use\"\nnames = \"App\"\n{lines}");
        Codebook::parse(&source, "codebook.toml").expect("it is a codebook").sha256()
    }

    #[test]
    fn a_codebook_is_known_by_what_it_says_and_not_by_how_it_is_written() {
        let app = hash("keyphrases.en = [\"app\", \"login\"]");
        assert_eq!(app, hash("# the app\nkeyphrases = { en = [ 'app', 'login' ] }"));
        assert_ne!(app, hash("keyphrases.en = [\"app\"]\nexcludes = [\"login\"]"));
        assert_ne!(app, hash("keyphrases.de = [\"app\", \"login\"]"));
        assert_ne!(app, hash("keyphrases.en = [\"app\", \"login\"]\ncontrollable = false"));
        let problem = "problems = [{ id = \"slow\", name = \"Slow\" }]";
        assert_ne!(app, hash(&format!("keyphrases.en = [\"app\", \"login\"]\n{problem}")));
    }
}
