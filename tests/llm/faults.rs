//! Servers and models that misbehave.

use crate::server::{Reply, Sending, Server};
use crate::{TEXT, ask, ask_with, claim, claims, said};
use serde_json::{Value, json};
use std::time::Duration;

fn good() -> Value {
    claim(
        "score",
        "GPT-4 scores 86.4% on MMLU",
        json!({ "subject": "GPT-4", "value": 86.4, "unit": "percent" }),
    )
}

#[test]
fn invented_quotes_and_unknown_words_are_dropped_and_counted() {
    let server = Server::start(|_, _| {
        claims(&[
            good(),
            claim("score", "GPT-4 scores 99% on MMLU", json!({})),
            claim("score", "", json!({})),
            claim("rumour", "GPT-4 scores 86.4% on MMLU", json!({})),
            claim("gap", "GPT-4 scores 86.4% on MMLU", json!({ "relation": "superior" })),
            claim("gap", "GPT-4 scores 86.4% on MMLU", json!({ "value": "a lot" })),
            json!({ "type": "score", "quote": "GPT-4 scores 86.4% on MMLU" }),
            json!("GPT-4 scores 86.4% on MMLU"),
        ])
    });
    let came = ask(&server, TEXT);
    assert_eq!(came.claims().len(), 1);
    assert_eq!((came.tally.not_in_text, came.tally.malformed), (2, 5));
}

#[test]
fn an_answer_that_is_not_what_was_asked_for_is_asked_for_again() {
    for words in ["no claims here", "{\"claims\": [", "{\"answers\": []}", "[]", ""] {
        let server =
            Server::start(move |_, count| if count == 0 { said(words, "stop") } else { claims(&[good()]) });
        let came = ask(&server, TEXT);
        assert_eq!((came.claims().len(), came.tally.requests), (1, 2), "{words}");
        // What could not be read was paid for all the same.
        assert_eq!(came.tally.input_tokens, 1400, "{words}");
    }
}

#[test]
fn a_server_that_never_answers_what_was_asked_for_is_an_error_and_nothing_is_kept() {
    let server = Server::start(|_, _| said("I would rather not.", "stop"));
    let came = ask(&server, TEXT);
    assert!(came.error().contains("not the JSON asked for"), "{}", came.error());
    assert_eq!(came.tally.requests, 4);
    assert!(came.kept.0.lock().expect("one at a time").is_empty());
    for body in
        ["{}", "{\"choices\": []}", "nonsense", "{\"choices\": [{\"message\": {\"refusal\": \"no\"}}]}"]
    {
        let server = Server::start(move |_, _| Reply::csv(body).with("Content-Type", "application/json"));
        assert!(ask(&server, TEXT).claims.is_err(), "{body}");
    }
}

#[test]
fn an_answer_cut_off_at_the_limit_of_tokens_is_asked_for_in_halves() {
    let server = Server::start(|asked, _| {
        let body: Value = serde_json::from_slice(&asked.body).expect("JSON");
        let words = body["messages"][1]["content"].as_str().expect("words").to_owned();
        match (words.contains("GPT-4 scores"), words.contains("Yi-34B lags")) {
            (true, true) => said("{\"claims\": [{\"type\":", "length"),
            (true, false) => claims(&[good()]),
            _ => claims(&[claim("gap", "Yi-34B lags", json!({}))]),
        }
    });
    let came = ask(&server, TEXT);
    assert_eq!((came.claims().len(), came.tally.requests), (2, 3));
    let always = Server::start(|_, _| said("{", "length"));
    assert!(ask(&always, TEXT).error().contains("cut off"));
}

#[test]
fn a_body_that_breaks_off_or_stalls_is_asked_for_again() {
    for sending in [Sending::Cut(20), Sending::Stall(20), Sending::Trickle(Duration::from_millis(150))] {
        let server = Server::start(move |_, count| {
            let answer = claims(&[good()]);
            if count == 0 { answer.sent(sending) } else { answer }
        });
        let came = ask(&server, TEXT);
        assert_eq!((came.claims().len(), came.tally.requests), (1, 2), "{sending:?}");
    }
}

#[test]
fn a_busy_server_is_waited_for_as_long_as_it_asks() {
    let server = Server::start(|_, count| match count {
        0 => Reply::status("429 Too Many Requests").with("Retry-After", "7"),
        _ => claims(&[good()]),
    });
    let came = ask(&server, TEXT);
    assert_eq!((came.claims().len(), came.tally.requests), (1, 2));
    assert!(came.rests[0] >= Duration::from_secs(7), "{:?}", came.rests);
}

#[test]
fn a_server_that_fails_for_ever_is_given_up() {
    let server = Server::start(|_, _| Reply::status("500 Internal Server Error"));
    let came = ask(&server, TEXT);
    assert!(came.error().contains("500") && came.error().contains("check the endpoint"), "{}", came.error());
    assert_eq!((came.tally.requests, server.asked().len(), came.rests.len()), (4, 4, 3));
}

#[test]
fn what_lasts_is_not_tried_again_and_is_told_in_the_servers_words_without_the_key() {
    let server = Server::start(|_, _| {
        let body = json!({ "error": { "message": "no such model;\u{1b}[31m your key is a-secret" } });
        Reply { body: body.to_string().into_bytes(), ..Reply::status("404 Not Found") }
            .with("Content-Type", "application/json")
    });
    let came = ask_with(&server, TEXT, &crate::Kept::default(), Some("a-secret"));
    let error = came.error();
    assert!(error.contains("no such model") && error.contains("[key]"), "{error}");
    assert!(!error.contains("a-secret") && !error.contains('\u{1b}'), "{error}");
    assert_eq!(came.tally.requests, 1);
    let page = Server::start(|_, _| Reply::csv("<html>sign in</html>").with("Content-Type", "text/html"));
    let came = ask(&page, TEXT);
    assert!(came.error().contains("text/html"), "{}", came.error());
    assert_eq!(came.tally.requests, 1);
}

#[test]
fn hostile_words_do_no_harm() {
    let long = "x".repeat(100_000);
    let hostile = [
        claim("score", "GPT-4 scores", json!({ "subject": "\u{1b}[2JGPT-4\u{0}", "benchmark": long })),
        claim(
            "gap",
            "Yi-34B",
            json!({ "subject": ";;;", "value": 1e308, "value_high": -1e308, "as_of": "<script>" }),
        ),
        claim("share", "(.*)+", json!({})),
        claim("share", &long, json!({})),
        claim("share", "\u{202e}86.4%", json!({})),
        claim("rank", "4", json!({ "value": -0.0, "unit": "rank", "as_of": "9999-99-99" })),
    ];
    let server = Server::start(move |_, _| claims(&hostile));
    let came = ask(&server, TEXT);
    let claims = came.claims();
    assert_eq!((claims.len(), came.tally.not_in_text), (3, 3));
    assert_eq!(claims[0].subject[0].text, "[2JGPT-4");
    assert!(claims[0].benchmark.is_none());
    for claim in claims {
        assert_eq!(claim.quote, claim.span.of(TEXT));
    }
    let judged = benchclaim::check_claims(claims.to_vec(), &crate::article(TEXT), crate::catalog(), None);
    assert_eq!(judged.expect("judged").len(), 3);
}
