//! The feedback of all runs, each once.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::{Connection, params};
use serde::de::DeserializeOwned;

use super::{HistoryError, HistoryStore};
use crate::history::{Entry, Facts};
use crate::tally::period::{Period, Unit};

/// Of each topic of earlier runs: feedback that was read again, and how much of it is now in which topic.
pub type Went = BTreeMap<u32, (u64, BTreeMap<u32, u64>)>;

/// Rows that are written together.
const AT_ONCE: usize = 1024;

/// A feedback as a row.
pub(super) struct Row {
    id: Vec<u8>,
    day: Option<i64>,
    facts: Vec<u8>,
}

/// A feedback that is in the file.
struct Kept {
    rowid: i64,
    day: Option<i64>,
    run: i64,
    facts: Vec<u8>,
    /// The topics that it had in the run before that.
    before: Option<Vec<u8>>,
}

impl Kept {
    /// The topics that it had before a run.
    fn topics_before(&self, run: i64) -> rusqlite::Result<Option<Vec<u32>>> {
        match (self.run == run, &self.before) {
            (true, None) => Ok(None),
            (true, Some(before)) => read(before).map(Some),
            (false, _) => read::<Facts>(&self.facts).map(|facts| Some(facts.topics)),
        }
    }
}

impl HistoryStore {
    /// Takes a feedback of the run in the making.
    ///
    /// # Errors
    /// If the temporary directory cannot be used.
    pub fn add(&mut self, entry: &Entry) -> Result<(), HistoryError> {
        let facts =
            postcard::to_stdvec(&entry.facts).map_err(|error| self.fault(unreadable(&error)))?;
        let day = entry.day.map(|day| Unit::Day.of(day).0);
        self.waiting.push(Row { id: entry.id.to_vec(), day, facts });
        if self.waiting.len() == AT_ONCE { self.flush() } else { Ok(()) }
    }

    /// Puts what waits into the temporary table.
    fn flush(&mut self) -> Result<(), HistoryError> {
        let waiting = std::mem::take(&mut self.waiting);
        let written = (|| {
            let insert = "INSERT INTO temp.incoming (id, day, facts) VALUES (?1, ?2, ?3)";
            let mut insert = self.connection.prepare(insert)?;
            waiting
                .iter()
                .try_for_each(|own| insert.execute(params![own.id, own.day, own.facts]).map(|_| ()))
        })();
        written.map_err(|error| self.fault(error))
    }

    /// Puts what was taken in the place of what earlier runs had of the same feedback. Gives where the feedback of
    /// earlier topics went.
    ///
    /// A feedback with the id of one that is there is that one, if both are of one day, or this run covers the day of the
    /// other, so that it would have it if there were two: then its date was corrected. Else the id begins anew, or is that
    /// of a customer: ids that several feedbacks share are told apart by day, and those of the days that this run has
    /// replace those that were there.
    ///
    /// # Errors
    /// If the file cannot be written, or what is in it is not what was written.
    pub fn merge(&mut self) -> Result<Went, HistoryError> {
        self.flush()?;
        let (connection, run) = (&self.connection, self.run);
        let mut went = Went::new();
        merge(connection, run, &mut went).map_err(|error| self.fault(error))?;
        Ok(went)
    }

    /// Hands over all feedback of this run and those before it, in no particular order.
    ///
    /// # Errors
    /// If the file cannot be read, or what is in it is not what was written.
    pub fn for_each(&self, mut each: impl FnMut(Option<Date>, &Facts)) -> Result<(), HistoryError> {
        let fail = |error| self.fault(error);
        let select = "SELECT day, facts FROM feedback WHERE run <= ?1 OR id IN (SELECT id FROM temp.incoming)";
        let mut select = self.connection.prepare(select).map_err(fail)?;
        let mut rows = select.query([self.run]).map_err(fail)?;
        while let Some(row) = rows.next().map_err(fail)? {
            let day: Option<i64> = row.get(0).map_err(fail)?;
            let facts = row.get_ref(1).and_then(|own| read(own.as_blob()?)).map_err(fail)?;
            each(day.map(|day| Unit::Day.first_day(Period(day))), &facts);
        }
        Ok(())
    }

    /// How much feedback there is.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn feedback(&self) -> Result<u64, HistoryError> {
        let count = "SELECT count(*) FROM feedback WHERE run <= ?1";
        let count = self.connection.query_row(count, [self.run], |row| row.get::<_, i64>(0));
        count.map(|own| own as u64).map_err(|error| self.fault(error))
    }
}

fn merge(connection: &Connection, run: i64, went: &mut Went) -> rusqlite::Result<()> {
    let mut incoming =
        connection.prepare("SELECT id, day, facts FROM temp.incoming ORDER BY id, day, facts")?;
    let mut kept = connection
        .prepare("SELECT rowid, day, run, facts, topics_before FROM feedback WHERE id = ?1")?;
    let mut drop = connection.prepare("DELETE FROM feedback WHERE rowid = ?1")?;
    let mut insert = connection.prepare("INSERT INTO feedback VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let ends = "SELECT coalesce(min(day), 1), coalesce(max(day), 0) FROM temp.incoming";
    let (first, last): (i64, i64) =
        connection.query_row(ends, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    // The days of which this run has what there is.
    let covered = first..=last;
    let mut settle = |group: &[Row]| -> rusqlite::Result<()> {
        let Some(first) = group.first() else { return Ok(()) };
        let old = kept.query_map([&first.id], |row| {
            let (rowid, day, run) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Kept { rowid, day, run, facts: row.get(3)?, before: row.get(4)? })
        })?;
        let old: Vec<Kept> = old.collect::<Result<_, _>>()?;
        let is_one = group.len() == 1 && old.len() <= 1;
        let is_same = |own: &Kept, day: Option<i64>| {
            let is_covered = own.day.is_none_or(|day| covered.contains(&day)) || day.is_none();
            own.day == day || (is_one && is_covered)
        };
        for own in group {
            let mut same = old.iter().filter(|other| is_same(other, own.day));
            // Of two runs the later one knows better, in whatever order they are run again.
            if same.clone().any(|other| other.run > run) {
                continue;
            }
            let before = match (is_one, same.next()) {
                (true, Some(other)) => other.topics_before(run)?,
                _ => None,
            };
            if let Some(before) = &before {
                follow(before, &read::<Facts>(&own.facts)?.topics, went);
            }
            let before = before.map(|own| postcard::to_stdvec(&own)).transpose();
            let before = before.map_err(|error| unreadable(&error))?;
            insert.execute(params![own.id, own.day, run, own.facts, before])?;
        }
        let replaced = |own: &&Kept| {
            own.run == run || (own.run < run && group.iter().any(|new| is_same(own, new.day)))
        };
        old.iter().filter(replaced).try_for_each(|own| drop.execute([own.rowid]).map(|_| ()))
    };
    let mut rows = incoming.query([])?;
    let mut group: Vec<Row> = Vec::new();
    while let Some(row) = rows.next()? {
        let row = Row { id: row.get(0)?, day: row.get(1)?, facts: row.get(2)? };
        if group.first().is_some_and(|first| first.id != row.id) {
            settle(&group)?;
            group.clear();
        }
        group.push(row);
    }
    settle(&group)?;
    // What this run had when it was run before, and has no more.
    let gone = "DELETE FROM feedback WHERE run = ?1 AND id NOT IN (SELECT id FROM temp.incoming)";
    connection.execute(gone, [run]).map(|_| ())
}

/// Counts where the topics of a feedback went.
fn follow(before: &[u32], now: &[u32], went: &mut Went) {
    for topic in before {
        let (of, into) = went.entry(*topic).or_default();
        *of += 1;
        now.iter().for_each(|topic| *into.entry(*topic).or_default() += 1);
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> rusqlite::Result<T> {
    postcard::from_bytes(bytes).map_err(|error| unreadable(&error))
}

/// That a value is not what was written, as SQLite says it.
fn unreadable(error: &postcard::Error) -> rusqlite::Error {
    let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
    rusqlite::Error::SqliteFailure(code, Some(format!("a feedback in it: {error}")))
}
