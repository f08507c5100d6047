//! Runs that are told to end, or that are killed.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::program::{SMALL_CODEBOOK, Workplace};

/// Starts a run that takes longer than a test has patience, and waits until it has a place for files, which it makes
/// when it holds its lock.
fn long_run(workplace: &Workplace) -> Child {
    let row =
        |n| format!("{n},The parcel number {n} came {n} days late and nobody called me back.\n");
    let input = workplace
        .file("input.csv", format!("id,comment\n{}", (0..60_000).map(row).collect::<String>()));
    let codebook = workplace.file("codebook.toml", SMALL_CODEBOOK);
    let mut command = Command::new(env!("CARGO_BIN_EXE_painpoint"));
    command.args(["analyze", "--threads", "1", "--out"]).arg(workplace.path("deep/out"));
    command.arg("--codebook").args([codebook, input]);
    let mut run = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let has_files = || {
        fs::read_dir(workplace.path("deep"))
            .is_ok_and(|mut deep| deep.any(|stage| stage.unwrap().path().join("new/out").is_dir()))
    };
    for _ in 0..6000 {
        if has_files() {
            return run;
        }
        thread::sleep(Duration::from_millis(10));
    }
    run.kill().unwrap();
    panic!("no files after a minute, and {}", run.wait().unwrap());
}

fn send(signal: &str, run: &Child) {
    let sent = Command::new("kill").args([signal, &run.id().to_string()]).status();
    assert!(sent.unwrap().success());
}

#[test]
fn a_run_that_is_told_to_end_does_so_at_once_and_leaves_nothing() {
    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        let workplace = Workplace::new();
        let mut run = long_run(&workplace);
        let start = Instant::now();
        send(signal, &run);
        assert_eq!(run.wait().unwrap().code(), Some(code));
        assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
        assert_eq!(workplace.names(), ["codebook.toml", "input.csv"]);
    }
}

#[test]
fn the_next_run_clears_away_what_a_killed_one_left() {
    let workplace = Workplace::new();
    let mut killed = long_run(&workplace);
    send("-KILL", &killed);
    killed.wait().unwrap();
    // Its files, and its lock, which is free.
    assert_eq!(fs::read_dir(workplace.path("deep")).unwrap().count(), 2);
    let input = workplace.file("small.csv", "id,comment\n1,The parcel came two weeks late.\n");
    let out = workplace.path("deep/other");
    let codebook = workplace.path("codebook.toml");
    let mut command = Command::new(env!("CARGO_BIN_EXE_painpoint"));
    command.arg("analyze").arg(input).arg("--codebook").arg(codebook).arg("--out").arg(out);
    assert!(command.status().unwrap().success());
    assert_eq!(fs::read_dir(workplace.path("deep")).unwrap().count(), 1);
    assert!(workplace.path("deep/other/run.json").is_file());
}
