//! A place in running text in; how far a model's name reaches from there out, by the shape of the words that follow.

use super::parse::is_version;
use super::qualifier::{LevelWords, date_at, effort_at};
use super::scan::{is_ideographic, word_end};
use super::tables::Family;
use super::token::{is_hyphen, is_length, is_quantisation, is_size, tokens};
use super::vocabulary::{JOINED_SUFFIXES, NAME_WORDS, PLAIN_WORDS, UNIT_WORDS};

/// What the words after a head told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Extent {
    /// One past the name's last byte.
    pub(crate) end: usize,
    /// A version, date or tier was among them.
    pub(crate) has_version: bool,
    /// A size was among them.
    pub(crate) has_size: bool,
}

/// How far a model's name reaches beyond the head that ends at `from`. `family` is absent for unknown heads.
pub(crate) fn extent(text: &str, head: &str, from: usize, family: Option<&Family>) -> Extent {
    let mut extent = Extent { end: from, ..Extent::default() };
    if text[from..].starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_alphabetic()) {
        // The head was the letters of a longer word: "llama2", "gpt4o", "Qwen2.5".
        let end = word_end(text, from);
        take(&mut extent, &text[from..end], end);
    }
    let head_is_lower = !head.contains(|c: char| c.is_uppercase());
    loop {
        let end = extent.end;
        let rest = &text[end..];
        let Some(c) = rest.chars().next() else { break };
        let begin = end + c.len_utf8();
        let taken = if is_hyphen(c) || c == '_' || c == ':' {
            joined(text, begin, head_is_lower, &extent, family, c == ':')
        } else if c == '+' && text[..end].ends_with(['R', 'r']) {
            Some(begin)
        } else if c == '(' || rest.starts_with(" (") {
            bracketed(text, end, &extent)
        } else if c.is_whitespace() {
            // Extracted text breaks lines and doubles spaces inside names.
            let begin = begin + text[begin..].chars().next().filter(|c| *c == ' ').map_or(0, char::len_utf8);
            spaced(text, begin, head_is_lower, &extent, family)
        } else {
            None
        };
        let Some(stop) = taken.filter(|stop| *stop > end) else { break };
        take(&mut extent, &text[begin..stop], stop);
    }
    extent
}

fn take(extent: &mut Extent, words: &str, end: usize) {
    extent.end = end;
    let words = tokens(words);
    extent.has_size |= words.iter().any(|t| is_size(&t.text));
    extent.has_version |= words.iter().any(|t| !is_size(&t.text));
}

/// A word that hangs on the name by a hyphen, underscore or colon.
fn joined(
    text: &str,
    begin: usize,
    head_is_lower: bool,
    extent: &Extent,
    family: Option<&Family>,
    is_colon: bool,
) -> Option<usize> {
    let end = word_end(text, begin);
    let word = text.get(begin..end).filter(|w| !w.is_empty() && !w.starts_with(is_ideographic))?;
    let lower = word.to_lowercase();
    // "chatgpt-4o-latest"
    let is_known = lower == "latest" || is_of_names(&lower, family);
    let has_digit = lower.bytes().any(|b| b.is_ascii_digit());
    let is_word_of_name = (word.starts_with(char::is_uppercase)
        || (head_is_lower && (extent.has_version || leads_to_a_name(text, end, family))))
        && !JOINED_SUFFIXES.contains(&lower.as_str());
    let fits = if is_colon { has_digit } else { is_known || has_digit || is_word_of_name };
    // "GPT-4-10 points", "Claude-3-month": a number with a unit is no version.
    let is_measure =
        has_digit && super::token::is_number(&lower) && extent.has_version && next_is_unit(text, end);
    (fits && !is_measure).then_some(end)
}

/// Whether a word, in lower case, is one that models' names are made of.
fn is_of_names(lower: &str, family: Option<&Family>) -> bool {
    tokens(lower).iter().all(|t| {
        let word = t.text.as_str();
        is_size(word)
            || is_version(word)
            || is_length(word)
            || is_quantisation(word)
            || NAME_WORDS.contains(&word)
            || family.is_some_and(|f| f.words.iter().any(|own| own == word))
    })
}

/// Whether the words that hang on at `end` by hyphens close as a name does: "grok-voice-think-fast-2.0", but not
/// "claude-code-router".
fn leads_to_a_name(text: &str, end: usize, family: Option<&Family>) -> bool {
    let mut last = None;
    let mut at = end;
    while let Some(hyphen) = text[at..].chars().next().filter(|c| is_hyphen(*c)) {
        let begin = at + hyphen.len_utf8();
        at = word_end(text, begin);
        if at == begin || at - end > LONGEST_QUALIFIER {
            return false;
        }
        last = text.get(begin..at);
    }
    last.is_some_and(|word| is_of_names(&word.to_lowercase(), family))
}

/// A word after a space.
fn spaced(
    text: &str,
    begin: usize,
    head_is_lower: bool,
    extent: &Extent,
    family: Option<&Family>,
) -> Option<usize> {
    let end = word_end(text, begin);
    let word = text.get(begin..end).filter(|w| !w.is_empty())?;
    let lower = word.to_lowercase();
    let is_capital = word.starts_with(char::is_uppercase);
    let is_own = family.is_some_and(|f| f.words.contains(&lower) && lower.len() > 1);
    // "MiniMax-M1 80k": a length that is no window's.
    if extent.has_version && is_length(&lower) && !is_measured(text, end) && !next_is_window(text, end) {
        return Some(end);
    }
    // "Gives Claude 3 Opus 1,169 points": a figure of thousands.
    let thousands = text[end..].strip_prefix(',').map_or("", |rest| rest.get(..3).unwrap_or_default());
    if thousands.len() == 3 && thousands.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let is_plain_size =
            is_size(&lower) && (lower.ends_with('b') || word.ends_with('M')) && !extent.has_size;
        let is_plain_version =
            !extent.has_version && !extent.has_size && is_version(&lower) && lower.len() <= 4;
        let is_date = extent.has_version
            && word.len() == 4
            && word.starts_with('0')
            && date_at(&tokens(word), 0).is_some();
        // "Claude 3 Opus 82.9": a score; no version has come that far.
        let is_score = lower.split_once('.').is_some_and(|(major, _)| major.len() > 1);
        let follows_tier = extent.has_version
            && is_version(&lower)
            && !is_score
            && !ends_in_number(text[..begin].trim_end());
        let is_revision = extent.has_version && word.len() == 3 && word.starts_with("00");
        let is_active = extent.has_size && lower.ends_with('e') && is_size(&lower);
        return ((is_plain_size
            || is_plain_version
            || is_date
            || is_active
            || is_revision
            || (follows_tier && !extent.has_size))
            && !is_measured(text, end))
        .then_some(end);
    }
    // "DeepSeek R-1", where versions are written with a letter.
    if family.is_some_and(|f| f.version_prefix) && matches!(lower.as_str(), "r" | "v") && !extent.has_version
    {
        let number = next_word(text, end)
            .filter(|next| text[end..].starts_with(is_hyphen) && super::token::is_number(next));
        if let Some(number) = number {
            let hyphen = text[end..].chars().next().map_or(0, char::len_utf8);
            return Some(end + hyphen + number.len());
        }
    }
    let letter_version = lower.len() <= 5 && is_version(&lower) && lower.bytes().any(|b| b.is_ascii_digit());
    if letter_version || (is_size(&lower) && extent.has_size) {
        return Some(end);
    }
    let is_tier = NAME_WORDS.contains(&lower.as_str()) || is_own;
    let fits = is_tier
        && (is_capital && !(head_is_lower && !extent.has_version && !extent.has_size)
            || (!is_capital && extent.has_version && !PLAIN_WORDS.contains(&lower.as_str()))
            || (!is_capital
                && extent.has_size
                && matches!(lower.as_str(), "chat" | "instruct" | "base" | "it")));
    if family.is_some_and(|f| f.id == "chatgpt") && matches!(lower.as_str(), "plus" | "pro") {
        return None;
    }
    // "Claude Instant", "Gemini Pro"; but "Llama Base Camp" and "Claude Max plan" go on as something else.
    (fits && !is_product(text, end, &lower)).then_some(end)
}

/// Whether a version stands there already: "GPT-4", "GPT-4o", but not "Gemini Pro".
fn ends_in_number(front: &str) -> bool {
    front.strip_suffix('o').unwrap_or(front).ends_with(|c: char| c.is_ascii_digit())
}

fn next_is_window(text: &str, end: usize) -> bool {
    next_word(text, end).is_some_and(|word| {
        matches!(word.to_lowercase().as_str(), "context" | "window" | "token" | "tokens" | "length")
    })
}

/// A subscription is not a model: "Claude Max plan", "ChatGPT Plus subscribers".
fn is_product(text: &str, end: usize, lower: &str) -> bool {
    matches!(lower, "max" | "plus" | "pro" | "chat" | "instant")
        && next_word(text, end).is_some_and(|next| {
            matches!(
                next.to_lowercase().as_str(),
                "plan"
                    | "plans"
                    | "subscription"
                    | "subscribers"
                    | "subscriber"
                    | "users"
                    | "tier"
                    | "account"
            )
        })
}

/// Brackets that hold nothing but qualifiers: "(20241022)", "(high)", "(32k thinking)", "(Oct 2024)".
fn bracketed(text: &str, end: usize, extent: &Extent) -> Option<usize> {
    let open = end + text[end..].find('(')?;
    let close = open
        + text[open..]
            .char_indices()
            .take_while(|(at, _)| *at < LONGEST_QUALIFIER)
            .find(|(_, c)| *c == ')')?
            .0;
    let inside = tokens(&text[open + 1..close]);
    // "o1 (high)": the head holds the version itself.
    let is_numbered = text[..end].ends_with(|c: char| c.is_ascii_digit());
    if inside.is_empty()
        || !(is_numbered || extent.has_version || extent.has_size || inside.iter().all(|t| is_size(&t.text)))
    {
        return None;
    }
    let mut at = 0;
    while at < inside.len() {
        let word = inside[at].text.as_str();
        let mut marked = inside.clone();
        marked.iter_mut().for_each(|token| token.bracketed = true);
        if let Some((_, taken)) = date_at(&inside, at).filter(|(date, _)| date.len() > 4 || inside.len() <= 3)
        {
            at += taken;
        } else if let Some((_, taken)) = effort_at(&marked, at, LevelWords::Efforts) {
            at += taken;
        } else if is_size(word)
            || is_length(word)
            || is_quantisation(word)
            || matches!(
                word,
                "thinking" | "preview" | "experimental" | "exp" | "new" | "instruct" | "chat" | "reasoning"
            )
        {
            at += 1;
        } else {
            return None;
        }
    }
    Some(close + 1)
}

/// Brackets, and words behind hyphens, that are longer than this hold a remark.
const LONGEST_QUALIFIER: usize = 28;

/// "Llama 2 million users", "Gemini 3%": the number counts something.
fn is_measured(text: &str, end: usize) -> bool {
    text[end..].starts_with(['%', '$', '€', '×'])
        || text[end..].starts_with(" %")
        || text[end..].starts_with(",0")
        || next_is_unit(text, end)
}

fn next_is_unit(text: &str, end: usize) -> bool {
    next_word(text, end).is_some_and(|word| UNIT_WORDS.contains(&word.to_lowercase().as_str()))
}

/// The word after one space or hyphen.
pub(crate) fn next_word(text: &str, end: usize) -> Option<&str> {
    let rest = text.get(end..)?;
    let c = rest.chars().next().filter(|c| c.is_whitespace() || is_hyphen(*c))?;
    let begin = end + c.len_utf8();
    text.get(begin..word_end(text, begin)).filter(|word| !word.is_empty())
}
