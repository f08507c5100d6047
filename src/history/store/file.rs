//! The file: how it is made, brought to the present form, and looked at before it is trusted.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::error::HistoryError;
use crate::store::beside;
use crate::store::lock::Lock;

/// "ppHi" in `application_id`: that the file is a history of this program.
const APPLICATION: i32 = 0x7070_4869;

/// What brings a file from each form to the next, the first from an empty one. What stands here is never changed: files
/// that were made by it are out there.
const MIGRATIONS: [&str; 1] = ["
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    inputs BLOB NOT NULL UNIQUE,
    at TEXT NOT NULL,
    painpoint TEXT NOT NULL,
    first_day INTEGER,
    last_day INTEGER,
    feedback INTEGER NOT NULL,
    with_text INTEGER NOT NULL,
    rejects INTEGER NOT NULL,
    negative INTEGER NOT NULL,
    neutral INTEGER NOT NULL,
    positive INTEGER NOT NULL,
    findings BLOB
);
CREATE TABLE topic (
    run INTEGER NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    touchpoint TEXT NOT NULL,
    label TEXT NOT NULL,
    feedback INTEGER NOT NULL,
    terms TEXT NOT NULL,
    PRIMARY KEY (run, id)
) WITHOUT ROWID;
CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE feedback (
    id BLOB NOT NULL,
    day INTEGER,
    run INTEGER NOT NULL,
    facts BLOB NOT NULL,
    topics_before BLOB
);
CREATE INDEX feedback_id ON feedback (id);
"];

/// The present form, in `user_version`.
pub(super) const VERSION: i64 = MIGRATIONS.len() as i64;

/// How long to wait for somebody who looks at the file.
const PATIENCE: Duration = Duration::from_secs(30);

/// Takes the lock beside a history; none where the file system has none.
pub(super) fn lock(path: &Path) -> Result<Option<Lock>, HistoryError> {
    let folder = path.parent().filter(|own| !own.as_os_str().is_empty());
    if let Some(folder) = folder {
        fs::create_dir_all(folder).map_err(|source| HistoryError::file(path, source))?;
    }
    match Lock::alone(&beside(path, ".lock")) {
        Ok(lock) => Ok(Some(lock)),
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
            Err(HistoryError::Held { path: path.to_owned() })
        }
        Err(_) => Ok(None),
    }
}

/// Makes an empty history if there is none.
pub(super) fn make(path: &Path) -> Result<(), HistoryError> {
    let fail = |source| HistoryError::file(path, source);
    match fs::metadata(path) {
        Ok(facts) if facts.is_dir() => return Err(HistoryError::Foreign { path: path.to_owned() }),
        Ok(facts) if facts.len() > 0 => return Ok(()),
        Ok(_) => fs::remove_file(path).map_err(fail)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(fail(error)),
    }
    let folder = path.parent().filter(|own| !own.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    // Readable by its owner alone.
    let new = tempfile::Builder::new().prefix(".painpoint-").tempfile_in(folder).map_err(fail)?;
    let tables = |connection: &Connection| {
        connection.pragma_update(None, "application_id", APPLICATION)?;
        migrate(connection, 0)
    };
    let made = Connection::open(new.path()).and_then(|own| tables(&own).map(|()| own));
    made.and_then(|own| own.close().map_err(|(_, error)| error))
        .map_err(|error| HistoryError::of(path, error))?;
    new.persist(path).map(|_| ()).map_err(|error| fail(error.error))
}

/// Opens a history that is there, in the present form.
pub(super) fn open(path: &Path) -> Result<Connection, HistoryError> {
    if path.is_dir() {
        return Err(HistoryError::Foreign { path: path.to_owned() });
    }
    if !path.exists() {
        return Err(HistoryError::Missing { path: path.to_owned() });
    }
    let fail = |error| HistoryError::of(path, error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(fail)?;
    set_up(&connection).map_err(fail)?;
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    if pragma("application_id").map_err(fail)? != i64::from(APPLICATION) {
        return Err(HistoryError::Foreign { path: path.to_owned() });
    }
    let found = pragma("user_version").map_err(fail)?;
    if !(1..=VERSION).contains(&found) {
        return Err(HistoryError::Version { path: path.to_owned(), found });
    }
    // All of it: it is small, and what is wrong in it would go into every later run.
    let sound = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
    match sound.map_err(fail)?.as_str() {
        "ok" => {}
        what => return Err(HistoryError::damaged(path, what)),
    }
    if found < VERSION {
        migrate(&connection, found).map_err(fail)?;
    }
    Ok(connection)
}

fn set_up(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    // What is forgotten is overwritten.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "cache_size", -32_768)
}

/// Brings a file to the present form, in one step.
fn migrate(connection: &Connection, from: i64) -> rusqlite::Result<()> {
    let steps = MIGRATIONS[from as usize..].concat();
    connection
        .execute_batch(&format!("BEGIN IMMEDIATE; {steps} PRAGMA user_version = {VERSION}; COMMIT"))
}
