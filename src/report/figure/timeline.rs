//! Timeline figure: what came out on each snapshot day in; a strip from the claim's day to the newest, with its turn,
//! out.

use super::axis::{Axis, day_number, day_ticks};
use super::canvas::{self, Align, Canvas};
use super::face::{Face, Ink};
use super::{Figure, Heading, WIDTH_PX};
use crate::quantity;
use crate::report::wording;
use crate::verdict::{
    CONTRADICTED, DayVerdict, LEANING_CONTRADICTED, LEANING_SUPPORTED, Outcome, SUPPORTED, Verdict,
};
use jiff::civil::Date;
use serde::Serialize;

const PLOT_PX: f64 = 96.0;
const AXIS_PX: f64 = 30.0;
const FLAG_PX: f64 = 18.0;

/// A support that never moves by this much is a flat line, which words give as well.
const LEAST_MOVE: f64 = 0.05;

/// The data of a timeline figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timeline {
    /// Snapshot days, oldest first.
    pub points: Vec<DayVerdict>,
    /// The day of the claim.
    pub as_of: Date,
    /// The day the verdict changed sides for good.
    pub flipped_on: Option<Date>,
}

impl Timeline {
    /// The figure's data; `None` where nothing moves.
    pub(super) fn of(as_of: Date, verdict: &Verdict) -> Option<Timeline> {
        let mut points = verdict.timeline.clone();
        points.sort_by_key(|moment| moment.day);
        points.dedup_by_key(|moment| moment.day);
        let supports = || points.iter().map(|moment| moment.support);
        let moved = supports().fold(0.0, f64::max) - supports().fold(1.0, f64::min);
        let tells = moved >= LEAST_MOVE || verdict.flipped_on.is_some();
        (points.len() > 1 && tells).then_some(Timeline { points, as_of, flipped_on: verdict.flipped_on })
    }

    /// The line under the title.
    pub(super) fn subtitle(&self) -> String {
        let hollow = match self.points.iter().any(is_inexact) {
            true => "; hollow: inexact, the conclusion stands",
            false => "",
        };
        format!("Probability that the claim, as read, is true of each snapshot day{hollow}")
    }

    /// The figure in words.
    pub(super) fn describe(&self) -> String {
        let say = |moment: &DayVerdict| {
            let inexact = if is_inexact(moment) { " (inexact: the conclusion stood)" } else { "" };
            format!("{} on {}{inexact}", quantity::probability(moment.support), wording::day(moment.day))
        };
        let ends: Vec<String> =
            [self.points.first(), self.points.last()].into_iter().flatten().map(say).collect();
        let turn = self.flipped_on.map(|day| format!("; it changed sides on {}", wording::day(day)));
        format!("Support through time: {}{}.", ends.join(", "), turn.unwrap_or_default())
    }
}

/// Whether the number as printed failed and the conclusion stood: its support is low and its side is the claim's.
fn is_inexact(moment: &DayVerdict) -> bool {
    moment.outcome == Outcome::Inexact
}

/// Draws the figure.
pub(super) fn draw(figure: &Figure, timeline: &Timeline) -> String {
    let heading = Heading::of(figure);
    let top = heading.height_px() + FLAG_PX;
    let bottom = top + PLOT_PX;
    let days: Vec<f64> = timeline.points.iter().map(|moment| day_number(moment.day)).collect();
    let mut axis = Axis::over(days.iter().copied(), 116.0, WIDTH_PX - 64.0);
    // The strip runs from the first day to the last, without margins: before and after there is nothing to show.
    (axis.low, axis.high) = (days[0], days[days.len() - 1].max(days[0] + 1.0));
    let scale = Axis { low: 0.0, high: 1.0, from_px: bottom, to_px: top };
    canvas::draw((WIDTH_PX, bottom + AXIS_PX), &figure.title, &figure.alt, |canvas| {
        heading.draw(canvas);
        draw_zones(canvas, &axis, &scale);
        for (day, label) in day_ticks(&axis, 84.0) {
            let x = axis.px(day);
            canvas.line((x, bottom), (x, bottom + 4.0), Ink::Muted, 1.0);
            canvas.text((x, bottom + 15.0), Align::Centre, Face::NOTE, &label);
        }
        draw_flip(canvas, timeline, &axis, (top, bottom));
        draw_support(canvas, timeline, &axis, &scale);
    })
}

fn draw_zones(canvas: &mut Canvas<'_>, axis: &Axis, scale: &Axis) {
    let zones = [(SUPPORTED, 1.0, Ink::Claimed), (0.0, CONTRADICTED, Ink::Faint)];
    for (low, high, ink) in zones {
        canvas.rectangle((axis.from_px, scale.px(high)), (axis.to_px, scale.px(low)), ink);
    }
    for threshold in [CONTRADICTED, LEANING_CONTRADICTED, LEANING_SUPPORTED, SUPPORTED] {
        let y = scale.px(threshold);
        canvas.line((axis.from_px, y), (axis.to_px, y), Ink::Grid, 0.75);
    }
    // Beside the two thresholds in between: those at the ends would touch them.
    for (position, label) in [(1.0, "supported"), (0.5, "undecided"), (0.0, "contradicted")] {
        canvas.text((axis.from_px - 34.0, scale.px(position)), Align::Right, Face::NOTE, label);
    }
    for threshold in [0.0, LEANING_CONTRADICTED, LEANING_SUPPORTED, 1.0] {
        canvas.text(
            (axis.from_px - 8.0, scale.px(threshold)),
            Align::Right,
            Face::NOTE,
            &quantity::number(threshold),
        );
    }
    canvas.line((axis.from_px, scale.px(0.0)), (axis.to_px, scale.px(0.0)), Ink::Muted, 1.0);
}

fn draw_flip(canvas: &mut Canvas<'_>, timeline: &Timeline, axis: &Axis, (top, bottom): (f64, f64)) {
    let Some(day) = timeline.flipped_on else { return };
    let x = axis.px(day_number(day));
    canvas.dashes((x, top - 2.0), (x, bottom), Ink::Warm, 1.25);
    let text = format!("flipped on {}", wording::day(day));
    let face = Face::NOTE.in_ink(Ink::Warm);
    let half = face.width_px(&text) / 2.0;
    let centre = x.clamp(axis.from_px + half, axis.to_px - half);
    canvas.text((centre, top - FLAG_PX / 2.0 - 2.0), Align::Centre, face, &text);
}

/// Room for the word "then" beside its point.
const THEN_PX: f64 = 36.0;

fn draw_support(canvas: &mut Canvas<'_>, timeline: &Timeline, axis: &Axis, scale: &Axis) {
    let place = |moment: &DayVerdict| (axis.px(day_number(moment.day)), scale.px(moment.support));
    let mut line: Vec<(f64, f64)> = Vec::new();
    for point in timeline.points.iter().map(place) {
        if let Some(previous) = line.last().copied() {
            line.push((point.0, previous.1));
        }
        line.push(point);
    }
    canvas.path(&line, Ink::Accent, 2.0);
    for moment in &timeline.points {
        let (day, support) = (wording::day(moment.day), quantity::probability(moment.support));
        if is_inexact(moment) {
            let title = format!("{day}: inexact, support {support}; the conclusion stands");
            canvas.ring(place(moment), 4.0, Ink::Accent, &title);
        } else {
            canvas.dot(place(moment), 3.25, Ink::Accent, &format!("{day}: support {support}"));
        }
    }
    if let Some((first, rest)) = timeline.points.split_first() {
        draw_then(canvas, first, place(first), rest.first().map(place));
    }
    if let Some(last) = timeline.points.last() {
        let (x, y) = place(last);
        canvas.text((x + 9.0, y), Align::Left, Face::LABEL.strong(), "now");
    }
}

/// "then" above or below the first point, wherever there is more room, and past a fall or rise that would cross it.
fn draw_then(canvas: &mut Canvas<'_>, first: &DayVerdict, (x, y): (f64, f64), next: Option<(f64, f64)>) {
    let y = if first.support > 0.5 { y + 13.0 } else { y - 12.0 };
    let x = next.filter(|next| next.0 - x < THEN_PX).map_or(x, |next| next.0);
    let face = Face::LABEL.strong();
    // On the page's colour: a later fall may come close.
    canvas.rectangle((x + 5.0, y - 7.0), (x + 9.0 + face.width_px("then"), y + 7.0), Ink::Paper);
    canvas.text((x + 7.0, y), Align::Left, face, "then");
}
