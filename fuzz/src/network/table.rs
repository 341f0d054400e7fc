//! The table of ways against who finds them.

use std::fmt;
use std::path::Path;

use super::way::Way;

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// [`said`](super::said()).
    Ours,
    /// A real tor.
    Tor,
    /// tor-netdoc, its newer generation of readers.
    Parse2,
    /// The other, which its client uses.
    Parse,
}

/// What each says of every way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table(Vec<Row>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    way: [String; 2],
    answers: [String; 4],
}

/// Where nobody is asked.
const NOT_ASKED: &str = "–";
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/WAYS.md");
/// Set to anything, the table is written, not compared.
const WRITE: &str = "TOR_HARNESS_WRITE_WAYS";

const HEAD: &str = include_str!("table.md");

impl Table {
    /// The table of a text as [`Table`] is written.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let rows = text.lines().filter_map(|line| {
            let cells = line.strip_prefix("| ")?.strip_suffix(" |")?;
            let cells: Vec<_> = cells.split(" | ").map(str::to_owned).collect();
            let [kind, name, answers @ ..] = &cells[..] else {
                return None;
            };
            let answers = answers.to_vec().try_into().ok()?;
            let way = [kind.clone(), name.clone()];
            (kind != "kind").then_some(Row { way, answers })
        });
        Self(rows.collect())
    }

    /// The same with other answers in a column. There is a row for each way, in their order.
    #[must_use]
    pub fn with(&self, column: Column, answers: impl Fn(&Way) -> Option<String>) -> Self {
        let rows = Way::all().map(|way| {
            let names = [way.kind.to_string(), way.name.to_owned()];
            let old = self.0.iter().find(|row| row.way == names);
            let mut row = old.cloned().unwrap_or_else(|| Row {
                way: names,
                answers: [NOT_ASKED; 4].map(str::to_owned),
            });
            let answer = answers(&way).unwrap_or_else(|| NOT_ASKED.to_owned());
            row.answers[column as usize] = answer.replace('|', "/");
            row
        });
        Self(rows.collect())
    }

    /// Compares a column of the file `WAYS.md` with what is answered now; where the environment has
    /// `TOR_HARNESS_WRITE_WAYS`, writes it.
    ///
    /// # Errors
    /// If it is another, each row that is; if the file cannot be read or written.
    pub fn hold(column: Column, answers: impl Fn(&Way) -> Option<String>) -> Result<(), String> {
        let path = Path::new(FILE);
        let place = |error: std::io::Error| format!("fuzz/WAYS.md: {error}");
        let is_written = std::env::var_os(WRITE).is_some();
        let text = match std::fs::read_to_string(path) {
            Err(_) if is_written => String::new(),
            text => text.map_err(place)?,
        };
        let new = Self::read(&text).with(column, answers).to_string();
        if new == text {
            return Ok(());
        }
        if is_written {
            return std::fs::write(path, new).map_err(place);
        }
        let is_new = |line: &&str| !text.lines().any(|old| old == *line);
        let rows: Vec<_> = new.lines().filter(is_new).collect();
        Err(format!(
            "fuzz/WAYS.md says something else, or in another order; with {WRITE}=1 it is written. Now:\n{}",
            rows.join("\n")
        ))
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEAD)?;
        for Row { way, answers } in &self.0 {
            writeln!(f, "| {} | {} |", way.join(" | "), answers.join(" | "))?;
        }
        Ok(())
    }
}
