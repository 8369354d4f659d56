//! Output: bytes in; standard output or a file written whole or not at all, out.

use super::Ending;
use super::args::{Color, OutputArguments};
use crate::report::{Format, Mapping, Style};
use anyhow::{Context, Result};
use std::fs::File;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Columns when the terminal does not tell.
const DEFAULT_WIDTH: usize = 100;

/// Lines longer than this are hard to read, however wide the terminal.
const WIDEST: usize = 120;

/// How the terminal output should look.
pub(super) fn style(color: Color, mapping: Mapping) -> Style {
    let colour = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
    };
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0).min(WIDEST));
    let width = told.or_else(seen).unwrap_or(DEFAULT_WIDTH);
    Style { colour, width, mapping }
}

/// Where results go as they come: formats that are lines after lines are printed a batch at a time, the others are
/// held until the end.
pub(super) struct Sink<'a, T, R> {
    file: Option<&'a Path>,
    format: Format,
    render: R,
    held: Vec<T>,
}

impl<'a, T, R: Fn(&[T], Format) -> crate::Result<Vec<u8>>> Sink<'a, T, R> {
    /// A sink for what is asked for; `default` is the format where none is.
    pub(super) fn new(arguments: &'a OutputArguments, default: Format, render: R) -> Self {
        let format = arguments.format.unwrap_or(default);
        Self { file: arguments.output.as_deref(), format, render, held: Vec::new() }
    }

    /// Takes results in order.
    pub(super) fn take(&mut self, mut results: Vec<T>) -> Result<()> {
        self.held.append(&mut results);
        let lines = matches!(self.format, Format::Full | Format::Concise | Format::Jsonl);
        if lines && self.file.is_none() && !self.held.is_empty() {
            write(&(self.render)(&self.held, self.format)?, None)?;
            self.held.clear();
        }
        Ok(())
    }

    /// Writes what is held; nothing when nothing could be read.
    pub(super) fn finish(self) -> Result<()> {
        if !self.held.is_empty() {
            write(&(self.render)(&self.held, self.format)?, self.file)?;
        }
        Ok(())
    }
}

/// Writes to a file, or to standard output.
pub(super) fn write(bytes: &[u8], file: Option<&Path>) -> Result<Ending> {
    match file {
        Some(path) => write_file(path, bytes)?,
        None => std::io::stdout().lock().write_all(bytes)?,
    }
    Ok(Ending::Clean)
}

/// Whether a file must outlive a fall of power.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Durability {
    /// It holds what nothing else does: wait for the disk.
    Synced,
    /// A command makes it again: waiting for the disk, file by file, would be most of the time of a report.
    Remade,
}

/// Writes a file through a temporary neighbour, so that a stop half-way leaves the old one.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    write_file_as(path, bytes, Durability::Synced)
}

/// The same, as durable as asked for.
pub(super) fn write_file_as(path: &Path, bytes: &[u8], durability: Durability) -> Result<()> {
    let pending = Pending::new(path)?;
    pending.file()?.write_all(bytes).with_context(|| pending.writing())?;
    pending.persist(durability)
}

/// A file that is written bit by bit and stands in its place only when it is whole.
pub(super) struct Pending<'p> {
    path: &'p Path,
    target: Target,
}

/// What the bytes are written to.
enum Target {
    /// A neighbour that takes a file's place when it is whole.
    Neighbour { temporary: tempfile::NamedTempFile, place: PathBuf },
    /// A device, a pipe or a terminal: written to as it is, never replaced.
    Device(File),
}

impl<'p> Pending<'p> {
    /// A file that is to stand at `path`, or where the link `path` leads.
    pub(super) fn new(path: &'p Path) -> Result<Self> {
        let writing = || format!("could not write {}", path.display());
        if std::fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
            let device = File::options().write(true).open(path).with_context(writing)?;
            return Ok(Self { path, target: Target::Device(device) });
        }
        let place = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let folder = place.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)
            .with_context(|| format!("could not make the folder {}", folder.display()))?;
        let temporary = tempfile::NamedTempFile::new_in(folder).with_context(writing)?;
        Ok(Self { path, target: Target::Neighbour { temporary, place } })
    }

    /// Where to write.
    pub(super) fn file(&self) -> Result<File> {
        let file = match &self.target {
            Target::Neighbour { temporary, .. } => temporary.as_file(),
            Target::Device(device) => device,
        };
        file.try_clone().with_context(|| self.writing())
    }

    /// Puts it in its place.
    pub(super) fn persist(self, durability: Durability) -> Result<()> {
        let writing = self.writing();
        let Target::Neighbour { temporary, place } = self.target else { return Ok(()) };
        let file = temporary.as_file();
        if durability == Durability::Synced {
            file.sync_all().with_context(|| writing.clone())?;
        }
        make_readable(file).with_context(|| writing.clone())?;
        temporary.persist(place).map_err(|e| e.error).context(writing)?;
        Ok(())
    }

    fn writing(&self) -> String {
        format!("could not write {}", self.path.display())
    }
}

/// Temporary files are private; what replaces an ordinary file should be as readable as one.
#[cfg(unix)]
fn make_readable(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn make_readable(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

/// Says something to the user, apart from the results.
pub(super) fn complain(text: &str) {
    // Nothing is left to do when standard error is closed.
    _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Whether the reader of our output has gone: that is its good right.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_and_a_link_leads_to_its_file() {
        use std::os::unix::fs::FileTypeExt;
        write_file(Path::new("/dev/null"), b"words").unwrap();
        assert!(std::fs::metadata("/dev/null").unwrap().file_type().is_char_device());

        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("report.json"), folder.path().join("latest.json"));
        std::fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write_file(&link, b"new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "new");
    }
}
