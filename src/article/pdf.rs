//! PDF in; the text of its text layer out, read as plain text.

use super::{Content, text};
use crate::error::{Error, Result};

/// Reads the text layer. The reader of the file format panics on some malformed files; that is caught here.
pub(super) fn read(id: &str, bytes: &[u8]) -> Result<Content> {
    let refuse = |why: String| Error::Article {
        input: id.to_owned(),
        why,
        hint: "export it again with a text layer, or pass the text itself".to_owned(),
    };
    let extracted = std::panic::catch_unwind(|| pdf_extract::extract_text_from_mem(bytes))
        .map_err(|_| refuse("it is a malformed PDF".to_owned()))?
        .map_err(|error| refuse(format!("it is no readable PDF ({error})")))?;
    if extracted.trim().is_empty() {
        return Err(refuse("the PDF has no text layer".to_owned()));
    }
    Ok(text::read(&extracted))
}
