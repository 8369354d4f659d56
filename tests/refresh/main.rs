//! The refresh, end to end, against a real HTTP server on the loopback: after each answer the store is the old one or
//! the new one, byte for byte.

mod faults;
mod models;
mod process;
mod server;
mod store;

use benchclaim::Catalog;
use benchclaim::refresh::{Ended, Limits};
use flate2::Compression;
use flate2::write::GzEncoder;
use server::{Reply, Server};
use std::io::Write;
use std::time::Duration;
use store::{FIRST, NEXT, TestStore, board};

/// Compressed as a server would.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn changed(ended: &Ended) -> &Ended {
    assert!(matches!(ended, Ended::Changed { .. }), "{ended:?}");
    ended
}

#[test]
fn a_first_fetch_brings_a_board_and_an_unchanged_one_is_not_sent_again() {
    let server = Server::start(|asked, _| match asked.headers.get("if-none-match") {
        Some(mark) if mark == "\"v1\"" => Reply { body: Vec::new(), ..Reply::status("304 Not Modified") },
        _ => Reply::csv(board(20, 0.0))
            .with("ETag", "\"v1\"")
            .with("Last-Modified", "Thu, 01 Oct 2026 00:00:00 GMT"),
    });
    let store = TestStore::new().with_board("a-board", &format!("{}/board.csv", server.address));
    changed(&store.update(FIRST));
    assert_eq!(store.verified()["a-board"], 20);
    let before = store.files();
    assert!(matches!(store.update(NEXT), Ended::Unchanged));
    assert_eq!(store.files(), before);
    let asked = server.asked();
    assert_eq!(asked.len(), 2);
    assert!(asked[0].body.is_empty(), "{:?}", asked[0]);
    assert_eq!(asked[1].headers["if-modified-since"], "Thu, 01 Oct 2026 00:00:00 GMT");
    assert!(asked[0].headers["user-agent"].starts_with("benchclaim/"), "{:?}", asked[0]);
    assert_eq!(asked[0].headers["accept-encoding"], "gzip");
}

#[test]
fn a_new_snapshot_joins_the_old_ones_and_the_replaced_table_stays_until_the_next() {
    let server = Server::start(|_, count| {
        let lift = [0.0, 2.0, 4.0][count.min(2)];
        Reply { body: gzip(board(20 + count, lift).as_bytes()), ..Reply::csv("") }
            .with("Content-Encoding", "gzip")
    });
    let store = TestStore::new().with_board("a-board", &format!("{}/board.csv", server.address));
    let tables = || store.files().keys().filter(|path| path.to_string_lossy().contains("scores-")).count();
    changed(&store.update(FIRST));
    let first = Catalog::open(store.store()).expect("opens");
    changed(&store.update(NEXT));
    assert_eq!((store.verified()["a-board"], tables()), (41, 2));
    // A reader from before the switch still finds its table, and a new one both snapshots.
    assert_eq!(first.verify("a-board").expect("kept"), 20);
    let second = Catalog::open(store.store()).expect("opens");
    let head = second.heads()[0].clone();
    assert_eq!(second.snapshot_days(&head).expect("days").to_vec(), [FIRST, NEXT]);
    let old = second.current(&head, FIRST).expect("a table").expect("a snapshot");
    assert_eq!((old.rows.len(), old.rows[0].score), (20, 1190.0));
    changed(&store.update(NEXT.tomorrow().expect("a day")));
    assert_eq!(tables(), 2);
    let log = std::fs::read_to_string(store.path().join(".refresh/log.jsonl")).expect("a log");
    assert_eq!(log.lines().count(), 3);
}

#[test]
fn the_same_rows_in_other_words_are_no_new_snapshot() {
    let server = Server::start(|_, count| {
        let board = board(20, 0.0);
        Reply::csv(if count == 0 { board } else { board.replace('\n', "\r\n") })
    });
    let store = TestStore::new().with_board("a-board", &format!("{}/board.csv", server.address));
    changed(&store.update(FIRST));
    let before = store.files();
    assert!(matches!(store.update(NEXT), Ended::Unchanged));
    assert_eq!(store.files(), before);
}

#[test]
fn a_move_is_followed_and_a_circle_is_not() {
    let server = Server::start(|asked, _| match asked.target.as_str() {
        "/old.csv" => Reply::status("301 Moved Permanently").with("Location", "/new.csv"),
        "/circle.csv" => Reply::status("302 Found").with("Location", "/circle.csv"),
        _ => Reply::csv(board(20, 0.0)),
    });
    let store = TestStore::new().with_board("a-board", &format!("{}/old.csv", server.address));
    changed(&store.update(FIRST));
    assert_eq!(store.verified()["a-board"], 20);
    let store = TestStore::new().with_board("a-board", &format!("{}/circle.csv", server.address));
    assert!(matches!(store.update(FIRST), Ended::Failed(_)));
    assert!(store.verified().is_empty());
}

#[test]
fn tables_in_pages_markdown_and_yaml_are_read() {
    let server = Server::start(|asked, _| {
        match asked.target.as_str() {
        "/README.md" => Reply::csv("# Board\n\n|model|arena_score|95_pct_ci|votes|\n|---|---|---|---|\n|**A**|1100|+5/-5|10|\n")
            .with("Content-Type", "text/plain"),
        "/page" => Reply::csv("<table><tr><th>model<th>arena_score<th>95_pct_ci<th>votes<tr><td>A<td>1100<td>+5/-5<td>10</table>")
            .with("Content-Type", "text/html"),
        _ => Reply::csv("- {model: A, date: 2026-09-01, test_cases: 133, pass_rate_1: 20.0, pass_rate_2: 40.0}\n")
            .with("Content-Type", "text/yaml"),
    }
    });
    let base = &server.address;
    let arena = ("chatbot-arena", "rating", "elo");
    let store = TestStore::new()
        .with_manifest(
            "readme",
            &format!("{base}/README.md"),
            "arena-board",
            "markdown-table",
            "{day}.csv",
            arena.0,
            arena.1,
            arena.2,
        )
        .with_manifest(
            "page",
            &format!("{base}/page"),
            "arena-board",
            "html-table",
            "{day}.csv",
            arena.0,
            arena.1,
            arena.2,
        )
        .with_runs("runs", &format!("{base}/runs.yml"));
    let updated = store.update_on(FIRST, benchclaim::refresh::Implausible::Refuse).expect("writable");
    updated.iter().for_each(|data_set| _ = changed(&data_set.outcome));
    assert_eq!(store.verified().values().copied().collect::<Vec<_>>(), [1, 1, 1]);
}

#[test]
fn forty_data_sets_are_fetched_side_by_side_within_the_limits_a_host() {
    const SERVERS: usize = 4;
    let slow = |asked: &server::Asked, _: usize| {
        std::thread::sleep(Duration::from_millis(40));
        let number: f64 = asked.target.trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or(0.0);
        Reply::csv(board(20, number))
    };
    let servers: Vec<Server> = (0..SERVERS).map(|_| Server::start(slow)).collect();
    let mut store = TestStore::new();
    store.limits = Limits { workers: 8, per_host: 3, ..store.limits.clone() };
    for i in 0..40 {
        let url = format!("{}/{i}.csv", servers[i % SERVERS].address);
        store = store.with_board(&format!("board-{i}"), &url);
    }
    let updated = store.update_on(FIRST, benchclaim::refresh::Implausible::Refuse).expect("writable");
    updated.iter().for_each(|data_set| _ = changed(&data_set.outcome));
    assert_eq!((store.verified().len(), store.verified().values().sum::<usize>()), (40, 800));
    let most: Vec<usize> = servers.iter().map(Server::most_at_a_time).collect();
    assert!(most.iter().all(|most| *most <= 3), "{most:?}");
    assert!(most.iter().sum::<usize>() > SERVERS, "one after the other: {most:?}");
}

#[test]
fn one_source_that_fails_does_not_hold_up_the_others() {
    let server = Server::start(|asked, _| match asked.target.as_str() {
        "/gone.csv" => Reply::status("404 Not Found"),
        _ => Reply::csv(board(20, 0.0)),
    });
    let base = &server.address;
    let store = TestStore::new()
        .with_board("good", &format!("{base}/good.csv"))
        .with_board("gone", &format!("{base}/gone.csv"));
    let updated = store.update_on(FIRST, benchclaim::refresh::Implausible::Refuse).expect("writable");
    assert_eq!(updated.iter().filter(|data_set| data_set.is_kept_back()).count(), 1);
    assert_eq!(store.verified().into_keys().collect::<Vec<_>>(), ["good"]);
}
