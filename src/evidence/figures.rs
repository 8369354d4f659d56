//! A claim's words in; the numbers in them that the claim's own fields do not hold out: the bound that what is counted
//! must reach, the two ends of a change.

use super::view::View;
use super::words::Words;
use crate::claim::{Claim, ClaimKind, Figure, figures};
use crate::reported::{Comparator, Interval, Reported, Unit};

/// Words of reaching a mark, after which a bare number is one: "four models have passed 1400".
#[rustfmt::skip]
const REACHING: [&str; 38] = [
    "surpass", "surpasses", "surpassed", "crack", "cracks", "cracked", "attain", "attains", "attained",
    "achieve", "achieves", "achieved", "reach", "reaches", "reached", "pass", "passes", "passed", "break",
    "breaks", "broke", "broken", "clear", "clears", "cleared", "cross", "crosses", "crossed", "top", "tops",
    "topped", "hit", "hits", "exceed", "exceeds", "score", "scores", "scored",
];

/// Units in which boards measure, besides none.
fn is_of_scores(figure: &Figure) -> bool {
    matches!(figure.reported.unit, Unit::Count | Unit::Percent | Unit::Points | Unit::Elo)
}

/// The scores that the models counted must have: "two models above 1350", "no entry reaches 90 %".
pub(super) fn bound_of_counted(claim: &Claim, view: &View<'_>) -> Option<Interval> {
    let words = Words::of(claim);
    let places = words.places().map(|places| places as f64);
    // "Most" is a number that stands nowhere.
    let is_in_words = claim.kind == ClaimKind::Share && words.any(&["most ", "majority", "minority"]);
    let mut own = claim.reported.filter(|reported| reported.value > 0.0 && !is_in_words);
    let mut others = figures(&claim.quote, view.names());
    // The number of models is the first that fits; the same number again is another.
    others.retain(|figure| {
        let is_own = own.is_some_and(|own| own.value == figure.reported.value);
        if is_own {
            own = None;
        }
        let is_places = figure.reported.unit == Unit::Count && Some(figure.reported.value) == places;
        !is_own && !figure.counts_models && !is_places && is_of_scores(figure)
    });
    let is_denied = words.any(&DENIALS) && !words.any(&["not fail", "n t fail"]);
    // "A score of 70% has been exceeded by ten models".
    let is_passive = words.any(&["exceeded by", "surpassed by", "topped by", "beaten by"]);
    // "Below a rate of one percent": the word stands before the measure.
    for figure in &mut others {
        let stands = |words: &[&str]| figure.before.iter().any(|word| words.contains(&word.as_str()));
        let told = match () {
            () if stands(&["below", "under"]) || (is_denied && stands(&REACHING)) => Some(Comparator::Lt),
            () if stands(&["above", "over"]) || is_passive => Some(Comparator::Gt),
            () => None,
        };
        figure.reported.comparator = figure.reported.comparator.or(told);
    }
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

/// Words by which a mark is said not to be reached.
const DENIALS: [&str; 8] =
    ["fail to ", "fails to ", "failed to ", "do not ", "does not ", "did not ", "n t ", "cannot "];

/// How much a claim says that something changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Change {
    /// From one value to another.
    FromTo(Reported, Reported),
    /// By so much; of a quantity that is no percentage, percent are of what it was.
    By(Reported),
    /// To so many times what it was: "doubled", "tenfold".
    Times(Interval),
    /// To a level, or below or above one.
    To(Reported),
    /// Hardly at all.
    Still,
}

/// The rule that finds what did not change.
const STILL_RULE: &str = "trend/still";

/// A change of less than this share of what was there is none to speak of.
const STILL_SHARE: f64 = 0.02;

/// Multiples that words name: "doubled" is at least nearly twice.
const MULTIPLES: [(&[&str], f64); 4] = [
    (&["doubled", "doubling", "twofold", "twice as"], 2.0),
    (&["tripled", "trebled", "threefold"], 3.0),
    (&["quadrupled", "fourfold"], 4.0),
    (&["halved", "halving", "by half", "cut in half"], 0.5),
];

/// Words before a level that is passed.
const LEVELS: [&str; 6] = ["below ", "under ", "beneath ", "above ", "past ", "beyond "];

/// How far from a named multiple a quantity may be that "doubled".
const MULTIPLE_SHARE: f64 = 0.15;

/// The change that the claim's words put in numbers.
pub(super) fn change(claim: &Claim, view: &View<'_>) -> Option<Change> {
    if claim.rule == STILL_RULE {
        return Some(Change::Still);
    }
    let words = Words::of(claim);
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
        Unit::Percent | Unit::Points | Unit::Elo => {
            let own = of_scores.iter().find(|figure| figure.reported.value == reported.value)?;
            // "Fell below 90%" is to a level, and by no less than that.
            let is_by = is_after(own, "by") || is_after(own, "than");
            match reported.is_bound() && !is_by && words.any(&LEVELS) {
                true => Some(Change::To(reported)),
                false if is_after(own, "to") => None,
                false => Some(Change::By(reported)),
            }
        }
        _ => None,
    }
}

impl Change {
    /// Whether what was there and what is now are what the claim says, where it says both: a difference may be right of
    /// figures that are not. A figure is met within `tolerance` of it.
    pub(super) fn has_its_ends(self, then: f64, now: f64, tolerance: f64) -> bool {
        match self {
            Self::FromTo(from, to) => {
                from.interval().widened(tolerance).contains(then)
                    && to.interval().widened(tolerance).contains(now)
            }
            _ => true,
        }
    }

    /// Whether it is told in the unit of a score.
    pub(super) fn is_in_scores(self) -> bool {
        let is_unit = |reported: Reported| matches!(reported.unit, Unit::Percent | Unit::Elo | Unit::Points);
        match self {
            Self::FromTo(from, to) => is_unit(from) || is_unit(to),
            Self::By(by) => matches!(by.unit, Unit::Elo | Unit::Points),
            Self::To(level) => is_unit(level),
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
            Self::To(level) => {
                let level = level.interval();
                Interval { low: level.low - then, high: level.high - then }
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

#[cfg(test)]
mod tests {
    use super::super::fixture::{claim, number, shipped};
    use super::*;
    use crate::claim::ClaimKind;
    use jiff::civil::date;

    fn view() -> View<'static> {
        View::new(shipped(), date(2025, 8, 1))
    }

    fn of(kind: ClaimKind, quote: &str, reported: Option<Reported>) -> Claim {
        Claim { reported, ..claim(kind, quote, &[], &[]) }
    }

    #[test]
    fn a_mark_is_the_number_that_is_not_counted() {
        let bound = |quote: &str, counted: f64| {
            bound_of_counted(&of(ClaimKind::Count, quote, number(counted, Unit::Count, 1.0)), &view())
        };
        let is_above = |bound: Option<Interval>, mark: f64| {
            bound.is_some_and(|bound| bound.contains(mark + 1.0) && !bound.contains(mark - 1.0))
        };
        assert!(is_above(bound("Four models have passed 1400 on LMArena", 4.0), 1400.0));
        assert!(is_above(bound("No model reaches 90% on Aider polyglot", 0.0), 90.0));
        assert!(bound("Six models stay under 3% on it", 6.0).is_some_and(|mark| mark.contains(2.0)));
        assert_eq!(bound("Four of the top 20 models on LMArena are Chinese", 4.0), None);
        assert_eq!(bound("LMArena lists 202 models", 202.0), None);
    }

    #[test]
    fn a_change_in_figures_is_an_interval() {
        let told =
            |quote: &str, reported: Option<Reported>| change(&of(ClaimKind::Trend, quote, reported), &view());
        let within = |quote: &str, reported, then: f64, now: f64, falls| {
            let told = told(quote, reported).expect("figures");
            told.interval(then, Unit::Elo, falls).contains(now - then)
        };
        assert!(within("the rating rose from 1282 to 1373", None, 1282.4, 1373.0, false));
        assert!(!within("the rating rose from 1100 to 1600", None, 1286.0, 1470.0, false));
        assert!(
            within("the gap halved", None, 78.0, 41.0, true)
                && !within("the gap halved", None, 78.0, 70.0, true)
        );
        let still = Claim { rule: STILL_RULE.to_owned(), ..of(ClaimKind::Trend, "it barely moved", None) };
        let still = change(&still, &view()).expect("a change").interval(1286.0, Unit::Elo, false);
        assert!(still.contains(4.0) && !still.contains(132.0));
        let points = number(60.0, Unit::Points, 1.0);
        assert!(within("it lost 60 points", points, 1340.0, 1280.0, true));
        let level =
            Some(Reported { comparator: Some(Comparator::Lt), ..Reported::exact(90.0, Unit::Percent, 1.0) });
        assert!(within("the rate dropped below 90%", level, 95.0, 88.0, true));
        assert!(!within("the rate dropped below 90%", level, 95.0, 97.0, true));
        assert_eq!(told("the gap is closing", None), None);
    }
}
