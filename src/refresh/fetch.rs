//! Fetching: an address in; the body and its type out, within limits of time and size.

use crate::error::{Error, Result};
use std::io::Read;
use std::time::Duration;

/// The whole request, redirects and body included.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// Until the server answers at all.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);

/// Bytes of a body after decompression; a longer one is refused while it streams.
const SIZE_LIMIT: u64 = 50 * 1024 * 1024;

/// Hops from address to address.
const REDIRECT_LIMIT: usize = 5;

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The body.
    pub bytes: Vec<u8>,
    /// The media type that the server names, without parameters.
    pub media_type: Option<String>,
    /// The address after redirects.
    pub url: String,
}

/// Fetches an address. Proxy variables of the environment are honoured.
///
/// # Errors
/// An address that is none, a server that cannot be reached or says no, a body too long or cut short.
pub fn fetch(url: &str) -> Result<Fetched> {
    let failed = |why: String, hint: &str| Error::Fetch { url: url.to_owned(), why, hint: hint.to_owned() };
    let client = reqwest::blocking::Client::builder()
        .user_agent(concat!("benchclaim/", env!("CARGO_PKG_VERSION")))
        .timeout(TIME_LIMIT)
        .connect_timeout(CONNECT_LIMIT)
        .redirect(reqwest::redirect::Policy::limited(REDIRECT_LIMIT))
        .build()
        .map_err(|e| failed(e.to_string(), "this is a defect of the program or its TLS setup"))?;
    let offline = "check the address and the connection, or save the page and give the file";
    let response = client.get(url).send().map_err(|e| failed(root_cause(&e), offline))?;
    if !response.status().is_success() {
        return Err(failed(format!("the server answered {}", response.status()), offline));
    }
    let media_type = response
        .headers()
        .get(reqwest::header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .map(|value| value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
    let url = response.url().to_string();
    let mut bytes = Vec::new();
    response
        .take(SIZE_LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| failed(format!("the body broke off ({e})"), "try again"))?;
    if bytes.len() as u64 > SIZE_LIMIT {
        let why = format!("the body is longer than {} MB", SIZE_LIMIT / (1024 * 1024));
        return Err(failed(why, "save the part that matters and give the file"));
    }
    Ok(Fetched { bytes, media_type, url })
}

/// The innermost cause: "connection refused" says more than "error sending request".
fn root_cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
