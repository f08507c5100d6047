//! Runs that are killed at any moment: the next one ends as if nothing had happened.
//!
//! ```sh
//! PAINPOINT_KILLS=200 cargo test --release kills
//! ```

use std::env;
use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::feedback::Feedback;
use super::program::{Results, Workplace, names};

/// Killed runs where nobody says how many.
const KILLS: u64 = 20;

/// Words of the input that nothing but the results may hold.
const SECRET: &str = "Zwetschgenkompott";

struct Night {
    workplace: Workplace,
}

impl Night {
    fn new() -> Self {
        let workplace = Workplace::new();
        let input = Feedback::of_sample("umfrage_energie.csv").thinned(40).text();
        workplace.file("input.csv", input.replacen("Rechnung", &format!("Rechnung {SECRET}"), 1));
        fs::create_dir(workplace.path("kept")).unwrap();
        Self { workplace }
    }

    /// With paths that say the same in every workplace: results tell where their rows come from.
    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_painpoint"));
        command
            .args(["analyze", "input.csv", "--out", "out", "--quiet"])
            .args(["--cache", "kept/scores.sqlite", "--history", "kept/history.sqlite"])
            .current_dir(self.workplace.path(""))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    fn run(&self) -> Results {
        assert!(self.command().status().unwrap().success());
        Results(self.workplace.path("out"))
    }

    /// Kills a run after so long.
    fn kill_after(&self, time: Duration) {
        let mut child = self.command().spawn().unwrap();
        thread::sleep(time);
        let _ = child.kill();
        child.wait().unwrap();
    }
}

#[test]
fn a_run_after_one_that_was_killed_ends_as_if_nothing_had_happened() {
    let kills = env::var("PAINPOINT_KILLS").ok().and_then(|own| own.parse().ok());
    let kills: u64 = kills.unwrap_or(KILLS);
    let undisturbed = Night::new();
    let began = Instant::now();
    let expected = undisturbed.run();
    let whole = began.elapsed();
    let there =
        [names(&undisturbed.workplace.path("kept")), names(&undisturbed.workplace.path("."))];
    for kill in 0..kills {
        let night = Night::new();
        // Spread over the whole run and a little more, in no order that would follow its stages.
        let part = (kill * 137 % kills) as f64 / kills as f64 * 1.1;
        night.kill_after(whole.mul_f64(part));
        let found = night.run();
        for name in expected.names().iter().filter(|name| *name != "run.json") {
            assert!(expected.bytes(name) == found.bytes(name), "{name}, killed after {part:.3}");
        }
        let left = [names(&night.workplace.path("kept")), names(&night.workplace.path("."))];
        assert_eq!(left, there, "killed after {part:.3}");
        for name in &left[0] {
            let bytes = fs::read(night.workplace.path("kept").join(name)).unwrap();
            let holds = bytes.windows(SECRET.len()).any(|own| own == SECRET.as_bytes());
            assert!(!holds, "{name} holds words of customers");
        }
    }
}
