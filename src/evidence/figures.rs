//! A claim's words in; the numbers in them that the claim's own fields do not hold out: the bound that what is counted
//! must reach, the two ends of a change.

use super::view::View;
use super::words::Words;
use crate::claim::{Claim, Figure, figures};
use crate::reported::{Comparator, Interval, Reported, Unit};

/// Words of reaching a mark, after which a bare number is one: "four models have passed 1400".
const REACHING: [&str; 26] = [
    "reach", "reaches", "reached", "pass", "passes", "passed", "break", "breaks", "broke", "broken", "clear",
    "clears", "cleared", "cross", "crosses", "crossed", "top", "tops", "topped", "hit", "hits", "exceed",
    "exceeds", "score", "scores", "scored",
];

/// Units in which boards measure, besides none.
fn is_of_scores(figure: &Figure) -> bool {
    matches!(figure.reported.unit, Unit::Count | Unit::Percent | Unit::Points | Unit::Elo)
}

/// The scores that the models counted must have: "two models above 1350", "no entry reaches 90 %".
pub(super) fn bound_of_counted(claim: &Claim, view: &View<'_>) -> Option<Interval> {
    let places = Words::of(claim).places().map(|places| places as f64);
    let mut own = claim.reported.filter(|reported| reported.value > 0.0);
    let mut others = figures(&claim.quote, view.names());
    // The number of models is the first that fits; the same number again is another.
    others.retain(|figure| {
        let is_own = own.is_some_and(|own| own.value == figure.reported.value);
        if is_own {
            own = None;
        }
        !is_own && Some(figure.reported.value) != places && is_of_scores(figure)
    });
    let bound = others.into_iter().find(|figure| {
        let told =
            figure.reported.is_bound() || figure.before.iter().any(|word| REACHING.contains(&word.as_str()));
        told && !matches!(figure.reported.comparator, Some(Comparator::Approx))
    })?;
    Some(match bound.reported.comparator {
        // Who reaches 80 has 80 or more.
        None => Interval::at_least(bound.reported.value),
        Some(_) => bound.reported.interval(),
    })
}

/// How much a claim says that something changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Change {
    /// From one value to another.
    FromTo(Reported, Reported),
    /// By so much; of a quantity that is no percentage, percent are of what it was.
    By(Reported),
    /// To so many times what it was: "doubled", "tenfold".
    Times(Interval),
    /// Hardly at all.
    Still,
}

/// Words for no change to speak of.
const STILL: [&str; 14] = [
    "not improved",
    "not moved",
    "not changed",
    "t improved",
    "barely moved",
    "barely changed",
    "hardly moved",
    "hardly changed",
    "scarcely changed",
    "stood still",
    "unchanged",
    "flat ",
    "stagnat",
    "stayed the same",
];

/// A change of less than this share of what was there is none to speak of.
const STILL_SHARE: f64 = 0.02;

/// Multiples that words name: "doubled" is at least nearly twice.
const MULTIPLES: [(&[&str], f64); 4] = [
    (&["doubled", "doubling", "twofold", "twice as"], 2.0),
    (&["tripled", "trebled", "threefold"], 3.0),
    (&["quadrupled", "fourfold"], 4.0),
    (&["halved", "halving", "by half", "cut in half"], 0.5),
];

/// How far from a named multiple a quantity may be that "doubled".
const MULTIPLE_SHARE: f64 = 0.15;

/// The change that the claim's words put in numbers.
pub(super) fn change(claim: &Claim, view: &View<'_>) -> Option<Change> {
    let words = Words::of(claim);
    if words.any(&STILL) {
        return Some(Change::Still);
    }
    let of_scores: Vec<Figure> =
        figures(&claim.quote, view.names()).into_iter().filter(is_of_scores).collect();
    let is_after = |figure: &Figure, word: &str| figure.before.iter().any(|before| before == word);
    let from = of_scores.iter().position(|figure| is_after(figure, "from"));
    if let Some(from) = from
        && let Some(to) = of_scores[from + 1..].iter().find(|figure| is_after(figure, "to"))
    {
        return Some(Change::FromTo(of_scores[from].reported, to.reported));
    }
    if let Some((_, times)) = MULTIPLES.iter().find(|(names, _)| words.any(names)) {
        let (low, high) = (times * (1.0 - MULTIPLE_SHARE), times * (1.0 + MULTIPLE_SHARE));
        return Some(Change::Times(
            match words.any(&["more than doubled", "more than tripled", "more than halved"]) {
                true if *times < 1.0 => Interval { low: 0.0, high: *times },
                true => Interval::at_least(*times),
                false => Interval { low, high },
            },
        ));
    }
    let reported = claim.reported?;
    match reported.unit {
        Unit::Times => Some(Change::Times(reported.interval().widened(MULTIPLE_SHARE * reported.value))),
        Unit::Percent | Unit::Points | Unit::Elo => of_scores
            .iter()
            .any(|figure| figure.reported.value == reported.value && !is_after(figure, "to"))
            .then_some(Change::By(reported)),
        _ => None,
    }
}

impl Change {
    /// Whether it is told in the unit of a score.
    pub(super) fn is_in_scores(self) -> bool {
        let is_unit = |reported: Reported| matches!(reported.unit, Unit::Percent | Unit::Elo | Unit::Points);
        match self {
            Self::FromTo(from, to) => is_unit(from) || is_unit(to),
            Self::By(by) => matches!(by.unit, Unit::Elo | Unit::Points),
            Self::Times(_) | Self::Still => false,
        }
    }

    /// Counts of the top `places` as percentages of them.
    pub(super) fn of_places(self, places: f64) -> Self {
        let share = |reported: Reported| match reported.unit {
            Unit::Count => reported.scaled(100.0 / places, Unit::Points),
            _ => reported,
        };
        match self {
            Self::FromTo(from, to) => Self::FromTo(share(from), share(to)),
            other => other,
        }
    }

    /// Where the difference must lie of a quantity that was `then`, in a unit that is a percentage or not, and falls or
    /// rises.
    pub(super) fn interval(self, then: f64, unit: Unit, falls: bool) -> Interval {
        let turned = |interval: Interval| Interval { low: -interval.high, high: -interval.low };
        match self {
            Self::FromTo(from, to) => {
                let (from, to) = (from.interval(), to.interval());
                Interval { low: to.low - from.high, high: to.high - from.low }
            }
            Self::By(reported) => {
                let is_relative = reported.unit == Unit::Percent && unit != Unit::Percent;
                let by =
                    if is_relative { reported.scaled(then.abs() / 100.0, unit) } else { reported }.interval();
                if falls { turned(by) } else { by }
            }
            Self::Times(times) if falls && times.low >= 1.0 => {
                // "Fell twofold" is to a half of what it was.
                Interval {
                    low: then.abs() * (1.0 / times.high - 1.0),
                    high: then.abs() * (1.0 / times.low - 1.0),
                }
            }
            Self::Times(times) => {
                Interval { low: then.abs() * (times.low - 1.0), high: then.abs() * (times.high - 1.0) }
            }
            Self::Still => Interval { low: -STILL_SHARE * then.abs(), high: STILL_SHARE * then.abs() },
        }
    }
}
