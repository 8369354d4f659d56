//! Statements on numbers of models: in the top places, on a board by a maker, on a board and released in a year.

use crate::share::makers;
use crate::world::{Statement, Table, Truth, Who, World, benchmark, filled, one};
use benchclaim::Claim;
use benchclaim::claim::{ClaimKind, Party};
use benchclaim::names::Entity;
use benchclaim::reported::{Comparator, Reported, Unit};

const OF_TOP: [&str; 3] = [
    "{N} of the top {K} models on {X} are {G}",
    "{N} of the top {K} on {X} are {G} models",
    "{N} {G} models are in the top {K} on {X}",
];

const MORE_OF_TOP: [&str; 2] = [
    "More than {N} of the top {K} models on {X} are {G}",
    "At least {M} of the top {K} models on {X} are {G}",
];

const LISTED: [&str; 3] =
    ["{N} {O} models are on {X}", "{X} lists {N} models by {O}", "{N} models by {O} are listed on {X}"];

const MORE_LISTED: [&str; 3] = [
    "More than {N} models by {O} are on {X}",
    "{X} lists more than {N} models by {O}",
    "There are more than {N} {O} models on {X}",
];

const OF_A_YEAR: [&str; 2] = [
    "More than {N} {O} models released in {Y} are on {X}",
    "More than {N} of the {O} models on {X} were released in {Y}",
];

const ABOVE: [&str; 4] = [
    "{N} models score above {V} on {X}",
    "{N} models on {X} have a score of {V} or more",
    "There are {N} models above {V} on {X}",
    "Only {N} models have passed {V} on {X}",
];

const NUMERALS: [&str; 11] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

pub(crate) fn draw(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    match random.u8(..10) {
        0..=3 => of_top(world, random),
        4..=5 => listed(world, random),
        6..=7 => above(world, random),
        _ => of_a_year(world, random),
    }
}

fn count(value: f64, comparator: Option<Comparator>) -> Option<Reported> {
    Some(Reported { comparator, ..Reported::exact(value, Unit::Count, 1.0) })
}

fn statement(table: &Table, name: &str, claim: Claim, truth: Truth, what: &'static str) -> Statement {
    Statement { claim: Claim { benchmark: benchmark(table, name), ..claim }, date: table.day, truth, what }
}

fn of_top(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let table = world.table(random, |table| table.lines.len() >= 20);
    let (k, who) = (one(random, &[5, 10, 20]), one(random, &Who::ALL));
    let field = table.field();
    let top = field.get(..k)?;
    if field.get(k).is_some_and(|next| next.better == top[k - 1].better) {
        return None;
    }
    let held: usize = top.iter().map(|l| world.is_of(&l.row, who).map(usize::from)).sum::<Option<usize>>()?;
    let name = world.board_name(table);
    let far = k / 2;
    let holds = random.bool();
    let (template, said, comparator) = if random.bool() {
        let said = match holds {
            true => held.checked_sub(2)?,
            false => held + 2,
        };
        (one(random, &MORE_OF_TOP), said, Some(Comparator::Gt))
    } else {
        let said = if holds {
            held
        } else if held >= far {
            held - far
        } else {
            held + far
        };
        (one(random, &OF_TOP), said, None)
    };
    if said == 0 || said >= k {
        return None;
    }
    let word = |n: usize| {
        let word = NUMERALS.get(n).filter(|_| k % 20 != 0).map(|word| (*word).to_owned());
        word.unwrap_or_else(|| n.to_string())
    };
    let mut quote = filled(
        template,
        &[
            ("N", &word(said)),
            ("M", &word(said + 1)),
            ("K", &k.to_string()),
            ("X", &name),
            ("G", who.adjective()),
        ],
    );
    quote.replace_range(..1, &quote[..1].to_uppercase());
    let claim = Claim {
        reported: count(said as f64, comparator),
        population: Some(format!("the top {k} models on {name}")),
        ..Claim::saying(ClaimKind::Count, quote, vec![who.party()], Vec::new())
    };
    Some(statement(table, &name, claim, Truth::Clear(holds), "count/of the top"))
}

/// A mark between two neighbours of the field that no row comes near, with as many above it as are told, or far fewer.
fn above(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let table =
        world.table(random, |table| table.lines.len() >= 20 && table.is_full() && table.higher_is_better());
    let field = table.field();
    let held = random.usize(2..10);
    let (over, under) = (field.get(held - 1)?.row.score, field.get(held)?.row.score);
    let mark = f64::midpoint(over, under).round();
    // Settings of one model must not make two counts of it.
    let entries = table.lines.iter().filter(|line| line.row.score > mark).count();
    if !(under < mark && mark < over) || entries != held {
        return None;
    }
    let holds = random.bool();
    let said = if holds { held } else { 3 * held + 3 };
    let name = world.board_name(table);
    let unit = if table.is_percent() { "%" } else { "" };
    let template = one(random, &ABOVE);
    let (n, v) = (said.to_string(), format!("{mark}{unit}"));
    let quote = filled(template, &[("N", &n), ("V", &v), ("X", &name)]);
    let claim = Claim {
        reported: count(said as f64, None),
        ..Claim::saying(ClaimKind::Count, quote, Vec::new(), Vec::new())
    };
    Some(statement(table, &name, claim, Truth::Clear(holds), "count/above a mark"))
}

fn listed(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let table = world.table(random, |table| table.lines.len() >= 20 && table.is_full());
    let makers = makers(world, &table.field());
    if makers.is_empty() {
        return None;
    }
    let (id, maker, n) = one(random, &makers);
    let holds = random.bool();
    let (template, said, comparator) = if random.bool() {
        let said = if holds { n - 1 } else { n + 2 };
        (one(random, &MORE_LISTED), said, Some(Comparator::Gt))
    } else {
        (one(random, &LISTED), if holds { n } else { 3 * n + 2 }, None)
    };
    let name = world.board_name(table);
    let quote = filled(template, &[("N", &said.to_string()), ("X", &name), ("O", maker)]);
    let party = Party { text: maker.to_owned(), entity: Some(Entity::Organisation(id.to_owned())) };
    let claim = Claim {
        reported: count(said as f64, comparator),
        population: Some(format!("models by {maker}")),
        ..Claim::saying(ClaimKind::Count, quote, vec![party], Vec::new())
    };
    Some(statement(table, &name, claim, Truth::Clear(holds), "count/listed"))
}

fn of_a_year(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let table =
        world.table(random, |table| table.lines.len() >= 40 && table.is_full() && table.day.year() >= 2024);
    let field = table.field();
    let makers = makers(world, &field);
    if makers.is_empty() {
        return None;
    }
    let (id, maker, _) = one(random, &makers);
    let year = table.day.year() - i16::from(random.bool());
    let mut n = 0usize;
    for line in field.iter().filter(|line| line.row.organisation.as_deref() == Some(id)) {
        n += usize::from(world.catalog.names().facts(&line.row.model).released?.year() == year);
    }
    let holds = random.bool();
    let said = if holds { n.checked_sub(2)? } else { n + 3 };
    if said == 0 {
        return None;
    }
    let name = world.board_name(table);
    let template = one(random, &OF_A_YEAR);
    let quote =
        filled(template, &[("N", &said.to_string()), ("X", &name), ("O", maker), ("Y", &year.to_string())]);
    let party = Party { text: maker.to_owned(), entity: Some(Entity::Organisation(id.to_owned())) };
    let claim = Claim {
        reported: count(said as f64, Some(Comparator::Gt)),
        population: Some(format!("{maker} models")),
        as_of: Some(year.to_string()),
        ..Claim::saying(ClaimKind::Count, quote, vec![party], Vec::new())
    };
    Some(statement(table, &name, claim, Truth::Clear(holds), "count/of a year"))
}
