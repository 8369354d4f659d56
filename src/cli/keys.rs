//! Keys of the configuration: its text in; every key that means nothing, with its line and the one that was probably
//! meant, out.

use super::extractor::MODEL_KEYS;
use super::near::nearest;
use crate::report::line_and_column;
use crate::verdict::Outcome;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Keys of the file, and of an entry of `ignore`; a test holds them against the schema and the records.
pub(super) const KEYS: [&str; 10] = [
    "fail-on",
    "format",
    "datasets",
    "baseline",
    "template",
    "extractor",
    "llm",
    "ignore",
    "levels",
    "ratings",
];
pub(super) const IGNORE_KEYS: [&str; 5] = ["path", "type", "rule", "quote", "reason"];

/// Every key must be known: in the file, in `ignore`, in `llm` and in the tables by verdict.
///
/// # Errors
/// All that are not, in the order of the file; or what makes the text no TOML.
pub(super) fn check(text: &str) -> std::result::Result<(), String> {
    let table = DeTable::parse(text).map_err(|error| error.to_string())?;
    let table = table.get_ref();
    let verdicts = Outcome::ALL.map(Outcome::name);
    let mut strays: Vec<(usize, String)> = strays(table, &KEYS, "").collect();
    let inner: [(&str, &[&str]); 4] =
        [("levels", &verdicts), ("ratings", &verdicts), ("llm", &MODEL_KEYS), ("ignore", &IGNORE_KEYS)];
    for (name, known) in inner {
        let place = format!(" in `{name}`");
        match table.get(name).map(Spanned::get_ref) {
            Some(DeValue::Table(table)) => strays.extend(self::strays(table, known, &place)),
            Some(DeValue::Array(entries)) => {
                let entries = entries.iter().filter_map(|entry| match entry.get_ref() {
                    DeValue::Table(table) => Some(table),
                    _ => None,
                });
                strays.extend(entries.flat_map(|entry| self::strays(entry, known, &place)));
            }
            _ => {}
        }
    }
    strays.sort();
    let told: Vec<String> =
        strays.iter().map(|(at, stray)| format!("line {}: {stray}", line_and_column(text, *at).0)).collect();
    match told.as_slice() {
        [] => Ok(()),
        [only] => Err(only.clone()),
        all => Err(format!("\n  {}", all.join("\n  "))),
    }
}

/// The keys of a table that are none of `known`, each with where it stands.
fn strays<'t>(
    table: &'t DeTable<'_>,
    known: &'t [&'t str],
    place: &'t str,
) -> impl Iterator<Item = (usize, String)> + 't {
    table.keys().filter(|key| !known.contains(&&**key.get_ref())).map(move |key| {
        let name = key.get_ref();
        let told = match nearest(name, known.iter().copied()) {
            Some(near) => format!("unknown key `{name}`{place}; did you mean `{near}`?"),
            None => format!("unknown key `{name}`{place}; known are {}", known.join(", ")),
        };
        (key.span().start, told)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stray_key_is_told_with_its_line_and_the_near_one() {
        let text = "fail-onn = \"never\"\nformat = \"json\"\n\n[[ignore]]\nquotes = \"x\"\n\n[levels]\ncontradictd = \"error\"\n[llm]\nmodal = \"m\"";
        let told = check(text).expect_err("four are strays");
        for (line, near) in [(1, "fail-on"), (5, "quote"), (8, "contradicted"), (10, "model")] {
            let told = told.lines().find(|told| told.contains(&format!("line {line}: "))).unwrap_or_default();
            assert!(told.contains(&format!("did you mean `{near}`?")), "{told}");
        }
        assert!(check("format = \"json\"").is_ok() && check("format = ").is_err());
    }
}
