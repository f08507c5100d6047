//! `painpoint cache`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::Unfit;
use super::analyze::count;
use super::options::{ConfigError, ConfigOption};
use crate::config::options::{CacheChoice, Megabytes, Options};
use crate::store::scores::{Limits, Pruned, Statistics, clear, prune, statistics};
use crate::visible::{VisibleWriter, visible_path};

#[derive(Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Args)]
struct Place {
    /// The cache [default: that of the configuration, else the one in your cache folder]
    file: Option<PathBuf>,
    #[command(flatten)]
    config: ConfigOption,
}

#[derive(Subcommand)]
enum Action {
    /// Print how large it is, and how many scores of which model it holds.
    Stats {
        #[command(flatten)]
        place: Place,
    },
    /// Drop what was not used for longest, and give its room back.
    Prune {
        #[command(flatten)]
        place: Place,
        /// Until the rest takes this many megabytes at most
        #[arg(long, value_name = "MB")]
        size: Option<Megabytes>,
        /// What no run has used for more than so many days
        #[arg(long, value_name = "DAYS")]
        unused_for: Option<u32>,
    },
    /// Drop everything.
    Clear {
        #[command(flatten)]
        place: Place,
    },
}

/// Shows, thins out or empties.
pub(super) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    match arguments.action {
        Action::Stats { place } => {
            let path = place.path()?;
            show(&path, &statistics(&path)?)?;
        }
        Action::Prune { place, size, unused_for } => {
            if size.is_none() && unused_for.is_none() {
                let told = "nothing says what is to go; give --size MB or --unused-for DAYS";
                return Err(Unfit(told.into()).into());
            }
            let limits = Limits { most_bytes: size.map(Megabytes::bytes), unused_for };
            let path = place.path()?;
            tell(&path, prune(&path, limits)?)?;
        }
        Action::Clear { place } => {
            let path = place.path()?;
            tell(&path, clear(&path)?)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

impl Place {
    fn path(self) -> Result<PathBuf, ConfigError> {
        let cache = self.file.map(CacheChoice::File);
        let configuration = self.config.under(Options { cache, ..Options::default() })?;
        Ok(configuration.cache_path()?)
    }
}

fn show(path: &Path, found: &Statistics) -> io::Result<()> {
    let mut out = VisibleWriter(io::stdout());
    writeln!(out, "file     {}", visible_path(path))?;
    writeln!(out, "size     {}, {} of it free", megabytes(found.bytes), megabytes(found.free))?;
    writeln!(out, "scores   {}", found.entries())?;
    for own in &found.generations {
        writeln!(out, "  {} of {}, last used {}", own.entries, own.model, own.used)?;
    }
    Ok(())
}

fn tell(path: &Path, Pruned { entries, bytes: (before, after) }: Pruned) -> io::Result<()> {
    let mut out = VisibleWriter(io::stdout());
    let (before, after) = (megabytes(before), megabytes(after));
    writeln!(
        out,
        "{}: {} dropped, {before} before, {after} now",
        visible_path(path),
        count(entries, "score")
    )
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
