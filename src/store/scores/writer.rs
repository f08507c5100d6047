//! The thread of a run that writes to the cache.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::SystemTime;

use rusqlite::{Connection, TransactionBehavior, params};

use super::error::CacheError;
use super::seal::Key;
use super::{BLOCK, CacheFile, Faults, Identity, Kept, file, upkeep};

/// Entries of a transaction: a second or two of scoring, which is all that a killed run loses.
const BATCH: usize = 512;

/// Batches of the scoring threads that wait to be written.
const WAITING: usize = 64;

type Entry = (Key, Vec<u8>);

/// The other end of the thread.
pub(super) struct Writer {
    entries: SyncSender<Vec<Entry>>,
    thread: JoinHandle<Thread>,
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(
        settings: &CacheFile,
        identity: Identity,
        faults: Arc<Faults>,
    ) -> Result<Self, CacheError> {
        Self::start_with(settings, identity, faults, |_| ())
    }

    fn start_with(
        settings: &CacheFile,
        identity: Identity,
        faults: Arc<Faults>,
        set_up: impl FnOnce(&Connection),
    ) -> Result<Self, CacheError> {
        let path = settings.path.clone();
        let connection = file::connect(&path)?;
        set_up(&connection);
        let mut thread = Thread {
            connection,
            path,
            most_bytes: settings.most_bytes,
            identity,
            faults,
            today: today(),
            kept: Kept::default(),
            left_out: 0,
        };
        let (entries, received) = sync_channel(WAITING);
        let run = move || {
            thread.take(&received);
            thread
        };
        let named = thread::Builder::new().name("score cache".into());
        let thread = named.spawn(run).map_err(|error| CacheError::file(&settings.path, error))?;
        Ok(Self { entries, thread })
    }

    /// One for which the disk is full after so many pages.
    #[cfg(test)]
    pub(super) fn limited(settings: &CacheFile, pages: u32, faults: Arc<Faults>) -> Self {
        let identity = Identity { digest: [1; 32], model: "model 1".into() };
        let limit = |connection: &Connection| {
            let set = connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()));
            set.expect("it is a limit");
        };
        Self::start_with(settings, identity, faults, limit).expect("there is a cache")
    }

    /// Hands entries over.
    pub(super) fn send(&self, entries: Vec<Entry>) {
        // Fails only if the thread is gone: then nothing is kept any more.
        let _ = self.entries.send(entries);
    }

    /// Waits until all is written; these blocks were used.
    pub(super) fn finish(self, touched: HashSet<i64>) -> Kept {
        drop(self.entries);
        match self.thread.join() {
            Ok(thread) => thread.finish(touched),
            Err(_) => Kept::default(),
        }
    }
}

/// The day, counted from 1970.
pub(super) fn today() -> i64 {
    const SECONDS: u64 = 24 * 60 * 60;
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    (since.as_secs() / SECONDS) as i64
}

struct Thread {
    connection: Connection,
    path: PathBuf,
    most_bytes: u64,
    identity: Identity,
    faults: Arc<Faults>,
    today: i64,
    kept: Kept,
    /// Entries for which there was no room.
    left_out: u64,
}

impl Thread {
    fn take(&mut self, received: &Receiver<Vec<Entry>>) {
        let mut waiting: Vec<Entry> = Vec::new();
        while let Ok(entries) = received.recv() {
            waiting.extend(entries);
            if waiting.len() >= BATCH {
                self.write(&mut waiting);
            }
        }
        self.write(&mut waiting);
    }

    fn write(&mut self, waiting: &mut Vec<Entry>) {
        if waiting.is_empty() || self.faults.stopped() {
            waiting.clear();
            return;
        }
        match self.write_all(waiting) {
            Ok(true) => self.kept.written += waiting.len() as u64,
            Ok(false) => self.left_out += waiting.len() as u64,
            Err(error) => self.fail(error),
        }
        waiting.clear();
    }

    fn fail(&self, error: rusqlite::Error) {
        self.faults.add(CacheError::of(&self.path, error).to_string());
    }

    /// Whether there was room. While a run writes, the file may be a quarter larger than it is afterwards: what
    /// goes is chosen when it is known what the run has used.
    fn write_all(&mut self, entries: &[Entry]) -> rusqlite::Result<bool> {
        if upkeep::used_bytes(&self.connection)?
            >= self.most_bytes.saturating_add(self.most_bytes / 4)
        {
            return Ok(false);
        }
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (digest, model) = (&self.identity.digest, &self.identity.model);
        transaction.execute(
            "INSERT INTO generation (identity, model) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            params![digest, model],
        )?;
        let generation: i64 = transaction.query_row(
            "SELECT id FROM generation WHERE identity = ?1",
            [digest],
            |row| row.get(0),
        )?;
        let next = "SELECT coalesce(max(id) + 1, 0) FROM block";
        let next: i64 = transaction.query_row(next, [], |row| row.get(0))?;
        {
            let mut block = transaction
                .prepare("INSERT INTO block (id, generation, used) VALUES (?1, ?2, ?3)")?;
            // What is there under the key was damaged, or another run was faster.
            let mut entry = transaction
                .prepare("INSERT OR REPLACE INTO entry (id, key, value) VALUES (?1, ?2, ?3)")?;
            for (number, entries) in (next..).zip(entries.chunks(BLOCK as usize)) {
                block.execute([number, generation, self.today])?;
                for (id, (key, value)) in (number * BLOCK..).zip(entries) {
                    entry.execute(params![id, key.number(), value])?;
                }
            }
        }
        transaction.commit()?;
        Ok(true)
    }

    fn finish(mut self, touched: HashSet<i64>) -> Kept {
        if !self.faults.stopped()
            && let Err(error) = self.tidy(touched)
        {
            self.fail(error);
        }
        if self.left_out > 0 {
            self.kept.warnings.push(format!(
                "the score cache {} is full: {} scores of this run are not kept; raise --cache-size",
                crate::visible::visible_path(&self.path),
                self.left_out
            ));
        }
        self.kept
    }

    fn tidy(&mut self, touched: HashSet<i64>) -> rusqlite::Result<()> {
        upkeep::mark(&mut self.connection, touched, self.today)?;
        self.kept.evicted = upkeep::evict(&mut self.connection, self.most_bytes)?;
        upkeep::shrink(&self.connection, self.most_bytes)
    }
}
