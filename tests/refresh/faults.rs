//! What servers do wrong: each answer in; the old store, byte for byte, and a reason that a reader understands, out.

use crate::gzip;
use crate::server::{Reply, Sending, Server};
use crate::store::{FIRST, NEXT, TestStore, board};
use benchclaim::refresh::{Ended, Gate, Implausible};
use std::time::Duration;

/// What a store with one good snapshot makes of a second answer, and how often it asked.
fn second(answer: impl Fn(usize) -> Reply + Send + Sync + 'static) -> (TestStore, Ended, usize) {
    let server = Server::start(move |_, count| match count {
        0 => Reply::csv(board(40, 0.0)),
        later => answer(later - 1),
    });
    let store = TestStore::new().with_board("a-board", &format!("{}/board.csv", server.address));
    assert!(matches!(store.update(FIRST), Ended::Changed { .. }));
    let before = store.files();
    let ended = store.update(NEXT);
    if !matches!(ended, Ended::Changed { .. }) {
        assert_eq!(store.files(), before, "{ended:?}");
    }
    assert!(store.verified()["a-board"] >= 40);
    (store, ended, server.asked().len() - 1)
}

/// Why the old data stayed.
fn failure(answer: impl Fn(usize) -> Reply + Send + Sync + 'static) -> (String, usize) {
    let (_, ended, asked) = second(answer);
    let Ended::Failed(error) = ended else { panic!("{ended:?}") };
    (error.to_string(), asked)
}

/// The gates at which what came was refused, and in which words.
fn refusal(answer: impl Fn(usize) -> Reply + Send + Sync + 'static) -> (Vec<Gate>, String) {
    let (_, ended, _) = second(answer);
    let Ended::Refused { findings, .. } = ended else { panic!("{ended:?}") };
    let text = findings.iter().map(|finding| finding.text.as_str()).collect::<Vec<_>>().join("\n");
    (findings.into_iter().map(|finding| finding.gate).collect(), text)
}

#[test]
fn what_is_not_there_is_asked_for_once() {
    let (why, asked) = failure(|_| Reply::status("404 Not Found"));
    assert!(why.contains("404"), "{why}");
    assert_eq!(asked, 1);
}

#[test]
fn a_busy_server_is_left_alone_as_long_as_it_asks() {
    let (store, ended, asked) = second(|count| match count {
        0 => Reply::status("429 Too Many Requests").with("Retry-After", "7"),
        _ => Reply::csv(board(40, 1.0)),
    });
    assert!(matches!(ended, Ended::Changed { .. }), "{ended:?}");
    assert_eq!(asked, 2);
    let rests = store.clock.rests.lock().expect("the pauses").clone();
    assert!(rests.len() == 1 && rests[0] >= Duration::from_secs(7), "{rests:?}");
}

#[test]
fn a_server_that_asks_for_a_day_is_given_up_for_this_run() {
    let (why, asked) = failure(|_| Reply::status("429 Too Many Requests").with("Retry-After", "86400"));
    assert!(why.contains("86400 s"), "{why}");
    assert_eq!(asked, 1);
}

#[test]
fn a_server_that_stumbles_twice_is_asked_a_third_time_and_not_a_fourth() {
    let (_, ended, asked) = second(|count| match count {
        0 | 1 => Reply::status("500 Internal Server Error"),
        _ => Reply::csv(board(40, 1.0)),
    });
    assert!(matches!(ended, Ended::Changed { .. }), "{ended:?}");
    assert_eq!(asked, 3);
    let (why, asked) = failure(|_| Reply::status("503 Service Unavailable"));
    assert!(why.contains("503"), "{why}");
    assert_eq!(asked, 3);
}

#[test]
fn a_body_that_stalls_trickles_or_breaks_off_is_no_body() {
    let (why, _) = failure(|_| Reply::csv(board(40, 1.0)).sent(Sending::Stall(300)));
    assert!(why.contains("broke off"), "{why}");
    let (why, _) = failure(|_| Reply::csv(board(40, 1.0)).sent(Sending::Trickle(Duration::from_millis(30))));
    assert!(why.contains("time limit"), "{why}");
    let (why, asked) = failure(|_| Reply::csv(board(40, 1.0)).sent(Sending::Cut(300)));
    assert!(why.contains("broke off"), "{why}");
    assert_eq!(asked, 3);
    let packed = gzip(board(40, 1.0).as_bytes());
    let half = packed[..packed.len() / 2].to_vec();
    let (why, _) = failure(move |_| Reply::csv(half.clone()).with("Content-Encoding", "gzip"));
    assert!(why.contains("broke off"), "{why}");
    let (why, _) = failure(|_| Reply::csv(""));
    assert!(why.contains("empty"), "{why}");
}

#[test]
fn a_bomb_is_not_unpacked() {
    let bomb = gzip(&vec![b'0'; 64 * 1024 * 1024]);
    assert!(bomb.len() < 1024 * 1024, "{}", bomb.len());
    let (why, asked) = failure(move |_| Reply::csv(bomb.clone()).with("Content-Encoding", "gzip"));
    assert!(why.contains("decompressed is longer than 1 MB"), "{why}");
    assert_eq!(asked, 1);
    // Empty members unpack to nothing, however many there are.
    let empty = gzip(b"").repeat(60_000);
    assert!(empty.len() > 1024 * 1024);
    let (why, _) = failure(move |_| {
        Reply::csv(empty.clone()).with("Content-Encoding", "gzip").sent(Sending::Unannounced)
    });
    assert!(why.contains("as sent is longer than 1 MB"), "{why}");
    let (why, _) = failure(|_| Reply::csv(vec![b'x'; 2 * 1024 * 1024]).sent(Sending::Unannounced));
    assert!(why.contains("longer than 1 MB"), "{why}");
    let (why, _) = failure(|_| Reply::csv(vec![b'x'; 2 * 1024 * 1024]));
    assert!(why.contains("announces"), "{why}");
}

#[test]
fn a_page_in_place_of_a_table_is_not_read() {
    let (why, asked) = failure(|_| Reply::csv("<html>sign in</html>").with("Content-Type", "text/html"));
    assert!(why.contains("text/html, not text/csv"), "{why}");
    assert_eq!(asked, 1);
    let (gates, _) = refusal(|_| Reply::csv("<html>sign in</html>"));
    assert!(gates.contains(&Gate::Unreadable));
}

#[test]
fn changed_columns_are_told_by_their_names() {
    let (gates, text) = refusal(|_| Reply::csv(board(40, 1.0).replace("arena_score", "strength")));
    assert_eq!(gates, [Gate::Unreadable, Gate::Schema]);
    assert!(text.contains("columns gone: `arena_score`; new: `strength`"), "{text}");
    // A column that the reader could do without, and one that turned from numbers to words.
    let (gates, text) = refusal(|_| Reply::csv(board(40, 1.0).replace("organization", "lab")));
    assert_eq!(gates, [Gate::Schema], "{text}");
}

#[test]
fn what_is_no_number_is_never_taken() {
    for odd in ["NaN", "inf", "-inf", "1e999"] {
        let (gates, text) = refusal(move |_| Reply::csv(board(40, 1.0).replacen("1001", odd, 1)));
        assert_eq!(gates, [Gate::Unreadable], "{text}");
    }
    // YAML has words for them that its reader takes for numbers.
    let runs =
        |rate: &str| format!("- {{model: A, date: 2026-09-01, test_cases: 133, pass_rate_2: {rate}}}\n");
    let server = Server::start(move |_, count| {
        match count {
            0 => Reply::csv(runs("40.0")),
            1 => Reply::csv(runs(".nan")),
            _ => Reply::csv(runs(".inf")),
        }
        .with("Content-Type", "text/yaml")
    });
    let store = TestStore::new().with_runs("runs", &format!("{}/runs.yml", server.address));
    assert!(matches!(store.update(FIRST), Ended::Changed { .. }));
    let before = store.files();
    for _ in 0..2 {
        let updated = store.update_on(NEXT, Implausible::Accept).expect("writable");
        let Ended::Refused { findings, .. } = &updated[0].outcome else { panic!("{updated:?}") };
        assert!(findings.iter().any(|finding| finding.gate == Gate::NotANumber), "{findings:?}");
        assert_eq!(store.files(), before);
    }
}

#[test]
fn ten_times_the_rows_or_a_tenth_are_refused_unless_they_are_accepted() {
    let (gates, text) = refusal(|_| Reply::csv(board(400, 0.0)));
    assert_eq!(gates, [Gate::Rows]);
    assert!(text.contains("400 rows where there were 40"), "{text}");
    let (gates, text) = refusal(|_| Reply::csv(board(4, 0.0)));
    assert_eq!(gates, [Gate::Rows]);
    assert!(text.contains("4 rows where there were 40"), "{text}");
    let (store, _, _) = second(|_| Reply::csv(board(4, 0.0)));
    let accepted = store.update_on(NEXT, Implausible::Accept).expect("writable");
    assert!(
        matches!(&accepted[0].outcome, Ended::Changed { accepted, .. } if accepted.len() == 1),
        "{accepted:?}"
    );
    assert_eq!(store.verified()["a-board"], 44);
}

#[test]
fn another_scale_and_days_to_come_are_refused() {
    let (gates, text) = refusal(|_| Reply::csv(board(40, 150.0)));
    assert_eq!(gates, [Gate::Scores]);
    assert!(text.contains("scale"), "{text}");
    let runs = |day: &str| {
        Reply::csv(format!("- {{model: A, date: {day}, test_cases: 133, pass_rate_2: 40.0}}\n"))
            .with("Content-Type", "text/yaml")
    };
    let server = Server::start(move |_, count| runs(if count == 0 { "2026-09-01" } else { "2036-09-01" }));
    let store = TestStore::new().with_runs("runs", &format!("{}/runs.yml", server.address));
    assert!(matches!(store.update(FIRST), Ended::Changed { .. }));
    let Ended::Refused { findings, .. } = store.update(NEXT) else { panic!("a day ten years on was taken") };
    assert!(findings[0].gate == Gate::Future && findings[0].text.contains("2036-09-01"), "{findings:?}");
}
