//! Statements that set two rows of a board against each other: better, worse, equal, by so many points, so many times.

use crate::world::{Line, Statement, Table, Truth, World, benchmark, filled, one, party, printed};
use benchclaim::Claim;
use benchclaim::claim::{ClaimKind, Relation};
use benchclaim::reported::{Reported, Unit};

/// Phrasing, relation, and whether it is denied.
const PLAIN: [(&str, Relation, bool); 9] = [
    ("{A} beats {B} on {X}", Relation::Better, false),
    ("{A} outperforms {B} on {X}", Relation::Better, false),
    ("{A} is better than {B} on {X}", Relation::Better, false),
    ("{A} does better than {B} on {X}", Relation::Better, false),
    ("{A} surpasses {B} on {X}", Relation::Better, false),
    ("{A} is worse than {B} on {X}", Relation::Worse, false),
    ("{A} does worse than {B} on {X}", Relation::Worse, false),
    ("{A} does not beat {B} on {X}", Relation::Better, true),
    ("{A} does not outperform {B} on {X}", Relation::Better, true),
];

const EQUAL: [&str; 4] = [
    "{A} matches {B} on {X}",
    "{A} is on par with {B} on {X}",
    "{A} rivals {B} on {X}",
    "{A} is comparable to {B} on {X}",
];

const BY_POINTS: [&str; 3] = [
    "{A} beats {B} by {N} points on {X}",
    "{A} outperforms {B} on {X} by {N} points",
    "{A} surpasses {B} by {N} points on {X}",
];

const TIMES: [&str; 2] =
    ["{A} scores {N} times as high as {B} on {X}", "{A}'s score on {X} is {N} times that of {B}"];

/// Two rows that single names stand for.
fn pair<'t>(world: &World, random: &mut fastrand::Rng, table: &'t Table) -> Option<(&'t Line, &'t Line)> {
    let (a, b) = (world.line(random, table)?, world.line(random, table)?);
    (a.row.model != b.row.model && table.is_single(a) && table.is_single(b)).then_some((a, b))
}

/// How the two stand: the difference, its deviation, and whether other copies of the board see it the same way.
struct Standing {
    difference: f64,
    sd: f64,
    agreed: bool,
}

fn standing(world: &World, table: &Table, a: &Line, b: &Line) -> Standing {
    let difference = a.better - b.better;
    let agreed = world.standing(&table.head.benchmark, table.day).iter().all(|copy| {
        let of =
            |line: &Line| copy.lines.iter().find(|other| other.row.model == line.row.model).map(|l| l.better);
        of(a).zip(of(b)).is_none_or(|(a, b)| (a - b) * difference > 0.0)
    });
    Standing { difference, sd: a.sd.hypot(b.sd), agreed }
}

pub(crate) fn draw(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    match random.u8(..10) {
        0..=5 => plain(world, random),
        6 => equal(world, random),
        7 | 8 => by_points(world, random),
        _ => times(world, random),
    }
}

fn plain(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let table = world.table(random, |_| true);
    let (a, b) = pair(world, random, table)?;
    let Standing { difference, sd, agreed } = standing(world, table, a, b);
    let (template, relation, negated) = one(random, &PLAIN);
    let so = ((difference > 0.0) == (relation == Relation::Better)) != negated;
    let truth = match difference.abs() {
        d if d > 3.5 * sd && d > 2.0 * table.head.tolerance && agreed => Truth::Clear(so),
        d if d > 0.0 && d < sd => Truth::Near(so),
        _ => return None,
    };
    let name = world.board_name(table);
    let quote = filled(template, &[("A", &a.row.name), ("B", &b.row.name), ("X", &name)]);
    let claim = Claim {
        relation: Some(relation),
        negated,
        benchmark: benchmark(table, &name),
        ..Claim::saying(ClaimKind::Comparison, quote, vec![party(a)], vec![party(b)])
    };
    Some(Statement { claim, date: table.day, truth, what: "comparison/plain" })
}

fn equal(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let table = world.table(random, |table| table.head.margin > 0.0);
    let (a, b) = pair(world, random, table)?;
    let Standing { difference, sd, agreed } = standing(world, table, a, b);
    let margin = table.head.margin;
    let truth = match difference {
        d if d.abs() < margin && d > 3.0 * sd - margin => Truth::Clear(true),
        d if d < -(2.0 * margin + 4.0 * sd) && agreed => Truth::Clear(false),
        _ => return None,
    };
    let name = world.board_name(table);
    let quote = filled(one(random, &EQUAL), &[("A", &a.row.name), ("B", &b.row.name), ("X", &name)]);
    let claim = Claim {
        relation: Some(Relation::Comparable),
        benchmark: benchmark(table, &name),
        ..Claim::saying(ClaimKind::Comparison, quote, vec![party(a)], vec![party(b)])
    };
    Some(Statement { claim, date: table.day, truth, what: "comparison/equal" })
}

fn by_points(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let table = world.table(random, |table| matches!(table.head.unit, Unit::Percent | Unit::Elo));
    let (a, b) = pair(world, random, table)?;
    let Standing { difference, agreed, .. } = standing(world, table, a, b);
    let large = if table.is_percent() { 4.0 } else { 25.0 };
    if difference < large || !agreed {
        return None;
    }
    let decimals = usize::from(table.is_percent());
    let (value, truth) = match random.u8(..3) {
        0 => (difference * 2.5 + large, Truth::Clear(false)),
        _ => (difference, Truth::Clear(true)),
    };
    if table.is_percent() && value > 99.0 {
        return None;
    }
    let (text, value, step) = printed(value, decimals);
    let name = world.board_name(table);
    let quote = filled(
        one(random, &BY_POINTS),
        &[("A", &a.row.name), ("B", &b.row.name), ("X", &name), ("N", &text)],
    );
    let claim = Claim {
        relation: Some(Relation::Better),
        benchmark: benchmark(table, &name),
        reported: Some(Reported::exact(value, Unit::Points, step)),
        ..Claim::saying(ClaimKind::Comparison, quote, vec![party(a)], vec![party(b)])
    };
    Some(Statement { claim, date: table.day, truth, what: "comparison/by points" })
}

fn times(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let table = world.table(random, |table| table.is_percent() && table.higher_is_better());
    let (a, b) = pair(world, random, table)?;
    let Standing { agreed, .. } = standing(world, table, a, b);
    let ratio = a.row.score / b.row.score;
    if !(1.3..6.0).contains(&ratio) || !agreed {
        return None;
    }
    let (value, truth) =
        if random.bool() { (ratio, Truth::Clear(true)) } else { (ratio * 2.0, Truth::Clear(false)) };
    let (text, value, step) = printed(value, 1);
    let name = world.board_name(table);
    let quote =
        filled(one(random, &TIMES), &[("A", &a.row.name), ("B", &b.row.name), ("X", &name), ("N", &text)]);
    let claim = Claim {
        relation: Some(Relation::Better),
        benchmark: benchmark(table, &name),
        reported: Some(Reported::exact(value, Unit::Times, step)),
        ..Claim::saying(ClaimKind::Comparison, quote, vec![party(a)], vec![party(b)])
    };
    Some(Statement { claim, date: table.day, truth, what: "comparison/times" })
}
