//! Schedules: "6h" or a cron expression in; the next moment to refresh, spread by jitter, out. The clock is passed in.

use crate::error::{Error, Result};
use croner::Cron;
use croner::parser::CronParser;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, SpanRelativeTo, Timestamp, Zoned};
use serde::{Deserialize, Serialize};

/// Sources change by the day at most: asking more often than this is no service to anybody.
const SHORTEST_INTERVAL: SignedDuration = SignedDuration::from_mins(1);

/// When to refresh.
#[derive(Debug, Clone)]
pub enum Schedule {
    /// At once, and then after this long, again and again.
    Every(SignedDuration),
    /// Whenever the expression matches, in the time zone given.
    Cron(Box<Cron>, TimeZone),
}

impl Schedule {
    /// Reads an interval such as "6h", "1d" or "90m".
    ///
    /// # Errors
    /// When it is none, or is shorter than a minute.
    pub fn every(text: &str) -> Result<Self> {
        let span: Span =
            text.parse().map_err(|_| odd(text, "is not a length of time; write it as 6h, 90m or 1d"))?;
        let length = span.to_duration(SpanRelativeTo::days_are_24_hours());
        let length =
            length.map_err(|_| odd(text, "has months or years; give weeks, days, hours or minutes"))?;
        if length < SHORTEST_INTERVAL {
            return Err(odd(text, "is shorter than a minute"));
        }
        Ok(Self::Every(length))
    }

    /// Reads a cron expression of five fields: minute, hour, day of the month, month, day of the week.
    ///
    /// # Errors
    /// When it is none, or never matches.
    pub fn cron(text: &str, zone: TimeZone) -> Result<Self> {
        let parser = CronParser::builder().seconds(croner::parser::Seconds::Disallowed).build();
        let cron = parser.parse(text).map_err(|e| odd(text, &format!("is not a cron expression: {e}")))?;
        Ok(Self::Cron(Box::new(cron), zone))
    }

    /// The next moment after `last` (absent before the first refresh) and `now`.
    ///
    /// # Errors
    /// When a cron expression does not match again.
    pub fn next(&self, last: Option<Timestamp>, now: Timestamp) -> Result<Timestamp> {
        match self {
            Self::Every(length) => {
                let next = last.map_or(now, |last| last.saturating_add(*length).unwrap_or(Timestamp::MAX));
                Ok(next.max(now))
            }
            Self::Cron(cron, zone) => {
                let now: Zoned = now.to_zoned(zone.clone());
                let next = cron.find_next_occurrence(&now, false);
                next.map(|next| next.timestamp())
                    .map_err(|e| odd(cron.as_str(), &format!("does not match again: {e}")))
            }
        }
    }
}

fn odd(text: &str, why: &str) -> Error {
    Error::Schedule {
        text: text.to_owned(),
        why: why.to_owned(),
        hint: "--every takes a length of time, --cron an expression of five fields".to_owned(),
    }
}

/// How a watching service is doing, for whoever looks after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// "starting", "waiting", "refreshing" or "stopped".
    pub status: String,
    /// Version of the program.
    pub version: String,
    /// Its process.
    pub pid: u32,
    /// Since when it runs.
    pub since: Timestamp,
    /// When this was written.
    pub at: Timestamp,
    /// When the last refresh ended.
    pub last: Option<Timestamp>,
    /// How it ended: "ok", "kept back" or "failed".
    pub last_outcome: Option<String>,
    /// Refreshes in a row that were not "ok".
    pub failures_in_a_row: u32,
    /// When the next begins.
    pub next: Option<Timestamp>,
}

impl Health {
    /// Writes it, whole, to a file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, path: &std::path::Path) -> Result<()> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("text and times can be written as JSON");
        bytes.push(b'\n');
        super::writer::write_durably(path, &bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn an_interval_begins_at_once_and_counts_from_the_last() {
        let schedule = Schedule::every("6h").expect("an interval");
        let now = at("2026-11-22T10:00:00Z");
        assert_eq!(schedule.next(None, now).expect("next"), now);
        assert_eq!(schedule.next(Some(now), now).expect("next"), at("2026-11-22T16:00:00Z"));
        // The machine slept: overdue is now, once.
        assert_eq!(schedule.next(Some(at("2026-11-20T10:00:00Z")), now).expect("next"), now);
    }

    #[test]
    fn a_cron_expression_is_read_in_its_time_zone() {
        let schedule = Schedule::cron("30 4 * * 1", TimeZone::UTC).expect("an expression");
        let next = schedule.next(None, at("2026-11-22T10:00:00Z")).expect("next");
        assert_eq!(next, at("2026-11-23T04:30:00Z"));
        assert_eq!(schedule.next(None, next).expect("next"), at("2026-11-30T04:30:00Z"));
    }

    #[test]
    fn what_is_no_schedule_is_said_to_be_none() {
        for text in ["", "soon", "5s", "1y", "-6h"] {
            assert!(Schedule::every(text).is_err(), "{text}");
        }
        assert!(Schedule::every("1d").is_ok() && Schedule::every("90m").is_ok());
        for text in ["", "every day", "61 * * * *", "* * * *"] {
            assert!(Schedule::cron(text, TimeZone::UTC).is_err(), "{text}");
        }
    }
}
