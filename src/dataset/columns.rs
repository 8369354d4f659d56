//! Columns: the part of a manifest that says which raw column holds what, so that most sources need no code of their own.
//!
//! Only names and rules stand here; `import/columns` reads tables of scores by them, `import/facts` tables of models.

use super::board::Evaluation;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeSet;

/// How the raw tables of a source are read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// End of the names of the raw files.
    #[serde(default = "csv")]
    pub files: String,
    /// Which of these files.
    #[serde(default)]
    pub copies: Copies,
    /// Key whose list holds the rows, in JSON whose rows lie below something; the keys beside it belong to every row.
    #[serde(default)]
    pub rows: Option<String>,
    /// Column of the day of the table, where the file's name does not tell it.
    #[serde(default)]
    pub day: Option<String>,
    /// Column of the model's name; of several the first that the file has, as sources rename columns.
    pub name: Vec<String>,
    /// Whether maker and licence are glued to the name in one cell.
    #[serde(default)]
    pub glued: bool,
    /// Column that names the model better than its printed name does.
    #[serde(default)]
    pub identity: Option<String>,
    /// Column of the maker.
    #[serde(default)]
    pub organisation: Option<String>,
    /// Column of the day on which the row first stood on the board.
    #[serde(default)]
    pub listed: Option<String>,
    /// Cells that mean nothing.
    #[serde(default)]
    pub missing: BTreeSet<String>,
    /// Conditions that a row must meet, all of them.
    #[serde(default)]
    pub only: Vec<Condition>,
    /// Times during which the page stood still although its copies are dated.
    #[serde(default)]
    pub still: Vec<Still>,
    /// The scores in a row.
    #[serde(default, rename = "score")]
    pub scores: Vec<ScoreColumn>,
    /// What a row states of a model.
    #[serde(default)]
    pub facts: Option<FactColumns>,
}

/// Which files of a source are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Copies {
    /// Every dated copy.
    #[default]
    All,
    /// The newest.
    Newest,
}

/// What a cell must or must not be.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The column.
    pub column: String,
    /// One of these; none: anything.
    #[serde(default)]
    pub is: Vec<String>,
    /// None of these.
    #[serde(default)]
    pub is_not: Vec<String>,
}

/// A time during which a page stood still: copies of it show its first day.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Still {
    /// The day whose state it showed.
    pub from: Date,
    /// The last day on which it did.
    pub until: Date,
}

/// A column that holds scores.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreColumn {
    /// The column; a file without it has none of these scores.
    pub column: String,
    /// Benchmark id.
    pub benchmark: String,
    /// Metric.
    pub metric: String,
    /// What the printed numbers are.
    #[serde(default)]
    pub scale: Scale,
    /// Part of the names of the files that hold it, where not all do.
    #[serde(default)]
    pub files: Option<String>,
    /// Conditions of this score, beside those of the row.
    #[serde(default)]
    pub only: Vec<Condition>,
    /// First day of the table on which the column means this.
    #[serde(default)]
    pub from: Option<Date>,
    /// Last such day.
    #[serde(default)]
    pub until: Option<Date>,
    /// Column of a printed interval: "+5/-7", "±4" or the half-width.
    #[serde(default)]
    pub interval: Option<String>,
    /// Columns of the lower and upper end of the 95 % interval.
    #[serde(default)]
    pub ends: Option<(String, String)>,
    /// Column of the number of items or votes.
    #[serde(default)]
    pub n: Option<String>,
    /// Who measured, where it differs from the data set.
    #[serde(default)]
    pub evaluation: Option<Evaluation>,
    /// What has the score.
    #[serde(default)]
    pub of: Holder,
}

/// What the numbers of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// The metric's own unit.
    #[default]
    AsPrinted,
    /// From 0 to 1, of what is kept in per cent: anything else is an error.
    Fraction,
    /// From 0 to 100: anything else is an error.
    Percent,
}

/// What has a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holder {
    /// The model.
    #[default]
    Model,
    /// A system built around models: its score is not the model's.
    System,
}

/// What a row states of a model.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactColumns {
    /// Column of the release: a day, or a month as 2024-05, 2024/5 or May/2024.
    #[serde(default)]
    pub released: Option<String>,
    /// Column of the parameters: billions, or a size such as "70B parameters". Several sizes are a family's.
    #[serde(default)]
    pub parameters: Option<String>,
    /// Whether parameters are taken of models with closed weights too, whose makers seldom tell.
    #[serde(default)]
    pub estimates: Estimates,
    /// Column that tells whether weights are open.
    #[serde(default)]
    pub weights: Option<String>,
    /// What it says of open weights.
    #[serde(default)]
    pub open: Vec<String>,
    /// What it says of closed ones.
    #[serde(default)]
    pub closed: Vec<String>,
    /// Whether everything listed has open weights.
    #[serde(default)]
    pub all_open: bool,
    /// Column of the licence.
    #[serde(default)]
    pub licence: Option<String>,
    /// Column of the models it was made from, separated by semicolons.
    #[serde(default)]
    pub base: Option<String>,
    /// Words of that column that belong to no name.
    #[serde(default)]
    pub base_words: Vec<String>,
    /// Whether that column names data sets and parts too: only what the table lists as a model is a base.
    #[serde(default)]
    pub base_is_listed: bool,
    /// Column of the context window in tokens.
    #[serde(default)]
    pub context: Option<String>,
    /// Countries whose models are meant; rows of makers known to be elsewhere are left out. None: all.
    #[serde(default)]
    pub countries: Vec<String>,
}

/// What is done with parameters of models whose weights nobody can count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Estimates {
    /// The source has them from the makers.
    #[default]
    Keep,
    /// The source guesses.
    Drop,
}

fn csv() -> String {
    ".csv".to_owned()
}

impl Columns {
    /// The first thing that cannot be, with its key.
    pub(super) fn fault_in(&self) -> Option<String> {
        if self.name.is_empty() {
            return Some("key `name` names no column".to_owned());
        }
        if self.scores.is_empty() == self.facts.is_none() {
            return Some("either `score` or `facts` is needed, and not both".to_owned());
        }
        let turned = self.still.iter().find(|still| still.from > still.until);
        turned.map(|still| format!("key `still`: `until` is before {}", still.from))
    }

    /// The day whose state a copy of this day shows.
    pub(super) fn day_shown(&self, day: Date) -> Date {
        self.still.iter().find(|still| still.from < day && day <= still.until).map_or(day, |still| still.from)
    }
}

impl Condition {
    /// Whether a cell meets it.
    pub(super) fn holds(&self, cell: &str) -> bool {
        let is = |words: &[String]| words.iter().any(|word| word == cell);
        (self.is.is_empty() || is(&self.is)) && !is(&self.is_not)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(text: &str) -> Columns {
        toml::from_str(text).expect("columns")
    }

    #[test]
    fn a_mapping_is_of_scores_or_of_models() {
        let scores = "[[score]]\ncolumn = 'a'\nbenchmark = 'b'\nmetric = 'm'\n";
        assert_eq!(columns(&format!("name = ['m']\n{scores}")).fault_in(), None);
        assert!(columns("name = ['m']\n").fault_in().is_some());
        assert!(columns(&format!("name = ['m']\n{scores}[facts]\n")).fault_in().is_some());
        assert!(columns(&format!("name = []\n{scores}")).fault_in().is_some());
    }

    #[test]
    fn trap_3_a_copy_of_a_page_that_stood_still_shows_its_first_day() {
        let columns =
            columns("name = ['m']\n[[still]]\nfrom = '2025-08-06'\nuntil = '2025-09-30'\n[facts]\n");
        let day = Date::constant;
        assert_eq!(columns.day_shown(day(2025, 8, 15)), day(2025, 8, 6));
        assert_eq!(columns.day_shown(day(2025, 10, 10)), day(2025, 10, 10));
    }

    #[test]
    fn conditions_name_what_is_wanted_or_not() {
        let of = |text: &str| toml::from_str::<Condition>(text).expect("a condition");
        assert!(of("column = 'c'\nis = ['Verified']").holds("Verified"));
        assert!(!of("column = 'c'\nis = ['Verified']").holds("Lite"));
        assert!(
            of("column = 'c'\nis_not = ['x']").holds("") && !of("column = 'c'\nis_not = ['x']").holds("x")
        );
    }
}
