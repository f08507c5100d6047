//! How often the 95 % intervals of painpoint hold the truth, in 500 trials or as many as are asked for:
//!
//! ```sh
//! cargo run --release --example coverage [TRIALS]
//! ```

#[path = "../tests/suite/coverage.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod coverage;

use std::io::{self, Write};

fn main() -> io::Result<()> {
    let trials = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(500);
    let mut out = io::stdout().lock();
    writeln!(out, "{:<32} {:>6} {:>6} {:>6}", "interval of", "held", "of", "%")?;
    for found in coverage::coverages(trials) {
        let share = found.share() * 100.0;
        writeln!(out, "{:<32} {:>6} {:>6} {share:>6.1}", found.figure, found.held, found.of)?;
    }
    let found = coverage::differences(trials);
    writeln!(
        out,
        "\n{trials} times 20 comparisons, of which 4 are differences: {} called so, of these {} are none; {} missed",
        found.discoveries, found.false_ones, found.missed
    )
}
