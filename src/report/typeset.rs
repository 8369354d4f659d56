//! The typesetter: a template and the files it asks for in; laid-out pages out. The only file that knows Typst's world.
//!
//! There is no clock, no network and no disk in that world: the template sees the fonts carried here and the files
//! handed over, nothing else. Article text reaches it as JSON strings and is never read as markup.

use crate::error::{Error, Result};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;

/// Ours, and after them the face of what ours has no letters for: Chinese, Japanese and Korean as names and quotations
/// have them (`scripts/make-cjk-font`).
const FACES: [&[u8]; 4] = [
    include_bytes!("../../assets/fonts/Inter-Regular.otf"),
    include_bytes!("../../assets/fonts/Inter-Italic.otf"),
    include_bytes!("../../assets/fonts/Inter-SemiBold.otf"),
    include_bytes!("../../assets/fonts/NotoSansCJKsc-Common.otf"),
];

/// What every template shares, loaded once.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    // Typst's own fonts stand behind ours for what ours lacks: a monospaced face and more scripts.
    let ours = FACES.into_iter().flat_map(|face| Font::iter(Bytes::new(face)));
    let fonts: Vec<Font> =
        ours.chain(typst_assets::fonts().flat_map(|font| Font::iter(Bytes::new(font)))).collect();
    Shared {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
    }
});

/// The text with only what some face here has letters for: pictures such as emoji are left out, and of other letters an
/// empty box says that something stands there.
pub(super) fn printable(text: &str) -> String {
    const BOX: char = '\u{25A1}';
    let is_picture = |c: char| matches!(u32::from(c), 0x2190..=0x2BFF | 0xFE0E | 0xFE0F | 0x200D | 0x1F000..=0x1FBFF | 0xE0020..=0xE007F);
    let has =
        |c: char| c.is_ascii() || SHARED.fonts.iter().any(|font| font.info().coverage.contains(u32::from(c)));
    text.chars().filter_map(|c| if has(c) { Some(c) } else { (!is_picture(c)).then_some(BOX) }).collect()
}

struct Files {
    main: Source,
    files: BTreeMap<String, Bytes>,
}

fn file_id(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}

impl Files {
    fn find(&self, id: FileId) -> FileResult<&Bytes> {
        let path = id.vpath().get_with_slash();
        self.files.get(path).ok_or_else(|| FileError::NotFound(path.into()))
    }
}

impl World for Files {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHARED.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        let text = String::from_utf8(self.find(id)?.to_vec()).map_err(|_| FileError::InvalidUtf8)?;
        Ok(Source::new(id, text))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.find(id).cloned()
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHARED.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Lays out the file `main` of `files` (by absolute virtual paths); `what` names the result in errors.
pub(super) fn lay_out(what: &str, main: &str, files: BTreeMap<String, Vec<u8>>) -> Result<PagedDocument> {
    let failed = |why: String| Error::Render { what: what.to_owned(), why };
    let id = file_id(main).ok_or_else(|| failed("the template has no place".to_owned()))?;
    let text = files.get(main).map(|bytes| String::from_utf8(bytes.clone()));
    let Some(Ok(text)) = text else {
        return Err(failed(format!("the template {main} is not there or not UTF-8")));
    };
    let files = files.into_iter().map(|(path, bytes)| (path, Bytes::new(bytes))).collect();
    let world = Files { main: Source::new(id, text), files };
    typst::compile::<PagedDocument>(&world).output.map_err(|errors| failed(placed(&world, &errors)))
}

/// What the typesetter complains about, each with file and line: a user may have written the template.
fn placed(world: &Files, errors: &[typst::diag::SourceDiagnostic]) -> String {
    let place = |error: &typst::diag::SourceDiagnostic| -> Option<String> {
        let id = error.span.id()?;
        let range = world.range(error.span)?;
        let line = world.source(id).ok()?.lines().byte_to_line(range.start)? + 1;
        Some(format!("{}:{line}: ", id.vpath().get_without_slash()))
    };
    let told = |error| format!("{}{}", place(error).unwrap_or_default(), error.message);
    errors.iter().map(told).collect::<Vec<_>>().join("; ")
}

/// What the typesetter complains about, as one line.
pub(super) fn messages(errors: &[typst::diag::SourceDiagnostic]) -> String {
    errors.iter().map(|error| error.message.to_string()).collect::<Vec<_>>().join("; ")
}

/// Forgets what was kept from earlier documents, so that a long run does not grow.
pub(super) fn forget() {
    const KEPT_DOCUMENTS: usize = 2;
    typst::comemo::evict(KEPT_DOCUMENTS);
}
