//! Samples with bytes changed, taken away and put in at random: whatever comes, reading ends, never
//! panics, and every row is feedback, a duplicate or a reject.
//!
//! A few seconds of this run with all tests. For a long run, say how many files to make of each
//! sample; the number in a failure's message makes its file again:
//!
//! ```sh
//! PAINPOINT_MUTATIONS=100000 cargo test --release mutations
//! PAINPOINT_MUTATIONS=1 PAINPOINT_MUTATION=4711 cargo test mutations
//! ```

use std::io::{self, Write};
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use painpoint::read::identity::{Identities, Identity};
use painpoint::read::{ColumnChoice, InputRow, Place, open};
use painpoint::score::drafts;

use super::feedback::Feedback;
use super::program::Workplace;

/// Files made of each sample where nothing else is asked for.
const FILES: u64 = 60;

/// Longest that reading one of these small files may take, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// Samples, and how many of their rows are changed.
const SAMPLES: [(&str, usize); 5] = [
    ("messy.csv", 20),
    ("beschwerden_touchpoints.csv", 25),
    ("shop_reviews.csv", 25),
    ("social_posts.tsv", 25),
    ("umfrage_energie.csv", 25),
];

/// What has a meaning for those who divide files into rows, read cells or show them.
const PIECES: [&[u8]; 22] = [
    b"\"",
    b"\"\"",
    b",",
    b";",
    b"\t",
    b"|",
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b"\xff",
    b"\xc3",
    b"\xef\xbb\xbf",
    b"sep=;\n",
    b"\x1b[2J",
    b"\",\"",
    b"\n\"",
    b"&amp;lt;",
    b"<b",
    b"\xe2\x80\x8d",
    b"1E400",
    b"31.02.2026",
];

/// Knuth's MMIX generator.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    /// A range of some bytes of `bytes`.
    fn range(&mut self, bytes: &[u8]) -> std::ops::Range<usize> {
        let start = self.below(bytes.len());
        start..(start + 1 + self.below(40)).min(bytes.len())
    }
}

/// The same for the same number.
fn mutated(sample: &[u8], number: u64) -> Vec<u8> {
    let mut random = Random(number);
    let mut bytes = sample.to_vec();
    for _ in 0..=random.below(6) {
        let at = random.below(bytes.len() + 1);
        match random.below(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            1 => drop(bytes.drain(random.range(&bytes))),
            2 => {
                let copy = bytes[random.range(&bytes)].to_vec();
                bytes.splice(at..at, copy);
            }
            3 if random.below(4) == 0 => bytes.truncate(at),
            4 => {
                let text = String::from_utf8_lossy(&bytes).replace('\n', "\r");
                bytes = text.into_bytes();
            }
            _ => {
                let piece = PIECES[random.below(PIECES.len())];
                bytes.splice(at..at, piece.repeat(1 + random.below(3)));
            }
        }
    }
    bytes
}

/// Reads a file and checks that each of its records ends as something. Says whether it could be opened
/// at all: an error is an end too.
fn read(path: &Path) -> bool {
    let Ok(input) = open(path, &ColumnChoice::default()) else { return false };
    let (columns, mut identities) = (input.layout.columns.clone(), Identities::default());
    let (mut last, mut gaps) = (Place::default(), 0);
    for row in input {
        let place = match row.unwrap() {
            InputRow::Feedback(row) => {
                assert_eq!(row.cells.len(), columns.len());
                let identity = identities.identify(&columns, &row).unwrap();
                assert!(identity != Identity::New(String::new()));
                for draft in drafts(&row) {
                    assert!(!row.cells[draft.column][draft.range].is_empty());
                }
                row.place
            }
            InputRow::Replaced(place) => place,
            InputRow::Reject(reject) => {
                assert!(!reject.reason.is_empty());
                reject.place
            }
            InputRow::LeftOut(row) => row.place,
        };
        // The header alone is no row, with the title above it; records that cannot be read may stand before it.
        gaps += u64::from(place.record > last.record + 1);
        assert!(place.record > last.record && gaps <= 1, "{last:?}, then {place:?}");
        assert!(place.line > last.line, "{last:?}, then {place:?}");
        last = place;
    }
    true
}

fn number_in(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

#[test]
fn mutations_of_samples_are_read_to_their_end() {
    let files = number_in("PAINPOINT_MUTATIONS").unwrap_or(FILES);
    let first = number_in("PAINPOINT_MUTATION").unwrap_or(1);
    thread::scope(|scope| {
        for (sample, rows) in SAMPLES {
            let (told, heard) = channel();
            let worker = scope.spawn(move || {
                let text = Feedback::of_sample(sample).thinned(rows).text();
                let workplace = Workplace::new();
                let mut opened = 0;
                for number in first..first + files {
                    told.send(number).unwrap();
                    let path = workplace.file("input.csv", mutated(text.as_bytes(), number));
                    opened += u64::from(read(&path));
                }
                assert!(opened * 2 > files, "only {opened} of {files} could be opened");
            });
            scope.spawn(move || {
                let mut last = 0;
                loop {
                    match heard.recv_timeout(PATIENCE) {
                        Ok(number) => last = number,
                        Err(RecvTimeoutError::Disconnected) => break,
                        Err(RecvTimeoutError::Timeout) => {
                            // A hanging thread cannot be ended; the process can.
                            let _ = writeln!(
                                io::stderr(),
                                "{sample}: reading mutation {last} does not end"
                            );
                            std::process::abort();
                        }
                    }
                }
                if worker.join().is_err() {
                    panic!("{sample}: mutation {last}");
                }
            });
        }
    });
}

/// Every reader has its seeds here. `cargo run --release --example fuzz_readers -- --seconds 600` goes on.
#[test]
fn mutations_of_nasty_files_end_too() {
    let workplace = Workplace::new();
    let files = number_in("PAINPOINT_MUTATIONS").unwrap_or(3);
    for entry in std::fs::read_dir("tests/data/nasty").unwrap() {
        let seed = entry.unwrap().path();
        let bytes = std::fs::read(&seed).unwrap();
        for number in 1..=files {
            let path = workplace.file("input.csv", mutated(&bytes, number));
            if let Ok(input) = open(&path, &ColumnChoice::default()) {
                let columns = input.layout.columns.len();
                for row in input.map_while(Result::ok) {
                    if let InputRow::Feedback(row) = row {
                        assert_eq!(row.cells.len(), columns, "{}, {number}", seed.display());
                    }
                }
            }
        }
    }
}
