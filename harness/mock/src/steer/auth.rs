//! Ways to authenticate, in words.

use std::fmt;

use tor_harness_control::auth::AuthConfig;

/// The ways to authenticate that these words name: `null`, `cookie`,
/// `safecookie`, `password=PW`; none of them is `null`.
///
/// As with tor, `cookie` brings `safecookie` with it.
///
/// ```
/// use tor_harness_mock::AuthConfig;
/// use tor_harness_mock::steer::{AuthWordsError, auth_of};
///
/// let auth = auth_of(["cookie", "password=a b"])?;
/// assert_eq!(auth, AuthConfig::null().and_cookie().and_password("a b"));
/// # Ok::<(), AuthWordsError>(())
/// ```
///
/// # Errors
/// If a word is none of these, or tor does not offer them together.
pub fn auth_of<'w>(words: impl IntoIterator<Item = &'w str>) -> Result<AuthConfig, AuthWordsError> {
    let mut auth = AuthConfig::null();
    let (mut null, mut safe_cookie) = (false, false);
    for word in words {
        match word.split_once('=') {
            None if word == "null" => null = true,
            None if word == "cookie" => auth = auth.and_cookie(),
            None if word == "safecookie" => safe_cookie = true,
            Some(("password", password)) => auth = auth.and_password(password),
            _ => return Err(AuthWordsError::Unknown(word.to_owned())),
        }
    }
    if safe_cookie && !auth.cookie {
        return Err(AuthWordsError::SafeCookieAlone);
    }
    if null && auth != AuthConfig::null() {
        return Err(AuthWordsError::NullAndOthers);
    }
    Ok(auth)
}

/// Words that name no ways to authenticate.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthWordsError {
    /// This word names none.
    Unknown(String),
    /// `safecookie` without `cookie`.
    SafeCookieAlone,
    /// `null` beside others.
    NullAndOthers,
}

impl fmt::Display for AuthWordsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(word) => write!(
                f,
                "expected null, cookie, safecookie or password=PW, got {word:?}"
            ),
            Self::SafeCookieAlone => {
                f.write_str("safecookie: tor offers it only together with cookie; add cookie")
            }
            Self::NullAndOthers => f.write_str(
                "null: tor lets anyone in only where there is no other way; leave the others out",
            ),
        }
    }
}

impl std::error::Error for AuthWordsError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_words() {
        let null = AuthConfig::null;
        for (words, expected) in [
            (&[][..], Ok(null())),
            (&["null"], Ok(null())),
            (&["cookie", "safecookie"], Ok(null().and_cookie())),
            (
                &["cookie", "password=a=b", "password="],
                Ok(null().and_cookie().and_password("a=b").and_password("")),
            ),
            (&["safecookie"], Err(AuthWordsError::SafeCookieAlone)),
            (
                &["safecookie", "password=x"],
                Err(AuthWordsError::SafeCookieAlone),
            ),
            (&["null", "cookie"], Err(AuthWordsError::NullAndOthers)),
            (
                &["password"],
                Err(AuthWordsError::Unknown("password".into())),
            ),
            (&["Cookie"], Err(AuthWordsError::Unknown("Cookie".into()))),
        ] {
            assert_eq!(auth_of(words.iter().copied()), expected, "{words:?}");
        }
    }
}
