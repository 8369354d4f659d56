//! The rows of a board, best first, indexed by model: shared, so that handing out a board copies nothing.

use super::entry::published_as;
use super::table::Row;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// Rows of a board, best first; a slice of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows(Arc<Indexed>);

#[derive(Debug, Default)]
struct Indexed {
    rows: Vec<Arc<Row>>,
    /// Numbers of the rows by model id, of one model the best first.
    order: Vec<u32>,
    /// Numbers of the rows whose models go by the name of who published them, by the name that follows it.
    published: Vec<u32>,
    /// Numbers of the best rows of each model, best first.
    best: Vec<u32>,
    /// Numbers of the rows by maker, from when it was first asked.
    by_maker: OnceLock<Vec<u32>>,
    /// The first day of each row's model, from when it was first asked.
    first_days: OnceLock<Vec<Option<Date>>>,
}

impl PartialEq for Indexed {
    /// The rest follows from the rows.
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows
    }
}

impl Indexed {
    fn new(rows: Vec<Arc<Row>>, order: Vec<u32>, published: Vec<u32>) -> Self {
        let runs = order.chunk_by(|a, b| rows[*a as usize].by_id == rows[*b as usize].by_id);
        let mut best: Vec<u32> = runs.filter_map(|run| run.first().copied()).collect();
        best.sort_unstable();
        Self { rows, order, published, best, ..Self::default() }
    }
}

/// Numbers of the rows that have a place, by it; of one place in the rows' own order.
fn ordered(rows: &[Arc<Row>], place: impl Fn(&Row) -> Option<u32>) -> Vec<u32> {
    let mut order: Vec<(u32, u32)> =
        rows.iter().zip(0..).filter_map(|(row, i)| Some((place(row)?, i))).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, i)| i).collect()
}

/// Rows of one table, best first.
impl From<Vec<Arc<Row>>> for Rows {
    fn from(rows: Vec<Arc<Row>>) -> Self {
        let order = ordered(&rows, |row| Some(row.by_id));
        let published = ordered(&rows, |row| row.by_published_name);
        Self(Arc::new(Indexed::new(rows, order, published)))
    }
}

impl Deref for Rows {
    type Target = [Arc<Row>];

    fn deref(&self) -> &Self::Target {
        &self.0.rows
    }
}

impl Rows {
    /// The rows whose models were out by `day`, which `first_day` tells of a row; those of which it cannot were not.
    #[must_use]
    pub fn out_by(&self, day: Date, first_day: impl Fn(&Row) -> Option<Date>) -> Self {
        let Indexed { rows, order, published, first_days, .. } = self.0.as_ref();
        let days = first_days.get_or_init(|| rows.iter().map(|row| first_day(row)).collect());
        let mut out = Vec::new();
        let mut numbers: Vec<Option<u32>> = Vec::with_capacity(rows.len());
        for (row, first) in rows.iter().zip(days) {
            let is_out = first.is_some_and(|first| first <= day);
            numbers.push(is_out.then_some(out.len() as u32));
            out.extend(is_out.then(|| Arc::clone(row)));
        }
        let left = |order: &[u32]| order.iter().filter_map(|i| numbers[*i as usize]).collect();
        Self(Arc::new(Indexed::new(out, left(order), left(published))))
    }

    /// The best row of each model, best first.
    pub fn best_of_each(&self) -> impl Iterator<Item = &Row> {
        self.0.best.iter().map(|i| self.row(*i))
    }

    /// The model ids that are this name after the name of who published it: `antgroup/finix-s1-32b`.
    pub fn published_as(&self, name: &str) -> impl Iterator<Item = &str> {
        let published = &self.0.published;
        let named = |i: &u32| published_as(&self.row(*i).model);
        let first = published.partition_point(|i| named(i) < Some(name));
        let same = published[first..].iter().take_while(move |i| named(i) == Some(name));
        same.map(|i| self.row(*i).model.as_str())
    }

    /// The rows whose organisations are among those that `is_maker` picks, which is asked once of each.
    pub fn made_by(&self, is_maker: impl Fn(Option<&str>) -> bool) -> impl Iterator<Item = &Row> {
        let by_maker = self.0.by_maker.get_or_init(|| ordered(&self.0.rows, |row| Some(row.by_maker)));
        let runs = by_maker.chunk_by(|a, b| self.row(*a).by_maker == self.row(*b).by_maker);
        runs.filter(move |run| is_maker(self.row(run[0]).organisation.as_deref()))
            .flatten()
            .map(|i| self.row(*i))
    }

    /// Numbers of the best rows of these models, best first.
    #[must_use]
    pub fn best_of(&self, ids: &BTreeSet<&str>) -> Vec<usize> {
        let best = ids.iter().filter_map(|id| self.run(id, |other| other == *id).next());
        let mut best: Vec<usize> = best.map(|(i, _)| i as usize).collect();
        best.sort_unstable();
        best
    }

    /// The model ids that begin with these characters.
    #[must_use]
    pub fn models_beginning(&self, prefix: &str) -> BTreeSet<&str> {
        self.run(prefix, |id| id.starts_with(prefix)).map(|(_, id)| id).collect()
    }

    /// Numbers and ids, by id, from the first that is not before `from` for as long as they fit.
    fn run(&self, from: &str, fits: impl Fn(&str) -> bool) -> impl Iterator<Item = (u32, &str)> {
        let model = |i: u32| self.row(i).model.as_str();
        let first = self.0.order.partition_point(|i| model(*i) < from);
        self.0.order[first..].iter().map(move |i| (*i, model(*i))).take_while(move |(_, id)| fits(id))
    }

    fn row(&self, number: u32) -> &Row {
        &self.0.rows[number as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::entry;
    use jiff::civil::date;

    fn rows(models: &[(&str, f64)]) -> Rows {
        let dated: Vec<_> = models.iter().map(|(model, score)| (*model, *score, "2024-01-01")).collect();
        entry::tests::rows(&dated).into()
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
        assert_eq!(board.iter().map(|row| row.score).collect::<Vec<_>>(), [8.0, 7.0]);
        assert_eq!(board.best_of(&BTreeSet::from(["b"])), [1]);
        assert_eq!(board.published_as("a").collect::<Vec<_>>(), ["z/a"]);
        assert_eq!(board.published_as("b").count(), 0);
        assert_eq!(
            board.made_by(|maker| maker.is_none()).map(|row| row.score).collect::<Vec<_>>(),
            [8.0, 7.0]
        );
        assert_eq!(board.made_by(|maker| maker == Some("b")).count(), 0);
    }
}
