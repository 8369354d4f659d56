//! The pipeline as one verb: an article and the catalog in; judged claims, or a whole report, out.

use crate::article::Article;
use crate::claim::{self, Claim};
use crate::dataset::Catalog;
use crate::dataset::manifest::Manifest;
use crate::error::Result;
use crate::evidence;
use crate::report::{Checked, Report, SourceCard, Standing};
use crate::verdict::{self, Outcome};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Finds and judges every claim of an article. `as_of` overrides the day that claims are judged for, which else is
/// the time the claim names, the day of publication, or the newest snapshot.
///
/// # Errors
/// A table that cannot be read.
pub fn check(article: &Article, catalog: &Catalog, as_of: Option<Date>) -> Result<Vec<Checked>> {
    claim::extract(article, catalog.names())
        .into_par_iter()
        .map(|claim| {
            let days = as_of
                .map_or_else(|| claim_days(&claim, article.published, catalog.newest()), |day| vec![day]);
            judged_within(claim, catalog, &days)
        })
        .collect()
}

/// Judges a claim for a period: it holds of the period when it held on a day of it, so the day kindest to it decides,
/// the last of equals.
fn judged_within(claim: Claim, catalog: &Catalog, days: &[Date]) -> Result<Checked> {
    let Some((last, earlier)) = days.split_last() else { return judged(claim, catalog, catalog.newest()) };
    let mut best = judged(claim.clone(), catalog, *last)?;
    for day in earlier {
        let other = judged(claim.clone(), catalog, *day)?;
        if other.verdict.support > best.verdict.support {
            best = other;
        }
    }
    Ok(best)
}

fn judged(claim: Claim, catalog: &Catalog, day: Date) -> Result<Checked> {
    if !claim.checkable {
        let verdict = verdict::judge(&claim, None);
        return Ok(Checked { claim, evidence: None, verdict, standing: Standing::New });
    }
    let mut evidence = evidence::gather(&claim, catalog, day)?;
    let mut verdict = verdict::judge(&claim, Some(&evidence));
    if verdict.has_flipped() {
        // Only a verdict that changed is worth the search for the day on which it did.
        evidence.timeline = evidence::timeline(&claim, catalog, &evidence)?;
        verdict = verdict::judge(&claim, Some(&evidence));
    }
    Ok(Checked { claim, evidence: Some(evidence), verdict, standing: Standing::New })
}

/// Days of a month on which a claim about the month is tried, besides its last.
const DAYS_OF_A_MONTH: [i8; 2] = [10, 20];

/// Months at whose ends a claim about a year is tried.
const MONTHS_OF_A_YEAR: [i8; 4] = [3, 6, 9, 12];

/// The days a claim may speak of: the day of publication, or days of the period that the claim names, none of them
/// after it was written.
fn claim_days(claim: &Claim, published: Option<Date>, newest: Date) -> Vec<Date> {
    let written = published.unwrap_or(newest);
    let named = claim.as_of.as_deref().map(period).unwrap_or_default();
    let days: Vec<Date> = named.into_iter().filter(|day| *day <= written).collect();
    if days.is_empty() { vec![written] } else { days }
}

/// Days of an ISO date or prefix, oldest first; none for what is neither.
fn period(prefix: &str) -> Vec<Date> {
    let mut parts = prefix.split('-');
    let Some(year) = parts.next().and_then(|year| year.parse::<i16>().ok()) else { return Vec::new() };
    let mut number = || parts.next().map(|part| part.parse::<i8>().unwrap_or(0));
    let days: Vec<Option<Date>> = match (number(), number()) {
        (Some(month), Some(day)) => vec![Date::new(year, month, day).ok()],
        (Some(month), None) => {
            let days = DAYS_OF_A_MONTH.iter().map(|day| Date::new(year, month, *day).ok());
            days.chain([Date::new(year, month, 1).ok().map(Date::last_of_month)]).collect()
        }
        (None, _) => {
            MONTHS_OF_A_YEAR.iter().map(|m| Date::new(year, *m, 1).ok().map(Date::last_of_month)).collect()
        }
    };
    days.into_iter().flatten().collect()
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
        .chain(
            article
                .paragraphs
                .iter()
                .filter_map(|p| Some((p.span.of(&article.plain).to_owned(), p.skipped.clone()?))),
        )
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
    debug_assert!(manifest.is_held(catalog.lock()));
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
    fn a_period_is_tried_on_days_of_it() {
        assert_eq!(period("2024-02-21"), [date(2024, 2, 21)]);
        assert_eq!(period("2023-11"), [date(2023, 11, 10), date(2023, 11, 20), date(2023, 11, 30)]);
        assert_eq!(period("2024").last(), Some(&date(2024, 12, 31)));
        assert!(period("last spring").is_empty() && period("2024-13").is_empty());
    }
}
