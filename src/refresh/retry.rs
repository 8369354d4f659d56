//! Retries: an attempt that may fail for the moment in; its answer after pauses that grow, or the last failure, out.

use super::fetch::{Failure, asked_pause};
use super::limits::{Clock, Limits};
use crate::error::{Error, Result};
use std::time::Duration;

/// Tries until an answer comes, the failure is one that lasts, or the attempts are used up. Pauses double and are
/// drawn evenly from zero to their upper end ("full jitter", so that clients which failed together do not come back
/// together); a pause that the server asks for is kept on top. `waiting` hears of each pause and its cause.
pub(super) fn with_retries<T>(
    limits: &Limits,
    clock: &dyn Clock,
    random: &mut fastrand::Rng,
    waiting: &dyn Fn(Duration, &Error),
    mut attempt: impl FnMut() -> std::result::Result<T, Failure>,
) -> Result<T> {
    let mut done = 0;
    loop {
        let failure = match attempt() {
            Ok(answer) => return Ok(answer),
            Err(failure) => failure,
        };
        done += 1;
        let asked = failure.retry_after.as_deref().and_then(|text| asked_pause(text, clock.now()));
        if asked.is_some_and(|asked| asked > limits.longest_retry_after) {
            let seconds = asked.unwrap_or_default().as_secs();
            return Err(with_hint(failure.error, &format!("the server asks to come back in {seconds} s")));
        }
        if !failure.may_pass || done >= limits.attempts {
            return Err(failure.error);
        }
        let pause = pause(limits, done - 1, asked, random);
        waiting(pause, &failure.error);
        if !clock.rest(pause) {
            return Err(with_hint(failure.error, "stopped while waiting to try again"));
        }
    }
}

/// The pause after attempt number `done`, counted from 0.
fn pause(limits: &Limits, done: u32, asked: Option<Duration>, random: &mut fastrand::Rng) -> Duration {
    let ceiling = limits.first_pause.saturating_mul(2_u32.saturating_pow(done)).min(limits.longest_pause);
    asked.unwrap_or_default() + ceiling.mul_f64(random.f64())
}

/// The error, with another word on what to try.
pub(super) fn with_hint(error: Error, told: &str) -> Error {
    match error {
        Error::Fetch { url, why, .. } => Error::Fetch { url, why, hint: told.to_owned() },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[derive(Default)]
    struct Rests(Mutex<Vec<Duration>>);

    impl Clock for Rests {
        fn elapsed(&self) -> Duration {
            Duration::ZERO
        }

        fn now(&self) -> jiff::Timestamp {
            jiff::Timestamp::UNIX_EPOCH
        }

        fn rest(&self, time: Duration) -> bool {
            self.0.lock().expect("one thread").push(time);
            true
        }
    }

    fn failure(may_pass: bool, retry_after: Option<&str>) -> Failure {
        let error = Error::Fetch { url: "u".to_owned(), why: "w".to_owned(), hint: "h".to_owned() };
        Failure { error, may_pass, retry_after: retry_after.map(str::to_owned) }
    }

    fn attempts(may_pass: bool, retry_after: Option<&str>) -> (u32, Vec<Duration>) {
        let (clock, mut count) = (Rests::default(), 0);
        let result =
            with_retries(&Limits::default(), &clock, &mut fastrand::Rng::with_seed(1), &|_, _| (), || {
                count += 1;
                Err::<(), _>(failure(may_pass, retry_after))
            });
        assert!(result.is_err());
        (count, clock.0.into_inner().expect("one thread"))
    }

    #[test]
    fn what_may_pass_is_tried_again_and_what_lasts_is_not() {
        let (count, rests) = attempts(true, None);
        assert_eq!((count, rests.len()), (4, 3));
        assert!(
            rests.iter().zip([1, 2, 4]).all(|(rest, ceiling)| *rest <= Duration::from_secs(ceiling)),
            "{rests:?}"
        );
        assert_eq!(attempts(false, None).0, 1);
    }

    #[test]
    fn an_asked_pause_is_kept_and_a_long_one_ends_the_run() {
        let (_, rests) = attempts(true, Some("7"));
        assert!(rests.iter().all(|rest| *rest >= Duration::from_secs(7)), "{rests:?}");
        assert_eq!(attempts(true, Some("86400")).0, 1);
    }
}
