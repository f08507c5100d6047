//! The runs, and what each of them told.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};

use super::{HistoryError, HistoryStore};
use crate::history::Seen;
use crate::painpoint::findings::{Findings, Topic, TopicKind};
use crate::tally::period::{Period, Unit};

/// Runs whose findings are kept as a whole: the last one, which the next one is held against, and some before it, should
/// it be run again.
const WHOLE: i64 = 3;

/// What a run found may be no larger, unpacked: more would be no findings of ours.
const MOST_BYTES: u64 = 1 << 30;

/// A run as the file has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Its number, from 1.
    pub number: u64,
    /// When it was run first, in UTC.
    pub at: String,
    /// Version of the program.
    pub painpoint: String,
    /// First and last day of its feedback, if it has days.
    pub days: Option<(Date, Date)>,
    /// Its feedback.
    pub feedback: u64,
    /// Of these with text that counts.
    pub with_text: u64,
    /// Rows that could not be used.
    pub rejects: u64,
    /// Negative, neutral and positive mentions.
    pub mentions: [u64; 3],
    /// Pain points that it told.
    pub pain_points: u64,
}

/// A topic that a run told.
#[derive(Clone, Debug, PartialEq)]
pub struct RunTopic {
    /// Its identifier.
    pub id: String,
    /// `pain_point` or `delight`.
    pub kind: String,
    /// Identifier of its touchpoint.
    pub touchpoint: String,
    /// Its label.
    pub label: Vec<String>,
    /// Feedback that mentioned it.
    pub feedback: u64,
}

/// A topic as the last run told it that did.
#[derive(Clone, Debug, PartialEq)]
pub struct OlderTopic {
    /// Its identifier.
    pub id: String,
    /// What it is.
    pub kind: TopicKind,
    /// Identifier of its touchpoint.
    pub touchpoint: String,
    /// Its label.
    pub label: Vec<String>,
    /// Keys of its terms, with their mentions.
    pub terms: BTreeMap<String, u64>,
}

impl HistoryStore {
    /// Begins a run on inputs with this fingerprint: one that takes the place of an earlier run on the same.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn begin(&mut self, inputs: [u8; 32]) -> Result<(), HistoryError> {
        let begun = (|| {
            self.connection.execute_batch("BEGIN IMMEDIATE")?;
            self.make_incoming()?;
            let same = "SELECT id FROM run WHERE inputs = ?1";
            let same = self.connection.query_row(same, [inputs.as_slice()], |row| row.get(0));
            let next = "SELECT coalesce(max(id), 0) + 1 FROM run";
            let next = || self.connection.query_row(next, [], |row| row.get(0));
            same.optional()?.map_or_else(next, Ok)
        })();
        self.run = begun.map_err(|error| self.fault(error))?;
        self.inputs = inputs;
        Ok(())
    }

    /// Makes the table for what is read, which goes with the connection.
    pub(super) fn make_incoming(&self) -> rusqlite::Result<()> {
        self.connection.execute_batch(
            "CREATE TEMP TABLE incoming (id BLOB NOT NULL, day INTEGER, facts BLOB NOT NULL)",
        )
    }

    /// What the run before this one found, if there is one.
    ///
    /// # Errors
    /// If the file cannot be read, or what is in it is not what was written.
    pub fn previous(&self) -> Result<Option<Findings>, HistoryError> {
        let select = "SELECT findings FROM run WHERE id < ?1 ORDER BY id DESC LIMIT 1";
        let found = self.connection.query_row(select, [self.run], |row| row.get(0));
        let found: Option<Option<Vec<u8>>> = found.optional().map_err(|error| self.fault(error))?;
        let Some(packed) = found.flatten() else { return Ok(None) };
        let damaged = |what: String| HistoryError::damaged(&self.path, what);
        let mut text = String::new();
        ZlibDecoder::new(packed.as_slice())
            .take(MOST_BYTES)
            .read_to_string(&mut text)
            .map_err(|error| damaged(format!("the findings in it: {error}")))?;
        let findings = Findings::read(&text);
        findings.map(Some).map_err(|error| damaged(format!("the findings in it: {error}")))
    }

    /// What the last run of all found, whatever is being run.
    ///
    /// # Errors
    /// As [`HistoryStore::previous`].
    pub fn last(&mut self) -> Result<Option<Findings>, HistoryError> {
        let run = std::mem::replace(&mut self.run, i64::MAX);
        let last = self.previous();
        self.run = run;
        last
    }

    /// The topics of all runs before this one, as the last one told each.
    ///
    /// # Errors
    /// If the file cannot be read, or what is in it is not what was written.
    pub fn older_topics(&self) -> Result<Vec<OlderTopic>, HistoryError> {
        let select = "SELECT id, kind, touchpoint, label, terms, max(run) FROM topic WHERE run < ?1 GROUP BY id ORDER BY id";
        let rows = self.rows(select, |row| {
            let text = |at| row.get::<_, String>(at);
            Ok((text(0)?, text(1)?, text(2)?, text(3)?, text(4)?))
        })?;
        let read =
            |(id, kind, touchpoint, label, terms): (String, String, String, String, String)| {
                let kind = kind_named(&kind).ok_or("a topic of no kind")?;
                let label = serde_json::from_str(&label).map_err(|_| "a label")?;
                let terms = serde_json::from_str(&terms).map_err(|_| "terms")?;
                Ok(OlderTopic { id, kind, touchpoint, label, terms })
            };
        let topics: Result<_, &str> = rows.into_iter().map(read).collect();
        topics.map_err(|what| HistoryError::damaged(&self.path, format!("{what} in it")))
    }

    /// In how many runs before this one each topic was told, and in which first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn seen(&self) -> Result<BTreeMap<String, Seen>, HistoryError> {
        // Runs are counted: some may have been forgotten.
        let select = "SELECT t.id, count(*), (SELECT count(*) FROM run r WHERE r.id <= min(t.run)) \
                      FROM topic t WHERE t.run < ?1 GROUP BY t.id";
        let rows = self.rows(select, |row| {
            let number = |at| row.get::<_, i64>(at).map(|own| own as u64);
            Ok((row.get(0)?, (number(1)?, number(2)?)))
        })?;
        Ok(rows.into_iter().collect())
    }

    /// Runs up to this one, with it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn count(&self) -> Result<u64, HistoryError> {
        let before =
            self.rows("SELECT count(*) FROM run WHERE id < ?1", |row| row.get::<_, i64>(0))?;
        Ok(before.first().map_or(0, |own| *own as u64) + 1)
    }

    /// Writes what the run found, and ends it.
    ///
    /// # Errors
    /// If the file cannot be written. Then it is as it was.
    pub fn finish(mut self, at: &str, findings: &Findings) -> Result<(), HistoryError> {
        self.write(at, findings).map_err(|error| self.fault(error))
    }

    fn write(&mut self, at: &str, findings: &Findings) -> rusqlite::Result<()> {
        let packed = packed(findings)?;
        let connection = &self.connection;
        {
            let mut insert = connection.prepare("INSERT INTO name (id, text) VALUES (?1, ?2)")?;
            for (at, text) in self.names.since(self.written).iter().enumerate() {
                insert.execute(params![(self.written + at) as i64, text])?;
            }
        }
        let summary = &findings.summary;
        let day = |day: Date| Unit::Day.of(day).0;
        let days = summary.period.map(|(first, last)| (day(first), day(last))).unzip();
        let counts = [
            summary.rows.feedback,
            summary.rows.with_text(),
            summary.rows.rejects,
            summary.sentiment.negative,
            summary.sentiment.neutral,
            summary.sentiment.positive,
        ]
        .map(|count| count as i64);
        // When it was run first stays, so that running again changes nothing.
        connection.execute(
            "INSERT INTO run VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) \
             ON CONFLICT (id) DO UPDATE SET painpoint = excluded.painpoint, first_day = excluded.first_day, \
             last_day = excluded.last_day, feedback = excluded.feedback, with_text = excluded.with_text, \
             rejects = excluded.rejects, negative = excluded.negative, neutral = excluded.neutral, \
             positive = excluded.positive, findings = excluded.findings",
            params![
                self.run,
                self.inputs.as_slice(),
                at,
                env!("CARGO_PKG_VERSION"),
                days.0,
                days.1,
                counts[0],
                counts[1],
                counts[2],
                counts[3],
                counts[4],
                counts[5],
                packed,
            ],
        )?;
        connection.execute("DELETE FROM topic WHERE run = ?1", [self.run])?;
        {
            let insert = "INSERT INTO topic VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            let mut insert = connection.prepare(insert)?;
            for topic in &findings.topics {
                insert.execute(params![
                    self.run,
                    topic.id,
                    topic.kind.name(),
                    topic.touchpoint,
                    json(&topic.label)?,
                    topic.feedback.count as i64,
                    json(&terms(topic))?,
                ])?;
            }
        }
        let older = "UPDATE run SET findings = NULL WHERE findings IS NOT NULL \
                     AND id NOT IN (SELECT id FROM run ORDER BY id DESC LIMIT ?1)";
        connection.execute(older, [WHOLE])?;
        connection.execute_batch("DROP TABLE temp.incoming; COMMIT")
    }

    /// The runs, oldest first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn runs(&self) -> Result<Vec<Run>, HistoryError> {
        let select = "SELECT at, painpoint, first_day, last_day, feedback, with_text, rejects, negative, neutral, positive, \
                      (SELECT count(*) FROM topic t WHERE t.run = run.id AND t.kind = 'pain_point') \
                      FROM run WHERE ?1 >= 0 ORDER BY id";
        let runs = self.rows(select, |row| {
            let number = |at| row.get::<_, i64>(at).map(|own| own as u64);
            let day = |own: Option<i64>| own.map(|own| Unit::Day.first_day(Period(own)));
            Ok(Run {
                number: 0,
                at: row.get(0)?,
                painpoint: row.get(1)?,
                days: day(row.get(2)?).zip(day(row.get(3)?)),
                feedback: number(4)?,
                with_text: number(5)?,
                rejects: number(6)?,
                mentions: [number(7)?, number(8)?, number(9)?],
                pain_points: number(10)?,
            })
        })?;
        Ok(runs.into_iter().zip(1..).map(|(run, number)| Run { number, ..run }).collect())
    }

    /// The topics that a run told, pain points first, those most mentioned first.
    ///
    /// # Errors
    /// If there is no such run, or the file cannot be read.
    pub fn topics(&self, run: u64) -> Result<Vec<RunTopic>, HistoryError> {
        let id = self.run_numbered(run)?;
        let select = "SELECT id, kind, touchpoint, label, feedback FROM topic WHERE run = ?1 \
                      ORDER BY kind DESC, feedback DESC, id";
        let mut select = self.connection.prepare(select).map_err(|error| self.fault(error))?;
        let rows = select.query_map([id], |row| {
            let label: String = row.get(3)?;
            Ok(RunTopic {
                id: row.get(0)?,
                kind: row.get(1)?,
                touchpoint: row.get(2)?,
                label: serde_json::from_str(&label).unwrap_or_default(),
                feedback: row.get::<_, i64>(4)? as u64,
            })
        });
        rows.and_then(Iterator::collect).map_err(|error| self.fault(error))
    }

    /// The id in the file of the run with a number.
    pub(super) fn run_numbered(&self, number: u64) -> Result<i64, HistoryError> {
        let ids = self.rows("SELECT id FROM run WHERE ?1 >= 0 ORDER BY id", |row| row.get(0))?;
        let at = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        let no_run = || HistoryError::NoRun {
            path: self.path.clone(),
            run: number,
            there_are: match ids.len() {
                0 => "none".to_owned(),
                all => format!("1 to {all}"),
            },
        };
        at.and_then(|at| ids.get(at).copied()).ok_or_else(no_run)
    }

    /// The rows of a query whose one parameter is the run in the making.
    fn rows<T>(
        &self,
        select: &str,
        read: impl FnMut(&rusqlite::Row) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, HistoryError> {
        let mut select = self.connection.prepare(select).map_err(|error| self.fault(error))?;
        let rows = select.query_map([self.run], read);
        rows.and_then(Iterator::collect).map_err(|error| self.fault(error))
    }
}

fn terms(topic: &Topic) -> BTreeMap<&str, u64> {
    let mut terms: BTreeMap<&str, u64> = BTreeMap::new();
    for term in &topic.terms {
        *terms.entry(&term.key).or_default() += term.mentions;
    }
    terms
}

fn kind_named(name: &str) -> Option<TopicKind> {
    [TopicKind::PainPoint, TopicKind::Delight].into_iter().find(|kind| kind.name() == name)
}

fn json(value: &impl serde::Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| unwritable(error.into()))
}

fn unwritable(error: Box<dyn std::error::Error + Send + Sync>) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(error)
}

/// What a run found, without what customers wrote.
fn packed(findings: &Findings) -> rusqlite::Result<Vec<u8>> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::default());
    findings
        .clone()
        .without_voices()
        .write(&mut out)
        .and_then(|()| out.flush())
        .and_then(|()| out.finish())
        .map_err(|error| unwritable(error.into()))
}
