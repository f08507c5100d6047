//! `painpoint init`.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;

use super::print_path;
use crate::config::TEMPLATE;
use crate::config::codebook::{Codebook, Sector};
use crate::visible::visible_path;

#[derive(Args)]
pub(super) struct Arguments {
    /// Folder to write to
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Sector whose touchpoints join those of the codebook, to be written into painpoint.toml
    #[arg(long, value_enum)]
    sector: Option<Sector>,
}

/// Writes the configuration and the built-in codebook; files that are there stay as they are.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    fs::create_dir_all(&arguments.folder)
        .with_context(|| format!("cannot create {}", visible_path(&arguments.folder)))?;
    let settings = settings(arguments.sector);
    let files = [("painpoint.toml", settings.as_str()), ("codebook.toml", Codebook::BUILT_IN)]
        .map(|(name, content)| (arguments.folder.join(name), content));
    if let Some((path, _)) = files.iter().find(|(path, _)| path.exists()) {
        bail!(
            "{} is there already, and is never overwritten; name another folder",
            visible_path(path)
        );
    }
    for (path, content) in files {
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .with_context(|| format!("cannot write {}", visible_path(&path)))?;
        file.write_all(content.as_bytes())?;
        print_path(&path)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The commented settings, with the sector in force.
fn settings(sector: Option<Sector>) -> String {
    sector.map_or_else(
        || TEMPLATE.to_owned(),
        |sector| {
            let setting = format!("sector = \"{}\"\n", sector.name());
            TEMPLATE.replace("# sector = \"insurance\"\n", &setting)
        },
    )
}
