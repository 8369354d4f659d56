//! The faces of a figure: a text and a size in; its width, and lines that fit, out. And the colours, by their part.

use plotters::prelude::RGBColor;
use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};
use std::sync::Once;
use unicode_width::UnicodeWidthChar;

/// The backend's units to a pixel.
pub(super) const SCALE: f64 = 4.0;

/// plotters writes `font-size` as its own size divided by this.
const FONT_SIZE_FACTOR: f64 = 1.24;

/// The real family first: the rasteriser knows no generic names, browsers fall back along the list.
const FAMILY: &str = "Inter, Helvetica, Arial, sans-serif";

const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/Inter-Regular.otf");
const SEMIBOLD: &[u8] = include_bytes!("../../../assets/fonts/Inter-SemiBold.otf");

/// A colour by its part in a figure, so that a page can restyle it for a dark background.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// Text and axes.
    Dark,
    /// Secondary text.
    Muted,
    /// Grid lines and quiet marks.
    Grid,
    /// Shading behind everything.
    Faint,
    /// Where the claim would have the value.
    Claimed,
    /// The subject, or who leads.
    Accent,
    /// Who lags, or what speaks against.
    Warm,
    /// The page.
    Paper,
}

impl Ink {
    pub(super) const ALL: [Ink; 8] = [
        Self::Dark,
        Self::Muted,
        Self::Grid,
        Self::Faint,
        Self::Claimed,
        Self::Accent,
        Self::Warm,
        Self::Paper,
    ];

    /// Derived from the palette of Okabe and Ito (2008), darkened until text of it is readable on white.
    fn rgb(self) -> (u8, u8, u8) {
        match self {
            Self::Dark => (0x1B, 0x24, 0x30),
            Self::Muted => (0x56, 0x61, 0x6E),
            Self::Grid => (0xD3, 0xD9, 0xE0),
            Self::Faint => (0xF1, 0xF3, 0xF6),
            Self::Claimed => (0xDA, 0xE9, 0xF4),
            Self::Accent => (0x00, 0x67, 0xA3),
            Self::Warm => (0xC2, 0x4E, 0x00),
            Self::Paper => (0xFF, 0xFF, 0xFE),
        }
    }

    pub(super) fn variable(self) -> &'static str {
        match self {
            Self::Dark => "--figure-dark",
            Self::Muted => "--figure-muted",
            Self::Grid => "--figure-grid",
            Self::Faint => "--figure-faint",
            Self::Claimed => "--figure-claimed",
            Self::Accent => "--figure-accent",
            Self::Warm => "--figure-warm",
            Self::Paper => "--figure-paper",
        }
    }

    pub(super) fn hex(self) -> String {
        let (r, g, b) = self.rgb();
        format!("#{r:02X}{g:02X}{b:02X}")
    }

    pub(super) fn plotters(self) -> RGBColor {
        let (r, g, b) = self.rgb();
        RGBColor(r, g, b)
    }
}

/// The look of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Face {
    pub(super) size_px: f64,
    pub(super) bold: bool,
    pub(super) ink: Ink,
}

impl Face {
    /// Title of a figure.
    pub(super) const TITLE: Face = Face { size_px: 15.0, bold: true, ink: Ink::Dark };
    /// Names of rows and curves.
    pub(super) const LABEL: Face = Face { size_px: 12.5, bold: false, ink: Ink::Dark };
    /// Everything else.
    pub(super) const NOTE: Face = Face { size_px: 11.5, bold: false, ink: Ink::Muted };

    /// The same in semi-bold.
    pub(super) const fn strong(self) -> Face {
        Face { bold: true, ..self }
    }

    /// The same in another colour.
    pub(super) const fn in_ink(self, ink: Ink) -> Face {
        Face { ink, ..self }
    }

    pub(super) fn description(self) -> FontDesc<'static> {
        let style = if self.bold { FontStyle::Bold } else { FontStyle::Normal };
        FontDesc::new(FontFamily::Name(FAMILY), self.size_px * FONT_SIZE_FACTOR * SCALE, style)
    }

    /// Distance between lines, in pixels.
    pub(super) fn line_px(self) -> f64 {
        (self.size_px * 1.35).round()
    }

    /// Width of a text, in pixels.
    pub(super) fn width_px(self, text: &str) -> f64 {
        register_fonts();
        // Characters of East Asia are in a face that plotters does not know, and a square each.
        let (wide, narrow): (String, String) = text.chars().partition(|c| c.width() == Some(2));
        let narrow_px = match self.description().box_size(&narrow) {
            Ok((width, _)) => f64::from(width) / SCALE,
            Err(_) => narrow.chars().count() as f64 * self.size_px * 0.6,
        };
        narrow_px + wide.chars().count() as f64 * self.size_px
    }

    /// The text broken into at most `lines` lines of `width_px`; what does not fit ends in an ellipsis.
    pub(super) fn wrap(self, text: &str, width_px: f64, lines: usize) -> Vec<String> {
        let mut done: Vec<String> = Vec::new();
        let mut line = String::new();
        let mut words = text.split_whitespace().peekable();
        while let Some(word) = words.next() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width_px(&longer) <= width_px {
                line = longer;
                continue;
            }
            if done.len() + 1 >= lines || line.is_empty() {
                line = self.shortened(&longer, width_px);
                if done.len() + 1 >= lines || words.peek().is_none() {
                    break;
                }
                continue;
            }
            done.push(std::mem::take(&mut line));
            line = self.shortened(word, width_px);
        }
        if !line.is_empty() || done.is_empty() {
            done.push(line);
        }
        done
    }

    /// The text, or as much of it as fits followed by an ellipsis.
    pub(super) fn shortened(self, text: &str, width_px: f64) -> String {
        if self.width_px(text) <= width_px {
            return text.to_owned();
        }
        let mut kept: Vec<char> = text.chars().collect();
        while !kept.is_empty() {
            kept.pop();
            let short: String = kept.iter().collect::<String>().trim_end().to_owned() + "…";
            if self.width_px(&short) <= width_px {
                return short;
            }
        }
        String::new()
    }
}

pub(super) fn register_fonts() {
    static ONCE: Once = Once::new();
    // A font that does not register only costs the exact widths: an estimate stands in.
    ONCE.call_once(|| {
        _ = register_font(FAMILY, FontStyle::Normal, REGULAR);
        _ = register_font(FAMILY, FontStyle::Bold, SEMIBOLD);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_of_east_asia_is_a_square() {
        let both = Face::LABEL.width_px("通义千问 7B") - Face::LABEL.width_px(" 7B");
        assert!((both - 4.0 * Face::LABEL.size_px).abs() < 0.5, "{both}");
    }

    #[test]
    fn wrapping_keeps_every_line_inside() {
        let text = "A rather long label with averyveryverylongwordthatnobreakingcanhelp in its middle";
        for width in [40.0, 90.0, 200.0] {
            let lines = Face::LABEL.wrap(text, width, 2);
            assert!(
                lines.len() <= 2 && lines.iter().all(|line| Face::LABEL.width_px(line) <= width),
                "{lines:?}"
            );
        }
        assert_eq!(Face::LABEL.wrap("", 100.0, 2), vec![String::new()]);
    }
}
