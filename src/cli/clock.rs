//! The clock of the program, and the wish to stop: the system's time and signals in; what the refresh asks for out.

use crate::refresh::Clock;
use anyhow::{Context, Result};
use jiff::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A wish to stop is noticed within this time.
const SLICE: Duration = Duration::from_millis(100);

/// The system's clock.
pub(super) struct SystemClock {
    started: Instant,
    stop: Arc<AtomicBool>,
}

impl SystemClock {
    /// A clock that starts now; its pauses end early once `stop` is set.
    pub(super) fn new(stop: Arc<AtomicBool>) -> Self {
        Self { started: Instant::now(), stop }
    }

    /// Whether the program has been asked to stop.
    pub(super) fn is_stopping(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

impl Clock for SystemClock {
    fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn rest(&self, time: Duration) -> bool {
        let until = Instant::now() + time;
        while !self.is_stopping() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return true;
            }
            std::thread::sleep(left.min(SLICE));
        }
        false
    }
}

/// A flag that is set when the program is asked to stop (interrupt or termination); asked twice, it ends at once.
pub(super) fn stop_on_signals() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGTERM, signal_hook::consts::SIGINT] {
        let listening = || "could not listen to signals";
        signal_hook::flag::register_conditional_shutdown(signal, 1, Arc::clone(&stop))
            .with_context(listening)?;
        signal_hook::flag::register(signal, Arc::clone(&stop)).with_context(listening)?;
    }
    Ok(stop)
}
