//! What the name of a column says of its scale: "1-10", "von 7", "(1 = sehr gut, 6 = ungenügend)".

use super::polarity::{Polarity, polarity};
use crate::read::value::plain;

/// Highest marks that scales have.
const HIGHEST: &[f64] = &[3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 20.0, 50.0, 100.0];

/// Lowest ones.
const LOWEST: &[f64] = &[0.0, 1.0, 10.0, -1.0, -2.0, -3.0, -5.0, -10.0, -100.0];

/// Between the lowest and the highest.
const TO: &[&str] =
    &["-", "–", "—", "to", "bis", "a", "tot", "until", "al", "ate", "hasta", "..", "…", "t/m"];

/// Before the highest alone.
const OF: &[&str] = &[
    "/", "of", "von", "sur", "su", "van", "em", "sobre", "max", "maximal", "maximum", "de", "aus",
];

/// After the highest alone: "5-point scale", "10er-Skala".
const POINTS: &[&str] = &[
    "point", "punkte", "puntos", "points", "punti", "pontos", "punts", "er", "stufig", "stufige",
    "skala", "star", "sterne", "stars",
];

/// A scale as far as a name tells it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct NamedScale {
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    /// Whether the lowest is best; none if the name does not say.
    pub(crate) reversed: Option<bool>,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(f64),
    Word(String),
}

impl NamedScale {
    /// What a name says.
    pub(crate) fn of(name: &str) -> Self {
        let tokens = tokens(name);
        let (low, high) = range(&tokens)
            .or_else(|| anchored(&tokens))
            .or_else(|| highest(&tokens))
            .unwrap_or_default();
        Self { low, high, reversed: reversed(&tokens) }
    }

    /// Whether it says where the scale ends.
    pub(crate) fn is_bounded(&self) -> bool {
        self.high.is_some()
    }
}

/// Numbers, words without accents, and signs as words of their own.
fn tokens(name: &str) -> Vec<Token> {
    let plain = plain(name);
    let mut tokens = Vec::new();
    let mut rest = plain.as_str();
    while let Some(first) = rest.chars().next() {
        let negative = first == '-'
            && rest[1..].starts_with(|c: char| c.is_ascii_digit())
            && !matches!(tokens.last(), Some(Token::Number(_)));
        let length = if first.is_ascii_digit() || negative {
            1 + rest[1..].bytes().take_while(u8::is_ascii_digit).count()
        } else if first.is_alphabetic() {
            rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
        } else if rest.starts_with("..") {
            rest.find(|c: char| c != '.').unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (own, after) = rest.split_at(length);
        match own.parse() {
            Ok(number) if first.is_ascii_digit() || negative => tokens.push(Token::Number(number)),
            _ if own.starts_with("..") => tokens.push(Token::Word("..".to_owned())),
            _ if !own.trim().is_empty() && own != "_" => tokens.push(Token::Word(own.to_owned())),
            _ => {}
        }
        rest = after;
    }
    tokens
}

type Range = Option<(Option<f64>, Option<f64>)>;

/// "1-10", "von 1 bis 7", "0–100".
fn range(tokens: &[Token]) -> Range {
    tokens.windows(3).find_map(|window| match window {
        [Token::Number(one), Token::Word(to), Token::Number(other)]
            if TO.contains(&to.as_str()) =>
        {
            let (low, high) = (one.min(*other), one.max(*other));
            let sound = LOWEST.contains(&low) && HIGHEST.contains(&high) && low < high;
            sound.then_some((Some(low), Some(high)))
        }
        _ => None,
    })
}

/// The outermost numbers that are explained: "(1 = sehr gut, 6 = ungenügend)".
fn anchored(tokens: &[Token]) -> Range {
    let numbers: Vec<f64> = anchors(tokens).into_iter().map(|(number, _)| number).collect();
    let low = numbers.iter().copied().reduce(f64::min)?;
    let high = numbers.iter().copied().reduce(f64::max)?;
    (low < high && LOWEST.contains(&low) && HIGHEST.contains(&high))
        .then_some((Some(low), Some(high)))
}

/// "/10", "out of 5", "5-point scale". "Question 1 of 7" tells none.
fn highest(tokens: &[Token]) -> Range {
    let fits = |number: &f64| HIGHEST.contains(number) && *number != 11.0;
    let of = tokens.windows(2).enumerate().find_map(|(place, window)| match window {
        [Token::Word(of), Token::Number(high)] if OF.contains(&of.as_str()) && fits(high) => {
            let counts = place > 0 && matches!(tokens[place - 1], Token::Number(_));
            (!counts).then_some(*high)
        }
        _ => None,
    });
    let points = || {
        let words =
            |token: &Token| matches!(token, Token::Word(word) if POINTS.contains(&word.as_str()));
        tokens.iter().enumerate().find_map(|(place, token)| match token {
            Token::Number(high) if fits(high) => {
                let after = &tokens[place + 1..];
                let after = after.strip_prefix(&[Token::Word("-".to_owned())]).unwrap_or(after);
                after.first().is_some_and(words).then_some(*high)
            }
            _ => None,
        })
    };
    of.or_else(points).map(|high| (None, Some(high)))
}

/// Numbers, each with the words that explain it: those up to the next number.
fn anchors(tokens: &[Token]) -> Vec<(f64, Vec<&str>)> {
    let mut anchors: Vec<(f64, Vec<&str>)> = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        match token {
            Token::Number(number) => {
                let explained = matches!(tokens.get(place + 1), Some(Token::Word(word))
                    if !TO.contains(&word.as_str()) || word == "-");
                if explained {
                    anchors.push((*number, Vec::new()));
                }
            }
            Token::Word(word) => {
                if let Some((_, words)) = anchors.last_mut() {
                    words.push(word);
                }
            }
        }
    }
    anchors.retain(|(_, words)| words.iter().any(|word| word.starts_with(char::is_alphabetic)));
    anchors
}

/// Whether the words beside the numbers say that the lowest is best.
fn reversed(tokens: &[Token]) -> Option<bool> {
    let anchors: Vec<(f64, Polarity)> = anchors(tokens)
        .into_iter()
        .filter_map(|(number, words)| Some((number, polarity(&words)?)))
        .collect();
    let low = anchors.iter().map(|(number, _)| *number).reduce(f64::min)?;
    let high = anchors.iter().map(|(number, _)| *number).reduce(f64::max)?;
    let of =
        |wanted: f64| anchors.iter().find(|(number, _)| *number == wanted).map(|(_, own)| *own);
    match (of(low)?, of(high)?) {
        // One anchor alone: 0 and 1 are the lowest of their scales.
        (one, _) if low == high => {
            let is_lowest = low <= 1.0;
            Some((one == Polarity::Good) == is_lowest)
        }
        (Polarity::Good, Polarity::Bad) => Some(true),
        (Polarity::Bad, Polarity::Good) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_scales() {
        let scale = |low: f64, high: f64| (Some(low), Some(high), None);
        for (name, expected) in [
            ("CES score (1-7)", scale(1.0, 7.0)),
            ("Rating (0-5)", scale(0.0, 5.0)),
            ("Zufriedenheit (0–100)", scale(0.0, 100.0)),
            ("Bewertung von 1 bis 10", scale(1.0, 10.0)),
            ("satisfaction_1_to_5", scale(1.0, 5.0)),
            ("note de 1 à 5", scale(1.0, 5.0)),
            ("da 1 a 10", scale(1.0, 10.0)),
            ("cijfer 1 tot 10", scale(1.0, 10.0)),
            ("Score (-5 to 5)", scale(-5.0, 5.0)),
            ("rating 1..5", scale(1.0, 5.0)),
            ("Note /10", (None, Some(10.0), None)),
            ("rating out of 5", (None, Some(5.0), None)),
            ("Punkte von 7", (None, Some(7.0), None)),
            ("note sur 20", (None, Some(20.0), None)),
            ("5-point scale", (None, Some(5.0), None)),
            ("Zufriedenheit (5er-Skala)", (None, Some(5.0), None)),
            ("Schulnote (1 = sehr gut, 6 = ungenügend)", (Some(1.0), Some(6.0), Some(true))),
            (
                "Satisfaction (1 = very satisfied, 5 = very dissatisfied)",
                (Some(1.0), Some(5.0), Some(true)),
            ),
            (
                "Zufriedenheit (1 = sehr unzufrieden, 5 = sehr zufrieden)",
                (Some(1.0), Some(5.0), Some(false)),
            ),
            ("Note 1 (sehr gut) bis 6 (ungenügend)", (Some(1.0), Some(6.0), Some(true))),
            ("1=trifft voll zu; 4=trifft gar nicht zu", (Some(1.0), Some(4.0), Some(true))),
            (
                "How easy was it? 1 - very easy, 7 - very difficult",
                (Some(1.0), Some(7.0), Some(true)),
            ),
            ("Bewertung (1 = beste)", (None, None, Some(true))),
            ("Score 10 = best", (None, None, Some(false))),
            (
                "satisfaction (1 not at all satisfied - 10 completely satisfied)",
                (Some(1.0), Some(10.0), Some(false)),
            ),
            ("Question 1 of 7", (None, None, None)),
            ("rating", (None, None, None)),
            ("Q5", (None, None, None)),
            ("2024-2025", (None, None, None)),
            ("Bewertung 2", (None, None, None)),
        ] {
            let found = NamedScale::of(name);
            assert_eq!((found.low, found.high, found.reversed), expected, "{name}");
        }
    }
}
