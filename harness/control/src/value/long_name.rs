//! A relay as tor names it.

use tor_harness_types::Fingerprint;

use crate::value::text_value::text_value;

/// The digits of a fingerprint.
const DIGITS: usize = 40;

/// A relay as tor names it (section 2.4): `$FINGERPRINT~nickname`,
/// `$FINGERPRINT=nickname` for one that was Named (before 0.3.1.3),
/// `$FINGERPRINT`, or a nickname alone; in entry-guards of old tors a
/// fingerprint without `$`.
///
/// ```
/// use tor_harness_control::value::LongName;
///
/// let name = LongName::new("$9695DFC35FFEB861329B9F1AB04C46397020CE31~moria1");
/// assert_eq!(name.fingerprint(), Some("9695DFC35FFEB861329B9F1AB04C46397020CE31"));
/// assert_eq!(name.nickname(), Some("moria1"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LongName<'a>(&'a str);

text_value! { LongName, "A name as it came; any text is one." }

impl<'a> LongName<'a> {
    /// The fingerprint as it came, without `$`.
    #[must_use]
    pub fn fingerprint(&self) -> Option<&'a str> {
        self.parts().0
    }

    /// The fingerprint, where it is one.
    #[must_use]
    pub fn identity(&self) -> Option<Fingerprint> {
        self.fingerprint()?.parse().ok()
    }

    /// The nickname; `None` also where nothing stands behind `~`, as in GUARD
    /// events about a relay that is not in the consensus.
    #[must_use]
    pub fn nickname(&self) -> Option<&'a str> {
        self.parts().1.filter(|nickname| !nickname.is_empty())
    }

    /// Whether the nickname was the relay's alone: `=` and not `~`.
    #[must_use]
    pub fn is_named(&self) -> bool {
        self.fingerprint().is_some() && self.0.contains('=')
    }

    fn parts(&self) -> (Option<&'a str>, Option<&'a str>) {
        let bare = self.0.strip_prefix('$');
        let (first, nickname) = match bare.unwrap_or(self.0).split_once(['~', '=']) {
            Some((first, nickname)) => (first, Some(nickname)),
            None => (bare.unwrap_or(self.0), None),
        };
        let is_fingerprint = || {
            // No nickname is that long.
            first.len() == DIGITS && first.bytes().all(|digit| digit.is_ascii_hexdigit())
        };
        if bare.is_some() || is_fingerprint() {
            (Some(first), nickname)
        } else {
            (None, Some(self.0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads() {
        const F: &str = "2171A44D9B34A730EE66771D831E29B1382C014C";
        for (text, fingerprint, nickname, is_named) in [
            (
                "$2171A44D9B34A730EE66771D831E29B1382C014C~harness",
                Some(F),
                Some("harness"),
                false,
            ),
            (
                "$2171A44D9B34A730EE66771D831E29B1382C014C=harness",
                Some(F),
                Some("harness"),
                true,
            ),
            (
                "$2171A44D9B34A730EE66771D831E29B1382C014C",
                Some(F),
                None,
                false,
            ),
            (
                "$2171A44D9B34A730EE66771D831E29B1382C014C~",
                Some(F),
                None,
                false,
            ),
            (
                "2171A44D9B34A730EE66771D831E29B1382C014C",
                Some(F),
                None,
                false,
            ),
            (
                "2171A44D9B34A730EE66771D831E29B1382C014C~harness",
                Some(F),
                Some("harness"),
                false,
            ),
            ("moria1", None, Some("moria1"), false),
            ("", None, None, false),
            ("$short~x", Some("short"), Some("x"), false),
        ] {
            let name = LongName::new(text);
            assert_eq!(name.fingerprint(), fingerprint, "{text}");
            assert_eq!(name.nickname(), nickname, "{text}");
            assert_eq!(name.is_named(), is_named, "{text}");
            assert_eq!(name.identity().is_some(), fingerprint == Some(F), "{text}");
            assert_eq!(name.as_str(), text);
        }
    }
}
