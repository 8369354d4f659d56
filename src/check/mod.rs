//! The pipeline as one verb: an article and the catalog in; judged claims, or a whole report, out.

mod days;
mod reread;

use crate::article::Article;
use crate::claim::{self, Claim};
use crate::dataset::Catalog;
use crate::dataset::manifest::Manifest;
use crate::error::Result;
use crate::evidence::{self, Evidence, Reading};
use crate::parallel;
use crate::report::{Checked, Report, SourceCard, Standing};
use crate::verdict::{self, Outcome, Reason};
use days::{claim_days, days_before, denies_ever, lasts, part_of_year, speaks_of_since};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Finds and judges every claim of an article. `as_of` overrides the day that claims are judged for, which else is
/// the time the claim names, the day of publication, or the newest snapshot.
///
/// # Errors
/// A table that cannot be read.
pub fn check(article: &Article, catalog: &Catalog, as_of: Option<Date>) -> Result<Vec<Checked>> {
    check_claims(claim::extract(article, catalog.names()), article, catalog, as_of)
}

/// As [`check`], of claims that were found in the article by whatever reader.
///
/// # Errors
/// As [`check`].
pub fn check_claims(
    claims: Vec<Claim>,
    article: &Article,
    catalog: &Catalog,
    as_of: Option<Date>,
) -> Result<Vec<Checked>> {
    let written = as_of.or(article.published).unwrap_or_else(|| catalog.newest());
    evidence::read_ahead(&claims, catalog, written);
    let mut places: Vec<(usize, Claim)> = claims.into_iter().enumerate().collect();
    // The longest first, so that at the end no core is left alone with one.
    places.sort_by_key(|(_, claim)| !evidence::asks_every_board(claim));
    let judged = parallel::map(places, |(place, claim)| {
        let sentence = claim.sentence.of(&article.original);
        let judge = |claim: Claim| judged_when_said(claim, sentence, catalog, (as_of, written));
        Ok((place, reread::charitably(judge(claim)?, judge)?))
    });
    let judged: BTreeMap<usize, Checked> = judged.into_iter().collect::<Result<_>>()?;
    let mut checked: Vec<Checked> = judged.into_values().collect();
    let notes = verdict::retold(&checked.iter().map(|checked| &checked.claim).collect::<Vec<_>>());
    for (checked, notes) in checked.iter_mut().zip(notes) {
        checked.verdict.reasons.extend(notes.into_iter().map(Reason::Note));
    }
    Ok(checked)
}

/// Judges a claim on the days that its sentence speaks of: the one asked for, else those it names, else the day of
/// writing.
fn judged_when_said(
    claim: Claim,
    sentence: &str,
    catalog: &Catalog,
    (as_of, written): (Option<Date>, Date),
) -> Result<Checked> {
    if let Some(since) = claim.as_of.clone().filter(|_| lasts(&claim) && speaks_of_since(sentence)) {
        // The time runs from there, of a season from its end, to the day of writing; the claim itself keeps the words' own.
        let begins = part_of_year(since.rsplit('/').next().unwrap_or(&since), sentence);
        let spanned = Claim { as_of: Some(format!("{begins}/{written}")), ..claim };
        let mut checked = judged_within(spanned, catalog, &[written])?;
        checked.claim.as_of = Some(since);
        return Ok(checked);
    }
    let days = match as_of {
        _ if claim.negated && denies_ever(sentence) => {
            return judged_on_all(claim, catalog, &days_before(catalog, written)?);
        }
        Some(day) => vec![day],
        None => claim_days(&claim, sentence, written),
    };
    let checked = judged_within(claim, catalog, &days)?;
    if checked.claim.rule == LOST_RULE && !once_held(&checked.claim, catalog, written)? {
        return Ok(reread::left_open(checked));
    }
    Ok(checked)
}

/// The rule that finds who has lost a place, which is more than not to hold it.
const LOST_RULE: &str = "rank/lost-the-lead";

/// Whether what the claim denies was so on some day before.
fn once_held(claim: &Claim, catalog: &Catalog, written: Date) -> Result<bool> {
    let held = Claim { negated: !claim.negated, ..claim.clone() };
    for day in days_before(catalog, written)? {
        let evidence = evidence::gather_on(&held, catalog, day)?;
        if verdict::judge(&held, Some(&evidence)).outcome == Outcome::Supported {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Judges the denial that something was ever so: one day on which it was refutes it, so the day unkindest to it
/// decides.
fn judged_on_all(claim: Claim, catalog: &Catalog, days: &[Date]) -> Result<Checked> {
    let mut worst: Option<(f64, Date)> = None;
    for day in days {
        let evidence = evidence::gather_on(&claim, catalog, *day)?;
        let support = verdict::judge(&claim, Some(&evidence)).support;
        if let Some(support) = support.filter(|support| worst.is_none_or(|(worst, _)| *support < worst)) {
            worst = Some((support, *day));
        }
    }
    let written = days.last().copied().unwrap_or_else(|| catalog.newest());
    check_claim(claim, catalog, worst.map_or(written, |(_, day)| day))
}

/// Judges a claim for a period: it holds of the period when it held on a day of it, so the day kindest to it decides,
/// the last of equals.
fn judged_within(claim: Claim, catalog: &Catalog, days: &[Date]) -> Result<Checked> {
    let Some((last, earlier)) = days.split_last() else {
        return check_claim(claim, catalog, catalog.newest());
    };
    let mut best = check_claim(claim.clone(), catalog, *last)?;
    for day in earlier {
        let other = check_claim(claim.clone(), catalog, *day)?;
        if other.verdict.support > best.verdict.support {
            best = other;
        }
    }
    Ok(best)
}

/// Judges one claim on the data of a day and on the newest, and finds the day on which its verdict changed sides.
///
/// # Errors
/// As [`check`].
pub fn check_claim(claim: Claim, catalog: &Catalog, day: Date) -> Result<Checked> {
    if !claim.checkable {
        let verdict = verdict::judge(&claim, None);
        return Ok(Checked { claim, evidence: None, verdict, standing: Standing::default() });
    }
    let mut evidence = evidence::gather(&claim, catalog, day)?;
    let mut verdict = verdict::judge(&claim, Some(&evidence));
    if verdict.has_flipped() {
        // Only a verdict that changed is worth the search for the day on which it did.
        evidence.timeline = timeline(&claim, catalog, &evidence)?;
        verdict = verdict::judge(&claim, Some(&evidence));
    }
    Ok(Checked { claim, evidence: Some(evidence), verdict, standing: Standing::default() })
}

/// Days of a timeline that are looked at before the search, evenly through the days on which the headline may move.
const STRIP_DAYS: usize = 8;

/// The headline through time: a strip of days from the claim's to the newest, and between the last of them on another
/// side than today's and the next, by bisection, the two neighbouring days between which it changed sides.
fn timeline(claim: &Claim, catalog: &Catalog, evidence: &Evidence) -> Result<Vec<(Date, Reading)>> {
    let Some(headline) = evidence.then.first() else { return Ok(Vec::new()) };
    let claim = &evidence::on_its_board(claim, catalog, evidence.as_of);
    let days = evidence::days_after(catalog, claim.kind, headline, evidence.as_of)?;
    let mut known: BTreeMap<usize, Reading> = BTreeMap::new();
    let look = |known: &mut BTreeMap<usize, Reading>, at: usize| -> Result<Option<i8>> {
        let reading = evidence::headline_on(claim, catalog, headline, (evidence.as_of, days[at]))?;
        let side = reading.as_ref().and_then(|reading| verdict::side_of(claim, reading));
        known.extend(reading.map(|reading| (at, reading)));
        Ok(side)
    };
    let count = days.len().min(STRIP_DAYS);
    let mut sides = Vec::new();
    for at in (1..=count).map(|i| i * days.len() / count - 1) {
        sides.push((at, look(&mut known, at)?));
    }
    let Some((newest, today)) = sides.last().copied() else { return Ok(Vec::new()) };
    let other = sides.iter().rposition(|(_, side)| *side != today);
    // One before the first day stands for the claim's own day, which is on the other side.
    let mut low = other.map_or(-1, |i| sides[i].0 as i64);
    let mut high =
        other.map_or_else(|| sides.first(), |i| sides.get(i + 1)).map_or(newest, |(at, _)| *at) as i64;
    while high - low > 1 {
        let middle = i64::midpoint(low, high);
        match look(&mut known, middle as usize)? == today {
            true => high = middle,
            false => low = middle,
        }
    }
    Ok(known.into_iter().map(|(at, reading)| (days[at], reading)).collect())
}

/// Checks an article and puts together everything a report says.
///
/// # Errors
/// As [`check`].
pub fn report(article: Article, catalog: &Catalog, as_of: Option<Date>) -> Result<Report> {
    let claims = claim::extract(&article, catalog.names());
    report_claims(claims, article, catalog, as_of)
}

/// As [`report`], of claims that were found in the article by whatever reader.
///
/// # Errors
/// As [`check`].
pub fn report_claims(
    claims: Vec<Claim>,
    article: Article,
    catalog: &Catalog,
    as_of: Option<Date>,
) -> Result<Report> {
    let checked = check_claims(claims, &article, catalog, as_of)?;
    let used: BTreeSet<&str> = checked.iter().flat_map(datasets_used).collect();
    let sources = used.iter().filter_map(|id| Some(card(catalog.manifests().get(*id)?, catalog))).collect();
    let not_checked = checked
        .iter()
        .filter(|c| matches!(c.verdict.outcome, Outcome::Insufficient | Outcome::NotCheckable))
        .map(|c| (article.words(c.claim.span).to_owned(), c.verdict.because.clone()))
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
