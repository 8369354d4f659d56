//! Posting: a question as JSON in; what the caller reads in the answer, after retries, out.

use super::fetch::{self, Client, Failure};
use super::limits::{Clock, Limits};
use super::retry::{with_hint, with_retries};
use crate::error::{Error, Result};
use std::time::Duration;

/// Stands where a server repeats the key that it was sent.
const HIDDEN: &str = "[key]";

/// A server that takes JSON and answers in JSON. It has no `Debug`: it holds a key.
pub(crate) struct JsonServer {
    client: Client,
    url: String,
    key: Option<String>,
    limits: Limits,
    /// What to try when it cannot be asked.
    hint: String,
}

impl JsonServer {
    /// The server at an address; the key, where there is one, is sent as a bearer token and shown nowhere.
    ///
    /// # Errors
    /// When the TLS setup fails.
    pub(crate) fn new(url: String, key: Option<String>, limits: Limits, hint: String) -> Result<Self> {
        Ok(Self { client: fetch::client(&limits)?, url, key, limits, hint })
    }

    /// Asks until `read` can read an answer, the failure is one that lasts, or the attempts are used up. What `read`
    /// finds wrong with an answer may be better in the next. `waiting` hears of each pause and its cause.
    ///
    /// # Errors
    /// A server that cannot be reached, says no, or never answers what can be read.
    pub(crate) fn ask<T>(
        &self,
        question: &[u8],
        (clock, seed): (&dyn Clock, u64),
        waiting: &dyn Fn(Duration, &Error),
        read: impl Fn(&[u8]) -> std::result::Result<T, String>,
    ) -> Result<T> {
        let attempt = || {
            let to = (self.url.as_str(), self.key.as_deref());
            let bytes = fetch::post(&self.client, to, question, &self.limits, clock)
                .map_err(|failure| Failure { error: self.told(failure.error), ..failure })?;
            read(&bytes).map_err(|why| {
                let error = Error::Fetch { url: self.url.clone(), why, hint: self.hint.clone() };
                Failure { error: self.told(error), may_pass: true, retry_after: None }
            })
        };
        with_retries(&self.limits, clock, &mut fastrand::Rng::with_seed(seed), waiting, attempt)
    }

    /// The error as a user may see it: with our own hint, without the key.
    fn told(&self, error: Error) -> Error {
        match (with_hint(error, &self.hint), &self.key) {
            (Error::Fetch { url, why, hint }, Some(key)) => {
                Error::Fetch { url, why: why.replace(key.as_str(), HIDDEN), hint }
            }
            (error, _) => error,
        }
    }
}
