//! `painpoint codebook check`.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use crate::cli::options::{self, ColumnOptions, ConfigOption, LoadError, ModelOptions};
use crate::config::codebook::{Codebook, GENERAL, Sector};
use crate::config::options::Options;
use crate::model::Model;
use crate::read::Places;
use crate::run::codebook::check;
use crate::touchpoint::check::{Check, Untaken};
use crate::touchpoint::sectors::SectorProposal;
use crate::touchpoint::{Assigner, How};
use crate::visible::VisibleWriter;

#[derive(Args)]
pub(super) struct Arguments {
    /// Files of feedback, or folders of them: CSV, Excel, OpenDocument or JSON, also as .gz or .zst; - is standard input
    #[arg(required = true, value_name = "FEEDBACK")]
    inputs: Vec<PathBuf>,
    /// Codebook in TOML or CSV [default: the built-in codebook]
    #[arg(long, value_name = "FILE")]
    codebook: Option<PathBuf>,
    /// Touchpoints of a sector beside those of the codebook
    #[arg(long, value_enum)]
    sector: Option<Sector>,
    #[command(flatten)]
    config: ConfigOption,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten, next_help_heading = "Columns")]
    columns: ColumnOptions,
    #[command(flatten, next_help_heading = "Model")]
    model: ModelOptions,
}

/// Overlaps and terms printed; JSON has more.
const LINES: usize = 15;
/// Terms looked at.
const TERMS: usize = 50;
/// Width of a printed line.
const WIDTH: usize = 100;

/// What was found, ready to print.
struct Fit<'a> {
    codebook: &'a Codebook,
    check: Check,
    /// Terms without a touchpoint, with the nearest touchpoint and its similarity.
    suggestions: Vec<(Untaken, Option<(usize, f32)>)>,
    /// None where one is in use.
    sector: Option<SectorProposal>,
}

/// Checks, and prints what was found.
pub(super) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let flags = Options {
        codebook: arguments.codebook,
        sector: arguments.sector,
        columns: arguments.columns.into(),
        ..arguments.model.into()
    };
    let configuration = arguments.config.under(flags)?;
    let codebook = options::codebook(&configuration)?;
    let model = options::model(&configuration).map_err(LoadError::into_anyhow)?;
    let columns = &configuration.columns;
    let inputs = Places::find(&arguments.inputs)?.files;
    let (check, assigner) = check(&inputs, columns, &codebook, &model)?;
    anyhow::ensure!(
        check.mentions > 0,
        "there is no text in the feedback; see `painpoint inspect`"
    );
    let suggestions = suggestions(&check, &assigner, &model);
    let sector = check.proposed_sector().filter(|_| configuration.sector.is_none());
    let fit = Fit { codebook: &codebook, check, suggestions, sector };
    if arguments.json {
        writeln!(io::stdout(), "{}", fit.json())?;
    } else {
        fit.print(&mut VisibleWriter(io::stdout().lock()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn suggestions(
    check: &Check,
    assigner: &Assigner,
    model: &Model,
) -> Vec<(Untaken, Option<(usize, f32)>)> {
    let untaken = check.untaken(TERMS);
    let terms: Vec<&str> = untaken.iter().map(|untaken| untaken.term.as_str()).collect();
    let vectors = model.score(&terms);
    let nearest = vectors.iter().map(|score| {
        let similarities = assigner.similarities(&score.meaning).into_iter().enumerate();
        similarities.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
    });
    let nearest: Vec<_> = nearest.collect();
    untaken.into_iter().zip(nearest).collect()
}

impl Fit<'_> {
    fn id(&self, index: usize) -> &str {
        &self.codebook.touchpoints()[index].id
    }

    fn print(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{} mentions of {} feedback", self.check.mentions, self.check.feedback)?;
        self.print_coverage(out)?;
        self.print_touchpoints(out)?;
        self.print_overlaps(out)?;
        self.print_dead(out)?;
        self.print_suggestions(out)?;
        self.sector.as_ref().map_or(Ok(()), |proposal| writeln!(out, "\n{proposal}"))
    }

    fn print_coverage(&self, out: &mut impl Write) -> io::Result<()> {
        let all = self.check.mentions;
        let mut line = |name: &str, count: u64| {
            writeln!(out, "  {name:<30} {count:>7} {:>5.1} %", percent(count, all))
        };
        line("with a touchpoint", self.check.covered())?;
        for (how, count) in self.check.ways() {
            line(&format!("  by {}", way(how)), count)?;
        }
        line("without (general)", all - self.check.covered())
    }

    fn print_touchpoints(&self, out: &mut impl Write) -> io::Result<()> {
        let columns = ["mentions", "keyphrase", "both", "meaning"];
        write!(out, "\n{:<32}", "touchpoint")?;
        for column in columns {
            write!(out, " {column:>9}")?;
        }
        writeln!(out)?;
        for (index, touchpoint) in self.codebook.touchpoints().iter().enumerate() {
            let count = |how| self.check.touchpoint(index, how);
            let all: u64 = How::ALL.into_iter().map(count).sum();
            let indent = if touchpoint.parent.is_some() { "  " } else { "" };
            writeln!(
                out,
                "{:<32} {all:>9} {:>9} {:>9} {:>9}",
                format!("{indent}{}", touchpoint.id),
                count(How::Keyphrase),
                count(How::Both),
                count(How::Meaning)
            )?;
        }
        Ok(())
    }

    fn print_overlaps(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "\nTouchpoints that stand together in a mention")?;
        let overlaps = self.check.overlaps();
        for overlap in overlaps.iter().take(LINES) {
            let (a, b) = overlap.touchpoints;
            let causes = overlap.causes.iter().map(|(a, b, n)| format!("{a:?} with {b:?} ({n})"));
            let causes: Vec<String> = causes.collect();
            writeln!(
                out,
                "  {:>5}  {:.0} % of the rarer one  {} + {}: {}",
                overlap.mentions,
                overlap.share * 100.0,
                self.id(a),
                self.id(b),
                if causes.is_empty() { "by meaning".to_owned() } else { causes.join(", ") }
            )?;
        }
        if overlaps.is_empty() {
            writeln!(out, "  none")?;
        }
        Ok(())
    }

    fn print_dead(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "\nKeyphrases that this feedback never uses")?;
        let dead = self.check.dead(self.codebook);
        for (index, language, phrases) in &dead {
            let code = if language.code() == "und" { "all" } else { language.code() };
            wrapped(out, &format!("  {} ({code}): ", self.id(*index)), phrases)?;
        }
        if dead.is_empty() {
            writeln!(out, "  none")?;
        }
        Ok(())
    }

    fn print_suggestions(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(
            out,
            "\nCommonest terms of mentions without a touchpoint, and which is nearest in meaning"
        )?;
        for (untaken, nearest) in self.suggestions.iter().take(LINES) {
            let nearest = nearest.map_or(String::new(), |(index, similarity)| {
                format!("{} ({similarity:.2})", self.id(index))
            });
            writeln!(out, "  {:>5}  {:<32} {nearest}", untaken.mentions, untaken.term)?;
        }
        if self.suggestions.is_empty() {
            writeln!(out, "  none recurs")?;
        }
        Ok(())
    }

    fn json(&self) -> Value {
        let all = self.check.mentions;
        let ways = self.check.ways().map(|(how, count)| (how.name().to_owned(), count.into()));
        let mut ways: serde_json::Map<String, Value> = ways.collect();
        ways.insert(GENERAL.to_owned(), (all - self.check.covered()).into());
        let touchpoints = self.codebook.touchpoints().iter().enumerate().map(|(index, own)| {
            let ways = How::ALL.map(|how| (how.name(), self.check.touchpoint(index, how)));
            let ways: std::collections::BTreeMap<_, _> = ways.into_iter().collect();
            json!({ "touchpoint": own.id, "found_by": ways })
        });
        let overlaps = self.check.overlaps().into_iter().map(|overlap| {
            let (a, b) = overlap.touchpoints;
            json!({
                "touchpoints": [self.id(a), self.id(b)],
                "mentions": overlap.mentions,
                "share": overlap.share,
                "keyphrases": overlap.causes,
            })
        });
        let dead = self.check.dead(self.codebook).into_iter().map(|(index, language, phrases)| {
            let (touchpoint, language) = (self.id(index), language.code());
            json!({ "touchpoint": touchpoint, "language": language, "keyphrases": phrases })
        });
        let terms = self.suggestions.iter().map(|(untaken, nearest)| {
            let touchpoint = nearest.map(|(index, _)| self.id(index));
            let similarity = nearest.map(|(_, similarity)| similarity);
            json!({
                "term": untaken.term,
                "mentions": untaken.mentions,
                "nearest": touchpoint,
                "similarity": similarity,
            })
        });
        json!({
            "feedback": self.check.feedback,
            "mentions": all,
            "covered_share": percent(self.check.covered(), all) / 100.0,
            "found_by": ways,
            "touchpoints": touchpoints.collect::<Vec<_>>(),
            "overlaps": overlaps.collect::<Vec<_>>(),
            "dead_keyphrases": dead.collect::<Vec<_>>(),
            "terms_without_touchpoint": terms.collect::<Vec<_>>(),
            "proposed_sector": self.sector.as_ref().map(|proposal| json!({
                "sector": proposal.sector.name(),
                "share": proposal.share,
                "words": proposal.words,
            })),
        })
    }
}

fn way(how: How) -> &'static str {
    match how {
        How::Column => "the touchpoint column",
        How::Keyphrase => "keyphrase",
        How::Both => "keyphrase and meaning",
        How::Meaning => "meaning alone",
    }
}

fn percent(part: u64, whole: u64) -> f64 {
    part as f64 * 100.0 / whole.max(1) as f64
}

/// Writes a heading and a list behind it, broken into lines.
fn wrapped(out: &mut impl Write, heading: &str, words: &[&str]) -> io::Result<()> {
    let mut line = heading.to_owned();
    for (number, word) in words.iter().enumerate() {
        let comma = if number + 1 < words.len() { ", " } else { "" };
        if line.chars().count() + word.chars().count() > WIDTH {
            writeln!(out, "{}", line.trim_end())?;
            line = "      ".to_owned();
        }
        line.push_str(word);
        line.push_str(comma);
    }
    writeln!(out, "{line}")
}
