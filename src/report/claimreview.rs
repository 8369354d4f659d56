//! ClaimReview: reports in; schema.org reviews of claims as JSON-LD out, each with its place as web annotations have it.
//!
//! The context is written out instead of named, so that a reader needs no network. Reviews are of checkable claims only:
//! a forecast or an opinion has nothing to rate. Selectors are those of the Web Annotation Data Model, section 4.2.

use super::document::{Checked, Report};
use super::mapping::{BEST_RATING, Mapping, WORST_RATING};
use super::{place, view, wording};
use crate::article::Span;
use crate::error::{Error, Result};
use crate::quantity;
use crate::verdict::Outcome;
use serde_json::{Value, json};

/// Characters of context on either side of a quote: enough to find it again in an edited text.
const CONTEXT_CHARACTERS: usize = 32;

/// One graph with a review for each claim that data could decide.
pub(super) fn render(reports: &[Report], mapping: &Mapping) -> Result<Vec<u8>> {
    let graph: Vec<Value> = reports.iter().flat_map(|report| reviews(report, mapping)).collect();
    let document = json!({ "@context": context(), "@graph": graph });
    let mut bytes = serde_json::to_vec_pretty(&document)
        .map_err(|error| Error::Render { what: "ClaimReview".to_owned(), why: error.to_string() })?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn context() -> Value {
    json!({
        "@vocab": "https://schema.org/",
        "oa": "http://www.w3.org/ns/oa#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "url": { "@id": "https://schema.org/url", "@type": "@id" },
        "datePublished": { "@id": "https://schema.org/datePublished", "@type": "xsd:date" },
        "SpecificResource": "oa:SpecificResource",
        "TextQuoteSelector": "oa:TextQuoteSelector",
        "TextPositionSelector": "oa:TextPositionSelector",
        "target": "oa:hasTarget",
        "source": { "@id": "oa:hasSource", "@type": "@id" },
        "selector": "oa:hasSelector",
        "exact": "oa:exact",
        "prefix": "oa:prefix",
        "suffix": "oa:suffix",
        "start": { "@id": "oa:start", "@type": "xsd:nonNegativeInteger" },
        "end": { "@id": "oa:end", "@type": "xsd:nonNegativeInteger" },
    })
}

fn reviews<'r>(report: &'r Report, mapping: &'r Mapping) -> impl Iterator<Item = Value> + 'r {
    let source = address(report);
    let fingerprints = place::fingerprints(report);
    report
        .checked
        .iter()
        .zip(fingerprints)
        .filter(|(checked, _)| checked.verdict.outcome != Outcome::NotCheckable)
        .map(move |(checked, fingerprint)| review(report, checked, &source, &fingerprint, mapping))
}

fn review(report: &Report, checked: &Checked, source: &str, fingerprint: &str, mapping: &Mapping) -> Value {
    let Checked { claim, verdict, evidence, .. } = checked;
    let mut article = json!({ "@type": "Article", "@id": source, "headline": view::shown(report.title()) });
    if let Some(url) = report.article.url.as_deref().and_then(view::web_address) {
        article["url"] = json!(url);
    }
    let words = view::shown(report.article.words(claim.span));
    let mut item = json!({ "@type": "Claim", "text": words, "appearance": article });
    if let Some(published) = report.article.published {
        item["appearance"]["datePublished"] = json!(published.to_string());
        item["datePublished"] = json!(published.to_string());
    }
    if let Some(author) = claim.attributed_to.as_ref().filter(|author| is_name(author)) {
        item["author"] = json!({ "@type": "Person", "name": view::shown(author) });
    }
    let mut rating = json!({ "@type": "Rating", "alternateName": wording::outcome_label(verdict.outcome) });
    if let Some(value) = mapping.rating(verdict.outcome) {
        rating["ratingValue"] = json!(value);
        rating["bestRating"] = json!(BEST_RATING);
        rating["worstRating"] = json!(WORST_RATING);
    }
    if let Some(support) = verdict.support {
        rating["ratingExplanation"] = json!(format!("Support {}", quantity::probability(support)));
    }
    let mut review = json!({
        "@type": "ClaimReview",
        "@id": format!("urn:benchclaim:{fingerprint}"),
        "claimReviewed": words,
        // The day of the newest data: the same article and data give the same review, whenever it is made.
        "datePublished": report.newest.to_string(),
        // The vocabulary wants a person or an organisation for an author; which version it was is credit.
        "author": { "@type": "Organization", "name": "benchclaim" },
        "creditText": format!("benchclaim {}", report.version),
        "reviewRating": rating,
        "itemReviewed": item,
        "target": { "@type": "SpecificResource", "source": source, "selector": selectors(report, claim.span) },
    });
    if !verdict.because.is_empty() {
        review["reviewBody"] = json!(view::sentence(&view::shown(&verdict.because)));
    }
    if let Some(evidence) = evidence {
        let measured = evidence.then.first().into_iter().flat_map(|reading| &reading.measured);
        let mut urls: Vec<String> =
            measured.flat_map(|m| &m.sources).filter_map(|source| view::web_address(&source.url)).collect();
        urls.sort();
        urls.dedup();
        review["citation"] = urls.into_iter().map(|url| json!({ "@type": "Dataset", "url": url })).collect();
    }
    review
}

/// Whether somebody is named: "Jo Lee", and not "the company" or "one analyst".
fn is_name(author: &str) -> bool {
    const NOBODY: [&str; 8] = ["The", "A", "An", "One", "Another", "Some", "Its", "Their"];
    let first = author.split(' ').next().unwrap_or("");
    first.starts_with(char::is_uppercase) && !NOBODY.contains(&first)
}

/// Where the article is published, else the path it was read from.
fn address(report: &Report) -> String {
    report.article.url.as_deref().and_then(view::web_address).unwrap_or_else(|| place::uri(&report.article))
}

fn selectors(report: &Report, span: Span) -> Value {
    let text = &report.article.original;
    let before: String = {
        let all: Vec<char> =
            text.get(..span.start).unwrap_or("").chars().rev().take(CONTEXT_CHARACTERS).collect();
        all.into_iter().rev().collect()
    };
    let after: String = text.get(span.end..).unwrap_or("").chars().take(CONTEXT_CHARACTERS).collect();
    let start = place::characters_before(text, span.start);
    json!([
        { "@type": "TextQuoteSelector", "exact": span.of(text), "prefix": before, "suffix": after },
        { "@type": "TextPositionSelector", "start": start, "end": start + span.of(text).chars().count() },
    ])
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn graph(report: &Report) -> Vec<Value> {
        let bytes = render(std::slice::from_ref(report), &Mapping::default()).unwrap();
        let value: Value = serde_json::from_slice(&bytes).unwrap();
        value["@graph"].as_array().unwrap().clone()
    }

    #[test]
    fn selectors_find_the_words_in_the_text() {
        for report in [fixture::report(), fixture::hostile()] {
            let characters: Vec<char> = report.article.original.chars().collect();
            for review in graph(&report) {
                let [quote, position] = [0, 1].map(|i| &review["target"]["selector"][i]);
                let [start, end] = ["start", "end"].map(|key| position[key].as_u64().unwrap() as usize);
                let words: String = characters[start..end].iter().collect();
                assert_eq!(quote["exact"], words);
                let [prefix, suffix] = ["prefix", "suffix"].map(|key| quote[key].as_str().unwrap());
                assert!(report.article.original.contains(&format!("{prefix}{words}{suffix}")));
            }
        }
    }

    #[test]
    fn what_was_not_decided_is_not_rated_and_opinions_are_left_out() {
        let report = fixture::report();
        let reviews = graph(&report);
        assert_eq!(reviews.len(), report.checkable());
        for review in &reviews {
            let rating = &review["reviewRating"];
            let silent = rating["alternateName"] == wording::outcome_label(Outcome::Insufficient);
            assert_eq!(rating.get("ratingValue").is_none(), silent, "{rating}");
        }
    }
}
