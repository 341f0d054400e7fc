//! The tor that is tested with.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::Result;
use tor_harness_process::{Error, Executable, find_tor};

use crate::error::Usage;

/// The variable that says which tor to use, set for the suites.
pub(crate) const VARIABLE: &str = "TOR_HARNESS_TOR";

/// A tor that answers.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tor {
    pub(crate) path: PathBuf,
    pub(crate) version: String,
}

/// The tor that the flag names, or else the variable, or else the one on PATH, if there is one.
///
/// # Errors
/// [`Usage`] when what was named is no tor.
pub(crate) fn find(flag: Option<&Path>) -> Result<Option<Tor>> {
    let variable = env::var_os(VARIABLE).filter(|value| !value.is_empty());
    let (source, found) = match (flag, variable) {
        (Some(name), _) => ("--tor: ", Executable::named(name)),
        (None, Some(name)) => ("TOR_HARNESS_TOR: ", Executable::named(name)),
        (None, None) => ("", find_tor()),
    };
    let asked = found.and_then(|tor| {
        let version = tor.version()?;
        let path = tor.path().to_owned();
        Ok(Tor { path, version })
    });
    match asked {
        Ok(tor) => Ok(Some(tor)),
        Err(Error::NotOnPath { .. }) if source.is_empty() => Ok(None),
        Err(error) => Err(Usage(format!("{source}{error}")).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_has_to_be_tor() {
        for (path, expected) in [
            ("no-such-tor", "--tor: there is no executable `no-such-tor`"),
            ("/", "--tor: expected a tor executable at /, but it is"),
            ("/bin/true", "--tor: /bin/true is not tor"),
        ] {
            let error = find(Some(Path::new(path))).unwrap_err();
            assert!(error.is::<Usage>(), "{path}");
            assert!(error.to_string().starts_with(expected), "{path}: {error}");
        }
    }
}
