//! Where the mock is not like tor, knowingly.

use std::sync::LazyLock;

use regex::bytes::Regex;

use super::normalisation::Normalisation;
use super::stand_ins::Kind;

/// A difference that is meant to be.
#[derive(Clone, Copy, Debug)]
pub struct Explained {
    /// What it is about, in a few words.
    pub name: &'static str,
    /// Why it is so.
    pub reason: &'static str,
    /// What is sent.
    sent: &'static str,
    /// What tor says.
    tor: &'static str,
    /// What the mock says.
    mock: &'static str,
}

/// What tor logs and the mock does not, met in messages rather than by a pattern; scripts are
/// followed further.
pub(super) const LOGS: Explained = Explained {
    name: "log",
    reason: "tor explains itself in its log, in the words of its code: where options are refused or changed, \
             at SIGNAL DUMP, and, in STATUS_GENERAL too, where it finds a bug of its own. The mock logs what controllers act upon, and never what tor does not.",
    sent: "",
    tor: "^650[ +](NOTICE|WARN|ERR|STATUS_GENERAL WARN BUG)",
    mock: "",
};

/// Every difference that is meant to be. A script is not followed further behind one that
/// is not about the log: the two tors need not be alike any more.
pub const EXPLAINED: &[Explained] = &[
    LOGS,
    Explained {
        name: "browser",
        reason: "What a browser is told has the same status and headers; the page is the mock's own, not tor's \
                 text.",
        sent: "^(GET|POST|PUT|CONNECT) ",
        tor: "^HTTP/1.0 501 Tor ControlPort is not an HTTP proxy\r\n",
        mock: "^HTTP/1.0 501 Tor ControlPort is not an HTTP proxy\r\n",
    },
    Explained {
        name: "carriage return",
        reason: "A key that is not known and has a CR in it makes tor 0.4.9 answer with a data block and \
                 without a last line; every client would wait for ever.",
        sent: "\r.",
        tor: "552\\+=\r\n",
        mock: "(?s)^552[ -].*Unrecognized key",
    },
    Explained {
        name: "file limit",
        reason: "tor asks its system for as many files as ConnLimit says, and may not get them; the mock asks for \
                 none.",
        sent: "(?i)ConnL|MaxConn",
        tor: "^553 Unable to set option: Problem with ConnLimit value",
        mock: "",
    },
    Explained {
        name: "folders",
        reason: "The mock looks at no file, so it takes paths for Log, ControlSocket, ClientOnionAuthDir and \
                 HiddenServiceDir that tor refuses, or stops at, because there is no such folder.",
        sent: "(?i)Log=|ControlSocket|ClientOnionAuthDir|HiddenServiceDir",
        tor: "^(553 Unable to set option: Failed to (init Log options|bind one of the listener)|513 Unacceptable option value: Failed to configure client authorization|<closed>$)",
        mock: "^250 OK",
    },
    Explained {
        name: "virtual address",
        reason: "tor 0.4.9 crashes as it forgets the virtual addresses that stand for others, if those are virtual \
                 addresses themselves.",
        sent: "(?i)Automap|VirtualAddr",
        tor: "^<closed>$",
        mock: "",
    },
];

/// The table of them, for people: what `harness/mock/DIFFERENCES.md` is.
#[must_use]
pub fn table() -> String {
    let mut text = "# Where the mock is not like tor\n\n\
        Made from `harness/suites/src/differential/explained.rs`; `TOR_HARNESS_WRITE=1 cargo test -p \
        tor-harness-suites --test differential` writes it again.\n\n\
        The same commands get the same bytes from the mock as from a tor 0.4.9 without network, but for these.\n\n\
        | what | why |\n|---|---|\n"
        .to_owned();
    for Explained { name, reason, .. } in EXPLAINED {
        text += &format!("| {name} | {reason} |\n");
    }
    text +=
        "\nReplaced on both sides before they are compared, besides the path of tor's folder:\n\n";
    for one in Normalisation::ALL {
        text += &format!("- {}\n", one.description());
    }
    text += "\nReplaced by a name, the same wherever it comes again:\n\n";
    for kind in Kind::ALL {
        text += &format!("- {}\n", kind.description());
    }
    text
}

/// Which of them this is, if any.
pub(super) fn explained(sent: &[u8], tor: &[u8], mock: &[u8]) -> Option<&'static Explained> {
    static PATTERNS: LazyLock<Vec<[Regex; 3]>> = LazyLock::new(|| {
        let pattern = |text| Regex::new(text).expect("the patterns above are well formed");
        EXPLAINED
            .iter()
            .map(|one| [one.sent, one.tor, one.mock].map(pattern))
            .collect()
    });
    EXPLAINED
        .iter()
        .zip(PATTERNS.iter())
        .find(|(_, patterns)| {
            [sent, tor, mock]
                .iter()
                .zip(patterns.iter())
                .all(|(bytes, pattern)| pattern.is_match(bytes))
        })
        .map(|(one, _)| one)
}
