//! The private folder of a run, where its files grow.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::{hold, place};
use crate::store::lock::Lock;

/// How the names of stages and of locks start.
pub(super) const PREFIX: &str = ".painpoint-";

const LOCK: &str = "lock";

/// In a stage that lies in its output folder.
const WITHIN: &str = "within";

/// A stage without a lock may be one that is just being made. Later than this it is not.
const JUST_MADE: Duration = Duration::from_secs(3600);

/// A stage and what was made for it.
pub(super) struct Stage {
    /// The private folder.
    pub(super) path: PathBuf,
    /// The output folder that its files are for, links followed.
    pub(super) target: PathBuf,
    /// Whether the target may be exchanged as a whole: the stage lies beside it.
    pub(super) beside: bool,
    /// Folders made on the way to it, outermost first.
    pub(super) parents: Vec<PathBuf>,
    /// Held as long as the run lives; none where the file system has no locks.
    lock: Option<File>,
    /// That no other run writes to the target.
    hold: Option<Lock>,
}

impl Stage {
    /// Makes a stage for an output folder, and clears away what runs that were killed left where it
    /// lies.
    ///
    /// # Errors
    /// If nothing can be written there; [`io::ErrorKind::WouldBlock`] if another run writes to the folder.
    pub(super) fn make(target: &Path) -> io::Result<Self> {
        let target = resolved(target)?;
        let parent = match target.parent() {
            Some(parent) if parent != Path::new("") => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let mut parents = Vec::new();
        let made = make_folders(&parent, &mut parents)
            .and_then(|()| hold::hold(&parent, &target))
            .and_then(|hold| Ok(Self { hold, ..Self::beside_or_in(&parent, &target)? }))
            .inspect_err(|_| remove_empty(&parents))?;
        let stage = Self { parents, ..made };
        stage.sweep(&parent);
        if target.is_dir() {
            stage.sweep(&target);
        }
        Ok(stage)
    }

    /// A stage beside the target; in the target where that is a place to work in or a mount point, or
    /// where nothing may be written beside it.
    fn beside_or_in(parent: &Path, target: &Path) -> io::Result<Self> {
        if !target.is_dir() {
            return Self::make_in(parent, target, true);
        }
        let here = std::env::current_dir().and_then(fs::canonicalize);
        if !here.is_ok_and(|here| here.starts_with(target))
            && let Ok(mut stage) = Self::make_in(parent, target, true)
        {
            if stage.reaches_target() {
                return Ok(stage);
            }
            stage.clear();
        }
        Self::make_in(target, target, false)
    }

    fn make_in(folder: &Path, target: &Path, beside: bool) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let path = builder.tempdir_in(folder)?.keep();
        let (parents, target) = (Vec::new(), target.to_owned());
        let mut stage = Self { lock: None, hold: None, parents, target, beside, path };
        match stage.fill() {
            Ok(lock) => Ok(Self { lock, ..stage }),
            Err(error) => {
                stage.clear();
                Err(error)
            }
        }
    }

    fn fill(&self) -> io::Result<Option<File>> {
        let lock = self.lock()?;
        if !self.beside {
            File::create(self.path.join(WITHIN))?;
        }
        fs::create_dir_all(self.new_folder())?;
        Ok(lock)
    }

    /// The folder in the making.
    pub(super) fn new_folder(&self) -> PathBuf {
        self.path.join("new").join(self.name())
    }

    /// Where the folder that is replaced goes.
    pub(super) fn old_folder(&self) -> PathBuf {
        self.path.join("old").join(self.name())
    }

    fn name(&self) -> &OsStr {
        // Only the root of a file system has no name.
        self.target.file_name().unwrap_or(OsStr::new("out"))
    }

    /// Takes the lock. It gets its name only then: one that can be seen and is free belongs to nobody.
    fn lock(&self) -> io::Result<Option<File>> {
        let early = self.path.join("locking");
        let file = File::create(&early)?;
        if file.try_lock().is_err() {
            return Ok(None);
        }
        fs::rename(early, self.path.join(LOCK))?;
        Ok(Some(file))
    }

    /// Whether files can be moved from the stage to the target.
    fn reaches_target(&self) -> bool {
        let probe = self.path.join("probe");
        let Some(name) = self.path.file_name() else { return false };
        let there = self.target.join(name);
        let reached = File::create(&probe).and_then(|_| fs::rename(&probe, &there));
        reached.and_then(|()| fs::remove_file(there)).is_ok()
    }

    /// Removes the stage, and the folders made for it if nothing is in them. A publication that
    /// broke off is put right first.
    pub(super) fn clear(&mut self) {
        let finished = place::settle(self);
        // Some systems do not remove what is open.
        self.lock = None;
        if finished.is_ok() {
            // Other threads may still be writing.
            for _ in 0..20 {
                match fs::remove_dir_all(&self.path) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => {
                        thread::sleep(Duration::from_millis(10));
                    }
                    _ => break,
                }
            }
        }
        self.hold = None;
        remove_empty(&self.parents);
    }

    /// Clears away the stages and locks of killed runs in a folder. What cannot be cleared stays.
    fn sweep(&self, folder: &Path) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path == self.path || !self.has_owner_of(&path) {
                continue;
            }
            if is_stage(&path) {
                sweep(path, folder);
            } else {
                hold::sweep(&path);
            }
        }
    }

    /// Whether another stage belongs to the same user, so that its notes can be trusted.
    #[cfg(unix)]
    fn has_owner_of(&self, other: &Path) -> bool {
        use std::os::unix::fs::MetadataExt;
        let owner = |path: &Path| fs::symlink_metadata(path).map(|metadata| metadata.uid()).ok();
        owner(&self.path) == owner(other)
    }

    #[cfg(not(unix))]
    fn has_owner_of(&self, _: &Path) -> bool {
        true
    }
}

fn is_stage(path: &Path) -> bool {
    let name = path.file_name().and_then(OsStr::to_str);
    name.is_some_and(|name| name.starts_with(PREFIX))
        && fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// Clears a stage in `folder` away unless a living process holds it.
fn sweep(path: PathBuf, folder: &Path) {
    let lock = match File::open(path.join(LOCK)) {
        Ok(file) => match file.try_lock() {
            Ok(()) => Some(file),
            Err(TryLockError::WouldBlock | TryLockError::Error(_)) => return,
        },
        Err(_) => {
            let made = fs::metadata(&path).and_then(|metadata| metadata.modified());
            let age = made.ok().and_then(|made| made.elapsed().ok());
            if age.is_none_or(|age| age < JUST_MADE) {
                return;
            }
            None
        }
    };
    let beside = !path.join(WITHIN).exists();
    let name = only_name(&path.join("new")).or_else(|| only_name(&path.join("old")));
    let target = match name {
        Some(name) if beside => folder.join(name),
        _ => folder.to_owned(),
    };
    Stage { path, target, beside, parents: Vec::new(), lock, hold: None }.clear();
}

/// The name of the folder in `new` or `old`, which is that of the output folder.
fn only_name(folder: &Path) -> Option<OsString> {
    Some(fs::read_dir(folder).ok()?.flatten().next()?.file_name())
}

/// The folder behind a path, which may be there or not.
fn resolved(target: &Path) -> io::Result<PathBuf> {
    match fs::metadata(target) {
        Ok(metadata) if metadata.is_dir() => fs::canonicalize(target),
        Ok(_) => Err(io::Error::new(io::ErrorKind::NotADirectory, "it is a file")),
        Err(_) if fs::symlink_metadata(target).is_ok() => {
            Err(io::Error::new(io::ErrorKind::NotFound, "it is a link that leads nowhere"))
        }
        Err(_) => Ok(target.to_owned()),
    }
}

/// Makes a folder and those that it stands in, and notes which were not there.
fn make_folders(folder: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
    let missing: Vec<&Path> = folder
        .ancestors()
        .take_while(|folder| *folder != Path::new("") && !folder.exists())
        .collect();
    for folder in missing.into_iter().rev() {
        match fs::create_dir(folder) {
            Ok(()) => made.push(folder.to_owned()),
            // Somebody else was faster.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Removes the folders in which there is nothing, innermost first.
fn remove_empty(folders: &[PathBuf]) {
    for folder in folders.iter().rev() {
        if fs::remove_dir(folder).is_err() {
            return;
        }
    }
}
