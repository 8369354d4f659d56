//! A draft that stands in; the claim of the article out, with what its words alone name looked up.

use super::alternatives;
use super::context::Context;
use super::rule::RULES;
use super::scope;
use super::slots::Draft;
use super::time;
use super::token::Line;
use super::{Claim, ClaimKind, NamedBenchmark, Party, Relation};
use crate::article::Article;
use crate::names::{Entity, Names};

/// The draft as a claim of the article.
pub(super) fn finish(
    draft: &Draft<'_>,
    line: &Line<'_>,
    context: &Context,
    article: &Article,
    names: &Names,
    said: Option<&str>,
) -> Claim {
    let (from, mut to) = draft.quote;
    while to > from + 1 && matches!(line.low(to - 1), "," | ";" | ":") {
        to -= 1;
    }
    let span = article.to_original(line.extent(from, to));
    let rule = draft.rule;
    let (mut subject, mut object) =
        (known(&draft.subject, names), others(known(&draft.object, names), &draft.subject));
    for party in &mut subject {
        party.entity = party.entity.take().or_else(|| context.company(&party.text));
    }
    // "The best open entry, Athene-V2, is a tune of Qwen": the model, and not the kind that it is one of.
    let is_of_models = matches!(rule.kind, ClaimKind::Lineage | ClaimKind::Attribute | ClaimKind::Score);
    if is_of_models && subject.iter().any(|party| matches!(party.entity, Some(Entity::Model(_)))) {
        subject.retain(|party| !matches!(party.entity, Some(Entity::Group(_))));
    }
    // "Among the models of Meta, Llama 3 70B scores highest": Meta is whose they are.
    if let (ClaimKind::Rank, [_, _, ..], Some(among)) = (rule.kind, &subject[..], &draft.population) {
        subject.retain(|party| party.text != *among);
    }
    if let [party] = &subject[..]
        && let Some(owner) = owner_of_lead(party, names)
    {
        let is_ahead = !is_owned(&party.text, &DEFICITS);
        subject = vec![owner];
        // Whose lead it is stands ahead; a gap is told of the one behind.
        if rule.kind == ClaimKind::Gap && !object.is_empty() && is_ahead {
            std::mem::swap(&mut subject, &mut object);
        }
    }
    Claim {
        kind: rule.kind,
        span,
        quote: span.of(&article.original).to_owned(),
        sentence: article.to_original(line.span),
        subject,
        object,
        relation: rule.entry.relation.map(|told| by_figures(told, draft, line)),
        benchmark: measured_by(draft, line).map(|named| known_board(named, names)),
        reported: draft.reported,
        population: draft.population.clone(),
        as_of: time::as_of(line, draft.clause.0, draft.clause.1, (article.published, names), rule.kind),
        attributed_to: said.map(str::to_owned),
        hedged: draft.hedged,
        negated: draft.negated,
        checkable: rule.kind.is_checkable(),
        rule: rule.id.clone(),
        mentions: Vec::new(),
        alternatives: alternatives::of(draft, line, context),
    }
}

/// The relation, turned where the figures between which something went say so: "rating from 1339 to 1280".
fn by_figures(told: Relation, draft: &Draft<'_>, line: &Line<'_>) -> Relation {
    let numbers = || (draft.clause.0..draft.clause.1).filter_map(|i| Some((i, line.quantity(i)?.value)));
    let ends = numbers().find(|(i, _)| scope::stands_before(line, *i, "from")).and_then(|(at, from)| {
        Some((from, numbers().find(|(i, _)| *i > at && scope::stands_before(line, *i, "to"))?.1))
    });
    match (told, ends) {
        (Relation::Rising, Some((from, to))) if to < from => Relation::Falling,
        (Relation::Falling, Some((from, to))) if to > from => Relation::Rising,
        (Relation::Widening, Some((from, to))) if to < from => Relation::Closing,
        _ => told,
    }
}

/// The parties, with those told by their words looked up: "LUKE" is a word elsewhere, and a model where it is based on one.
pub(super) fn known(parties: &[Party], names: &Names) -> Vec<Party> {
    let look_up = |party: &Party| {
        // "Claude models" are those of the family.
        let is_family = |entity: &Entity| matches!(entity, Entity::Family(_));
        let of_family = || names.look_up(party.text.strip_suffix(" models")?).filter(is_family);
        let entity = party.entity.clone().or_else(of_family).or_else(|| {
            let id = names.canonical(&party.text, None).id;
            names.record(&id).is_some().then_some(Entity::Model(id))
        });
        Party { text: party.text.clone(), entity }
    };
    parties.iter().map(look_up).collect()
}

/// What somebody has who is ahead, and who is behind.
const LEADS: [&str; 5] = ["lead", "advantage", "edge", "margin", "head start"];
const DEFICITS: [&str; 4] = ["deficit", "gap", "shortfall", "lag"];

/// Whether the words end in one of these, owned by somebody: "Google's lead".
fn is_owned(text: &str, what: &[&str]) -> bool {
    let owned = text.split_once("'s ").or_else(|| text.split_once("\u{2019}s "));
    owned.is_some_and(|(_, rest)| what.iter().any(|word| rest.ends_with(word)))
}

/// Whose lead or deficit it is that a party's words name: "America's lead" is about America.
fn owner_of_lead(party: &Party, names: &Names) -> Option<Party> {
    if !(is_owned(&party.text, &LEADS) || is_owned(&party.text, &DEFICITS)) {
        return None;
    }
    let text = party.text.split(['\'', '\u{2019}']).next()?.trim().to_owned();
    let entity = party.entity.clone().or_else(|| names.look_up(&text))?;
    Some(Party { text, entity: Some(entity) })
}

/// The object without those who are the subject: nobody is set against themselves.
pub(super) fn others(object: Vec<Party>, subject: &[Party]) -> Vec<Party> {
    let is_other = |party: &Party| subject.iter().all(|own| own.text != party.text);
    match object.iter().any(is_other) {
        true => object.into_iter().filter(is_other).collect(),
        false => object,
    }
}

/// Words that name what is measured whether or not a board is named, by their list, with the kinds of claims they serve:
/// who hallucinates is told by the boards of hallucination, what is cheaper by its price.
const MEASURED_BY_WORD: [(&str, &[ClaimKind]); 3] = [
    ("speeds", &[ClaimKind::Comparison]),
    ("hallucinating", &[ClaimKind::Score, ClaimKind::Comparison, ClaimKind::Rank]),
    ("pricing", &[ClaimKind::Comparison]),
];

/// What the claim is measured by: a board of its own sentence, else what a word of it measures, else a board named before.
/// "GPT-4o is cheaper" is about prices, whatever the sentence before it was about.
fn measured_by(draft: &Draft<'_>, line: &Line<'_>) -> Option<NamedBenchmark> {
    let is_here = |named: &NamedBenchmark| {
        let first = named.text.split(';').next().unwrap_or("").trim().to_lowercase();
        line.text(0, line.len()).to_lowercase().contains(&first)
    };
    match (&draft.benchmark, of_word(draft.rule.kind, line)) {
        (Some(own), Some(word)) if !is_here(own) => Some(word),
        (own, word) => own.clone().or(word),
    }
}

/// The word of the sentence that names what is measured.
pub(super) fn of_word(kind: ClaimKind, line: &Line<'_>) -> Option<NamedBenchmark> {
    let serving = MEASURED_BY_WORD.iter().filter(|(_, kinds)| kinds.contains(&kind));
    let mut found = serving.filter_map(|(list, _)| (0..line.len()).find(|i| RULES.lists(list, line, *i)));
    found.next().map(|at| NamedBenchmark { text: line.text(at, at + 1).to_owned(), id: None })
}

/// What a keeper's board is called.
const BOARDS: [&str; 3] = ["board", "leaderboard", "test"];

/// The board, looked up by its words where it was told by them only: "Vectara's test" names nobody else's.
pub(super) fn known_board(named: NamedBenchmark, names: &Names) -> NamedBenchmark {
    if named.id.is_some() {
        return named;
    }
    // "The input price": of a price, the last word says what it is.
    let last =
        named.text.rsplit(' ').next().filter(|last| matches!(*last, "price" | "prices" | "cost" | "costs"));
    // "Berkeley's December table": the board of its keeper.
    let keeper = named.text.split_once("'s ").or_else(|| named.text.split_once("\u{2019}s "));
    let kept = keeper.into_iter().flat_map(|(keeper, _)| BOARDS.map(|board| format!("{keeper}'s {board}")));
    let texts = std::iter::once(named.text.as_str()).chain(last).map(str::to_owned).chain(kept);
    let id = texts.into_iter().find_map(|text| match names.look_up(&text) {
        Some(Entity::Benchmark(id)) => Some(id),
        _ => None,
    });
    NamedBenchmark { id, ..named }
}
