//! Locks of the system on a file that lies beside what they guard.
//!
//! The system gives a lock back when its process ends, however it does. The file, which is empty, goes with the last
//! who holds it; one that a killed process left is free, and goes with the next.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// Some hold a lock for a moment only, to take its file away.
const MOMENT: Duration = Duration::from_millis(20);

/// So many moments one who wants a lock alone waits for them.
const MOMENTS: u32 = 5;

/// A lock that is held. Given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// Shared with others. Waits for one who holds it alone.
    ///
    /// # Errors
    /// If the file cannot be made, or its file system has no locks.
    pub(crate) fn shared(path: &Path) -> io::Result<Self> {
        Self::take(path, File::lock_shared)
    }

    /// Alone.
    ///
    /// # Errors
    /// As for one that is shared; [`ErrorKind::WouldBlock`] if somebody holds it.
    pub(crate) fn alone(path: &Path) -> io::Result<Self> {
        for _ in 0..MOMENTS {
            match Self::at_once(path) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => thread::sleep(MOMENT),
                taken => return taken,
            }
        }
        Self::at_once(path)
    }

    /// Alone, or else an error without waiting even for a moment.
    ///
    /// # Errors
    /// As for [`Self::alone`].
    pub(crate) fn at_once(path: &Path) -> io::Result<Self> {
        Self::take(path, |file| Ok(file.try_lock()?))
    }

    fn take(path: &Path, lock: impl Fn(&File) -> io::Result<()>) -> io::Result<Self> {
        loop {
            let file = open(path)?;
            if let Err(error) = lock(&file) {
                if error.kind() == ErrorKind::Unsupported {
                    let _ = fs::remove_file(path);
                }
                return Err(error);
            }
            // Else somebody took the file away meanwhile, and others no longer see the lock.
            if is_at(&file, path) {
                return Ok(Self { file, path: path.to_owned() });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Asked for anew: not every system makes a lock that is shared one that is not.
        let _ = self.file.unlock();
        if cfg!(unix) && self.file.try_lock().is_ok() {
            if is_at(&self.file, &self.path) {
                let _ = fs::remove_file(&self.path);
            }
            let _ = self.file.unlock();
        }
    }
}

fn open(path: &Path) -> io::Result<File> {
    let made = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
    // One that somebody else made can be locked, too, though not written.
    made.or_else(|error| File::open(path).map_err(|_| error))
}

/// Whether a path still leads to a file that was opened there.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |own: fs::Metadata| (own.dev(), own.ino());
    let (own, there) = (file.metadata().map(identity), fs::metadata(path).map(identity));
    own.is_ok_and(|own| there.is_ok_and(|there| own == there))
}

/// Elsewhere such files stay, because there is no telling one from another.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    fn is_held(taken: io::Result<Lock>) -> bool {
        taken.is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
    }

    #[test]
    fn who_holds_a_lock_alone_keeps_all_others_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let lock = Lock::alone(&path).unwrap();
        assert!(is_held(Lock::alone(&path)) && is_held(Lock::at_once(&path)));
        drop(lock);
        Lock::at_once(&path).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn the_file_goes_with_the_last_who_holds_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        // What a killed process left.
        fs::write(&path, "").unwrap();
        let (one, other) = (Lock::shared(&path).unwrap(), Lock::shared(&path).unwrap());
        assert!(is_held(Lock::alone(&path)));
        drop(one);
        assert!(path.exists() && is_held(Lock::alone(&path)));
        drop(other);
        assert!(!path.exists());
        drop(Lock::alone(&path).unwrap());
        assert!(!path.exists());
    }

    #[test]
    fn nobody_gets_a_lock_whose_file_is_just_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let holders = AtomicU32::new(0);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..500 {
                        let Ok(_lock) = Lock::at_once(&path) else { continue };
                        assert_eq!(holders.fetch_add(1, Ordering::SeqCst), 0);
                        holders.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
    }

    #[test]
    fn a_place_without_a_folder_has_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let error = Lock::alone(&folder.path().join("nowhere/lock")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
    }
}
