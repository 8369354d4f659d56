//! Published analyses, told in articles of our own and judged like any other: the figures in `reports/replications` are
//! those that come out, and each lies where its page says it does.

use benchclaim::article::{self, Input};
use benchclaim::{Catalog, Checked, Store};
use std::fmt::Write;
use std::path::Path;

/// The articles, by their names under `examples/replications`.
const ARTICLES: [&str; 5] = ["us-china-lag", "open-closed-lag", "arena-gap", "chinese-places", "gpt-4-level"];

fn checked(name: &str, catalog: &Catalog) -> Vec<Checked> {
    let path = format!("examples/replications/{name}.md");
    let bytes = std::fs::read(&path).expect("a shipped article");
    let input = Input { id: &path, bytes: &bytes, format: None, date: None, title: None, url: None };
    let article = article::read(input).expect("an article that reads");
    benchclaim::check(&article, catalog, None).expect("tables that can be read")
}

/// What was measured, as the pages print it: the estimate and its 95 % interval, where it has one.
fn measured(checked: &Checked) -> String {
    let verdict = &checked.verdict;
    let number = |value: f64| format!("{value:.2}").trim_end_matches('0').trim_end_matches('.').to_owned();
    match (verdict.estimate, verdict.ci_low, verdict.ci_high) {
        (Some(estimate), Some(low), Some(high)) if low < high => {
            format!("{} ({} to {})", number(estimate), number(low), number(high))
        }
        (Some(estimate), ..) => number(estimate),
        (None, ..) => "-".to_owned(),
    }
}

#[test]
fn published_figures_come_out_as_the_pages_say() {
    let catalog = Catalog::open(Store::Shipped).expect("the shipped store");
    let mut lines = String::new();
    for name in ARTICLES {
        writeln!(lines, "{name}").expect("a string");
        for checked in checked(name, &catalog) {
            let (outcome, reading) = (checked.verdict.outcome.name(), &checked.verdict.reading);
            let quote = checked.claim.quote.replace('\n', " ");
            writeln!(lines, "  {quote}\n    {outcome}, {reading}: {}", measured(&checked)).expect("a string");
        }
    }
    insta::assert_snapshot!(lines);
}

#[test]
fn the_readme_gives_the_figures_that_come_out() {
    let catalog = Catalog::open(Store::Shipped).expect("the shipped store");
    let readme =
        std::fs::read_to_string("reports/replications/README.md").expect("the README of replications");
    for name in ARTICLES {
        assert!(readme.contains(&format!("]({name}/report.html)")), "{name} is not linked");
        assert!(Path::new("reports/replications").join(name).join("report.html").is_file(), "{name}");
        for checked in checked(name, &catalog) {
            let row = format!("| {} | {} |", measured(&checked), checked.verdict.outcome.name());
            assert!(readme.contains(&row), "{name}: no row has `{row}` ({})", checked.claim.quote);
        }
    }
}
