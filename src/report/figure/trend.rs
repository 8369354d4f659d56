//! Trend figure: a quantity month by month in; its points, the line through them and the band of its slope out.

use super::axis::{Axis, day_number, day_ticks};
use super::canvas::{self, Align, Canvas};
use super::face::{Face, Ink};
use super::{Figure, Heading, WIDTH_PX};
use crate::evidence::{Measured, Reading};
use crate::quantity;
use crate::report::wording;
use jiff::civil::Date;
use serde::Serialize;

const PLOT_PX: f64 = 220.0;
const AXIS_PX: f64 = 34.0;
const LEFT_PX: f64 = 52.0;
const RIGHT_PX: f64 = 76.0;
const QUANTITY_PX: f64 = 20.0;

/// The data of a trend figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trend {
    /// What the points are, with their unit.
    pub quantity: String,
    /// Values by day, oldest first.
    pub points: Vec<(Date, f64)>,
    /// The change over the window: the Theil-Sen slope times its length.
    pub change: f64,
    /// The change in words.
    pub change_value: String,
    /// Ends of the 95 % interval of the change.
    pub ends: Option<(f64, f64)>,
    /// Ends of the change that is claimed; `None` is an open end.
    pub claimed: (Option<f64>, Option<f64>),
}

impl Trend {
    /// The figure's data; `None` without points or a measured change.
    pub(super) fn of(quantity: &str, points: &[(Date, f64)], reading: &Reading) -> Option<Trend> {
        let measured: &Measured = reading.measured.first()?;
        let points: Vec<(Date, f64)> =
            points.iter().copied().filter(|(_, value)| value.is_finite()).collect();
        if points.len() < 2 {
            return None;
        }
        let unit = quantity::axis_label(measured.unit);
        let says_unit = measured.unit == crate::reported::Unit::Count || quantity.ends_with('%');
        let finite = |edge: f64| edge.is_finite().then_some(edge);
        Some(Trend {
            quantity: if says_unit { quantity.to_owned() } else { format!("{quantity}, {unit}") },
            points,
            change: measured.estimate,
            change_value: quantity::with_unit(measured.estimate, measured.unit),
            ends: measured.interval(),
            claimed: (finite(measured.claimed.low), finite(measured.claimed.high)),
        })
    }

    /// The line under the title.
    pub(super) fn subtitle(&self) -> String {
        let mut parts = vec![format!("line: a change of {} over the window", self.change_value)];
        if let Some((low, high)) = self.ends {
            parts.push(format!("grey: 95 % of its slope, {}", quantity::range(low, high)));
        }
        parts.extend(
            self.claim_in_words().map(|claim| format!("dashes: the limit of what is claimed, {claim}")),
        );
        crate::report::view::capitalised(&parts.join("; "))
    }

    fn claim_in_words(&self) -> Option<String> {
        // The limit of "it falls" is the largest number below zero, which reads as no change.
        let limit = |edge: f64| if edge.abs() < 1e-9 { None } else { Some(quantity::number(edge.abs())) };
        match self.claimed {
            (Some(low), _) if low >= 0.0 => {
                Some(limit(low).map_or_else(|| "a rise".to_owned(), |by| format!("a rise by {by} or more")))
            }
            (_, Some(high)) if high <= 0.0 => {
                Some(limit(high).map_or_else(|| "a fall".to_owned(), |by| format!("a fall by {by} or more")))
            }
            _ => None,
        }
    }

    /// The figure in words.
    pub(super) fn describe(&self) -> String {
        let end = |point: Option<&(Date, f64)>| {
            point.map_or_else(String::new, |(day, value)| {
                format!("{} on {}", quantity::number(*value), wording::day(*day))
            })
        };
        let interval =
            self.ends.map_or_else(String::new, |(low, high)| format!(" ({})", quantity::range(low, high)));
        let claim = self.claim_in_words().map_or_else(String::new, |claim| format!("; claimed is {claim}"));
        format!(
            "{} values by month of {}: {}, {}. Change over the window: {}{interval}{claim}.",
            self.points.len(),
            self.quantity,
            end(self.points.first()),
            end(self.points.last()),
            self.change_value
        )
    }

    /// The line's value at the part `along` of the window for a change of `change`: every slope turns about the middle.
    fn line(&self, change: f64, along: f64) -> f64 {
        self.middle() + change * (along - 0.5)
    }

    /// The value of the Theil-Sen line in the middle of the window: the median of what is left without the slope.
    fn middle(&self) -> f64 {
        let mut left: Vec<f64> =
            self.points.iter().map(|(day, value)| value - self.change * (self.along(*day) - 0.5)).collect();
        left.sort_by(f64::total_cmp);
        crate::stats::quantile(&left, 0.5)
    }

    /// A day as a part of the window.
    fn along(&self, day: Date) -> f64 {
        let (first, last) = self.window();
        (day_number(day) - first) / (last - first).max(1.0)
    }

    fn window(&self) -> (f64, f64) {
        let day = |point: Option<&(Date, f64)>| point.map_or(0.0, |(day, _)| day_number(*day));
        (day(self.points.first()), day(self.points.last()))
    }
}

/// Draws the figure.
pub(super) fn draw(figure: &Figure, trend: &Trend) -> String {
    let heading = Heading::of(figure);
    let top = heading.height_px() + QUANTITY_PX;
    let bottom = top + PLOT_PX;
    let (first, last) = trend.window();
    let days = Axis { low: first, high: last.max(first + 1.0), from_px: LEFT_PX, to_px: WIDTH_PX - RIGHT_PX };
    // A band far wider than the values would press them flat: what leaves the plot is cut at its edge.
    let (low, high) =
        trend.points.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (_, value)| {
            (low.min(*value), high.max(*value))
        });
    let room = (high - low).max(trend.change.abs()).max(f64::MIN_POSITIVE) * 0.5;
    let ends = [0.0, 1.0].map(|along| trend.line(trend.change, along));
    let band = trend.ends.into_iter().flat_map(|(a, b)| {
        [(a, 0.0), (a, 1.0), (b, 0.0), (b, 1.0)].map(|(change, along)| trend.line(change, along))
    });
    let band = band.map(|value| value.clamp(low - room, high + room));
    let values = trend.points.iter().map(|(_, value)| *value).chain(ends).chain(band);
    let scale = Axis::over(values, bottom, top);
    canvas::draw((WIDTH_PX, bottom + AXIS_PX), &figure.title, &figure.alt, |canvas| {
        heading.draw(canvas);
        let quantity = Face::NOTE.shortened(&trend.quantity, WIDTH_PX);
        canvas.text((0.0, top - QUANTITY_PX / 2.0 - 2.0), Align::Left, Face::NOTE, &quantity);
        draw_band(canvas, trend, &days, &scale);
        draw_axes(canvas, &days, &scale, bottom);
        draw_lines(canvas, trend, &days, &scale);
        draw_points(canvas, trend, &days, &scale);
    })
}

fn draw_axes(canvas: &mut Canvas<'_>, days: &Axis, scale: &Axis, bottom: f64) {
    for (value, label) in scale.ticks(48.0) {
        let y = scale.px(value);
        let ink = if value == 0.0 { Ink::Muted } else { Ink::Grid };
        canvas.line((days.from_px, y), (days.to_px, y), ink, 0.75);
        canvas.text((days.from_px - 8.0, y), Align::Right, Face::NOTE, &label);
    }
    for (day, label) in day_ticks(days, 84.0) {
        let x = days.px(day);
        canvas.line((x, bottom), (x, bottom + 4.0), Ink::Muted, 1.0);
        canvas.text((x, bottom + 15.0), Align::Centre, Face::NOTE, &label);
    }
    canvas.line((days.from_px, bottom), (days.to_px, bottom), Ink::Muted, 1.0);
}

/// Two wedges that meet in the middle of the window, cut at the edges of the plot.
fn draw_band(canvas: &mut Canvas<'_>, trend: &Trend, days: &Axis, scale: &Axis) {
    const SLICES: usize = 48;
    let Some((low, high)) = trend.ends else { return };
    let edge = |change: f64| {
        (0..=SLICES).map(move |i| {
            let along = i as f64 / SLICES as f64;
            let x = days.from_px + along * (days.to_px - days.from_px);
            (x, scale.px(trend.line(change, along)))
        })
    };
    let middle = SLICES / 2;
    let (lower, upper): (Vec<_>, Vec<_>) = (edge(low).collect(), edge(high).collect());
    for half in [0..=middle, middle..=SLICES] {
        let outline: Vec<(f64, f64)> =
            half.clone().map(|i| lower[i]).chain(half.rev().map(|i| upper[i])).collect();
        canvas.polygon(&outline, Ink::Grid, &format!("95 % of the slope: {}", quantity::range(low, high)));
    }
}

fn draw_lines(canvas: &mut Canvas<'_>, trend: &Trend, days: &Axis, scale: &Axis) {
    let ends = |change: f64| {
        [(days.from_px, scale.px(trend.line(change, 0.0))), (days.to_px, scale.px(trend.line(change, 1.0)))]
    };
    let limit = match trend.claimed {
        (Some(low), _) if low >= 0.0 => Some(low),
        (_, Some(high)) if high <= 0.0 => Some(high),
        _ => None,
    };
    if let Some(limit) = limit {
        let [from, to] = ends(limit);
        canvas.dashes(from, to, Ink::Accent, 1.25);
    }
    let [from, to] = ends(trend.change);
    canvas.line(from, to, Ink::Dark, 2.0);
}

fn draw_points(canvas: &mut Canvas<'_>, trend: &Trend, days: &Axis, scale: &Axis) {
    for (day, value) in &trend.points {
        let title = format!("{}: {}", wording::day(*day), quantity::number(*value));
        canvas.dot((days.px(day_number(*day)), scale.px(*value)), 3.75, Ink::Warm, &title);
    }
    if let Some((day, value)) = trend.points.last() {
        let (x, y) = (days.px(day_number(*day)), scale.px(*value));
        let face = Face::LABEL.strong().in_ink(Ink::Warm);
        let text = face.shortened(&quantity::number(*value), RIGHT_PX - 12.0);
        canvas.text((x + 10.0, y), Align::Left, face, &text);
    }
}
