//! HTML: reports in; one self-contained page out, readable without scripts and without network.

use super::document::Report;
use super::mark;
use super::template::Template;
use super::view::{Figures, View};
use crate::error::{Error, Result};
use crate::verdict::Outcome;
use minijinja::{AutoEscape, Environment, Value, context};
use serde::Serialize;
use std::collections::BTreeMap;

/// A document and what keeps its ids apart from those of the others on the page.
#[derive(Serialize)]
struct Document {
    prefix: String,
    view: View,
}

/// One page with every document.
pub(super) fn render(reports: &[Report], template: &Template) -> Result<Vec<u8>> {
    let prefix = |i: usize| if reports.len() == 1 { String::new() } else { format!("d{}-", i + 1) };
    let documents: Vec<Document> = reports
        .iter()
        .enumerate()
        .map(|(i, report)| Document { prefix: prefix(i), view: View::of(report, Figures::Inline) })
        .collect();
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let icons: BTreeMap<&str, String> =
        Outcome::ALL.into_iter().map(|outcome| (outcome.name(), icon(outcome))).collect();
    let documents = serde_json::to_value(&documents).map_err(|error| failed(&error))?;
    let (layout, css) = (template.text("report.html.j2")?, template.text("report.css")?);
    let page = environment
        .template_from_str(&layout)
        .and_then(|template| {
            template.render(context! {
                page_title => reports.first().map_or("No article", Report::title),
                version => reports.first().map_or(env!("CARGO_PKG_VERSION"), |report| &report.version),
                css => css,
                icons,
                documents => template_value(documents),
            })
        })
        .map_err(|error| failed(&error))?;
    Ok(page.into_bytes())
}

fn failed(error: &dyn std::error::Error) -> Error {
    Error::Render { what: "the web page".to_owned(), why: error.to_string() }
}

/// The same value for the template engine, whose strings are escaped wherever they are printed.
fn template_value(value: serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::from(()),
        serde_json::Value::Bool(flag) => Value::from(flag),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(whole) => Value::from(whole),
            None => Value::from(number.as_f64().unwrap_or_default()),
        },
        serde_json::Value::String(text) => Value::from(text),
        serde_json::Value::Array(items) => {
            Value::from(items.into_iter().map(template_value).collect::<Vec<_>>())
        }
        serde_json::Value::Object(fields) => {
            Value::from_pairs(fields.into_iter().map(|(name, value)| (name, template_value(value))))
        }
    }
}

/// The outcome's mark, in the colour of its surroundings.
fn icon(outcome: Outcome) -> String {
    mark::svg(outcome, "currentColor", "var(--raised)")
        .replace("<svg ", "<svg class=\"icon\" aria-hidden=\"true\" ")
        .replace(" xmlns=\"http://www.w3.org/2000/svg\"", "")
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn page(report: Report) -> String {
        String::from_utf8(render(&[report], &Template::default()).unwrap()).unwrap()
    }

    #[test]
    fn hostile_text_stays_text() {
        let page = page(fixture::hostile());
        assert_eq!(page.matches("<script").count(), 1, "only the page's own");
        assert!(!page.contains("<img") && !page.contains("href=\"javascript:"));
        assert!(page.contains("&lt;script&gt;"));
    }

    #[test]
    fn nothing_is_fetched() {
        let page = page(fixture::report());
        for tag in ["<link", "src=", "@import", "url("] {
            assert!(!page.contains(tag), "{tag}");
        }
    }

    #[test]
    fn every_marker_leads_to_a_card_and_back() {
        let report = fixture::report();
        let ids: Vec<String> = (0..report.checked.len()).map(|i| report.claim_id(i)).collect();
        let page = page(report);
        for (i, id) in ids.iter().enumerate() {
            assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}");
            assert!(
                page.contains(&format!("href=\"#{id}\"")) && page.contains(&format!("id=\"m{}\"", i + 1))
            );
        }
    }

    #[test]
    fn several_documents_share_no_id() {
        let page =
            String::from_utf8(render(&[fixture::report(), fixture::report()], &Template::default()).unwrap())
                .unwrap();
        let mut ids: Vec<&str> =
            page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let n = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), n);
    }
}
