//! The rows below a header, without those at the end that sum them up.

use std::collections::VecDeque;
use std::io;

use super::columns::Shape;
use super::doubt::{Doubt, Evidence};
use super::error::ReadError;
use super::fingerprint::Readings;
use super::format::{Fault, Record, Records};
use super::mojibake::mended;

/// Rows at the end that may sum up the others.
const LAST: usize = 3;

/// Words with which such a row starts, in the languages served.
const TOTALS: [&str; 45] = [
    "total",
    "totals",
    "grand total",
    "sum",
    "sums",
    "count",
    "average",
    "avg",
    "mean",
    "median",
    "min",
    "max",
    "n",
    "summe",
    "gesamt",
    "gesamtsumme",
    "gesamtergebnis",
    "ergebnis",
    "anzahl",
    "durchschnitt",
    "mittelwert",
    "mittel",
    "somme",
    "moyenne",
    "nombre",
    "total général",
    "suma",
    "promedio",
    "media",
    "total general",
    "recuento",
    "totale",
    "somma",
    "conteggio",
    "totale complessivo",
    "totaal",
    "som",
    "gemiddelde",
    "aantal",
    "eindtotaal",
    "soma",
    "média",
    "contagem",
    "total geral",
    "ø",
];

/// The rows of an input, some of them ahead.
pub(super) struct Rows {
    records: Box<dyn Records>,
    shape: Shape,
    ahead: VecDeque<io::Result<Result<Record, Fault>>>,
    ended: bool,
    totals: Vec<Record>,
    /// Whether garbled letters are mended.
    mends: bool,
    /// Cells with such letters.
    garbled: Evidence,
}

impl Rows {
    /// The rows of `records`, whose columns have this shape. `mends` letters that were once saved in a wrong
    /// encoding.
    pub(super) fn new(records: Box<dyn Records>, shape: Shape, mends: bool) -> Self {
        let (ahead, totals, garbled) = Default::default();
        Self { records, shape, ahead, ended: false, totals, mends, garbled }
    }

    /// The rows again from the first on, of which the header takes so many records.
    ///
    /// # Errors
    /// If the input cannot be opened again.
    pub(super) fn again(&self, header: usize) -> Result<Self, ReadError> {
        let mut records = self.records.rehearsal()?;
        records.skip_header(header);
        Ok(Self::new(records, self.shape.clone(), self.mends))
    }

    /// What is doubtful about how the input is read, as far as it was.
    pub(super) fn doubts(&self) -> Vec<Doubt> {
        let mut doubts = self.records.doubts();
        if self.garbled.count > 0 {
            doubts
                .push(Doubt::DoubleEncoded { mended: self.mends, evidence: self.garbled.clone() });
        }
        if !self.totals.is_empty() {
            doubts.push(Doubt::TotalRows { evidence: evidence(&self.totals) });
        }
        doubts
    }

    /// Looks for garbled letters in a record, and mends them where that is wanted.
    fn look_at(
        &mut self,
        mut row: io::Result<Result<Record, Fault>>,
    ) -> io::Result<Result<Record, Fault>> {
        if let Ok(Ok(record)) = &mut row {
            for cell in &mut record.cells {
                let mended = mended(cell);
                self.garbled.look_at(cell, mended.is_some());
                if let Some(mended) = mended.filter(|_| self.mends) {
                    *cell = mended;
                }
            }
        }
        row
    }

    /// All readings of the input's bytes.
    pub(super) fn readings(&self) -> &Readings {
        self.records.readings()
    }

    /// Takes the rows at the end that sum up the others out of those ahead.
    fn take_totals(&mut self) {
        let last = |row: &io::Result<Result<Record, Fault>>| match row {
            Ok(Ok(record)) => sums_up(&record.cells, &self.shape),
            _ => false,
        };
        while self.ahead.back().is_some_and(last) {
            if let Some(Ok(Ok(record))) = self.ahead.pop_back() {
                self.totals.insert(0, record);
            }
        }
    }
}

impl Iterator for Rows {
    type Item = io::Result<Result<Record, Fault>>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended && self.ahead.len() <= LAST {
            match self.records.next() {
                Some(row) => {
                    let row = self.look_at(row);
                    self.ahead.push_back(row);
                }
                None => {
                    self.ended = true;
                    self.take_totals();
                }
            }
        }
        self.ahead.pop_front()
    }
}

/// Rows as what a doubt about them rests on.
fn evidence(rows: &[Record]) -> Evidence {
    let mut evidence = Evidence::default();
    rows.iter().for_each(|row| evidence.look_at(&told(&row.cells), true));
    evidence
}

/// The filled cells of a row, in a line.
pub(super) fn told(cells: &[String]) -> String {
    let filled = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    filled.collect::<Vec<_>>().join(" | ")
}

/// Whether a row sums up others: it starts with a word for that, or is a single remark, and has
/// nothing or a word where all others have a value.
fn sums_up(cells: &[String], shape: &Shape) -> bool {
    let mut filled = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let Some(first) = filled.next() else { return false };
    let name: String = first
        .trim_end_matches(|c: char| c.is_ascii_digit() || " :=().,*".contains(c))
        .to_lowercase();
    let unlike = shape.missing(cells) + shape.words_for_values(cells);
    // "End of the report", where all rows have a number there, and more beside it.
    let is_remark = filled.next().is_none() && shape.words_for_values(cells) > 0 && unlike > 1;
    TOTALS.contains(&name.as_str()) && unlike > 0 || is_remark
}
