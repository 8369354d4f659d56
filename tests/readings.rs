//! The table of readings against what the evidence gives: no reading that the table does not tell, none told that
//! nothing gives.

use benchclaim::evidence::told_readings;
use benchclaim::{Catalog, ClaimKind, Store, article, check, parallel};
use std::collections::BTreeSet;

/// Passages whose claims are judged; the statements of the generator are held to the table where they are drawn.
const PASSAGES: [&str; 5] = [
    "corpus/news.jsonl",
    "corpus/comparisons.jsonl",
    "corpus/statistics.jsonl",
    "corpus/templates.jsonl",
    "tests/corpus/readings.jsonl",
];

/// The names of every reading of every claim of the passages, each with its type of claim.
fn given() -> BTreeSet<(ClaimKind, String)> {
    let catalog = Catalog::open(Store::Shipped).expect("the shipped store");
    let texts: Vec<String> =
        PASSAGES.iter().map(|path| std::fs::read_to_string(path).expect("passages")).collect();
    let lines: Vec<&str> = texts.iter().flat_map(|text| text.lines()).collect();
    let of_line = |line: &str| {
        let article = article::read_jsonl_line(line).expect("a passage");
        let checked = check(&article, &catalog, None).expect("readable tables");
        let names = checked.into_iter().flat_map(|checked| {
            let kind = checked.claim.kind;
            checked.verdict.readings.into_iter().map(move |reading| (kind, reading.name))
        });
        names.collect::<Vec<_>>()
    };
    parallel::map(lines, of_line).into_iter().flatten().collect()
}

#[test]
fn the_table_tells_every_reading_and_no_other() {
    let given = given();
    let untold: Vec<_> =
        given.iter().filter(|(kind, name)| !told_readings(*kind).any(|told| told.fits(name))).collect();
    assert!(untold.is_empty(), "not in src/evidence/readings.toml: {untold:?}");
    let never: Vec<_> = ClaimKind::ALL
        .into_iter()
        .flat_map(told_readings)
        .filter(|told| !given.iter().any(|(kind, name)| *kind == told.kind && told.fits(name)))
        .collect();
    assert!(never.is_empty(), "no passage gives these: {never:?}");
}
