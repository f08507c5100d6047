//! The engine `rust-bert`: the same encoders on libtorch, in an implementation that shares no line
//! with the packed engine, in float32. It is slower; it is there to check the other.
//!
//! `rust-bert` reads hidden sizes and weights; tokens, labels and windows are this crate's. Batches
//! are padded and the padding is masked, which moves the last bits of a score with its neighbours.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rust_bert::bert::{BertConfig, BertForSequenceClassification};
use rust_bert::distilbert::{DistilBertConfig, DistilBertModelClassifier};
use rust_bert::roberta::RobertaForSequenceClassification;
use tch::nn::{Linear, Path, VarStore};
use tch::{Device, Kind, Tensor};

use super::batch::Batch;
use super::config::Config;
use super::engine::{Encoding, Engine, Worker};
use super::error::ModelError;
use super::family::Family;
use super::packed::normalized;
use super::pieces::Pieces;
use super::weights::Weights;

/// One model a worker, because libtorch's may move between threads but not be shared. All of them
/// look at the same weights.
pub(crate) struct RustBert {
    first_position: i64,
    models: Vec<Mutex<Classifier>>,
    next: AtomicUsize,
}

/// A model of one family.
enum Network {
    Bert(BertForSequenceClassification),
    Roberta(RobertaForSequenceClassification),
    DistilBert(DistilBertModelClassifier),
}

struct Classifier {
    network: Network,
    meaning: Option<Linear>,
}

impl RustBert {
    /// Loads the model for `threads` workers.
    pub(crate) fn load(config: &Config, bytes: &[u8], threads: usize) -> Result<Self, ModelError> {
        let weights = Weights::parse(bytes, config.family)?;
        let mut loaded = HashMap::new();
        let models = (0..threads.max(1))
            .map(|_| Classifier::load(config, &weights, &mut loaded).map(Mutex::new))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            first_position: size(config.first_position()),
            models,
            next: AtomicUsize::new(0),
        })
    }
}

impl Classifier {
    /// Builds a model, and points its variables at the weights. `loaded` holds those that an
    /// earlier model has read.
    fn load(
        config: &Config,
        weights: &Weights,
        loaded: &mut HashMap<String, Tensor>,
    ) -> Result<Self, ModelError> {
        let store = VarStore::new(Device::Cpu);
        let root = store.root();
        let network = Network::new(&root, config)?;
        let width = size(config.hidden_size);
        let meaning = weights.has("meaning.weight").then(|| {
            tch::nn::linear(&root / "meaning", width, width, tch::nn::LinearConfig::default())
        });
        for (name, mut variable) in store.variables() {
            let tensor = match loaded.entry(name) {
                Entry::Occupied(entry) => entry.into_mut(),
                Entry::Vacant(entry) => {
                    let tensor = read(config.family, weights, entry.key(), &variable.size())?;
                    entry.insert(tensor)
                }
            };
            variable.set_data(tensor);
        }
        Ok(Self { network, meaning })
    }
}

/// The tensor behind a variable, checked, in float32.
fn read(
    family: Family,
    weights: &Weights,
    variable: &str,
    shape: &[i64],
) -> Result<Tensor, ModelError> {
    let name = match variable.strip_prefix(family.prefix()) {
        Some(name) => weights.encoder(name),
        None => variable.to_owned(),
    };
    let sizes: Vec<usize> = shape.iter().map(|&size| size as usize).collect();
    Ok(Tensor::from_slice(&weights.float(&name, &sizes)?).reshape(shape))
}

impl Network {
    fn new(root: &Path, config: &Config) -> Result<Self, ModelError> {
        let refused = |error| ModelError::Config(format!("rust-bert refuses it: {error}"));
        Ok(match config.family {
            Family::Bert => {
                let model = BertForSequenceClassification::new(root, &bert(config));
                Self::Bert(model.map_err(refused)?)
            }
            Family::Roberta | Family::XlmRoberta => {
                let model = RobertaForSequenceClassification::new(root, &bert(config));
                Self::Roberta(model.map_err(refused)?)
            }
            Family::DistilBert => {
                let model = DistilBertModelClassifier::new(root, &distilbert(config));
                Self::DistilBert(model.map_err(refused)?)
            }
        })
    }

    /// Logits `[sequences, labels]` and the last hidden states `[sequences, tokens, hidden_size]`.
    fn forward(&self, ids: &Tensor, mask: &Tensor, positions: &Tensor) -> (Tensor, Option<Tensor>) {
        let (ids, mask) = (Some(ids), Some(mask));
        let (logits, hidden) = match self {
            Self::Bert(model) => {
                let output = model.forward_t(ids, mask, None, Some(positions), None, false);
                (output.logits, output.all_hidden_states)
            }
            Self::Roberta(model) => {
                let output = model.forward_t(ids, mask, None, Some(positions), None, false);
                (output.logits, output.all_hidden_states)
            }
            Self::DistilBert(model) => match model.forward_t(ids, mask, None, false) {
                Ok(output) => (output.logits, output.all_hidden_states),
                Err(error) => unreachable!("there are ids and no embeddings: {error}"),
            },
        };
        (logits, hidden.and_then(|mut layers| layers.pop()))
    }
}

/// Whole numbers as libtorch has them.
fn size(value: usize) -> i64 {
    value as i64
}

fn labels(config: &Config) -> Option<HashMap<i64, String>> {
    let labels = config.id2label.iter();
    labels.map(|(index, name)| Some((index.parse().ok()?, name.clone()))).collect()
}

fn bert(config: &Config) -> BertConfig {
    BertConfig {
        hidden_size: size(config.hidden_size),
        intermediate_size: size(config.intermediate_size),
        max_position_embeddings: size(config.max_position_embeddings),
        num_attention_heads: size(config.num_attention_heads),
        num_hidden_layers: size(config.num_hidden_layers),
        type_vocab_size: size(config.type_vocab_size),
        vocab_size: size(config.vocab_size),
        output_hidden_states: Some(true),
        id2label: labels(config),
        ..BertConfig::default()
    }
}

fn distilbert(config: &Config) -> DistilBertConfig {
    DistilBertConfig {
        dim: size(config.hidden_size),
        hidden_dim: size(config.intermediate_size),
        max_position_embeddings: size(config.max_position_embeddings),
        n_heads: size(config.num_attention_heads),
        n_layers: size(config.num_hidden_layers),
        vocab_size: size(config.vocab_size),
        output_hidden_states: Some(true),
        sinusoidal_pos_embds: false,
        id2label: labels(config),
        ..DistilBertConfig::default()
    }
}

impl Engine for RustBert {
    fn worker(&self) -> Box<dyn Worker + '_> {
        // Every worker has a core of its own already.
        tch::set_num_threads(1);
        let index = self.next.fetch_add(1, Ordering::Relaxed) % self.models.len();
        Box::new(RustBertWorker { model: &self.models[index], first_position: self.first_position })
    }
}

struct RustBertWorker<'a> {
    model: &'a Mutex<Classifier>,
    first_position: i64,
}

impl Worker for RustBertWorker<'_> {
    fn encode(&mut self, batch: &Batch) -> Vec<Encoding> {
        // Free but for workers of two calls at once.
        let model = self.model.lock().unwrap_or_else(PoisonError::into_inner);
        tch::no_grad(|| {
            let padded = Padded::new(batch, self.first_position);
            let (logits, hidden) =
                model.network.forward(&padded.ids, &padded.mask, &padded.positions);
            // The configuration asks for hidden states.
            let means = hidden.map_or_else(|| logits.zeros_like(), |hidden| padded.means(&hidden));
            let meanings = match &model.meaning {
                Some(layer) => means.apply(layer),
                None => means,
            };
            let meanings = rows(&meanings).into_iter().map(|row| normalized(&row));
            rows(&logits)
                .into_iter()
                .zip(meanings)
                .map(|(logits, meaning)| Encoding {
                    logits,
                    meaning,
                    problem: Vec::new(),
                    pieces: Pieces::default(),
                })
                .collect()
        })
    }
}

/// A batch as libtorch takes it: `[sequences, tokens of the longest]`.
struct Padded {
    ids: Tensor,
    /// 1 for tokens, 0 for padding.
    mask: Tensor,
    positions: Tensor,
}

impl Padded {
    fn new(batch: &Batch, first_position: i64) -> Self {
        let longest = batch.sequences().map(|sequence| sequence.len()).max().unwrap_or(0);
        let (mut ids, mut mask, mut positions) = (Vec::new(), Vec::new(), Vec::new());
        for sequence in batch.sequences() {
            let padding = longest - sequence.len();
            mask.extend((0..longest).map(|at| i64::from(at < sequence.len())));
            ids.extend(batch.ids()[sequence].iter().map(|&id| i64::from(id)));
            ids.resize(ids.len() + padding, 0);
            positions.extend((0..longest).map(|at| size(at) + first_position));
        }
        let shape = [-1, size(longest)];
        let tensor = |values: &[i64]| Tensor::from_slice(values).reshape(shape);
        Self { ids: tensor(&ids), mask: tensor(&mask), positions: tensor(&positions) }
    }

    /// The mean hidden state of each sequence, `[sequences, hidden_size]`.
    fn means(&self, hidden: &Tensor) -> Tensor {
        let mask = self.mask.to_kind(Kind::Float).unsqueeze(-1);
        let sums = (hidden * &mask).sum_dim_intlist([1i64].as_slice(), false, Kind::Float);
        sums / mask.sum_dim_intlist([1i64].as_slice(), false, Kind::Float)
    }
}

/// The rows of a matrix of floats.
fn rows(matrix: &Tensor) -> Vec<Vec<f32>> {
    let [count, width] = [0, 1].map(|dimension| matrix.size()[dimension] as usize);
    let mut values = vec![0.0f32; count * width];
    matrix.contiguous().copy_data(&mut values, count * width);
    values.chunks(width).map(<[f32]>::to_vec).collect()
}
