//! Running a command line of the user's, which may fail, hang, and start others.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Time between two looks whether a command has ended.
const PAUSE: Duration = Duration::from_millis(20);

/// Of the output of a command that fails, the last bytes are told.
const MOST_OUTPUT: i64 = 4_000;

/// The command that runs just now, so that a signal can end it.
static RUNNING: Mutex<Option<Child>> = Mutex::new(None);

fn running() -> MutexGuard<'static, Option<Child>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends the command that runs, for a process that is about to end; no other is run any more.
#[cfg(unix)]
pub(in crate::cli) fn stop() {
    let mut running = running();
    if let Some(child) = running.as_mut() {
        kill(child);
    }
    std::mem::forget(running);
}

/// How a command failed.
pub(super) struct Failed {
    /// Behind its name: "failed (exit status: 1)".
    pub(super) reason: String,
    /// The end of what it said.
    pub(super) output: String,
}

/// Runs a command line in a shell, with variables that are set or, where they have no value, are not. It reads nothing,
/// and is killed with all that it has started after so long.
pub(super) fn run(
    command: &str,
    variables: &[(&'static str, Option<OsString>)],
    patience: Duration,
) -> Result<(), Failed> {
    // A file, not a pipe: what a command leaves running keeps a pipe open.
    let output = tempfile::tempfile().ok();
    let sink = || output.as_ref().and_then(|file| file.try_clone().ok());
    let sink = || sink().map_or_else(Stdio::null, Stdio::from);
    let mut shell = shell(command);
    for (name, value) in variables {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell.stdin(Stdio::null()).stdout(sink()).stderr(sink());
    let failed = |reason| Failed { reason, output: output.as_ref().map(end).unwrap_or_default() };
    match wait(shell, patience) {
        Ok(Some(status)) if status.success() => Ok(()),
        Ok(Some(status)) => Err(failed(format!("failed ({status})"))),
        Ok(None) => {
            Err(failed(format!("did not end within {} s and was killed", patience.as_secs())))
        }
        Err(error) => Err(failed(format!("could not be run ({error})"))),
    }
}

/// How a command ended; nothing if it was killed.
fn wait(mut shell: Command, patience: Duration) -> io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    let mut child = running();
    *child = Some(shell.spawn()?);
    loop {
        if let Some(own) = child.as_mut() {
            let ended = own.try_wait()?;
            let is_late = ended.is_none() && start.elapsed() >= patience;
            if is_late {
                kill(own);
                own.wait()?;
            }
            if is_late || ended.is_some() {
                *child = None;
                return Ok(ended);
            }
        }
        drop(child);
        thread::sleep(PAUSE);
        child = running();
    }
}

#[cfg(unix)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("sh");
    // A group of its own, to be killed with all that it starts.
    std::os::unix::process::CommandExt::process_group(&mut shell, 0);
    shell.arg("-c").arg(command);
    shell
}

#[cfg(windows)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("cmd");
    // As it is written: quotes mean something else to cmd than to other programs.
    std::os::windows::process::CommandExt::raw_arg(shell.arg("/C"), command);
    shell
}

#[cfg(unix)]
fn kill(child: &mut Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
}

#[cfg(windows)]
fn kill(child: &mut Child) {
    let _ = child.kill();
}

/// The end of what a command said.
fn end(mut file: &File) -> String {
    let mut bytes = Vec::new();
    let length = file.seek(SeekFrom::End(0)).unwrap_or(0);
    let back = MOST_OUTPUT.min(i64::try_from(length).unwrap_or(0));
    let _ = file.seek(SeekFrom::End(-back)).and_then(|_| file.read_to_end(&mut bytes));
    String::from_utf8_lossy(&bytes).into_owned()
}
