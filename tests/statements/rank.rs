//! Statements on places: first, in the top ten, third, not in the top five, first among open or Chinese models.

use crate::world::{Line, Statement, Table, Truth, Who, World, benchmark, filled, one, party};
use benchclaim::Claim;
use benchclaim::claim::ClaimKind;
use benchclaim::reported::{Comparator, Reported, Unit};

const FIRST: [&str; 6] = [
    "{A} tops {X}",
    "{A} is first on {X}",
    "{A} leads {X}",
    "{A} ranks first on {X}",
    "{A} is at the top of {X}",
    "{A} is the best model on {X}",
];

/// Phrasing and whether it is denied.
const TOP: [(&str, bool); 5] = [
    ("{A} is in the top {K} on {X}", false),
    ("{A} is among the top {K} on {X}", false),
    ("{A} ranks in the top {K} on {X}", false),
    ("{A} is not in the top {K} on {X}", true),
    ("{A} is not among the top {K} on {X}", true),
];

const PLACE: [&str; 3] = ["{A} is ranked {K} on {X}", "{A} is in {K} place on {X}", "{A} ranks {K} on {X}"];

const AMONG: [&str; 3] = [
    "{A} is first among {G} models on {X}",
    "{A} is the best {G} model on {X}",
    "{A} is the highest-ranked {G} model on {X}",
];

const NUMERALS: [(usize, &str); 4] = [(3, "three"), (5, "five"), (10, "ten"), (20, "twenty")];

const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
];

/// Deviations between two rows that make their order clear; a long field needs more, for each row may be the one.
const CLEAR: f64 = 4.0;

pub(crate) fn draw(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let table = world.table(random, |_| true);
    let field = table.field();
    let reach = field.len().min(if random.bool() { 12 } else { 60 });
    // First places are few: draw them more often than their share.
    let at = if random.u8(..3) == 0 { 0 } else { random.usize(..reach) };
    let line = field[at];
    if !world.is_plain(line) {
        return None;
    }
    match random.u8(..10) {
        0..=2 => first(world, random, table, &field, at),
        3..=5 => top(world, random, table, &field, at),
        6 | 7 => place(world, random, table, &field, at),
        _ => among(world, random, table, &field, at),
    }
}

/// Whether row `a` is above row `b`: clearly, or by the print.
fn is_above(a: &Line, b: &Line) -> Truth {
    let (difference, sd) = (a.better - b.better, a.sd.hypot(b.sd));
    if difference.abs() > CLEAR * sd { Truth::Clear(difference > 0.0) } else { Truth::Near(difference > 0.0) }
}

/// Whether the row at `at` of the field stands in its first `k` places.
fn within(field: &[&Line], at: usize, k: usize) -> Option<Truth> {
    let line = field[at];
    let rank = 1 + field.iter().filter(|other| other.better > line.better).count();
    if rank <= k {
        // Safe when the first row below the line is clearly below this one, and no other row may rise past it.
        let below = field.get(k).map_or(Truth::Clear(true), |edge| is_above(line, edge));
        let crowd = field[k..].iter().all(|other| is_above(line, other) == Truth::Clear(true));
        Some(if below == Truth::Clear(true) && crowd { below } else { Truth::Near(true) })
    } else {
        // Out when the last row inside and all above it are clearly above this one.
        let out = field[..k].iter().all(|other| is_above(other, line) == Truth::Clear(true));
        Some(if out { Truth::Clear(false) } else { Truth::Near(false) })
    }
}

fn denied(truth: Truth, negated: bool) -> Truth {
    match truth {
        Truth::Clear(so) => Truth::Clear(so != negated),
        Truth::Near(so) => Truth::Near(so != negated),
    }
}

fn statement(table: &Table, name: &str, claim: Claim, truth: Truth, what: &'static str) -> Statement {
    Statement { claim: Claim { benchmark: benchmark(table, name), ..claim }, date: table.day, truth, what }
}

fn first(
    world: &World,
    random: &mut fastrand::Rng,
    table: &Table,
    field: &[&Line],
    at: usize,
) -> Option<Statement> {
    let name = world.board_name(table);
    let quote = filled(one(random, &FIRST), &[("A", &field[at].row.name), ("X", &name)]);
    let claim = Claim::saying(ClaimKind::Rank, quote, vec![party(field[at])], Vec::new());
    Some(statement(table, &name, claim, within(field, at, 1)?, "rank/first"))
}

fn top(
    world: &World,
    random: &mut fastrand::Rng,
    table: &Table,
    field: &[&Line],
    at: usize,
) -> Option<Statement> {
    let (k, word) = one(random, &NUMERALS);
    if field.len() < 2 * k {
        return None;
    }
    let (template, negated) = one(random, &TOP);
    let name = world.board_name(table);
    let digits = k.to_string();
    let k_text = if random.bool() { word } else { digits.as_str() };
    let quote = filled(template, &[("A", &field[at].row.name), ("X", &name), ("K", k_text)]);
    let claim = Claim {
        negated,
        reported: Some(Reported {
            comparator: Some(Comparator::Le),
            ..Reported::exact(k as f64, Unit::Rank, 1.0)
        }),
        ..Claim::saying(ClaimKind::Rank, quote, vec![party(field[at])], Vec::new())
    };
    Some(statement(table, &name, claim, denied(within(field, at, k)?, negated), "rank/top"))
}

fn place(
    world: &World,
    random: &mut fastrand::Rng,
    table: &Table,
    field: &[&Line],
    at: usize,
) -> Option<Statement> {
    let rank = 1 + field.iter().filter(|other| other.better > field[at].better).count();
    let (said, truth) = match random.u8(..3) {
        0 => (2 + random.usize(..11), Truth::Clear(false)),
        _ => (rank, Truth::Clear(true)),
    };
    // A place that is nearly the right one is neither clearly true nor clearly false.
    if !(2..=ORDINALS.len()).contains(&said) || (said != rank && said.abs_diff(rank) < 6) {
        return None;
    }
    let name = world.board_name(table);
    let quote =
        filled(one(random, &PLACE), &[("A", &field[at].row.name), ("X", &name), ("K", ORDINALS[said - 1])]);
    let claim = Claim {
        reported: Some(Reported::exact(said as f64, Unit::Rank, 1.0)),
        ..Claim::saying(ClaimKind::Rank, quote, vec![party(field[at])], Vec::new())
    };
    Some(statement(table, &name, claim, truth, "rank/place"))
}

fn among(
    world: &World,
    random: &mut fastrand::Rng,
    table: &Table,
    field: &[&Line],
    at: usize,
) -> Option<Statement> {
    let who = one(random, &Who::ALL);
    let mut inside: Vec<&Line> = Vec::new();
    for line in field {
        match world.is_of(&line.row, who) {
            Some(true) => inside.push(line),
            Some(false) => {}
            // A row of unknown make in reach of the subject leaves its place open.
            None if line.better > field[at].better - CLEAR * line.sd.hypot(field[at].sd) => return None,
            None => {}
        }
    }
    let own = inside.iter().position(|line| line.row.model == field[at].row.model)?;
    let name = world.board_name(table);
    let quote =
        filled(one(random, &AMONG), &[("A", &field[at].row.name), ("X", &name), ("G", who.adjective())]);
    let claim = Claim {
        population: Some(format!("{} models", who.adjective())),
        ..Claim::saying(ClaimKind::Rank, quote, vec![party(field[at])], Vec::new())
    };
    Some(statement(table, &name, claim, within(&inside, own, 1)?, "rank/among"))
}
