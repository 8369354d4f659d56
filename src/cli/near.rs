//! Near names: a word that is none of a list in; the one that was probably meant out.

/// Below this likeness a guess would only confuse.
const LEAST_LIKENESS: f64 = 0.6;

/// The name nearest to `word`; `None` when none is near.
pub(super) fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    names
        .into_iter()
        .map(|name| (strsim::jaro(name, word), name))
        .filter(|(likeness, _)| *likeness >= LEAST_LIKENESS)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

/// What to say after a word that is none of a list; empty where no name is near.
pub(super) fn hint<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> String {
    nearest(word, names).map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name_and_nonsense_none() {
        assert_eq!(nearest("suported", ["supported", "mixed"]), Some("supported"));
        assert_eq!(nearest("zzz", ["supported", "mixed"]), None);
    }
}
