//! A name in a text; whether it only says who keeps the records out: "in Epoch AI's database", "as run by Epoch AI".

use crate::names::{Entity, Mention};

/// What an organisation keeps that others are measured in.
const KEPT: [&str; 14] = [
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
];

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

/// Whether an organisation is named only as who keeps the records: "in Epoch AI's database", "collected by Epoch AI". It
/// is then none of those that are spoken of.
pub(super) fn is_keeper(plain: &str, mention: &Mention) -> bool {
    if !matches!(mention.entity, Entity::Organisation(_)) {
        return false;
    }
    let (before, after) = (&plain[..mention.span.start], &plain[mention.span.end..]);
    let owned = ["'s ", "\u{2019}s ", " "].iter().find_map(|sign| after.strip_prefix(sign));
    let word =
        |text: &str| text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    let keeps = owned.is_some_and(|rest| KEPT.contains(&word(rest).as_str()));
    let mut back = before.trim_end().rsplit(' ');
    let is_by = back.next() == Some("by");
    keeps || (is_by && back.next().is_some_and(|word| KEEPING.contains(&word.to_lowercase().as_str())))
}
