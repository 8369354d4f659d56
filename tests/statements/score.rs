//! Statements on scores: the row's own figure at some precision, one that is a little off, one that is far off.

use crate::world::{Statement, Truth, World, benchmark, filled, one, party, printed};
use benchclaim::Claim;
use benchclaim::claim::ClaimKind;
use benchclaim::names::Entity;
use benchclaim::reported::{Comparator, Reported, Unit};

const PLAIN: [&str; 6] = [
    "{A} scores {N} on {X}",
    "{A} achieves {N} on {X}",
    "{A} has a score of {N} on {X}",
    "{A} reached {N} on {X}",
    "On {X}, {A} scores {N}",
    "{A} got {N} on {X}",
];

const BOUNDS: [(&str, Comparator); 4] = [
    ("{A} scores more than {N} on {X}", Comparator::Gt),
    ("{A} scores at least {N} on {X}", Comparator::Ge),
    ("{A} scores less than {N} on {X}", Comparator::Lt),
    ("{A} scores below {N} on {X}", Comparator::Lt),
];

/// A figure is far off when it is off by so many percentage points, or points of a rating.
const FAR: (f64, f64) = (12.0, 80.0);

pub(crate) fn draw(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let table = world.table(random, |table| matches!(table.head.unit, Unit::Percent | Unit::Elo));
    let line = world.line(random, table)?;
    let score = line.row.score;
    // On a board of few items a score far off may still be the true one.
    let far = (if table.is_percent() { FAR.0 } else { FAR.1 }).max(4.5 * line.sd + table.head.tolerance);
    let name = world.board_name(table);
    let way = random.u8(..10);
    let decimals = if table.is_percent() { random.usize(..2) } else { 0 };
    let sign = if random.bool() { 1.0 } else { -1.0 };
    let (value, comparator, truth, what) = match way {
        0..=3 => (score, None, Truth::Clear(true), "score/as printed"),
        4..=6 => (score + sign * (far + far * random.f64()), None, Truth::Clear(false), "score/far off"),
        7 => (score + sign * table.head.tolerance * 1.2, None, Truth::Near(false), "score/little off"),
        _ => {
            let (_, comparator) = one(random, &BOUNDS);
            let holds = random.bool();
            let above = matches!(comparator, Comparator::Lt) == holds;
            let value = if above { score + far } else { score - far };
            (value, Some(comparator), Truth::Clear(holds), "score/bound")
        }
    };
    if !(if table.is_percent() { 0.5..=99.5 } else { 1.0..=3000.0 }).contains(&value) {
        return None;
    }
    let (mut text, value, step) = printed(value, decimals);
    let reported = Reported { comparator, ..Reported::exact(value, table.head.unit, step) };
    // A false figure must not be another setting's, another version's or another copy's true one.
    let entity = Entity::Model(line.row.model.clone());
    let held =
        world.catalog.heads().iter().filter(|head| head.benchmark == table.head.benchmark).any(|head| {
            let days = world.catalog.snapshot_days(head).expect("days");
            days.iter().any(|day| {
                let Some(board) = world.catalog.current(head, *day).expect("a board") else { return false };
                let rows: Vec<_> =
                    board.rows.iter().filter(|row| row.model.starts_with(&line.row.model)).collect();
                let ids: Vec<&str> = rows.iter().map(|row| row.model.as_str()).collect();
                let ours = world.catalog.names().members(&entity, &ids);
                rows.iter()
                    .filter(|row| ours.contains(&row.model.as_str()))
                    .any(|row| reported.interval().widened(far / 3.0).contains(row.score))
            })
        });
    if held && truth == Truth::Clear(false) {
        return None;
    }
    if table.is_percent() && random.bool() {
        text.push('%');
    }
    let template = match comparator {
        None => one(random, &PLAIN),
        Some(asked) => BOUNDS.iter().find(|(_, comparator)| *comparator == asked)?.0,
    };
    let quote = filled(template, &[("A", &line.row.name), ("N", &text), ("X", &name)]);
    Some(Statement {
        claim: benchclaim::Claim {
            benchmark: benchmark(table, &name),
            reported: Some(reported),
            ..Claim::saying(ClaimKind::Score, quote, vec![party(line)], Vec::new())
        },
        date: table.day,
        truth,
        what,
    })
}
