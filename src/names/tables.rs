//! The identity tables as CSV text in; typed rows out, each fault named by table, line and column.

use crate::error::{Error, Result};
use jiff::civil::Date;

/// The identity tables, as text. Every table has a header line; a table may hold nothing else.
#[derive(Debug, Clone, Copy)]
pub struct IdentityTables<'a> {
    /// `organisations.csv`
    pub organisations: &'a str,
    /// `families.csv`
    pub families: &'a str,
    /// `models.csv`
    pub models: &'a str,
    /// `benchmarks.csv`
    pub benchmarks: &'a str,
    /// `aliases.csv`
    pub aliases: &'a str,
    /// `people.csv`
    pub people: &'a str,
    /// `places.csv`
    pub places: &'a str,
    /// `events.csv`
    pub events: &'a str,
}

/// Who makes models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Stable id, such as `01-ai`.
    pub id: String,
    /// Name for display.
    pub name: String,
    /// ISO 3166-1 alpha-2 code; `None` for groups of many countries, and where it is not known.
    pub country: Option<String>,
    /// Whether it is known to be of many countries, as BigScience was; written `*` in the table.
    pub international: bool,
    /// Other names.
    pub aliases: Vec<String>,
    /// Hugging Face namespaces and other vendor prefixes.
    pub namespaces: Vec<String>,
    /// Whether newspapers call it a tech giant.
    pub tech_giant: bool,
}

impl Organisation {
    /// Whether it is known where the organisation is, be it in many countries.
    #[must_use]
    pub fn has_place(&self) -> bool {
        self.country.is_some() || self.international
    }
}

/// The country of an organisation of many.
pub(super) const MANY_COUNTRIES: &str = "*";

/// What the names of a family's members differ by; it decides whether "family and version" is one model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedBy {
    /// Sizes: "Llama 2" is a family, "Llama 2 70B" a model.
    Size,
    /// Tier words: "Claude 3" is a family, "Claude 3 Opus" a model.
    Tier,
    /// The version alone: "GPT-4" is a model.
    Version,
    /// Nothing: the bare name is a model ("o1", "Chinchilla").
    Name,
}

/// How easily a family's name means something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Homonym {
    /// Hardly ever: "ChatGLM".
    Never,
    /// The bare name does: "Claude"; with a version it is plain.
    Bare,
    /// Even with a number: "Falcon 9"; only a size or the company of other names tells.
    Numbered,
    /// A word of the language that is also one model's whole name: "Sparrow". Only a sentence that stands alone, as
    /// somebody asks about it, means the model.
    Word,
}

/// A line of models under one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// Stable id: the first tokens of its members' ids.
    pub id: String,
    /// Name for display.
    pub name: String,
    /// Organisation id.
    pub organisation: Option<String>,
    /// Whether members have open weights; `None` when some do.
    pub open_weights: Option<bool>,
    /// How printed names begin; a leading `+` keeps the word as part of the name ("+sonnet").
    pub heads: Vec<String>,
    /// Words that its own members carry beyond the usual tiers.
    pub words: Vec<String>,
    /// What members differ by.
    pub named_by: NamedBy,
    /// How easily the name means something else.
    pub homonym: Homonym,
    /// Whether versions are written with a "v" ("DeepSeek V3").
    pub version_prefix: bool,
}

/// What an entry of `benchmarks.csv` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BenchmarkKind {
    /// A task with a score.
    Benchmark,
    /// A ranking that collects votes or other benchmarks.
    Board,
}

/// A benchmark or a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Benchmark {
    /// Stable id.
    pub id: String,
    /// Name for display.
    pub name: String,
    /// Benchmarks of one family measure nearly the same and get one vote.
    pub family: String,
    /// What the number is: `accuracy`, `pass@1`, `elo`.
    pub metric: String,
    /// Unit of the score, as in the score tables.
    pub unit: String,
    /// Whether more is better.
    pub higher_is_better: bool,
    /// Other names.
    pub aliases: Vec<String>,
    /// Task or board.
    pub kind: BenchmarkKind,
}

/// A row of `models.csv`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ModelRow {
    pub(crate) name: String,
    pub(crate) family: Option<String>,
    pub(crate) organisation: Option<String>,
    pub(crate) released: Option<Date>,
    pub(crate) parameters: Option<f64>,
    pub(crate) open_weights: Option<bool>,
    pub(crate) licence: Option<String>,
    pub(crate) base_model: Option<String>,
    pub(crate) context_tokens: Option<f64>,
    pub(crate) source: Option<String>,
}

/// A table's name without the signs that say how it is matched (`=` by case, `?` only in company, `!` where it is asked
/// for and never in running text).
pub(crate) fn plain(name: &str) -> &str {
    name.trim_start_matches(['=', '?', '!'])
}

/// Calls `each` with every row of a table.
pub(crate) fn read<'t>(
    table: &'t str,
    text: &'t str,
    columns: &[&str],
    mut each: impl FnMut(&Row<'_>) -> Result<()>,
) -> Result<()> {
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
    let broken = |error: csv::Error| Error::Table {
        table: table.to_owned(),
        why: error.to_string(),
        hint: "every row needs as many cells as the header".to_owned(),
    };
    let header = reader.headers().map_err(broken)?.clone();
    let mut places = Vec::with_capacity(columns.len());
    for column in columns {
        let place = header.iter().position(|cell| cell.trim() == *column).ok_or_else(|| Error::Table {
            table: table.to_owned(),
            why: format!("line 1 has no column `{column}`"),
            hint: format!("the columns are {}", columns.join(",")),
        })?;
        places.push(place);
    }
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(broken)? {
        each(&Row { table, columns, places: &places, record: &record })?;
    }
    Ok(())
}

/// One row, its cells asked for by their number in the list of columns.
pub(crate) struct Row<'r> {
    table: &'r str,
    columns: &'r [&'r str],
    places: &'r [usize],
    record: &'r csv::StringRecord,
}

impl Row<'_> {
    /// The trimmed cell.
    pub(crate) fn text(&self, column: usize) -> &str {
        self.places.get(column).and_then(|place| self.record.get(*place)).unwrap_or("").trim()
    }

    /// The cell, or `None` when it is empty.
    pub(crate) fn optional(&self, column: usize) -> Option<String> {
        Some(self.text(column)).filter(|cell| !cell.is_empty()).map(str::to_owned)
    }

    /// The cell, which must not be empty.
    pub(crate) fn required(&self, column: usize) -> Result<String> {
        self.optional(column).ok_or_else(|| self.fault(column, "is empty"))
    }

    /// A list separated by semicolons.
    pub(crate) fn list(&self, column: usize) -> Vec<String> {
        self.text(column)
            .split(';')
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// `true`, `false`, or nothing.
    pub(crate) fn truth(&self, column: usize) -> Result<Option<bool>> {
        match self.text(column) {
            "" => Ok(None),
            "true" => Ok(Some(true)),
            "false" => Ok(Some(false)),
            other => Err(self.fault(column, &format!("`{other}` is neither true nor false"))),
        }
    }

    /// A number, or nothing.
    pub(crate) fn number(&self, column: usize) -> Result<Option<f64>> {
        match self.text(column) {
            "" => Ok(None),
            cell => {
                cell.parse().map(Some).map_err(|_| self.fault(column, &format!("`{cell}` is not a number")))
            }
        }
    }

    /// A date (`2023-07-18`, `2023-07` for the first of the month, or `2023`), or nothing.
    pub(crate) fn date(&self, column: usize) -> Result<Option<Date>> {
        let cell = self.text(column);
        let full = match cell.len() {
            0 => return Ok(None),
            4 => format!("{cell}-01-01"),
            7 => format!("{cell}-01"),
            _ => cell.to_owned(),
        };
        full.parse().map(Some).map_err(|_| self.fault(column, &format!("`{cell}` is not a date")))
    }

    /// An error at this row.
    pub(crate) fn fault(&self, column: usize, what: &str) -> Error {
        let line = self.record.position().map_or(0, csv::Position::line);
        let column = self.columns.get(column).copied().unwrap_or("?");
        Error::Table {
            table: self.table.to_owned(),
            why: format!("line {line}, column `{column}`: {what}"),
            hint: "correct the row".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_table_line_and_column() {
        let error =
            read("t.csv", "id,n\na,1\nb,x\n", &["id", "n"], |row| row.number(1).map(drop)).unwrap_err();
        assert!(error.to_string().contains("t.csv: line 3, column `n`"), "{error}");
        let error = read("t.csv", "id\na\n", &["id", "n"], |_| Ok(())).unwrap_err();
        assert!(error.to_string().contains("no column `n`"), "{error}");
    }

    #[test]
    fn dates_may_be_months() {
        read("t.csv", "d\n2023-07\n", &["d"], |row| {
            assert_eq!(row.date(0).unwrap(), Some(jiff::civil::date(2023, 7, 1)));
            Ok(())
        })
        .unwrap();
    }
}
