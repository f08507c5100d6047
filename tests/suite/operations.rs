//! What an administrator relies on night after night: one run a folder, hooks, dated folders, signals.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::program::{Ended, Results, SMALL_CODEBOOK, Workplace, painpoint};

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

/// Runs all of these at once, and waits until each has succeeded.
fn at_once(workplace: &Workplace, runs: &[&Vec<&str>]) {
    let quietly = |arguments: &&Vec<&str>| {
        let mut command = command(workplace, arguments);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let runs: Vec<Child> = runs.iter().map(quietly).collect();
    for run in runs {
        assert_eq!(run.wait_with_output().unwrap().status.code(), Some(0));
    }
}

#[test]
fn runs_that_may_wait_all_get_their_turn_on_one_folder() {
    let workplace = workplace();
    let waiting = arguments("input.csv", "out", &["--wait-lock", "120"]);
    at_once(&workplace, &[&waiting, &waiting, &waiting]);
    assert_eq!(workplace.names(), ["codebook.toml", "input.csv", "out"]);
}

#[test]
fn five_runs_at_once_share_a_cache_and_leave_nothing_but_it() {
    let workplace = workplace();
    let outs = ["a", "b", "c", "d", "e"];
    let cached = outs.map(|out| arguments("input.csv", out, &["--cache", "scores.sqlite"]));
    at_once(&workplace, &cached.each_ref());
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

#[cfg(unix)]
#[test]
fn a_hangup_ends_no_run_that_has_no_terminal() {
    let workplace = workplace();
    workplace.file("painpoint.toml", "[hooks]\non_start = 'touch begun; sleep 1'\n");
    let own = arguments("input.csv", "out", &["--config", "painpoint.toml"]);
    let mut command = command(&workplace, &own);
    let run = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    wait_for(|| workplace.path("begun").exists());
    send("-HUP", &run);
    assert_eq!(run.wait_with_output().unwrap().status.code(), Some(0));
    assert!(workplace.path("out/report.html").is_file());
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

/// Hooks that note what they are told, and a configuration with them and more of its table.
#[cfg(unix)]
fn hooks(workplace: &Workplace, more: &str) {
    let note = "env | grep ^PAINPOINT_ | sort > told-$PAINPOINT_EVENT";
    let events = ["on_start", "on_alert", "on_failure", "on_success"];
    let lines: String = events
        .iter()
        .filter(|event| !more.contains(*event))
        .map(|event| format!("{event} = '{note}'\n"))
        .collect();
    workplace.file("painpoint.toml", format!("[hooks]\n{lines}{more}"));
}

/// What a hook was told, if it was run.
#[cfg(unix)]
fn told(workplace: &Workplace, event: &str) -> Option<String> {
    let path = workplace.path(&format!("told-{event}"));
    let told = fs::read_to_string(&path).ok();
    let _ = fs::remove_file(path);
    let folder = workplace.path("").canonicalize().unwrap();
    told.map(|told| told.replace(&format!("{}/", folder.display()), ""))
}

#[cfg(unix)]
fn hooked(workplace: &Workplace, input: &str, flags: &[&str]) -> Ended {
    let flags = [&["--config", "painpoint.toml"], flags].concat();
    run(workplace, &arguments(input, "out", &flags))
}

#[cfg(unix)]
#[test]
fn hooks_are_run_at_the_start_and_after_success_and_told_where_results_lie() {
    let workplace = workplace();
    hooks(&workplace, "");
    hooked(&workplace, "input.csv", &[]).with_code(0);
    assert_eq!(told(&workplace, "start").unwrap(), "PAINPOINT_EVENT=start\nPAINPOINT_OUT=out\n");
    assert_eq!(
        told(&workplace, "success").unwrap(),
        "PAINPOINT_ALERTS=out/alerts.md\nPAINPOINT_ALERTS_MAIL=out/alerts.eml\n\
         PAINPOINT_EVENT=success\nPAINPOINT_EXIT_CODE=0\nPAINPOINT_OUT=out\n\
         PAINPOINT_REPORT=out/report.html\nPAINPOINT_RUN=out/run.json\n\
         PAINPOINT_SUMMARY=out/summary.eml\n"
    );
    assert_eq!((told(&workplace, "failure"), told(&workplace, "alert")), (None, None));
}

#[cfg(unix)]
#[test]
fn a_failure_is_told_to_its_hook_whatever_it_is() {
    let workplace = workplace();
    hooks(&workplace, "");
    let failure = |code: i32, error: &str, has_results| {
        let told = told(&workplace, "failure").unwrap();
        assert!(told.contains(&format!("PAINPOINT_EXIT_CODE={code}\n")), "{told}");
        let line = told.lines().find(|line| line.starts_with("PAINPOINT_ERROR=")).unwrap();
        assert!(line.contains(error), "{told}");
        assert_eq!(told.contains("PAINPOINT_RUN="), has_results, "{told}");
    };
    hooked(&workplace, "missing.csv", &[]).with_code(1);
    failure(1, "missing.csv", false);
    hooked(&workplace, "input.csv", &["--text-column", "remark"]).with_code(2);
    failure(2, "remark", false);
    workplace.file("rejected.csv", format!("{ROWS}4\n5\n"));
    hooked(&workplace, "rejected.csv", &["--max-rejects", "1"]).with_code(4);
    failure(4, "2 rows were rejected", true);
    // Last night's results are none of this run.
    hooked(&workplace, "missing.csv", &[]).with_code(1);
    failure(1, "missing.csv", false);
    let holder = long_run(&workplace, "out", &[]);
    hooked(&workplace, "input.csv", &[]).with_code(5);
    failure(5, "another run writes to out", false);
    kill(holder);
    assert_eq!(told(&workplace, "success"), None);

    hooks(&workplace, "[columns]\ntext = 3\n");
    told(&workplace, "start");
    hooked(&workplace, "input.csv", &[]).with_code(2);
    failure(2, "painpoint.toml", false);
    assert_eq!(told(&workplace, "start"), None);
}

#[cfg(unix)]
#[test]
fn a_hook_that_fails_is_a_warning_with_its_output_and_changes_nothing_else() {
    let workplace = workplace();
    for (command, parts) in [
        (
            "echo to one; echo to the other >&2; exit 3",
            &["exit status: 3", "  | to one\n", "  | to the other\n"][..],
        ),
        ("no-such-program-here", &["exit status: 127", "not found"]),
        ("printf \"\\033[2Jclear\"; kill -9 $$", &["SIGKILL", "clear"]),
    ] {
        hooks(&workplace, &format!("on_success = '{command}'\non_start = '{command}'\n"));
        let ended = hooked(&workplace, "input.csv", &["--quiet"]).with_code(0);
        for hook in ["on_start", "on_success"] {
            assert!(ended.stderr.contains(&format!("warning: the hook {hook} failed (")));
        }
        assert!(!ended.stderr.contains('\u{1b}'), "{}", ended.stderr);
        ended.saying(parts);
        assert!(workplace.path("out/run.json").is_file());
    }
    hooks(&workplace, "on_failure = 'exit 9'\n");
    hooked(&workplace, "missing.csv", &[]).with_code(1).saying(&["the hook on_failure failed"]);
    hooks(&workplace, "on_success = 'echo fine'\n");
    assert_eq!(hooked(&workplace, "input.csv", &["--quiet"]).with_code(0).stderr, "");
}

#[cfg(unix)]
#[test]
fn a_hook_that_hangs_is_killed_with_all_that_it_started() {
    let workplace = workplace();
    let hanging = "on_success = 'echo waiting; (sleep 300; touch woken) & echo $! > sleeper; sleep 300'\ntimeout = 1\n";
    hooks(&workplace, hanging);
    let ended = hooked(&workplace, "input.csv", &[]).with_code(0);
    ended.saying(&["the hook on_success did not end within 1 s and was killed", "  | waiting\n"]);
    let sleeper = fs::read_to_string(workplace.path("sleeper")).unwrap();
    wait_for(|| {
        let alive = Command::new("ps").args(["-o", "stat=", "-p", sleeper.trim()]).output();
        let alive = String::from_utf8(alive.unwrap().stdout).unwrap();
        alive.is_empty() || alive.starts_with('Z')
    });
}

#[cfg(unix)]
#[test]
fn what_a_hook_leaves_running_keeps_no_run_waiting() {
    let workplace = workplace();
    hooks(&workplace, "on_success = 'sleep 30 & echo done'\n");
    let start = Instant::now();
    let ended = hooked(&workplace, "input.csv", &[]).with_code(0);
    assert!(start.elapsed() < Duration::from_secs(25), "{}", ended.stderr);
}

#[cfg(unix)]
#[test]
fn no_hook_is_run_after_an_interruption_and_one_that_runs_is_ended() {
    let workplace = workplace();
    hooks(&workplace, "");
    let config = ["--config", "painpoint.toml"];
    let interrupted = long_run(&workplace, "deep/out", &config);
    send("-TERM", &interrupted);
    assert_eq!(interrupted.wait_with_output().unwrap().status.code(), Some(143));
    assert!(told(&workplace, "start").is_some() && told(&workplace, "failure").is_none());

    hooks(&workplace, "on_start = 'touch begun; sleep 5; touch woken'\n");
    let mut command = command(&workplace, &arguments("input.csv", "out", &config));
    let run = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    wait_for(|| workplace.path("begun").exists());
    send("-INT", &run);
    assert_eq!(run.wait_with_output().unwrap().status.code(), Some(130));
    thread::sleep(Duration::from_secs(6));
    assert!(!workplace.path("woken").exists() && !workplace.path("out").exists());
}

#[test]
fn hooks_stand_in_the_file_alone_and_are_shown() {
    let workplace = Workplace::new();
    let config = workplace.file("painpoint.toml", "[hooks]\non_failure = \"tell me\"\n");
    let shown = |variables: &[(&str, &str)]| {
        let arguments = ["config".as_ref(), "--config".as_ref(), config.as_os_str()];
        super::program::painpoint_in(variables, arguments).with_code(0).stdout
    };
    let own = shown(&[]);
    assert!(own.contains("\non_failure = \"tell me\"  # ") && own.contains("painpoint.toml:2:14"));
    assert!(own.contains("\n# on_success\n") && own.contains("\ntimeout = 60  # default\n"));
    let named = shown(&[("PAINPOINT_HOOKS_ON_START", "x"), ("PAINPOINT_ON_START", "x")]);
    assert!(named.contains("\n# on_start\n"), "{named}");
    assert!(named.contains("# PAINPOINT_ON_START is in the environment"), "{named}");
    painpoint(["analyze", "x.csv", "--on-start", "x"]).with_code(2);
    for (wrong, place) in [("on_sucess = \"x\"", ":2:1: "), ("timeout = 0", ":2:11: ")] {
        workplace.file("painpoint.toml", format!("[hooks]\n{wrong}\n"));
        let arguments = ["config".as_ref(), "--config".as_ref(), config.as_os_str()];
        painpoint(arguments).with_code(2).saying(&[&format!("painpoint.toml{place}")]);
    }
}

/// Runs a command line of a shell, in which `$P` is the program with its arguments.
#[cfg(unix)]
fn in_shell(workplace: &Workplace, line: &str, arguments: &[&str]) -> Ended {
    let mut own = command(workplace, &[]);
    let program = format!("{} {}", own.get_program().to_str().unwrap(), arguments.join(" "));
    let mut shell = Command::new("sh");
    shell.args(["-c", line]).env("P", program).current_dir(workplace.path(""));
    own = shell;
    ended(own)
}

#[cfg(unix)]
#[test]
fn a_run_needs_neither_standard_input_nor_output() {
    let workplace = workplace();
    let own = arguments("input.csv", "out", &[]);
    for line in [
        "$P <&- >&-",
        "$P <&- >&- 2>&-",
        "{ $P; echo $? >code; } | true; exit $(cat code)",
        "{ $P 2>&1; echo $? >code; } | true; exit $(cat code)",
        "$P 2>/dev/full",
    ] {
        if line.contains("/dev/full") && !Path::new("/dev/full").exists() {
            continue;
        }
        let ended = in_shell(&workplace, line, &own);
        assert_eq!(ended.code, 0, "{line}: {}", ended.stderr);
        assert!(workplace.path("out/run.json").is_file(), "{line}");
        fs::remove_dir_all(workplace.path("out")).unwrap();
    }
    // Nothing to read from is no feedback.
    let fed = arguments("-", "out", &[]);
    assert_ne!(in_shell(&workplace, "$P <&-", &fed).code, 0);
    assert!(!workplace.path("out").exists());
}

#[cfg(unix)]
#[test]
fn temporary_files_that_have_no_place_end_the_run_with_a_remedy() {
    let workplace = workplace();
    let own = arguments("input.csv", "out", &[]);
    let ended = in_shell(&workplace, "TMPDIR=/nowhere exec $P", &own).with_code(1);
    ended.saying(&["cannot use the temporary directory", "TMPDIR"]);
    assert_eq!(workplace.names(), ["codebook.toml", "input.csv"]);

    // No file may grow beyond 8 kB, as on a full disk.
    let ended = in_shell(&workplace, "trap '' XFSZ; ulimit -f 16; exec $P", &own).with_code(1);
    assert!(ended.stderr.contains("error: cannot "), "{}", ended.stderr);
    assert_eq!(workplace.names(), ["codebook.toml", "input.csv"]);
}

/// Whoever runs the tests as root is nobody here, whom permissions bind.
#[cfg(unix)]
#[test]
fn a_folder_that_can_only_be_read_is_named_and_one_beside_which_nothing_can_be_written_does() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65_534;
    let workplace = workplace();
    let mode = |name: &str, mode| {
        fs::set_permissions(workplace.path(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    for folder in ["readable", "place", "place/out"] {
        fs::create_dir(workplace.path(folder)).unwrap();
    }
    mode("", 0o755);
    mode("place/out", 0o777);
    mode("place", 0o555);
    mode("readable", 0o555);
    let start = |out| {
        let mut command = command(&workplace, &arguments("input.csv", out, &[]));
        if fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0) {
            command.uid(NOBODY);
        }
        match command.output() {
            Ok(output) => Some(output),
            // Nobody may not run what lies in the home of root.
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => None,
            Err(error) => panic!("{error}"),
        }
    };
    let Some(refused) = start("readable") else { return };
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(1), "{said}");
    assert!(said.contains("cannot write readable") && said.contains("--out"), "{said}");
    let written = start("place/out").unwrap();
    let said = String::from_utf8_lossy(&written.stderr).into_owned();
    assert_eq!(written.status.code(), Some(0), "{said}");
    assert!(workplace.path("place/out/run.json").is_file());
    let left = fs::read_dir(workplace.path("place/out")).unwrap().flatten();
    let left = left.filter(|own| own.file_name().to_string_lossy().starts_with(".painpoint"));
    assert_eq!(left.count(), 0);
    mode("place", 0o755);
    mode("readable", 0o755);
}
