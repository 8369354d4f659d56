//! A table of scores in; the distinct names it prints, with what each was taken for and what it says it was made from, out.

use super::{Catalog, table};
use crate::error::Result;
use crate::names::Standing;
use std::collections::BTreeMap;

/// A name as a board prints it, and what the table says of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PrintedName {
    /// Canonical id that it was given.
    pub model: String,
    /// Organisation id, where the board or the name tells.
    pub organisation: Option<String>,
    /// What it was made from, as its uploader declares on the board, where the source tells.
    pub base: Option<String>,
    /// Class of its architecture, where the source tells.
    pub architecture: Option<String>,
}

impl Catalog {
    /// Distinct printed names of a data set's table; none of a table that holds no boards.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub fn printed_names(&self, id: &str) -> Result<BTreeMap<String, PrintedName>> {
        if !self.manifest(id)?.is_scores() {
            return Ok(BTreeMap::new());
        }
        let frame = self.frame(id)?;
        let bases = table::optional_text(id, &frame, "base")?;
        let architectures = table::optional_text(id, &frame, "architecture")?;
        let lineage = bases.into_iter().zip(architectures);
        Ok(table::rows(id, &frame)?
            .into_iter()
            .zip(lineage)
            .map(|(row, (base, architecture))| {
                let (model, organisation) = (row.model, row.organisation);
                (row.name, PrintedName { model, organisation, base, architecture })
            })
            .collect())
    }

    /// Who stands behind a printed name, by what the table says of it and what the names know.
    #[must_use]
    pub fn standing<'a>(&'a self, name: &'a str, printed: &PrintedName) -> Standing<'a> {
        self.names().standing(
            name,
            &printed.model,
            printed.organisation.as_deref(),
            [printed.base.as_deref(), printed.architecture.as_deref()],
        )
    }
}
