//! The cache of results: what was checked, with which data, by which program and how it was asked, in; the bytes that
//! came out, and which verdicts they hold, back. Beside it the answers of language models, by what they were asked. It may
//! be deleted at any time: nothing else keeps anything in it.

use super::output::{self, Durability};
use crate::dataset::Store;
use crate::llm::Answers;
use crate::report::Report;
use crate::verdict::Outcome;
use etcetera::BaseStrategy as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Results kept; of more, the oldest go.
const MOST_ENTRIES: usize = 2048;

/// Answers of models kept: they are small, and were paid for.
const MOST_ANSWERS: usize = 16_384;

/// A result that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    /// Outcomes of the findings that count.
    pub(super) outcomes: Vec<Outcome>,
    /// The output.
    pub(super) bytes: Vec<u8>,
}

/// The first line of an entry; the output follows.
#[derive(Serialize, Deserialize)]
struct Head {
    outcomes: Vec<Outcome>,
    length: usize,
}

/// A folder of entries, and what all keys of this run begin with.
pub(super) struct Cache {
    folder: Option<PathBuf>,
    begun: Sha256,
    most: usize,
}

/// Whether results are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeping {
    /// They are.
    On,
    /// Every result is made anew.
    Off,
}

impl Cache {
    /// The user's cache for runs on `store` that are asked for as `settings` says.
    pub(super) fn new(keeping: Keeping, store: &Store, settings: &[&str]) -> Cache {
        // Without a sure mark of program and data nothing may be taken for the same.
        let marks = (keeping == Keeping::On).then(|| program_mark().zip(store_mark(store))).flatten();
        Cache::at(marks.as_ref().and_then(|_| user_folder("check")), marks, settings)
    }

    /// The user's cache of the answers of language models, which depend on what was asked and on nothing else.
    pub(super) fn of_answers(keeping: Keeping) -> Cache {
        let folder = (keeping == Keeping::On).then(|| user_folder("llm")).flatten();
        Cache { most: MOST_ANSWERS, ..Cache::at(folder, None, &[]) }
    }

    fn at(folder: Option<PathBuf>, marks: Option<(String, String)>, settings: &[&str]) -> Cache {
        let (program, data) = marks.unwrap_or_default();
        let mut begun = Sha256::new();
        for part in [program.as_str(), data.as_str()].iter().chain(settings) {
            begun.update(part.len().to_le_bytes());
            begun.update(part);
        }
        Cache { folder, begun, most: MOST_ENTRIES }
    }

    /// The entry for inputs with these parts.
    pub(super) fn key<'p>(&self, parts: impl IntoIterator<Item = &'p [u8]>) -> String {
        let mut hash = self.begun.clone();
        for part in parts {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        hash.finalize().iter().fold(String::new(), |mut text, byte| {
            _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// What was kept under a key; an entry that cannot be read is none.
    pub(super) fn get(&self, key: &str) -> Option<Kept> {
        let bytes = std::fs::read(self.folder.as_ref()?.join(key)).ok()?;
        let split = bytes.iter().position(|byte| *byte == b'\n')?;
        let head: Head = serde_json::from_slice(&bytes[..split]).ok()?;
        let bytes = bytes[split + 1..].to_vec();
        (bytes.len() == head.length).then_some(Kept { outcomes: head.outcomes, bytes })
    }

    /// Keeps a result. A cache that cannot be written costs time, not results, so that its errors are dropped.
    pub(super) fn put(&self, key: &str, kept: &Kept) {
        let Some(folder) = &self.folder else { return };
        let head = Head { outcomes: kept.outcomes.clone(), length: kept.bytes.len() };
        let Ok(mut bytes) = serde_json::to_vec(&head) else { return };
        bytes.push(b'\n');
        bytes.extend(&kept.bytes);
        if output::write_file_as(&folder.join(key), &bytes, Durability::Remade).is_ok() {
            _ = sweep(folder, self.most);
        }
    }
}

impl Answers for Cache {
    fn get(&self, question: &[&[u8]]) -> Option<Vec<u8>> {
        Some(Cache::get(self, &self.key(question.iter().copied()))?.bytes)
    }

    fn put(&self, question: &[&[u8]], answer: &[u8]) {
        let kept = Kept { outcomes: Vec::new(), bytes: answer.to_owned() };
        Cache::put(self, &self.key(question.iter().copied()), &kept);
    }
}

/// A folder of the user's cache of this program.
fn user_folder(name: &str) -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("benchclaim").join(name))
}

/// The outcomes of the findings that count.
pub(super) fn outcomes(reports: &[Report]) -> Vec<Outcome> {
    let new = reports.iter().flat_map(|report| &report.checked).filter(|c| !c.standing.is_known());
    new.map(|checked| checked.verdict.outcome).collect()
}

/// What tells one build of the program from another: version, size and time of its file.
fn program_mark() -> Option<String> {
    let file = std::fs::metadata(std::env::current_exe().ok()?).ok()?;
    let modified = file.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(format!("{} {} {}", env!("CARGO_PKG_VERSION"), file.len(), modified.as_nanos()))
}

/// What tells the data apart: the lock with the tables' hashes, and of a folder also every file's size and time, for
/// identities and manifests are not in the lock.
fn store_mark(store: &Store) -> Option<String> {
    let lock = store.lock().ok()?.to_text().ok()?;
    let (Store::Folder(root) | Store::Refreshed(root)) = store else { return Some(lock) };
    let mut mark = format!("{store:?}\n{lock}");
    let mut folders = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).ok()? {
            let entry = entry.ok()?;
            match entry.file_type().ok()?.is_dir() {
                true => folders.push(entry.path()),
                false => {
                    let file = entry.metadata().ok()?;
                    files.push(format!(
                        "{} {} {:?}",
                        entry.path().display(),
                        file.len(),
                        file.modified().ok()?
                    ));
                }
            }
        }
    }
    files.sort();
    mark.push_str(&files.join("\n"));
    Some(mark)
}

/// Removes the oldest entries beyond the number kept.
fn sweep(folder: &Path, most: usize) -> std::io::Result<()> {
    let mut entries: Vec<(SystemTime, PathBuf)> = std::fs::read_dir(folder)?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            Some((entry.metadata().ok()?.modified().ok()?, entry.path()))
        })
        .collect();
    if entries.len() > most {
        entries.sort();
        // A quarter at once, so that not every run sweeps.
        for (_, path) in &entries[..entries.len() - most * 3 / 4] {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache(folder: &Path, data: &str, settings: &[&str]) -> Cache {
        Cache::at(Some(folder.to_owned()), Some(("p".to_owned(), data.to_owned())), settings)
    }

    #[test]
    fn the_same_question_finds_its_answer_and_any_other_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept { outcomes: vec![Outcome::Mixed], bytes: b"one\ntwo\n".to_vec() };
        let first = cache(folder.path(), "d", &["full"]);
        let key = first.key([b"text".as_slice(), b"id"]);
        first.put(&key, &kept);
        assert_eq!(first.get(&key), Some(kept));
        assert_ne!(first.key([b"tex".as_slice(), b"tid"]), key);
        for other in [cache(folder.path(), "e", &["full"]), cache(folder.path(), "d", &["json"])] {
            assert_ne!(other.key([b"text".as_slice(), b"id"]), key);
        }
    }

    #[test]
    fn a_damaged_entry_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let cache = cache(folder.path(), "d", &[]);
        let key = cache.key([b"a".as_slice()]);
        cache.put(&key, &Kept { outcomes: vec![], bytes: b"long enough".to_vec() });
        let path = folder.path().join(&key);
        let mut bytes = std::fs::read(&path).unwrap();
        bytes.pop();
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(cache.get(&key), None);
    }

    #[test]
    fn without_a_folder_nothing_is_kept() {
        let none = Cache::at(None, None, &[]);
        none.put("k", &Kept { outcomes: vec![], bytes: vec![] });
        assert_eq!(none.get("k"), None);
    }

    #[test]
    fn only_so_many_entries_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        for i in 0..=MOST_ENTRIES {
            std::fs::write(folder.path().join(i.to_string()), "x").unwrap();
        }
        sweep(folder.path(), MOST_ENTRIES).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), MOST_ENTRIES * 3 / 4);
    }
}
