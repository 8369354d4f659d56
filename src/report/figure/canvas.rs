//! A drawing surface: shapes and text in CSS pixels in, an accessible SVG with exact text and hover titles out.
//!
//! With `face.rs` the only file that knows plotters. Its SVG backend has whole-number coordinates and no titles, so everything is
//! drawn at [`SCALE`] times its size, and titles are put in afterwards.

use super::face::{Face, Ink, SCALE, register_fonts};
use plotters::prelude::{DrawingBackend, SVGBackend, ShapeStyle, TextStyle};
use plotters::style::Color as _;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// The SVG with its colours as CSS variables (and the print colours as fallback), for a page with a dark mode.
pub(super) fn with_variables(svg: &str) -> String {
    Ink::ALL.iter().fold(svg.to_owned(), |svg, ink| {
        let hex = ink.hex();
        svg.replace(&format!("\"{hex}\""), &format!("\"var({}, {hex})\"", ink.variable()))
    })
}

/// Which side of its position a text stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// It begins there.
    Left,
    /// It is centred there.
    Centre,
    /// It ends there.
    Right,
}

/// A figure being drawn. Positions are pixels from the top left.
pub(super) struct Canvas<'b> {
    backend: SVGBackend<'b>,
    titles: Vec<String>,
    /// Width of each text so far, in the backend's units.
    widths: Vec<f64>,
}

fn at(x: f64, y: f64) -> (i32, i32) {
    ((x * SCALE).round() as i32, (y * SCALE).round() as i32)
}

fn stroke(ink: Ink, width_px: f64) -> ShapeStyle {
    ink.plotters().stroke_width((width_px * SCALE).round() as u32)
}

// The backend writes into a string: drawing cannot fail, and its results are dropped.
impl Canvas<'_> {
    /// A straight line.
    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), ink: Ink, width_px: f64) {
        _ = self.backend.draw_line(at(from.0, from.1), at(to.0, to.1), &stroke(ink, width_px));
    }

    /// A straight dashed line.
    pub(super) fn dashes(&mut self, from: (f64, f64), to: (f64, f64), ink: Ink, width_px: f64) {
        const DASH_PX: f64 = 4.0;
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let pieces = (length / (2.0 * DASH_PX)).ceil().max(1.0) as usize;
        let along = |distance: f64| {
            let part = (distance / length.max(f64::EPSILON)).min(1.0);
            (from.0 + part * (to.0 - from.0), from.1 + part * (to.1 - from.1))
        };
        for i in 0..pieces {
            let start = i as f64 * 2.0 * DASH_PX;
            self.line(along(start), along(start + DASH_PX), ink, width_px);
        }
    }

    /// An open line through points.
    pub(super) fn path(&mut self, points: &[(f64, f64)], ink: Ink, width_px: f64) {
        _ = self.backend.draw_path(points.iter().map(|(x, y)| at(*x, *y)), &stroke(ink, width_px));
    }

    /// A filled rectangle from its top left to its bottom right corner.
    pub(super) fn rectangle(&mut self, from: (f64, f64), to: (f64, f64), ink: Ink) {
        _ = self.backend.draw_rect(at(from.0, from.1), at(to.0, to.1), &ink.plotters().filled(), true);
    }

    /// A filled circle; `title` is what a pointer or a screen reader gets.
    pub(super) fn dot(&mut self, centre: (f64, f64), radius_px: f64, ink: Ink, title: &str) {
        let radius = (radius_px * SCALE).round() as u32;
        _ = self.backend.draw_circle(at(centre.0, centre.1), radius, &ink.plotters().filled(), true);
        self.titles.push(title.to_owned());
    }

    /// A circle with a paper-coloured middle.
    pub(super) fn ring(&mut self, centre: (f64, f64), radius_px: f64, ink: Ink, title: &str) {
        self.dot(centre, radius_px, ink, title);
        self.dot(centre, radius_px - 1.6, Ink::Paper, title);
    }

    /// A filled polygon with a title.
    pub(super) fn polygon(&mut self, points: &[(f64, f64)], ink: Ink, title: &str) {
        _ = self.backend.fill_polygon(points.iter().map(|(x, y)| at(*x, *y)), &ink.plotters().filled());
        self.titles.push(title.to_owned());
    }

    /// A line of text, vertically centred on `position`.
    pub(super) fn text(&mut self, position: (f64, f64), align: Align, face: Face, text: &str) {
        let horizontal = match align {
            Align::Left => HPos::Left,
            Align::Centre => HPos::Center,
            Align::Right => HPos::Right,
        };
        let colour = face.ink.plotters();
        let style =
            TextStyle::from(face.description()).color(&colour).pos(Pos::new(horizontal, VPos::Center));
        let text = printable(text);
        if text.trim().is_empty() {
            return;
        }
        self.widths.push(face.width_px(&text) * SCALE);
        _ = self.backend.draw_text(&text, &style, at(position.0, position.1));
    }

    /// Lines of text one below the other; returns the middle of the line that would come next.
    pub(super) fn lines(&mut self, position: (f64, f64), align: Align, face: Face, lines: &[String]) -> f64 {
        let mut y = position.1;
        for line in lines {
            self.text((position.0, y), align, face, line);
            y += face.line_px();
        }
        y
    }
}

/// XML has no control characters, escaped or not.
fn printable(text: &str) -> String {
    text.chars().map(|c| if crate::report::marked::is_visible(c) { c } else { ' ' }).collect()
}

fn escaped(text: &str) -> String {
    printable(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Draws a figure of the given size; `title` and `description` are for those who do not see it.
pub(super) fn draw(
    size_px: (f64, f64),
    title: &str,
    description: &str,
    paint: impl FnOnce(&mut Canvas<'_>),
) -> String {
    register_fonts();
    let mut svg = String::new();
    let (width, height) = (size_px.0.ceil(), size_px.1.ceil());
    let backend = SVGBackend::with_string(&mut svg, ((width * SCALE) as u32, (height * SCALE) as u32));
    let mut canvas = Canvas { backend, titles: Vec::new(), widths: Vec::new() };
    paint(&mut canvas);
    _ = canvas.backend.present();
    let (titles, widths) = (std::mem::take(&mut canvas.titles), std::mem::take(&mut canvas.widths));
    drop(canvas);
    let view_box = format!("0 0 {} {}", width * SCALE, height * SCALE);
    let head = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"{view_box}\" \
         role=\"img\"><title>{}</title><desc>{}</desc>",
        escaped(title),
        escaped(description)
    );
    finished(&svg, &head, &titles, &widths)
}

/// How a text says that it is to be set as wide as it was measured.
const HELD: &str = " lengthAdjust=\"spacingAndGlyphs\" textLength=\"";

/// The SVG for those who carry the face themselves, whose texts are as wide as measured without being told.
pub(super) fn without_widths(svg: &str) -> String {
    let mut pieces = svg.split(HELD);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        out.push_str(piece.split_once('"').map_or(piece, |(_, rest)| rest));
    }
    out
}

/// Replaces the first line, gives each mark, in drawing order, its title, and holds each text to its width: a browser
/// that lacks the face takes a wider one, and what fitted would be clipped.
fn finished(svg: &str, head: &str, titles: &[String], widths: &[f64]) -> String {
    let (mut titles, mut widths) = (titles.iter(), widths.iter());
    let mut out = String::with_capacity(svg.len() + 512);
    out.push_str(head);
    out.push('\n');
    for line in svg.lines().skip(1) {
        if let Some(open) = line.strip_prefix("<text ").and_then(|_| line.strip_suffix('>')) {
            let width = widths.next().copied().unwrap_or_default();
            out.push_str(&format!("{open}{HELD}{width:.0}\">\n"));
            continue;
        }
        let mark = ["circle", "polygon"].into_iter().find(|tag| line.starts_with(&format!("<{tag} ")));
        match (mark, line.strip_suffix("/>")) {
            (Some(tag), Some(open)) => {
                let title = titles.next().map_or("", String::as_str);
                if title.is_empty() {
                    out.push_str(line);
                } else {
                    out.push_str(&format!("{open}><title>{}</title></{tag}>", escaped(title)));
                }
            }
            _ => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_stand_inside_their_marks_and_are_escaped() {
        let svg = draw((100.0, 50.0), "a <b>", "c & d", |canvas| {
            canvas.dot((10.0, 10.0), 3.0, Ink::Accent, "one <script>");
            canvas.dot((20.0, 10.0), 3.0, Ink::Accent, "");
        });
        assert!(svg.contains("<title>a &lt;b&gt;</title><desc>c &amp; d</desc>"));
        assert!(svg.contains("><title>one &lt;script&gt;</title></circle>"));
        assert_eq!(svg.matches("<circle").count(), 2);
        assert!(with_variables(&svg).contains("var(--figure-accent, #0067A3)"));
    }

    #[test]
    fn texts_are_held_to_their_width_in_a_browser_and_free_where_the_face_is_carried() {
        let svg = draw((100.0, 50.0), "", "", |canvas| {
            canvas.text((0.0, 10.0), Align::Left, Face::NOTE, "measured");
            canvas.text((0.0, 30.0), Align::Left, Face::NOTE, " ");
        });
        let width = Face::NOTE.width_px("measured") * SCALE;
        assert!(width > 100.0 && svg.contains(&format!("{HELD}{width:.0}\">\nmeasured")));
        assert_eq!(svg.matches("<text ").count(), 1, "a blank is not drawn");
        assert!(!without_widths(&svg).contains("textLength") && without_widths(&svg).contains(">\nmeasured"));
    }
}
