//! A name in a text; whether it only says who keeps the records out: "in Epoch AI's database", "as run by Epoch AI".

use crate::names::{Entity, Mention};

/// What an organisation keeps that others are measured in.
const KEPT: [&str; 24] = [
    "hub",
    "database",
    "list",
    "lists",
    "index",
    "table",
    "tables",
    "data",
    "collection",
    "records",
    "catalogue",
    "catalog",
    "tracker",
    "dataset",
    "runs",
    "run",
    "evaluations",
    "evaluation",
    "measurements",
    "figures",
    "numbers",
    "count",
    "tally",
    "estimate",
];

/// Words between a keeper and what is kept: "Epoch AI's own runs".
const OWN: [&str; 3] = ["own", "independent", "internal"];

/// How records come to be kept, before "by" and their keeper.
const KEEPING: [&str; 14] = [
    "collected",
    "recorded",
    "tracked",
    "compiled",
    "logged",
    "maintained",
    "kept",
    "catalogued",
    "run",
    "evaluated",
    "tested",
    "measured",
    "conducted",
    "administered",
];

/// Whether a name says only where something is kept: an organisation as who keeps the records ("in Epoch AI's database",
/// "collected by Epoch AI"), a suite as what a benchmark is part of ("ZeroEval's CRUXEval", "ARC in the ZeroEval suite").
/// It is then none of those that are spoken of. `next` is the name after it.
pub(super) fn is_keeper(plain: &str, mention: &Mention, next: Option<&Mention>) -> bool {
    match mention.entity {
        Entity::Organisation(_) => keeps_records(plain, mention),
        Entity::Benchmark(_) => is_suite(plain, mention, next),
        _ => false,
    }
}

/// How a benchmark is said to be part of a suite, before the suite's name.
const PART_OF: [&str; 5] =
    [" part of the ", " from the ", " as run by ", " as measured by ", " as measured for the "];

/// Words after the name of a suite.
const SUITES: [&str; 4] = [" suite", " tests", " collection", " family"];

fn is_suite(plain: &str, mention: &Mention, next: Option<&Mention>) -> bool {
    let (before, after) = (&plain[..mention.span.start], &plain[mention.span.end..]);
    let owns = next.is_some_and(|next| {
        let between = plain.get(mention.span.end..next.span.start).unwrap_or_default();
        matches!(next.entity, Entity::Benchmark(_))
            && ["'s ", "\u{2019}s ", "' ", "\u{2019} "].contains(&between)
    });
    let is_part = PART_OF.iter().any(|part| before.ends_with(part));
    let is_around = before.ends_with(" in the ") && SUITES.iter().any(|word| after.starts_with(word));
    owns || is_part || is_around
}

fn keeps_records(plain: &str, mention: &Mention) -> bool {
    let (before, after) = (&plain[..mention.span.start], &plain[mention.span.end..]);
    let owned = ["'s ", "\u{2019}s ", " "].iter().find_map(|sign| after.strip_prefix(sign));
    let word =
        |text: &str| text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    let beside = |rest: &str| {
        let own = OWN.iter().find_map(|own| rest.strip_prefix(own)?.strip_prefix(' '));
        KEPT.contains(&word(own.unwrap_or(rest)).as_str())
    };
    let keeps = owned.is_some_and(beside);
    let mut back = before.trim_end().rsplit(' ');
    let is_by = back.next() == Some("by");
    keeps || (is_by && back.next().is_some_and(|word| KEEPING.contains(&word.to_lowercase().as_str())))
}
