//! The shipped store: every manifest loads, every table is what the lock says, every leading name is resolved.

use benchclaim::dataset::import;
use benchclaim::dataset::manifest::Decision;
use benchclaim::{Catalog, Store};
use std::collections::BTreeSet;
use std::path::Path;

#[path = "names/sample.rs"]
mod sample;

/// Rows at the top of a board whose every name must be one identity.
const TOP: usize = 50;

/// Share of those names whose maker must be known: the rest are systems of several models and anonymous entries.
const LEAST_KNOWN: f64 = 0.95;

fn catalog() -> Catalog {
    Catalog::open(Store::Shipped).expect("the shipped store opens")
}

#[test]
fn every_shipped_table_is_what_the_lock_says() {
    let catalog = catalog();
    let shipped: Vec<_> = catalog.manifests().values().filter(|m| m.decision == Decision::Shipped).collect();
    assert!(shipped.len() >= 15, "only {} data sets ship", shipped.len());
    for manifest in shipped {
        let rows = catalog.verify(&manifest.id).expect("the table verifies");
        assert!(rows > 0, "{} is empty", manifest.id);
        assert_ne!(manifest.licence, "unknown", "{} ships without a licence", manifest.id);
    }
}

#[test]
fn both_readmes_list_what_manifests_and_lock_say() {
    let catalog = catalog();
    let text = |file: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        std::fs::read_to_string(path).expect("a text that ships")
    };
    let manifests: Vec<_> = catalog.manifests().values().cloned().collect();
    let table = import::readme_table(&manifests, catalog.lock());
    assert!(table.lines().count() > manifests.len(), "every data set has a row");
    assert!(
        text("datasets/README.md").contains(table.trim()),
        "`benchclaim data import` writes the tables of datasets/README.md"
    );
    let readme = text("README.md");
    for (id, locked) in &catalog.lock().datasets {
        let row = format!("| `{id}` | {} | {} | {} |", locked.rows, locked.first, locked.last);
        assert!(readme.contains(&row), "README lacks {row}");
    }
}

#[test]
fn every_board_has_rows_and_known_benchmarks() {
    let catalog = catalog();
    for head in catalog.heads() {
        let days = catalog.snapshot_days(head).expect("days");
        assert!(!days.is_empty(), "{} {} {} has no snapshot", head.dataset, head.benchmark, head.metric);
        assert!(
            catalog.names().benchmark(&head.benchmark).is_some(),
            "{} is no known benchmark",
            head.benchmark
        );
        assert!(head.margin >= 0.0 && head.tolerance >= 0.0);
    }
}

#[test]
fn the_top_of_every_board_has_one_identity_a_row_and_known_makers() {
    let catalog = catalog();
    let (mut faults, mut unknown, mut all) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for head in catalog.heads() {
        let Some(board) = catalog.current(head, catalog.newest()).expect("a board") else { continue };
        for row in board.rows.iter().take(TOP) {
            all.insert((head.dataset.clone(), row.name.clone()));
            // The identity is its own canonical name: asking again with it leads to the same model.
            if catalog.names().canonical(&row.model, None).id != row.model {
                faults.insert(format!("{}: {} is {}", head.dataset, row.name, row.model));
            }
            let is_repository = row.name.contains('/') && row.model.contains('/');
            if !is_repository && row.organisation.is_none() {
                unknown.insert((head.dataset.clone(), row.name.clone()));
            }
        }
    }
    assert!(faults.is_empty(), "{} names: {faults:#?}", faults.len());
    let share = 1.0 - unknown.len() as f64 / all.len() as f64;
    assert!(share >= LEAST_KNOWN, "{share:.3} of {} names have a known maker: {unknown:#?}", all.len());
}

#[test]
fn trap_14_the_cut_off_of_livecodebench_is_neither_a_release_nor_a_first_listing() {
    let catalog = catalog();
    let import = catalog.manifests()["livecodebench"].import.as_ref().expect("how it is read");
    let columns = import.columns.as_ref().expect("the columns that are read");
    assert!(columns.listed.is_none() && columns.facts.is_none(), "{columns:?}");
    let dated = catalog.models().iter().filter(|facts| facts.released.is_some());
    let from_it = dated.filter(|facts| facts.source.as_deref().is_some_and(|s| s.contains("livecodebench")));
    assert_eq!(from_it.count(), 0);
}

#[test]
fn trap_5_spellings_of_one_model_are_one_identity() {
    let catalog = catalog();
    let id = |name: &str| catalog.names().canonical(name, None).id;
    for same in [
        ["Llama-2-70b-chat", "meta-llama/Llama-2-70b-chat-hf", "Llama 2 70B Chat"],
        ["Qwen-14B-Chat", "QWen-Chat-14B", "qwen-14b-chat"],
        ["claude-3-5-sonnet-20241022", "Claude 3.5 Sonnet (20241022)", "claude-3.5-sonnet-20241022"],
    ] {
        let ids: BTreeSet<String> = same.iter().map(|name| id(name)).collect();
        assert_eq!(ids.len(), 1, "{same:?} are {ids:?}");
    }
    assert_ne!(id("Nous-Hermes-Llama2-13b"), id("Llama-2-13b"));
}
