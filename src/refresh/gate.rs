//! Gates: a board before and after a fetch in; what makes the new one implausible, in words, out.
//!
//! The numbers below were set on the 450 pairs of successive snapshots of the shipped boards: all pass but one, a
//! board of five rows whose judging model had been replaced between them, which is what the gates are for.

use super::diff::{Diff, Line, number};
use super::tidy::Table;
use crate::dataset::manifest::Manifest;
use crate::reported::Unit;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A board with less than this share of its former rows has collapsed; the smallest share seen is 0.6.
const MIN_SHARE_OF_ROWS: f64 = 0.5;

/// A board with more than this many times its former rows has exploded; the most seen is 2.4.
const MAX_TIMES_THE_ROWS: f64 = 3.0;

/// Smaller boards have only begun: one went from 4 rows to 14 in a quarter, and their range is still open.
const MIN_ROWS_TO_COUNT: usize = 10;

/// A score has jumped when it moved by more than this share of its board's former range.
const JUMP_SHARE_OF_RANGE: f64 = 0.1;

/// A board on which more than this share of the scores jumped has another scale; the largest share seen is a third.
const MAX_SHARE_OF_JUMPS: f64 = 0.4;

/// With fewer rows on both sides a share says nothing.
const MIN_ROWS_FOR_SHARE: usize = 3;

/// Not even a single score moves or enters by more than this many former ranges; re-runs moved by up to one.
const MAX_RANGES: f64 = 1.5;

/// A column that was filled in more than this share of the rows, and is empty now, was lost.
const FILLED_SHARE: f64 = 0.5;

/// A source east of us may already have tomorrow's date.
const FUTURE_SLACK_DAYS: i32 = 1;

/// Rows that a finding names.
const EXAMPLES: usize = 3;

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gate {
    /// The body cannot be read as the form that is known.
    Unreadable,
    /// A score that is not a finite number.
    NotANumber,
    /// Columns are gone, or of another type.
    Schema,
    /// A board is gone.
    Boards,
    /// Rows collapsed or exploded.
    Rows,
    /// Scores moved or entered where none can be.
    Scores,
    /// A day after today.
    Future,
}

/// What makes a fetched board implausible.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// What it is about.
    pub gate: Gate,
    /// In words, with old and new.
    pub text: String,
}

impl Gate {
    /// Whether the user may take the data all the same.
    #[must_use]
    pub fn can_be_accepted(self) -> bool {
        !matches!(self, Self::Unreadable | Self::NotANumber)
    }
}

/// A fetched state beside the one that is held.
pub(super) struct Comparison<'c> {
    /// What is held, as its newest snapshot shows it.
    pub(super) before: &'c [Line],
    /// What came.
    pub(super) after: &'c [Line],
    /// What changed between them.
    pub(super) diff: &'c Diff,
    /// The table that came.
    pub(super) fetched: &'c Table,
    /// The day of the fetch.
    pub(super) today: Date,
}

/// Everything implausible about what came, the gravest first.
pub(super) fn findings(manifest: &Manifest, comparison: &Comparison<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut find = |gate: Gate, text: String| found.push(Finding { gate, text });
    not_numbers(comparison.after, &mut find);
    future(comparison, &mut find);
    let (before, after) = (by_board(comparison.before), by_board(comparison.after));
    for (board, old) in &before {
        match after.get(board) {
            None => find(Gate::Boards, format!("{board}: all {} rows are gone", old.len())),
            Some(new) => {
                rows(board, old.len(), new.len(), &mut find);
                emptied(board, old, new, &mut find);
                scores(board, old, new, comparison.diff, &mut find);
            }
        }
    }
    for (board, new) in &after {
        limits(manifest, board, new, before.get(board).map(Vec::as_slice), &mut find);
    }
    found.sort_by_key(|finding| finding.gate);
    found
}

fn by_board(lines: &[Line]) -> BTreeMap<String, Vec<&Line>> {
    let mut boards: BTreeMap<String, Vec<&Line>> = BTreeMap::new();
    for line in lines {
        boards.entry(line.board()).or_default().push(line);
    }
    boards
}

fn examples<'l>(lines: impl Iterator<Item = &'l Line>) -> String {
    let told: Vec<String> =
        lines.take(EXAMPLES).map(|line| format!("{} {}", line.label(), number(line.score))).collect();
    told.join(", ")
}

fn not_numbers(after: &[Line], find: &mut impl FnMut(Gate, String)) {
    let is_odd = |line: &&Line| {
        [Some(line.score), line.ci_low, line.ci_high].into_iter().flatten().any(|number| !number.is_finite())
    };
    let odd = after.iter().filter(is_odd).count();
    if odd > 0 {
        find(
            Gate::NotANumber,
            format!("{odd} rows hold no finite number: {}", examples(after.iter().filter(is_odd))),
        );
    }
}

fn future(comparison: &Comparison<'_>, find: &mut impl FnMut(Gate, String)) {
    let latest = comparison.today.saturating_add(FUTURE_SLACK_DAYS.days());
    let rows = &comparison.fetched.rows;
    let late: Vec<_> = rows
        .iter()
        .filter(|row| row.snapshot > latest || row.listed.is_some_and(|day| day > latest))
        .collect();
    if let Some(first) = late.first() {
        let day = first.listed.filter(|day| *day > latest).unwrap_or(first.snapshot);
        let told = format!(
            "{} rows are dated after today, {}: {} {day}",
            late.len(),
            comparison.today,
            first.line.label()
        );
        find(Gate::Future, told);
    }
}

fn rows(board: &str, old: usize, new: usize, find: &mut impl FnMut(Gate, String)) {
    if old < MIN_ROWS_TO_COUNT {
        return;
    }
    let times = new as f64 / old as f64;
    if times < MIN_SHARE_OF_ROWS {
        let least = (old as f64 * MIN_SHARE_OF_ROWS).ceil();
        find(
            Gate::Rows,
            format!("{board}: {new} rows where there were {old}; fewer than {least} are a collapse"),
        );
    } else if times > MAX_TIMES_THE_ROWS {
        let most = (old as f64 * MAX_TIMES_THE_ROWS).floor();
        find(
            Gate::Rows,
            format!("{board}: {new} rows where there were {old}; more than {most} are an explosion"),
        );
    }
}

fn emptied(board: &str, old: &[&Line], new: &[&Line], find: &mut impl FnMut(Gate, String)) {
    let intervals = |lines: &[&Line]| lines.iter().filter(|line| line.ci_low.is_some()).count();
    let counts = |lines: &[&Line]| lines.iter().filter(|line| line.n.is_some()).count();
    let columns = [("95 % interval", intervals(old), intervals(new)), ("n", counts(old), counts(new))];
    for (name, was, is) in columns {
        if was as f64 > FILLED_SHARE * old.len() as f64 && is == 0 {
            find(Gate::Schema, format!("{board}: {was} of {} rows had a {name}; now none has", old.len()));
        }
    }
}

fn scores(board: &str, old: &[&Line], new: &[&Line], diff: &Diff, find: &mut impl FnMut(Gate, String)) {
    let (low, high) = range(old);
    let width = high - low;
    if old.len() < MIN_ROWS_FOR_SHARE || width <= 0.0 {
        return;
    }
    let moved = |line: &Line| diff.changed.iter().find(|pair| pair.new.key() == line.key());
    let known: BTreeSet<_> = old.iter().map(|line| line.key()).collect();
    let common = new.iter().filter(|line| known.contains(&line.key())).count();
    let pairs: Vec<_> = new.iter().filter_map(|line| moved(line)).collect();
    let move_of = |pair: &&&super::diff::Changed| (pair.new.score - pair.old.score).abs();
    let told = |pair: &&super::diff::Changed| {
        format!("{} {} -> {}", pair.new.label(), number(pair.old.score), number(pair.new.score))
    };
    let jumped: Vec<_> =
        pairs.iter().filter(|pair| move_of(pair) > JUMP_SHARE_OF_RANGE * width).copied().collect();
    if common >= MIN_ROWS_FOR_SHARE && jumped.len() as f64 > MAX_SHARE_OF_JUMPS * common as f64 {
        let some: Vec<String> = jumped.iter().take(EXAMPLES).map(told).collect();
        let what =
            format!("{} of {common} scores moved by more than a tenth of the former range", jumped.len());
        find(Gate::Scores, format!("{board}: {what}, as if the scale had changed: {}", some.join(", ")));
    } else if let Some(pair) = jumped.iter().find(|pair| move_of(pair) > MAX_RANGES * width) {
        find(Gate::Scores, format!("{board}: a score moved further than any ever did: {}", told(pair)));
    }
    if old.len() < MIN_ROWS_TO_COUNT {
        return;
    }
    let reach = MAX_RANGES * width;
    let is_far =
        |line: &&&Line| !(low - reach..=high + reach).contains(&line.score) && !known.contains(&line.key());
    let far: Vec<&&Line> = new.iter().filter(is_far).collect();
    if !far.is_empty() {
        let what = format!("{} new scores far outside {} to {}", far.len(), number(low), number(high));
        find(Gate::Scores, format!("{board}: {what}: {}", examples(far.into_iter().copied())));
    }
}

fn range(lines: &[&Line]) -> (f64, f64) {
    let scores = || lines.iter().map(|line| line.score);
    (scores().fold(f64::INFINITY, f64::min), scores().fold(f64::NEG_INFINITY, f64::max))
}

/// Percentages end at 100; below 0 they begin only where they always did, on boards that subtract guessing.
fn limits(
    manifest: &Manifest,
    board: &str,
    new: &[&Line],
    old: Option<&[&Line]>,
    find: &mut impl FnMut(Gate, String),
) {
    let Some(first) = new.first() else { return };
    let unit = manifest.benchmark(&first.benchmark, &first.metric).map(|entry| entry.unit);
    if unit != Some(Unit::Percent) {
        return;
    }
    let lowest = old.map_or(0.0, |old| range(old).0.min(0.0));
    let is_out = |line: &&&Line| line.score > 100.0 || line.score < lowest;
    let count = new.iter().filter(is_out).count();
    if count > 0 {
        let some = examples(new.iter().filter(is_out).copied());
        find(Gate::Scores, format!("{board}: {count} scores are no percentages: {some}"));
    }
}

#[cfg(test)]
mod tests {
    use super::super::diff::{diff, tests::line};
    use super::super::tidy::tests::table;
    use super::*;
    use crate::dataset::manifest::History;

    const MANIFEST: &str = r#"
id = "a-board"
title = "A board"
source_url = "https://example.org"
repository = "owner/name"
licence = "MIT"
attribution = "Owner"
population = "models"
cadence = "monthly"
uncertainty = "none"
evaluation = "independent"
decision = "registered"
reason = "a test"
[[benchmark]]
id = "mmlu"
metric = "accuracy"
unit = "percent"
higher_is_better = true
tolerance = 2.0
tolerance_reason = "prompts differ"
margin = 2.0
margin_reason = "prompts differ"
family = "mmlu"
"#;

    fn board(n: usize) -> Vec<Line> {
        (0..n).map(|i| line(&format!("m{i}"), 40.0 + i as f64)).collect()
    }

    fn gates(before: &[Line], after: &[Line]) -> Vec<Gate> {
        let manifest = Manifest::parse("dataset.toml", MANIFEST).expect("a good manifest");
        let fetched = table(&[("m0", 40.0, "2026-03-01")]);
        let (diff, today) = (diff(before, after), Date::constant(2026, 3, 1));
        let comparison = Comparison { before, after, diff: &diff, fetched: &fetched, today };
        findings(&manifest, &comparison).into_iter().map(|finding| finding.gate).collect()
    }

    #[test]
    fn an_ordinary_month_passes() {
        let mut after = board(25);
        after.remove(3);
        after[5].score += 1.5;
        assert_eq!(gates(&board(20), &after), []);
        assert_eq!(gates(&[], &after), []);
        assert_eq!(gates(&board(4), &board(14)), []);
    }

    #[test]
    fn rows_that_collapse_or_explode_are_refused() {
        assert_eq!(gates(&board(20), &board(2)), [Gate::Rows]);
        let many: Vec<Line> = (0..200).map(|i| line(&format!("m{i}"), 40.0 + (i % 20) as f64)).collect();
        assert_eq!(gates(&board(20), &many), [Gate::Rows]);
        assert_eq!(gates(&board(20), &[]), [Gate::Boards]);
    }

    #[test]
    fn fractions_for_percentages_are_another_scale() {
        let after: Vec<Line> = board(20).into_iter().map(|l| Line { score: l.score / 100.0, ..l }).collect();
        assert_eq!(gates(&board(20), &after), [Gate::Scores]);
    }

    #[test]
    fn numbers_that_cannot_be_are_refused() {
        let mut after = board(20);
        after[3].score = f64::NAN;
        after[4].score = f64::INFINITY;
        assert!(gates(&board(20), &after).contains(&Gate::NotANumber));
        assert!(!Gate::NotANumber.can_be_accepted() && Gate::Rows.can_be_accepted());
        let mut after = board(20);
        after.push(line("new", 140.0));
        assert!(gates(&board(20), &after).contains(&Gate::Scores));
    }

    #[test]
    fn a_lost_interval_is_a_lost_column() {
        let before: Vec<Line> = board(20)
            .into_iter()
            .map(|l| Line { ci_low: Some(l.score - 1.0), ci_high: Some(l.score + 1.0), ..l })
            .collect();
        assert_eq!(gates(&before, &board(20)), [Gate::Schema]);
    }

    #[test]
    fn tomorrow_may_be_a_time_zone_and_next_week_is_not() {
        let manifest = Manifest::parse("dataset.toml", MANIFEST).expect("a good manifest");
        let gates = |day: &str| {
            let fetched = table(&[("m0", 40.0, day)]);
            let (diff, today) = (Diff::default(), Date::constant(2026, 3, 1));
            let comparison = Comparison { before: &[], after: &[], diff: &diff, fetched: &fetched, today };
            findings(&manifest, &comparison).len()
        };
        assert_eq!((gates("2026-03-02"), gates("2026-03-08")), (0, 1));
    }

    /// The claim at the top of this file.
    #[test]
    fn the_shipped_past_passes_but_for_a_judge_that_was_replaced() {
        let datasets = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets");
        let (mut pairs, mut refused) = (0, Vec::new());
        for manifest in crate::dataset::import::read_manifests(&datasets).expect("the shipped manifests") {
            let path = datasets.join(&manifest.id).join(manifest.table_file());
            if !manifest.is_scores() || !path.is_file() || !manifest.table_file().ends_with(".csv") {
                continue;
            }
            let table =
                Table::parse(&manifest.id, &std::fs::read(path).expect("a table")).expect("a good table");
            let mut boards: BTreeMap<String, BTreeMap<Date, Vec<Line>>> = BTreeMap::new();
            for row in table.rows {
                boards.entry(row.line.board()).or_default().entry(row.snapshot).or_default().push(row.line);
            }
            for snapshots in boards.values().filter(|_| manifest.history == History::Snapshots) {
                let snapshots: Vec<_> = snapshots.iter().collect();
                for pair in snapshots.windows(2) {
                    let (before, after, today) = (pair[0].1, pair[1].1, *pair[1].0);
                    let (diff, fetched) = (diff(before, after), Table::parse("t", HEADER).expect("empty"));
                    let comparison = Comparison { before, after, diff: &diff, fetched: &fetched, today };
                    pairs += 1;
                    refused.extend(
                        findings(&manifest, &comparison)
                            .into_iter()
                            .map(|f| format!("{} {}: {}", manifest.id, today, f.text)),
                    );
                }
            }
        }
        assert!(pairs > 400, "{pairs}");
        assert!(refused.len() <= 1, "{pairs} pairs, refused: {refused:#?}");
    }

    const HEADER: &[u8] =
        b"model,name,organisation,benchmark,metric,score,ci_low,ci_high,n,evaluation,type,listed,snapshot\n";
}
