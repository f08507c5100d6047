//! Files → their layouts and streams of rows.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::columns::{
    AssignedRole, Column, ColumnChoice, Header, Meaning, Notations, Role, RowSample, find_column,
    may_identify,
};
use super::delimited::DelimitedText;
use super::doubt::{Doubt, Evidence, InputKind, NotFeedback};
use super::encoding::Encoding;
use super::error::ReadError;
use super::fingerprint::Fingerprint;
use super::format::{Fault, Record, Records};
use super::json::Json;
use super::kind::{Kind, TextKind};
use super::layout::Layout;
use super::long::Long;
use super::mojibake::mended;
use super::passed_over::{PassedOver, PassingOver};
use super::profiles::{FittedProfile, LeavingOut, Profiles};
use super::repeated::{IdsSeen, settle};
use super::row::{Feedback, InputRow, LeftOut, Reject};
use super::rows::{Rows, told};
use super::source::{Origin, Packing, Source};
use super::typed::TypedTable;
use super::workbook::Workbook;

/// Rows that an inspection shows.
const FIRST_ROWS: usize = 3;

/// An open input: an iterator over its rows, one in memory at a time. After an error it ends.
pub struct Input {
    /// Where it was opened.
    pub path: PathBuf,
    /// How it is laid out.
    pub layout: Layout,
    pub(super) assigned: Vec<AssignedRole>,
    pub(super) first_rows: Vec<Vec<String>>,
    pub(super) header: Header,
    pub(super) notations: Arc<Notations>,
    rows: Rows,
    /// Rows that have come, those that cannot be used included.
    number: u64,
    /// Rows by number that a newer one of another input replaces.
    pub(super) replaced: HashSet<u64>,
    /// Doubts that the first look at the rows leaves.
    pub(super) doubts: Vec<Doubt>,
    /// Of each column, the filled cells that are not what it holds, of all that are filled.
    unread: Vec<Evidence>,
    /// Of each column of text, the cells that stand for no text.
    no_text: Vec<Evidence>,
    /// Which rows are left out, and how many were.
    left_out: Vec<(LeavingOut, Evidence)>,
    profile: Option<FittedProfile>,
    /// What in texts is passed over, unless others see to it, and what was.
    passing_over: Option<Arc<PassingOver>>,
    passed_over: PassedOver,
    failed: bool,
}

/// Opens one file; see [`open_all`].
///
/// # Errors
/// As [`open_all`].
pub fn open(path: &Path, choice: &ColumnChoice) -> Result<Input, ReadError> {
    let start = Start::open(path, choice, (&Profiles::load(&choice.profiles)?, false))?;
    let sample = start.sample(None)?;
    let meaning = start.meaning(sample)?;
    Ok(start.input(meaning))
}

/// Opens files of any format, packed or not (`-` is standard input), and finds their layouts.
///
/// Encoding, dialect and header are found in the first 256 KiB of each file. The roles of columns,
/// the rating scale and the order of day and month are found in a sample of the rows of all files
/// with the same column names: neither the order of rows nor a split into files changes them. For
/// that, files are read once in full, unless `choice` leaves nothing to be found. Pipes, which
/// cannot be read twice, contribute the rows of their first 256 KiB.
///
/// # Errors
/// If a file cannot be read, is empty, is not delimited text in UTF-8, lacks a column that
/// `choice` names, or has no column of free text.
pub fn open_all(paths: &[PathBuf], choice: &ColumnChoice) -> Result<Vec<Input>, ReadError> {
    let profiles = Profiles::load(&choice.profiles)?;
    let mut starts = Vec::with_capacity(paths.len());
    let mut samples: BTreeMap<Vec<String>, RowSample> = BTreeMap::new();
    let mut ids = (paths.len() > 1).then(IdsSeen::default);
    for (number, path) in paths.iter().enumerate() {
        let start = Start::open(path, choice, (&profiles, paths.len() > 1))?;
        let sample = start.sample(ids.as_mut().map(|ids| (ids, number)))?;
        samples.entry(start.header.names.clone()).or_default().merge(sample);
        starts.push(start);
    }
    require_names(&starts, choice)?;
    let mut meanings: BTreeMap<Vec<String>, Meaning> = BTreeMap::new();
    let mut inputs = Vec::with_capacity(starts.len());
    for start in starts {
        let meaning = match meanings.entry(start.header.names.clone()) {
            Entry::Occupied(entry) => entry.get().clone(),
            Entry::Vacant(entry) => {
                let sample = samples.remove(entry.key()).unwrap_or_default();
                entry.insert(start.meaning(sample)?).clone()
            }
        };
        inputs.push(start.input(meaning));
    }
    if let Some(ids) = ids {
        settle(&mut inputs, ids)?;
    }
    Ok(inputs)
}

/// A name that the user gives must be that of a column of some input.
fn require_names(starts: &[Start], choice: &ColumnChoice) -> Result<(), ReadError> {
    let Some(first) = starts.first() else { return Ok(()) };
    let lack = |name: &String| starts.iter().all(|start| start.missing.contains(name));
    match first.missing.iter().any(lack) {
        true => choice.roles(&first.header.names, &first.path).map(drop),
        false => Ok(()),
    }
}

/// Opens a file in its format, which its content tells.
fn records(path: &Path, choice: &ColumnChoice) -> Result<Opened, ReadError> {
    let source = Origin::new(path).open()?;
    let packing = source.packing;
    let (kind, encoding, records): (_, _, Box<dyn Records>) = match Kind::of(&source.prefix, path)?
    {
        Kind::Zip | Kind::Ole => {
            (InputKind::Workbook, None, Box::new(Workbook::open(source, choice)?))
        }
        Kind::Typed(kind) => (InputKind::Typed, None, Box::new(TypedTable::open(source, kind)?)),
        Kind::Text => {
            let encoding = Encoding::find(&source, choice.encoding.as_deref())?;
            let source = encoding.decode(source)?;
            let (kind, records) = text_records(source, &encoding, choice)?;
            (kind, Some(encoding), records)
        }
    };
    Ok(Opened { kind, packing, encoding, records })
}

/// Opens a text, decoded, in its format.
fn text_records(
    source: Source,
    encoding: &Encoding,
    choice: &ColumnChoice,
) -> Result<(InputKind, Box<dyn Records>), ReadError> {
    Ok(match TextKind::of(&source.prefix, &source.origin.path)? {
        TextKind::Delimited => {
            (InputKind::Delimited, Box::new(DelimitedText::open(source, encoding, choice)?))
        }
        TextKind::Json => (InputKind::Json, Box::new(Json::open(source, encoding)?)),
    })
}

/// A file in its format.
struct Opened {
    kind: InputKind,
    packing: Option<Packing>,
    /// Of text.
    encoding: Option<Encoding>,
    records: Box<dyn Records>,
}

/// A file of which is known how it is written, but not what its columns hold.
struct Start {
    /// Whether garbled letters are mended.
    mends: bool,
    /// Doubts that its first rows leave.
    doubts: Vec<Doubt>,
    path: PathBuf,
    packing: Option<Packing>,
    encoding: Option<Encoding>,
    records: Box<dyn Records>,
    header: Header,
    /// What the user says of its columns, and the names that are not among them.
    choice: ColumnChoice,
    missing: Vec<String>,
    /// The roles that the user gave to the columns.
    chosen: Vec<Option<Role>>,
    /// What is known of the tool that exported it.
    profile: Option<FittedProfile>,
    first_rows: Vec<Vec<String>>,
}

impl Start {
    /// Opens an input. Names of columns that one of `several` inputs does not have are no error.
    fn open(
        path: &Path,
        choice: &ColumnChoice,
        (profiles, several): (&Profiles, bool),
    ) -> Result<Self, ReadError> {
        let Opened { kind, packing, encoding, mut records } = records(path, choice)?;
        let mut first = records.first();
        if choice.fix_mojibake {
            for cell in first.iter_mut().flatten() {
                *cell = mended(cell).unwrap_or_else(|| std::mem::take(cell));
            }
        }
        let mut header = match records.names() {
            Some(names) => Header::of_format(&names),
            None => Header::find(&first, records.columns(), choice, profiles),
        };
        let stated = choice.header_rows.filter(|_| records.names().is_none());
        if stated.is_some_and(|rows| rows > header.records.len() as u64) {
            return Err(ReadError::HeaderRows {
                path: path.to_owned(),
                found: header.records.len() as u64,
            });
        }
        records.skip_header(header.len());
        let names_itself = records.names().is_some();
        let mut doubts = layout_doubts(&header, names_itself, choice, &first[header.len()..]);
        doubts.extend(encoding.as_ref().and_then(|own| own.doubt(&first)));
        doubts.extend(kind.unused(choice));
        if let Some(long) = &choice.long {
            let format = records.format();
            let rows = Rows::new(records, header.shape.clone(), choice.fix_mojibake);
            let is_header = |cells: &[String]| header.is_repeated_by(cells);
            let persons = Long::read(path, long, &header.names, (rows, is_header), format)?;
            header = Header::of_format(&persons.names().unwrap_or_default());
            first = persons.first();
            records = Box::new(persons);
        }
        let (choice, missing) = match several {
            true => choice.of_columns(&header.names),
            false => (choice.clone(), Vec::new()),
        };
        let input = InputKind::OtherColumns;
        doubts.extend(missing.iter().map(|own| Doubt::UnusedOption { option: own.clone(), input }));
        let first_rows = first.into_iter().skip(header.len()).take(FIRST_ROWS);
        Ok(Self {
            mends: choice.fix_mojibake,
            doubts,
            path: path.to_owned(),
            packing,
            encoding,
            first_rows: first_rows.collect(),
            chosen: chosen(&choice, &header.names, path)?,
            profile: profiles.fit(&header.all_names()),
            records,
            header,
            choice,
            missing,
        })
    }

    /// A sample of the rows that can be used: of all rows, or of the first where the file cannot be
    /// read twice. Empty where nothing is to be found in it.
    ///
    /// Looks at what may be ids of the input with this number, if they are asked for.
    fn sample(&self, mut ids: Option<(&mut IdsSeen, usize)>) -> Result<RowSample, ReadError> {
        let mut sample = RowSample::default();
        if Meaning::is_given(&self.chosen) {
            return Ok(sample);
        }
        let names = &self.header.names;
        let columns = if ids.is_some() { may_identify(names, &self.chosen) } else { Vec::new() };
        if let Some((ids, input)) = &mut ids {
            columns.iter().for_each(|&column| ids.start(*input, &names[column]));
        }
        let mut records = self.records.rehearsal()?;
        records.skip_header(self.header.len());
        let mut rows = Rows::new(records, self.header.shape.clone(), self.mends);
        // What fails here fails again when the rows are read, and is told then.
        for Record { cells, .. } in rows.by_ref().map_while(Result::ok).flatten() {
            if !self.header.is_repeated_by(&cells) {
                sample.add(&cells);
                if let Some((ids, input)) = &mut ids {
                    columns.iter().for_each(|&own| ids.look_at(*input, &names[own], &cells[own]));
                }
            }
        }
        Ok(sample.of_input())
    }

    /// What the columns hold, given a sample of the files with the same column names.
    fn meaning(&self, sample: RowSample) -> Result<Meaning, ReadError> {
        let known = (&self.chosen[..], self.profile.as_ref());
        Meaning::find(&self.path, &self.header.names, sample, &self.choice, known)
    }

    fn input(self, meaning: Meaning) -> Input {
        let roles = meaning.assigned.iter().map(|assigned| assigned.role);
        let columns = self.header.names.iter().cloned().zip(roles);
        let layout = Layout {
            packing: self.packing,
            encoding: self.encoding,
            format: self.records.format(),
            profile: self.profile.as_ref().map(|profile| profile.told.clone()),
            columns: columns.map(|(name, role)| Column { name, role }).collect(),
            rating_scale: meaning.notations.ratings.as_ref().map(|ratings| ratings.scale),
        };
        Input {
            path: self.path,
            unread: vec![Evidence::default(); layout.columns.len()],
            no_text: vec![Evidence::default(); layout.columns.len()],
            left_out: meaning
                .left_out
                .into_iter()
                .map(|rule| (rule, Evidence::default()))
                .collect(),
            profile: self.profile,
            passing_over: Some(Arc::new(PassingOver::new(&self.choice, meaning.recurring))),
            passed_over: PassedOver::default(),
            layout,
            first_rows: self.first_rows,
            assigned: meaning.assigned,
            rows: Rows::new(self.records, self.header.shape.clone(), self.mends),
            header: self.header,
            notations: Arc::new(meaning.notations),
            number: 0,
            replaced: HashSet::new(),
            doubts: self.doubts.into_iter().chain(meaning.doubts).collect(),
            failed: false,
        }
    }
}

/// The roles that the user gives to the columns. The rows of a person have one id.
fn chosen(
    choice: &ColumnChoice,
    names: &[String],
    path: &Path,
) -> Result<Vec<Option<Role>>, ReadError> {
    let mut chosen = choice.roles(names, path)?;
    if let Some(long) = choice.long.as_ref().filter(|_| !chosen.contains(&Some(Role::Id))) {
        let id = &mut chosen[find_column(&long.id, names, path)?];
        *id = id.or(Some(Role::Id));
    }
    Ok(chosen)
}

/// What is doubtful about where the header is.
fn layout_doubts(
    header: &Header,
    names_itself: bool,
    choice: &ColumnChoice,
    below: &[Vec<String>],
) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    if !header.titles.is_empty() {
        let mut evidence = Evidence::default();
        header.titles.iter().for_each(|title| evidence.look_at(&told(title), true));
        doubts.push(Doubt::TitleRows { evidence });
    }
    if let ([name], 1) = (&header.names[..], header.records.len())
        && are_parted_by_blanks(name, below)
    {
        let names = name.split_whitespace().map(str::to_owned).collect();
        doubts.push(Doubt::PartedByBlanks { names });
    }
    if names_itself || choice.header_rows.is_some() {
        return doubts;
    }
    match header.records.len() {
        0 => doubts.extend(below.first().map(|first| Doubt::NoHeader { first: first.clone() })),
        1 => {}
        rows => doubts.push(Doubt::HeaderRows { rows: rows as u64 }),
    }
    doubts
}

/// Whether each row of a single column starts with a number, as no sentence does, and goes on with as many words
/// as its name has at least.
fn are_parted_by_blanks(name: &str, rows: &[Vec<String>]) -> bool {
    const FEWEST: usize = 2;
    let names = name.split_whitespace().count();
    let is_row = |row: &Vec<String>| {
        let words: Vec<&str> = row.first().map_or("", String::as_str).split_whitespace().collect();
        let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        words.len() >= names && words.first().is_some_and(|word| is_number(word))
    };
    names >= FEWEST && rows.len() >= FEWEST && rows.iter().all(is_row)
}

impl Input {
    /// Leaves to others what is to be passed over in texts: threads that have more time than the one that reads.
    pub fn leave_passing_over(&mut self) -> Arc<PassingOver> {
        self.passing_over.take().unwrap_or_default()
    }

    /// What is doubtful about the reading, as far as the input was read.
    pub fn doubts(&self) -> Vec<Doubt> {
        self.doubts_to_sum().into_iter().filter(|doubt| !doubt.is_void()).collect()
    }

    /// The same, with what was counted and not found: for the shares of several inputs.
    pub(crate) fn doubts_to_sum(&self) -> Vec<Doubt> {
        let columns = self.layout.columns.iter().zip(&self.unread);
        let unread = columns.filter(|(_, unread)| unread.count > 0).map(|(column, unread)| {
            Doubt::UnreadValues {
                column: column.name.clone(),
                role: column.role,
                evidence: unread.clone(),
            }
        });
        let no_text = self.layout.columns.iter().zip(&self.no_text);
        let no_text = no_text.filter(|(_, own)| own.count > 0).map(|(column, own)| Doubt::NoText {
            column: column.name.clone(),
            evidence: own.clone(),
        });
        let left_out = self.left_out.iter().filter(|(_, own)| own.count > 0);
        let left_out = left_out.map(|(rule, own)| Doubt::LeftOut {
            column: self.name(Some(rule.column)),
            what: rule.what,
            evidence: own.clone(),
        });
        let encoding = self.layout.encoding.as_ref().filter(|_| self.rows.readings().is_cut());
        let cut = encoding.map(|own| Doubt::CutText { encoding: own.name.to_owned() });
        let known = self.doubts.iter().cloned().chain(self.rows.doubts());
        known
            .chain(cut)
            .chain(self.passed_over.doubts())
            .chain(unread)
            .chain(no_text)
            .chain(left_out)
            .collect()
    }

    /// The rows again from the first on, to look at; of a pipe, those that are at hand.
    pub(super) fn again(&self) -> Result<Rows, ReadError> {
        self.rows.again(self.header.len())
    }

    /// Size and SHA-256 of what was read, once all of it was.
    pub fn fingerprint(&self) -> Option<&Fingerprint> {
        self.rows.readings().fingerprint()
    }

    fn row(&mut self, record: Record) -> InputRow {
        if self.header.is_repeated_by(&record.cells) {
            let reason =
                "repeats the header, as where files were joined; nothing is lost".to_owned();
            return InputRow::Reject(Reject { place: record.place, column: String::new(), reason });
        }
        if let Some((column, what)) = self.left_out(&record.cells) {
            let column = self.name(Some(column));
            return InputRow::LeftOut(LeftOut { place: record.place, column, what });
        }
        InputRow::Feedback(self.feedback(record))
    }

    /// Because of which column a row is left out, and what it is. Takes note of it.
    fn left_out(&mut self, cells: &[String]) -> Option<(usize, NotFeedback)> {
        let mut found = None;
        for (rule, evidence) in &mut self.left_out {
            let holds = found.is_none() && rule.holds(cells);
            evidence.look_at(&cells[rule.column], holds);
            if holds {
                found = Some((rule.column, rule.what));
            }
        }
        found
    }

    fn feedback(&mut self, Record { place, cells }: Record) -> Feedback {
        let own = Arc::clone(&self.notations);
        let filled = |cell: &str| Some(Some(cell.to_owned()));
        let text_columns = self.text_columns(&cells);
        let mut feedback = Feedback {
            other_languages: Vec::new(),
            boilerplate: Vec::new(),
            replaced: Vec::new(),
            place,
            id: self.value(&cells, Role::Id, filled),
            text_columns,
            date: self.value(&cells, Role::Date, |cell| own.dates.read(cell)),
            nps: self.value(&cells, Role::Nps, |cell| own.likelihoods.read(cell)),
            rating: self.value(&cells, Role::Rating, |cell| own.ratings.as_ref()?.read(cell)),
            touchpoints: self
                .value(&cells, Role::Touchpoint, |cell| Some(Some(own.touchpoints.split(cell))))
                .unwrap_or_default(),
            cells,
        };
        if let Some(passing_over) = &self.passing_over {
            passing_over.find(&mut feedback, &mut self.passed_over);
        }
        feedback
    }

    fn text_columns(&mut self, cells: &[String]) -> Vec<usize> {
        let columns = self.layout.columns.iter().zip(cells).enumerate();
        let texts =
            columns.filter(|(_, (own, cell))| own.role == Role::Text && !cell.trim().is_empty());
        let mut texts: Vec<usize> = texts.map(|(index, _)| index).collect();
        if let Some(profile) = self.profile.as_ref().filter(|own| !own.no_text.is_empty()) {
            texts.retain(|&column| {
                let is_none = profile.is_no_text(&cells[column]);
                self.no_text[column].look_at(&cells[column], is_none);
                !is_none
            });
        }
        texts
    }

    /// What `parse` makes of the cell with this role, trimmed: nothing, that there is no value, or the
    /// value. Takes note of the filled cells of which it makes nothing.
    fn value<T>(
        &mut self,
        cells: &[String],
        role: Role,
        parse: impl Fn(&str) -> Option<Option<T>>,
    ) -> Option<T> {
        let column = self.layout.columns.iter().position(|column| column.role == role)?;
        let cell = cells[column].trim();
        if cell.is_empty() {
            return None;
        }
        let value = parse(cell);
        self.unread[column].look_at(cell, value.is_none());
        value.flatten()
    }

    fn name(&self, column: Option<usize>) -> String {
        let column = column.and_then(|column| self.layout.columns.get(column));
        column.map(|column| column.name.clone()).unwrap_or_default()
    }
}

impl Iterator for Input {
    type Item = Result<InputRow, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let row = self.rows.next()?;
        self.number += 1;
        match row {
            Ok(Ok(record)) if self.replaced.contains(&self.number) => {
                Some(Ok(InputRow::Replaced(record.place)))
            }
            Ok(Ok(record)) => Some(Ok(self.row(record))),
            Ok(Err(Fault { place, column, reason })) => {
                let column = self.name(column);
                Some(Ok(InputRow::Reject(Reject { place, column, reason })))
            }
            Err(source) => {
                self.failed = true;
                Some(Err(ReadError::Io { path: self.path.clone(), source }))
            }
        }
    }
}
