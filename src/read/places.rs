//! What the command line names → files: a folder stands for the files of feedback in it, a pattern that
//! the shell left as it is for the files that it matches.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::error::ReadError;

/// Ends of the names of files that are read out of a folder, packed or not.
const ENDS: [&str; 13] = [
    "csv", "tsv", "tab", "txt", "psv", "json", "jsonl", "ndjson", "xlsx", "xlsm", "xlsb", "xls",
    "ods",
];

/// Ends that packing adds.
const PACKED: [&str; 4] = ["gz", "gzip", "zst", "zstd"];

/// The files of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places {
    /// To read, in their order.
    pub files: Vec<PathBuf>,
    /// In folders, what is not read: files of other kinds, and folders.
    pub passed_over: Vec<PathBuf>,
}

impl Places {
    /// Finds the files that `named` stands for. What is there by its very name is itself; `-` is
    /// standard input.
    ///
    /// # Errors
    /// If a folder cannot be listed or holds no file of feedback, or no file matches a pattern.
    pub fn find(named: &[PathBuf]) -> Result<Self, ReadError> {
        let mut places = Self::default();
        for path in named {
            if path == Path::new("-") {
                places.files.push(path.clone());
            } else if path.is_dir() {
                places.add_folder(path)?;
            } else if has_wildcards(path) && fs::symlink_metadata(path).is_err() {
                places.add_matching(path)?;
            } else {
                places.files.push(path.clone());
            }
        }
        Ok(places)
    }

    /// The files in a folder by name, but not those in folders within it, which may be anything.
    fn add_folder(&mut self, folder: &Path) -> Result<(), ReadError> {
        let before = self.files.len();
        for entry in entries(folder).map_err(|source| failed(folder, source))? {
            // A pipe would wait for somebody to write.
            match is_feedback(&entry) && entry.is_file() {
                true => self.files.push(entry),
                false => self.passed_over.push(entry),
            }
        }
        match self.files.len() == before {
            true => Err(ReadError::EmptyFolder { path: folder.to_owned() }),
            false => Ok(()),
        }
    }

    fn add_matching(&mut self, pattern: &Path) -> Result<(), ReadError> {
        let mut found = vec![PathBuf::new()];
        for part in pattern.components() {
            found = match part {
                Component::Normal(name) if has_wildcards(Path::new(name)) => {
                    let name = name.to_string_lossy();
                    found.iter().flat_map(|folder| matching(folder, &name)).collect()
                }
                part => found.into_iter().map(|path| path.join(part)).collect(),
            };
        }
        found.retain(|path| path.is_file());
        if found.is_empty() {
            return Err(ReadError::NoMatch { path: pattern.to_owned() });
        }
        self.files.extend(found);
        Ok(())
    }
}

/// What is in a folder by name, but what is hidden.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut found = Vec::new();
    for entry in fs::read_dir(here)? {
        let name = entry?.file_name();
        if !name.as_encoded_bytes().starts_with(b".") {
            found.push(folder.join(name));
        }
    }
    found.sort();
    Ok(found)
}

fn failed(folder: &Path, source: io::Error) -> ReadError {
    ReadError::Io { path: folder.to_owned(), source }
}

fn is_feedback(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let mut ends = name.rsplit('.');
    match ends.next() {
        Some(end) if PACKED.contains(&end) => ends.next().is_some_and(is_read),
        Some(end) => name.contains('.') && is_read(end),
        None => false,
    }
}

/// Whether files that end so are read, by this build.
fn is_read(end: &str) -> bool {
    ENDS.contains(&end)
        || cfg!(feature = "parquet") && end == "parquet"
        || cfg!(feature = "spss") && ["sav", "zsav"].contains(&end)
}

fn has_wildcards(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().iter().any(|byte| matches!(byte, b'*' | b'?'))
}

/// What is in a folder with a name that matches.
fn matching(folder: &Path, pattern: &str) -> Vec<PathBuf> {
    let pattern: Vec<char> = pattern.chars().collect();
    let mut found = entries(folder).unwrap_or_default();
    found.retain(|path| {
        let name: Vec<char> =
            path.file_name().unwrap_or_default().to_string_lossy().chars().collect();
        matches(&name, &pattern)
    });
    found
}

/// Whether a name matches a pattern, in which `*` is any signs and `?` any one.
fn matches(name: &[char], pattern: &[char]) -> bool {
    let (mut at, mut of, mut star) = (0, 0, None);
    while at < name.len() {
        if of < pattern.len() && pattern[of] == '*' {
            star = Some((of, at));
            of += 1;
        } else if of < pattern.len() && (pattern[of] == '?' || pattern[of] == name[at]) {
            (at, of) = (at + 1, of + 1);
        } else if let Some((star_of, star_at)) = star {
            // Let the star have one sign more.
            star = Some((star_of, star_at + 1));
            (at, of) = (star_at + 1, star_of + 1);
        } else {
            return false;
        }
    }
    pattern[of..].iter().all(|&sign| sign == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(places: &[PathBuf]) -> Vec<&str> {
        places.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect()
    }

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        folder
    }

    #[test]
    fn a_folder_stands_for_the_files_of_feedback_in_it() {
        let files = ["b.CSV", "a.jsonl.gz", ".c.csv", "notes.pdf", "old/d.csv", "csv", "e.xlsx"];
        let folder = folder(&files);
        let places = Places::find(&[folder.path().to_owned()]).unwrap();
        assert_eq!(names(&places.files), ["a.jsonl.gz", "b.CSV", "e.xlsx"]);
        assert_eq!(names(&places.passed_over), ["csv", "notes.pdf", "old"]);
        let error = Places::find(&[folder.path().join("old/..").join("old")]);
        assert_eq!(names(&error.unwrap().files), ["d.csv"]);
    }

    #[test]
    fn a_folder_without_feedback_and_a_pattern_without_a_match_are_errors() {
        let folder = folder(&["notes.pdf"]);
        for (path, told) in [("", "no file of feedback"), ("*.csv", "no file matches")] {
            let error = Places::find(&[folder.path().join(path)]).unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
        }
    }

    #[test]
    fn a_pattern_stands_for_the_files_that_it_matches() {
        let files =
            ["2025/jan.csv", "2026/jan.csv", "2026/feb.dat", "2026/.mar.csv", "x*.csv", "xy.csv"];
        let folder = folder(&files);
        let find = |pattern: &str| Places::find(&[folder.path().join(pattern)]).unwrap().files;
        assert_eq!(names(&find("2026/*")), ["feb.dat", "jan.csv"]);
        assert_eq!(find("202?/j*n.csv").len(), 2);
        // A file of that name is meant itself.
        assert_eq!(names(&find("x*.csv")), ["x*.csv"]);
    }

    #[test]
    fn stars_stand_for_any_signs() {
        let matches = |name: &str, pattern: &str| {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            matches(&chars(name), &chars(pattern))
        };
        assert!(matches("a.b.csv", "*.csv") && matches("aXbXc", "a*b*c") && matches("", "**"));
        assert!(!matches("a.csv", "*.tsv") && !matches("ab", "a?b") && !matches("abc", "ab"));
        assert!(!matches(&"a".repeat(60), &"a*".repeat(20).replace("a*", "a*b")));
    }
}
