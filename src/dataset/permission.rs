//! Permission: a manifest in; what forbids to pass its data on, or to use them at all, out.

use super::manifest::{Decision, Manifest};

/// Repositories that look like leaderboards and hold simulated numbers, whatever a manifest says of them.
const MADE_UP: [&str; 1] = ["ZOO4HADES/AI-Evolve"];

/// Parts of licences that forbid commercial use, or changing the form as the importer does.
const NOT_TO_SHIP: [&str; 2] = ["NC", "ND"];

impl Manifest {
    /// What forbids to pass the data on, or to use them at all.
    pub(super) fn may_not_be_used(&self) -> Option<String> {
        let sources =
            self.refresh.iter().map(|source| &source.url).chain([&self.source_url, &self.repository]);
        let lower: Vec<String> = sources.map(|source| source.to_lowercase()).collect();
        let is_named = |made_up: &&&str| lower.iter().any(|source| source.contains(&made_up.to_lowercase()));
        if let Some(made_up) = MADE_UP.iter().find(is_named).filter(|_| self.decision != Decision::Refused) {
            return Some(format!("the numbers of {made_up} are simulated: it can only be refused"));
        }
        if self.decision != Decision::Shipped {
            return None;
        }
        let parts: Vec<&str> = self.licence.split(['-', ' ', '(', ')']).collect();
        match () {
            () if self.licence == "unknown" => {
                Some("key `licence`: a data set of unknown licence cannot ship".to_owned())
            }
            () if parts.iter().any(|part| NOT_TO_SHIP.contains(part)) => {
                Some(format!("key `licence`: a data set under {} cannot ship", self.licence))
            }
            () => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::manifest::tests::GOOD;
    use super::*;

    fn error(text: &str) -> String {
        Manifest::parse("a-board/dataset.toml", text).expect_err("a fault").to_string()
    }

    #[test]
    fn trap_16_a_repository_of_made_up_numbers_can_only_be_refused() {
        let text = GOOD.replace("owner/name", "ZOO4HADES/AI-Evolve");
        assert!(error(&text).contains("simulated"));
        assert!(error(&text.replace("\"shipped\"", "\"registered\"")).contains("simulated"));
        let mirror = format!(
            "{GOOD}[[refresh]]\nurl = \"https://raw.githubusercontent.com/zoo4hades/ai-evolve/main/a.csv\"\n\
             format = \"csv\"\nfile = \"{{day}}.csv\"\n"
        );
        assert!(error(&mirror).contains("simulated"));
        let refused = text.replace("\"shipped\"", "\"refused\"");
        assert!(Manifest::parse("a-board/dataset.toml", &refused).is_ok());
    }

    #[test]
    fn trap_17_what_may_not_be_sold_never_ships() {
        for licence in ["CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC-BY-ND-4.0", "MIT AND CC-BY-NC-4.0", "unknown"]
        {
            let text = GOOD.replace("licence = \"MIT\"", &format!("licence = \"{licence}\""));
            assert!(error(&text).contains("cannot ship"), "{licence}");
            let registered = text.replace("\"shipped\"", "\"registered\"");
            assert!(Manifest::parse("a-board/dataset.toml", &registered).is_ok(), "{licence}");
        }
    }
}
