//! A question in; what the model says out: from the answers kept before, else from its server.

use super::answer::{self, Said};
use super::prompt;
use super::tally::Tally;
use crate::error::{Error, Result};
use crate::refresh::{Clock, JsonServer, Limits};
use serde_json::json;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Where servers that speak as OpenAI's does take questions, below their base address.
const CHAT: &str = "/chat/completions";

/// No answer about a passage is longer.
const ANSWER_BYTES: u64 = 4 * 1024 * 1024;

/// Answers that are kept from run to run; the caller says where.
pub trait Answers: Sync {
    /// The answer kept for a question, told by its parts.
    fn get(&self, question: &[&[u8]]) -> Option<Vec<u8>>;

    /// Keeps an answer.
    fn put(&self, question: &[&[u8]], answer: &[u8]);
}

/// Hears of a pause before another attempt, and its cause.
pub type Waiting = dyn Fn(Duration, &Error) + Send + Sync;

/// Which model is asked, where and how.
pub struct Asking {
    /// The server's base address (`http://localhost:11434/v1`), or the whole address of its chat completions.
    pub endpoint: String,
    /// The model's name there.
    pub model: String,
    /// The key that the server wants. It is sent to the server and goes nowhere else.
    pub key: Option<String>,
    /// How freely the model may choose its words; absent for the server's own.
    pub temperature: Option<f64>,
    /// How long and how often; a model may think as long as `stall` before the first byte comes.
    pub limits: Limits,
    /// Seed of the pauses' jitter.
    pub seed: u64,
}

/// A language model behind a server.
pub struct Model {
    server: JsonServer,
    endpoint: String,
    name: String,
    temperature: Option<f64>,
    seed: u64,
    clock: Box<dyn Clock + Send>,
    answers: Box<dyn Answers + Send>,
    waiting: Box<Waiting>,
    tally: Mutex<Tally>,
}

impl Model {
    /// A model to ask.
    ///
    /// # Errors
    /// When the TLS setup fails.
    pub fn new(
        asking: Asking,
        clock: Box<dyn Clock + Send>,
        answers: Box<dyn Answers + Send>,
        waiting: Box<Waiting>,
    ) -> Result<Self> {
        let base = asking.endpoint.trim_end_matches('/');
        let endpoint = format!("{}{CHAT}", base.strip_suffix(CHAT).unwrap_or(base));
        let limits = Limits { body_bytes: ANSWER_BYTES, ..asking.limits };
        let hint = format!("check the endpoint, the key, and that the server has `{}`", asking.model);
        let server = JsonServer::new(endpoint.clone(), asking.key, limits, hint)?;
        let (name, temperature, seed) = (asking.model, asking.temperature, asking.seed);
        Ok(Self {
            server,
            endpoint,
            name,
            temperature,
            seed,
            clock,
            answers,
            waiting,
            tally: Mutex::default(),
        })
    }

    /// What asking took so far.
    #[must_use]
    pub fn tally(&self) -> Tally {
        *self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What tells the answers of this model from those of others, for keys of results that were made with them.
    #[must_use]
    pub fn mark(&self) -> String {
        format!("{} {}", self.endpoint, self.body(""))
    }

    /// Adds to the tally.
    pub(super) fn count(&self, count: impl FnOnce(&mut Tally)) {
        count(&mut self.tally.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Asks. An answer that was cut off is one only where the question is divisible; else it is asked for again.
    pub(super) fn ask(&self, question: &str, is_divisible: bool) -> Result<Said> {
        let body = self.body(question);
        let key = [self.endpoint.as_bytes(), body.as_bytes()];
        let kept =
            self.answers.get(&key).and_then(|words| answer::claims(&String::from_utf8(words).ok()?).ok());
        if let Some(claims) = kept {
            self.count(|tally| tally.kept_answers += 1);
            return Ok(Said::Claims(claims));
        }
        let read = |bytes: &[u8]| {
            let completion = answer::completion(bytes)?;
            let usage = completion.usage.unwrap_or_default();
            self.count(|tally| {
                tally.input_tokens = tally.input_tokens.saturating_add(usage.prompt_tokens);
                tally.output_tokens = tally.output_tokens.saturating_add(usage.completion_tokens);
            });
            match completion.words()? {
                Some(words) => {
                    let claims = answer::claims(&words)?;
                    self.answers.put(&key, words.as_bytes());
                    Ok(Said::Claims(claims))
                }
                None if is_divisible => Ok(Said::CutOff),
                None => Err("the answer on a single sentence was cut off at the server's limit".to_owned()),
            }
        };
        let requests = self.tally().requests;
        self.count(|tally| tally.requests += 1);
        let waiting = |pause: Duration, why: &Error| {
            self.count(|tally| tally.requests += 1);
            (self.waiting)(pause, why);
        };
        self.server.ask(body.as_bytes(), (&*self.clock, self.seed ^ requests), &waiting, read)
    }

    /// The question as such servers take it. The schema goes in as text: its order counts.
    fn body(&self, question: &str) -> String {
        let messages = json!([
            { "role": "system", "content": prompt::TASK },
            { "role": "user", "content": question },
        ]);
        let temperature = self.temperature.map_or_else(String::new, |t| format!(r#""temperature":{t},"#));
        format!(
            r#"{{"model":{},{temperature}"messages":{messages},"response_format":{{"type":"json_schema","json_schema":{{"name":"claims","strict":true,"schema":{}}}}}}}"#,
            json!(self.name),
            prompt::SCHEMA,
        )
    }
}
