//! `painpoint history`.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::Unfit;
use super::analyze::count;
use super::options::{ConfigError, ConfigOption};
use crate::config::options::Options;
use crate::history::store::{Forget, Forgotten, HistoryError, HistoryStore};
use crate::history::{PeriodCounts, Series};
use crate::report::dialect::{Cell, CsvFile, Dialect};
use crate::report::words::label;
use crate::tally::period::Unit;
use crate::tally::statistics::Estimate;
use crate::visible::{VisibleWriter, visible, visible_path};

#[derive(Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Args)]
struct Place {
    /// The history [default: that of the configuration]
    #[arg(long, value_name = "FILE")]
    history: Option<PathBuf>,
    #[command(flatten)]
    config: ConfigOption,
}

#[derive(Subcommand)]
enum Action {
    /// Print its runs.
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Print the pain points and delights that a run told.
    Show {
        /// Number of the run [default: the last one]
        run: Option<u64>,
        #[command(flatten)]
        place: Place,
    },
    /// Write the figures of all periods as CSV.
    Export {
        #[command(flatten)]
        place: Place,
        /// How long a period is
        #[arg(long, value_enum, default_value_t = Unit::Week)]
        period: Unit,
        /// File to write [default: standard output]
        #[arg(long, short, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Forget the feedback of a customer, a run, or what is old.
    Forget {
        #[command(flatten)]
        place: Place,
        /// Feedback with this id
        #[arg(long, value_name = "ID")]
        customer: Option<String>,
        /// A run, by its number, and the feedback that no later one has read again
        #[arg(long, value_name = "NUMBER")]
        run: Option<u64>,
        /// Feedback that is older, and runs of which nothing else is left
        #[arg(long, value_name = "DAYS")]
        older_than: Option<u32>,
    },
}

/// Shows a history, or takes something out of it.
pub(super) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    match arguments.action {
        Action::List { place } => list(&HistoryStore::look_at(&place.find()?.0)?)?,
        Action::Show { run, place } => show(&HistoryStore::look_at(&place.find()?.0)?, run)?,
        Action::Export { place, period, out } => {
            let (path, _) = place.find()?;
            let mut store = HistoryStore::look_at(&path)?;
            store.up_to_now()?;
            let same = |out: &PathBuf| fs::canonicalize(out).ok() == fs::canonicalize(&path).ok();
            if out.as_ref().is_some_and(same) {
                let told = format!("{} is the history itself", visible_path(&path));
                return Err(Unfit(format!("{told}; choose another file with --out")).into());
            }
            match out {
                None => export(&store, period, &mut io::stdout().lock())?,
                Some(path) => {
                    let file = File::create(&path).map_err(|error| unwritable(&path, &error))?;
                    export(&store, period, &mut BufWriter::new(file))?;
                }
            }
        }
        Action::Forget { place, customer, run, older_than } => {
            if customer.is_none() && run.is_none() && older_than.is_none() {
                let told = "nothing says what is to go; give --customer ID, --run NUMBER or --older-than DAYS";
                return Err(Unfit(told.into()).into());
            }
            let (path, id) = place.find_with(customer)?;
            HistoryStore::look_at(&path)?;
            let what = Forget { id, run, before: older_than.map(days_ago) };
            tell(&path, HistoryStore::open(&path)?.forget(&what)?)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn unwritable(path: &Path, error: &io::Error) -> Unfit {
    Unfit(format!("cannot write {}: {error}; choose another file with --out", visible_path(path)))
}

fn days_ago(days: u32) -> Date {
    let today = TimeZone::UTC.to_datetime(Timestamp::now()).date();
    today.saturating_sub(i64::from(days).min(i64::from(u16::MAX)).days())
}

impl Place {
    fn find(self) -> anyhow::Result<(PathBuf, Option<String>)> {
        self.find_with(None)
    }

    /// The history, and an id as a run of this configuration writes it.
    fn find_with(self, id: Option<String>) -> anyhow::Result<(PathBuf, Option<String>)> {
        let flags = Options { history: self.history, ..Options::default() };
        let configuration = self.config.under(flags)?;
        let told = "no history is named; give --history FILE, or --config with a file that says history = \"FILE\"";
        let path = configuration.history.value.clone().ok_or_else(|| Unfit(told.into()))?;
        let Some(id) = id else { return Ok((path, None)) };
        let protection = configuration.privacy.protection().map_err(ConfigError::from)?;
        let told = "runs keep no id that is itself personal, such as a mail address, unless --pseudonymise-ids hides it: that \
                    feedback is known by all that its row holds; forget it by --older-than or --run";
        let shown = protection.id(&id).ok_or_else(|| Unfit(told.into()))?;
        Ok((path, Some(shown)))
    }
}

fn list(store: &HistoryStore) -> anyhow::Result<()> {
    let mut out = VisibleWriter(io::stdout());
    let runs = store.runs()?;
    if runs.is_empty() {
        writeln!(out, "no run yet")?;
    }
    for own in runs {
        let days = own.days.map_or_else(
            || "without dates".to_owned(),
            |(first, last)| format!("{first} to {last}"),
        );
        let [negative, _, positive] = own.mentions;
        writeln!(
            out,
            "{:>4}  {}  {days}: {} ({} with text), {}, {negative} negative and {positive} positive mentions, {}",
            own.number,
            own.at,
            count_of(own.feedback),
            own.with_text,
            count(own.rejects, "reject"),
            count(own.pain_points, "pain point"),
        )?;
    }
    Ok(())
}

fn show(store: &HistoryStore, run: Option<u64>) -> anyhow::Result<()> {
    let run = run.map_or_else(|| store.runs().map(|all| all.len() as u64), Ok)?;
    let mut out = VisibleWriter(io::stdout());
    for own in store.topics(run)? {
        writeln!(
            out,
            "{:<10}  {:>7}  {} ({}, {})",
            own.kind,
            own.feedback,
            visible(&label(&own.label)),
            own.touchpoint,
            own.id
        )?;
    }
    Ok(())
}

/// The columns of the export.
const HEADER: [&str; 16] = [
    "period_first",
    "period_last",
    "level",
    "id",
    "feedback",
    "with_text",
    "complaining",
    "negative",
    "neutral",
    "positive",
    "nps",
    "nps_low",
    "nps_high",
    "nps_n",
    "rating",
    "rating_n",
];

/// Writes a row for each period and level: all, touchpoint, topic, group.
fn export(store: &HistoryStore, unit: Unit, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut series = Series::new(unit);
    store.for_each(|day, facts| series.add(day, facts))?;
    if series.undated > 0 {
        let told = count(series.undated, "piece");
        writeln!(io::stderr(), "{told} of feedback without a day, which no period has")?;
    }
    let names = store.names();
    let mut table = CsvFile::new(out, Dialect::default(), &HEADER)?;
    for (period, counts) in &series.periods {
        let days = [unit.first_day(*period), unit.last_day(*period)].map(|day| day.to_string());
        let mut row = |level: &str, id: &str, cells: [Cell<'_>; 12]| {
            let start =
                [Cell::Text(&days[0]), Cell::Text(&days[1]), Cell::Text(level), Cell::Text(id)];
            table.row(start.into_iter().chain(cells))
        };
        row("all", "", whole(counts))?;
        let mut named: Vec<(&str, &str, [Cell<'_>; 12])> = Vec::new();
        for (touchpoint, (complaining, sentiment)) in &counts.touchpoints {
            let mut cells = [Cell::Empty; 12];
            cells[2] = Cell::Count(*complaining);
            cells[3] = Cell::Count(sentiment.negative);
            cells[4] = Cell::Count(sentiment.neutral);
            cells[5] = Cell::Count(sentiment.positive);
            named.push(("touchpoint", names.text(*touchpoint), cells));
        }
        for (topic, feedback) in &counts.topics {
            let mut cells = [Cell::Empty; 12];
            cells[0] = Cell::Count(*feedback);
            named.push(("topic", names.text(*topic), cells));
        }
        for (group, own) in &counts.groups {
            let mut cells = [Cell::Empty; 12];
            cells[0] = Cell::Count(own.feedback);
            cells[3] = Cell::Count(own.sentiment.negative);
            cells[4] = Cell::Count(own.sentiment.neutral);
            cells[5] = Cell::Count(own.sentiment.positive);
            named.push(("group", names.text(*group), cells));
        }
        // Numbers of names follow from the order of the rows.
        named.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
        for (level, id, cells) in named {
            row(level, id, cells)?;
        }
    }
    Ok(table.finish()?)
}

fn whole(counts: &PeriodCounts) -> [Cell<'static>; 12] {
    let sentiment = counts.sentiment;
    let nps = counts.nps().map(|own| own.nps);
    // A part of its scale, whichever that was.
    let rating = counts.mean_rating((0.0, 1.0));
    let value = |own: Option<Estimate>, of: fn(Estimate) -> f64| {
        own.map_or(Cell::Empty, |own| Cell::Fraction(of(own)))
    };
    let n = |own: Option<Estimate>| own.map_or(Cell::Empty, |own| Cell::Count(own.n));
    [
        Cell::Count(counts.feedback),
        Cell::Count(counts.with_text),
        Cell::Count(counts.complaining),
        Cell::Count(sentiment.negative),
        Cell::Count(sentiment.neutral),
        Cell::Count(sentiment.positive),
        value(nps, |own| own.value),
        value(nps, |own| own.low),
        value(nps, |own| own.high),
        n(nps),
        value(rating, |own| own.value),
        n(rating),
    ]
}

fn count_of(feedback: u64) -> String {
    format!("{} of feedback", count(feedback, "piece"))
}

fn tell(path: &Path, Forgotten { feedback, runs }: Forgotten) -> io::Result<()> {
    let mut out = VisibleWriter(io::stdout());
    writeln!(
        out,
        "{}: {} and {} forgotten",
        visible_path(path),
        count_of(feedback),
        count(runs, "run")
    )
}

/// What a command line says of a history that does not do.
pub(super) fn history_error(error: &anyhow::Error) -> Option<&HistoryError> {
    match error.downcast_ref() {
        Some(crate::run::AnalysisError::History(error)) => Some(error),
        _ => error.downcast_ref(),
    }
}
