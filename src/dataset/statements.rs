//! Statements: the table of documented estimates and published analyses in; those that stood on a day out.

use crate::error::{Error, Result};
use crate::reported::Unit;
use jiff::civil::Date;
use serde::Deserialize;

/// What somebody said about a number that no board measures.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Stable id.
    pub id: String,
    /// Who said it.
    pub who: String,
    /// The day it was said; the last day of the period where only month or year is known.
    #[serde(deserialize_with = "last_day")]
    pub said_on: Date,
    /// Where it was said.
    #[serde(rename = "where")]
    pub place: String,
    /// What was said, in our own words.
    pub claim: String,
    /// What it is about, so that claims find it: `startups-using-chinese-models`.
    pub topic: String,
    /// Lower end of a range given.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// A single value given; with a range, its middle.
    pub value: Option<f64>,
    /// Unit of the numbers.
    pub unit: Unit,
    /// Of whom or what.
    pub population: String,
    /// What kind of statement it is.
    pub kind: StatementKind,
    /// How the statement itself was read.
    pub read: Read,
    /// Id of the statement that took its place.
    pub superseded_by: Option<String>,
    /// Its address.
    pub url: String,
}

/// What kind of statement it is: how much rests on one person's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatementKind {
    /// A number that one person gave without data.
    Estimate,
    /// The same person's correction of an earlier number.
    Correction,
    /// Computed or examined by the speaker, with a stated method.
    Analysis,
    /// The maker of a model about it.
    Vendor,
}

/// How a statement was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Read {
    /// In the original.
    Primary,
    /// Word for word, in somebody else's text.
    Quoted,
    /// As others report it.
    Secondary,
}

/// The table of statements.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Statements {
    rows: Vec<Statement>,
    /// SHA-256 of the table, in hexadecimal; empty when the store has none.
    pub sha256: String,
}

impl Statement {
    /// The value, or the middle of the range.
    #[must_use]
    pub fn middle(&self) -> Option<f64> {
        self.value.or_else(|| Some(f64::midpoint(self.low?, self.high?)))
    }
}

impl Statements {
    /// Reads the table; `name` is its path in the store.
    ///
    /// # Errors
    /// A cell that is not of its type, a repeated id, or a `superseded_by` that is no id; line and column are named.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self> {
        use sha2::Digest;
        let broken =
            |why: String| Error::Table { table: name.to_owned(), why, hint: "correct the row".to_owned() };
        let mut rows: Vec<Statement> = Vec::new();
        for row in csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes).deserialize() {
            let row: Statement = row.map_err(|e| broken(e.to_string()))?;
            if rows.iter().any(|known| known.id == row.id) {
                return Err(broken(format!("id `{}` stands twice", row.id)));
            }
            if row.middle().is_none() {
                return Err(broken(format!("id `{}` has neither a value nor a range", row.id)));
            }
            rows.push(row);
        }
        let unknown = rows.iter().find_map(|row| {
            let later = row.superseded_by.as_ref()?;
            rows.iter().all(|known| known.id != *later).then(|| (row.id.clone(), later.clone()))
        });
        if let Some((id, later)) = unknown {
            return Err(broken(format!("id `{id}`, column `superseded_by`: `{later}` is no id")));
        }
        let sha256 = sha2::Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
        Ok(Self { rows, sha256 })
    }

    /// Every statement, in the table's order.
    #[must_use]
    pub fn all(&self) -> &[Statement] {
        &self.rows
    }

    /// The statement with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Statement> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// What had been said on a topic by `day` and had not been taken back by then, newest first.
    #[must_use]
    pub fn standing(&self, topic: &str, day: Date) -> Vec<&Statement> {
        let said = |row: &&Statement| row.topic == topic && row.said_on <= day;
        let taken_back = |row: &&Statement| {
            row.superseded_by.as_deref().and_then(|id| self.get(id)).is_some_and(|later| later.said_on <= day)
        };
        let mut standing: Vec<&Statement> =
            self.rows.iter().filter(said).filter(|row| !taken_back(row)).collect();
        standing.sort_by_key(|statement| std::cmp::Reverse(statement.said_on));
        standing
    }
}

/// Reads a date or the last day of a month or year.
fn last_day<'de, D: serde::Deserializer<'de>>(cell: D) -> std::result::Result<Date, D::Error> {
    let text = String::deserialize(cell)?;
    last_day_of(&text).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is not a date")))
}

/// A date, or the last day of a month or year.
pub(super) fn last_day_of(text: &str) -> Option<Date> {
    let full = match text.len() {
        4 => format!("{text}-12-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    let date: Date = full.parse().ok()?;
    Some(if text.len() < full.len() { date.last_of_month() } else { date })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const HEADER: &str =
        "id,who,said_on,where,claim,topic,low,high,value,unit,population,kind,read,superseded_by,url";

    fn parse(rows: &str) -> Result<Statements> {
        Statements::parse("statements/statements.csv", format!("{HEADER}\n{rows}").as_bytes())
    }

    #[test]
    fn a_correction_takes_the_place_of_what_it_corrects_on_its_day() {
        let table = parse(
            "a,A,2025-08-21,paper,80 %,t,,,80,percent,p,estimate,quoted,b,\n\
             b,A,2025-11,post,16 to 24 %,t,16,24,,percent,p,correction,quoted,,\n",
        )
        .expect("a good table");
        let ids = |day| table.standing("t", day).iter().map(|s| s.id.as_str()).collect::<Vec<_>>();
        assert_eq!(ids(date(2025, 8, 20)), [""; 0]);
        assert_eq!(ids(date(2025, 11, 29)), ["a"]);
        assert_eq!(ids(date(2025, 11, 30)), ["b"], "a month counts from its last day");
        assert_eq!(table.get("b").and_then(Statement::middle), Some(20.0));
    }

    #[test]
    fn faults_are_named() {
        let row = "a,A,2025-08-21,paper,80 %,t,,,80,percent,p,estimate,quoted,,\n";
        assert!(parse(&row.repeat(2)).unwrap_err().to_string().contains("twice"));
        assert!(
            parse(&row.replace("quoted,,", "quoted,z,")).unwrap_err().to_string().contains("`z` is no id")
        );
        assert!(parse(&row.replace(",80,percent", ",,percent")).unwrap_err().to_string().contains("neither"));
        assert!(
            parse(&row.replace("2025-08-21", "last week")).unwrap_err().to_string().contains("not a date")
        );
    }
}
