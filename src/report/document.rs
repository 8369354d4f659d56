//! The report as a record: an article with its checked claims in, counts and the sentences on top out.

use super::wording;
use crate::article::Article;
use crate::claim::Claim;
use crate::evidence::Evidence;
use crate::quantity;
use crate::stats::Multiplicity;
use crate::verdict::{self, Outcome, Verdict};
use jiff::civil::Date;

/// Whether a finding has been accepted before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Standing {
    /// There is no baseline: it counts.
    #[default]
    Uncompared,
    /// The baseline does not list it: it counts.
    New,
    /// The baseline lists it: it is shown where all is shown, and fails nothing.
    Known,
}

impl Standing {
    /// Whether the baseline lists it.
    #[must_use]
    pub fn is_known(self) -> bool {
        self == Self::Known
    }
}

/// A claim with what bears on it and what came out.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The claim.
    pub claim: Claim,
    /// What bears on it; absent for what cannot be checked.
    pub evidence: Option<Evidence>,
    /// What came out.
    pub verdict: Verdict,
    /// Whether it has been accepted before.
    pub standing: Standing,
}

/// A data set that the report used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceCard {
    /// Data set id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it comes from.
    pub url: String,
    /// Its licence.
    pub licence: String,
    /// The credit that the licence asks for.
    pub attribution: String,
    /// Its oldest snapshot.
    pub first: Date,
    /// Its newest snapshot.
    pub last: Date,
    /// Rows in the store.
    pub rows: usize,
}

/// Everything said about one article.
#[derive(Debug, Clone)]
pub struct Report {
    /// What was read.
    pub article: Article,
    /// Its claims, in reading order.
    pub checked: Vec<Checked>,
    /// The day the article is judged for.
    pub as_of: Date,
    /// The newest snapshot in the store: the day that "now" means.
    pub newest: Date,
    /// Data sets used.
    pub sources: Vec<SourceCard>,
    /// Parts of the text that were not checked, each with why.
    pub not_checked: Vec<(String, String)>,
    /// Version of the program.
    pub version: String,
}

/// Expected wrong verdicts below which no number is told: 0.0 would read as certainty.
const FEWEST_TOLD: f64 = 0.1;

impl Report {
    /// How many claims came out so.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        self.checked.iter().filter(|checked| checked.verdict.outcome == outcome).count()
    }

    /// How many claims came out each way, in the order of [`Outcome::ALL`], without the ways none came out.
    #[must_use]
    pub fn counts(&self) -> Vec<(Outcome, usize)> {
        Outcome::ALL
            .into_iter()
            .map(|outcome| (outcome, self.count(outcome)))
            .filter(|(_, n)| *n > 0)
            .collect()
    }

    /// Claims that public data could decide.
    #[must_use]
    pub fn checkable(&self) -> usize {
        self.checked.len() - self.count(Outcome::NotCheckable)
    }

    /// Claims on which the data had anything to say.
    #[must_use]
    pub fn judged(&self) -> usize {
        self.checkable() - self.count(Outcome::Insufficient)
    }

    /// What the article is called: its title, else its id.
    #[must_use]
    pub fn title(&self) -> &str {
        let title = self.article.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
        title.unwrap_or(&self.article.id)
    }

    /// The report in one sentence or two.
    #[must_use]
    pub fn headline(&self) -> String {
        let (total, judged) = (self.checked.len(), self.judged());
        let silent = [
            (self.count(Outcome::Insufficient), "no data here"),
            (self.count(Outcome::NotCheckable), "nothing a table could decide"),
        ];
        let silent: Vec<String> = silent
            .into_iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, why)| format!("for {n} there is {why}"))
            .collect();
        let judged_list: Vec<String> = self
            .counts()
            .into_iter()
            .filter(|(outcome, _)| !matches!(outcome, Outcome::Insufficient | Outcome::NotCheckable))
            .map(|(outcome, n)| format!("{n} {}", wording::outcome_in_sentence(outcome)))
            .collect();
        let first = match (total, judged) {
            (0, _) => return "No claim about AI models was found.".to_owned(),
            (1, 0) => "The one claim found could not be checked".to_owned(),
            (1, _) => {
                let outcome =
                    self.checked.first().map_or("", |c| wording::outcome_in_sentence(c.verdict.outcome));
                return format!("The one claim found could be checked: it is {outcome}.");
            }
            (_, 0) => format!("None of {total} claims could be checked"),
            (_, _) if judged == total => {
                format!("All {total} claims could be checked: {}", wording::list(&judged_list))
            }
            (_, _) => {
                format!("Of {total} claims, {judged} could be checked: {}", wording::list(&judged_list))
            }
        };
        if silent.is_empty() { format!("{first}.") } else { format!("{first}; {}.", wording::list(&silent)) }
    }

    /// Whether the article tells no day, so that it was judged on the newest data.
    #[must_use]
    pub fn is_undated(&self) -> bool {
        self.article.published.is_none() && self.as_of == self.newest
    }

    /// The name of a claim in file names, links and tables: `c01`, `c02`, … by its place.
    #[must_use]
    pub fn claim_id(&self, index: usize) -> String {
        let digits = self.checked.len().to_string().len().max(2);
        format!("c{:0digits$}", index + 1)
    }

    /// What the verdicts that come down on a side come to together: each is wrong with the chance that its support
    /// leaves. `None` where none does.
    #[must_use]
    pub fn multiplicity(&self) -> Option<Multiplicity> {
        let wrong = |checked: &Checked| {
            let (support, side) = (checked.verdict.support?, verdict::side(checked.verdict.outcome)?);
            match (checked.verdict.outcome, side) {
                // Its support is that of the printed number, which is off and said to be.
                (Outcome::Inexact, _) | (_, 0) => None,
                (_, side) => Some(if side > 0 { 1.0 - support } else { support }),
            }
        };
        Multiplicity::of(&self.checked.iter().filter_map(wrong).collect::<Vec<_>>())
    }

    /// The same as a sentence; `None` where there are not several.
    #[must_use]
    pub fn false_discovery(&self) -> Option<String> {
        let together = self.multiplicity().filter(|together| together.decisions > 1)?;
        let share = quantity::probability(together.false_discovery_rate);
        let wrong = match together.expected_false {
            few if few < FEWEST_TOLD => format!("fewer than {FEWEST_TOLD}"),
            some => format!("about {some:.1}"),
        };
        Some(format!(
            "Of the {} verdicts that take a side, {wrong} are expected to be wrong by chance, because of sampling error \
             in the scores (false discovery rate {share}).",
            together.decisions,
        ))
    }

    /// Claims whose verdict on the newest data differs in side from that of their own day.
    #[must_use]
    pub fn flipped(&self) -> usize {
        self.checked.iter().filter(|checked| checked.verdict.flipped_on.is_some()).count()
    }
}

/// Line and column of a byte of the text, both from 1; columns count characters.
#[must_use]
pub fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn headline_counts_what_was_and_was_not_checked() {
        let headline = fixture::report().headline();
        assert!(headline.starts_with("Of 14 claims, 11 could be checked: "), "{headline}");
        assert_eq!(fixture::with_claims(0).headline(), "No claim about AI models was found.");
        assert_eq!(
            fixture::with_claims(1).headline(),
            "The one claim found could be checked: it is supported."
        );
    }

    #[test]
    fn few_expected_errors_are_not_told_as_none() {
        let mut report = fixture::report();
        let told = |report: &Report| report.false_discovery().unwrap_or_default();
        assert!(told(&report).contains(" are expected to be wrong by chance"), "{}", told(&report));
        for checked in &mut report.checked {
            checked.verdict.outcome = Outcome::Supported;
            checked.verdict.support = Some(1.0);
        }
        assert!(
            told(&report).contains(" verdicts that take a side, fewer than 0.1 are "),
            "{}",
            told(&report)
        );
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        assert_eq!(line_and_column("é\nüx", 5), (2, 2));
        assert_eq!(line_and_column("", 99), (1, 1));
    }

    #[test]
    fn claim_ids_sort_as_the_claims_do() {
        let report = fixture::with_claims(100);
        assert_eq!(report.claim_id(0), "c001");
        assert_eq!(fixture::report().claim_id(8), "c09");
    }
}
