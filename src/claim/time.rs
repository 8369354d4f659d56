//! The times a clause names and the day of publication in; the time the claim speaks of out, as an ISO date or prefix.

use super::ago::{looked_back, months_before, released_ago};
use super::calendar::Moment;
use super::class::Class;
use super::rule::RULES;
use super::token::{Kind, Line};
use crate::article::Span;
use crate::claim::ClaimKind;
use crate::names::Names;
use jiff::ToSpan;
use jiff::civil::Date;

/// The time that tokens `from..to` (or, failing that, the sentence's opening) speak of.
pub(super) fn as_of(
    line: &Line<'_>,
    from: usize,
    to: usize,
    (published, names): (Option<Date>, &Names),
    kind: ClaimKind,
) -> Option<String> {
    if let Some(day) = after_event(line, from, to, names) {
        return Some(format!("{:04}-{:02}", day.year(), day.month()));
    }
    if kind == ClaimKind::Trend
        && let Some(window) = looked_back(line, published)
    {
        return Some(window);
    }
    if kind == ClaimKind::Attribute
        && let Some(window) = released_ago(line, published)
    {
        return Some(window);
    }
    let opening = opening(line);
    let moments = (from..to).chain(0..opening.min(from));
    let is_of_release = |i: usize| kind != ClaimKind::Attribute && is_of_release(line, i);
    let is_of_before = |i: usize| kind != ClaimKind::Trend && is_of_before(line, i);
    for i in moments.filter(|i| !is_of_model(line, *i) && !is_of_release(*i) && !is_of_before(*i)) {
        if let Kind::Moment(moment) = line.tokens.get(i)?.kind {
            return span_of_time(line, i, published, kind).or_else(|| dated(line, i, moment, published));
        }
    }
    relative(line, from, to, published?)
}

/// Whether the time says which model or edition is meant, and not when: "the October Claude 3.5 Sonnet", "GPT-4o's November
/// build", "Grok 2 (December)", "the 2025 AI Index".
fn is_of_model(line: &Line<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return false };
    let is_version = VERSIONS.contains(&line.low(i + 1));
    let closes = line.low(i + 1) == ")" || (is_version && line.low(i + 2) == ")");
    let opened = if line.low(before) == "the" { before.checked_sub(1) } else { Some(before) };
    let is_in_brackets =
        opened.is_some_and(|at| at > 0 && line.low(at) == "(" && line.is(at - 1, Class::MODEL));
    if is_in_brackets && closes {
        return true;
    }
    let is_edition = matches!(line.low(i + 1), "ai" | "index" | "report" | "edition" | "survey");
    match line.low(before) {
        // "The AI Index 2025".
        "index" | "report" | "survey" | "review" => true,
        "the" => line.is(i + 1, Class::MODEL) || (is_version && line.low(i + 2) == "of") || is_edition,
        "its" | "'s" => line.is(i + 1, Class::MODEL) || is_version || is_edition,
        _ => false,
    }
}

/// Whether the time is that of a release told in an aside: "Grok-2, released on August 13, is fourth".
fn is_of_release(line: &Line<'_>, i: usize) -> bool {
    let Some(comma) = (i.saturating_sub(WORDS_TO_TIME)..i).rev().find(|at| line.low(*at) == ",") else {
        return false;
    };
    let is_of_model = comma > 0 && line.is(comma - 1, Class::MODEL);
    let closes = is_of_model && (i..line.len().min(i + WORDS_TO_TIME)).any(|at| line.low(at) == ",");
    let tells = |at: usize| ["brought-out", "came-out"].iter().any(|list| RULES.lists(list, line, at));
    closes && (comma + 1..i).any(tells)
}

/// Whether the time is that of an earlier figure: "96 models, up from 59 in November".
fn is_of_before(line: &Line<'_>, i: usize) -> bool {
    let back = |n: usize| i.checked_sub(n);
    let is_from = |n: usize| back(n).is_some_and(|at| line.low(at) == "from");
    let is_in = back(1).is_some_and(|at| matches!(line.low(at), "in" | "of" | "on"));
    is_in && (2..=4).any(|n| back(n).is_some_and(|at| line.quantity(at).is_some()) && is_from(n + 1))
}

/// What a model has several of.
const VERSIONS: [&str; 9] =
    ["update", "version", "release", "edition", "refresh", "build", "snapshot", "checkpoint", "model"];

/// "between May 2024 and January 2025": from the one to the other, given the token of the first.
fn span_of_time(line: &Line<'_>, i: usize, published: Option<Date>, kind: ClaimKind) -> Option<String> {
    let first_word = begin(line, i);
    let opens =
        first_word.checked_sub(1).is_some_and(|before| matches!(line.low(before), "between" | "from"));
    let goes_on = matches!(line.low(i + 1), "and" | "to" | "until" | "till" | "-" | "–");
    let second = (i + 2..line.len()).find(|at| !PARTS.contains(&line.low(*at)));
    // Of a score or a distance the number stands for the first time only.
    let other_end = || other_end(line, i, published).filter(|_| kind == ClaimKind::Trend);
    let last = second.and_then(|at| moment(line, at, published)).filter(|_| opens && goes_on);
    let compared = || compared_end(line, first_word, i, published).filter(|_| kind == ClaimKind::Trend);
    let (first, last) = (moment(line, i, published)?, last.or_else(other_end).or_else(compared)?);
    let (first, last) = if last < first { (last, first) } else { (first, last) };
    (!first.contains('/') && !last.contains('/')).then(|| format!("{first}/{last}"))
}

/// "Compared with May 2025", "comparing June 2026 with June 2024": the other time, given the token of the first and where its
/// words begin; the time of writing where none is named.
fn compared_end(line: &Line<'_>, begin: usize, i: usize, published: Option<Date>) -> Option<String> {
    let back = |n: usize| begin.checked_sub(n).map_or("", |at| line.low(at));
    // "Higher than it was in January".
    let is_than = (3..=5).any(|n| back(n) == "than" && matches!(back(n - 1), "it" | "they" | "that"));
    if is_than {
        return published.map(|day| day.to_string());
    }
    // "Higher in November 2024 than it had been in July", "twice as many in October as in July".
    let is_multiple = (0..begin).any(|at| line.is(at, Class::TIMES) && line.low(at + 1) == "as");
    let is_than = |at: &usize| line.low(*at) == "than" || (is_multiple && line.low(*at) == "as");
    let than = (i + 1..line.len().min(i + 3)).find(is_than);
    if let Some(than) = than {
        let within = than + 1..line.len().min(than + WORDS_TO_TIME);
        let before = within.filter_map(|at| moment(line, at, published)).next()?;
        let later = moment(line, i, published)?;
        return (before < later).then_some(before);
    }
    match (back(2), back(1)) {
        ("compared" | "relative" | "next", "with" | "to") => published.map(|day| day.to_string()),
        (_, "comparing") => {
            let with =
                (i + 1..line.len().min(i + 3)).find(|at| matches!(line.low(*at), "with" | "to" | "and"))?;
            let second = (with + 1..line.len()).find(|at| !PARTS.contains(&line.low(*at)))?;
            moment(line, second, published)
        }
        _ => None,
    }
}

/// Words before a month or a year that name a part of it.
const PARTS: [&str; 10] =
    ["the", "end", "start", "beginning", "middle", "of", "late", "early", "mid", "mid-"];

/// The first token of a time, with the words for the part of it: "the end of January".
fn begin(line: &Line<'_>, i: usize) -> usize {
    (0..i).rev().take_while(|at| PARTS.contains(&line.low(*at))).last().unwrap_or(i)
}

/// The time that a token names, as an ISO prefix.
fn moment(line: &Line<'_>, at: usize, published: Option<Date>) -> Option<String> {
    match line.tokens.get(at)?.kind {
        Kind::Moment(moment) => dated(line, at, moment, published),
        _ => None,
    }
}

/// The time at a token as an ISO prefix; "August of last year" is of the year before the text's.
fn dated(line: &Line<'_>, at: usize, moment: Moment, published: Option<Date>) -> Option<String> {
    let is_last = moment.year.is_none()
        && ["of", "last", "year"].iter().enumerate().all(|(i, word)| line.low(at + 1 + i) == *word);
    let year = published.filter(|_| is_last).map(|day| day.year() - 1);
    iso(Moment { year: moment.year.or(year), ..moment }, published)
}

/// "From 9 percent in January to 2 percent in June", "from 1287 in June to 1382 now": the second time, given the token of
/// the first; the time of writing where none is named.
fn other_end(line: &Line<'_>, i: usize, published: Option<Date>) -> Option<String> {
    let is_in = |at: usize| {
        let at = begin(line, at);
        at > 0 && matches!(line.low(at - 1), "in" | "on" | "by" | "at" | "last" | "this")
    };
    let from = (i.saturating_sub(WORDS_TO_TIME)..i).find(|at| line.low(*at) == "from")?;
    let within = i + 1..line.len().min(i + 1 + WORDS_TO_TIME);
    let second = within.clone().find(|at| matches!(line.tokens[*at].kind, Kind::Moment(_)));
    let numbers = within.end.min(second.unwrap_or(within.end));
    let has_numbers = (line.is(from + 1, Class::QUANTITY)
        || matches!(line.low(from + 1), "none" | "zero" | "no" | "one"))
        && (i + 1..numbers).any(|at| line.is(at, Class::QUANTITY));
    match second {
        _ if !has_numbers || line.low(i + 1) != "to" || !is_in(i) => None,
        Some(second) if is_in(second) => moment(line, second, published),
        Some(_) => None,
        None => published.map(|day| day.to_string()),
    }
}

/// Tokens between "from" and the time of what it begins with.
const WORDS_TO_TIME: usize = 12;

/// The tokens before the sentence's first comma: "In November, ...".
fn opening(line: &Line<'_>) -> usize {
    (0..line.len().min(12)).find(|i| line.low(*i) == ",").unwrap_or(0)
}

/// A moment as an ISO prefix; a month without a year is the last one before publication.
fn iso(moment: Moment, published: Option<Date>) -> Option<String> {
    let Some(month) = moment.month else { return moment.year.map(|year| format!("{year:04}")) };
    let year = match (moment.year, published) {
        (Some(year), _) => year,
        (None, Some(day)) => day.year() - i16::from(month > day.month()),
        (None, None) => return None,
    };
    Some(match (moment.day, moment.until) {
        (Some(day), _) => format!("{year:04}-{month:02}-{day:02}"),
        (None, Some(until)) => format!("{year:04}-{month:02}/{year:04}-{until:02}"),
        (None, None) => format!("{year:04}-{month:02}"),
    })
}

/// "last year", "this summer", "last month", "two years ago".
fn relative(line: &Line<'_>, from: usize, to: usize, published: Date) -> Option<String> {
    let month = |day: Date| Some(format!("{:04}-{:02}", day.year(), day.month()));
    for i in from..to {
        if line.low(i) == "ago"
            && let Some(months) = months_before(line, i)
        {
            return month(published.checked_sub(months.months()).ok()?);
        }
        match (line.low(i), line.low(i + 1)) {
            ("last" | "previous", "year") => return Some(format!("{:04}", published.year() - 1)),
            ("this", "year") => return Some(format!("{:04}", published.year())),
            ("last" | "previous", "month") => return month(published.checked_sub(1.month()).ok()?),
            ("this", "month") | ("earlier", "this") => return month(published),
            ("last", "week") => return published.checked_sub(1.week()).ok().map(|day| day.to_string()),
            ("yesterday", _) => return published.yesterday().ok().map(|day| day.to_string()),
            ("today", _) if line.low(i + 1) != "'s" => return Some(published.to_string()),
            _ => {}
        }
    }
    None
}

/// "a year after ChatGPT's release".
fn after_event(line: &Line<'_>, from: usize, to: usize, names: &Names) -> Option<Date> {
    let after = (from.min(opening(line))..to).chain(0..opening(line)).find(|i| line.low(*i) == "after")?;
    let end = (after + 1..line.len().min(after + 7))
        .find(|i| line.low(*i) == ",")
        .unwrap_or_else(|| line.len().min(after + 7));
    let event = (after + 2..=end).rev().find_map(|end| {
        let Span { start, end } = line.extent(after + 1, end);
        names.event(line.plain.get(start..end)?)
    })?;
    let years = match (after.checked_sub(2).map(|i| line.low(i)), after.checked_sub(1).map(|i| line.low(i))) {
        (Some("a" | "one"), Some("year")) => 1,
        _ => return (after.checked_sub(1).is_none_or(|i| !line.is(i, Class::DURATION))).then_some(event),
    };
    event.checked_add(years.years()).ok()
}
