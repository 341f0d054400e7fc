//! The table that is printed.

use std::time::Duration;

use tor_harness_benches::Load;

use crate::stopwatch::Measured;

/// One load, read by us and by somebody else in the same way.
pub(crate) struct Row {
    what: String,
    who: &'static str,
    messages: usize,
    ours: Measured,
    theirs: Measured,
    /// What both spend on the socket.
    socket: Option<Duration>,
}

impl Row {
    pub(crate) fn new(load: &Load, who: &'static str, ours: Measured, theirs: Measured) -> Self {
        let size = match load.bytes.len() / load.messages {
            bytes if bytes < 1_000_000 => format!("{bytes} B"),
            bytes => format!("{:.1} MB", bytes as f64 / 1e6),
        };
        Self {
            what: format!("{}, {size}", load.name),
            who,
            messages: load.messages,
            ours,
            theirs,
            socket: None,
        }
    }

    /// This row with what both spend on the socket.
    pub(crate) fn beyond(self, socket: Measured) -> Self {
        Self {
            socket: socket.ok(),
            ..self
        }
    }

    fn cells(&self) -> [String; 5] {
        let each = |time: Duration| time.as_secs_f64() * 1e9 / self.messages as f64;
        let shown = |measured: &Measured| match measured {
            Ok(time) => format!("{:.0}", each(*time)),
            Err(error) => format!("fails: {error}"),
        };
        let ratio = |less: Duration| match (&self.ours, &self.theirs) {
            (Ok(ours), Ok(theirs)) if *ours > less => {
                let ratio = each(theirs.saturating_sub(less)) / each(*ours - less);
                Some(format!("{ratio:.1}"))
            }
            _ => None,
        };
        let mut ratios = ratio(Duration::ZERO).unwrap_or_else(|| "-".to_owned());
        if let Some(socket) = self.socket
            && let Some(beyond) = ratio(socket)
        {
            ratios += &format!(" ({beyond} beyond the socket's {:.0} ns)", each(socket));
        }
        [
            self.what.clone(),
            self.who.to_owned(),
            shown(&self.ours),
            shown(&self.theirs),
            ratios,
        ]
    }
}

/// Prints the rows as a table in Markdown.
pub(crate) fn print(rows: &[Row]) {
    println!("| what | peer | ours, ns | peer, ns | ratio |");
    println!("|---|---|--:|--:|--:|");
    for row in rows {
        println!("| {} |", row.cells().join(" | "));
    }
}
