//! `painpoint codebook promote`.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;

use crate::cli::options::ConfigOption;
use crate::config::codebook::promote::{NewProblem, with_problem};
use crate::config::codebook::{Codebook, GENERAL};
use crate::config::options::Options;
use crate::painpoint::findings::{Findings, Topic, TopicKind};
use crate::run::found;
use crate::visible::{VisibleWriter, visible_path};

#[derive(Args)]
pub(super) struct Arguments {
    /// Pain point: its id or its label
    #[arg(value_name = "PAIN_POINT")]
    pain_point: String,
    /// Folder of the run that found it
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
    /// Codebook in TOML that is to know it [default: that of the configuration]
    #[arg(long, value_name = "FILE")]
    codebook: Option<PathBuf>,
    /// Touchpoint whose problem it becomes [default: that of the pain point]
    #[arg(long, value_name = "ID")]
    touchpoint: Option<String>,
    /// What it is called from now on [default: its label]
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    #[command(flatten)]
    config: ConfigOption,
}

/// Writes a pain point into the codebook as a problem of its touchpoint, and says so.
pub(super) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let Arguments { pain_point, from, codebook, touchpoint, name, config } = arguments;
    let configuration = config.under(Options { codebook, ..Options::default() })?;
    let Some(path) = configuration.codebook.as_deref() else {
        bail!(
            "there is no codebook of your own; `painpoint init` writes one as codebook.toml, and \
             --codebook names it"
        );
    };
    let findings = found::findings(&from)?;
    let topic = find(&findings, &pain_point, &from)?;
    let touchpoint = touchpoint.as_deref().unwrap_or(&topic.touchpoint);
    if touchpoint == GENERAL {
        bail!(
            "\"{}\" is about no touchpoint; name the one whose problem it is with --touchpoint",
            topic.label.join(" ")
        );
    }
    let label = topic.label.join(" ");
    let examples: Vec<&str> = topic.verbatims.iter().map(|own| own.text.as_str()).collect();
    let name = name.as_deref().unwrap_or(&label);
    let id = add(path, &NewProblem { touchpoint, name, examples: &examples })?;
    let mut out = VisibleWriter(io::stdout().lock());
    writeln!(out, "{}: touchpoint {touchpoint} has the problem {id} now:", visible_path(path))?;
    writeln!(out, "  {name}")?;
    examples.iter().try_for_each(|example| writeln!(out, "  - {example}"))?;
    writeln!(
        out,
        "With this codebook, the next run asks for {touchpoint}-{id} before it seeks new pain points."
    )?;
    Ok(ExitCode::SUCCESS)
}

/// The pain point with an id or a label.
fn find<'f>(findings: &'f Findings, wanted: &str, folder: &Path) -> anyhow::Result<&'f Topic> {
    let pain_points = || findings.topics.iter().filter(|topic| topic.kind == TopicKind::PainPoint);
    let named = |topic: &&Topic| topic.id == wanted || topic.label.join(" ") == wanted;
    pain_points().find(named).with_context(|| {
        let lines = pain_points().map(|own| format!("\n  {}  {}", own.id, own.label.join(" ")));
        let lines: String = lines.collect();
        let folder = visible_path(folder);
        format!("{folder}: there is no pain point \"{wanted}\" in it; there are:{lines}")
    })
}

/// Adds the problem to the file, which is replaced as a whole or stays as it is.
fn add(path: &Path, new: &NewProblem) -> anyhow::Result<String> {
    let place = || visible_path(path).to_string();
    if Codebook::is_table(path) {
        bail!(
            "{}: a codebook in the form of a table has no column for problems; it must be TOML",
            place()
        );
    }
    // What is no codebook now must not become one by an addition.
    Codebook::load(path)?;
    let source = fs::read_to_string(path).with_context(place)?;
    let (text, id) = with_problem(&source, new).with_context(place)?;
    Codebook::parse(&text, &place())?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(fs::metadata(path)?.permissions())?;
    file.persist(path).with_context(place)?;
    Ok(id)
}
