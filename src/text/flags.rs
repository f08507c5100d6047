//! What a mention asks for or threatens: suggestions ("wäre schön, wenn", "you should") and churn
//! signals ("ich kündige", "switching to", "nunca más"), by phrases in seven languages.
//!
//! The phrases stand in `flags/*.txt`, one a line: words as they are written, `a|b` for either, `word*`
//! for any word that starts so, `..` for up to three words between, `...` for up to eight. A churn
//! signal does not count where a negation stands close before it, between its words or right behind it
//! ("ich kündige nicht"), unless the phrase holds one itself. Phrases after a line `[not]` are exceptions: what overlaps one of them is no flag.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::Language;
use super::fold::fold;
use super::words::{Word, is_negation, words};

/// What a mention does beside praising or complaining.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Says what would be better.
    Suggestion,
    /// Says that the customer leaves, has left, or would not come back.
    Churn,
}

impl Flag {
    /// Both, in the order in which they are listed.
    pub const ALL: [Self; 2] = [Self::Suggestion, Self::Churn];

    /// As in `mentions.csv`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Suggestion => "suggestion",
            Self::Churn => "churn",
        }
    }
}

/// A flag, and the words that raise it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Raised {
    /// The flag.
    pub flag: Flag,
    /// Where its words stand, in bytes.
    pub range: Range<usize>,
}

/// The flags that a text raises, each at most once, by its first phrase. A text of no determined
/// language is held against all of them.
pub fn flags(text: &str, language: Language) -> Vec<Raised> {
    let words = words(text);
    Flag::ALL.into_iter().filter_map(|flag| raised(text, &words, flag, language)).collect()
}

fn raised(text: &str, words: &[Word<'_>], flag: Flag, language: Language) -> Option<Raised> {
    let lists = LISTS.iter().filter(|list| {
        list.flag == flag && (language == Language::Und || list.language == language)
    });
    let found =
        lists.filter_map(|list| list.find(words)).min_by_key(|span| (span.start, span.end))?;
    let range = words[found.start].range.start..words[found.end - 1].range.end;
    debug_assert!(text.get(range.clone()).is_some());
    Some(Raised { flag, range })
}

/// Most words between two words of a phrase that are joined by `..`, and by `...`.
const GAPS: [(&str, usize); 2] = [("..", 3), ("...", 8)];

/// Words before a churn signal in which a negation takes it back.
const REACH: usize = 3;

/// The phrases of a language for a flag.
struct List {
    flag: Flag,
    language: Language,
    /// By the first letter of the first word, so that most words are passed over at once.
    phrases: HashMap<char, Vec<Phrase>>,
    exceptions: Vec<Phrase>,
}

/// A phrase: its words in order.
#[derive(Clone)]
struct Phrase(Vec<Part>);

#[derive(Clone)]
struct Part {
    /// Folded words, each with whether more letters may follow.
    words: Vec<(String, bool)>,
    /// How many other words may stand before it.
    gap: usize,
}

static LISTS: LazyLock<Vec<List>> = LazyLock::new(|| {
    use Flag::{Churn, Suggestion};
    use Language::{De, En, Es, Fr, It, Nl, Pt};
    [
        (Suggestion, De, include_str!("flags/suggestion.de.txt")),
        (Suggestion, En, include_str!("flags/suggestion.en.txt")),
        (Suggestion, Es, include_str!("flags/suggestion.es.txt")),
        (Suggestion, Fr, include_str!("flags/suggestion.fr.txt")),
        (Suggestion, It, include_str!("flags/suggestion.it.txt")),
        (Suggestion, Nl, include_str!("flags/suggestion.nl.txt")),
        (Suggestion, Pt, include_str!("flags/suggestion.pt.txt")),
        (Churn, De, include_str!("flags/churn.de.txt")),
        (Churn, En, include_str!("flags/churn.en.txt")),
        (Churn, Es, include_str!("flags/churn.es.txt")),
        (Churn, Fr, include_str!("flags/churn.fr.txt")),
        (Churn, It, include_str!("flags/churn.it.txt")),
        (Churn, Nl, include_str!("flags/churn.nl.txt")),
        (Churn, Pt, include_str!("flags/churn.pt.txt")),
    ]
    .map(|(flag, language, source)| List::parse(flag, language, source))
    .into()
});

impl List {
    fn parse(flag: Flag, language: Language, source: &str) -> Self {
        let lines = source.lines().map(str::trim);
        let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut phrases: HashMap<char, Vec<Phrase>> = HashMap::new();
        for line in lines.by_ref().take_while(|line| *line != "[not]") {
            let phrase = Phrase::parse(line);
            let mut initials = phrase.initials();
            initials.sort_unstable();
            initials.dedup();
            for initial in initials {
                phrases.entry(initial).or_default().push(phrase.clone());
            }
        }
        Self { flag, language, phrases, exceptions: lines.map(Phrase::parse).collect() }
    }

    /// The first phrase among some words, as a span of words; of those that start together the longest.
    fn find(&self, words: &[Word<'_>]) -> Option<Range<usize>> {
        (0..words.len()).find_map(|at| {
            let phrases = self.phrases.get(&words[at].folded.chars().next()?)?;
            let found = phrases.iter().filter_map(|phrase| {
                phrase.matches(words, at).map(|end| (end, phrase.negates(self.language)))
            });
            let (end, negates) = found.max()?;
            let span = at..end;
            let taken_back = self.flag == Flag::Churn && !negates && self.negated(words, &span);
            (!taken_back && !self.excepted(words, &span)).then_some(span)
        })
    }

    fn excepted(&self, words: &[Word<'_>], span: &Range<usize>) -> bool {
        let first = span.start.saturating_sub(REACH);
        (first..span.end).any(|at| {
            let ends = self.exceptions.iter().filter_map(|phrase| phrase.matches(words, at));
            ends.max().is_some_and(|end| end > span.start)
        })
    }

    /// Whether a negation stands close before a span, in it, or right behind it.
    fn negated(&self, words: &[Word<'_>], span: &Range<usize>) -> bool {
        let end = words.len().min(span.end + 1);
        words[span.start.saturating_sub(REACH)..end]
            .iter()
            .any(|word| is_negation(&word.folded, self.language))
    }
}

impl Phrase {
    fn parse(line: &str) -> Self {
        let mut parts = Vec::new();
        let mut gap = 0;
        for token in line.split_whitespace() {
            if let Some((_, most)) = GAPS.iter().find(|(sign, _)| *sign == token) {
                gap = *most;
                continue;
            }
            let words = token.split('|').map(|word| match word.strip_suffix('*') {
                Some(start) => (fold(start), true),
                None => (fold(word), false),
            });
            parts.push(Part { words: words.collect(), gap: std::mem::take(&mut gap) });
        }
        Self(parts)
    }

    /// Whether one of its own words is a negation.
    fn negates(&self, language: Language) -> bool {
        let words = self.0.iter().flat_map(|part| &part.words);
        words.into_iter().any(|(word, _)| is_negation(word, language))
    }

    fn initials(&self) -> Vec<char> {
        let first = self.0.first().map_or(&[][..], |part| &part.words);
        first.iter().filter_map(|(word, _)| word.chars().next()).collect()
    }

    /// Where the phrase ends if it starts at a word.
    fn matches(&self, words: &[Word<'_>], start: usize) -> Option<usize> {
        let (first, rest) = self.0.split_first()?;
        let mut end = start + 1;
        if !first.fits(words.get(start)?) {
            return None;
        }
        for part in rest {
            end += 1
                + (0..=part.gap)
                    .find(|skip| words.get(end + skip).is_some_and(|word| part.fits(word)))?;
        }
        Some(end)
    }
}

impl Part {
    fn fits(&self, word: &Word<'_>) -> bool {
        self.words.iter().any(|(own, open)| {
            if *open { word.folded.starts_with(own) } else { word.folded == *own }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Flag::{Churn, Suggestion};
    use super::*;

    fn raised(text: &str, language: Language) -> Vec<Flag> {
        flags(text, language).into_iter().map(|raised| raised.flag).collect()
    }

    #[test]
    fn suggestions_in_seven_languages() {
        for (language, text) in [
            (Language::De, "Es wäre schön, wenn man die Rechnung als PDF bekäme."),
            (Language::De, "Ich würde mir mehr Personal an der Kasse wünschen."),
            (Language::De, "Man sollte die App auch ohne Konto nutzen können."),
            (Language::En, "It would be great if you offered evening slots."),
            (Language::En, "You should add a dark mode."),
            (Language::En, "I wish there was a way to pause the contract."),
            (Language::Es, "Estaría bien que avisaran antes de venir."),
            (Language::Es, "Deberían abrir los domingos."),
            (Language::Fr, "Il serait bien de pouvoir payer en ligne."),
            (Language::Fr, "Vous devriez proposer plus de créneaux."),
            (Language::It, "Sarebbe bello poter scegliere l'orario."),
            (Language::It, "Dovreste migliorare l'app."),
            (Language::Nl, "Het zou fijn zijn als de factuur duidelijker was."),
            (Language::Nl, "Jullie zouden vaker moeten bellen."),
            (Language::Pt, "Seria bom poder pagar com cartão."),
            (Language::Pt, "Vocês deveriam avisar antes."),
        ] {
            assert_eq!(raised(text, language), [Suggestion], "{text}");
        }
    }

    #[test]
    fn churn_signals_in_seven_languages() {
        for (language, text) in [
            (Language::De, "Nie wieder!"),
            (Language::De, "Ich kündige zum Monatsende."),
            (Language::De, "Habe per Einschreiben gekündigt."),
            (Language::De, "Wir wechseln jetzt zu einem anderen Anbieter."),
            (Language::En, "I'm switching to another provider."),
            (Language::En, "Never again with this airline."),
            (Language::En, "I just cancelled my subscription."),
            (Language::Es, "No vuelvo a comprar aquí."),
            (Language::Es, "Me doy de baja."),
            (Language::Fr, "Plus jamais chez eux."),
            (Language::Fr, "Je vais résilier mon contrat."),
            (Language::It, "Mai più!"),
            (Language::It, "Ho deciso di disdire il contratto."),
            (Language::Nl, "Nooit meer."),
            (Language::Nl, "Ik ga mijn abonnement opzeggen."),
            (Language::Pt, "Nunca mais volto."),
            (Language::Pt, "Vou cancelar o contrato."),
        ] {
            assert_eq!(raised(text, language), [Churn], "{text}");
        }
    }

    #[test]
    fn loyal_and_past_customers_of_others_raise_no_flag() {
        for (language, text) in [
            (Language::De, "Ich werde nicht kündigen."),
            (Language::De, "Der Monteur sollte zwischen 10 und 12 kommen."),
            (Language::De, "Die Kündigungsfrist beträgt einen Monat."),
            (Language::De, "Kündigung per Post, per Mail und per Fax geschickt."),
            (Language::De, "Ich finde gut, dass man hier kündigen kann."),
            (Language::De, "Seit der neuen Version komme ich nicht mehr in mein Konto."),
            (Language::De, "1000 Mbit sollten es sein, bestätigt wurden 250."),
            (Language::De, "Ich komme aus dem Staunen nicht mehr heraus."),
            (Language::De, "Wir konnten leider keine weitere Bestellung aufgeben."),
            (Language::De, "Seit ich zu euch gewechselt bin, läuft das Internet."),
            (Language::De, "Ein großer Unterschied zur Konkurrenz."),
            (Language::En, "All is well since I switched to you."),
            (Language::En, "It is very easy to switch from my current provider."),
            (Language::En, "I had to cancel my contract and then set up a new account."),
            (Language::En, "The agent suggested I cancel my account."),
            (Language::En, "I will not cancel my subscription."),
            (Language::En, "The parcel should have arrived yesterday."),
            (Language::En, "They cancelled my flight."),
            (Language::Fr, "Je ne vais pas résilier."),
            (Language::Es, "No me doy de baja."),
            (Language::En, "Great service, thank you."),
        ] {
            assert_eq!(raised(text, language), [], "{text}");
        }
    }

    #[test]
    fn a_text_of_no_determined_language_is_held_against_all() {
        assert_eq!(raised("never again", Language::Und), [Churn]);
        assert_eq!(raised("nie wieder", Language::Und), [Churn]);
        assert_eq!(raised("nie wieder", Language::En), []);
    }

    #[test]
    fn the_words_that_raise_a_flag_are_told() {
        let text = "Ach ja: wäre schön, wenn ihr anruft";
        let [raised] = &flags(text, Language::De)[..] else { panic!("one flag") };
        assert_eq!(&text[raised.range.clone()], "wäre schön, wenn");
    }

    #[test]
    fn no_phrase_is_empty() {
        for list in LISTS.iter() {
            let phrases = list.phrases.values().flatten().chain(&list.exceptions);
            for phrase in phrases {
                assert!(
                    !phrase.0.is_empty()
                        && phrase
                            .0
                            .iter()
                            .all(|part| { part.words.iter().all(|(word, _)| !word.is_empty()) })
                );
            }
            assert!(!list.phrases.is_empty());
        }
    }
}
