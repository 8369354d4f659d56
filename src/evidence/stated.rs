//! What a board's table states of each model beside its scores: a claim on how many of them have an architecture or a size
//! in; their number or share among the top places or all rows out. The architecture is the class that the table states
//! ("Qwen2ForCausalLM"), the size its own column or else that of the identity tables.

use super::counted::Property;
use super::listed::{COUNTING_SHARE, ENTRIES};
use super::measured::{Measured, Reading, Step, Target, Uncertainty};
use super::party::{self, Named};
use super::places::Told;
use super::sources::{evaluation, source_of_first};
use super::view::View;
use super::words::Words;
use crate::claim::{Claim, figures};
use crate::dataset::{Board, BoardHead, Coverage, PrintedName, Row};
use crate::error::Result;
use crate::names::Entity;
use crate::reported::{Interval, Unit};

/// What the models are counted by.
#[derive(Debug, Clone, PartialEq)]
enum Asked {
    /// Architectures of these names, the letters of each.
    Architecture(Vec<String>),
    /// Parameters in this interval.
    Size(Interval),
}

impl Asked {
    /// What the claim's words count models by, with its name; `None` where it is neither.
    fn of(claim: &Claim, view: &View<'_>) -> Option<(Self, String)> {
        let words = Words::of(claim);
        if !words.any(&["architecture"]) {
            return size(claim, view);
        }
        let named = party::in_text(&claim.quote, view).into_iter();
        let named = named.filter(|named| matches!(named.entity, Entity::Family(_) | Entity::Model(_)));
        let mut names: Vec<String> = named.map(|named| named.text).collect();
        let last = names.pop()?;
        // "The architecture of Llama or Mistral": either will do.
        names.retain(|name| ["or", "and"].iter().any(|link| words.hold(&format!("{name} {link} {last}"))));
        names.push(last);
        let classes = names.iter().map(|name| letters(name)).collect();
        Some((Self::Architecture(classes), format!("the {} architecture", names.join(" or "))))
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Architecture(_) => "architecture",
            Self::Size(_) => "size",
        }
    }

    /// Whether a row has it; `None` where neither its table nor the identities tell.
    fn had_by(&self, view: &View<'_>, row: &Row, printed: Option<&PrintedName>) -> Option<bool> {
        match self {
            Self::Architecture(classes) => {
                let found = letters(printed?.architecture.as_deref()?);
                Some(classes.iter().any(|class| found.starts_with(class)))
            }
            Self::Size(claimed) => {
                let billions = printed.and_then(|printed| printed.size.as_deref()?.parse::<f64>().ok());
                let stated = billions.map(|billions| billions * 1e9);
                Some(claimed.contains(stated.or_else(|| view.facts(&row.model).parameters)?))
            }
        }
    }
}

/// The size that the words count models by: the one number of parameters in them, where no other number but the claim's
/// own asks for something else of them.
fn size(claim: &Claim, view: &View<'_>) -> Option<(Asked, String)> {
    // "Of the models over 70B most are Chinese" is a share of Chinese models.
    let words = Words::of(claim);
    let is_denied = claim.negated || words.any(&["not have", "n t have", "no fewer", "no less", "no more"]);
    let is_of_population = claim.population.as_deref().is_some_and(|population| {
        figures(population, view.names()).iter().any(|figure| figure.reported.unit == Unit::Params)
    });
    let is_of_somebody = claim.subject.iter().any(|party| party.entity.is_some());
    if is_denied || is_of_population || is_of_somebody || Property::said(&words).is_some() {
        return None;
    }
    let all = figures(&claim.quote, view.names());
    let (sizes, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|figure| figure.reported.unit == Unit::Params);
    let is_own = |value: f64| claim.reported.is_some_and(|own| own.value == value);
    let [figure] = &sizes[..] else { return None };
    let is_mark = |unit: Unit| matches!(unit, Unit::Points | Unit::Elo | Unit::Percent);
    if others.iter().any(|other| is_mark(other.reported.unit) && !is_own(other.reported.value)) {
        return None;
    }
    // "Models of 70 billion parameters or more".
    let is_or_more = words.any(&["parameters or more", "or larger", "or bigger", "and up", "or above"]);
    let is_or_less = words.any(&["parameters or less", "parameters or fewer", "or smaller", "or below"]);
    let interval = match figure.reported.is_bound() {
        true => figure.reported.interval(),
        false if is_or_more => Interval::at_least(figure.reported.value),
        false if is_or_less => Interval { low: f64::NEG_INFINITY, high: figure.reported.value },
        false => return None,
    };
    Some((Asked::Size(interval), "a size as claimed".to_owned()))
}

/// How many of the models have what the words count them by; `None` where they count by neither architecture nor size,
/// none where no table of the board states it.
pub(super) fn readings(
    claim: &Claim,
    view: &View<'_>,
    told: Told,
    claimed: Interval,
) -> Result<Option<Vec<Reading>>> {
    let Some((asked, what)) = Asked::of(claim, view) else { return Ok(None) };
    let Some(benchmark) = party::board(claim, view) else {
        // Sizes are told of models elsewhere too.
        return Ok(matches!(asked, Asked::Architecture(_)).then(Vec::new));
    };
    let words = Words::of(claim);
    let places = words.places();
    let fits = |head: &BoardHead| head.coverage == Coverage::Full;
    let mut measured = Vec::new();
    let mut retrospective = false;
    for board in view.nearest_copies(&benchmark, fits, |board| !board.rows.is_empty())? {
        let printed = view.catalog.printed_names(&board.head.dataset)?;
        let has = |row: &Row| asked.had_by(view, row, printed.get(&row.name));
        // "Llama 2" is no class of its own: what no row has is not told by the table.
        let is_class = matches!(asked, Asked::Architecture(_));
        if is_class && !board.rows.iter().any(|row| has(row) == Some(true)) {
            continue;
        }
        let field = board.rows.best_of_each().take(places.unwrap_or(usize::MAX));
        let known: Vec<(&Row, bool)> = field.filter_map(|row| Some((row, has(row)?))).collect();
        if !known.is_empty() {
            measured.push(value(&board, &known, (asked.name(), &what), told, claimed));
            // Entries are rows, of which a model may have several.
            let rows: Vec<(&Row, bool)> = match places {
                None if words.any(&ENTRIES) => {
                    board.rows.iter().filter_map(|row| Some((&**row, has(row)?))).collect()
                }
                _ => Vec::new(),
            };
            if rows.len() > known.len() {
                measured.push(value(&board, &rows, (asked.name(), &what), told, claimed));
            }
            retrospective |= board.retrospective;
        }
    }
    if measured.is_empty() {
        return Ok(Some(Vec::new()));
    }
    Ok(Some(vec![Reading::of_sources(
        format!("{}/{benchmark}", asked.name()),
        format!("models of {} with {what}, as its table states it", view.called(&benchmark)),
        measured,
        retrospective.then_some(Step::Retrospective),
    )]))
}

/// Whether a model has the architecture that words name, as the table of the claim's board states it; `None` where they
/// name none or no table has the model.
pub(super) fn architecture_of(
    claim: &Claim,
    view: &View<'_>,
    who: &Named,
    named: &Named,
) -> Result<Option<Reading>> {
    if !Words::of(claim).any(&["architecture"]) {
        return Ok(None);
    }
    let Some(benchmark) = party::board(claim, view) else { return Ok(None) };
    let asked = Asked::Architecture(vec![letters(&named.text)]);
    let what = format!("the {} architecture", named.text);
    let fits = |head: &BoardHead| head.coverage == Coverage::Full;
    let has_model = |board: &Board| !view.members_of(board, &who.entity).is_empty();
    let mut measured = Vec::new();
    for board in view.nearest_copies(&benchmark, fits, has_model)? {
        let printed = view.catalog.printed_names(&board.head.dataset)?;
        let ours = view.members_of(&board, &who.entity);
        let rows = board.rows.iter().filter(|row| ours.contains(row.model.as_str()));
        let known: Vec<(&Row, bool)> =
            rows.filter_map(|row| Some((&**row, asked.had_by(view, row, printed.get(&row.name))?))).collect();
        if !known.is_empty() {
            let mostly = Interval::at_least(50f64.next_up());
            measured.push(value(&board, &known, (asked.name(), &what), Told::Percent, mostly));
        }
    }
    let meaning = format!("{} has {what}, as the table of {} states it", who.text, view.called(&benchmark));
    let name = format!("{}/{benchmark}", asked.name());
    Ok((!measured.is_empty()).then(|| Reading::of_sources(name, meaning, measured, None)))
}

fn value(
    board: &Board,
    known: &[(&Row, bool)],
    (metric, what): (&str, &str),
    told: Told,
    claimed: Interval,
) -> Measured {
    let held: Vec<&Row> = known.iter().filter(|(_, has)| *has).map(|(row, _)| *row).collect();
    let shown = if held.is_empty() { vec![known[0].0] } else { held.clone() };
    let (unit, estimate) = match told {
        Told::Count => (Unit::Count, held.len() as f64),
        Told::Percent => (Unit::Percent, 100.0 * held.len() as f64 / known.len() as f64),
    };
    Measured {
        label: format!("models with {what} among {} of {}", known.len(), board.head.name),
        benchmark: board.head.benchmark.clone(),
        metric: metric.to_owned(),
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
