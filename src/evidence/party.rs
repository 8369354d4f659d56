//! Parties of a claim in; the entities that they name out, also where the words name two in one ("the gap between
//! China and the United States").

use super::view::View;
use super::words::Words;
use crate::claim::{Claim, Party, without_models, words_to_owned};
use crate::names::{Entity, Group, Mention};

/// Somebody that a claim names.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Named {
    /// The words.
    pub(super) text: String,
    /// Whom they name.
    pub(super) entity: Entity,
}

/// A name as it stands within a sentence: "the United States", "open models".
pub(super) fn in_sentence(name: &str) -> String {
    let takes_article = name.starts_with("United ") || ARTICLED.contains(&name);
    if takes_article { format!("the {name}") } else { as_label(name) }
}

/// A name by itself: "United States", "open models"; of "the best American" the models.
pub(super) fn as_label(name: &str) -> String {
    let is_common = COMMON.iter().any(|word| name.starts_with(word));
    match name.chars().next() {
        _ if DEMONYMS.contains(&name) => format!("{name} models"),
        Some(first) if is_common => format!("{}{}", first.to_lowercase(), &name[first.len_utf8()..]),
        _ => name.to_owned(),
    }
}

/// First words of groups that are capital only at the head of a sentence.
const COMMON: [&str; 5] = ["Open", "Closed", "Proprietary", "Free", "The "];

/// Whose models are called by an adjective alone.
const DEMONYMS: [&str; 12] = [
    "American", "British", "Canadian", "Chinese", "European", "French", "German", "Indian", "Israeli",
    "Japanese", "Korean", "Western",
];

/// Models of a party, in words: "Chinese models", "models of Meta".
pub(super) fn models_of(party: &Named, view: &View<'_>) -> String {
    match &party.entity {
        Entity::Group(_) => view.names().display(&party.entity),
        _ => format!("models of {}", in_sentence(&party.text)),
    }
}

/// Initials of countries and unions, which take an article as their names do.
const ARTICLED: [&str; 8] = ["US", "U.S", "U.S.", "USA", "UK", "U.K.", "EU", "UAE"];

/// What somebody who says so is the author of, and within how many words of the name.
const AUTHORED: [&str; 8] =
    ["Index", "report", "figures", "numbers", "analysis", "estimate", "study", "data"];
const WORDS_TO_WORK: usize = 3;

/// The quote without the release that only says since when: "has risen since GPT-4o appeared in May 2024".
pub(super) fn without_since(quote: &str) -> &str {
    let appears = |rest: &str| {
        let mut words = rest.split_whitespace().take(WORDS_TO_APPEARING);
        words.any(|word| APPEARS.iter().any(|verb| word.starts_with(verb)))
    };
    quote.split_once(" since ").filter(|(_, rest)| appears(rest)).map_or(quote, |(before, _)| before)
}

/// How a model comes out, and within how many words of "since".
const APPEARS: [&str; 8] = ["appear", "came", "launch", "releas", "arriv", "debut", "unveil", "introduc"];
const WORDS_TO_APPEARING: usize = 6;

/// Whom the claim names: its parties, and the names inside the words of parties that resolve to nobody.
pub(super) fn named(claim: &Claim, view: &View<'_>) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    for party in claim.subject.iter().chain(&claim.object) {
        for found in of_party(party, view) {
            if !matches!(found.entity, Entity::Benchmark(_))
                && named.iter().all(|known| known.entity != found.entity)
            {
                named.push(found);
            }
        }
    }
    named
}

fn of_party(party: &Party, view: &View<'_>) -> Vec<Named> {
    match &party.entity {
        Some(entity) if !view.is_side(entity) => Vec::new(),
        Some(entity) => vec![Named { text: party.text.clone(), entity: entity.clone() }],
        None => in_text(&party.text, view),
    }
}

/// The board that the claim names, in its own slot or among its words.
pub(super) fn board(claim: &Claim, view: &View<'_>) -> Option<String> {
    if let Some(named) = &claim.benchmark {
        return named.id.clone();
    }
    let texts = std::iter::once(claim.quote.as_str()).chain(claim.population.as_deref());
    texts.flat_map(|text| in_text(text, view)).find_map(|named| match named.entity {
        Entity::Benchmark(id) => Some(id),
        _ => None,
    })
}

/// Whom the claim counts: its subjects, else those that its words name; several makers count together.
pub(super) fn counted(claim: &Claim, view: &View<'_>) -> Option<Party> {
    let subjects = claim
        .subject
        .iter()
        .filter_map(|party| Some(Named { text: party.text.clone(), entity: party.entity.clone()? }));
    let mut named: Vec<Named> = subjects.collect();
    if named.is_empty() {
        let in_quote = in_text(&claim.quote, view).into_iter();
        named.extend(in_quote.filter(|named| !matches!(named.entity, Entity::Benchmark(_))));
    }
    // "Half of the top twenty have open weights."
    named.extend(open(&Words::about(claim)).filter(|_| named.is_empty()));
    let first = named.first()?;
    let makers: Vec<(&str, String)> = named
        .iter()
        .filter_map(|named| match as_maker(&named.text, &named.entity, view) {
            Entity::Organisation(id) => Some((named.text.as_str(), id)),
            _ => None,
        })
        .collect();
    if makers.len() < 2 || makers.len() < named.len() {
        return Some(first.as_party());
    }
    let (texts, organisations): (Vec<&str>, Vec<String>) = makers.into_iter().unzip();
    let group = Group { organisations, ..Group::default() };
    Some(Party { text: texts.join(" and "), entity: Some(Entity::Group(group)) })
}

/// Whether it is a laboratory, or the models that bear its name.
pub(super) fn is_lab(entity: &Entity) -> bool {
    matches!(entity, Entity::Organisation(_) | Entity::Family(_))
}

impl Named {
    /// As a party of a claim.
    pub(super) fn as_party(&self) -> Party {
        Party { text: self.text.clone(), entity: Some(self.entity.clone()) }
    }

    /// The same with the maker in place of a family that bears its name.
    pub(super) fn as_maker(&self, view: &View<'_>) -> Self {
        Self { text: self.text.clone(), entity: as_maker(&self.text, &self.entity, view) }
    }
}

/// Of whom the models are when "Mistral has fifteen of them": the maker, where a family bears its maker's name.
pub(super) fn as_maker(text: &str, entity: &Entity, view: &View<'_>) -> Entity {
    let maker = match entity {
        Entity::Family(_) => view.names().organisation_named(without_models(text)),
        _ => None,
    };
    maker.map_or_else(|| entity.clone(), |maker| Entity::Organisation(maker.id.clone()))
}

/// Most words between a keeper and the board that is his: "Hugging Face's first Open LLM Leaderboard".
const KEEPING_WORDS: usize = 1;

/// Names in running words, but for those that only say whose a board is.
pub(super) fn in_text(text: &str, view: &View<'_>) -> Vec<Named> {
    let mentions = view.names().mentions(text);
    let keeps_next = |i: usize| {
        let [keeper, board, ..] = &mentions[i..] else { return false };
        let between = &text[keeper.span.end..board.span.start.max(keeper.span.end)];
        matches!(&board.entity, Entity::Benchmark(id) if view.names().is_board(id))
            && words_to_owned(between).is_some_and(|words| words <= KEEPING_WORDS)
    };
    // "Models on Hugging Face" are nobody's by that.
    let is_place = |m: &Mention| {
        matches!(m.entity, Entity::Organisation(_)) && text[..m.span.start].to_lowercase().ends_with(" on ")
    };
    // "Stanford's AI Index" is who says so.
    let is_author = |m: &Mention| {
        let owned = ["'s ", "\u{2019}s "].iter().find_map(|sign| text[m.span.end..].strip_prefix(sign));
        let is_work = |word: &str| AUTHORED.contains(&word.trim_end_matches(|c: char| !c.is_alphanumeric()));
        matches!(m.entity, Entity::Organisation(_))
            && owned.is_some_and(|rest| rest.split_whitespace().take(WORDS_TO_WORK).any(is_work))
    };
    let is_named = |(i, m): &(usize, &Mention)| {
        !keeps_next(*i) && !is_place(m) && !is_author(m) && view.is_side(&m.entity)
    };
    let sides = mentions.iter().enumerate().filter(is_named);
    sides.map(|(_, m)| Named { text: m.span.of(text).to_owned(), entity: m.entity.clone() }).collect()
}

/// Models by whether their weights are open.
pub(super) fn by_openness(text: &str, open: bool) -> Named {
    let group = Group { open_weights: Some(open), ..Group::default() };
    Named { text: text.to_owned(), entity: Entity::Group(group) }
}

/// Open models, where the words speak of them: "the best open-weight score".
pub(super) fn open(words: &Words) -> Option<Named> {
    words
        .any(&["open weight", "open source", "opensource", "open model"])
        .then(|| by_openness("open models", true))
}

/// Open and closed models, where the words set the two against each other.
pub(super) fn open_and_closed(words: &Words) -> Option<(Named, Named)> {
    let both = words.any(&["open "]) && words.any(&["closed", "proprietary"]);
    both.then(|| (by_openness("open models", true), by_openness("closed models", false)))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::shipped;
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_keeper_of_a_board_is_no_party() {
        let view = View::new(shipped(), date(2024, 7, 1));
        let named = |text: &str| -> Vec<String> {
            in_text(text, &view).into_iter().map(|named| named.text).collect()
        };
        let keeper = "fifty models on Hugging Face's first Open LLM Leaderboard";
        assert_eq!(named(keeper), ["Open LLM Leaderboard"]);
        assert_eq!(named("Mistral's models on MMLU"), ["Mistral", "MMLU"]);
    }

    #[test]
    fn some_names_take_an_article() {
        let names = ["United States", "UK", "China"].map(in_sentence);
        assert_eq!(names, ["the United States", "the UK", "China"]);
        assert_eq!(["American", "Open models"].map(in_sentence), ["American models", "open models"]);
    }
}
