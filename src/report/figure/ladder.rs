//! Ladder figure: the top of a board in; ranks, names and scores out, the subject marked, ties banded.

use super::axis::{Axis, fitting_ticks};
use super::canvas::{self, Align, Canvas};
use super::face::{Face, Ink};
use super::{Figure, Heading, WIDTH_PX};
use crate::evidence::{Reading, Rung};
use crate::quantity;
use crate::report::wording;
use crate::reported::Unit;
use serde::Serialize;

/// More rungs than this are cut, the subject's excepted.
const MOST_RUNGS: usize = 40;

const ROW_PX: f64 = 22.0;
const RANK_PX: f64 = 34.0;
const AXIS_PX: f64 = 42.0;
const LEGEND_PX: f64 = 22.0;

/// The data of a ladder figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ladder {
    /// Name of the score.
    pub metric: String,
    /// From the top.
    pub rungs: Vec<Rung>,
    /// The best and the worst place that the claim allows, where it names one.
    pub claimed: Option<(usize, usize)>,
}

impl Ladder {
    /// The figure's data.
    pub(super) fn of(metric: &str, rungs: &[Rung], reading: &Reading) -> Ladder {
        let ranks = reading.measured.first().filter(|measured| measured.unit == Unit::Rank);
        let claimed = ranks.filter(|measured| measured.claimed.high.is_finite()).map(|measured| {
            let best = measured.claimed.low.max(1.0).ceil() as usize;
            (best, (measured.claimed.high.floor() as usize).max(best))
        });
        Ladder { metric: metric.to_owned(), rungs: rungs.to_vec(), claimed }
    }

    fn claim_in_words(&self) -> Option<String> {
        self.claimed.map(|claimed| match claimed {
            (best, worst) if best == worst => format!("claimed: {} place", ordinal(best)),
            (1, worst) => format!("claimed: among the first {worst}"),
            (best, worst) => format!("claimed: {} to {} place", ordinal(best), ordinal(worst)),
        })
    }

    /// The figure in words.
    pub(super) fn describe(&self) -> String {
        let rung = |rung: &Rung| {
            format!("{} {} with {}", ordinal(rung.rank), rung.name, quantity::number(rung.score))
        };
        let subjects: Vec<String> = self.rungs.iter().filter(|r| r.is_subject).map(rung).collect();
        let top = self.rungs.first().map(rung).unwrap_or_default();
        let ties = self.rungs.iter().filter(|r| r.is_tie && !r.is_subject).count();
        let claim =
            self.claim_in_words().map_or_else(String::new, |claim| format!(" The subject is {claim}."));
        let about = match subjects.is_empty() {
            true => "The subject is not among them".to_owned(),
            false => format!("The subject: {}", wording::list(&subjects)),
        };
        format!(
            "{} places of a board; the top is {top}. {about}; {ties} others overlap it.{claim}",
            self.rungs.len()
        )
    }

    fn shown(&self) -> Vec<&Rung> {
        let kept = |(i, rung): (usize, &'_ Rung)| i < MOST_RUNGS || rung.is_subject;
        self.rungs
            .iter()
            .enumerate()
            .filter(|(i, rung)| kept((*i, rung)))
            .map(|(_, rung)| rung)
            .take(MOST_RUNGS + 5)
            .collect()
    }
}

fn ordinal(rank: usize) -> String {
    let suffix = match (rank % 10, rank % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{rank}{suffix}")
}

/// One line of the figure.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Line<'r> {
    Rung(&'r Rung),
    /// Places that are not shown, the first and the last of them.
    Gap(usize, usize),
}

/// The rungs with a line for each run of places that are left out, also of those down to the claimed one.
fn lines<'r>(rungs: &[&'r Rung], claimed: Option<(usize, usize)>) -> Vec<Line<'r>> {
    let (mut lines, mut next) = (Vec::new(), 1);
    for rung in rungs {
        if rung.rank > next {
            lines.push(Line::Gap(next, rung.rank - 1));
            next = rung.rank;
        }
        lines.push(Line::Rung(rung));
        next += 1;
    }
    let last = claimed.map_or(0, |(_, worst)| worst);
    if last >= next {
        lines.push(Line::Gap(next, last));
    }
    lines
}

/// Where the edges of the places that are claimed stand, in lines from the top; the top itself is none.
fn claimed_edges(lines: &[Line<'_>], (best, worst): (usize, usize)) -> Vec<f64> {
    let above = |place: usize| {
        let share = |line: &Line<'_>| match *line {
            Line::Rung(rung) => f64::from(u8::from(rung.rank < place)),
            Line::Gap(_, to) if to < place => 1.0,
            // Within a line of places that are not shown an edge stands in its middle.
            Line::Gap(from, _) if from < place => 0.5,
            Line::Gap(..) => 0.0,
        };
        lines.iter().map(share).sum()
    };
    let is_hidden = |line: &Line<'_>| matches!(line, Line::Gap(from, to) if (from..=to).contains(&&best) && (from..=to).contains(&&worst));
    match lines.iter().position(is_hidden) {
        // One line for both: they would stand closer than can be told apart.
        Some(at) => vec![at as f64 + 0.5],
        None => (best > 1).then(|| above(best)).into_iter().chain([above(worst + 1)]).collect(),
    }
}

/// Draws the figure.
pub(super) fn draw(figure: &Figure, ladder: &Ladder) -> String {
    let heading = Heading::of(figure);
    let rungs = ladder.shown();
    let top = heading.height_px() + LEGEND_PX;
    let lines = lines(&rungs, ladder.claimed);
    let bottom = top + lines.len() as f64 * ROW_PX;
    let widest = rungs.iter().map(|rung| name_face(rung).width_px(&rung.name)).fold(0.0, f64::max);
    let name_px = widest.clamp(80.0, 250.0);
    let ends =
        rungs.iter().flat_map(|r| [r.score, r.ci_low.unwrap_or(r.score), r.ci_high.unwrap_or(r.score)]);
    let axis = Axis::over(ends, RANK_PX + name_px + 20.0, WIDTH_PX - 74.0);
    canvas::draw((WIDTH_PX, bottom + AXIS_PX), &figure.title, &figure.alt, |canvas| {
        heading.draw(canvas);
        draw_legend(canvas, &rungs, ladder.claim_in_words(), top - LEGEND_PX / 2.0 - 4.0);
        draw_bands(canvas, &lines, top);
        draw_axis(canvas, &axis, &ladder.metric, top, bottom);
        for (i, line) in lines.iter().enumerate() {
            let y = top + (i as f64 + 0.5) * ROW_PX;
            if let Line::Rung(rung) = line {
                draw_rung(canvas, rung, &axis, name_px, y);
            }
        }
        if let Some(claimed) = ladder.claimed {
            for rows in claimed_edges(&lines, claimed) {
                let y = top + rows * ROW_PX;
                canvas.dashes((0.0, y), (WIDTH_PX, y), Ink::Warm, 1.5);
            }
        }
        for (i, line) in lines.iter().enumerate() {
            if let Line::Gap(from, to) = line {
                draw_gap(canvas, (*from, *to), top + (i as f64 + 0.5) * ROW_PX);
            }
        }
    })
}

fn name_face(rung: &Rung) -> Face {
    if rung.is_subject { Face::LABEL.strong().in_ink(Ink::Accent) } else { Face::LABEL }
}

fn draw_gap(canvas: &mut Canvas<'_>, (from, to): (usize, usize), y: f64) {
    let text =
        if from == to { format!("{from} is not shown") } else { format!("{from} to {to} are not shown") };
    // On the page's colour, so that dashes through the line do not cross the words.
    let width = Face::NOTE.width_px(&text);
    canvas.rectangle((RANK_PX - 3.0, y - 8.0), (RANK_PX + width + 3.0, y + 8.0), Ink::Paper);
    canvas.text((RANK_PX, y), Align::Left, Face::NOTE, &text);
}

fn draw_legend(canvas: &mut Canvas<'_>, rungs: &[&Rung], claim: Option<String>, y: f64) {
    let mut x = 0.0;
    let ties = rungs.iter().any(|rung| rung.is_tie && !rung.is_subject);
    let entries =
        [(true, Ink::Claimed, "the subject"), (ties, Ink::Faint, "interval overlaps the subject's: a tie")];
    for (_, ink, text) in entries.into_iter().filter(|(shown, ..)| *shown) {
        canvas.rectangle((x, y - 6.0), (x + 18.0, y + 6.0), ink);
        canvas.text((x + 25.0, y), Align::Left, Face::NOTE, text);
        x += 25.0 + Face::NOTE.width_px(text) + 22.0;
    }
    if let Some(claim) = claim {
        canvas.dashes((x, y), (x + 20.0, y), Ink::Warm, 1.5);
        let claim = Face::NOTE.shortened(&claim, WIDTH_PX - x - 27.0);
        canvas.text((x + 27.0, y), Align::Left, Face::NOTE, &claim);
    }
}

fn draw_bands(canvas: &mut Canvas<'_>, lines: &[Line<'_>], top: f64) {
    for (i, line) in lines.iter().enumerate() {
        let Line::Rung(rung) = line else { continue };
        let y = top + i as f64 * ROW_PX;
        let ink = match (rung.is_subject, rung.is_tie) {
            (true, _) => Ink::Claimed,
            (false, true) => Ink::Faint,
            (false, false) => continue,
        };
        canvas.rectangle((0.0, y), (WIDTH_PX, y + ROW_PX), ink);
    }
}

fn draw_axis(canvas: &mut Canvas<'_>, axis: &Axis, metric: &str, top: f64, bottom: f64) {
    for (value, label) in fitting_ticks(axis, 64.0, |label| Face::NOTE.width_px(label)) {
        let x = axis.px(value);
        canvas.line((x, top), (x, bottom), Ink::Grid, 0.75);
        canvas.text((x, bottom + 11.0), Align::Centre, Face::NOTE, &label);
    }
    canvas.line((axis.from_px, bottom), (axis.to_px, bottom), Ink::Muted, 1.0);
    let name = Face::NOTE.shortened(metric, axis.to_px - axis.from_px);
    canvas.text(((axis.from_px + axis.to_px) / 2.0, bottom + 29.0), Align::Centre, Face::NOTE, &name);
}

fn draw_rung(canvas: &mut Canvas<'_>, rung: &Rung, axis: &Axis, name_px: f64, y: f64) {
    let face = name_face(rung);
    canvas.text((RANK_PX - 10.0, y), Align::Right, Face::NOTE, &rung.rank.to_string());
    canvas.text((RANK_PX, y), Align::Left, face, &face.shortened(&rung.name, name_px));
    if let (Some(low), Some(high)) = (rung.ci_low, rung.ci_high) {
        canvas.line((axis.px(low), y), (axis.px(high), y), face.ink, 1.5);
    }
    let interval =
        rung.ci_low.zip(rung.ci_high).map(|(low, high)| format!(" ({})", quantity::range(low, high)));
    let title = format!(
        "{} {}: {}{}",
        ordinal(rung.rank),
        rung.name,
        quantity::number(rung.score),
        interval.unwrap_or_default()
    );
    canvas.dot((axis.px(rung.score), y), 4.0, face.ink, &title);
    canvas.text((WIDTH_PX - 8.0, y), Align::Right, face, &quantity::number(rung.score));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ladder(n: usize) -> Ladder {
        let rung = |i: usize| Rung {
            rank: i + 1,
            name: format!("model-{i}"),
            score: 1200.0 - i as f64,
            ci_low: None,
            ci_high: None,
            is_subject: i + 1 == n,
            is_tie: false,
        };
        Ladder { metric: "Elo".to_owned(), rungs: (0..n).map(rung).collect(), claimed: Some((1, 1)) }
    }

    #[test]
    fn the_subject_is_shown_however_low_it_stands() {
        assert_eq!(ladder(40).shown().len(), 40);
        let shown = ladder(90);
        let shown = shown.shown();
        assert_eq!((shown.len(), shown[40].rank), (41, 90));
    }

    #[test]
    fn places_that_are_not_shown_have_a_line_and_equals_have_none() {
        let (far, many) = (ladder(90), ladder(13));
        let shown = lines(&far.shown(), Some((60, 60)));
        assert_eq!((shown.len(), shown[40]), (42, Line::Gap(41, 89)));
        assert_eq!(claimed_edges(&shown, (60, 60)), [40.5]);
        assert_eq!(claimed_edges(&shown, (3, 60)), [2.0, 40.5]);
        let below = lines(&many.shown(), Some((30, 30)));
        assert_eq!(below[13], Line::Gap(14, 30));
        assert_eq!(claimed_edges(&below, (1, 3)), [3.0]);
        let mut equals = ladder(4);
        (equals.rungs[1].rank, equals.rungs[2].rank) = (1, 1);
        assert_eq!(lines(&equals.shown(), None).len(), 4);
    }

    #[test]
    fn ordinals() {
        assert_eq!(
            [1, 2, 3, 4, 11, 12, 13, 21, 112].map(ordinal).join(" "),
            "1st 2nd 3rd 4th 11th 12th 13th 21st 112th"
        );
    }
}
