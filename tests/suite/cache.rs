//! The cache of scores: what it saves, what it never changes, and what becomes of runs when it fails.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use super::feedback::Feedback;
use super::program::{Ended, Results, Workplace, painpoint, painpoint_in};

const ROWS: &str = "id,comment\n\
    1,The parcel came two weeks late and nobody called.\n\
    2,Very friendly staff and a quick answer on the phone.\n\
    3,The parcel was damaged. I want my money back.\n";

/// A survey that has pain points.
fn survey(rows: usize) -> String {
    Feedback::of_sample("umfrage_energie.csv").thinned(rows).text()
}

fn analyze(input: &Path, out: &Path, flags: &[&OsStr]) -> Ended {
    let own = ["analyze".as_ref(), input.as_os_str(), "--out".as_ref(), out.as_os_str()];
    painpoint(own.into_iter().chain(flags.iter().copied()))
}

/// What `run.json` says of the cache.
fn count(results: &Results, name: &str) -> u64 {
    results.manifest()["cache"][name].as_u64().unwrap()
}

#[track_caller]
fn assert_same(one: &Results, other: &Results) {
    assert_eq!(one.names(), other.names());
    for name in one.names().iter().filter(|name| *name != "run.json") {
        assert!(one.bytes(name) == other.bytes(name), "{name}");
    }
    let [one, other] = [one, other].map(|results| {
        let mut manifest = results.manifest();
        let manifest = manifest.as_object_mut().unwrap();
        manifest.remove("seconds");
        manifest.remove("cache");
        manifest.clone()
    });
    assert_eq!(one, other);
}

#[test]
fn runs_with_a_cache_and_without_give_the_same_bytes() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", survey(120));
    let cache = workplace.path("deep/scores.sqlite");
    let with = ["--cache".as_ref(), cache.as_os_str()];
    let run = |out: &str, flags: &[&OsStr]| {
        let out = workplace.path(out);
        let said = analyze(&input, &out, flags).with_code(0).stderr;
        (Results(out), said)
    };
    let (without, said) = run("without", &[]);
    assert!(!said.contains("from the cache") && without.manifest().get("cache").is_none());
    let (first, _) = run("first", &with);
    let (second, said) = run("second", &with);
    assert_same(&without, &first);
    assert_same(&without, &second);
    assert!(count(&first, "scored") > 200 && count(&first, "written") > 200);
    assert_eq!((count(&second, "scored"), count(&second, "written")), (0, 0));
    assert!(said.contains("0 texts scored, "), "{said}");
    let (refused, _) = run("refused", &["--no-cache".as_ref()]);
    assert_same(&without, &refused);

    // The next night: three rows more, and only they are scored.
    let more = survey(120)
        + &Feedback::of_sample("umfrage_energie.csv").rows[1..4]
            .concat()
            .replace("Techniker", "Monteur");
    let input = workplace.file("input.csv", more);
    let night = |out: &str, flags: &[&OsStr]| {
        let out = workplace.path(out);
        analyze(&input, &out, flags).with_code(0);
        Results(out)
    };
    let (cached, anew) = (night("cached", &with), night("anew", &[]));
    assert_same(&anew, &cached);
    assert!(count(&cached, "scored") * 4 < count(&cached, "found"), "{:?}", cached.manifest());

    let stats = painpoint(["cache".as_ref(), "stats".as_ref(), cache.as_os_str()]).with_code(0);
    assert!(stats.stdout.contains("packed int8, last used 20"), "{}", stats.stdout);
}

#[test]
fn another_precision_has_scores_of_its_own_in_the_cache() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    let cache = workplace.path("scores.sqlite");
    let cache = cache.to_str().unwrap();
    for (precision, found) in [("int8", false), ("f32", false), ("f32", true), ("int8", true)] {
        workplace.analyze(&input, &["--cache", cache, "--precision", precision]).with_code(0);
        assert_eq!(count(&workplace.results(), "scored") == 0, found, "{precision}");
    }
}

#[test]
fn two_runs_at_once_share_a_cache() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", survey(60));
    let cache = workplace.path("scores.sqlite");
    let flags = ["--cache".as_ref(), cache.as_os_str()];
    let outs = ["a", "b", "c"].map(|name| workplace.path(name));
    thread::scope(|scope| {
        for out in &outs {
            scope.spawn(|| analyze(&input, out, &flags).with_code(0));
        }
    });
    let alone = workplace.path("alone");
    analyze(&input, &alone, &[]).with_code(0);
    let alone = Results(alone);
    for out in outs {
        let results = Results(out);
        assert_same(&alone, &results);
        assert_eq!(results.manifest()["cache"].get("warnings"), None);
    }
    let last = workplace.path("last");
    analyze(&input, &last, &flags).with_code(0);
    assert_eq!(count(&Results(last), "scored"), 0);
}

/// Starts a run with a cache that takes longer than it will be left.
fn long_run(workplace: &Workplace, input: &Path, cache: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_painpoint"));
    command.arg("analyze").arg(input).arg("--cache").arg(cache);
    command.args(["--threads", "1", "--out"]).arg(workplace.path("killed"));
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn a_killed_run_leaves_a_cache_that_the_next_one_uses() {
    let workplace = Workplace::new();
    let rows = |n: usize| {
        let row = |n: usize| format!("{n},Order {n}: the parcel came {n} days late.\n");
        format!("id,comment\n{}", (0..n).map(row).collect::<String>())
    };
    let cache = workplace.path("scores.sqlite");
    let wal = workplace.path("scores.sqlite-wal");
    let mut run = long_run(&workplace, &workplace.file("long.csv", rows(60_000)), &cache);
    let has_written = || fs::metadata(&wal).is_ok_and(|facts| facts.len() > 1 << 20);
    for _ in 0..6_000 {
        if has_written() {
            break;
        }
        thread::sleep(Duration::from_millis(10));
    }
    assert!(has_written() && run.try_wait().unwrap().is_none());
    run.kill().unwrap();
    run.wait().unwrap();
    holds_no_words(&workplace, &rows(60_000));

    let input = workplace.file("short.csv", rows(60));
    let (with, without) = (workplace.path("with"), workplace.path("without"));
    analyze(&input, &with, &["--cache".as_ref(), cache.as_os_str()]).with_code(0);
    analyze(&input, &without, &[]).with_code(0);
    let with = Results(with);
    assert_same(&Results(without), &with);
    assert_eq!(with.manifest()["cache"].get("warnings"), None);
    assert!(count(&with, "found") > 50, "{:?}", with.manifest());
}

/// Checks that no word of a text stands in any file of the cache.
#[track_caller]
fn holds_no_words(workplace: &Workplace, text: &str) {
    let words: BTreeSet<&str> =
        text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 5).collect();
    assert!(!words.is_empty());
    let files = workplace.names().into_iter().filter(|name| name.starts_with("scores.sqlite"));
    let mut bytes = 0;
    for name in files {
        let file = fs::read(workplace.path(&name)).unwrap();
        bytes += file.len();
        for word in &words {
            let finder = memchr::memmem::Finder::new(word.as_bytes());
            assert!(finder.find(&file).is_none(), "{word:?} is in {name}");
        }
    }
    assert!(bytes > 100_000, "{bytes}");
}

#[test]
fn no_word_of_a_customer_is_in_the_cache() {
    let workplace = Workplace::new();
    let text = survey(60);
    let input = workplace.file("input.csv", &text);
    let cache = workplace.path("scores.sqlite");
    let out = workplace.path("out");
    analyze(&input, &out, &["--cache".as_ref(), cache.as_os_str()]).with_code(0);
    holds_no_words(&workplace, &text);
}

#[test]
fn what_is_no_cache_is_refused_and_set_aside_when_told() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    let thesis = workplace.file("thesis.docx", "Chapter one. ".repeat(500));
    let flag = thesis.to_str().unwrap();
    let refused = workplace.refuses(&input, &["--cache", flag]).with_code(2);
    refused.saying(&["thesis.docx", "no score cache", "--rebuild-cache"]);
    assert_eq!(fs::read_to_string(&thesis).unwrap(), "Chapter one. ".repeat(500));
    let ended = workplace.analyze(&input, &["--cache", flag, "--rebuild-cache"]).with_code(0);
    ended.saying(&["warning: ", "thesis.docx.set-aside-1"]);
    let aside = workplace.path("thesis.docx.set-aside-1");
    assert_eq!(fs::read_to_string(aside).unwrap(), "Chapter one. ".repeat(500));
}

#[test]
fn a_damaged_cache_is_refused_and_made_anew_when_told() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    let cache = workplace.path("scores.sqlite");
    let flag = cache.to_str().unwrap();
    workplace.analyze(&input, &["--cache", flag]).with_code(0);
    let before = workplace.results();
    let before = before.names().iter().map(|name| before.bytes(name)).collect::<Vec<_>>();
    let half = fs::metadata(&cache).unwrap().len() / 2;
    fs::File::options().write(true).open(&cache).unwrap().set_len(half).unwrap();
    let ended = workplace.analyze(&input, &["--cache", flag]).with_code(2);
    ended.saying(&["scores.sqlite", "damaged", "--rebuild-cache"]);
    // Whatever was in the folder is still there.
    let after = workplace.results();
    assert!(before == after.names().iter().map(|name| after.bytes(name)).collect::<Vec<_>>());
    let stats = painpoint(["cache", "stats", flag]).with_code(2);
    stats.saying(&["damaged"]);
    for (flags, scored) in [(&["--rebuild-cache"][..], true), (&[], false)] {
        let flags: Vec<&str> = ["--cache", flag].iter().chain(flags).copied().collect();
        workplace.analyze(&input, &flags).with_code(0);
        assert_eq!(count(&workplace.results(), "scored") > 0, scored);
    }
}

/// A run of somebody who may not write to the cache, nor where it lies.
#[cfg(unix)]
#[test]
fn a_cache_that_can_only_be_read_is_read_and_told() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65_534;
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    let more = workplace.file("more.csv", format!("{ROWS}4,The hotline was never free.\n"));
    let (codebook, folder) = (workplace.path("small-codebook.toml"), workplace.path("shared"));
    fs::create_dir(&folder).unwrap();
    let cache = folder.join("scores.sqlite");
    workplace.analyze(&input, &["--cache", cache.to_str().unwrap()]).with_code(0);
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode));
    mode(&cache, 0o444).unwrap();
    mode(&folder, 0o555).unwrap();
    mode(&workplace.path(""), 0o755).unwrap();
    let results = workplace.path("results");
    fs::create_dir(&results).unwrap();
    mode(&results, 0o777).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_painpoint"));
    command.arg("analyze").arg(more).arg("--cache").arg(&cache).arg("--codebook").arg(codebook);
    command.arg("--out").arg(results.join("out"));
    // Root may write everywhere.
    if fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0) {
        command.uid(NOBODY);
    }
    let ended = match command.output() {
        Ok(ended) => ended,
        // Nobody may not run what lies in the home of root.
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => return,
        Err(error) => panic!("{error}"),
    };
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(ended.status.success(), "{said}");
    assert!(said.contains(" from the cache") && !said.contains(" 0 from the cache"), "{said}");
    assert!(said.contains("can only be read"), "{said}");
    mode(&folder, 0o755).unwrap();
}

#[test]
fn the_configuration_asks_for_the_cache_of_the_user() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    let codebook = workplace.file("codebook.toml", super::program::SMALL_CODEBOOK);
    let config = workplace.file("painpoint.toml", "cache = true\ncache_size = 64\n");
    let folder = workplace.path("caches");
    let variables = [("XDG_CACHE_HOME", folder.to_str().unwrap())];
    let out = workplace.path("out");
    let run = |flags: &[&str]| {
        let own: [&OsStr; 8] = [
            "analyze".as_ref(),
            input.as_os_str(),
            "--codebook".as_ref(),
            codebook.as_os_str(),
            "--config".as_ref(),
            config.as_os_str(),
            "--out".as_ref(),
            out.as_os_str(),
        ];
        let flags = flags.iter().map(OsStr::new);
        painpoint_in(&variables, own.into_iter().chain(flags)).with_code(0)
    };
    run(&["--no-cache"]);
    assert!(!folder.exists());
    run(&[]);
    let cache = folder.join("painpoint/scores.sqlite");
    assert!(cache.is_file());
    let of_config = ["--config".as_ref(), config.as_os_str()];
    let said = |arguments: &[&str]| {
        let own = arguments.iter().map(OsStr::new).chain(of_config);
        painpoint_in(&variables, own).with_code(0).stdout
    };
    let stats = said(&["cache", "stats"]);
    assert!(stats.contains(cache.to_str().unwrap()) && stats.contains("\nscores   "), "{stats}");
    let shown = said(&["config"]);
    assert!(shown.contains("\ncache = true  # ") && shown.contains("\ncache_size = 64  # "));
    let pruned = said(&["cache", "prune", "--unused-for", "1"]);
    assert!(pruned.contains(": 0 scores dropped, "), "{pruned}");
    let cleared = said(&["cache", "clear"]);
    assert!(!cleared.contains(": 0 scores dropped, "), "{cleared}");
    assert!(said(&["cache", "stats"]).contains("\nscores   0\n"));
}

#[test]
fn what_cannot_be_asked_of_a_cache_is_told() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    let within = workplace.path("out").join("scores.sqlite");
    let within = within.to_str().unwrap().to_owned();
    workplace.refuses(&input, &["--rebuild-cache"]).with_code(2).saying(&["--cache"]);
    workplace.refuses(&input, &["--cache", &within]).with_code(2).saying(&["output folder"]);
    let small = workplace.refuses(&input, &["--cache-size", "3"]);
    small.with_code(2).saying(&["16"]);
    let missing = workplace.path("missing.sqlite");
    for command in [&["stats"][..], &["clear"], &["prune", "--size", "100"]] {
        let arguments = ["cache"].iter().chain(command).map(OsStr::new);
        let ended = painpoint(arguments.chain([missing.as_os_str()])).with_code(2);
        ended.saying(&["missing.sqlite", "there is no score cache"]);
    }
    let nothing: [PathBuf; 3] = ["cache".into(), "prune".into(), missing];
    painpoint(nothing).with_code(2).saying(&["--unused-for"]);
}
