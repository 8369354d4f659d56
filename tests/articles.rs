//! Golden verdicts: the shipped articles, each claim with what came out. A change here needs a reason in its commit.

use benchclaim::article::{self, Input};
use benchclaim::evidence::Step;
use benchclaim::report::Template;
use benchclaim::verdict::Reason;
use benchclaim::{Catalog, ClaimKind, Outcome, Report, Store, Verdict};
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

fn report(path: &str) -> Report {
    let bytes = std::fs::read(path).expect("a shipped article");
    let input = Input { id: path, bytes: &bytes, format: None, date: None, title: None, url: None };
    let article = article::read(input).expect("an article that reads");
    let catalog = Catalog::open(Store::Shipped).expect("the shipped store");
    benchclaim::report(article, &catalog, None).expect("a report")
}

#[test]
fn the_shipped_article_has_its_verdicts() {
    let report = report("examples/the-gap-in-september.md");
    let mut lines = String::new();
    for checked in &report.checked {
        let now = checked.verdict.now.as_ref().map_or("-", |now| now.verdict.name());
        let (kind, outcome) = (checked.claim.kind.name(), checked.verdict.outcome.name());
        writeln!(lines, "{kind}: {} -> {outcome}, now {now}", checked.claim.quote.replace('\n', " "))
            .expect("a string");
    }
    insta::assert_snapshot!(lines);
}

#[test]
fn the_shipped_article_shows_what_the_program_is_for() {
    let report = report("examples/the-gap-in-september.md");
    let kinds: BTreeSet<ClaimKind> = report.checked.iter().map(|c| c.claim.kind).collect();
    assert!(report.checked.len() >= 12, "{} claims", report.checked.len());
    assert!(kinds.len() >= 6, "{kinds:?}");
    for outcome in [Outcome::Supported, Outcome::Contradicted, Outcome::NotCheckable, Outcome::Insufficient] {
        assert!(report.count(outcome) > 0, "no claim is {}", outcome.name());
    }
}

/// The claim that 80 percent of start-ups use Chinese models, as a text of the day would have it.
fn famous(sentence: &str, date: Date) -> Verdict {
    let input = Input {
        id: "famous",
        bytes: sentence.as_bytes(),
        format: None,
        date: Some(date),
        title: None,
        url: None,
    };
    let article = article::read(input).expect("an article that reads");
    let catalog = Catalog::open(Store::Shipped).expect("the shipped store");
    let checked = benchclaim::check(&article, &catalog, None).expect("a check");
    let share = checked.into_iter().find(|checked| checked.claim.kind == ClaimKind::Share);
    share.expect("a claim on a share").verdict
}

#[test]
fn the_famous_claim_is_open_until_its_author_corrects_it() {
    for sentence in [
        "80% of startups use Chinese models.",
        "Eighty percent of American startups are building on Chinese open-source AI models.",
        "As many as 80% of startups now use Chinese open models.",
        "Most startups use Chinese models.",
    ] {
        let before = famous(sentence, date(2025, 11, 10));
        assert!(
            matches!(before.outcome, Outcome::Insufficient | Outcome::Undecided),
            "{sentence}: {before:?}"
        );
        for step in [Step::SingleEstimate, Step::Hearsay] {
            assert!(before.reasons.contains(&Reason::Down(step)), "{sentence}: {:?}", before.reasons);
        }
        assert!(
            before.readings.iter().any(|reading| reading.name == "single-estimate"),
            "the proxy is shown"
        );
        let after = famous(sentence, date(2025, 12, 10));
        assert_eq!(after.outcome, Outcome::Contradicted, "{sentence}");
        assert!(after.because.contains("16 to 24 %") && after.because.contains("that use open models"));
        assert!(after.estimate.is_some_and(|percent| (16.0..=24.0).contains(&percent)));
    }
}

#[test]
fn of_those_that_use_open_models_it_is_another_claim() {
    let sentence = "80% of startups that use open-source models use Chinese models.";
    let after = famous(sentence, date(2025, 12, 10));
    assert!(matches!(after.outcome, Outcome::Insufficient | Outcome::Undecided), "{after:?}");
}

#[test]
fn every_number_leads_to_rows() {
    let report = report("examples/the-gap-in-september.md");
    let readings = report.checked.iter().flat_map(|c| &c.evidence).flat_map(|e| e.then.iter().chain(&e.now));
    for measured in readings.flat_map(|reading| &reading.measured) {
        assert!(!measured.sources.is_empty(), "{} has no source", measured.label);
        for source in &measured.sources {
            assert!(
                !source.rows.is_empty() && !source.url.is_empty(),
                "{} has an empty source",
                measured.label
            );
        }
    }
}

#[test]
fn an_article_without_models_is_silent() {
    let text = "The committee met on Tuesday. Farmers expect a good harvest, and the price of wheat fell by 3 percent.";
    let input = Input { id: "t", bytes: text.as_bytes(), format: None, date: None, title: None, url: None };
    let article = article::read(input).expect("an article that reads");
    let catalog = Catalog::open(Store::Shipped).expect("the shipped store");
    assert!(benchclaim::check(&article, &catalog, None).expect("a check").is_empty());
}

/// The files below a folder, by their paths in it.
fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, root: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                walk(&path, root, found);
            } else {
                let name = path.strip_prefix(root).expect("a path below its root");
                let name = name.to_string_lossy().replace('\\', "/");
                found.insert(name, std::fs::read(&path).expect("a readable file"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}

#[test]
fn the_shipped_report_is_the_one_that_the_program_makes() {
    let report = report("examples/the-gap-in-september.md");
    let made: BTreeMap<String, Vec<u8>> =
        benchclaim::report::files(&report, &Template::default()).expect("its files").into_iter().collect();
    let shipped = files_below(Path::new("reports/example"));
    let names: BTreeSet<&String> = made.keys().chain(shipped.keys()).collect();
    let stale: Vec<&String> =
        names.into_iter().filter(|name| made.get(*name) != shipped.get(*name)).collect();
    assert!(stale.is_empty(), "run `scripts/make-example`; these are not what is made now: {stale:?}");
}

#[test]
fn what_the_readme_shows_of_the_report_is_there() {
    let readme = std::fs::read_to_string("README.md").expect("the README");
    let shown: Vec<&str> =
        (readme.split("](reports/example/").skip(1)).filter_map(|rest| rest.split(')').next()).collect();
    assert!(shown.len() >= 4, "{shown:?}");
    for name in shown {
        assert!(Path::new("reports/example").join(name).is_file(), "{name}");
    }
}
