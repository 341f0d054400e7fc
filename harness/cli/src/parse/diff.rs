//! A consensus diff as JSON.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use tor_harness::netdoc::{Action, Command, ConsensusDiff, Document};

use super::fields::Fields;
use super::lines::placed;
use super::seq::Seq;
use super::value::{hex, lossy};

/// Adds `fields`, the items of the header, and `commands`. What is no command
/// is only among the problems.
pub(super) fn add_to<M: SerializeMap>(
    map: &mut M,
    document: Document<'_>,
    line: u64,
) -> Result<(), M::Error> {
    let read = ConsensusDiff::read(document);
    let fields = Fields {
        part: read.fields().document(),
        section: ConsensusDiff::RULES.sections.first(),
        line,
    };
    map.serialize_entry("fields", &fields)?;
    let commands = || read.commands().flatten();
    let shown = placed(document.as_bytes(), line, commands, |lines, command| {
        CommandShown {
            line: lines.line_of_part(command.line),
            command,
        }
    });
    map.serialize_entry("commands", &shown)
}

struct CommandShown<'a> {
    line: usize,
    command: Command<'a>,
}

impl Serialize for CommandShown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Command {
            action,
            first,
            last,
            lines,
            ..
        } = self.command;
        let action = match action {
            Action::Append => "append",
            Action::Change => "change",
            Action::Delete => "delete",
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("line", &self.line)?;
        map.serialize_entry("action", action)?;
        map.serialize_entry("first", &first)?;
        map.serialize_entry("last", &last)?;
        map.serialize_entry("lines", &Seq(|| each(lines).map(lossy)))?;
        if std::str::from_utf8(lines).is_err() {
            map.serialize_entry("hex", &hex(lines))?;
        }
        map.end()
    }
}

/// Each line without its end.
fn each(lines: &[u8]) -> impl Iterator<Item = &[u8]> {
    let all = lines.split_inclusive(|byte| *byte == b'\n');
    all.map(|line| line.strip_suffix(b"\n").unwrap_or(line))
}
