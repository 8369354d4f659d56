//! Claims as a reader other than the rules tells them, in words, in; claims of the article, their slots resolved as those
//! of the rules are, out.

use super::class::Class;
use super::finish::{known, known_board, of_word, others};
use super::token::Line;
use super::{Alternatives, Claim, ClaimKind, NamedBenchmark, Party, Relation, clause, names_in, time};
use crate::article::{Article, Sentence, Span};
use crate::names::{Entity, Names};
use crate::reported::{Comparator, Reported, Unit};
use std::collections::HashMap;

/// A claim in words: what somebody who read the article found at one place of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Its type.
    pub kind: ClaimKind,
    /// Its place in the article's plain text.
    pub span: Span,
    /// Whom it is about, each by name.
    pub subject: Vec<String>,
    /// Whom the subject is set against or built on.
    pub object: Vec<String>,
    /// How they stand.
    pub relation: Option<Relation>,
    /// The benchmark or board, as the text names it.
    pub benchmark: Option<String>,
    /// The number, in `unit`.
    pub value: Option<f64>,
    /// The upper end of a range.
    pub value_high: Option<f64>,
    /// What the number counts.
    pub unit: Option<Unit>,
    /// How the number bounds the truth.
    pub comparator: Option<Comparator>,
    /// Of whom.
    pub population: Option<String>,
    /// The time it speaks of, as ISO date or prefix; anything else is none.
    pub as_of: Option<String>,
    /// Who said it.
    pub attributed_to: Option<String>,
    /// Whether it is softened.
    pub hedged: bool,
    /// Whether it is denied.
    pub negated: bool,
    /// Whether public data could decide it.
    pub checkable: bool,
}

/// The claims of the article, in the order of the text: names and boards looked up, the time resolved against the day of
/// publication, numbers at their printed precision, repeated paragraphs as mentions. `by` names the reader.
#[must_use]
pub fn settle(mut told: Vec<Told>, article: &Article, names: &Names, by: &str) -> Vec<Claim> {
    told.sort_by_key(|told| (told.span, told.kind));
    told.dedup();
    if told.is_empty() {
        return Vec::new();
    }
    let sentences: Vec<Sentence> = article.sentences().collect();
    let mentions = names.mentions(&article.plain);
    let named: HashMap<String, &Entity> =
        mentions.iter().map(|m| (m.span.of(&article.plain).to_lowercase(), &m.entity)).collect();
    let party = |text: &String| Party { text: text.clone(), entity: entity(text, &named, names) };
    let claims = told.iter().filter_map(|told| {
        let sentence = sentence(&sentences, told.span)?;
        let line = Line::new(&article.plain, sentence, names_in(&mentions, sentence));
        let from = line.tokens.iter().position(|token| token.span.end > told.span.start)?;
        let to = line.tokens.iter().rposition(|token| token.span.start < told.span.end)? + 1;
        let clause = (clause::around(&line, from).0, clause::around(&line, to.max(from + 1) - 1).1);
        let span = article.to_original(told.span);
        let subject: Vec<Party> = told.subject.iter().map(party).collect();
        let object: Vec<Party> = told.object.iter().map(party).collect();
        let board = told.benchmark.clone().map(|text| NamedBenchmark { text, id: None });
        let own_words = || time::as_of(&line, clause.0, clause.1, (article.published, names), told.kind);
        Some(Claim {
            kind: told.kind,
            span,
            quote: span.of(&article.original).to_owned(),
            sentence: article.to_original(sentence),
            object: others(known(&object, names), &subject),
            subject: known(&subject, names),
            relation: told.relation,
            benchmark: board.or_else(|| of_word(told.kind, &line)).map(|named| known_board(named, names)),
            reported: reported(told, &line, (from, to)),
            population: told.population.clone(),
            as_of: told.as_of.clone().filter(|text| is_iso(text)).or_else(own_words),
            attributed_to: told.attributed_to.clone(),
            hedged: told.hedged,
            negated: told.negated,
            checkable: told.checkable && told.kind.is_checkable(),
            rule: format!("{}/{by}", told.kind.name()),
            mentions: repeated(article, told.span),
            alternatives: Alternatives::default(),
        })
    });
    claims.collect()
}

/// What a party's words stand for: a name of the text as it was read there, else the name asked for, else the one name
/// among the words, of several the model.
fn entity(text: &str, named: &HashMap<String, &Entity>, names: &Names) -> Option<Entity> {
    if let Some(entity) = named.get(&text.to_lowercase()) {
        return Some((*entity).clone());
    }
    if let Some(entity) = names.look_up(text) {
        return Some(entity);
    }
    let mut found: Vec<Entity> = names.mentions(text).into_iter().map(|mention| mention.entity).collect();
    if found.len() > 1 {
        found.retain(Entity::is_model);
    }
    (found.len() == 1).then(|| found.remove(0))
}

/// The sentence, or the run of them, that a place of the plain text lies in.
fn sentence(sentences: &[Sentence], place: Span) -> Option<Span> {
    let from = sentences.partition_point(|sentence| sentence.span.end <= place.start);
    let to = sentences.partition_point(|sentence| sentence.span.start < place.end);
    let (first, last) = (sentences.get(from)?, sentences.get(to.checked_sub(1)?)?);
    (from < to).then(|| Span::new(first.span.start, last.span.end))
}

/// The number told, at the precision that the text prints it with: in the quote, else anywhere in the sentence.
fn reported(told: &Told, line: &Line<'_>, (from, to): (usize, usize)) -> Option<Reported> {
    let value = told.value.filter(|value| value.is_finite())?;
    let is_told = |at: &usize| {
        line.quantity(*at).is_some_and(|printed| (printed.value - value).abs() <= SAME * value.abs().max(1.0))
    };
    let printed = (from..to).chain(0..line.len()).find(is_told).and_then(|at| line.quantity(at));
    let rated = (from..to).any(|at| line.is(at, Class::ELO));
    let unit = told.unit.or_else(|| printed?.unit).unwrap_or(match told.kind {
        ClaimKind::Score if rated => Unit::Elo,
        ClaimKind::Score => Unit::Points,
        ClaimKind::Rank => Unit::Rank,
        _ => Unit::Count,
    });
    Some(Reported {
        value,
        high: told.value_high.filter(|high| high.is_finite() && *high > value),
        unit,
        comparator: told.comparator,
        step: printed.map_or_else(|| step(value), |printed| printed.step),
    })
}

/// Two readings of one printed number differ by less than this share of it.
const SAME: f64 = 1e-9;

/// What the last digit of a number is worth when it is written as short as possible.
fn step(value: f64) -> f64 {
    let digits = format!("{value}");
    match digits.split_once('.') {
        Some((_, decimals)) => 0.1_f64.powi(i32::try_from(decimals.len()).unwrap_or(i32::MAX)),
        None => {
            let zeros = digits.len() - digits.trim_end_matches('0').len();
            if zeros < ROUND_FROM { 1.0 } else { 10_f64.powi(i32::try_from(zeros).unwrap_or(i32::MAX)) }
        }
    }
}

/// A whole number with fewer zeros at its end is taken at its last digit.
const ROUND_FROM: usize = 3;

/// Whether a text is a date, its prefix, or two of them with a slash between: what `Claim::as_of` holds.
fn is_iso(text: &str) -> bool {
    let is_date = |part: &str| {
        let shape: String = part.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        matches!(shape.as_str(), "0000" | "0000-00" | "0000-00-00")
            && crate::article::parse_date(part).is_ok()
    };
    let mut parts = text.split('/');
    let (first, second, rest) = (parts.next(), parts.next(), parts.next());
    first.is_some_and(is_date) && second.is_none_or(is_date) && rest.is_none()
}

/// Where paragraphs that repeat the one at `place` say the same words.
fn repeated(article: &Article, place: Span) -> Vec<Span> {
    let Some(own) = article.paragraphs.iter().position(|paragraph| paragraph.span.contains(&place)) else {
        return Vec::new();
    };
    let words = place.of(&article.plain);
    let repeats = article.paragraphs.iter().filter(|paragraph| paragraph.repeats == Some(own));
    repeats
        .filter_map(|paragraph| {
            let start = paragraph.span.start + paragraph.span.of(&article.plain).find(words)?;
            Some(article.to_original(Span::new(start, start + words.len())))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_alone_tells_its_own_step() {
        for (value, expected) in [(86.4, 0.1), (7e10, 1e10), (12.0, 1.0), (1300.0, 1.0), (0.25, 0.01)] {
            assert!((step(value) - expected).abs() < 1e-9 * expected, "{value}: {}", step(value));
        }
    }

    #[test]
    fn times_are_iso_or_none() {
        for text in ["2024", "2024-02", "2024-02-21", "2024-02/2024-05"] {
            assert!(is_iso(text), "{text}");
        }
        for text in ["", "soon", "2024-13", "24-02", "2024/2025/2026", "2024-02-21T00:00"] {
            assert!(!is_iso(text), "{text}");
        }
    }
}
