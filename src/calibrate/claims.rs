//! Statements about a simulated world: its truth in; claims of every type, each with whether it is so, out.
//!
//! What a statement says is drawn from around the truth, further to either side than the boards can see, and never from
//! what the boards show: otherwise the drawing would know what the judge has to find out.

use super::world::{COPIES, Model, TODAY, World};
use crate::claim::{Claim, ClaimKind, NamedBenchmark, Party, Relation};
use crate::names::{Entity, Group};
use crate::reported::{Comparator, DAYS_A_MONTH, Reported, Unit};
use jiff::civil::Date;

/// Statements of most types about each world: many about one would share its noise.
const EACH: usize = 2;

/// How far from the truth a number is printed, in standard errors.
const REACH: f64 = 4.0;

/// How far from the true lag a number of months is printed.
const REACH_MONTHS: f64 = 9.0;

/// Neighbours in true order among which a model is compared.
const NEIGHBOURS: usize = 5;

/// A claim and whether it is so.
pub(super) struct Statement {
    pub(super) claim: Claim,
    pub(super) so: bool,
}

/// Statements of every type about a world.
pub(super) fn of_world(world: &World) -> Vec<Statement> {
    let mut random = world.random.clone();
    let mut statements = Vec::new();
    for _ in 0..EACH {
        let each: [fn(&World, &mut fastrand::Rng) -> Option<Statement>; 5] =
            [comparison, rank, points, lag, share];
        statements.extend(each.iter().filter_map(|draw| draw(world, &mut random)));
    }
    // Of these there is one thing to say of a world.
    statements.extend(trend(world, &mut random));
    statements.extend(count(world));
    statements
}

fn model(model: &Model) -> Party {
    Party { text: model.id.clone(), entity: Some(Entity::Model(model.id.clone())) }
}

fn maker(id: String) -> Party {
    Party { text: id.clone(), entity: Some(Entity::Organisation(id)) }
}

fn named(id: String) -> Option<NamedBenchmark> {
    Some(NamedBenchmark { text: id.clone(), id: Some(id) })
}

fn number(value: f64, unit: Unit, comparator: Comparator) -> Option<Reported> {
    Some(Reported { comparator: Some(comparator), ..Reported::exact(value, unit, 1e-6) })
}

/// A value within reach of the true one.
fn around(random: &mut fastrand::Rng, truth: f64, error: f64) -> f64 {
    truth + error * REACH * (2.0 * random.f64() - 1.0)
}

/// "A beats B on the arena" is drawn of a board of ratings or of an exam.
fn board(world: &World, random: &mut fastrand::Rng) -> (String, fn(&Model) -> f64) {
    if random.bool() { (world.arena(), |model| model.rating) } else { (world.exam(), |model| model.percent) }
}

/// Models by their true score, best first.
fn ordered(world: &World, score: fn(&Model) -> f64) -> Vec<&Model> {
    let mut models: Vec<&Model> = world.models.iter().collect();
    models.sort_by(|a, b| score(b).total_cmp(&score(a)));
    models
}

/// "A beats B on the board", of two that stand near each other.
fn comparison(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let (board, score) = board(world, random);
    let models = ordered(world, score);
    let at = random.usize(..models.len());
    let other = (at + 1 + random.usize(..NEIGHBOURS)).checked_rem(models.len())?;
    let (a, b) = if random.bool() { (models[at], models[other]) } else { (models[other], models[at]) };
    let claim = Claim {
        relation: Some(Relation::Better),
        benchmark: named(board),
        ..Claim::saying(ClaimKind::Comparison, "A beats B", vec![model(a)], vec![model(b)])
    };
    Some(Statement { claim, so: score(a) > score(b) })
}

/// "A is among the top ten of the board", of one that stands near the tenth place.
fn rank(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let (board, score) = board(world, random);
    let models = ordered(world, score);
    let places = [1, 3, 5, 10][random.usize(..4)];
    let at = (places + random.usize(..2 * NEIGHBOURS)).checked_sub(NEIGHBOURS)?;
    let chosen = models.get(at)?;
    let claim = Claim {
        benchmark: named(board),
        reported: number(places as f64, Unit::Rank, Comparator::Le),
        ..Claim::saying(ClaimKind::Rank, "A is among the best models", vec![model(chosen)], Vec::new())
    };
    Some(Statement { claim, so: at < places })
}

/// The best of a side by true rating, on a day.
fn best(world: &World, side: usize, day: Date) -> Option<&Model> {
    world.of_side(side, day).into_iter().max_by(|a, b| a.rating.total_cmp(&b.rating))
}

/// "The second side trails the first by at least 30 points."
fn points(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let (leader, laggard) = (best(world, 0, TODAY)?, best(world, 1, TODAY)?);
    let gap = leader.rating - laggard.rating;
    let value = around(random, gap, leader.error.hypot(laggard.error));
    let claim = Claim {
        relation: Some(Relation::Worse),
        benchmark: named(world.arena()),
        reported: number(value, Unit::Elo, Comparator::Ge),
        ..Claim::saying(ClaimKind::Gap, "B trails A", vec![maker(world.side(1))], vec![maker(world.side(0))])
    };
    (value > 0.0).then_some(Statement { claim, so: gap >= value })
}

/// "The second side is at least seven months behind the first."
fn lag(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let best = best(world, 1, TODAY)?;
    let reached = world.of_side(0, TODAY).into_iter().find(|model| model.rating >= best.rating)?;
    let months = f64::from(TODAY.since(reached.released).ok()?.get_days()) / DAYS_A_MONTH;
    let value = months + REACH_MONTHS * (2.0 * random.f64() - 1.0);
    let claim = Claim {
        relation: Some(Relation::Worse),
        benchmark: named(world.arena()),
        reported: number(value, Unit::Months, Comparator::Ge),
        ..Claim::saying(
            ClaimKind::Gap,
            "B is months behind A",
            vec![maker(world.side(1))],
            vec![maker(world.side(0))],
        )
    };
    (value > 0.0).then_some(Statement { claim, so: months >= value })
}

/// "The gap between the two narrowed from one copy of the board to the next", said one way or the other.
fn trend(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let gap = |day: Date| Some(best(world, 0, day)?.rating - best(world, 1, day)?.rating);
    let (before, after) = (gap(COPIES[0])?, gap(COPIES[1])?);
    let relation = if random.bool() { Relation::Closing } else { Relation::Widening };
    let quote = "the second side is moving against the first";
    let claim = Claim {
        relation: Some(relation),
        benchmark: named(world.arena()),
        as_of: Some(format!("{}/{}", COPIES[0], COPIES[1])),
        ..Claim::saying(ClaimKind::Trend, quote, vec![maker(world.side(1))], vec![maker(world.side(0))])
    };
    (before != after).then_some(Statement { claim, so: (after < before) == (relation == Relation::Closing) })
}

/// "More than 40 % of the models released that month are open."
fn share(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    // The tables sample about a hundred: nearer than this nothing can be seen, whatever the share.
    const ERROR: f64 = 5.0;
    let value = around(random, 100.0 * world.share, ERROR);
    let open = Group { open_weights: Some(true), ..Group::default() };
    let party = Party { text: "open models".to_owned(), entity: Some(Entity::Group(open)) };
    let month = world.month.strftime("%Y-%m").to_string();
    let claim = Claim {
        reported: number(value, Unit::Percent, Comparator::Gt),
        population: Some("models released then".to_owned()),
        as_of: Some(month),
        ..Claim::saying(ClaimKind::Share, "that share of models", vec![party], Vec::new())
    };
    (0.0 < value && value < 100.0).then_some(Statement { claim, so: 100.0 * world.share > value })
}

/// "The maker releases more models than before."
fn count(world: &World) -> Option<Statement> {
    let claim = Claim::saying(ClaimKind::Count, "a wave of models", vec![maker(world.maker())], Vec::new());
    Some(Statement { claim, so: world.rates.1 > world.rates.0 })
}
