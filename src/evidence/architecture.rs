//! Architectures: a claim on how many models of a board have one in; their number or share among the top places or all
//! rows out, by the class that the board's table states ("Qwen2ForCausalLM").

use super::listed::COUNTING_SHARE;
use super::measured::{Measured, Reading, Step, Target, Uncertainty};
use super::party;
use super::places::Told;
use super::sources::{evaluation, source_of_first};
use super::view::View;
use super::words::Words;
use crate::claim::Claim;
use crate::dataset::{Board, BoardHead, Coverage, Row};
use crate::error::Result;
use crate::names::Entity;
use crate::reported::{Interval, Unit};

/// Whether the words ask for an architecture and not for whose a model is.
pub(super) fn is_asked(words: &Words) -> bool {
    words.any(&["architecture"])
}

/// How many of the models have the architecture that the words name; none where no table of the board states any.
pub(super) fn readings(
    claim: &Claim,
    view: &View<'_>,
    told: Told,
    claimed: Interval,
) -> Result<Vec<Reading>> {
    let named = party::in_text(&claim.quote, view).into_iter();
    let named = named.filter(|named| matches!(named.entity, Entity::Family(_) | Entity::Model(_)));
    let mut names: Vec<String> = named.map(|named| named.text).collect();
    let (Some(benchmark), Some(last)) = (party::board(claim, view), names.pop()) else {
        return Ok(Vec::new());
    };
    // "The architecture of Llama or Mistral": either will do.
    let words = Words::of(claim);
    names.retain(|name| ["or", "and"].iter().any(|link| words.hold(&format!("{name} {link} {last}"))));
    names.push(last);
    let classes: Vec<String> = names.iter().map(|name| letters(name)).collect();
    let is_of = |found: &str| classes.iter().any(|class| found.starts_with(class));
    let places = words.places();
    let fits = |head: &BoardHead| head.coverage == Coverage::Full;
    let mut measured = Vec::new();
    let mut retrospective = false;
    for board in view.nearest_copies(&benchmark, fits, |board| !board.rows.is_empty())? {
        let printed = view.catalog.printed_names(&board.head.dataset)?;
        let stated = |row: &Row| Some(letters(printed.get(&row.name)?.architecture.as_deref()?));
        // "Llama 2" is no class of its own: what no row has is not told by the table.
        if !board.rows.iter().any(|row| stated(row).is_some_and(|found| is_of(&found))) {
            continue;
        }
        let field = board.rows.best_of_each().take(places.unwrap_or(usize::MAX));
        let known: Vec<(&Row, bool)> = field.filter_map(|row| Some((row, is_of(&stated(row)?)))).collect();
        if !known.is_empty() {
            measured.push(value(&board, &known, &names.join(" or "), told, claimed));
            retrospective |= board.retrospective;
        }
    }
    if measured.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![Reading::of_sources(
        format!("architecture/{benchmark}"),
        format!(
            "models of {} with the {} architecture, as its table states it",
            view.called(&benchmark),
            names.join(" or ")
        ),
        measured,
        retrospective.then_some(Step::Retrospective),
    )])
}

fn value(board: &Board, known: &[(&Row, bool)], name: &str, told: Told, claimed: Interval) -> Measured {
    let held: Vec<&Row> = known.iter().filter(|(_, has)| *has).map(|(row, _)| *row).collect();
    let shown = if held.is_empty() { vec![known[0].0] } else { held.clone() };
    let (unit, estimate) = match told {
        Told::Count => (Unit::Count, held.len() as f64),
        Told::Percent => (Unit::Percent, 100.0 * held.len() as f64 / known.len() as f64),
    };
    Measured {
        label: format!("{name} by architecture among {} models of {}", known.len(), board.head.name),
        benchmark: board.head.benchmark.clone(),
        metric: "architecture".to_owned(),
        unit,
        estimate,
        uncertainty: Uncertainty::Exact,
        n: Some(known.len() as u64),
        evaluation: evaluation(board, known[0].0),
        claimed,
        target: Target::Published,
        conclusion: claimed.near(COUNTING_SHARE),
        scale: 1.0,
        sources: vec![source_of_first(board, &shown)],
    }
}

/// The letters and digits of a name in lower case: "Qwen 2" and "Qwen2ForCausalLM" begin alike.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{claim, named, number, shipped};
    use super::super::gather;
    use crate::claim::{Claim, ClaimKind};
    use crate::reported::Unit;
    use crate::verdict::{Outcome, judge};
    use jiff::civil::date;

    #[test]
    fn an_architecture_is_not_whose_a_model_is() {
        let share = |percent: f64, quote: &str| {
            let claim = Claim {
                reported: number(percent, Unit::Percent, 1.0),
                benchmark: named("Open LLM Leaderboard v2"),
                population: Some("models on the Open LLM Leaderboard v2".to_owned()),
                ..claim(ClaimKind::Share, quote, &["Llama"], &[])
            };
            judge(&claim, Some(&gather(&claim, shipped(), date(2025, 4, 3)).expect("readable tables")))
                .outcome
        };
        let quote = "40% of the models on the Open LLM Leaderboard v2 use the Llama architecture";
        assert_eq!(share(41.0, quote), Outcome::Supported);
        assert_eq!(share(90.0, quote), Outcome::Contradicted);
    }
}
