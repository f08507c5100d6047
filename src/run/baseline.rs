//! Reads what an earlier run found, from its output folder.

use std::io;
use std::path::{Path, PathBuf};

use super::found::{self, FoundError};
use crate::painpoint::findings::{Findings, FindingsError};
use crate::painpoint::lineage::Baseline;
use crate::report::outputs::OutputFile;
use crate::visible::visible_path;

/// Why the folder of an earlier run cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// Its findings cannot be read.
    #[error(
        "{}: cannot read it: {source}; --baseline takes the --out folder of an earlier run",
        visible_path(path)
    )]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It was written by a version that wrote no findings.
    #[error(
        "{}: there is no {} in it: an earlier version of painpoint wrote it; analyse the input of that run \
         again with this version, and give its folder to --baseline",
        visible_path(folder),
        OutputFile::Findings.name()
    )]
    Older {
        /// The folder.
        folder: PathBuf,
    },
    /// Its findings are not as a run writes them, or of another version.
    #[error(
        "{}: {source}; --baseline takes the --out folder of an earlier run, as it was written: if it was, \
         analyse the input of that run again with this version",
        visible_path(path)
    )]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: FindingsError,
    },
    /// It told of one touchpoint alone.
    #[error(
        "{}: that run tells of {theirs} alone, this one of {ours}; give both the same --touchpoint",
        visible_path(path)
    )]
    Scope {
        /// The file.
        path: PathBuf,
        /// What the earlier run told of.
        theirs: String,
        /// What this one does.
        ours: String,
    },
    /// Its sentiment is another thing.
    #[error(
        "{}: that run found sentiment {}, this one {}: what differs would not be the customers; give both the same \
         --no-priors, or analyse the input of that run again",
        visible_path(path),
        by(*theirs),
        by(!theirs)
    )]
    Priors {
        /// The file.
        path: PathBuf,
        /// Whether rows had a say in the sentiment of the earlier run.
        theirs: bool,
    },
}

fn by(priors: bool) -> &'static str {
    if priors { "in the row of each text" } else { "in the text alone" }
}

/// Reads the findings in a folder. `within` is the touchpoint that is told of alone, if it is one; `priors` whether rows
/// have a say in the sentiment of their mentions.
///
/// # Errors
/// If there are none or they were not written by a run of this program, or if that run told of another
/// touchpoint alone, or found sentiment in another way.
pub fn read(folder: &Path, within: Option<&str>, priors: bool) -> Result<Baseline, BaselineError> {
    let path = folder.join(OutputFile::Findings.name());
    let findings = found::findings(folder).map_err(|error| match error {
        FoundError::Read { source, .. }
            if source.kind() == io::ErrorKind::NotFound && is_output(folder) =>
        {
            BaselineError::Older { folder: folder.to_owned() }
        }
        FoundError::Read { path, source } => BaselineError::Read { path, source },
        FoundError::Content { path, source } => BaselineError::Content { path, source },
    })?;
    fitting(&findings, &path, within, priors)?;
    Ok(Baseline::of(&findings))
}

/// Whether findings, from `path`, can be held against a run that tells of `within` alone, if of one touchpoint, and has rows a
/// say in sentiment or not.
///
/// # Errors
/// If they cannot.
pub fn fitting(
    findings: &Findings,
    path: &Path,
    within: Option<&str>,
    priors: bool,
) -> Result<(), BaselineError> {
    let theirs = findings.summary.touchpoint.as_deref();
    let path = path.to_owned();
    if theirs.is_some() && theirs != within {
        let [theirs, ours] =
            [theirs, within].map(|own| own.unwrap_or("all touchpoints").to_owned());
        return Err(BaselineError::Scope { path, theirs, ours });
    }
    if findings.summary.priors != priors {
        return Err(BaselineError::Priors { path, theirs: findings.summary.priors });
    }
    Ok(())
}

/// Whether a run wrote the folder.
fn is_output(folder: &Path) -> bool {
    folder.join(OutputFile::Manifest.name()).is_file()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::painpoint::findings::TopicKind;
    use crate::report::sample;

    fn folder(findings: &Findings) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let file = fs::File::create(folder.path().join("findings.json")).unwrap();
        findings.write(file).unwrap();
        folder
    }

    #[test]
    fn topics_keep_what_they_are_known_by() {
        let baseline = read(folder(&sample::german()).path(), None, false).unwrap();
        assert_eq!(baseline.with_text, 2_380);
        assert!(baseline.ancestors.is_sorted_by(|a, b| a.id < b.id));
        let late = baseline.ancestors.iter().find(|own| own.label == ["zu spät"]).unwrap();
        assert_eq!((late.kind, late.feedback), (TopicKind::PainPoint, 286));
        assert_eq!(late.terms.len(), 5);
        assert_eq!(late.terms["zu spät"], 191);
    }

    #[test]
    fn a_run_that_told_of_one_touchpoint_alone_is_refused_by_others() {
        let mut findings = sample::german();
        assert!(read(folder(&findings).path(), Some("delivery"), false).is_ok());
        findings.summary.touchpoint = Some("app".to_owned());
        let folder = folder(&findings);
        for (ours, told) in [(None, "all touchpoints"), (Some("delivery"), "delivery")] {
            let error = read(folder.path(), ours, false).unwrap_err().to_string();
            assert!(error.contains("of app alone") && error.contains(told), "{error}");
        }
    }

    #[test]
    fn a_run_with_another_kind_of_sentiment_is_refused() {
        let mut findings = sample::german();
        for theirs in [true, false] {
            findings.summary.priors = theirs;
            let folder = folder(&findings);
            assert!(read(folder.path(), None, theirs).is_ok());
            let error = read(folder.path(), None, !theirs).unwrap_err().to_string();
            assert!(error.contains("--no-priors") && error.contains("findings.json"), "{error}");
        }
    }

    #[test]
    fn what_is_no_folder_of_results_is_named() {
        let empty = tempfile::tempdir().unwrap();
        let error = read(empty.path(), None, false).unwrap_err().to_string();
        assert!(error.contains("findings.json") && error.contains("--baseline"), "{error}");
        fs::write(empty.path().join("findings.json"), "{}").unwrap();
        let error = read(empty.path(), None, false).unwrap_err().to_string();
        assert!(error.contains("schema_version") && error.contains("line 1"), "{error}");
    }

    #[test]
    fn the_folder_of_a_version_that_wrote_no_findings_is_told_what_to_do() {
        let older = tempfile::tempdir().unwrap();
        fs::write(older.path().join("run.json"), "{}").unwrap();
        let error = read(older.path(), None, false).unwrap_err();
        assert!(matches!(error, BaselineError::Older { .. }), "{error}");
        assert!(error.to_string().contains("again with this version"), "{error}");
    }
}
