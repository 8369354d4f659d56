//! Frontier curves: dated scores in; the best so far, and how long ago the leader had what the laggard has, out.
//!
//! The rule is the one Epoch AI publishes for its lag between countries: on a day, take the best score the laggard
//! has reached, find the first day on which the leader had reached it; the lag is the time between.

use super::measured::FrontierStep;
use super::view::View;
use crate::dataset::Board;
use crate::reported::DAYS_A_MONTH;
use crate::stats::{Draws, OUT_OF_REACH};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// One model's best score and the day it could first be used.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Dated {
    pub(super) day: Date,
    pub(super) score: f64,
    /// Standard deviation of the score; zero when the source gives none.
    pub(super) sd: f64,
    pub(super) model: String,
}

/// A party's rows with the day each model could first be used, oldest first. Rows of no known day are left out.
pub(super) fn dated(view: &View<'_>, board: &Board, ids: &BTreeSet<&str>) -> Vec<Dated> {
    let mut dated: Vec<Dated> = board
        .rows_of(ids)
        .into_iter()
        .filter_map(|row| {
            Some(Dated {
                day: view.first_day(row)?,
                score: board.head.better(row.score),
                sd: board.deviation(row),
                model: row.name.clone(),
            })
        })
        .collect();
    dated.sort_by(|a, b| (a.day, &a.model).cmp(&(b.day, &b.model)));
    dated
}

/// The running best, one step a new best, oldest first. `dated` must be sorted by day.
pub(super) fn steps(dated: &[Dated], until: Date) -> Vec<FrontierStep> {
    let mut steps: Vec<FrontierStep> = Vec::new();
    for point in dated.iter().take_while(|p| p.day <= until) {
        if steps.last().is_none_or(|best| point.score > best.score) {
            let step = FrontierStep { day: point.day, score: point.score, model: point.model.clone() };
            match steps.last_mut() {
                // Two on one day: only the better one was ever the frontier.
                Some(last) if last.day == point.day => *last = step,
                _ => steps.push(step),
            }
        }
    }
    steps
}

/// The first day on which the curve is at or above `score`.
pub(super) fn reached(steps: &[FrontierStep], score: f64) -> Option<Date> {
    steps.iter().find(|step| step.score >= score).map(|step| step.day)
}

/// How far the laggard is behind on `day`, in months. Negative when it is ahead: then the roles are exchanged and
/// the other's lag is given with its sign turned.
pub(super) fn lag_months(leader: &[FrontierStep], laggard: &[FrontierStep], day: Date) -> Option<f64> {
    let curve = |steps: &[FrontierStep]| Curve(steps.iter().map(|step| (step.day, step.score)).collect());
    Curve::lag_months(&curve(leader), &curve(laggard), day)
}

/// Months from `then` to `day`.
pub(super) fn months(then: Date, day: Date) -> f64 {
    day.since(then).map_or(0.0, |span| f64::from(span.get_days())) / DAYS_A_MONTH
}

/// Redraws of two frontiers: every score is drawn again from its own uncertainty, `count` times from `seed`; of each
/// redraw the lags on `days`, oldest first, make one number by `of`. Sorted ascending.
pub(super) fn lag_draws(
    leader: &[Dated],
    laggard: &[Dated],
    days: &[Date],
    of: fn(&[f64]) -> f64,
    (count, seed): (usize, u64),
) -> Vec<f64> {
    let Some(last) = days.last() else { return Vec::new() };
    let (leader, laggard) = (contenders(leader, *last), contenders(laggard, *last));
    let mut source = Draws::seeded(seed);
    let (mut ahead, mut behind) = (Curve::default(), Curve::default());
    let mut lags = Vec::with_capacity(days.len());
    let mut draws: Vec<f64> = (0..count)
        .filter_map(|_| {
            ahead.redraw(&leader, &mut source);
            behind.redraw(&laggard, &mut source);
            lags.clear();
            lags.extend(days.iter().filter_map(|day| Curve::lag_months(&ahead, &behind, *day)));
            (!lags.is_empty()).then(|| of(&lags))
        })
        .collect();
    draws.sort_by(f64::total_cmp);
    draws
}

/// How many months after the leader first had its best on `day` the laggard had as much; `None` where it never did.
pub(super) fn months_to_reach(leader: &[FrontierStep], laggard: &[FrontierStep], day: Date) -> Option<f64> {
    let curve = |steps: &[FrontierStep]| Curve(steps.iter().map(|step| (step.day, step.score)).collect());
    Curve::months_to_reach(&curve(leader), &curve(laggard), day)
}

/// The distribution of [`months_to_reach`] over `count` redraws from `seed`, sorted; a redraw in which the laggard never
/// gets there counts as an endless wait.
pub(super) fn reach_draws(
    leader: &[Dated],
    laggard: &[Dated],
    day: Date,
    (count, seed): (usize, u64),
) -> Vec<f64> {
    let (leader, laggard) = (contenders(leader, day), contenders(laggard, day));
    let mut source = Draws::seeded(seed);
    let (mut ahead, mut behind) = (Curve::default(), Curve::default());
    let mut draws: Vec<f64> = (0..count)
        .map(|_| {
            ahead.redraw(&leader, &mut source);
            behind.redraw(&laggard, &mut source);
            Curve::months_to_reach(&ahead, &behind, day).unwrap_or(f64::INFINITY)
        })
        .collect();
    draws.sort_by(f64::total_cmp);
    draws
}

/// The arithmetic mean; of one number it is that number.
pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The points until a day that may be a new best in some redraw: most of a board never is.
fn contenders(dated: &[Dated], until: Date) -> Vec<&Dated> {
    let mut best: Option<&Dated> = None;
    let mut contenders = Vec::new();
    for point in dated.iter().take_while(|point| point.day <= until) {
        let reach = |best: &Dated| best.score - OUT_OF_REACH * best.sd.hypot(point.sd);
        if best.is_none_or(|best| point.score >= reach(best)) {
            contenders.push(point);
        }
        if best.is_none_or(|best| point.score > best.score) {
            best = Some(point);
        }
    }
    contenders
}

/// A frontier curve without names, whose room is used again for every draw.
#[derive(Default)]
struct Curve(Vec<(Date, f64)>);

impl Curve {
    fn redraw(&mut self, contenders: &[&Dated], source: &mut Draws) {
        self.0.clear();
        for point in contenders {
            let score = source.normal(point.score, point.sd);
            if self.0.last().is_none_or(|best| score > best.1) {
                self.0.push((point.day, score));
            }
        }
    }

    fn reached(&self, score: f64) -> Option<Date> {
        let first = self.0.partition_point(|step| step.1 < score);
        self.0.get(first).map(|step| step.0)
    }

    /// The best until a day.
    fn best(&self, day: Date) -> Option<f64> {
        let until = self.0.partition_point(|step| step.0 <= day);
        Some(self.0.get(until.checked_sub(1)?)?.1)
    }

    fn months_to_reach(ahead: &Self, behind: &Self, day: Date) -> Option<f64> {
        let top = ahead.best(day)?;
        Some(months(ahead.reached(top)?, behind.reached(top)?))
    }

    fn lag_months(ahead: &Self, behind: &Self, day: Date) -> Option<f64> {
        let (top, best) = (ahead.best(day)?, behind.best(day)?);
        if best > top {
            return behind.reached(top).map(|then| -months(then, day));
        }
        ahead.reached(best).map(|then| months(then, day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn dated(points: &[(i16, i8, f64)]) -> Vec<Dated> {
        let point = |(year, month, score): &(i16, i8, f64)| Dated {
            day: date(*year, *month, 1),
            score: *score,
            sd: 0.5,
            model: format!("m{score}"),
        };
        points.iter().map(point).collect()
    }

    #[test]
    fn the_lag_is_the_time_since_the_leader_had_it() {
        let day = date(2024, 2, 21);
        let leader = steps(&dated(&[(2022, 11, 60.0), (2023, 3, 80.0), (2024, 1, 85.0)]), day);
        let laggard = steps(&dated(&[(2023, 6, 55.0), (2023, 11, 70.0)]), day);
        let lag = lag_months(&leader, &laggard, day).expect("both have a curve");
        assert!((lag - 11.7).abs() < 0.1, "{lag}");
    }

    #[test]
    fn what_was_reached_late_took_so_long_and_what_never_was_has_no_time() {
        let day = date(2025, 1, 1);
        let model = steps(&dated(&[(2023, 3, 80.0)]), day);
        let took = months_to_reach(&model, &steps(&dated(&[(2023, 9, 70.0), (2024, 5, 81.0)]), day), day);
        assert!(took.is_some_and(|months| (months - 14.0).abs() < 0.1), "{took:?}");
        assert_eq!(months_to_reach(&model, &steps(&dated(&[(2023, 9, 70.0)]), day), day), None);
    }

    #[test]
    fn who_is_ahead_lags_less_than_nothing() {
        let day = date(2024, 2, 1);
        let leader = steps(&dated(&[(2023, 3, 80.0)]), day);
        let laggard = steps(&dated(&[(2023, 6, 85.0)]), day);
        assert!(lag_months(&leader, &laggard, day).is_some_and(|lag| lag < 0.0));
    }

    #[test]
    fn the_future_is_not_seen_and_no_curve_means_no_lag() {
        let early = date(2022, 1, 1);
        let leader = dated(&[(2023, 3, 80.0)]);
        assert!(steps(&leader, early).is_empty());
        assert_eq!(lag_months(&steps(&leader, early), &[], early), None);
    }

    #[test]
    fn draws_repeat_and_spread_around_the_lag() {
        let day = date(2024, 2, 21);
        let (leader, laggard) = (dated(&[(2022, 11, 60.0), (2023, 3, 80.0)]), dated(&[(2023, 11, 70.0)]));
        let draws = lag_draws(&leader, &laggard, &[day], mean, (50, 1));
        assert_eq!(draws, lag_draws(&leader, &laggard, &[day], mean, (50, 1)));
        assert!(draws.iter().all(|lag| (lag - 11.7).abs() < 0.1));
    }
}
