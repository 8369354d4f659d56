//! The rows of a board, best first, indexed by model: shared, so that handing out a board copies nothing.

use super::table::Row;
use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

/// Rows of a board, best first; a slice of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows(Arc<Indexed>);

#[derive(Debug, PartialEq, Default)]
struct Indexed {
    rows: Vec<Arc<Row>>,
    /// Numbers of the rows by model id, of one model the best first.
    order: Vec<usize>,
    /// Numbers of the best rows of each model, best first.
    best: Vec<usize>,
    /// Numbers of the rows whose models go by the name of who published them.
    published: Vec<usize>,
}

impl Indexed {
    fn new(rows: Vec<Arc<Row>>, order: Vec<usize>) -> Self {
        let runs = order.chunk_by(|a, b| rows[*a].model == rows[*b].model);
        let mut best: Vec<usize> = runs.filter_map(|run| run.first().copied()).collect();
        best.sort_unstable();
        let published = (0..rows.len()).filter(|i| rows[*i].model.contains('/')).collect();
        Self { rows, order, best, published }
    }
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
        order.sort_by(|a, b| rows[*a].model.cmp(&rows[*b].model));
        Self(Arc::new(Indexed::new(rows, order)))
    }
}

impl Rows {
    /// The rows that `keep` keeps.
    #[must_use]
    pub fn filtered(&self, keep: impl Fn(&Row) -> bool) -> Self {
        let mut rows = Vec::new();
        let place = |row: &Arc<Row>| {
            keep(row).then(|| {
                rows.push(Arc::clone(row));
                rows.len() - 1
            })
        };
        let places: Vec<Option<usize>> = self.0.rows.iter().map(place).collect();
        let order = self.0.order.iter().filter_map(|i| places[*i]).collect();
        Self(Arc::new(Indexed::new(rows, order)))
    }

    /// The best row of each model, best first.
    pub fn best_of_each(&self) -> impl Iterator<Item = &Row> {
        self.0.best.iter().map(|i| self.0.rows[*i].as_ref())
    }

    /// The rows whose models go by the name of who published them: `antgroup/finix-s1-32b`.
    pub fn published(&self) -> impl Iterator<Item = &Row> {
        self.0.published.iter().map(|i| self.0.rows[*i].as_ref())
    }

    /// Every row, by model id.
    pub fn by_model(&self) -> impl Iterator<Item = &Row> {
        self.0.order.iter().map(|i| self.0.rows[*i].as_ref())
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
        let board = rows(&[("b", 9.0), ("a", 8.0), ("b", 7.0)]).filtered(|row| row.score < 9.0);
        assert_eq!(board.len(), 2);
        assert_eq!(board.best_of(&BTreeSet::from(["b"])), [1]);
        assert_eq!(board, rows(&[("a", 8.0), ("b", 7.0)]));
    }
}
