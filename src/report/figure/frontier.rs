//! Frontier figure: two best-so-far curves in; steps, direct labels and the lag between them as an arrow out.

use super::axis::{Axis, day_number, day_ticks};
use super::canvas::{self, Align, Canvas};
use super::face::{Face, Ink};
use super::{Figure, Heading, WIDTH_PX};
use crate::evidence::{FrontierStep, Picture, Reading};
use crate::quantity;
use crate::report::wording;
use crate::reported::Unit;
use jiff::civil::Date;
use serde::Serialize;

const PLOT_PX: f64 = 210.0;
const AXIS_PX: f64 = 34.0;
const METRIC_PX: f64 = 20.0;
const DAYS_PER_MONTH: f64 = 365.25 / 12.0;

/// Below this a lag is given in days.
const SHORTEST_IN_MONTHS_DAYS: f64 = 60.0;

/// A claimed lag shorter than this is drawn as none.
const LEAST_CLAIMED_MONTHS: f64 = 0.5;

/// The data of a frontier figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Frontier {
    /// Name of the score.
    pub metric: String,
    /// Who is ahead.
    pub leader: String,
    /// Who is behind.
    pub laggard: String,
    /// The leader's curve, oldest first.
    pub leader_steps: Vec<FrontierStep>,
    /// The laggard's curve, oldest first.
    pub laggard_steps: Vec<FrontierStep>,
    /// The day on which the lag is read.
    pub day: Date,
    /// The day the leader first had what the laggard has on `day`; `None` when there is no such day.
    pub reached: Option<Date>,
    /// Ends of the 95 % interval of the lag, in months before `day`.
    pub ends: Option<(f64, f64)>,
    /// Ends of the lag that is claimed, in months; `None` is an open end.
    pub claimed: (Option<f64>, Option<f64>),
}

impl Frontier {
    /// The figure's data; `None` for another picture or without any step.
    pub(super) fn of(picture: &Picture, reading: &Reading) -> Option<Frontier> {
        let Picture::Frontier { metric, leader, laggard, leader_steps, laggard_steps, day, reached, .. } =
            picture
        else {
            return None;
        };
        if leader_steps.is_empty() && laggard_steps.is_empty() {
            return None;
        }
        let until = |steps: &[FrontierStep]| {
            let mut steps: Vec<FrontierStep> =
                steps.iter().filter(|s| s.day <= *day && s.score.is_finite()).cloned().collect();
            steps.sort_by_key(|step| step.day);
            steps
        };
        let lag = reading.measured.first().filter(|measured| measured.unit == Unit::Months);
        // A lag of nothing is where the arrow begins, and needs no line of its own.
        let edge = |edge: f64| (edge.is_finite() && edge >= LEAST_CLAIMED_MONTHS).then_some(edge);
        Some(Frontier {
            ends: lag.and_then(|lag| lag.interval()),
            claimed: lag.map_or((None, None), |lag| (edge(lag.claimed.low), edge(lag.claimed.high))),
            metric: metric.clone(),
            leader: leader.clone(),
            laggard: laggard.clone(),
            leader_steps: until(leader_steps),
            laggard_steps: until(laggard_steps),
            day: *day,
            reached: *reached,
        })
    }

    /// The day that lies so many months before the day of the lag.
    fn months_before(&self, months: f64) -> f64 {
        day_number(self.day) - months * DAYS_PER_MONTH
    }

    /// What is claimed of the lag; empty when that is no number of months.
    fn claim_in_words(&self) -> String {
        wording::claimed(self.claimed, " months")
    }

    /// The lag in words; `None` when the leader never was where the laggard is.
    fn lag(&self) -> Option<String> {
        let days = day_number(self.day) - day_number(self.reached?);
        Some(match days {
            d if d <= 0.0 => "0 days".to_owned(),
            d if d < SHORTEST_IN_MONTHS_DAYS => format!("{d:.0} days"),
            d => format!("{:.0} months", d / DAYS_PER_MONTH),
        })
    }

    /// The leader's step that first had what the laggard has.
    fn first_there(&self) -> Option<&FrontierStep> {
        let (reached, level) = (self.reached?, self.laggard_steps.last()?.score);
        let there = |step: &&FrontierStep| step.day >= reached && step.score >= level;
        // A rounding of scores must not hide who it was: else take the step that stood on the day.
        let on_the_day = || self.leader_steps.iter().rev().find(|step| step.day <= reached);
        self.leader_steps.iter().find(there).or_else(on_the_day)
    }

    /// What the arrow says, for the line under the title; empty when there is no arrow.
    pub(super) fn lag_in_words(&self) -> String {
        match (self.first_there(), self.laggard_steps.last(), self.lag()) {
            (Some(first), Some(level), Some(lag)) => {
                format!("{} stands where {} stood {lag} before", level.model, first.model)
            }
            _ => String::new(),
        }
    }

    /// The figure in words.
    pub(super) fn describe(&self) -> String {
        let best = |name: &str, steps: &[FrontierStep]| {
            steps.last().map_or_else(
                || format!("{name} has no score"),
                |step| format!("the best of {name} is {} by {}", quantity::number(step.score), step.model),
            )
        };
        let interval = self.ends.map_or_else(String::new, |(low, high)| {
            format!(" (95 %: {} months)", quantity::range(low, high))
        });
        let claim = self.claim_in_words();
        let claim = if claim.is_empty() { claim } else { format!("; {claim}") };
        let lag = match (self.lag(), self.reached) {
            (Some(lag), Some(reached)) => {
                format!(
                    "{} first had {}'s score on {}: {lag}{interval}{claim}",
                    self.leader,
                    self.laggard,
                    wording::day(reached)
                )
            }
            _ => format!("{} never stood where {} stands", self.leader, self.laggard),
        };
        format!(
            "Two curves of best scores until {}: {}, {}. {lag}.",
            wording::day(self.day),
            best(&self.leader, &self.leader_steps),
            best(&self.laggard, &self.laggard_steps)
        )
    }
}

struct Axes {
    days: Axis,
    scores: Axis,
}

impl Axes {
    fn px(&self, day: Date, score: f64) -> (f64, f64) {
        (self.days.px(day_number(day)), self.scores.px(score))
    }
}

/// Draws the figure.
pub(super) fn draw(figure: &Figure, frontier: &Frontier) -> String {
    let heading = Heading::of(figure);
    let top = heading.height_px() + METRIC_PX;
    let bottom = top + PLOT_PX;
    let steps = || frontier.leader_steps.iter().chain(&frontier.laggard_steps);
    let name_px = [&frontier.leader, &frontier.laggard].map(|name| Face::LABEL.strong().width_px(name));
    let right_px = name_px.into_iter().fold(60.0, f64::max).min(150.0) + 14.0;
    let marks = [frontier.claimed.0, frontier.claimed.1, frontier.ends.map(|(_, high)| high)];
    let marks = marks.into_iter().flatten().map(|months| frontier.months_before(months));
    let days =
        steps().map(|s| s.day).chain([frontier.day]).chain(frontier.reached).map(day_number).chain(marks);
    let (first, last) = days.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), d| (a.min(d), b.max(d)));
    let mut day_axis = Axis::over([first, last], 48.0, WIDTH_PX - right_px);
    day_axis.high = last.max(day_axis.low + 1.0);
    let scores = Axis::over(steps().map(|s| s.score), bottom, top);
    let axes = Axes { days: day_axis, scores };
    canvas::draw((WIDTH_PX, bottom + AXIS_PX), &figure.title, &figure.alt, |canvas| {
        heading.draw(canvas);
        let metric = Face::NOTE.shortened(&frontier.metric, WIDTH_PX / 3.0);
        canvas.text((0.0, top - METRIC_PX / 2.0 - 1.0), Align::Left, Face::NOTE, &metric);
        draw_grid(canvas, &axes, bottom);
        draw_claimed(canvas, &axes, frontier, (top, bottom));
        draw_curve(canvas, &axes, frontier, &frontier.leader_steps, Ink::Accent);
        draw_curve(canvas, &axes, frontier, &frontier.laggard_steps, Ink::Warm);
        draw_names(canvas, &axes, frontier, right_px, (top, bottom));
        draw_lag(canvas, &axes, frontier);
    })
}

fn draw_grid(canvas: &mut Canvas<'_>, axes: &Axes, bottom: f64) {
    for (value, label) in axes.scores.ticks(52.0) {
        let y = axes.scores.px(value);
        canvas.line((axes.days.from_px, y), (axes.days.to_px, y), Ink::Grid, 0.75);
        canvas.text((axes.days.from_px - 8.0, y), Align::Right, Face::NOTE, &label);
    }
    for (day, label) in day_ticks(&axes.days, 84.0) {
        let x = axes.days.px(day);
        canvas.line((x, bottom), (x, bottom + 4.0), Ink::Muted, 1.0);
        let half = Face::NOTE.width_px(&label) / 2.0;
        canvas.text((x.clamp(half, WIDTH_PX - half), bottom + 15.0), Align::Centre, Face::NOTE, &label);
    }
    canvas.line((axes.days.from_px, bottom), (axes.days.to_px, bottom), Ink::Muted, 1.0);
}

/// Where the arrow would have to begin for the claim to hold.
fn draw_claimed(canvas: &mut Canvas<'_>, axes: &Axes, frontier: &Frontier, (top, bottom): (f64, f64)) {
    let text = frontier.claim_in_words();
    let edges = [frontier.claimed.0, frontier.claimed.1].into_iter().flatten();
    let edges: Vec<f64> = edges.map(|months| axes.days.px(frontier.months_before(months))).collect();
    for x in &edges {
        canvas.dashes((*x, top), (*x, bottom), Ink::Muted, 1.25);
    }
    // Above the plot, where no curve crosses it, and right of the name of the scores.
    if let Some(x) = edges.first() {
        let face = Face::NOTE.strong();
        let from = (WIDTH_PX / 3.0).min(Face::NOTE.width_px(&frontier.metric)) + 16.0;
        let text = face.shortened(&text, WIDTH_PX - from);
        let half = face.width_px(&text) / 2.0;
        let centre = x.clamp(from + half, (WIDTH_PX - half).max(from + half));
        canvas.text((centre, top - METRIC_PX / 2.0 - 1.0), Align::Centre, face, &text);
    }
}

fn draw_curve(canvas: &mut Canvas<'_>, axes: &Axes, frontier: &Frontier, steps: &[FrontierStep], ink: Ink) {
    let mut points: Vec<(f64, f64)> = Vec::new();
    for step in steps {
        let point = axes.px(step.day, step.score);
        if let Some(previous) = points.last().copied() {
            points.push((point.0, previous.1));
        }
        points.push(point);
    }
    if let Some(last) = points.last().copied() {
        points.push((axes.days.px(day_number(frontier.day)), last.1));
    }
    if points.len() > 1 {
        canvas.path(&points, ink, 2.25);
    }
    for step in steps {
        let title = format!("{}: {} on {}", step.model, quantity::number(step.score), wording::day(step.day));
        canvas.dot(axes.px(step.day, step.score), 3.5, ink, &title);
    }
}

/// The curves' names at their right ends, moved apart where they would touch.
fn draw_names(canvas: &mut Canvas<'_>, axes: &Axes, frontier: &Frontier, right_px: f64, edges: (f64, f64)) {
    const BLOCK_PX: f64 = 34.0;
    let mut ends: Vec<(f64, &str, f64, Ink)> = Vec::new();
    let curves = [
        (&frontier.leader, &frontier.leader_steps, Ink::Accent),
        (&frontier.laggard, &frontier.laggard_steps, Ink::Warm),
    ];
    for (name, steps, ink) in curves {
        ends.extend(steps.last().map(|step| (axes.scores.px(step.score), name.as_str(), step.score, ink)));
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    if let [upper, lower] = ends.as_mut_slice() {
        let missing = BLOCK_PX - (lower.0 - upper.0);
        if missing > 0.0 {
            upper.0 -= missing / 2.0;
            lower.0 += missing / 2.0;
        }
        if upper.0 < edges.0 {
            let shift = edges.0 - upper.0;
            upper.0 += shift;
            lower.0 = lower.0.max(upper.0 + BLOCK_PX);
        }
        if lower.0 > edges.1 - 8.0 {
            let shift = lower.0 - (edges.1 - 8.0);
            lower.0 -= shift;
            upper.0 = upper.0.min(lower.0 - BLOCK_PX);
        }
    }
    let x = axes.days.to_px + 10.0;
    for (y, name, score, ink) in ends {
        let face = Face::LABEL.strong().in_ink(ink);
        canvas.text((x, y - 8.0), Align::Left, face, &face.shortened(name, right_px - 12.0));
        canvas.text((x, y + 8.0), Align::Left, Face::NOTE.in_ink(ink), &quantity::number(score));
    }
}

fn draw_lag(canvas: &mut Canvas<'_>, axes: &Axes, frontier: &Frontier) {
    let (Some(lag), Some(reached), Some(level)) =
        (frontier.lag(), frontier.reached, frontier.laggard_steps.last())
    else {
        return;
    };
    let ((from, y), (to, _)) = (axes.px(reached, level.score), axes.px(frontier.day, level.score));
    if let Some((low, high)) = frontier.ends {
        let [near, far] = [low, high].map(|months| axes.days.px(frontier.months_before(months)));
        canvas.line((far, y), (near, y), Ink::Dark, 3.0);
        for end in [near, far] {
            canvas.line((end, y - 6.0), (end, y + 6.0), Ink::Dark, 1.25);
        }
    }
    if to - from >= 14.0 {
        canvas.line((from, y), (to, y), Ink::Dark, 1.5);
        for (tip, inward) in [(from, 1.0), (to, -1.0)] {
            let corners = [(tip, y), (tip + inward * 8.0, y - 4.0), (tip + inward * 8.0, y + 4.0)];
            canvas.polygon(&corners, Ink::Dark, &lag);
        }
    }
    let face = Face::LABEL.strong();
    let half = face.width_px(&lag) / 2.0 + 4.0;
    let centre = ((from + to) / 2.0).clamp(axes.days.from_px + half, axes.days.to_px - half);
    canvas.rectangle((centre - half, y + 6.0), (centre + half, y + 24.0), Ink::Paper);
    canvas.text((centre, y + 15.0), Align::Centre, face, &lag);
    // No curve comes into the room to the upper left of the arrow, since the leader's rises from below; the line of the
    // claim might.
    if let Some(step) = frontier.first_there() {
        let text = format!("{}, {}", step.model, step.day.strftime("%b %Y"));
        let text = Face::NOTE.shortened(&text, from - axes.days.from_px - 12.0);
        let right = from - 8.0;
        let left = right - Face::NOTE.width_px(&text);
        canvas.rectangle((left - 3.0, y - 23.0), (right + 3.0, y - 7.0), Ink::Paper);
        canvas.text((right, y - 15.0), Align::Right, Face::NOTE.in_ink(Ink::Accent), &text);
    }
}
