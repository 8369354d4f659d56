//! Fetching: an address in; the body and its type, or word that it has not changed, out, within limits of time and size.

use super::limits::{Clock, Limits};
use crate::error::{Error, Result};
use flate2::read::MultiGzDecoder;
pub(super) use reqwest::blocking::Client;
use reqwest::blocking::{RequestBuilder, Response};
use reqwest::header::{self, HeaderMap, HeaderName};
use reqwest::redirect::Policy;
use reqwest::{StatusCode, Url};
use std::io::Read;
use std::time::Duration;

/// Names the tool and its version to those whose servers it uses.
const USER_AGENT: &str = concat!("benchclaim/", env!("CARGO_PKG_VERSION"));

/// Bytes read at a time: small enough that limits are noticed soon.
const PIECE: usize = 64 * 1024;

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The body.
    pub bytes: Vec<u8>,
    /// The media type that the server names, without parameters.
    pub media_type: Option<String>,
    /// The address after redirects.
    pub url: String,
    /// The server's mark of this version.
    pub etag: Option<String>,
    /// When the server says it last changed.
    pub last_modified: Option<String>,
}

/// An answer to a conditional request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// What is held already is still so.
    Unchanged,
    /// A body.
    Body(Fetched),
}

/// What is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wanted<'w> {
    /// The address.
    pub(super) url: &'w str,
    /// Media types that can be read; none named is also fine.
    pub(super) media_types: &'w [&'w str],
    /// The mark of the version that is held.
    pub(super) etag: Option<&'w str>,
    /// When the version that is held last changed.
    pub(super) last_modified: Option<&'w str>,
}

/// Why an attempt failed, and whether another may do better.
pub(super) struct Failure {
    /// What went wrong.
    pub(super) error: Error,
    /// Whether it may pass.
    pub(super) may_pass: bool,
    /// The pause that the server asks for, as it says it: seconds or a date.
    pub(super) retry_after: Option<String>,
}

/// A client that keeps connections; proxy variables of the environment are honoured.
///
/// # Errors
/// When the TLS setup fails.
pub(super) fn client(limits: &Limits) -> Result<Client> {
    let most = limits.redirects;
    let policy = Policy::custom(move |hop| {
        let was_secret = hop.previous().iter().any(|url| url.scheme() == "https");
        if hop.previous().len() > most {
            hop.error(format!("more than {most} redirects"))
        } else if was_secret && hop.url().scheme() != "https" {
            hop.error("a redirect from https to http")
        } else {
            hop.follow()
        }
    });
    Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(limits.connect)
        .timeout(limits.stall)
        .redirect(policy)
        // Decompressed here, so that both sides of it can be limited.
        .gzip(false)
        .build()
        .map_err(|e| failed("", root_cause(&e), "this is a defect of the program or its TLS setup"))
}

/// Fetches an address, once. Proxy variables of the environment are honoured.
///
/// # Errors
/// An address that is none, a server that cannot be reached or says no, a body too long or cut short.
pub fn fetch(url: &str) -> Result<Fetched> {
    let limits = Limits::default();
    // Without a clock at hand the client itself holds the whole attempt to its limit.
    let request = client(&limits)?.get(url).timeout(limits.total);
    let wanted = Wanted { url, ..Wanted::default() };
    match answer(request, wanted, limits.body_bytes, &|| false, &|_, _| ()) {
        Ok(Answer::Body(fetched)) => Ok(fetched),
        Ok(Answer::Unchanged) => {
            Err(failed(url, "the server answered 304 to a plain request".to_owned(), OFFLINE))
        }
        Err(failure) => Err(failure.error),
    }
}

/// One attempt at an address; `progress` hears of bytes read, and of how many where the server says.
pub(super) fn attempt(
    client: &Client,
    wanted: Wanted<'_>,
    limits: &Limits,
    clock: &dyn Clock,
    progress: &dyn Fn(u64, Option<u64>),
) -> std::result::Result<Answer, Failure> {
    let started = clock.elapsed();
    let is_late = || clock.elapsed().saturating_sub(started) > limits.total;
    answer(client.get(wanted.url), wanted, limits.body_bytes, &is_late, progress)
}

/// One attempt to post a JSON body to an address, with a key where the server wants one; the JSON that comes back.
pub(super) fn post(
    client: &Client,
    (url, key): (&str, Option<&str>),
    body: &[u8],
    limits: &Limits,
    clock: &dyn Clock,
) -> std::result::Result<Vec<u8>, Failure> {
    let started = clock.elapsed();
    let is_late = || clock.elapsed().saturating_sub(started) > limits.total;
    let request = client.post(url).header(header::CONTENT_TYPE, JSON).body(body.to_vec());
    let request = key.into_iter().fold(request, |request, key| request.bearer_auth(key));
    let wanted = Wanted { url, media_types: &[JSON], ..Wanted::default() };
    match answer(request, wanted, limits.body_bytes, &is_late, &|_, _| ())? {
        Answer::Body(fetched) => Ok(fetched.bytes),
        Answer::Unchanged => Err(Failure {
            error: failed(url, "the server answered 304 to a question".to_owned(), OFFLINE),
            may_pass: false,
            retry_after: None,
        }),
    }
}

/// The media type of JSON.
const JSON: &str = "application/json";

const OFFLINE: &str = "check the address and the connection, or save the page and give the file";

fn answer(
    request: RequestBuilder,
    wanted: Wanted<'_>,
    body_bytes: u64,
    is_late: &dyn Fn() -> bool,
    progress: &dyn Fn(u64, Option<u64>),
) -> std::result::Result<Answer, Failure> {
    let mut request = request.header(header::ACCEPT_ENCODING, "gzip");
    for (name, value) in
        [(header::IF_NONE_MATCH, wanted.etag), (header::IF_MODIFIED_SINCE, wanted.last_modified)]
    {
        request = value.into_iter().fold(request, |request, value| request.header(name.clone(), value));
    }
    let lasting = |why: String, hint: &str| Failure {
        error: failed(wanted.url, why, hint),
        may_pass: false,
        retry_after: None,
    };
    let response = request.send().map_err(|e| Failure {
        error: failed(wanted.url, root_cause(&e), OFFLINE),
        may_pass: !(e.is_builder() || e.is_redirect()),
        retry_after: None,
    })?;
    let (status, headers) = (response.status(), response.headers().clone());
    if status == StatusCode::NOT_MODIFIED {
        return Ok(Answer::Unchanged);
    }
    if !status.is_success() {
        let retry_after = text(&headers, header::RETRY_AFTER);
        let told = told(response, &headers, is_late).map_or_else(String::new, |told| format!(" ({told})"));
        let why = format!("the server answered {status}{told}");
        return Err(Failure { may_pass: may_pass(status), retry_after, ..lasting(why, OFFLINE) });
    }
    let media_type = media_type(&headers);
    let is_readable =
        |found: &String| wanted.media_types.is_empty() || wanted.media_types.contains(&found.as_str());
    if let Some(foreign) = media_type.as_ref().filter(|found| !is_readable(found)) {
        let why = format!("the server sends {foreign}, not {}", wanted.media_types.join(" or "));
        return Err(lasting(why, "open the address in a browser: a sign-in or error page may stand there"));
    }
    let url = response.url().to_string();
    let bytes = body(response, &headers, body_bytes, is_late, progress).map_err(|broken| match broken {
        Broken::TooLong(why) => lasting(why, "save the part that matters and give the file"),
        Broken::CutShort(why) => Failure { may_pass: true, ..lasting(why, "try again") },
    })?;
    Ok(Answer::Body(Fetched {
        bytes,
        media_type,
        url,
        etag: text(&headers, header::ETAG),
        last_modified: text(&headers, header::LAST_MODIFIED),
    }))
}

/// The media type that the server names, without parameters.
fn media_type(headers: &HeaderMap) -> Option<String> {
    let named = text(headers, header::CONTENT_TYPE)?;
    Some(named.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
}

/// No server says more than this of an error.
const TOLD_BYTES: u64 = 64 * 1024;

/// Of a server's words on an error so many characters are shown.
const TOLD_CHARACTERS: usize = 200;

/// What a server that speaks JSON says of an error, at the places where such servers say it.
fn told(response: Response, headers: &HeaderMap, is_late: &dyn Fn() -> bool) -> Option<String> {
    media_type(headers).filter(|found| found == JSON)?;
    let bytes = body(response, headers, TOLD_BYTES, is_late, &|_, _| ()).ok()?;
    let record: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
    let places = ["/error/message", "/error", "/message", "/detail"];
    let words = places.iter().find_map(|place| record.pointer(place)?.as_str())?;
    let visible = words.chars().map(|c| if c.is_control() { ' ' } else { c });
    Some(visible.take(TOLD_CHARACTERS).collect())
}

/// Whether another attempt may be answered better: overload and faults of the moment pass, "not found" does not.
fn may_pass(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 425 | 429 | 500 | 502 | 503 | 504)
}

/// Why a body was not read to its end.
enum Broken {
    TooLong(String),
    CutShort(String),
}

fn body(
    response: Response,
    headers: &HeaderMap,
    limit: u64,
    is_late: &dyn Fn() -> bool,
    progress: &dyn Fn(u64, Option<u64>),
) -> std::result::Result<Vec<u8>, Broken> {
    let too_long = |what: &str| Broken::TooLong(format!("the body {what} is longer than {}", size(limit)));
    let announced = response.content_length();
    if announced.is_some_and(|length| length > limit) {
        return Err(too_long("that the server announces"));
    }
    let encoding = text(headers, header::CONTENT_ENCODING).unwrap_or_default().trim().to_ascii_lowercase();
    let mut wire = Watched { inner: response, is_late }.take(limit.saturating_add(1));
    let mut bytes = Vec::new();
    let mut copy = |from: &mut dyn Read| -> std::result::Result<(), Broken> {
        let mut piece = vec![0; PIECE];
        loop {
            let n =
                from.read(&mut piece).map_err(|e| Broken::CutShort(format!("the body broke off ({e})")))?;
            bytes.extend_from_slice(&piece[..n]);
            if bytes.len() as u64 > limit {
                return Err(too_long("when decompressed"));
            }
            if n == 0 {
                return Ok(());
            }
            progress(bytes.len() as u64, announced.filter(|_| encoding.is_empty()));
        }
    };
    match encoding.as_str() {
        "" | "identity" => copy(&mut wire)?,
        "gzip" | "x-gzip" => {
            let mut unpacked = MultiGzDecoder::new(wire);
            let copied = copy(&mut unpacked);
            // Empty members of a compressed body weigh nothing when unpacked, and could go on for ever.
            if unpacked.get_ref().limit() == 0 {
                return Err(too_long("as sent"));
            }
            copied?;
        }
        other => {
            return Err(Broken::TooLong(format!("the body is packed as `{other}`, which was not asked for")));
        }
    }
    if bytes.is_empty() { Err(Broken::CutShort("the body is empty".to_owned())) } else { Ok(bytes) }
}

/// A reader that gives up once its time is over, however slowly bytes trickle in.
struct Watched<'l, R> {
    inner: R,
    is_late: &'l dyn Fn() -> bool,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if (self.is_late)() {
            return Err(std::io::Error::other("it did not end within the time limit"));
        }
        self.inner.read(buffer)
    }
}

fn size(bytes: u64) -> String {
    let megabytes = bytes / (1024 * 1024);
    if megabytes > 0 { format!("{megabytes} MB") } else { format!("{bytes} bytes") }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

fn failed(url: &str, why: String, hint: &str) -> Error {
    Error::Fetch { url: url.to_owned(), why, hint: hint.to_owned() }
}

/// The host and port of an address: what a limit a host counts.
pub(super) fn host(url: &str) -> String {
    let parsed = Url::parse(url).ok();
    let host =
        parsed.as_ref().and_then(|url| Some((url.host_str()?.to_owned(), url.port_or_known_default())));
    host.map_or_else(String::new, |(host, port)| format!("{host}:{}", port.unwrap_or_default()))
}

/// The innermost cause: "connection refused" says more than "error sending request".
fn root_cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

/// The pause that a `Retry-After` asks for: seconds, or the time until a date.
pub(super) fn asked_pause(retry_after: &str, now: jiff::Timestamp) -> Option<Duration> {
    let printed = retry_after.trim();
    if let Ok(seconds) = printed.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let until = jiff::fmt::rfc2822::parse(printed).ok()?.timestamp();
    Some(Duration::try_from(until.duration_since(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_retry_after_is_seconds_or_a_date() {
        let now: jiff::Timestamp = "2026-11-22T10:00:00Z".parse().expect("a time");
        assert_eq!(asked_pause("7", now), Some(Duration::from_secs(7)));
        assert_eq!(asked_pause("Sun, 22 Nov 2026 10:00:30 GMT", now), Some(Duration::from_secs(30)));
        assert_eq!(asked_pause("Sun, 22 Nov 2026 09:00:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(asked_pause("soon", now), None);
    }

    #[test]
    fn a_host_is_told_with_its_port() {
        assert_eq!(host("https://example.org/a"), "example.org:443");
        assert_eq!(host("http://127.0.0.1:8080/a"), "127.0.0.1:8080");
        assert_eq!(host("no address"), "");
    }

    #[test]
    fn what_is_gone_is_not_asked_for_again() {
        assert!(may_pass(StatusCode::TOO_MANY_REQUESTS) && may_pass(StatusCode::BAD_GATEWAY));
        assert!(!may_pass(StatusCode::NOT_FOUND) && !may_pass(StatusCode::FORBIDDEN));
    }
}
