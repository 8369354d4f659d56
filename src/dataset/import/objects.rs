//! JSON and JSON Lines as tables: lists of flat objects in; a table with a column a key out.

use super::raw::{RawTable, fault};
use crate::error::Result;
use serde_json::{Map, Value};

/// Reads one JSON text, or one a line. The rows are the objects of the list, or, where `below` names a key, those of
/// that key's list, each with the plain values beside the list.
pub(super) fn table(file: &str, text: &str, below: Option<&str>) -> Result<RawTable> {
    let texts: Vec<&str> = if file.ends_with(".jsonl") {
        text.lines().filter(|line| !line.trim().is_empty()).collect()
    } else {
        vec![text]
    };
    let mut objects: Vec<Map<String, Value>> = Vec::new();
    for (i, text) in texts.into_iter().enumerate() {
        let value: Value =
            serde_json::from_str(text).map_err(|e| fault(file, format!("part {}: {e}", i + 1)))?;
        collect(file, value, below, &mut objects)?;
    }
    let mut columns: Vec<String> = Vec::new();
    for key in objects.iter().flat_map(Map::keys) {
        if !columns.contains(key) {
            columns.push(key.clone());
        }
    }
    let row = |object: &Map<String, Value>| -> csv::StringRecord {
        columns.iter().map(|key| object.get(key).map(cell).unwrap_or_default()).collect()
    };
    let rows = (1..).zip(objects.iter().map(row)).collect();
    Ok(RawTable::of(file, columns, rows))
}

fn collect(
    file: &str,
    value: Value,
    below: Option<&str>,
    objects: &mut Vec<Map<String, Value>>,
) -> Result<()> {
    match (value, below) {
        (Value::Array(items), _) => {
            items.into_iter().try_for_each(|item| collect(file, item, below, objects))
        }
        (Value::Object(mut outer), Some(key)) => {
            let Some(Value::Array(items)) = outer.remove(key) else {
                return Err(fault(file, format!("key `{key}` holds no list")));
            };
            for item in items {
                let Value::Object(inner) = item else {
                    return Err(fault(file, format!("key `{key}` holds something else than objects")));
                };
                objects.push(outer.clone().into_iter().chain(inner).collect());
            }
            Ok(())
        }
        (Value::Object(object), None) => {
            objects.push(object);
            Ok(())
        }
        _ => Err(fault(file, "holds something else than objects".to_owned())),
    }
}

/// A plain value as a cell; what is nested has no cell.
fn cell(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_rows_and_what_stands_beside_a_list_belongs_to_each() {
        let text = "{\"date\": \"Mar 1, 2026\", \"models\": [{\"name\": \"a\", \"score\": 10}]}\n\n\
            {\"date\": \"Mar 8, 2026\", \"models\": [{\"name\": \"b\", \"score\": 11.5, \"new\": true}]}\n";
        let table = table("t.jsonl", text, Some("models")).expect("a table");
        let rows: Vec<_> = table
            .rows()
            .map(|row| (row.day("date").expect("a day"), row.get("name"), row.get("score"), row.get("new")))
            .collect();
        let day = |day| Some(jiff::civil::Date::constant(2026, 3, day));
        assert_eq!(rows, [(day(1), "a", "10", ""), (day(8), "b", "11.5", "true")]);
    }

    #[test]
    fn what_is_no_list_of_objects_is_an_error() {
        assert!(table("t.json", "[1, 2]", None).is_err());
        assert!(table("t.json", "{\"models\": 3}", Some("models")).is_err());
        assert!(table("t.json", "<html>", None).is_err());
        assert_eq!(table("t.json", "[{\"a\": null}]", None).expect("a table").rows().count(), 1);
    }
}
