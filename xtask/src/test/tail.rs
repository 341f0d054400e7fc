//! A file of events, read while it grows.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use tor_harness_runner::events::Event;

/// The end of a file of events.
pub(crate) struct Tail {
    file: File,
    /// What was read but is no whole line yet.
    rest: Vec<u8>,
}

impl Tail {
    /// Makes an empty file, and stays at its end.
    pub(crate) fn create(path: &Path) -> Result<Self> {
        let opened = File::create(path).and_then(|_| File::open(path));
        let file = opened.with_context(|| format!("cannot make {}", path.display()))?;
        Ok(Self {
            file,
            rest: Vec::new(),
        })
    }

    /// The events that were added since the last call.
    pub(crate) fn read(&mut self) -> Result<Vec<Event>> {
        self.file.read_to_end(&mut self.rest)?;
        let whole = self
            .rest
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |end| end + 1);
        let after = self.rest.split_off(whole);
        let lines = std::mem::replace(&mut self.rest, after);
        String::from_utf8_lossy(&lines)
            .lines()
            .map(|line| Ok(Event::from_line(line)?))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::fs::OpenOptions;
    use std::io::Write as _;

    use super::*;

    #[test]
    fn only_whole_lines_are_read() {
        let path = std::env::temp_dir().join(format!("xtask-tail-{}.jsonl", std::process::id()));
        let mut tail = Tail::create(&path).unwrap();
        let mut writer = OpenOptions::new().append(true).open(&path).unwrap();
        let mut read_after = |text: &str| {
            writer.write_all(text.as_bytes()).unwrap();
            tail.read()
                .map(|events| events.len())
                .map_err(|error| error.to_string())
        };
        let line = "{\"v\":1,\"type\":\"test-started\",\"suite\":\"auth\",\"name\":\"cookie\"}\n";
        assert_eq!(read_after(""), Ok(0));
        let (start, end) = line.split_at(20);
        assert_eq!(read_after(start), Ok(0));
        assert_eq!(read_after(end), Ok(1));
        assert_eq!(read_after(&line.repeat(2)), Ok(2));
        assert!(read_after("{\"v\":2}\n").unwrap_err().contains("version 2"));
        std::fs::remove_file(&path).unwrap();
    }
}
