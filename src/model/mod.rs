//! Texts → sentiment and meaning: model directories, tokenisation, batching, engines.

mod batch;
mod config;
mod directory;
mod engine;
mod error;
mod family;
mod heads;
mod labels;
mod meanings;
pub mod packed;
mod pieces;
mod priors;
#[cfg(feature = "rust-bert")]
mod rust_bert;
mod score;
mod tokens;
mod tuning;
mod weights;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use clap::ValueEnum;
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use batch::Batch;
use config::Config;
pub use directory::Checked;
use directory::Files;
pub use engine::Precision;
use engine::{Encoding, Engine, Worker};
pub use error::ModelError;
pub use heads::HeadScores;
use heads::Heads;
use meanings::{Meanings, rounded};
pub use packed::normalized;
pub use pieces::Pieces;
pub use priors::{CLEAR, Priors};
pub use score::{PROBLEM_STEPS, Score, Sentiment, likeliest, problem_in_steps};
use tokens::Tokenizer;
pub use tuning::{LabelsUsed, Tuning, weighed};
use weights::Weights;

use crate::digest::hexadecimal;

/// Compares the files of the bundled model, or of the one in `directory`, with its `SHA256SUMS`.
/// Nothing comes back if it has none.
pub fn check_sums(directory: Option<&Path>) -> Result<Vec<Checked>, ModelError> {
    files(directory)?.check()
}

/// Writes the bundled model, or the one in `directory`, with a correction of its sentiment to a folder that is
/// not there yet; all of it or nothing.
///
/// # Errors
/// If a file cannot be read or written.
pub fn write_tuned(
    directory: Option<&Path>,
    tuning: &Tuning,
    folder: &Path,
) -> Result<(), ModelError> {
    let mut json = serde_json::to_vec(tuning).map_err(|e| ModelError::Config(e.to_string()))?;
    json.push(b'\n');
    let tuned = Files { tuning: Some(json.into()), ..files(directory)? };
    let unwritable = |source| ModelError::Unwritable { path: folder.to_owned(), source };
    tuned.write_new(folder).map_err(unwritable)
}

fn files(directory: Option<&Path>) -> Result<Files, ModelError> {
    directory.map_or_else(Files::bundled, Files::read)
}

/// What runs a model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum EngineKind {
    /// This project's own engine, in pure Rust.
    #[default]
    Packed,
    /// The crate rust-bert on libtorch, in 32-bit floats: slower; only in builds that have it.
    RustBert,
}

impl EngineKind {
    /// Whether this build has it.
    pub fn is_built_in(self) -> bool {
        self == Self::Packed || cfg!(feature = "rust-bert")
    }

    /// The name on the command line and in `run.json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Packed => "packed",
            Self::RustBert => "rust-bert",
        }
    }
}

/// A sentiment model: tokenizer, encoder, labels, and the threads that run it.
pub struct Model {
    tokenizer: Tokenizer,
    engine: Box<dyn Engine>,
    kind: EngineKind,
    precision: Precision,
    labels: Vec<Sentiment>,
    heads: Option<Heads>,
    tuning: Option<Tuning>,
    version: String,
    /// One pool of one thread a worker: matrix products must not spread over the others' cores.
    workers: Vec<ThreadPool>,
    config: Config,
    hash: String,
    meanings: Meanings,
}

impl Model {
    /// Loads a model as [`Model::load_for`] does, to run on the default engine.
    pub fn load(
        directory: Option<&Path>,
        precision: Option<Precision>,
        threads: usize,
    ) -> Result<Self, ModelError> {
        Self::load_for(EngineKind::default(), directory, precision, threads)
    }

    /// Loads the bundled model, or the one in `directory`, for `threads` workers of an engine.
    ///
    /// Without a precision, weights stored in eight-bit integers run as such and others in float32:
    /// eight bits cost nothing only where a model was made, or at least checked, for them. The
    /// precision is that of the default engine; `rust-bert` has float32 alone.
    pub fn load_for(
        kind: EngineKind,
        directory: Option<&Path>,
        precision: Option<Precision>,
        threads: usize,
    ) -> Result<Self, ModelError> {
        let files = files(directory)?;
        if directory.is_some() {
            // What is in the binary was checked when it was built, by a test.
            files.check()?;
        }
        let config = Config::parse(&files.config)?;
        let tokenizer = Tokenizer::parse(&files.tokenizer, config.vocab_size, config.max_tokens())?;
        let (engine, precision): (Box<dyn Engine>, _) = match kind {
            EngineKind::Packed => {
                let precision = match precision {
                    Some(precision) => precision,
                    None => Weights::parse(&files.weights, config.family)?.precision(),
                };
                let (branch, pieces) = (files.branch.as_deref(), files.pieces.as_deref());
                let beside = packed::Beside { branch, pieces };
                let engine = packed::Packed::load(&config, &files.weights, beside, precision)?;
                (Box::new(engine), precision)
            }
            #[cfg(feature = "rust-bert")]
            EngineKind::RustBert => {
                let engine = rust_bert::RustBert::load(&config, &files.weights, threads)?;
                (Box::new(engine), Precision::F32)
            }
            #[cfg(not(feature = "rust-bert"))]
            EngineKind::RustBert => return Err(ModelError::NoEngine(kind.name())),
        };
        let workers = (0..threads.max(1))
            .map(|_| ThreadPoolBuilder::new().num_threads(1).build())
            .collect::<Result<_, _>>()
            .map_err(|error| ModelError::Config(format!("cannot start threads: {error}")))?;
        let [shipped, hash] = hashes(&files);
        let tuning = match &files.tuning {
            Some(json) => Some(Tuning::parse(json, config.hidden_size)?),
            None => None,
        };
        Ok(Self {
            tokenizer,
            engine,
            kind,
            precision,
            labels: config.labels().map_err(ModelError::Config)?,
            heads: match &files.heads {
                Some(json) => Some(Heads::parse(json, config.hidden_size)?),
                None => None,
            },
            version: version(&config, tuning.as_ref()),
            tuning,
            workers,
            // Labels correct no vector.
            meanings: Meanings::read(files.meanings, &shipped, precision),
            hash,
            config,
        })
    }

    /// What [`hash`](Self::hash) gives of the bundled model, or of the one in `directory`, without loading it.
    ///
    /// # Errors
    /// If its files cannot be read.
    pub fn hash_of(directory: Option<&Path>) -> Result<String, ModelError> {
        let [_, hash] = hashes(&files(directory)?);
        Ok(hash)
    }

    /// SHA-256 over configuration, tokenizer and weights, in hexadecimal.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The version that `config.json` gives the weights, empty where it gives none, and what they were tuned on.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The labels that its sentiment was corrected by, if it was.
    pub fn tuned_on(&self) -> Option<&LabelsUsed> {
        self.tuning.as_ref().map(|tuning| &tuning.labels)
    }

    /// What rows tell of sentiment beside their text, if the model has learnt it.
    pub fn priors(&self) -> Option<&Priors> {
        self.heads.as_ref().and_then(Heads::priors)
    }

    /// The arithmetic that the model runs in.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// The engine that runs the model.
    pub fn engine(&self) -> EngineKind {
        self.kind
    }

    /// What there is to know about the model, a line a fact.
    pub fn facts(&self) -> String {
        let config = &self.config;
        let labels: Vec<&str> = self.labels.iter().map(|label| label.name()).collect();
        format!(
            "version      {}\nlicence      {}\nbase         {}\narchitecture {}, {} layers of {}, {} heads\n\
             vocabulary   {} pieces\nlabels       {}\nprecision    {}\nwindow       {} tokens\nSHA-256      {}\n",
            self.version(),
            config.painpoint.licence.as_deref().unwrap_or("not stated"),
            config.painpoint.base.as_deref().unwrap_or("not stated"),
            config.family.name(),
            config.num_hidden_layers,
            config.hidden_size,
            config.num_attention_heads,
            config.vocab_size,
            labels.join(", "),
            self.precision.name(),
            config.max_tokens(),
            self.hash
        )
    }

    /// How many tokens the encoder reads for a text, the markers of its windows included.
    pub fn tokens(&self, text: &str) -> usize {
        self.tokenizer.windows(text).iter().map(Vec::len).sum()
    }

    /// The ids of a text's pieces, as [`Pieces::ids`] has them where the model gives pieces.
    pub fn piece_ids(&self, text: &str) -> Vec<u32> {
        let windows = self.tokenizer.windows(text);
        windows.iter().flat_map(|window| &window[1..window.len() - 1]).copied().collect()
    }

    /// Scores texts in parallel. A text's score depends on the text alone. Texts longer than the
    /// encoder takes are scored in windows, which weigh as much as they have tokens.
    pub fn score(&self, texts: &[impl AsRef<str> + Sync]) -> Vec<Score> {
        /// Texts that a thread takes at once: some batches, so that the threads finish together.
        const SLICE: usize = 64;
        let slices: Vec<_> = texts.chunks(SLICE).collect();
        let next = AtomicUsize::new(0);
        let results: Mutex<Vec<(usize, Vec<Score>)>> = Mutex::new(Vec::with_capacity(slices.len()));
        self.on_threads(slices.len(), |scorer| {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(slice) = slices.get(number) else { return };
                let scores = scorer.score(slice);
                results.lock().unwrap_or_else(PoisonError::into_inner).push((number, scores));
            }
        });
        let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        results.sort_unstable_by_key(|&(number, _)| number);
        results.into_iter().flat_map(|(_, scores)| scores).collect()
    }

    /// Meaning vectors of texts, rounded to steps of 1/32767: those that lie beside the model, and the
    /// others computed.
    pub fn meanings(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        let stored: Vec<Option<Vec<f32>>> =
            texts.iter().map(|text| self.meanings.get(text)).collect();
        let missing: Vec<&str> = texts
            .iter()
            .zip(&stored)
            .filter(|(_, stored)| stored.is_none())
            .map(|(text, _)| *text)
            .collect();
        let mut computed = self.score(&missing).into_iter().map(|score| rounded(&score.meaning));
        stored.into_iter().filter_map(|stored| stored.or_else(|| computed.next())).collect()
    }

    /// What `meanings.bin` should hold for [`Model::meanings`] of these texts to cost nothing.
    pub fn stored_meanings(&self, texts: &[&str]) -> Vec<u8> {
        let scores = self.score(texts);
        let vectors = scores.iter().map(|score| score.meaning.as_slice());
        self.meanings.write(texts.iter().copied().zip(vectors))
    }

    /// Runs `work` on every thread of the model at once, on `most` of them at most, each with a
    /// scorer of its own, until all have returned.
    pub fn on_threads(&self, most: usize, work: impl Fn(&mut TextScorer) + Sync) {
        thread::scope(|scope| {
            for pool in self.workers.iter().take(most) {
                scope.spawn(|| {
                    pool.install(|| {
                        work(&mut TextScorer { model: self, worker: self.engine.worker() });
                    });
                });
            }
        });
    }

    fn merge(&self, parts: Vec<(usize, Encoding)>) -> Score {
        let tokens: usize = parts.iter().map(|(tokens, _)| tokens).sum();
        let mut probabilities = [0.0f32; 3];
        let length = |vector: fn(&Encoding) -> &Vec<f32>| {
            vec![0.0f32; parts.first().map_or(0, |(_, part)| vector(part).len())]
        };
        let mut meaning = length(|part| &part.meaning);
        let mut problem = length(|part| &part.problem);
        let mut pieces = Pieces::default();
        for (length, part) in &parts {
            let weight = *length as f32 / tokens as f32;
            for (sentiment, probability) in self.labels.iter().zip(softmax(&part.logits)) {
                probabilities[*sentiment as usize] += weight * probability;
            }
            pieces.extend(&part.pieces);
            let vectors = [(&mut meaning, &part.meaning), (&mut problem, &part.problem)];
            for (sums, values) in vectors {
                for (sum, value) in sums.iter_mut().zip(values) {
                    *sum += weight * value;
                }
            }
        }
        if parts.len() > 1 {
            (meaning, problem) = (normalized(&meaning), normalized(&problem));
        }
        // Only so is what was kept in steps the same as what is computed.
        let steps = problem_in_steps(&problem).into_iter();
        let problem = steps.map(|step| f32::from(step) / PROBLEM_STEPS).collect();
        let heads = self.heads.as_ref().map(|heads| heads.score(&meaning));
        if let Some(tuning) = &self.tuning {
            probabilities = tuning.corrected(probabilities, &meaning);
        }
        Score { probabilities, meaning, problem, pieces, heads }
    }
}

/// One thread's way to score texts, with buffers that it reuses.
pub struct TextScorer<'a> {
    model: &'a Model,
    worker: Box<dyn Worker + 'a>,
}

impl TextScorer<'_> {
    /// Scores texts one batch after the other, as [`Model::score`] does.
    pub fn score(&mut self, texts: &[impl AsRef<str>]) -> Vec<Score> {
        let windows: Vec<Vec<Vec<u32>>> =
            texts.iter().map(|text| self.model.tokenizer.windows(text.as_ref())).collect();
        let flat: Vec<&[u32]> = windows.iter().flatten().map(Vec::as_slice).collect();
        let mut encodings = self.encode(&flat).into_iter();
        windows
            .iter()
            .map(|windows| {
                let parts: Vec<(usize, Encoding)> =
                    windows.iter().map(Vec::len).zip(encodings.by_ref()).collect();
                self.model.merge(parts)
            })
            .collect()
    }

    fn encode(&mut self, sequences: &[&[u32]]) -> Vec<Encoding> {
        let lengths: Vec<usize> = sequences.iter().map(|sequence| sequence.len()).collect();
        let mut results = Vec::with_capacity(sequences.len());
        for indices in batch::plan(&lengths) {
            let batch = Batch::new(indices.iter().map(|&index| sequences[index]));
            results.extend(indices.into_iter().zip(self.worker.encode(&batch)));
        }
        results.sort_unstable_by_key(|&(index, _)| index);
        results.into_iter().map(|(_, encoding)| encoding).collect()
    }
}

/// Probabilities from logits.
fn softmax(logits: &[f32]) -> Vec<f32> {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = logits.iter().map(|logit| packed::exp(logit - highest)).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

/// Version and tuning in words.
fn version(config: &Config, tuning: Option<&Tuning>) -> String {
    let own = config.painpoint.version.as_deref().unwrap_or_default();
    match tuning {
        Some(tuning) => format!("{own} {}", tuning.labels).trim_start().to_owned(),
        None => own.to_owned(),
    }
}

/// SHA-256 over the files that a model is shipped with, and over all that decide what it says. The weights are read once for
/// both: they are nearly all of a model.
fn hashes(files: &Files) -> [String; 2] {
    let mut hasher = Sha256::new();
    let add = |hasher: &mut Sha256, file: &[u8]| {
        hasher.update((file.len() as u64).to_le_bytes());
        hasher.update(file);
    };
    files.shipped().for_each(|(_, file)| add(&mut hasher, file));
    let shipped = hasher.clone();
    if let Some(tuning) = &files.tuning {
        add(&mut hasher, tuning);
    }
    [shipped, hasher].map(|hasher| hexadecimal(&hasher.finalize()))
}

#[cfg(test)]
mod tests;
