//! Text → windows of token ids.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use tokenizers::{Model as _, ModelWrapper, Tokenizer as Pieces};

use super::error::ModelError;

/// A text with characters that no vocabulary has.
const PROBE: &str = "A probe: \u{10fffd}\u{e000} 1";

/// Splits texts into windows of token ids that the encoder takes.
pub(super) struct Tokenizer {
    pieces: Pieces,
    /// Put before and after every window, e.g. `<s>` and `</s>`.
    markers: (u32, u32),
    /// Longest window, markers included.
    max_tokens: usize,
}

impl Tokenizer {
    /// Loads `tokenizer.json`. Every id must be below `vocab_size`.
    pub(super) fn parse(
        json: &[u8],
        vocab_size: usize,
        max_tokens: usize,
    ) -> Result<Self, ModelError> {
        let mut pieces = without_decoder(json)
            .map_err(|error| ModelError::Tokenizer(error.to_string()))
            .and_then(|json| {
                Pieces::from_bytes(json).map_err(|error| ModelError::Tokenizer(error.to_string()))
            })?;
        let fits = |id: u32| (id as usize) < vocab_size;
        let too_large = |id: u32| {
            ModelError::Tokenizer(format!(
                "holds a piece of id {id}, but config.json says vocab_size {vocab_size}: ids are below \
                 it"
            ))
        };
        if let Some(id) = largest_id(&pieces).filter(|&id| !fits(id)) {
            return Err(too_large(id));
        }
        pieces.with_padding(None);
        pieces.with_truncation(None).map_err(|error| ModelError::Tokenizer(error.to_string()))?;
        let encode = |text, markers| {
            pieces
                .encode(text, markers)
                .map_err(|error| ModelError::Tokenizer(format!("cannot encode a text: {error}")))
        };
        let frame = encode("", true)?;
        let &[start, end] = frame.get_ids() else {
            return Err(ModelError::Tokenizer(
                "the post-processor must put one token before and one after a text".into(),
            ));
        };
        if let Some(id) = [start, end].into_iter().find(|&id| !fits(id)) {
            return Err(too_large(id));
        }
        encode(PROBE, false)?;
        Ok(Self { pieces, markers: (start, end), max_tokens })
    }

    /// The windows of a text: one, or several of about equal length where the text is longer than
    /// the encoder takes. Together they hold every token of the text.
    pub(super) fn windows(&self, text: &str) -> Vec<Vec<u32>> {
        let (start, end) = self.markers;
        // Encoding fails only where a tokenizer truncates, and truncation is off, or where it has no
        // piece for what it does not know, and then it failed when it was loaded.
        let encoding = self.pieces.encode_fast(text, false).unwrap_or_default();
        let ids = encoding.get_ids();
        let room = self.max_tokens - 2;
        let count = ids.len().div_ceil(room).max(1);
        (0..count)
            .map(|window| {
                let from = ids.len() * window / count;
                let to = ids.len() * (window + 1) / count;
                let mut window = Vec::with_capacity(to - from + 2);
                window.push(start);
                window.extend_from_slice(&ids[from..to]);
                window.push(end);
                window
            })
            .collect()
    }
}

/// A `tokenizer.json` without its decoder, which makes texts of ids. Nobody here asks for that, and the
/// crate panics where it does not know one.
fn without_decoder(json: &[u8]) -> serde_json::Result<Vec<u8>> {
    let mut parts: BTreeMap<String, &RawValue> = serde_json::from_slice(json)?;
    parts.remove("decoder");
    serde_json::to_vec(&parts)
}

/// The largest id of a piece. That there are so many pieces says nothing: ids may have gaps.
fn largest_id(pieces: &Pieces) -> Option<u32> {
    let own = match pieces.get_model() {
        // Its ids are the places of its pieces; to copy them all would take time at every start.
        ModelWrapper::Unigram(model) => u32::try_from(model.get_vocab_size()).ok()?.checked_sub(1),
        model => model.get_vocab().into_values().max(),
    };
    own.max(pieces.get_added_tokens_decoder().into_keys().max())
}
