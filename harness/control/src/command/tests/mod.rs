//! Commands as tor reads them.

mod read;
mod refused;
mod rows;

use crate::command::{Command, RawCommand};
use crate::problem::ParseError;

fn parse(line: &[u8]) -> Result<Command<'_>, ParseError> {
    Command::parse(&RawCommand::new(line))
}
