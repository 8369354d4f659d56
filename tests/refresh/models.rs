//! Tables of models: a list of models on a server in; the store's table with what is new, or the old one and a reason, out.

use crate::process::{run, text};
use crate::server::{Reply, Server};
use crate::store::{FIRST, NEXT, TestStore};
use benchclaim::Store;
use benchclaim::refresh::{Ended, Gate};

/// A list of `n` models, each of so many billions of parameters more than its place.
fn list(n: usize, billions: f64) -> String {
    let rows =
        (0..n).map(|i| format!("Llama-{i}-test,2024/0{},{},4096,MIT\n", 1 + i % 9, billions + i as f64));
    format!("Language Model,Release Date,Params (B),Context Length,Licence\n{}", rows.collect::<String>())
}

/// What a store with one good list makes of a second one.
fn second(answer: String) -> (TestStore, Ended) {
    let server =
        Server::start(move |_, count| Reply::csv(if count == 0 { list(20, 1.0) } else { answer.clone() }));
    let store = TestStore::new().with_models("a-list", &format!("{}/list.csv", server.address));
    let first = store.update(FIRST);
    assert!(matches!(first, Ended::Changed { rows: 20, .. }), "{first:?}");
    let before = store.files();
    let ended = store.update(NEXT);
    if !matches!(ended, Ended::Changed { .. }) {
        assert_eq!(store.files(), before, "{ended:?}");
    }
    (store, ended)
}

fn refusal(answer: String) -> (Vec<Gate>, String) {
    let (_, ended) = second(answer);
    let Ended::Refused { findings, .. } = ended else { panic!("{ended:?}") };
    let text = findings.iter().map(|finding| finding.text.as_str()).collect::<Vec<_>>().join("\n");
    (findings.into_iter().map(|finding| finding.gate).collect(), text)
}

#[test]
fn new_models_are_taken_and_those_no_longer_listed_stay() {
    let answer = list(22, 1.0).replace("Llama-3-test,", "Llama-3-other,");
    let (store, ended) = second(answer);
    let Ended::Changed { rows, diff, before, after, .. } = ended else { panic!("{ended:?}") };
    assert_eq!((rows, before, after), (23, Some(FIRST), NEXT));
    // Three models, each with its parameters, its context, its day and its openness.
    assert_eq!((diff.added.len(), diff.removed.len(), diff.changed.len()), (15, 0, 0));
    assert_eq!(store.verified()["a-list"], 23);
}

#[test]
fn a_list_that_has_collapsed_or_exploded_is_refused() {
    let (gates, text) = refusal(list(4, 1.0));
    assert!(gates.iter().all(|gate| *gate == Gate::Rows), "{text}");
    assert!(text.contains("models listed: 4 rows where there were 20"), "{text}");
    assert!(refusal(list(200, 1.0)).1.contains("explosion"));
}

#[test]
fn parameters_in_another_unit_and_lost_columns_are_refused() {
    let (gates, text) = refusal(list(20, 1000.0));
    assert!(gates.contains(&Gate::Scores) && text.contains("models parameters"), "{text}");
    let (gates, text) = refusal(list(20, 1.0).replace("Params (B)", "Weights"));
    assert!(gates.contains(&Gate::Boards) && gates.contains(&Gate::Schema), "{gates:?} {text}");
}

#[test]
fn the_same_list_is_no_news() {
    let (_, ended) = second(list(20, 1.0));
    assert!(matches!(ended, Ended::Unchanged), "{ended:?}");
}

/// The shipped list of open models in the columns of its source: what an unchanged source serves.
fn shipped_list() -> String {
    let table = Store::Shipped.text("open-llms/models.csv").expect("the shipped list");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let columns = ["Language Model", "Release Date", "Params (B)", "Context Length", "Licence"];
    writer.write_record(columns).expect("memory");
    for row in reader.records() {
        let row = row.expect("a row");
        let cell = |column| {
            header.iter().position(|name| name == column).and_then(|at| row.get(at)).expect("the column")
        };
        let month = cell("released").get(..7).unwrap_or_default().replace('-', "/");
        let billions =
            cell("parameters").parse().map_or_else(|_| String::new(), |n: f64| format!("{}", n / 1e9));
        let cells = [cell("name"), &month, &billions, cell("context_tokens"), cell("licence")];
        writer.write_record(cells).expect("memory");
    }
    text(&writer.into_inner().expect("memory"))
}

/// A store that holds the shipped list as `import` made it, and its source.
fn imported(answer: String) -> (TestStore, Server) {
    let server = Server::start(move |_, _| Reply::csv(answer.clone()));
    let store = TestStore::new().with_models("open-llms", &format!("{}/list.csv", server.address));
    let table = Store::Shipped.bytes("open-llms/models.csv").expect("the shipped list");
    std::fs::write(store.path().join("open-llms/models.csv"), table).expect("written");
    let mut lock = Store::Shipped.lock().expect("a lock");
    lock.datasets.retain(|id, _| id == "open-llms");
    std::fs::write(store.path().join("lock.toml"), lock.to_text().expect("text")).expect("written");
    (store, server)
}

#[test]
fn what_a_refreshed_list_says_of_models_reaches_names_and_verdicts() {
    let list = shipped_list();
    let changed = list.replace("Mamba-7B,2024/04,7,", "Mamba-7B,2024/05,8,");
    assert_ne!(list, changed, "the list has the model");
    let (store, _server) = imported(format!("{changed}Zeta-9-33B,2026/09,33,65536,MIT\n"));
    let printed = |arguments: &[&str]| text(&run(store.path(), arguments).stdout);
    let ask = |claim| printed(&["ask", claim, "--as-of", "2026-11-02", "--format", "concise"]);
    let sizes = ["Mamba-7B has 8 billion parameters.", "Zeta-9-33B has 33 billion parameters."];
    assert!(printed(&["names", "Mamba-7B"]).contains("7.0 billion"));
    for claim in sizes {
        assert!(!ask(claim).contains(" supported "), "{}", ask(claim));
    }

    // Twice, for the second one must not take away what the first is told from.
    let Ended::Changed { diff, .. } = store.update(FIRST) else { panic!("nothing new") };
    assert_eq!(diff.changed.len(), 2, "the size and the day of release: {:?}", diff.changed);
    assert!(matches!(store.update(NEXT), Ended::Unchanged));

    let known = printed(&["names", "Mamba-7B"]);
    assert!(known.contains("8.0 billion") && known.contains("2024-05-01"), "{known}");
    let new = printed(&["names", "Zeta-9-33B"]);
    assert!(new.contains("2026-09-01") && new.contains("open weights  yes"), "{new}");
    for claim in sizes {
        assert!(ask(claim).contains(" supported "), "{}", ask(claim));
    }
    std::fs::write(store.path().join("article.md"), format!("# Sizes\n\n{}\n", sizes.join("\n\n")))
        .expect("written");
    let checked = printed(&["check", "article.md", "--as-of", "2026-11-02", "--format", "concise"]);
    assert_eq!(checked.matches(" supported ").count(), 2, "{checked}");
    // What other sources know better, and what a person corrected, is as it was.
    assert!(printed(&["names", "Llama 2"]).contains("2023-07-18"));
}
