//! Templates: the files that lay out pages, as shipped or as a user changed them, by name, in and out.

use crate::error::{Error, Result};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The shipped files, by name.
const SHIPPED: [(&str, &str); 5] = [
    ("parts.typ", include_str!("../../assets/report/parts.typ")),
    ("report.css", include_str!("../../assets/report/report.css")),
    ("report.html.j2", include_str!("../../assets/report/report.html.j2")),
    ("report.typ", include_str!("../../assets/report/report.typ")),
    ("summary.typ", include_str!("../../assets/report/summary.typ")),
];

/// What pages are laid out with. Files that a user leaves out are the shipped ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Template {
    files: BTreeMap<String, Vec<u8>>,
}

impl Template {
    /// A template of these files, named from its folder. Besides the shipped names it may hold whatever the user's own
    /// `.typ` files ask for: pictures, further `.typ` files.
    #[must_use]
    pub fn with(files: BTreeMap<String, Vec<u8>>) -> Template {
        Template { files }
    }

    /// The shipped files, for a user to start from.
    #[must_use]
    pub fn shipped() -> [(&'static str, &'static str); 5] {
        SHIPPED
    }

    /// The text of one of the shipped names.
    ///
    /// # Errors
    /// [`Error::Render`] when the user's file is not UTF-8.
    pub(super) fn text(&self, name: &str) -> Result<Cow<'static, str>> {
        let Some(own) = self.files.get(name) else {
            let shipped = SHIPPED.iter().find(|(shipped, _)| *shipped == name);
            return Ok(Cow::Borrowed(shipped.map_or("", |(_, text)| text)));
        };
        match String::from_utf8(own.clone()) {
            Ok(text) => Ok(Cow::Owned(text)),
            Err(_) => {
                Err(Error::Render { what: format!("the template {name}"), why: "it is not UTF-8".to_owned() })
            }
        }
    }

    /// Every file as the typesetter finds it: under an absolute path, the user's before the shipped.
    pub(super) fn typeset_files(&self) -> BTreeMap<String, Vec<u8>> {
        let shipped = SHIPPED.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        let own = self.files.iter().map(|(name, bytes)| (name.clone(), bytes.clone()));
        shipped.chain(own).map(|(name, bytes)| (format!("/{name}"), bytes)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{fixture, html, pdf};
    use super::*;

    #[test]
    fn a_users_file_stands_before_the_shipped_one() {
        let own = "#import \"/parts.typ\": *\n#let d = json(\"/report.json\")\n#set document(title: d.title, date: none)\n= #d.headline\n#image(\"logo.svg\")";
        let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";
        let files = BTreeMap::from([
            ("report.typ".to_owned(), own.as_bytes().to_vec()),
            ("logo.svg".to_owned(), logo.as_bytes().to_vec()),
            ("report.css".to_owned(), b"body { color: teal }".to_vec()),
        ]);
        let template = Template::with(files);
        let (own, shipped) = (
            pdf::render(&fixture::report(), &template),
            pdf::render(&fixture::report(), &Template::default()),
        );
        assert!(own.unwrap().len() < shipped.unwrap().len());
        let page = String::from_utf8(html::render(&[fixture::report()], &template).unwrap()).unwrap();
        assert!(page.contains("color: teal") && !page.contains("--figure-dark: #1b2430"));
    }

    #[test]
    fn a_mistake_in_a_template_is_told_with_its_place() {
        let template =
            Template::with(BTreeMap::from([("report.typ".to_owned(), b"one\n#nosuchthing".to_vec())]));
        let error = pdf::render(&fixture::report(), &template).unwrap_err().to_string();
        assert!(error.contains("nosuchthing") && error.contains("report.typ:2"), "{error}");
    }
}
