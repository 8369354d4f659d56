//! The view of the catalog on one day: boards as they stood, the members of a party on them, and traceable sources.

use super::measured::{Evaluation, Source};
use crate::claim::Party;
use crate::dataset::{Board, BoardHead, Catalog, Row};
use crate::error::Result;
use crate::names::{Entity, ModelFacts, Names};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A catalog seen on a day.
pub(super) struct View<'c> {
    catalog: &'c Catalog,
    pub(super) day: Date,
}

impl<'c> View<'c> {
    pub(super) fn new(catalog: &'c Catalog, day: Date) -> Self {
        Self { catalog, day }
    }

    pub(super) fn names(&self) -> &'c Names {
        self.catalog.names()
    }

    /// Heads of the boards that measure a benchmark; of all boards when none is asked for.
    pub(super) fn heads(&self, benchmark: Option<&str>) -> impl Iterator<Item = &'c BoardHead> + use<'c> {
        let benchmark = benchmark.map(str::to_owned);
        self.catalog.heads().iter().filter(move |head| benchmark.as_deref().is_none_or(|id| head.benchmark == id))
    }

    /// The board on the view's day if it `covers` what the claim needs; else, the first later one restricted to
    /// what existed on the day, if that does.
    pub(super) fn board(&self, head: &BoardHead, covers: impl Fn(&Board) -> bool) -> Result<Option<Board>> {
        let around = self.catalog.around(head, self.day)?;
        let current = around.current.filter(|board| covers(board));
        Ok(current.or_else(|| around.retrospective.filter(|board| covers(board))))
    }

    /// The board's model ids that belong to a party; none when its name is not known.
    pub(super) fn members<'b>(&self, board: &'b Board, party: &Party) -> BTreeSet<&'b str> {
        let Some(entity) = &party.entity else { return BTreeSet::new() };
        self.members_of(board, entity)
    }

    /// The board's model ids that belong to an entity.
    pub(super) fn members_of<'b>(&self, board: &'b Board, entity: &Entity) -> BTreeSet<&'b str> {
        self.names().members(entity, &board.models()).into_iter().collect()
    }

    pub(super) fn facts(&self, model: &str) -> ModelFacts {
        self.names().facts(model)
    }

    /// The day a row's model could first be used: its release, or its first listing where that is earlier.
    pub(super) fn first_day(&self, row: &Row) -> Option<Date> {
        [self.facts(&row.model).released, row.listed].into_iter().flatten().min()
    }
}

/// Where rows of a board came from.
pub(super) fn source(board: &Board, rows: &[&Row]) -> Source {
    Source {
        dataset: board.head.dataset.clone(),
        snapshot: board.snapshot,
        sha256: board.head.sha256.clone(),
        url: board.head.url.clone(),
        rows: rows.iter().map(|row| row_text(board, row)).collect(),
    }
}

fn row_text(board: &Board, row: &Row) -> String {
    let mut text = format!("name={} {}={}", row.name, board.head.metric, row.score);
    if let (Some(low), Some(high)) = (row.ci_low, row.ci_high) {
        text += &format!(" ci={low}..{high}");
    }
    if let Some(n) = row.n {
        text += &format!(" n={n}");
    }
    if let Some(listed) = row.listed {
        text += &format!(" listed={listed}");
    }
    text
}

/// Who measured a row.
pub(super) fn evaluation(board: &Board, row: &Row) -> Evaluation {
    row.evaluation.unwrap_or(board.head.evaluation)
}
