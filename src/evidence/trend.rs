//! Trend claims: "China is rapidly closing the gap", "falling further behind", "the number of models rises".
//!
//! # What it reads
//! A gap between two sides that closes or widens, or a quantity that rises or falls: releases, or places on a board.
//!
//! # How it is recomputed
//! A monthly series over the window named, else the 18 months before the day: of the lag by the frontier rule and of
//! the distance in points, on each index; of releases; of the share of the top 20. The change is the Theil-Sen slope
//! over the window; how sure its sign is, the Mann-Kendall test says. "Rapidly" asks for a change above a named pace.
//!
//! # What it cannot tell
//! Prices, usage, revenue, one model's mood: nothing here follows them through time.

use super::measured::{Absence, Reading};
use super::view::View;
use super::words::Words;
use super::{closing, rising};
use crate::claim::{Claim, Relation};
use crate::error::Result;

/// Quantities that nothing here follows through time.
#[rustfmt::skip]
const UNFOLLOWED: [&str; 26] = [
    "price", "cost", "cheap", "spend", "spent", "revenue", "download", "usage", "token", "user", "adopt",
    "household", "invest", "valuation", "share price", "productivity", "demand", "speed", "latency",
    "focus", "interest", "deploy", "pay ", "market", "chip", "paper",
];

/// The readings of a trend claim; never none: what is not followed is said.
pub(super) fn readings(claim: &Claim, view: &View<'_>) -> Result<Vec<Reading>> {
    let words = Words::of(claim);
    let nothing =
        |meaning: &str| Ok(vec![Reading::absent("monthly-series", meaning.to_owned(), Absence::NoData)]);
    if words.any(&UNFOLLOWED) {
        return nothing("no table here follows that quantity through time");
    }
    let Some(relation) = claim.relation else { return nothing("what rises or falls is not said") };
    let readings = match relation {
        Relation::Closing | Relation::Widening => closing::readings(claim, view, &words, relation)?,
        Relation::Rising | Relation::Falling => rising::readings(claim, view, &words, relation)?,
        _ => Vec::new(),
    };
    if readings.is_empty() { nothing("no board follows both through enough months") } else { Ok(readings) }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{claim, shipped};
    use super::super::gather;
    use super::*;
    use crate::claim::ClaimKind;
    use crate::verdict::{Outcome, judge};
    use jiff::civil::date;

    fn outcome(claim: &Claim, day: jiff::civil::Date) -> Outcome {
        judge(claim, Some(&gather(claim, shipped(), day).expect("readable tables"))).outcome
    }

    #[test]
    fn a_gap_that_closes_does_not_widen() {
        let gap = |relation, quote: &str| Claim {
            relation: Some(relation),
            benchmark: super::super::fixture::named("Chatbot Arena"),
            ..claim(ClaimKind::Trend, quote, &["China"], &["United States"])
        };
        let day = date(2025, 3, 15);
        let closing =
            outcome(&gap(Relation::Closing, "China is closing the gap with the United States"), day);
        let widening =
            outcome(&gap(Relation::Widening, "China is falling further behind the United States"), day);
        assert!(closing != widening || closing == Outcome::Undecided, "{closing:?} {widening:?}");
    }

    #[test]
    fn what_is_not_followed_is_said() {
        for quote in ["prices keep falling", "usage is rising", "Claude has slipped"] {
            let claim = Claim {
                relation: Some(Relation::Falling),
                ..claim(ClaimKind::Trend, quote, &["Claude"], &[])
            };
            assert_eq!(outcome(&claim, date(2025, 6, 1)), Outcome::Insufficient, "{quote}");
        }
    }

    #[test]
    fn a_late_table_never_shows_a_fall() {
        let falling = |relation| Claim {
            relation: Some(relation),
            ..claim(ClaimKind::Trend, "the number of Chinese models", &["Chinese models"], &[])
        };
        assert_eq!(outcome(&falling(Relation::Falling), date(2026, 8, 1)), Outcome::Insufficient);
    }

    #[test]
    fn who_moves_is_behind_whatever_the_subject_is_called() {
        let closing = |subject: &str| Claim {
            relation: Some(Relation::Closing),
            population: Some("open-source models".to_owned()),
            ..claim(ClaimKind::Trend, "China is closing the gap", &[subject], &["United States"])
        };
        let day = date(2025, 12, 15);
        assert_eq!(outcome(&closing("China"), day), outcome(&closing("the gap"), day));
    }
}
