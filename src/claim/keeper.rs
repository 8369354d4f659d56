//! A name in a text; whether it only says who keeps the records out: "in Epoch AI's database", "as run by Epoch AI".

use crate::names::{Entity, Mention};

/// What an organisation keeps that others are measured in.
const KEPT: [&str; 23] = [
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
];

/// What somebody writes who has measured: "Epoch AI's November study", "a report from Epoch AI".
const WRITTEN: [&str; 6] = ["study", "report", "analysis", "paper", "survey", "estimate"];

/// Words between whoever wrote it and what is written, or back to it.
const WORDS_TO_WORK: usize = 2;

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

/// The names on either side of one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Neighbours<'m> {
    pub(super) before: Option<&'m Mention>,
    pub(super) after: Option<&'m Mention>,
}

/// Whether a name says only where something is kept: an organisation as who keeps the records ("in Epoch AI's database",
/// "collected by Epoch AI"), a suite as what a benchmark is part of ("ZeroEval's CRUXEval", "ARC in the ZeroEval suite").
/// It is then none of those that are spoken of.
pub(super) fn is_keeper(plain: &str, mention: &Mention, beside: Neighbours<'_>) -> bool {
    match mention.entity {
        Entity::Organisation(_) => keeps_records(plain, mention) || keeps_board(plain, mention, beside.after),
        Entity::Benchmark(_) => is_suite(plain, mention, beside),
        _ => false,
    }
}

/// How a benchmark is said to be part of a suite, before the suite's name.
const PART_OF: [&str; 5] =
    [" part of the ", " from the ", " as run by ", " as measured by ", " as measured for the "];

/// Collections that other benchmarks are run in.
const NAMES_OF_SUITES: [&str; 4] = ["zeroeval", "evalplus", "open llm leaderboard", "livebench"];

/// Words after the name of a suite.
const SUITES: [&str; 4] = [" suite", " tests", " collection", " family"];

fn is_suite(plain: &str, mention: &Mention, beside: Neighbours<'_>) -> bool {
    let (before, after) = (&plain[..mention.span.start], &plain[mention.span.end..]);
    let owns = beside.after.is_some_and(|next| {
        let between = plain.get(mention.span.end..next.span.start).unwrap_or_default();
        matches!(next.entity, Entity::Benchmark(_))
            && ["'s ", "\u{2019}s ", "' ", "\u{2019} "].contains(&between)
    });
    // "ZebraLogic in ZeroEval", "HumanEval+ in the EvalPlus leaderboard".
    let measured = [" in ", " in the ", " ("].iter().find_map(|part| before.strip_suffix(part));
    let is_known = || {
        let name = mention.span.of(plain).to_lowercase();
        NAMES_OF_SUITES.iter().any(|suite| name.contains(suite))
    };
    let is_in = beside.before.zip(measured).is_some_and(|(last, measured)| {
        matches!(last.entity, Entity::Benchmark(_)) && last.span.end == measured.len() && is_known()
    });
    let is_part = is_in || PART_OF.iter().any(|part| before.ends_with(part));
    let is_around = before.ends_with(" in the ") && SUITES.iter().any(|word| after.starts_with(word));
    owns || is_part || is_around
}

/// Words between a keeper and the board that is his: "Hugging Face's second Open LLM Leaderboard".
const WORDS_TO_BOARD: usize = 2;

fn keeps_board(plain: &str, mention: &Mention, next: Option<&Mention>) -> bool {
    let before = plain[..mention.span.start].trim_end().rsplit(' ').next().unwrap_or_default().to_lowercase();
    let between = next
        .filter(|next| matches!(next.entity, Entity::Benchmark(_)))
        .and_then(|next| plain.get(mention.span.end..next.span.start))
        .unwrap_or_default();
    ["on", "in", "to", "at"].contains(&before.as_str())
        && words_to_owned(between).is_some_and(|words| words <= WORDS_TO_BOARD)
        && !between.contains(['.', ',', ';', ':'])
}

/// How many words stand between an owner and the board that it owns, one in "'s second "; `None` where it owns none, as in
/// "Google's best model and Zhipu's on the Arena".
pub(crate) fn words_to_owned(between: &str) -> Option<usize> {
    let words = || {
        ["'s ", "\u{2019}s "].iter().find_map(|sign| between.strip_prefix(sign)).map(str::split_whitespace)
    };
    let is_elsewhere = words()?.any(|word| matches!(word, "on" | "in" | "at"));
    if is_elsewhere { None } else { Some(words()?.count()) }
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
    let writes = owned.is_some_and(|rest| {
        let is_sign = !after.starts_with(' ');
        is_sign && rest.split(' ').take(WORDS_TO_WORK).any(|word| WRITTEN.contains(&word))
    });
    let mut back = before.trim_end().rsplit(' ');
    let (is_by, is_from) = match back.next() {
        Some("by") => (true, true),
        Some("from") => (false, true),
        _ => (false, false),
    };
    let what = back.next().unwrap_or_default().to_lowercase();
    let is_kept = is_by && KEEPING.contains(&what.as_str());
    let is_written = is_from && WRITTEN.contains(&what.as_str());
    keeps || writes || is_kept || is_written
}
