//! The language model as a reader, end to end, against a server on the loopback that answers well and badly: what it says
//! is taken for a claim only where the text bears it out, and nothing that a server does is worse than an error.

mod asked;
mod faults;
mod process;
#[path = "../refresh/server.rs"]
#[expect(dead_code, reason = "the tests of the refresh use more of it")]
mod server;

use benchclaim::article::{self, Article, Format, Input};
use benchclaim::llm::{Answers, Asking, Model, Tally};
use benchclaim::refresh::{Clock, Limits};
use benchclaim::{Catalog, Claim, Result, Store, llm};
use serde_json::{Value, json};
use server::{Reply, Server};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

/// Two claims, and a number on a line of its own.
pub(crate) const TEXT: &str =
    "GPT-4 scores 86.4% on MMLU. Yi-34B lags\nGPT-4 by a year, 01.AI said in November.";

pub(crate) fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| Catalog::open(Store::Shipped).expect("the shipped store opens"))
}

pub(crate) fn article(text: &str) -> Article {
    let date = Some(jiff::civil::date(2024, 2, 21));
    let format = Some(Format::Markdown);
    article::read(Input { id: "a", bytes: text.as_bytes(), format, date, title: None, url: None })
        .expect("reads")
}

/// A claim as a model would write it, with some fields set.
pub(crate) fn claim(kind: &str, quote: &str, fields: Value) -> Value {
    let mut claim = json!({
        "type": kind, "quote": quote, "subject": null, "object": null, "relation": null, "benchmark": null,
        "value": null, "value_high": null, "unit": null, "comparator": null, "population": null, "as_of": null,
        "attributed_to": null, "hedged": false, "negated": false, "checkable": true,
    });
    for (field, value) in fields.as_object().into_iter().flatten() {
        claim[field] = value.clone();
    }
    claim
}

/// A completion with these words in it.
pub(crate) fn said(words: &str, finish_reason: &str) -> Reply {
    let choice =
        json!({ "message": { "role": "assistant", "content": words }, "finish_reason": finish_reason });
    let body = json!({ "choices": [choice], "usage": { "prompt_tokens": 700, "completion_tokens": 50 } });
    Reply::csv(body.to_string()).with("Content-Type", "application/json")
}

/// A completion with these claims in it.
pub(crate) fn claims(claims: &[Value]) -> Reply {
    said(&json!({ "claims": claims }).to_string(), "stop")
}

/// A clock whose pauses take no time and are written down.
#[derive(Clone)]
pub(crate) struct Rests(Arc<Mutex<Vec<Duration>>>, Instant);

impl Clock for Rests {
    fn elapsed(&self) -> Duration {
        self.1.elapsed()
    }

    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::now()
    }

    fn rest(&self, time: Duration) -> bool {
        self.0.lock().expect("one at a time").push(time);
        true
    }
}

/// Answers kept in memory.
#[derive(Clone, Default)]
pub(crate) struct Kept(Arc<Mutex<BTreeMap<Vec<u8>, Vec<u8>>>>);

impl Answers for Kept {
    fn get(&self, question: &[&[u8]]) -> Option<Vec<u8>> {
        self.0.lock().expect("one at a time").get(&question.concat()).cloned()
    }

    fn put(&self, question: &[&[u8]], answer: &[u8]) {
        self.0.lock().expect("one at a time").insert(question.concat(), answer.to_owned());
    }
}

/// What came of asking.
pub(crate) struct Came {
    pub(crate) claims: Result<Vec<Claim>>,
    pub(crate) tally: Tally,
    pub(crate) rests: Vec<Duration>,
    pub(crate) kept: Kept,
}

impl Came {
    /// The error's words.
    pub(crate) fn error(&self) -> String {
        self.claims.as_ref().expect_err("an error").to_string()
    }

    /// The claims.
    pub(crate) fn claims(&self) -> &[Claim] {
        self.claims.as_ref().expect("claims")
    }
}

/// Asks the model behind the server for the claims of a text.
pub(crate) fn ask(server: &Server, text: &str) -> Came {
    ask_with(server, text, &Kept::default(), None)
}

/// As [`ask`], with answers kept from before and a key.
pub(crate) fn ask_with(server: &Server, text: &str, kept: &Kept, key: Option<&str>) -> Came {
    let limits = Limits {
        connect: Duration::from_secs(2),
        stall: Duration::from_millis(400),
        total: Duration::from_secs(2),
        ..Limits::default()
    };
    let asking = Asking {
        endpoint: format!("{}/v1/", server.address),
        model: "a-model".to_owned(),
        key: key.map(str::to_owned),
        temperature: Some(0.0),
        limits,
        seed: 1,
    };
    let clock = Rests(Arc::default(), Instant::now());
    let waiting = Box::new(|_: Duration, _: &benchclaim::Error| ());
    let model =
        Model::new(asking, Box::new(clock.clone()), Box::new(kept.clone()), waiting).expect("a client");
    let claims = llm::extract(&article(text), catalog().names(), &model);
    let rests = clock.0.lock().expect("one at a time").clone();
    Came { claims, tally: model.tally(), rests, kept: kept.clone() }
}
