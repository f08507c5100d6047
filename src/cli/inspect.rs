//! `painpoint inspect`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use rayon::prelude::*;
use serde::Serialize;

use super::options::{ColumnOptions, ConfigOption, PrivacyOptions};
use crate::config::codebook::Sector;
use crate::config::options::Options;
use crate::read::inspect::{Inspection, inspect, overruling};
use crate::read::{DoubtFacts, Doubts, Feedback, Places, ToldDoubt};
use crate::score::drafts;
use crate::text::Language;
use crate::touchpoint::sectors::{SectorHits, SectorWords, propose_sector};
use crate::visible::VisibleWriter;

#[derive(Args)]
pub(super) struct Arguments {
    /// Files of feedback, or folders of them: CSV, Excel, OpenDocument or JSON, also as .gz or .zst; - is standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Print what was found as JSON, for scripts
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: ConfigOption,
    #[command(flatten, next_help_heading = "Columns")]
    columns: ColumnOptions,
    #[command(flatten, next_help_heading = "Privacy")]
    privacy: PrivacyOptions,
}

/// Rows that a thread takes at a time.
const ROWS: usize = 16;

/// What is printed for scripts.
#[derive(Serialize)]
struct Told<'a> {
    inputs: &'a [Inspection],
    /// What is doubtful about the inputs as they were given.
    #[serde(serialize_with = "DoubtFacts::serialize_with_remedies")]
    doubts: &'a [ToldDoubt],
    /// The sector whose codebook the texts ask for.
    sector: Option<Sector>,
    /// Lines of `painpoint.toml` that overrule all guesses.
    #[serde(skip_serializing_if = "Option::is_none")]
    painpoint_toml: Option<String>,
}

/// Prints what would be read.
pub(super) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let flags = Options {
        columns: arguments.columns.into(),
        privacy: arguments.privacy.into(),
        ..Options::default()
    };
    let configuration = arguments.config.under(flags)?;
    let protection = configuration.privacy.protection()?;
    let (words, mut hits, mut texts) = (SectorWords::new(), BTreeMap::new(), 0);
    let places = Places::find(&arguments.inputs)?;
    let inspections = inspect(&places.files, (&configuration.columns, &protection), |rows| {
        let parts: Vec<_> = rows.par_chunks(ROWS).map(|rows| mentions(rows, &words)).collect();
        let (languages, own): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
        own.into_iter()
            .flatten()
            .for_each(|(sector, own)| add(hits.entry(sector).or_default(), own));
        let languages = languages.concat();
        texts += languages.iter().filter(|own| !own.is_empty()).count() as u64;
        languages
    })?;
    let mut doubts = Doubts::default();
    doubts.add_passed_over([0], &places.passed_over);
    let doubts = doubts.told(&[String::new()], &protection);
    let proposal = propose_sector(&hits, texts).filter(|_| configuration.sector.is_none());
    let overruling = overruling(&inspections);
    if arguments.json {
        let sector = proposal.as_ref().map(|own| own.sector);
        let told =
            Told { inputs: &inspections, doubts: &doubts, sector, painpoint_toml: overruling };
        serde_json::to_writer_pretty(io::stdout().lock(), &told)?;
        writeln!(io::stdout())?;
        return Ok(ExitCode::SUCCESS);
    }
    for inspection in &inspections {
        writeln!(VisibleWriter(io::stdout()), "{inspection}")?;
    }
    for told in &doubts {
        writeln!(VisibleWriter(io::stdout()), "\n{told}")?;
    }
    if let Some(lines) = overruling {
        let heading =
            "painpoint.toml: lines for the guesses above that are wrong; leave out the others";
        writeln!(VisibleWriter(io::stdout()), "\n{heading}\n\n{lines}")?;
    }
    if let Some(proposal) = proposal {
        writeln!(VisibleWriter(io::stdout()), "\n{proposal}")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The languages of the mentions of each row, and the rows with words of sectors.
fn mentions(
    rows: &[Feedback],
    words: &SectorWords,
) -> (Vec<Vec<Language>>, BTreeMap<Sector, SectorHits>) {
    let mut hits = BTreeMap::new();
    let languages = rows.iter().map(|row| {
        let drafts = drafts(row);
        words.count(&mut hits, drafts.iter().map(|own| (own.clean.as_str(), own.language)));
        drafts.iter().map(|own| own.language).collect()
    });
    (languages.collect(), hits)
}

fn add(all: &mut SectorHits, own: SectorHits) {
    all.rows += own.rows;
    own.words.into_iter().for_each(|(word, rows)| *all.words.entry(word).or_default() += rows);
}
