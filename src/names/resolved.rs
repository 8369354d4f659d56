//! A board's name and the identity it was given in; whether it is known who stands behind it out.

use super::Names;
use super::heads::Form;
use super::token::tokens;

impl Names {
    /// Whether a board's name is resolved: to a model or family whose maker and the maker's country are known, or, of a
    /// repository `uploader/model` of somebody's own, to an uploader and the family that it was made from, whose maker
    /// and country are known. `maker` is the organisation that the board's row was given.
    #[must_use]
    pub fn is_resolved(&self, printed: &str, model: &str, maker: Option<&str>) -> bool {
        let facts = self.facts(model);
        let maker = maker.or(facts.organisation.as_deref());
        self.has_country(maker) || self.base_family(printed).is_some()
    }

    /// The family that a repository of somebody's own says in its name that it was made from: the first whose maker and
    /// country are known. None for a name without an uploader.
    #[must_use]
    pub fn base_family(&self, printed: &str) -> Option<&str> {
        let (uploader, name) = printed.trim().rsplit_once('/')?;
        if uploader.is_empty() || uploader.contains(' ') {
            return None;
        }
        let tokens = tokens(name);
        let family = |at: usize| {
            let head = self.parser.head_at(&tokens[at..], Form::Print)?;
            Some(&self.parser.families[head.family])
        };
        let marked = |at: usize| self.parser.marks.get(&tokens[at].text).map(|at| &self.parser.families[*at]);
        (0..tokens.len())
            .filter_map(|at| family(at).or_else(|| marked(at)))
            .find(|family| self.has_country(family.organisation.as_deref()))
            .map(|family| family.id.as_str())
    }

    fn has_country(&self, organisation: Option<&str>) -> bool {
        organisation.and_then(|id| self.organisation(id)).is_some_and(|maker| maker.country.is_some())
    }
}
