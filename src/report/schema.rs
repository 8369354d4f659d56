//! A checker for the part of JSON Schema that the output's schema uses: schema and value in, complaints out. For tests;
//! a keyword it does not know is a complaint, so that the schema cannot outgrow it unseen.

use serde_json::Value;

/// The schema of the configuration.
pub(crate) const CONFIGURATION: &str = include_str!("../../assets/schema/config.schema.json");

/// What is wrong with `value` as an output of this program; empty when nothing is.
pub(crate) fn complaints(value: &Value) -> Vec<String> {
    complaints_of(super::SCHEMA, value)
}

/// What is wrong with `value` under `schema`.
pub(crate) fn complaints_of(schema: &str, value: &Value) -> Vec<String> {
    let root: Value = serde_json::from_str(schema).expect("the schema is JSON");
    check(&root, &root, value, "")
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let keywords = schema.as_object().expect("a schema is an object");
    keywords
        .iter()
        .flat_map(|(keyword, rule)| check_keyword(root, schema, keyword, rule, value, at))
        .collect()
}

fn check_keyword(
    root: &Value,
    schema: &Value,
    keyword: &str,
    rule: &Value,
    value: &Value,
    at: &str,
) -> Vec<String> {
    let fail =
        |holds: bool| if holds { Vec::new() } else { vec![format!("{at}: {keyword} {rule}, is {value}")] };
    let rules = || rule.as_array().expect("a list");
    let number = || rule.as_f64().expect("a number");
    match keyword {
        "$schema" | "title" | "description" | "$defs" => Vec::new(),
        "$ref" => {
            let pointer = rule.as_str().expect("a reference").trim_start_matches('#');
            check(root, root.pointer(pointer).unwrap_or_else(|| panic!("no {pointer}")), value, at)
        }
        "anyOf" => {
            let tries: Vec<Vec<String>> =
                rules().iter().map(|schema| check(root, schema, value, at)).collect();
            if tries.iter().any(Vec::is_empty) { Vec::new() } else { tries.into_iter().flatten().collect() }
        }
        "allOf" => rules().iter().flat_map(|schema| check(root, schema, value, at)).collect(),
        "type" => fail(match rule {
            Value::Array(types) => types.iter().any(|name| is_type(value, name)),
            name => is_type(value, name),
        }),
        "enum" => fail(rules().contains(value)),
        "minimum" => fail(value.as_f64().is_none_or(|v| v >= number())),
        "maximum" => fail(value.as_f64().is_none_or(|v| v <= number())),
        "minItems" => fail(value.as_array().is_none_or(|items| items.len() as f64 >= number())),
        "maxItems" => fail(value.as_array().is_none_or(|items| items.len() as f64 <= number())),
        "pattern" => {
            let pattern = regex::Regex::new(rule.as_str().expect("a pattern")).expect("a pattern");
            fail(value.as_str().is_none_or(|text| pattern.is_match(text)))
        }
        "required" => fail(value.as_object().is_none_or(|object| has_all(object, rule))),
        "dependentRequired" => {
            let lists = rule.as_object().expect("an object");
            fail(value.as_object().is_none_or(|object| {
                lists.iter().all(|(name, list)| !object.contains_key(name) || has_all(object, list))
            }))
        }
        "properties" => {
            let rules = rule.as_object().expect("an object").iter();
            rules
                .filter_map(|(name, schema)| Some((name, schema, value.get(name)?)))
                .flat_map(|(name, schema, value)| check(root, schema, value, &format!("{at}/{name}")))
                .collect()
        }
        "additionalProperties" => {
            let others = value
                .as_object()
                .into_iter()
                .flatten()
                .filter(|(name, _)| schema["properties"].get(name).is_none());
            match rule {
                Value::Bool(false) => others.map(|(name, _)| format!("{at}: unexpected {name}")).collect(),
                _ => others
                    .flat_map(|(name, value)| check(root, rule, value, &format!("{at}/{name}")))
                    .collect(),
            }
        }
        "propertyNames" => {
            let names = value.as_object().into_iter().flatten().map(|(name, _)| Value::from(name.as_str()));
            names.flat_map(|name| check(root, rule, &name, at)).collect()
        }
        "items" => {
            let items = value.as_array().into_iter().flatten().enumerate();
            items.flat_map(|(i, item)| check(root, rule, item, &format!("{at}/{i}"))).collect()
        }
        "prefixItems" => {
            let pairs = rules().iter().zip(value.as_array().into_iter().flatten());
            pairs.flat_map(|(schema, item)| check(root, schema, item, at)).collect()
        }
        unknown => vec![format!("{at}: the checker does not know `{unknown}`")],
    }
}

fn has_all(object: &serde_json::Map<String, Value>, names: &Value) -> bool {
    names.as_array().into_iter().flatten().filter_map(Value::as_str).all(|name| object.contains_key(name))
}

fn is_type(value: &Value, name: &Value) -> bool {
    match name.as_str().expect("a type's name") {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        other => panic!("no type {other}"),
    }
}
