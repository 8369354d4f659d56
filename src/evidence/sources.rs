//! Rows of a board in; the traceable source that they are, and who measured them, out.

use super::measured::{Evaluation, Source};
use crate::dataset::{Board, Row};

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

/// Rows of a long list that are named as its source.
const ROWS_SHOWN: usize = 20;

/// As [`source`], of a list that may be long: its first rows.
pub(super) fn source_of_first(board: &Board, rows: &[&Row]) -> Source {
    source(board, &rows[..rows.len().min(ROWS_SHOWN)])
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
