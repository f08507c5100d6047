//! Touchpoints by meaning: how close a mention's vector is to the codebook's own sentences.

use super::{Assignment, How};
use crate::config::codebook::{Codebook, Touchpoint};
use crate::text::Language;

/// Keyphrases that join the prototypes: the first are the most typical, and every one costs time at
/// each start.
const KEYPHRASES: usize = 8;
/// Prototypes that must be close: a single one is often close by accident.
const CLOSEST: usize = 2;
/// Least similarity of a touchpoint, from −1 to 1, and least lead over the second best. Strict on
/// purpose: of real sentences without keyphrases about 4 % pass, of these two in three rightly.
const SIMILARITY: f32 = 0.35;
const MARGIN: f32 = 0.07;

/// What customers say of no touchpoint in particular. Without these, every remark would be closest to
/// some touchpoint.
const GENERAL: [&str; 44] = [
    "Alles bestens, sehr zufrieden.",
    "Ich bin sehr enttäuscht.",
    "Gerne wieder, sehr zu empfehlen.",
    "Nie wieder, eine Katastrophe.",
    "Keine Ahnung, nichts weiter.",
    "Das war schon immer so.",
    "Würde ich immer wieder kaufen.",
    "Tolles Produkt, ich liebe es.",
    "Einfach und schnell.",
    "Hat alles gut geklappt, keine Probleme.",
    "Bisher bin ich zufrieden.",
    "Das ist die schlechteste Firma überhaupt.",
    "Ich kann nur davon abraten.",
    "Ein netter Abend.",
    "Es hat sehr lange gedauert.",
    "Bin seit Jahren Kunde.",
    "Ich habe lange danach gesucht.",
    "Meine Familie ist begeistert.",
    "Das geht besser.",
    "Warum ist das so?",
    "Everything was fine, I am very happy.",
    "I am very disappointed.",
    "I would recommend this company to anyone.",
    "Terrible experience, never again.",
    "Nothing to add.",
    "It has always been like this.",
    "Easy.",
    "Easy to deal with.",
    "Very easy process, all went smoothly.",
    "Smooth and quick.",
    "Happy customer.",
    "I love it!",
    "I've had no problems so far.",
    "It was a very long process.",
    "It is just not good enough.",
    "Constant issues from start to finish.",
    "I don't know yet, early days.",
    "This is the worst company ever.",
    "You did ask.",
    "My husband loves it.",
    "They are all the same.",
    "I bought this last year.",
    "Stop.",
    "It could be better.",
];

/// Vectors of the codebook's sentences, by touchpoint.
#[derive(Clone, Debug, Default)]
pub struct Prototypes {
    /// Subtracted from every vector: all texts of this model share a direction.
    mean: Vec<f32>,
    /// Centred and of length one; the touchpoint or, for general remarks, their number.
    vectors: Vec<(usize, Vec<f32>)>,
    touchpoints: usize,
}

impl Prototypes {
    /// The texts to embed, each with its touchpoint; general remarks carry the number of
    /// touchpoints instead.
    pub fn texts(codebook: &Codebook) -> Vec<(usize, String)> {
        let touchpoints = codebook.touchpoints();
        let own = touchpoints.iter().enumerate().flat_map(|(index, touchpoint)| {
            touchpoint_texts(touchpoint).into_iter().map(move |text| (index, text))
        });
        let general = GENERAL.map(|text| (touchpoints.len(), text.to_owned()));
        own.chain(general).collect()
    }

    /// Prototypes from the vectors of [`Prototypes::texts`], in the same order and each with the
    /// number that its text carried.
    pub fn new(vectors: Vec<(usize, Vec<f32>)>) -> Self {
        let touchpoints = vectors.iter().map(|(index, _)| *index).max().unwrap_or(0);
        let mean = mean(&vectors);
        let vectors =
            vectors.into_iter().map(|(index, vector)| (index, centred(&vector, &mean))).collect();
        Self { mean, vectors, touchpoints }
    }

    /// Similarity to each touchpoint, from −1 to 1: the mean of its closest prototypes'.
    pub fn score(&self, vector: &[f32]) -> Vec<f32> {
        let mut scores = self.score_all(vector);
        scores.truncate(self.touchpoints);
        scores
    }

    /// The closest touchpoint, if it is close and clearly closer than the next one and than general
    /// remarks; the first of equals.
    pub fn nearest(&self, vector: &[f32]) -> Option<Assignment> {
        let scores = self.score_all(vector);
        let (mut best, mut second) = ((usize::MAX, -1.0f32), -1.0f32);
        for (index, score) in scores.into_iter().enumerate() {
            if score > best.1 {
                (best, second) = ((index, score), best.1);
            } else {
                second = second.max(score);
            }
        }
        let (touchpoint, similarity) = best;
        let clear = similarity >= SIMILARITY && similarity - second >= MARGIN;
        (clear && touchpoint < self.touchpoints).then_some(Assignment {
            touchpoint,
            how: How::Meaning,
            confidence: similarity.min(1.0),
        })
    }

    fn score_all(&self, vector: &[f32]) -> Vec<f32> {
        if self.vectors.is_empty() {
            return vec![];
        }
        let vector = centred(vector, &self.mean);
        let mut similarities = vec![vec![]; self.touchpoints + 1];
        for (index, prototype) in &self.vectors {
            similarities[*index].push(dot(prototype, &vector));
        }
        let mut scores: Vec<f32> =
            similarities.iter_mut().map(|own| mean_of_largest(own, CLOSEST)).collect();
        // One general remark is enough: they share no subject.
        scores[self.touchpoints] = mean_of_largest(&mut similarities[self.touchpoints], 1);
        scores
    }
}

/// −1 if there are none.
fn mean_of_largest(values: &mut [f32], count: usize) -> f32 {
    values.sort_unstable_by(|a, b| b.total_cmp(a));
    let largest = &values[..count.min(values.len())];
    if largest.is_empty() { -1.0 } else { largest.iter().sum::<f32>() / largest.len() as f32 }
}

fn touchpoint_texts(touchpoint: &Touchpoint) -> Vec<String> {
    let mut texts = vec![];
    for language in [Language::De, Language::En] {
        let name = touchpoint.names.iter().find(|(own, _)| *own == language);
        let description = touchpoint.description.iter().find(|(own, _)| *own == language);
        match (name, description) {
            (Some((_, name)), Some((_, description))) => {
                texts.push(format!("{name}: {description}"))
            }
            (Some((_, text)), None) | (None, Some((_, text))) => texts.push(text.to_owned()),
            (None, None) => {}
        }
        let keyphrases: Vec<&str> = touchpoint
            .keyphrases
            .get(&language)
            .into_iter()
            .flatten()
            .filter(|keyphrase| !keyphrase.contains(['*', '=']))
            .map(String::as_str)
            .take(KEYPHRASES)
            .collect();
        if !keyphrases.is_empty() {
            texts.push(keyphrases.join(", "));
        }
        texts.extend(touchpoint.examples.get(&language).into_iter().flatten().cloned());
    }
    texts
}

fn mean(vectors: &[(usize, Vec<f32>)]) -> Vec<f32> {
    let mut mean = vec![0.0; vectors.first().map_or(0, |(_, vector)| vector.len())];
    for (_, vector) in vectors {
        for (sum, value) in mean.iter_mut().zip(vector) {
            *sum += value / vectors.len() as f32;
        }
    }
    mean
}

fn centred(vector: &[f32], mean: &[f32]) -> Vec<f32> {
    let mut centred: Vec<f32> = vector.iter().zip(mean).map(|(value, mean)| value - mean).collect();
    let length = dot(&centred, &centred).sqrt();
    if length > 0.0 {
        centred.iter_mut().for_each(|value| *value /= length);
    }
    centred
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prototypes() -> Prototypes {
        Prototypes::new(vec![
            (0, vec![1.0, 0.0, 0.1]),
            (1, vec![0.0, 1.0, 0.1]),
            (2, vec![-1.0, -1.0, 0.1]),
        ])
    }

    #[test]
    fn a_close_vector_finds_its_touchpoint() {
        let found = prototypes().nearest(&[0.9, 0.05, 0.1]).expect("close");
        assert_eq!((found.touchpoint, found.how), (0, How::Meaning));
        assert!(found.confidence > 0.9, "{}", found.confidence);
    }

    #[test]
    fn a_vector_between_two_touchpoints_finds_neither() {
        assert_eq!(prototypes().nearest(&[0.7, 0.7, 0.1]), None);
    }

    #[test]
    fn a_vector_close_to_general_remarks_finds_nothing() {
        assert_eq!(prototypes().nearest(&[-0.9, -0.9, 0.1]), None);
    }

    #[test]
    fn scores_leave_the_general_remarks_out() {
        assert_eq!(prototypes().score(&[1.0, 0.0, 0.1]).len(), 2);
    }

    #[test]
    fn without_prototypes_meaning_finds_nothing() {
        assert_eq!(Prototypes::default().nearest(&[1.0, 0.0]), None);
        assert!(Prototypes::default().score(&[1.0, 0.0]).is_empty());
    }

    #[test]
    fn every_touchpoint_and_the_general_remarks_have_texts() {
        let codebook = Codebook::built_in();
        let texts = Prototypes::texts(&codebook);
        for index in 0..=codebook.touchpoints().len() {
            assert!(texts.iter().any(|(own, _)| *own == index), "nothing for {index}");
        }
    }
}
