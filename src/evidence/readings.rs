//! The table of readings: a type of claim in; how each of its readings is called, when it is computed and why, out.

use crate::claim::ClaimKind;
use serde::Deserialize;
use std::sync::LazyLock;

/// A fair way to take the words of a claim, as the table tells it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToldReading {
    /// The type of claim that is read so.
    #[serde(rename = "type")]
    pub kind: ClaimKind,
    /// Its name; `BOARD` stands for a benchmark's id, `N` for a number.
    pub name: String,
    /// When it is computed, and when it is the headline.
    pub when: String,
    /// Why it is a fair way to take the words.
    pub why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    reading: Vec<ToldReading>,
}

static TABLE: LazyLock<Vec<ToldReading>> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("readings.toml")).expect("the table of readings is TOML");
    table.reading
});

/// Every reading of a type of claim, in the table's order.
pub fn told_readings(kind: ClaimKind) -> impl Iterator<Item = &'static ToldReading> {
    TABLE.iter().filter(move |told| told.kind == kind)
}

impl ToldReading {
    /// Whether a reading of this name is the one told here.
    #[must_use]
    pub fn fits(&self, name: &str) -> bool {
        let parts = |text: &str| text.split('/').map(str::to_owned).collect::<Vec<_>>();
        let (told, given) = (parts(&self.name), parts(name));
        told.len() == given.len() && told.iter().zip(&given).all(|(told, given)| fits_part(told, given))
    }
}

/// Whether a part of a name is the one told: `BOARD` is any, `N` between dashes any number.
fn fits_part(told: &str, given: &str) -> bool {
    let (told, given): (Vec<&str>, Vec<&str>) = (told.split('-').collect(), given.split('-').collect());
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    told == ["BOARD"]
        || (told.len() == given.len()
            && told
                .iter()
                .zip(&given)
                .all(|(told, given)| told == given || (*told == "N" && is_number(given))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_checkable_type_has_readings_and_no_name_twice() {
        for kind in ClaimKind::ALL {
            let names: Vec<&str> = told_readings(kind).map(|told| told.name.as_str()).collect();
            assert_eq!(!names.is_empty(), kind.is_checkable(), "{}", kind.name());
            let mut once = names.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), names.len(), "{names:?}");
        }
    }

    #[test]
    fn a_name_is_told_with_its_board_and_number() {
        let fits = |kind, name: &str| told_readings(kind).any(|told| told.fits(name));
        assert!(fits(ClaimKind::Gap, "lag/chatbot-arena") && fits(ClaimKind::Rank, "mmlu/all-models"));
        assert!(fits(ClaimKind::Count, "top-20-within-intervals/chatbot-arena"));
        assert!(!fits(ClaimKind::Count, "top-few/chatbot-arena") && !fits(ClaimKind::Gap, "lag"));
        assert!(!fits(ClaimKind::Score, "lag/chatbot-arena"));
    }
}
