//! The shipped boards as the statements are drawn from: rows of a snapshot, who made them, and what is random.

use benchclaim::claim::{Claim, NamedBenchmark, Party};
use benchclaim::dataset::{BoardHead, Coverage, Direction, Row};
use benchclaim::names::{Entity, Group, Resolution};
use benchclaim::reported::Unit;
use benchclaim::{Catalog, Store};
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Snapshots drawn from of one board.
const SNAPSHOTS: usize = 5;

/// Half-width of a 95 % interval in standard deviations.
const Z95: f64 = 1.96;

/// What is known of a statement before anybody judges it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Truth {
    /// True, or false, by a margin that no sampling error bridges.
    Clear(bool),
    /// True or false by the printed figures, within their error.
    Near(bool),
}

/// A statement, the claim it makes, and whether it is so.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    /// What the sentence says, as a careful reader would put it in a claim.
    pub(crate) claim: Claim,
    /// The day it is said on.
    pub(crate) date: Date,
    pub(crate) truth: Truth,
    /// What kind of statement, for the tally.
    pub(crate) what: &'static str,
}

/// One row of a snapshot.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) row: Arc<Row>,
    /// The score, with its sign turned where lower is better.
    pub(crate) better: f64,
    pub(crate) sd: f64,
}

/// One snapshot of one board, best row first.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) head: BoardHead,
    pub(crate) day: Date,
    pub(crate) lines: Vec<Line>,
}

pub(crate) struct World {
    pub(crate) catalog: Catalog,
    pub(crate) tables: Vec<Table>,
    resolved: std::sync::Mutex<HashMap<String, Option<String>>>,
}

impl Table {
    pub(crate) fn is_percent(&self) -> bool {
        self.head.unit == Unit::Percent
    }

    pub(crate) fn higher_is_better(&self) -> bool {
        self.head.direction == Direction::HigherIsBetter
    }

    /// Whether it lists everything that was evaluated.
    pub(crate) fn is_full(&self) -> bool {
        self.head.coverage == Coverage::Full
    }

    /// The best row of each model.
    pub(crate) fn field(&self) -> Vec<&Line> {
        let mut seen = BTreeSet::new();
        self.lines.iter().filter(|line| seen.insert(line.row.model.as_str())).collect()
    }

    /// Whether the model has one row only, so that its score is one number.
    pub(crate) fn is_single(&self, line: &Line) -> bool {
        self.lines.iter().filter(|other| other.row.model == line.row.model).count() == 1
    }
}

impl World {
    pub(crate) fn open() -> Self {
        let catalog = Catalog::open(Store::Shipped).expect("the shipped store");
        let mut tables = Vec::new();
        let mut seen = BTreeSet::new();
        for head in catalog.heads() {
            // Only the metric that the board leads with is meant by the benchmark's bare name.
            if head.coverage == Coverage::BestOfLab
                || !seen.insert((head.dataset.clone(), head.benchmark.clone()))
            {
                continue;
            }
            let days = catalog.snapshot_days(head).expect("days");
            let count = days.len().min(SNAPSHOTS);
            for i in 1..=count {
                let day = days[i * days.len() / count - 1];
                let table = table(&catalog, head, day);
                tables.extend(table.filter(|table| head.in_force(day) && table.lines.len() >= 8));
            }
        }
        Self { catalog, tables, resolved: std::sync::Mutex::default() }
    }

    /// Every snapshot of a benchmark that stood on the day.
    pub(crate) fn standing(&self, benchmark: &str, day: Date) -> Vec<Table> {
        let heads = self.catalog.heads().iter().filter(|head| head.benchmark == benchmark);
        heads.filter_map(|head| table(&self.catalog, head, day)).collect()
    }

    /// A random snapshot that fits.
    pub(crate) fn table(&self, random: &mut fastrand::Rng, fits: impl Fn(&Table) -> bool) -> &Table {
        loop {
            let table = &self.tables[random.usize(..self.tables.len())];
            if fits(table) {
                return table;
            }
        }
    }

    /// A random row of the table whose printed name stands for just that row's model, the better ones more often.
    pub(crate) fn line<'t>(&self, random: &mut fastrand::Rng, table: &'t Table) -> Option<&'t Line> {
        let reach = if random.bool() { table.lines.len().min(25) } else { table.lines.len() };
        let line = &table.lines[random.usize(..reach)];
        self.is_plain(line).then_some(line)
    }

    /// Whether a text can call the row by its printed name.
    pub(crate) fn is_plain(&self, line: &Line) -> bool {
        let name = &line.row.name;
        let is_short = name.len() < 40 && !name.contains(['(', '+', ',', '*', ':', '/', '&']);
        is_short && self.model(name).as_ref() == Some(&line.row.model)
    }

    /// The one model that goes by this name.
    pub(crate) fn model(&self, name: &str) -> Option<String> {
        let mut resolved = self.resolved.lock().expect("no panic while held");
        let find = || match self.catalog.names().resolve(name) {
            Resolution::Found(Entity::Model(id)) => Some(id),
            _ => None,
        };
        resolved.entry(name.to_owned()).or_insert_with(find).clone()
    }

    /// What the board is called.
    pub(crate) fn board_name(&self, table: &Table) -> String {
        let benchmark = self.catalog.names().benchmark(&table.head.benchmark);
        benchmark.map_or_else(|| table.head.benchmark.clone(), |benchmark| benchmark.name.clone())
    }

    /// The country of the row's maker.
    pub(crate) fn country(&self, row: &Row) -> Option<&str> {
        let organisation = self.catalog.names().organisation(row.organisation.as_deref()?)?;
        organisation.country.as_deref()
    }

    /// Whether the row's model can be downloaded.
    pub(crate) fn is_open(&self, row: &Row) -> Option<bool> {
        self.catalog.names().facts(&row.model).open_weights
    }

    /// Whether a row belongs to a kind of models; nothing where the tables do not tell.
    pub(crate) fn is_of(&self, row: &Row, who: Who) -> Option<bool> {
        match who {
            Who::Chinese => self.country(row).map(|country| country == "CN"),
            Who::American => self.country(row).map(|country| country == "US"),
            Who::Open => self.is_open(row),
        }
    }
}

/// Kinds of models that statements speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    Chinese,
    American,
    Open,
}

impl Who {
    pub(crate) const ALL: [Who; 3] = [Self::Chinese, Self::American, Self::Open];

    pub(crate) fn adjective(self) -> &'static str {
        match self {
            Self::Chinese => "Chinese",
            Self::American => "American",
            Self::Open => "open-weight",
        }
    }

    pub(crate) fn group(self) -> Group {
        let countries = |code: &str| Group { countries: vec![code.to_owned()], ..Group::default() };
        match self {
            Self::Chinese => countries("CN"),
            Self::American => countries("US"),
            Self::Open => Group { open_weights: Some(true), ..Group::default() },
        }
    }

    pub(crate) fn party(self) -> Party {
        Party { text: format!("{} models", self.adjective()), entity: Some(Entity::Group(self.group())) }
    }
}

fn table(catalog: &Catalog, head: &BoardHead, day: Date) -> Option<Table> {
    let board = catalog.current(head, day).expect("a board")?;
    let line = |row: &Arc<Row>| Line {
        better: if head.direction == Direction::HigherIsBetter { row.score } else { -row.score },
        sd: deviation(head, row),
        row: Arc::clone(row),
    };
    Some(Table { head: head.clone(), day, lines: board.rows.iter().map(line).collect() })
}

/// The standard error of a row: from its interval, its items, else from how far two runs may differ.
fn deviation(head: &BoardHead, row: &Row) -> f64 {
    match (row.ci_low, row.ci_high, row.n.or(head.items)) {
        (Some(low), Some(high), _) if high > low => (high - low) / (2.0 * Z95),
        (_, _, Some(n)) if n > 0 && head.unit == Unit::Percent => {
            let share = (row.score / 100.0).clamp(0.0, 1.0);
            100.0 * ((share * (1.0 - share)).max(0.25 / n as f64) / n as f64).sqrt()
        }
        _ => head.tolerance / Z95,
    }
}

/// One model as a party.
pub(crate) fn party(line: &Line) -> Party {
    Party { text: line.row.name.clone(), entity: Some(Entity::Model(line.row.model.clone())) }
}

pub(crate) fn benchmark(table: &Table, name: &str) -> Option<NamedBenchmark> {
    Some(NamedBenchmark { text: name.to_owned(), id: Some(table.head.benchmark.clone()) })
}

/// A template with its braces filled in.
pub(crate) fn filled(template: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(template.to_owned(), |text, (key, value)| text.replace(&format!("{{{key}}}"), value))
}

/// A number with so many decimals, as printed and as read back.
pub(crate) fn printed(value: f64, decimals: usize) -> (String, f64, f64) {
    let text = format!("{value:.decimals$}");
    let read = text.parse().expect("a number");
    (text, read, 10f64.powi(-(decimals as i32)))
}

/// One of a list.
pub(crate) fn one<T: Copy>(random: &mut fastrand::Rng, list: &[T]) -> T {
    list[random.usize(..list.len())]
}

/// The months in English, January first.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
