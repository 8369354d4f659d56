//! The table of data sets in `datasets/README.md`: manifests and the lock in; Markdown between two markers out.

use super::write_whole;
use crate::dataset::manifest::{Decision, Lock, Manifest};
use crate::error::{Error, Result};
use std::fmt::Write;
use std::path::Path;

/// Where the generated part begins.
const BEGIN: &str = "<!-- generated: data sets -->";

/// Where it ends.
const END: &str = "<!-- end of generated part -->";

/// The tables of data sets that ship, and of those that do not with the reason.
#[must_use]
pub fn readme_table(manifests: &[Manifest], lock: &Lock) -> String {
    let mut text = String::from(
        "| data set | what | rows | snapshots | from | to | licence |\n|---|---|---:|---:|---|---|---|\n",
    );
    for manifest in manifests.iter().filter(|manifest| manifest.decision == Decision::Shipped) {
        let link = format!("[`{}`]({}/dataset.toml)", manifest.id, manifest.id);
        // Writing to a String cannot fail.
        let _ = match lock.datasets.get(&manifest.id) {
            Some(l) => writeln!(
                text,
                "| {link} | {} | {} | {} | {} | {} | {} |",
                manifest.title, l.rows, l.snapshots, l.first, l.last, manifest.licence
            ),
            None => writeln!(text, "| {link} | {} | | | | | {} |", manifest.title, manifest.licence),
        };
    }
    text.push_str("\nNot shipped:\n\n| data set | what | decision | why |\n|---|---|---|---|\n");
    for manifest in manifests.iter().filter(|manifest| manifest.decision != Decision::Shipped) {
        let decision = if manifest.decision == Decision::Refused { "refused" } else { "registered" };
        let _ =
            writeln!(text, "| `{}` | {} | {decision} | {} |", manifest.id, manifest.title, manifest.reason);
    }
    text
}

/// Puts the current tables between the markers of `datasets/README.md`.
///
/// # Errors
/// When the file cannot be read or written, or lacks the markers.
pub fn refresh_readme(datasets: &Path, manifests: &[Manifest], lock: &Lock) -> Result<()> {
    let path = datasets.join("README.md");
    let text = std::fs::read_to_string(&path).map_err(|source| Error::Io {
        action: "read",
        path: path.clone(),
        source,
    })?;
    let replaced = replace_part(&text, &readme_table(manifests, lock)).ok_or_else(|| Error::NotFound {
        what: format!("the marker `{BEGIN}` or `{END}` in {}", path.display()),
        hint: "put both on lines of their own".to_owned(),
    })?;
    write_whole(&path, replaced.as_bytes())
}

fn replace_part(text: &str, table: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{table}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_part_between_the_markers_changes() {
        let text = format!("a\n{BEGIN}\nold\n{END}\nb\n");
        let new = replace_part(&text, "| new |\n").expect("markers");
        assert_eq!(new, format!("a\n{BEGIN}\n\n| new |\n\n{END}\nb\n"));
        assert_eq!(replace_part(&new, "| new |\n").as_deref(), Some(new.as_str()));
        assert_eq!(replace_part("a", "b"), None);
    }
}
