//! Reliability figure: bins of stated probability with the share that came true in; a panel a series out.

use super::axis::Axis;
use super::canvas::{self, Align, Canvas};
use super::face::{Face, Ink};
use super::{Figure, Heading, WIDTH_PX};
use crate::quantity;
use serde::Serialize;

/// Panels side by side.
const COLUMNS: usize = 4;

/// Side of a panel's plot, and the room around it.
const PLOT_PX: f64 = 126.0;
const LEFT_PX: f64 = 30.0;
const TITLE_PX: f64 = 24.0;
const AXIS_PX: f64 = 30.0;

/// One series of a reliability figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Panel {
    /// What it is of.
    pub title: String,
    /// Expected calibration error.
    pub ece: f64,
    /// Mean stated probability, share that came true, its 95 % interval, and forecasts, a bin each.
    pub points: Vec<(f64, f64, (f64, f64), usize)>,
}

/// The data of a reliability figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reliability {
    /// A panel a series.
    pub panels: Vec<Panel>,
}

impl Reliability {
    /// The figure in words.
    #[must_use]
    pub fn describe(&self) -> String {
        let say = |panel: &Panel| format!("{} {}", panel.title, quantity::probability(panel.ece));
        let errors: Vec<String> = self.panels.iter().map(say).collect();
        format!("Expected calibration errors: {}.", errors.join(", "))
    }
}

/// Draws the figure.
pub(super) fn draw(figure: &Figure, reliability: &Reliability) -> String {
    let heading = Heading::of(figure);
    let top = heading.height_px();
    let panel_px = TITLE_PX + PLOT_PX + AXIS_PX;
    let rows = reliability.panels.len().div_ceil(COLUMNS);
    canvas::draw((WIDTH_PX, top + rows as f64 * panel_px), &figure.title, &figure.alt, |canvas| {
        heading.draw(canvas);
        for (i, panel) in reliability.panels.iter().enumerate() {
            let x = (i % COLUMNS) as f64 * (WIDTH_PX / COLUMNS as f64) + LEFT_PX;
            let y = top + (i / COLUMNS) as f64 * panel_px + TITLE_PX;
            draw_panel(canvas, panel, (x, y));
        }
    })
}

fn draw_panel(canvas: &mut Canvas<'_>, panel: &Panel, (left, top): (f64, f64)) {
    let across = Axis { low: 0.0, high: 1.0, from_px: left, to_px: left + PLOT_PX };
    let up = Axis { low: 0.0, high: 1.0, from_px: top + PLOT_PX, to_px: top };
    canvas.text((left, top - TITLE_PX / 2.0), Align::Left, Face::LABEL.strong(), &panel.title);
    let error = format!("ECE {:.3}", panel.ece);
    // Where no bin comes unless a type is badly off.
    canvas.text((left + PLOT_PX - 4.0, top + PLOT_PX - 10.0), Align::Right, Face::NOTE, &error);
    for tick in [0.0, 0.5, 1.0] {
        let label = quantity::number(tick);
        canvas.line((left, up.px(tick)), (left + PLOT_PX, up.px(tick)), Ink::Grid, 0.75);
        canvas.text((left - 6.0, up.px(tick)), Align::Right, Face::NOTE, &label);
        canvas.text((across.px(tick), top + PLOT_PX + 12.0), Align::Centre, Face::NOTE, &label);
    }
    canvas.dashes((across.px(0.0), up.px(0.0)), (across.px(1.0), up.px(1.0)), Ink::Muted, 1.0);
    for (stated, share, (low, high), n) in &panel.points {
        let x = across.px(*stated);
        canvas.line((x, up.px(*low)), (x, up.px(*high)), Ink::Accent, 1.25);
        let title = format!(
            "stated {}, true {}, {n} statements",
            quantity::probability(*stated),
            quantity::probability(*share)
        );
        canvas.dot((x, up.px(*share)), 3.0, Ink::Accent, &title);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Plot;
    use super::*;

    #[test]
    fn every_bin_is_a_dot_with_its_numbers() {
        let panel = |title: &str| Panel {
            title: title.to_owned(),
            ece: 0.012,
            points: vec![(0.1, 0.12, (0.08, 0.17), 250), (0.9, 0.88, (0.84, 0.91), 300)],
        };
        let reliability = Reliability { panels: (0..5).map(|i| panel(&format!("type{i}"))).collect() };
        let figure = Figure {
            name: "reliability".to_owned(),
            title: "Support".to_owned(),
            subtitle: String::new(),
            alt: reliability.describe(),
            plot: Plot::Reliability(reliability.clone()),
        };
        let svg = figure.svg();
        assert_eq!(svg.matches("<circle").count(), 10);
        assert_eq!(svg.matches("ECE 0.012").count(), 5);
        assert!(svg.contains("300 statements") && !svg.contains("NaN"));
        assert!(figure.alt.contains("type4 0.01"), "{}", figure.alt);
    }
}
