//! What is taken out of a history.

use jiff::civil::Date;
use rusqlite::{Connection, params};

use super::{HistoryError, HistoryStore};
use crate::history::Entry;
use crate::tally::period::Unit;

/// What is to be forgotten.
#[derive(Clone, Debug, Default)]
pub struct Forget {
    /// Feedback with this id.
    pub id: Option<String>,
    /// This run, by its number, and the feedback that no later one has read again.
    pub run: Option<u64>,
    /// Feedback from before this day, and the runs of which nothing is left.
    pub before: Option<Date>,
}

/// What went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Feedback.
    pub feedback: u64,
    /// Runs.
    pub runs: u64,
}

impl HistoryStore {
    /// Looks at all runs there are, as one after the last would.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn up_to_now(&mut self) -> Result<(), HistoryError> {
        let last = "SELECT coalesce(max(id), 0) FROM run";
        let last = self
            .make_incoming()
            .and_then(|()| self.connection.query_row(last, [], |row| row.get(0)));
        let last: i64 = last.map_err(|error| self.fault(error))?;
        self.run = last + 1;
        Ok(())
    }

    /// Forgets what is asked for, in one step.
    ///
    /// # Errors
    /// If there is no such run, or the file cannot be written. Then it is as it was.
    pub fn forget(&mut self, what: &Forget) -> Result<Forgotten, HistoryError> {
        let run = what.run.map(|number| self.run_numbered(number)).transpose()?;
        let forgotten = self.connection.transaction().and_then(|transaction| {
            let mut gone = Forgotten::default();
            if let Some(id) = &what.id {
                gone.add(forget_id(&transaction, id)?);
            }
            if let Some(run) = run {
                gone.add(forget_run(&transaction, run)?);
            }
            if let Some(day) = what.before {
                gone.add(forget_before(&transaction, day)?);
            }
            // Names that nothing refers to stay: touchpoints, topics and groups, none of one customer.
            transaction.commit()?;
            Ok(gone)
        });
        let forgotten = forgotten.map_err(|error| self.fault(error))?;
        // What went is overwritten already; that the file gets smaller can wait.
        let _ = self.connection.execute_batch("VACUUM");
        Ok(forgotten)
    }
}

impl Forgotten {
    fn add(&mut self, other: Self) {
        self.feedback += other.feedback;
        self.runs += other.runs;
    }
}

/// The feedback with an id.
fn forget_id(connection: &Connection, id: &str) -> rusqlite::Result<Forgotten> {
    let hash = Entry::hash(id);
    let gone = connection.execute("DELETE FROM feedback WHERE id = ?1", [hash.as_slice()])?;
    Ok(Forgotten { feedback: gone as u64, runs: 0 })
}

/// A run, and the feedback that no later one has read again.
fn forget_run(connection: &Connection, run: i64) -> rusqlite::Result<Forgotten> {
    let gone = connection.execute("DELETE FROM feedback WHERE run = ?1", [run])?;
    connection.execute("DELETE FROM topic WHERE run = ?1", [run])?;
    let runs = connection.execute("DELETE FROM run WHERE id = ?1", [run])?;
    Ok(Forgotten { feedback: gone as u64, runs: runs as u64 })
}

/// Feedback from before a day, without a day that of runs which began before it, and those runs of which no feedback is
/// left.
fn forget_before(connection: &Connection, day: Date) -> rusqlite::Result<Forgotten> {
    let gone = connection.execute(
        "DELETE FROM feedback WHERE CASE WHEN day IS NULL \
         THEN run IN (SELECT id FROM run WHERE at < ?2) ELSE day < ?1 END",
        params![Unit::Day.of(day).0, day.to_string()],
    )?;
    let empty = "id NOT IN (SELECT run FROM feedback) AND at < ?1";
    let old = format!("DELETE FROM topic WHERE run IN (SELECT id FROM run WHERE {empty})");
    connection.execute(&old, [day.to_string()])?;
    let runs = connection.execute(&format!("DELETE FROM run WHERE {empty}"), [day.to_string()])?;
    Ok(Forgotten { feedback: gone as u64, runs: runs as u64 })
}
