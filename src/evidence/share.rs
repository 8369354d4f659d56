//! Share claims: "80 % of start-ups use Chinese models", "most of the top 20 on Arena are Chinese".
//!
//! # What it reads
//! A proportion, whose it is, and of which population: places of a board, all models of a board, models released in a
//! window, or people and companies.
//!
//! # How it is recomputed
//! Places and boards are counted as they stood; models whose property is not known make bounds. Shares of releases
//! are a sample (Jeffreys). Of companies only what somebody said is known: a lone estimate does not decide a claim, a
//! correction by the same person does.
//!
//! # What it cannot tell
//! Anything counted in tokens, money, downloads or people that no statement speaks of.

use super::counted::Property;
use super::database::Database;
use super::lineage;
use super::listed::COUNTING_SHARE;
use super::mark;
use super::measured::{Absence, Measured, Reading, Step, Target, Uncertainty};
use super::party;
use super::places::{self, Told};
use super::record;
use super::score;
use super::sources::{evaluation, source};
use super::spoken;
use super::stated;
use super::view::View;
use super::window;
use super::words::Words;
use crate::claim::{Claim, ClaimKind, Party};
use crate::dataset::{Board, BoardHead, Coverage};
use crate::error::Result;
use crate::names::{Entity, ModelFacts};
use crate::reported::{Interval, Unit};

/// Populations that no table here counts, by the words that betray them.
const UNCOUNTED: [(&str, &[&str]); 6] = [
    (
        "tokens or traffic of API routers (their tables may not be passed on)",
        &["token", "traffic", "openrouter", "calls ", "inference", "workload", "usage", "volume"],
    ),
    ("money", &["revenue", "spend", "spent", "paid", "pay ", "pays ", "market", "cost", "budget", "bill "]),
    (DERIVATIVES, &["download", "derivativ", "repositor", "fetched"]),
    ("papers or citations", &["paper", "citation", "cited", "cite "]),
    (
        "people",
        &[
            "people",
            "household",
            "developer",
            "user",
            "employee",
            "staff",
            "individual",
            "student",
            "customer",
        ],
    ),
    ("text or tasks", &["s weights", "training data", "corpus", "task", "question", "emission"]),
];

const DERIVATIVES: &str = "downloads or derivatives";

/// Words that say that one is made of another.
const BUILT_ON: [&str; 17] = [
    "rely",
    "relies",
    "relying",
    "depend",
    "underlying",
    "built on",
    "build on",
    "based on",
    "derived from",
    "derived models",
    "go back",
    "goes back",
    "descend",
    "fine-tuned from",
    "finetuned from",
    "fine-tunes of",
    "versions of",
];

/// Words of a population of models, which releases can be counted of.
const OF_MODELS: [&str; 8] =
    ["model", "llm", "release", "system", "chatbot", "entr", "submission", "listing"];

/// Words of use: who uses a model is not told by how many there are.
const USAGE: [&str; 7] = ["use ", "uses ", "using", "used ", "adopt", "start with", "starting with"];

/// The readings of a share claim; never none: what is not counted is said.
pub(super) fn readings(claim: &Claim, view: &View<'_>) -> Result<Vec<Reading>> {
    let words = Words::about(claim);
    let Some(claimed) = claim.reported.filter(|r| r.unit == Unit::Percent).map(|r| r.interval()) else {
        return Ok(vec![absent("no number says how large a share is meant", Absence::NoData)]);
    };
    if let Some(readings) = stated::readings(claim, view, Told::Percent, claimed)? {
        return Ok(match readings.is_empty() {
            true => vec![absent("no table here states that of each model", Absence::NoData)],
            false => readings,
        });
    }
    let population = Words::new(claim.population.as_deref().unwrap_or(&claim.quote));
    let is_side = |party: &&Party| party.entity.as_ref().is_none_or(|entity| view.is_side(entity));
    let party = claim.subject.first().filter(is_side).map(|party| Party {
        entity: party.entity.as_ref().map(|entity| party::as_maker(&party.text, entity, view)),
        ..party.clone()
    });
    let party = party.as_ref();
    if let (Some(places), Some(party)) = (words.places(), party::counted(claim, view)) {
        let readings = places::readings(claim, view, &party, places, Told::Percent)?;
        if !readings.is_empty() {
            return Ok(readings);
        }
    }
    if let Some(readings) = spoken::readings(claim, view, &words, claimed) {
        return Ok(readings);
    }
    // What people build from a model and put online is no list of models here.
    if claim.population.as_deref().is_some_and(|text| Words::new(text).any(&["derivativ"])) {
        return Ok(vec![absent(&format!("no table here counts {DERIVATIVES}"), Absence::NoData)]);
    }
    if words.any(&BUILT_ON) {
        let named = in_order(claim, view);
        if let [who, base, ..] = &named[..] {
            let readings = lineage::shares(view, who, base, claimed)?;
            if !readings.is_empty() {
                return Ok(readings);
            }
        }
        return Ok(vec![absent("no table here tells what that population is built on", Absence::NoData)]);
    }
    let of_models = claim.population.as_deref().is_some_and(|words| Words::new(words).any(&OF_MODELS));
    // "60% of the models on the board come from Chinese developers": who makes them is not who is counted.
    let names_models = of_models || claim.population.is_none() && words.any(&OF_MODELS);
    let is_of_a_board = names_models && party::board(claim, view).is_some();
    let names_uncounted =
        |entries: &[&str]| population.any(entries) || (!is_of_a_board && words.any(entries));
    if let Some((what, _)) = UNCOUNTED.iter().find(|(_, entries)| names_uncounted(entries)) {
        return Ok(vec![absent(&format!("no table here counts {what}"), Absence::NoData)]);
    }
    if !of_models && words.any(&USAGE) {
        return Ok(vec![absent("no table here counts who uses what", Absence::NoData)]);
    }
    let readings = mark::readings(claim, view, claimed)?;
    if !readings.is_empty() {
        return Ok(readings);
    }
    let Some(property) = party.and_then(Property::of).or_else(|| Property::said(&words)) else {
        return Ok(vec![absent("whose share it is does not resolve to models", Absence::NoData)]);
    };
    if let Some(database) = Database::named(claim, view) {
        let has = |facts: &ModelFacts| property.had_by(view, facts);
        return Ok(database.share(property.text(), has, claimed).map_or_else(
            || vec![absent("the database does not tell", Absence::NoData)],
            |reading| vec![reading],
        ));
    }
    // "X finishes two thirds of the exercises" is a score: one model is no part of a list.
    if matches!(property, Property::Of(Entity::Model(_), _)) {
        let readings = score::readings(&Claim { kind: ClaimKind::Score, ..claim.clone() }, view)?;
        let none = || vec![absent("a single model is no share of a list", Absence::Ambiguous)];
        return Ok(if readings.is_empty() { none() } else { readings });
    }
    let mut readings = on_boards(claim, view, &property, claimed)?;
    if population.any(&OF_MODELS) {
        readings.extend(released(claim, view, &property, &population, claimed));
    }
    if readings.is_empty() {
        readings.push(absent("no table here counts that population", Absence::NoData));
    }
    Ok(readings)
}

fn absent(meaning: &str, absence: Absence) -> Reading {
    Reading::absent("as-written", meaning.to_owned(), absence)
}

/// The claim's names, else those of its quote, in the order of the words.
fn in_order(claim: &Claim, view: &View<'_>) -> Vec<party::Named> {
    let named = party::named(claim, view);
    let in_quote = || party::in_text(&claim.quote, view).into_iter();
    // A board is where they are counted and nobody's base.
    let is_side = |named: &party::Named| !matches!(named.entity, Entity::Benchmark(_));
    if named.len() > 1 { named } else { in_quote().filter(is_side).collect() }
}

/// The share of all models of the board that the claim names. Several data sets may keep a board of one name, each with
/// a field of its own: the words fit any of them.
fn on_boards(claim: &Claim, view: &View<'_>, property: &Property, claimed: Interval) -> Result<Vec<Reading>> {
    let Some(benchmark) = party::board(claim, view) else { return Ok(Vec::new()) };
    let among_open = places::is_among_open(claim);
    let fits = |head: &BoardHead| head.coverage == Coverage::Full && head.in_force(view.day);
    let boards = view.nearest_copies(&benchmark, fits, |board| !board.rows.is_empty())?;
    let measured: Vec<Measured> =
        boards.iter().flat_map(|board| of_board(view, board, property, claimed, among_open)).collect();
    let Some(first) = boards.first().filter(|_| !measured.is_empty()) else { return Ok(Vec::new()) };
    Ok(vec![Reading::of_sources(
        format!("listed/{benchmark}"),
        format!("every model that {} listed on {}", first.head.name, first.snapshot),
        measured,
        first.retrospective.then_some(Step::Retrospective),
    )])
}

/// The share among the models of which it is known and, where it is not known of all, among all of them.
fn of_board(
    view: &View<'_>,
    board: &Board,
    property: &Property,
    claimed: Interval,
    among_open: bool,
) -> Vec<Measured> {
    let rows = places::field(view, board, among_open);
    let had: Vec<Option<bool>> = rows.iter().map(|row| property.had_by_row(view, row)).collect();
    let Some((share, draws)) = record::bounded(had.iter().copied()) else { return Vec::new() };
    let Some(first) = rows.first() else { return Vec::new() };
    let is_two_sided = claimed.low.is_finite() && claimed.high.is_finite();
    let held = had.iter().filter(|has| **has == Some(true)).count();
    let unknown = had.iter().filter(|has| has.is_none()).count();
    let measured = Measured {
        label: format!(
            "{} among the {} models of {}",
            property.text(),
            rows.len() - unknown,
            board.head.name
        ),
        benchmark: board.head.benchmark.clone(),
        metric: "share".to_owned(),
        unit: Unit::Percent,
        estimate: share,
        uncertainty: draws.map_or(Uncertainty::Exact, Uncertainty::Draws),
        n: Some(rows.len() as u64),
        evaluation: evaluation(board, first),
        claimed,
        // A printed share is the board's own, counted; "most" is a bound on the true one.
        target: if is_two_sided { Target::Published } else { Target::Latent },
        conclusion: claimed.near(COUNTING_SHARE),
        scale: 1.0,
        sources: vec![source(board, &rows)],
    };
    let all = rows.len() as f64;
    let of_all = |held: usize, label: String| Measured {
        label,
        estimate: 100.0 * held as f64 / all,
        ..measured.clone()
    };
    let mut reckonings = vec![measured.clone()];
    if is_two_sided {
        let called = &board.head.name;
        if unknown > 0 {
            let what = property.text();
            let label = format!("{what} known among all {all} models of {called}, {unknown} of them unknown");
            reckonings.push(of_all(held, label));
        }
        // Makers that the board leaves blank, and a name still tells.
        let named = property.entity().map(|entity| view.members_of(board, entity));
        if let Some(named) =
            named.map(|ids| rows.iter().filter(|row| ids.contains(row.model.as_str())).count())
            && named != held
        {
            let label = format!("{} by the board's own columns, of {all} of {called}", property.text());
            reckonings.push(of_all(named, label));
        }
    }
    reckonings
}

/// The share of the models released in the window that the claim names, or ever until its day. The tables hold a
/// selection of models: a sample, and one not drawn by chance.
fn released(
    claim: &Claim,
    view: &View<'_>,
    property: &Property,
    population: &Words,
    claimed: Interval,
) -> Option<Reading> {
    let (from, to) = window::counted(claim, view.day);
    let among_open = places::is_among_open(claim);
    let population_group = claim.population.as_deref().and_then(|text| {
        party::in_text(text, view).into_iter().find_map(|named| match named.entity {
            Entity::Group(group) => Some(group),
            _ => None,
        })
    });
    let in_population = |facts: &&ModelFacts| {
        facts.released.is_some_and(|day| from <= day && day <= to)
            && (!among_open || facts.open_weights == Some(true))
            && population_group.as_ref().is_none_or(|group| group.has(facts))
    };
    // A limit of size in the words is one that the tables could apply, but rarely state: rather say nothing.
    if population.any(&["larger than", "bigger than", "smaller than", "parameters"]) {
        return None;
    }
    let facts: Vec<&ModelFacts> = view.catalog.models().iter().filter(in_population).collect();
    let known: Vec<(&ModelFacts, bool)> =
        facts.iter().filter_map(|facts| Some((*facts, property.had_by(view, facts)?))).collect();
    let (first, _) = known.first()?;
    let share = 100.0 * known.iter().filter(|(_, has)| *has).count() as f64 / known.len() as f64;
    let sources = record::sources(view, known.iter().map(|(facts, _)| *facts), record::released);
    let mut steps = vec![Step::Indirectness];
    steps.extend(record::retrospective(view, &sources));
    Some(Reading::of_sources(
        "released".to_owned(),
        format!("models in the identity tables released from {from} to {to}"),
        vec![Measured {
            label: format!(
                "{} among the {} models released from {from} to {to}",
                property.text(),
                known.len()
            ),
            benchmark: "releases".to_owned(),
            metric: "share".to_owned(),
            unit: Unit::Percent,
            estimate: share,
            uncertainty: Uncertainty::Proportion { n: known.len() as u64, scale: 100.0 },
            n: Some(known.len() as u64),
            evaluation: record::evaluation(view, first),
            claimed,
            target: Target::Latent,
            conclusion: None,
            scale: 1.0,
            sources,
        }],
        steps,
    ))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{claim, more_than, named, number, shipped};
    use super::super::gather;
    use super::*;
    use crate::claim::ClaimKind;
    use crate::verdict::{Outcome, judge};
    use jiff::civil::date;

    fn outcome(claim: &Claim, day: jiff::civil::Date) -> Outcome {
        judge(claim, Some(&gather(claim, shipped(), day).expect("readable tables"))).outcome
    }

    fn startups(percent: f64) -> Claim {
        Claim {
            reported: number(percent, Unit::Percent, 1.0),
            population: Some("startups".to_owned()),
            ..claim(ClaimKind::Share, "startups use Chinese models", &["Chinese models"], &[])
        }
    }

    #[test]
    fn the_famous_share_is_a_proxy_before_its_correction_and_contradicted_after_it() {
        let before = gather(&startups(80.0), shipped(), date(2025, 9, 9)).expect("readable tables");
        let verdict = judge(&startups(80.0), Some(&before));
        assert_eq!(verdict.outcome, Outcome::Insufficient);
        let codes: Vec<String> = verdict.reasons.iter().map(|reason| reason.code()).collect();
        assert!(
            ["proxy-only", "single-estimate", "hearsay"].iter().all(|code| codes.iter().any(|c| c == code)),
            "{codes:?}"
        );
        assert!(before.then.iter().any(|reading| !reading.measured.is_empty()), "the proxy is shown");
        let after = gather(&startups(80.0), shipped(), date(2025, 12, 15)).expect("readable tables");
        let verdict = judge(&startups(80.0), Some(&after));
        assert_eq!(verdict.outcome, Outcome::Contradicted);
        assert!(verdict.because.contains("20 to 30 % that use open models"), "{}", verdict.because);
    }

    #[test]
    fn before_anybody_said_so_nothing_is_known() {
        assert_eq!(outcome(&startups(80.0), date(2025, 6, 1)), Outcome::Insufficient);
        let corrected = outcome(&startups(20.0), date(2025, 12, 15));
        assert!(matches!(corrected, Outcome::Supported | Outcome::LeaningSupported), "{corrected:?}");
    }

    #[test]
    fn a_statement_about_the_very_population_stays_a_guess() {
        let own =
            Claim { population: Some("portfolio companies of a venture firm".to_owned()), ..startups(80.0) };
        assert_eq!(outcome(&own, date(2025, 9, 9)), Outcome::Undecided);
    }

    #[test]
    fn a_majority_of_places_is_counted_on_the_board() {
        let most = |who: &str| Claim {
            reported: more_than(50.0, Unit::Percent),
            benchmark: named("Chatbot Arena"),
            population: Some("top 20".to_owned()),
            ..claim(ClaimKind::Share, "most of the top 20 on Chatbot Arena", &[who], &[])
        };
        let day = date(2024, 9, 1);
        assert_eq!(outcome(&most("American models"), day), Outcome::Supported);
        assert_eq!(outcome(&most("Chinese models"), day), Outcome::Contradicted);
    }

    #[test]
    fn what_nobody_counts_is_said() {
        for (quote, population) in
            [("go to Chinese models", "tokens on OpenRouter"), ("have a paid plan", "U.S. households")]
        {
            let claim = Claim {
                reported: number(60.0, Unit::Percent, 1.0),
                population: Some(population.to_owned()),
                ..claim(ClaimKind::Share, quote, &["Chinese models"], &[])
            };
            assert_eq!(outcome(&claim, date(2026, 6, 1)), Outcome::Insufficient, "{population}");
        }
    }
}
