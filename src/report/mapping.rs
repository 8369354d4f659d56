//! The mapping of verdicts to the words of other programs: outcomes in; a linter's level, a fact-checker's rating, out.

use crate::verdict::Outcome;
use serde::{Deserialize, Serialize};

/// How much a finding asks for attention, in the words of linters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Not at all.
    None,
    /// Worth knowing.
    Note,
    /// Worth a look.
    Warning,
    /// Must be mended.
    Error,
}

impl Level {
    /// The level's name, which SARIF shares.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The ends of the scale of ratings: 1 is false, 5 is true.
pub const WORST_RATING: u8 = 1;
/// The best rating.
pub const BEST_RATING: u8 = 5;

/// A level and a rating for each outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mapping {
    levels: [Level; Outcome::ALL.len()],
    ratings: [Option<u8>; Outcome::ALL.len()],
}

impl Default for Mapping {
    fn default() -> Self {
        let level = |outcome| match outcome {
            Outcome::Contradicted => Level::Error,
            Outcome::LeaningContradicted | Outcome::Inexact => Level::Warning,
            Outcome::Undecided | Outcome::Mixed => Level::Note,
            Outcome::Supported | Outcome::LeaningSupported => Level::None,
            // Silence of the data is no fault of the text; the outputs say it in other ways.
            Outcome::Insufficient | Outcome::NotCheckable => Level::None,
        };
        let rating = |outcome| match outcome {
            Outcome::Supported => Some(BEST_RATING),
            Outcome::LeaningSupported | Outcome::Inexact => Some(4),
            Outcome::Mixed | Outcome::Undecided => Some(3),
            Outcome::LeaningContradicted => Some(2),
            Outcome::Contradicted => Some(WORST_RATING),
            Outcome::Insufficient | Outcome::NotCheckable => None,
        };
        Mapping { levels: Outcome::ALL.map(level), ratings: Outcome::ALL.map(rating) }
    }
}

impl Mapping {
    /// The level of an outcome.
    #[must_use]
    pub fn level(&self, outcome: Outcome) -> Level {
        self.levels[outcome as usize]
    }

    /// The rating of an outcome, from [`WORST_RATING`] to [`BEST_RATING`]; `None` where there is nothing to rate.
    #[must_use]
    pub fn rating(&self, outcome: Outcome) -> Option<u8> {
        self.ratings[outcome as usize]
    }

    /// The same with another level for an outcome.
    #[must_use]
    pub fn with_level(mut self, outcome: Outcome, level: Level) -> Self {
        self.levels[outcome as usize] = level;
        self
    }

    /// The same with another rating for an outcome; one beyond the scale becomes its nearest end.
    #[must_use]
    pub fn with_rating(mut self, outcome: Outcome, rating: Option<u8>) -> Self {
        self.ratings[outcome as usize] = rating.map(|rating| rating.clamp(WORST_RATING, BEST_RATING));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_index_the_tables() {
        for (i, outcome) in Outcome::ALL.into_iter().enumerate() {
            assert_eq!(outcome as usize, i);
        }
        let mapping = Mapping::default()
            .with_level(Outcome::Insufficient, Level::Warning)
            .with_rating(Outcome::Mixed, Some(9));
        assert_eq!(mapping.level(Outcome::Insufficient), Level::Warning);
        assert_eq!(mapping.level(Outcome::Contradicted), Level::Error);
        assert_eq!(mapping.rating(Outcome::Mixed), Some(BEST_RATING));
        assert_eq!(mapping.rating(Outcome::NotCheckable), None);
    }
}
