//! How far it has come, on a terminal.

use std::io::{self, IsTerminal as _};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// How often what turns is turned.
const TICK: Duration = Duration::from_millis(100);

/// A line on standard error while something takes long; nothing where that is no terminal.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Something is done, and nobody knows for how long.
    pub(crate) fn doing(what: impl Into<String>) -> Self {
        let bar = shown(ProgressBar::no_length(), "{spinner} {msg}, {elapsed}");
        bar.set_message(what.into());
        bar.enable_steady_tick(TICK);
        Self(bar)
    }

    /// Something else is done now.
    pub(crate) fn now(&self, what: &'static str) {
        self.0.set_message(what);
    }

    /// So many folders are written.
    pub(crate) fn writing(folders: u64) -> Self {
        Self(shown(
            ProgressBar::new(folders),
            "{wide_bar} {pos} of {len} folders, {eta} left",
        ))
    }

    /// One of them more.
    pub(crate) fn step(&self) {
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
