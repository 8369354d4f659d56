//! What is asked, and what a good answer becomes: claims with exact places and slots as the rules would fill them.

use crate::server::Server;
use crate::{TEXT, article, ask, ask_with, catalog, claim, claims};
use benchclaim::ClaimKind;
use benchclaim::names::Entity;
use benchclaim::reported::Unit;
use serde_json::{Value, json};

fn good() -> [Value; 2] {
    [
        claim(
            "score",
            "GPT-4 scores 86.4% on MMLU",
            json!({ "subject": "GPT-4", "benchmark": "MMLU", "value": 86.4, "unit": "percent" }),
        ),
        // The quote has a space where the text has a line break.
        claim(
            "gap",
            "Yi-34B lags GPT-4 by a year",
            json!({
                "subject": "Yi-34B", "object": "GPT-4", "relation": "worse", "value": 1, "unit": "years",
                "attributed_to": "01.AI",
            }),
        ),
    ]
}

#[test]
fn a_good_answer_becomes_claims_of_the_text() {
    let server = Server::start(|_, _| claims(&good()));
    let came = ask(&server, TEXT);
    let [score, gap] = came.claims() else { panic!("{:?}", came.claims) };
    for claim in [score, gap] {
        assert_eq!(claim.quote, claim.span.of(TEXT));
    }
    assert_eq!((score.kind, score.rule.as_str()), (ClaimKind::Score, "score/llm"));
    assert_eq!(score.subject[0].entity, Some(Entity::Model("gpt-4".to_owned())));
    assert_eq!(score.benchmark.as_ref().and_then(|board| board.id.as_deref()), Some("mmlu"));
    let reported = score.reported.expect("a number");
    assert_eq!((reported.value, reported.unit, reported.step), (86.4, Unit::Percent, 0.1));
    assert_eq!(gap.quote, "Yi-34B lags\nGPT-4 by a year");
    assert!(gap.object[0].entity.is_some());
    // The model named no time; the sentence does.
    assert_eq!(gap.as_of.as_deref(), Some("2023-11"));
    assert_eq!(gap.attributed_to.as_deref(), Some("01.AI"));
    assert_eq!((came.tally.requests, came.tally.claims), (1, 2));
    assert_eq!((came.tally.input_tokens, came.tally.output_tokens), (700, 50));
}

#[test]
fn what_a_model_reads_is_judged_like_what_the_rules_read() {
    let text = "GPT-4 scores 86.4% on MMLU.";
    let server = Server::start(|_, _| claims(&good()[..1]));
    let came = ask(&server, text);
    let by_model =
        benchclaim::check_claims(came.claims().to_vec(), &article(text), catalog(), None).expect("judged");
    let by_rules = benchclaim::check(&article(text), catalog(), None).expect("judged");
    assert_eq!(by_model.len(), 1);
    assert_eq!(by_model[0].verdict.outcome, by_rules[0].verdict.outcome);
    assert_eq!(by_model[0].verdict.support, by_rules[0].verdict.support);
}

#[test]
fn the_question_names_the_model_and_holds_it_to_the_schema() {
    let server = Server::start(|_, _| claims(&[]));
    let came = ask_with(&server, TEXT, &crate::Kept::default(), Some("a-secret"));
    assert!(came.claims().is_empty());
    let asked = server.asked();
    assert_eq!((asked.len(), asked[0].target.as_str()), (1, "/v1/chat/completions"));
    assert_eq!(asked[0].headers["authorization"], "Bearer a-secret");
    let body: Value = serde_json::from_slice(&asked[0].body).expect("JSON");
    assert_eq!((&body["model"], &body["temperature"]), (&json!("a-model"), &json!(0)));
    assert_eq!(body["response_format"]["json_schema"]["strict"], json!(true));
    let schema = &body["response_format"]["json_schema"]["schema"];
    assert_eq!(schema["properties"]["claims"]["items"]["additionalProperties"], json!(false));
    let question = body["messages"][1]["content"].as_str().expect("words");
    assert!(
        question.contains("Published: 2024-02-21") && question.contains("GPT-4 scores 86.4%"),
        "{question}"
    );
    // What is kept says nothing of the key.
    let kept = came.kept.0.lock().expect("one at a time");
    let holds = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("a-secret");
    assert!(!kept.is_empty() && !kept.iter().any(|(question, answer)| holds(question) || holds(answer)));
}

#[test]
fn a_second_run_asks_nobody() {
    let server = Server::start(|_, _| claims(&good()));
    let first = ask(&server, TEXT);
    let second = ask_with(&server, TEXT, &first.kept, None);
    assert_eq!(first.claims(), second.claims());
    assert_eq!((second.tally.requests, second.tally.kept_answers, second.tally.input_tokens), (0, 1, 0));
    assert_eq!(server.asked().len(), 1);
    // Another text is another question.
    assert_eq!(ask_with(&server, "GPT-4 leads.", &first.kept, None).tally.requests, 1);
}

#[test]
fn a_long_article_is_asked_about_in_passages_and_a_repeated_paragraph_not_at_all() {
    let paragraph = |i: usize| {
        format!("Model {i} of the series scores {i} points on that test of ours, they said. ").repeat(12)
    };
    let paragraphs: Vec<String> = (0..20).map(paragraph).collect();
    let once = paragraphs.join("\n\n");
    let server = Server::start(|asked, _| {
        let body: Value = serde_json::from_slice(&asked.body).expect("JSON");
        let first =
            body["messages"][1]["content"].as_str().and_then(|words| words.split("\n\nModel ").nth(1));
        let number = first.and_then(|words| words.split(' ').next()).expect("a number");
        claims(&[claim("score", &format!("Model {number} of the series scores {number} points"), json!({}))])
    });
    let came = ask(&server, &format!("{once}\n\n{once}"));
    assert!((3..8).contains(&came.tally.requests), "{}", came.tally);
    assert_eq!(came.claims().len() as u64, came.tally.requests);
    assert!(came.claims().iter().all(|claim| claim.mentions.len() == 1), "{:?}", came.claims()[0]);
}
