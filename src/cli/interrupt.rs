//! SIGINT (Ctrl-C) and SIGTERM: a run that is told to end takes its unfinished files with it.

use std::io;

#[cfg(unix)]
use super::log;

/// Ends the process at these signals, with 130 or 143 as shells have it, once the files of unfinished
/// runs are cleared away.
#[cfg(unix)]
pub(super) fn watch() -> io::Result<()> {
    use std::thread;

    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::exit;

    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        if let Some(signal) = signals.forever().next() {
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
pub fn watch() -> io::Result<()> {
    Ok(())
}
