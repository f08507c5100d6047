//! Praise that the past holds: "der Preis war mal gut", "it used to work".
//!
//! A model takes it for praise, and customers mean that it is over.

use super::words::words;

/// Words and phrases by which it is told, folded, words parted by a space.
const BYGONE: [&str; 36] = [
    "frueher",
    "anfangs",
    "am anfang",
    "zu beginn",
    "damals",
    "ehemals",
    "war mal",
    "waren mal",
    "war einmal",
    "waren einmal",
    "used to",
    "at first",
    "initially",
    "originally",
    "in the past",
    "in the beginning",
    "back then",
    "was once",
    "were once",
    "once was",
    "au debut",
    "autrefois",
    "jadis",
    "al principio",
    "antes",
    "solia",
    "solian",
    "un tempo",
    "inizialmente",
    "in passato",
    "vroeger",
    "destijds",
    "in het begin",
    "no inicio",
    "no comeco",
    "antigamente",
];

/// Whether a text says of something that it was so once.
pub fn is_bygone(text: &str) -> bool {
    let folded: Vec<String> = words(text).into_iter().map(|word| word.folded).collect();
    BYGONE.iter().any(|phrase| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        folded.windows(phrase.len()).any(|own| own.iter().eq(phrase.iter()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_good_is_told_from_what_is() {
        for bygone in [
            "Preis war mal gut",
            "Anfangs hat die App super funktioniert",
            "The app used to work great",
            "Al principio funcionaba bien",
            "Vroeger was de service goed",
        ] {
            assert!(is_bygone(bygone), "{bygone}");
        }
        for praise in [
            "Der Preis ist gut",
            "Die Beratung war super",
            "The staff was friendly",
            "Mal wieder alles bestens",
            "first class service",
        ] {
            assert!(!is_bygone(praise), "{praise}");
        }
    }
}
