//! Touchpoints by meaning: how close a mention's vector is to the texts of the codebook.
//!
//! A touchpoint is the mean of its texts' vectors. All vectors are seen from the middle of the
//! codebook, since the texts of a model share a direction, and without the direction that leads from
//! praise to blame, since a touchpoint is praised and blamed alike.

use super::remarks::{DISPLEASED, OTHER, PLEASED};
use crate::config::codebook::{Codebook, Touchpoint};
use crate::text::Language;

/// Keyphrases that join the prototypes: the first are the most typical, and every one costs time at
/// each start.
const KEYPHRASES: usize = 8;
/// Languages whose texts are embedded; the model finds mentions of every language close to them.
const LANGUAGES: [Language; 3] = [Language::Und, Language::De, Language::En];

/// What a text of the codebook is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The touchpoint at this index of [`Codebook::touchpoints`].
    Touchpoint(usize),
    /// Nothing, with praise.
    Praise,
    /// Nothing, with blame.
    Blame,
    /// Nothing in particular.
    Nothing,
}

/// The touchpoints' vectors.
#[derive(Clone, Debug, Default)]
pub struct Prototypes {
    /// Middle of all texts of the codebook.
    middle: Vec<f32>,
    /// From blame to praise, of length one; empty where it is unknown.
    feeling: Vec<f32>,
    /// One a touchpoint, of length one; zero for a touchpoint without texts.
    centres: Vec<Vec<f32>>,
}

impl Prototypes {
    /// The texts to embed, each with its subject.
    pub fn texts(codebook: &Codebook) -> Vec<(Subject, String)> {
        let own = codebook.touchpoints().iter().enumerate().flat_map(|(index, touchpoint)| {
            let texts = touchpoint_texts(touchpoint).into_iter();
            texts.map(move |text| (Subject::Touchpoint(index), text))
        });
        let remarks = |subject, texts: &'static [&str]| {
            texts.iter().map(move |text| (subject, (*text).to_owned()))
        };
        own.chain(remarks(Subject::Praise, &PLEASED))
            .chain(remarks(Subject::Blame, &DISPLEASED))
            .chain(remarks(Subject::Nothing, &OTHER))
            .collect()
    }

    /// Prototypes of so many touchpoints from the vectors of [`Prototypes::texts`].
    pub fn new(touchpoints: usize, vectors: &[(Subject, Vec<f32>)]) -> Self {
        let of = |subject: Subject| {
            mean(vectors.iter().filter(|(own, _)| *own == subject).map(|(_, vector)| vector))
        };
        let middle = mean(vectors.iter().map(|(_, vector)| vector));
        let (praise, blame) = (of(Subject::Praise), of(Subject::Blame));
        let feeling = unit(praise.iter().zip(&blame).map(|(a, b)| a - b).collect());
        let mut prototypes = Self { middle, feeling, centres: vec![] };
        prototypes.centres = (0..touchpoints)
            .map(|index| {
                let own: Vec<Vec<f32>> = vectors
                    .iter()
                    .filter(|(subject, _)| *subject == Subject::Touchpoint(index))
                    .map(|(_, vector)| prototypes.seen(vector))
                    .collect();
                unit(mean(own.iter()))
            })
            .collect();
        prototypes
    }

    /// Whether meaning is left out.
    pub fn is_empty(&self) -> bool {
        self.centres.is_empty()
    }

    /// Similarity of a vector to each touchpoint, from −1 to 1; empty without prototypes.
    pub fn similarities(&self, vector: &[f32]) -> Vec<f32> {
        if self.centres.is_empty() {
            return vec![];
        }
        let vector = self.seen(vector);
        self.centres.iter().map(|centre| dot(centre, &vector)).collect()
    }

    /// A vector as it is compared: from the middle, without feeling, of length one.
    fn seen(&self, vector: &[f32]) -> Vec<f32> {
        let mut seen: Vec<f32> =
            vector.iter().zip(&self.middle).map(|(value, middle)| value - middle).collect();
        let felt = dot(&seen, &self.feeling);
        seen.iter_mut().zip(&self.feeling).for_each(|(value, feeling)| *value -= felt * feeling);
        unit(seen)
    }
}

fn touchpoint_texts(touchpoint: &Touchpoint) -> Vec<String> {
    let mut texts = vec![];
    for language in LANGUAGES {
        let name = touchpoint.names.iter().find(|(own, _)| *own == language);
        let description = touchpoint.description.iter().find(|(own, _)| *own == language);
        match (name, description) {
            (Some((_, name)), Some((_, description))) => {
                texts.push(format!("{name}: {description}"))
            }
            (Some((_, text)), None) | (None, Some((_, text))) => texts.push(text.to_owned()),
            (None, None) => {}
        }
        let keyphrases: Vec<String> = touchpoint
            .keyphrases
            .get(&language)
            .into_iter()
            .flatten()
            .map(|keyphrase| keyphrase.replace(['*', '='], ""))
            .take(KEYPHRASES)
            .collect();
        if !keyphrases.is_empty() {
            texts.push(keyphrases.join(", "));
        }
        texts.extend(touchpoint.examples.get(&language).into_iter().flatten().cloned());
    }
    texts
}

/// Empty if there are none.
fn mean<'a>(vectors: impl Iterator<Item = &'a Vec<f32>>) -> Vec<f32> {
    let mut sum: Vec<f32> = vec![];
    let mut count = 0.0f32;
    for vector in vectors {
        sum.resize(vector.len(), 0.0);
        sum.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
        count += 1.0;
    }
    sum.iter_mut().for_each(|sum| *sum /= count);
    sum
}

/// The vector with length one; zero stays zero.
fn unit(mut vector: Vec<f32>) -> Vec<f32> {
    let length = dot(&vector, &vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|value| *value /= length);
    }
    vector
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prototypes() -> Prototypes {
        Prototypes::new(
            2,
            &[
                (Subject::Touchpoint(0), vec![1.0, 0.0, 0.1, 0.0]),
                (Subject::Touchpoint(1), vec![0.0, 1.0, 0.1, 0.0]),
                (Subject::Praise, vec![-0.5, -0.5, 0.1, 1.0]),
                (Subject::Blame, vec![-0.5, -0.5, 0.1, -1.0]),
            ],
        )
    }

    #[test]
    fn a_vector_is_most_similar_to_its_own_touchpoint() {
        let found = prototypes().similarities(&[0.9, 0.05, 0.1, 0.0]);
        assert_eq!(found.len(), 2);
        assert!(found[0] > 0.9 && found[1] < 0.1, "{found:?}");
    }

    #[test]
    fn praise_and_blame_of_a_touchpoint_are_equally_similar_to_it() {
        let praised = prototypes().similarities(&[0.9, 0.05, 0.1, 0.8]);
        let blamed = prototypes().similarities(&[0.9, 0.05, 0.1, -0.8]);
        for (praised, blamed) in praised.iter().zip(&blamed) {
            assert!((praised - blamed).abs() < 1e-6, "{praised} {blamed}");
        }
    }

    #[test]
    fn without_prototypes_nothing_is_similar() {
        assert!(Prototypes::default().similarities(&[1.0, 0.0]).is_empty());
    }

    #[test]
    fn every_touchpoint_and_the_general_remarks_have_texts() {
        let codebook = Codebook::built_in();
        let texts = Prototypes::texts(&codebook);
        let touchpoints = (0..codebook.touchpoints().len()).map(Subject::Touchpoint);
        for subject in touchpoints.chain([Subject::Praise, Subject::Blame, Subject::Nothing]) {
            assert!(texts.iter().any(|(own, _)| *own == subject), "nothing for {subject:?}");
        }
    }

    #[test]
    fn texts_without_a_language_count() {
        let source = "[[touchpoint]]\nid = \"a\"\nphase = \"use\"\nnames = \"Rampe\"\nkeyphrases = [\"rampe\"]";
        let codebook = Codebook::parse(source, "test.toml").expect("valid");
        assert_eq!(Prototypes::texts(&codebook)[0], (Subject::Touchpoint(0), "Rampe".to_owned()));
    }
}
