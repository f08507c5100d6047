//! `painpoint inspect`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::options::{ColumnOptions, ConfigOption, PrivacyOptions};
use crate::config::codebook::Sector;
use crate::config::options::Options;
use crate::read::inspect::{Count, Inspection, inspect, overruling};
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
    let words = SectorWords::new();
    let places = Places::find(&arguments.inputs)?;
    let look_at = |row: &Feedback, found: &mut SectorRows| found.look_at(row, &words);
    let (inspections, found) =
        inspect(&places.files, (&configuration.columns, &protection), look_at)?;
    let mut doubts = Doubts::default();
    doubts.add_passed_over([0], &places.passed_over);
    let doubts = doubts.told(&[String::new()], &protection);
    let is_sample = inspections.iter().any(|own| own.feedback_looked_at.is_some());
    let proposal =
        propose_sector(&found.hits, found.rows).filter(|_| configuration.sector.is_none());
    let proposal = proposal.map(|own| match is_sample {
        true => own.in_sample(found.rows),
        false => own,
    });
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

/// Rows with text, and those of them with words of sectors.
#[derive(Clone, Default)]
struct SectorRows {
    rows: u64,
    hits: BTreeMap<Sector, SectorHits>,
}

impl SectorRows {
    /// Counts a row, and says of what languages its mentions are.
    fn look_at(&mut self, row: &Feedback, words: &SectorWords) -> Vec<Language> {
        let drafts = drafts(row);
        words.count(&mut self.hits, drafts.iter().map(|own| (own.clean.as_str(), own.language)));
        self.rows += u64::from(!drafts.is_empty());
        drafts.iter().map(|own| own.language).collect()
    }
}

impl Count for SectorRows {
    fn merge(&mut self, other: Self) {
        self.rows += other.rows;
        for (sector, hits) in other.hits {
            self.hits.entry(sector).or_default().merge(hits);
        }
    }
}
