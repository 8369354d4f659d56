//! The rules against their own examples, and whole sentences against the claims they make.

use super::*;
use crate::article::read_jsonl_line;
use crate::names::IdentityTables;

/// The names that ship.
fn names() -> Names {
    macro_rules! table {
        ($file:literal) => {
            include_str!(concat!("../../datasets/identities/", $file))
        };
    }
    Names::open(&IdentityTables {
        organisations: table!("organisations.csv"),
        families: table!("families.csv"),
        models: table!("models.csv"),
        benchmarks: table!("benchmarks.csv"),
        aliases: table!("aliases.csv"),
        people: table!("people.csv"),
        places: table!("places.csv"),
        events: table!("events.csv"),
    })
    .expect("the shipped tables are sound")
}

fn rules_in(text: &str, names: &Names) -> Vec<String> {
    let article =
        read_jsonl_line(&serde_json::json!({"id": "example", "text": text}).to_string()).expect("reads");
    // The rules alone: what the trained reader makes of them is measured on the corpus.
    walk(&article, names, None, &mut |_| {}).into_iter().map(|claim| claim.rule).collect()
}

#[test]
fn every_rule_matches_and_rejects_its_examples() {
    let names = &*NAMES;
    let mut faults = Vec::new();
    for rule in &RULES.all {
        let fires = |text: &String| rules_in(text, names).contains(&rule.id);
        faults.extend(
            rule.entry
                .matches
                .iter()
                .filter(|text| !fires(text))
                .map(|text| format!("{} misses: {text}", rule.id)),
        );
        faults.extend(
            rule.entry
                .rejects
                .iter()
                .filter(|text| fires(text))
                .map(|text| format!("{} takes: {text}", rule.id)),
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_is_cheaper_is_about_prices_and_who_stands_among_whom_is_no_second_subject() {
    let found = claims("Llama 3.1 405B beats Qwen2-72B on MMLU. GPT-4o is cheaper than DeepSeek V2.");
    let boards: Vec<&str> =
        found.iter().filter_map(|claim| Some(claim.benchmark.as_ref()?.text.as_str())).collect();
    assert_eq!(boards, ["MMLU", "cheaper"]);
    let found = claims("Of all Chinese models, Qwen2.5-Plus ranks highest in the Chatbot Arena.");
    let subjects: Vec<&str> =
        found.iter().flat_map(|claim| &claim.subject).map(|party| party.text.as_str()).collect();
    assert_eq!(subjects, ["Qwen2.5-Plus"]);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_panic_and_quotes_are_exact(text in TEXT) {
        let line = serde_json::json!({"id": "random", "text": text}).to_string();
        let article = read_jsonl_line(&line).expect("any text is an article");
        for claim in extract(&article, &NAMES) {
            proptest::prop_assert!(text.is_char_boundary(claim.span.start) && text.is_char_boundary(claim.span.end));
            proptest::prop_assert_eq!(&text[claim.span.start..claim.span.end], claim.quote.as_str());
            proptest::prop_assert!(!claim.quote.trim().is_empty());
        }
    }
}

pub(super) static NAMES: std::sync::LazyLock<Names> = std::sync::LazyLock::new(names);

/// Words that rules react to, marks and letters of several bytes, in any order.
const TEXT: &str = "((Qwen|GPT-4|China|Llama 2|MMLU|beats|most|behind|the gap|closing|[0-9]{1,4}%|\\$[0-9]B|at least|a year|of startups|\
                    built on|“|”|’s|— |, |\\*\\*|\\[x\\]\\(y\\)|中文|é|\n|[ -~]) ?){0,40}";
/// The claims of a text published on 21 February 2024.
pub(super) fn claims(text: &str) -> Vec<Claim> {
    let line = serde_json::json!({"id": "example", "text": text, "date": "2024-02-21"}).to_string();
    extract(&read_jsonl_line(&line).expect("reads"), &NAMES)
}

/// The one claim of this kind.
fn only(kind: ClaimKind, text: &str) -> Claim {
    let mut found: Vec<Claim> = claims(text).into_iter().filter(|claim| claim.kind == kind).collect();
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.remove(0)
}

pub(super) fn names_of(parties: &[Party]) -> Vec<&str> {
    parties.iter().map(|party| party.text.as_str()).collect()
}

#[test]
fn active_and_passive_name_the_same_winner() {
    let active = only(ClaimKind::Comparison, "Qwen-72B outperforms Llama 2 and Mistral-7B on MMLU.");
    let passive = only(ClaimKind::Comparison, "Llama 2 is outperformed by Qwen-72B on MMLU.");
    assert_eq!(names_of(&active.subject), ["Qwen-72B"]);
    assert_eq!(names_of(&active.object), ["Llama 2", "Mistral-7B"]);
    assert_eq!(names_of(&passive.subject), ["Qwen-72B"]);
    assert_eq!(names_of(&passive.object), ["Llama 2"]);
    assert_eq!((active.relation, passive.relation), (Some(Relation::Better), Some(Relation::Better)));
    assert_eq!(active.benchmark.expect("named").text, "MMLU");
}

#[test]
fn a_gap_is_told_from_the_laggard() {
    let behind =
        only(ClaimKind::Gap, "China now lags the United States in generative A.I. by at least a year.");
    let ahead = only(ClaimKind::Gap, "Closed models are about a year ahead of open ones.");
    let reported = behind.reported.expect("a year");
    assert_eq!((reported.value, reported.unit), (1.0, crate::reported::Unit::Years));
    assert_eq!(reported.comparator, Some(crate::reported::Comparator::Ge));
    assert_eq!(names_of(&behind.subject), ["China"]);
    assert_eq!(names_of(&behind.object), ["United States"]);
    assert_eq!(names_of(&ahead.object), ["Closed models"]);
    assert_eq!((behind.relation, ahead.relation), (Some(Relation::Worse), Some(Relation::Worse)));
}

#[test]
fn words_that_point_back_get_a_name() {
    let found =
        only(ClaimKind::Comparison, "Mixtral came out in December. It beats Llama 2 on most benchmarks.");
    assert_eq!(names_of(&found.subject), ["Mixtral"]);
}

#[test]
fn denial_hedge_speaker_and_time() {
    let denied = only(ClaimKind::Comparison, "Gemini Pro does not beat GPT-4 on MMLU.");
    assert!(denied.negated && !denied.hedged);
    let hedged = only(ClaimKind::Comparison, "Qwen-72B reportedly beats Llama 2.");
    assert!(hedged.hedged && !hedged.negated);
    let said = only(ClaimKind::Comparison, "According to the team, Qwen-72B beat Llama 2 in November.");
    assert_eq!(said.attributed_to.as_deref(), Some("the team"));
    assert_eq!(said.as_of.as_deref(), Some("2023-11"));
    let which = only(ClaimKind::Comparison, "Qwen-72B beats the October GPT-4 on MMLU.");
    assert_eq!(which.as_of, None);
    let told = only(ClaimKind::Attribute, "Yi-34B has 34 billion parameters, it was widely reported.");
    assert_eq!(told.attributed_to, None);
    let nobody =
        only(ClaimKind::Attribute, "The weights of GPT-4 are not among the things one can download.");
    assert!(nobody.negated);
}

#[test]
fn a_row_of_figures_is_a_claim_each() {
    let found = claims("On MMLU, GPT-4 scores 86.4%, Claude 2 78.5% and Llama 2 68.9%.");
    let scores: Vec<f64> = found
        .iter()
        .filter(|c| c.kind == ClaimKind::Score)
        .filter_map(|c| c.reported.map(|r| r.value))
        .collect();
    assert_eq!(scores, [86.4, 78.5, 68.9]);
}

#[test]
fn a_repeated_paragraph_adds_a_mention() {
    let paragraph = "Qwen-72B beats Llama 2 on MMLU by three points.";
    let found = claims(&format!("{paragraph}\n\nBetween the two.\n\n{paragraph}"));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].mentions.len(), 1);
    assert_eq!(found[0].mentions[0].start, paragraph.len() + "\n\nBetween the two.\n\n".len());
}

#[test]
fn what_claims_nothing_stays_silent() {
    for text in [
        "Which model is better, GPT-4 or Claude 2?",
        "Use GPT-4 to summarise your notes.",
        "The council approved 40% of the plans; most residents agreed.",
        "# GPT-4 Beats Claude 2 On Every Benchmark There Is",
        "",
    ] {
        assert!(claims(text).is_empty(), "{text}: {:?}", claims(text));
    }
}
