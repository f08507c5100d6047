use std::io::Write;

use super::*;

/// An output folder to be, in a temporary one.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Publishes a report and a manifest that say `text`.
    fn publish(&self, text: &str) {
        self.written(text).publish().unwrap();
    }

    fn written(&self, text: &str) -> Staging {
        let staging = Staging::new(&self.path("out")).unwrap();
        for file in [OutputFile::Report, OutputFile::Manifest] {
            let mut file = staging.create(file).unwrap();
            file.write_all(text.as_bytes()).unwrap();
            file.flush().unwrap();
        }
        staging
    }

    /// Everything below a folder: files with their content.
    fn tree(&self, name: &str) -> Vec<String> {
        let mut tree = Vec::new();
        for path in entries(&self.path(name)) {
            let own = format!("{name}/{}", path.file_name().unwrap().to_str().unwrap());
            if path.is_dir() {
                tree.extend(self.tree(&own));
            } else {
                tree.push(format!("{own}: {}", fs::read_to_string(&path).unwrap()));
            }
        }
        tree
    }

    fn stages(&self, name: &str) -> usize {
        let is_stage =
            |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with(".painpoint");
        entries(&self.path(name)).iter().filter(|path| is_stage(path)).count()
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn an_abandoned_run_leaves_nothing() {
    let place = Place::new();
    let staging = Staging::new(&place.path("a/b/out")).unwrap();
    staging.create(OutputFile::Report).unwrap();
    drop(staging);
    assert!(entries(place.0.path()).is_empty());
}

#[test]
fn folders_on_the_way_that_hold_something_else_meanwhile_stay() {
    let place = Place::new();
    let staging = Staging::new(&place.path("a/b/out")).unwrap();
    fs::write(place.path("a/note.txt"), "mine").unwrap();
    drop(staging);
    assert_eq!(place.tree("a"), ["a/note.txt: mine"]);
}

#[test]
fn publishing_replaces_results_and_keeps_other_files() {
    let place = Place::new();
    place.publish("one");
    fs::write(place.path("out/mine.txt"), "keep").unwrap();
    place.publish("two");
    assert_eq!(
        place.tree("out"),
        ["out/mine.txt: keep", "out/report.html: two", "out/run.json: two"]
    );
    assert_eq!(place.stages(""), 0);
}

#[test]
fn results_of_an_older_run_that_the_new_one_does_not_have_stay() {
    let place = Place::new();
    place.publish("one");
    fs::write(place.path("out/older.csv"), "old").unwrap();
    place.publish("two");
    assert!(place.path("out/older.csv").exists());
}

#[test]
fn a_folder_with_folders_in_it_keeps_them_and_its_place() {
    let place = Place::new();
    place.publish("one");
    fs::create_dir(place.path("out/archive")).unwrap();
    fs::write(place.path("out/archive/mine.txt"), "keep").unwrap();
    let before = identity(&place.path("out")).unwrap();
    place.publish("two");
    assert_eq!(
        place.tree("out"),
        ["out/archive/mine.txt: keep", "out/report.html: two", "out/run.json: two"]
    );
    assert_eq!(identity(&place.path("out")).unwrap(), before);
    assert_eq!((place.stages(""), place.stages("out")), (0, 0));
}

#[test]
fn a_publication_that_fails_half_way_changes_nothing() {
    for other in [None, Some("out/archive")] {
        let place = Place::new();
        place.publish("one");
        fs::create_dir_all(place.path(other.unwrap_or("elsewhere"))).unwrap();
        let staging = place.written("two");
        // In the way of the last file: a folder that is not there when the run starts.
        fs::remove_file(place.path("out/run.json")).unwrap();
        fs::create_dir(place.path("out/run.json")).unwrap();
        let before = place.tree("out");
        assert!(staging.publish().is_err());
        assert_eq!(place.tree("out"), before);
        assert_eq!((place.stages(""), place.stages("out")), (0, 0));
    }
}

#[test]
fn the_folder_keeps_its_permissions_and_unfinished_files_are_private() {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let place = Place::new();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        place.publish("one");
        fs::set_permissions(place.path("out"), fs::Permissions::from_mode(0o750)).unwrap();
        let staging = place.written("two");
        assert_eq!(mode(&staging.stage), 0o700);
        staging.publish().unwrap();
        assert_eq!(mode(&place.path("out")), 0o750);
    }
}

#[test]
fn a_link_to_a_folder_stays_a_link() {
    #[cfg(unix)]
    {
        let place = Place::new();
        fs::create_dir(place.path("real")).unwrap();
        std::os::unix::fs::symlink(place.path("real"), place.path("out")).unwrap();
        place.publish("one");
        assert!(fs::symlink_metadata(place.path("out")).unwrap().is_symlink());
        assert_eq!(place.tree("real"), ["real/report.html: one", "real/run.json: one"]);
    }
}

#[test]
fn a_file_in_the_way_is_an_error_at_once() {
    let file = tempfile::NamedTempFile::new().unwrap();
    assert!(Staging::new(file.path()).is_err());
}

#[test]
fn a_run_clears_away_what_a_killed_run_left_and_nothing_of_a_living_one() {
    let place = Place::new();
    place.publish("one");
    let living = place.written("two");
    let killed = place.path(".painpoint-killed");
    fs::create_dir_all(killed.join("new/out")).unwrap();
    fs::write(killed.join("new/out/feedback.csv"), "words of customers").unwrap();
    fs::write(killed.join("lock"), "").unwrap();
    fs::write(place.path(".painpoint-killed.lock"), "").unwrap();
    // One that is just being made has no lock yet.
    fs::create_dir(place.path(".painpoint-made")).unwrap();
    drop(Staging::new(&place.path("other")).unwrap());
    assert!(!killed.exists());
    assert!(!cfg!(unix) || !place.path(".painpoint-killed.lock").exists());
    assert!(living.stage.exists() && place.path(".painpoint-made").exists());
    assert!(matches!(Staging::new(&place.path("out")), Err(AnalysisError::Held { .. })));
    living.publish().unwrap();
    assert_eq!(place.tree("out"), ["out/report.html: two", "out/run.json: two"]);
}

/// What a run leaves that is killed while it publishes: files of `place` by their path in the stage.
fn killed(place: &Place, files: &[(&str, &str)]) {
    let stage = place.path(".painpoint-killed");
    fs::create_dir_all(stage.join("new/out")).unwrap();
    for (name, content) in files.iter().chain(&[("lock", "")]) {
        let path = stage.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

const NAMES: &str = "report.html\nrun.json";

#[test]
fn what_a_user_has_comes_back_from_a_publication_that_was_killed() {
    let place = Place::new();
    place.publish("new");
    // The folders are exchanged, the old one is not yet cleared.
    let old = [("new/out/run.json", "old"), ("new/out/mine.txt", "keep"), ("replacing", NAMES)];
    killed(&place, &old);
    drop(place.written("next"));
    assert_eq!(place.stages(""), 0);
    assert_eq!(
        place.tree("out"),
        ["out/mine.txt: keep", "out/report.html: new", "out/run.json: new"]
    );
}

#[test]
fn a_folder_that_was_put_aside_by_a_killed_run_comes_back() {
    let place = Place::new();
    let aside = [("old/out/run.json", "old"), ("old/out/mine.txt", "keep"), ("replacing", NAMES)];
    killed(&place, &aside);
    fs::write(place.path(".painpoint-killed/new/out/run.json"), "new").unwrap();
    let _staging = Staging::new(&place.path("other")).unwrap();
    assert_eq!(place.tree("out"), ["out/mine.txt: keep", "out/run.json: old"]);
}

#[test]
fn files_that_were_placed_one_by_one_by_a_killed_run_go_back() {
    let place = Place::new();
    fs::create_dir_all(place.path("out/archive")).unwrap();
    fs::write(place.path("out/report.html"), "new").unwrap();
    let half = [
        ("new/out/run.json", "new"),
        ("old/out/report.html", "old"),
        ("old/out/run.json", "old"),
        ("placing", NAMES),
    ];
    killed(&place, &half);
    drop(Staging::new(&place.path("out")).unwrap());
    assert_eq!(place.tree("out"), ["out/report.html: old", "out/run.json: old"]);
    assert_eq!(place.stages(""), 0);
}

#[test]
fn notes_of_a_stage_lead_nowhere_else() {
    let place = Place::new();
    fs::create_dir(place.path("out")).unwrap();
    fs::write(place.path("victim"), "mine").unwrap();
    killed(&place, &[("new/out/run.json", "x"), ("placing", "../victim\n/etc/hosts\nrun.json")]);
    drop(Staging::new(&place.path("out")).unwrap());
    assert_eq!(fs::read_to_string(place.path("victim")).unwrap(), "mine");
}
