//! Statements on change between two dates: the gap between two countries on the Arena, a country's share of its top.

use crate::world::{Line, Statement, Table, Truth, Who, World, benchmark, claim, filled, one};
use benchclaim::Claim;
use benchclaim::claim::{ClaimKind, Party, Relation};
use jiff::civil::Date;

const GAP: [(&str, Relation); 5] = [
    ("The gap between the best American and the best Chinese model on {X} narrowed between {F} and {T}", Relation::Closing),
    ("Between {F} and {T}, the gap between the United States and China on {X} closed", Relation::Closing),
    ("The gap between China and the United States on {X} shrank between {F} and {T}", Relation::Closing),
    ("The gap between the best American and the best Chinese model on {X} widened between {F} and {T}", Relation::Widening),
    ("Between {F} and {T}, the gap between the United States and China on {X} grew", Relation::Widening),
];

const SHARE: [(&str, Relation); 4] = [
    ("The share of {G} models in the top 20 of {X} rose between {F} and {T}", Relation::Rising),
    ("The share of {G} models in the top 20 of {X} increased between {F} and {T}", Relation::Rising),
    ("The share of {G} models in the top 20 of {X} fell between {F} and {T}", Relation::Falling),
    ("Between {F} and {T}, the share of {G} models in the top 20 of {X} declined", Relation::Falling),
];

const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
];

/// Share of the gap that must go, and points, for a change to be clear.
const CLEAR_CHANGE: (f64, f64) = (0.3, 15.0);

/// Percentage points of the top places that must change hands.
const CLEAR_SHARE: f64 = 10.0;

pub(crate) fn draw(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let arena = |day: Date| table_at(world, "chatbot-arena", day);
    let table = world.table(random, |table| table.head.benchmark == "chatbot-arena");
    // The scale of the board breaks after August 2025: two dates across it cannot be set against each other.
    let days = world.catalog.snapshot_days(&table.head).expect("days");
    let (first, last) = (one(random, &days), one(random, &days));
    if last.since(first).ok()?.get_days() < 120 {
        return None;
    }
    let (then, now) = (arena(first.last_of_month())?, arena(last.last_of_month())?);
    let name = world.board_name(&now);
    let date = last.last_of_month();
    if random.bool() { gap(world, random, (&then, &now), &name, date) } else { share(world, random, (&then, &now), &name, date) }
}

/// The fullest copy of the board that stood on the day, of the newest snapshots.
fn table_at(world: &World, benchmark: &str, day: Date) -> Option<Table> {
    let mut copies = world.standing(benchmark, day);
    copies.retain(|copy| copy.head.coverage == benchclaim::dataset::Coverage::Full);
    copies.into_iter().max_by_key(|copy| copy.lines.first().map(|line| line.row.snapshot))
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
    (then, now): (&Table, &Table),
    name: &str,
    date: Date,
) -> Option<Statement> {
    let best = |table: &Table, who| -> Option<Line> {
        table.lines.iter().find(|line| world.is_of(&line.row, who) == Some(true)).cloned()
    };
    let gap = |table: &Table| Some(best(table, Who::American)?.better - best(table, Who::Chinese)?.better);
    let (before, after) = (gap(then)?, gap(now)?);
    let change = after - before;
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
        ..claim(
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
    (then, now): (&Table, &Table),
    name: &str,
    date: Date,
) -> Option<Statement> {
    let who = one(random, &[Who::Chinese, Who::American]);
    let held = |table: &Table| -> Option<f64> {
        let field = table.field();
        let own: usize =
            field.get(..20)?.iter().map(|line| usize::from(world.is_of(&line.row, who) == Some(true))).sum();
        Some(5.0 * own as f64)
    };
    let change = held(now)? - held(then)?;
    if change.abs() < CLEAR_SHARE {
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
        ..claim(ClaimKind::Trend, quote, vec![who.party()], Vec::new())
    };
    Some(Statement { claim, date, truth: Truth::Clear(so), what: "trend/share" })
}
