//! A printed model name in; lower-case tokens out, split at separators and where a letter run meets a version.

/// What stood before a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Separator {
    /// Nothing: the first token.
    Start,
    /// A hyphen of any kind.
    Hyphen,
    /// An underscore.
    Underscore,
    /// A colon, as in `llama3.1:8b`.
    Colon,
    /// No character at all: `llama2` is `llama` and a glued `2`.
    Glued,
    /// A space, bracket, comma or anything else.
    Other,
}

/// One token of a printed name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Lower-case text.
    pub(crate) text: String,
    /// What stood before it.
    pub(crate) separator: Separator,
    /// Whether it stood in brackets.
    pub(crate) bracketed: bool,
}

/// Splits a printed name. Total: any text gives some tokens, perhaps none.
pub(crate) fn tokens(printed: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut word = String::new();
    let (mut separator, mut depth) = (Separator::Start, 0_u32);
    let mut characters = printed.chars().peekable();
    let mut previous = ' ';
    while let Some(c) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        if c == '+' && previous.is_alphanumeric() && !next.is_alphanumeric() {
            // "Command R+", "CodeT5+": the sign is part of the name.
            flush(&mut word, separator, depth > 0, &mut out);
            word.push_str("plus");
            separator = Separator::Glued;
        } else if c == '*' && previous.is_alphanumeric() {
            flush(&mut word, separator, depth > 0, &mut out);
            word.push_str("star");
            separator = Separator::Glued;
        } else if matches!(c, '\'' | '’') && previous.is_alphanumeric() && is_possessive(characters.clone())
        {
            // "Google's Gemini": the letter is grammar, not part of a name.
            characters.next();
        } else if c.is_alphanumeric() || (c == '.' && previous.is_ascii_digit() && next.is_ascii_digit()) {
            push_folded(c, &mut word);
        } else {
            if flush(&mut word, separator, depth > 0, &mut out) || separator == Separator::Start {
                separator = if out.is_empty() { Separator::Start } else { separator_of(c) };
            } else if separator_of(c) != separator {
                separator = Separator::Other;
            }
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        previous = c;
    }
    flush(&mut word, separator, depth > 0, &mut out);
    out
}

/// Whether what follows an apostrophe is the possessive's letter and nothing more of a word.
fn is_possessive(mut rest: impl Iterator<Item = char>) -> bool {
    rest.next() == Some('s') && !rest.next().is_some_and(char::is_alphanumeric)
}

/// Tokens as plain strings, for tables of names.
pub(crate) fn words(printed: &str) -> Vec<String> {
    tokens(printed).into_iter().map(|token| token.text).collect()
}

/// Whether a character is one of the hyphens that names are printed with.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2013}' | '\u{2212}')
}

fn separator_of(c: char) -> Separator {
    match c {
        '_' => Separator::Underscore,
        ':' => Separator::Colon,
        c if is_hyphen(c) => Separator::Hyphen,
        _ => Separator::Other,
    }
}

fn push_folded(c: char, word: &mut String) {
    match c {
        'α' => word.push_str("alpha"),
        'β' => word.push_str("beta"),
        'ü' | 'Ü' => word.push('u'),
        'é' | 'É' | 'è' => word.push('e'),
        'ö' | 'Ö' => word.push('o'),
        c if c.is_ascii() => word.push(c.to_ascii_lowercase()),
        c => word.extend(c.to_lowercase()),
    }
}

/// Puts the finished word, split where needed, after the others; says whether there was one.
fn flush(word: &mut String, separator: Separator, bracketed: bool, out: &mut Vec<Token>) -> bool {
    if word.is_empty() {
        return false;
    }
    let mut rest = std::mem::take(word);
    let mut separator = separator;
    while let Some(at) = split_point(&rest) {
        let tail = rest.split_off(at);
        out.push(Token { text: rest, separator, bracketed });
        (rest, separator) = (tail, Separator::Glued);
    }
    out.push(Token { text: rest, separator, bracketed });
    true
}

/// Letters that a word needs, the "v" among them, for its "v" to begin a version: `univ2` and `dinov2` are names.
const LEAST_LETTERS_BEFORE_V: usize = 6;

/// Where a word falls apart: `llama|2`, `gpt|4o`, `qwen|2|vl`; never `o1`, `r1`, `k2.5`, `4o`, `72b`, `a22b`.
fn split_point(word: &str) -> Option<usize> {
    if is_quantisation(word) || !word.is_ascii() {
        return None;
    }
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters == word.len() {
        return None;
    }
    if letters >= 2 {
        // "deepseekv2", "minigptv2": the "v" is the version's, where enough of a name is left without it.
        let has_v = letters >= LEAST_LETTERS_BEFORE_V && word.as_bytes()[letters - 1] == b'v';
        return Some(if has_v { letters - 1 } else { letters });
    }
    // Digits followed by a longer word: "2vl", "13bchat" are two tokens; "4o", "8x7b", "72b" are one.
    let number =
        letters + word.bytes().skip(letters).take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let tail = &word[number..];
    if tail.strip_prefix('b').is_some_and(|rest| matches!(rest, "chat" | "instruct" | "base")) {
        return Some(number + 1);
    }
    (letters == 0 && tail.len() >= 2 && tail.bytes().all(|b| b.is_ascii_alphabetic())).then_some(number)
}

/// `72b`, `0.5b`, `270m`, `8x7b`, `a22b`, `e4b`, `128e`: a number of parameters or experts.
pub(crate) fn is_size(word: &str) -> bool {
    let body = word.strip_prefix(['a', 'e']).unwrap_or(word);
    match body.as_bytes() {
        [first, .., b'b' | b'm' | b't'] if first.is_ascii_digit() => {
            let number = &body[..body.len() - 1];
            let number = number
                .split_once('x')
                .map_or(number, |(experts, each)| if is_number(experts) { each } else { "" });
            is_number(number)
        }
        [first, .., b'e'] if first.is_ascii_digit() => {
            is_number(&body[..body.len() - 1]) && body.len() == word.len()
        }
        _ => false,
    }
}

/// Billions of parameters in all that a size token says: `8x7b` is 56, `a22b` (active) and `128e` say nothing.
pub(crate) fn billions(word: &str) -> Option<f64> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) || !is_size(word) {
        return None;
    }
    let (number, unit) = word.split_at(word.len() - 1);
    let scale = match unit {
        "b" => 1.0,
        "m" => 1e-3,
        "t" => 1e3,
        _ => return None,
    };
    match number.split_once('x') {
        Some((experts, each)) => Some(experts.parse::<f64>().ok()? * each.parse::<f64>().ok()? * scale),
        None => number.parse::<f64>().ok().map(|n| n * scale),
    }
}

/// `4k`, `128k`: a length of context or a budget of thinking.
pub(crate) fn is_length(word: &str) -> bool {
    word.strip_suffix('k').is_some_and(is_number)
}

/// `7`, `3.5`, `10.7`.
pub(crate) fn is_number(word: &str) -> bool {
    !word.is_empty()
        && word.starts_with(|c: char| c.is_ascii_digit())
        && word.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// A word for how weights are stored: never part of who the model is.
pub(crate) fn is_quantisation(word: &str) -> bool {
    matches!(
        word,
        "hf" | "gguf"
            | "ggml"
            | "awq"
            | "gptq"
            | "exl2"
            | "mlx"
            | "fp8"
            | "fp16"
            | "fp32"
            | "fp4"
            | "bf16"
            | "bfloat16"
            | "float16"
            | "int4"
            | "int8"
            | "nvfp4"
            | "mxfp4"
            | "4bit"
            | "8bit"
            | "bnb"
            | "w4a16"
            | "q2"
            | "q3"
            | "q4"
            | "q5"
            | "q6"
            | "q8"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(printed: &str, expected: &str) {
        assert_eq!(words(printed).join(" "), expected, "{printed}");
    }

    #[test]
    fn words_fall_apart_where_a_version_begins() {
        check("llama2", "llama 2");
        check("Qwen1.5-72B-Chat", "qwen 1.5 72b chat");
        check("gpt4_1106_preview", "gpt 4 1106 preview");
        check("GPT4o-mini", "gpt 4o mini");
        check("Command R+", "command r plus");
        check("Zephyr β-7B", "zephyr beta 7b");
        check("Tülu 3", "tulu 3");
        check("amazon.nova-lite-v1:0", "amazon nova lite v1 0");
        check("deepseekv2-chat", "deepseek v2 chat");
        check("dinov2", "dinov 2");
    }

    #[test]
    fn short_names_stay_whole() {
        for whole in ["o1", "r1", "v3", "4o", "k2.5", "72b", "a22b", "8x7b", "q8", "fp8"] {
            check(whole, whole);
        }
    }

    #[test]
    fn sizes_are_read() {
        assert_eq!(billions("10.7b"), Some(10.7));
        assert_eq!(billions("8x7b"), Some(56.0));
        assert_eq!(billions("270m"), Some(0.27));
        assert_eq!(billions("a22b"), None);
        assert!(is_size("e4b") && is_size("128e") && !is_size("base") && !is_size("4k") && !is_size("b"));
    }
}
