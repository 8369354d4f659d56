//! A clause or a number of a line in; the hashed features by which the trained weights know it out.
//!
//! Names stand by their class and numbers by their unit, so that what is learned of one model holds of the next.

use super::super::class::Class;
use super::super::clause;
use super::super::pattern::Match;
use super::super::rule::Rule;
use super::super::slots::Draft;
use super::super::token::Line;

/// Words on either side of a number that are told by their distance from it.
const WINDOW: isize = 6;

/// What the words of the sentence count beside those of the clause: it is context, not the place itself.
const SENTENCE_WORTH: f32 = 0.3;
/// The same beside the words around a number.
const SENTENCE_WORTH_TO_NUMBER: f32 = 0.5;

/// Features with their values, by hash.
pub(super) type Features = Vec<(u32, f32)>;

/// A line prepared once for all its clauses and numbers.
pub(in crate::claim) struct Sheet<'l, 't> {
    line: &'l Line<'t>,
    /// A number for each token's word, or for its class.
    symbols: Vec<u32>,
    /// Clauses as token ranges, in order.
    pub(in crate::claim) clauses: Vec<(usize, usize)>,
    /// Matches of rules, with whether a draft came of each.
    fired: Vec<Fired>,
    /// Features of the sentence that every clause and number shares.
    shared: Features,
    words: Vec<u32>,
}

struct Fired {
    from: usize,
    to: usize,
    rule: u32,
    kind: u32,
    kept: bool,
}

impl<'l, 't> Sheet<'l, 't> {
    pub(in crate::claim) fn new(
        line: &'l Line<'t>,
        found: &[(&Rule, Match<'_>)],
        kept: &[Draft<'_>],
        article_is_about_ai: bool,
    ) -> Self {
        let symbols: Vec<u32> = (0..line.len()).map(|i| symbol(line, i)).collect();
        let mut clauses: Vec<(usize, usize)> = Vec::new();
        let mut opened = usize::MAX;
        for i in 0..line.len() {
            let from = clause::around(line, i).0;
            match clauses.last_mut() {
                Some(last) if from == opened => last.1 = i + 1,
                _ => clauses.push((i, i + 1)),
            }
            opened = from;
        }
        let fired = found
            .iter()
            .map(|(rule, found)| Fired {
                from: found.from,
                to: found.to,
                rule: hash(rule.id.as_bytes()),
                kind: hash(rule.kind.name().as_bytes()),
                kept: kept
                    .iter()
                    .any(|draft| std::ptr::eq(draft.rule, *rule) && draft.core == (found.from, found.to)),
            })
            .collect();
        let mut shared = Vec::new();
        let asks = (0..line.len()).any(|i| line.low(i) == "?");
        let about = (0..line.len()).any(|i| line.is(i, Class::AI));
        for (name, holds) in [("asks", asks), ("about", about), ("article", article_is_about_ai)] {
            if holds {
                shared.push((hash(name.as_bytes()), 1.0));
            }
        }
        let mut words: Vec<u32> = symbols.clone();
        words.sort_unstable();
        words.dedup();
        Self { line, symbols, clauses, fired, shared, words }
    }

    fn at(&self, i: isize) -> u32 {
        usize::try_from(i).ok().and_then(|i| self.symbols.get(i)).copied().unwrap_or(0)
    }

    /// The features of the clause with this index; with each the token it comes from, where it comes from one.
    pub(super) fn clause(&self, which: usize, out: &mut Features, places: &mut Vec<Option<usize>>) {
        let (from, to) = self.clauses[which];
        let bag = |range: (usize, usize), name: &str, out: &mut Features| {
            let name = hash(name.as_bytes());
            out.extend(self.symbols[range.0..range.1].iter().map(|word| (mix(name, *word, 0, 0), 1.0)));
        };
        for i in from..to {
            let word = |d: usize| if i + d < to { self.symbols[i + d] } else { 0 };
            let mut push = |feature: u32| {
                out.push((feature, 1.0));
                places.push(Some(i));
            };
            push(mix(UNIGRAM, word(0), 0, 0));
            if i + 1 < to {
                push(mix(BIGRAM, word(0), word(1), 0));
            }
            if i + 2 < to {
                push(mix(TRIGRAM, word(0), word(1), word(2)));
                push(mix(SKIP, word(0), word(2), 0));
            }
        }
        out.push((mix(FIRST, self.symbols[from], 0, 0), 1.0));
        out.push((mix(LAST, self.symbols[to - 1], 0, 0), 1.0));
        if to - from > 1 {
            out.push((mix(FIRST_TWO, self.symbols[from], self.symbols[from + 1], 0), 1.0));
        }
        if let Some(before) = which.checked_sub(1).and_then(|i| self.clauses.get(i)) {
            bag(*before, "before", out);
        }
        if let Some(after) = self.clauses.get(which + 1) {
            bag(*after, "after", out);
        }
        for (name, class) in [
            ("model", Class::MODEL),
            ("org", Class::ORGANISATION),
            ("group", Class::GROUP),
            ("benchmark", Class::BENCHMARK),
            ("ai", Class::AI),
            ("date", Class::DATE),
        ] {
            if (from..to).any(|i| self.line.is(i, class)) {
                out.push((mix(HAS, hash(name.as_bytes()), 0, 0), 1.0));
            }
        }
        let numbers = (from..to).filter(|i| self.line.quantity(*i).is_some()).count();
        out.push((mix(NUMBERS, numbers.min(3) as u32, 0, 0), 1.0));
        out.push((mix(LENGTH, ((to - from) / 4).min(6) as u32, 0, 0), 1.0));
        self.sentence(SENTENCE_WORTH, out);
        self.rules(from, to, RULE, out);
        places.resize(out.len(), None);
    }

    /// The features of the number at this token.
    pub(super) fn number(&self, i: usize, out: &mut Features) {
        let own = self.symbols[i];
        out.push((mix(UNIT, own, 0, 0), 1.0));
        for (name, class) in Class::NAMES {
            if self.line.is(i, class) {
                out.push((mix(HAS, hash(name.as_bytes()), 1, 0), 1.0));
            }
        }
        for distance in (-WINDOW..=WINDOW).filter(|d| *d != 0) {
            let word = self.at(i as isize + distance);
            let side = u32::from(distance > 0);
            let place = (distance + 100) as u32;
            out.push((mix(PLACE, word, place, 0), 1.0));
            out.push((mix(PLACE, word, place, own), 1.0));
            out.push((mix(SIDE, word, side, 0), 1.0));
        }
        let clause = self.clauses.iter().find(|(from, to)| (*from..*to).contains(&i)).copied();
        let (from, to) = clause.unwrap_or((i, i + 1));
        for at in from..to {
            out.push((mix(BESIDE, self.symbols[at], 0, 0), 1.0));
            out.push((mix(BESIDE, self.symbols[at], own, 0), 1.0));
            if at + 1 < to {
                out.push((mix(BESIDE, self.symbols[at], self.symbols[at + 1], 1), 1.0));
            }
        }
        if let Some(quantity) = self.line.quantity(i) {
            let size = (quantity.value.abs() + 1e-9).log10().clamp(-3.0, 14.0).floor() as i32 + 4;
            out.push((mix(SIZE, size.unsigned_abs(), u32::from(quantity.value.fract() == 0.0), 0), 1.0));
        }
        let numbers = (0..self.line.len()).filter(|at| self.line.quantity(*at).is_some()).count();
        out.push((mix(NUMBERS, numbers.min(5) as u32, 1, 0), 1.0));
        self.sentence(SENTENCE_WORTH_TO_NUMBER, out);
        self.rules(i, i + 1, RULE, out);
        self.rules(from, to, RULE_BESIDE, out);
    }

    fn sentence(&self, worth: f32, out: &mut Features) {
        out.extend(self.shared.iter().copied());
        out.extend(self.words.iter().map(|word| (mix(SENTENCE, *word, 0, 0), worth)));
        out.push((mix(OPENS, self.symbols.first().copied().unwrap_or(0), 0, 0), 1.0));
    }

    /// Which rules and kinds of rules matched within the tokens, and which of them stood; each once.
    fn rules(&self, from: usize, to: usize, name: u32, out: &mut Features) {
        let start = out.len();
        for fired in self.fired.iter().filter(|fired| fired.from < to && fired.to > from) {
            for what in [fired.rule, fired.kind] {
                out.push((mix(name, what, 0, 0), 1.0));
                if fired.kept {
                    out.push((mix(name, what, 1, 0), 1.0));
                }
            }
        }
        let mut mine = out.split_off(start);
        mine.sort_unstable_by_key(|(feature, _)| *feature);
        mine.dedup_by_key(|(feature, _)| *feature);
        out.extend(mine);
    }
}

const UNIGRAM: u32 = 1;
const BIGRAM: u32 = 2;
const TRIGRAM: u32 = 3;
const SKIP: u32 = 4;
const FIRST: u32 = 5;
const LAST: u32 = 6;
const FIRST_TWO: u32 = 7;
const HAS: u32 = 8;
const NUMBERS: u32 = 9;
const LENGTH: u32 = 10;
const SENTENCE: u32 = 11;
const OPENS: u32 = 12;
const RULE: u32 = 13;
const RULE_BESIDE: u32 = 14;
const UNIT: u32 = 15;
const PLACE: u32 = 16;
const SIDE: u32 = 17;
const BESIDE: u32 = 18;
const SIZE: u32 = 19;

/// The token's word, or what stands for it: the class of a name, the unit of a number.
pub(super) fn symbol(line: &Line<'_>, i: usize) -> u32 {
    line.symbols.get_or_init(|| (0..line.len()).map(|i| worked_out(line, i)).collect())[i]
}

fn worked_out(line: &Line<'_>, i: usize) -> u32 {
    const STAND_INS: [(&str, Class); 14] = [
        ("<model>", Class::MODEL),
        ("<org>", Class::ORGANISATION),
        ("<benchmark>", Class::BENCHMARK),
        ("<percent>", Class::PERCENT),
        ("<points>", Class::POINTS),
        ("<elo>", Class::ELO),
        ("<usd>", Class::USD),
        ("<price>", Class::PRICE),
        ("<params>", Class::PARAMS),
        ("<tokens>", Class::TOKENS),
        ("<times>", Class::TIMES),
        ("<duration>", Class::DURATION),
        ("<ordinal>", Class::ORDINAL),
        ("<date>", Class::DATE),
    ];
    let stand_in = STAND_INS.iter().find(|(_, class)| line.is(i, *class)).map(|(name, _)| *name);
    let stand_in = stand_in.or_else(|| line.quantity(i).map(|_| "<number>"));
    hash(stand_in.unwrap_or_else(|| line.low(i)).as_bytes())
}

/// FNV-1a (Fowler, Noll, Vo), 32 bits; never zero, which means "nothing there".
pub(super) fn hash(bytes: &[u8]) -> u32 {
    let hash =
        bytes.iter().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    hash.max(1)
}

/// One number of four, by the finaliser of MurmurHash3 (Appleby) after each.
pub(super) fn mix(name: u32, a: u32, b: u32, c: u32) -> u32 {
    [a, b, c].into_iter().fold(name.wrapping_mul(0x9e37_79b9), |state, part| {
        let mut h = (state ^ part).wrapping_mul(0x85eb_ca6b);
        h ^= h >> 13;
        h = h.wrapping_mul(0xc2b2_ae35);
        h ^ (h >> 16)
    })
}
