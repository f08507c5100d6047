//! Waiting for what another run holds.

use std::thread;
use std::time::{Duration, Instant};

use super::{AnalysisError, Progress};

/// Time between two attempts.
const PAUSE: Duration = Duration::from_millis(200);

/// Tries until no other run holds what is needed, for so long at most. Who waits is told once.
pub(super) fn patiently<T>(
    most: Duration,
    progress: &dyn Progress,
    attempt: impl Fn() -> Result<T, AnalysisError>,
) -> Result<T, AnalysisError> {
    let start = Instant::now();
    let mut is_told = false;
    loop {
        let tried = attempt();
        let left = most.saturating_sub(start.elapsed());
        let Some(reason) = tried.as_ref().err().and_then(AnalysisError::held) else { return tried };
        if left.is_zero() {
            return tried;
        }
        if !is_told {
            progress.waiting(&reason);
        }
        is_told = true;
        thread::sleep(PAUSE.min(left));
    }
}
