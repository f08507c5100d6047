//! What an administrator relies on night after night: one run a folder, dated folders.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::program::{Ended, Results, SMALL_CODEBOOK, Workplace};

const ROWS: &str = "id,comment\n\
    1,The parcel came two weeks late and nobody called.\n\
    2,Very friendly staff and a quick answer on the phone.\n\
    3,The parcel was damaged. I want my money back.\n";

/// Rows that take longer than a test has patience.
fn many_rows() -> String {
    let row =
        |n| format!("{n},The parcel number {n} came {n} days late and nobody called me back.\n");
    format!("id,comment\n{}", (0..60_000).map(row).collect::<String>())
}

/// Arguments of a run in a workplace, where its files lie under these names.
fn arguments<'a>(input: &'a str, out: &'a str, flags: &[&'a str]) -> Vec<&'a str> {
    let own = ["analyze", input, "--out", out, "--codebook", "codebook.toml", "--threads", "1"];
    own.iter().chain(flags).copied().collect()
}

/// A workplace with two inputs and a codebook.
fn workplace() -> Workplace {
    let workplace = Workplace::new();
    workplace.file("input.csv", ROWS);
    workplace.file("codebook.toml", SMALL_CODEBOOK);
    workplace
}

/// The program in a workplace, with nothing of what the tester has configured.
fn command(workplace: &Workplace, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_painpoint"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PAINPOINT_") {
            command.env_remove(name);
        }
    }
    command.args(arguments).current_dir(workplace.path("")).stdin(Stdio::null());
    command
}

fn ended(mut command: Command) -> Ended {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let ended = Ended {
        code: output.status.code().unwrap(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    };
    assert!(!ended.stderr.contains("panicked"), "{}", ended.stderr);
    ended
}

fn run(workplace: &Workplace, arguments: &[&str]) -> Ended {
    ended(command(workplace, arguments))
}

/// Waits until something holds.
#[track_caller]
fn wait_for(what: impl Fn() -> bool) {
    let start = Instant::now();
    while !what() {
        assert!(start.elapsed() < Duration::from_secs(60), "it does not come to be");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Starts a run that will not end by itself, and waits until it has its stage.
fn long_run(workplace: &Workplace, out: &str, flags: &[&str]) -> Child {
    workplace.file("long.csv", many_rows());
    let mut command = command(workplace, &arguments("long.csv", out, flags));
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let folder = workplace.path(out).parent().unwrap().to_owned();
    let has_stage = |path: PathBuf| path.join("new").is_dir();
    wait_for(|| {
        fs::read_dir(&folder).is_ok_and(|own| own.flatten().any(|own| has_stage(own.path())))
    });
    child
}

#[cfg(unix)]
fn send(signal: &str, run: &Child) {
    let sent = Command::new("kill").args([signal, &run.id().to_string()]).status();
    assert!(sent.unwrap().success());
}

fn kill(mut run: Child) {
    run.kill().unwrap();
    run.wait().unwrap();
}

#[test]
fn a_second_run_on_a_folder_ends_at_once_and_leaves_the_first_alone() {
    let workplace = workplace();
    let first = long_run(&workplace, "out", &[]);
    let start = Instant::now();
    let second = run(&workplace, &arguments("input.csv", "out", &[])).with_code(5);
    second.saying(&["another run writes to out", "--wait-lock"]);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    // By another path to the same folder, too.
    fs::create_dir(workplace.path("sub")).unwrap();
    run(&workplace, &arguments("input.csv", "sub/../out", &[])).with_code(5);
    run(&workplace, &arguments("input.csv", "other", &[])).with_code(0);
    assert!(!workplace.path("out").exists());
    kill(first);
    run(&workplace, &arguments("input.csv", "out", &["--quiet"])).with_code(0);
    let left = workplace.names().into_iter().filter(|name| name.starts_with(".painpoint"));
    assert_eq!(left.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn a_run_that_may_wait_waits_and_says_for_what_once() {
    let workplace = workplace();
    let first = long_run(&workplace, "out", &[]);
    let waiting = arguments("input.csv", "out", &["--wait-lock", "1"]);
    let start = Instant::now();
    let ended = run(&workplace, &waiting).with_code(5);
    assert!(start.elapsed() >= Duration::from_secs(1), "{:?}", start.elapsed());
    assert_eq!(ended.stderr.matches("another run writes to out; waiting").count(), 1);

    let waiting = arguments("input.csv", "out", &["--wait-lock", "60"]);
    let second =
        command(&workplace, &waiting).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    thread::sleep(Duration::from_millis(500));
    kill(first);
    let output = second.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("; waiting until it has ended\n"));
}

#[test]
fn runs_that_may_wait_all_get_their_turn_on_one_folder() {
    let workplace = workplace();
    let waiting = arguments("input.csv", "out", &["--wait-lock", "120"]);
    let runs: Vec<Child> = (0..3)
        .map(|_| {
            command(&workplace, &waiting)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for run in runs {
        assert_eq!(run.wait_with_output().unwrap().status.code(), Some(0));
    }
    assert_eq!(workplace.names(), ["codebook.toml", "input.csv", "out"]);
}

#[test]
fn five_runs_at_once_share_a_cache_and_leave_nothing_but_it() {
    let workplace = workplace();
    let outs = ["a", "b", "c", "d", "e"];
    let cached = |out| arguments("input.csv", out, &["--cache", "scores.sqlite"]);
    let runs: Vec<Child> = outs
        .iter()
        .map(|out| {
            command(&workplace, &cached(out))
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for run in runs {
        assert_eq!(run.wait_with_output().unwrap().status.code(), Some(0));
    }
    let report = |out| Results(workplace.path(out)).bytes("report.html");
    assert!(outs.iter().all(|out| report(out) == report("a")));
    let left = ["a", "b", "c", "codebook.toml", "d", "e", "input.csv", "scores.sqlite"];
    assert_eq!(workplace.names(), left);
}

#[test]
fn a_cache_that_is_in_use_is_waited_for_before_it_is_made_anew() {
    let workplace = workplace();
    let cached = ["--cache", "scores.sqlite"];
    let first = long_run(&workplace, "long", &cached);
    wait_for(|| workplace.path("scores.sqlite-shm").exists());
    let rebuild = |wait| {
        let flags = [&cached[..], &["--rebuild-cache", "--wait-lock", wait]].concat();
        arguments("input.csv", "out", &flags)
    };
    let ended = run(&workplace, &rebuild("1")).with_code(5);
    let told = "another run holds the score cache scores.sqlite";
    assert_eq!(ended.stderr.matches(&format!("{told}; waiting")).count(), 1);
    let second = command(&workplace, &rebuild("60"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    thread::sleep(Duration::from_millis(500));
    kill(first);
    assert_eq!(second.wait_with_output().unwrap().status.code(), Some(0));
    assert!(workplace.path("scores.sqlite").is_file());
    assert!(!cfg!(unix) || !workplace.path("scores.sqlite.lock").exists());
}

#[cfg(unix)]
#[test]
fn what_is_refused_leaves_no_lock_of_the_cache_behind() {
    let workplace = workplace();
    workplace.file("thesis.docx", "Chapter one. ".repeat(500));
    fs::create_dir(workplace.path("folder")).unwrap();
    let before = workplace.names();
    for (cache, told) in [
        ("thesis.docx", "no score cache"),
        ("folder", "is a folder; name a file"),
        ("missing", "there is no"),
    ] {
        let ended = run(&workplace, &["cache", "stats", cache]).with_code(2);
        ended.saying(&[cache, told]);
    }
    for cache in ["thesis.docx", "folder"] {
        for flags in [&["--cache", cache][..], &["--cache", cache, "--rebuild-cache"]] {
            if flags.len() == 2 || cache == "folder" {
                run(&workplace, &arguments("input.csv", "out", flags)).with_code(2);
            }
        }
    }
    assert_eq!(workplace.names(), before);
    let cached = arguments("input.csv", "out", &["--cache", "scores.sqlite"]);
    run(&workplace, &cached).with_code(0);
    run(&workplace, &["cache", "stats", "scores.sqlite"]).with_code(0);
    assert!(!workplace.path("scores.sqlite.lock").exists());
}

#[cfg(unix)]
#[test]
fn a_killed_run_holds_nothing_back() {
    let workplace = workplace();
    let killed = long_run(&workplace, "deep/2026-01-01", &["--cache", "scores.sqlite"]);
    send("-KILL", &killed);
    killed.wait_with_output().unwrap();
    // On another folder beside it: what the killed one left goes all the same.
    let flags = ["--cache", "scores.sqlite", "--rebuild-cache"];
    run(&workplace, &arguments("input.csv", "deep/2026-01-02", &flags)).with_code(0);
    let left = fs::read_dir(workplace.path("deep")).unwrap().flatten();
    assert_eq!(left.map(|own| own.file_name()).collect::<Vec<_>>(), ["2026-01-02"]);
    run(&workplace, &arguments("input.csv", "deep/2026-01-01", &flags)).with_code(0);
}

/// The day where the time zone is `zone`.
fn today(zone: &str) -> String {
    let zone = jiff::tz::TimeZone::posix(zone).unwrap();
    jiff::Timestamp::now().to_zoned(zone).date().to_string()
}

/// Results of a run that were written on another day.
fn earlier_results(workplace: &Workplace, folder: &str) {
    let folder = workplace.path(folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("run.json"), r#"{"painpoint": "0.1.0"}"#).unwrap();
    fs::write(folder.join("report.html"), "earlier").unwrap();
}

#[cfg(unix)]
fn leads_to(workplace: &Workplace, link: &str) -> Option<String> {
    let to = fs::read_link(workplace.path(link)).ok()?;
    Some(to.to_str().unwrap().to_owned())
}

#[test]
fn the_day_in_the_path_is_that_of_the_local_time_zone() {
    let workplace = workplace();
    // There is no hour at which it is the same day in both.
    for zone in ["AAA-13", "BBB+12"] {
        let mut command = command(&workplace, &arguments("input.csv", "r/{date}/shop", &[]));
        let before = today(zone);
        let ended = ended({
            command.env("TZ", zone);
            command
        });
        let days = [before, today(zone)];
        let path = |day: &String| format!("r/{day}/shop/report.html");
        let stdout = ended.with_code(0).stdout.replace('\\', "/");
        assert!(days.iter().any(|day| stdout == path(day) + "\n"), "{days:?}: {stdout}");
    }
    run(&workplace, &arguments("input.csv", "r/{day}", &[])).with_code(2).saying(&["{date}"]);
}

#[cfg(unix)]
#[test]
fn the_latest_folder_is_linked_once_it_is_whole() {
    let workplace = workplace();
    earlier_results(&workplace, "reports/2026-01-02");
    std::os::unix::fs::symlink("2026-01-02", workplace.path("reports/latest")).unwrap();
    run(&workplace, &arguments("missing.csv", "reports/{date}", &[])).with_code(1);
    assert_eq!(leads_to(&workplace, "reports/latest").unwrap(), "2026-01-02");
    let printed = run(&workplace, &arguments("input.csv", "reports/{date}", &[])).with_code(0);
    let printed = printed.stdout;
    let day = leads_to(&workplace, "reports/latest").unwrap();
    assert_eq!(printed, format!("reports/{day}/report.html\n"));
    assert!(workplace.path("reports/latest/report.html").is_file());
    let names = fs::read_dir(workplace.path("reports")).unwrap().count();
    assert_eq!(names, 3, "nothing but two folders and a link");
}

#[cfg(unix)]
#[test]
fn what_is_no_link_of_ours_is_not_replaced_by_one() {
    let workplace = workplace();
    fs::create_dir(workplace.path("reports")).unwrap();
    let latest = workplace.path("reports/latest");
    let refused = || {
        let ended = run(&workplace, &arguments("input.csv", "reports/{date}", &[])).with_code(2);
        ended.saying(&["reports/latest is no link", "--out"]);
        assert_eq!(fs::read_dir(workplace.path("reports")).unwrap().count(), 1);
    };
    fs::write(&latest, "mine").unwrap();
    refused();
    assert_eq!(fs::read_to_string(&latest).unwrap(), "mine");
    fs::remove_file(&latest).unwrap();
    std::os::unix::fs::symlink("../elsewhere", &latest).unwrap();
    refused();
    assert_eq!(leads_to(&workplace, "reports/latest").unwrap(), "../elsewhere");
}

#[test]
fn the_oldest_folders_go_and_nothing_else() {
    let workplace = workplace();
    for day in ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"] {
        earlier_results(&workplace, &format!("reports/{day}"));
    }
    fs::write(workplace.path("reports/2026-01-02/note.txt"), "mine").unwrap();
    fs::create_dir(workplace.path("reports/2025-12-31")).unwrap();
    fs::write(workplace.path("reports/2025-12-31/report.html"), "not of a run").unwrap();
    earlier_results(&workplace, "reports/2026-01-01-copy");
    let keep = |out, keep| arguments("input.csv", out, &["--keep", keep]);
    run(&workplace, &keep("reports/{date}", "0")).with_code(2);
    run(&workplace, &keep("reports", "2")).with_code(2).saying(&["--keep", "{date}"]);
    run(&workplace, &arguments("missing.csv", "reports/{date}", &["--keep", "1"])).with_code(1);
    assert!(workplace.path("reports/2026-01-01").exists());

    let ended = run(&workplace, &keep("reports/{date}", "2")).with_code(0);
    let slashes = ended.stderr.replace('\\', "/");
    for told in ["removed reports/2026-01-03\n", "removed reports/2026-01-01\n", "2 folders older"]
    {
        assert!(slashes.contains(told), "{slashes}");
    }
    let left = fs::read_dir(workplace.path("reports")).unwrap();
    let mut left: Vec<String> =
        left.map(|own| own.unwrap().file_name().into_string().unwrap()).collect();
    left.retain(|name| name.starts_with("2025-12") || name.starts_with("2026-01"));
    left.sort();
    assert_eq!(left, ["2025-12-31", "2026-01-01-copy", "2026-01-02", "2026-01-04"]);
    assert!(workplace.path("reports/2026-01-02/note.txt").exists());
}

#[test]
fn a_part_of_dated_folders_goes_with_what_is_empty_above_it() {
    let workplace = workplace();
    earlier_results(&workplace, "2026-01-01/shop");
    earlier_results(&workplace, "2026-01-02/shop");
    earlier_results(&workplace, "2026-01-02/app");
    let flags = ["--keep", "1", "--quiet"];
    let ended = run(&workplace, &arguments("input.csv", "{date}/shop", &flags)).with_code(0);
    assert_eq!(ended.stderr, "");
    assert!(!workplace.path("2026-01-01").exists());
    assert!(!workplace.path("2026-01-02/shop").exists());
    assert!(workplace.path("2026-01-02/app/run.json").exists());
}
