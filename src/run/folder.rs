//! The output folder: files appear together or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::AnalysisError;
use crate::report::outputs::OutputFile;

/// The file that is put in place last.
const LAST: OutputFile = OutputFile::Manifest;

/// A folder in the making, beside the one that it will become. Vanishes unless it is published.
pub struct Staging {
    target: PathBuf,
    staged: TempDir,
}

impl Staging {
    /// Prepares to write to `target`, so that a bad path fails before the long run.
    ///
    /// # Errors
    /// If the folder or the one it stands in cannot be written.
    pub fn new(target: &Path) -> Result<Self, AnalysisError> {
        let fail = |source| AnalysisError::Output { path: target.to_owned(), source };
        if target.exists() && !target.is_dir() {
            return Err(fail(io::Error::new(io::ErrorKind::NotADirectory, "it is a file")));
        }
        // Beside the target, so that renaming never crosses file systems.
        let parent = match target.parent() {
            _ if target.is_dir() => target,
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent).map_err(fail)?;
        let staged =
            tempfile::Builder::new().prefix(".painpoint-").tempdir_in(parent).map_err(fail)?;
        Ok(Self { target: target.to_owned(), staged })
    }

    /// Creates a file of the folder.
    ///
    /// # Errors
    /// If it cannot be created.
    pub fn create(&self, file: OutputFile) -> Result<BufWriter<File>, AnalysisError> {
        let name = file.name();
        let path = self.staged.path().join(name);
        File::create(&path)
            .map(|file| BufWriter::with_capacity(1 << 16, file))
            .map_err(|source| AnalysisError::Output { path: self.target.join(name), source })
    }

    /// Puts the files in their place: a new folder in one step; in a folder that is there, file by
    /// file, the manifest last. Other files of that folder stay.
    ///
    /// # Errors
    /// If a file cannot be moved.
    pub fn publish(self) -> Result<(), AnalysisError> {
        let fail = |path: &Path, source| AnalysisError::Output { path: path.to_owned(), source };
        if !self.target.exists() {
            make_readable(self.staged.path()).map_err(|source| fail(&self.target, source))?;
            fs::rename(self.staged.path(), &self.target)
                .map_err(|source| fail(&self.target, source))?;
            // The folder has moved: there is nothing left to remove.
            let _ = self.staged.keep();
            return Ok(());
        }
        let mut names: Vec<_> = fs::read_dir(self.staged.path())
            .and_then(|entries| {
                entries.map(|entry| Ok(entry?.file_name())).collect::<io::Result<Vec<_>>>()
            })
            .map_err(|source| fail(&self.target, source))?;
        names.sort_by_key(|name| (name == LAST.name(), name.clone()));
        for name in &names {
            let target = self.target.join(name);
            if target.is_dir() {
                let source =
                    io::Error::new(io::ErrorKind::IsADirectory, "there is a folder of that name");
                return Err(fail(&target, source));
            }
        }
        for name in names {
            let target = self.target.join(&name);
            fs::rename(self.staged.path().join(&name), &target)
                .map_err(|source| fail(&target, source))?;
        }
        Ok(())
    }
}

/// Temporary folders are private; the results should be as public as any new folder.
#[cfg(unix)]
fn make_readable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_readable(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn write_report(staging: &Staging) {
        staging
            .create(OutputFile::Report)
            .and_then(|mut file| {
                file.write_all(b"x").map_err(|source| AnalysisError::Output {
                    path: staging.target.clone(),
                    source,
                })
            })
            .expect("there is room");
    }

    #[test]
    fn an_abandoned_run_leaves_nothing() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let staging = Staging::new(&dir.path().join("out")).expect("it can be written");
        write_report(&staging);
        drop(staging);
        assert_eq!(fs::read_dir(dir.path()).expect("it is there").count(), 0);
    }

    #[test]
    fn publishing_keeps_what_else_is_in_the_folder() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let out = dir.path().join("a/out");
        for _ in 0..2 {
            let staging = Staging::new(&out).expect("it can be written");
            write_report(&staging);
            staging.publish().expect("it can be moved");
            fs::write(out.join("mine.txt"), "keep").expect("it can be written");
        }
        let mut names: Vec<_> = fs::read_dir(&out)
            .expect("it is there")
            .map(|entry| entry.expect("it is there").file_name().into_string().expect("UTF-8"))
            .collect();
        names.sort();
        assert_eq!(names, ["mine.txt", "report.html"]);
    }

    #[test]
    fn a_file_in_the_way_is_an_error_at_once() {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        assert!(Staging::new(file.path()).is_err());
    }
}
