//! A printed model name in; its parts, family and organisation out, by rule rather than by one alias a row.

use super::heads::{Form, Parser, is_id_form};
use super::model_name::{Detail, ModelName};
use super::qualifier::{LevelWords, date_at, effort_at};
use super::tables::Family;
use super::token::{
    Separator, Token, billions, is_length, is_number, is_quantisation, is_size, tokens, words,
};
use super::vocabulary::{ROUTERS, TIER_WORDS};

impl Parser {
    /// Takes a printed name apart. `hint` is the id of the organisation that the board names.
    pub(crate) fn parse(&self, printed: &str, hint: Option<&str>) -> ModelName {
        if let Some((first, second)) = split_pair(printed) {
            return self.pair(&self.parse(first, None), &self.parse(second, None), hint);
        }
        let (namespace, printed) = split_path(printed);
        let printed = without_host(printed);
        let all = tokens(printed);
        let form = if is_id_form(printed) { Form::Id } else { Form::Print };
        let (vendor, start) = self.vendor(&all);
        let owner = namespace.and_then(|n| self.namespace(n));
        let mut name = ModelName::default();
        let mut rest = &all[start..];
        let family = self.head_at(rest, form).map(|head| {
            rest = &rest[head.taken..];
            &self.families[head.family]
        });
        if family.is_none()
            && start == 0
            && let Some(unglued) = self.unglue(printed)
        {
            return self.parse(&unglued, hint);
        }
        if let Some(family) = family {
            name.head.clone_from(&family.id);
        }
        self.fill(&mut name, rest, family);
        self.attribute(&mut name, family, [owner, hint, vendor]);
        if let Some(namespace) = namespace {
            keep_namespace(&mut name, namespace, owner, family.is_some());
        }
        name.id = name.render(Detail::Full);
        name
    }

    /// Two models at work together are neither of them.
    fn pair(&self, first: &ModelName, second: &ModelName, hint: Option<&str>) -> ModelName {
        let id = format!("{}+{}", first.id, second.id);
        let shared = first.organisation.clone().filter(|_| first.organisation == second.organisation);
        ModelName {
            head: id.clone(),
            id,
            organisation: shared.or_else(|| hint.map(str::to_owned)),
            is_derivative: true,
            ..ModelName::default()
        }
    }

    /// Puts each token after the head into its part of the name.
    fn fill(&self, name: &mut ModelName, rest: &[Token], family: Option<&Family>) {
        let thinks = family.is_some_and(|f| f.open_weights != Some(true));
        let owns = |word: &str| family.is_some_and(|f| f.words.iter().any(|own| own == word));
        let mut at = 0;
        while let Some(token) = rest.get(at) {
            let word = token.text.as_str();
            let next = rest.get(at + 1);
            let is_own = owns(word);
            let levels = if thinks || name.size.is_some() { LevelWords::Efforts } else { LevelWords::Tiers };
            if let Some((version, taken)) = lettered_pair(rest, at)
                .filter(|_| family.is_some_and(|f| f.version_prefix) && self.may_have_version(name, family))
            {
                name.version = Some(version);
                at += taken;
            } else if let Some((version, taken)) =
                version_pair(rest, at).filter(|_| self.may_have_version(name, family))
            {
                name.version = Some(version);
                at += taken;
            } else if let Some((date, taken)) = date_at(rest, at).filter(|_| name.date.is_none()) {
                name.date = Some(date);
                at += taken;
            } else if let Some((effort, taken)) =
                effort_at(rest, at, levels).filter(|_| !is_own && family.is_some())
            {
                name.effort = Some(effort).filter(|effort| !effort.is_empty()).or(name.effort.take());
                at += taken;
            } else if is_quantisation(word) {
                let taken = 1 + rest[at + 1..]
                    .iter()
                    .take_while(|t| word.starts_with('q') && is_quantisation_tail(&t.text))
                    .count();
                let text: Vec<&str> = rest[at..at + taken].iter().map(|t| t.text.as_str()).collect();
                if word != "hf" {
                    let joined = text.join("-");
                    name.quantisation =
                        Some(name.quantisation.take().map_or(joined.clone(), |q| format!("{q}-{joined}")));
                }
                at += taken;
            } else if next.is_some_and(|n| split_size(token, n)) && name.size.is_none() {
                // `1_8B` is printed for 1.8B where a file name may hold no point.
                push_size(name, &format!("{word}.{}", rest[at + 1].text));
                at += 2;
            } else if is_size(word) && !is_own {
                push_size(name, word);
                at += 1;
            } else if is_length(word) && name.context.is_none() {
                name.context = Some(word.to_owned());
                at += 1;
            } else {
                at += self.fill_word(name, rest, at, family, is_own);
            }
        }
        if let (Some(version), Some(family)) = (&name.version, family) {
            name.version = Some(tidy_version(version, family.version_prefix));
        }
    }

    /// The parts that are told by the word itself; gives the number of tokens taken.
    fn fill_word(
        &self,
        name: &mut ModelName,
        rest: &[Token],
        at: usize,
        family: Option<&Family>,
        is_own: bool,
    ) -> usize {
        let token = &rest[at];
        let word = token.text.as_str();
        let variant = match word {
            "chat" => Some("chat"),
            "instruct" | "inst" | "it" | "instruction" => Some("instruct"),
            "base" | "pt" | "pretrained" => Some("base"),
            "thinking" | "think" => Some("thinking"),
            "reasoner" if token.bracketed => Some("thinking"),
            _ => None,
        };
        if let Some(variant) = variant.filter(|_| !is_own) {
            match &mut name.variant {
                None => name.variant = Some(variant.to_owned()),
                Some(both) if both != variant => *both = format!("{both}-{variant}"),
                Some(_) => {}
            }
            return 1;
        }
        if token.bracketed && ROUTERS.contains(&word) {
            return 1;
        }
        match word {
            "official" | "latest" | "deprecated" | "original" | "prev" | "diff" | "whole" | "gguf" => {
                return 1;
            }
            // "with vision", "with extended thinking": prose for what a board writes in a word.
            "with" | "extended" if rest.len() > at + 1 && family.is_some() => return 1,
            "preview" if !is_own => name.stage = Some("preview".to_owned()),
            "exp" | "experimental" if !is_own => name.stage = Some("exp".to_owned()),
            "alpha" | "beta" => revise(name, word),
            _ if word.len() == 3 && word.starts_with("00") && is_number(word) => revise(name, word),
            _ if is_version(word) && self.may_have_version(name, family) => {
                name.version = Some(word.to_owned());
            }
            _ if is_v_number(word) => {
                let minor =
                    rest.get(at + 1).filter(|t| t.separator == Separator::Colon && is_number(&t.text));
                revise(name, &minor.map_or_else(|| word.to_owned(), |t| format!("{word}.{}", t.text)));
                return if minor.is_some() { 2 } else { 1 };
            }
            "distilled" => name.words.push("distill".to_owned()),
            _ => name.words.push(word.to_owned()),
        }
        1
    }

    /// Whether a number may be the family's version: the first one, before any size, after nothing but tier words. The
    /// "3" of "Foo-Llama-3" is another family's.
    fn may_have_version(&self, name: &ModelName, family: Option<&Family>) -> bool {
        family.is_some_and(|family| {
            let is_tier = |word: &String| {
                let is_head = self.heads.get(word).is_some_and(|heads| {
                    heads.iter().any(|head| head.taken > 0 && self.families[head.family].id != family.id)
                });
                !is_head && (TIER_WORDS.contains(&word.as_str()) || family.words.contains(word))
            };
            name.version.is_none()
                && name.size.is_none()
                && name.words.iter().all(is_tier)
                && name.words.last().is_none_or(|word| !matches!(word.as_str(), "of" | "beams"))
        })
    }

    /// Decides family and organisation; `hints` are namespace owner, board's word and vendor prefix.
    fn attribute(&self, name: &mut ModelName, family: Option<&Family>, hints: [Option<&str>; 3]) {
        let hinted = hints.into_iter().flatten().next();
        let Some(family) = family else {
            name.organisation = hinted.map(str::to_owned);
            return;
        };
        let is_foreign = |word: &String| {
            family.open_weights != Some(false)
                && !TIER_WORDS.contains(&word.as_str())
                && !family.words.contains(word)
                && !is_number(word)
                && !is_version(word)
        };
        let mark = name.words.iter().find_map(|word| self.marks.get(word)).map(|at| &self.families[*at]);
        if let Some(other) = mark.filter(|other| other.id != family.id) {
            name.family = Some(other.id.clone());
            name.organisation.clone_from(&other.organisation);
            name.is_derivative = true;
        } else if name.words.iter().any(is_foreign)
            && hinted.is_none_or(|h| family.organisation.as_deref() != Some(h))
        {
            name.is_derivative = true;
            name.organisation = hinted.map(str::to_owned);
        } else {
            name.family = Some(family.id.clone());
            name.organisation = family.organisation.clone().or_else(|| hinted.map(str::to_owned));
        }
    }
}

/// Keeps a namespace in the id unless it is that of the name's own maker: everybody else's copy is another model.
fn keep_namespace(name: &mut ModelName, namespace: &str, owner: Option<&str>, has_head: bool) {
    let is_own = match (&name.family, owner) {
        (Some(_), Some(owner)) => name.organisation.as_deref() == Some(owner),
        (None, Some(_)) => !name.is_derivative,
        (_, None) => false,
    };
    if is_own {
        return;
    }
    name.namespace = Some(words(namespace).join("-"));
    name.is_derivative |= has_head;
    if name.is_derivative {
        name.family = None;
        name.organisation = owner.map(str::to_owned);
    }
}

/// The two names of "DeepSeek R1 + Claude 3.5 Sonnet"; the sign in "Command R+ 08-2024" joins nothing.
fn split_pair(printed: &str) -> Option<(&str, &str)> {
    printed.match_indices('+').find_map(|(at, _)| {
        let (first, second) = (&printed[..at], &printed[at + 1..]);
        let spaces = (first.ends_with(' '), second.starts_with(' '));
        let (first, second) = (first.trim(), second.trim());
        let has_names = !first.is_empty() && second.starts_with(char::is_alphanumeric);
        (has_names && spaces.0 == spaces.1).then_some((first, second))
    })
}

/// Splits `meta-llama/Llama-2-7b` into namespace and name; routers and slashes inside brackets are not namespaces.
fn split_path(printed: &str) -> (Option<&str>, &str) {
    let printed = printed.trim();
    let limit = printed.find(['(', '[']).unwrap_or(printed.len());
    let Some(slash) = printed[..limit].rfind('/') else { return (None, printed) };
    let (front, back) = (printed[..slash].trim(), printed[slash + 1..].trim());
    if back.is_empty() || printed[slash + 1..].starts_with(' ') {
        // "codex-12b / code-cushman-001": two names for one; the second is the more exact.
        return (None, if back.is_empty() { front } else { back });
    }
    if front.contains(' ') {
        // "Phi-3 small/medium", "Theseus 6/768": what follows is no name of its own.
        return (None, printed);
    }
    let namespace = front
        .rsplit('/')
        .next()
        .filter(|n| !n.is_empty() && !ROUTERS.contains(&n.to_ascii_lowercase().as_str()));
    (namespace, back)
}

/// Drops the place that served the model: `dbrx-instruct@together`.
fn without_host(printed: &str) -> &str {
    match printed.rsplit_once('@') {
        Some((name, host)) if !name.is_empty() && ROUTERS.contains(&host.to_ascii_lowercase().as_str()) => {
            name
        }
        _ => printed,
    }
}

/// Takes a revision. The last one counts, as in `layla-v4-7b-v0.1`; an earlier one is a word, where it stood.
fn revise(name: &mut ModelName, revision: &str) {
    if let Some(earlier) = name.revision.replace(revision.to_owned()) {
        name.words.insert(name.words_before_revision.min(name.words.len()), earlier);
    }
    name.words_before_revision = name.words.len();
}

/// `3-5` and `3_5` are 3.5; a bare `3` is not taken here.
fn version_pair(rest: &[Token], at: usize) -> Option<(String, usize)> {
    let (major, minor) = (rest.get(at)?, rest.get(at + 1)?);
    let digits = |t: &Token, most: usize| t.text.len() <= most && t.text.bytes().all(|b| b.is_ascii_digit());
    let joined = match minor.separator {
        // A space too: the id has a hyphen there, and it must read as the print did.
        Separator::Hyphen | Separator::Underscore | Separator::Other => {
            (digits(major, 1) || (is_v_number(&major.text) && major.text.len() == 2)) && digits(minor, 1)
        }
        Separator::Colon => is_v_number(&major.text) && digits(minor, 1),
        _ => false,
    };
    // "llama-2 8-shot": the board's number of examples is no part of the version.
    let is_shots = rest.get(at + 2).is_some_and(|t| matches!(t.text.as_str(), "shot" | "shots"));
    // Nobody writes "0-7" for 0.7; the 0 is what is left of "0.0".
    let has_major = major.text != "0";
    (joined && has_major && !is_shots).then(|| (format!("{}.{}", major.text, minor.text), 2))
}

/// `R-1` and `V-3`, where versions are written with a letter, are r1 and v3.
fn lettered_pair(rest: &[Token], at: usize) -> Option<(String, usize)> {
    let (letter, number) = (rest.get(at)?, rest.get(at + 1)?);
    let fits = matches!(letter.text.as_str(), "r" | "v") && number.separator == Separator::Hyphen;
    (fits && is_number(&number.text)).then(|| (format!("{}{}", letter.text, number.text), 2))
}

fn split_size(whole: &Token, decimals: &Token) -> bool {
    decimals.separator == Separator::Underscore
        && whole.separator != Separator::Underscore
        && whole.text.len() == 1
        && is_number(&whole.text)
        && is_size(&decimals.text)
        && decimals.text.len() == 2
}

fn push_size(name: &mut ModelName, size: &str) {
    name.parameters_b = name.parameters_b.or_else(|| billions(size));
    name.size = Some(match name.size.take() {
        None => size.to_owned(),
        Some(before) => format!("{before}-{size}"),
    });
}

/// `2`, `3.5`, `v3`, `r1`, `k2.5`, `4o`: what a version can look like.
pub(crate) fn is_version(word: &str) -> bool {
    let body = word.strip_prefix(|c: char| c.is_ascii_lowercase()).unwrap_or(word);
    let body = if body.len() == word.len() {
        body.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(body)
    } else {
        body
    };
    is_number(body) && body.len() <= 4 && body.split('.').next().is_some_and(|major| major.len() <= 2)
}

fn is_v_number(word: &str) -> bool {
    word.strip_prefix('v').is_some_and(is_number)
}

fn is_quantisation_tail(word: &str) -> bool {
    matches!(word, "0" | "1" | "k" | "m" | "s" | "l" | "xs")
}

/// `v1.0`, `1.0` and `1` are one version; whether it is written with a "v" is the family's habit.
fn tidy_version(version: &str, prefixed: bool) -> String {
    let plain = version.strip_prefix('v').filter(|rest| is_number(rest)).unwrap_or(version);
    let plain = plain.strip_suffix(".0").unwrap_or(plain);
    if prefixed && is_number(plain) { format!("v{plain}") } else { plain.to_owned() }
}
