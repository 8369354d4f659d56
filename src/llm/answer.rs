//! A server's answer in; what the model said, as claims whose words are those that claims can have, out.

use crate::article::Span;
use crate::claim::{ClaimKind, Relation, Told};
use crate::reported::{Comparator, Unit};
use serde::Deserialize;
use serde_json::Value;

/// Longer names, boards and populations are none: the model rambles.
const LONGEST_SLOT: usize = 300;

/// Parts several parties of a slot.
const BETWEEN_PARTIES: char = ';';

/// What came back for a question.
#[derive(Debug, Deserialize)]
pub(super) struct Completion {
    choices: Vec<Choice>,
    #[serde(default)]
    pub(super) usage: Option<Usage>,
}

/// Tokens as the server counts them.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub(super) struct Usage {
    pub(super) prompt_tokens: u64,
    pub(super) completion_tokens: u64,
}

#[derive(Debug, Deserialize)]
struct Choice {
    message: Message,
    #[serde(default)]
    finish_reason: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Message {
    #[serde(default)]
    content: Option<String>,
    #[serde(default)]
    refusal: Option<String>,
}

/// What the model said.
#[derive(Debug, PartialEq)]
pub(super) enum Said {
    /// Claims, each still to be read.
    Claims(Vec<Value>),
    /// The beginning of something too long.
    CutOff,
}

/// Why a claim of an answer was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dropped {
    /// Its quote is not in the text.
    NotInText,
    /// It is not what was asked for: a word outside the lists, a field amiss.
    Malformed,
}

/// The envelope of an answer.
pub(super) fn completion(bytes: &[u8]) -> Result<Completion, String> {
    serde_json::from_slice(bytes).map_err(|error| format!("what it answered is no chat completion ({error})"))
}

impl Completion {
    /// The model's words; none when they were cut off at the server's limit of tokens.
    pub(super) fn words(self) -> Result<Option<String>, String> {
        let choice = self.choices.into_iter().next().ok_or("it answered with no choice")?;
        if choice.finish_reason.as_deref() == Some("length") {
            return Ok(None);
        }
        if let Some(refusal) = choice.message.refusal {
            return Err(format!("the model refuses: {}", cleaned(&refusal).unwrap_or_default()));
        }
        choice.message.content.map(Some).ok_or_else(|| "the model answered nothing".to_owned())
    }
}

/// The claims in a model's words. Servers that do not hold a model to the schema let it talk around the object.
pub(super) fn claims(words: &str) -> Result<Vec<Value>, String> {
    #[derive(Deserialize)]
    struct Answer {
        claims: Vec<Value>,
    }
    let object = words.find('{').zip(words.rfind('}')).and_then(|(from, to)| words.get(from..=to));
    let answer: Result<Answer, _> = serde_json::from_str(object.unwrap_or(words));
    answer.map(|answer| answer.claims).map_err(|error| {
        format!(
            "the model's answer is not the JSON asked for ({error}); the server may not support `json_schema`"
        )
    })
}

/// One claim as the schema has it.
#[derive(Deserialize)]
struct Item {
    #[serde(rename = "type")]
    kind: ClaimKind,
    quote: String,
    subject: Option<String>,
    object: Option<String>,
    relation: Option<Relation>,
    benchmark: Option<String>,
    value: Option<f64>,
    value_high: Option<f64>,
    unit: Option<Unit>,
    comparator: Option<Comparator>,
    population: Option<String>,
    as_of: Option<String>,
    attributed_to: Option<String>,
    hedged: bool,
    negated: bool,
    checkable: bool,
}

/// A claim of an answer, with its quote at the place that `find` knows for it.
pub(super) fn told(item: Value, find: impl Fn(&str) -> Option<Span>) -> Result<Told, Dropped> {
    let item: Item = serde_json::from_value(item).map_err(|_| Dropped::Malformed)?;
    let span = find(&item.quote).ok_or(Dropped::NotInText)?;
    let slot = |text: Option<String>| text.as_deref().and_then(cleaned);
    let parties = |text: Option<String>| {
        let text = slot(text).unwrap_or_default();
        text.split(BETWEEN_PARTIES)
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect()
    };
    Ok(Told {
        kind: item.kind,
        span,
        subject: parties(item.subject),
        object: parties(item.object),
        relation: item.relation,
        benchmark: slot(item.benchmark),
        value: item.value,
        value_high: item.value_high,
        unit: item.unit,
        comparator: item.comparator,
        population: slot(item.population),
        as_of: slot(item.as_of),
        attributed_to: slot(item.attributed_to),
        hedged: item.hedged,
        negated: item.negated,
        checkable: item.checkable,
    })
}

/// A text with single spaces and without control characters; nothing for one that is empty, too long, or says so.
fn cleaned(text: &str) -> Option<String> {
    let visible = text.replace(char::is_control, " ");
    let words: Vec<&str> = visible.split_whitespace().collect();
    let text = words.join(" ");
    (!text.is_empty() && text.len() <= LONGEST_SLOT && text != "null").then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn item() -> Value {
        json!({
            "type": "score", "quote": "q", "subject": "A; B", "object": null, "relation": null, "benchmark": "MMLU",
            "value": 86.4, "value_high": null, "unit": "percent", "comparator": null, "population": null,
            "as_of": null, "attributed_to": "null", "hedged": false, "negated": false, "checkable": true
        })
    }

    fn read(item: Value) -> Result<Told, Dropped> {
        told(item, |quote| (quote == "q").then(|| Span::new(3, 4)))
    }

    #[test]
    fn a_claim_is_read_with_its_parties_apart() {
        let told = read(item()).unwrap();
        assert_eq!(
            (told.span, told.subject.as_slice()),
            (Span::new(3, 4), ["A".to_owned(), "B".to_owned()].as_slice())
        );
        assert_eq!(told.attributed_to, None);
    }

    #[test]
    fn words_outside_the_lists_drop_the_claim() {
        for (field, value) in [
            ("type", json!("rumour")),
            ("relation", json!("superior")),
            ("unit", json!("furlongs")),
            ("comparator", json!("=")),
            ("value", json!("86.4")),
            ("checkable", json!("yes")),
            ("quote", json!(7)),
        ] {
            let mut wrong = item();
            wrong[field] = value;
            assert_eq!(read(wrong), Err(Dropped::Malformed), "{field}");
        }
        let mut invented = item();
        invented["quote"] = json!("not there");
        assert_eq!(read(invented), Err(Dropped::NotInText));
    }

    #[test]
    fn an_object_is_found_in_talk_around_it() {
        assert_eq!(claims("Sure!\n```json\n{\"claims\": []}\n```").unwrap(), Vec::<Value>::new());
        for bad in ["", "[]", "{}", "{\"claims\": 3}", "}{", "{\"claims\": ["] {
            assert!(claims(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn control_characters_and_ramblings_are_left_out() {
        assert_eq!(cleaned("\u{1b}[31mGPT\t4\u{0}").as_deref(), Some("[31mGPT 4"));
        assert_eq!(cleaned(&"x".repeat(LONGEST_SLOT + 1)), None);
        assert_eq!(cleaned(" \n"), None);
    }
}
