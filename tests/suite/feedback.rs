//! Making inputs from the samples.

use std::fs;
use std::path::{Path, PathBuf};

/// The lines of a delimited file: a header and rows, each with its line end.
#[derive(Clone)]
pub struct Feedback {
    pub header: String,
    pub rows: Vec<String>,
}

/// The path of a sample.
pub fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)
}

impl Feedback {
    /// A sample. Line breaks in quoted cells do not end a row.
    pub fn of_sample(name: &str) -> Self {
        let text = fs::read_to_string(sample(name)).unwrap();
        let mut rows = Vec::new();
        let mut row = String::new();
        for line in text.split_inclusive('\n') {
            row.push_str(line);
            if row.matches('"').count().is_multiple_of(2) {
                rows.push(std::mem::take(&mut row));
            }
        }
        let header = rows.remove(0);
        Self { header, rows }
    }

    /// `count` of the rows, spread evenly.
    pub fn thinned(mut self, count: usize) -> Self {
        let all = self.rows.len();
        self.rows = (0..count).map(|index| self.rows[index * all / count].clone()).collect();
        self
    }

    /// The rows in another order; the same one for the same seed.
    pub fn shuffled(mut self, seed: u64) -> Self {
        let mut state = seed;
        for last in (1..self.rows.len()).rev() {
            // Knuth's MMIX generator: its high bits are random enough to shuffle by.
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            self.rows.swap(last, (state >> 33) as usize % (last + 1));
        }
        self
    }

    /// The rows dealt into `count` files, each with the header.
    pub fn split(&self, count: usize) -> Vec<Self> {
        let size = self.rows.len().div_ceil(count);
        let part = |rows: &[String]| Self { header: self.header.clone(), rows: rows.to_vec() };
        self.rows.chunks(size).map(part).collect()
    }

    pub fn text(&self) -> String {
        self.header.clone() + &self.rows.concat()
    }
}
