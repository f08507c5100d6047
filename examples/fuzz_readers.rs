//! Reads files with bytes changed, taken away and put in at random, for a time, and says what broke.
//!
//! ```sh
//! cargo run --release --example fuzz_readers -- --seconds 600 [--only jsonl] [--from 1]
//! ```
//!
//! The seeds are the files of `tests/data/nasty`, each reader's by the ends of their names. A file that
//! makes a reader panic, or that takes longer than a minute, is kept in the temporary directory and
//! named; the exit code is then 1. What a reader may hold is bounded from outside: `ulimit -v 4000000`.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs, process};

use painpoint::read::{ColumnChoice, open};

/// Longest that reading one of these small files may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// What has a meaning for some reader.
const PIECES: [&[u8]; 30] = [
    b"\"",
    b"\"\"",
    b",",
    b";",
    b"\t",
    b"\n",
    b"\r",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"sep=;\n",
    b"{",
    b"}",
    b"[",
    b"]",
    b"{\"a\":",
    b"\\ud83d",
    b"1e400",
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
];

/// Knuth's MMIX generator.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

/// The same for the same number.
fn mutated(seed: &[u8], number: u64) -> Vec<u8> {
    let mut random = Random(number);
    let mut bytes = seed.to_vec();
    for _ in 0..=random.below(6) {
        let at = random.below(bytes.len() + 1);
        let end = (at + 1 + random.below(60)).min(bytes.len());
        match random.below(7) {
            0 | 1 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            2 if at < end => drop(bytes.drain(at..end)),
            3 if at < end => {
                let copy = bytes[at..end].repeat(1 + random.below(20));
                bytes.splice(at..at, copy);
            }
            4 if random.below(4) == 0 => bytes.truncate(at),
            _ => {
                let piece = PIECES[random.below(PIECES.len())];
                bytes.splice(at..at, piece.repeat(1 + random.below(3)));
            }
        }
    }
    bytes
}

fn argument(name: &str) -> Option<String> {
    let mut arguments = env::args().skip_while(|own| own != name);
    arguments.next().and(arguments.next())
}

fn seeds(only: Option<&str>) -> io::Result<Vec<(String, Vec<u8>)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/nasty");
    let mut seeds = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if only.is_none_or(|end| name.ends_with(end)) {
            seeds.push((name, fs::read(path)?));
        }
    }
    seeds.sort();
    Ok(seeds)
}

fn main() -> io::Result<()> {
    let number = |name| argument(name).and_then(|own| own.parse().ok());
    let seconds = number("--seconds").unwrap_or(60);
    let mut round = number("--from").unwrap_or(1);
    let seeds = seeds(argument("--only").as_deref())?;
    let file: PathBuf = env::temp_dir().join(format!("painpoint-fuzz-{}", process::id()));
    let (start, mut files, mut broken) = (Instant::now(), 0_u64, 0);
    while start.elapsed() < Duration::from_secs(seconds) && !seeds.is_empty() {
        for (name, seed) in &seeds {
            let bytes = mutated(seed, round);
            fs::write(&file, &bytes)?;
            let begun = Instant::now();
            let read = catch_unwind(AssertUnwindSafe(|| {
                open(&file, &ColumnChoice::default())
                    .map(|input| input.map_while(Result::ok).count())
            }));
            files += 1;
            if read.is_err() || begun.elapsed() > PATIENCE {
                broken += 1;
                let kept = env::temp_dir().join(format!("painpoint-{round}-{name}"));
                fs::write(&kept, &bytes)?;
                writeln!(io::stderr(), "{name}, mutation {round}: see {}", kept.display())?;
            }
        }
        round += 1;
    }
    let _ = fs::remove_file(&file);
    writeln!(io::stdout(), "{files} files of {} seeds, {broken} broken", seeds.len())?;
    process::exit(i32::from(broken > 0));
}
