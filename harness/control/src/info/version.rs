//! The values that are versions of tor.

use alloc::vec::Vec;

use crate::info::info_value::utf8;
use crate::info::list::until;
use crate::info::word::word_values;
use crate::info::{InfoValue, ListItem};
use crate::problem::ParseError;
use crate::words::words;

words! {
    /// What the authorities think of this tor: `status/version/current`.
    VersionStatus {
        /// Newer than all they recommend.
        New = "new",
        /// Older than those they recommend.
        Old = "old",
        /// None that they recommend.
        Unrecommended = "unrecommended",
        /// One that they recommend.
        Recommended = "recommended",
        /// Newer than those of its series that they recommend.
        NewInSeries = "new in series",
        /// Older than all they recommend.
        Obsolete = "obsolete",
        /// There is no consensus to say.
        Unknown = "unknown",
    }
}

word_values! {
    VersionStatus: "version status",
}

/// A version of tor: `0.4.9.11 (git-0123456789abcdef)` (version-spec).
///
/// `status/version/recommended` is a list of these, or `?` where there is no
/// consensus, which has no [`numbers`](Self::numbers).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TorVersion<'a> {
    /// The software's name, where it was given: `Tor`.
    pub software: Option<&'a str>,
    /// The numbers with the status tag: `0.4.9.11-dev`.
    pub version: &'a str,
    /// What follows a space: `(git-0123456789abcdef) (other)`.
    pub extra: Option<&'a str>,
}

impl<'a> TorVersion<'a> {
    /// Major, minor, micro version and patch level, which may be left out.
    #[must_use]
    pub fn numbers(&self) -> Option<[u32; 4]> {
        let (numbers, _) = self.version.split_once('-').unwrap_or((self.version, ""));
        let mut parts = numbers.split('.');
        let mut part = || parts.next().map(str::parse);
        let version = [
            part()?.ok()?,
            part()?.ok()?,
            part()?.ok()?,
            part().unwrap_or(Ok(0)).ok()?,
        ];
        parts.next().is_none().then_some(version)
    }

    /// The status tag: `alpha`, `rc`, `dev`, `alpha-dev`, ...
    #[must_use]
    pub fn status_tag(&self) -> Option<&'a str> {
        self.version.split_once('-').map(|(_, tag)| tag)
    }

    /// The commit that it was built of, in hexadecimal.
    #[must_use]
    pub fn git_commit(&self) -> Option<&'a str> {
        self.extra?
            .split(['(', ')'])
            .find_map(|part| part.strip_prefix("git-"))
    }
}

impl<'a> InfoValue<'a> for TorVersion<'a> {
    fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        let whole = utf8(text, "version")?;
        let (software, rest) = match whole.split_once(' ') {
            Some((name, rest)) if name.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                (Some(name), rest)
            }
            _ => (None, whole),
        };
        let (version, extra) = match rest.split_once(' ') {
            Some((version, extra)) => (version, Some(extra)),
            None => (rest, None),
        };
        Ok(Self {
            software,
            version,
            extra,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        if let Some(software) = self.software {
            out.extend_from_slice(software.as_bytes());
            out.push(b' ');
        }
        out.extend_from_slice(self.version.as_bytes());
        if let Some(extra) = self.extra {
            out.push(b' ');
            out.extend_from_slice(extra.as_bytes());
        }
    }
}

impl<'a> ListItem<'a> for TorVersion<'a> {
    fn end(list: &[u8]) -> usize {
        until(b',', list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads() {
        for (text, numbers, tag, git) in [
            ("0.4.9.11", Some([0, 4, 9, 11]), None, None),
            ("Tor 0.0.9", Some([0, 0, 9, 0]), None, None),
            (
                "Tor 0.4.9.1-alpha-dev (x) (git-00ff) (y)",
                Some([0, 4, 9, 1]),
                Some("alpha-dev"),
                Some("00ff"),
            ),
            ("0.0.9pre5", None, None, None),
            ("1.2.3.4.5", None, None, None),
            ("?", None, None, None),
            ("", None, None, None),
        ] {
            let version = TorVersion::parse(text.as_bytes()).unwrap();
            let read = (
                version.numbers(),
                version.status_tag(),
                version.git_commit(),
            );
            assert_eq!(read, (numbers, tag, git), "{text:?}");
            assert_eq!(version.to_bytes(), text.as_bytes());
        }
    }
}
