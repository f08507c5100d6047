//! Hooks: commands of `painpoint.toml` that are run when a run starts and when it has ended.
//!
//! What becomes of them changes nothing about the run: one that fails, hangs or is not there is a warning.

mod process;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

#[cfg(unix)]
pub(super) use process::stop;

use super::{exit_code, log, told_once};
use crate::config::hooks::Hooks as Commands;
use crate::report::outputs::OutputFile;
use crate::visible::{visible, visible_lines};

/// Signs of an error that a hook is told: systems bound what fits into a variable.
const MOST_SIGNS: usize = 4_000;

/// What a run came to that did not fail.
pub(super) struct Done {
    /// The exit code.
    pub(super) code: u8,
    /// Why it is not 0.
    pub(super) reason: Option<String>,
}

/// The hooks of a run.
pub(super) struct Hooks {
    commands: Commands,
    /// Where its results go, if that is known.
    out: Option<PathBuf>,
}

/// What a hook is told.
#[derive(Default)]
struct Event<'a> {
    name: &'static str,
    /// Whether the results are there that it may read.
    has_results: bool,
    code: Option<u8>,
    error: Option<&'a str>,
}

impl Hooks {
    /// The hooks of a configuration file, for a run with results in `out`.
    pub(super) fn new(config: Option<&Path>, out: Option<&Path>) -> Self {
        // Hooks may change their folder.
        let out = out.map(|out| std::path::absolute(out).unwrap_or_else(|_| out.to_owned()));
        Self { commands: Commands::read(config), out }
    }

    /// The run is about to start.
    pub(super) fn start(&self) {
        let event = Event { name: "start", ..Event::default() };
        self.run("on_start", self.commands.on_start.as_deref(), &event);
    }

    /// An alert has fired in a run whose results are there, and which will end with this code.
    pub(super) fn alert(&self, code: u8) {
        let event =
            Event { name: "alert", has_results: true, code: Some(code), ..Event::default() };
        self.run("on_alert", self.commands.on_alert.as_deref(), &event);
    }

    /// The run has ended. Too many rejects are a failure, though with results; an alert is none.
    pub(super) fn ended(&self, ended: &anyhow::Result<Done>) {
        let error = ended.as_ref().err().map(told_once);
        let (code, reason) = match ended {
            Ok(done) => (done.code, done.reason.as_deref()),
            Err(error) => (exit_code(error), None),
        };
        let has_results = ended.is_ok() || code == 0;
        let error = error.as_deref().or(reason).filter(|_| code != 0);
        let mut event = Event { name: "success", has_results, code: Some(code), error };
        if error.is_none() {
            self.run("on_success", self.commands.on_success.as_deref(), &event);
        } else {
            event.name = "failure";
            self.run("on_failure", self.commands.on_failure.as_deref(), &event);
        }
    }

    fn run(&self, hook: &str, command: Option<&str>, event: &Event) {
        let Some(command) = command else { return };
        let patience = Duration::from_secs(self.commands.patience().get());
        let Err(failed) = process::run(command, &self.variables(event), patience) else { return };
        let mut told = format!("the hook {hook} {}: {}", failed.reason, visible(command));
        for line in visible_lines(&failed.output).lines() {
            told = told + "\n  | " + line;
        }
        log::warn("hook", &told);
    }

    /// What the environment of a hook says of the run. What is not known is not left from another run, either.
    fn variables(&self, event: &Event) -> [(&'static str, Option<OsString>); 9] {
        let file = |name: &str| {
            let path = self.out.as_ref().filter(|_| event.has_results)?.join(name);
            path.is_file().then(|| path.into_os_string())
        };
        let error = event.error.map(|error| {
            let signs: String = error.chars().take(MOST_SIGNS).collect();
            visible_lines(&signs).into_owned().into()
        });
        [
            ("PAINPOINT_EVENT", Some(event.name.into())),
            ("PAINPOINT_OUT", self.out.as_ref().map(|out| out.clone().into_os_string())),
            ("PAINPOINT_REPORT", file(OutputFile::Report.name())),
            ("PAINPOINT_RUN", file(OutputFile::Manifest.name())),
            ("PAINPOINT_SUMMARY", file(OutputFile::Mail.name())),
            ("PAINPOINT_ALERTS", file(OutputFile::AlertsMarkdown.name())),
            ("PAINPOINT_ALERTS_MAIL", file(OutputFile::AlertsMail.name())),
            ("PAINPOINT_EXIT_CODE", event.code.map(|code| code.to_string().into())),
            ("PAINPOINT_ERROR", error),
        ]
    }
}
