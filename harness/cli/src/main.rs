//! The command `tor-harness`, for tests in any language.

mod args;
mod child;
mod exit;
mod help;
mod make;
mod mock;
mod network;
mod owner;
mod parse;
mod port_file;
mod progress;
mod proxy;
mod record;
mod session;
mod socket;
mod stdout;
mod time;
mod tor;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command};

fn main() -> ExitCode {
    let result = match Args::parse().command {
        Command::Mock(args) => mock::run(args),
        Command::Tor(args) => tor::run(args),
        Command::Network(args) => network::run(args),
        Command::Record(args) => record::run(args),
        Command::Parse(args) => parse::run(args),
        Command::Make(args) => make::run(args),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            exit::complain(&error);
            exit::NOT_STARTED.into()
        }
    }
}
