//! For tests: words in; a claim about the shipped names, and the shipped catalog, out.

use crate::claim::{Claim, ClaimKind, NamedBenchmark, Party};
use crate::dataset::{Catalog, Store};
use crate::names::{Entity, Resolution};
use crate::reported::{Comparator, Reported, Unit};
use std::sync::LazyLock;

/// The catalog that ships.
pub(super) fn shipped() -> &'static Catalog {
    static SHIPPED: LazyLock<Catalog> =
        LazyLock::new(|| Catalog::open(Store::Shipped).expect("the shipped data open"));
    &SHIPPED
}

/// A claim of a kind that says `quote` of the named parties.
pub(super) fn claim(kind: ClaimKind, quote: &str, subject: &[&str], object: &[&str]) -> Claim {
    let party = |text: &&str| Party {
        text: (*text).to_owned(),
        entity: match shipped().names().resolve(text) {
            Resolution::Found(entity) => Some(entity),
            Resolution::Unknown { .. } => None,
        },
    };
    Claim::saying(kind, quote, subject.iter().map(party).collect(), object.iter().map(party).collect())
}

/// A printed number whose last digit is worth `step`.
pub(super) fn number(value: f64, unit: Unit, step: f64) -> Option<Reported> {
    Some(Reported::exact(value, unit, step))
}

/// "More than" a number.
pub(super) fn more_than(value: f64, unit: Unit) -> Option<Reported> {
    Some(Reported { comparator: Some(Comparator::Gt), ..Reported::exact(value, unit, 1.0) })
}

/// A benchmark or board as a text names it.
pub(super) fn named(text: &str) -> Option<NamedBenchmark> {
    let id = match shipped().names().resolve(text) {
        Resolution::Found(Entity::Benchmark(id)) => Some(id),
        _ => None,
    };
    Some(NamedBenchmark { text: text.to_owned(), id })
}
