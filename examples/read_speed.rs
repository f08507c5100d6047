//! How fast files are read without the model: `cargo run --release --example read_speed -- FILE...`.
//!
//! Prints megabytes a second of each file, medians of five runs: of a whole reading as `analyze` does it, which
//! looks at encoding, header and a sample of all rows before it reads them; of the rows alone, without what the threads that score find in them; and, for
//! delimited text in UTF-8, of the crate `csv`, which finds out nothing, told the same delimiter. The runs
//! take turns. One thread reads: megabytes a second are megabytes a second of one core.

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Instant;

use painpoint::read::{ColumnChoice, Format, open_all};

const RUNS: usize = 5;

/// Seconds of a whole reading and of its rows alone; rows; the delimiter.
struct Reading {
    whole: f64,
    rows: f64,
    count: u64,
    delimiter: Option<u8>,
}

fn main() -> Result<(), Box<dyn Error>> {
    for path in std::env::args().skip(1).map(PathBuf::from) {
        let megabytes = path.metadata()?.len() as f64 / 1e6;
        let (mut whole, mut rows, mut bare) = (Vec::new(), Vec::new(), Vec::new());
        let mut count = 0;
        for _ in 0..RUNS {
            let reading = read(&path)?;
            count = reading.count;
            whole.push(megabytes / reading.whole);
            rows.push(megabytes / reading.rows);
            if let Some(delimiter) = reading.delimiter {
                bare.push(megabytes / bare_csv(&path, delimiter)?);
            }
        }
        println!("{}: {megabytes:.0} MB, {count} rows", path.display());
        println!("  painpoint, all looks at it  {:6.0} MB/s", median(&mut whole));
        println!("  painpoint, rows alone       {:6.0} MB/s", median(&mut rows));
        if !bare.is_empty() {
            println!("  crate csv                   {:6.0} MB/s", median(&mut bare));
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Reading, Box<dyn Error>> {
    let start = Instant::now();
    let mut inputs = open_all(&[path.to_owned()], &ColumnChoice::default())?;
    let mut input = inputs.remove(0);
    // As `analyze` does: the threads that score see to it.
    input.leave_passing_over();
    let delimiter = match &input.layout.format {
        Format::Delimited { delimiter: Some(delimiter), .. } => delimiter.bytes().next(),
        _ => None,
    };
    let opened = Instant::now();
    let mut count = 0;
    for row in input {
        row?;
        count += 1;
    }
    let rows = opened.elapsed().as_secs_f64();
    Ok(Reading { whole: start.elapsed().as_secs_f64(), rows, count, delimiter })
}

fn bare_csv(path: &Path, delimiter: u8) -> Result<f64, Box<dyn Error>> {
    let start = Instant::now();
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
    Ok(start.elapsed().as_secs_f64())
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
