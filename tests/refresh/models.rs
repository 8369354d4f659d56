//! Tables of models: a list of models on a server in; the store's table with what is new, or the old one and a reason, out.

use crate::server::{Reply, Server};
use crate::store::{FIRST, NEXT, TestStore};
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
    // Three models, each with its parameters and its context.
    assert_eq!((diff.added.len(), diff.removed.len(), diff.changed.len()), (9, 0, 0));
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
