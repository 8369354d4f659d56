//! Data sets: a store of manifests and tidy tables in; boards as they stood on a day out.
//!
//! The stage beside the pipeline that evidence is gathered from. It does not know claims, and does not write: only
//! `import` (from raw files) and the refresh do.

mod board;
pub mod columns;
pub mod import;
mod lock;
pub mod manifest;
pub mod package;
mod permission;
mod records;
mod scores;
pub mod source;
mod statements;
mod store;
mod table;
pub mod usage;

pub use board::{Board, BoardHead, Coverage, Direction, Evaluation};
pub use records::Records;
pub use statements::{Read, Statement, StatementKind, Statements};
pub use store::Store;
pub use table::Row;

use crate::error::{Error, Result};
use crate::names::{IdentityTables, ModelFacts, Names};
use jiff::civil::Date;
use manifest::{Lock, Manifest, TableKind};
use scores::Scores;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

/// Where the identities lie in a store.
const IDENTITIES: [&str; 8] =
    ["organisations", "families", "models", "benchmarks", "aliases", "people", "places", "events"];

/// The data set of documented estimates; a store may do without.
const STATEMENTS: &str = "statements";

/// The opened store: manifests, names, and tables read when first asked for.
pub struct Catalog {
    store: Store,
    manifests: BTreeMap<String, Manifest>,
    lock: Lock,
    names: Names,
    heads: Vec<BoardHead>,
    statements: Statements,
    models: OnceLock<Vec<ModelFacts>>,
    /// A place for the score table of each data set; read once, whoever asks first.
    scores: BTreeMap<String, Mutex<Option<Arc<Scores>>>>,
    facts: RwLock<HashMap<String, Arc<ModelFacts>>>,
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
        let lock = store.lock()?;
        let names = open_names(&store)?;
        let statements = match manifests.get(STATEMENTS) {
            Some(manifest) => {
                let path = format!("{STATEMENTS}/{}", manifest.table_file());
                Statements::parse(&path, &store.bytes(&path)?)?
            }
            None => Statements::default(),
        };
        let heads = manifests.values().flat_map(|manifest| manifest.heads(&lock)).collect();
        let scores = manifests.keys().map(|id| (id.clone(), Mutex::default())).collect();
        Ok(Self {
            store,
            manifests,
            lock,
            names,
            heads,
            statements,
            models: OnceLock::new(),
            scores,
            facts: RwLock::default(),
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
        Ok(self.scores(&head.dataset)?.days(head))
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
        let rows = self.scores(&head.dataset)?.shown(head, snapshot)?;
        Ok(Some(Board { head: head.clone(), snapshot, retrospective: false, rows }))
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
        let rows = self.scores(&head.dataset)?.shown(head, snapshot)?;
        let rows: Vec<Arc<Row>> = rows.iter().filter(|row| self.existed(row, day)).cloned().collect();
        Ok((!rows.is_empty()).then(|| Board {
            head: head.clone(),
            snapshot,
            retrospective: true,
            rows: Arc::new(rows),
        }))
    }

    /// What is known of a model; asked of the names once, since a board repeats its models every snapshot.
    #[must_use]
    pub fn facts(&self, model: &str) -> Arc<ModelFacts> {
        if let Some(facts) = self.facts.read().unwrap_or_else(PoisonError::into_inner).get(model) {
            return Arc::clone(facts);
        }
        let facts = Arc::new(self.names.facts(model));
        self.facts
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(model.to_owned(), Arc::clone(&facts));
        facts
    }

    /// Whether a row existed by `day`: by its first listing where the source tells, else by its model's release. What
    /// is not known to have existed did not.
    fn existed(&self, row: &Row, day: Date) -> bool {
        row.listed.or_else(|| self.facts(&row.model).released).is_some_and(|first| first <= day)
    }

    /// The score table of a data set.
    fn scores(&self, id: &str) -> Result<Arc<Scores>> {
        let Some(place) = self.scores.get(id) else { return self.read_scores(id) };
        let mut place = place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(scores) = place.as_ref() {
            return Ok(Arc::clone(scores));
        }
        // On a thread of its own: while a pool's worker waits for the engine it takes up other work, which might ask
        // for this very table and wait for itself.
        let read = std::thread::scope(|scope| scope.spawn(|| self.read_scores(id)).join());
        let scores = read.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        *place = Some(Arc::clone(&scores));
        Ok(scores)
    }

    fn read_scores(&self, id: &str) -> Result<Arc<Scores>> {
        let path = self.table_path(id)?;
        let frame = table::read(&path, self.store.bytes(&path)?.into_owned())?;
        Ok(Arc::new(Scores::of(id, self.manifest(id)?.history, frame)?))
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

    /// Distinct printed names of a data set's table, with the identity and the maker that each was given; none of a
    /// table that holds no boards.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub fn printed_names(&self, id: &str) -> Result<BTreeMap<String, (String, Option<String>)>> {
        if !self.manifest(id)?.is_scores() {
            return Ok(BTreeMap::new());
        }
        let rows = self.scores(id)?.rows()?;
        Ok(rows.into_iter().map(|row| (row.name, (row.model, row.organisation))).collect())
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
            Some(TableKind::Scores) => Ok(self.scores(id)?.rows()?.len()),
            Some(TableKind::Usage) => Ok(usage::parse(&path, &bytes)?.len()),
            Some(TableKind::Statements) => Ok(Statements::parse(&path, &bytes)?.all().len()),
            Some(TableKind::Models) | None => {
                let records = self.records(id, Date::MAX)?;
                Ok(records.rows.len() + records.undated)
            }
        }
    }
}

/// The names of a store.
///
/// # Errors
/// An identity table that is missing or malformed.
pub fn open_names(store: &Store) -> Result<Names> {
    let tables: Vec<String> = IDENTITIES
        .iter()
        .map(|table| store.text(&format!("identities/{table}.csv")))
        .collect::<Result<_>>()?;
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
