//! A name and its line in; whether it only owns the name after it, as "Meta's" does in "Meta's far larger Llama", out.

use super::class::Class;
use super::noun::is_party;
use super::rule::RULES;
use super::token::Line;

/// Words between an owner and what it owns: "Meta's own far larger Llama".
const MOST_BETWEEN: usize = 4;

/// Whether the name at the token only owns the next one.
pub(super) fn is_owner(line: &Line<'_>, i: usize) -> bool {
    (line.low(i + 1) == "'s" && is_party(line, i + 2))
        || owned(line, i, Class::MODEL).is_some()
        || (line.is(i, Class::ORGANISATION) && is_party(line, i + 1) && line.is(i + 1, Class::MODEL))
}

/// The token, as a run, of the model that the name at this token owns, where one of the class may be a model: "Llama" of
/// "Meta's far larger Llama".
pub(super) fn owned(line: &Line<'_>, i: usize, class: Class) -> Option<(usize, usize)> {
    if !class.meets(Class::MODEL) || !is_party(line, i) || line.low(i + 1) != "'s" {
        return None;
    }
    let describes = |at: &usize| {
        line.is(*at, Class::WORD)
            && ["modifiers", "describing"].iter().any(|list| RULES.lists(list, line, *at))
    };
    let model = i + 2 + (i + 2..i + 2 + MOST_BETWEEN).take_while(describes).count();
    line.is(model, Class::MODEL).then_some((model, model + 1))
}
