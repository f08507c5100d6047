//! SIGINT (Ctrl-C), SIGTERM and SIGHUP: a run that is told to end takes its unfinished files with it.

use std::io;

#[cfg(unix)]
use super::log;

/// Ends the process at these signals, with 128 and the signal's number as shells have it, once the files of unfinished
/// runs are cleared away. Where no terminal is to be lost, as under cron or nohup, SIGHUP is passed over.
#[cfg(unix)]
pub(super) fn watch() -> io::Result<()> {
    use std::io::IsTerminal;
    use std::thread;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::exit;

    // Now, since a terminal that is gone is none.
    let has_terminal = io::stderr().is_terminal();
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        let ends = |signal: &i32| *signal != SIGHUP || has_terminal;
        if let Some(signal) = signals.forever().find(ends) {
            super::hooks::stop();
            crate::run::abandon();
            let code = 128 + signal;
            log::end("interrupted", code as u8, "interrupted");
            // At once: other threads are in the middle of their work.
            exit(code);
        }
    })?;
    Ok(())
}

/// Elsewhere the process ends, and the next run clears away what it leaves.
#[cfg(not(unix))]
pub(super) fn watch() -> io::Result<()> {
    Ok(())
}
