//! Limits and the clock: how long, how much and how often a fetch may try; the time comes in from outside.

use jiff::Timestamp;
use std::time::Duration;

/// How long, how much and how often. The defaults suit public servers and files of leaderboards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Until a connection stands.
    pub connect: Duration,
    /// Without a single byte, before the answer or within the body.
    pub stall: Duration,
    /// One attempt, redirects and body included.
    pub total: Duration,
    /// Bytes of a body, on the wire and again after decompression.
    pub body_bytes: u64,
    /// Hops from address to address.
    pub redirects: usize,
    /// Attempts at one address, the first included.
    pub attempts: u32,
    /// Upper end of the first pause between attempts; each further one doubles.
    pub first_pause: Duration,
    /// No pause of our own is longer.
    pub longest_pause: Duration,
    /// A server that asks for a longer pause is given up for this run.
    pub longest_retry_after: Duration,
    /// Data sets fetched at a time.
    pub workers: usize,
    /// Of these, on one host.
    pub per_host: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            stall: Duration::from_secs(20),
            total: Duration::from_secs(120),
            body_bytes: 50 * 1024 * 1024,
            redirects: 5,
            attempts: 4,
            first_pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(60),
            longest_retry_after: Duration::from_secs(300),
            workers: 8,
            per_host: 2,
        }
    }
}

/// The time, as the caller reads it: the library looks at no clock of its own.
pub trait Clock: Sync {
    /// Time since some fixed moment; never goes back.
    fn elapsed(&self) -> Duration;

    /// The moment.
    fn now(&self) -> Timestamp;

    /// Waits; `false` when the program has been asked to stop meanwhile.
    fn rest(&self, time: Duration) -> bool;
}
