//! Lineage claims: "Vicuna is based on LLaMA", "Chinese firms often use fine-tuned versions of Western models".
//!
//! # What it reads
//! A model, family, maker or group, and whom it is built on, tuned or copied from; for groups a word of frequency.
//!
//! # How it is recomputed
//! Declared base models, followed up the chain; models listed as pretrained have no foreign base. Of one model the
//! answer is yes or no, of a group the share over models with a known base, and again with the unknown part as bounds.
//! Architecture and weights are readings apart, from documented statements.
//!
//! # What it cannot tell
//! What nobody declares: teachers of distillation, training data, derivatives that hide their base.

use super::measured::{Absence, Measured, Picture, Pool, Reading, Step, Target, Uncertainty};
use super::party::{self, Named};
use super::record;
use super::stated;
use super::statement;
use super::view::View;
use super::words::Words;
use crate::claim::Claim;
use crate::error::Result;
use crate::names::{Entity, ModelFacts};
use crate::reported::{Interval, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// Boards that say which of their models were pretrained from nothing.
const BOARDS_WITH_TYPES: [&str; 2] = ["open-llm-leaderboard-1", "open-llm-leaderboard-2"];

/// The kind of row that such a model has.
const PRETRAINED: &str = "pretrained";

/// A chain of bases is followed this far: tunes of tunes of tunes end sooner.
pub(super) const LONGEST_CHAIN: usize = 6;

/// Shares in percent that words of frequency ask for, the strongest first.
const FREQUENCIES: [(&[&str], f64); 4] = [
    (&["entirely", "exclusively", "nearly all", "almost all", "virtually all", "all of"], 90.0),
    (&["primarily", "mainly", "mostly", "most ", "largely", "chiefly", "predominantly"], 50.0),
    (&["often", "many", "frequently", "commonly", "typically", "usually"], 25.0),
    (&["some ", "sometimes", "several", "a few"], 0.0),
];

/// "Chinese models are built on Llama" without such a word is read as "often".
const BARE_PLURAL_PERCENT: f64 = 25.0;

/// A yes of one model is 100 percent, a no is 0.
const YES_PERCENT: f64 = 50.0;

/// The readings of a lineage claim; none when a side is not known.
pub(super) fn readings(claim: &Claim, view: &View<'_>) -> Result<Vec<Reading>> {
    let words = Words::of(claim);
    let named = party::named(claim, view);
    let is_object = |named: &&Named| claim.object.iter().any(|party| party.text.contains(&named.text));
    let bases: Vec<&Named> = named.iter().filter(is_object).collect();
    let (Some(who), Some(base)) = (named.iter().find(|named| !is_object(named)), bases.first()) else {
        return Ok(Vec::new());
    };
    if matches!(who.entity, Entity::Group(_)) {
        let frequency =
            FREQUENCIES.iter().find(|(entries, _)| words.any(entries)).map(|(_, percent)| *percent);
        let asked = Interval::at_least(frequency.unwrap_or(BARE_PLURAL_PERCENT).next_up());
        let mut readings = shares(view, who, base, asked)?;
        if words.any(&["primarily", "mainly", "mostly", "chiefly", "predominantly"]) {
            // "Primarily LLaMA" is about which base is chosen where one is.
            readings.sort_by_key(|reading| reading.name != "derivatives-only");
        }
        return Ok(readings);
    }
    let mut readings = documented(view, who, base);
    readings.extend(declared(view, who, &bases, &words)?);
    readings.extend(stated::architecture_of(claim, view, who, base)?);
    let by_architecture = words.any(&["technolog", "architectur", "design", "code "]);
    readings.sort_by_key(|reading| reading.name.starts_with("architecture") != by_architecture);
    Ok(readings)
}

/// What statements say of architecture and of weights.
fn documented(view: &View<'_>, who: &Named, base: &Named) -> Vec<Reading> {
    let (ours, theirs) = (families(view, &who.entity), families(view, &base.entity));
    let mut readings = Vec::new();
    for aspect in ["architecture", "weights"] {
        let is_about = |topic: &str| {
            topic
                .split_once(&format!("-{aspect}-from-"))
                .is_some_and(|(a, b)| ours.contains(a) && theirs.contains(b))
        };
        let statements = view.catalog.statements().all().iter();
        let Some(statement) = statements.filter(|s| is_about(&s.topic)).max_by_key(|s| s.said_on) else {
            continue;
        };
        let Some(mut measured) = statement::measured(view, statement, Interval::at_least(YES_PERCENT)) else {
            continue;
        };
        measured.label = format!("{aspect} taken over, as {} says ({})", statement.who, statement.claim);
        let mut steps = statement::steps(statement);
        // What a model was made from does not change: a later statement holds of an earlier day.
        if statement.said_on > view.day {
            steps.push(Step::Retrospective);
        }
        readings.push(Reading::of_sources(
            aspect.to_owned(),
            format!("the {aspect} of {} came from {}", who.text, base.text),
            vec![measured],
            steps,
        ));
    }
    readings
}

/// Family ids of an entity; of a maker, those of its models.
fn families(view: &View<'_>, entity: &Entity) -> BTreeSet<String> {
    match entity {
        Entity::Model(id) | Entity::Family(id) => {
            view.names().canonical(id, None).family.into_iter().chain([id.clone()]).collect()
        }
        _ => record::records(view, entity).into_iter().filter_map(|facts| facts.family).collect(),
    }
}

/// Whether the declared bases of one subject lead to any of the asked ones.
fn declared(view: &View<'_>, who: &Named, bases: &[&Named], words: &Words) -> Result<Option<Reading>> {
    let mut records = record::records(view, &who.entity);
    if records.is_empty() {
        records.extend(declared_on_boards(view, &who.entity)?);
    }
    let pretrained = pretrained(view, &who.entity)?;
    let reaches = |facts| bases.iter().map(|base| status(view, facts, base, &pretrained)).max().flatten();
    let mut known: Vec<(&ModelFacts, bool)> =
        records.iter().filter_map(|facts| Some((facts, reaches(facts)?))).collect();
    let mut is_itself = who.entity.is_model();
    // Variants speak only where what bears the very name does not.
    if let Entity::Model(id) | Entity::Family(id) = &who.entity
        && known.iter().any(|(facts, _)| facts.id == *id)
    {
        known.retain(|(facts, _)| facts.id == *id);
        is_itself = true;
    }
    let reaches = known.iter().filter(|(_, reaches)| *reaches).count();
    let base_text = bases.iter().map(|base| base.text.as_str()).collect::<Vec<_>>().join(" or ");
    let meaning = format!("{} was trained on from {base_text}, by declared bases", who.text);
    let is_distillation =
        words.any(&["distilled from", "distilled to", "distilling", "distillation", "output", "traces"]);
    if is_distillation && reaches == 0 {
        let meaning = "no table states what a model was distilled from or whose answers it learnt".to_owned();
        return Ok(Some(Reading::absent("declared-base", meaning, Absence::NoData)));
    }
    let Some((first, _)) = known.first() else {
        let meaning = format!("no table states a base of {}", who.text);
        return Ok(Some(Reading::absent("declared-base", meaning, Absence::NoData)));
    };
    if reaches == 0 && !is_itself {
        let meaning = format!("{meaning}: none that is known here is, which says nothing of others");
        return Ok(Some(Reading::absent("declared-base", meaning, Absence::ProxyOnly)));
    }
    let share = 100.0 * reaches as f64 / known.len() as f64;
    let sources = record::sources(view, known.iter().map(|(facts, _)| *facts), text);
    let mut steps: Vec<Step> = record::retrospective(view, &sources).into_iter().collect();
    // What is not declared may still be so.
    if !is_itself || reaches == 0 {
        steps.push(Step::Indirectness);
    }
    Ok(Some(Reading::of_sources(
        "declared-base".to_owned(),
        meaning,
        vec![Measured {
            label: format!("{} from {base_text}, of the {} rows with a known base", who.text, known.len()),
            benchmark: "lineage".to_owned(),
            metric: "share".to_owned(),
            unit: Unit::Percent,
            estimate: share,
            uncertainty: Uncertainty::Exact,
            n: Some(known.len() as u64),
            evaluation: record::evaluation(view, first),
            // Of a family or maker one member is enough.
            claimed: Interval::at_least(if is_itself { YES_PERCENT } else { 0f64.next_up() }),
            target: Target::Latent,
            conclusion: None,
            scale: 1.0,
            sources,
        }],
        steps,
    )))
}

fn text(facts: &ModelFacts) -> String {
    facts
        .base_model
        .as_deref()
        .map_or_else(|| "listed as pretrained".to_owned(), |base| format!("base_model={base}"))
}

/// Whether a model declares a base that somebody else made.
fn has_foreign_base(view: &View<'_>, facts: &ModelFacts) -> bool {
    let is_foreign = |id: &str| {
        let maker = view.facts(id).organisation.clone();
        maker.is_some() && maker != facts.organisation
    };
    facts.base_model.as_deref().is_some_and(|bases| bases.split(';').any(is_foreign))
}

/// Whether a model comes from the base: by what it declares, or not where it was listed as pretrained.
fn status(
    view: &View<'_>,
    facts: &ModelFacts,
    base: &Named,
    pretrained: &BTreeMap<String, String>,
) -> Option<bool> {
    match &facts.base_model {
        Some(declared) => Some(reaches(view, declared, &base.entity, LONGEST_CHAIN)),
        // A smaller model pruned from a maker's own larger one is listed as pretrained too.
        None => {
            (pretrained.contains_key(&facts.id) && !is_same_maker(view, facts, &base.entity)).then_some(false)
        }
    }
}

fn is_same_maker(view: &View<'_>, facts: &ModelFacts, base: &Entity) -> bool {
    match base {
        Entity::Model(id) | Entity::Family(id) => {
            view.names().canonical(id, None).organisation == facts.organisation
        }
        Entity::Organisation(id) => facts.organisation.as_ref() == Some(id),
        Entity::Group(group) => group.has(facts),
        Entity::Benchmark(_) => false,
    }
}

pub(super) fn reaches(view: &View<'_>, declared: &str, base: &Entity, left: usize) -> bool {
    // Tables often leave out which variant was the base: "from Llama 3.3 70B" fits "from Llama-3.3-70B-Instruct".
    let is_variant = |id: &str| match base {
        Entity::Model(asked) => {
            // "OpenChat 3.5" is said of its 7B.
            id.strip_prefix(asked.as_str()).is_some_and(|rest| rest.starts_with('-'))
                || record::is_member(view, &Entity::Model(id.to_owned()), asked)
        }
        _ => false,
    };
    declared.split(';').any(|id| {
        record::is_member(view, base, id)
            || is_variant(id)
            || (left > 0
                && view
                    .facts(id)
                    .base_model
                    .as_deref()
                    .is_some_and(|further| reaches(view, further, base, left - 1)))
    })
}

/// What is stated of a model, with the base that its uploader declares on a board: uploads of many are in no other table.
fn declared_on_boards(view: &View<'_>, entity: &Entity) -> Result<Vec<ModelFacts>> {
    let Entity::Model(id) = entity else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for head in BOARDS_WITH_TYPES.iter().filter_map(|benchmark| view.heads(Some(benchmark)).next()) {
        let printed = view.catalog.printed_names(&head.dataset)?;
        let declared = printed.iter().filter(|(_, row)| row.model == *id).filter_map(|(name, row)| {
            // Of a merge it repeats the model's own name.
            let base = row.base.as_deref().filter(|base| !base.starts_with(name.as_str()))?;
            Some(ModelFacts {
                base_model: Some(view.names().canonical(base, None).id),
                source: Some(head.dataset.clone()),
                ..ModelFacts::clone(&view.facts(id))
            })
        });
        found.extend(declared);
    }
    Ok(found)
}

/// Ids of the entity's models that a board lists as pretrained, each with the data set that does.
fn pretrained(view: &View<'_>, entity: &Entity) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for benchmark in BOARDS_WITH_TYPES {
        let Some(head) = view.heads(Some(benchmark)).next() else { continue };
        let Some(board) = view.board(head, |board| !board.rows.is_empty())? else { continue };
        let ours = view.members_of(&board, entity);
        let rows = board.rows.iter().filter(|row| row.kind.as_deref() == Some(PRETRAINED));
        let ours = rows.filter(|row| ours.contains(row.model.as_str()));
        found.extend(ours.map(|row| (row.model.clone(), head.dataset.clone())));
    }
    Ok(found)
}

/// Shares of a group's models, known by the view's day, that come from a base.
pub(super) fn shares(view: &View<'_>, who: &Named, base: &Named, claimed: Interval) -> Result<Vec<Reading>> {
    let pretrained = pretrained(view, &who.entity)?;
    let mut models: BTreeMap<String, ModelFacts> = record::records(view, &who.entity)
        .into_iter()
        .filter(|facts| facts.released.is_some_and(|day| day <= view.day))
        .map(|facts| (facts.id.clone(), facts))
        .collect();
    for (id, dataset) in &pretrained {
        let listed = || ModelFacts { source: Some(dataset.clone()), ..(*view.facts(id)).clone() };
        models.entry(id.clone()).or_insert_with(listed);
    }
    let status: Vec<(&ModelFacts, Option<bool>)> =
        models.values().map(|facts| (facts, status(view, facts, base, &pretrained))).collect();
    let known: Vec<(&ModelFacts, bool)> =
        status.iter().filter_map(|(facts, has)| Some((*facts, (*has)?))).collect();
    let derived: Vec<(&ModelFacts, bool)> =
        known.iter().copied().filter(|(facts, _)| has_foreign_base(view, facts)).collect();
    let mut readings = Vec::new();
    let mut push = |name: &str, meaning: String, measured: Option<Measured>| {
        let Some(measured) = measured else { return };
        let mut steps = vec![Step::Indirectness];
        steps.extend(record::retrospective(view, &measured.sources));
        let (name, picture) = (name.to_owned(), Some(Picture::Forest));
        readings.push(Reading {
            name,
            meaning,
            pool: Pool::Sources,
            measured: vec![measured],
            absence: None,
            steps,
            picture,
        });
    };
    let (ours, theirs) = (&who.text, &base.text);
    push(
        "known-base",
        format!("{ours}: models with a declared base or listed as pretrained, of which from {theirs}"),
        proportion(
            view,
            &known,
            &format!("{ours} from {theirs}, of the {} with a known base", known.len()),
            claimed,
        ),
    );
    let bounds = record::bounded(status.iter().map(|(_, has)| *has)).and_then(|(_, draws)| {
        let draws = draws?;
        let label = format!(
            "{ours} from {theirs}, of all {} whatever the base of the {} unknown",
            status.len(),
            status.len() - known.len()
        );
        let middle = draws.get(draws.len() / 2).copied()?;
        let measured = proportion(view, &known, &label, claimed)?;
        Some(Measured { estimate: middle, uncertainty: Uncertainty::Draws(draws), ..measured })
    });
    push(
        "unknown-as-bounds",
        format!("{ours}: all models, those of unknown base counted as none and as all"),
        bounds,
    );
    push(
        "derivatives-only",
        format!("{ours}: models that declare a base of somebody else, of which {theirs}"),
        proportion(
            view,
            &derived,
            &format!("{ours} from {theirs}, of the {} derivatives", derived.len()),
            claimed,
        ),
    );
    Ok(readings)
}

fn proportion(
    view: &View<'_>,
    known: &[(&ModelFacts, bool)],
    label: &str,
    claimed: Interval,
) -> Option<Measured> {
    let (first, _) = known.first()?;
    let n = known.len() as u64;
    Some(Measured {
        label: label.to_owned(),
        benchmark: "lineage".to_owned(),
        metric: "share".to_owned(),
        unit: Unit::Percent,
        estimate: 100.0 * known.iter().filter(|(_, from)| *from).count() as f64 / n as f64,
        uncertainty: Uncertainty::Proportion { n, scale: 100.0 },
        n: Some(n),
        evaluation: record::evaluation(view, first),
        claimed,
        target: Target::Latent,
        conclusion: None,
        scale: 1.0,
        sources: record::sources(view, known.iter().map(|(facts, _)| *facts), text),
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{claim, shipped};
    use super::super::gather;
    use super::*;
    use crate::claim::ClaimKind;
    use crate::verdict::{Outcome, judge};
    use jiff::civil::date;

    fn outcome(claim: &Claim, day: jiff::civil::Date) -> Outcome {
        judge(claim, Some(&gather(claim, shipped(), day).expect("readable tables"))).outcome
    }

    fn from(quote: &str, who: &str, base: &str) -> Claim {
        claim(ClaimKind::Lineage, quote, &[who], &[base])
    }

    #[test]
    fn a_declared_base_is_followed_up_the_chain() {
        let day = date(2025, 6, 1);
        assert_eq!(
            outcome(&from("is built on DeepSeek V3", "DeepSeek R1", "DeepSeek V3"), day),
            Outcome::Supported
        );
        let tune = "DeepSeek-R1-Distill-Llama-70B";
        assert_eq!(
            outcome(&from("starts from Llama-3.3-70B-Instruct", tune, "Llama-3.3-70B-Instruct"), day),
            Outcome::Supported
        );
        assert_eq!(outcome(&from("is based on Mistral 7B", tune, "Mistral 7B"), day), Outcome::Contradicted);
    }

    #[test]
    fn architecture_and_weights_are_judged_apart() {
        let day = date(2024, 2, 21);
        let technology = from("some of the technology in Yi came from LLaMA", "Yi", "LLaMA");
        let evidence = gather(&technology, shipped(), day).expect("readable tables");
        assert_eq!(evidence.then[0].name, "architecture");
        assert!(evidence.then[0].steps.contains(&Step::Retrospective), "said after the day");
        assert_eq!(outcome(&technology, day), Outcome::Supported);
        assert_eq!(outcome(&from("Yi is a fine-tuned LLaMA", "Yi", "LLaMA"), day), Outcome::Contradicted);
    }

    #[test]
    fn what_an_uploader_declares_counts_where_nothing_else_is_told() {
        let of = |base| outcome(&from("is fine-tuned", "allura-org/Teleut-7b", base), date(2025, 3, 25));
        assert_eq!((of("Qwen2.5-7B"), of("Llama 3.1 8B")), (Outcome::Supported, Outcome::Contradicted));
    }

    #[test]
    fn teachers_are_not_declared() {
        let claim = from("was distilled from GPT-4", "Yi-34B", "GPT-4");
        assert_eq!(outcome(&claim, date(2025, 6, 1)), Outcome::Insufficient);
    }

    #[test]
    fn a_group_gives_shares_with_the_unknown_as_bounds() {
        let claim = from(
            "Chinese models are often fine-tuned from Western models",
            "Chinese models",
            "Western models",
        );
        let then = gather(&claim, shipped(), date(2024, 2, 21)).expect("readable tables").then;
        let names: Vec<&str> = then.iter().map(|reading| reading.name.as_str()).collect();
        assert_eq!(names, ["known-base", "unknown-as-bounds", "derivatives-only"]);
    }
}
