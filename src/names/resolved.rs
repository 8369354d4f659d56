//! A board's name and what the board says of it in; who made it and of which family it is out, or that nobody can tell.

use super::heads::Form;
use super::tables::{Family, Homonym, Organisation};
use super::token::{Token, tokens};
use super::Names;

/// Who stands behind a board's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing<'a> {
    /// Who made it.
    pub maker: Maker<'a>,
    /// The family of what it was made from, whose maker's country is known, and how that is told. Asked only where the
    /// maker is nobody of known country: the others' models are families of their own.
    pub base: Option<(&'a Family, BaseBy)>,
}

/// Who made a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Maker<'a> {
    /// An organisation of the tables.
    Organisation(&'a Organisation),
    /// The account that the repository `account/model` lies under; who and where that is, nobody says.
    Account(&'a str),
    /// The name does not tell.
    Unknown,
}

/// How it is told what a model was made from, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BaseBy {
    /// The name says a family's name.
    Name,
    /// The uploader declares it on the board.
    Declaration,
    /// A word of the name has a family's name in it: `medllama3`.
    Part,
    /// The class of its architecture is a family's. That is its design; its weights may have come from elsewhere.
    Architecture,
}

/// Shorter names of families are found in words by chance; "qwen" is the exception.
const LEAST_LETTERS: usize = 5;

impl Standing<'_> {
    /// Whether the name is resolved: to a maker of known country (or of many, as BigScience was), or to an account and
    /// the family of what it was made from.
    #[must_use]
    pub fn is_resolved(&self) -> bool {
        match self.maker {
            Maker::Organisation(maker) => maker.has_place() || self.base.is_some(),
            Maker::Account(_) => self.base.is_some(),
            Maker::Unknown => false,
        }
    }
}

impl Names {
    /// Who stands behind a board's name. `model` and `organisation` are what the board's row was given; `lineage` is
    /// what its uploader declares as its base, and the class of its architecture.
    #[must_use]
    pub fn standing<'a>(
        &'a self,
        printed: &'a str,
        model: &str,
        organisation: Option<&str>,
        lineage: [Option<&str>; 2],
    ) -> Standing<'a> {
        let facts = self.facts(model);
        let known = organisation.or(facts.organisation.as_deref()).and_then(|id| self.organisation(id));
        if let Some(maker) = known.filter(|maker| maker.has_place()) {
            return Standing { maker: Maker::Organisation(maker), base: None };
        }
        let maker = match (known, account(printed)) {
            (Some(maker), _) => Maker::Organisation(maker),
            (None, Some(account)) => Maker::Account(account),
            (None, None) => Maker::Unknown,
        };
        let base = if maker == Maker::Unknown { None } else { self.base(printed, lineage) };
        Standing { maker, base }
    }

    /// The family of what a model was made from, by the surest sign.
    fn base(&self, printed: &str, [declared, architecture]: [Option<&str>; 2]) -> Option<(&Family, BaseBy)> {
        let name = printed.rsplit('/').next().unwrap_or(printed);
        let words = tokens(name);
        self.named(&words)
            .map(|family| (family, BaseBy::Name))
            .or_else(|| Some((self.declared(declared?)?, BaseBy::Declaration)))
            .or_else(|| Some((self.within(&words)?, BaseBy::Part)))
            .or_else(|| Some((self.of_architecture(architecture?)?, BaseBy::Architecture)))
    }

    /// The first family that the words name, of those whose maker's country is known.
    fn named(&self, words: &[Token]) -> Option<&Family> {
        let at = |at: usize| {
            let head = self.parser.head_at(&words[at..], Form::Print).map(|head| head.family);
            head.or_else(|| self.parser.marks.get(&words[at].text).copied())
        };
        (0..words.len())
            .filter_map(at)
            .map(|family| &self.parser.families[family])
            .find(|family| self.is_placed(family))
    }

    /// The family of a declared base: its own, or the one that it says it was made from.
    fn declared(&self, base: &str) -> Option<&Family> {
        self.named(&tokens(base.rsplit('/').next().unwrap_or(base)))
    }

    /// The family whose name stands inside a word, the longest first.
    fn within(&self, words: &[Token]) -> Option<&Family> {
        let heads = self.parser.heads.values().flatten().filter(|head| head.tokens.len() == 1);
        heads
            .map(|head| (head.tokens[0].as_str(), &self.parser.families[head.family]))
            .filter(|(head, _)| head.len() >= LEAST_LETTERS || *head == "qwen")
            .filter(|(_, family)| family.homonym != Homonym::Numbered && family.open_weights == Some(true))
            .filter(|(head, _)| words.iter().any(|word| word.text.contains(head)))
            .filter(|(_, family)| self.is_placed(family))
            .max_by_key(|(head, _)| (head.len(), std::cmp::Reverse(*head)))
            .map(|(_, family)| family)
    }

    /// The family that a class is called after: `Qwen2ForCausalLM`, `GPT2LMHeadModel`, `PhiModel`.
    fn of_architecture(&self, class: &str) -> Option<&Family> {
        let end = ["For", "LMHead", "Model", "LMEpoch", "MultipleHeads"].iter().filter_map(|part| class.find(part));
        let stem = &class[..end.min().unwrap_or(class.len())];
        let named = self.named(&tokens(stem));
        // `GPTNeoX`, `StableLm`, `Qwen2Moe`: words are told apart by capitals only.
        named.or_else(|| self.named(&tokens(&spaced(stem))))
    }

    fn is_placed(&self, family: &Family) -> bool {
        let maker = family.organisation.as_deref().and_then(|id| self.organisation(id));
        maker.is_some_and(Organisation::has_place)
    }
}

/// The account that a repository lies under: the last part of the path before the name.
fn account(printed: &str) -> Option<&str> {
    let (path, name) = printed.trim().rsplit_once('/')?;
    let account = path.rsplit('/').next()?;
    (!account.is_empty() && !name.is_empty() && !path.contains(char::is_whitespace)).then_some(account)
}

/// Words that capitals run together, apart: "GPT Neo X", "Stable Lm".
fn spaced(class: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    let mut letters = class.chars().peekable();
    while let Some(c) = letters.next() {
        let begins = !before.is_uppercase() || letters.peek().is_some_and(|next| next.is_lowercase());
        if c.is_uppercase() && begins {
            out.push(' ');
        }
        out.push(c);
        before = c;
    }
    out.trim().to_owned()
}
