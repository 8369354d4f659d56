//! The numbers of a text in; each as a claim would report it, with the words before it, out.

use super::rule::RULES;
use super::token::Line;
use crate::article::Span;
use crate::names::Names;
use crate::reported::{Reported, Unit};

/// A number of a text, and the words before it in lower case.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figure {
    /// The number as a claim would report it; a bare one is a count.
    pub(crate) reported: Reported,
    /// The words right before it, the nearest first.
    pub(crate) before: [String; 2],
    /// Whether it is a number of models or of those who make them.
    pub(crate) counts_models: bool,
}

/// The numbers of a text that are part of no name and no date.
pub(crate) fn figures(text: &str, names: &Names) -> Vec<Figure> {
    let mentions = names.mentions(text);
    let line = Line::new(text, Span::new(0, text.len()), &mentions);
    let word = |at: Option<usize>| at.map_or("", |at| line.low(at)).to_owned();
    let figure = |i: usize| {
        let quantity = line.quantity(i).filter(|quantity| !quantity.foreign)?;
        let reported = quantity.reported(quantity.unit.unwrap_or(Unit::Count));
        // "Exceed an average of 50": the measure's name stands between.
        let is_measure =
            |at: usize| line.low(at) == "of" && at > 1 && RULES.lists("figure_nouns", &line, at - 1);
        let mut last = i.checked_sub(1);
        if let Some(of) = last.filter(|at| is_measure(*at)) {
            // "Below a hallucination rate of one percent": before the article of the measure.
            let article =
                (of.saturating_sub(4)..of - 1).rev().find(|at| matches!(line.low(*at), "a" | "an" | "the"));
            last = article.map_or(of.checked_sub(2), |at| at.checked_sub(1));
        }
        let before = [word(last), word(last.and_then(|at| at.checked_sub(1)))];
        let counts_models = quantity.unit.is_none()
            && (i + 1..=i + 2)
                .any(|at| matches!(line.low(at), "models" | "entries" | "systems" | "labs" | "llms"));
        Some(Figure { reported, before, counts_models })
    };
    (0..line.len()).filter_map(figure).collect()
}
