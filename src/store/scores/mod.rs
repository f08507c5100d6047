//! What the model said of texts in earlier runs, in one SQLite file, so that only new rows cost time.
//!
//! A value is found by a hash of all that decides on it, so that nothing in the file ever goes stale: what another
//! model said has another key. What the bytes of a value mean is the business of who writes them; here they are kept,
//! checked, and those dropped that were not used for longest.
//!
//! Several runs may read and write at once. One thread a run writes, off the way of those that score. A cache that
//! fails costs time and no results: after the first fault a run goes on without it, and says so.

mod error;
mod file;
mod seal;
#[cfg(test)]
mod tests;
mod upkeep;
mod writer;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension};

pub use error::CacheError;
pub use seal::Key;
use seal::{Unsealed, unsealed};
pub use upkeep::{Generation, Limits, Pruned, Statistics, clear, prune, statistics};
use writer::Writer;

use crate::store::lock::Lock;

/// Entries that share the day of their last use, and go together.
const BLOCK: i64 = 64;

/// A cache to use, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CacheFile {
    /// The file.
    pub path: PathBuf,
    /// How large it may be after a run.
    pub most_bytes: u64,
    /// Whether what is there is replaced by an empty cache.
    pub rebuild: bool,
}

/// What decides what is kept: a model, how it is run, how its words are written down.
#[derive(Clone, Debug)]
pub struct Identity {
    /// What keys are made under.
    pub digest: [u8; 32],
    /// The same in words.
    pub model: String,
}

/// What became of a cache in a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Entries written.
    pub written: u64,
    /// Entries dropped to keep the file within its size.
    pub evicted: u64,
    /// What the user should know.
    pub warnings: Vec<String>,
}

/// An open cache.
pub struct ScoreCache {
    path: PathBuf,
    identity: Identity,
    /// Connections that no thread uses just now.
    readers: Mutex<Vec<Connection>>,
    /// Blocks of which an entry was found.
    touched: Mutex<HashSet<i64>>,
    damaged: AtomicU64,
    faults: Arc<Faults>,
    writer: Option<Writer>,
    set_aside: Option<PathBuf>,
    /// Given back last.
    _lock: Option<Lock>,
}

/// What went wrong in a run; the first of it is told.
#[derive(Default)]
struct Faults {
    stopped: AtomicBool,
    first: Mutex<Option<String>>,
}

impl Faults {
    fn add(&self, told: String) {
        self.stopped.store(true, Ordering::Relaxed);
        locked(&self.first).get_or_insert(told);
    }

    /// Whether the file is left alone from now on.
    fn stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl ScoreCache {
    /// Opens a cache, or makes an empty one where there is none.
    ///
    /// # Errors
    /// If the file is none of ours, of another version or damaged, or cannot be opened or made. One that can only
    /// be read is no error.
    pub fn open(settings: &CacheFile, identity: Identity) -> Result<Self, CacheError> {
        let path = settings.path.clone();
        file::refuse_folder(&path)?;
        let set_aside = match settings.rebuild {
            true => file::clear_away(&path, &file::hold(&path)?)?,
            false => None,
        };
        let lock = file::share(&path);
        file::make(&path)?;
        let reader = file::open(&path)?;
        let faults = Arc::new(Faults::default());
        let is_writable = !reader.is_readonly("main").unwrap_or(true);
        let writer = match is_writable {
            true => Some(Writer::start(settings, identity.clone(), Arc::clone(&faults))?),
            false => None,
        };
        Ok(Self {
            path,
            identity,
            readers: Mutex::new(vec![reader]),
            touched: Mutex::default(),
            damaged: AtomicU64::new(0),
            faults,
            writer,
            set_aside,
            _lock: lock,
        })
    }

    /// The key of a text.
    pub fn key(&self, text: &str) -> Key {
        Key::new(&self.identity.digest, text)
    }

    /// What is kept of each key, as `read` has it from its number in `keys` and its bytes.
    pub fn get<T>(&self, keys: &[Key], read: impl Fn(usize, &[u8]) -> Option<T>) -> Vec<Option<T>> {
        if keys.is_empty() || self.faults.stopped() {
            return keys.iter().map(|_| None).collect();
        }
        self.find(keys, read).unwrap_or_else(|error| {
            self.faults.add(error.to_string());
            keys.iter().map(|_| None).collect()
        })
    }

    fn find<T>(
        &self,
        keys: &[Key],
        read: impl Fn(usize, &[u8]) -> Option<T>,
    ) -> Result<Vec<Option<T>>, CacheError> {
        let pooled = locked(&self.readers).pop();
        let connection = pooled.map_or_else(|| file::connect(&self.path), Ok)?;
        let found = self.select(&connection, keys, read);
        let found = found.map_err(|error| CacheError::of(&self.path, error))?;
        locked(&self.touched).extend(found.iter().flatten().map(|(id, _)| id / BLOCK));
        locked(&self.readers).push(connection);
        Ok(found.into_iter().map(|own| own.map(|(_, own)| own)).collect())
    }

    /// What is kept of each key, with the id of its entry.
    fn select<T>(
        &self,
        connection: &Connection,
        keys: &[Key],
        read: impl Fn(usize, &[u8]) -> Option<T>,
    ) -> rusqlite::Result<Vec<Option<(i64, T)>>> {
        // One look at what other processes write, rather than one a key.
        let transaction = connection.unchecked_transaction()?;
        let mut select = transaction.prepare("SELECT id, value FROM entry WHERE key = ?1")?;
        let mut one = |(number, key): (usize, &Key)| {
            let row = select.query_row([key.number()], |row| {
                let content = self.content(key, row.get_ref(1)?.as_blob()?);
                let own = content.and_then(|content| read(number, content));
                Ok(own.map(|own| (row.get(0), own)))
            });
            let Some((id, own)) = row.optional()?.flatten() else { return Ok(None) };
            Ok(Some((id?, own)))
        };
        keys.iter().enumerate().map(&mut one).collect()
    }

    /// What a value holds, if it is that of the key, and as it was written.
    fn content<'v>(&self, key: &Key, value: &'v [u8]) -> Option<&'v [u8]> {
        match unsealed(key, value) {
            Unsealed::Content(content) => Some(content),
            Unsealed::Other => None,
            Unsealed::Damaged => {
                self.damaged.fetch_add(1, Ordering::Relaxed);
                None
            }
        }
    }

    /// Keeps values, in time. Waits only where the disk is slower than the model.
    pub fn put(&self, entries: impl IntoIterator<Item = (Key, Vec<u8>)>) {
        if let Some(writer) = self.writer.as_ref().filter(|_| !self.faults.stopped()) {
            let sealed = |(key, content): (Key, Vec<u8>)| (key, seal::sealed(&key, &content));
            writer.send(entries.into_iter().map(sealed).collect());
        }
    }

    /// Writes what is still to be written, and brings the file back to its size.
    pub fn finish(mut self) -> Kept {
        self.close()
    }

    fn close(&mut self) -> Kept {
        let touched = std::mem::take(&mut *locked(&self.touched));
        // What is read no longer need not be kept for it.
        locked(&self.readers).clear();
        let is_read_only = self.writer.is_none();
        let mut kept = self.writer.take().map(|writer| writer.finish(touched)).unwrap_or_default();
        let path = crate::visible::visible_path(&self.path);
        let mut warn = |told: String| kept.warnings.push(told);
        if let Some(aside) = self.set_aside.take() {
            warn(format!(
                "{path} was no score cache; what was there is now {}",
                crate::visible::visible_path(&aside)
            ));
        }
        if is_read_only {
            warn(format!("the score cache {path} can only be read: new scores are not kept"));
        }
        if let Some(fault) = locked(&self.faults.first).take() {
            warn(format!("the run went on without the score cache: {fault}"));
        }
        match self.damaged.swap(0, Ordering::Relaxed) {
            0 => {}
            damaged => warn(format!(
                "the score cache {path} is damaged: {damaged} of its values were not as written, and scored anew; \
                 --rebuild-cache starts it anew"
            )),
        }
        kept
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// A run that fails keeps what it has scored.
impl Drop for ScoreCache {
    fn drop(&mut self) {
        if self.writer.is_some() {
            self.close();
        }
    }
}
