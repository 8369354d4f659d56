//! What asking a model took, and what came of it: counted while it goes on, told at the end.

use super::answer::Dropped;
use std::fmt;

/// Tokens that a price is for.
const PRICED_TOKENS: f64 = 1e6;

/// Prices in US dollars a million tokens.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Prices {
    /// Of tokens sent.
    pub input: f64,
    /// Of tokens answered.
    pub output: f64,
}

/// Counts of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Requests sent, those that failed included.
    pub requests: u64,
    /// Questions answered from what was kept.
    pub kept_answers: u64,
    /// Tokens sent, as the server counts them.
    pub input_tokens: u64,
    /// Tokens answered.
    pub output_tokens: u64,
    /// Claims that stand.
    pub claims: u64,
    /// Claims dropped because their quote is not in the text.
    pub not_in_text: u64,
    /// Claims dropped because they are not what was asked for.
    pub malformed: u64,
}

impl Tally {
    /// Counts a claim that was dropped.
    pub(super) fn drop(&mut self, dropped: Dropped) {
        match dropped {
            Dropped::NotInText => self.not_in_text += 1,
            Dropped::Malformed => self.malformed += 1,
        }
    }

    /// What the tokens cost, in US dollars.
    #[must_use]
    pub fn cost_usd(&self, prices: &Prices) -> f64 {
        (self.input_tokens as f64 * prices.input + self.output_tokens as f64 * prices.output) / PRICED_TOKENS
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} requests, {} answers kept from before, {} tokens sent, {} answered; {} claims, {} dropped \
             ({} with a quote that is not in the text, {} malformed)",
            self.requests,
            self.kept_answers,
            self.input_tokens,
            self.output_tokens,
            self.claims,
            self.not_in_text + self.malformed,
            self.not_in_text,
            self.malformed
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_for_a_million_tokens() {
        let tally = Tally { input_tokens: 2_000_000, output_tokens: 500_000, ..Tally::default() };
        assert_eq!(tally.cost_usd(&Prices { input: 0.5, output: 2.0 }), 2.0);
        assert_eq!(tally.cost_usd(&Prices::default()), 0.0);
    }
}
