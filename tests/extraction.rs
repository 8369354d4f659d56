//! Claims found in labelled passages that nothing was written or trained for; the floors only rise.

use benchclaim::claim::{Claim, Label, Labelled};
use benchclaim::{Catalog, Store, article, extract};
use std::collections::BTreeSet;

const HELD_OUT: &str = include_str!("corpus/held-out.jsonl");

/// Least F1 of passages told to hold a checkable claim or none.
const LEAST_WORTHY: f64 = 0.89;
/// Least F1 of checkable claims, by type and place.
const LEAST_CLAIMS: f64 = 0.675;

/// Two quotes are of one claim when they share this part of the words they cover.
const SAME_PLACE: f64 = 0.3;

#[derive(Default)]
struct Tally {
    hit: usize,
    spurious: usize,
    missed: usize,
}

impl Tally {
    fn f1(&self) -> f64 {
        2.0 * self.hit as f64 / (2 * self.hit + self.spurious + self.missed) as f64
    }
}

/// The words, by the byte they begin at, that a quote covers.
fn words(text: &str, start: usize, end: usize) -> BTreeSet<usize> {
    let begins = |(i, c): &(usize, char)| {
        c.is_alphanumeric() && !text[..*i].chars().next_back().is_some_and(char::is_alphanumeric)
    };
    text.char_indices().filter(begins).map(|(i, _)| i).filter(|i| (start..end).contains(i)).collect()
}

fn overlap(text: &str, label: &Label, claim: &Claim) -> f64 {
    let Some(start) = text.find(&label.quote) else { return 0.0 };
    let wanted = words(text, start, start + label.quote.len());
    let found = words(text, claim.span.start, claim.span.end);
    wanted.intersection(&found).count() as f64 / wanted.union(&found).count().max(1) as f64
}

/// Pairs labels and claims of one type, the best overlap first.
fn pairs(text: &str, wanted: &[&Label], found: &[&Claim]) -> usize {
    let mut candidates: Vec<(f64, usize, usize)> = Vec::new();
    for (i, label) in wanted.iter().enumerate() {
        for (j, claim) in found.iter().enumerate().filter(|(_, claim)| claim.kind == label.kind) {
            candidates.push((overlap(text, label, claim), i, j));
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut labels, mut claims) = (BTreeSet::new(), BTreeSet::new());
    for (_, i, j) in candidates.into_iter().filter(|(overlap, ..)| *overlap >= SAME_PLACE) {
        if !labels.contains(&i) && !claims.contains(&j) {
            labels.insert(i);
            claims.insert(j);
        }
    }
    labels.len()
}

#[test]
fn claims_of_unseen_passages_are_found() {
    let catalog = Catalog::open(Store::Shipped).expect("the shipped store opens");
    let (mut worthy, mut claims) = (Tally::default(), Tally::default());
    for line in HELD_OUT.lines() {
        let labelled: Labelled = serde_json::from_str(line).expect("a labelled passage");
        let article = article::read_jsonl_line(line).expect("an article");
        let found = extract(&article, catalog.names());
        let wanted: Vec<&Label> = labelled.claims.iter().filter(|label| label.kind.is_checkable()).collect();
        let found: Vec<&Claim> = found.iter().filter(|claim| claim.kind.is_checkable()).collect();
        match (!wanted.is_empty(), !found.is_empty()) {
            (true, true) => worthy.hit += 1,
            (false, true) => worthy.spurious += 1,
            (true, false) => worthy.missed += 1,
            (false, false) => {}
        }
        let hit = pairs(&labelled.text, &wanted, &found);
        claims.hit += hit;
        claims.spurious += found.len() - hit;
        claims.missed += wanted.len() - hit;
    }
    let figures = format!("check-worthy F1 {:.3}, checkable-claim F1 {:.3}", worthy.f1(), claims.f1());
    assert!(worthy.f1() >= LEAST_WORTHY && claims.f1() >= LEAST_CLAIMS, "{figures}");
}
