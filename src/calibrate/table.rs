//! Tables of a calibration: what was judged and what was so in; CSV and Markdown out.

use super::{SEED, WORLDS};
use crate::claim::ClaimKind;
use crate::stats::Calibration;
use std::fmt::Write;

/// One row a bin of each type.
#[must_use]
pub fn csv(calibrations: &[(ClaimKind, Calibration)]) -> String {
    let mut text = "type,low,high,n,stated,came_true,share,share_low,share_high\n".to_owned();
    for (kind, calibration) in calibrations {
        for bin in &calibration.bins {
            let share = bin.share().map_or_else(String::new, |share| format!("{share:.4}"));
            let (low, high) = bin.interval();
            // Writing to a string cannot fail.
            _ = writeln!(
                text,
                "{},{:.1},{:.1},{},{:.4},{},{share},{low:.4},{high:.4}",
                kind.name(),
                bin.low,
                bin.high,
                bin.n,
                bin.stated,
                bin.came_true
            );
        }
    }
    text
}

/// The table for readers, with how it was made.
#[must_use]
pub fn markdown(calibrations: &[(ClaimKind, Calibration)], seed: u64, worlds: usize) -> String {
    let arguments = match (seed, worlds) {
        (SEED, WORLDS) => String::new(),
        _ => format!(" --seed {seed} --worlds {worlds}"),
    };
    let mut text = format!(
        "# Calibration\n\n\
         Where the judge says 0.9, are nine in ten true? Boards with known true scores are simulated ({worlds} worlds of 28 \
         models, seed {seed}), statements are drawn about the truth, and the program judges them on the noisy boards as it \
         judges any other. Made by `benchclaim calibrate{arguments} -o reports/calibration`; never edited by hand.\n\n\
         ![Support against the share that is true, by type of claim](reliability.svg)\n\n\
         | type | statements | expected calibration error | Brier score |\n| --- | ---: | ---: | ---: |\n"
    );
    for (kind, calibration) in calibrations {
        _ = writeln!(
            text,
            "| {} | {} | {:.3} | {:.3} |",
            kind.name(),
            calibration.n,
            calibration.ece,
            calibration.brier
        );
    }
    text + "\nThe expected calibration error is the mean distance between the stated support and the share that is true, over \
            ten bins of equal width weighted by their statements; the Brier score is the mean squared distance between \
            support and truth. `calibration.csv` has the bins. Scores are judged by the figure that is published, lineage and \
            attributes are looked up: there is no chance in them.\n\n\
            What it does not show: that the boards' own intervals are right, and how the judge fares where true scores \
            crowd closer together than the boards' errors, for it reads every score without a prior.\n"
}
