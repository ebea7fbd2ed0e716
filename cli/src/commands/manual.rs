//! `bantin completions` and `bantin man`

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::print;
use crate::args::Cli;
use crate::error::Error;
use crate::output::WholeFile;

/// Prints the script that completes commands.
pub fn completions(shell: clap_complete::Shell) -> Result<bool, Error> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "bantin", &mut script);
    print(&script)?;
    Ok(true)
}

/// Prints the manual page of the program, or writes one for it and one for each subcommand into a folder, which is made where it is missing.
pub fn man(folder: Option<PathBuf>) -> Result<bool, Error> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let Some(folder) = folder else {
        print(&page(Man::new(command))?)?;
        return Ok(true);
    };
    fs::create_dir_all(&folder).map_err(|error| Error::new(folder.display().to_string(), error))?;
    for man in pages(command) {
        let path = folder.join(man.get_filename());
        let mut file = WholeFile::create(&path)?;
        file.write_all(&page(man)?).map_err(|error| Error::new(path.display().to_string(), error))?;
        file.finish()?;
    }
    Ok(true)
}

/// The pages of a command and of all below it.
fn pages(command: Command) -> Vec<Man> {
    let mut all: Vec<Man> = command.get_subcommands().cloned().flat_map(pages).collect();
    all.push(Man::new(command));
    all
}

fn page(man: Man) -> Result<Vec<u8>, Error> {
    // Left alone, pages of subcommands name no version.
    let man = man.source(concat!("bantin ", env!("CARGO_PKG_VERSION")));
    let mut page = Vec::new();
    man.render(&mut page).map_err(|error| Error::new("man", error))?;
    Ok(page)
}
