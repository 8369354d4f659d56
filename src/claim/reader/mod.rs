//! The trained reader: a line with its rules' matches in; how likely each clause and number makes a claim of each kind out.
//!
//! Rules say what they are sure of; the reader, trained on labelled passages, weighs them and finds what no rule has
//! words for. It is a logistic regression over words, their neighbours and the rules that matched. The weights are data
//! (`assets/reader/`), made by `benchclaim train`; the card beside them says from what and how good.

mod candidate;
mod choice;
mod extent;
mod features;
mod fit;
mod train;
mod weights;

pub(super) use features::Sheet;
pub(super) use train::is_told_by_its_number;
pub use train::{Label, Labelled, train};

use super::ClaimKind;
use super::context::Context;
use super::slots::Draft;
use super::token::Line;
use crate::claim::Relation;
use candidate::Slot;
use std::sync::LazyLock;
use weights::Weights;

/// The shipped weights.
static BYTES: &[u8] = include_bytes!("../../../assets/reader/weights.bin");

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::from_bytes(BYTES).unwrap_or_default());

/// The relations that the reader tells apart, after the kinds.
const RELATIONS: [Relation; 7] = [
    Relation::Better,
    Relation::Worse,
    Relation::Comparable,
    Relation::Closing,
    Relation::Widening,
    Relation::Rising,
    Relation::Falling,
];

/// What the reader answers for a clause or a number: a logit a kind, then one a relation.
const OUTPUTS: usize = ClaimKind::ALL.len() + RELATIONS.len();
/// What it answers for a candidate: a worth in each slot, then as the words to quote.
const SLOTS: usize = Slot::ALL.len() + 1;
const EXTENT: usize = SLOTS - 1;

/// The trained reader: weights for clauses, for numbers and for what fills a slot.
#[derive(Debug, Default)]
pub struct Reader {
    clauses: Weights<OUTPUTS>,
    numbers: Weights<OUTPUTS>,
    slots: Weights<SLOTS>,
}

/// How likely a place makes a claim of each kind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    logits: [f32; OUTPUTS],
}

impl Reading {
    /// Probability that the place makes a claim of this kind, 0 to 1.
    pub(super) fn of(&self, kind: ClaimKind) -> f32 {
        1.0 / (1.0 + (-self.logits[output(kind)]).exp())
    }

    /// The likeliest relation of a comparison or trend; `None` for kinds without.
    pub(super) fn relation(&self, kind: ClaimKind) -> Option<Relation> {
        let among = match kind {
            ClaimKind::Comparison => 0..3,
            ClaimKind::Trend => 3..7,
            _ => return None,
        };
        let logit = |i: &usize| self.logits[ClaimKind::ALL.len() + i];
        among.max_by(|a, b| logit(a).total_cmp(&logit(b))).map(|i| RELATIONS[i])
    }
}

fn output(kind: ClaimKind) -> usize {
    ClaimKind::ALL.iter().position(|other| *other == kind).unwrap_or(0)
}

impl Reader {
    /// The reader that ships.
    #[must_use]
    pub fn shipped() -> &'static Reader {
        &READER
    }

    /// A reader of weights that [`train`] made; `None` when the bytes are no such thing.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Reader> {
        let (clauses, rest) = Weights::from_bytes(bytes)?;
        let (numbers, rest) = Weights::from_bytes(rest)?;
        let (slots, rest) = Weights::from_bytes(rest)?;
        rest.is_empty().then_some(Reader { clauses, numbers, slots })
    }

    /// Reads the clause with this index.
    pub(super) fn clause(&self, sheet: &Sheet<'_, '_>, which: usize) -> Reading {
        let (mut features, mut places) = (Vec::new(), Vec::new());
        sheet.clause(which, &mut features, &mut places);
        Reading { logits: self.clauses.logits(&features) }
    }

    /// Reads the number at this token.
    pub(super) fn number(&self, sheet: &Sheet<'_, '_>, token: usize) -> Reading {
        let mut features = Vec::new();
        sheet.number(token, &mut features);
        Reading { logits: self.numbers.logits(&features) }
    }

    /// Fills the slots of each draft that hold names with their likeliest candidates, and quotes its likeliest words.
    pub(super) fn fill(&self, drafts: &mut [Draft<'_>], line: &Line<'_>, context: &Context) {
        // Lists that go with each other in order are shared out by the rules.
        if self.slots.is_empty() || (0..line.len()).any(|i| line.low(i) == "respectively") {
            return;
        }
        let numbers: Vec<usize> = drafts.iter().filter_map(|draft| draft.value).collect();
        for draft in drafts {
            choice::choose(&self.slots, draft, line, context);
            if draft.rule.entry.noun_phrase {
                continue;
            }
            let others: Vec<usize> = numbers.iter().copied().filter(|i| draft.value != Some(*i)).collect();
            extent::choose(&self.slots, draft, &others, line);
        }
    }

    /// The token of the clause whose words speak most for the kind: where the claim has its heart.
    pub(super) fn heart(&self, sheet: &Sheet<'_, '_>, which: usize, kind: ClaimKind) -> usize {
        let (mut features, mut places) = (Vec::new(), Vec::new());
        sheet.clause(which, &mut features, &mut places);
        let (from, to) = sheet.clauses[which];
        let mut worth = vec![0f32; to - from];
        for ((feature, value), place) in features.iter().zip(&places) {
            if let Some(place) = place {
                worth[place - from] += self.clauses.share(*feature, output(kind)) * value;
            }
        }
        let best = (0..worth.len()).max_by(|a, b| worth[*a].total_cmp(&worth[*b]));
        from + best.unwrap_or(0)
    }
}
