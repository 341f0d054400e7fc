//! How it looks: times, colours.

use std::io::IsTerminal as _;

/// Whether there are colours.
#[derive(Clone, Copy)]
pub(crate) struct Style {
    colour: bool,
}

impl Style {
    /// Colours for a terminal, unless `NO_COLOR` is set.
    pub(crate) fn for_stdout() -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            colour: !refused && std::io::stdout().is_terminal(),
        }
    }

    pub(crate) fn good(self, text: &str) -> String {
        self.paint("32", text)
    }

    pub(crate) fn bad(self, text: &str) -> String {
        self.paint("1;31", text)
    }

    pub(crate) fn skipped(self, text: &str) -> String {
        self.paint("33", text)
    }

    pub(crate) fn heading(self, text: &str) -> String {
        self.paint("1", text)
    }

    fn paint(self, code: &str, text: &str) -> String {
        if self.colour {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }
}

/// `12 ms`, from one second on `1.25 s`, and `<1 ms` where it would be none.
pub(crate) fn display_time(seconds: f64) -> String {
    if seconds < 0.0005 {
        "<1 ms".to_owned()
    } else if seconds < 0.9995 {
        format!("{:.0} ms", seconds * 1e3)
    } else {
        format!("{seconds:.2} s")
    }
}

#[cfg(test)]
impl Style {
    /// No colours.
    pub(crate) const PLAIN: Self = Self { colour: false };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        for (seconds, expected) in [
            (0.0, "<1 ms"),
            (0.0004, "<1 ms"),
            (0.0006, "1 ms"),
            (0.0123, "12 ms"),
            (0.999, "999 ms"),
            (0.9996, "1.00 s"),
            (1.254, "1.25 s"),
            (75.0, "75.00 s"),
        ] {
            assert_eq!(display_time(seconds), expected);
        }
    }

    #[test]
    fn colours() {
        assert_eq!(Style::PLAIN.bad("no"), "no");
        assert_eq!(Style { colour: true }.bad("no"), "\u{1b}[1;31mno\u{1b}[0m");
    }
}
