//! Claims: an article in; what it asserts about AI models out, each at its exact place.
//!
//! The second stage of the pipeline. Each sentence becomes a line of tokens (words, names, quantities, times); rules in
//! `rules/*.toml`, a file for each kind of claim, match patterns over the tokens; slots are filled around a match; a
//! written policy decides between rules that overlap. A reader trained on labelled passages then weighs what the rules
//! found and adds what they have no words for. It cannot fail, looks nothing up but names, and does not judge.
mod ago;
mod alternatives;
mod attribution;
mod board;
mod calendar;
mod card;
mod class;
mod clause;
mod comparator;
mod context;
mod entry;
mod figure;
mod finish;
mod fraction;
mod keeper;
mod kind;
mod multiple;
mod naming;
mod noun;
mod number;
mod ones;
mod opening;
mod owner;
mod pattern;
mod policy;
mod population;
mod quantity;
mod quote;
mod reader;
mod row;
mod rule;
mod scope;
mod slots;
mod table;
mod time;
mod token;
mod told;
mod topic;
mod trace;
mod unit;
mod vocabulary;
mod weigh;

pub use card::{RuleCard, rules};
pub use kind::*;
pub use reader::{Label, Labelled, Reader, train};
pub use told::{Told, settle};
pub use trace::{Fired, LineTrace, TokenTrace, trace};

use crate::article::{Article, ParagraphKind, Span};
use crate::names::{Mention, Names};
use context::Context;
pub(crate) use figure::{Figure, figures};
pub(crate) use keeper::words_to_owned;
use pattern::Match;
use reader::Sheet;
use rule::{RULES, Rule};
use slots::Draft;
use token::Line;

/// Longer sentences are tables or lists without marks; what they claim cannot be told.
const MAX_SENTENCE_BYTES: usize = 1500;

/// Unresolved subjects of at most this many bytes are pronouns.
const PRONOUN: usize = 4;

/// Finds every claim of the article, in the order of the text. A paragraph that repeats an earlier one adds mentions to
/// its claims.
#[must_use]
pub fn extract(article: &Article, names: &Names) -> Vec<Claim> {
    extract_with(article, names, Reader::shipped())
}

/// Makes rules and reader ready, which else the first article waits for: so that it can be done beside the opening of the
/// data.
pub fn prepare() {
    _ = &*RULES;
    _ = Reader::shipped();
}

/// As [`extract`], with a reader of the caller's.
#[must_use]
pub fn extract_with(article: &Article, names: &Names, reader: &Reader) -> Vec<Claim> {
    walk(article, names, Some(reader), &mut |_| {})
}

/// What is told of each line that is read.
struct Seen<'s> {
    line: &'s Line<'s>,
    /// What the paragraph said before it.
    context: &'s Context,
    /// The rules that matched in it.
    found: &'s [(&'s Rule, Match<'s>)],
    /// The drafts that stood by the rules alone.
    by_rules: &'s [Draft<'s>],
    /// The drafts that stand.
    kept: &'s [Draft<'s>],
    article_is_about_ai: bool,
}

type Witness<'w> = &'w mut dyn FnMut(Seen<'_>);

/// Reads the article sentence by sentence, by the rules alone or with the reader beside them; the witness sees each line
/// on its way.
fn walk(article: &Article, names: &Names, reader: Option<&Reader>, witness: Witness<'_>) -> Vec<Claim> {
    let topics = topic::places(&article.plain);
    let sentences = article.sentences().take(topic::SHORT_TEXT_SENTENCES + 1).count();
    let mentions = names.mentions_in(&article.plain, sentences == 1);
    if topics.is_empty() && mentions.is_empty() {
        return Vec::new();
    }
    // A sentence on its own, as somebody asks about it, has no other subject here than AI.
    let article_is_about_ai = !topics.is_empty() || sentences == 1;
    // A firm alone does not make an article about AI.
    let names_ai = mentions.iter().any(|mention| {
        let class = class::entity_class(&mention.entity, mention.span.of(&article.plain));
        class.meets(class::Class::MODEL)
    });
    if !topic::is_about_ai(&article.plain, &topics, names_ai, sentences) {
        return Vec::new();
    }
    let mut claims: Vec<Claim> = Vec::new();
    let mut of_paragraph: Vec<usize> = Vec::new();
    // Claims of the sentence before about somebody it did not name.
    let mut unnamed: Vec<usize> = Vec::new();
    let mut context = Context::default();
    // Of the table that is being read.
    let mut heads: Option<table::Heads> = None;
    for (paragraph, within) in article.paragraphs.iter().enumerate() {
        match within.kind {
            ParagraphKind::TableHead => heads = table::heads(article, within.span, names),
            ParagraphKind::TableRow if let Some(heads) = &heads => {
                if within.skipped.is_none() {
                    claims.extend(table::read(article, within.span, heads, names));
                    of_paragraph.resize(claims.len(), paragraph);
                }
                continue;
            }
            _ => {}
        }
        let inside = names_in(&mentions, within.span);
        if inside.is_empty() && !topic::any_in(&topics, within.span) {
            continue;
        }
        context = context.next_paragraph();
        let mut speaker: Option<String> = None;
        for sentence in article.sentences_of(paragraph) {
            if sentence.span.end - sentence.span.start > MAX_SENTENCE_BYTES {
                continue;
            }
            let named = names_in(inside, sentence.span);
            let line = Line::new(&article.plain, sentence.span, named);
            // "She estimated": whoever spoke last in the paragraph.
            let said = match attribution::speaker(&line) {
                Some(pronoun) if attribution::is_pronoun(&pronoun) => speaker.clone(),
                said => said,
            };
            speaker = said.clone().or(speaker);
            let name = naming::named_after(&line);
            for claim in std::mem::take(&mut unnamed) {
                if let Some(name) = &name {
                    claims[claim].subject = vec![name.clone()];
                }
            }
            let first = claims.len();
            claims.extend(
                read_line(&line, &context, article_is_about_ai, reader, witness)
                    .iter()
                    .map(|draft| finish::finish(draft, &line, &context, article, names, said.as_deref())),
            );
            unnamed.extend((first..claims.len()).filter(|i| naming::is_unnamed(&line, &claims[*i].subject)));
            of_paragraph.resize(claims.len(), paragraph);
            let told = claims[first..].iter().find(|claim| {
                let is_known = |party: &Party| party.entity.is_some() || party.text.len() <= PRONOUN;
                matches!(
                    claim.kind,
                    ClaimKind::Comparison | ClaimKind::Score | ClaimKind::Rank | ClaimKind::Attribute
                ) && !claim.subject.is_empty()
                    && claim.subject.iter().all(is_known)
            });
            context.remember(&line, told.map(|claim| claim.subject.as_slice()));
        }
    }
    merge_repeats(article, claims, &of_paragraph)
}

/// The drafts that stand in one line.
fn read_line<'r>(
    line: &Line<'_>,
    context: &Context,
    article_is_about_ai: bool,
    reader: Option<&Reader>,
    witness: Witness<'_>,
) -> Vec<Draft<'r>> {
    if line.len() < 3 {
        return Vec::new();
    }
    let rules = &*RULES;
    // What is asked or ordered is no claim to a rule; the reader sees more of the sentence.
    let found = if scope::claims_nothing(line) { Vec::new() } else { rules.find(line) };
    let served = rules.served(line);
    let drafts = found
        .iter()
        .filter(|(rule, found)| {
            rule.is_served(&served)
                || (context.is_about_ai() && points_back(line, found))
                || (article_is_about_ai && (is_of_two(rule, line) || measures_a_lag(rule, line)))
        })
        .filter_map(|(rule, found)| slots::fill(rule, found, line, context))
        .collect();
    let mut by_rules = policy::decide(drafts, line);
    row::complete(&mut by_rules, line);
    let sheet = Sheet::new(line, &found, &by_rules, article_is_about_ai);
    let mut kept = match reader {
        Some(reader) => weigh::weigh(by_rules.clone(), reader, &sheet, line, context),
        None => by_rules.clone(),
    };
    if let Some(reader) = reader {
        reader.fill(&mut kept, line, context);
    }
    row::share_out(&mut kept, line);
    row::pair_up(&mut kept);
    row::set_against(&mut kept, line);
    witness(Seen { line, context, found: &found, by_rules: &by_rules, kept: &kept, article_is_about_ai });
    kept
}

/// Whether the rule sets two named parties, or a party and a board, against each other: in an article about AI, "China
/// lags the United States by a year" is about AI though it does not say so. Not so a comparison: two countries are
/// compared in much else.
fn is_of_two(rule: &rule::Rule, line: &Line<'_>) -> bool {
    let is_named = |i: &usize| noun::is_party(line, *i) || line.is(*i, class::Class::BENCHMARK);
    rule.kind != ClaimKind::Comparison && (0..line.len()).filter(is_named).count() >= 2
}

/// Whether somebody is behind by a stretch of time: "China is six months behind".
fn measures_a_lag(rule: &rule::Rule, line: &Line<'_>) -> bool {
    rule.kind == ClaimKind::Gap
        && (0..line.len()).any(|i| noun::is_party(line, i))
        && (0..line.len()).any(|i| line.is(i, class::Class::DURATION))
}

/// Whether the sentence leans on those before it: a figure, or words that point back.
fn points_back(line: &Line<'_>, found: &pattern::Match<'_>) -> bool {
    found.capture("value").is_some() || (0..line.len()).any(|i| noun::is_pointer(line, i))
}

/// The names, of those in order, that lie inside the span.
fn names_in(mentions: &[Mention], span: Span) -> &[Mention] {
    let from = mentions.partition_point(|mention| mention.span.start < span.start);
    let to = mentions.partition_point(|mention| mention.span.end <= span.end);
    mentions.get(from..to).unwrap_or_default()
}

/// Claims of a repeated paragraph become mentions of the first one's claims.
fn merge_repeats(article: &Article, claims: Vec<Claim>, of_paragraph: &[usize]) -> Vec<Claim> {
    let mut kept: Vec<(usize, Claim)> = Vec::with_capacity(claims.len());
    for (claim, paragraph) in claims.into_iter().zip(of_paragraph) {
        let original = article.paragraphs.get(*paragraph).and_then(|paragraph| paragraph.repeats);
        let earlier = original.and_then(|original| {
            let from = kept.partition_point(|(of, _)| *of < original);
            kept[from..]
                .iter_mut()
                .take_while(|(of, _)| *of == original)
                .find(|(_, other)| other.rule == claim.rule && other.quote == claim.quote)
        });
        match earlier {
            Some((_, other)) => other.mentions.push(claim.span),
            None => kept.push((*paragraph, claim)),
        }
    }
    kept.into_iter().map(|(_, claim)| claim).collect()
}

#[cfg(test)]
mod frames;
#[cfg(test)]
mod tests;
