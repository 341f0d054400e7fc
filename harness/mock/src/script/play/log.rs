//! The commands that came, for a report.

use std::collections::VecDeque;

use tor_harness_control::command::RawCommand;

use crate::transcript::printable;

/// How many commands a report lists, and how much of each.
const COMMANDS: usize = 100;
const COMMAND_BYTES: usize = 200;

/// The last commands that came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CommandLog {
    /// Each with how often it came in a row.
    pub(super) came: VecDeque<(String, u64)>,
    /// How many more there were before those.
    pub(super) earlier: u64,
}

impl CommandLog {
    /// Keeps a command.
    pub(super) fn note(&mut self, command: &RawCommand<'_>) {
        let line = shown(command);
        if let Some((_, times)) = self.came.back_mut().filter(|(last, _)| *last == line) {
            *times += 1;
            return;
        }
        if self.came.len() == COMMANDS {
            let (_, times) = self.came.pop_front().unwrap_or_default();
            self.earlier += times;
        }
        self.came.push_back((line, 1));
    }
}

/// A command as reports show it.
pub(super) fn shown(command: &RawCommand<'_>) -> String {
    if command.keyword.is_empty() && command.arguments.is_empty() {
        return "an empty line".into();
    }
    let mut line = command.keyword.to_vec();
    if !command.arguments.is_empty() {
        line.push(b' ');
        let arguments = command.arguments;
        line.extend_from_slice(arguments.get(..COMMAND_BYTES).unwrap_or(arguments));
    }
    line.truncate(COMMAND_BYTES);
    printable(line.trim_ascii_end())
}
