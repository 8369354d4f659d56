//! The house rules, held by reading the sources: which room may know which, and how long a file may be.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Rooms of the library from the ground floor up: a file may use rooms before its own, never after.
const ROOMS: [&str; 15] = [
    "error",
    "parallel",
    "reported",
    "quantity",
    "stats",
    "article",
    "corpus",
    "names",
    "claim",
    "dataset",
    "evidence",
    "verdict",
    "report",
    "check",
    "calibrate",
];

/// Longest source file, tests included.
const LONGEST_FILE: usize = 450;

/// Nine in ten files are shorter than this.
const LONG_FILE: usize = 300;

fn sources() -> BTreeMap<PathBuf, String> {
    fn walk(folder: &Path, found: &mut BTreeMap<PathBuf, String>) {
        for entry in std::fs::read_dir(folder).expect("the source folder is there") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
                found.insert(path.clone(), std::fs::read_to_string(&path).expect("UTF-8 source"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(&root().join("src"), &mut found);
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The room a file belongs to: its folder under `src/`, or its own name.
fn room(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).expect("a file under src");
    let first = inside.components().next().expect("a component").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The code of a file without its comments and without its tests.
fn code(text: &str) -> String {
    let body = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    body.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_stage_uses_only_earlier_stages() {
    let level = |name: &str| ROOMS.iter().position(|room| *room == name);
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let Some(own) = level(&room(&path)) else { continue };
        for word in code(&text).split("crate::").skip(1) {
            let used: String = word.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            if level(&used).is_some_and(|used| used > own)
                || ["cli", "refresh", "llm"].contains(&used.as_str())
            {
                faults.push(format!("{} uses {used}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn foreign_crates_keep_to_their_rooms() {
    let allowed: [(&str, &[&str]); 9] = [
        ("clap", &["cli"]),
        ("anyhow", &["cli"]),
        ("comfy_table", &["cli"]),
        ("polars", &["corpus", "dataset", "report"]),
        ("reqwest", &["refresh"]),
        ("plotters", &["report"]),
        ("typst", &["report"]),
        ("statrs", &["stats"]),
        ("pulldown_cmark", &["article"]),
    ];
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let code = code(&text);
        for (name, rooms) in &allowed {
            // `clap` derives stand on the format and outcome that the command line offers.
            let used = code.contains(&format!("use {name}::")) || code.contains(&format!("{name}::"));
            if used && !rooms.contains(&room(&path).as_str()) && !code.contains(&format!("::{name}::")) {
                faults.push(format!("{} uses {name}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_the_command_line_prints_or_reads_the_clock() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        if ["cli", "main"].contains(&room(&path).as_str()) {
            continue;
        }
        for forbidden in [
            "println!",
            "eprintln!",
            "print!(",
            "SystemTime::now",
            "Zoned::now",
            "Timestamp::now",
            "Instant::now",
        ] {
            if code(&text).contains(forbidden) {
                faults.push(format!("{} has {forbidden}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn files_open_with_their_sentence_and_stay_short() {
    let sources = sources();
    let mut faults = Vec::new();
    for (path, text) in &sources {
        if !text.starts_with("//!") {
            faults.push(format!("{} does not say what it is", path.display()));
        }
        let lines = text.lines().count();
        if lines > LONGEST_FILE {
            faults.push(format!("{} has {lines} lines", path.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let long = sources.values().filter(|text| text.lines().count() > LONG_FILE).count();
    assert!(long * 10 <= sources.len(), "{long} of {} files are over {LONG_FILE} lines", sources.len());
}

#[test]
fn no_unwrap_reaches_a_user() {
    let faults: Vec<String> = sources()
        .into_iter()
        .filter(|(_, text)| code(text).contains(".unwrap()"))
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert!(faults.is_empty(), "unwrap outside tests in {}", faults.join(", "));
}

#[test]
fn the_readme_names_every_command_and_claim_type() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("a README");
    for word in [
        "check",
        "report",
        "ask",
        "calibrate",
        "extract",
        "scan",
        "train",
        "names",
        "data",
        "explain",
        "schema",
        "completions",
        "man",
    ] {
        assert!(readme.contains(&format!("benchclaim {word}")), "README does not name `benchclaim {word}`");
    }
    for kind in benchclaim::ClaimKind::ALL {
        assert!(
            readme.contains(&format!("`{}`", kind.name())),
            "README does not name the claim type {}",
            kind.name()
        );
    }
}
