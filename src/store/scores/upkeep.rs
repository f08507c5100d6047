//! What keeps a cache within its size, and what there is to know of it.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use rusqlite::{Connection, TransactionBehavior};

use super::error::CacheError;
use super::file;
use super::{BLOCK, writer};
use crate::store::beside;

/// Blocks that go in one transaction, so that other runs need not wait long.
const AT_ONCE: usize = 8;

/// Pages that are given back to the system in one transaction.
const PAGES_AT_ONCE: u64 = 1_024;

/// The entries of a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    /// The model, in words.
    pub model: String,
    /// How many there are.
    pub entries: u64,
    /// When one of them was last used.
    pub used: Date,
}

/// What there is to know of a cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statistics {
    /// Size of the file, with what is not yet written back to it.
    pub bytes: u64,
    /// What of it is free for new entries.
    pub free: u64,
    /// Its entries, by model, those first that were used last.
    pub generations: Vec<Generation>,
}

impl Statistics {
    /// All entries.
    pub fn entries(&self) -> u64 {
        self.generations.iter().map(|own| own.entries).sum()
    }
}

/// What may stay in a cache.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    /// So many bytes.
    pub most_bytes: Option<u64>,
    /// What was used within so many days.
    pub unused_for: Option<u32>,
}

/// What went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Entries.
    pub entries: u64,
    /// Size of the file before, and after.
    pub bytes: (u64, u64),
}

/// Looks at a cache.
///
/// # Errors
/// If there is none, or it is not sound.
pub fn statistics(path: &Path) -> Result<Statistics, CacheError> {
    let _lock = file::share(path);
    let connection = file::open(path)?;
    let fail = |error| CacheError::of(path, error);
    // By the index alone: the entries themselves are a hundred times as large.
    let select = "SELECT g.model, count(*), max(b.used) FROM entry e INDEXED BY entry_key \
                  JOIN block b ON b.id = e.id / ?1 JOIN generation g ON g.id = b.generation \
                  GROUP BY g.id ORDER BY max(b.used) DESC, g.id DESC";
    let mut select = connection.prepare(select).map_err(fail)?;
    let generation = |row: &rusqlite::Row| {
        let (entries, used): (i64, i64) = (row.get(1)?, row.get(2)?);
        Ok(Generation { model: row.get(0)?, entries: entries as u64, used: date(used) })
    };
    let generations = select.query_map([BLOCK], generation).map_err(fail)?;
    let generations = generations.collect::<Result<_, _>>().map_err(fail)?;
    let free = pragma(&connection, "freelist_count").map_err(fail)?;
    let page = pragma(&connection, "page_size").map_err(fail)?;
    Ok(Statistics { bytes: bytes(path), free: free * page, generations })
}

/// Drops what was not used for longest, until the rest is within the limits.
///
/// # Errors
/// If there is no cache, it is not sound, or it cannot be written.
pub fn prune(path: &Path, limits: Limits) -> Result<Pruned, CacheError> {
    let _lock = file::share(path);
    let mut connection = file::open(path)?;
    let before = bytes(path);
    let mut work = || -> rusqlite::Result<u64> {
        let mut entries = 0;
        if let Some(days) = limits.unused_for {
            entries += drop_unused_since(&mut connection, writer::today() - i64::from(days))?;
        }
        if let Some(most) = limits.most_bytes {
            entries += evict(&mut connection, most)?;
        }
        drop_empty_generations(&connection)?;
        shrink(&connection, 0)?;
        Ok(entries)
    };
    let entries = work().map_err(|error| CacheError::of(path, error))?;
    drop(connection);
    Ok(Pruned { entries, bytes: (before, bytes(path)) })
}

/// Empties a cache; one that is damaged or of another version is replaced.
///
/// # Errors
/// If there is none, it is none of ours, or it cannot be written.
pub fn clear(path: &Path) -> Result<Pruned, CacheError> {
    let before = bytes(path);
    match prune(path, Limits { most_bytes: Some(0), unused_for: None }) {
        Err(CacheError::Damaged { .. } | CacheError::Version { .. }) => {
            file::clear_away(path, &file::hold(path)?)?;
            file::make(path)?;
            Ok(Pruned { entries: 0, bytes: (before, bytes(path)) })
        }
        other => other,
    }
}

/// Size of the file and of what belongs to it.
fn bytes(path: &Path) -> u64 {
    let length = |path: &Path| fs::metadata(path).map_or(0, |facts| facts.len());
    length(path) + length(&beside(path, "-wal"))
}

fn date(days: i64) -> Date {
    let since = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * days.clamp(0, 1 << 20));
    TimeZone::UTC.to_datetime(since).date()
}

fn pragma(connection: &Connection, name: &str) -> rusqlite::Result<u64> {
    connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map(|own| own as u64)
}

/// What the entries and the index take.
pub(super) fn used_bytes(connection: &Connection) -> rusqlite::Result<u64> {
    let pages = pragma(connection, "page_count")?;
    let free = pragma(connection, "freelist_count")?;
    Ok(pages.saturating_sub(free) * pragma(connection, "page_size")?)
}

/// Takes note that blocks were used on a day.
pub(super) fn mark(
    connection: &mut Connection,
    blocks: HashSet<i64>,
    day: i64,
) -> rusqlite::Result<()> {
    let mut blocks: Vec<i64> = blocks.into_iter().collect();
    blocks.sort_unstable();
    for blocks in blocks.chunks(1 << 14) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let update = "UPDATE block SET used = ?2 WHERE id = ?1 AND used < ?2";
            let mut update = transaction.prepare(update)?;
            blocks.iter().try_for_each(|block| update.execute([*block, day]).map(|_| ()))?;
        }
        transaction.commit()?;
    }
    Ok(())
}

/// Drops the blocks that were not used for longest, of equals the oldest, until the rest takes so many bytes at
/// most. Gives how many entries went.
pub(super) fn evict(connection: &mut Connection, most_bytes: u64) -> rusqlite::Result<u64> {
    if most_bytes > 0 && used_bytes(connection)? <= most_bytes {
        return Ok(0);
    }
    let blocks = blocks(connection, "SELECT id FROM block ORDER BY used, id", [])?;
    let mut entries = 0;
    for blocks in blocks.chunks(AT_ONCE) {
        if most_bytes > 0 && used_bytes(connection)? <= most_bytes {
            break;
        }
        entries += drop_blocks(connection, blocks)?;
    }
    drop_empty_generations(connection)?;
    Ok(entries)
}

fn drop_unused_since(connection: &mut Connection, day: i64) -> rusqlite::Result<u64> {
    let blocks = blocks(connection, "SELECT id FROM block WHERE used < ?1 ORDER BY id", [day])?;
    let chunks = blocks.chunks(AT_ONCE);
    chunks.map(|blocks| drop_blocks(connection, blocks)).sum()
}

fn blocks(
    connection: &Connection,
    select: &str,
    parameters: impl rusqlite::Params,
) -> rusqlite::Result<Vec<i64>> {
    connection.prepare(select)?.query_map(parameters, |row| row.get(0))?.collect()
}

fn drop_blocks(connection: &mut Connection, blocks: &[i64]) -> rusqlite::Result<u64> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut entries = 0;
    {
        let mut entry = transaction.prepare("DELETE FROM entry WHERE id BETWEEN ?1 AND ?2")?;
        let mut block = transaction.prepare("DELETE FROM block WHERE id = ?1")?;
        for id in blocks {
            entries += entry.execute([id * BLOCK, id * BLOCK + BLOCK - 1])? as u64;
            block.execute([id])?;
        }
    }
    transaction.commit()?;
    Ok(entries)
}

fn drop_empty_generations(connection: &Connection) -> rusqlite::Result<()> {
    let unused = "DELETE FROM generation WHERE id NOT IN (SELECT generation FROM block)";
    connection.execute(unused, []).map(|_| ())
}

/// Gives free pages back to the system until the file is so large at most, and what waits beside it.
pub(super) fn shrink(connection: &Connection, most_bytes: u64) -> rusqlite::Result<()> {
    let most = most_bytes / pragma(connection, "page_size")?.max(1);
    loop {
        let over = pragma(connection, "page_count")?.saturating_sub(most);
        let pages = over.min(pragma(connection, "freelist_count")?).min(PAGES_AT_ONCE);
        if pages == 0 {
            break;
        }
        // A step a page.
        let mut vacuum = connection.prepare(&format!("PRAGMA incremental_vacuum({pages})"))?;
        let mut steps = vacuum.query([])?;
        while steps.next()?.is_some() {}
    }
    // Where others read just now, they or the next run do it.
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
}
