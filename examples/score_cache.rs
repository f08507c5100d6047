//! How fast a large cache of scores is: `cargo run --release --example score_cache -- N [FILE]`.
//!
//! Fills a file with N made-up entries of the size of a mention of fifteen word pieces, which stays below the folder for
//! temporary files unless FILE is named, and looks all of them up again as the next night does: in the order in which they
//! were written, 150 at a time, with one in fifty that is new. Then some in no order. Prints entries a CPU second of the
//! thread that asks, the size of the file, and the most memory that the second night had. What the program makes of the bytes
//! is not in it.

#![allow(clippy::print_stdout)]

use std::path::PathBuf;
use std::time::Instant;

use painpoint::store::scores::{CacheFile, Identity, Key, ScoreCache};

/// Bytes of a mention of fifteen pieces: 3 probabilities and 3 heads, 384 floats, 384 steps, 15 times 48 steps.
const CONTENT: usize = 12 + 13 + 2 + 4 * 384 + 2 + 384 + 15 * 48;

/// Mentions of a window of rows.
const WINDOW: u64 = 150;

/// One of so many is new in the second night.
const NEW: u64 = 50;

/// Lookups in no order.
const SCATTERED: u64 = 100_000;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let count: u64 = arguments.next().unwrap_or("100000".into()).parse()?;
    let folder = tempfile::tempdir()?;
    let path = arguments.next().map_or_else(|| folder.path().join("scores.sqlite"), PathBuf::from);
    let file = CacheFile { path: path.clone(), most_bytes: u64::MAX / 4, rebuild: false };
    let open = || ScoreCache::open(&file, Identity { digest: [7; 32], model: "made up".into() });

    let start = Instant::now();
    let cache = open()?;
    for first in (0..count).step_by(10_000) {
        let own = first..count.min(first + 10_000);
        cache.put(own.map(|number| (key(&cache, number), content(number))));
    }
    let kept = cache.finish();
    println!("{} entries written in {:.0} s", kept.written, start.elapsed().as_secs_f64());
    println!(
        "file: {:.0} MB, {:.0} bytes an entry",
        megabytes(&path),
        megabytes(&path) * 1e6 / count as f64
    );

    // The most memory from here on: filling hands over more at once than any run does.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let start = Instant::now();
    let cache = open()?;
    println!("opened and looked at in {:.3} s", start.elapsed().as_secs_f64());
    let windows = (0..count).step_by(WINDOW as usize);
    ask(
        &cache,
        "in the order of the rows",
        windows.map(|first| {
            let numbers = first..count.min(first + WINDOW);
            numbers.map(|number| if number % NEW == 0 { number + count } else { number }).collect()
        }),
    );
    let scattered = (0..SCATTERED).step_by(WINDOW as usize);
    ask(
        &cache,
        "in no order",
        scattered
            .map(|first| (first..first + WINDOW).map(|number| mixed(number) % count).collect()),
    );
    let start = Instant::now();
    let kept = cache.finish();
    println!("closed in {:.1} s {:?}", start.elapsed().as_secs_f64(), kept.warnings);
    println!("most memory: {}", most_memory());
    Ok(())
}

fn ask(cache: &ScoreCache, told: &str, windows: impl Iterator<Item = Vec<u64>>) {
    let (start, cpu) = (Instant::now(), cpu_seconds());
    let (mut asked, mut found) = (0, 0);
    for window in windows {
        let keys: Vec<Key> = window.iter().map(|&number| key(cache, number)).collect();
        let values = cache.get(&keys, |_, bytes| (bytes.len() == CONTENT).then_some(()));
        asked += keys.len();
        found += values.iter().flatten().count();
    }
    let (clock, cpu) = (start.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    println!(
        "{asked} asked for {told}, {found} found: {:.0} a CPU second, {:.0} a second by the clock",
        asked as f64 / cpu,
        asked as f64 / clock
    );
}

fn key(cache: &ScoreCache, number: u64) -> Key {
    cache.key(&format!("The parcel number {number} came two weeks late."))
}

fn content(number: u64) -> Vec<u8> {
    let words = (0..).map(|at: u64| mixed(number.wrapping_mul(1_000) + at));
    words.flat_map(u64::to_le_bytes).take(CONTENT).collect()
}

/// A number that looks like chance: SplitMix64.
fn mixed(mut number: u64) -> u64 {
    number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

fn megabytes(path: &std::path::Path) -> f64 {
    path.metadata().map_or(0.0, |facts| facts.len() as f64 / 1e6)
}

/// CPU seconds of this thread; none where the system does not tell.
fn cpu_seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|own| own.parse::<f64>().ok()).unwrap_or_default() / 1e9
}

fn most_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.unwrap_or("not told here").trim().to_owned()
}
