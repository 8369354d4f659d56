//! AlpacaEval: dated tables of both versions in; win rates, plain and length-controlled, with standard errors, out.

use super::draft::Draft;
use super::raw::{RawRoot, RawTable, file_date};
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::Result;
use crate::names::Names;
use jiff::civil::Date;

/// An entry made to show that the judge can be fooled: it gives one constant answer and is no model.
const NOT_A_MODEL: &str = "NullModel";

/// Reads every dated copy.
pub(super) fn boards(
    raw: &mut RawRoot,
    manifest: &Manifest,
    import: &ImportEntry,
    _: &Names,
) -> Result<Vec<Draft>> {
    let benchmark = manifest.benchmarks.first().map_or("", |entry| entry.id.as_str());
    let mut drafts = Vec::new();
    for file in raw.files(&import.folder, ".csv")? {
        drafts.extend(rows(&raw.table(&file)?, benchmark, file_date(&file)?)?);
    }
    Ok(drafts)
}

fn rows(table: &RawTable, benchmark: &str, day: Date) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for row in table.rows().filter(|row| row.get("") != NOT_A_MODEL) {
        let name = row.need("")?;
        let n = row.number("n_total")?.map(|n| n as u64);
        let draft = Draft::new(name, benchmark, "win-rate", row.need_number("win_rate")?, day);
        drafts.push(Draft { n, ..draft.with_standard_error(row.number("standard_error")?) });
        // Length control came in 2024; its standard error later still, and not for every row.
        if let Some(rate) = row.number("length_controlled_winrate")? {
            let draft = Draft::new(name, benchmark, "length-controlled-win-rate", rate, day);
            drafts.push(Draft { n, ..draft.with_standard_error(row.number("lc_standard_error")?) });
        }
    }
    Ok(drafts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows_of(text: &str) -> Vec<Draft> {
        rows(&RawTable::parse("t.csv", text).expect("a table"), "alpaca-eval-2", Date::constant(2024, 6, 30))
            .expect("rows")
    }

    #[test]
    fn each_metric_has_its_own_standard_error() {
        let text = ",win_rate,standard_error,n_total,length_controlled_winrate,lc_standard_error\nm,50,1,805,55,0.5\n";
        let rows = rows_of(text);
        assert_eq!(rows[0].ci, Some((48.04, 51.96)));
        assert_eq!((rows[1].score, rows[1].ci), (55.0, Some((55.0 - 0.98, 55.0 + 0.98))));
    }

    #[test]
    fn early_tables_have_no_length_control_and_the_null_model_is_no_model() {
        let rows = rows_of(",win_rate,standard_error,n_total\nNullModel,76.9,0.9,805\nm,50,1,805\n");
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].name.as_str(), rows[0].metric.as_str()), ("m", "win-rate"));
    }
}
