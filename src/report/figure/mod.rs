//! Figures: a checked claim in; what its evidence looks like, as plain data and as SVG, out.
//!
//! Each kind of figure is a file with its data (a plain struct that tests can hold) and its drawing. Nothing here
//! decides anything: the numbers are those of the evidence and the verdict.

mod axis;
mod bars;
mod canvas;
mod face;
mod forest;
mod frontier;
mod ladder;
mod reliability;
mod timeline;
mod trend;

pub use bars::{Bar, Bars};
pub use forest::{Forest, ForestRow};
pub use frontier::Frontier;
pub use ladder::Ladder;
pub use reliability::{Panel, Reliability};
pub use timeline::Timeline;
pub use trend::Trend;

use super::document::Checked;
use super::wording;
use crate::claim::ClaimKind;
use crate::evidence::{Evidence, Picture, Reading};
use crate::verdict::Verdict;
use canvas::{Align, Canvas};
use face::Face;
use serde::Serialize;

/// Width of every figure in CSS pixels; heights follow from what is drawn.
const WIDTH_PX: f64 = 680.0;

/// A figure with its words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// File name without extension: the claim's id, with `-timeline` for the second.
    pub name: String,
    /// What is shown, as a phrase.
    pub title: String,
    /// Unit, day and sources, as a line.
    pub subtitle: String,
    /// What a reader who does not see it needs to know.
    pub alt: String,
    /// The data.
    pub plot: Plot,
}

/// The data of a figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Plot {
    /// Dot and interval for each measured value.
    Forest(Forest),
    /// A board from the top.
    Ladder(Ladder),
    /// Two frontier curves and the lag between them.
    Frontier(Frontier),
    /// Support through time.
    Timeline(Timeline),
    /// Stated probability against what came true.
    Reliability(Reliability),
    /// Shares of different populations, with what is claimed.
    Share(Forest),
    /// A quantity month by month, with the band of its slope.
    Trend(Trend),
    /// Counts before a day and after it.
    Counts(Bars),
    /// Shares of models by what they come from.
    Lineage(Bars),
}

impl Figure {
    /// The figure as an SVG file.
    #[must_use]
    pub fn svg(&self) -> String {
        match &self.plot {
            Plot::Forest(forest) | Plot::Share(forest) => forest::draw(self, forest),
            Plot::Ladder(ladder) => ladder::draw(self, ladder),
            Plot::Frontier(frontier) => frontier::draw(self, frontier),
            Plot::Timeline(timeline) => timeline::draw(self, timeline),
            Plot::Reliability(reliability) => reliability::draw(self, reliability),
            Plot::Trend(trend) => trend::draw(self, trend),
            Plot::Counts(bars) | Plot::Lineage(bars) => bars::draw(self, bars),
        }
    }

    /// The figure as SVG for the typesetter and the rasteriser, which carry its face.
    #[must_use]
    pub fn svg_for_print(&self) -> String {
        canvas::without_widths(&self.svg())
    }

    /// The figure as SVG for a web page, which sets its colours by CSS variables.
    #[must_use]
    pub fn svg_for_page(&self) -> String {
        canvas::with_variables(&self.svg())
    }
}

/// The figures of a claim: the headline reading's picture, then its support through time; empty without evidence.
#[must_use]
pub fn of_claim(id: &str, checked: &Checked) -> Vec<Figure> {
    let Some(evidence) = &checked.evidence else { return Vec::new() };
    let Some(reading) = evidence.then.first() else { return Vec::new() };
    let picture = picture(id, checked.claim.kind, evidence, reading, &checked.verdict);
    picture.into_iter().chain(timeline(id, evidence, &checked.verdict)).collect()
}

fn picture(
    id: &str,
    kind: ClaimKind,
    evidence: &Evidence,
    reading: &Reading,
    verdict: &Verdict,
) -> Option<Figure> {
    let (plot, subtitle, alt) = match &reading.picture {
        Some(Picture::Ladder { board, metric, rungs }) if !rungs.is_empty() => {
            let ladder = Ladder::of(metric, rungs, reading);
            (Plot::Ladder(ladder.clone()), format!("{board}, {metric}"), ladder.describe())
        }
        Some(picture @ Picture::Frontier { board, metric, .. }) => {
            let frontier = Frontier::of(picture, reading)?;
            let words = frontier.lag_in_words();
            let of_what = format!("{board}, {metric}");
            let subtitle = if words.is_empty() { of_what } else { format!("{of_what}; {words}") };
            (Plot::Frontier(frontier.clone()), subtitle, frontier.describe())
        }
        Some(Picture::Trend { quantity, points }) => {
            let trend = Trend::of(quantity, points, reading)?;
            (Plot::Trend(trend.clone()), trend.subtitle(), trend.describe())
        }
        Some(Picture::Counts { what, before, after }) => {
            let bars = Bars::of_counts(what, before, after, reading);
            (Plot::Counts(bars.clone()), bars.note.clone(), bars.describe())
        }
        _ if kind == ClaimKind::Share => {
            let forest = Forest::of_shares(&evidence.then)?;
            (Plot::Share(forest.clone()), forest.subtitle(), forest.describe())
        }
        _ if kind == ClaimKind::Lineage => {
            let bars = Bars::of_lineage(&evidence.then)?;
            (Plot::Lineage(bars.clone()), bars.note.clone(), bars.describe())
        }
        _ => {
            let forest = Forest::of(reading, verdict)?;
            (Plot::Forest(forest.clone()), forest.subtitle(), forest.describe())
        }
    };
    Some(Figure {
        name: id.to_owned(),
        title: super::view::capitalised(&reading.meaning),
        subtitle: format!("{subtitle}; as of {}", wording::day(evidence.as_of)),
        alt,
        plot,
    })
}

fn timeline(id: &str, evidence: &Evidence, verdict: &Verdict) -> Option<Figure> {
    let timeline = Timeline::of(evidence.as_of, verdict)?;
    Some(Figure {
        name: format!("{id}-timeline"),
        title: "Support through time".to_owned(),
        subtitle: timeline.subtitle(),
        alt: timeline.describe(),
        plot: Plot::Timeline(timeline),
    })
}

/// Title and subtitle of a figure, broken into lines.
struct Heading {
    title: Vec<String>,
    subtitle: Vec<String>,
}

impl Heading {
    fn of(figure: &Figure) -> Heading {
        Heading {
            title: Face::TITLE.wrap(&figure.title, WIDTH_PX, 2),
            subtitle: Face::NOTE.wrap(&figure.subtitle, WIDTH_PX, 2),
        }
    }

    /// Height with the space below, in pixels.
    fn height_px(&self) -> f64 {
        const BELOW_PX: f64 = 14.0;
        let title = self.title.len() as f64 * Face::TITLE.line_px();
        title + self.subtitle.len() as f64 * Face::NOTE.line_px() + BELOW_PX
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let y = canvas.lines((0.0, Face::TITLE.line_px() / 2.0), Align::Left, Face::TITLE, &self.title);
        canvas.lines((0.0, y), Align::Left, Face::NOTE, &self.subtitle);
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn figures() -> Vec<Figure> {
        let report = fixture::drawn();
        let drawn = report.checked.iter().enumerate().flat_map(|(i, c)| of_claim(&report.claim_id(i), c));
        drawn.chain([calibrated(10)]).collect()
    }

    fn calibrated(bins: usize) -> Figure {
        let point = |i: usize| {
            let (stated, n) = ((i as f64 + 0.5) / bins as f64, 40 + 300 * (i % 4));
            let observed = (stated + 0.03 * (i % 3) as f64 - 0.03).clamp(0.0, 1.0);
            (stated, observed, crate::stats::proportion_interval(observed, n as u64), n)
        };
        let points: Vec<_> = (0..bins).map(point).collect();
        let panel = |title: &str| Panel { title: title.to_owned(), ece: 0.02, points: points.clone() };
        let plot = Reliability { panels: ["rank", "share", "gap", "trend", "count"].map(panel).to_vec() };
        Figure {
            name: "reliability".to_owned(),
            title: "Support and truth".to_owned(),
            subtitle: "Simulated boards, seed 1".to_owned(),
            alt: plot.describe(),
            plot: Plot::Reliability(plot),
        }
    }

    #[test]
    fn every_kind_of_figure_is_drawn_as_well_formed_svg() {
        let figures = figures();
        for kind in
            ["forest", "ladder", "frontier", "timeline", "share", "trend", "counts", "lineage", "reliability"]
        {
            let is_kind = |figure: &&Figure| serde_json::to_value(&figure.plot).unwrap()["kind"] == kind;
            let figure = figures.iter().find(is_kind).unwrap_or_else(|| panic!("no {kind}"));
            let svg = figure.svg();
            assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"), "{kind}");
            assert!(svg.contains("<desc>") && !svg.contains("NaN"), "{kind}");
            assert!(!figure.alt.is_empty(), "{kind}");
        }
    }

    /// A text of an SVG as the canvas writes it, with the box it takes.
    struct Placed {
        words: String,
        left: f64,
        right: f64,
        top: f64,
        bottom: f64,
    }

    fn texts(svg: &str) -> Vec<Placed> {
        let attribute = |tag: &str, name: &str| {
            let start = tag.find(&format!(" {name}=\"")).unwrap() + name.len() + 3;
            tag[start..].split('"').next().unwrap().to_owned()
        };
        let number = |tag: &str, name: &str| attribute(tag, name).parse::<f64>().unwrap() / face::SCALE;
        let placed = |piece: &str| {
            let (tag, rest) = piece.split_once('>').unwrap();
            let escapes = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
            let words = rest.split('<').next().unwrap().trim().to_owned();
            let words = escapes.iter().fold(words, |words, (escape, plain)| words.replace(escape, plain));
            let size_px = number(tag, "font-size");
            let width =
                Face { size_px, bold: tag.contains("font-weight"), ink: face::Ink::Dark }.width_px(&words);
            let (x, y) = (number(tag, "x"), number(tag, "y"));
            let left = match attribute(tag, "text-anchor").as_str() {
                "start" => x,
                "middle" => x - width / 2.0,
                _ => x - width,
            };
            // Capitals and digits reach 0.36 em above and below the middle.
            Placed { words, left, right: left + width, top: y - 0.36 * size_px, bottom: y + 0.36 * size_px }
        };
        svg.split("<text").skip(1).map(placed).filter(|text| !text.words.is_empty()).collect()
    }

    fn assert_readable(figure: &Figure) {
        let texts = texts(&figure.svg());
        for (i, text) in texts.iter().enumerate() {
            let inside = text.left >= -1.0 && text.right <= WIDTH_PX + 1.0;
            assert!(inside, "{}: {:?} from {} to {}", figure.name, text.words, text.left, text.right);
            for other in &texts[..i] {
                let apart = text.right <= other.left || other.right <= text.left;
                let apart = apart || text.bottom <= other.top || other.bottom <= text.top;
                assert!(apart, "{}: {:?} touches {:?}", figure.name, text.words, other.words);
            }
        }
    }

    /// With `FIGURES_DIR` in the environment every figure of these tests is written there, to be looked at.
    #[test]
    fn figures_can_be_looked_at() {
        let Some(folder) = std::env::var_os("FIGURES_DIR") else { return };
        for figure in figures() {
            let png = crate::report::png::of_figure(&figure, &figure.svg_for_print()).unwrap();
            std::fs::write(std::path::Path::new(&folder).join(format!("{}.png", figure.name)), png).unwrap();
        }
    }

    #[test]
    fn both_names_of_a_comparison_are_seen_however_long_they_are() {
        let report = fixture::drawn();
        let comparison = report.checked.iter().find(|c| c.claim.kind == ClaimKind::Comparison).unwrap();
        let label =
            "a-board: first-name-of-great-length-0123456789 against second-name-of-great-length-0123456789";
        for rows in [2, 20, 40] {
            let mut checked = comparison.clone();
            let reading = &mut checked.evidence.as_mut().unwrap().then[0];
            reading.measured = reading.measured.iter().cycle().take(rows).cloned().collect();
            reading.measured.iter_mut().for_each(|row| row.label = label.to_owned());
            let texts = texts(&of_claim("c01", &checked)[0].svg());
            for name in ["first-na", "second-na"] {
                let seen = texts.iter().filter(|text| text.words.contains(name)).count();
                assert_eq!(seen, rows, "{name}");
            }
        }
    }

    #[test]
    fn no_text_is_clipped_or_touches_another() {
        figures().iter().for_each(assert_readable);
        let hostile = fixture::hostile();
        let hostile = hostile.checked.iter().flat_map(|checked| of_claim("c01", checked));
        hostile.collect::<Vec<_>>().iter().for_each(assert_readable);
    }

    #[test]
    fn forests_and_ladders_hold_one_row_to_forty() {
        let report = fixture::drawn();
        for rows in [1, 2, 13, 14, 15, 40, 41, 60] {
            for checked in &report.checked {
                let mut checked = checked.clone();
                let Some(evidence) = checked.evidence.as_mut() else { continue };
                let reading = &mut evidence.then[0];
                reading.measured = reading.measured.iter().cycle().take(rows).cloned().collect();
                if let Some(Picture::Ladder { rungs, .. }) = &mut reading.picture {
                    *rungs = rungs.iter().cycle().take(rows).cloned().collect();
                }
                if matches!(checked.claim.kind, ClaimKind::Lineage | ClaimKind::Share) {
                    evidence.then = evidence.then.iter().cycle().take(rows).cloned().collect();
                }
                of_claim("c01", &checked).iter().for_each(assert_readable);
            }
        }
    }
}
