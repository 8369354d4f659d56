//! Shapes: a raw file in; its columns or keys and the type of each, out, and what of it is gone or has turned.
//!
//! A reader stops at a column that it needs and misses. The shape tells of the others too, and before scores are looked
//! at: a column that turned from numbers to words has another meaning.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Keys of an object beyond which it is a list by name (models, say) rather than a record.
const MOST_KEYS_OF_A_RECORD: usize = 24;

/// A column is of the type of this share of its cells; "n/a" and footnotes are the rest.
const TYPE_SHARE: f64 = 0.8;

/// How deep keys are told apart.
const DEPTH: usize = 4;

/// What a column or key holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// Nothing.
    Empty,
    /// Numbers, with or without a sign for per cent.
    Number,
    /// Days.
    Date,
    /// True or false.
    Truth,
    /// Anything else.
    Text,
}

/// Columns or key paths with what they hold.
pub(super) type Shape = BTreeMap<String, Kind>;

/// The shape of a raw file, by the end of its name.
pub(super) fn shape(file: &str, bytes: &[u8]) -> Shape {
    let mut cells: BTreeMap<String, BTreeMap<Kind, usize>> = BTreeMap::new();
    let mut count =
        |path: &str, kind: Kind| *cells.entry(path.to_owned()).or_default().entry(kind).or_default() += 1;
    if file.ends_with(".csv") {
        table(bytes, &mut count);
    } else if let Some(value) = tree(file, bytes) {
        walk("", &value, 0, &mut count);
    }
    cells.into_iter().map(|(path, kinds)| (path, main_kind(&kinds))).collect()
}

fn table(bytes: &[u8], count: &mut impl FnMut(&str, Kind)) {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).comment(Some(b'#')).from_reader(text.as_bytes());
    let Ok(header) = reader.headers().cloned() else { return };
    header.iter().for_each(|name| count(name.trim(), Kind::Empty));
    for record in reader.records().map_while(Result::ok) {
        header.iter().zip(&record).for_each(|(name, cell)| count(name.trim(), kind_of(cell)));
    }
}

fn tree(file: &str, bytes: &[u8]) -> Option<Value> {
    if file.ends_with(".json") {
        return serde_json::from_slice(bytes).ok();
    }
    serde_norway::from_slice(bytes).ok()
}

fn walk(path: &str, value: &Value, depth: usize, count: &mut impl FnMut(&str, Kind)) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Array(items) if depth < DEPTH => {
            items.iter().for_each(|item| walk(&below("*"), item, depth + 1, count))
        }
        Value::Object(fields) if depth < DEPTH => {
            let is_list = fields.len() > MOST_KEYS_OF_A_RECORD;
            for (key, field) in fields {
                walk(&below(if is_list { "*" } else { key }), field, depth + 1, count);
            }
        }
        Value::Array(_) | Value::Object(_) => count(path, Kind::Text),
        Value::Null => count(path, Kind::Empty),
        Value::Bool(_) => count(path, Kind::Truth),
        Value::Number(_) => count(path, Kind::Number),
        Value::String(text) => count(path, kind_of(text)),
    }
}

fn kind_of(cell: &str) -> Kind {
    let cell = cell.trim();
    let is_date = || cell.get(..10).is_some_and(|day| day.parse::<jiff::civil::Date>().is_ok());
    match cell {
        "" | "-" | "N/A" | "n/a" | "null" => Kind::Empty,
        _ if cell.trim_end_matches('%').trim_end().parse::<f64>().is_ok() => Kind::Number,
        _ if is_date() => Kind::Date,
        _ if cell.eq_ignore_ascii_case("true") || cell.eq_ignore_ascii_case("false") => Kind::Truth,
        _ => Kind::Text,
    }
}

fn main_kind(kinds: &BTreeMap<Kind, usize>) -> Kind {
    let told: usize = kinds.iter().filter(|(kind, _)| **kind != Kind::Empty).map(|(_, n)| n).sum();
    let most = kinds.iter().filter(|(kind, _)| **kind != Kind::Empty).max_by_key(|(_, n)| **n);
    match most {
        None => Kind::Empty,
        Some((kind, n)) if *n as f64 >= TYPE_SHARE * told as f64 => *kind,
        Some(_) => Kind::Text,
    }
}

/// What is gone or has turned, in words; new columns are told with it, as a renaming shows by both.
pub(super) fn drift(old: &Shape, new: &Shape) -> Vec<String> {
    let quoted = |names: Vec<&String>| {
        names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    };
    let gone: Vec<&String> = old.keys().filter(|name| !new.contains_key(*name)).collect();
    let came: Vec<&String> = new.keys().filter(|name| !old.contains_key(*name)).collect();
    let mut found = Vec::new();
    if !gone.is_empty() {
        let came = if came.is_empty() { String::new() } else { format!("; new: {}", quoted(came)) };
        found.push(format!("columns gone: {}{came}", quoted(gone)));
    }
    for (name, is) in new {
        let turned = |was: &&Kind| **was != *is && **was != Kind::Empty && *is != Kind::Empty;
        if let Some(was) = old.get(name).filter(turned) {
            found.push(format!("column `{name}` held {}, now {}", was.words(), is.words()));
        }
    }
    found
}

impl Kind {
    fn words(self) -> &'static str {
        match self {
            Self::Empty => "nothing",
            Self::Number => "numbers",
            Self::Date => "days",
            Self::Truth => "yes or no",
            Self::Text => "words",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renamed_and_a_turned_column_show() {
        let old = shape("a.csv", b"model,score,day\na,1.5,2026-01-01\nb,80 %,\n");
        let new = shape("a.csv", b"model,rating,day\na,1.5,soon\nb,2.5,later\n");
        assert_eq!(
            drift(&old, &new),
            ["columns gone: `score`; new: `rating`", "column `day` held days, now words"]
        );
        assert!(drift(&old, &old).is_empty());
    }

    #[test]
    fn new_columns_and_emptied_notes_are_no_drift() {
        let old = shape("a.csv", b"model,score,note\na,1.5,x\n");
        let new = shape("a.csv", b"model,score,note,votes\na,1.5,,3\nb,n/a,,4\n");
        assert!(drift(&old, &new).is_empty());
    }

    #[test]
    fn objects_by_model_are_lists_and_their_records_are_compared() {
        let board = |key: &str, n: usize| {
            let rows: Vec<String> = (0..n).map(|i| format!("\"m{i}\": {{\"{key}\": {i}.5}}")).collect();
            shape("a.json", format!("{{{}}}", rows.join(",")).as_bytes())
        };
        assert!(drift(&board("score", 30), &board("score", 40)).is_empty());
        assert_eq!(
            drift(&board("score", 30), &board("points", 30)),
            ["columns gone: `*.score`; new: `*.points`"]
        );
        assert_eq!(shape("a.yml", b"- {model: a, rate: 1.0}\n").get("*.rate"), Some(&Kind::Number));
    }

    #[test]
    fn what_cannot_be_read_has_no_shape() {
        assert!(shape("a.json", b"<html>").is_empty());
    }
}
