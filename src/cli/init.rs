//! `painpoint init`.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use crate::config::codebook::Codebook;
use crate::config::settings::Settings;

#[derive(Args)]
pub struct Arguments {
    /// Folder to write to
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
}

/// Writes the configuration and the built-in codebook; files that are there stay as they are.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    fs::create_dir_all(&arguments.folder)
        .with_context(|| format!("cannot create {}", arguments.folder.display()))?;
    for (name, content) in
        [("painpoint.toml", Settings::TEMPLATE), ("codebook.toml", Codebook::BUILT_IN)]
    {
        let path = arguments.folder.join(name);
        let mut file =
            OpenOptions::new().write(true).create_new(true).open(&path).with_context(|| {
                format!(
                    "cannot write {}; a file that is there is never overwritten",
                    path.display()
                )
            })?;
        file.write_all(content.as_bytes())?;
        writeln!(io::stdout(), "{}", path.display())?;
    }
    Ok(ExitCode::SUCCESS)
}
