//! `benchclaim data watch`: a schedule in; a refresh whenever it is due, structured lines and a health file, out.
//!
//! Runs until it is asked to stop. One line of JSON on standard error for whatever happens; standard output is silent.

use super::clock::{self, SystemClock};
use super::update_args::{UpdateArguments, WatchArguments};
use super::{Ending, output, place, update};
use crate::refresh::{Clock, Event, Health, PRIVATE, Schedule, Updated};
use anyhow::{Context, Result};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::Duration;

pub(super) fn run(arguments: &WatchArguments, datasets: Option<&Path>) -> Result<Ending> {
    let schedule = match (&arguments.every, &arguments.cron) {
        (_, Some(expression)) => Schedule::cron(expression, TimeZone::system())?,
        (every, None) => Schedule::every(every.as_deref().unwrap_or("6h"))?,
    };
    let clock = SystemClock::new(clock::stop_on_signals()?);
    let mut service = Service::new(arguments, datasets, clock)?;
    let result = service.serve(&schedule);
    service.report("stopped", None)?;
    service.say("stopped", json!({}));
    result.map(|()| Ending::Clean)
}

/// A service at work.
struct Service<'s> {
    update: &'s UpdateArguments,
    datasets: Option<&'s Path>,
    longest_jitter: Duration,
    clock: SystemClock,
    random: fastrand::Rng,
    health_file: PathBuf,
    health: Health,
}

impl<'s> Service<'s> {
    fn new(arguments: &'s WatchArguments, datasets: Option<&'s Path>, clock: SystemClock) -> Result<Self> {
        let (_, folder) = place::target(arguments.update.dir.as_deref().or(datasets))?;
        let health_file =
            arguments.health.clone().unwrap_or_else(|| folder.join(PRIVATE).join("health.json"));
        if let Some(parent) = health_file.parent() {
            std::fs::create_dir_all(parent)
                .with_context(|| format!("could not make the folder {}", parent.display()))?;
        }
        let jitter: SignedDuration =
            arguments.jitter.parse().context("--jitter is not a length of time such as 5m")?;
        let health = Health {
            status: "starting".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            pid: std::process::id(),
            since: clock.now(),
            at: clock.now(),
            last: None,
            last_outcome: None,
            failures_in_a_row: 0,
            next: None,
        };
        Ok(Self {
            update: &arguments.update,
            datasets,
            longest_jitter: Duration::try_from(jitter).unwrap_or_default(),
            random: fastrand::Rng::with_seed(
                clock.now().as_nanosecond() as u64 ^ u64::from(std::process::id()),
            ),
            clock,
            health_file,
            health,
        })
    }

    fn serve(&mut self, schedule: &Schedule) -> Result<()> {
        while !self.clock.is_stopping() {
            let now = self.clock.now();
            let mut next = schedule.next(self.health.last, now)?;
            if next > now {
                // Many services wait for the same full hour; the sources should not see them all at once.
                let jitter = self.longest_jitter.mul_f64(self.random.f64());
                next = next.saturating_add(SignedDuration::try_from(jitter)?)?;
            }
            self.report("waiting", Some(next))?;
            self.say("waiting", json!({ "next": next }));
            let pause = Duration::try_from(next.duration_since(self.clock.now())).unwrap_or_default();
            if self.clock.rest(pause) {
                self.refresh()?;
            }
        }
        Ok(())
    }

    fn refresh(&mut self) -> Result<()> {
        self.report("refreshing", None)?;
        self.say("refreshing", json!({}));
        let outcome = match self.refresh_and_tell() {
            Ok(updated) if updated.iter().any(Updated::is_kept_back) => "kept back",
            Ok(_) => "ok",
            // A store that another program holds, a full disk: the next turn may find it better.
            Err(error) => {
                self.say("failed", json!({ "error": format!("{error:#}") }));
                "failed"
            }
        };
        self.health.last = Some(self.clock.now());
        self.health.failures_in_a_row = if outcome == "ok" { 0 } else { self.health.failures_in_a_row + 1 };
        self.health.last_outcome = Some(outcome.to_owned());
        self.say("refreshed", json!({ "outcome": outcome }));
        Ok(())
    }

    fn refresh_and_tell(&self) -> Result<Vec<Updated>> {
        let progress = |event: Event<'_>| {
            if let Event::Waiting { id, pause, why } = event {
                self.say(
                    "retrying",
                    json!({ "dataset": id, "pause_seconds": pause.as_secs_f64(), "error": why }),
                );
            }
        };
        let updated = update::update(self.update, self.datasets, &self.clock, &progress)?;
        for data_set in &updated {
            output::complain(data_set.log_line(self.clock.now()).trim_end());
        }
        let flips = update::flips(self.update, self.datasets, &updated)?;
        for flip in &flips.flips {
            let (was, is) = (flip.was.name(), flip.is.name());
            let told = json!({ "report": flip.report, "document": flip.document, "quote": flip.quote, "moment": flip.moment, "was": was, "is": is });
            self.say("flipped", told);
        }
        Ok(updated)
    }

    fn report(&mut self, status: &str, next: Option<Timestamp>) -> Result<()> {
        status.clone_into(&mut self.health.status);
        (self.health.at, self.health.next) = (self.clock.now(), next);
        Ok(self.health.write(&self.health_file)?)
    }

    /// One line of JSON on standard error.
    fn say(&self, event: &str, fields: Value) {
        let mut line = json!({ "at": self.clock.now(), "event": event });
        if let (Value::Object(line), Value::Object(fields)) = (&mut line, fields) {
            line.extend(fields);
        }
        output::complain(&line.to_string());
    }
}
