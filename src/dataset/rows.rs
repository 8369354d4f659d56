//! The rows of a board, best first, indexed by model: shared, so that handing out a board copies nothing.

use super::table::Row;
use jiff::civil::Date;
use polars::prelude::PlHashMap;
use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// Rows of a board, best first; a slice of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows(Arc<Indexed>);

#[derive(Debug, Default)]
struct Indexed {
    rows: Vec<Arc<Row>>,
    /// What of each row is often asked, as numbers: text lies far apart and is slow to compare.
    keys: Vec<Key>,
    /// The organisations that the keys number.
    makers: Arc<[Option<String>]>,
    /// Numbers of the rows by model id, of one model the best first.
    order: Vec<usize>,
    /// Numbers of the rows whose models go by the name of who published them, by the name that follows it.
    published: Vec<usize>,
    /// Numbers of the best rows of each model, best first.
    best: Vec<usize>,
    /// The first day of each row's model, from when it was first asked.
    first_days: OnceLock<Vec<Option<Date>>>,
}

/// A row among the rows of its board.
#[derive(Debug, Clone, Copy)]
struct Key {
    /// Number of its model.
    model: usize,
    /// Number of its organisation.
    maker: usize,
}

impl PartialEq for Indexed {
    /// The rest follows from the rows.
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows
    }
}

impl Indexed {
    /// The rows again, with these numbers of theirs.
    fn with(self, order: Vec<usize>, published: Vec<usize>) -> Self {
        let runs = order.chunk_by(|a, b| self.keys[*a].model == self.keys[*b].model);
        let mut best: Vec<usize> = runs.filter_map(|run| run.first().copied()).collect();
        best.sort_unstable();
        Self { order, published, best, ..self }
    }
}

/// What follows the name of who published a model in its id: `antgroup/finix-s1-32b`.
fn published_as(id: &str) -> Option<&str> {
    id.rsplit_once('/').map(|(_, name)| name)
}

impl Deref for Rows {
    type Target = [Arc<Row>];

    fn deref(&self) -> &Self::Target {
        &self.0.rows
    }
}

impl From<Vec<Arc<Row>>> for Rows {
    fn from(rows: Vec<Arc<Row>>) -> Self {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        // Stable, so that the rows of one model stay best first.
        order.sort_by_cached_key(|i| rows[*i].model.as_str());
        let mut numbers: PlHashMap<Option<&str>, usize> = PlHashMap::default();
        let mut keys = Vec::with_capacity(rows.len());
        for row in &rows {
            let next = numbers.len();
            let maker = *numbers.entry(row.organisation.as_deref()).or_insert(next);
            keys.push(Key { model: 0, maker });
        }
        let mut makers = vec![None; numbers.len()];
        numbers.into_iter().for_each(|(maker, number)| makers[number] = maker.map(str::to_owned));
        for (number, run) in order.chunk_by(|a, b| rows[*a].model == rows[*b].model).enumerate() {
            run.iter().for_each(|i| keys[*i].model = number);
        }
        let mut published: Vec<usize> = (0..rows.len()).filter(|i| rows[*i].model.contains('/')).collect();
        published.sort_by_cached_key(|i| published_as(&rows[*i].model));
        Self(Arc::new(
            Indexed { rows, keys, makers: makers.into(), ..Indexed::default() }.with(order, published),
        ))
    }
}

impl Rows {
    /// The rows whose models were out by `day`, which `first_day` tells of a row; those of which it cannot were not.
    #[must_use]
    pub fn out_by(&self, day: Date, first_day: impl Fn(&Row) -> Option<Date>) -> Self {
        let Indexed { rows, keys, makers, order, published, first_days, .. } = self.0.as_ref();
        let days = first_days.get_or_init(|| rows.iter().map(|row| first_day(row)).collect());
        let mut left = 0;
        let place = |first: &Option<Date>| {
            first.is_some_and(|first| first <= day).then(|| {
                left += 1;
                left - 1
            })
        };
        let places: Vec<Option<usize>> = days.iter().map(place).collect();
        let is_out = |i: &usize| places[*i].is_some();
        let out = Indexed {
            rows: (0..rows.len()).filter(is_out).map(|i| Arc::clone(&rows[i])).collect(),
            keys: (0..rows.len()).filter(is_out).map(|i| keys[i]).collect(),
            makers: Arc::clone(makers),
            ..Indexed::default()
        };
        let left = |numbers: &[usize]| numbers.iter().filter_map(|i| places[*i]).collect();
        Self(Arc::new(out.with(left(order), left(published))))
    }

    /// The best row of each model, best first.
    pub fn best_of_each(&self) -> impl Iterator<Item = &Row> {
        self.0.best.iter().map(|i| self.0.rows[*i].as_ref())
    }

    /// The model ids that are this name after the name of who published it: `antgroup/finix-s1-32b`.
    pub fn published_as(&self, name: &str) -> impl Iterator<Item = &str> {
        let Indexed { rows, published, .. } = self.0.as_ref();
        let named = |i: &usize| published_as(&rows[*i].model);
        let first = published.partition_point(|i| named(i) < Some(name));
        let same = published[first..].iter().take_while(move |i| named(i) == Some(name));
        same.map(|i| rows[*i].model.as_str())
    }

    /// The rows whose organisations are among those that `is_maker` picks, which is asked once of each; by model id.
    pub fn made_by(&self, is_maker: impl Fn(Option<&str>) -> bool) -> impl Iterator<Item = &Row> {
        let Indexed { rows, keys, makers, order, .. } = self.0.as_ref();
        let picked: Vec<bool> = makers.iter().map(|maker| is_maker(maker.as_deref())).collect();
        order.iter().filter(move |i| picked[keys[**i].maker]).map(|i| rows[*i].as_ref())
    }

    /// Numbers of the best rows of these models, best first.
    #[must_use]
    pub fn best_of(&self, ids: &BTreeSet<&str>) -> Vec<usize> {
        let mut best: Vec<usize> =
            ids.iter().filter_map(|id| self.run(id, |other| other == *id).next().map(|(i, _)| i)).collect();
        best.sort_unstable();
        best
    }

    /// The model ids that begin with these characters.
    #[must_use]
    pub fn models_beginning(&self, prefix: &str) -> BTreeSet<&str> {
        self.run(prefix, |id| id.starts_with(prefix)).map(|(_, id)| id).collect()
    }

    /// Numbers and ids, by id, from the first that is not before `from` for as long as they fit.
    fn run(&self, from: &str, fits: impl Fn(&str) -> bool) -> impl Iterator<Item = (usize, &str)> {
        let model = |i: usize| self.0.rows[i].model.as_str();
        let first = self.0.order.partition_point(|i| model(*i) < from);
        self.0.order[first..].iter().map(move |i| (*i, model(*i))).take_while(move |(_, id)| fits(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn rows(models: &[(&str, f64)]) -> Rows {
        let row = |(model, score): &(&str, f64)| {
            Arc::new(Row {
                model: (*model).to_owned(),
                name: (*model).to_owned(),
                organisation: None,
                score: *score,
                ci_low: None,
                ci_high: None,
                n: None,
                evaluation: None,
                kind: None,
                listed: None,
                snapshot: date(2024, 1, 1),
            })
        };
        models.iter().map(row).collect::<Vec<_>>().into()
    }

    #[test]
    fn the_best_row_of_each_model_is_found() {
        let board = rows(&[("b", 9.0), ("ab", 8.0), ("b", 7.0), ("a", 6.0), ("c", 5.0)]);
        let scores = |rows: Vec<usize>| rows.into_iter().map(|i| board[i].score).collect::<Vec<_>>();
        assert_eq!(board.best_of_each().map(|row| row.score).collect::<Vec<_>>(), [9.0, 8.0, 6.0, 5.0]);
        assert_eq!(scores(board.best_of(&BTreeSet::from(["a", "b", "x"]))), [9.0, 6.0]);
        assert_eq!(board.models_beginning("a"), BTreeSet::from(["a", "ab"]));
    }

    #[test]
    fn what_is_left_is_indexed_like_the_whole() {
        let board = rows(&[("b", 9.0), ("z/a", 8.0), ("b", 7.0)]);
        let board = board.out_by(date(2024, 1, 1), |row| (row.score < 9.0).then_some(date(2023, 1, 1)));
        assert_eq!(board, rows(&[("z/a", 8.0), ("b", 7.0)]));
        assert_eq!(board.best_of(&BTreeSet::from(["b"])), [1]);
        assert_eq!(board.published_as("a").collect::<Vec<_>>(), ["z/a"]);
        assert_eq!(board.published_as("b").count(), 0);
        assert_eq!(
            board.made_by(|maker| maker.is_none()).map(|row| row.score).collect::<Vec<_>>(),
            [7.0, 8.0]
        );
        assert_eq!(board.made_by(|maker| maker == Some("b")).count(), 0);
    }
}
