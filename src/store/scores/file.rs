//! The file: how it is made, looked at before it is trusted, and started anew.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::error::CacheError;
use super::seal::is_sound;
use crate::store::beside;
use crate::store::lock::Lock;

/// The format of the tables, in `user_version`. What a value holds is the business of who writes it, and part of
/// every key.
pub(super) const VERSION: i64 = 1;

/// "ppSc" in `application_id`: that the file is a score cache of this program.
const APPLICATION: i32 = 0x7070_5363;

/// Where the header of an SQLite file has its `application_id`.
const APPLICATION_AT: usize = 68;
const HEADER: usize = 100;
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Several values of some 3 kB in a page, few of them in a second one.
const PAGE: u32 = 16_384;

/// How long a run waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(30);

/// Values that are looked at before a file is trusted, wherever they stand in it.
const PROBES: i64 = 32;

/// Ids grow, so that what one run scored lies together and is read in the order of the rows. Blocks of ids have
/// the day of their last use: to write it for each entry would rewrite the file every night.
const TABLES: [&str; 4] = [
    "CREATE TABLE generation (id INTEGER PRIMARY KEY, identity BLOB NOT NULL UNIQUE, model TEXT NOT NULL)",
    "CREATE TABLE block (id INTEGER PRIMARY KEY, generation INTEGER NOT NULL, used INTEGER NOT NULL)",
    "CREATE TABLE entry (id INTEGER PRIMARY KEY, key INTEGER NOT NULL, value BLOB NOT NULL)",
    "CREATE UNIQUE INDEX entry_key ON entry (key)",
];

/// That a run uses the file, together with others: nobody may replace it meanwhile. Where no lock can be had, as in a
/// folder that is only read, none is needed: nobody replaces the file there.
pub(super) fn share(path: &Path) -> Option<Lock> {
    Lock::shared(&beside(path, ".lock")).ok()
}

/// That nobody uses the file, so that it may be replaced.
pub(super) fn hold(path: &Path) -> Result<Lock, CacheError> {
    Lock::alone(&beside(path, ".lock")).map_err(|source| match source.kind() {
        io::ErrorKind::WouldBlock => CacheError::Held { path: path.to_owned() },
        _ => CacheError::file(path, source),
    })
}

/// Makes an empty cache if there is none. It comes into being in one step, so that several runs may try at once.
pub(super) fn make(path: &Path) -> Result<(), CacheError> {
    let fail = |source| CacheError::file(path, source);
    match fs::metadata(path) {
        Ok(facts) if facts.len() > 0 => return Ok(()),
        Ok(_) => fs::remove_file(path).map_err(fail)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(fail(error)),
    }
    let folder = path.parent().filter(|own| !own.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(fail)?;
    // Readable by its owner alone.
    let new = tempfile::Builder::new().prefix(".painpoint-").tempfile_in(folder).map_err(fail)?;
    write_tables(new.path()).map_err(|error| CacheError::of(path, error))?;
    match new.persist_noclobber(path) {
        Err(error) if error.error.kind() != io::ErrorKind::AlreadyExists => Err(fail(error.error)),
        // Another run was faster.
        _ => Ok(()),
    }
}

fn write_tables(path: &Path) -> rusqlite::Result<()> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "page_size", PAGE)?;
    connection.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
    connection.execute_batch(&format!("BEGIN; {}; COMMIT", TABLES.join("; ")))?;
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "user_version", VERSION)?;
    // Kept in the file. Readers and a writer do not wait for each other.
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.close().map_err(|(_, error)| error)
}

/// Opens a file that is there, and looks whether it may be trusted.
pub(super) fn open(path: &Path) -> Result<Connection, CacheError> {
    let connection = connect(path)?;
    check(path, &connection)?;
    Ok(connection)
}

/// Refuses a folder, in which neither SQLite nor we would find a reason.
pub(super) fn refuse_folder(path: &Path) -> Result<(), CacheError> {
    match path.is_dir() {
        true => Err(CacheError::Folder { path: path.to_owned() }),
        false => Ok(()),
    }
}

/// Opens a file that [`open`] has looked at.
pub(super) fn connect(path: &Path) -> Result<Connection, CacheError> {
    refuse_folder(path)?;
    if !path.exists() {
        return Err(CacheError::Missing { path: path.to_owned() });
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = Connection::open_with_flags(path, flags);
    let opened = opened.and_then(|connection| set_up(&connection).map(|()| connection));
    opened
        .or_else(|error| frozen(path, &error).ok_or(error))
        .map_err(|error| CacheError::of(path, error))
}

/// A file beside which SQLite may not put what readers and writers share, and which is read as it is. What others
/// change in it meanwhile is noticed, since no value counts that is not what was written.
fn frozen(path: &Path, error: &rusqlite::Error) -> Option<Connection> {
    let refused = [ErrorCode::CannotOpen, ErrorCode::ReadOnly, ErrorCode::PermissionDenied];
    if !error.sqlite_error_code().is_some_and(|code| refused.contains(&code)) {
        return None;
    }
    let absolute = std::path::absolute(path).ok()?;
    let byte = |byte: &u8| match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'/' | b'.' | b'-' | b'_' => {
            char::from(*byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    let name: String = absolute.as_os_str().as_encoded_bytes().iter().map(byte).collect();
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(format!("file:{name}?immutable=1"), flags).ok()?;
    set_up(&connection).ok().map(|()| connection)
}

fn set_up(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    // Without waiting for the disk: after a loss of power the last scores are missing, and nothing else.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cache_size", -8_192)?;
    // Reads the header, so that what is wrong with it shows here.
    connection.pragma_query_value(None, "application_id", |row| row.get(0)).map(|_: i32| ())
}

/// Whether a file is ours, of this version, whole, and sound where it is looked at. To read all of it would take
/// longer than to score the new rows of a night.
fn check(path: &Path, connection: &Connection) -> Result<(), CacheError> {
    let fail = |error| CacheError::of(path, error);
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    if pragma("application_id").map_err(fail)? != i64::from(APPLICATION) {
        return Err(CacheError::Foreign { path: path.to_owned() });
    }
    let found = pragma("user_version").map_err(fail)?;
    if found != VERSION {
        return Err(CacheError::Version { path: path.to_owned(), found });
    }
    let damaged = |what: &str| CacheError::Damaged { path: path.to_owned(), what: what.to_owned() };
    if tables(connection).map_err(fail)? != TABLES {
        return Err(damaged("its tables are not those that were made"));
    }
    match probe(connection).map_err(fail)? {
        true => Ok(()),
        false => Err(damaged("a value is not what was written")),
    }
}

fn tables(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    // Indexes that SQLite makes by itself have no text.
    let mut select =
        connection.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")?;
    select.query_map([], |row| row.get(0))?.collect()
}

/// Whether some values, spread over the file, are what was written.
fn probe(connection: &Connection) -> rusqlite::Result<bool> {
    let ends = "SELECT coalesce(min(id), 0), coalesce(max(id), -1) FROM entry";
    let (first, last): (i64, i64) =
        connection.query_row(ends, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut select =
        connection.prepare("SELECT key, value FROM entry WHERE id >= ?1 ORDER BY id LIMIT 1")?;
    for probe in 0..PROBES {
        let from = first + (last - first) / PROBES * probe;
        let mut rows = select.query([from])?;
        let Some(row) = rows.next()? else { return Ok(true) };
        let value = row.get_ref(1)?.as_blob();
        if !value.is_ok_and(|value| row.get(0).is_ok_and(|key| is_sound(key, value))) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Makes way for a new cache: one of ours is removed, whatever its state, and anything else set aside under a
/// name that is told.
pub(super) fn clear_away(path: &Path, _: &Lock) -> Result<Option<PathBuf>, CacheError> {
    let fail = |source| CacheError::file(path, source);
    let is_ours = match is_ours(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(fail)?,
    };
    let parts = ["", "-wal", "-shm", "-journal"];
    if is_ours {
        // The file first: what is left of it then is nobody's.
        for part in parts {
            match fs::remove_file(beside(path, part)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(fail(error)),
                _ => {}
            }
        }
        return Ok(None);
    }
    let names = (1..).map(|number| beside(path, &format!(".set-aside-{number}")));
    let aside = names.into_iter().find(|own| !own.exists()).unwrap_or_default();
    for part in parts {
        match fs::rename(beside(path, part), beside(&aside, part)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(fail(error)),
            _ => {}
        }
    }
    Ok(Some(aside))
}

/// Whether the header of a file says that it is a cache of ours, or the file is empty.
fn is_ours(path: &Path) -> io::Result<bool> {
    let mut header = Vec::with_capacity(HEADER);
    File::open(path)?.take(HEADER as u64).read_to_end(&mut header)?;
    let application = header.get(APPLICATION_AT..).and_then(|rest| rest.first_chunk::<4>());
    let names_us = application.is_some_and(|own| i32::from_be_bytes(*own) == APPLICATION);
    Ok(header.is_empty() || header.starts_with(MAGIC) && names_us)
}
