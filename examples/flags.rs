//! How well the phrases find suggestions and threats to leave; with `--errors` every text on which they
//! err:
//!
//! ```sh
//! cargo run --release --example flags [-- --errors]
//! ```

#[path = "../tests/suite/flags.rs"]
mod flags;

use std::io::{self, Write};

fn main() -> io::Result<()> {
    let errors = std::env::args().any(|argument| argument == "--errors");
    let mut out = io::stdout().lock();
    writeln!(out, "{:<24} {:>9} {:>6} {:>6} {:>9}", "", "precision", "recall", "texts", "raised")?;
    for found in flags::measured() {
        let [precision, recall] = [found.precision(), found.recall()].map(|share| share * 100.0);
        writeln!(
            out,
            "{:<24} {precision:>9.1} {recall:>6.1} {:>6} {:>9}",
            found.set, found.wanted, found.raised
        )?;
        for error in found.errors.iter().filter(|_| errors) {
            writeln!(out, "    {error}")?;
        }
    }
    Ok(())
}
