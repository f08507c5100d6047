use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};

use super::*;

const MODEL: [u8; 32] = [1; 32];
const SIZE: u64 = 1 << 30;

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("scores.sqlite")
    }

    fn settings(&self, most_bytes: u64) -> CacheFile {
        CacheFile { path: self.path(), most_bytes, rebuild: false }
    }

    fn open(&self) -> ScoreCache {
        self.open_as(MODEL, SIZE)
    }

    fn open_as(&self, digest: [u8; 32], most_bytes: u64) -> ScoreCache {
        let identity = Identity { digest, model: format!("model {}", digest[0]) };
        ScoreCache::open(&self.settings(most_bytes), identity).unwrap()
    }

    /// Opens what is not to be opened.
    fn refused(&self) -> CacheError {
        let identity = Identity { digest: MODEL, model: "model".into() };
        ScoreCache::open(&self.settings(SIZE), identity).err().expect("it is refused")
    }

    fn rebuilt(&self) -> ScoreCache {
        let identity = Identity { digest: MODEL, model: "model".into() };
        let settings = CacheFile { rebuild: true, ..self.settings(SIZE) };
        ScoreCache::open(&settings, identity).unwrap()
    }

    /// Changes bytes of the file from a place on.
    fn overwrite(&self, at: u64, bytes: &[u8]) {
        let mut file = File::options().write(true).open(self.path()).unwrap();
        file.seek(SeekFrom::Start(at)).unwrap();
        file.write_all(bytes).unwrap();
    }

    /// Sets the day on which everything was last used so many days back.
    fn age(&self, days: i64) {
        let connection = file::connect(&self.path()).unwrap();
        connection.execute("UPDATE block SET used = used - ?1", [days]).unwrap();
    }
}

fn content(text: &str) -> Vec<u8> {
    text.bytes().cycle().take(3_000).collect()
}

fn texts(range: std::ops::Range<usize>) -> Vec<String> {
    range.map(|number| format!("The parcel {number} was late")).collect()
}

fn put(cache: &ScoreCache, texts: &[String]) {
    texts.chunks(100).for_each(|texts| {
        cache.put(texts.iter().map(|text| (cache.key(text), content(text))));
    });
}

fn found(cache: &ScoreCache, texts: &[String]) -> usize {
    let keys: Vec<Key> = texts.iter().map(|text| cache.key(text)).collect();
    let found = cache.get(&keys, |_, bytes| Some(bytes.to_vec()));
    for (text, found) in texts.iter().zip(&found) {
        assert!(found.as_ref().is_none_or(|found| *found == content(text)), "{text}");
    }
    found.iter().flatten().count()
}

#[test]
fn what_is_put_comes_back_in_the_next_run_for_the_same_model_alone() {
    let place = Place::new();
    let all = texts(0..1_000);
    let cache = place.open();
    assert_eq!(found(&cache, &all), 0);
    put(&cache, &all);
    let kept = cache.finish();
    assert_eq!(kept, Kept { written: 1_000, ..Kept::default() });
    let cache = place.open();
    assert_eq!((found(&cache, &all), found(&cache, &texts(1_000..1_100))), (1_000, 0));
    assert_eq!(cache.finish(), Kept::default());
    assert_eq!(found(&place.open_as([2; 32], SIZE), &all), 0);
    let statistics = statistics(&place.path()).unwrap();
    assert_eq!(statistics.entries(), 1_000);
    assert_eq!(statistics.generations[0].model, "model 1");
}

#[test]
fn a_run_that_fails_keeps_what_it_scored() {
    let place = Place::new();
    let cache = place.open();
    put(&cache, &texts(0..10));
    drop(cache);
    assert_eq!(found(&place.open(), &texts(0..10)), 10);
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let cache = place.open();
    put(&cache, &texts(0..1_000));
    found(&cache, &texts(0..10));
    let files = fs::read_dir(place.0.path()).unwrap().map(|entry| entry.unwrap());
    // There is nothing in the lock, and others who may read the cache share it.
    let files = files.filter(|file| !file.file_name().to_str().unwrap().ends_with(".lock"));
    let modes: Vec<_> = files
        .map(|file| (file.file_name(), file.metadata().unwrap().permissions().mode()))
        .collect();
    assert!(modes.len() >= 3, "{modes:?}");
    assert!(modes.iter().all(|(_, mode)| mode & 0o777 == 0o600), "{modes:?}");
}

#[test]
fn what_was_not_used_for_longest_goes_first() {
    let place = Place::new();
    let (old, used, new) = (texts(0..1_280), texts(1_280..2_560), texts(2_560..3_840));
    let cache = place.open();
    put(&cache, &old);
    put(&cache, &used);
    cache.finish();
    place.age(3);
    let cache = place.open();
    assert_eq!(found(&cache, &used), 1_280);
    put(&cache, &new);
    cache.finish();
    let whole = fs::metadata(place.path()).unwrap().len();
    // Room for a little more than two of the three.
    let kept = place.open_as(MODEL, whole * 8 / 10).finish();
    assert!(kept.evicted >= 768 && kept.evicted <= 1_280, "{kept:?}");
    let cache = place.open();
    assert_eq!((found(&cache, &used), found(&cache, &new)), (1_280, 1_280));
    assert!(found(&cache, &old) < 1_280 - 700);
    cache.finish();
    assert!(fs::metadata(place.path()).unwrap().len() <= whole * 8 / 10);
}

#[test]
fn a_run_writes_no_more_than_a_quarter_over_the_size_and_says_so() {
    let place = Place::new();
    let cache = place.open_as(MODEL, 4 << 20);
    put(&cache, &texts(0..5_000));
    let kept = cache.finish();
    assert!(kept.written < 2_500 && kept.evicted > 0, "{kept:?}");
    assert!(kept.warnings[0].contains("--cache-size"), "{kept:?}");
    assert!(fs::metadata(place.path()).unwrap().len() <= 4 << 20);
    // What goes was used today as well: a part of the rows is found every night.
    let found = found(&place.open_as(MODEL, 4 << 20), &texts(0..5_000));
    assert!(found > 700, "{found}");
}

#[test]
fn prune_drops_what_no_run_has_used_and_clear_everything() {
    let place = Place::new();
    let cache = place.open();
    put(&cache, &texts(0..640));
    cache.finish();
    place.age(40);
    let cache = place.open_as([2; 32], SIZE);
    put(&cache, &texts(0..64));
    cache.finish();
    let pruned = prune(&place.path(), Limits { unused_for: Some(30), most_bytes: None }).unwrap();
    assert_eq!(pruned.entries, 640);
    assert!(pruned.bytes.1 < pruned.bytes.0 / 3, "{pruned:?}");
    let left = statistics(&place.path()).unwrap().generations;
    assert_eq!(left.iter().map(|own| own.model.as_str()).collect::<Vec<_>>(), ["model 2"]);
    let cleared = clear(&place.path()).unwrap();
    assert_eq!(cleared.entries, 64);
    assert!(cleared.bytes.1 < 200_000, "{cleared:?}");
    assert_eq!(statistics(&place.path()).unwrap().entries(), 0);
    // And is as good as new.
    let cache = place.open();
    put(&cache, &texts(0..64));
    cache.finish();
    assert_eq!(found(&place.open(), &texts(0..64)), 64);
}

#[test]
fn files_that_are_something_else_are_refused_and_set_aside_when_told() {
    let place = Place::new();
    let database = |sql: &str| {
        let _ = fs::remove_file(place.path());
        Connection::open(place.path()).unwrap().execute_batch(sql).unwrap();
    };
    let text = || fs::write(place.path(), "id,comment\n1,late\n".repeat(300)).unwrap();
    let other = || database("CREATE TABLE thesis (chapter TEXT)");
    for make in [&text as &dyn Fn(), &other] {
        make();
        let before = fs::read(place.path()).unwrap();
        let error = place.refused();
        assert!(matches!(error, CacheError::Foreign { .. }) && error.is_lasting(), "{error}");
        let told = error.to_string();
        assert!(told.contains("scores.sqlite") && told.contains("--rebuild-cache"), "{told}");
        assert!(fs::read(place.path()).unwrap() == before, "it is as it was");
        assert!(matches!(clear(&place.path()), Err(CacheError::Foreign { .. })));
        let kept = place.rebuilt().finish();
        assert!(kept.warnings[0].contains("set-aside"), "{kept:?}");
        let names = fs::read_dir(place.0.path()).unwrap().map(|entry| entry.unwrap().path());
        let aside = names.filter(|own| own.to_string_lossy().contains("set-aside"));
        assert!(aside.map(|own| fs::read(own).unwrap()).any(|own| own == before));
    }
}

#[test]
fn an_empty_file_becomes_a_cache() {
    let place = Place::new();
    File::create(place.path()).unwrap();
    let cache = place.open();
    put(&cache, &texts(0..5));
    cache.finish();
    assert_eq!(found(&place.open(), &texts(0..5)), 5);
}

#[test]
fn another_version_is_refused_and_replaced_when_told() {
    let place = Place::new();
    place.open().finish();
    let connection = file::connect(&place.path()).unwrap();
    connection.pragma_update(None, "user_version", file::VERSION + 1).unwrap();
    drop(connection);
    let error = place.refused();
    assert!(matches!(error, CacheError::Version { found: 2, .. }), "{error}");
    assert!(error.to_string().contains("--rebuild-cache"), "{error}");
    assert_eq!(place.rebuilt().finish(), Kept::default());
    assert_eq!(found(&place.open(), &texts(0..5)), 0);
}

#[test]
fn tables_that_others_have_changed_are_refused() {
    let place = Place::new();
    place.open().finish();
    let connection = file::connect(&place.path()).unwrap();
    connection.execute_batch("CREATE TABLE own (text)").unwrap();
    drop(connection);
    assert!(matches!(place.refused(), CacheError::Damaged { .. }));
}

/// A cache of some MB on disk, closed.
fn filled(place: &Place) -> u64 {
    let cache = place.open();
    put(&cache, &texts(0..2_000));
    cache.finish();
    fs::metadata(place.path()).unwrap().len()
}

#[test]
fn a_file_that_was_cut_off_is_refused_wherever() {
    for tenths in 0..10 {
        let place = Place::new();
        let length = filled(&place) * tenths / 10 + 50;
        File::options().write(true).open(place.path()).unwrap().set_len(length).unwrap();
        let error = place.refused();
        assert!(error.is_lasting(), "{tenths}: {error}");
        assert!(error.to_string().contains("--rebuild-cache"), "{error}");
        place.rebuilt().finish();
        assert_eq!(found(&place.open(), &texts(0..9)), 0);
    }
}

#[test]
fn changed_bytes_never_come_back_as_a_score() {
    let sound = Place::new();
    let length = filled(&sound);
    for at in 0..60 {
        let place = Place::new();
        fs::copy(sound.path(), place.path()).unwrap();
        let mut bytes = [0; 8];
        // From the header on over all kinds of pages.
        let at = if at < 20 { at * 5 } else { length / 60 * at + at };
        let mut file = File::open(place.path()).unwrap();
        file.seek(SeekFrom::Start(at)).unwrap();
        file.read_exact(&mut bytes).unwrap();
        drop(file);
        place.overwrite(at, &bytes.map(|byte| !byte));
        let identity = Identity { digest: MODEL, model: "model 1".into() };
        let Ok(cache) = ScoreCache::open(&place.settings(SIZE), identity) else { continue };
        let all = texts(0..2_000);
        // Asserts that what is found is what was put.
        let before = found(&cache, &all);
        put(&cache, &all[..10]);
        let kept = cache.finish();
        // Few are missing, or it is told why more are.
        assert!(before > 1_900 || !kept.warnings.is_empty(), "byte {at}: {before}, {kept:?}");
    }
}

#[test]
fn a_damaged_value_is_told_and_mended() {
    let place = Place::new();
    filled(&place);
    let connection = file::connect(&place.path()).unwrap();
    let change = "UPDATE entry SET value = zeroblob(3016) WHERE id = 777";
    assert_eq!(connection.execute(change, []).unwrap(), 1);
    drop(connection);
    let all = texts(0..2_000);
    let cache = place.open();
    assert_eq!(found(&cache, &all), 1_999);
    put(&cache, &all[700..800]);
    let kept = cache.finish();
    assert!(kept.warnings[0].contains("1 of its values"), "{kept:?}");
    let cache = place.open();
    assert_eq!(found(&cache, &all), 2_000);
    assert_eq!(cache.finish(), Kept::default());
}

#[test]
fn a_full_disk_is_told_once_and_costs_no_more_than_what_was_not_kept() {
    let place = Place::new();
    filled(&place);
    let mut cache = place.open();
    let writer = cache.writer.take().unwrap();
    drop(writer);
    cache.writer = Some(Writer::limited(&place.settings(SIZE), 900, Arc::clone(&cache.faults)));
    put(&cache, &texts(2_000..9_000));
    let kept = cache.finish();
    assert_eq!(kept.warnings.len(), 1, "{kept:?}");
    assert!(kept.warnings[0].contains("full"), "{kept:?}");
    let cache = place.open();
    assert_eq!(found(&cache, &texts(0..2_000)), 2_000);
    put(&cache, &texts(2_000..3_000));
    assert_eq!(cache.finish().warnings, Vec::<String>::new());
}

#[test]
fn several_write_and_read_at_once() {
    let place = Place::new();
    std::thread::scope(|scope| {
        for run in 0..4 {
            let place = &place;
            scope.spawn(move || {
                let cache = place.open();
                // Half of it in common with another.
                let own = texts(run * 500..run * 500 + 1_000);
                for texts in own.chunks(50) {
                    found(&cache, texts);
                    put(&cache, texts);
                }
                assert_eq!(cache.finish().warnings, Vec::<String>::new());
            });
        }
    });
    let cache = place.open();
    assert_eq!(found(&cache, &texts(0..2_500)), 2_500);
    assert_eq!(statistics(&place.path()).unwrap().entries(), 2_500);
}

#[test]
fn a_cache_in_use_is_not_replaced() {
    let place = Place::new();
    let cache = place.open();
    let identity = Identity { digest: MODEL, model: "model".into() };
    let settings = CacheFile { rebuild: true, ..place.settings(SIZE) };
    let error = ScoreCache::open(&settings, identity).err().expect("it is held");
    assert!(matches!(error, CacheError::Held { .. }) && !error.is_lasting(), "{error}");
    put(&cache, &texts(0..10));
    cache.finish();
    assert_eq!(found(&place.rebuilt(), &texts(0..10)), 0);
}
