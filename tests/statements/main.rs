//! Statements with known truth, drawn from the shipped boards in several phrasings and judged: what is clear must come
//! out right, what is near must not be decided the wrong way. Truth is worked out here, from the rows of the tables,
//! by code that shares nothing with `src/evidence`.
//!
//! Two figures a kind: judging alone (the claim is given as a careful reader would put it), and end to end (the
//! sentence is read by the program). `STATEMENTS_LIST=FILE` writes every statement that came out wrong.

mod comparison;
mod count;
mod gap;
mod model;
mod rank;
mod score;
mod share;
mod trend;
mod world;

use benchclaim::article::{self, Input};
use benchclaim::evidence::told_readings;
use benchclaim::verdict::side;
use benchclaim::{Claim, Outcome, check, gather, judge, parallel};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::LazyLock;
use world::{Statement, Truth, World};

/// Statements drawn of each kind.
const EACH: usize = 250;

/// Share of the clear ones that must come out right when the claim is given.
const LEAST_RIGHT: f64 = 0.99;

/// Share of the near ones that may be decided the wrong way.
const MOST_WRONG: f64 = 0.05;

type Draw = fn(&World, &mut fastrand::Rng) -> Option<Statement>;

const KINDS: [(&str, Draw); 9] = [
    ("score", score::draw),
    ("comparison", comparison::draw),
    ("rank", rank::draw),
    ("gap", gap::draw),
    ("share", share::draw),
    ("trend", trend::draw),
    ("count", count::draw),
    ("lineage", model::lineage),
    ("attribute", model::draw),
];

static WORLD: LazyLock<World> = LazyLock::new(World::open);

fn drawn() -> Vec<Statement> {
    let mut all: Vec<Statement> = Vec::new();
    for (i, (_, draw)) in KINDS.iter().enumerate() {
        let mut random = fastrand::Rng::with_seed(20 + i as u64);
        let from = all.len();
        for _ in 0..400_000 {
            if all.len() - from == EACH {
                break;
            }
            all.extend(draw(&WORLD, &mut random));
        }
    }
    all
}

/// What came out of one statement.
struct Judged {
    outcome: Outcome,
    because: String,
}

/// The verdict on the claim as given.
fn given(statement: &Statement) -> Judged {
    let evidence = gather(&statement.claim, &WORLD.catalog, statement.date).expect("readable tables");
    for reading in &evidence.then {
        let is_told = told_readings(statement.claim.kind).any(|told| told.fits(&reading.name));
        assert!(is_told, "{} is not in the table of readings", reading.name);
    }
    let verdict = judge(&statement.claim, Some(&evidence));
    Judged { outcome: verdict.outcome, because: format!("{} [{}]", verdict.because, verdict.reading) }
}

/// The verdict on the sentence as read: of the first claim in it of the right kind, else of the first.
fn read(statement: &Statement) -> (Option<Claim>, Outcome) {
    let text = format!("{}.", statement.claim.quote);
    let input = Input {
        id: "statement",
        bytes: text.as_bytes(),
        format: None,
        date: Some(statement.date),
        title: None,
        url: None,
    };
    let article = article::read(input).expect("a sentence reads");
    let checked = check(&article, &WORLD.catalog, None).expect("readable tables");
    let of_kind = checked.iter().find(|checked| checked.claim.kind == statement.claim.kind);
    match of_kind.or(checked.first()) {
        Some(checked) => (Some(checked.claim.clone()), checked.verdict.outcome),
        None => (None, Outcome::Insufficient),
    }
}

/// Whether an outcome is on the right side of a clear truth, or at least not on the wrong one of a near truth.
fn is_right(truth: Truth, outcome: Outcome) -> bool {
    match truth {
        Truth::Clear(so) => side(outcome) == Some(if so { 1 } else { -1 }),
        Truth::Near(so) => outcome != if so { Outcome::Contradicted } else { Outcome::Supported },
    }
}

#[derive(Default, Clone, Copy)]
struct Tally {
    clear: usize,
    right: usize,
    near: usize,
    astray: usize,
}

impl Tally {
    fn add(&mut self, truth: Truth, outcome: Outcome) {
        let right = usize::from(is_right(truth, outcome));
        match truth {
            Truth::Clear(_) => (self.clear, self.right) = (self.clear + 1, self.right + right),
            Truth::Near(_) => (self.near, self.astray) = (self.near + 1, self.astray + 1 - right),
        }
    }
}

/// How one truth's statements came out, in all and for each kind of statement.
fn tally(judged: impl Iterator<Item = (&'static str, Truth, Outcome)>) -> (Tally, String) {
    let (mut all, mut kinds) = (Tally::default(), BTreeMap::<&str, Tally>::new());
    for (what, truth, outcome) in judged {
        all.add(truth, outcome);
        kinds.entry(what).or_default().add(truth, outcome);
    }
    let mut lines = String::new();
    for (what, t) in kinds.into_iter().chain([("all", all)]) {
        writeln!(
            lines,
            "{what:<24} clear {:>4}, right {:>4} ({:.3}); near {:>3}, wrong way {:>2}",
            t.clear,
            t.right,
            t.right as f64 / t.clear.max(1) as f64,
            t.near,
            t.astray
        )
        .expect("a string");
    }
    (all, lines)
}

/// Appends to the list of what went wrong, where one is asked for.
fn list(lines: &str) {
    if let Some(path) = std::env::var_os("STATEMENTS_LIST") {
        use std::io::Write;
        let file = std::fs::OpenOptions::new().append(true).create(true).open(path);
        file.and_then(|mut file| file.write_all(lines.as_bytes())).expect("a list that can be written");
    }
}

#[test]
fn the_judge_is_right_on_statements_with_known_truth() {
    let statements = drawn();
    assert!(statements.len() >= 2000, "only {} statements", statements.len());
    let judged: Vec<Judged> = parallel::map(statements.iter().collect(), given);
    let outcomes = statements.iter().zip(&judged).map(|(s, j)| (s.what, s.truth, j.outcome));
    let (all, lines) = tally(outcomes);
    let mut wrong = String::new();
    for (statement, judged) in statements.iter().zip(&judged) {
        if !is_right(statement.truth, judged.outcome) {
            let (what, truth) = (statement.what, statement.truth);
            let (quote, day, outcome) = (&statement.claim.quote, statement.date, judged.outcome.name());
            writeln!(wrong, "JUDGE {what} {truth:?} {day} | {quote} | {outcome} | {}", judged.because)
                .expect("a string");
        }
    }
    list(&format!("{wrong}{lines}\n"));
    let share = all.right as f64 / all.clear as f64;
    assert!(share >= LEAST_RIGHT, "{lines}");
    assert!(all.astray as f64 <= MOST_WRONG * all.near as f64, "{lines}");
}

/// Share of the clear ones that must come out right when the program reads the sentences itself.
const LEAST_RIGHT_AS_READ: f64 = 0.99;

#[test]
fn sentences_with_known_truth_come_out_right_end_to_end() {
    let statements = drawn();
    let judged: Vec<(Option<Claim>, Outcome)> = parallel::map(statements.iter().collect(), read);
    let (all, lines) = tally(statements.iter().zip(&judged).map(|(s, (_, o))| (s.what, s.truth, *o)));
    let mut missed = String::new();
    for (statement, (found, outcome)) in statements.iter().zip(&judged) {
        if is_right(statement.truth, *outcome) || !is_right(statement.truth, given(statement).outcome) {
            continue;
        }
        let wanted = slots(&statement.claim);
        let found = found.as_ref().map_or_else(|| "nothing".to_owned(), slots);
        let (what, day) = (statement.what, statement.date);
        writeln!(
            missed,
            "READ {what} {day} | {} | wanted {wanted} | found {found} | {}",
            statement.claim.quote,
            outcome.name()
        )
        .expect("a string");
    }
    list(&format!("{missed}{lines}\n"));
    assert!(all.right as f64 >= LEAST_RIGHT_AS_READ * all.clear as f64, "{lines}");
}

/// A claim's slots in one line.
fn slots(claim: &Claim) -> String {
    let parties = |parties: &[benchclaim::claim::Party]| {
        let each = parties.iter().map(|party| format!("{} = {:?}", party.text, party.entity));
        each.collect::<Vec<_>>().join("; ")
    };
    format!(
        "{}: [{}] [{}] {:?} on {:?}, {:?}, of {:?}, at {:?}, negated {}",
        claim.kind.name(),
        parties(&claim.subject),
        parties(&claim.object),
        claim.relation,
        claim.benchmark.as_ref().map(|benchmark| (&benchmark.text, &benchmark.id)),
        claim.reported.map(|r| (r.value, r.unit, r.comparator)),
        claim.population,
        claim.as_of,
        claim.negated
    )
}
