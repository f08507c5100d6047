//! Files → their layouts, each an [`Input`] to be read.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io;
use std::path::{Path, PathBuf};

use super::columns::{ColumnChoice, Header, Meaning, Role, RowSample, find_column, may_identify};
use super::delimited::DelimitedText;
use super::doubt::{Doubt, Evidence, InputKind};
use super::encoding::Encoding;
use super::error::ReadError;
use super::format::Records;
use super::input::Input;
use super::json::Json;
use super::kind::{Kind, TextKind};
use super::long::Long;
use super::mojibake::mended;
use super::profiles::{FittedProfile, Profiles};
use super::repeated::{IdsSeen, settle};
use super::rows::{Rows, told};
use super::source::{Origin, Packing, Source};
use super::typed::TypedTable;
use super::workbook::Workbook;

/// Rows that an inspection shows.
const FIRST_ROWS: usize = 3;

/// Opens one file; see [`open_all`].
///
/// # Errors
/// As [`open_all`].
pub fn open(path: &Path, choice: &ColumnChoice) -> Result<Input, ReadError> {
    let profiles = Profiles::load(&choice.profiles)?;
    let (start, sample) = Start::sampled(path, choice, (&profiles, false), None)?;
    let meaning = start.meaning(sample)?;
    Ok(Input::new(start, meaning))
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
        let ids = ids.as_mut().map(|ids| (ids, number));
        let (start, sample) = Start::sampled(path, choice, (&profiles, paths.len() > 1), ids)?;
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
        inputs.push(Input::new(start, meaning));
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
///
/// Text may be `assumed` to be in UTF-8 by one who reads all of it before anything is told.
fn records(path: &Path, choice: &ColumnChoice, assumed: bool) -> Result<Opened, ReadError> {
    let source = Origin::new(path).open()?;
    let packing = source.packing;
    let (kind, encoding, records): (_, _, Box<dyn Records>) = match Kind::of(&source.prefix, path)?
    {
        Kind::Zip | Kind::Ole => {
            (InputKind::Workbook, None, Box::new(Workbook::open(source, choice)?))
        }
        Kind::Typed(kind) => (InputKind::Typed, None, Box::new(TypedTable::open(source, kind)?)),
        Kind::Text => {
            let assumed = assumed && choice.encoding.is_none();
            let encoding = match assumed.then(|| Encoding::assume(&source)).flatten() {
                Some(encoding) => encoding,
                None => Encoding::find(&source, choice.encoding.as_deref())?,
            };
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
pub(super) struct Start {
    /// Whether garbled letters are mended.
    pub(super) mends: bool,
    /// Doubts that its first rows leave.
    pub(super) doubts: Vec<Doubt>,
    pub(super) path: PathBuf,
    pub(super) packing: Option<Packing>,
    pub(super) encoding: Option<Encoding>,
    pub(super) records: Box<dyn Records>,
    pub(super) header: Header,
    /// What the user says of its columns, and the names that are not among them.
    pub(super) choice: ColumnChoice,
    pub(super) missing: Vec<String>,
    /// The roles that the user gave to the columns.
    pub(super) chosen: Vec<Option<Role>>,
    /// What is known of the tool that exported it.
    pub(super) profile: Option<FittedProfile>,
    pub(super) first_rows: Vec<Vec<String>>,
}

impl Start {
    /// Opens an input. Names of columns that one of `several` inputs does not have are no error.
    fn open(
        path: &Path,
        choice: &ColumnChoice,
        (profiles, several): (&Profiles, bool),
        assumed: bool,
    ) -> Result<Self, ReadError> {
        let Opened { kind, packing, encoding, mut records } = records(path, choice, assumed)?;
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
            let is_header =
                |cells: &[String]| header.is_repeated_by(cells.iter().map(String::as_str));
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

    /// Opens an input and looks at its rows.
    ///
    /// Most texts are in UTF-8: one whose start is, is read as such, and only if that turns out wrong is it read for
    /// its encoding alone.
    fn sampled(
        path: &Path,
        choice: &ColumnChoice,
        profiles: (&Profiles, bool),
        mut ids: Option<(&mut IdsSeen, usize)>,
    ) -> Result<(Self, RowSample), ReadError> {
        // Rows in the long form are read while the input is opened.
        let open = |assumed| Self::open(path, choice, profiles, assumed);
        // What cannot be opened as UTF-8 may be something else, and if not, that is told.
        let mut start = match choice.long.is_none() {
            true => open(true).or_else(|_| open(false))?,
            false => open(false)?,
        };
        let is_assumed = start.encoding.as_ref().is_some_and(Encoding::was_assumed);
        if is_assumed && Meaning::is_given(&start.chosen) {
            start.read_through()?;
        }
        let sample = start.sample(ids.as_mut().map(|(ids, input)| (&mut **ids, *input)))?;
        if !is_assumed || !start.records.readings().is_foreign() {
            start.encoding = start.encoding.map(Encoding::confirmed);
            return Ok((start, sample));
        }
        let start = open(false)?;
        let sample = start.sample(ids)?;
        Ok((start, sample))
    }

    /// Reads the bytes to see whether they are in the encoding that they are taken for.
    fn read_through(&self) -> Result<(), ReadError> {
        let readings = self.records.readings().clone();
        let origin = Origin { path: self.path.clone(), readings };
        if let Some(encoding) = &self.encoding {
            // What fails here fails again when the rows are read, and is told then.
            let _ = io::copy(&mut encoding.decode(origin.open()?)?.rest, &mut io::sink());
        }
        Ok(())
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
        let mut columns = Vec::new();
        if let Some((ids, input)) = &mut ids {
            let named = may_identify(names, &self.chosen).into_iter();
            columns.extend(named.map(|column| (column, ids.start(*input, &names[column]))));
        }
        let mut records = self.records.rehearsal()?;
        records.skip_header(self.header.len());
        let mut rows = Rows::to_look_at(records, self.header.shape.clone(), self.mends);
        // What fails here fails again when the rows are read, and is told then.
        while let Some(Ok(row)) = rows.advance() {
            if let Ok((_, cells)) = row
                && !self.header.is_repeated_by(cells.iter())
            {
                sample.add(cells);
                if let Some((ids, _)) = &mut ids {
                    for (index, column) in &columns {
                        ids.look_at(column, cells.get(*index))?;
                    }
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
