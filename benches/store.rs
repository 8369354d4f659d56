//! How long it takes to open the shipped store and read one board as of a day: in this process, and in a new one.
//!
//! Wanted: below 30 ms in this process, below 100 ms in a new one. `cargo bench --bench store`.

use benchclaim::{Catalog, Store};
use jiff::civil::Date;
use std::process::{Command, Stdio};

/// The day that boards are read as of.
const DAY: Date = Date::constant(2025, 2, 1);

/// A board of snapshots in CSV, one that adds up, and one of the large tables in Parquet.
const BOARDS: [(&str, &str); 3] = [
    ("arena-text", "chatbot-arena"),
    ("aider-polyglot", "aider-polyglot"),
    ("open-llm-leaderboard-1", "mmlu"),
];

fn main() {
    divan::main();
}

#[divan::bench(args = BOARDS, sample_count = 30, sample_size = 1)]
fn open_and_read_a_board((dataset, benchmark): (&str, &str)) -> usize {
    let catalog = Catalog::open(Store::Shipped).expect("the shipped store opens");
    let is_meant =
        |head: &&benchclaim::dataset::BoardHead| head.dataset == dataset && head.benchmark == benchmark;
    let head = catalog.heads().iter().find(is_meant).expect("the board is shipped");
    let board = catalog.current(head, DAY).expect("a table that can be read");
    let board = board.or_else(|| catalog.retrospective(head, DAY).expect("a table that can be read"));
    board.expect("a board as of the day").rows.len()
}

#[divan::bench(args = BOARDS, sample_count = 15, sample_size = 1)]
fn in_a_new_process((dataset, benchmark): (&str, &str)) {
    let ended = Command::new(env!("CARGO_BIN_EXE_benchclaim"))
        .args(["data", "show", dataset, "--benchmark", benchmark, "--as-of", &DAY.to_string()])
        .args(["--datasets", "shipped"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("the program runs");
    assert!(ended.success(), "{dataset}");
}
