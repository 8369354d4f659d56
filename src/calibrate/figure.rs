//! The reliability figure: calibrations in; the figure that the report room draws out.

use crate::claim::ClaimKind;
use crate::report::figure::{Figure, Panel, Plot, Reliability};
use crate::stats::Calibration;

/// Support against the share that is true, a panel a type.
#[must_use]
pub fn figure(calibrations: &[(ClaimKind, Calibration)]) -> Figure {
    let panels: Vec<Panel> = calibrations
        .iter()
        .map(|(kind, calibration)| Panel {
            title: kind.name().to_owned(),
            ece: calibration.ece,
            points: calibration
                .bins
                .iter()
                .filter_map(|bin| Some((bin.stated, bin.share()?, bin.interval(), bin.n)))
                .collect(),
        })
        .collect();
    let plot = Reliability { panels };
    Figure {
        name: "reliability".to_owned(),
        title: "Support against the share that is true".to_owned(),
        subtitle: "Simulated boards with known truth; dots are bins of statements with 95 % intervals, the diagonal is \
                   perfect calibration, ECE the expected calibration error"
            .to_owned(),
        alt: plot.describe(),
        plot: Plot::Reliability(plot),
    }
}
