//! Scores of texts that earlier runs scored, from a file ([`ScoreCache`]), and how a score is written down there.
//!
//! What comes back is what the model said, bit for bit: a run gives the same bytes with a cache and without. The text
//! itself is not in the file, nor are the word pieces that it is made of: the model finds those again in the text that
//! is asked for.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::digest::Fingerprint;
use crate::model::{HeadScores, Model, PROBLEM_STEPS, Pieces, Score, problem_in_steps};
use crate::store::scores::{CacheError, CacheFile, Identity, Kept, Key, ScoreCache};

/// Raise it whenever the same model says something else of the same text (kernels, tokens, windows, heads), or a score
/// is written down otherwise: then nothing that was kept before counts. A test holds what it stands for.
const VERSION: u32 = 1;

/// A model, and what earlier runs had it say.
pub struct Remembered<'m> {
    model: &'m Model,
    cache: ScoreCache,
    found: AtomicU64,
    scored: AtomicU64,
}

/// What a cache was good for in a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remembrance {
    /// Texts whose score was there.
    pub found: u64,
    /// Texts that the model scored.
    pub scored: u64,
    /// What became of the file.
    pub kept: Kept,
}

impl<'m> Remembered<'m> {
    /// Opens the cache for a model.
    ///
    /// # Errors
    /// If it cannot be used.
    pub fn open(model: &'m Model, file: &CacheFile) -> Result<Self, CacheError> {
        let cache = ScoreCache::open(file, identity(model))?;
        Ok(Self { model, cache, found: AtomicU64::new(0), scored: AtomicU64::new(0) })
    }

    /// The score of each text, in order. `score` is asked for those that are not in the cache, or all without one.
    pub fn or_scored(
        cache: Option<&Self>,
        texts: &[&str],
        score: impl FnOnce(&[&str]) -> Vec<Score>,
    ) -> Vec<Score> {
        match cache {
            Some(cache) => cache.scores(texts, score),
            None => score(texts),
        }
    }

    /// The score of each text, in order. `score` is asked for those that are not in the file.
    fn scores(&self, texts: &[&str], score: impl FnOnce(&[&str]) -> Vec<Score>) -> Vec<Score> {
        let keys: Vec<Key> = texts.iter().map(|text| self.cache.key(text)).collect();
        let read = |number: usize, bytes: &[u8]| {
            let vectors = Written(bytes).score()?;
            with_pieces(vectors, || self.model.piece_ids(texts[number]))
        };
        let known = self.cache.get(&keys, read);
        let missing: Vec<(Key, &str)> = keys
            .into_iter()
            .zip(texts)
            .zip(&known)
            .filter(|(_, known)| known.is_none())
            .map(|((key, text), _)| (key, *text))
            .collect();
        self.found.fetch_add((texts.len() - missing.len()) as u64, Ordering::Relaxed);
        self.scored.fetch_add(missing.len() as u64, Ordering::Relaxed);
        if missing.is_empty() {
            return known.into_iter().flatten().collect();
        }
        let (keys, missing): (Vec<Key>, Vec<&str>) = missing.into_iter().unzip();
        let scored = score(&missing);
        self.cache.put(keys.into_iter().zip(scored.iter().map(written)));
        let mut scored = scored.into_iter();
        known.into_iter().filter_map(|known| known.or_else(|| scored.next())).collect()
    }

    /// Writes what is still to be written.
    pub fn finish(self) -> Remembrance {
        Remembrance {
            found: self.found.into_inner(),
            scored: self.scored.into_inner(),
            kept: self.cache.finish(),
        }
    }
}

fn identity(model: &Model) -> Identity {
    let (engine, precision) = (model.engine().name(), model.precision().name());
    let version = VERSION.to_string();
    let parts = [model.hash(), engine, precision, version.as_str()];
    let name = [model.version(), "SHA-256", &model.hash()[..12], engine, precision].join(" ");
    Identity { digest: Fingerprint::of_parts(parts).bytes(), model: name.trim_start().to_owned() }
}

/// A score as it is written down: probabilities; heads, behind their number; meaning vector, behind its length, as
/// it is; problem vector, behind its length, in the steps that it has; vectors of pieces. Little-endian.
fn written(score: &Score) -> Vec<u8> {
    let Score { probabilities, meaning, problem, pieces, heads } = score;
    let heads = heads.map(|own| [own.names_problem, own.suggests, own.leaves]);
    let heads: &[f32] = heads.as_ref().map_or(&[], |own| own);
    let most = 32 + 4 * meaning.len() + problem.len() + pieces.vectors.len();
    let mut bytes = Vec::with_capacity(most);
    let floats = |bytes: &mut Vec<u8>, values: &[f32]| {
        bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
    };
    floats(&mut bytes, probabilities);
    bytes.push(heads.len() as u8);
    floats(&mut bytes, heads);
    bytes.extend((meaning.len() as u16).to_le_bytes());
    floats(&mut bytes, meaning);
    bytes.extend((problem.len() as u16).to_le_bytes());
    bytes.extend(problem_in_steps(problem).iter().map(|step| step.to_le_bytes()[0]));
    bytes.extend(pieces.vectors.iter().map(|step| step.to_le_bytes()[0]));
    bytes
}

/// The rest of a score that was written down.
struct Written<'b>(&'b [u8]);

impl<'b> Written<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn length(&mut self) -> Option<usize> {
        Some(u16::from_le_bytes(*self.take(2)?.first_chunk()?).into())
    }

    fn floats(&mut self, count: usize) -> Option<Vec<f32>> {
        let (values, _) = self.take(4 * count)?.as_chunks::<4>();
        Some(values.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
    }

    /// The score; its pieces have no ids yet.
    fn score(mut self) -> Option<Score> {
        let probabilities = *self.floats(3)?.first_chunk()?;
        let heads = match self.take(1)?[0] {
            0 => None,
            3 => match self.floats(3)?[..] {
                [names_problem, suggests, leaves] => {
                    Some(HeadScores { names_problem, suggests, leaves })
                }
                _ => None,
            },
            _ => return None,
        };
        let meaning = self.length().and_then(|length| self.floats(length))?;
        let problem = self.length().and_then(|length| self.take(length))?;
        let step = |byte: &u8| i8::from_le_bytes([*byte]);
        let problem = problem.iter().map(|byte| f32::from(step(byte)) / PROBLEM_STEPS).collect();
        let pieces = Pieces { ids: Vec::new(), vectors: self.0.iter().map(step).collect() };
        Some(Score { probabilities, meaning, problem, pieces, heads })
    }
}

/// The same with the ids of its pieces, if there are as many as it has vectors.
fn with_pieces(mut score: Score, ids: impl FnOnce() -> Vec<u32>) -> Option<Score> {
    if score.pieces.vectors.is_empty() {
        return Some(score);
    }
    score.pieces.ids = ids();
    let fits = score.pieces.vectors.len().checked_rem(score.pieces.ids.len()) == Some(0);
    fits.then_some(score)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score() -> Score {
        Score {
            probabilities: [0.7, 0.2, 0.1],
            meaning: vec![0.1, -1e-9, f32::MIN_POSITIVE],
            problem: vec![0.125, -127.0 / 512.0],
            pieces: Pieces { ids: vec![5, 70_000], vectors: vec![1, -2, 127, -127] },
            heads: Some(HeadScores { names_problem: 0.3, suggests: 0.2, leaves: 1e-20 }),
        }
    }

    fn back(bytes: &[u8], ids: Vec<u32>) -> Option<Score> {
        with_pieces(Written(bytes).score()?, || ids)
    }

    #[test]
    fn a_score_comes_back_bit_for_bit() {
        let bare = Score { pieces: Pieces::default(), problem: vec![], heads: None, ..score() };
        for own in [score(), bare] {
            assert_eq!(back(&written(&own), own.pieces.ids.clone()), Some(own));
        }
    }

    #[test]
    fn what_is_cut_off_or_of_another_text_is_none() {
        let bytes = written(&score());
        // Pieces are what is left, so that a shorter text is told by its ids.
        let vectors = score().pieces.vectors.len();
        for length in 0..bytes.len() - vectors {
            assert_eq!(back(&bytes[..length], vec![5, 6]), None, "{length} bytes");
        }
        assert_eq!(back(&bytes, vec![5, 6, 7]), None);
        assert_eq!(back(&bytes, vec![]), None);
    }

    /// What the model in this binary says of some texts, in figures that no processor changes. If this fails, what
    /// is in caches is no longer what the model would say: raise [`VERSION`], and write the new figure here.
    #[cfg(feature = "bundled-model")]
    #[test]
    fn what_the_version_stands_for() {
        let model = Model::load(None, None, 1).expect("there is a model in this binary");
        let long = "Der Techniker kam nicht, und niemand rief zurück. ".repeat(40);
        let windows = (model.tokens(&long) - model.piece_ids(&long).len()) / 2;
        assert!(windows > 1, "one of the texts is longer than the model reads at once");
        let texts = ["The parcel came two weeks late.", "Alles bestens!", "ok", long.as_str()];
        let scores = model.score(&texts);
        let all: Vec<Vec<u8>> = scores.iter().map(written).collect();
        let digest = Fingerprint::of_parts(&all).hexadecimal(8);
        assert_eq!((VERSION, digest.as_str()), (1, "700dc28c173da401"));
        for (text, score) in texts.iter().zip(scores) {
            let own = model.piece_ids(text);
            assert_eq!(own, score.pieces.ids, "{text}");
            assert_eq!(back(&written(&score), own), Some(score));
        }
    }
}
