//! Computes the vectors of the built-in codebook's texts with the bundled model and stores them in
//! `models/default/meanings.bin`, so that a run need not. To be run after a change of either; with
//! `--check` it fails if that is due.
//!
//! ```sh
//! cargo run --release --example store_meanings
//! ```

use std::fs;
use std::path::Path;

use anyhow::ensure;
use painpoint::config::codebook::Codebook;
use painpoint::model::{Model, Precision};
use painpoint::touchpoint::meaning::Prototypes;

fn main() -> anyhow::Result<()> {
    let model = Model::load(None, Some(Precision::Int8), 1)?;
    let texts = Prototypes::texts(&Codebook::built_in());
    let texts: Vec<&str> = texts.iter().map(|(_, text)| text.as_str()).collect();
    let file = model.stored_meanings(&texts);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/default/meanings.bin");
    if std::env::args().any(|argument| argument == "--check") {
        ensure!(
            fs::read(&path)? == file,
            "models/default/meanings.bin is stale; run: cargo run --release --example store_meanings"
        );
    } else {
        fs::write(path, file)?;
    }
    Ok(())
}
