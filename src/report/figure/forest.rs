//! Forest figure: the measured values of a reading in; a dot and a 95 % interval for each, the claimed range behind.

use super::axis::{Axis, fitting_ticks};
use super::canvas::{self, Align, Canvas};
use super::face::{Face, Ink};
use super::{Figure, Heading, WIDTH_PX};
use crate::evidence::{Evaluation, Measured, Pool, Reading};
use crate::quantity;
use crate::report::wording;
use crate::reported::Unit;
use crate::verdict::Verdict;
use serde::Serialize;

/// Above this many rows each gets one line.
const ROOMY_ROWS: usize = 14;

/// Above this many rows the lines stand closer, so that the figure and its card fit on one page.
const DENSE_ROWS: usize = 24;

/// A share is drawn on the whole scale: how far 20 % is from all should be seen.
const WHOLE_PERCENT: (f64, f64) = (0.0, 100.0);

/// More rows than this are cut: the report's tables hold them all.
const MOST_ROWS: usize = 40;

/// One measured value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ForestRow {
    /// What was measured.
    pub label: String,
    /// Who measured, on how many items, in which table; as much of it as fits is shown.
    pub notes: Vec<String>,
    /// The value and its unit, in words.
    pub value: String,
    /// The interval in words; empty where the source gives none.
    pub interval: String,
    /// The value on the axis.
    pub estimate: f64,
    /// Ends of its 95 % interval on the axis; absent where the source gives none.
    pub ends: Option<(f64, f64)>,
    /// Where the claim would have it, on the axis; `None` is an open end.
    pub claimed: (Option<f64>, Option<f64>),
    /// Whether it is the maker's own figure.
    pub self_reported: bool,
}

/// The data of a forest figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forest {
    /// From the top.
    pub rows: Vec<ForestRow>,
    /// Pooled estimate and its 95 % interval, on the axis.
    pub pooled: Option<(f64, f64, f64)>,
    /// The pooled estimate in words; empty when there is none.
    pub pooled_value: String,
    /// What the axis counts.
    pub axis: String,
    /// Ends of the axis, where they do not follow from the values.
    pub whole: Option<(f64, f64)>,
    /// Rows that did not fit.
    pub left_out: usize,
}

impl Forest {
    /// The figure's data; `None` when nothing was measured, or a single value that words give as well.
    pub(super) fn of(reading: &Reading, verdict: &Verdict) -> Option<Forest> {
        let first = reading.measured.first()?;
        if reading.measured.len() == 1 && first.interval().is_none() {
            return None;
        }
        // Only what is pooled over benchmarks needs the spread of each.
        let is_over_benchmarks = reading.pool == Pool::Benchmarks;
        let is_alike = |m: &Measured| m.unit == first.unit && (!is_over_benchmarks || m.scale == first.scale);
        let same_unit = reading.measured.iter().all(is_alike);
        let largest = reading.measured.iter().map(|m| m.estimate.abs()).fold(0.0, f64::max);
        let (size, size_name) = if same_unit { quantity::magnitude(largest, first.unit) } else { (1.0, "") };
        // Values of different boards stand on one axis in units of what each is pooled by.
        let divisor = |m: &Measured| if same_unit || m.scale <= 0.0 { size } else { m.scale };
        let rows = reading.measured.iter().take(MOST_ROWS).map(|m| row(m, divisor(m))).collect();
        let pooled_scale = if same_unit && first.scale > 0.0 { first.scale / size } else { 1.0 };
        let is_pooled = reading.pool == Pool::Benchmarks && reading.measured.len() > 1;
        let pooled = match (verdict.estimate, verdict.ci_low, verdict.ci_high) {
            (Some(estimate), Some(low), Some(high)) if is_pooled && verdict.reading == reading.name => {
                Some((estimate * pooled_scale, low * pooled_scale, high * pooled_scale))
            }
            _ => None,
        };
        let unit = quantity::axis_label(first.unit);
        let in_unit = |(estimate, ..): (f64, f64, f64)| match same_unit {
            true => quantity::with_unit(estimate * size, first.unit),
            false => quantity::number(estimate),
        };
        Some(Forest {
            rows,
            pooled_value: pooled.map_or_else(String::new, in_unit),
            pooled,
            axis: if same_unit {
                format!("{size_name}{unit}")
            } else {
                "difference, in spreads of each benchmark".to_owned()
            },
            whole: None,
            left_out: reading.measured.len().saturating_sub(MOST_ROWS),
        })
    }

    /// Shares by the population that each reading takes, the headline's first; `None` when words give that as well.
    pub(super) fn of_shares(readings: &[Reading]) -> Option<Forest> {
        let first = readings.first()?.measured.first()?;
        let shares: Vec<&Measured> = readings
            .iter()
            .flat_map(|reading| &reading.measured)
            .filter(|measured| measured.unit == first.unit)
            .collect();
        if shares.len() == 1 && first.interval().is_none() {
            return None;
        }
        let inside = |value: f64| (WHOLE_PERCENT.0..=WHOLE_PERCENT.1).contains(&value);
        let is_share = first.unit == Unit::Percent && shares.iter().all(|m| inside(m.estimate));
        Some(Forest {
            rows: shares.iter().take(MOST_ROWS).map(|measured| row(measured, 1.0)).collect(),
            pooled: None,
            pooled_value: String::new(),
            axis: if is_share { "share, %" } else { quantity::axis_label(first.unit) }.to_owned(),
            whole: is_share.then_some(WHOLE_PERCENT),
            left_out: shares.len().saturating_sub(MOST_ROWS),
        })
    }

    /// The line under the title.
    pub(super) fn subtitle(&self) -> String {
        let mut parts = Vec::new();
        if self.rows.iter().any(|row| row.ends.is_some()) {
            parts.push("Estimate and 95 % interval".to_owned());
        } else {
            parts.push("Estimate; the sources give no interval".to_owned());
        }
        if self.rows.iter().any(|row| row.self_reported) {
            parts.push("hollow: the maker's own figure".to_owned());
        }
        let is_claimed = |row: &ForestRow| row.claimed.0.is_some() || row.claimed.1.is_some();
        if self.common_claim().is_none() && self.rows.iter().any(is_claimed) {
            parts.push("shaded: where the claim would have each".to_owned());
        }
        if self.left_out > 0 {
            parts.push(format!("{} more not shown", self.left_out));
        }
        parts.join("; ")
    }

    /// The figure in words.
    pub(super) fn describe(&self) -> String {
        let rows: Vec<String> = self
            .rows
            .iter()
            .map(|row| match row.interval.as_str() {
                "" => format!("{}: {}", row.label, row.value),
                interval => format!("{}: {} ({interval})", row.label, row.value),
            })
            .collect();
        format!("Forest plot, axis in {}. {}.", self.axis, rows.join("; "))
    }

    fn is_compact(&self) -> bool {
        self.rows.len() > ROOMY_ROWS
    }

    /// Height of a row with one line, in pixels.
    fn line_px(&self) -> f64 {
        if self.rows.len() > DENSE_ROWS { 16.0 } else { 21.0 }
    }

    fn label_face(&self) -> Face {
        if self.is_compact() { Face { size_px: 11.5, ..Face::LABEL } } else { Face::LABEL }
    }

    fn common_claim(&self) -> Option<(Option<f64>, Option<f64>)> {
        let first = self.rows.first()?.claimed;
        let same = self.rows.iter().all(|row| row.claimed == first);
        (same && (first.0.is_some() || first.1.is_some())).then_some(first)
    }
}

fn row(measured: &Measured, divisor: f64) -> ForestRow {
    let interval = measured.interval();
    let finite = |edge: f64| edge.is_finite().then_some(edge / divisor);
    let mut notes = vec![wording::evaluation_label(measured.evaluation).to_owned()];
    notes.extend(measured.n.map(|n| format!("n = {}", quantity::grouped(&n.to_string()))));
    notes.extend(measured.sources.first().map(|source| format!("{}, {}", source.dataset, source.snapshot)));
    ForestRow {
        label: measured.label.clone(),
        notes,
        value: quantity::with_unit(measured.estimate, measured.unit),
        interval: interval.map_or_else(String::new, |(low, high)| quantity::range(low, high)),
        estimate: measured.estimate / divisor,
        ends: interval.map(|(low, high)| (low / divisor, high / divisor)),
        claimed: (finite(measured.claimed.low), finite(measured.claimed.high)),
        self_reported: measured.evaluation == Evaluation::SelfReported,
    }
}

/// A row laid out: its label's lines and its height.
struct Placed<'f> {
    row: &'f ForestRow,
    label: Vec<String>,
    note: String,
    top_px: f64,
    height_px: f64,
}

struct Layout<'f> {
    rows: Vec<Placed<'f>>,
    axis: Axis,
    value_px: f64,
    bottom_px: f64,
}

const POOLED_PX: f64 = 34.0;
const AXIS_PX: f64 = 44.0;
const CLAIM_LABEL_PX: f64 = 20.0;

fn lay_out<'f>(forest: &'f Forest, top_px: f64) -> Layout<'f> {
    let (compact, face) = (forest.is_compact(), forest.label_face());
    let widest = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max);
    let most_px = if compact { 370.0 } else { 270.0 };
    let label_px = widest(&mut forest.rows.iter().map(|row| face.width_px(&row.label))).clamp(120.0, most_px);
    let value_px = widest(
        &mut forest
            .rows
            .iter()
            .flat_map(|row| [Face::LABEL.strong().width_px(&row.value), Face::NOTE.width_px(&row.interval)])
            .chain([Face::LABEL.strong().width_px(&forest.pooled_value)]),
    )
    .clamp(60.0, 170.0);
    let mut top = top_px;
    let mut rows = Vec::new();
    for row in &forest.rows {
        let label = match compact {
            true => vec![shortened_evenly(face, &row.label, label_px)],
            false => wrapped_evenly(face, &row.label, label_px),
        };
        let note = if compact { String::new() } else { note_that_fits(&row.notes, label_px) };
        let lines = label.len() as f64 * Face::LABEL.line_px();
        let height_px = if compact { forest.line_px() } else { lines + Face::NOTE.line_px() + 12.0 };
        rows.push(Placed { row, label, note, top_px: top, height_px });
        top += height_px;
    }
    let values = forest.rows.iter().flat_map(|row| {
        let ends = row.ends.unwrap_or((row.estimate, row.estimate));
        let claimed = [row.claimed.0.unwrap_or(f64::NAN), row.claimed.1.unwrap_or(f64::NAN)];
        [row.estimate, ends.0, ends.1].into_iter().chain(claimed)
    });
    let values = values.chain(forest.pooled.into_iter().flat_map(|(_, low, high)| [low, high]));
    let (from_px, to_px) = (label_px + 18.0, WIDTH_PX - value_px - 18.0);
    let axis = match forest.whole {
        Some((low, high)) => Axis { low, high, from_px, to_px },
        None => Axis::over(values, from_px, to_px),
    };
    Layout { rows, axis, value_px, bottom_px: top }
}

/// What stands between the two names of a comparison.
const BETWEEN: [&str; 2] = [" against ", " minus "];

/// A label on one line. Of a comparison both names are shortened, first by the account before them and then the longer
/// first: a label that ends before the opponent's name says nothing.
fn shortened_evenly(face: Face, label: &str, width_px: f64) -> String {
    let split = BETWEEN.iter().find_map(|word| Some((label.split_once(word)?, *word)));
    let Some(((first, second), word)) = split.filter(|_| face.width_px(label) > width_px) else {
        return face.shortened(label, width_px);
    };
    let (board, first) = first.split_once(": ").unwrap_or(("", first));
    let lead = if board.is_empty() { String::new() } else { format!("{board}: ") };
    let bare = |name: &str| name.rsplit('/').next().unwrap_or(name).chars().collect::<Vec<char>>();
    let mut names = [first, second].map(bare);
    let full = [names[0].len(), names[1].len()];
    const LEAST_CHARACTERS: usize = 6;
    loop {
        let shown = |i: usize| {
            let name: String = names[i].iter().collect();
            if names[i].len() < full[i] { format!("{}…", name.trim_end()) } else { name }
        };
        let text = format!("{lead}{}{word}{}", shown(0), shown(1));
        let longer = usize::from(names[1].len() > names[0].len());
        if face.width_px(&text) <= width_px || names[longer].len() <= LEAST_CHARACTERS {
            return face.shortened(&text, width_px);
        }
        names[longer].pop();
    }
}

/// Lines of a label that is no comparison.
const MOST_LINES: usize = 4;

/// A label on several lines; a comparison that needs more than two breaks between its names, and shortens each.
fn wrapped_evenly(face: Face, label: &str, width_px: f64) -> Vec<String> {
    let whole = face.wrap(label, width_px, MOST_LINES);
    let split = BETWEEN.iter().find_map(|word| Some((label.split_once(word)?, *word)));
    match split {
        Some(((first, second), word)) if whole.len() > 2 || whole.iter().any(|line| line.ends_with('…')) => {
            vec![
                face.shortened(first, width_px),
                face.shortened(&format!("{}{second}", word.trim_start()), width_px),
            ]
        }
        _ => whole,
    }
}

fn note_that_fits(notes: &[String], width_px: f64) -> String {
    let joined = |n: usize| notes[..n].join(" · ");
    let fitting = (1..=notes.len()).rev().map(joined).find(|note| Face::NOTE.width_px(note) <= width_px);
    fitting.unwrap_or_default()
}

/// Draws the figure.
pub(super) fn draw(figure: &Figure, forest: &Forest) -> String {
    let heading = Heading::of(figure);
    let claim = forest.common_claim();
    let top = heading.height_px() + if claim.is_some() { CLAIM_LABEL_PX } else { 0.0 };
    let layout = lay_out(forest, top);
    let plot_bottom = layout.bottom_px + if forest.pooled.is_some() { POOLED_PX } else { 4.0 };
    canvas::draw((WIDTH_PX, plot_bottom + AXIS_PX), &figure.title, &figure.alt, |canvas| {
        heading.draw(canvas);
        draw_claimed(canvas, &layout, claim, top, plot_bottom);
        draw_axis(canvas, &layout.axis, &forest.axis, top, plot_bottom);
        for placed in &layout.rows {
            draw_row(canvas, &layout, placed, forest);
        }
        if let Some(pooled) = forest.pooled {
            draw_pooled(
                canvas,
                &layout.axis,
                pooled,
                &forest.pooled_value,
                layout.bottom_px + POOLED_PX / 2.0,
            );
        }
    })
}

fn draw_claimed(
    canvas: &mut Canvas<'_>,
    layout: &Layout<'_>,
    common: Option<(Option<f64>, Option<f64>)>,
    top: f64,
    bottom: f64,
) {
    let axis = &layout.axis;
    let ends = |(low, high): (Option<f64>, Option<f64>)| {
        let (left, right) =
            (low.map_or(axis.from_px, |v| axis.px(v)), high.map_or(axis.to_px, |v| axis.px(v)));
        // A range narrower than this would not be seen.
        const LEAST_PX: f64 = 3.0;
        if right - left < LEAST_PX {
            ((left + right - LEAST_PX) / 2.0, (left + right + LEAST_PX) / 2.0)
        } else {
            (left, right)
        }
    };
    let Some(claim) = common else {
        for placed in layout.rows.iter().filter(|p| p.row.claimed.0.is_some() || p.row.claimed.1.is_some()) {
            let (left, right) = ends(placed.row.claimed);
            canvas.rectangle((left, placed.top_px), (right, placed.top_px + placed.height_px), Ink::Claimed);
        }
        return;
    };
    let (left, right) = ends(claim);
    canvas.rectangle((left, top), (right, bottom), Ink::Claimed);
    for (edge, x) in [(claim.0, left), (claim.1, right)] {
        if edge.is_some() {
            canvas.line((x, top), (x, bottom), Ink::Accent, 1.0);
        }
    }
    let text = wording::claimed(claim, "");
    let face = Face::NOTE.in_ink(Ink::Accent);
    let half = face.width_px(&text) / 2.0;
    let centre = ((left + right) / 2.0).clamp(half, (WIDTH_PX - half).max(half));
    canvas.text((centre, top - CLAIM_LABEL_PX / 2.0), Align::Centre, face, &text);
}

fn draw_axis(canvas: &mut Canvas<'_>, axis: &Axis, name: &str, top: f64, bottom: f64) {
    for (value, label) in fitting_ticks(axis, 70.0, |label| Face::NOTE.width_px(label)) {
        let x = axis.px(value);
        canvas.line((x, top), (x, bottom), if value == 0.0 { Ink::Muted } else { Ink::Grid }, 0.75);
        canvas.text((x, bottom + 11.0), Align::Centre, Face::NOTE, &label);
    }
    canvas.line((axis.from_px, bottom), (axis.to_px, bottom), Ink::Muted, 1.0);
    canvas.text(((axis.from_px + axis.to_px) / 2.0, bottom + 30.0), Align::Centre, Face::NOTE, name);
}

fn draw_row(canvas: &mut Canvas<'_>, layout: &Layout<'_>, placed: &Placed<'_>, forest: &Forest) {
    let (row, axis, face) = (placed.row, &layout.axis, forest.label_face());
    let middle = placed.top_px + placed.height_px / 2.0;
    let lines_px = placed.label.len() as f64 * face.line_px();
    let block = if placed.note.is_empty() { lines_px } else { lines_px + Face::NOTE.line_px() };
    let first = middle - block / 2.0 + face.line_px() / 2.0;
    let y = canvas.lines((0.0, first), Align::Left, face, &placed.label);
    canvas.text((0.0, y - 1.0), Align::Left, Face::NOTE, &placed.note);
    if let Some((low, high)) = row.ends {
        canvas.line((axis.px(low), middle), (axis.px(high), middle), Ink::Dark, 1.75);
        for end in [low, high] {
            canvas.line((axis.px(end), middle - 4.0), (axis.px(end), middle + 4.0), Ink::Dark, 1.25);
        }
    }
    let title = format!("{}: {} {} ({})", row.label, row.value, row.interval, row.notes.join(", "));
    let centre = (axis.px(row.estimate), middle);
    let radius_px = if forest.is_compact() { 3.75 } else { 4.5 };
    match row.self_reported {
        true => canvas.ring(centre, radius_px + 0.5, Ink::Dark, &title),
        false => canvas.dot(centre, radius_px, Ink::Dark, &title),
    }
    let strong = face.strong();
    let value = strong.shortened(&row.value, layout.value_px);
    if forest.is_compact() || row.interval.is_empty() {
        canvas.text((WIDTH_PX, middle), Align::Right, strong, &value);
    } else {
        canvas.text((WIDTH_PX, middle - 8.0), Align::Right, strong, &value);
        canvas.text((WIDTH_PX, middle + 8.0), Align::Right, Face::NOTE, &row.interval);
    }
}

fn draw_pooled(
    canvas: &mut Canvas<'_>,
    axis: &Axis,
    (estimate, low, high): (f64, f64, f64),
    value: &str,
    y: f64,
) {
    const HALF_HEIGHT_PX: f64 = 8.0;
    canvas.line((0.0, y - POOLED_PX / 2.0), (WIDTH_PX, y - POOLED_PX / 2.0), Ink::Grid, 1.0);
    canvas.text((0.0, y), Align::Left, Face::LABEL.strong(), "Pooled");
    let x = axis.px(estimate);
    // A very narrow interval must still be seen as a diamond.
    let (left, right) = (axis.px(low).min(x - 4.0), axis.px(high).max(x + 4.0));
    let corners = [(left, y), (x, y - HALF_HEIGHT_PX), (right, y), (x, y + HALF_HEIGHT_PX)];
    let title = format!("Pooled: {value} ({})", quantity::range(low, high));
    canvas.polygon(&corners, Ink::Accent, &title);
    canvas.text((WIDTH_PX, y - 7.0), Align::Right, Face::LABEL.strong(), value);
    canvas.text((WIDTH_PX, y + 8.0), Align::Right, Face::NOTE, &quantity::range(low, high));
}
