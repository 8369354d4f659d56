//! JSON Lines in; a document a line out.

use super::{Content, Document};
use crate::article::MAX_ARTICLE_BYTES;
use crate::error::{Error, Result};
use std::io::{BufRead, Read};

/// A longer line is left out: JSON writes a character of the longest article with at most six bytes.
const LONGEST_LINE: u64 = 6 * MAX_ARTICLE_BYTES as u64;

/// The mark that some editors begin a file with.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Lines of a reader as documents; blank ones are passed over.
pub(super) struct Lines<R> {
    path: String,
    reader: R,
    number: u64,
    has_ended: bool,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(path: &str, reader: R) -> Self {
        Self { path: path.to_owned(), reader, number: 0, has_ended: false }
    }

    /// The next line without its end; none at the end of the file.
    fn line(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let read = self.reader.by_ref().take(LONGEST_LINE + 1).read_until(b'\n', &mut line)?;
        if read as u64 > LONGEST_LINE && !line.ends_with(b"\n") {
            self.reader.skip_until(b'\n')?;
        }
        self.number += 1;
        if self.number == 1 && line.starts_with(BYTE_ORDER_MARK) {
            line.drain(..BYTE_ORDER_MARK.len());
        }
        Ok((read > 0).then_some(line))
    }

    fn document(&self, line: Vec<u8>) -> Result<Document> {
        let place = format!("{}, line {}", self.path, self.number);
        let refused = |why: String, hint: &str| {
            Err(Error::Article { input: place.clone(), why, hint: hint.to_owned() })
        };
        if line.len() as u64 > LONGEST_LINE {
            let megabytes = LONGEST_LINE / (1024 * 1024);
            return refused(format!("it is longer than {megabytes} MB"), "split the document");
        }
        match String::from_utf8(line) {
            Ok(line) => Ok(Document { place, content: Content::Line(line) }),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                refused(
                    format!("byte {at} of the line is not valid UTF-8"),
                    "convert it with `iconv -t utf-8`",
                )
            }
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Document>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.has_ended {
            match self.line() {
                Ok(Some(line)) if line.iter().all(u8::is_ascii_whitespace) => {}
                Ok(Some(line)) => return Some(self.document(line)),
                Ok(None) => self.has_ended = true,
                Err(source) => {
                    self.has_ended = true;
                    return Some(Err(Error::Io { action: "read", path: self.path.clone().into(), source }));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_numbers_past_blank_and_broken_ones() {
        let bytes = b"\xef\xbb\xbf{\"id\":\"a\",\"text\":\"b\"}\n\n\xff\n{\"id\":\"c\",\"text\":\"d\"}";
        let found: Vec<_> = Lines::new("f", bytes.as_slice()).collect();
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].as_ref().unwrap().read(None).unwrap().id, "a");
        assert!(found[1].as_ref().unwrap_err().to_string().contains("f, line 3"));
        assert_eq!(found[2].as_ref().unwrap().place, "f, line 4");
        assert_eq!(found[2].as_ref().unwrap().read(None).unwrap().original, "d");
    }

    #[test]
    fn a_line_that_is_too_long_is_left_out_and_the_next_one_read() {
        let mut bytes = vec![b'x'; LONGEST_LINE as usize + 10];
        bytes.extend(b"\n{\"id\":\"a\",\"text\":\"b\"}\n");
        let found: Vec<_> = Lines::new("f", bytes.as_slice()).collect();
        assert_eq!(found.len(), 2);
        assert!(found[0].as_ref().unwrap_err().to_string().contains("60 MB"));
        assert_eq!(found[1].as_ref().unwrap().place, "f, line 2");
    }
}
