//! Statements on distances: points between two rows or the best of two countries, months between two frontiers.

use crate::world::{Line, Statement, Table, Truth, Who, World, benchmark, filled, one, party, printed};
use benchclaim::Claim;
use benchclaim::claim::{ClaimKind, Party, Relation};
use benchclaim::reported::{Comparator, Reported, Unit};
use jiff::civil::{Date, date};

/// Phrasing and how the subject stands.
const POINTS: [(&str, Relation); 4] = [
    ("{A} trails {B} by {N} points on {X}", Relation::Worse),
    ("{A} is {N} points behind {B} on {X}", Relation::Worse),
    ("{A} is {N} points ahead of {B} on {X}", Relation::Better),
    ("{A} leads {B} by {N} points on {X}", Relation::Better),
];

const BARE: [(&str, Relation); 4] = [
    ("{A} trails {B} on {X}", Relation::Worse),
    ("{A} lags behind {B} on {X}", Relation::Worse),
    ("{A} is behind {B} on {X}", Relation::Worse),
    ("{A} is ahead of {B} on {X}", Relation::Better),
];

const MONTHS: [(&str, Option<Comparator>); 6] = [
    ("China lags the United States by {N} months on the Epoch Capabilities Index", None),
    (
        "China is at least {N} months behind the United States on the Epoch Capabilities Index",
        Some(Comparator::Ge),
    ),
    (
        "China is less than {N} months behind the United States on the Epoch Capabilities Index",
        Some(Comparator::Lt),
    ),
    (
        "China trails the United States by more than {N} months on the Epoch Capabilities Index",
        Some(Comparator::Gt),
    ),
    // Who is ahead is not said, so that either may stand first.
    ("The gap between China and the United States is {N} months on the Epoch Capabilities Index", None),
    (
        "The gap between the United States and China is at least {N} months on the Epoch Capabilities Index",
        Some(Comparator::Ge),
    ),
];

const BEST: [&str; 2] = [
    "The best Chinese model is {N} points behind the best American model on {X}",
    "The best Chinese model trails the best American model by {N} points on {X}",
];

const DAYS_A_MONTH: f64 = 30.44;

pub(crate) fn draw(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    match random.u8(..10) {
        0..=3 => points(world, random),
        4..=6 => bare(world, random),
        7 => best(world, random),
        _ => months(world, random),
    }
}

fn pair<'t>(world: &World, random: &mut fastrand::Rng, table: &'t Table) -> Option<(&'t Line, &'t Line)> {
    let (a, b) = (world.line(random, table)?, world.line(random, table)?);
    (a.row.model != b.row.model && table.is_single(a) && table.is_single(b)).then_some((a, b))
}

/// Whether every copy of the board that has both sees them the same way round.
fn is_agreed(world: &World, table: &Table, a: &Line, b: &Line) -> bool {
    world.standing(&table.head.benchmark, table.day).iter().all(|copy| {
        let of =
            |line: &Line| copy.lines.iter().find(|other| other.row.model == line.row.model).map(|l| l.better);
        of(a).zip(of(b)).is_none_or(|(x, y)| (x - y) * (a.better - b.better) > 0.0)
    })
}

fn points(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let table = world.table(random, |table| matches!(table.head.unit, Unit::Percent | Unit::Elo));
    let (a, b) = pair(world, random, table)?;
    let (template, relation) = one(random, &POINTS);
    let ahead = if relation == Relation::Better { a.better - b.better } else { b.better - a.better };
    let large = if table.is_percent() { 4.0 } else { 25.0 };
    if ahead < large || !is_agreed(world, table, a, b) {
        return None;
    }
    let (value, truth) = match random.u8(..3) {
        0 => (ahead * 2.5 + large, Truth::Clear(false)),
        _ => (ahead, Truth::Clear(true)),
    };
    if table.is_percent() && value > 99.0 {
        return None;
    }
    let (text, value, step) = printed(value, usize::from(table.is_percent()));
    let name = world.board_name(table);
    let quote = filled(template, &[("A", &a.row.name), ("B", &b.row.name), ("X", &name), ("N", &text)]);
    let claim = Claim {
        relation: Some(relation),
        benchmark: benchmark(table, &name),
        reported: Some(Reported::exact(value, Unit::Points, step)),
        ..Claim::saying(ClaimKind::Gap, quote, vec![party(a)], vec![party(b)])
    };
    Some(Statement { claim, date: table.day, truth, what: "gap/points" })
}

fn bare(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let table = world.table(random, |_| true);
    let (a, b) = pair(world, random, table)?;
    let (template, relation) = one(random, &BARE);
    let ahead = if relation == Relation::Better { a.better - b.better } else { b.better - a.better };
    let sd = a.sd.hypot(b.sd);
    let truth = match ahead.abs() {
        d if d > 3.5 * sd && d > 2.0 * table.head.tolerance && is_agreed(world, table, a, b) => {
            Truth::Clear(ahead > 0.0)
        }
        d if d > 0.0 && d < sd => Truth::Near(ahead > 0.0),
        _ => return None,
    };
    let name = world.board_name(table);
    let quote = filled(template, &[("A", &a.row.name), ("B", &b.row.name), ("X", &name)]);
    let claim = Claim {
        relation: Some(relation),
        benchmark: benchmark(table, &name),
        ..Claim::saying(ClaimKind::Gap, quote, vec![party(a)], vec![party(b)])
    };
    Some(Statement { claim, date: table.day, truth, what: "gap/bare" })
}

fn best(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let table = world.table(random, |table| table.head.benchmark == "chatbot-arena");
    let of = |who| table.lines.iter().find(|line| world.is_of(&line.row, who) == Some(true));
    let (chinese, american) = (of(Who::Chinese)?, of(Who::American)?);
    let behind = american.better - chinese.better;
    if behind < 15.0 {
        return None;
    }
    let (value, truth) =
        if random.bool() { (behind, Truth::Clear(true)) } else { (behind * 2.5 + 20.0, Truth::Clear(false)) };
    let (text, value, step) = printed(value, 0);
    let name = world.board_name(table);
    let quote = filled(one(random, &BEST), &[("X", &name), ("N", &text)]);
    let claim = Claim {
        relation: Some(Relation::Worse),
        benchmark: benchmark(table, &name),
        reported: Some(Reported::exact(value, Unit::Points, step)),
        ..Claim::saying(ClaimKind::Gap, quote, vec![Who::Chinese.party()], vec![Who::American.party()])
    };
    Some(Statement { claim, date: table.day, truth, what: "gap/best of countries" })
}

/// The lag by the frontier rule, in months: how long ago the leader first had what the laggard has on the day.
fn lag(world: &World, table: &Table, day: Date) -> Option<f64> {
    let dated = |who| -> Vec<(Date, f64)> {
        let own = table.lines.iter().filter(|line| world.is_of(&line.row, who) == Some(true));
        own.filter_map(|line| Some((world.catalog.names().facts(&line.row.model).released?, line.better)))
            .filter(|(released, _)| *released <= day)
            .collect()
    };
    let best = dated(Who::Chinese).into_iter().map(|(_, score)| score).max_by(f64::total_cmp)?;
    let reached =
        dated(Who::American).into_iter().filter(|(_, score)| *score >= best).map(|(day, _)| day).min()?;
    Some(f64::from(day.since(reached).ok()?.get_days()) / DAYS_A_MONTH)
}

fn months(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let table = world.table(random, |table| table.head.benchmark == "epoch-capabilities-index");
    let day = date(2024 + random.i16(0..2), random.i8(1..=11), random.i8(1..=28));
    let lag = lag(world, table, day)?;
    let (template, comparator) = one(random, &MONTHS);
    // A release more or less moves the lag by months: only far from it is anything clear.
    let holds = random.bool();
    let value = match (comparator, holds) {
        (None, true) => lag,
        (None, false) | (Some(Comparator::Lt), true) => lag * 2.0 + 8.0,
        (Some(Comparator::Lt), false) => lag / 3.0,
        (Some(_), true) => lag / 3.0,
        (Some(_), false) => lag * 2.0 + 8.0,
    };
    let (text, value, step) = printed(value, 0);
    if value < 1.0 || lag < 2.5 {
        return None;
    }
    let quote = filled(template, &[("N", &text)]);
    let country = |text: &str, who: Who| vec![Party { text: text.to_owned(), ..who.party() }];
    let (chinese, american) = (country("China", Who::Chinese), country("the United States", Who::American));
    let is_chinese_first = quote.find("China") < quote.find("the United States");
    let (first, second) = if is_chinese_first { (chinese, american) } else { (american, chinese) };
    let claim = Claim {
        relation: Some(Relation::Worse),
        benchmark: benchmark(table, "Epoch Capabilities Index"),
        reported: Some(Reported { comparator, ..Reported::exact(value, Unit::Months, step) }),
        ..Claim::saying(ClaimKind::Gap, quote, first, second)
    };
    Some(Statement { claim, date: day, truth: Truth::Clear(holds), what: "gap/months" })
}
