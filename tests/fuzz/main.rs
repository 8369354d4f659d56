//! Reading and extraction under fire: whatever bytes come, nothing panics, every span lies inside the text on character
//! boundaries, and every quote is exactly what its span covers.
//!
//! Short by default; `BENCHCLAIM_FUZZ_SECONDS=600 cargo test --release --test fuzz -- --nocapture` goes on for ten minutes.
//! A seed that found something is printed, and `BENCHCLAIM_FUZZ_SEED` starts from it.

mod made;
mod time;

use benchclaim::article::{self, Article, Format, Input, Span};
use benchclaim::{Catalog, Store, extract};
use made::Maker;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Inputs of a short run.
const INPUTS: u64 = 1500;

/// Formats that an input is read as, each in turn.
const FORMATS: [Option<Format>; 5] =
    [Some(Format::Text), Some(Format::Markdown), Some(Format::Html), Some(Format::Pdf), None];

pub(crate) fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| Catalog::open(Store::Shipped).expect("the shipped store opens"))
}

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// A span inside a text, on character boundaries.
fn assert_inside(span: Span, text: &str, what: &str) {
    assert!(span.start <= span.end && span.end <= text.len(), "{what} {span:?} of {} bytes", text.len());
    assert!(
        text.is_char_boundary(span.start) && text.is_char_boundary(span.end),
        "{what} {span:?} cuts a character"
    );
}

/// What must hold of every article and its claims.
fn assert_sound(article: &Article) {
    for paragraph in &article.paragraphs {
        assert_inside(paragraph.span, &article.plain, "paragraph");
    }
    let mut end = 0;
    for sentence in article.sentences() {
        assert_inside(sentence.span, &article.plain, "sentence");
        assert!(sentence.span.start >= end, "sentences overlap at {:?}", sentence.span);
        end = sentence.span.end;
    }
    for claim in extract(article, catalog().names()) {
        assert_inside(claim.span, &article.original, "claim");
        assert_inside(claim.sentence, &article.original, "sentence of a claim");
        assert_eq!(claim.quote, claim.span.of(&article.original));
        assert!(!claim.quote.is_empty(), "an empty quote by {}", claim.rule);
        for mention in &claim.mentions {
            assert_inside(*mention, &article.original, "mention");
        }
    }
}

/// Reads one input in every way; refusing it is a good answer.
fn read_every_way(bytes: &[u8]) {
    for format in FORMATS {
        let input = Input { id: "fuzz", bytes, format, date: None, title: None, url: None };
        if let Ok(article) = article::read(input) {
            assert_sound(&article);
        }
    }
    let text = String::from_utf8_lossy(bytes);
    let line = serde_json::json!({ "id": "fuzz", "text": text }).to_string();
    assert_sound(&article::read_jsonl_line(&line).expect("a document"));
    _ = article::read_jsonl_line(&text);
}

#[test]
fn no_input_breaks_reading_or_extraction() {
    let first = setting("BENCHCLAIM_FUZZ_SEED").unwrap_or(1);
    let until =
        setting("BENCHCLAIM_FUZZ_SECONDS").map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let maker = Maker::new();
    let mut seed = first;
    loop {
        let goes_on = until.map_or(seed < first + INPUTS, |until| Instant::now() < until);
        if !goes_on {
            break;
        }
        let input = maker.input(seed);
        let started = Instant::now();
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| read_every_way(&input))) {
            let shown = String::from_utf8_lossy(&input);
            eprintln!("BENCHCLAIM_FUZZ_SEED={seed} finds a fault in {} bytes: {shown:?}", input.len());
            std::panic::resume_unwind(panic);
        }
        let taken = started.elapsed();
        assert!(
            taken < Duration::from_secs(5),
            "BENCHCLAIM_FUZZ_SEED={seed}: {} bytes take {taken:?}",
            input.len()
        );
        seed += 1;
    }
    println!("{} inputs without a fault", seed - first);
}
