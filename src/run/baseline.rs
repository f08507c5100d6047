//! Reads what an earlier run found, from its output folder.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::painpoint::lineage::{Ancestor, Baseline};

/// Why the folder of an earlier run cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// A file of it cannot be read.
    #[error("{}: cannot read it: {source}; --baseline takes the --out folder of an earlier run", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file of it is not as a run writes it.
    #[error("{}: {what}; --baseline takes the --out folder of an earlier run, as it was written", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong, with its line where there is one.
        what: String,
    },
    /// It looked at other mentions.
    #[error("{}: that run looked at {theirs}, this one at {ours}; give both the same --touchpoint", path.display())]
    Scope {
        /// The manifest.
        path: PathBuf,
        /// What the earlier run looked at.
        theirs: String,
        /// What this one does.
        ours: String,
    },
}

/// Reads `pain_points.csv`, `terms.csv` and `run.json` of a folder, written for scripts or for Excel.
/// `within` is the touchpoint that is looked at alone, if it is one.
///
/// # Errors
/// If one of them is missing or was not written by a run of this program, or if that run looked at
/// another touchpoint.
pub fn read(folder: &Path, within: Option<&str>) -> Result<Baseline, BaselineError> {
    let mut ancestors: BTreeMap<String, Ancestor> = BTreeMap::new();
    let pain_points = Table::read(folder.join("pain_points.csv"))?;
    let [id, kind, touchpoint, label, feedback] =
        pain_points.columns(["pain_point_id", "kind", "touchpoint", "label", "feedback"])?;
    for (line, row) in &pain_points.rows {
        let ancestor = Ancestor {
            id: row[id].clone(),
            delight: row[kind] == "delight",
            touchpoint: row[touchpoint].clone(),
            label: row[label].clone(),
            feedback: pain_points.count(*line, "feedback", &row[feedback])?,
            terms: BTreeMap::new(),
        };
        ancestors.insert(row[id].clone(), ancestor);
    }
    let terms = Table::read(folder.join("terms.csv"))?;
    let [key, mentions, id] = terms.columns(["key", "mentions", "pain_point_id"])?;
    for (line, row) in &terms.rows {
        if let Some(ancestor) = ancestors.get_mut(&row[id]) {
            let mentions = terms.count(*line, "mentions", &row[mentions])?;
            *ancestor.terms.entry(row[key].clone()).or_default() += mentions;
        }
    }
    let manifest = Manifest::read(folder.join("run.json"))?;
    manifest.looked_at(within)?;
    let with_text = manifest.with_text()?;
    Ok(Baseline { ancestors: ancestors.into_values().collect(), with_text })
}

/// `run.json` of an earlier run.
struct Manifest {
    path: PathBuf,
    value: serde_json::Value,
}

impl Manifest {
    fn read(path: PathBuf) -> Result<Self, BaselineError> {
        let text = read_text(&path)?;
        match serde_json::from_str(&text) {
            Ok(value) => Ok(Self { path, value }),
            Err(error) => Err(BaselineError::Content { path, what: error.to_string() }),
        }
    }

    /// Makes sure that the run looked at the same mentions.
    fn looked_at(&self, touchpoint: Option<&str>) -> Result<(), BaselineError> {
        let theirs = self.value["touchpoint"].as_str();
        if theirs == touchpoint {
            return Ok(());
        }
        let [theirs, ours] =
            [theirs, touchpoint].map(|own| own.unwrap_or("all touchpoints").to_owned());
        Err(BaselineError::Scope { path: self.path.clone(), theirs, ours })
    }

    /// Feedback with text.
    fn with_text(&self) -> Result<u64, BaselineError> {
        let rows = |name: &str| self.value["rows"][name].as_u64();
        rows("feedback")
            .zip(rows("without_text"))
            .and_then(|(feedback, without)| feedback.checked_sub(without))
            .ok_or_else(|| BaselineError::Content {
                path: self.path.clone(),
                what: "rows.feedback and rows.without_text are missing".to_owned(),
            })
    }
}

fn read_text(path: &Path) -> Result<String, BaselineError> {
    fs::read_to_string(path).map_err(|source| BaselineError::Read { path: path.to_owned(), source })
}

/// A CSV file of an earlier run.
struct Table {
    path: PathBuf,
    header: Vec<String>,
    /// With the line on which each starts.
    rows: Vec<(u64, Vec<String>)>,
}

impl Table {
    fn read(path: PathBuf) -> Result<Self, BaselineError> {
        let text = read_text(&path)?;
        // A byte order mark stands only before files for Excel.
        let (excel, text) = match text.strip_prefix('\u{feff}') {
            Some(rest) => (true, rest),
            None => (false, text.as_str()),
        };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(if excel { b';' } else { b',' })
            .from_reader(text.as_bytes());
        let content = |what: String| BaselineError::Content { path: path.clone(), what };
        let cells =
            |record: &csv::StringRecord| record.iter().map(|cell| plain(cell, excel)).collect();
        let header = reader.headers().map_err(|error| content(error.to_string()))?;
        let header = cells(header);
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| content(error.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line);
            rows.push((line, cells(&record)));
        }
        Ok(Self { path, header, rows })
    }

    fn columns<const N: usize>(&self, names: [&str; N]) -> Result<[usize; N], BaselineError> {
        let mut found = [0; N];
        for (at, name) in found.iter_mut().zip(names) {
            *at = self.header.iter().position(|header| header == name).ok_or_else(|| {
                self.wrong(format!("there is no column {name}: it may be of an older version"))
            })?;
        }
        Ok(found)
    }

    fn count(&self, line: u64, column: &str, cell: &str) -> Result<u64, BaselineError> {
        cell.parse()
            .map_err(|_| self.wrong(format!("line {line}, column {column}: {cell:?} is no count")))
    }

    fn wrong(&self, what: String) -> BaselineError {
        BaselineError::Content { path: self.path.clone(), what }
    }
}

/// A cell without the apostrophe that keeps Excel from running it.
fn plain(cell: &str, excel: bool) -> String {
    let formula = |rest: &&str| rest.starts_with(['=', '+', '-', '@']);
    let stripped = cell.strip_prefix('\'').filter(|rest| excel && formula(rest));
    stripped.unwrap_or(cell).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(pain_points: &str, terms: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("pain_points.csv"), pain_points).unwrap();
        fs::write(folder.path().join("terms.csv"), terms).unwrap();
        let manifest = r#"{"rows": {"feedback": 50, "without_text": 8}}"#;
        fs::write(folder.path().join("run.json"), manifest).unwrap();
        folder
    }

    #[test]
    fn files_for_scripts_and_for_excel_say_the_same() {
        let pain_points = "pain_point_id,touchpoint,label,feedback,share,kind\n\
                           app-1,app,Absturz,7,0.14,pain_point\n";
        let terms = "term,mentions,pain_point_id,key\nAbsturz,9,app-1,absturz\nx,1,,x\n";
        let plain = read(folder(pain_points, terms).path(), None).unwrap();
        let excel =
            |text: &str| format!("\u{feff}{}", text.replace("0.14", "0,14").replace(',', ";"));
        let excel = |text: &str| excel(text).replace("0;14", "0,14");
        let other = read(folder(&excel(pain_points), &excel(terms)).path(), None).unwrap();
        assert_eq!(plain, other);
        assert_eq!(plain.with_text, 42);
        let [ancestor] = &plain.ancestors[..] else { panic!("one") };
        assert_eq!((ancestor.feedback, ancestor.delight), (7, false));
        assert_eq!(ancestor.terms, BTreeMap::from([("absturz".to_owned(), 9)]));
    }

    #[test]
    fn what_is_no_folder_of_results_is_named() {
        let empty = tempfile::tempdir().unwrap();
        let error = read(empty.path(), None).unwrap_err().to_string();
        assert!(error.contains("pain_points.csv") && error.contains("--baseline"), "{error}");
        let broken = folder("pain_point_id,touchpoint,label,feedback,kind\na,app,b,many,\n", "");
        let error = read(broken.path(), None).unwrap_err().to_string();
        assert!(error.contains("line 2") && error.contains("\"many\""), "{error}");
    }
}
