//! Which language a text is written in.

use std::collections::HashMap;
use std::sync::LazyLock;

use whatlang::{Detector, Lang};

use super::Language;
use super::lexicon::{SOURCES, entries};

/// The number of languages to tell apart.
const COUNT: usize = SOURCES.len();

/// Votes for each language, in the order of [`Language::ALL`].
type Votes = [f32; COUNT];

/// The language of `text`; [`Language::Und`] where nothing tells.
///
/// Function words and letters decide; trigrams (whatlang) help where these are few or disagree.
pub fn detect(text: &str) -> Language {
    let (mut votes, word_count) = votes(text);
    if word_count == 0 {
        return Language::Und;
    }
    let (first, lead) = leader(&votes);
    if lead >= CLEAR_LEAD {
        return first;
    }
    if word_count >= FEWEST_WORDS_FOR_TRIGRAMS
        && let Some((language, confidence)) = by_trigrams(text)
    {
        votes[language as usize] += TRIGRAM_WEIGHT * confidence;
    }
    let (first, lead) = leader(&votes);
    if lead >= SMALLEST_LEAD { first } else { Language::Und }
}

/// The language of a mention in a text that is in the language `whole`: another one where its own words
/// leave no doubt, and few of them are of that of the text.
pub fn detect_within(mention: &str, whole: Language) -> Language {
    if whole == Language::Und {
        return detect(mention);
    }
    let (votes, _) = votes(mention);
    let (first, lead) = leader(&votes);
    let is_clear = lead >= LEAD_OF_ANOTHER && votes[whole as usize] <= votes[first as usize] / 4.0;
    if is_clear { first } else { whole }
}

fn votes(text: &str) -> (Votes, usize) {
    let mut votes = [0.0; COUNT];
    let mut word_count = 0;
    for word in text.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’') {
        if !word.is_empty() {
            word_count += 1;
            vote(word, &mut votes);
        }
    }
    (votes, word_count)
}

/// A lead in votes for another language than that of the whole text: two words that it alone has.
const LEAD_OF_ANOTHER: f32 = 2.0;

/// A lead in votes that trigrams would not change.
const CLEAR_LEAD: f32 = 1.0;

/// A lead in votes below which the language stays undetermined.
const SMALLEST_LEAD: f32 = 0.2;

/// Trigrams of fewer words than these are a guess.
const FEWEST_WORDS_FOR_TRIGRAMS: usize = 2;

/// The votes that sure trigrams are worth.
const TRIGRAM_WEIGHT: f32 = 1.0;

/// The language with most votes, and by how many it leads.
fn leader(votes: &Votes) -> (Language, f32) {
    let mut first = 0;
    let mut second = f32::MIN;
    for index in 1..COUNT {
        if votes[index] > votes[first] {
            second = votes[first];
            first = index;
        } else if votes[index] > second {
            second = votes[index];
        }
    }
    (Language::ALL[first], votes[first] - second)
}

fn by_trigrams(text: &str) -> Option<(Language, f32)> {
    static DETECTOR: LazyLock<Detector> = LazyLock::new(|| {
        Detector::with_allowlist(vec![
            Lang::Deu,
            Lang::Eng,
            Lang::Spa,
            Lang::Fra,
            Lang::Ita,
            Lang::Nld,
            Lang::Por,
        ])
    });
    let info = DETECTOR.detect(text)?;
    let language = match info.lang() {
        Lang::Deu => Language::De,
        Lang::Eng => Language::En,
        Lang::Spa => Language::Es,
        Lang::Fra => Language::Fr,
        Lang::Ita => Language::It,
        Lang::Nld => Language::Nl,
        Lang::Por => Language::Pt,
        _ => return None,
    };
    Some((language, info.confidence() as f32))
}

/// Words of the lists, lower case as written, with the languages that have them as bits.
static LISTED: LazyLock<HashMap<&'static str, u8>> = LazyLock::new(|| {
    let mut listed = HashMap::new();
    for (language, source) in SOURCES {
        for (_, word) in entries(source) {
            *listed.entry(word).or_default() |= 1 << language as u8;
        }
    }
    listed
});

/// A word votes for the languages that have it, the fewer the more.
fn vote(word: &str, votes: &mut Votes) {
    let lower = word.to_lowercase();
    let lower = lower.trim_matches(['\'', '’']);
    if let Some(&languages) = LISTED.get(lower) {
        let shared = languages.count_ones() as f32;
        // The `t` of a torn "don t" is no French pronoun.
        let is_letter = lower.len() == 1 && !matches!(lower, "i" | "y" | "o" | "e" | "a" | "u");
        if !is_letter {
            add(votes, languages, 1.0 / (shared * shared));
        }
        return;
    }
    match lower.split_once(['\'', '’']) {
        Some((article, noun)) => {
            if matches!(article, "l" | "d" | "un" | "c") {
                add(votes, FR | IT, 0.4);
            } else if matches!(article, "j" | "qu" | "n" | "m" | "s" | "t") {
                add(votes, FR, 0.6);
            } else if matches!(article, "dell" | "all" | "nell" | "sull" | "dall" | "quest") {
                add(votes, IT, 0.8);
            }
            vote(noun, votes);
        }
        None => vote_by_letters(lower, votes),
    }
}

const DE: u8 = 1 << Language::De as u8;
const EN: u8 = 1 << Language::En as u8;
const ES: u8 = 1 << Language::Es as u8;
const FR: u8 = 1 << Language::Fr as u8;
const IT: u8 = 1 << Language::It as u8;
const NL: u8 = 1 << Language::Nl as u8;
const PT: u8 = 1 << Language::Pt as u8;

/// The languages that a letter is typical of, and its votes.
fn letter(c: char) -> Option<(u8, f32)> {
    match c {
        'ß' => Some((DE, 1.5)),
        'ä' | 'ö' | 'ü' => Some((DE, 0.8)),
        'ñ' => Some((ES, 1.5)),
        'ã' | 'õ' => Some((PT, 1.5)),
        'œ' => Some((FR, 1.0)),
        'ì' | 'ò' => Some((IT, 0.8)),
        'ç' => Some((FR | PT, 0.5)),
        'ê' => Some((FR | PT, 0.4)),
        'à' | 'è' | 'ù' => Some((FR | IT, 0.4)),
        'á' | 'í' | 'ó' | 'ú' => Some((ES | PT, 0.4)),
        'ë' => Some((FR | NL, 0.2)),
        _ => None,
    }
}

/// Letters that stand together in words of a language, and their votes.
const CLUSTERS: [(&str, u8, f32); 10] = [
    ("sch", DE, 0.3),
    ("th", EN, 0.2),
    ("eux", FR, 0.3),
    ("zz", IT, 0.3),
    ("gli", IT, 0.3),
    ("ij", NL, 0.4),
    ("aa", NL, 0.2),
    ("uu", NL, 0.2),
    ("lh", PT, 0.2),
    ("nh", PT, 0.2),
];

/// Endings of words of a language, and their votes.
const ENDINGS: [(&[&str], u8, f32); 10] = [
    (&["ung", "ungen", "lich", "keit", "heit", "isch"], DE, 0.7),
    (&["ing", "ed", "ly", "ness"], EN, 0.3),
    (&["ción", "dad"], ES, 0.8),
    (&["eux", "euse"], FR, 0.6),
    (&["ment", "able"], FR | EN, 0.2),
    (&["zione", "zioni", "tà", "issimo", "issima"], IT, 0.8),
    (&["mente"], ES | IT | PT, 0.2),
    (&["heid", "lijk", "lijke"], NL, 0.8),
    (&["ção", "ções"], PT, 1.0),
    (&["dade", "agem"], PT, 0.6),
];

fn vote_by_letters(word: &str, votes: &mut Votes) {
    for (languages, weight) in word.chars().filter(|c| !c.is_ascii()).filter_map(letter) {
        add(votes, languages, weight);
    }
    for (cluster, languages, weight) in CLUSTERS {
        if word.contains(cluster) {
            add(votes, languages, weight);
        }
    }
    for (endings, languages, weight) in ENDINGS {
        let ends = |ending: &&str| word.len() > ending.len() + 1 && word.ends_with(ending);
        if endings.iter().any(ends) {
            add(votes, languages, weight);
        }
    }
}

fn add(votes: &mut Votes, languages: u8, weight: f32) {
    for (index, vote) in votes.iter_mut().enumerate() {
        if languages & 1 << index != 0 {
            *vote += weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_the_seven_languages_are_told_apart() {
        for (language, text) in [
            (Language::De, "Die Lieferung kam leider viel zu spät."),
            (Language::En, "The delivery was far too late."),
            (Language::Es, "La entrega llegó demasiado tarde."),
            (Language::Fr, "La livraison est arrivée trop tard."),
            (Language::It, "La consegna è arrivata troppo tardi."),
            (Language::Nl, "De levering kwam veel te laat."),
            (Language::Pt, "A entrega chegou muito tarde."),
        ] {
            assert_eq!(detect(text), language, "{text}");
        }
    }

    #[test]
    fn short_answers_are_decided_by_their_function_words() {
        for (language, text) in [
            (Language::De, "nicht gut"),
            (Language::De, "zu teuer"),
            (Language::En, "too expensive"),
            (Language::En, "very good"),
            (Language::Fr, "très bien"),
            (Language::Nl, "heel goed"),
            (Language::Pt, "muito bom"),
        ] {
            assert_eq!(detect(text), language, "{text}");
        }
    }

    #[test]
    fn what_no_word_tells_stays_undetermined() {
        for text in ["", "12345", "!!!", "👍", "Ok", "быстрая доставка", "配送太慢"]
        {
            assert_eq!(detect(text), Language::Und, "{text}");
        }
    }
}
