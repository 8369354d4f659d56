//! Evidence: a claim and the catalog in; measured values by reading, then and now, out.
//!
//! The third stage. Each kind of claim has a file that reduces it to readings; here they are asked for the claim's
//! day and for the newest. It does not judge: a reading says what was measured and where the claim would have it.

mod absent;
mod ancestry;
mod apart;
mod attribute;
mod between;
mod closing;
mod comparison;
mod count;
mod counted;
mod database;
mod downloads;
mod figures;
#[cfg(test)]
mod fixture;
mod frontier;
mod gap;
mod held;
mod ladder;
mod lag;
mod level;
mod licence;
mod lineage;
mod listed;
mod makers;
mod mark;
mod meant;
mod measured;
mod months;
mod opponents;
mod party;
mod places;
mod price;
mod properties;
mod published;
mod rank;
mod readings;
mod record;
mod rising;
mod score;
mod series;
mod share;
mod sources;
mod spoken;
mod stated;
mod statement;
mod trend;
mod unlisted;
mod view;
mod votes;
mod window;
mod words;

pub(crate) use meant::on_its_board;
pub use measured::*;
pub use readings::{ToldReading, told_readings};
pub(crate) use window::begins_a_date;

use crate::claim::{Claim, ClaimKind};
use crate::dataset::{BoardHead, Catalog};
use crate::error::Result;
use jiff::civil::Date;
use std::collections::BTreeSet;
use view::View;

/// Gathers what bears on a checkable claim, on the data of `as_of` and on the newest.
///
/// # Errors
/// A table that cannot be read. Missing rows are evidence, not an error.
pub fn gather(claim: &Claim, catalog: &Catalog, as_of: Date) -> Result<Evidence> {
    let claim = &meant::on_its_board(claim, catalog, as_of);
    let newest = catalog.newest().max(as_of);
    let then = readings(claim, &View::new(catalog, as_of).asked_by(claim))?;
    let now = if newest == as_of {
        then.clone()
    } else {
        readings(claim, &View::new(catalog, newest).asked_by(claim).of_text(as_of))?
    };
    // The headline of the claim's day stays the headline: otherwise then and now would answer different questions.
    let headline = then.first().map(|reading| reading.name.clone()).unwrap_or_default();
    Ok(Evidence { as_of, then, now: with_first(now, &headline), timeline: Vec::new() })
}

/// Whether a claim is answered by every board that lists its parties.
pub(crate) fn asks_every_board(claim: &Claim) -> bool {
    claim.kind == ClaimKind::Comparison && claim.benchmark.is_none()
}

/// Reads the boards that several claims of a text will ask for, if some do: a comparison that names no board asks all
/// that still move.
pub(crate) fn read_ahead(claims: &[Claim], catalog: &Catalog, written: Date) {
    if claims.iter().any(asks_every_board) {
        let newest = catalog.newest();
        let named: BTreeSet<&str> =
            claims.iter().filter_map(|c| c.benchmark.as_ref()?.id.as_deref()).collect();
        let is_wanted = |head: &BoardHead, day| {
            let is_general = head.benchmark != price::PRICE && view::is_fresh(head, day);
            is_general || named.contains(head.benchmark.as_str())
        };
        let counts = claims.iter().any(|claim| claim.kind == ClaimKind::Count);
        catalog.read_ahead(&[written, newest], is_wanted, counts);
    }
}

/// Whether a claim counts the places or the models of a board, which are there on a day and not over a time.
pub(crate) fn speaks_of_a_board(claim: &Claim) -> bool {
    let words = words::Words::of(claim);
    let is_board = claim.benchmark.is_some() && !words.any(&["download"]);
    words.places().is_some() || (is_board && !words.any(&listed::RELEASED))
}

/// Gathers what bears on a claim on the data of one day, without a look at the newest.
///
/// # Errors
/// As [`gather`].
pub fn gather_on(claim: &Claim, catalog: &Catalog, as_of: Date) -> Result<Evidence> {
    let claim = &meant::on_its_board(claim, catalog, as_of);
    let then = readings(claim, &View::new(catalog, as_of).asked_by(claim))?;
    Ok(Evidence { as_of, then, now: Vec::new(), timeline: Vec::new() })
}

/// The headline reading as it stood on another day than the one of writing, of a claim that names the board it means.
///
/// # Errors
/// As [`gather`].
pub fn headline_on(
    claim: &Claim,
    catalog: &Catalog,
    headline: &Reading,
    (written, day): (Date, Date),
) -> Result<Option<Reading>> {
    let view = View::of_reading(catalog, day, &headline.name).asked_by(claim).of_text(written);
    let readings = readings(claim, &view)?;
    Ok(readings.into_iter().find(|reading| reading.name == headline.name))
}

/// Every day after `as_of` on which the headline may move, oldest first, the newest always among them: snapshot days of
/// the boards that it used, and the ends of months, on which lags and releases move though no board does. A place on a
/// board moves no more when its last snapshot is out, but when that grows old.
///
/// # Errors
/// As [`gather`].
pub fn days_after(catalog: &Catalog, kind: ClaimKind, headline: &Reading, as_of: Date) -> Result<Vec<Date>> {
    let newest = catalog.newest().max(as_of);
    let used: BTreeSet<&str> = headline.measured.iter().map(|m| m.benchmark.as_str()).collect();
    let heads = || catalog.heads().iter().filter(|head| used.contains(head.benchmark.as_str()));
    let mut days = BTreeSet::from([newest]);
    for head in heads() {
        days.extend(catalog.snapshot_days(head)?.iter().copied());
    }
    let months = as_of.first_of_month().series(jiff::Span::new().months(1)).take_while(|day| *day <= newest);
    days.extend(months.map(Date::last_of_month));
    let mut days: Vec<Date> = days.into_iter().filter(|day| *day > as_of && *day <= newest).collect();
    if kind == ClaimKind::Rank {
        // Days before a board's last snapshot are days of their own.
        let state = |day: Date| heads().map(|head| view::age_of(head, day).ok_or(day)).collect::<Vec<_>>();
        days.dedup_by_key(|day| state(*day));
        if days.last() != Some(&newest) {
            days.push(newest);
        }
    }
    Ok(days)
}

/// Every reading of the claim on the data of the view's day, the one nearest the words first; never empty.
fn readings(claim: &Claim, view: &View<'_>) -> Result<Vec<Reading>> {
    let readings = match claim.kind {
        ClaimKind::Attribute | ClaimKind::Score if price::is_asked(claim) => price::stated(claim, view)?,
        ClaimKind::Comparison if price::is_asked(claim) => price::compared(claim, view)?,
        ClaimKind::Comparison if properties::is_asked(claim) => properties::compared(claim, view),
        ClaimKind::Score => score::readings(claim, view)?,
        ClaimKind::Comparison => comparison::readings(claim, view)?,
        ClaimKind::Rank => rank::readings(claim, view)?,
        ClaimKind::Gap => gap::readings(claim, view)?,
        ClaimKind::Share => share::readings(claim, view)?,
        ClaimKind::Trend => trend::readings(claim, view)?,
        ClaimKind::Count => count::readings(claim, view)?,
        ClaimKind::Lineage if ancestry::is_asked(claim) => {
            ancestry::reading(claim, view).into_iter().collect()
        }
        ClaimKind::Lineage => lineage::readings(claim, view)?,
        ClaimKind::Attribute => attribute::readings(claim, view),
        ClaimKind::Forecast | ClaimKind::Opinion => Vec::new(),
    };
    Ok(if readings.is_empty() { vec![absent::reading(claim, view)] } else { readings })
}

fn with_first(mut readings: Vec<Reading>, name: &str) -> Vec<Reading> {
    if let Some(i) = readings.iter().position(|reading| reading.name == name) {
        let headline = readings.remove(i);
        readings.insert(0, headline);
    }
    readings
}
