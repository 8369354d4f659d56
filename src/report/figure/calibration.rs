//! Calibration figure: bins of support with how often the statements in each were true in; dots about the diagonal out.

use super::axis::Axis;
use super::canvas::{self, Align, Canvas};
use super::face::{Face, Ink};
use super::{Figure, Heading, Plot, WIDTH_PX};
use crate::quantity;
use serde::Serialize;

const PLOT_PX: f64 = 380.0;
const LEFT_PX: f64 = 150.0;
const AXIS_PX: f64 = 48.0;
const LARGEST_DOT_PX: f64 = 9.0;
const SMALLEST_DOT_PX: f64 = 3.0;

/// Statements whose support lies close together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CalibrationBin {
    /// Their mean support, 0 to 1.
    pub support: f64,
    /// The share of them that is true, 0 to 1.
    pub observed: f64,
    /// Ends of the 95 % interval of that share.
    pub ends: (f64, f64),
    /// How many there are.
    pub n: u64,
}

/// The data of a calibration figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calibration {
    /// By support, lowest first.
    pub bins: Vec<CalibrationBin>,
}

/// The figure of a calibration.
#[must_use]
pub fn calibration(name: &str, title: &str, subtitle: &str, bins: Vec<CalibrationBin>) -> Figure {
    let plot = Calibration { bins };
    Figure {
        name: name.to_owned(),
        title: title.to_owned(),
        subtitle: subtitle.to_owned(),
        alt: plot.describe(),
        plot: Plot::Calibration(plot),
    }
}

impl Calibration {
    fn describe(&self) -> String {
        let bin = |bin: &CalibrationBin| {
            format!(
                "of {} with support about {}, {} true",
                quantity::grouped(&bin.n.to_string()),
                quantity::number(bin.support),
                quantity::number(bin.observed)
            )
        };
        let bins: Vec<String> = self.bins.iter().map(bin).collect();
        format!("Share of true statements against their support. {}.", bins.join("; "))
    }
}

/// Draws the figure.
pub(super) fn draw(figure: &Figure, calibration: &Calibration) -> String {
    let heading = Heading::of(figure);
    let top = heading.height_px() + 6.0;
    let bottom = top + PLOT_PX;
    let across = Axis { low: 0.0, high: 1.0, from_px: LEFT_PX, to_px: LEFT_PX + PLOT_PX };
    let up = Axis { low: 0.0, high: 1.0, from_px: bottom, to_px: top };
    canvas::draw((WIDTH_PX, bottom + AXIS_PX), &figure.title, &figure.alt, |canvas| {
        heading.draw(canvas);
        draw_grid(canvas, &across, &up);
        canvas.text(
            (LEFT_PX - 40.0, f64::midpoint(top, bottom) - 8.0),
            Align::Right,
            Face::NOTE,
            "share that",
        );
        canvas.text((LEFT_PX - 40.0, f64::midpoint(top, bottom) + 8.0), Align::Right, Face::NOTE, "is true");
        let middle = f64::midpoint(across.from_px, across.to_px);
        canvas.text((middle, bottom + 34.0), Align::Centre, Face::NOTE, "support");
        canvas.line((across.px(0.0), up.px(0.0)), (across.px(1.0), up.px(1.0)), Ink::Muted, 1.25);
        let note = Face::NOTE;
        canvas.text((across.to_px + 10.0, top + 6.0), Align::Left, note, "perfectly calibrated");
        draw_bins(canvas, calibration, &across, &up);
    })
}

fn draw_grid(canvas: &mut Canvas<'_>, across: &Axis, up: &Axis) {
    for tick in [0.0, 0.2, 0.4, 0.6, 0.8, 1.0] {
        let (x, y) = (across.px(tick), up.px(tick));
        canvas.line((x, up.from_px), (x, up.to_px), Ink::Grid, 0.75);
        canvas.line((across.from_px, y), (across.to_px, y), Ink::Grid, 0.75);
        let label = quantity::number(tick);
        canvas.text((x, up.from_px + 13.0), Align::Centre, Face::NOTE, &label);
        canvas.text((across.from_px - 8.0, y), Align::Right, Face::NOTE, &label);
    }
}

/// The area of a dot is as the number of statements.
fn draw_bins(canvas: &mut Canvas<'_>, calibration: &Calibration, across: &Axis, up: &Axis) {
    let most = calibration.bins.iter().map(|bin| bin.n).max().unwrap_or(1).max(1) as f64;
    for bin in &calibration.bins {
        let x = across.px(bin.support);
        canvas.line((x, up.px(bin.ends.0)), (x, up.px(bin.ends.1)), Ink::Dark, 1.5);
        let radius = (LARGEST_DOT_PX * (bin.n as f64 / most).sqrt()).max(SMALLEST_DOT_PX);
        let title = format!(
            "support {}: {} of {} true ({})",
            quantity::number(bin.support),
            quantity::number(bin.observed),
            quantity::grouped(&bin.n.to_string()),
            quantity::range(bin.ends.0, bin.ends.1)
        );
        canvas.dot((x, up.px(bin.observed)), radius, Ink::Accent, &title);
    }
}
