//! Texts that are nearly the same: what one person pastes, what bots send, what is passed on.
//!
//! A text is the set of its pairs of neighbouring words, and two are as alike as the share of pairs that they
//! have in common of all that either has (Jaccard). Texts that may be alike are found by bands of their smallest
//! fingerprints (MinHash: Broder, "On the resemblance and containment of documents", 1997).

use super::plain::plain;
use super::words::words;
use crate::digest::{Fingerprint, mixed};

/// Words below which two customers may well say the same.
const FEWEST_WORDS: usize = 10;

/// How much of two texts is the same if they are nearly the same. Chosen on one half of
/// `tests/data/labelled/near_duplicates.tsv`, in which texts of two customers reach 0.5, and checked on the other.
const LEAST_ALIKE: f64 = 0.65;

/// Bands of a text, and fingerprints in each. Of texts that are just alike enough, all bands differ in
/// (1 − 0.65³)¹² = 2 % of cases.
pub const BANDS: usize = 12;
const ROWS: usize = 3;

/// Pairs of words that are compared: all of most texts. Of longer ones it is those with the smallest fingerprints,
/// which tells how alike they are with a standard error of 0.04 at most (bottom-k sketch: Cohen and Kaplan 2007).
const MOST_PAIRS: usize = 128;

/// By which texts that may be alike are found: those that have one of them in common. No two places have the same.
pub type Bands = [u64; BANDS];

/// What is compared of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairs {
    /// Fingerprints of pairs of words, the smallest ones, sorted.
    smallest: Vec<u64>,
}

impl Pairs {
    /// The pairs of a text that may stand in parts, with its bands; none where it is so short that two customers
    /// may well say the same. Numbers, links, handles and the mark of what is passed on are no words.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<(Self, Bands)> {
        let words: Vec<String> = texts.into_iter().flat_map(own_words).collect();
        if words.len() < FEWEST_WORDS {
            return None;
        }
        let pair = |pair: &[String]| Fingerprint::of_parts(pair).number();
        let mut pairs: Vec<u64> = words.windows(2).map(pair).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let bands = bands(&pairs);
        pairs.truncate(MOST_PAIRS);
        Some((Self { smallest: pairs }, bands))
    }

    /// Whether two texts are nearly the same.
    pub fn are_alike(&self, other: &Self) -> bool {
        // Of what either has, only so much is known as the one that was cut tells.
        let is_cut = [self, other].iter().any(|pairs| pairs.smallest.len() == MOST_PAIRS);
        let most = if is_cut { MOST_PAIRS } else { usize::MAX };
        let (mut own, mut others) = (&self.smallest[..], &other.smallest[..]);
        let (mut common, mut all) = (0, 0);
        while all < most
            && let Some(&next) = own.first().into_iter().chain(others.first()).min()
        {
            let (before, before_others) = (own.len(), others.len());
            own = own.strip_prefix(&[next]).unwrap_or(own);
            others = others.strip_prefix(&[next]).unwrap_or(others);
            common += usize::from(own.len() < before && others.len() < before_others);
            all += 1;
        }
        common as f64 >= LEAST_ALIKE * all as f64
    }
}

/// The folded words of a text, links and the mark of what is passed on left out.
fn own_words(text: &str) -> Vec<String> {
    let plain = plain(text);
    let is_own = |part: &&str| !part.contains("://") && *part != "RT";
    let parts = plain.text.split_whitespace().filter(is_own);
    parts.flat_map(words).map(|word| word.folded).collect()
}

/// The smallest fingerprint of the pairs under each of some permutations, several of them made one.
fn bands(pairs: &[u64]) -> Bands {
    let mut bands = [0; BANDS];
    for (number, band) in bands.iter_mut().enumerate() {
        let mut joined = 0;
        for row in 0..ROWS {
            let seed = mixed((number * ROWS + row) as u64 + 1);
            let smallest = pairs.iter().map(|pair| mixed(pair ^ seed)).min();
            joined = mixed(joined ^ smallest.unwrap_or_default());
        }
        *band = joined;
    }
    bands
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Der Techniker kam nicht zum vereinbarten Termin, obwohl ich den ganzen Tag zu Hause gewartet habe, und \
                        am Telefon konnte mir niemand sagen, wann ein neuer Termin frei wird.";

    fn alike(one: &str, other: &str) -> bool {
        let pairs = |text| Pairs::of([text]).expect("it is long enough").0;
        let (one, other) = (pairs(one), pairs(other));
        assert_eq!(one.are_alike(&other), other.are_alike(&one));
        one.are_alike(&other)
    }

    #[test]
    fn what_is_pasted_passed_on_or_varied_by_numbers_is_nearly_the_same() {
        for other in [
            TEXT.to_uppercase(),
            format!("RT @anna: {TEXT} https://example.org/x?y=2"),
            format!("{TEXT} 4711 #anbieter"),
            TEXT.replace("ganzen Tag", "halben Tag"),
            TEXT.replace("ä", "ae").replace(',', ""),
        ] {
            assert!(alike(TEXT, &other), "{other}");
        }
    }

    #[test]
    fn what_others_say_of_the_same_is_not() {
        for other in [
            "Der Techniker kam nicht zum vereinbarten Termin, obwohl er am Morgen noch einmal angerufen hatte, und einen \
             neuen Termin gab es erst nach vier Wochen.",
            "Am Telefon konnte mir niemand sagen, wann ein neuer Termin frei wird, das ist wirklich kein guter Service.",
        ] {
            assert!(!alike(TEXT, other), "{other}");
        }
    }

    #[test]
    fn short_texts_are_not_compared() {
        assert_eq!(Pairs::of(["Sehr guter Service, gerne wieder!"]), None);
        let parts = ["Sehr guter Service, gerne wieder!", "Nichts, alles hat wie immer geklappt."];
        assert!(Pairs::of(parts).is_some());
    }

    #[test]
    fn long_texts_are_compared_by_a_part_of_them() {
        let words = |from: usize, to: usize| -> String {
            let letter = |n: usize| char::from(b'a' + n as u8);
            (from..to).flat_map(|n| [letter(n / 20), letter(n % 20), 'x', ' ']).collect()
        };
        let long = words(0, 400);
        let (pairs, _) = Pairs::of([long.as_str()]).unwrap();
        assert_eq!(pairs.smallest.len(), MOST_PAIRS);
        assert!(alike(&long, &words(10, 400)));
        assert!(!alike(&long, &words(200, 600)));
    }

    /// Pairs that are just alike share a band nearly always, and others hardly ever.
    #[test]
    fn bands_find_what_is_alike() {
        let share = |common: u64, apart: u64| {
            let found = (0..400u64).filter(|trial| {
                let pair = |side: u64, n: u64| mixed(trial << 32 | side << 16 | n);
                let pairs = |side| -> Vec<u64> {
                    (0..common)
                        .map(|n| pair(0, n))
                        .chain((0..apart).map(|n| pair(side, n)))
                        .collect()
                };
                let (one, other) = (bands(&pairs(1)), bands(&pairs(2)));
                one.iter().zip(other).any(|(one, other)| *one == other)
            });
            found.count() as f64 / 400.0
        };
        // 40 of 60 pairs in common, and 10 of 50.
        assert!(share(40, 10) > 0.95, "{}", share(40, 10));
        assert!(share(10, 20) < 0.15, "{}", share(10, 20));
    }
}
