//! Progress: events of a refresh, or documents done, in; bars on a terminal, plain lines or nothing elsewhere, on
//! standard error out.

use super::output;
use crate::refresh::Event;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often a bar moves when nothing else moves it.
const TICK: Duration = Duration::from_millis(120);

/// Documents done, of inputs given; shown on a terminal once there are several.
pub(super) struct Documents {
    bar: ProgressBar,
    told: Mutex<Instant>,
}

/// Where there is no terminal, a long run says this often how far it is.
const TELL_EVERY: Duration = Duration::from_secs(10);

impl Documents {
    /// A bar for a run over so many inputs.
    pub(super) fn new(inputs: usize) -> Self {
        if inputs < 2 || !std::io::stderr().is_terminal() {
            return Self::with(ProgressBar::hidden());
        }
        let style = ProgressStyle::with_template("{spinner} {pos} of {len} documents {wide_bar} {elapsed}");
        let bar = ProgressBar::new(inputs as u64);
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self::with(bar)
    }

    /// A bar for a run over nobody knows how many documents.
    pub(super) fn uncounted() -> Self {
        if !std::io::stderr().is_terminal() {
            return Self::with(ProgressBar::hidden());
        }
        let style = ProgressStyle::with_template("{spinner} {pos} documents, {per_sec} {wide_msg} {elapsed}");
        let bar = ProgressBar::no_length();
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        Self::with(bar)
    }

    fn with(bar: ProgressBar) -> Self {
        Self { bar, told: Mutex::new(Instant::now()) }
    }

    /// Says how far the run is: beside the bar, or where there is none in a line now and then. Not while the bar is
    /// [`Documents::aside`].
    pub(super) fn tell(&self, how_far: &str) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.bar.is_hidden() {
            self.bar.set_message(how_far.to_owned());
        } else if told.elapsed() >= TELL_EVERY {
            *told = Instant::now();
            output::complain(how_far);
        }
    }

    /// Counts one document. A file of documents holds more than the one it was taken for.
    pub(super) fn done(&self) {
        self.bar.inc(1);
        if self.bar.length().is_some_and(|length| self.bar.position() > length) {
            self.bar.set_length(self.bar.position());
        }
    }

    /// Runs something that prints, with the bar out of its way.
    pub(super) fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }
}

impl Drop for Documents {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Shows progress.
pub(super) enum Display {
    /// A bar for each data set at work.
    Bars { all: MultiProgress, bars: Mutex<BTreeMap<String, ProgressBar>> },
    /// A line for each that begins or waits.
    Lines,
}

impl Display {
    /// Bars when standard error is a terminal.
    pub(super) fn new() -> Self {
        if std::io::stderr().is_terminal() {
            Self::Bars { all: MultiProgress::new(), bars: Mutex::default() }
        } else {
            Self::Lines
        }
    }

    /// Takes in an event.
    pub(super) fn show(&self, event: &Event<'_>) {
        match self {
            Self::Bars { all, bars } => {
                show_bar(all, &mut bars.lock().unwrap_or_else(PoisonError::into_inner), event);
            }
            Self::Lines => {
                if let Some(line) = line(event) {
                    output::complain(&line);
                }
            }
        }
    }
}

fn line(event: &Event<'_>) -> Option<String> {
    match event {
        Event::Started { id } => Some(format!("{id}: fetching")),
        Event::Waiting { id, pause, why } => {
            Some(format!("{id}: {why}; next attempt in {:.1} s", pause.as_secs_f64()))
        }
        Event::Read { .. } | Event::Finished { .. } => None,
    }
}

fn show_bar(all: &MultiProgress, bars: &mut BTreeMap<String, ProgressBar>, event: &Event<'_>) {
    match event {
        Event::Started { id } => {
            let style = ProgressStyle::with_template("{spinner} {prefix:32} {bytes:>10} {wide_msg}");
            let bar = all.add(ProgressBar::new_spinner().with_prefix((*id).to_owned()));
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
            bar.enable_steady_tick(TICK);
            bars.insert((*id).to_owned(), bar);
        }
        Event::Read { id, bytes, of } => {
            if let Some(bar) = bars.get(*id) {
                bar.set_position(*bytes);
                let percent = of.filter(|of| *of > 0).map(|of| format!("{} %", 100 * bytes / of));
                bar.set_message(percent.unwrap_or_default());
            }
        }
        Event::Waiting { id, pause, why } => {
            if let Some(bar) = bars.get(*id) {
                bar.set_message(format!("waits {:.0} s: {why}", pause.as_secs_f64()));
            }
        }
        Event::Finished { id } => {
            if let Some(bar) = bars.remove(*id) {
                bar.finish_and_clear();
                all.remove(&bar);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_tell_of_beginnings_and_pauses_only() {
        assert_eq!(line(&Event::Started { id: "a" }), Some("a: fetching".to_owned()));
        let waiting = Event::Waiting { id: "a", pause: Duration::from_millis(1500), why: "busy".to_owned() };
        assert_eq!(line(&waiting), Some("a: busy; next attempt in 1.5 s".to_owned()));
        assert_eq!(line(&Event::Read { id: "a", bytes: 1, of: None }), None);
        assert_eq!(line(&Event::Finished { id: "a" }), None);
    }
}
