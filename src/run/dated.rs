//! Output folders with the day in their path, the link to the last of them, and how many are kept.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::num::NonZeroU64;
use std::path::{Component, Path, PathBuf};

use jiff::civil::Date;

use super::folder::{Removal, remove_results};
use crate::visible::{visible, visible_path};

/// Stands for the day in a path.
const DATE: &str = "{date}";

/// What the link to the last folder has in its place.
const LATEST: &str = "latest";

/// An output folder that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OutError {
    /// A placeholder that there is none of.
    #[error(
        "--out {}: there is no placeholder {}; write {{date}} for the day of the run, or a path without braces",
        visible_path(path),
        visible(placeholder)
    )]
    Placeholder {
        /// The path as it was written.
        path: PathBuf,
        /// What is unknown.
        placeholder: String,
    },
    /// Something else has the name of the link.
    #[error(
        "{} is no link to a dated folder of {}, and the link to the last one goes there; move it away, or choose another \
         --out",
        visible_path(path),
        visible_path(out)
    )]
    Latest {
        /// Where the link goes.
        path: PathBuf,
        /// The path as it was written.
        out: PathBuf,
    },
}

/// Where results go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutFolder {
    path: PathBuf,
    pattern: Option<Pattern>,
}

/// A path with the day in it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pattern {
    day: Date,
    whole: PathBuf,
    /// The folder in which folders are dated.
    parent: PathBuf,
    /// Their name: the first part of the path that has the day in it.
    name: String,
}

/// What became of older folders.
#[derive(Debug, Default)]
pub struct Pruned {
    /// Those that are gone.
    pub removed: Vec<PathBuf>,
    /// Those that stay though they are older, because of what else is in them, or who uses them.
    pub left: Vec<PathBuf>,
}

impl OutFolder {
    /// The folder of a day.
    ///
    /// # Errors
    /// If there is an unknown placeholder in the path, or something else has the place of the link to the last folder.
    pub fn new(written: &Path, day: Date) -> Result<Self, OutError> {
        let parts: Vec<&OsStr> = written.iter().collect();
        if let Some(placeholder) = parts.iter().find_map(|part| unknown(part)) {
            return Err(OutError::Placeholder { path: written.to_owned(), placeholder });
        }
        let dated = |part: &&OsStr| part.to_str().is_some_and(|part| part.contains(DATE));
        let Some(at) = parts.iter().position(dated) else {
            return Ok(Self { path: written.to_owned(), pattern: None });
        };
        let parent: PathBuf = parts[..at].iter().collect();
        let pattern = Pattern {
            day,
            whole: written.to_owned(),
            parent: if at == 0 { Component::CurDir.as_os_str().into() } else { parent },
            name: parts[at].to_string_lossy().into_owned(),
        };
        if cfg!(unix) && !pattern.may_be_linked() {
            return Err(OutError::Latest { path: pattern.link(), out: pattern.whole });
        }
        Ok(Self { path: pattern.of(day), pattern: Some(pattern) })
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether its path has the day in it.
    pub fn is_dated(&self) -> bool {
        self.pattern.is_some()
    }

    /// Has the link lead to this folder, in one step. Nothing where folders are not dated.
    ///
    /// # Errors
    /// If something else has its place, or it cannot be made.
    pub fn link_latest(&self) -> io::Result<()> {
        self.pattern.as_ref().map_or(Ok(()), Pattern::link_latest)
    }

    /// Removes the results of older days, so that those of so many stay, this one's among them. Only what runs have
    /// written goes.
    ///
    /// # Errors
    /// If folders cannot be listed or removed.
    pub fn prune(&self, keep: NonZeroU64) -> io::Result<Pruned> {
        let mut pruned = Pruned::default();
        let Some(pattern) = &self.pattern else { return Ok(pruned) };
        let keep = usize::try_from(keep.get()).unwrap_or(usize::MAX);
        for day in pattern.days()?.into_iter().skip(keep - 1) {
            let folder = pattern.of(day);
            match remove_results(&folder)? {
                Removal::Done => {
                    pattern.remove_empty_above(&folder);
                    pruned.removed.push(folder);
                }
                Removal::Left => pruned.left.push(folder),
                Removal::NotThere => {}
            }
        }
        Ok(pruned)
    }
}

impl Pattern {
    /// The folder of a day.
    fn of(&self, day: Date) -> PathBuf {
        let part = |part: &OsStr| match part.to_str() {
            Some(part) => OsString::from(part.replace(DATE, &day.to_string())),
            None => part.to_owned(),
        };
        self.whole.iter().map(part).collect()
    }

    /// The day in the name of a folder.
    fn day_in(&self, name: &str) -> Option<Date> {
        let from = self.name.find(DATE)?;
        let day: Date = name.get(from..from + self.day.to_string().len())?.parse().ok()?;
        (self.name.replace(DATE, &day.to_string()) == name).then_some(day)
    }

    /// The days of other folders, the latest first.
    fn days(&self) -> io::Result<Vec<Date>> {
        let mut days = Vec::new();
        for entry in fs::read_dir(&self.parent)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                days.extend(entry.file_name().to_str().and_then(|name| self.day_in(name)));
            }
        }
        days.retain(|day| *day != self.day);
        days.sort_unstable_by(|a, b| b.cmp(a));
        Ok(days)
    }

    fn link(&self) -> PathBuf {
        self.parent.join(self.name.replace(DATE, LATEST))
    }

    /// Whether there is nothing in the place of the link, or a link to one of these folders.
    fn may_be_linked(&self) -> bool {
        let link = self.link();
        match fs::read_link(&link) {
            Ok(to) => to.to_str().is_some_and(|to| self.day_in(to).is_some()),
            Err(_) => fs::symlink_metadata(&link).is_err(),
        }
    }

    #[cfg(unix)]
    fn link_latest(&self) -> io::Result<()> {
        if !self.may_be_linked() {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "something else is there"));
        }
        let to = self.name.replace(DATE, &self.day.to_string());
        let link = tempfile::Builder::new()
            .prefix(".painpoint-")
            .make_in(&self.parent, |path| std::os::unix::fs::symlink(&to, path))?;
        link.into_temp_path().persist(self.link())?;
        Ok(())
    }

    /// Elsewhere, links need rights that few have.
    #[cfg(not(unix))]
    fn link_latest(&self) -> io::Result<()> {
        Ok(())
    }

    /// Removes the folders between a folder that is gone and those that are not dated, if nothing is in them.
    fn remove_empty_above(&self, folder: &Path) {
        for folder in folder.ancestors().skip(1).take_while(|own| **own != *self.parent) {
            if fs::remove_dir(folder).is_err() {
                return;
            }
        }
    }
}

/// A placeholder in a part of a path that stands for nothing.
fn unknown(part: &OsStr) -> Option<String> {
    let rest = part.to_str()?.replace(DATE, "");
    let (_, rest) = rest.split_once('{')?;
    rest.split_once('}').map(|(name, _)| format!("{{{name}}}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Date = jiff::civil::date(2026, 3, 9);

    fn path(written: &str) -> PathBuf {
        OutFolder::new(Path::new(written), DAY).unwrap().path
    }

    #[test]
    fn the_day_may_stand_anywhere_in_the_path() {
        for (written, expected) in [
            ("out", "out"),
            ("reports/{date}", "reports/2026-03-09"),
            ("/srv/{date}/shop", "/srv/2026-03-09/shop"),
            ("{date}-{date}/of-{date}.d", "2026-03-09-2026-03-09/of-2026-03-09.d"),
            ("a{b", "a{b"),
        ] {
            assert_eq!(path(written), Path::new(expected));
        }
    }

    #[test]
    fn an_unknown_placeholder_is_told_with_those_there_are() {
        for (written, named) in [("out/{day}", "{day}"), ("{date}/{time}", "{time}"), ("{}", "{}")]
        {
            let error = OutFolder::new(Path::new(written), DAY).unwrap_err().to_string();
            let told = format!("there is no placeholder {named}; write {{date}}");
            assert!(error.contains(&told), "{error}");
        }
    }

    #[test]
    fn only_names_of_the_pattern_are_days() {
        let out = OutFolder::new(Path::new("r/shop-{date}"), DAY).unwrap();
        let pattern = out.pattern.unwrap();
        assert_eq!(pattern.day_in("shop-2026-01-31"), Some(jiff::civil::date(2026, 1, 31)));
        for name in
            ["2026-01-31", "shop-2026-02-30", "shop-2026-01-31-old", "shop-2026-1-31", "shöp"]
        {
            assert_eq!(pattern.day_in(name), None, "{name}");
        }
        assert_eq!(pattern.link(), Path::new("r/shop-latest"));
    }
}
