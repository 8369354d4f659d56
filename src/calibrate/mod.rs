//! Calibration: a seed in; for each type of claim, how often what the judge holds probable is so, out.
//!
//! Boards are simulated whose true scores are known, statements are drawn about the truth, and the program judges them
//! on the noisy boards as it judges any other. Where it says 0.9, nine in ten should be true. Above the pipeline, and
//! no part of it: nothing that judges knows this.

mod claims;
mod figure;
mod table;
mod world;

pub use figure::figure;
pub use table::{csv, markdown};

use crate::claim::ClaimKind;
use crate::dataset::{Catalog, Store};
use crate::error::Result;
use crate::evidence::gather;
use crate::stats::Calibration;
use crate::verdict::judge;
use claims::Statement;
use std::collections::BTreeMap;
use std::sync::Arc;
use world::World;

/// Simulated worlds of a full run: enough that chance alone moves the expected calibration error by less than 0.01.
pub const WORLDS: usize = 1500;

/// The seed of the tables that ship.
pub const SEED: u64 = 1;

/// Worlds of one catalog: its tables are scanned for every board, so that many small ones are faster than one large.
const WORLDS_A_CATALOG: usize = 20;

/// The types whose verdicts rest on sampling uncertainty, in the order of the design. Scores are judged by the figure that
/// is published, lineage and attributes are looked up: there is no chance in them.
pub const KINDS: [ClaimKind; 6] = [
    ClaimKind::Comparison,
    ClaimKind::Rank,
    ClaimKind::Share,
    ClaimKind::Gap,
    ClaimKind::Trend,
    ClaimKind::Count,
];

/// A statement's support, and whether it is true.
pub type Forecast = (f64, bool);

/// Supports and truths by type, in the order of [`KINDS`].
pub type Forecasts = BTreeMap<&'static str, Vec<Forecast>>;

/// Simulates `worlds` worlds from `seed` and judges the statements drawn about them. The same worlds come first
/// whatever their number.
///
/// # Errors
/// As the catalog's; the tables are made here, so none is expected.
pub fn forecasts(seed: u64, worlds: usize) -> Result<Forecasts> {
    let mut forecasts: Forecasts = KINDS.iter().map(|kind| (kind.name(), Vec::new())).collect();
    let all: Vec<World> = (0..worlds).map(|number| World::draw(seed, number)).collect();
    for part in all.chunks(WORLDS_A_CATALOG) {
        let catalog = Catalog::open(Store::Memory(Arc::new(world::files(part))))?;
        for Statement { claim, so } in part.iter().flat_map(claims::of_world) {
            let evidence = gather(&claim, &catalog, world::TODAY)?;
            // What the tables cannot tell has no support to be held against the truth.
            if let Some(support) = judge(&claim, Some(&evidence)).support {
                forecasts.entry(claim.kind.name()).or_default().push((support, so));
            }
        }
    }
    Ok(forecasts)
}

/// The calibration of each type.
#[must_use]
pub fn calibrations(forecasts: &Forecasts) -> Vec<(ClaimKind, Calibration)> {
    let of = |kind: ClaimKind| forecasts.get(kind.name()).map_or(&[][..], Vec::as_slice);
    KINDS.iter().map(|kind| (*kind, Calibration::of(of(*kind)))).collect()
}
