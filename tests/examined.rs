//! What outside examiners wrote who had the tables and had not seen the program: statements with their truth, and whole
//! articles in which everything is true. The floors only rise, the ceilings only fall.

use benchclaim::article::{self, Input};
use benchclaim::claim::ClaimKind;
use benchclaim::report::Checked;
use benchclaim::verdict::{Outcome, side};
use benchclaim::{Catalog, Store, check, parallel};
use serde::Deserialize;
use std::path::PathBuf;

/// Statements of one kind, with the least share of them that comes out on the right side, and the most on the wrong one.
struct Set {
    name: &'static str,
    statements: &'static str,
    least_right: f64,
    most_wrong: f64,
}

const SETS: [Set; 3] = [
    // Written one by one, in turns of phrase as various as could be found.
    Set {
        name: "examined",
        statements: include_str!("corpus/examined.jsonl"),
        least_right: 0.885,
        most_wrong: 0.02,
    },
    // Drawn by programs of the examiners' own, from some thousand plain phrasings.
    Set {
        name: "drawn",
        statements: include_str!("corpus/drawn.jsonl"),
        least_right: 0.985,
        most_wrong: 0.005,
    },
    // Our own: the commonest ways to say one thing, each true and false of the same rows.
    Set {
        name: "plain",
        statements: include_str!("corpus/plain.jsonl"),
        least_right: 0.975,
        most_wrong: 0.005,
    },
];

const ARTICLES: &str = "tests/corpus/true-articles";

/// Most verdicts on true articles that go against the text, and least that support it, of all that are given.
const MOST_AGAINST: f64 = 0.075;
const LEAST_SUPPORTED: f64 = 0.60;

/// A statement, with the words of it that are judged where they are not the whole, and whether they are true.
#[derive(Debug, Deserialize)]
struct Statement {
    id: String,
    #[serde(rename = "type")]
    kind: ClaimKind,
    text: String,
    quote: Option<String>,
    #[serde(rename = "true")]
    is_true: bool,
}

/// For (1), against (-1) or neither (0): a number that is off goes against what was printed.
fn falls(outcome: Outcome) -> i8 {
    match outcome {
        Outcome::Inexact => -1,
        _ => side(outcome).unwrap_or(0),
    }
}

/// The claim that is the statement: of its type if there is one, with most of its words.
fn of_statement<'c>(statement: &Statement, checked: &'c [Checked]) -> Option<&'c Checked> {
    let quote = statement.quote.as_deref().unwrap_or(&statement.text);
    let from = statement.text.find(quote).expect("the words stand in the text");
    let shared = |one: &Checked| {
        let span = one.claim.span;
        span.end.min(from + quote.len()).saturating_sub(span.start.max(from))
    };
    let is_judged = |one: &&Checked| one.claim.checkable && shared(one) > 0;
    checked.iter().filter(is_judged).max_by_key(|one| (one.claim.kind == statement.kind, shared(one)))
}

#[test]
fn statements_of_others_come_out_right() {
    let catalog = Catalog::open(Store::Shipped).expect("the shipped store");
    for set in SETS {
        let judged = parallel::map(set.statements.lines().collect(), |line: &str| {
            let statement: Statement = serde_json::from_str(line).expect("a statement");
            let article = article::read_jsonl_line(line).expect("a passage");
            let checked = check(&article, &catalog, None).expect("readable tables");
            let said = of_statement(&statement, &checked).map_or(0, |one| falls(one.verdict.outcome));
            (statement.id, said * if statement.is_true { 1 } else { -1 })
        });
        let wrong: Vec<&str> = judged.iter().filter(|(_, so)| *so < 0).map(|(id, _)| id.as_str()).collect();
        let (name, all) = (set.name, judged.len() as f64);
        let right = judged.iter().filter(|(_, so)| *so > 0).count() as f64 / all;
        assert!(right >= set.least_right, "{name}: {right:.3} of {all} are right");
        assert!(wrong.len() as f64 / all <= set.most_wrong, "{name}: the wrong way: {wrong:?}");
    }
}

#[test]
fn what_is_true_is_seldom_gone_against() {
    let catalog = Catalog::open(Store::Shipped).expect("the shipped store");
    let folder = std::fs::read_dir(ARTICLES).expect("articles");
    let paths: Vec<PathBuf> = folder.map(|entry| entry.expect("an article").path()).collect();
    let sides = parallel::map(paths, |path| {
        let bytes = std::fs::read(&path).expect("an article");
        let id = path.to_str().expect("a plain name");
        let input = Input { id, bytes: &bytes, format: None, date: None, title: None, url: None };
        let article = article::read(input).expect("an article");
        let checked = check(&article, &catalog, None).expect("readable tables");
        let judged = checked.into_iter().filter(|one| one.claim.checkable);
        judged.map(|one| falls(one.verdict.outcome)).collect::<Vec<i8>>()
    });
    let sides: Vec<i8> = sides.into_iter().flatten().collect();
    let share = |way: i8| sides.iter().filter(|side| **side == way).count() as f64 / sides.len() as f64;
    assert!(share(-1) <= MOST_AGAINST, "{:.3} of {} go against the text", share(-1), sides.len());
    assert!(share(1) >= LEAST_SUPPORTED, "{:.3} of {} support it", share(1), sides.len());
}
