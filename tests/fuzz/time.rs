//! Inputs made to be slow: each takes about twice the time at twice the length.
//!
//! Not run by default, since a busy machine's clock is no test:
//! `BENCHCLAIM_LINEAR_BYTES=10000000 cargo test --release --test fuzz linear -- --ignored --nocapture`.

use crate::{catalog, setting};
use benchclaim::article::{self, Format, Input};
use benchclaim::extract;
use std::time::{Duration, Instant};

/// Bytes of the smaller of two inputs.
const BYTES: usize = 200_000;

/// Twice the length may take this many times as long: twice, and the unrest of a shared machine.
const MOST: f64 = 3.0;

/// Below this nothing can be told from the unrest.
const LEAST: Duration = Duration::from_millis(100);

/// Pieces that are repeated, with what stands between.
const REPEATED: [(&str, Format, &str); 30] = [
    ("one word without an end", Format::Text, "a"),
    ("one line of words", Format::Text, "the model is good and "),
    ("one line of names", Format::Text, "GPT-4 "),
    ("one line of names and claims", Format::Text, "GPT-4 beats Llama 2 on MMLU by 5 points, "),
    ("names after names", Format::Text, "Qwen-72B Llama-2-70b-chat Yi-34B "),
    ("names joined by hyphens", Format::Text, "Llama-"),
    ("sizes joined by hyphens", Format::Text, "7B-"),
    ("a name and spaces", Format::Text, "GPQA      "),
    ("paragraphs with and without a name", Format::Text, "It may rain today.\n\nGPT-4 leads now.\n\n"),
    ("homonyms", Format::Text, "Claude Falcon Orion "),
    ("numbers", Format::Text, "86.4% 1,200 70B "),
    ("digits", Format::Text, "1"),
    ("quotes", Format::Text, "“\"'"),
    ("quotes within quotes", Format::Text, "“He said \"GPT-4 leads "),
    ("brackets", Format::Text, "("),
    ("dots", Format::Text, ". "),
    ("stops without a space", Format::Text, "a.B!C?"),
    ("line ends", Format::Text, "GPT-4\n"),
    ("paragraphs alike", Format::Text, "GPT-4 scores 86.4% on MMLU.\n\n"),
    ("wide characters", Format::Text, "中国的模型"),
    ("wide full stops", Format::Text, "中国的模型。"),
    ("brackets in text", Format::Text, "[a]("),
    ("opened elements in text", Format::Text, "<a "),
    ("square brackets in Markdown", Format::Markdown, "["),
    ("closed brackets in Markdown", Format::Markdown, "[a]("),
    ("block quotes in Markdown", Format::Markdown, ">"),
    ("stars in Markdown", Format::Markdown, "*"),
    ("stars and words in Markdown", Format::Markdown, "**a *b "),
    ("backticks in Markdown", Format::Markdown, "`a"),
    ("opened elements in HTML", Format::Html, "<div>a"),
];

fn time(text: &str, format: Format) -> Duration {
    let input = Input {
        id: "long",
        bytes: text.as_bytes(),
        format: Some(format),
        date: None,
        title: None,
        url: None,
    };
    let started = Instant::now();
    if let Ok(article) = article::read(input) {
        let _claims = extract(&article, catalog().names());
    }
    started.elapsed()
}

/// The quickest of three, since nothing makes a run quicker than it is.
fn quickest(text: &str, format: Format) -> Duration {
    (0..3).map(|_| time(text, format)).min().unwrap_or_default()
}

#[test]
#[ignore = "measures time: run it alone"]
fn time_is_linear_in_length() {
    // What is made once for all texts is not what is measured.
    time("GPT-4 scores 86.4% on MMLU.", Format::Text);
    let bytes = setting("BENCHCLAIM_LINEAR_BYTES").map_or(BYTES, |bytes| bytes as usize);
    let mut slow = Vec::new();
    for (name, format, piece) in REPEATED {
        let of = |bytes: usize| format!("About GPT-4. {}", piece.repeat(bytes / piece.len()));
        let (once, twice) = (quickest(&of(bytes / 2), format), quickest(&of(bytes), format));
        let ratio = twice.as_secs_f64() / once.as_secs_f64();
        println!("{name:32} {bytes:>9} bytes {twice:>10.1?}, {ratio:4.1} times the time of half of it");
        if ratio > MOST && twice > LEAST {
            slow.push(name);
        }
    }
    assert!(slow.is_empty(), "{slow:?}");
}
