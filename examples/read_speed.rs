//! How fast files are read without the model: `cargo run --release --example read_speed -- [--runs N] FILE...`.
//!
//! Prints megabytes a CPU second of each file, medians of five runs: of a whole reading as `analyze` does it, which
//! looks at encoding, header and a sample of all rows before it reads them; of the rows alone, without what the
//! threads that score find in them; of a whole reading that tells which rows repeat others; and, for delimited text
//! in UTF-8, of the crate `csv`, which finds out nothing, told the same delimiter. The runs take turns. One thread reads; where the system does not tell its CPU time, seconds are those of the clock.

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Instant;

use painpoint::read::identity::Identities;
use painpoint::read::{ColumnChoice, Format, InputRow, open_all};

const RUNS: usize = 5;

/// Seconds of a whole reading and of its rows alone; rows; the delimiter.
struct Reading {
    whole: f64,
    rows: f64,
    count: u64,
    delimiter: Option<u8>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).peekable();
    let runs = match arguments.next_if(|own| own == "--runs").and_then(|_| arguments.next()) {
        Some(runs) => runs.parse()?,
        None => RUNS,
    };
    for path in arguments.map(PathBuf::from) {
        let megabytes = path.metadata()?.len() as f64 / 1e6;
        let (mut whole, mut rows, mut known, mut bare) = (vec![], vec![], vec![], vec![]);
        let mut count = 0;
        for _ in 0..runs {
            let reading = read(&path)?;
            count = reading.count;
            whole.push(megabytes / reading.whole);
            rows.push(megabytes / reading.rows);
            known.push(megabytes / read_knowing(&path)?);
            if let Some(delimiter) = reading.delimiter {
                bare.push(megabytes / bare_csv(&path, delimiter)?);
            }
        }
        println!("{}: {megabytes:.0} MB, {count} rows", path.display());
        println!("  painpoint, all looks at it  {:6.0} MB/s", median(&mut whole));
        println!("  painpoint, rows alone       {:6.0} MB/s", median(&mut rows));
        println!("  and which rows repeat others {:5.0} MB/s", median(&mut known));
        if !bare.is_empty() {
            println!("  crate csv                   {:6.0} MB/s", median(&mut bare));
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Reading, Box<dyn Error>> {
    let start = seconds();
    let mut inputs = open_all(&[path.to_owned()], &ColumnChoice::default())?;
    let mut input = inputs.remove(0);
    // As `analyze` does: the threads that score see to it.
    input.leave_passing_over();
    let delimiter = match &input.layout.format {
        Format::Delimited { delimiter: Some(delimiter), .. } => delimiter.bytes().next(),
        _ => None,
    };
    let opened = seconds();
    let mut count = 0;
    for row in input {
        row?;
        count += 1;
    }
    let end = seconds();
    Ok(Reading { whole: end - start, rows: end - opened, count, delimiter })
}

/// Seconds of a whole reading that tells which rows repeat others.
fn read_knowing(path: &Path) -> Result<f64, Box<dyn Error>> {
    let start = seconds();
    let mut input = open_all(&[path.to_owned()], &ColumnChoice::default())?.remove(0);
    input.leave_passing_over();
    let (columns, mut identities) = (input.layout.columns.clone(), Identities::default());
    for row in input {
        if let InputRow::Feedback(row) = row? {
            identities.identify(&columns, &row)?;
        }
    }
    Ok(seconds() - start)
}

fn bare_csv(path: &Path, delimiter: u8) -> Result<f64, Box<dyn Error>> {
    let start = seconds();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(File::open(path)?);
    let mut record = csv::StringRecord::new();
    let mut bytes = 0;
    while reader.read_record(&mut record)? {
        bytes += record.as_slice().len();
    }
    std::hint::black_box(bytes);
    Ok(seconds() - start)
}

/// CPU seconds of this thread, or those of the clock.
fn seconds() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|own| own.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64(), |own| own / 1e9)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
