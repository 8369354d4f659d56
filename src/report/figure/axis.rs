//! Axes: a range of values or days in; round ticks with their labels and positions in pixels out.

use jiff::ToSpan;
use jiff::civil::Date;

/// No axis is long enough for more.
const MOST_TICKS: usize = 100;

/// A linear scale from values to pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Axis {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) from_px: f64,
    pub(super) to_px: f64,
}

impl Axis {
    /// An axis over the finite ones of `values`, with a margin at either end; never empty.
    pub(super) fn over(values: impl IntoIterator<Item = f64>, from_px: f64, to_px: f64) -> Axis {
        const MARGIN: f64 = 0.06;
        let (low, high) = values
            .into_iter()
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        if low > high {
            return Axis { low: 0.0, high: 1.0, from_px, to_px };
        }
        let margin = if high > low { (high - low) * MARGIN } else { high.abs().max(1.0) * MARGIN };
        Axis { low: low - margin, high: high + margin, from_px, to_px }
    }

    /// Where a value stands; values beyond the ends stand at the ends.
    pub(super) fn px(&self, value: f64) -> f64 {
        let part = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.from_px + part * (self.to_px - self.from_px)
    }

    /// Round values along the axis, about one every `every_px`, each with its label.
    pub(super) fn ticks(&self, every_px: f64) -> Vec<(f64, String)> {
        let wanted = ((self.to_px - self.from_px).abs() / every_px).max(2.0);
        let raw = (self.high - self.low) / wanted;
        let power = 10f64.powf(raw.log10().floor());
        let step =
            [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * power).find(|step| *step >= raw).unwrap_or(raw);
        // Two at the least: one tells nothing of the scale.
        let steps = [step, step / 2.0, step / 5.0];
        let count = |step: &f64| (self.high / step).floor() - (self.low / step).ceil() + 1.0;
        let step = steps.into_iter().find(|step| count(step) >= 2.0).unwrap_or(step);
        let digits = (-step.log10().floor()).max(0.0) as usize;
        let first = (self.low / step).ceil();
        let values =
            (0..MOST_TICKS).map(|i| (first + i as f64) * step).take_while(|value| *value <= self.high);
        values.map(|value| (value, tick_label(value, digits))).collect()
    }
}

/// Ticks thinned until no two labels touch; `width_px` measures a label.
pub(super) fn fitting_ticks(
    axis: &Axis,
    every_px: f64,
    width_px: impl Fn(&str) -> f64,
) -> Vec<(f64, String)> {
    const BETWEEN_PX: f64 = 10.0;
    const ATTEMPTS: i32 = 12;
    let fits = |ticks: &Vec<(f64, String)>| {
        let widest = ticks.iter().map(|(_, label)| width_px(label)).fold(0.0, f64::max);
        match ticks.as_slice() {
            [first, second, ..] => (axis.px(second.0) - axis.px(first.0)).abs() >= widest + BETWEEN_PX,
            _ => true,
        }
    };
    let found = (0..ATTEMPTS).map(|i| axis.ticks(every_px * 1.5f64.powi(i))).find(fits);
    // Of numbers as long as the axis only one has room.
    found.unwrap_or_else(|| axis.ticks(every_px).into_iter().take(1).collect())
}

/// Thousands are set apart from 10,000 up; minus is a minus.
fn tick_label(value: f64, digits: usize) -> String {
    let plain = format!("{:.*}", digits.min(6), value.abs());
    let sign = if value < 0.0 && plain.bytes().any(|b| matches!(b, b'1'..=b'9')) { "\u{2212}" } else { "" };
    format!("{sign}{}", crate::quantity::grouped(&plain))
}

/// A day as a number for an axis.
pub(super) fn day_number(day: Date) -> f64 {
    let start = Date::constant(2000, 1, 1);
    start.until(day).map_or(0.0, |span| f64::from(span.get_days()))
}

/// Ticks for days: months or years, whichever gives at most one every `every_px`.
pub(super) fn day_ticks(axis: &Axis, every_px: f64) -> Vec<(f64, String)> {
    const STEPS_MONTHS: [i32; 8] = [1, 2, 3, 6, 12, 24, 60, 120];
    let days_per_px = (axis.high - axis.low) / (axis.to_px - axis.from_px).abs().max(1.0);
    let wanted_months = every_px * days_per_px / 30.44;
    let step = STEPS_MONTHS.into_iter().find(|months| f64::from(*months) >= wanted_months).unwrap_or(120);
    let start = Date::constant(2000, 1, 1);
    let first = (axis.low / 30.44).floor() as i32 / step * step;
    let mut ticks = Vec::new();
    for months in (first..).step_by(step as usize) {
        let Ok(day) = start.checked_add(months.months()) else { break };
        let position = day_number(day);
        if position > axis.high {
            break;
        }
        if position >= axis.low {
            let format = if step % 12 == 0 { "%Y" } else { "%b %Y" };
            ticks.push((position, day.strftime(format).to_string()));
        }
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn numbers_without_end_have_ticks_too_and_no_axis_has_one_only() {
        let wide = Axis { low: 0.0, high: 1e35, from_px: 0.0, to_px: 300.0 };
        assert!(fitting_ticks(&wide, 60.0, |label| 7.0 * label.len() as f64).len() <= MOST_TICKS);
        for (low, high) in [(-1.9, 1.9), (3.0, 997.0), (0.4, 1.9), (-0.3, 0.2)] {
            let axis = Axis { low, high, from_px: 0.0, to_px: 160.0 };
            assert!(fitting_ticks(&axis, 70.0, |label| 7.0 * label.len() as f64).len() > 1, "{low} {high}");
        }
    }

    #[test]
    fn ticks_are_round_and_inside() {
        let axis = Axis::over([-3.2, 11.7], 0.0, 400.0);
        let labels: Vec<String> = axis.ticks(80.0).into_iter().map(|(_, label)| label).collect();
        assert_eq!(labels, ["0", "5", "10"]);
        assert_eq!(Axis::over([0.123, 0.124], 0.0, 400.0).ticks(130.0)[0].1, "0.1230");
        assert!(Axis::over([f64::NAN, f64::INFINITY], 0.0, 1.0).ticks(1.0).len() >= 2);
        assert_eq!(Axis::over([5.0], 0.0, 100.0).px(5.0), 50.0);
    }

    #[test]
    fn long_labels_are_thinned_until_they_fit() {
        let axis = Axis::over([2.5e12, 3.5e12], 0.0, 300.0);
        let width = |label: &str| label.len() as f64 * 7.0;
        let ticks = fitting_ticks(&axis, 60.0, width);
        assert!(ticks.windows(2).all(|w| axis.px(w[1].0) - axis.px(w[0].0) > width(&w[0].1)), "{ticks:?}");
    }

    #[test]
    fn minus_is_a_minus_and_zero_has_none() {
        assert_eq!(tick_label(-2.5, 1), "\u{2212}2.5");
        assert_eq!(tick_label(-0.0, 1), "0.0");
        assert_eq!(tick_label(250_000.0, 0), "250,000");
    }

    #[test]
    fn days_are_ticked_by_months_or_years() {
        let days = [day_number(date(2023, 2, 1)), day_number(date(2024, 8, 1))];
        let axis = Axis::over(days, 0.0, 500.0);
        let labels: Vec<String> = day_ticks(&axis, 80.0).into_iter().map(|(_, label)| label).collect();
        assert_eq!(labels, ["Jan 2023", "Jul 2023", "Jan 2024", "Jul 2024"]);
        let long = Axis::over([day_number(date(2012, 1, 1)), day_number(date(2026, 1, 1))], 0.0, 500.0);
        assert!(day_ticks(&long, 80.0).iter().all(|(_, label)| label.len() == 4));
    }
}
