//! What is replaced on both sides before they are compared.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::bytes::Regex;

/// What two tors say differently though they are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Normalisation {
    /// The number of its process.
    Pid,
    /// The time of day, and how long it runs.
    Clock,
    /// How many bytes went over its connections, by second or in all.
    Traffic,
    /// How much memory and how many files its machine lets it have.
    Machine,
    /// The server's half of AUTHCHALLENGE, which is random.
    Challenge,
    /// The salt and the hash of a password.
    HashedPassword,
}

impl Normalisation {
    /// All of them. The path of tor's folder is replaced as well.
    pub const ALL: [Self; 6] = [
        Self::Pid,
        Self::Clock,
        Self::Traffic,
        Self::Machine,
        Self::Challenge,
        Self::HashedPassword,
    ];

    /// What is replaced, for people.
    #[must_use]
    pub fn description(self) -> &'static str {
        match self {
            Self::Pid => "the number of tor's process",
            Self::Clock => "the time of day, and how long tor runs",
            Self::Traffic => "how many bytes went over its connections",
            Self::Machine => "how much memory and how many files its machine lets it have",
            Self::Challenge => "the server's half of AUTHCHALLENGE, which is random",
            Self::HashedPassword => "the salt and the hash of a password",
        }
    }

    fn pattern(self) -> &'static str {
        match self {
            Self::Pid => r"(process/pid=)[0-9]+",
            Self::Clock => {
                r#"((?:uptime|current-time/[a-z]+)=|uptime is |next-attempt-at |"[0-9]{4}-)[0-9:T-]+(?: [0-9:]{8})?"#
            }
            Self::Traffic => r"((?:traffic/(?:read|written)|bw-event-cache)=)[0-9, ]*",
            Self::Machine => r"((?:process/descriptor-limit|limits/max-mem-in-queues)=)[0-9]+",
            Self::Challenge => r"(SERVERHASH=|SERVERNONCE=)[0-9A-F]{64}",
            Self::HashedPassword => r"(HashedControlPassword[ =])16:[0-9A-F]{58}",
        }
    }
}

/// What is compared of what a tor with this folder said.
pub(super) fn normalise(bytes: &[u8], folder: &str) -> Vec<u8> {
    static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        let patterns = Normalisation::ALL.into_iter().map(Normalisation::pattern);
        patterns
            .map(|pattern| Regex::new(pattern).expect("the patterns above are well formed"))
            .collect()
    });
    let folder = Regex::new(&regex::escape(folder)).expect("an escaped text is well formed");
    let bytes = folder.replace_all(bytes, &b"/tor"[..]);
    PATTERNS.iter().fold(bytes.into_owned(), |bytes, pattern| {
        match pattern.replace_all(&bytes, &b"${1}..."[..]) {
            Cow::Borrowed(_) => bytes,
            Cow::Owned(replaced) => replaced,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_what_varies_alone() {
        for (said, compared) in [
            ("250-process/pid=47\r\n", "250-process/pid=...\r\n"),
            ("250-uptime=0\r\n250 OK\r\n", "250-uptime=...\r\n250 OK\r\n"),
            ("250-traffic/read=12\r\n", "250-traffic/read=...\r\n"),
            (
                "650 NOTICE uptime is 0:00 hours, with 0",
                "650 NOTICE uptime is ... hours, with 0",
            ),
            (
                "250-current-time/utc=2026-11-22T01:43:23\r\n",
                "250-current-time/utc=...\r\n",
            ),
            (
                "250-config-file=/tmp/x.1/torrc\r\n",
                "250-config-file=/tor/torrc\r\n",
            ),
            (
                "250 MaxCircuitDirtiness=600\r\n",
                "250 MaxCircuitDirtiness=600\r\n",
            ),
        ] {
            let bytes = normalise(said.as_bytes(), "/tmp/x.1");
            assert_eq!(String::from_utf8_lossy(&bytes), compared);
        }
    }
}
