//! A rule's match in; a draft of the claim with its slots filled out.

use super::context::{self, Context};
use super::noun::{self, Phrase};
use super::pattern::Match;
use super::rule::{Place, RULES, Rule};
use super::token::{Class, Line};
use super::{clause, scope};
use crate::claim::{ClaimKind, NamedBenchmark, Party};
use crate::reported::{Reported, Unit};

/// A clause of more tokens is quoted only between the commas around what matched.
const LONG_CLAUSE: usize = 14;
/// A quote of fewer tokens says too little alone...
const SHORT_QUOTE: usize = 5;
/// ...and takes in a subject that begins at most this many tokens before it.
const QUOTE_REACH: usize = 6;

/// A claim before the policy has decided.
#[derive(Debug, Clone)]
pub(super) struct Draft<'r> {
    pub(super) rule: &'r Rule,
    /// The tokens that the rule matched.
    pub(super) core: (usize, usize),
    pub(super) clause: (usize, usize),
    /// The tokens to quote.
    pub(super) quote: (usize, usize),
    pub(super) subject: Vec<Party>,
    pub(super) object: Vec<Party>,
    pub(super) benchmark: Option<NamedBenchmark>,
    pub(super) value: Option<usize>,
    pub(super) reported: Option<Reported>,
    pub(super) population: Option<String>,
    pub(super) hedged: bool,
    pub(super) negated: bool,
}

/// Fills the slots; `None` when the rule's conditions do not hold here.
pub(super) fn fill<'r>(rule: &'r Rule, found: &Match<'_>, line: &Line<'_>, context: &Context) -> Option<Draft<'r>> {
    let clause = clause::around(line, found.from);
    let clause = (clause.0, clause.1.max(clause::around(line, found.to.max(found.from + 1) - 1).1));
    if rule.is_barred(line, clause.0, clause.1) {
        return None;
    }
    let entry = &rule.entry;
    let subject = match rule.kind {
        ClaimKind::Count => counted(found, line).or_else(|| find(entry.subject, "subject", found, line, context)),
        ClaimKind::Share => shared(found, line, clause).or_else(|| find(entry.subject, "subject", found, line, context)),
        ClaimKind::Trend if found.capture("subject").is_some() => found.capture("subject").map(|(from, _)| words(line, from, found.to - 1)),
        _ => find(entry.subject, "subject", found, line, context),
    };
    let object = find(entry.object, "object", found, line, context);
    let value = value(rule, found, line, clause);
    let reported = report(rule, value, line);
    let benchmark = benchmark(rule, found, line, clause, value, context);
    let mut negated = scope::is_negated(line, clause.0, found.from);
    negated ^= entry.negated;
    let resolve = |phrase: &Option<Phrase>| match phrase {
        Some(phrase) if phrase.points_back => context.resolve(line, phrase).unwrap_or_else(|| phrase.parties.clone()),
        Some(phrase) => phrase.parties.clone(),
        None => Vec::new(),
    };
    let draft = Draft {
        rule,
        core: (found.from, found.to),
        clause,
        quote: quote(rule.kind, found, value, subject.as_ref(), object.as_ref(), line, clause),
        subject: resolve(&subject),
        object: resolve(&object),
        benchmark,
        value,
        reported,
        population: population(rule.kind, found, value, line),
        hedged: entry.hedged || scope::is_hedged(line, clause.0, clause.1),
        negated,
    };
    Some(draft)
}

/// A phrase known by its words.
fn words(line: &Line<'_>, from: usize, to: usize) -> Phrase {
    Phrase { from, to, parties: noun::party_of(line.text(from, to)), points_back: false }
}

/// What a count counts: the words from the number to the noun, or the noun before the number.
fn counted(found: &Match<'_>, line: &Line<'_>) -> Option<Phrase> {
    let (value, after) = found.capture("value")?;
    let is_noun = |i: &usize| RULES.lists("countable", line, *i);
    if let Some(noun) = (after..line.len().min(after + 5)).take_while(|i| !clause::is_hard_mark(line.low(*i))).find(is_noun) {
        return Some(words(line, after, noun + 1));
    }
    let noun = (value.saturating_sub(9)..value).find(is_noun)?;
    let mut from = noun;
    while from > 0 && noun - from < 4 && line.is(from - 1, Class::WORD.with(Class::PARTY)) && !RULES.lists("phrase_ends", line, from - 1) {
        from -= 1;
    }
    let mut to = noun + 1;
    if line.low(to) == "of" {
        to = (to + 4).min(value);
    }
    Some(words(line, from, to))
}

/// Whose share it is: the name beside the population ("of tokens go to Chinese models"), else the words that follow.
fn shared(found: &Match<'_>, line: &Line<'_>, clause: (usize, usize)) -> Option<Phrase> {
    let (value, after) = found.capture("value").unwrap_or((found.from, found.from + 1));
    let name = (after..clause.1).find(|i| noun::is_party(line, *i)).or_else(|| (clause.0..value).rev().find(|i| noun::is_party(line, *i)));
    if let Some(i) = name {
        return Some(noun::run_of_names(line, i, clause.0, clause.1));
    }
    let from = found.to.max(after);
    (from < clause.1).then(|| words(line, from, clause.1.min(from + 10)))
}

/// The phrase at the place where the rule says the slot is.
fn find(place: Place, slot: &str, found: &Match<'_>, line: &Line<'_>, context: &Context) -> Option<Phrase> {
    match place {
        Place::Left => noun::left(line, found.from),
        Place::Right => (found.from + 1..found.to)
            .find(|i| noun::is_party(line, *i))
            .map(|i| noun::run_of_names(line, i, found.from, line.len()))
            .or_else(|| noun::right(line, found.to)),
        Place::Captured => found.capture(slot).map(|(from, to)| {
            if (from..to).any(|i| noun::is_party(line, i)) {
                let first = (from..to).find(|i| noun::is_party(line, *i)).unwrap_or(from);
                noun::run_of_names(line, first, 0, line.len())
            } else {
                let points_back = noun::is_pointer(line, from);
                Phrase { from, to, parties: noun::party_of(line.text(from, to)), points_back }
            }
        }),
        Place::Near => near(found, line).or_else(|| from_context(context)).or_else(|| noun::left(line, found.from)),
        Place::Context => from_context(context),
        Place::None => None,
    }
}

fn from_context(context: &Context) -> Option<Phrase> {
    context.topic().map(|parties| Phrase { from: usize::MAX, to: usize::MAX, parties, points_back: false })
}

/// The name nearest to the match: before it in its clause, after it, or anywhere before it in the sentence.
fn near(found: &Match<'_>, line: &Line<'_>) -> Option<Phrase> {
    let (from, to) = clause::around(line, found.from);
    let is_party = |i: &usize| noun::is_party(line, *i);
    let at = (found.from..found.to).find(is_party)
        .or_else(|| (from..found.from).rev().find(is_party))
        .or_else(|| (found.to..to).find(is_party))
        .or_else(|| (0..from).rev().find(is_party))?;
    Some(noun::run_of_names(line, at, 0, line.len()))
}

/// The token that holds the value: captured, in the match, after it in the clause, or before it in its stretch.
fn value(rule: &Rule, found: &Match<'_>, line: &Line<'_>, clause: (usize, usize)) -> Option<usize> {
    if rule.entry.value.is_some() {
        return None;
    }
    if let Some((at, _)) = found.capture("value") {
        return Some(at);
    }
    if rule.quantity == Class::default() {
        return None;
    }
    let stretch = clause::stretch(line, found.from, found.to);
    let is = |i: &usize| line.is(*i, rule.quantity);
    (found.from..found.to)
        .find(is)
        .or_else(|| (found.to..clause.1).find(|i| is(i) && (*i == found.to || ties(line.low(i - 1)))))
        .or_else(|| (stretch.0..found.from).rev().find(|i| is(i) && found.from - i <= VALUE_REACH))
}

/// A number this many tokens before a trigger belongs to it: "seven months behind".
const VALUE_REACH: usize = 3;

/// Words that tie a number to the verb before it: "by 5 points".
fn ties(low: &str) -> bool {
    matches!(low, "by" | "of" | "to" | "with" | "only" | "just" | "mere" | "striking")
}

fn report(rule: &Rule, value: Option<usize>, line: &Line<'_>) -> Option<Reported> {
    let entry = &rule.entry;
    if let Some(value) = entry.value {
        let unit = entry.unit.unwrap_or(Unit::Count);
        return Some(Reported { comparator: entry.comparator, ..Reported::exact(value, unit, 1.0) });
    }
    let quantity = line.quantity(value?)?;
    let unit = entry.unit.or(quantity.unit).unwrap_or(match rule.kind {
        ClaimKind::Score => Unit::Points,
        ClaimKind::Rank => Unit::Rank,
        _ => Unit::Count,
    });
    let mut reported = quantity.reported(unit);
    reported.comparator = entry.comparator.or(reported.comparator);
    Some(reported)
}

/// The benchmark named in the clause, nearest to the value; else a phrase such as "in coding"; else the rule's own word.
fn benchmark(rule: &Rule, found: &Match<'_>, line: &Line<'_>, clause: (usize, usize), value: Option<usize>, context: &Context) -> Option<NamedBenchmark> {
    use ClaimKind::{Comparison, Gap, Rank, Score, Trend};
    if !matches!(rule.kind, Comparison | Gap | Rank | Score | Trend) {
        return None;
    }
    let named_by = |from: usize, to: usize| NamedBenchmark { text: line.text(from, to).to_owned(), id: None };
    if let Some((from, to)) = found.capture("benchmark") {
        return Some(if line.is(from, Class::BENCHMARK) { context::benchmark(line, from) } else { named_by(from, to) });
    }
    let centre = value.unwrap_or(found.from);
    let nearest = (clause.0..clause.1).filter(|i| line.is(*i, Class::BENCHMARK)).min_by_key(|i| i.abs_diff(centre));
    if let Some(i) = nearest {
        let mut named = context::benchmark(line, i);
        let mut others: Vec<String> = Vec::new();
        let mut at = i + 1;
        while rule.kind != Score && at + 1 < line.len() && matches!(line.low(at), "and" | ",") {
            at += 1 + usize::from(matches!(line.low(at + 1), "and" | "the")) + usize::from(line.low(at + 2) == "the");
            if !line.is(at, Class::BENCHMARK) {
                break;
            }
            others.push(line.text(at, at + 1).to_owned());
            at += 1;
        }
        if !others.is_empty() {
            named.text = format!("{}; {}", named.text, others.join("; "));
        }
        return Some(named);
    }
    if let Some((from, to)) = phrase(line, clause.0, clause.1) {
        return Some(named_by(from, to));
    }
    if let Some(text) = &rule.entry.benchmark {
        return Some(NamedBenchmark { text: text.clone(), id: None });
    }
    let elsewhere = (0..line.len()).filter(|i| line.is(*i, Class::BENCHMARK)).min_by_key(|i| i.abs_diff(centre));
    match (rule.kind, elsewhere) {
        (Score | Rank | Comparison, Some(i)) => Some(context::benchmark(line, i)),
        (Score, None) => context.benchmark().or_else(|| phrase(line, 0, line.len()).map(|(from, to)| named_by(from, to))),
        _ => None,
    }
}

/// "on most coding benchmarks", "in price": a field or board that no table names.
fn phrase(line: &Line<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    for i in from..to {
        if !matches!(line.low(i), "on" | "in" | "at" | "across" | "over" | "for" | "of") {
            continue;
        }
        let limit = to.min(i + 8);
        let mut end = i + 1;
        while end < limit && !clause::is_hard_mark(line.low(end)) && !line.is(end, Class::PARTY) {
            let head = RULES.lists("benchmark_nouns", line, end) || (RULES.lists("fields", line, end) && !matches!(line.low(i), "of" | "for"));
            let goes_on = RULES.lists("benchmark_nouns", line, end + 1);
            if head && !goes_on {
                let start = if matches!(line.low(i + 1), "the" | "a" | "its") { i + 2 } else { i + 1 };
                return Some((start.min(end), end + 1));
            }
            end += 1;
        }
    }
    None
}

/// Of whom a share or count speaks: the words after "of".
fn population(kind: ClaimKind, found: &Match<'_>, value: Option<usize>, line: &Line<'_>) -> Option<String> {
    if let Some((from, to)) = found.capture("population") {
        return Some(line.text(from, to).to_owned());
    }
    if kind != ClaimKind::Share {
        return None;
    }
    let at = value.map_or(found.to, |value| value + 1);
    let of = (at..line.len().min(at + 2)).find(|i| line.low(*i) == "of")?;
    let mut to = of + 1;
    while to < line.len() && to - of < 9 && !clause::is_hard_mark(line.low(to)) && !RULES.lists("phrase_ends", line, to) {
        to += 1;
    }
    let text = line.text(of + 1, to).trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// What to quote: a figure with its stretch, anything else with its clause.
fn quote(kind: ClaimKind, found: &Match<'_>, value: Option<usize>, subject: Option<&Phrase>, object: Option<&Phrase>, line: &Line<'_>, clause: (usize, usize)) -> (usize, usize) {
    let is_figure = matches!(kind, ClaimKind::Attribute | ClaimKind::Count | ClaimKind::Score | ClaimKind::Share);
    let (from, to) = (value.map_or(found.from, |v| v.min(found.from)), value.map_or(found.to, |v| (v + 1).max(found.to)));
    let whole = (clause.0.min(from), clause.1.max(to));
    let figures = (whole.0..whole.1).filter(|i| line.is(*i, Class::QUANTITY)).count();
    let mut quote = if is_figure && figures > 1 {
        clause::stretch(line, from, to)
    } else if whole.1 - whole.0 > LONG_CLAUSE {
        let (mut from, mut to) = (from, to);
        for phrase in [subject, object].into_iter().flatten() {
            if phrase.from >= whole.0 && phrase.to <= whole.1 {
                (from, to) = (from.min(phrase.from), to.max(phrase.to));
            }
        }
        while from > whole.0 && line.low(from - 1) != "," {
            from -= 1;
        }
        while to < whole.1 && line.low(to) != "," {
            to += 1;
        }
        (from, to)
    } else {
        whole
    };
    if is_figure && quote.1 - quote.0 < SHORT_QUOTE {
        for phrase in [subject, object].into_iter().flatten() {
            if phrase.from < quote.0 && phrase.from + QUOTE_REACH >= quote.0 {
                quote.0 = phrase.from;
            }
        }
    }
    let trims = |i: usize| matches!(line.low(i), "," | ";" | ":" | "." | "and" | "but" | "—" | "–" | "-" | ")" | "(" | "while" | "whereas" | "yet");
    while quote.0 + 1 < quote.1 && trims(quote.0) {
        quote.0 += 1;
    }
    while quote.1 > quote.0 + 1 && trims(quote.1 - 1) {
        quote.1 -= 1;
    }
    quote
}

/// Kinds whose figures come in rows: "A (86%), B (84%)".
const IN_ROWS: [ClaimKind; 5] = [ClaimKind::Score, ClaimKind::Share, ClaimKind::Count, ClaimKind::Attribute, ClaimKind::Gap];

/// Figures of the same unit that stand beside a claimed one and are claimed by no rule: the rest of the row.
pub(super) fn rows<'r>(drafts: &mut Vec<Draft<'r>>, line: &Line<'_>) {
    let mut more: Vec<Draft<'r>> = Vec::new();
    // A rule without weight only guesses from the unit, and yields to its row.
    let taken = |i: usize| drafts.iter().any(|draft| draft.rule.entry.weight > 0 && (draft.value == Some(i) || (draft.core.0..draft.core.1).contains(&i)));
    for i in (0..line.len()).filter(|i| line.is(*i, Class::QUANTITY) && !taken(*i)) {
        let Some(quantity) = line.quantity(i) else { continue };
        let model = drafts.iter().rev().filter(|draft| IN_ROWS.contains(&draft.rule.kind) && draft.rule.entry.weight > 0).find(|draft| {
            draft.value.and_then(|v| line.quantity(v)).is_some_and(|of| of.unit == quantity.unit && of.scaled == quantity.scaled && !of.foreign)
                && draft.value.is_some_and(|v| v.abs_diff(i) < ROW_REACH)
        });
        let Some(model) = model else { continue };
        let stretch = clause::stretch(line, i, i + 1);
        let near = (stretch.0..stretch.1).filter(|at| noun::is_party(line, *at)).min_by_key(|at| at.abs_diff(i));
        let outside = (i.saturating_sub(3)..i).rev().find(|at| noun::is_party(line, *at));
        let beside = draft_beside(model, i);
        let named = near.or(outside).or_else(|| (stretch.0..i).find(|at| noun::is_pointer(line, *at)));
        if line.low(i.saturating_sub(1)) == "±" || (named.is_none() && !beside && model.rule.kind != ClaimKind::Share) {
            continue;
        }
        let name = named.unwrap_or(stretch.0);
        let parties = match named {
            Some(at) if noun::is_party(line, at) => noun::run_of_names(line, at, stretch.0.min(at), stretch.1.max(at + 1)).parties,
            None if !beside && stretch.0 < i => noun::party_of(line.text(stretch.0, i)),
            _ => model.subject.clone(),
        };
        let reported = model.reported.map(|reported| quantity.reported(reported.unit));
        let benchmark = (stretch.0..stretch.1).find(|at| line.is(*at, Class::BENCHMARK)).map(|at| context::benchmark(line, at));
        more.push(Draft {
            core: (i, i + 1),
            quote: (stretch.0.min(name), stretch.1.max(name + 1)),
            clause: stretch,
            subject: parties,
            benchmark: benchmark.or_else(|| model.benchmark.clone()),
            value: Some(i),
            reported,
            ..model.clone()
        });
    }
    drafts.retain(|draft| draft.value.is_none() || !more.iter().any(|row| row.value == draft.value));
    drafts.extend(more);
}

/// Whether the figure is joined to the draft's own: "16B and 236B".
fn draft_beside(draft: &Draft<'_>, i: usize) -> bool {
    draft.value.is_some_and(|value| value.abs_diff(i) <= 2)
}

/// A row's figures stand this near to one another, in tokens.
const ROW_REACH: usize = 16;
