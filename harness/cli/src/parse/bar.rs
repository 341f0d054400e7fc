//! How far it has come, on a terminal.

use std::io::{self, IsTerminal as _};

use indicatif::{ProgressBar, ProgressStyle};
use tor_harness::archive::Progress;

/// A bar on standard error; nothing where that is no terminal, or where the
/// documents themselves run down a terminal.
pub(super) struct Bar {
    bar: ProgressBar,
    progress: Progress,
}

impl Bar {
    /// `size` is how many bytes there are to be read.
    pub(super) fn new(size: Option<u64>, progress: Progress) -> Self {
        let bar = match (
            io::stderr().is_terminal() && !io::stdout().is_terminal(),
            size,
        ) {
            (false, _) => ProgressBar::hidden(),
            (true, Some(size)) => ProgressBar::new(size).with_style(style(
                "{wide_bar} {bytes} of {total_bytes}, {msg}, {eta} left",
            )),
            (true, None) => {
                ProgressBar::no_length().with_style(style("{spinner} {bytes}, {msg}, {elapsed}"))
            }
        };
        Self { bar, progress }
    }

    pub(super) fn update(&self) {
        if !self.bar.is_hidden() {
            let counts = self.progress.counts();
            self.bar.set_position(counts.read);
            self.bar
                .set_message(format!("{} documents", counts.documents));
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
