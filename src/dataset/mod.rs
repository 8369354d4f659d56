//! Data sets: a store of manifests and tidy tables in; boards as they stood on a day out.
//!
//! The stage beside the pipeline that evidence is gathered from. It does not know claims, and does not write: only
//! `import` (from raw files) and the refresh do.

mod board;
pub mod columns;
mod entry;
mod history;
pub mod import;
mod lock;
pub mod manifest;
mod once;
pub mod package;
mod permission;
mod printed;
mod records;
mod refreshed;
mod rows;
pub mod source;
mod statements;
mod store;
mod table;
pub mod usage;

pub use board::{Board, BoardHead, Coverage, Direction, Evaluation};
pub use entry::Entry;
use printed::Lineages;
pub use printed::PrintedName;
pub use records::Records;
pub use rows::Rows;
pub use statements::{Read, Statement, StatementKind, Statements};
pub use store::Store;
pub use table::Row;
use table::Wanted;

use crate::error::{Error, Result};
use crate::names::{IdentityTables, ModelFacts, Names};
use crate::parallel;
use jiff::civil::Date;
use manifest::{History, Lock, Manifest, TableKind};
use once::Once;
use polars::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// The identities in a store, beside the table of models.
const IDENTITIES: [&str; 7] =
    ["organisations", "families", "benchmarks", "aliases", "people", "places", "events"];

/// The data set of documented estimates; a store may do without.
const STATEMENTS: &str = "statements";

/// A board by its place among the heads.
type BoardKey = usize;

/// The rows of a snapshot, shared by every board made of them.
type SharedRows = Arc<Vec<Arc<Row>>>;

/// The opened store: manifests, names, and tables read when first asked for.
pub struct Catalog {
    store: Store,
    manifests: BTreeMap<String, Manifest>,
    lock: Lock,
    names: Names,
    heads: Vec<BoardHead>,
    statements: Statements,
    models: OnceLock<Vec<ModelFacts>>,
    makers: OnceLock<BTreeSet<String>>,
    frames: Once<String, DataFrame>,
    indices: Once<String, Arc<history::Index>>,
    histories: Once<BoardKey, SharedRows>,
    days: Once<BoardKey, Arc<Vec<Date>>>,
    boards: Once<(BoardKey, Date), Rows>,
    printed: Once<String, Arc<BTreeMap<String, PrintedName>>>,
    lineages: OnceLock<Lineages>,
}

impl Catalog {
    /// Opens a store: reads manifests and names, no table yet.
    ///
    /// # Errors
    /// A manifest or an identity table that is missing or malformed.
    pub fn open(store: Store) -> Result<Self> {
        let manifests = parallel::map(store.ids()?, |id| {
            let path = format!("{id}/dataset.toml");
            Ok((id, Manifest::parse(&path, &store.text(&path)?)?))
        });
        let manifests = manifests.into_iter().collect::<Result<BTreeMap<String, Manifest>>>()?;
        let lock = store.lock()?;
        let names = names_with(&store, &refreshed::models(&store, &manifests, &lock)?)?;
        let statements = match manifests.get(STATEMENTS) {
            Some(manifest) => {
                let path = format!("{STATEMENTS}/{}", manifest.table_file());
                Statements::parse(&path, &store.bytes(&path)?)?
            }
            None => Statements::default(),
        };
        let heads = manifests.values().flat_map(|manifest| manifest.heads(&lock));
        let heads = heads.enumerate().map(|(place, head)| {
            let name = names.benchmark(&head.benchmark).map_or(head.name, |benchmark| benchmark.name.clone());
            BoardHead { place, name, ..head }
        });
        let heads = heads.collect();
        Ok(Self {
            store,
            manifests,
            lock,
            names,
            heads,
            statements,
            models: OnceLock::new(),
            makers: OnceLock::new(),
            frames: Once::default(),
            indices: Once::default(),
            histories: Once::default(),
            days: Once::default(),
            boards: Once::default(),
            printed: Once::default(),
            lineages: OnceLock::new(),
        })
    }

    /// The names known here.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// What the tables state of every model they know, by id. Computed once: it parses every name.
    #[must_use]
    pub fn models(&self) -> &[ModelFacts] {
        self.models.get_or_init(|| self.names.recorded().filter_map(|id| self.names.record(id)).collect())
    }

    /// Whether an organisation is one that measures models and makes none: a data set here is called after it, and no
    /// model is known of it.
    #[must_use]
    pub fn only_measures(&self, organisation: &str) -> bool {
        let is_keeper = self.manifests.keys().any(|id| is_called_after(id, organisation));
        let makers = || self.models().iter().filter_map(|facts| facts.organisation.clone()).collect();
        is_keeper && !self.makers.get_or_init(makers).contains(organisation)
    }

    /// Documented estimates and published analyses.
    #[must_use]
    pub fn statements(&self) -> &Statements {
        &self.statements
    }

    /// Every manifest, by id.
    #[must_use]
    pub fn manifests(&self) -> &BTreeMap<String, Manifest> {
        &self.manifests
    }

    /// Rows, snapshots and hashes of the shipped tables.
    #[must_use]
    pub fn lock(&self) -> &Lock {
        &self.lock
    }

    /// Every board here, by data set, benchmark and metric.
    #[must_use]
    pub fn heads(&self) -> &[BoardHead] {
        &self.heads
    }

    /// The newest snapshot day of any board: what "now" means.
    #[must_use]
    pub fn newest(&self) -> Date {
        self.manifests
            .keys()
            .filter_map(|id| self.lock.last_snapshot(id))
            .max()
            .unwrap_or(Date::constant(2023, 1, 1))
    }

    /// The days of a board's snapshots, oldest first.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub fn snapshot_days(&self, head: &BoardHead) -> Result<Arc<Vec<Date>>> {
        self.days.get(&head.place, || {
            let index = self.index(&head.dataset)?;
            Ok(Arc::new(history::days(history::part(head, &index))))
        })
    }

    /// The board as it stood on `day`: its newest snapshot on or before it.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub fn current(&self, head: &BoardHead, day: Date) -> Result<Option<Board>> {
        if day < head.first {
            return Ok(None);
        }
        let days = self.snapshot_days(head)?;
        let Some(snapshot) = days.partition_point(|d| *d <= day).checked_sub(1).map(|i| days[i]) else {
            return Ok(None);
        };
        let rows = self.rows(head, snapshot)?;
        Ok(Some(Board { head: head.clone(), snapshot, retrospective: false, rows }))
    }

    /// Reads the boards that `is_wanted` of a day as they stood on it, on all cores at once: a claim that names no board
    /// asks for them all, and two of such claims would wait for each other at each. A table that cannot be read is told
    /// of when it is asked for.
    pub fn read_ahead(
        &self,
        days: &[Date],
        is_wanted: impl Fn(&BoardHead, Date) -> bool,
        wants_models: bool,
    ) {
        let wanted = |head: &&BoardHead| days.iter().any(|day| is_wanted(head, *day));
        let heads: Vec<&BoardHead> = self.heads.iter().filter(wanted).collect();
        // First the tables, then their boards: some have a board and others fifty. The longest first, so that at the
        // end nobody is left alone with it.
        let mut tables: Vec<&str> =
            heads.chunk_by(|a, b| a.dataset == b.dataset).map(|of_one| of_one[0].dataset.as_str()).collect();
        tables.sort_by_key(|id| Reverse(self.lock.datasets.get(*id).map_or(0, |locked| locked.rows)));
        parallel::map(tables, |table| drop(self.index(table)));
        let of_models = wants_models.then_some(None);
        parallel::map(
            of_models.into_iter().chain(heads.into_iter().map(Some)).collect(),
            |head| match head {
                Some(head) => days.iter().for_each(|day| drop(self.current(head, *day))),
                None => _ = self.models(),
            },
        );
    }

    /// The board's first snapshot after `day`, restricted to what existed on the day.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub fn retrospective(&self, head: &BoardHead, day: Date) -> Result<Option<Board>> {
        if head.last <= day {
            return Ok(None);
        }
        let days = self.snapshot_days(head)?;
        let Some(snapshot) = days.get(days.partition_point(|d| *d <= day)).copied() else { return Ok(None) };
        let rows = self.rows(head, snapshot)?;
        let rows = rows.out_by(day, |row| self.first_day(row));
        Ok((!rows.is_empty()).then(|| Board { head: head.clone(), snapshot, retrospective: true, rows }))
    }

    /// The day by which a row's model is known to have existed: its first listing where the source tells, else the
    /// model's release.
    fn first_day(&self, row: &Row) -> Option<Date> {
        row.listed.or_else(|| self.names.facts(&row.model).released)
    }

    /// The rows that a snapshot shows, best first: the whole board, or of a cumulative table the last row of each
    /// model up to then.
    fn rows(&self, head: &BoardHead, snapshot: Date) -> Result<Rows> {
        self.boards.get(&(head.place, snapshot), || {
            let history = self.manifests.get(&head.dataset).map(|m| m.history).unwrap_or_default();
            let rows = match history {
                History::Snapshots => self.read_rows(head, |day| day == snapshot)?,
                History::Cumulative => history::last_of_each(&self.history(head)?, snapshot),
            };
            Ok(Rows::from(history::ranked(rows, head.direction)))
        })
    }

    /// Every row of a board, of all snapshots.
    fn history(&self, head: &BoardHead) -> Result<SharedRows> {
        self.histories.get(&head.place, || self.read_rows(head, |_| true).map(Arc::new))
    }

    /// The rows of a board on the days that are wanted, in the table's order.
    fn read_rows(&self, head: &BoardHead, wanted: impl Fn(Date) -> bool) -> Result<Vec<Arc<Row>>> {
        let index = self.index(&head.dataset)?;
        history::rows(head, &self.frame(&head.dataset)?, &index, wanted)
    }

    /// A data set's table, taken apart into its boards.
    fn index(&self, id: &str) -> Result<Arc<history::Index>> {
        self.indices.get(id, || history::index(id, &self.frame(id)?).map(Arc::new))
    }

    /// The whole score table of a data set.
    fn frame(&self, id: &str) -> Result<DataFrame> {
        self.frames.get(id, || self.read_frame(id, Wanted::Scores))
    }

    fn read_frame(&self, id: &str, wanted: Wanted) -> Result<DataFrame> {
        let path = self.table_path(id)?;
        table::read(&path, self.store.bytes(&path)?, wanted)
    }

    /// The table of a data set, named from the store's root: the lock says which file is in force, so that table and
    /// lock change together when the lock does.
    fn table_path(&self, id: &str) -> Result<String> {
        let manifest = self.manifest(id)?;
        let file = self.lock.datasets.get(id).map_or(manifest.table_file(), |locked| locked.file.as_str());
        Ok(format!("{id}/{file}"))
    }

    /// The bytes of a data set's table.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn table_bytes(&self, id: &str) -> Result<Vec<u8>> {
        Ok(self.store.bytes(&self.table_path(id)?)?.into_owned())
    }

    /// One manifest.
    ///
    /// # Errors
    /// When the store has no such data set; near names are suggested.
    pub fn manifest(&self, id: &str) -> Result<&Manifest> {
        self.manifests.get(id).ok_or_else(|| {
            let near =
                self.manifests.keys().max_by(|a, b| strsim::jaro(a, id).total_cmp(&strsim::jaro(b, id)));
            let hint = near.map_or_else(String::new, |near| format!("did you mean `{near}`?"));
            Error::NotFound { what: format!("data set `{id}`"), hint }
        })
    }

    /// Checks a table that is here against the lock: the hash, and that every row can be read; gives their number.
    ///
    /// # Errors
    /// When a file is missing, changed or malformed.
    pub fn verify(&self, id: &str) -> Result<usize> {
        use sha2::Digest;
        let path = self.table_path(id)?;
        let bytes = self.store.bytes(&path)?;
        let found: String = sha2::Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        let expected = self.lock.sha256(id);
        if expected != found {
            return Err(Error::Table {
                table: path,
                why: format!("SHA-256 is {found}, the lock says {expected}"),
                hint: "run `benchclaim data import`, or restore the file".to_owned(),
            });
        }
        match self.manifest(id)?.table.as_ref().map(|table| table.kind) {
            Some(TableKind::Scores) => Ok(table::rows(id, &self.frame(id)?)?.len()),
            Some(TableKind::Usage) => Ok(usage::parse(&path, &bytes)?.len()),
            Some(TableKind::Statements) => Ok(Statements::parse(&path, &bytes)?.all().len()),
            Some(TableKind::Models) | None => {
                let records = self.records(id, Date::MAX)?;
                Ok(records.rows.len() + records.undated)
            }
        }
    }
}

/// Whether a data set is called after an organisation, whose board it then is.
pub(crate) fn is_called_after(dataset: &str, organisation: &str) -> bool {
    dataset.split('-').next() == organisation.split('-').next()
}

/// The names of a store as `import` made them, without what was refreshed since.
///
/// # Errors
/// An identity table that is missing or malformed.
pub fn open_names(store: &Store) -> Result<Names> {
    names_with(store, &store.text("identities/models.csv")?)
}

/// The names of a store, with the table of models given.
fn names_with(store: &Store, models: &str) -> Result<Names> {
    let tables: Vec<String> = IDENTITIES
        .iter()
        .map(|table| store.text(&format!("identities/{table}.csv")))
        .collect::<Result<_>>()?;
    Names::open(&IdentityTables {
        organisations: &tables[0],
        families: &tables[1],
        models,
        benchmarks: &tables[2],
        aliases: &tables[3],
        people: &tables[4],
        places: &tables[5],
        events: &tables[6],
    })
}
