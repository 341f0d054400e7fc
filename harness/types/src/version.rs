//! tor's versions.

use core::fmt;
use core::str::FromStr;

/// A version of tor: `MAJOR.MINOR.MICRO[.PATCHLEVEL]` (version-spec), compared
/// by these numbers. A status tag (`-alpha`, `-rc`) does not count.
///
/// ```
/// use tor_harness_types::TorVersion;
///
/// let version: TorVersion = "0.4.9.11".parse()?;
/// assert!(version > "0.4.9.2-alpha".parse()?);
/// # Ok::<(), tor_harness_types::TorVersionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TorVersion([u32; 4]);

impl fmt::Display for TorVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, micro, patch_level] = self.0;
        write!(f, "{major}.{minor}.{micro}.{patch_level}")
    }
}

impl FromStr for TorVersion {
    type Err = TorVersionError;

    fn from_str(text: &str) -> Result<Self, TorVersionError> {
        let numbers = text.split(['-', ' ']).next().unwrap_or_default();
        let mut version = [0; 4];
        let mut count = 0;
        for number in numbers.split('.') {
            let place = version.get_mut(count).ok_or(TorVersionError)?;
            // `parse` takes a sign as well.
            let digits = Some(number).filter(|number| !number.starts_with('+'));
            let parsed = digits.and_then(|digits| digits.parse().ok());
            *place = parsed.ok_or(TorVersionError)?;
            count += 1;
        }
        if count < 3 {
            return Err(TorVersionError);
        }
        Ok(Self(version))
    }
}

/// A text that is no [`TorVersion`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TorVersionError;

impl fmt::Display for TorVersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a version of tor, as 0.4.9.11")
    }
}

impl core::error::Error for TorVersionError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order() {
        let order = [
            "0.2.9.1-alpha",
            "0.4.8",
            "0.4.8.1-rc-dev",
            "0.4.9.2",
            "0.4.9.11 (git-0)",
            "1.0.0",
        ];
        let versions = order.map(|text| text.parse::<TorVersion>().unwrap());
        assert!(versions.is_sorted_by(|a, b| a < b), "{versions:?}");
    }

    #[test]
    fn refuses() {
        for text in [
            "",
            "0.4",
            "0.4.x",
            "0.4.9.1.1",
            "tor 0.4.9",
            "0..4.9",
            "0.4.+9",
        ] {
            assert_eq!(text.parse::<TorVersion>(), Err(TorVersionError), "{text}");
        }
    }
}
