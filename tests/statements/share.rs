//! Statements on proportions: of the top places of a board, and of all its rows.

use crate::world::{Line, Statement, Table, Truth, Who, World, benchmark, filled, one, printed};
use benchclaim::Claim;
use benchclaim::claim::{ClaimKind, Party};
use benchclaim::names::Entity;
use benchclaim::reported::{Comparator, Reported, Unit};
use std::collections::BTreeMap;

const OF_TOP: [&str; 3] = [
    "{N}% of the top {K} models on {X} are {G}",
    "{G} models hold {N}% of the top {K} places on {X}",
    "{N} percent of the top {K} on {X} are {G} models",
];

const MOST_OF_TOP: [&str; 3] = [
    "Most of the top {K} models on {X} are {G}",
    "More than half of the top {K} models on {X} are {G}",
    "{G} models hold most of the top {K} places on {X}",
];

const OF_ROWS: [&str; 3] = [
    "{N}% of the models on {X} are {G}",
    "{G} models make up {N}% of the models on {X}",
    "{N} percent of all models on {X} are {G} models",
];

const BY_MAKER: [&str; 2] =
    ["{N}% of the models on {X} are by {O}", "{O} models make up {N}% of the models on {X}"];

const LICENSED: [&str; 2] = [
    "{N}% of the models on {X} are under the {L} license",
    "{N}% of the models on {X} are licensed under {L}",
];

/// Percentage points that make a share clearly another one.
const FAR: f64 = 25.0;

pub(crate) fn draw(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    match random.u8(..10) {
        0..=3 => of_top(world, random),
        4..=6 => of_rows(world, random),
        7 | 8 => by_maker(world, random),
        _ => licensed(world, random),
    }
}

/// How many have it, provided that it is known of every row.
fn held(world: &World, field: &[&Line], who: Who) -> Option<usize> {
    field.iter().map(|line| world.is_of(&line.row, who).map(usize::from)).sum()
}

/// A share near the true one, or far from it, with what that makes of the statement.
fn said(random: &mut fastrand::Rng, share: f64) -> Option<(f64, Truth)> {
    let (value, truth) = match random.u8(..3) {
        0 if share < 50.0 => (share + FAR + (70.0 - share) * random.f64(), Truth::Clear(false)),
        0 => (share - FAR - (share - FAR - 1.0) * random.f64(), Truth::Clear(false)),
        _ => (share, Truth::Clear(true)),
    };
    (1.0..=99.0).contains(&value).then_some((value, truth))
}

fn percent(value: f64, comparator: Option<Comparator>) -> Option<Reported> {
    Some(Reported { comparator, ..Reported::exact(value, Unit::Percent, 1.0) })
}

fn statement(table: &Table, name: &str, claim: Claim, truth: Truth, what: &'static str) -> Statement {
    Statement { claim: Claim { benchmark: benchmark(table, name), ..claim }, date: table.day, truth, what }
}

fn of_top(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let table = world.table(random, |table| table.lines.len() >= 20);
    let (k, who) = (one(random, &[10, 20]), one(random, &Who::ALL));
    let field = table.field();
    let top = field.get(..k)?;
    // Rows that share the last place leave the top open.
    if field.get(k).is_some_and(|next| next.better == top[k - 1].better) {
        return None;
    }
    let share = 100.0 * held(world, top, who)? as f64 / k as f64;
    let (template, value, comparator, truth) = if random.bool() {
        if (share - 50.0).abs() < 25.0 {
            return None;
        }
        (one(random, &MOST_OF_TOP), 50.0, Some(Comparator::Gt), Truth::Clear(share > 50.0))
    } else {
        let (value, truth) = said(random, share)?;
        (one(random, &OF_TOP), value, None, truth)
    };
    let (text, value, _) = printed(value, 0);
    let name = world.board_name(table);
    let (digits, words) = (k.to_string(), who.adjective());
    let quote = filled(template, &[("N", &text), ("K", &digits), ("X", &name), ("G", words)]);
    let claim = Claim {
        reported: percent(value, comparator),
        population: Some(format!("the top {k} models on {name}")),
        ..Claim::saying(ClaimKind::Share, capital(&quote), vec![who.party()], Vec::new())
    };
    Some(statement(table, &name, claim, truth, "share/of the top"))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

fn of_rows(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let table = world.table(random, |table| table.lines.len() >= 20 && table.is_full());
    let who = one(random, &Who::ALL);
    let field = table.field();
    let share = 100.0 * held(world, &field, who)? as f64 / field.len() as f64;
    let (value, truth) = said(random, share)?;
    let (text, value, _) = printed(value, 0);
    let name = world.board_name(table);
    let quote = filled(one(random, &OF_ROWS), &[("N", &text), ("X", &name), ("G", who.adjective())]);
    let claim = Claim {
        reported: percent(value, None),
        population: Some(format!("the models on {name}")),
        ..Claim::saying(ClaimKind::Share, capital(&quote), vec![who.party()], Vec::new())
    };
    Some(statement(table, &name, claim, truth, "share/of all rows"))
}

/// The makers of a field with their rows, those of several rows only.
pub(crate) fn makers<'w>(world: &'w World, field: &[&Line]) -> Vec<(&'w str, &'w str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for line in field {
        if let Some(id) = line.row.organisation.as_deref() {
            *counts.entry(id).or_default() += 1;
        }
    }
    let known = counts.into_iter().filter(|(_, n)| *n >= 3);
    known
        .filter_map(|(id, n)| {
            let organisation = world.catalog.names().organisation(id)?;
            Some((organisation.id.as_str(), organisation.name.as_str(), n))
        })
        .collect()
}

fn by_maker(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let table = world.table(random, |table| table.lines.len() >= 20 && table.is_full());
    let field = table.field();
    let makers = makers(world, &field);
    if makers.is_empty() {
        return None;
    }
    let (id, maker, n) = one(random, &makers);
    let (value, truth) = said(random, 100.0 * n as f64 / field.len() as f64)?;
    let (text, value, _) = printed(value, 0);
    let name = world.board_name(table);
    let quote = filled(one(random, &BY_MAKER), &[("N", &text), ("X", &name), ("O", maker)]);
    let party = Party { text: maker.to_owned(), entity: Some(Entity::Organisation(id.to_owned())) };
    let claim = Claim {
        reported: percent(value, None),
        population: Some(format!("the models on {name}")),
        ..Claim::saying(ClaimKind::Share, quote, vec![party], Vec::new())
    };
    Some(statement(table, &name, claim, truth, "share/by maker"))
}

fn licensed(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let table = world.table(random, |table| table.lines.len() >= 20 && table.is_full());
    let (licence, word) = one(random, &[("Apache 2.0", "apache"), ("MIT", "mit")]);
    let field = table.field();
    let mut n = 0usize;
    for line in &field {
        n += usize::from(
            world.catalog.names().facts(&line.row.model).licence.as_ref()?.to_lowercase().contains(word),
        );
    }
    let (value, truth) = said(random, 100.0 * n as f64 / field.len() as f64)?;
    let (text, value, _) = printed(value, 0);
    let name = world.board_name(table);
    let quote = filled(one(random, &LICENSED), &[("N", &text), ("X", &name), ("L", licence)]);
    let party = Party { text: format!("{licence} license"), entity: None };
    let claim = Claim {
        reported: percent(value, None),
        population: Some(format!("the models on {name}")),
        ..Claim::saying(ClaimKind::Share, quote, vec![party], Vec::new())
    };
    Some(statement(table, &name, claim, truth, "share/licence"))
}
