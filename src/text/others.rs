//! Sentences in languages that are not served: their script tells, else their function words and letters.
//!
//! Precision comes first: a name, a dialect, a slip of the keyboard or a word that everybody knows is no other
//! language. What nothing tells is left to the languages that are served.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::{UnicodeNormalization, is_nfc};
use whatlang::{Lang, Script, detect};

use super::lexicon::{SOURCES, entries};
use super::plain::plain;
use super::split::sentences_of;

/// Function words of other languages: a section a language.
const SOURCE: &str = include_str!("stopwords/others.txt");

/// The number of sections.
const COUNT: usize = 23;

/// A word: the sections that have it as bits, and whether a served language has it.
#[derive(Clone, Copy, Default)]
struct Listed {
    sections: u32,
    served: bool,
}

/// The words of all lists.
static LISTED: LazyLock<HashMap<&'static str, Listed>> = LazyLock::new(|| {
    let mut listed: HashMap<&'static str, Listed> = HashMap::new();
    let mut section = 0;
    for line in SOURCE.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with('[') {
            section += 1;
            continue;
        }
        for word in line.split_whitespace() {
            listed.entry(word).or_default().sections |= 1 << (section - 1);
        }
    }
    for (_, source) in SOURCES {
        entries(source).for_each(|(_, word)| listed.entry(word).or_default().served = true);
    }
    listed
});

fn listed(lower: &str) -> Listed {
    LISTED.get(lower).copied().unwrap_or_default()
}

/// The sentences of `text` that are in a language that is not served, as byte ranges, in order and apart.
pub fn in_other_languages(text: &str) -> Vec<Range<usize>> {
    let whole = Signs::of(text);
    // Most cells: nothing speaks for another language, and enough for one that is served.
    if whole.is_plainly_served() {
        return Vec::new();
    }
    let sentences = sentences_of(text);
    let signs: Vec<Signs> = sentences.iter().map(|own| Signs::of(&text[own.clone()])).collect();
    let is_other = whole.tell_of_another(text);
    let found = sentences.into_iter().zip(&signs).filter(|(range, own)| match is_other {
        true => !own.speak_for_served(),
        false => signs.len() > 1 && own.tell_of_another(&text[range.clone()]),
    });
    found.map(|(range, _)| range).collect()
}

/// What in a text speaks for languages that are served, and for others.
#[derive(Clone, Debug, Default)]
struct Signs {
    /// Words in letters of the Latin script.
    words: usize,
    /// Words in letters of others; signs of Chinese and Japanese each.
    foreign: usize,
    /// Words of served languages alone, and half of those that others have, too.
    served: f32,
    /// Words of other languages, the same way.
    other: [f32; COUNT],
    /// Words with letters that no served language has.
    letters: f32,
    /// Whether there is a word or a letter that other languages alone have.
    telling: bool,
    /// Whether a word of other languages is no short one, which stands anywhere, and no name.
    sure: bool,
}

/// What a word with a letter that no served language has is worth: little, if it may be a name.
const LETTER: f32 = 0.8;
const LETTER_OF_NAME: f32 = 0.4;

/// Shortest word that may tell a language alone.
const SHORTEST_ALONE: usize = 5;

impl Signs {
    fn of(text: &str) -> Self {
        let plain = plain(text).text;
        let text: Cow<'_, str> =
            if is_nfc(&plain) { plain } else { Cow::Owned(plain.nfc().collect()) };
        let mut signs = Self::default();
        let mut lower = String::new();
        for token in text.split_whitespace().filter(|token| !is_address(token)) {
            for word in token.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’') {
                let word = word.trim_matches(['\'', '’']);
                if !word.is_empty() {
                    lower.clear();
                    lower.extend(word.chars().flat_map(char::to_lowercase));
                    signs.look_at(word, &lower);
                }
            }
        }
        signs
    }

    fn look_at(&mut self, word: &str, lower: &str) {
        let foreign = word.chars().filter(|&c| is_of_other_script(c)).count();
        if 2 * foreign > word.chars().count() {
            // A letter alone is a formula or a face: "β", "ಠ_ಠ".
            self.foreign += match word.chars().any(is_ideograph) {
                true => word.chars().filter(|&c| is_ideograph(c)).count(),
                false => usize::from(foreign > 1),
            };
            return;
        }
        self.words += 1;
        let Listed { sections, served: is_served } = listed(lower);
        let weight = if is_served { 0.5 } else { 1.0 };
        if is_served {
            // Words of a letter are those of many languages.
            let is_letter = word.chars().count() == 1;
            self.served += if sections == 0 && !is_letter { 1.0 } else { 0.5 };
        }
        let is_long = lower.chars().count() >= if lower.is_ascii() { 4 } else { 3 };
        let is_name = word != lower && self.words > 1;
        self.telling |= sections != 0 && !is_served;
        self.sure |= sections != 0 && !is_served && is_long && !is_name;
        if sections != 0 {
            for (index, votes) in self.other.iter_mut().enumerate() {
                if sections & 1 << index != 0 {
                    *votes += weight;
                }
            }
        }
        if sections == 0 && !is_served {
            if word.chars().any(is_of_other_language) {
                self.telling = true;
                self.letters += if word == lower { LETTER } else { LETTER_OF_NAME };
            } else if word.chars().any(|c| matches!(c, 'ß' | 'ñ' | 'ã' | 'œ' | 'ê' | 'ù')) {
                self.served += 0.5;
            } else if let Some((before, after)) = lower.split_once(['\'', '’'])
                && (listed(before).served || before.len() <= 2)
                && after.len() > 1
            {
                self.served += 0.5;
            }
        }
    }

    /// What speaks for the one of the other languages for which most does.
    fn most(&self) -> f32 {
        self.other.iter().copied().fold(0.0, f32::max) + self.letters
    }

    fn is_plainly_served(&self) -> bool {
        let is_enough = self.served >= 1.0 && self.served >= 0.2 * self.words as f32;
        self.foreign == 0 && (self.words == 0 || !self.telling && is_enough)
    }

    /// Whether it is kept beside sentences in another language.
    fn speak_for_served(&self) -> bool {
        self.foreign <= self.words
            && self.served > self.most()
            && (self.words > 2 || self.served >= 2.0)
    }

    fn tell_of_another(&self, text: &str) -> bool {
        if self.foreign > 0 {
            return self.foreign >= self.words;
        }
        let most = self.most();
        if self.words == 1 {
            let length = text.chars().filter(|c| c.is_alphabetic()).count();
            return self.sure && length >= SHORTEST_ALONE;
        }
        let is_clear = most >= 1.5 && most >= 1.5 * self.served;
        let is_alone = self.sure && self.served == 0.0;
        is_clear || is_alone || self.words >= FEWEST_WORDS_FOR_TRIGRAMS && self.trigrams_tell(text)
    }

    /// Whether trigrams are sure of another language, where words say little.
    fn trigrams_tell(&self, text: &str) -> bool {
        let most = self.most();
        if self.served > 0.2 * self.words as f32 && self.served > most {
            return false;
        }
        let Some(info) = detect(text) else { return false };
        if info.script() != Script::Latin || is_served(info.lang()) {
            return false;
        }
        let is_backed = most >= 1.0 && most > 1.5 * self.served;
        match is_backed {
            true => info.confidence() >= 0.5,
            false => {
                self.words >= FEWEST_WORDS_FOR_TRIGRAMS_ALONE
                    && is_told_by_trigrams(info.lang())
                    && info.is_reliable()
                    && self.served <= 0.1 * self.words as f32
            }
        }
    }
}

/// Trigrams of fewer words are a guess.
const FEWEST_WORDS_FOR_TRIGRAMS: usize = 3;
const FEWEST_WORDS_FOR_TRIGRAMS_ALONE: usize = 8;

/// Links, handles and addresses are of no language.
fn is_address(token: &str) -> bool {
    token.contains('@') || token.starts_with("http") || token.starts_with("www.")
}

fn is_served(language: Lang) -> bool {
    use Lang::{Deu, Eng, Fra, Ita, Nld, Por, Spa};
    matches!(language, Deu | Eng | Fra | Ita | Nld | Por | Spa)
}

/// Languages that trigrams do not mistake dialects of the served ones for.
fn is_told_by_trigrams(language: Lang) -> bool {
    use Lang::{Ces, Est, Fin, Hrv, Hun, Ind, Lav, Lit, Pol, Ron, Slk, Slv, Tur, Vie};
    matches!(
        language,
        Ces | Est | Fin | Hrv | Hun | Ind | Lav | Lit | Pol | Ron | Slk | Slv | Tur | Vie
    )
}

/// Letters of another script than the Latin one.
fn is_of_other_script(c: char) -> bool {
    matches!(c,
        '\u{370}'..='\u{1CFF}' | '\u{1F00}'..='\u{1FFF}' | '\u{2C00}'..='\u{2C5F}' | '\u{2D00}'..='\u{2DFF}'
        | '\u{3005}'..='\u{A71F}' | '\u{A800}'..='\u{AB2F}' | '\u{AB70}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FB13}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{FF66}'..='\u{FFDC}' | '\u{20000}'..='\u{3FFFF}')
        && c.is_alphabetic()
}

/// Signs that are words or syllables, without the one katakana that is a face.
fn is_ideograph(c: char) -> bool {
    c != 'ツ'
        && matches!(c, '\u{3005}'..='\u{A4FF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Latin letters that no served language has: of Slavic, Baltic, Nordic languages, Hungarian, Romanian,
/// Turkish and Vietnamese.
fn is_of_other_language(c: char) -> bool {
    if c.is_ascii() {
        return false;
    }
    let c = c.to_lowercase().next().unwrap_or(c);
    "ąćęłńśźżčďěňřšťůžľĺŕőűğışțşţăđøåæāēīūķļņģėįųðþơưý".contains(c)
        || ('\u{1EA0}'..='\u{1EF9}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn others(text: &str) -> Vec<&str> {
        in_other_languages(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn every_section_is_a_language() {
        assert_eq!(SOURCE.lines().filter(|line| line.starts_with('[')).count(), COUNT);
    }

    #[test]
    fn other_scripts_and_languages_are_noticed() {
        for text in [
            "Очень вежливый персонал.",
            "客服电话打不通。",
            "応答がありません",
            "배송이 너무 늦어요",
            "บริการแย่มาก",
            "الخدمة سيئة جدا",
            "השירות היה איטי",
            "Πολύ καλή εξυπηρέτηση",
            "सेवा बहुत धीमी थी",
            "很好",
            "Aplikacja ciągle się zawiesza.",
            "Bardzo dobrze",
            "Szybka dostawa, polecam.",
            "Üç haftadır para iademi bekliyorum.",
            "Kurye gelmedi.",
            "Balík přišel pozdě a nikdo neodpovídá.",
            "Leveransen kom för sent och ingen svarar.",
            "Pakken kom for sent, og ingen svarer.",
            "Toimitus oli myöhässä eikä kukaan vastaa.",
            "A csomag késve érkezett, és senki sem válaszol.",
            "Coletul a ajuns târziu și nimeni nu răspunde.",
            "Paket je stigao prekasno i nitko ne odgovara.",
            "Barangnya tidak sampai dan tidak ada yang menjawab.",
        ] {
            assert_eq!(
                others(text).concat().chars().filter(|c| *c != ' ').count(),
                text.chars().filter(|c| *c != ' ').count(),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_served_or_says_too_little_stays() {
        for text in [
            "",
            "ok",
            "super",
            "top!",
            "Super Service, top App",
            "Łukasz was very friendly",
            "Herr Yılmaz war sehr nett",
            "Grüße an Frau Kovačević",
            "Müller",
            "Søren",
            "Škoda",
            "nie wieder",
            "Isch guet gsi, aber d Lieferig het z lang duuret",
            "Des is a Schmarrn, i bin ned zfriedn mit dem Gschäft und kauf nimmer ein",
            "Dat hett allens goot klappt, blots de Post weer laat",
            "thx m8, gr8 app",
            "Leiferung zu spaet, Pakte beschedigt",
            "IKEA BILLY Regal",
            "Die β-Version läuft",
            "Das Ω ist schön",
            "Die Sushi-Bar 寿司 war toll",
            "asdf",
            "10/10",
            "¯\\_(ツ)_/¯",
            "ಠ_ಠ",
            "👍",
            "Tesekkürler",
            "DHL Hermes UPS GLS DPD",
        ] {
            assert_eq!(others(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn the_sentences_of_a_mixed_cell_are_told_apart() {
        let text = "The app crashes. Aplikacja ciągle się zawiesza. Nobody answers.";
        assert_eq!(others(text), ["Aplikacja ciągle się zawiesza."]);
        let text = "Die Lieferung war pünktlich. 很好！";
        assert_eq!(others(text), ["很好！"]);
        let text = "Super. Paczka przyszła bardzo szybko.";
        assert_eq!(others(text), ["Super.", "Paczka przyszła bardzo szybko."]);
    }
}
