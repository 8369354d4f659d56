//! Who finds the claims: what was typed and configured in; the rules, or a language model behind a server, as one verb out.

use super::cache::{Cache, Keeping};
use super::clock::SystemClock;
use super::config::{BadConfiguration, Settings};
use super::output;
use crate::article::Article;
use crate::claim::{self, Claim};
use crate::llm::{self, Asking, Model, Prices};
use crate::names::Names;
use crate::refresh::{Clock as _, Limits};
use anyhow::Result;
use clap::{Args, ValueEnum};
use serde::Deserialize;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// The variable that holds the key where none is named.
const KEY_VARIABLE: &str = "OPENAI_API_KEY";

/// Seconds that a model may take for an answer where nothing else is said.
const TIMEOUT_SECONDS: u64 = 120;

/// Who finds the claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Reading {
    /// The rules and the shipped reader, offline
    #[default]
    Rules,
    /// A language model behind a server; the articles are sent there
    Llm,
}

/// Who finds the claims, as typed.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Who finds the claims")]
pub(super) struct ExtractorArguments {
    /// Who finds the claims [default: rules]
    #[arg(long, value_name = "READER")]
    extractor: Option<Reading>,
    /// Environment variable with the server's key [default: OPENAI_API_KEY, for an --endpoint that is typed]
    // Not in the configuration: a file in a stranger's repository must not draw a secret out of the environment.
    #[arg(long, value_name = "NAME")]
    api_key_env: Option<String>,
    #[command(flatten)]
    model: ModelArguments,
}

/// Which model is asked and how, as typed or configured.
#[derive(Debug, Clone, Default, PartialEq, Args, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct ModelArguments {
    /// Address of an OpenAI-compatible server (http://localhost:11434/v1)
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// Name of the model there
    #[arg(long, value_name = "NAME")]
    model: Option<String>,
    /// How freely it chooses its words, 0 for not at all; else the server decides
    #[arg(long, value_name = "T")]
    temperature: Option<f64>,
    /// Seconds that an answer may take [default: 120]
    #[arg(long, value_name = "SECONDS")]
    model_timeout: Option<u64>,
    /// US dollars a million tokens sent, for the tally
    #[arg(long, value_name = "USD")]
    input_price: Option<f64>,
    /// US dollars a million tokens answered, for the tally
    #[arg(long, value_name = "USD")]
    output_price: Option<f64>,
}

/// Keys of `[llm]` in the configuration.
pub(super) const MODEL_KEYS: [&str; 6] =
    ["endpoint", "model", "temperature", "model-timeout", "input-price", "output-price"];

/// The reader of a run.
pub(super) enum Extractor {
    /// The rules.
    Rules,
    /// A language model.
    Model(Box<Model>, Option<Prices>),
}

impl Extractor {
    /// The reader that is asked for; what is typed counts before what is configured.
    ///
    /// # Errors
    /// [`BadConfiguration`] when the model has no name or address, or one is given to no purpose.
    pub(super) fn settled(
        typed: &ExtractorArguments,
        settings: &Settings,
        keeping: Keeping,
    ) -> Result<Extractor> {
        let bad = |why: &str| BadConfiguration::new(why.to_owned());
        if typed.extractor.or(settings.extractor).unwrap_or_default() == Reading::Rules {
            if typed.model != ModelArguments::default() || typed.api_key_env.is_some() {
                Err(bad("options of a language model are given; ask for it with --extractor llm"))?;
            }
            return Ok(Extractor::Rules);
        }
        let (own, configured) = (&typed.model, &settings.llm);
        let needed = |typed: &Option<String>, configured: &Option<String>, option: &str| {
            let found = typed.clone().or_else(|| configured.clone());
            found.ok_or_else(|| {
                bad(&format!("--extractor llm needs {option}, or its key in [llm] of benchclaim.toml"))
            })
        };
        let endpoint = needed(&own.endpoint, &configured.endpoint, "--endpoint URL")?;
        let model = needed(&own.model, &configured.model, "--model NAME")?;
        let timeout = own.model_timeout.or(configured.model_timeout).unwrap_or(TIMEOUT_SECONDS);
        let timeout = Duration::from_secs(timeout);
        let clock = SystemClock::new(Arc::new(AtomicBool::new(false)));
        let asking = Asking {
            endpoint,
            model,
            key: key(typed)?,
            temperature: own.temperature.or(configured.temperature),
            limits: Limits { stall: timeout, total: timeout, ..Limits::default() },
            // Programs that failed together should not come back together.
            seed: clock.now().as_nanosecond() as u64 ^ u64::from(std::process::id()),
        };
        let answers = Box::new(Cache::of_answers(keeping));
        let waiting = Box::new(|pause: Duration, why: &crate::Error| {
            output::complain(&format!("{why}: next attempt in {:.1} s", pause.as_secs_f64()));
        });
        let input = own.input_price.or(configured.input_price);
        let output = own.output_price.or(configured.output_price);
        let prices = (input.is_some() || output.is_some())
            .then(|| Prices { input: input.unwrap_or_default(), output: output.unwrap_or_default() });
        Ok(Extractor::Model(Box::new(Model::new(asking, Box::new(clock), answers, waiting)?), prices))
    }

    /// The claims of an article.
    ///
    /// # Errors
    /// When the model cannot be asked; the rules cannot fail.
    pub(super) fn claims(&self, article: &Article, names: &Names) -> Result<Vec<Claim>> {
        match self {
            Extractor::Rules => Ok(claim::extract(article, names)),
            Extractor::Model(model, _) => Ok(llm::extract(article, names, model)?),
        }
    }

    /// What tells results of this reader from those of others, for keys of the cache.
    pub(super) fn mark(&self) -> String {
        match self {
            Extractor::Rules => String::new(),
            Extractor::Model(model, _) => model.mark(),
        }
    }
}

/// Whatever way a run ends, what it took is told: requests that failed were paid for too.
impl Drop for Extractor {
    fn drop(&mut self) {
        if let Extractor::Model(model, prices) = self {
            let tally = model.tally();
            let cost =
                prices.map_or_else(String::new, |prices| format!("; {:.4} USD", tally.cost_usd(&prices)));
            output::complain(&format!("language model: {tally}{cost}"));
        }
    }
}

/// The server's key, from the variable named, or for an address that is typed from the usual one.
fn key(typed: &ExtractorArguments) -> Result<Option<String>> {
    let read = |name: &str| std::env::var(name).ok().filter(|key| !key.trim().is_empty());
    let found = match &typed.api_key_env {
        Some(name) => Some(read(name).ok_or_else(|| {
            BadConfiguration::new(format!("the environment variable {name} of --api-key-env holds no key"))
        })?),
        None if typed.model.endpoint.is_some() => read(KEY_VARIABLE),
        None => None,
    };
    Ok(found.map(|key| key.trim().to_owned()))
}
