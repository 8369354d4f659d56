//! A store of made-up boards in a temporary folder, and the refresh of it with a clock that never waits.

use benchclaim::refresh::{self, Clock, Ended, Implausible, Limits, Replaced, Request, Updated};
use benchclaim::{Catalog, Store};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once};
use std::time::{Duration, Instant};

/// A clock that runs as the system's does and notes pauses instead of waiting.
pub(crate) struct TestClock {
    started: Instant,
    pub(crate) rests: Mutex<Vec<Duration>>,
}

impl Clock for TestClock {
    fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn rest(&self, time: Duration) -> bool {
        self.rests.lock().expect("the pauses").push(time);
        true
    }
}

/// A store in a folder that goes with the test.
pub(crate) struct TestStore {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) clock: TestClock,
    pub(crate) limits: Limits,
}

/// The day of the first fetch and that of the next.
pub(crate) const FIRST: Date = Date::constant(2026, 10, 1);
pub(crate) const NEXT: Date = Date::constant(2026, 11, 1);

impl TestStore {
    /// A store with identities and no board.
    pub(crate) fn new() -> Self {
        static DIRECT: Once = Once::new();
        // SAFETY: no test has begun to read the environment: each begins here, and waits for the first.
        DIRECT.call_once(|| unsafe { std::env::set_var("NO_PROXY", "127.0.0.1") });
        let folder = tempfile::tempdir().expect("a folder");
        let identities = folder.path().join("identities");
        std::fs::create_dir(&identities).expect("made");
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/identities");
        for entry in std::fs::read_dir(shipped).expect("the shipped identities") {
            let path = entry.expect("an entry").path();
            std::fs::copy(&path, identities.join(path.file_name().expect("a name"))).expect("copied");
        }
        std::fs::write(folder.path().join("lock.toml"), "").expect("written");
        let limits = Limits {
            connect: Duration::from_secs(2),
            stall: Duration::from_millis(400),
            total: Duration::from_secs(2),
            body_bytes: 1024 * 1024,
            attempts: 3,
            ..Limits::default()
        };
        let clock = TestClock { started: Instant::now(), rests: Mutex::default() };
        Self { folder, clock, limits }
    }

    /// With a board of ratings that is fetched as CSV.
    pub(crate) fn with_board(self, id: &str, url: &str) -> Self {
        self.with_manifest(id, url, "arena-board", "csv", "{day}.csv", "chatbot-arena", "rating", "elo")
    }

    /// With a board of pass rates that is fetched as YAML.
    pub(crate) fn with_runs(self, id: &str, url: &str) -> Self {
        self.with_manifest(id, url, "aider", "yaml", "{day}.yml", "aider-edit", "pass-rate", "percent")
    }

    #[expect(clippy::too_many_arguments, reason = "a manifest has as many keys")]
    pub(crate) fn with_manifest(
        self,
        id: &str,
        url: &str,
        reader: &str,
        format: &str,
        file: &str,
        benchmark: &str,
        metric: &str,
        unit: &str,
    ) -> Self {
        let manifest = format!(
            r#"
id = "{id}"
title = "A board"
source_url = "https://example.org"
repository = "owner/name"
licence = "MIT"
attribution = "Owner"
population = "models"
cadence = "monthly"
uncertainty = "ci95"
evaluation = "crowd"
decision = "shipped"
reason = "made for a test"
[[benchmark]]
id = "{benchmark}"
metric = "{metric}"
unit = "{unit}"
higher_is_better = true
tolerance = 5.0
tolerance_reason = "a test"
margin = 10.0
margin_reason = "a test"
family = "{benchmark}"
[table]
kind = "scores"
file = "scores.csv"
[import]
format = "{reader}"
folder = "{id}"
[[refresh]]
url = "{url}"
format = "{format}"
file = "{file}"
"#
        );
        self.written(id, &manifest)
    }

    fn written(self, id: &str, manifest: &str) -> Self {
        let folder = self.folder.path().join(id);
        std::fs::create_dir_all(&folder).expect("made");
        std::fs::write(folder.join("dataset.toml"), manifest).expect("written");
        self
    }

    /// With a list of models that is fetched as CSV.
    pub(crate) fn with_models(self, id: &str, url: &str) -> Self {
        let manifest = format!(
            r#"
id = "{id}"
title = "A list of models"
source_url = "https://example.org"
repository = "owner/name"
licence = "MIT"
attribution = "Owner"
population = "models"
cadence = "monthly"
uncertainty = "none"
evaluation = "self-reported"
decision = "shipped"
reason = "made for a test"
[table]
kind = "models"
file = "models.csv"
[import]
format = "open-llms"
folder = "{id}"
[[refresh]]
url = "{url}"
format = "csv"
file = "{{day}}.csv"
"#
        );
        self.written(id, &manifest)
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn store(&self) -> Store {
        Store::Folder(self.path().to_owned())
    }

    /// Refreshes every board on a day.
    pub(crate) fn update_on(
        &self,
        today: Date,
        implausible: Implausible,
    ) -> benchclaim::Result<Vec<Updated>> {
        let request = Request {
            store: &self.store(),
            folder: self.path(),
            ids: &[],
            today,
            implausible,
            replaced: Replaced::Keep,
            limits: self.limits.clone(),
            seed: 7,
        };
        refresh::update(&request, &self.clock, &|_| ())
    }

    /// Refreshes the one board on a day, as it is by default.
    pub(crate) fn update(&self, today: Date) -> Ended {
        let mut updated = self.update_on(today, Implausible::Refuse).expect("the store can be written");
        assert_eq!(updated.len(), 1);
        updated.remove(0).outcome
    }

    /// Every file but the refresh's own, with its bytes.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        fn walk(folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
            for entry in std::fs::read_dir(folder).expect("listed") {
                let path = entry.expect("an entry").path();
                if path.is_dir() && path.file_name().is_some_and(|name| name != refresh::PRIVATE) {
                    walk(&path, found);
                } else if path.is_file() {
                    found.insert(path.clone(), std::fs::read(&path).expect("read"));
                }
            }
        }
        let mut found = BTreeMap::new();
        walk(self.path(), &mut found);
        found
    }

    /// Opens the store and checks every table against the lock; gives the rows of each.
    pub(crate) fn verified(&self) -> BTreeMap<String, usize> {
        let catalog = Catalog::open(self.store()).expect("the store opens");
        let held = catalog.lock().datasets.keys();
        held.map(|id| (id.clone(), catalog.verify(id).expect("table and lock agree"))).collect()
    }
}

/// A board of `n` models, each so much above where it was.
pub(crate) fn board(n: usize, lift: f64) -> String {
    let rows = (0..n).map(|i| {
        let score = 1000.0 + 10.0 * (i % 30) as f64 + lift;
        format!("Model-{i},{score},+4/-4,{},Lab-{}\n", 1000 + i, i % 5)
    });
    format!("model,arena_score,95_pct_ci,votes,organization\n{}", rows.collect::<String>())
}
