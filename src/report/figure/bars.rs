//! Bar figures: counts before and after a day, or shares of models by their base, in; labelled bars out.

use super::axis::{Axis, fitting_ticks};
use super::canvas::{self, Align, Canvas};
use super::face::{Face, Ink};
use super::{Figure, Heading, WIDTH_PX};
use crate::evidence::{Measured, Reading, Tally, Uncertainty};
use crate::quantity;
use crate::report::wording;
use crate::reported::Unit;
use serde::Serialize;

const BAR_PX: f64 = 18.0;
const AXIS_PX: f64 = 44.0;
const CLAIM_LABEL_PX: f64 = 20.0;
const LABEL_PX: f64 = 260.0;
const LABEL_LINES: usize = 3;
const WHOLE_PERCENT: f64 = 100.0;

/// One bar.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// Its value in words.
    pub value: String,
    /// The interval in words; empty where there is none.
    pub interval: String,
    /// How far it certainly reaches.
    pub length: f64,
    /// How far it may reach, where part of it is not known.
    pub possible: f64,
    /// Ends of its 95 % interval, where sampling is the doubt.
    pub ends: Option<(f64, f64)>,
}

/// The data of a figure of bars.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bars {
    /// From the top.
    pub bars: Vec<Bar>,
    /// What the axis counts.
    pub axis: String,
    /// Where the axis ends, when that is fixed.
    pub whole: Option<f64>,
    /// Where the claim has the value: its lower or upper end.
    pub claimed: (Option<f64>, Option<f64>),
    /// What else is to be said, for the line under the title.
    pub note: String,
}

impl Bars {
    /// Counts before and after a day.
    pub(super) fn of_counts(what: &str, before: &Tally, after: &Tally, reading: &Reading) -> Bars {
        let bar = |name: &str, tally: &Tally| Bar {
            label: format!("{name}: {} to {}", wording::day(tally.from), wording::day(tally.to)),
            value: quantity::grouped(&tally.n.to_string()),
            interval: String::new(),
            length: tally.n as f64,
            possible: tally.n as f64,
            ends: None,
        };
        let share = reading.measured.first().map_or_else(String::new, |share| {
            let interval =
                share.interval().map_or_else(String::new, |(low, high)| quantity::interval(low, high));
            format!(
                "; {} of both came after{interval}, half if nothing had changed",
                quantity::with_unit(share.estimate, share.unit)
            )
        });
        Bars {
            bars: vec![bar("Before", before), bar("After", after)],
            axis: what.to_owned(),
            whole: None,
            claimed: (None, None),
            note: format!("Stretches of one length{share}"),
        }
    }

    /// The share that comes from a base under each reading; `None` when that is one plain yes or no.
    pub(super) fn of_lineage(readings: &[Reading]) -> Option<Bars> {
        let shares: Vec<&Measured> = readings
            .iter()
            .filter_map(|reading| reading.measured.first())
            .filter(|measured| measured.unit == Unit::Percent)
            .collect();
        let first = *shares.first()?;
        if shares.iter().all(|measured| measured.interval().is_none()) {
            return None;
        }
        let bar = |measured: &&Measured| {
            let interval = measured.interval();
            let bounds = interval.filter(|_| matches!(measured.uncertainty, Uncertainty::Draws(_)));
            Bar {
                label: measured.label.clone(),
                value: match bounds {
                    Some((low, high)) => format!("{}\u{A0}%", quantity::range(low, high)),
                    None => quantity::with_unit(measured.estimate, measured.unit),
                },
                interval: match (bounds, interval) {
                    (None, Some((low, high))) => quantity::range(low, high),
                    _ => String::new(),
                },
                length: bounds.map_or(measured.estimate, |(low, _)| low),
                possible: bounds.map_or(measured.estimate, |(_, high)| high),
                ends: interval.filter(|_| bounds.is_none()),
            }
        };
        let finite = |edge: f64| (edge.is_finite() && edge > 0.0 && edge < WHOLE_PERCENT).then_some(edge);
        let bars: Vec<Bar> = shares.iter().map(bar).collect();
        let is_bounded = bars.iter().any(|bar| bar.possible > bar.length);
        let unknown = if is_bounded { "; pale: what the unknown could add" } else { "" };
        Some(Bars {
            bars,
            axis: "% of models".to_owned(),
            whole: Some(WHOLE_PERCENT),
            claimed: (finite(first.claimed.low), finite(first.claimed.high)),
            note: format!("Share and 95 % interval, by whom the share is of{unknown}"),
        })
    }

    /// The figure in words.
    pub(super) fn describe(&self) -> String {
        let bar = |bar: &Bar| match bar.interval.as_str() {
            "" => format!("{}: {}", bar.label, bar.value),
            interval => format!("{}: {} ({interval})", bar.label, bar.value),
        };
        let bars: Vec<String> = self.bars.iter().map(bar).collect();
        format!("Bars, axis in {}. {}. {}.", self.axis, bars.join("; "), self.note)
    }
}

/// Draws the figure.
pub(super) fn draw(figure: &Figure, bars: &Bars) -> String {
    let heading = Heading::of(figure);
    let is_claimed = bars.claimed.0.is_some() || bars.claimed.1.is_some();
    let top = heading.height_px() + if is_claimed { CLAIM_LABEL_PX } else { 0.0 };
    let labels: Vec<Vec<String>> =
        bars.bars.iter().map(|bar| Face::LABEL.wrap(&bar.label, LABEL_PX, LABEL_LINES)).collect();
    let height = |lines: &Vec<String>| (lines.len() as f64 * Face::LABEL.line_px()).max(BAR_PX) + 14.0;
    let bottom = top + labels.iter().map(height).sum::<f64>();
    let value_px = bars
        .bars
        .iter()
        .flat_map(|bar| [Face::LABEL.strong().width_px(&bar.value), Face::NOTE.width_px(&bar.interval)])
        .fold(40.0, f64::max);
    let reach = bars.bars.iter().flat_map(|bar| [bar.possible, bar.ends.map_or(0.0, |(_, high)| high)]);
    let high = bars.whole.unwrap_or_else(|| reach.fold(1.0, f64::max) * 1.06);
    let axis = Axis { low: 0.0, high, from_px: LABEL_PX + 18.0, to_px: WIDTH_PX - value_px - 18.0 };
    canvas::draw((WIDTH_PX, bottom + AXIS_PX), &figure.title, &figure.alt, |canvas| {
        heading.draw(canvas);
        draw_axis(canvas, &axis, &bars.axis, top, bottom);
        let mut y = top;
        for (bar, label) in bars.bars.iter().zip(&labels) {
            draw_bar(canvas, bar, label, &axis, y + height(label) / 2.0);
            y += height(label);
        }
        draw_claimed(canvas, bars, &axis, (top, bottom));
    })
}

fn draw_axis(canvas: &mut Canvas<'_>, axis: &Axis, name: &str, top: f64, bottom: f64) {
    for (value, label) in fitting_ticks(axis, 70.0, |label| Face::NOTE.width_px(label)) {
        let x = axis.px(value);
        canvas.line((x, top), (x, bottom), Ink::Grid, 0.75);
        canvas.text((x, bottom + 11.0), Align::Centre, Face::NOTE, &label);
    }
    canvas.line((axis.from_px, top), (axis.from_px, bottom), Ink::Muted, 1.0);
    let name = Face::NOTE.shortened(name, axis.to_px - axis.from_px + 100.0);
    canvas.text(((axis.from_px + axis.to_px) / 2.0, bottom + 30.0), Align::Centre, Face::NOTE, &name);
}

fn draw_bar(canvas: &mut Canvas<'_>, bar: &Bar, label: &[String], axis: &Axis, middle: f64) {
    let first = middle - (label.len() as f64 - 1.0) * Face::LABEL.line_px() / 2.0;
    canvas.lines((0.0, first), Align::Left, Face::LABEL, label);
    let title = format!("{}: {} {}", bar.label, bar.value, bar.interval);
    let box_of = |from: f64, to: f64| {
        let (left, right) = (axis.px(from), axis.px(to));
        let (above, below) = (middle - BAR_PX / 2.0, middle + BAR_PX / 2.0);
        [(left, above), (right, above), (right, below), (left, below)]
    };
    if bar.possible > bar.length {
        canvas.polygon(&box_of(bar.length, bar.possible), Ink::Grid, &title);
    }
    if bar.length > 0.0 {
        canvas.polygon(&box_of(0.0, bar.length), Ink::Accent, &title);
    }
    if let Some((low, high)) = bar.ends {
        canvas.line((axis.px(low), middle), (axis.px(high), middle), Ink::Dark, 1.75);
        for end in [low, high] {
            canvas.line((axis.px(end), middle - 5.0), (axis.px(end), middle + 5.0), Ink::Dark, 1.25);
        }
    }
    let strong = Face::LABEL.strong();
    if bar.interval.is_empty() {
        canvas.text((WIDTH_PX, middle), Align::Right, strong, &bar.value);
    } else {
        canvas.text((WIDTH_PX, middle - 8.0), Align::Right, strong, &bar.value);
        canvas.text((WIDTH_PX, middle + 8.0), Align::Right, Face::NOTE, &bar.interval);
    }
}

fn draw_claimed(canvas: &mut Canvas<'_>, bars: &Bars, axis: &Axis, (top, bottom): (f64, f64)) {
    for edge in [bars.claimed.0, bars.claimed.1].into_iter().flatten() {
        canvas.dashes((axis.px(edge), top - 2.0), (axis.px(edge), bottom), Ink::Warm, 1.5);
    }
    let at = match bars.claimed {
        (Some(low), Some(high)) => f64::midpoint(low, high),
        (Some(edge), None) | (None, Some(edge)) => edge,
        (None, None) => return,
    };
    let text = wording::claimed(bars.claimed, "");
    let face = Face::NOTE.in_ink(Ink::Warm);
    let half = face.width_px(&text) / 2.0;
    let centre = axis.px(at).clamp(half, (WIDTH_PX - half).max(half));
    canvas.text((centre, top - CLAIM_LABEL_PX / 2.0 - 2.0), Align::Centre, face, &text);
}
