//! Text → windows of token ids.

use tokenizers::Tokenizer as Pieces;

use super::error::ModelError;

/// Splits texts into windows of token ids that the encoder takes.
pub struct Tokenizer {
    pieces: Pieces,
    /// Put before and after every window, e.g. `<s>` and `</s>`.
    markers: (u32, u32),
    /// Longest window, markers included.
    max_tokens: usize,
}

impl Tokenizer {
    /// Loads `tokenizer.json`. Every id must be below `vocab_size`.
    pub fn parse(json: &[u8], vocab_size: usize, max_tokens: usize) -> Result<Self, ModelError> {
        let mut pieces =
            Pieces::from_bytes(json).map_err(|error| ModelError::Tokenizer(error.to_string()))?;
        if pieces.get_vocab_size(true) > vocab_size {
            return Err(ModelError::Tokenizer(format!(
                "holds {} pieces, but config.json says vocab_size {vocab_size}",
                pieces.get_vocab_size(true)
            )));
        }
        pieces.with_padding(None);
        pieces.with_truncation(None).map_err(|error| ModelError::Tokenizer(error.to_string()))?;
        let frame =
            pieces.encode("", true).map_err(|error| ModelError::Tokenizer(error.to_string()))?;
        let &[start, end] = frame.get_ids() else {
            return Err(ModelError::Tokenizer(
                "the post-processor must put one token before and one after a text".into(),
            ));
        };
        Ok(Self { pieces, markers: (start, end), max_tokens })
    }

    /// The windows of a text: one, or several of about equal length where the text is longer than
    /// the encoder takes. Together they hold every token of the text.
    pub fn windows(&self, text: &str) -> Vec<Vec<u32>> {
        let (start, end) = self.markers;
        // Encoding fails only where a tokenizer truncates, and truncation is off.
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
