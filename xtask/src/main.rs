//! `cargo xtask`: the project's own commands.
#![expect(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a command talks to its user"
)]

mod agree;
mod bench;
mod cargo;
mod ci;
mod differential;
mod dist;
mod error;
mod fuzz;
mod linear;
mod namespace;
mod record;
mod test;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The project's own commands
#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    arg_required_else_help = true
)]
struct Xtask {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Test(test::Flags),
    Tidy(tidy::Flags),
    Ci(ci::Flags),
    Dist(dist::Flags),
    Record(record::Flags),
    Differential(differential::Flags),
    Fuzz(fuzz::Flags),
    Linear(linear::Flags),
    Bench(bench::Flags),
    Agree(agree::Flags),
}

fn main() -> ExitCode {
    let done = match Xtask::parse().command {
        Command::Test(flags) => test::run(&flags),
        Command::Tidy(flags) => tidy::run(&flags),
        Command::Ci(flags) => ci::run(&flags),
        Command::Dist(flags) => dist::run(&flags),
        Command::Record(flags) => record::run(&flags),
        Command::Differential(flags) => differential::run(&flags),
        Command::Fuzz(flags) => fuzz::run(&flags),
        Command::Linear(flags) => linear::run(&flags),
        Command::Bench(flags) => bench::run(&flags),
        Command::Agree(flags) => agree::run(&flags),
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        error::exit_code(&error)
    })
}
