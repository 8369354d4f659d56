//! The program with `--extractor llm`: what it sends, says, keeps and refuses.

use crate::server::Server;
use crate::{TEXT, claim, claims};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Output};

/// The program in a folder, without a proxy, a home or a key of its own.
fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_benchclaim"));
    command.args(arguments).args(["--datasets", "shipped"]).current_dir(folder);
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "OPENAI_API_KEY"] {
        command.env_remove(name);
    }
    command.env("NO_PROXY", "127.0.0.1").env("XDG_CACHE_HOME", folder.join("cache"));
    command
}

fn run(command: &mut Command) -> Output {
    command.output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn server() -> Server {
    Server::start(|_, _| {
        let fields = json!({ "subject": "GPT-4", "benchmark": "MMLU", "value": 86.4, "unit": "percent" });
        claims(&[claim("score", "GPT-4 scores 86.4% on MMLU", fields), claim("score", "invented", json!({}))])
    })
}

#[test]
fn every_command_that_finds_claims_can_ask_a_model_and_asks_once() {
    let (server, folder) = (server(), tempfile::tempdir().expect("a folder"));
    std::fs::write(folder.path().join("a.md"), TEXT).expect("written");
    let llm = ["--extractor", "llm", "--endpoint", &server.address, "--model", "m", "--input-price", "2"];
    let extract = run(program(folder.path(), &["extract", "a.md", "--format", "jsonl"]).args(llm));
    let told = text(&extract.stderr);
    assert!(extract.status.success(), "{told}");
    let line: Value = serde_json::from_slice(&extract.stdout).expect("a line");
    assert_eq!(line["claims"][0]["rule"], "score/llm");
    assert_eq!(line["claims"].as_array().map(Vec::len), Some(1));
    assert!(
        told.contains("1 requests") && told.contains("700 tokens sent") && told.contains("0.0014 USD"),
        "{told}"
    );
    assert!(told.contains("1 with a quote that is not in the text"), "{told}");
    let check = run(program(folder.path(), &["check", "a.md", "--format", "jsonl"]).args(llm));
    assert!(text(&check.stderr).contains("0 requests, 1 answers kept"), "{}", text(&check.stderr));
    let line: Value = serde_json::from_slice(&check.stdout).expect("a line");
    assert!(line["claims"][0]["verdict"].is_string(), "{line}");
    let report =
        run(program(folder.path(), &["report", "a.md", "-o", "out", "--fail-on", "never"]).args(llm));
    assert!(report.status.success(), "{}", text(&report.stderr));
    assert_eq!(server.asked().len(), 1);
    let ask =
        run(program(folder.path(), &["ask", "GPT-4 scores 86.4% on MMLU", "--fail-on", "never"]).args(llm));
    assert!(ask.status.success(), "{}", text(&ask.stderr));
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn results_of_a_model_are_not_taken_for_those_of_the_rules() {
    let (server, folder) = (server(), tempfile::tempdir().expect("a folder"));
    std::fs::write(folder.path().join("a.md"), TEXT).expect("written");
    let check = ["check", "a.md", "--format", "jsonl", "--fail-on", "never"];
    let by_rules = run(&mut program(folder.path(), &check)).stdout;
    let llm = ["--extractor", "llm", "--endpoint", &server.address, "--model", "m"];
    let by_model = run(program(folder.path(), &check).args(llm)).stdout;
    assert!(text(&by_model).contains("score/llm") && !text(&by_rules).contains("score/llm"));
    assert_eq!(run(&mut program(folder.path(), &check)).stdout, by_rules);
}

#[test]
fn the_configuration_names_the_model_and_only_a_typed_word_hands_out_a_key() {
    let (server, folder) = (server(), tempfile::tempdir().expect("a folder"));
    let configuration =
        format!("extractor = \"llm\"\n[llm]\nendpoint = \"{}\"\nmodel = \"m\"\n", server.address);
    std::fs::write(folder.path().join("benchclaim.toml"), configuration).expect("written");
    let ask = |words: &str, typed: &[&str]| {
        let mut command = program(folder.path(), &["extract", words, "--format", "jsonl"]);
        run(command.args(typed).env("OPENAI_API_KEY", "a-secret").env("OTHER", "another"))
    };
    for (i, typed) in
        [&[][..], &["--api-key-env", "OTHER"], &["--endpoint", &server.address]].iter().enumerate()
    {
        let name = format!("{i}.md");
        std::fs::write(folder.path().join(&name), format!("{TEXT} Part {i}.")).expect("written");
        let output = ask(&name, typed);
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert!(!text(&output.stderr).contains("a-secret"));
    }
    let sent: Vec<Option<String>> =
        server.asked().iter().map(|asked| asked.headers.get("authorization").cloned()).collect();
    assert_eq!(sent, [None, Some("Bearer another".to_owned()), Some("Bearer a-secret".to_owned())]);
}

#[test]
fn options_that_cannot_work_are_refused_before_anything_is_sent() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.md"), TEXT).expect("written");
    for (typed, told) in [
        (&["--extractor", "llm", "--model", "m"][..], "--endpoint URL"),
        (&["--extractor", "llm", "--endpoint", "http://127.0.0.1:9"], "--model NAME"),
        (&["--endpoint", "http://127.0.0.1:9"], "--extractor llm"),
        (
            &[
                "--extractor",
                "llm",
                "--endpoint",
                "http://x",
                "--model",
                "m",
                "--api-key-env",
                "NOT_SET_HERE",
            ],
            "NOT_SET_HERE",
        ),
    ] {
        let output = run(program(folder.path(), &["extract", "a.md"]).args(typed));
        assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
        assert!(text(&output.stderr).contains(told), "{}", text(&output.stderr));
    }
}
