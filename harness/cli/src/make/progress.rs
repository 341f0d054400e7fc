//! How far it has come, on a terminal.

use std::io::{self, IsTerminal as _};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// How often what turns is turned.
const TICK: Duration = Duration::from_millis(100);

/// A line on standard error while something takes long; nothing where that is no terminal.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Documents of so many relays are made.
    pub(super) fn making(relays: u64) -> Self {
        let bar = shown(ProgressBar::no_length(), "{spinner} {msg}, {elapsed}");
        bar.set_message(format!("making {relays} relays"));
        bar.enable_steady_tick(TICK);
        Self(bar)
    }

    /// So many folders are written.
    pub(super) fn writing(folders: u64) -> Self {
        Self(shown(
            ProgressBar::new(folders),
            "{wide_bar} {pos} of {len} folders, {eta} left",
        ))
    }

    /// One of them more.
    pub(super) fn step(&self) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn shown(bar: ProgressBar, template: &str) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template(template);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
