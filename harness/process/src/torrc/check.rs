//! What a user may add to a throwaway tor's torrc.
//!
//! The promises do not rest on this: what they need is given on tor's command
//! line, which no torrc can undo. This says early, and where, what would have
//! no effect or would leave the folder.

use tor_harness_types::{Place, Span};

use super::scan::{Line, Word, lines};

/// Text that a user adds to the torrc.
#[derive(Clone, Debug)]
pub(crate) struct Extra {
    /// What the user knows it by, such as its file's path.
    pub(crate) origin: String,
    pub(crate) text: String,
}

/// A torrc line that a throwaway tor refuses, and where it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{origin}:{}:{}: {refusal}", .place.line, .place.column)]
pub struct TorrcError {
    /// The file, or the call that added the text.
    pub origin: String,
    /// Where in it.
    pub place: Place,
    /// What is wrong there.
    pub refusal: Refusal,
}

/// What a throwaway tor refuses in a torrc.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// An option that the harness sets.
    #[error("`{written}` sets {option}: {instead}")]
    Option {
        /// The line.
        written: String,
        /// The option's whole name.
        option: &'static str,
        /// Why not, or what to do instead.
        instead: &'static str,
    },
    /// A word that names a path outside of tor's folder.
    #[error("`{0}` leaves tor's folder: write a path relative to it, or {{dir}}/..., or /dev/null")]
    Outside(String),
    /// An `%include`.
    #[error("`%include` reads files that the harness has not checked: give their text instead")]
    Include,
    /// A log outside of the folder.
    #[error("`{0}` logs outside of tor's folder: log to a file in it, or read the harness's log")]
    SystemLog(String),
    /// A `/Log` line, which would clear the log that the harness reads.
    #[error("`/Log` clears the log that the harness reads: leave it out")]
    ClearedLog,
}

/// Looks for the first thing that a throwaway tor refuses.
pub(crate) fn check(extra: &Extra) -> Result<(), TorrcError> {
    for line in extra.lines() {
        check_line(&line).map_err(|(word, refusal)| TorrcError {
            origin: extra.origin.clone(),
            place: Span::from(word.start..word.start).place(extra.text.as_bytes()),
            refusal,
        })?;
    }
    Ok(())
}

impl Extra {
    /// Whether some line names an option.
    pub(super) fn sets(&self, option: &str) -> bool {
        self.lines().iter().any(|line| line.sets(option))
    }

    /// Its lines, as tor cuts them.
    pub(crate) fn lines(&self) -> Vec<Line> {
        lines(&self.text)
    }
}

impl Line {
    /// Whether tor may take it for one that sets an option.
    pub(crate) fn sets(&self, option: &str) -> bool {
        abbreviates(bare(&self.keyword), option)
    }
}

/// An option that the harness sets, except to this harmless value.
struct Rule {
    option: &'static str,
    harmless: Option<&'static str>,
    instead: &'static str,
}

const fn rule(option: &'static str, instead: &'static str) -> Rule {
    Rule {
        option,
        harmless: None,
        instead,
    }
}

const LISTEN: &str = "say where to listen with `listen` (--listen)";
const AUTH: &str = "say how to authenticate with `auth` (--auth)";
const DATA: &str = "the data stay in the folder's `data`";
const PLUGIN: &str = "the harness alone says which programs tor runs";

const RULES: &[Rule] = &[
    Rule {
        option: "DisableNetwork",
        harmless: Some("1"),
        instead: "the harness alone says when a tor has a network",
    },
    Rule {
        option: "RunAsDaemon",
        harmless: Some("0"),
        instead: "a tor of the harness ends with its owner",
    },
    rule(
        "User",
        "a tor of the harness runs as the user who starts it",
    ),
    rule("ControlPort", LISTEN),
    rule("ControlSocket", LISTEN),
    rule("ControlPortWriteToFile", LISTEN),
    rule("CookieAuthentication", AUTH),
    rule("CookieAuthFile", AUTH),
    rule("HashedControlPassword", AUTH),
    rule("HashedControlSessionPassword", AUTH),
    rule("DataDirectory", DATA),
    rule("ClientTransportPlugin", PLUGIN),
    rule("ServerTransportPlugin", PLUGIN),
];

fn check_line(line: &Line) -> Result<(), (&Word, Refusal)> {
    let keyword = bare(&line.keyword);
    if keyword.eq_ignore_ascii_case("%include") {
        return Err((&line.keyword, Refusal::Include));
    }
    if let Some(rule) = RULES.iter().find(|rule| line.sets(rule.option)) {
        let is_harmless = rule
            .harmless
            .is_some_and(|value| matches!(&*line.arguments, [only] if only.text == value));
        if !is_harmless {
            let refusal = Refusal::Option {
                written: written(line),
                option: rule.option,
                instead: rule.instead,
            };
            return Err((&line.keyword, refusal));
        }
    }
    if line.sets("Log") {
        check_log(line)?;
    }
    match line.arguments.iter().find(|word| is_outside(&word.text)) {
        Some(word) => Err((word, Refusal::Outside(word.text.clone()))),
        None => Ok(()),
    }
}

fn check_log(line: &Line) -> Result<(), (&Word, Refusal)> {
    if line.keyword.text.starts_with('/') {
        return Err((&line.keyword, Refusal::ClearedLog));
    }
    let is_system = |word: &&Word| word.text.eq_ignore_ascii_case("syslog");
    match line.arguments.iter().find(is_system) {
        Some(word) => Err((word, Refusal::SystemLog(written(line)))),
        None => Ok(()),
    }
}

/// A keyword without the `+` that appends or the `/` that clears, or the `__` before the names that
/// tor does not save.
fn bare(keyword: &Word) -> &str {
    let keyword = keyword.text.trim_start_matches(['+', '/']);
    keyword.strip_prefix("__").unwrap_or(keyword)
}

/// Whether tor may take a keyword for an option: it takes any case, and the
/// beginning of a name for the whole.
fn abbreviates(keyword: &str, option: &str) -> bool {
    !keyword.is_empty()
        && option
            .get(..keyword.len())
            .is_some_and(|beginning| beginning.eq_ignore_ascii_case(keyword))
}

fn is_outside(word: &str) -> bool {
    let path = word.trim_start_matches('"');
    let path = path.strip_prefix("unix:").unwrap_or(path).trim_matches('"');
    path != "/dev/null"
        && (path.starts_with(['/', '~']) || path.split('/').any(|part| part == ".."))
}

fn written(line: &Line) -> String {
    std::iter::once(&line.keyword)
        .chain(&line.arguments)
        .map(|word| word.text.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Option<String> {
        let extra = Extra {
            origin: "my.torrc".to_owned(),
            text: text.to_owned(),
        };
        check(&extra).err().map(|error| error.to_string())
    }

    #[track_caller]
    fn refuses(text: &str, expected: &str) {
        assert_eq!(refused(text).as_deref(), Some(expected), "{text:?}");
    }

    #[test]
    fn accepts_what_stays_inside() {
        for text in [
            "",
            "ContactInfo somebody <a@b.example> and/or others",
            "DisableNetwork 1\nRunAsDaemon 0",
            "SocksPort unix:{dir}/socks\nORPort 127.0.0.1:auto",
            "Log debug file {dir}/debug.log\nLog [net]info file info.log",
            "GeoIPFile /dev/null",
            "ExitPolicy accept 127.0.0.0/8:*\nReachableAddresses */80",
            "MyFamily $0123~name",
            "# %include /etc/tor/torrc\nNickname a # ControlPort 9051",
        ] {
            assert_eq!(refused(text), None, "{text:?}");
        }
    }

    #[test]
    fn refuses_what_the_harness_sets() {
        refuses(
            "Nickname a\n  disablenet 0",
            "my.torrc:2:3: `disablenet 0` sets DisableNetwork: the harness alone says when \
             a tor has a network",
        );
        refuses(
            "Nickname a\n+ControlPort 9051",
            "my.torrc:2:1: `+ControlPort 9051` sets ControlPort: say where to listen with \
             `listen` (--listen)",
        );
        for rule in RULES {
            for value in ["", "auto", "0 1", "\"1 1\""] {
                for hidden in ["", "__"] {
                    let text = format!("{hidden}{} {value}", rule.option.to_uppercase());
                    let error = refused(&text).expect(&text);
                    assert!(error.contains(rule.instead), "{error}");
                }
            }
        }
    }

    #[test]
    fn refuses_what_leaves_the_folder() {
        refuses(
            "Log notice \\\n é file /var/log/tor",
            "my.torrc:2:10: `/var/log/tor` leaves tor's folder: write a path relative to it, \
             or {dir}/..., or /dev/null",
        );
        for path in [
            "/",
            "~",
            "~/x",
            "..",
            "../x",
            "a/../b",
            "{dir}/..",
            "\"/a b\"",
            "\"\\x2fetc\"",
            "80 unix:/x",
            "unix:\"/a b\"",
        ] {
            let text = format!("PidFile {path}");
            assert!(
                refused(&text).is_some_and(|error| error.contains("leaves")),
                "{text}"
            );
        }
    }

    #[test]
    fn refuses_other_ways_out() {
        refuses(
            "%INCLUDE more",
            "my.torrc:1:1: `%include` reads files that the harness has not checked: give \
             their text instead",
        );
        refuses(
            "lo err Syslog",
            "my.torrc:1:8: `lo err Syslog` logs outside of tor's folder: log to a file in \
             it, or read the harness's log",
        );
        refuses(
            "/lo",
            "my.torrc:1:1: `/Log` clears the log that the harness reads: leave it out",
        );
    }
}
