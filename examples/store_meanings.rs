//! Computes the vectors of the built-in codebook's texts with the bundled model and stores them in
//! `models/default/meanings.bin`, so that a run need not, and writes the sums of all files of the
//! model to `SHA256SUMS`. To be run after a change of either; with `--check` it fails if that is due.
//!
//! ```sh
//! cargo run --release --example store_meanings
//! ```

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::ensure;
use painpoint::config::codebook::Codebook;
use painpoint::model::{Model, Precision};
use painpoint::touchpoint::meaning::Prototypes;
use sha2::{Digest, Sha256};

/// All files of the model that decide what it says.
const FILES: [&str; 7] = [
    "config.json",
    "tokenizer.json",
    "model.safetensors",
    "branch.safetensors",
    "pieces.safetensors",
    "heads.json",
    "meanings.bin",
];

fn main() -> anyhow::Result<()> {
    let model = Model::load(None, Some(Precision::Int8), 1)?;
    let texts = Prototypes::texts(&Codebook::built_in());
    let texts: Vec<&str> = texts.iter().map(|(_, text)| text.as_str()).collect();
    let file = model.stored_meanings(&texts);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/default");
    let path = folder.join("meanings.bin");
    let checks = std::env::args().any(|argument| argument == "--check");
    if !checks {
        fs::write(&path, &file)?;
    }
    let sums = sums(&folder)?;
    if checks {
        ensure!(
            fs::read(&path)? == file && fs::read_to_string(folder.join("SHA256SUMS"))? == sums,
            "models/default/meanings.bin or SHA256SUMS is stale; run: cargo run --release --example \
             store_meanings"
        );
    } else {
        fs::write(folder.join("SHA256SUMS"), sums)?;
    }
    Ok(())
}

/// The lines of `SHA256SUMS`.
fn sums(folder: &Path) -> anyhow::Result<String> {
    let mut lines = String::new();
    for name in FILES {
        let digest = Sha256::digest(fs::read(folder.join(name))?);
        let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        writeln!(lines, "{digits}  {name}")?;
    }
    Ok(lines)
}
