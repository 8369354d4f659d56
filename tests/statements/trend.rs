//! Statements on change between two dates: the gap between two countries on the Arena, a country's share of its top.

use crate::world::{Line, MONTHS, Statement, Table, Truth, Who, World, benchmark, filled, one};
use benchclaim::Claim;
use benchclaim::claim::{ClaimKind, Party, Relation};
use jiff::civil::Date;

const GAP: [(&str, Relation); 5] = [
    (
        "The gap between the best American and the best Chinese model on {X} narrowed between {F} and {T}",
        Relation::Closing,
    ),
    ("Between {F} and {T}, the gap between the United States and China on {X} closed", Relation::Closing),
    ("The gap between China and the United States on {X} shrank between {F} and {T}", Relation::Closing),
    (
        "The gap between the best American and the best Chinese model on {X} widened between {F} and {T}",
        Relation::Widening,
    ),
    ("Between {F} and {T}, the gap between the United States and China on {X} grew", Relation::Widening),
];

const SHARE: [(&str, Relation); 4] = [
    ("The share of {G} models in the top 20 of {X} rose between {F} and {T}", Relation::Rising),
    ("The share of {G} models in the top 20 of {X} increased between {F} and {T}", Relation::Rising),
    ("The share of {G} models in the top 20 of {X} fell between {F} and {T}", Relation::Falling),
    ("Between {F} and {T}, the share of {G} models in the top 20 of {X} declined", Relation::Falling),
];

/// Share of the gap that must go, and points, for a change to be clear.
const CLEAR_CHANGE: (f64, f64) = (0.3, 15.0);

/// Percentage points of the top places that must change hands.
const CLEAR_SHARE: f64 = 10.0;

pub(crate) fn draw(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let table = world.table(random, |table| table.head.benchmark == "chatbot-arena" && table.is_full());
    // The scale of the board breaks after August 2025: two dates across it cannot be set against each other.
    let days = world.catalog.snapshot_days(&table.head).expect("days");
    let (first, last) = (one(random, &days), one(random, &days));
    if last.since(first).ok()?.get_days() < 120 {
        return None;
    }
    let pairs = pairs(world, table, first.last_of_month(), last.last_of_month());
    let name = world.board_name(table);
    let date = last.last_of_month();
    if random.bool() {
        gap(world, random, &pairs, &name, date)
    } else {
        share(world, random, &pairs, &name, date)
    }
}

/// A copy of the board on both dates, and then every other that shows both: where the copies tell different stories
/// nothing is clear.
fn pairs(world: &World, table: &Table, first: Date, last: Date) -> Vec<(Table, Table)> {
    let (then, now) = (world.standing("chatbot-arena", first), world.standing("chatbot-arena", last));
    let is_recent = |copy: &Table, day: Date| {
        let snapshot = copy.lines.first().map(|line| line.row.snapshot);
        snapshot.is_some_and(|snapshot| day.since(snapshot).is_ok_and(|span| span.get_days() <= 75))
    };
    let mut pairs: Vec<(Table, Table)> = Vec::new();
    for a in then.iter().filter(|copy| copy.is_full() && is_recent(copy, first)) {
        let same = now.iter().filter(|b| b.head.dataset == a.head.dataset && is_recent(b, last));
        pairs.extend(same.map(|b| (a.clone(), b.clone())));
    }
    pairs.sort_by_key(|(a, _)| a.head.dataset != table.head.dataset);
    pairs
}

fn month(day: Date) -> String {
    format!("{} {}", MONTHS[day.month() as usize - 1], day.year())
}

fn period(first: Date, last: Date) -> Option<String> {
    Some(format!("{:04}-{:02}/{:04}-{:02}", first.year(), first.month(), last.year(), last.month()))
}

fn days_of(then: &Table, now: &Table) -> Option<(Date, Date)> {
    Some((then.lines.first()?.row.snapshot, now.lines.first()?.row.snapshot))
}

fn gap(
    world: &World,
    random: &mut fastrand::Rng,
    pairs: &[(Table, Table)],
    name: &str,
    date: Date,
) -> Option<Statement> {
    let (then, now) = pairs.first()?;
    let best = |table: &Table, who| -> Option<Line> {
        table.lines.iter().find(|line| world.is_of(&line.row, who) == Some(true)).cloned()
    };
    let gap = |table: &Table| Some(best(table, Who::American)?.better - best(table, Who::Chinese)?.better);
    let before = gap(then)?;
    let changes: Vec<f64> =
        pairs.iter().map(|(then, now)| Some(gap(now)? - gap(then)?)).collect::<Option<_>>()?;
    let change = changes[0];
    if changes.iter().any(|other| other * change <= 0.0 || other.abs() < 0.6 * change.abs()) {
        return None;
    }
    let (template, relation) = one(random, &GAP);
    let so = (change < 0.0) == (relation == Relation::Closing);
    let truth = match change.abs() {
        c if c > CLEAR_CHANGE.1 && c > CLEAR_CHANGE.0 * before.abs() => Truth::Clear(so),
        c if c > 0.0 && c < 5.0 => Truth::Near(so),
        _ => return None,
    };
    let (first, last) = days_of(then, now)?;
    let quote = filled(template, &[("X", name), ("F", &month(first)), ("T", &month(last))]);
    let side = |text: &str, who: Who| Party { text: text.to_owned(), ..who.party() };
    let claim = Claim {
        relation: Some(relation),
        benchmark: benchmark(now, name),
        as_of: period(first, last),
        ..Claim::saying(
            ClaimKind::Trend,
            quote,
            vec![side("the United States", Who::American)],
            vec![side("China", Who::Chinese)],
        )
    };
    Some(Statement { claim, date, truth, what: "trend/gap" })
}

fn share(
    world: &World,
    random: &mut fastrand::Rng,
    pairs: &[(Table, Table)],
    name: &str,
    date: Date,
) -> Option<Statement> {
    let (then, now) = pairs.first()?;
    let who = one(random, &[Who::Chinese, Who::American]);
    let held = |table: &Table| -> Option<f64> {
        let field = table.field();
        let own: usize =
            field.get(..20)?.iter().map(|line| usize::from(world.is_of(&line.row, who) == Some(true))).sum();
        Some(5.0 * own as f64)
    };
    let changes: Vec<f64> =
        pairs.iter().map(|(then, now)| Some(held(now)? - held(then)?)).collect::<Option<_>>()?;
    let change = changes[0];
    if changes.iter().any(|other| other.abs() < CLEAR_SHARE || other * change <= 0.0) {
        return None;
    }
    let (template, relation) = one(random, &SHARE);
    let so = (change > 0.0) == (relation == Relation::Rising);
    let (first, last) = days_of(then, now)?;
    let quote =
        filled(template, &[("X", name), ("G", who.adjective()), ("F", &month(first)), ("T", &month(last))]);
    let claim = Claim {
        relation: Some(relation),
        benchmark: benchmark(now, name),
        population: Some(format!("the top 20 of {name}")),
        as_of: period(first, last),
        ..Claim::saying(ClaimKind::Trend, quote, vec![who.party()], Vec::new())
    };
    Some(Statement { claim, date, truth: Truth::Clear(so), what: "trend/share" })
}
