//! The refresh as a program: stopped at any moment, asked to stop, beside another, behind a proxy; and what it tells.

use crate::server::{Reply, Server};
use crate::store::{FIRST, NEXT, TestStore, board};
use benchclaim::refresh::{Ended, Implausible};
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Stops, each at another moment.
const KILLS: u32 = 24;

/// The program on a store, without a proxy or a home of its own.
fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_benchclaim"));
    command.args(arguments).arg("--datasets").arg(folder).current_dir(folder);
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        command.env_remove(name);
    }
    command.env("NO_PROXY", "127.0.0.1").env("XDG_DATA_HOME", folder.join("home"));
    command
}

pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    program(folder, arguments).output().expect("the program runs")
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Waits for something, not for long.
fn wait_for(what: &str, mut is_so: impl FnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(20);
    while !is_so() {
        assert!(Instant::now() < until, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn killed_at_any_moment_it_leaves_the_old_store_or_the_new_one() {
    // Each answer differs from the one before, so that every refresh writes.
    let server = Server::start(|_, count| Reply::csv(board(1500, (count % 7) as f64)));
    let url = format!("{}/board.csv", server.address);
    let store = TestStore::new().with_board("a-board", &url).with_board("b-board", &url);
    assert_eq!(run(store.path(), &["data", "update"]).status.code(), Some(0));
    let started = Instant::now();
    assert_eq!(run(store.path(), &["data", "update"]).status.code(), Some(0));
    let mut moment = started.elapsed().mul_f64(0.8);
    let mut lock = std::fs::read(store.path().join("lock.toml")).expect("a lock");
    let (mut old, mut new) = (0, 0);
    for _ in 0..KILLS {
        let mut child = program(store.path(), &["data", "update"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("runs");
        std::thread::sleep(moment);
        child.kill().expect("a signal that cannot be caught");
        child.wait().expect("ended");
        assert_eq!(store.verified().len(), 2);
        let found = std::fs::read(store.path().join("lock.toml")).expect("a lock");
        // Too early: later next time; too late: sooner. So the stops gather about the writing, however fast
        // the machine is by now.
        if found == lock {
            old += 1;
            moment = moment.mul_f64(1.17);
        } else {
            new += 1;
            moment = moment.mul_f64(0.83);
        }
        lock = found;
    }
    assert!(
        old > 0 && new > 0,
        "{old} runs left the old store, {new} the new one: the moments were ill chosen"
    );
    // The next run takes away what the killed ones left.
    assert_eq!(run(store.path(), &["data", "update"]).status.code(), Some(0));
    let leftovers =
        store.files().keys().filter(|path| path.extension().is_some_and(|end| end == "part")).count();
    let tables = store.files().keys().filter(|path| path.to_string_lossy().contains("scores-")).count();
    assert!(leftovers == 0 && tables <= 4, "{leftovers} parts, {tables} tables");
}

/// Data sets of a large store.
const MANY: usize = 40;

#[test]
fn forty_data_sets_are_fetched_side_by_side_with_a_line_each_or_bars_on_a_terminal() {
    let server = Server::start(|_, count| {
        std::thread::sleep(Duration::from_millis(40));
        Reply::csv(board(20, (count / MANY) as f64))
    });
    let mut store = TestStore::new();
    for i in 0..MANY {
        store = store.with_board(&format!("board-{i:02}"), &format!("{}/{i}.csv", server.address));
    }
    let output = run(store.path(), &["data", "update"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let (lines, told) = (text(&output.stderr), text(&output.stdout));
    assert_eq!(lines.lines().filter(|line| line.ends_with(": fetching")).count(), MANY);
    assert!(!lines.contains('\u{1b}'), "a bar where there is no terminal");
    assert_eq!(told.lines().filter(|line| line.contains(": changed, nothing -> ")).count(), MANY);
    assert_eq!(store.verified().len(), MANY);
    assert!(server.most_at_a_time() > 1, "one after the other");
    // `script` of util-linux runs a program on a terminal of its own.
    if Command::new("script").arg("--version").output().is_err() {
        writeln!(std::io::stderr(), "SKIPPED: no `script` (package util-linux); the bars were not looked at")
            .expect("standard error is there");
        return;
    }
    let (binary, folder) = (env!("CARGO_BIN_EXE_benchclaim"), store.path().display());
    let inside = format!("'{binary}' data update --datasets '{folder}'");
    let mut terminal = program(store.path(), &[]);
    terminal = {
        let mut command = Command::new("script");
        command.args(["-qec", &inside, "/dev/null"]).current_dir(store.path()).env("TERM", "xterm");
        terminal.get_envs().for_each(|(name, value)| {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        });
        command
    };
    let shown = text(&terminal.stdin(Stdio::null()).output().expect("runs").stdout);
    assert!(shown.contains('\u{1b}') && shown.contains("board-39"), "{shown}");
    assert!(!shown.contains(": fetching"), "lines where there are bars: {shown}");
}

#[test]
fn of_two_at_once_the_second_is_turned_away() {
    let server = Server::start(|_, _| {
        std::thread::sleep(Duration::from_millis(1500));
        Reply::csv(board(20, 0.0))
    });
    let store = TestStore::new().with_board("a-board", &format!("{}/board.csv", server.address));
    let mut first = program(store.path(), &["data", "update"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("runs");
    wait_for("the first request", || !server.asked().is_empty());
    let second = run(store.path(), &["data", "update"]);
    assert_eq!(second.status.code(), Some(2));
    assert!(text(&second.stderr).contains("another refresh"), "{}", text(&second.stderr));
    assert!(first.wait().expect("ended").success());
    assert_eq!(store.verified()["a-board"], 20);
}

#[test]
fn exit_codes_and_lines_tell_what_was_kept_back() {
    let server = Server::start(|asked, _| match asked.target.as_str() {
        "/gone.csv" => Reply::status("404 Not Found"),
        _ => Reply::csv(board(20, 0.0)),
    });
    let store = TestStore::new()
        .with_board("good", &format!("{}/good.csv", server.address))
        .with_board("gone", &format!("{}/gone.csv", server.address));
    let output = run(store.path(), &["data", "update"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stdout).contains("good: changed, nothing -> "), "{}", text(&output.stdout));
    assert!(text(&output.stdout).contains("gone: failed, the old data stay"), "{}", text(&output.stdout));
    // Not a terminal: a plain line each, and no bar.
    assert!(text(&output.stderr).contains("good: fetching\n") && !output.stderr.contains(&0x1b));
    let unknown = run(store.path(), &["data", "update", "goood"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("did you mean `good`"), "{}", text(&unknown.stderr));
    assert_eq!(run(store.path(), &["data", "watch", "--every", "5s"]).status.code(), Some(2));
}

#[test]
fn a_proxy_of_the_environment_is_used() {
    let proxy = Server::start(|_, _| Reply::csv(board(20, 0.0)));
    let store = TestStore::new().with_board("a-board", "http://127.0.0.1:9/board.csv");
    let mut command = program(store.path(), &["data", "update"]);
    let output = command.env_remove("NO_PROXY").env("HTTP_PROXY", &proxy.address).output().expect("runs");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(proxy.asked()[0].target, "http://127.0.0.1:9/board.csv");
}

#[cfg(unix)]
fn ask_to_stop(child: &Child) {
    let status = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
    assert!(status.expect("kill runs").success());
}

#[cfg(unix)]
#[test]
fn a_watching_service_refreshes_tells_its_health_and_stops_when_asked() {
    let server = Server::start(|_, _| Reply::csv(board(20, 0.0)));
    let store = TestStore::new().with_board("a-board", &format!("{}/board.csv", server.address));
    let mut child = program(store.path(), &["data", "watch", "--every", "6h", "--jitter", "0s"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    let health = store.path().join(".refresh/health.json");
    let read = || -> Option<serde_json::Value> { serde_json::from_slice(&std::fs::read(&health).ok()?).ok() };
    wait_for("the first refresh", || {
        read().is_some_and(|found| found["status"] == "waiting" && found["last_outcome"] == "ok")
    });
    let found = read().expect("health");
    assert_eq!((&found["pid"], &found["failures_in_a_row"]), (&child.id().into(), &0.into()));
    let pause =
        |name: &str| found[name].as_str().expect("a time").parse::<jiff::Timestamp>().expect("a time");
    assert_eq!(pause("next").duration_since(pause("last")).as_hours(), 6);
    ask_to_stop(&child);
    let status = child.wait().expect("ended");
    assert_eq!(status.code(), Some(0));
    assert_eq!(read().expect("health")["status"], "stopped");
    let output = child.wait_with_output().expect("ended");
    assert!(output.stdout.is_empty());
    let events: Vec<serde_json::Value> = text(&output.stderr)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect();
    let names: Vec<&str> = events.iter().filter_map(|event| event["event"].as_str()).collect();
    assert_eq!(names, ["waiting", "refreshing", "refreshed", "waiting", "stopped"]);
    assert!(events.iter().any(|event| event["dataset"] == "a-board" && event["outcome"] == "changed"));
}

#[test]
fn a_difference_is_told_between_days_and_between_stores() {
    let server = Server::start(|_, count| Reply::csv(board(20 + count, 3.0 * count as f64)));
    let store = TestStore::new().with_board("a-board", &format!("{}/board.csv", server.address));
    assert!(matches!(store.update(FIRST), Ended::Changed { .. }));
    let copy = tempfile::tempdir().expect("a folder");
    for (path, bytes) in store.files() {
        let place = copy.path().join(path.strip_prefix(store.path()).expect("below"));
        std::fs::create_dir_all(place.parent().expect("a folder")).expect("made");
        std::fs::write(place, bytes).expect("written");
    }
    assert!(matches!(store.update(NEXT), Ended::Changed { .. }));
    let days =
        run(store.path(), &["data", "diff", &format!("a-board@{FIRST}"), &NEXT.to_string(), "--rows", "1"]);
    let told = text(&days.stdout);
    assert!(told.contains("1 added, 0 removed, 20 changed"), "{told}{}", text(&days.stderr));
    assert!(told.contains("+ chatbot-arena rating: Model-20 1203"), "{told}");
    let folders = [copy.path().to_string_lossy(), store.path().to_string_lossy()];
    let stores = run(store.path(), &["data", "diff", &folders[0], &folders[1], "--format", "markdown"]);
    assert!(
        text(&stores.stdout).contains("| a-board | 2026-10-01 | 2026-11-01 | 1 | 0 | 20 |"),
        "{}",
        text(&stores.stdout)
    );
    let same = run(store.path(), &["data", "diff", &folders[0], &folders[0]]);
    assert_eq!(text(&same.stdout), "no row differs\n");
    let json = run(store.path(), &["data", "diff", "a-board@2026-10", "a-board", "--format", "json"]);
    let sections: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(sections[0]["added"][0]["name"], "Model-20");
}

#[test]
fn a_saved_verdict_that_new_data_turn_is_told() {
    let board = |first: &str, second: &str| {
        format!(
            "model,arena_score,95_pct_ci,votes\n{first},1300,+3/-3,9000\n{second},1250,+3/-3,9000\nMixtral 8x7B,1200,+3/-3,900\n"
        )
    };
    let server = Server::start(move |_, count| {
        Reply::csv(if count == 0 {
            board("GPT-4o", "Claude 3 Opus")
        } else {
            board("Claude 3 Opus", "GPT-4o")
        })
    });
    let store = TestStore::new().with_board("a-board", &format!("{}/board.csv", server.address));
    assert!(matches!(store.update(FIRST), Ended::Changed { .. }));
    let article = "---\ndate: 2026-10-05\n---\n\nGPT-4o ranks first on the Chatbot Arena.\n";
    std::fs::write(store.path().join("article.md"), article).expect("written");
    let report = run(store.path(), &["report", "article.md", "-o", "reports/one", "--fail-on", "never"]);
    assert_eq!(report.status.code(), Some(0), "{}", text(&report.stderr));
    let updated = store.update_on(NEXT, Implausible::Accept).expect("writable");
    assert!(matches!(updated[0].outcome, Ended::Changed { .. }), "{updated:?}");
    let catalog = benchclaim::Catalog::open(store.store()).expect("opens");
    let found = benchclaim::refresh::flips(&store.path().join("reports"), &catalog).expect("readable");
    assert_eq!((found.judged, found.lost), (1, 0));
    let told: Vec<_> =
        found.flips.iter().map(|flip| (flip.moment, flip.was.name(), flip.is.name())).collect();
    assert_eq!(told, [("now", "supported", "contradicted")]);
}

#[test]
fn a_package_names_every_table_with_its_hash() {
    let server = Server::start(|_, _| Reply::csv(board(20, 0.0)));
    let store = TestStore::new().with_board("a-board", &format!("{}/board.csv", server.address));
    assert!(matches!(store.update(FIRST), Ended::Changed { .. }));
    let output = run(store.path(), &["data", "package"]);
    let package: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let resource = &package["resources"][0];
    assert!(resource["path"].as_str().is_some_and(|path| store.path().join(path).is_file()), "{resource}");
    assert_eq!(resource["schema"]["fields"].as_array().map(Vec::len), Some(13));
}
