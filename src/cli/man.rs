//! `man`: the name of a command in; its manual page out, or those of all commands into a folder.

use super::args::Arguments;
use super::config::BadConfiguration;
use super::{Ending, near, output};
use anyhow::{Context, Result};
use clap::CommandFactory;
use std::path::Path;

/// Prints the page of a command, or writes every page.
pub(super) fn run(names: &[String], folder: Option<&Path>) -> Result<Ending> {
    if let Some(folder) = folder {
        let writing = || format!("could not write manual pages into {}", folder.display());
        std::fs::create_dir_all(folder).with_context(writing)?;
        clap_mangen::generate_to(Arguments::command(), folder).with_context(writing)?;
        return Ok(Ending::Clean);
    }
    let mut command = Arguments::command();
    command.build();
    for name in names {
        let Some(inner) = command.find_subcommand(name) else {
            let hint = near::hint(name, command.get_subcommands().map(clap::Command::get_name));
            let why = format!("`{}` has no command `{name}`{hint}", command.get_name());
            return Err(BadConfiguration::new(why).into());
        };
        command = inner.clone();
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    output::write(&page, None)
}
