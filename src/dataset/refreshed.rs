//! Tables of models that a refresh has replaced in; the identities' table of models with what is new in them, out.
//!
//! `import` makes the identities of many sources at once, a refresh brings one source's table. What that table says
//! otherwise than the one that the identities were made from is laid over them when a store is opened, so that nothing
//! beside the table has to be switched, and a newer program's identities are not hidden by older ones.

use super::manifest::{Decision, Lock, Manifest, TableKind};
use super::store::Store;
use crate::error::{Error, Result};
use csv::StringRecord;
use std::collections::BTreeMap;

/// The identities' table of models.
const IDENTITIES: &str = "identities/models.csv";

/// The column of the sources that state a row, the most trusted first.
const SOURCE: &str = "source";

/// Columns that the source states; of the others our names decide.
const STATED: [&str; 6] =
    ["released", "parameters", "open_weights", "licence", "base_model", "context_tokens"];

/// Columns that are filled where the identities have none.
const FILLED: [&str; 2] = ["family", "organisation"];

/// The identities' table of models as text, with what refreshed tables say anew.
///
/// # Errors
/// A table that is missing or malformed.
pub(super) fn models(store: &Store, manifests: &BTreeMap<String, Manifest>, lock: &Lock) -> Result<String> {
    let text = store.text(IDENTITIES)?;
    let tables: Vec<(&Manifest, &str)> =
        manifests.values().filter_map(|manifest| Some((manifest, file_in_force(manifest, lock)?))).collect();
    if tables.is_empty() {
        return Ok(text);
    }
    let mut identities = Sheet::parse(IDENTITIES, &text)?;
    for (manifest, file) in tables {
        let path = |file: &str| format!("{}/{file}", manifest.id);
        let new = Sheet::parse(&path(file), &store.text(&path(file))?)?;
        // A data set that was fetched for the first time had no table when the identities were made.
        let old = match store.text(&path(manifest.table_file())) {
            Ok(text) => Sheet::parse(&path(manifest.table_file()), &text)?,
            Err(_) => Sheet::default(),
        };
        identities.lay(&old, &new);
    }
    identities.to_text()
}

/// The file of a table of models that ships, where a refresh has replaced it.
fn file_in_force<'l>(manifest: &Manifest, lock: &'l Lock) -> Option<&'l str> {
    let is_of_models = manifest.table.as_ref()?.kind == TableKind::Models;
    let file = lock.datasets.get(&manifest.id)?.file.as_str();
    (is_of_models && manifest.decision == Decision::Shipped && file != manifest.table_file()).then_some(file)
}

/// A table of models, each cell as printed, by id.
#[derive(Debug, Default, PartialEq)]
struct Sheet {
    columns: Vec<String>,
    rows: BTreeMap<String, StringRecord>,
}

impl Sheet {
    fn parse(name: &str, text: &str) -> Result<Self> {
        let broken = |why: String| Error::Table {
            table: name.to_owned(),
            why,
            hint: "run `benchclaim data update`, or restore the table".to_owned(),
        };
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().map_err(|e| broken(e.to_string()))?;
        let columns: Vec<String> = header.iter().map(str::to_owned).collect();
        if columns.first().is_none_or(|first| first != "id") {
            return Err(broken("the first column is not `id`".to_owned()));
        }
        let mut rows = BTreeMap::new();
        for record in reader.records() {
            let record = record.map_err(|e| broken(e.to_string()))?;
            rows.insert(record.get(0).unwrap_or_default().to_owned(), record);
        }
        Ok(Self { columns, rows })
    }

    fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|name| name == column)
    }

    fn cell(&self, id: &str, column: &str) -> &str {
        let cell = || self.rows.get(id)?.get(self.place(column)?);
        cell().unwrap_or_default()
    }

    /// Adds the models that are new, fills what was not known, and changes what its most trusted source has changed.
    fn lay(&mut self, old: &Sheet, new: &Sheet) {
        let is_news = |id: &&String| old.columns != new.columns || old.rows.get(*id) != new.rows.get(*id);
        for id in new.rows.keys().filter(is_news) {
            let is_new = !self.rows.contains_key(id);
            let says = |column: &str| {
                is_new
                    || (STATED.contains(&column) && self.yields(id, column, old, new))
                    || (FILLED.contains(&column) && self.cell(id, column).is_empty())
            };
            let cell =
                |column: &String| if says(column) { new.cell(id, column) } else { self.cell(id, column) };
            let row: StringRecord = self.columns.iter().map(cell).collect();
            self.rows.insert(id.clone(), row);
        }
    }

    /// Whether a cell gives way to a new table's: it is empty, or holds what this source said before and says no longer.
    /// What a more trusted source or a correction by hand says stays.
    fn yields(&self, id: &str, column: &str, old: &Sheet, new: &Sheet) -> bool {
        let (held, said, says) = (self.cell(id, column), old.cell(id, column), new.cell(id, column));
        let is_most_trusted = self.cell(id, SOURCE).split(';').next() == Some(new.cell(id, SOURCE));
        !says.is_empty() && said != says && (held.is_empty() || (is_most_trusted && held == said))
    }

    fn to_text(&self) -> Result<String> {
        let broken = |why: String| Error::Table {
            table: IDENTITIES.to_owned(),
            why,
            hint: "report this as a defect".to_owned(),
        };
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.columns).map_err(|e| broken(e.to_string()))?;
        for row in self.rows.values() {
            writer.write_record(row).map_err(|e| broken(e.to_string()))?;
        }
        let bytes = writer.into_inner().map_err(|e| broken(e.to_string()))?;
        String::from_utf8(bytes).map_err(|e| broken(e.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table from (id, released, parameters, source).
    fn sheet(rows: &[(&str, &str, &str, &str)]) -> Sheet {
        let rows: String = rows
            .iter()
            .map(|(id, released, parameters, source)| {
                format!("{id},{id},,,{released},{parameters},,,,,{source}\n")
            })
            .collect();
        let header = "id,name,family,organisation,released,parameters,open_weights,licence,base_model,\
                      context_tokens,source\n";
        Sheet::parse("t.csv", &format!("{header}{rows}")).expect("a table")
    }

    fn laid(identity: (&str, &str, &str, &str), was: &str, is: &str) -> (String, String) {
        let mut identities = sheet(&[identity]);
        let table = |parameters| sheet(&[("m", "2025-01-01", parameters, "list")]);
        identities.lay(&table(was), &table(is));
        (identities.cell("m", "released").to_owned(), identities.cell("m", "parameters").to_owned())
    }

    #[test]
    fn what_the_source_says_anew_is_said_and_nothing_else() {
        let of = |released: &str, parameters: &str| (released.to_owned(), parameters.to_owned());
        // The day that the identities took from another source stays, as it did not change here.
        assert_eq!(laid(("m", "2024-12-30", "7", "list;other"), "7", "8"), of("2024-12-30", "8"));
        assert_eq!(laid(("m", "2025-01-01", "", "other"), "", "8"), of("2025-01-01", "8"));
        assert_eq!(laid(("m", "2025-01-01", "7", "list"), "7", ""), of("2025-01-01", "7"));
    }

    #[test]
    fn a_more_trusted_source_and_a_correction_stand() {
        let parameters = |identity, was, is| laid(identity, was, is).1;
        assert_eq!(parameters(("m", "", "7", "other;list"), "7", "8"), "7");
        assert_eq!(parameters(("m", "", "9", "list;corrections"), "7", "8"), "9");
    }

    #[test]
    fn a_new_model_is_added_where_it_belongs() {
        let mut identities = sheet(&[("a", "2024-01-01", "1", "other"), ("c", "", "", "other")]);
        identities.lay(&Sheet::default(), &sheet(&[("b", "2026-02-01", "5", "list")]));
        let text = identities.to_text().expect("writable");
        let ids: Vec<&str> = text.lines().skip(1).filter_map(|row| row.split(',').next()).collect();
        assert_eq!(ids, ["a", "b", "c"]);
        assert_eq!(identities.cell("b", "released"), "2026-02-01");
    }
}
