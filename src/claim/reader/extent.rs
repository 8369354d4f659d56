//! A draft and its line in; the runs of tokens that could be the words to quote, and the likeliest of them, out.
//!
//! The same log-linear model as for slots: where a run begins and ends, what it holds and leaves out, and whether the
//! rules chose it.

use super::super::class::Class;
use super::super::clause::is_hard_mark;
use super::super::noun;
use super::super::rule::RULES;
use super::super::slots::Draft;
use super::super::token::Line;
use super::choice::Out;
use super::features::{Features, hash, symbol};
use super::weights::Weights;
use super::{EXTENT, SLOTS};
use crate::claim::Party;

/// Beginnings and ends tried on either side of the claim's own words.
const TRIED: usize = 7;

/// A run of tokens, the second excluded.
pub(super) type Extent = (usize, usize);

/// Runs that hold the draft's own words, from one likely boundary to another; at least one, the rules' choice.
pub(super) fn extents(draft: &Draft<'_>, line: &Line<'_>) -> Vec<Extent> {
    let (first, last) = heart(draft);
    let begins = |i: usize| i == 0 || is_seam(line, i - 1) || is_seam(line, i) || is_start(line, i);
    let mut from: Vec<usize> = (0..=first).rev().filter(|i| *i == first || begins(*i)).take(TRIED).collect();
    let mut to: Vec<usize> = (last + 1..=line.len())
        .filter(|i| *i == last + 1 || *i == line.len() || is_seam(line, *i) || is_seam(line, *i - 1))
        .take(TRIED)
        .collect();
    from.extend([draft.quote.0, draft.clause.0].into_iter().filter(|i| *i <= first));
    to.extend([draft.quote.1, draft.clause.1].into_iter().filter(|i| *i > last));
    let mut all: Vec<Extent> = from.iter().flat_map(|a| to.iter().map(|b| (*a, *b))).collect();
    // A quote does not begin or end within brackets that it does not stand in.
    all.retain(|(from, to)| is_balanced(line, *from, *to));
    if all.is_empty() {
        all.push(draft.quote);
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// The token that the claim cannot do without: its number, or else the words that gave it away.
fn heart(draft: &Draft<'_>) -> (usize, usize) {
    let (from, to) = draft.value.map_or(draft.core, |value| (value, value + 1));
    (from, to.max(from + 1) - 1)
}

/// Whether each bracket of the run has its other half there.
fn is_balanced(line: &Line<'_>, from: usize, to: usize) -> bool {
    let mut open = 0usize;
    for i in from..to {
        match line.low(i) {
            "(" => open += 1,
            ")" if open == 0 => return false,
            ")" => open -= 1,
            _ => {}
        }
    }
    open == 0
}

/// Whether phrases part at this token.
fn is_seam(line: &Line<'_>, i: usize) -> bool {
    is_hard_mark(line.low(i))
        || line.is(i, Class::MARK)
        || RULES.lists("phrase_ends", line, i)
        || matches!(line.low(i), "and" | "or")
}

fn is_start(line: &Line<'_>, i: usize) -> bool {
    noun::is_party(line, i) || matches!(line.low(i), "the" | "a" | "an" | "its" | "it" | "they" | "their")
}

/// Quotes the likeliest run. `others` are the numbers of the line's other claims.
///
/// A run's worth is what its beginning, its end and the two together are worth. Features count one each, so that these
/// sums are whole numbers, the same in whatever order they are taken.
pub(super) fn choose(weights: &Weights<SLOTS>, draft: &mut Draft<'_>, others: &[usize], line: &Line<'_>) {
    let all = extents(draft, line);
    let sheet = Described::new(draft, others, line);
    let mut out = Out { kind: sheet.kind, features: Features::new() };
    let mut worth_of = |tell: &dyn Fn(&mut Out)| {
        out.features.clear();
        tell(&mut out);
        weights.sum(&out.features, EXTENT)
    };
    let mut ends: Vec<(usize, f32)> = Vec::new();
    let mut begun: Option<(usize, f32)> = None;
    let mut best: Option<(Extent, f32)> = None;
    for (from, to) in all {
        let begins = match begun {
            Some((known, worth)) if known == from => worth,
            _ => worth_of(&|out| sheet.beginning(from, out)),
        };
        begun = Some((from, begins));
        let known = ends.iter().find(|(known, _)| *known == to).map(|(_, worth)| *worth);
        let ended = known.unwrap_or_else(|| worth_of(&|out| sheet.end(to, out)));
        if known.is_none() {
            ends.push((to, ended));
        }
        let worth = weights.scaled(begins + ended + worth_of(&|out| sheet.whole((from, to), out)), EXTENT);
        if best.is_none_or(|(_, most)| worth.total_cmp(&most).is_ge()) {
            best = Some(((from, to), worth));
        }
    }
    if let Some((best, _)) = best {
        draft.quote = best;
    }
}

/// The features of each run.
pub(super) fn describe(
    draft: &Draft<'_>,
    others: &[usize],
    line: &Line<'_>,
    all: &[Extent],
) -> Vec<Features> {
    let sheet = Described::new(draft, others, line);
    let told = |(from, to): &Extent| {
        let mut out = Out { kind: sheet.kind, features: Features::new() };
        sheet.whole((*from, *to), &mut out);
        sheet.beginning(*from, &mut out);
        sheet.end(*to, &mut out);
        out.features
    };
    all.iter().map(told).collect()
}

/// What is asked of every run of a draft, worked out once.
struct Described<'d, 'l, 'r> {
    draft: &'d Draft<'r>,
    line: &'l Line<'l>,
    kind: u32,
    heart: (usize, usize),
    subjects: Before,
    objects: Before,
    boards: Before,
    strangers: Before,
    numbers: Before,
    marks: Before,
    names: Before,
}

/// How many tokens before each have some property.
struct Before(Vec<u32>);

impl Before {
    fn count(line: &Line<'_>, has: impl Fn(usize) -> bool) -> Self {
        Self::sum(line, |i| usize::from(has(i)))
    }

    fn sum(line: &Line<'_>, of: impl Fn(usize) -> usize) -> Self {
        let mut counts = Vec::with_capacity(line.len() + 1);
        let mut before = 0;
        for i in 0..line.len() {
            counts.push(before);
            before += of(i) as u32;
        }
        counts.push(before);
        Self(counts)
    }

    fn within(&self, from: usize, to: usize) -> u32 {
        let at = |i: usize| self.0.get(i).or(self.0.last()).copied().unwrap_or(0);
        at(to) - at(from.min(to))
    }

    fn any(&self) -> u32 {
        u32::from(self.0.last().is_some_and(|all| *all > 0))
    }
}

impl<'d, 'l, 'r> Described<'d, 'l, 'r> {
    fn new(draft: &'d Draft<'r>, others: &[usize], line: &'l Line<'l>) -> Self {
        let is_among = |parties: &[Party], i: usize| {
            noun::is_party(line, i) && parties.iter().any(|party| party.text.contains(line.text(i, i + 1)))
        };
        Self {
            draft,
            line,
            kind: hash(draft.rule.kind.name().as_bytes()),
            heart: heart(draft),
            subjects: Before::count(line, |i| is_among(&draft.subject, i)),
            objects: Before::count(line, |i| is_among(&draft.object, i)),
            boards: Before::count(line, |i| line.is(i, Class::BENCHMARK)),
            strangers: Before::sum(line, |i| others.iter().filter(|other| **other == i).count()),
            numbers: Before::count(line, |i| line.quantity(i).is_some()),
            marks: Before::count(line, |i| is_hard_mark(line.low(i))),
            names: Before::count(line, |i| noun::is_party(line, i)),
        }
    }

    /// The symbol at a token; nought beside the line.
    fn at(&self, i: Option<usize>) -> u32 {
        i.filter(|i| *i < self.line.len()).map_or(0, |i| symbol(self.line, i))
    }

    fn whole(&self, (from, to): Extent, out: &mut Out) {
        let draft = self.draft;
        let (begins, ends) = (u32::from(from == draft.quote.0), u32::from(to == draft.quote.1));
        out.both(RULES_CHOICE, u32::from((from, to) == draft.quote), begins, ends);
        out.both(CHOICE_OF, hash(draft.rule.id.as_bytes()), begins, ends);
        for (which, slot) in [&self.subjects, &self.objects, &self.boards].into_iter().enumerate() {
            out.both(HOLDS, slot.any(), slot.within(from, to).min(1), which as u32);
        }
        let has_value = u32::from(draft.value.is_some());
        out.both(STRANGERS, self.strangers.within(from, to).min(3), has_value, 0);
        out.both(STRANGERS, self.numbers.within(from, to).min(4), has_value, 1);
        out.both(MARKS, self.marks.within(from, to).min(4), 0, 0);
        out.both(MARKS, self.names.within(from, to).min(4), 0, 1);
        let length = (to - from) as u32;
        out.both(LENGTH, length.min(6), (length / 4).min(8), 0);
        out.both(WHOLE, u32::from(from == 0), u32::from(to + 1 >= self.line.len()), 0);
    }

    fn beginning(&self, from: usize, out: &mut Out) {
        let clause = self.draft.clause.0;
        out.both(CLAUSE, u32::from(from == clause), u32::from(from < clause), 0);
        out.both(LENGTH, (self.heart.0 - from).min(10) as u32, 0, 1);
        let before = self.at(from.checked_sub(1));
        out.both(EDGE, before, 0, 0);
        out.both(EDGE, self.at(Some(from)), 0, 1);
        out.both(EDGE, before, self.at(Some(from)), 4);
    }

    fn end(&self, to: usize, out: &mut Out) {
        let clause = self.draft.clause.1;
        out.both(CLAUSE, u32::from(to == clause), u32::from(to > clause), 1);
        out.both(LENGTH, (to - 1).saturating_sub(self.heart.1).min(10) as u32, 0, 2);
        let after = self.at(Some(to));
        out.both(EDGE, after, 0, 2);
        out.both(EDGE, self.at(Some(to - 1)), 0, 3);
        out.both(EDGE, after, self.at(Some(to + 1)), 5);
    }
}

const RULES_CHOICE: u32 = 70;
const CHOICE_OF: u32 = 71;
const CLAUSE: u32 = 72;
const HOLDS: u32 = 73;
const STRANGERS: u32 = 74;
const MARKS: u32 = 75;
const LENGTH: u32 = 76;
const EDGE: u32 = 77;
const WHOLE: u32 = 78;
