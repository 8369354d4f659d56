//! Packages: an opened store in; its description as a Frictionless data package (`datapackage.json`) out.
//!
//! The form is that of <https://specs.frictionlessdata.io/data-package/>: a resource a table, with its columns, types,
//! hash, licence and source.

use super::Catalog;
use super::manifest::{Locked, Manifest};
use super::table::Wanted;
use crate::error::{Error, Result};
use serde_json::{Value, json};

/// Columns of a table of scores: name, type, what it holds.
const SCORES: [(&str, &str, &str); 16] = [
    ("model", "string", "Canonical id of the model"),
    ("name", "string", "The model as the board prints it"),
    ("organisation", "string", "Id of the organisation, where the board or the name tells"),
    ("benchmark", "string", "Id of the benchmark"),
    ("metric", "string", "Metric of the benchmark"),
    ("score", "number", "The score, in the metric's unit"),
    ("ci_low", "number", "Lower end of the 95 % interval, where the source gives one"),
    ("ci_high", "number", "Upper end of the 95 % interval"),
    ("n", "integer", "Items or votes, where the source says"),
    ("evaluation", "string", "Who measured, where the row differs from its data set"),
    ("type", "string", "Kind of model, where the board tells"),
    ("listed", "date", "First day on the board, where the source tells"),
    ("snapshot", "date", "Day of the snapshot"),
    ("base", "string", "What it was made from, as its uploader declares on the board"),
    ("architecture", "string", "Class of its architecture; an architecture is not weights"),
    ("size", "string", "Parameters in billions, to a tenth, as the board prints them"),
];

/// Types of columns of other tables; any other is text.
const OTHERS: [(&str, &str); 12] = [
    ("released", "date"),
    ("snapshot", "date"),
    ("open_weights", "boolean"),
    ("parameters", "number"),
    ("context_tokens", "number"),
    ("low", "number"),
    ("high", "number"),
    ("quantity", "number"),
    ("value", "number"),
    ("share", "number"),
    ("score", "number"),
    ("rank", "integer"),
];

/// The description of a store: every table that is here.
///
/// # Errors
/// When a table cannot be read.
pub fn describe(catalog: &Catalog) -> Result<Value> {
    let mut resources = Vec::new();
    for (id, manifest) in catalog.manifests() {
        if let Some(locked) = catalog.lock().datasets.get(id) {
            resources.push(resource(catalog, manifest, locked)?);
        }
    }
    Ok(json!({
        "name": "benchclaim-datasets",
        "title": "Dated public leaderboards of AI models, in one tidy form",
        "version": env!("CARGO_PKG_VERSION"),
        "profile": "tabular-data-package",
        "created": format!("{}T00:00:00Z", catalog.newest()),
        "licenses": licences(catalog),
        "resources": resources,
    }))
}

fn resource(catalog: &Catalog, manifest: &Manifest, locked: &Locked) -> Result<Value> {
    let path = format!("{}/{}", manifest.id, locked.file);
    let bytes = catalog.table_bytes(&manifest.id)?;
    let is_scores = manifest.is_scores();
    let (format, mediatype, fields) = if path.ends_with(".parquet") {
        // Readers of data frames turn whole numbers with gaps into others.
        let frame = catalog.read_frame(&manifest.id, Wanted::Lineage)?;
        let mut fields: Vec<Value> =
            frame.get_column_names().iter().map(|name| field(name, is_scores)).collect();
        fields
            .iter_mut()
            .filter(|field| field["type"] == "integer")
            .for_each(|field| field["type"] = "number".into());
        ("parquet", "application/vnd.apache.parquet", fields)
    } else {
        let broken = |e: csv::Error| Error::Table {
            table: path.clone(),
            why: e.to_string(),
            hint: "run `benchclaim data verify`".to_owned(),
        };
        let header = csv::Reader::from_reader(bytes.as_slice()).headers().cloned().map_err(broken)?;
        ("csv", "text/csv", header.iter().map(|name| field(name, is_scores)).collect())
    };
    let mut resource = json!({
        "name": manifest.id,
        "title": manifest.title,
        "path": path,
        "profile": "tabular-data-resource",
        "scheme": "file",
        "format": format,
        "mediatype": mediatype,
        "encoding": "utf-8",
        "description": format!("{}. Of: {}.", manifest.reason, manifest.population),
        "sources": [{ "title": manifest.attribution, "path": manifest.source_url }],
        "licenses": [{ "name": manifest.licence, "title": manifest.attribution }],
        "schema": { "fields": fields, "missingValues": [""] },
    });
    if format == "csv" {
        // The reference reader counts and hashes text tables only; the lock has the hash of every table.
        resource["bytes"] = bytes.len().into();
        resource["hash"] = format!("sha256:{}", locked.sha256).into();
    }
    Ok(resource)
}

fn field(name: &str, is_scores: bool) -> Value {
    let score = SCORES.iter().find(|(column, ..)| *column == name).filter(|_| is_scores);
    match score {
        Some((name, kind, description)) => json!({ "name": name, "type": kind, "description": description }),
        None => json!({ "name": name, "type": type_of(name) }),
    }
}

/// The type of a column of a table that is not of scores.
#[must_use]
pub fn type_of(column: &str) -> &'static str {
    OTHERS.iter().find(|(name, _)| *name == column).map_or("string", |(_, kind)| kind)
}

/// Every licence of a table that is here, once.
fn licences(catalog: &Catalog) -> Vec<Value> {
    let held = catalog.manifests().values().filter(|manifest| manifest.is_held(catalog.lock()));
    let names: std::collections::BTreeSet<&str> = held.map(|manifest| manifest.licence.as_str()).collect();
    names.into_iter().map(|name| json!({ "name": name, "title": name })).collect()
}
