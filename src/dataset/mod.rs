//! Data sets: a store of manifests and tidy tables in; boards as they stood on a day out.
//!
//! The stage beside the pipeline that evidence is gathered from. It does not know claims, and does not write: only
//! `import` (from raw files) and the refresh do.

mod board;
pub mod import;
mod lock;
pub mod manifest;
mod store;
mod table;

pub use board::{Board, BoardHead, Coverage, Direction};
pub use store::Store;
pub use table::Row;

use crate::error::{Error, Result};
use crate::names::{IdentityTables, Names};
use jiff::civil::Date;
use manifest::{History, Lock, Manifest};
use polars::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Where the identities lie in a store.
const IDENTITIES: [&str; 8] =
    ["organisations", "families", "models", "benchmarks", "aliases", "people", "places", "events"];

/// One benchmark and metric of one data set.
type BoardKey = (String, String, String);

/// The opened store: manifests, names, and tables read when first asked for.
pub struct Catalog {
    store: Store,
    manifests: BTreeMap<String, Manifest>,
    lock: Lock,
    names: Names,
    heads: Vec<BoardHead>,
    frames: Mutex<BTreeMap<String, DataFrame>>,
    days: Mutex<BTreeMap<BoardKey, Arc<Vec<Date>>>>,
    boards: Mutex<BTreeMap<(BoardKey, Date), Arc<Vec<Arc<Row>>>>>,
}

/// A board around a day: as it stood, and as a later snapshot shows it.
pub struct Around {
    /// The newest snapshot on or before the day.
    pub current: Option<Board>,
    /// The first snapshot after the day, restricted to what existed on the day.
    pub retrospective: Option<Board>,
}

impl Catalog {
    /// Opens a store: reads manifests and names, no table yet.
    ///
    /// # Errors
    /// A manifest or an identity table that is missing or malformed.
    pub fn open(store: Store) -> Result<Self> {
        let mut manifests = BTreeMap::new();
        for id in store.ids()? {
            let path = format!("{id}/dataset.toml");
            manifests.insert(id, Manifest::parse(&path, &store.text(&path)?)?);
        }
        let lock = Lock::parse("lock.toml", &store.text("lock.toml")?)?;
        let names = open_names(&store)?;
        let heads = manifests.values().flat_map(|manifest| manifest.heads(&lock)).collect();
        Ok(Self {
            store,
            manifests,
            lock,
            names,
            heads,
            frames: Mutex::default(),
            days: Mutex::default(),
            boards: Mutex::default(),
        })
    }

    /// The names known here.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
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
        self.manifests.keys().filter_map(|id| self.lock.last_snapshot(id)).max().unwrap_or(Date::constant(2023, 1, 1))
    }

    /// The days of a board's snapshots, oldest first.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub fn snapshot_days(&self, head: &BoardHead) -> Result<Arc<Vec<Date>>> {
        let key = key(head);
        if let Some(days) = self.days.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(Arc::clone(days));
        }
        let frame = self
            .slice(head)?
            .select([col("snapshot")])
            .unique(None, UniqueKeepStrategy::Any)
            .sort(["snapshot"], SortMultipleOptions::default())
            .collect()
            .map_err(|e| query_error(head, &e))?;
        let column = frame.column("snapshot").and_then(|c| c.str().cloned()).map_err(|e| query_error(head, &e))?;
        let days: Arc<Vec<Date>> = Arc::new(column.iter().flatten().filter_map(|d| d.parse().ok()).collect());
        self.days.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&days));
        Ok(days)
    }

    /// The board around `day`.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub fn around(&self, head: &BoardHead, day: Date) -> Result<Around> {
        let days = self.snapshot_days(head)?;
        let split = days.partition_point(|d| *d <= day);
        let board = |snapshot: Date, retrospective: bool| -> Result<Board> {
            let rows = self.rows(head, snapshot)?;
            let existed = |row: &&Arc<Row>| !retrospective || self.existed(row, day);
            let rows = rows.iter().filter(existed).cloned().collect();
            Ok(Board { head: head.clone(), snapshot, retrospective, rows })
        };
        let current = split.checked_sub(1).map(|i| board(days[i], false)).transpose()?;
        let retrospective = days.get(split).map(|snapshot| board(*snapshot, true)).transpose()?;
        Ok(Around { current, retrospective: retrospective.filter(|board| !board.rows.is_empty()) })
    }

    /// Whether a row's model was listed or released by `day`; what is not known to have existed did not.
    fn existed(&self, row: &Row, day: Date) -> bool {
        [row.listed, self.names.facts(&row.model).released].into_iter().flatten().min().is_some_and(|d| d <= day)
    }

    /// The rows that a snapshot shows, best first: the whole board, or of a cumulative table the last row of each
    /// model up to then.
    fn rows(&self, head: &BoardHead, snapshot: Date) -> Result<Arc<Vec<Arc<Row>>>> {
        let key = (key(head), snapshot);
        if let Some(rows) = self.boards.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(Arc::clone(rows));
        }
        let day = lit(snapshot.to_string());
        let history = self.manifests.get(&head.dataset).map(|m| m.history).unwrap_or_default();
        let slice = match history {
            History::Snapshots => self.slice(head)?.filter(col("snapshot").eq(day)),
            // An as-of join on one side: the last row of each name on or before the day. The join feature of the
            // engine that would say so triples the build.
            History::Cumulative => self
                .slice(head)?
                .filter(col("snapshot").lt_eq(day))
                .sort(["snapshot"], SortMultipleOptions::default().with_maintain_order(true))
                .group_by_stable([col("model"), col("name"), col("type")])
                .agg([all().as_expr().last()]),
        };
        let descending = head.direction == Direction::HigherIsBetter;
        let order = SortMultipleOptions::default().with_order_descending_multi([descending, false]).with_maintain_order(true);
        let frame = slice.sort(["score", "model"], order).collect().map_err(|e| query_error(head, &e))?;
        let rows = Arc::new(table::rows(&head.dataset, &frame)?.into_iter().map(Arc::new).collect::<Vec<_>>());
        self.boards.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&rows));
        Ok(rows)
    }

    fn slice(&self, head: &BoardHead) -> Result<LazyFrame> {
        let is_board = col("benchmark").eq(lit(head.benchmark.as_str())).and(col("metric").eq(lit(head.metric.as_str())));
        Ok(self.frame(&head.dataset)?.lazy().filter(is_board))
    }

    /// The whole score table of a data set.
    fn frame(&self, id: &str) -> Result<DataFrame> {
        if let Some(frame) = self.frames.lock().unwrap_or_else(PoisonError::into_inner).get(id) {
            return Ok(frame.clone());
        }
        let manifest = self.manifest(id)?;
        let path = format!("{id}/{}", manifest.table_file());
        let frame = table::read(&path, self.store.bytes(&path)?.into_owned())?;
        self.frames.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned(), frame.clone());
        Ok(frame)
    }

    /// One manifest.
    ///
    /// # Errors
    /// When the store has no such data set; near names are suggested.
    pub fn manifest(&self, id: &str) -> Result<&Manifest> {
        self.manifests.get(id).ok_or_else(|| {
            let near = self.manifests.keys().max_by(|a, b| strsim::jaro(a, id).total_cmp(&strsim::jaro(b, id)));
            let hint = near.map_or_else(String::new, |near| format!("did you mean `{near}`?"));
            Error::NotFound { what: format!("data set `{id}`"), hint }
        })
    }

    /// Distinct printed names of a data set's table with the identity each was given; none of a table of models.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub fn printed_names(&self, id: &str) -> Result<BTreeMap<String, String>> {
        if !self.manifest(id)?.is_scores() {
            return Ok(BTreeMap::new());
        }
        let rows = table::rows(id, &self.frame(id)?)?;
        Ok(rows.into_iter().map(|row| (row.name, row.model)).collect())
    }

    /// Checks a shipped table against the lock: the hash, and that every row can be read.
    ///
    /// # Errors
    /// When a file is missing, changed or malformed.
    pub fn verify(&self, id: &str) -> Result<usize> {
        use sha2::Digest;
        let path = format!("{id}/{}", self.manifest(id)?.table_file());
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
        if !self.manifest(id)?.is_scores() {
            return Ok(self.lock.datasets.get(id).map_or(0, |locked| locked.rows as usize));
        }
        Ok(table::rows(id, &self.frame(id)?)?.len())
    }
}

/// The names of a store.
///
/// # Errors
/// An identity table that is missing or malformed.
pub fn open_names(store: &Store) -> Result<Names> {
    let tables: Vec<String> =
        IDENTITIES.iter().map(|table| store.text(&format!("identities/{table}.csv"))).collect::<Result<_>>()?;
    Names::open(&IdentityTables {
        organisations: &tables[0],
        families: &tables[1],
        models: &tables[2],
        benchmarks: &tables[3],
        aliases: &tables[4],
        people: &tables[5],
        places: &tables[6],
        events: &tables[7],
    })
}

fn key(head: &BoardHead) -> BoardKey {
    (head.dataset.clone(), head.benchmark.clone(), head.metric.clone())
}

fn query_error(head: &BoardHead, error: &PolarsError) -> Error {
    Error::Query { table: head.dataset.clone(), why: error.to_string() }
}
