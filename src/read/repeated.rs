//! Ids that stand in several inputs, as in exports that overlap: one feedback, whose newest row counts.
//!
//! All inputs are looked at before one is read: which ids come twice while the rows are sampled, and
//! only if some do, once more, what their rows hold. What is kept in memory grows by the ids that come twice.

use std::collections::{BTreeMap, HashSet};
use std::io;

use jiff::civil::Date;

use super::cells::Cells;
use super::columns::{Column, Role};
use super::doubt::{Doubt, Evidence};
use super::error::ReadError;
use super::input::Input;
use crate::digest::Fingerprint;
use crate::store::runs::Pairs;

/// Share of the ids in several inputs whose texts agree, from which on they mean the same feedback.
const MOST: f64 = 0.5;

/// Ids of which is known in memory where they stand, in 32 MB.
const IN_MEMORY: usize = 1 << 21;

/// The ids of several inputs.
pub(super) struct IdsSeen {
    /// What may be ids, each with the number of its input.
    seen: Pairs,
    /// Inputs with the names of their columns that were looked at.
    columns: HashSet<(usize, String)>,
}

impl Default for IdsSeen {
    fn default() -> Self {
        Self { seen: Pairs::new(IN_MEMORY), columns: HashSet::new() }
    }
}

impl IdsSeen {
    /// Tells that the cells of a column are looked at.
    pub(super) fn start(&mut self, input: usize, column: &str) -> IdColumn {
        self.columns.insert((input, column.to_owned()));
        IdColumn::new(input, column)
    }

    /// Takes a cell of a column into account that may be an id.
    pub(super) fn look_at(&mut self, column: &IdColumn, cell: &str) -> Result<(), ReadError> {
        let cell = cell.trim();
        if cell.is_empty() {
            return Ok(());
        }
        self.seen.add((column.key(cell), column.input)).map_err(ReadError::Temporary)
    }

    /// The ids that stand in several inputs.
    fn repeated(&mut self) -> io::Result<HashSet<u64>> {
        let mut repeated = HashSet::new();
        self.seen.for_each_shared(|(key, _)| {
            repeated.insert(key);
        })?;
        Ok(repeated)
    }
}

/// A column of an input that may hold ids.
pub(super) struct IdColumn {
    input: u64,
    /// As it is compared.
    name: String,
}

impl IdColumn {
    fn new(input: usize, name: &str) -> Self {
        Self { input: input as u64, name: name.trim().to_lowercase() }
    }

    /// The same for the same id in a column of the same name.
    fn key(&self, id: &str) -> u64 {
        Fingerprint::of_parts([self.name.as_str(), id]).number()
    }
}

/// A row whose id stands in another input too.
struct Row {
    input: usize,
    /// As the input counts them.
    number: u64,
    date: Option<Date>,
    id: String,
    /// Hashes of what the customer wrote, if anything, and of all cells with their names.
    text: Option<u64>,
    cells: u64,
}

/// Whether the ids of an input are but the numbers of its rows.
#[derive(Default)]
struct Numbering {
    lowest: Option<u64>,
    highest: u64,
    rows: u64,
    others: u64,
}

impl Numbering {
    fn look_at(&mut self, id: &str) {
        self.rows += 1;
        match id.parse::<u64>() {
            Ok(number) => {
                self.lowest = Some(self.lowest.map_or(number, |lowest| lowest.min(number)));
                self.highest = self.highest.max(number);
            }
            Err(_) => self.others += 1,
        }
    }

    fn counts_rows(&self) -> bool {
        let from = self.lowest.filter(|&lowest| lowest <= 1 && self.others == 0);
        from.is_some_and(|lowest| self.highest - lowest + 1 == self.rows)
    }
}

/// Finds the rows that a newer one of another input replaces, and tells them.
///
/// # Errors
/// If an input cannot be read again.
pub(super) fn settle(inputs: &mut [Input], mut seen: IdsSeen) -> Result<(), ReadError> {
    let id = |input: &Input| input.layout.columns.iter().position(|own| own.role == Role::Id);
    for (number, input) in inputs.iter().enumerate() {
        let Some(at) = id(input) else { continue };
        let name = &input.layout.columns[at].name;
        if !seen.columns.contains(&(number, name.clone())) {
            let (mut rows, column) = (input.again()?, IdColumn::new(number, name));
            while let Some(Ok(row)) = rows.advance() {
                if let Ok((_, cells)) = row {
                    seen.look_at(&column, cells.get(at))?;
                }
            }
        }
    }
    let repeated = seen.repeated().map_err(ReadError::Temporary)?;
    if repeated.is_empty() {
        return Ok(());
    }
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, input) in inputs.iter().enumerate() {
        if let Some(at) = id(input) {
            let name = input.layout.columns[at].name.trim().to_lowercase();
            groups.entry(name).or_default().push(number);
        }
    }
    for group in groups.into_values().filter(|group| group.len() > 1) {
        settle_group(inputs, &group, &repeated)?;
    }
    Ok(())
}

/// The same for inputs whose column of ids has the same name.
fn settle_group(
    inputs: &mut [Input],
    group: &[usize],
    repeated: &HashSet<u64>,
) -> Result<(), ReadError> {
    let mut rows: BTreeMap<u64, Vec<Row>> = BTreeMap::new();
    let (mut counts_rows, mut of) = (true, BTreeMap::new());
    for &input in group {
        let mut numbering = Numbering::default();
        gather(&inputs[input], input, repeated, &mut numbering, &mut rows)?;
        counts_rows &= numbering.counts_rows();
        of.insert(input, numbering.rows);
    }
    rows.retain(|_, rows| rows.iter().any(|row| row.input != rows[0].input));
    if rows.is_empty() {
        return Ok(());
    }
    let names = |input: usize| inputs[input].layout.columns.iter().map(|own| &own.name);
    let alike = group.iter().all(|&input| names(input).eq(names(group[0])));
    let agreeing = agreement(&rows) >= MOST;
    let replaced = agreeing || alike && !counts_rows;
    let mut evidence: BTreeMap<usize, Evidence> = BTreeMap::new();
    for rows in rows.values() {
        let rank = |row: &&Row| (row.date, inputs[row.input].path.clone(), row.input, row.number);
        let Some(newest) = rows.iter().max_by_key(rank).map(|row| row.input) else { continue };
        let same: HashSet<u64> =
            rows.iter().filter(|row| row.input == newest).map(|row| row.cells).collect();
        // One that is the same in every column is a mere duplicate.
        let differs = |row: &&Row| row.input != newest && !same.contains(&row.cells);
        for row in rows.iter().filter(differs) {
            if replaced {
                inputs[row.input].replaced.insert(row.number);
            }
            evidence.entry(row.input).or_default().look_at(&row.id, true);
        }
    }
    for (input, mut evidence) in evidence {
        evidence.of = of.get(&input).copied().unwrap_or_default();
        let column = inputs[input].layout.columns.iter().find(|own| own.role == Role::Id);
        let column = column.map(|own| own.name.clone()).unwrap_or_default();
        inputs[input].doubts.push(Doubt::RepeatedIds { column, replaced, agreeing, evidence });
    }
    Ok(())
}

/// The rows of an input whose ids are `repeated`.
fn gather(
    input: &Input,
    number: usize,
    repeated: &HashSet<u64>,
    numbering: &mut Numbering,
    rows: &mut BTreeMap<u64, Vec<Row>>,
) -> Result<(), ReadError> {
    let columns = &input.layout.columns;
    let at = |role: Role| columns.iter().position(|own| own.role == role);
    let Some(id_at) = at(Role::Id) else { return Ok(()) };
    let date_at = at(Role::Date);
    let ids = IdColumn::new(number, &columns[id_at].name);
    let (mut again, mut place) = (input.again()?, 0);
    while let Some(Ok(row)) = again.advance() {
        place += 1;
        let Ok((_, cells)) = row else { continue };
        let id = cells.get(id_at).trim();
        if id.is_empty() || input.header.is_repeated_by(cells.iter()) {
            continue;
        }
        numbering.look_at(id);
        let key = ids.key(id);
        if !repeated.contains(&key) {
            continue;
        }
        let texts = columns.iter().zip(cells.iter()).filter(|(own, _)| own.role == Role::Text);
        let texts: Vec<&str> =
            texts.map(|(_, cell)| cell.trim()).filter(|cell| !cell.is_empty()).collect();
        let date =
            date_at.and_then(|at| input.notations.dates.read(cells.get(at).trim()).flatten());
        rows.entry(key).or_default().push(Row {
            input: number,
            number: place,
            date,
            id: id.to_owned(),
            text: (!texts.is_empty()).then(|| Fingerprint::of_parts(&texts).number()),
            cells: Fingerprint::of_parts(named(columns, cells)).number(),
        });
    }
    Ok(())
}

/// The cells behind the names of their columns.
fn named<'a>(columns: &'a [Column], cells: &'a Cells) -> impl Iterator<Item = &'a str> {
    columns.iter().zip(cells.iter()).flat_map(|(own, cell)| [own.name.as_str(), cell])
}

/// Share of the ids whose rows in different inputs have a text in common, of those with texts.
fn agreement(rows: &BTreeMap<u64, Vec<Row>>) -> f64 {
    let (mut agreeing, mut with_text) = (0, 0);
    for rows in rows.values() {
        let mut inputs_of: BTreeMap<u64, HashSet<usize>> = BTreeMap::new();
        for row in rows {
            if let Some(text) = row.text {
                inputs_of.entry(text).or_default().insert(row.input);
            }
        }
        with_text += usize::from(!inputs_of.is_empty());
        agreeing += usize::from(inputs_of.values().any(|inputs| inputs.len() > 1));
    }
    agreeing as f64 / with_text.max(1) as f64
}
