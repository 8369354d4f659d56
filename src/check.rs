//! The pipeline as one verb: an article and the catalog in; judged claims, or a whole report, out.

use crate::article::Article;
use crate::claim::{self, Claim};
use crate::dataset::Catalog;
use crate::dataset::manifest::{Decision, Manifest};
use crate::error::Result;
use crate::evidence;
use crate::report::{Checked, Report, SourceCard};
use crate::verdict::{self, Outcome};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Finds and judges every claim of an article. `as_of` overrides the day that claims are judged for, which else is
/// the time the claim names, the day of publication, or the newest snapshot.
///
/// # Errors
/// A table that cannot be read.
pub fn check(article: &Article, catalog: &Catalog, as_of: Option<Date>) -> Result<Vec<Checked>> {
    claim::extract(article, catalog.names())
        .into_iter()
        .map(|claim| {
            let day = as_of.unwrap_or_else(|| claim_day(&claim, article.published, catalog.newest()));
            judged(claim, catalog, day)
        })
        .collect()
}

fn judged(claim: Claim, catalog: &Catalog, day: Date) -> Result<Checked> {
    if !claim.checkable {
        let verdict = verdict::judge(&claim, None);
        return Ok(Checked { claim, evidence: None, verdict });
    }
    let mut evidence = evidence::gather(&claim, catalog, day)?;
    let mut verdict = verdict::judge(&claim, Some(&evidence));
    if verdict.has_flipped() {
        // Only a verdict that changed is worth the search for the day on which it did.
        evidence.timeline = evidence::timeline(&claim, catalog, &evidence)?;
        verdict = verdict::judge(&claim, Some(&evidence));
    }
    Ok(Checked { claim, evidence: Some(evidence), verdict })
}

/// The day a claim speaks of: the last day of the period it names, but never after it was written.
fn claim_day(claim: &Claim, published: Option<Date>, newest: Date) -> Date {
    let written = published.unwrap_or(newest);
    claim.as_of.as_deref().and_then(last_day).map_or(written, |named| named.min(written))
}

/// The last day of an ISO date or prefix: `2023-11` is 2023-11-30.
fn last_day(prefix: &str) -> Option<Date> {
    let mut parts = prefix.split('-');
    let year: i16 = parts.next()?.parse().ok()?;
    let month = parts.next().map(str::parse::<i8>).transpose().ok()?;
    let day = parts.next().map(str::parse::<i8>).transpose().ok()?;
    match (month, day) {
        (Some(month), Some(day)) => Date::new(year, month, day).ok(),
        (Some(month), None) => Some(Date::new(year, month, 1).ok()?.last_of_month()),
        _ => Date::new(year, 12, 31).ok(),
    }
}

/// Checks an article and puts together everything a report says.
///
/// # Errors
/// As [`check`].
pub fn report(article: Article, catalog: &Catalog, as_of: Option<Date>) -> Result<Report> {
    let checked = check(&article, catalog, as_of)?;
    let used: BTreeSet<&str> = checked.iter().flat_map(datasets_used).collect();
    let sources = used.iter().filter_map(|id| Some(card(catalog.manifests().get(*id)?, catalog))).collect();
    let not_checked = checked
        .iter()
        .filter(|c| matches!(c.verdict.outcome, Outcome::Insufficient | Outcome::NotCheckable))
        .map(|c| (c.claim.quote.clone(), c.verdict.because.clone()))
        .chain(article.paragraphs.iter().filter_map(|p| Some((p.span.of(&article.plain).to_owned(), p.skipped.clone()?))))
        .collect();
    Ok(Report {
        as_of: as_of.or(article.published).unwrap_or_else(|| catalog.newest()),
        newest: catalog.newest(),
        sources,
        not_checked,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        article,
        checked,
    })
}

fn datasets_used(checked: &Checked) -> impl Iterator<Item = &str> {
    let readings = checked.evidence.iter().flat_map(|e| e.then.iter().chain(&e.now));
    readings.flat_map(|r| &r.measured).flat_map(|m| &m.sources).map(|s| s.dataset.as_str())
}

fn card(manifest: &Manifest, catalog: &Catalog) -> SourceCard {
    debug_assert_eq!(manifest.decision, Decision::Shipped);
    let locked = catalog.lock().datasets.get(&manifest.id);
    SourceCard {
        id: manifest.id.clone(),
        title: manifest.title.clone(),
        url: manifest.source_url.clone(),
        licence: manifest.licence.clone(),
        attribution: manifest.attribution.clone(),
        first: locked.map_or_else(|| catalog.newest(), |l| l.first),
        last: locked.map_or_else(|| catalog.newest(), |l| l.last),
        rows: locked.map_or(0, |l| l.rows as usize),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_ends_on_its_last_day_and_a_year_in_december() {
        assert_eq!(last_day("2023-11"), Some(date(2023, 11, 30)));
        assert_eq!(last_day("2024"), Some(date(2024, 12, 31)));
        assert_eq!(last_day("2024-02-21"), Some(date(2024, 2, 21)));
        assert_eq!(last_day("last spring"), None);
    }
}
