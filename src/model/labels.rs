//! What the labels of a classifier mean: `id2label` → sentiments, by rule.

use std::collections::BTreeMap;

use super::Sentiment;

/// The sentiment that each output of a classifier stands for. Several may stand for the same one:
/// their probabilities add up.
///
/// - Names of sentiments, as [`Sentiment::from_name`] knows them, also with "very" before them.
/// - "1 star" to "5 stars", if there are five: one and two are negative, three is neutral.
///
/// Names that say nothing, such as `LABEL_0`, are refused: published models of three such labels
/// have them in different orders, and a wrong guess would turn praise into complaints.
///
/// # Errors
/// If a label is missing or unknown, or if none is negative or none positive; the message says
/// what to write into `config.json`.
pub(super) fn sentiments(id2label: &BTreeMap<String, String>) -> Result<Vec<Sentiment>, String> {
    if id2label.len() < 2 {
        return Err(format!("id2label must name the labels of the classifier; {REMEDY}"));
    }
    let names = (0..id2label.len())
        .map(|index| {
            id2label
                .get(&index.to_string())
                .map(String::as_str)
                .ok_or_else(|| format!("id2label has no entry for {index}; {REMEDY}"))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let alike = |name: &str, other: &str| name.trim().to_lowercase() == other.trim().to_lowercase();
    if let Some(name) = names.iter().enumerate().find_map(|(index, name)| {
        names[..index].iter().any(|other| alike(name, other)).then_some(name)
    }) {
        return Err(format!("id2label names {name:?} twice; {REMEDY}"));
    }
    let stars: Option<Vec<Sentiment>> = names.iter().map(|name| star(name)).collect();
    let sentiments = match stars {
        Some(stars) if stars.len() == 5 => stars,
        _ => names.iter().map(|name| sentiment(name)).collect::<Result<_, _>>()?,
    };
    for needed in [Sentiment::Negative, Sentiment::Positive] {
        if !sentiments.contains(&needed) {
            return Err(format!("id2label names no label that is {}; {REMEDY}", needed.name()));
        }
    }
    Ok(sentiments)
}

const REMEDY: &str = "write a line such as \
    \"id2label\": {\"0\": \"negative\", \"1\": \"neutral\", \"2\": \"positive\"} into config.json, \
    in the order that the model's card gives";

/// "1 star" … "5 stars".
fn star(name: &str) -> Option<Sentiment> {
    let name = name.trim().to_lowercase();
    let number = name.strip_suffix("stars").or_else(|| name.strip_suffix("star"))?;
    match number.trim_end_matches([' ', '_', '-']) {
        "1" | "2" => Some(Sentiment::Negative),
        "3" => Some(Sentiment::Neutral),
        "4" | "5" => Some(Sentiment::Positive),
        _ => None,
    }
}

fn sentiment(name: &str) -> Result<Sentiment, String> {
    let plain = name.trim().to_lowercase().replace(['_', '-'], " ");
    let degree = ["very ", "sehr "].into_iter().find_map(|degree| plain.strip_prefix(degree));
    Sentiment::from_name(degree.unwrap_or(&plain))
        .ok_or_else(|| format!("id2label names {name:?}, which is no sentiment; {REMEDY}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Sentiment::{Negative, Neutral, Positive};

    fn of(names: &[&str]) -> Result<Vec<Sentiment>, String> {
        let labels = names.iter().enumerate();
        sentiments(&labels.map(|(index, name)| (index.to_string(), (*name).to_owned())).collect())
    }

    #[test]
    fn labels_of_published_models_are_understood() {
        for (names, expected) in [
            (&["NEGATIVE", "POSITIVE"][..], &[Negative, Positive][..]),
            (&["positive", "negative", "neutral"], &[Positive, Negative, Neutral]),
            (&["POS", "NEU", "NEG"], &[Positive, Neutral, Negative]),
            (
                &["1 star", "2 stars", "3 stars", "4 stars", "5 stars"],
                &[Negative, Negative, Neutral, Positive, Positive],
            ),
            (
                &["Very Negative", "Negative", "Neutral", "Positive", "Very Positive"],
                &[Negative, Negative, Neutral, Positive, Positive],
            ),
            (&["very_positive", "positive", "negative"], &[Positive, Positive, Negative]),
        ] {
            assert_eq!(of(names).expect("they are sentiments"), expected);
        }
    }

    #[test]
    fn other_labels_are_refused_with_the_remedy() {
        for (names, expected) in [
            (&["LABEL_0", "LABEL_1", "LABEL_2"][..], "\"LABEL_0\""),
            (&["negative", "sarcasm", "positive"], "\"sarcasm\""),
            (&["1 star", "2 stars", "3 stars"], "\"1 star\""),
            (&["negative", "neutral"], "no label that is positive"),
            (&["very", "positive"], "\"very\""),
            (&["positive"], "must name the labels"),
            (&["negative", "positive", "Negative"], "\"Negative\" twice"),
        ] {
            let error = of(names).expect_err(expected);
            assert!(error.contains(expected) && error.contains(REMEDY), "{error}");
        }
    }
}
