//! `bantin`, the program: bulletins in, facts out.

mod args;
mod commands;
mod config;
mod error;
mod input;
mod output;
mod page;
mod run;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Color, Command, Common};
use error::{Error, tell};

fn main() -> ExitCode {
    let Cli { command, common } = Cli::parse();
    match run(command, &common) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            tell(&error.to_string());
            ExitCode::from(2)
        }
    }
}

fn run(command: Command, common: &Common) -> Result<bool, Error> {
    let config = &config::load(common)?;
    let common = &config.common(common);
    match common.color {
        Some(Color::Always) => anstream::ColorChoice::Always.write_global(),
        Some(Color::Never) => anstream::ColorChoice::Never.write_global(),
        Some(Color::Auto) | None => {}
    }
    match command {
        Command::Extract(arguments) => commands::extract::run(&arguments, config, common),
        Command::Report(arguments) => commands::report::run(&arguments, config, common),
        Command::Serve(arguments) => commands::serve::run(&arguments, config, common),
        Command::Check(arguments) => commands::check::run(&arguments, config, common),
        Command::Normalize(arguments) => commands::normalize::run(&arguments, config, common),
        Command::Lexicon(arguments) => commands::lexicon::run(arguments),
        Command::Completions { shell } => commands::manual::completions(shell),
        Command::Man { folder } => commands::manual::man(folder),
    }
}
