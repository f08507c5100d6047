use std::collections::BTreeMap;
use std::fs;

use jiff::civil::{Date, date};

use super::*;
use crate::history::{Entry, Facts, Series, Side};
use crate::report::sample;
use crate::tally::period::Unit;

struct Night {
    folder: tempfile::TempDir,
}

impl Night {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("history.sqlite")
    }

    /// A run on inputs of this number with these feedbacks: id, day of March, topics.
    fn run(&self, inputs: u8, feedback: &[(&str, i8, &[&str])]) -> Went {
        let mut store = HistoryStore::open(&self.path()).unwrap();
        store.begin([inputs; 32]).unwrap();
        for (id, day, topics) in feedback {
            let entry = entry(&mut store, id, date(2026, 3, *day), topics);
            store.add(&entry).unwrap();
        }
        let went = store.merge().unwrap();
        let mut findings = sample::german();
        findings.summary.rows.feedback = feedback.len() as u64;
        store.finish("2026-03-20T01:00:00Z", &findings).unwrap();
        went
    }

    fn look(&self) -> HistoryStore {
        let mut store = HistoryStore::look_at(&self.path()).unwrap();
        store.up_to_now().unwrap();
        store
    }

    /// Days with how much feedback they have.
    fn days(&self) -> BTreeMap<i8, u64> {
        let mut series = Series::new(Unit::Day);
        self.look().for_each(|day, facts| series.add(day, facts)).unwrap();
        let own = series.periods.iter();
        own.map(|(period, counts)| (Unit::Day.first_day(*period).day(), counts.feedback)).collect()
    }
}

fn entry(store: &mut HistoryStore, id: &str, day: Date, topics: &[&str]) -> Entry {
    let names = store.names_mut();
    let topics = topics.iter().map(|topic| names.number(topic)).collect();
    let facts = Facts { topics, mentions: Side(1, 0, 0), ..Facts::default() };
    Entry { id: Entry::hash(id), day: Some(day), facts }
}

#[test]
fn overlapping_exports_count_a_feedback_once_and_the_newest_wins() {
    let night = Night::new();
    night.run(1, &[("a", 1, &[]), ("b", 2, &[])]);
    // b has another day now, in an export that has its old day, too.
    night.run(2, &[("b", 3, &[]), ("c", 4, &[]), ("d", 2, &[])]);
    assert_eq!(night.days(), BTreeMap::from([(1, 1), (2, 1), (3, 1), (4, 1)]));
    assert_eq!(night.look().runs().unwrap().len(), 2);
}

#[test]
fn the_same_inputs_are_the_same_run_and_change_nothing() {
    let night = Night::new();
    night.run(1, &[("a", 1, &["x"]), ("b", 2, &["x"])]);
    let second: [(&str, i8, &[&str]); 2] = [("b", 2, &["y"]), ("c", 3, &["y"])];
    let went = night.run(2, &second);
    let before = (night.days(), night.look().runs().unwrap());
    assert_eq!(night.run(2, &second), went);
    assert_eq!((night.days(), night.look().runs().unwrap()), before);
    assert_eq!(went.len(), 1);
    // The first run again: what a later one knows of b stands.
    night.run(1, &[("a", 1, &["x"]), ("b", 2, &["x"])]);
    assert_eq!(night.days(), before.0);
}

#[test]
fn a_run_that_is_not_finished_leaves_no_trace() {
    let night = Night::new();
    night.run(1, &[("a", 1, &[])]);
    let bytes = fs::read(night.path()).unwrap();
    {
        let mut store = HistoryStore::open(&night.path()).unwrap();
        store.begin([2; 32]).unwrap();
        let entry = entry(&mut store, "b", date(2026, 3, 2), &["new"]);
        store.add(&entry).unwrap();
        store.merge().unwrap();
    }
    assert_eq!(fs::read(night.path()).unwrap(), bytes);
    let left: Vec<_> = fs::read_dir(night.folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn ids_that_begin_anew_every_night_are_other_feedback() {
    let night = Night::new();
    night.run(1, &[("1", 1, &[]), ("2", 1, &[])]);
    night.run(2, &[("1", 2, &[]), ("2", 2, &[]), ("3", 2, &[])]);
    assert_eq!(night.days(), BTreeMap::from([(1, 2), (2, 3)]));
}

#[test]
fn an_id_of_several_feedbacks_keeps_those_of_other_days() {
    let night = Night::new();
    // Customer 7 writes three times, twice on a day.
    night.run(1, &[("7", 1, &[]), ("7", 2, &[]), ("7", 2, &["x"]), ("8", 2, &[])]);
    assert_eq!(night.days(), BTreeMap::from([(1, 1), (2, 3)]));
    // A later export begins on the second day, and has a new one.
    night.run(2, &[("7", 2, &[]), ("7", 2, &["x"]), ("7", 5, &[])]);
    assert_eq!(night.days(), BTreeMap::from([(1, 1), (2, 3), (5, 1)]));
    night.run(3, &[("7", 5, &[])]);
    assert_eq!(night.days(), BTreeMap::from([(1, 1), (2, 3), (5, 1)]));
}

#[test]
fn where_feedback_of_a_topic_goes_is_told() {
    let night = Night::new();
    night.run(1, &[("a", 1, &["x"]), ("b", 1, &["x"]), ("c", 1, &["x"]), ("d", 1, &["z"])]);
    let went = night.run(2, &[("a", 1, &["x"]), ("b", 1, &["y"]), ("d", 1, &["y"])]);
    let store = night.look();
    let number = |text| store.names().known(text).unwrap();
    let (x, y, z) = (number("x"), number("y"), number("z"));
    // c was not read again.
    assert_eq!(went[&x], (2, BTreeMap::from([(x, 1), (y, 1)])));
    assert_eq!(went[&z], (1, BTreeMap::from([(y, 1)])));
}

#[test]
fn ninety_nights_of_overlapping_exports_end_as_one_run_over_all() {
    let (nights, once) = (Night::new(), Night::new());
    let id = |number: usize| format!("f{number}");
    let ids: Vec<String> = (0..270).map(id).collect();
    let row = |number: usize| (ids[number].as_str(), (number / 9 % 28 + 1) as i8, &[][..]);
    let all: Vec<(&str, i8, &[&str])> = (0..270).map(row).collect();
    for night in 0..90u8 {
        let from = usize::from(night) * 3;
        nights.run(night, &all[from.saturating_sub(6)..from + 3]);
    }
    once.run(1, &all);
    assert_eq!(nights.days(), once.days());
    assert_eq!(nights.look().feedback().unwrap(), 270);
}

#[test]
fn what_is_forgotten_is_gone_from_the_file() {
    let night = Night::new();
    night.run(1, &[("anna", 1, &[]), ("b", 2, &[])]);
    let hash = Entry::hash("anna");
    let holds = || fs::read(night.path()).unwrap().windows(16).any(|own| own == hash);
    assert!(holds());
    let mut store = HistoryStore::open(&night.path()).unwrap();
    let gone = store.forget(&Forget { id: Some("anna".into()), ..Forget::default() }).unwrap();
    drop(store);
    assert_eq!((gone.feedback, holds()), (1, false));
    let mut store = HistoryStore::open(&night.path()).unwrap();
    let first = Forget { run: Some(1), ..Forget::default() };
    let gone = store.forget(&first).unwrap();
    assert_eq!((gone.feedback, gone.runs), (1, 1));
    assert!(matches!(store.forget(&first), Err(HistoryError::NoRun { .. })));
}

#[test]
fn what_is_old_is_forgotten_with_the_runs_of_which_nothing_is_left() {
    let night = Night::new();
    night.run(1, &[("a", 1, &[])]);
    night.run(2, &[("b", 10, &[])]);
    let mut store = HistoryStore::open(&night.path()).unwrap();
    let gone =
        store.forget(&Forget { before: Some(date(2026, 3, 5)), ..Forget::default() }).unwrap();
    // The run itself is of the 20th.
    assert_eq!((gone.feedback, gone.runs), (1, 0));
    let gone =
        store.forget(&Forget { before: Some(date(2026, 4, 1)), ..Forget::default() }).unwrap();
    assert_eq!((gone.feedback, gone.runs), (1, 2));
}

#[test]
fn what_a_run_found_is_kept_for_the_next_without_voices() {
    let night = Night::new();
    night.run(1, &[("a", 1, &[])]);
    let mut store = HistoryStore::open(&night.path()).unwrap();
    assert!(matches!(HistoryStore::open(&night.path()), Err(HistoryError::Held { .. })));
    store.begin([2; 32]).unwrap();
    let found = store.previous().unwrap().unwrap();
    let (ours, theirs) = (sample::german(), found);
    assert_eq!(theirs.topics.len(), ours.topics.len());
    assert!(theirs.topics.iter().all(|own| own.verbatims.is_empty()));
    assert_eq!(theirs.topics[0].label, ours.topics[0].label);
    let seen = store.seen().unwrap();
    assert_eq!(seen[&ours.topics[0].id], (1, 1));
    assert_eq!(store.older_topics().unwrap().len(), ours.topics.len());
}

#[test]
fn a_file_that_is_no_history_is_refused_and_left_alone() {
    let night = Night::new();
    let open = || HistoryStore::open(&night.path()).map(|_| ());
    fs::write(night.path(), "these are my notes").unwrap();
    assert!(matches!(open(), Err(HistoryError::Foreign { .. })));
    assert_eq!(fs::read(night.path()).unwrap(), b"these are my notes");
    fs::remove_file(night.path()).unwrap();
    // A database of somebody else's.
    Connection::open(night.path()).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    assert!(matches!(open(), Err(HistoryError::Foreign { .. })));
    fs::remove_file(night.path()).unwrap();
    night.run(1, &[("a", 1, &[])]);
    let later = "PRAGMA user_version = 99";
    Connection::open(night.path()).unwrap().execute_batch(later).unwrap();
    assert!(matches!(open(), Err(HistoryError::Version { found: 99, .. })));
}

#[test]
fn a_file_that_was_cut_or_damaged_is_refused() {
    let night = Night::new();
    let ids: Vec<String> = (0..2000).map(|own| format!("f{own}")).collect();
    let all: Vec<(&str, i8, &[&str])> = ids.iter().map(|id| (id.as_str(), 1, &[][..])).collect();
    night.run(1, &all);
    let sound = fs::read(night.path()).unwrap();
    fs::write(night.path(), &sound[..sound.len() / 2]).unwrap();
    let error = HistoryStore::open(&night.path()).map(|_| ()).unwrap_err();
    assert!(error.is_lasting(), "{error}");
    let mut bytes = sound.clone();
    bytes[8192..8300].fill(0xAB);
    fs::write(night.path(), &bytes).unwrap();
    let error = HistoryStore::open(&night.path()).map(|_| ()).unwrap_err();
    assert!(matches!(error, HistoryError::Damaged { .. }), "{error}");
    assert_eq!(fs::read(night.path()).unwrap(), bytes);
}

/// The files of all versions that were given out are read: this one is of the first.
#[test]
fn the_file_of_the_first_version_is_read() {
    let night = Night::new();
    let first = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/history/version-1.sqlite");
    if std::env::var_os("PAINPOINT_HISTORY_FIXTURE").is_some() {
        night.run(1, &[("a", 1, &["x"]), ("b", 2, &[])]);
        fs::create_dir_all(Path::new(first).parent().unwrap()).unwrap();
        fs::copy(night.path(), first).unwrap();
    }
    fs::copy(first, night.path()).unwrap();
    let store = night.look();
    assert_eq!(night.days(), BTreeMap::from([(1, 1), (2, 1)]));
    assert!(!store.topics(1).unwrap().is_empty());
    drop(store);
    night.run(2, &[("c", 3, &[])]);
    assert_eq!(night.look().runs().unwrap().len(), 2);
}
