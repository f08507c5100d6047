//! The rows below a header, without those at the end that sum them up.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io;

use super::cells::Cells;
use super::columns::Shape;
use super::doubt::{Doubt, Evidence};
use super::error::ReadError;
use super::fingerprint::Readings;
use super::format::{Fault, Place, Record, Records};
use super::mojibake::{may_be_garbled, mended};

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
    ahead: VecDeque<io::Result<Result<(Place, Cells), Fault>>>,
    /// Cells of the row that was taken last, and such whose room is free.
    current: Cells,
    spare: Vec<Cells>,
    ended: bool,
    /// The cells of rows at the end that sum up the others.
    totals: Vec<Vec<String>>,
    /// Whether garbled letters are mended.
    mends: bool,
    /// Whether somebody is told of them.
    tells: bool,
    /// Cells with such letters.
    garbled: Evidence,
}

impl Rows {
    /// The rows of `records`, whose columns have this shape. `mends` letters that were once saved in a wrong
    /// encoding.
    pub(super) fn new(records: Box<dyn Records>, shape: Shape, mends: bool) -> Self {
        let (ahead, current, spare, ended, totals, garbled) = Default::default();
        let tells = true;
        Self { records, shape, ahead, current, spare, ended, totals, mends, tells, garbled }
    }

    /// The same to look at alone, of which nothing is told.
    pub(super) fn to_look_at(records: Box<dyn Records>, shape: Shape, mends: bool) -> Self {
        Self { tells: false, ..Self::new(records, shape, mends) }
    }

    /// The rows again from the first on, to look at, of which the header takes so many records.
    ///
    /// # Errors
    /// If the input cannot be opened again.
    pub(super) fn again(&self, header: usize) -> Result<Self, ReadError> {
        let mut records = self.records.rehearsal()?;
        records.skip_header(header);
        Ok(Self::to_look_at(records, self.shape.clone(), self.mends))
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

    /// The next row with its cells, of which no strings are made.
    pub(super) fn advance(&mut self) -> Option<io::Result<Result<(Place, &Cells), Fault>>> {
        self.look_ahead();
        Some(match self.ahead.pop_front()? {
            Ok(Ok((place, cells))) => {
                self.spare.push(std::mem::replace(&mut self.current, cells));
                Ok(Ok((place, &self.current)))
            }
            Ok(Err(fault)) => Ok(Err(fault)),
            Err(error) => Err(error),
        })
    }

    fn look_ahead(&mut self) {
        while !self.ended && self.ahead.len() <= LAST {
            let mut cells = self.spare.pop().unwrap_or_default();
            match self.records.next_into(&mut cells) {
                Some(Ok(Ok(place))) => {
                    self.look_at(&mut cells);
                    self.ahead.push_back(Ok(Ok((place, cells))));
                }
                Some(Ok(Err(fault))) => self.ahead.push_back(Ok(Err(fault))),
                Some(Err(error)) => self.ahead.push_back(Err(error)),
                None => {
                    self.ended = true;
                    self.take_totals();
                }
            }
        }
    }

    /// Looks for garbled letters in the cells of a record, and mends them where that is wanted.
    fn look_at(&mut self, cells: &mut Cells) {
        if !self.mends && !self.tells {
            return;
        }
        // Most records have none, which is seen at once.
        if !may_be_garbled(cells.text().as_bytes()) {
            self.garbled.of += cells.len() as u64;
            return;
        }
        let look_at = |cell| {
            let mended = mended(cell);
            self.garbled.look_at(cell, mended.is_some());
            mended.filter(|_| self.mends).map_or(Cow::Borrowed(cell), Cow::Owned)
        };
        *cells = cells.iter().map(look_at).collect();
    }

    /// All readings of the input's bytes.
    pub(super) fn readings(&self) -> &Readings {
        self.records.readings()
    }

    /// Takes the rows at the end that sum up the others out of those ahead.
    fn take_totals(&mut self) {
        while let Some(Ok(Ok((_, cells)))) = self.ahead.back() {
            let cells = cells.to_strings();
            if !sums_up(&cells, &self.shape) {
                return;
            }
            self.totals.insert(0, cells);
            self.ahead.pop_back();
        }
    }
}

impl Iterator for Rows {
    type Item = io::Result<Result<Record, Fault>>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(
            self.advance()?
                .map(|row| row.map(|(place, cells)| Record { place, cells: cells.to_strings() })),
        )
    }
}

/// Rows as what a doubt about them rests on.
fn evidence(rows: &[Vec<String>]) -> Evidence {
    let mut evidence = Evidence::default();
    rows.iter().for_each(|row| evidence.look_at(&told(row), true));
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
