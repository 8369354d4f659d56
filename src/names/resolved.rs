//! A board's name and what the board says of it in; who made it and of which family it is out, or that nobody can tell.

use super::Names;
use super::heads::Form;
use super::tables::{Family, Homonym, Organisation};
use super::token::{Token, tokens};
use std::collections::HashMap;

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
    /// A word of the name has a family's name in it, `medllama3`, or is short for it, `L3`.
    Part,
    /// The named models of the same architecture and size are of one maker, all but a few.
    Design,
    /// The class of its architecture is a family's. That is its design; its weights may have come from elsewhere.
    Architecture,
}

/// What a board tells of the model behind a name, beside its name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lineage<'a> {
    /// What its uploader declares as its base.
    pub declared: Option<&'a str>,
    /// The family that models of its architecture and size are of.
    pub design: Option<&'a str>,
    /// Whether that outweighs what the name says: the name is of a family that was itself made from another, or is a
    /// word that means something else here.
    pub design_outweighs_name: bool,
    /// The class of its architecture.
    pub architecture: Option<&'a str>,
}

/// Shorter names of families are found in words by chance; "qwen" is the exception.
const LEAST_LETTERS: usize = 5;

/// How uploaders shorten families' names, with the class of architecture that tells it from a chance.
const SHORTHANDS: [(&str, &str, &str); 7] = [
    ("l2", "Llama", "llama"),
    ("l3", "Llama", "llama"),
    ("l3.1", "Llama", "llama"),
    ("l3.2", "Llama", "llama"),
    ("l3.3", "Llama", "llama"),
    ("m7", "Mistral", "mistral"),
    ("ph3", "Phi", "phi"),
];

/// A size is rounded where it is printed: only one clearly below the smallest is smaller.
const SMALLER: f64 = 0.75;

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
    /// what the board tells of what it was made from.
    #[must_use]
    pub fn standing<'a>(
        &'a self,
        printed: &'a str,
        model: &str,
        organisation: Option<&str>,
        lineage: Lineage<'_>,
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
        // Where the board is silent, a table of models may say what it was made from.
        let recorded = facts.base_model.as_deref().and_then(|bases| bases.split(';').next());
        let lineage = Lineage { declared: lineage.declared.or(recorded), ..lineage };
        let base = if maker == Maker::Unknown { None } else { self.base(printed, lineage) };
        Standing { maker, base }
    }

    /// The family of what a model was made from, by the surest sign.
    fn base(&self, printed: &str, lineage: Lineage<'_>) -> Option<(&Family, BaseBy)> {
        let words = tokens(after_account(printed));
        if lineage.design_outweighs_name {
            if let Some(family) = lineage.design.and_then(|id| self.parser.family(id)) {
                return Some((family, BaseBy::Design));
            }
            // "Alpaca_refine_gpt2" of GPT2LMHeadModel: of two families that it says, the one that its class is of.
            let class = lineage.architecture.and_then(|class| self.of_architecture(class));
            if let Some(family) = class.filter(|class| self.said(&words).any(|said| said.id == class.id)) {
                return Some((family, BaseBy::Name));
            }
        }
        self.named(&words)
            .map(|family| (family, BaseBy::Name))
            .or_else(|| Some((self.family_said(lineage.declared?)?, BaseBy::Declaration)))
            .or_else(|| Some((self.within(&words)?, BaseBy::Part)))
            .or_else(|| Some((self.shortened(&words, lineage.architecture?)?, BaseBy::Part)))
            .or_else(|| Some((self.parser.family(lineage.design?)?, BaseBy::Design)))
            .or_else(|| Some((self.of_architecture(lineage.architecture?)?, BaseBy::Architecture)))
    }

    /// The family that a model's name says, where its maker's country is known; the account it lies under says nothing.
    #[must_use]
    pub fn family_said(&self, printed: &str) -> Option<&Family> {
        self.named(&tokens(after_account(printed)))
    }

    /// The first family that the words name.
    fn named(&self, words: &[Token]) -> Option<&Family> {
        self.said(words).next()
    }

    /// The families that the words name, of those whose maker's country is known. Nobody makes a model from one whose
    /// weights are closed: "gpt4" in a repository's name is what its training texts were written by.
    fn said<'n>(&'n self, words: &[Token]) -> impl Iterator<Item = &'n Family> {
        let at = move |at: usize| {
            let head = self.parser.head_at(&words[at..], Form::Print).map(|head| head.family);
            head.or_else(|| self.parser.marks.get(&words[at].text).copied())
        };
        let families = (0..words.len()).filter_map(at).map(|family| &self.parser.families[family]);
        families.filter(move |family| {
            self.is_placed(family) && family.open_weights != Some(false) && !self.is_too_small(words, family)
        })
    }

    /// Whether the words say a size below that of the family's smallest: TinyMistral-248M was trained from nothing.
    fn is_too_small(&self, words: &[Token], family: &Family) -> bool {
        let millions = |word: &Token| word.text.strip_suffix('m')?.parse::<f64>().ok();
        let Some(said) = words.iter().find_map(millions) else { return false };
        let smallest = self.smallest.get_or_init(|| self.smallest_members());
        smallest.get(&family.id).is_some_and(|least| said * 1e6 < SMALLER * least)
    }

    /// Parameters of the smallest recorded model of each family.
    fn smallest_members(&self) -> HashMap<String, f64> {
        let mut smallest: HashMap<String, f64> = HashMap::new();
        for facts in self.recorded().filter_map(|id| self.record(id)) {
            if let (Some(family), Some(parameters)) = (facts.family, facts.parameters) {
                let least = smallest.entry(family).or_insert(parameters);
                *least = least.min(parameters);
            }
        }
        smallest
    }

    /// The family whose name stands inside a word, the longest first.
    fn within(&self, words: &[Token]) -> Option<&Family> {
        let heads = self.parser.heads.values().flatten().filter(|head| head.tokens.len() == 1);
        heads
            .map(|head| (head.tokens[0].as_str(), &self.parser.families[head.family]))
            .filter(|(head, _)| head.len() >= LEAST_LETTERS || *head == "qwen")
            .filter(|(_, family)| family.homonym != Homonym::Numbered && family.open_weights == Some(true))
            .filter(|(head, _)| words.iter().any(|word| word.text.contains(head)))
            .filter(|(_, family)| self.is_placed(family) && !self.is_too_small(words, family))
            .max_by_key(|(head, _)| (head.len(), std::cmp::Reverse(*head)))
            .map(|(_, family)| family)
    }

    /// The family that a word of the name is short for, where the architecture is of it.
    fn shortened(&self, words: &[Token], class: &str) -> Option<&Family> {
        let is_said = |short: &str| words.iter().any(|word| word.text == short);
        let fits = |(short, stem, _): &&(&str, &str, &str)| is_said(short) && class.starts_with(stem);
        let (_, _, family) = SHORTHANDS.iter().find(fits)?;
        self.parser.family(family)
    }

    /// The family that a class is called after: `Qwen2ForCausalLM`, `GPT2LMHeadModel`, `PhiModel`.
    fn of_architecture(&self, class: &str) -> Option<&Family> {
        let end =
            ["For", "LMHead", "Model", "LMEpoch", "MultipleHeads"].iter().filter_map(|part| class.find(part));
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

/// A repository's name without its path.
fn after_account(printed: &str) -> &str {
    printed.rsplit('/').next().unwrap_or(printed)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::tests::shipped;

    fn base(printed: &str, architecture: &str, declared: Option<&str>) -> Option<(String, BaseBy)> {
        let lineage = Lineage { declared, architecture: Some(architecture), ..Lineage::default() };
        let standing = shipped().standing(printed, printed, None, lineage);
        standing.base.map(|(family, by)| (family.id.clone(), by))
    }

    #[test]
    fn of_two_families_said_the_one_that_the_class_is_of_counts() {
        let printed = "who/Alpaca_refine_gpt2_e0";
        let lineage = Lineage {
            architecture: Some("GPT2LMHeadModel"),
            design_outweighs_name: true,
            ..Lineage::default()
        };
        let standing = shipped().standing(printed, printed, None, lineage);
        assert_eq!(standing.base.map(|(family, by)| (family.id.as_str(), by)), Some(("gpt-2", BaseBy::Name)));
    }

    #[test]
    fn a_shortened_family_counts_where_the_architecture_is_of_it() {
        let part = |family: &str| Some((family.to_owned(), BaseBy::Part));
        assert_eq!(base("who/Stheno-Mix-L2-20B", "LlamaForCausalLM", None), part("llama"));
        assert_eq!(base("who/NyakuraV2.1-m7", "MistralForCausalLM", None), part("mistral"));
        // By chance: the second level of something, and an architecture that says so.
        let by_design = base("who/Summary-L2-1B", "GPTNeoXForCausalLM", None);
        assert_eq!(by_design, Some(("gpt-neox".to_owned(), BaseBy::Architecture)));
        // What the uploader says goes before.
        let declared = base("who/Mix-L2-20B", "LlamaForCausalLM", Some("01-ai/Yi-34B"));
        assert_eq!(declared, Some(("yi".to_owned(), BaseBy::Declaration)));
    }
}
