//! A claim's board as it is called in; the board that is meant out: the version of the day, the part that the other words
//! name ("the airline tasks of τ²-bench"), the one of several names that is measured here.

use super::view::{SAME_TIME_DAYS, days_between};
use super::words::Words;
use crate::claim::{Claim, ClaimKind, Figure, NamedBenchmark, figures};
use crate::dataset::Catalog;
use crate::names::{Benchmark, Entity, Names};
use crate::reported::Unit;
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// Words for the first of several versions.
const FIRST: [&str; 11] = [
    "v1 ",
    "version 1 ",
    "version one ",
    "first version",
    "first open",
    "first leaderboard",
    "original",
    "old ",
    "older ",
    "previous open",
    "leaderboard 1 ",
];

/// Words for a version that is no longer kept: the first, until the second is not either.
const ENDED: [&str; 2] = ["frozen", "retired"];

/// Words for the second.
const SECOND: [&str; 11] = [
    "v2 ",
    "version 2 ",
    "version two ",
    "second version",
    "second open",
    "new open",
    "leaderboard 2 ",
    "2.0 ",
    "relaunched",
    "revamped",
    "rebuilt",
];

/// The claim, about the board that it means on `as_of`.
pub(crate) fn on_its_board<'c>(claim: &'c Claim, catalog: &Catalog, as_of: Date) -> Cow<'c, Claim> {
    let names = catalog.names();
    let Some(named) = &claim.benchmark else {
        return rated(claim, catalog).map_or(Cow::Borrowed(claim), |benchmark| {
            Cow::Owned(Claim { benchmark: Some(benchmark), ..claim.clone() })
        });
    };
    let Some(id) = &named.id else { return Cow::Borrowed(claim) };
    let words = Words::about(claim);
    let called = Words::new(&format!("{} {}", claim.quote, named.text));
    let meant = version(id, &called, catalog, as_of)
        .or_else(|| elder(id, &named.text, catalog, as_of))
        .or_else(|| part(id, &named.text, &words, catalog))
        .or_else(|| other(id, claim, catalog, names))
        .or_else(|| hosted(id, claim, catalog, names))
        .or_else(|| kept_by(id, claim, catalog));
    meant.map_or(Cow::Borrowed(claim), |id| {
        let benchmark = NamedBenchmark { text: named.text.clone(), id: Some(id) };
        Cow::Owned(Claim { benchmark: Some(benchmark), ..claim.clone() })
    })
}

/// The board whose ratings alone are numbers like "rated 1274", where the text names none.
fn rated(claim: &Claim, catalog: &Catalog) -> Option<NamedBenchmark> {
    let is_asked = matches!(claim.kind, ClaimKind::Score | ClaimKind::Comparison | ClaimKind::Gap)
        && Words::new(&claim.quote).any(&["rated ", "rating", "elo "]);
    let is_unit = |unit: Unit| matches!(unit, Unit::Elo | Unit::Points | Unit::Count);
    let is_rating =
        |figure: &Figure| is_unit(figure.reported.unit) && RATINGS.contains(&figure.reported.value);
    let is_told = is_asked && figures(&claim.quote, catalog.names()).iter().any(is_rating);
    (is_told && is_held(catalog, ARENA))
        .then(|| NamedBenchmark { text: ARENA.to_owned(), id: Some(ARENA.to_owned()) })
}

/// The board that rates.
const ARENA: &str = "chatbot-arena";

/// Ratings on it lie between these.
const RATINGS: RangeInclusive<f64> = 900.0..=1700.0;

/// The organisation among the words that only measures: how they call it, and its id.
pub(super) fn keeper(words: &str, catalog: &Catalog) -> Option<(String, String)> {
    catalog.names().mentions(words).into_iter().find_map(|mention| match mention.entity {
        Entity::Organisation(id) if catalog.only_measures(&id) => {
            Some((mention.span.of(words).to_owned(), id))
        }
        _ => None,
    })
}

/// No benchmark here has come to a later version.
const LAST_VERSION: u8 = 9;

/// The number of its benchmark's version that the claim names: "4" of "BFCL V4".
pub(super) fn numbered(claim: &Claim) -> Option<String> {
    let (words, text) = (Words::new(&claim.quote), &claim.benchmark.as_ref()?.text);
    let number = (1..=LAST_VERSION).find(|n| words.hold(&format!("{text} v{n}")))?;
    Some(number.to_string())
}

/// Whether tables here hold the benchmark.
fn is_held(catalog: &Catalog, id: &str) -> bool {
    catalog.heads().iter().any(|head| head.benchmark == id)
}

/// The version that the words name, else the one that followed when the first had ended: a name without a number is the
/// current one's.
fn version(id: &str, words: &Words, catalog: &Catalog, as_of: Date) -> Option<String> {
    let next = format!("{}-2", id.strip_suffix("-1")?);
    // Who writes in the weeks after the last copy may still have it in front of them.
    let has_ended = || {
        let mut copies = catalog.heads().iter().filter(|head| head.benchmark == id);
        copies.all(|head| head.last < as_of && days_between(head.last, as_of) > SAME_TIME_DAYS)
    };
    let is_next_kept = || catalog.heads().iter().any(|head| head.benchmark == next && head.last >= as_of);
    let is_first = words.any(&FIRST) || (words.any(&ENDED) && is_next_kept());
    let is_next = words.any(&SECOND) || (!is_first && has_ended());
    (is_next && is_held(catalog, &next)).then_some(next)
}

/// The sister that stood where the board meant by a bare name was not kept yet: "Aider" is its code editing before the
/// polyglot board. Not of a name with the words that only the later one has.
fn elder(id: &str, text: &str, catalog: &Catalog, as_of: Date) -> Option<String> {
    let family = catalog.names().benchmark(id)?.family.as_str();
    let called = Words::new(text);
    let is_called = id.split('-').filter(|word| *word != family).any(|word| called.any(&[word]));
    let is_kept = catalog.heads().iter().any(|head| head.benchmark == id && head.first <= as_of);
    if is_called || is_kept {
        return None;
    }
    let is_sister = |other: &str| catalog.names().benchmark(other).is_some_and(|b| b.family == family);
    let stood = catalog.heads().iter().filter(|head| head.first <= as_of && is_sister(&head.benchmark));
    stood
        .max_by_key(|head| (head.last, std::cmp::Reverse(&head.benchmark)))
        .map(|head| head.benchmark.clone())
}

/// The part of a board, or the sister of it, that the words name beside it: of all, the one with most of its own words.
fn part(id: &str, text: &str, words: &Words, catalog: &Catalog) -> Option<String> {
    let names = catalog.names();
    let family = names.benchmark(id).map(|benchmark| benchmark.family.as_str());
    let is_near = |other: &&Benchmark| {
        other.id != id
            && (Some(other.family.as_str()) == family
                || other.id.strip_prefix(id).is_some_and(|rest| rest.starts_with('-')))
    };
    let own: Vec<&str> = id.split('-').collect();
    let called = Words::new(text);
    let told = |other: &Benchmark| {
        let theirs: Vec<&str> = other.id.split('-').collect();
        // A board called by what only it has is no sister of itself.
        let is_called = own.iter().any(|word| !theirs.contains(word) && called.any(&[word]));
        let more: Vec<&str> = theirs.into_iter().filter(|word| !own.contains(word)).collect();
        let is_word = |word: &&str| {
            word.len() > 2
                && is_beside_a_board(words, word)
                && !matches!(names.look_up(word), Some(Entity::Group(_)))
        };
        (!is_called && !more.is_empty() && more.iter().all(is_word)).then_some(more.len())
    };
    names
        .benchmarks()
        .filter(is_near)
        .filter_map(|other| Some((told(other)?, other.id.clone())))
        .filter(|(_, id)| is_held(catalog, id))
        .max()
        .map(|(_, id)| id)
}

/// Whether a word names a part where it stands: "the airline tasks", "on refactoring", "code editing", and not "a vision
/// that Google had".
fn is_beside_a_board(words: &Words, word: &str) -> bool {
    let after = [
        "board",
        "leaderboard",
        "tasks",
        "task",
        "category",
        "domain",
        "arena",
        "models",
        "ranking",
        "benchmark",
    ];
    let before = ["on", "in", "at", "for", "code", "of", "the"];
    after.iter().any(|noun| words.any(&[&format!("{word} {noun}")]))
        || before
            .iter()
            .any(|front| words.any(&[&format!("{front} {word} "), &format!("{front} {word}ing ")]))
}

/// Another benchmark that the words name, where the first is not measured here: "on EvalPlus, ... on HumanEval+". A board
/// alone is the one benchmark of its data set that shares most of its name, if it is one.
fn other(id: &str, claim: &Claim, catalog: &Catalog, names: &Names) -> Option<String> {
    if is_held(catalog, id) {
        return None;
    }
    let named = names.mentions(&claim.quote).into_iter().find_map(|mention| match mention.entity {
        Entity::Benchmark(other) if is_held(catalog, &other) => Some(other),
        _ => None,
    });
    let shared = |benchmark: &str| benchmark.split('-').filter(|word| id.contains(word)).count();
    let lists: BTreeSet<&str> = catalog
        .heads()
        .iter()
        .filter(|head| head.dataset == id)
        .map(|head| head.benchmark.as_str())
        .collect();
    let most = lists.iter().map(|list| shared(list)).max();
    let mut first = lists.into_iter().filter(|list| Some(shared(list)) == most);
    named.or_else(|| first.next().filter(|_| first.next().is_none()).map(str::to_owned))
}

/// The benchmark that the words name beside the leaderboard that shows it: "on MMLU, ... in the Open LLM Leaderboard".
fn hosted(id: &str, claim: &Claim, catalog: &Catalog, names: &Names) -> Option<String> {
    if !matches!(claim.kind, ClaimKind::Score | ClaimKind::Comparison | ClaimKind::Rank)
        || !names.is_board(id)
    {
        return None;
    }
    let hosts: BTreeSet<&str> = catalog
        .heads()
        .iter()
        .filter(|head| head.benchmark == id)
        .map(|head| head.dataset.as_str())
        .collect();
    let shown = |other: &str| {
        catalog.heads().iter().any(|head| head.benchmark == other && hosts.contains(head.dataset.as_str()))
    };
    names.mentions(&claim.quote).into_iter().find_map(|mention| match mention.entity {
        Entity::Benchmark(other) if !names.is_board(&other) && shown(&other) => Some(other),
        _ => None,
    })
}

/// The first board of the data set that is called so, of whose boards none is: how many models it lists is one number.
fn kept_by(id: &str, claim: &Claim, catalog: &Catalog) -> Option<String> {
    if claim.kind != ClaimKind::Count || is_held(catalog, id) {
        return None;
    }
    catalog.heads().iter().find(|head| head.dataset == id).map(|head| head.benchmark.clone())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{claim, named, shipped};
    use super::*;
    use jiff::civil::date;

    fn board(called: &str, quote: &str, day: Date) -> String {
        let claim = Claim { benchmark: named(called), ..claim(ClaimKind::Rank, quote, &["Qwen"], &[]) };
        on_its_board(&claim, shipped(), day)
            .into_owned()
            .benchmark
            .and_then(|named| named.id)
            .expect("a board")
    }

    #[test]
    fn a_name_without_a_number_is_the_current_versions() {
        let of = |quote, year| board("Open LLM Leaderboard", quote, date(year, 4, 1));
        assert_eq!(of("Qwen leads the Open LLM Leaderboard", 2024), "open-llm-leaderboard-1");
        assert_eq!(of("Qwen leads the Open LLM Leaderboard", 2025), "open-llm-leaderboard-2");
        let after_the_last = board("Open LLM Leaderboard", "Qwen leads the leaderboard", date(2024, 7, 20));
        assert_eq!(after_the_last, "open-llm-leaderboard-1");
        assert_eq!(of("Qwen led the original Open LLM Leaderboard", 2025), "open-llm-leaderboard-1");
    }

    #[test]
    fn a_benchmark_on_a_leaderboard_is_the_benchmark() {
        let quote = "On MMLU, Qwen-14B gets 70.5% in the Open LLM Leaderboard";
        let claim = Claim {
            benchmark: named("Open LLM Leaderboard"),
            ..claim(ClaimKind::Score, quote, &["Qwen"], &[])
        };
        let meant = on_its_board(&claim, shipped(), date(2024, 4, 1)).into_owned().benchmark;
        assert_eq!(meant.and_then(|named| named.id).as_deref(), Some("mmlu"));
    }

    #[test]
    fn a_part_is_named_beside_its_board() {
        let of = |called, quote| board(called, quote, date(2025, 9, 1));
        assert_eq!(of("tau2-bench", "Qwen leads the airline tasks of tau2-bench"), "tau2-bench-airline");
        assert_eq!(of("Aider", "On refactoring, the Aider leaderboard puts Qwen first"), "aider-refactor");
        assert_eq!(of("LMArena", "Qwen leads the LMArena's vision board"), "chatbot-arena-vision");
        assert_eq!(of("LMArena", "Qwen is the first of the Chinese models on LMArena"), "chatbot-arena");
        assert_eq!(of("EvalPlus", "On EvalPlus, Qwen is first on HumanEval+"), "human-eval-plus");
    }
}
