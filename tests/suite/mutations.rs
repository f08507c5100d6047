//! Samples with bytes changed, taken away and put in at random: whatever comes, reading ends, never
//! panics, and every row is feedback, a duplicate or a reject.
//!
//! A few seconds of this run with all tests. For a long run, say how many files to make of each sample, or for how
//! long to make some of the nasty files, of all kinds or of one; the number in a failure's message makes its file
//! again. What a reader may hold is bounded from outside: `ulimit -v 4000000`.
//!
//! ```sh
//! PAINPOINT_MUTATIONS=100000 cargo test --release mutations
//! PAINPOINT_MUTATION_SECONDS=600 PAINPOINT_MUTATIONS_OF=jsonl cargo test --release mutations_of_nasty
//! PAINPOINT_MUTATIONS=1 PAINPOINT_MUTATION=4711 cargo test mutations
//! ```

use std::io::{self, Write};
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use painpoint::read::identity::{Identities, Identity};
use painpoint::read::{ColumnChoice, InputRow, Place, open};
use painpoint::score::drafts;

use super::feedback::Feedback;
use super::program::Workplace;

/// Files made of each sample, and of each nasty file, where nothing else is asked for.
const FILES: u64 = 60;
const NASTY_FILES: u64 = 3;

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
const PIECES: [&[u8]; 41] = [
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
    b"\xff\xfe",
    b"{",
    b"}",
    b"[",
    b"]",
    b"{\"a\":",
    b"\\ud83d",
    b"null",
    b"<row/>",
    b"</table:table>",
    b"PK\x03\x04",
    b"\x1f\x8b\x08\0",
    b"\x28\xb5\x2f\xfd",
    b"\xd0\xcf\x11\xe0",
    b"2026-02-31",
    b"4/5",
    b"99999999999999999999",
    b"\xed\xa0\x80",
    b"1e400",
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
                assert!(!matches!(identity, Identity::New { id, .. } if id.is_empty()));
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
    env::var(variable).ok()?.parse().ok()
}

/// Does what names each file before it reads it. Ends all where reading one does not end, and says which it was.
fn watched(work: impl FnOnce(&Sender<String>) + Send) {
    let (told, heard) = channel();
    thread::scope(|scope| {
        let worker = scope.spawn(move || work(&told));
        let mut last = String::new();
        loop {
            match heard.recv_timeout(PATIENCE) {
                Ok(next) => last = next,
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    // A hanging thread cannot be ended; the process can.
                    let _ = writeln!(io::stderr(), "reading {last} does not end");
                    std::process::abort();
                }
            }
        }
        assert!(worker.join().is_ok(), "{last}");
    });
}

#[test]
fn mutations_of_samples_are_read_to_their_end() {
    let files = number_in("PAINPOINT_MUTATIONS").unwrap_or(FILES);
    let first = number_in("PAINPOINT_MUTATION").unwrap_or(1);
    let read_all = |sample, rows, told: &Sender<String>| {
        let text = Feedback::of_sample(sample).thinned(rows).text();
        let workplace = Workplace::new();
        let mut opened = 0;
        for number in first..first + files {
            told.send(format!("{sample}, mutation {number}")).unwrap();
            let path = workplace.file("input.csv", mutated(text.as_bytes(), number));
            opened += u64::from(read(&path));
        }
        assert!(opened * 2 > files, "only {opened} of {files} could be opened");
    };
    thread::scope(|scope| {
        for (sample, rows) in SAMPLES {
            scope.spawn(move || watched(|told| read_all(sample, rows, told)));
        }
    });
}

/// Every reader has its seeds here.
#[test]
fn mutations_of_nasty_files_end_too() {
    let time = number_in("PAINPOINT_MUTATION_SECONDS").map(Duration::from_secs);
    let most = if time.is_some() { u64::MAX } else { NASTY_FILES };
    let most = number_in("PAINPOINT_MUTATIONS").unwrap_or(most);
    let first = number_in("PAINPOINT_MUTATION").unwrap_or(1);
    let end = env::var("PAINPOINT_MUTATIONS_OF").unwrap_or_default();
    let paths = fs::read_dir("tests/data/nasty").unwrap().map(|entry| entry.unwrap().path());
    let seeds = paths.map(|path| (path.display().to_string(), fs::read(path).unwrap()));
    let seeds: Vec<_> = seeds.filter(|(name, _)| name.ends_with(&end)).collect();
    assert!(!seeds.is_empty(), "no nasty file ends with {end}");
    watched(|told| {
        let (start, workplace) = (Instant::now(), Workplace::new());
        for number in first..first.saturating_add(most) {
            if time.is_some_and(|time| start.elapsed() >= time) {
                return;
            }
            for (name, bytes) in &seeds {
                told.send(format!("{name}, mutation {number}")).unwrap();
                let path = workplace.file("input.csv", mutated(bytes, number));
                let Ok(input) = open(&path, &ColumnChoice::default()) else { continue };
                let columns = input.layout.columns.len();
                for row in input.map_while(Result::ok) {
                    if let InputRow::Feedback(row) = row {
                        assert_eq!(row.cells.len(), columns);
                    }
                }
            }
        }
    });
}
