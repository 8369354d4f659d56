//! List prices: what providers ask for a million tokens in; what each maker itself asks for its models out.

use super::draft::Draft;
use super::raw::{RawRoot, RawTable, file_date};
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::Result;
use crate::names::Names;
use jiff::civil::Date;

/// Providers that sell models of their own, and the maker's id. Of two offers of one maker the one in dollars is read.
const MAKERS: [(&str, &str); 11] = [
    ("alibaba", "alibaba"),
    ("anthropic", "anthropic"),
    ("deepseek", "deepseek"),
    ("google", "google"),
    ("minimax", "minimax"),
    ("mistral", "mistral"),
    ("moonshotai", "moonshot"),
    ("openai", "openai"),
    ("stepfun", "stepfun"),
    ("xai", "xai"),
    ("zai", "zhipu"),
];

/// Words of a model's id that say that its tokens are not of text.
const NOT_TEXT: [&str; 10] =
    ["embed", "image", "tts", "realtime", "video", "ocr", "asr", "omni", "livetranslate", "audio"];

/// Reads every dated copy.
pub(super) fn list_prices(
    raw: &mut RawRoot,
    _: &Manifest,
    import: &ImportEntry,
    _: &Names,
) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for file in raw.files(&import.folder, ".providers.csv")? {
        drafts.extend(rows(&raw.table(&file)?, file_date(&file)?)?);
    }
    Ok(drafts)
}

fn rows(table: &RawTable, day: Date) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for row in table.rows() {
        let Some((_, maker)) = MAKERS.iter().find(|(provider, _)| *provider == row.get("provider")) else {
            continue;
        };
        let id = row.need("id")?;
        if NOT_TEXT.iter().any(|word| id.contains(word)) {
            continue;
        }
        for (metric, column) in [("input", "input_usd_per_mtok"), ("output", "output_usd_per_mtok")] {
            if let Some(price) = row.number(column)?.filter(|price| *price > 0.0) {
                let draft = Draft::new(id, "api-price", metric, price, day);
                drafts.push(Draft { organisation: Some((*maker).to_owned()), ..draft });
            }
        }
    }
    Ok(drafts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_makers_own_price_of_text_is_read() {
        let text = "provider,id,input_usd_per_mtok,output_usd_per_mtok\n\
                    openai,gpt-9,2.5,10\nhost,gpt-9,1,1\nopenai,gpt-image-9,5,30\nxai,grok-9,0,0\n";
        let table = RawTable::parse("t.csv", text).expect("a table");
        let rows = rows(&table, Date::constant(2026, 7, 2)).expect("rows");
        let read: Vec<_> =
            rows.iter().map(|row| (row.name.as_str(), row.metric.as_str(), row.score)).collect();
        assert_eq!(read, [("gpt-9", "input", 2.5), ("gpt-9", "output", 10.0)]);
    }
}
