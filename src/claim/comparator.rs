//! The words before a number in; how they bound it out: "at least", "nearly", "up to".

use super::token::Line;
use crate::reported::Comparator;

/// The comparator that the words before `i` make, and where they begin.
pub(super) fn comparator_before(line: &Line<'_>, i: usize) -> (Option<Comparator>, usize) {
    use Comparator::{Approx, Ge, Gt, Le, Lt};
    let back = |n: usize| i.checked_sub(n).map_or("", |at| line.low(at));
    let two = match (back(2), back(1)) {
        ("more" | "greater" | "better" | "higher" | "larger" | "bigger" | "wider" | "longer", "than")
        | ("upward" | "upwards" | "north", "of")
        | ("excess", "of")
        | ("just" | "well" | "slightly", "over" | "above") => Some(Gt),
        ("short", "of") => Some(Lt),
        ("less" | "fewer" | "lower" | "smaller" | "narrower" | "shorter", "than")
        | ("just", "under" | "below" | "shy")
        | ("not", "even") => Some(Lt),
        ("at", "least") | ("as", "least") => Some(Ge),
        ("at", "most") | ("up", "to") | ("not", "exceed" | "surpass" | "exceeding") => Some(Le),
        (verb, "exceed" | "surpass") if verb.ends_with("n't") => Some(Le),
        ("not", "quite") | ("close" | "near", "to") | ("something", "like") | ("more-or-less", _) => {
            Some(Approx)
        }
        _ => None,
    };
    if let Some(comparator) = two {
        let three = matches!((back(3), comparator), ("no" | "not", Gt | Lt));
        return match (three, comparator) {
            (true, Gt) => (Some(Le), i - 3),
            (true, _) => (Some(Ge), i - 3),
            _ => (Some(comparator), i - 2),
        };
    }
    if matches!(
        (back(3), back(2), back(1)),
        ("as", "much" | "many" | "high" | "long" | "few" | "little" | "low", "as")
    ) {
        return (Some(Le), i - 3);
    }
    match back(1) {
        "over" | "above" | ">" | "exceeding" | "exceeded" | "exceeds" | "tops" | "topped" | "topping"
        | "clears" | "cleared" | "surpassing" | "surpass" | "surpasses" | "surpassed" | "exceed"
        | "passed" | "beyond" => (Some(Gt), i - 1),
        // "Over the past three months" looks back.
        "past" if !matches!(back(2), "the" | "these" | "this" | "over" | "in" | "during") => {
            (Some(Gt), i - 1)
        }
        "under" | "below" | "<" => (Some(Lt), i - 1),
        "about" | "around" | "roughly" | "approximately" | "some" | "nearly" | "almost" | "~" | "≈"
        | "nearing" | "approaching" | "approx" | "circa" | "virtually" => (Some(Approx), i - 1),
        "≥" => (Some(Ge), i - 1),
        "≤" => (Some(Le), i - 1),
        _ => (None, i),
    }
}
