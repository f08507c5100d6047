//! The bundled model's meaning vectors of texts, for those who learn a head on them (`models/train/train/flags.py`),
//! or with `--sentiment` the probabilities of negative, neutral and positive (`models/train/train/priors.py`):
//!
//! ```sh
//! cargo run --release --example vectors < TEXTS > VECTORS
//! cargo run --release --example vectors -- --sentiment < TEXTS > PROBABILITIES
//! ```
//!
//! TEXTS has one a line; the output has the values of each, 32-bit floats in little-endian order. Vectors have length one.

use std::io::{self, BufRead, Write};

use painpoint::model::{Model, Precision};
use painpoint::text::clean::clean;
use painpoint::text::plain::plain;

/// Texts that are read together.
const BATCH: usize = 512;

fn main() -> anyhow::Result<()> {
    let sentiment = std::env::args().any(|argument| argument == "--sentiment");
    let model = Model::load(None, Some(Precision::Int8), rayon::current_num_threads())?;
    let lines: Vec<String> = io::stdin().lock().lines().collect::<Result<_, _>>()?;
    let texts: Vec<String> = lines.iter().map(|line| plain(&clean(line)).text.into()).collect();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for batch in texts.chunks(BATCH) {
        for score in model.score(batch) {
            let values = if sentiment { &score.probabilities[..] } else { &score.meaning[..] };
            for value in values {
                out.write_all(&value.to_le_bytes())?;
            }
        }
    }
    Ok(out.flush()?)
}
