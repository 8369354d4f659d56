//! Glued cells: a cell of a page in which logo, name, maker and licence run together in; name and maker out.
//!
//! The page's cell has a logo, whose text is the maker, before the name and a line with maker and licence below it:
//! "Acmeacme-1-chatAcme · Proprietary". Copied as text, nothing stands between them.

use crate::names::Names;

/// Stands between maker and licence in the line below the name.
const BETWEEN: &str = " · ";

/// Takes a cell apart; `maker` is what a column of its own says.
pub(super) fn split<'c>(cell: &'c str, maker: Option<&'c str>, names: &Names) -> (&'c str, Option<&'c str>) {
    let (front, below) = match cell.rfind(BETWEEN) {
        Some(at) => (&cell[..at], true),
        None => (cell, false),
    };
    let maker = maker.filter(|maker| !below || front.ends_with(maker)).or_else(|| {
        // The longest end that is an organisation's name: "Google DeepMind" rather than "DeepMind".
        let ends = front.char_indices().skip(1).map(|(at, _)| &front[at..]);
        ends.filter(|_| below).find(|end| end.trim() == *end && is_maker(end, names))
    });
    let Some(maker) = maker else { return (front.trim(), None) };
    let name = if below { front.strip_suffix(maker).unwrap_or(front) } else { front };
    // Glued on, not part of the name: the next sign follows at once, and the name goes on in small letters or digits.
    let is_glued = |rest: &&str| rest.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    let name = name.strip_prefix(maker).filter(is_glued).unwrap_or(name);
    (name.trim(), Some(maker))
}

fn is_maker(text: &str, names: &Names) -> bool {
    names.organisation_named(text).is_some_and(|organisation| organisation.id != text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trap_4_logo_maker_and_licence_are_cut_from_the_name() {
        let names = crate::dataset::open_names(&crate::dataset::Store::Shipped).expect("the shipped names");
        let parts = |cell: &'static str, maker: Option<&'static str>| split(cell, maker, &names);
        let known = Some("Anthropic");
        assert_eq!(parts("Anthropicclaude-9-maxAnthropic · Proprietary", known), ("claude-9-max", known));
        assert_eq!(parts("Anthropicclaude-9-maxAnthropic · Proprietary", None), ("claude-9-max", known));
        // Before the line below the name came in, only the logo was glued.
        assert_eq!(parts("Anthropicclaude-9-max", known), ("claude-9-max", known));
        assert_eq!(parts("kimi-k9Moonshot · Kimi license", None), ("kimi-k9", Some("Moonshot")));
        assert_eq!(parts("gpt-9", Some("OpenAI")), ("gpt-9", Some("OpenAI")));
        // A maker's name with a hyphen after it is the model's own.
        assert_eq!(parts("DeepSeek-V9", Some("DeepSeek")), ("DeepSeek-V9", Some("DeepSeek")));
        assert_eq!(parts("Metamuse-9Meta · Proprietary", None), ("muse-9", Some("Meta")));
    }
}
