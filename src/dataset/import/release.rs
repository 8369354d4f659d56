//! Days of release: what several sources say of one model, and of the models under one name, in; the day it was first
//! released out.
//!
//! It is the earliest day that a second source confirms within a month; when none does, the most trusted source's.

use super::identities::Identity;
use super::model_sources::Fact;
use crate::names::ModelName;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Two sources mean one release when their days are this near.
const SAME_RELEASE_DAYS: i32 = 31;

/// The earliest day that another source confirms within a month; else the most trusted source's; else a month.
pub(super) fn released(facts: &[Fact]) -> Option<Date> {
    let days: Vec<(Date, &str)> =
        facts.iter().filter_map(|fact| Some((fact.released?, fact.source.as_str()))).collect();
    let confirmed = |(day, source): &&(Date, &str)| {
        days.iter().any(|(other, by)| by != source && (*other - *day).get_days().abs() <= SAME_RELEASE_DAYS)
    };
    let earliest = days.iter().filter(confirmed).map(|(day, _)| *day).min();
    let trusted = || days.first().map(|(day, _)| *day);
    earliest.or_else(trusted).or_else(|| facts.iter().find_map(|fact| fact.released_month))
}

/// An undated name stands for its dated versions too: it was released with the earliest of them, where that is well
/// before its own day (a day or two is only how a version was stamped) or its own is not known.
pub(super) fn date_by_versions<'m>(rows: &mut [Identity], models: impl Iterator<Item = &'m ModelName>) {
    let mut earliest: BTreeMap<String, Date> = BTreeMap::new();
    for (row, model) in rows.iter().zip(models) {
        if let Some(day) = row.released.filter(|_| model.date.is_some() && model.stage.is_none()) {
            let first = earliest.entry(model.undated()).or_insert(day);
            *first = day.min(*first);
        }
    }
    for row in rows {
        if let Some(first) = earliest.get(&row.id).copied() {
            let is_later = |own: Date| (own - first).get_days() > SAME_RELEASE_DAYS;
            if row.released.is_none_or(is_later) {
                row.released = Some(first);
            }
        }
    }
}

/// Of a name whose month is all that is known, the day is that of the first model under it in that month: "Llama 3" came
/// with Llama 3 8B.
pub(super) fn date_within_month(rows: &mut [Identity], of_a_month: &[bool]) {
    let dated: Vec<(String, Date)> = rows
        .iter()
        .zip(of_a_month)
        .filter(|(_, is_of_a_month)| !**is_of_a_month)
        .filter_map(|(row, _)| Some((row.id.clone(), row.released?)))
        .collect();
    for (row, _) in rows.iter_mut().zip(of_a_month).filter(|(_, is_of_a_month)| **is_of_a_month) {
        let Some(month) = row.released else { continue };
        let front = format!("{}-", row.id);
        let below = dated.iter().filter(|(id, _)| id.starts_with(&front)).map(|(_, day)| *day);
        let first = below.filter(|day| (day.year(), day.month()) == (month.year(), month.month())).min();
        row.released = first.or(row.released);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(source: &str, released: Date) -> Fact {
        Fact { source: source.to_owned(), released: Some(released), ..Fact::default() }
    }

    #[test]
    fn the_earliest_confirmed_day_is_the_release() {
        let day = Date::constant;
        let facts = [fact("a", day(2023, 3, 15)), fact("b", day(2023, 3, 14)), fact("c", day(2022, 1, 1))];
        assert_eq!(released(&facts), Some(day(2023, 3, 14)));
    }

    #[test]
    fn without_a_second_source_the_most_trusted_day_stands() {
        let day = Date::constant;
        assert_eq!(
            released(&[fact("a", day(2024, 6, 1)), fact("b", day(2022, 1, 1))]),
            Some(day(2024, 6, 1))
        );
        assert_eq!(
            released(&[fact("a", day(2024, 6, 1)), fact("a", day(2024, 6, 2))]),
            Some(day(2024, 6, 1))
        );
        assert_eq!(released(&[]), None);
    }

    #[test]
    fn a_month_neither_confirms_a_day_nor_goes_before_one() {
        let day = Date::constant;
        let month = Fact { source: "b".to_owned(), released_month: Some(day(2023, 9, 1)), ..Fact::default() };
        assert_eq!(released(&[fact("a", day(2023, 9, 27)), month.clone()]), Some(day(2023, 9, 27)));
        assert_eq!(released(&[month]), Some(day(2023, 9, 1)));
    }

    #[test]
    fn a_month_is_made_a_day_by_the_first_model_under_the_name() {
        let row = |id: &str, day| Identity { id: id.to_owned(), released: Some(day), ..Identity::default() };
        let day = Date::constant;
        let mut rows = [
            row("m-3", day(2024, 4, 1)),
            row("m-3-8b", day(2024, 4, 18)),
            row("m-3-old", day(2024, 3, 2)),
            row("m-30", day(2024, 4, 3)),
            row("n", day(2024, 5, 1)),
        ];
        date_within_month(&mut rows, &[true, false, false, false, true]);
        let days = rows.map(|row| row.released);
        assert_eq!((days[0], days[4]), (Some(day(2024, 4, 18)), Some(day(2024, 5, 1))));
    }

    #[test]
    fn an_undated_name_is_as_old_as_its_first_version() {
        let row = |id: &str, day| Identity { id: id.to_owned(), released: Some(day), ..Identity::default() };
        let day = Date::constant;
        let mut rows = [row("m", day(2025, 5, 20)), row("m-202503", day(2025, 3, 25))];
        let dated = ModelName {
            words: vec!["m".to_owned()],
            date: Some("202503".to_owned()),
            ..ModelName::default()
        };
        let plain = ModelName { words: vec!["m".to_owned()], ..ModelName::default() };
        date_by_versions(&mut rows, [&plain, &dated].into_iter());
        assert_eq!(rows[0].released, Some(day(2025, 3, 25)));
    }
}
