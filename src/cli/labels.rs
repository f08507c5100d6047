//! A table of labels with how well each was met, for the commands that evaluate.

use std::io::{self, Write};

/// Prints labels below a heading, each with precision, recall and F1 (from 0 to 1, shown in per cent with
/// some `digits` behind the point) and how many texts have it; `count` is what that column is called.
pub(super) fn print<'a>(
    out: &mut impl Write,
    (heading, count): (&str, &str),
    digits: usize,
    labels: impl IntoIterator<Item = (&'a str, [f64; 3], u64)>,
) -> io::Result<()> {
    let columns = ["precision", "recall", "F1", count].map(|name| format!("{name:>9}"));
    writeln!(out, "\n{heading:<32} {}", columns.join(" "))?;
    for (label, shares, support) in labels {
        let shares = shares.map(|share| format!("{:>9.digits$}", share * 100.0));
        writeln!(out, "{label:<32} {} {support:>9}", shares.join(" "))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_stand_in_per_cent_below_their_names() {
        let mut out = Vec::new();
        print(&mut out, ("both", "rows"), 1, [("app", [0.5, 1.0, 2.0 / 3.0], 12)]).unwrap();
        let lines = String::from_utf8(out).unwrap();
        let lines: Vec<Vec<&str>> =
            lines.lines().skip(1).map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[0], ["both", "precision", "recall", "F1", "rows"]);
        assert_eq!(lines[1], ["app", "50.0", "100.0", "66.7", "12"]);
    }
}
