//! Model directories of every family, small and made from a formula: what Hugging Face's
//! `save_pretrained` writes, with weights that are exact in each float type.

use std::fs;
use std::path::Path;

use safetensors::Dtype;
use safetensors::tensor::{TensorView, serialize_to_file};
use serde_json::{Value, json};

use crate::digest::mixed;

const HIDDEN: usize = 64;
const INNER: usize = 128;
const LAYERS: usize = 2;
/// Rows of the position embedding.
const POSITIONS: usize = 24;

/// A model directory to make.
pub(super) struct Tiny {
    /// Its name in `tests/data/families.json`.
    pub name: &'static str,
    model_type: &'static str,
    dtype: Dtype,
    labels: &'static [&'static str],
    tokenizer: fn() -> Value,
}

/// One of each family; between them every float type, tokenizer and number of labels.
pub(super) const ALL: [Tiny; 4] = [
    Tiny {
        name: "bert",
        model_type: "bert",
        dtype: Dtype::F32,
        labels: &["1 star", "2 stars", "3 stars", "4 stars", "5 stars"],
        tokenizer: word_piece,
    },
    Tiny {
        name: "roberta",
        model_type: "roberta",
        dtype: Dtype::F16,
        labels: &["negative", "neutral", "positive"],
        tokenizer: byte_pairs,
    },
    Tiny {
        name: "xlm-roberta",
        model_type: "xlm-roberta",
        dtype: Dtype::BF16,
        labels: &["Positive", "Negative", "Neutral"],
        tokenizer: unigram,
    },
    Tiny {
        name: "distilbert",
        model_type: "distilbert",
        dtype: Dtype::F32,
        labels: &["NEGATIVE", "POSITIVE"],
        tokenizer: word_piece,
    },
];

impl Tiny {
    /// Writes the directory.
    pub(super) fn write(&self, directory: &Path) {
        let tokenizer = (self.tokenizer)();
        let vocabulary = match &tokenizer["model"]["vocab"] {
            Value::Array(pieces) => pieces.len(),
            Value::Object(pieces) => pieces.len(),
            other => panic!("{other} is no vocabulary"),
        };
        fs::create_dir_all(directory).expect("it can be made");
        let write = |name: &str, value: &Value| {
            fs::write(directory.join(name), value.to_string()).expect("it can be written");
        };
        write("config.json", &self.config(vocabulary));
        write("tokenizer.json", &tokenizer);
        let tensors: Vec<(String, Vec<usize>, Vec<u8>)> = self
            .shapes(vocabulary)
            .into_iter()
            .map(|(name, shape)| {
                let values = values(&name, shape.iter().product());
                let bytes = values.into_iter().flat_map(|value| bytes(value, self.dtype)).collect();
                (name, shape, bytes)
            })
            .collect();
        let views = tensors.iter().map(|(name, shape, bytes)| {
            (name, TensorView::new(self.dtype, shape.clone(), bytes).expect("bytes fit the shape"))
        });
        let metadata = std::iter::once(("format".to_owned(), "pt".to_owned())).collect();
        serialize_to_file(views, Some(metadata), &directory.join("model.safetensors"))
            .expect("it can be written");
    }

    fn config(&self, vocabulary: usize) -> Value {
        let mut config = json!({
            "model_type": self.model_type,
            "vocab_size": vocabulary,
            "max_position_embeddings": POSITIONS,
        });
        let labels = self.labels.iter().enumerate();
        config["id2label"] = labels.clone().map(|(i, name)| (i.to_string(), json!(name))).collect();
        config["label2id"] = labels.map(|(i, name)| ((*name).to_owned(), json!(i))).collect();
        let own = match self.model_type {
            "distilbert" => json!({
                "architectures": ["DistilBertForSequenceClassification"],
                "dim": HIDDEN, "hidden_dim": INNER, "n_layers": LAYERS, "n_heads": 2,
                "activation": "gelu", "pad_token_id": 0,
            }),
            kind => json!({
                "architectures": [match kind {
                    "bert" => "BertForSequenceClassification",
                    "roberta" => "RobertaForSequenceClassification",
                    _ => "XLMRobertaForSequenceClassification",
                }],
                "hidden_size": HIDDEN, "intermediate_size": INNER, "num_hidden_layers": LAYERS,
                "num_attention_heads": 2, "hidden_act": "gelu",
                "layer_norm_eps": if kind == "bert" { 1e-12 } else { 1e-5 },
                "type_vocab_size": if kind == "bert" { 2 } else { 1 },
                "pad_token_id": if kind == "bert" { 0 } else { 1 },
            }),
        };
        let own = own.as_object().cloned().unwrap_or_default();
        config.as_object_mut().expect("it is an object").extend(own);
        config
    }

    /// Every tensor of the checkpoint, spelt out as the family spells it.
    fn shapes(&self, vocabulary: usize) -> Vec<(String, Vec<usize>)> {
        let mut shapes = Vec::new();
        let mut matrix = |name: String, rows: usize, columns: usize| {
            shapes.push((name, vec![rows, columns]));
        };
        let mut vectors: Vec<(String, usize)> = Vec::new();
        let prefix = match self.model_type {
            "xlm-roberta" => "roberta",
            other => other,
        };
        let embeddings = format!("{prefix}.embeddings");
        matrix(format!("{embeddings}.word_embeddings.weight"), vocabulary, HIDDEN);
        matrix(format!("{embeddings}.position_embeddings.weight"), POSITIONS, HIDDEN);
        match self.model_type {
            "bert" => matrix(format!("{embeddings}.token_type_embeddings.weight"), 2, HIDDEN),
            "distilbert" => {}
            _ => matrix(format!("{embeddings}.token_type_embeddings.weight"), 1, HIDDEN),
        }
        let mut norms = vec![format!("{embeddings}.LayerNorm")];
        let mut linear: Vec<(String, usize, usize)> = Vec::new();
        for layer in 0..LAYERS {
            let (layer, squares, inner, own) = match self.model_type {
                "distilbert" => (
                    format!("{prefix}.transformer.layer.{layer}"),
                    ["attention.q_lin", "attention.k_lin", "attention.v_lin", "attention.out_lin"],
                    ["ffn.lin1", "ffn.lin2"],
                    ["sa_layer_norm", "output_layer_norm"],
                ),
                _ => (
                    format!("{prefix}.encoder.layer.{layer}"),
                    [
                        "attention.self.query",
                        "attention.self.key",
                        "attention.self.value",
                        "attention.output.dense",
                    ],
                    ["intermediate.dense", "output.dense"],
                    ["attention.output.LayerNorm", "output.LayerNorm"],
                ),
            };
            linear.extend(squares.map(|name| (format!("{layer}.{name}"), HIDDEN, HIDDEN)));
            linear.push((format!("{layer}.{}", inner[0]), INNER, HIDDEN));
            linear.push((format!("{layer}.{}", inner[1]), HIDDEN, INNER));
            norms.extend(own.map(|name| format!("{layer}.{name}")));
        }
        let (dense, classifier) = match self.model_type {
            "bert" => ("bert.pooler.dense", "classifier"),
            "distilbert" => ("pre_classifier", "classifier"),
            _ => ("classifier.dense", "classifier.out_proj"),
        };
        linear.push((dense.into(), HIDDEN, HIDDEN));
        linear.push((classifier.into(), self.labels.len(), HIDDEN));
        for (name, rows, columns) in linear {
            matrix(format!("{name}.weight"), rows, columns);
            vectors.push((format!("{name}.bias"), rows));
        }
        for name in norms {
            vectors.push((format!("{name}.weight"), HIDDEN));
            vectors.push((format!("{name}.bias"), HIDDEN));
        }
        shapes.extend(vectors.into_iter().map(|(name, length)| (name, vec![length])));
        shapes
    }
}

/// Values that look random (splitmix64, from the name's FNV-1a hash on) and have seven bits at
/// most: -1 to 1 for embeddings, -1/4 to 1/4 for layers, 1/2 to 1 for the weights of norms.
fn values(name: &str, count: usize) -> Vec<f32> {
    let mut state = name.bytes().fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let norm = name.ends_with("LayerNorm.weight") || name.ends_with("layer_norm.weight");
    let scale = if name.contains("embeddings.weight") { 1.0 } else { 0.25 };
    (0..count)
        .map(|_| {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let bits = (mixed(state) >> 57) as f32;
            if norm { 0.5 + bits / 256.0 } else { (bits - 64.0) / 64.0 * scale }
        })
        .collect()
}

/// A value of at most eight significant bits in a float type, without loss.
fn bytes(value: f32, dtype: Dtype) -> Vec<u8> {
    let bits = value.to_bits();
    match dtype {
        Dtype::BF16 => ((bits >> 16) as u16).to_le_bytes().to_vec(),
        Dtype::F16 if value == 0.0 => vec![0, 0],
        Dtype::F16 => {
            let exponent = ((bits >> 23) & 0xff) + 15 - 127;
            let half = (bits >> 31) << 15 | exponent << 10 | (bits & 0x7f_ffff) >> 13;
            (half as u16).to_le_bytes().to_vec()
        }
        _ => value.to_le_bytes().to_vec(),
    }
}

/// `[["a", 0], ["b", 1], …]` as an object.
fn vocabulary(pieces: impl IntoIterator<Item = String>) -> Value {
    pieces.into_iter().enumerate().map(|(id, piece)| (piece, json!(id))).collect()
}

fn special(id: usize, content: &str) -> Value {
    json!({
        "id": id, "content": content, "special": true,
        "single_word": false, "lstrip": false, "rstrip": false, "normalized": false,
    })
}

fn tokenizer(special: Value, parts: Value) -> Value {
    let mut tokenizer = json!({
        "version": "1.0",
        // As published tokenizers have it; whole texts must be read all the same.
        "truncation": {
            "direction": "Right", "max_length": 8, "strategy": "LongestFirst", "stride": 0,
        },
        "padding": {
            "strategy": { "Fixed": 8 }, "direction": "Right", "pad_to_multiple_of": null,
            "pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]",
        },
        "added_tokens": special,
    });
    let parts = parts.as_object().cloned().unwrap_or_default();
    tokenizer.as_object_mut().expect("it is an object").extend(parts);
    tokenizer
}

/// Markers around one text.
fn template(start: (&str, usize), end: (&str, usize)) -> Value {
    let marker = |name: &str| json!({ "SpecialToken": { "id": name, "type_id": 0 } });
    let token = |(name, id): (&str, usize)| json!({ "id": name, "ids": [id], "tokens": [name] });
    json!({
        "type": "TemplateProcessing",
        "single": [marker(start.0), { "Sequence": { "id": "A", "type_id": 0 } }, marker(end.0)],
        "pair": [
            marker(start.0), { "Sequence": { "id": "A", "type_id": 0 } }, marker(end.0),
            { "Sequence": { "id": "B", "type_id": 0 } }, marker(end.0),
        ],
        "special_tokens": { start.0: token(start), end.0: token(end) },
    })
}

/// BERT's: lower case, words and their endings.
fn word_piece() -> Value {
    let whole = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "parcel", "late", "the", "is", "."];
    let letters = ('a'..='z').flat_map(|letter| [letter.to_string(), format!("##{letter}")]);
    let endings = ["##ly", "##ed", "##ness", "##ing", "very", "good", "bad"];
    let pieces = whole.into_iter().map(String::from).chain(letters);
    tokenizer(
        [special(0, "[PAD]"), special(2, "[CLS]"), special(3, "[SEP]")].into_iter().collect(),
        json!({
            "normalizer": {
                "type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                "strip_accents": null, "lowercase": true,
            },
            "pre_tokenizer": { "type": "BertPreTokenizer" },
            "post_processor": template(("[CLS]", 2), ("[SEP]", 3)),
            "decoder": { "type": "WordPiece", "prefix": "##", "cleanup": true },
            "model": {
                "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                "max_input_chars_per_word": 100,
                "vocab": vocabulary(pieces.chain(endings.map(String::from))),
            },
        }),
    )
}

/// RoBERTa's: pairs of bytes, a space belonging to the word behind it.
fn byte_pairs() -> Value {
    let first = ["<s>", "<pad>", "</s>", "<unk>"].map(String::from);
    // The characters that stand for the 256 bytes (GPT-2's `bytes_to_unicode`).
    let bytes = tokenizers::pre_tokenizers::byte_level::ByteLevel::alphabet();
    let mut bytes: Vec<String> = bytes.into_iter().map(String::from).collect();
    bytes.sort();
    let merges = ["l a", "t e", "la te", "Ġ late", "o o", "g oo", "goo d", "Ġ i", "Ġi s", "Ã ¤"];
    let merged = merges.map(|pair| pair.replace(' ', ""));
    tokenizer(
        [special(0, "<s>"), special(1, "<pad>"), special(2, "</s>")].into_iter().collect(),
        json!({
            "normalizer": null,
            "pre_tokenizer": {
                "type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true,
                "use_regex": true,
            },
            "post_processor": {
                "type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0],
                "trim_offsets": true, "add_prefix_space": false,
            },
            "decoder": {
                "type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true,
                "use_regex": true,
            },
            "model": {
                "type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": "",
                "end_of_word_suffix": "", "fuse_unk": false, "byte_fallback": false,
                "vocab": vocabulary(first.into_iter().chain(bytes).chain(merged)),
                "merges": merges,
            },
        }),
    )
}

/// XLM-R's: the likeliest pieces, a space written as ▁.
fn unigram() -> Value {
    let mut pieces: Vec<(String, f64)> =
        ["<s>", "<pad>", "</s>", "<unk>"].map(|name| (name.to_owned(), 0.0)).into();
    let words = ["▁late", "▁the", "▁parcel", "▁is", "▁good", "▁Lie", "ferung", "▁spät", "s", "ed"];
    pieces.extend(words.iter().zip(3u8..).map(|(word, cost)| ((*word).into(), -f64::from(cost))));
    let letters = ('a'..='z').filter(|letter| *letter != 's').chain("▁.äöüßL".chars());
    pieces.extend(letters.map(|letter| (letter.to_string(), -12.5)));
    tokenizer(
        [special(0, "<s>"), special(1, "<pad>"), special(2, "</s>")].into_iter().collect(),
        json!({
            "normalizer": { "type": "NFKC" },
            "pre_tokenizer": {
                "type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true,
            },
            "post_processor": template(("<s>", 0), ("</s>", 2)),
            "decoder": {
                "type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true,
            },
            "model": { "type": "Unigram", "unk_id": 3, "byte_fallback": false, "vocab": pieces },
        }),
    )
}
