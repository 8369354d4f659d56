//! How long it takes to gather evidence for ten thousand claims on the loaded store and judge them: claims as they stand
//! in the project's own passages, each on several days, of every type that can be checked.
//!
//! Wanted: the ten thousand below 10 s on one core. `cargo bench --bench judge`.

use benchclaim::{Catalog, Claim, ClaimKind, Store, article, check_claim, extract};
use divan::counter::ItemsCount;
use jiff::ToSpan;
use jiff::civil::Date;
use std::sync::OnceLock;

/// Claims that are judged.
const CLAIMS: usize = 10_000;

/// Passages with claims of every type.
const PASSAGES: [&str; 7] = [
    "blogs-and-talk.jsonl",
    "comparisons.jsonl",
    "digests.jsonl",
    "news.jsonl",
    "papers-and-cards.jsonl",
    "rewritten.jsonl",
    "statistics.jsonl",
];

fn main() {
    // What is loaded once for all claims is not what is measured.
    for (claim, day) in drawn() {
        check_claim(claim.clone(), catalog(), *day).expect("tables that can be read");
    }
    divan::main();
}

fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| Catalog::open(Store::Shipped).expect("the shipped store opens"))
}

/// Checkable claims of the passages, each on the day of its passage and then month after month later.
fn drawn() -> &'static [(Claim, Date)] {
    static DRAWN: OnceLock<Vec<(Claim, Date)>> = OnceLock::new();
    DRAWN.get_or_init(|| {
        let found: Vec<(Claim, Date)> = PASSAGES.iter().flat_map(|name| of_file(name)).collect();
        let later =
            |months: i32| found.iter().map(move |(claim, day)| (claim.clone(), *day + months.months()));
        (0..).flat_map(later).take(CLAIMS).collect()
    })
}

fn of_file(name: &str) -> Vec<(Claim, Date)> {
    let path = format!("{}/corpus/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("the corpus is beside the benches");
    let claims = text.lines().flat_map(|line| {
        let article = article::read_jsonl_line(line).expect("a passage");
        let day = article.published.unwrap_or_else(|| catalog().newest());
        extract(&article, catalog().names()).into_iter().map(move |claim| (claim, day))
    });
    claims.filter(|(claim, _)| claim.checkable).collect()
}

fn judge(claims: &[&(Claim, Date)]) -> usize {
    let judged = claims.iter().map(|(claim, day)| check_claim(claim.clone(), catalog(), *day));
    judged.filter(|checked| checked.as_ref().is_ok_and(|checked| checked.verdict.support.is_some())).count()
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn ten_thousand_claims(bencher: divan::Bencher<'_, '_>) {
    let claims: Vec<_> = drawn().iter().collect();
    bencher.counter(ItemsCount::new(claims.len())).bench(|| judge(&claims));
}

#[divan::bench(args = ClaimKind::ALL.into_iter().filter(|kind| kind.is_checkable()), sample_count = 3, sample_size = 1)]
fn of_type(bencher: divan::Bencher<'_, '_>, kind: ClaimKind) {
    let claims: Vec<_> = drawn().iter().filter(|(claim, _)| claim.kind == kind).collect();
    bencher.counter(ItemsCount::new(claims.len())).bench(|| judge(&claims));
}
