//! `painpoint inspect`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::options::{ColumnOptions, ConfigOption};
use crate::config::options::Options;
use crate::read::inspect::inspect;
use crate::read::{Doubts, Places};
use crate::score::drafts;
use crate::touchpoint::sectors::{SectorWords, propose_sector};
use crate::visible::VisibleWriter;

#[derive(Args)]
pub(super) struct Arguments {
    /// Files of feedback, or folders of them: CSV, Excel, OpenDocument or JSON, also as .gz or .zst; - is standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    config: ConfigOption,
    #[command(flatten, next_help_heading = "Columns")]
    columns: ColumnOptions,
}

/// Prints what would be read.
pub(super) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let flags = Options { columns: arguments.columns.into(), ..Options::default() };
    let configuration = arguments.config.under(flags)?;
    let (words, mut hits, mut texts) = (SectorWords::new(), BTreeMap::new(), 0);
    let places = Places::find(&arguments.inputs)?;
    let inspections = inspect(&places.files, &configuration.columns, |row| {
        let drafts = drafts(row);
        texts += u64::from(!drafts.is_empty());
        words.count(&mut hits, drafts.iter().map(|own| (own.clean.as_str(), own.language)));
        !drafts.is_empty()
    })?;
    for inspection in inspections {
        writeln!(VisibleWriter(io::stdout()), "{inspection}")?;
    }
    let mut doubts = Doubts::default();
    doubts.add_passed_over([0], &places.passed_over);
    for told in doubts.told(&[String::new()]) {
        writeln!(VisibleWriter(io::stdout()), "\n{told}")?;
    }
    let proposal = propose_sector(&hits, texts).filter(|_| configuration.sector.is_none());
    if let Some(proposal) = proposal {
        writeln!(VisibleWriter(io::stdout()), "\n{proposal}")?;
    }
    Ok(ExitCode::SUCCESS)
}
