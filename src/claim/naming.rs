//! Two sentences in a row in; the name that the second gives to "a start-up" of the first out.

use super::class::Class;
use super::noun;
use super::rule::RULES;
use super::token::Line;
use crate::claim::Party;

/// Words between an article and its noun.
const REACH: usize = 7;

/// Whether the parties are one organisation that the line brings in without a name: "a little-known Chinese start-up".
pub(super) fn is_unnamed(line: &Line<'_>, parties: &[Party]) -> bool {
    let [party] = parties else { return false };
    let noun = party.text.rsplit(' ').next().unwrap_or_default();
    let last = (0..line.len()).find(|i| {
        (line.text(*i, i + 1).ends_with(&party.text) || line.text(*i, i + 1) == noun) && is_maker(line, *i)
    });
    last.is_some_and(|last| {
        (last.saturating_sub(REACH)..last)
            .rev()
            .take_while(|i| line.is(*i, Class::WORD.with(Class::GROUP)) || line.low(*i) == "-")
            .any(|i| matches!(line.low(i), "a" | "an" | "one" | "another"))
    })
}

/// The name that a definite phrase carries with it: "The Chinese firm, 01.AI, was founded ...".
pub(super) fn named_after(line: &Line<'_>) -> Option<Party> {
    let the = (0..line.len().min(REACH)).find(|i| matches!(line.low(*i), "the" | "that"))?;
    let maker = (the + 1..line.len().min(the + REACH)).find(|i| is_maker(line, *i))?;
    let called = matches!(line.low(maker + 2), "called" | "named" | "known");
    let at = match line.low(maker + 1) {
        "," | "(" | "—" | "–" => maker + 2 + usize::from(called),
        "called" | "named" => maker + 2,
        _ => return None,
    };
    let closes = matches!(line.low(at + 1), "," | ")" | "—" | "–");
    (noun::is_party(line, at) && closes).then(|| noun::party(line, at))
}

/// Whether the token ends with a noun for those who make models.
fn is_maker(line: &Line<'_>, i: usize) -> bool {
    let is_name = line.is(i, Class::GROUP) && !line.is(i, Class::PLURAL);
    if !is_name && !line.is(i, Class::WORD) {
        return false;
    }
    let noun = line.low(i).rsplit([' ']).next().unwrap_or_default();
    RULES.lists("makers", line, i) || (is_name && MAKERS.contains(&noun))
}

/// The nouns of the list `makers`, where a name has swallowed one: "Chinese start-up".
const MAKERS: [&str; 6] = ["start-up", "startup", "company", "firm", "lab", "developer"];

#[cfg(test)]
mod tests {
    use crate::claim::ClaimKind;
    use crate::claim::tests::{claims, names_of};

    fn subject_of_rank(text: &str) -> Vec<String> {
        let found = claims(text);
        let rank = found.iter().find(|claim| claim.kind == ClaimKind::Rank).expect("a rank");
        names_of(&rank.subject).into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn the_next_sentence_names_the_start_up() {
        let first = "A little-known Chinese start-up leaped to the top of the Open LLM Leaderboard.";
        assert_eq!(subject_of_rank(&format!("{first} The firm, 01.AI, was founded in 2023.")), ["01.AI"]);
        assert_ne!(subject_of_rank(&format!("{first} The board, 01.AI said, is fair.")), ["01.AI"]);
    }
}
