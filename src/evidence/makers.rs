//! A board's top places, or all of it, in; from how many different makers or countries their models come out.

use super::measured::{Measured, Reading, Step, Target, Uncertainty};
use super::sources::{evaluation, source_of_first};
use super::view::View;
use super::words::Words;
use crate::dataset::{Board, BoardHead, Coverage, Row};
use crate::error::Result;
use crate::reported::{Interval, Unit};
use std::collections::BTreeSet;

/// Words that tell things apart...
const DIFFERENT: [&str; 4] = ["different", "distinct", "separate", "various"];
/// ...what makes models...
const MAKERS: [&str; 7] = ["organi", "compan", "lab", "maker", "developer", "firm", "provider"];
/// ...and where.
const COUNTRIES: [&str; 2] = ["countr", "nation"];

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    Makers,
    Countries,
}

impl Counted {
    /// What the words count, where they count either: "from seven different organisations".
    pub(super) fn named(words: &Words) -> Option<Self> {
        let are_told_apart = |nouns: &[&str]| {
            DIFFERENT.iter().any(|word| nouns.iter().any(|noun| words.any(&[&format!("{word} {noun}")])))
        };
        match () {
            () if are_told_apart(&MAKERS) => Some(Self::Makers),
            () if are_told_apart(&COUNTRIES) => Some(Self::Countries),
            () => None,
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::Makers => "makers",
            Self::Countries => "countries",
        }
    }

    fn of(self, view: &View<'_>, row: &Row) -> Option<String> {
        let facts = view.facts(&row.model);
        let maker = row.organisation.clone().or_else(|| facts.organisation.clone());
        match self {
            Self::Makers => maker,
            Self::Countries => maker
                .and_then(|id| view.names().organisation(&id)?.country.clone())
                .or_else(|| facts.country.clone()),
        }
    }
}

/// How many there are on the claim's board; none where the maker of a place is not known.
pub(super) fn readings(
    view: &View<'_>,
    benchmark: &str,
    places: Option<usize>,
    counted: Counted,
    claimed: Interval,
) -> Result<Vec<Reading>> {
    let fits = |head: &BoardHead| head.coverage == Coverage::Full && head.in_force(view.day);
    let least = places.unwrap_or(1);
    let boards = view.nearest_copies(benchmark, fits, |board| board.models().len() >= least)?;
    let value = |board: &Board| -> Option<Measured> {
        let rows: Vec<&Row> = board.rows.best_of_each().take(places.unwrap_or(usize::MAX)).collect();
        let found: Option<BTreeSet<String>> = rows.iter().map(|row| counted.of(view, row)).collect();
        let estimate = found?.len() as f64;
        Some(Measured {
            label: format!("{} of the {} models of {}", counted.text(), rows.len(), board.head.name),
            benchmark: benchmark.to_owned(),
            metric: counted.text().to_owned(),
            unit: Unit::Count,
            estimate,
            uncertainty: Uncertainty::Exact,
            n: Some(rows.len() as u64),
            evaluation: evaluation(board, rows.first()?),
            claimed,
            target: Target::Published,
            conclusion: None,
            scale: 1.0,
            sources: vec![source_of_first(board, &rows)],
        })
    };
    let measured: Vec<Measured> = boards.iter().filter_map(value).collect();
    if measured.is_empty() {
        return Ok(Vec::new());
    }
    let is_retrospective = boards.iter().any(|board| board.retrospective);
    Ok(vec![Reading::of_sources(
        format!("{}/{benchmark}", counted.text()),
        format!("the different {} whose models stand on {}", counted.text(), view.called(benchmark)),
        measured,
        is_retrospective.then_some(Step::Retrospective),
    )])
}
