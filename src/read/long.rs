//! Long format: a row is one answer of a person, and the rows of a person become one record with a column a question.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::io;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::columns::find_column;
use super::doubt::Doubt;
use super::error::ReadError;
use super::fingerprint::Readings;
use super::format::{Fault, Format, Place, Record, Records};
use super::rows::Rows;

/// Columns of questions at most: more are no questions of a survey.
const QUESTIONS: usize = 500;

/// The columns of a table in which a row is one answer, as the user names them: `ID,QUESTION,ANSWER`.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct LongFormat {
    /// Column that says who answers.
    pub id: String,
    /// Column that says what was asked.
    pub question: String,
    /// Column that says what was answered.
    pub answer: String,
}

impl TryFrom<Vec<String>> for LongFormat {
    type Error = String;

    fn try_from(names: Vec<String>) -> Result<Self, String> {
        let wrong = || {
            "write the columns of ids, questions and answers as ID,QUESTION,ANSWER, a name with a comma in \
             quotes"
        };
        match <[String; 3]>::try_from(names) {
            Ok([id, question, answer]) if id != question && question != answer && id != answer => {
                Ok(Self { id, question, answer })
            }
            _ => Err(wrong().to_owned()),
        }
    }
}

impl From<LongFormat> for Vec<String> {
    fn from(long: LongFormat) -> Self {
        vec![long.id, long.question, long.answer]
    }
}

impl FromStr for LongFormat {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        names(written).try_into()
    }
}

/// As it may be typed.
impl fmt::Display for LongFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |name: &str| match name.contains([',', '"']) {
            true => format!("\"{}\"", name.replace('"', "\"\"")),
            false => name.to_owned(),
        };
        write!(f, "{},{},{}", quoted(&self.id), quoted(&self.question), quoted(&self.answer))
    }
}

/// Names between commas; one in quotes may hold commas.
fn names(written: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut signs = written.chars().peekable();
    let mut in_quotes = false;
    while let Some(sign) = signs.next() {
        match sign {
            '"' if in_quotes && signs.peek() == Some(&'"') => {
                signs.next();
                names.last_mut().into_iter().for_each(|name| name.push('"'));
            }
            '"' => in_quotes = !in_quotes,
            ',' if !in_quotes => names.push(String::new()),
            sign => names.last_mut().into_iter().for_each(|name| name.push(sign)),
        }
    }
    names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// The records of a table in long format, one a person. They are held in memory: the last row may belong to the
/// first person.
pub(super) struct Long {
    table: Arc<Table>,
    /// Records that were read.
    read: usize,
}

/// What all readings of it share.
struct Table {
    format: Format,
    readings: Readings,
    doubts: Vec<Doubt>,
    names: Vec<String>,
    records: Vec<Result<Record, Fault>>,
}

/// A person's answers, as far as they are known.
struct Person {
    place: Place,
    /// What stands beside the answers, by column. Of different values, the least counts: no order of the rows
    /// changes it.
    beside: Vec<String>,
    /// What was answered, by question.
    answers: BTreeMap<String, BTreeSet<String>>,
}

impl Long {
    /// Reads all rows of `rows`, whose columns are `names`.
    ///
    /// # Errors
    /// If a column is not there, or reading fails.
    pub(super) fn read(
        path: &Path,
        long: &LongFormat,
        names: &[String],
        (mut rows, is_header): (Rows, impl Fn(&[String]) -> bool),
        format: Format,
    ) -> Result<Self, ReadError> {
        let column = |name: &str| find_column(name, names, path);
        let (id, question, answer) =
            (column(&long.id)?, column(&long.question)?, column(&long.answer)?);
        let fail = |source: io::Error| ReadError::Io { path: path.to_owned(), source };
        let (mut persons, mut order) = (HashMap::<String, Person>::new(), Vec::new());
        let mut faults: Vec<Result<Record, Fault>> = Vec::new();
        let mut questions: BTreeSet<String> = BTreeSet::new();
        for row in rows.by_ref() {
            let Record { place, cells } = match row.map_err(fail)? {
                Ok(record) if is_header(&record.cells) => continue,
                Ok(record) => record,
                Err(fault) => {
                    faults.push(Err(fault));
                    continue;
                }
            };
            let cell = |at: usize| cells.get(at).map_or("", |cell| cell.trim());
            if let Some(column) = [id, question].into_iter().find(|&at| cell(at).is_empty()) {
                let reason =
                    format!("no {:?}: nothing says whose answer it is, or to what", names[column]);
                faults.push(Err(Fault { place, column: None, reason }));
                continue;
            }
            let person = persons.entry(cell(id).to_owned()).or_insert_with(|| {
                order.push(cell(id).to_owned());
                Person { place, beside: vec![String::new(); names.len()], answers: BTreeMap::new() }
            });
            for (at, known) in person.beside.iter_mut().enumerate() {
                let own = cell(at);
                if !own.is_empty() && (known.is_empty() || own < known.as_str()) {
                    own.clone_into(known);
                }
            }
            questions.insert(cell(question).to_owned());
            if questions.len() > QUESTIONS {
                return Err(fail(io::Error::other(format!(
                    "{:?} has more than {QUESTIONS} different questions; --long ID,QUESTION,ANSWER names the \
                     column of questions second",
                    names[question]
                ))));
            }
            if !cell(answer).is_empty() {
                let answers = person.answers.entry(cell(question).to_owned()).or_default();
                answers.insert(cell(answer).to_owned());
            }
        }
        let others: Vec<usize> =
            (0..names.len()).filter(|at| ![question, answer].contains(at)).collect();
        let record = |own: &String| {
            let mut person = persons.remove(own)?;
            let mut cells: Vec<String> =
                others.iter().map(|&at| std::mem::take(&mut person.beside[at])).collect();
            cells.extend(questions.iter().map(|question| {
                let answers = person.answers.remove(question).unwrap_or_default();
                answers.into_iter().collect::<Vec<_>>().join("\n")
            }));
            Some(Ok(Record { place: person.place, cells }))
        };
        let mut records: Vec<Result<Record, Fault>> = order.iter().filter_map(record).collect();
        records.extend(faults);
        records.sort_by_key(|record| match record {
            Ok(record) => record.place.record,
            Err(fault) => fault.place.record,
        });
        let columns = others.iter().map(|&at| names[at].clone());
        let table = Table {
            format,
            readings: rows.readings().clone(),
            doubts: rows.doubts(),
            names: columns.chain(questions.iter().cloned()).collect(),
            records,
        };
        Ok(Self::new(Arc::new(table)))
    }

    fn new(table: Arc<Table>) -> Self {
        Self { table, read: 0 }
    }
}

impl Iterator for Long {
    type Item = io::Result<Result<Record, Fault>>;

    fn next(&mut self) -> Option<Self::Item> {
        let record = self.table.records.get(self.read)?;
        self.read += 1;
        Some(Ok(record.clone()))
    }
}

impl Records for Long {
    fn format(&self) -> Format {
        self.table.format.clone()
    }

    fn readings(&self) -> &Readings {
        &self.table.readings
    }

    fn doubts(&self) -> Vec<Doubt> {
        self.table.doubts.clone()
    }

    fn names(&self) -> Option<Vec<Vec<String>>> {
        Some(vec![self.table.names.clone()])
    }

    fn first(&self) -> Vec<Vec<String>> {
        let sound = self.table.records.iter().filter_map(|record| record.as_ref().ok());
        sound.take(FIRST).map(|record| record.cells.clone()).collect()
    }

    fn skip_header(&mut self, _records: usize) {}

    fn rehearsal(&self) -> Result<Box<dyn Records>, ReadError> {
        Ok(Box::new(Self::new(Arc::clone(&self.table))))
    }
}

/// Records that show how the table is.
const FIRST: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_with_commas_between_them() {
        let long: LongFormat = "Respondent, \"Question, asked\" ,Answer".parse().unwrap();
        assert_eq!(long.question, "Question, asked");
        assert_eq!(long.to_string(), "Respondent,\"Question, asked\",Answer");
        assert_eq!(long.to_string().parse(), Ok(long));
        for wrong in ["", "a,b", "a,b,c,d", "a,b,b"] {
            assert!(wrong.parse::<LongFormat>().unwrap_err().contains("ID,QUESTION,ANSWER"));
        }
    }
}
