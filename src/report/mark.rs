//! A shape and a colour for each outcome: outcomes in, small SVG marks out. No two outcomes differ by colour alone.

use crate::verdict::Outcome;

const CHECK: &str = "<path d='M4.7 8.2l2.3 2.4 4.3-5' fill='none' stroke='INK' stroke-width='1.7'/>";
const CROSS: &str =
    "<path d='M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6' fill='none' stroke='INK' stroke-width='1.7'/>";
const DISC: &str = "<circle cx='8' cy='8' r='7.25' fill='COLOUR'/>";
const RING: &str = "<circle cx='8' cy='8' r='6.6' fill='none' stroke='COLOUR' stroke-width='1.4'/>";
const DIAMOND: &str = "<path d='M8 .4L15.6 8 8 15.6.4 8z' fill='COLOUR'/>";
const DIAMOND_LINE: &str =
    "<path d='M8 1.4L14.6 8 8 14.6 1.4 8z' fill='none' stroke='COLOUR' stroke-width='1.4'/>";
const WAVES: &str = "<path d='M4.4 6.9c1.2-1.3 2.4-1.3 3.6 0s2.4 1.3 3.6 0M4.4 10.1c1.2-1.3 2.4-1.3 3.6 0s2.4 1.3 3.6 0' \
                     fill='none' stroke='INK' stroke-width='1.4'/>";
const HALF: &str = "<path d='M8 1.4a6.6 6.6 0 0 1 0 13.2z' fill='COLOUR'/>";
const QUESTION: &str = "<path d='M6 6.3c0-2.7 4.1-2.6 4.1-.2 0 1.7-2 1.6-2 3.3' fill='none' stroke='INK' \
                        stroke-width='1.4'/><circle cx='8.05' cy='11.7' r='.95' fill='INK'/>";
const DOTTED: &str = "<circle cx='8' cy='8' r='6.6' fill='none' stroke='COLOUR' stroke-width='1.4' \
                      stroke-dasharray='2.3 1.85'/>";
const DASH: &str = "<path d='M5 8h6' fill='none' stroke='INK' stroke-width='1.5'/>";

/// The colour of an outcome on white, after Okabe and Ito (2008), darkened to a contrast of at least 4.5 for text.
pub(super) fn colour(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Supported => "#00639c",
        Outcome::LeaningSupported => "#2a76a8",
        Outcome::Inexact => "#00735a",
        Outcome::Mixed => "#87527f",
        Outcome::Undecided => "#5a636e",
        Outcome::LeaningContradicted => "#a65600",
        Outcome::Contradicted => "#b33900",
        Outcome::Insufficient => "#6b7480",
        Outcome::NotCheckable => "#6f7883",
    }
}

/// The mark as an SVG of 16 by 16 pixels, in `colour` on `paper`.
pub(super) fn svg(outcome: Outcome, colour: &str, paper: &str) -> String {
    // Filled shapes carry a paper-coloured sign, outlines a coloured one.
    let (shapes, ink) = match outcome {
        Outcome::Supported => ([DISC, CHECK], paper),
        Outcome::LeaningSupported => ([RING, CHECK], colour),
        Outcome::Inexact => ([DISC, WAVES], paper),
        Outcome::Mixed => ([RING, HALF], colour),
        Outcome::Undecided => ([RING, QUESTION], colour),
        Outcome::LeaningContradicted => ([DIAMOND_LINE, CROSS], colour),
        Outcome::Contradicted => ([DIAMOND, CROSS], paper),
        Outcome::Insufficient => ([DOTTED, ""], colour),
        Outcome::NotCheckable => ([RING, DASH], colour),
    };
    let body = shapes.concat().replace("COLOUR", colour).replace("INK", ink).replace('\'', "\"");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"16\" height=\"16\" viewBox=\"0 0 16 16\" \
         stroke-linecap=\"round\" stroke-linejoin=\"round\">{body}</svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn outcomes_differ_in_shape_not_only_in_colour() {
        let shapes: BTreeSet<String> =
            Outcome::ALL.into_iter().map(|outcome| svg(outcome, "black", "white")).collect();
        assert_eq!(shapes.len(), Outcome::ALL.len());
    }
}
