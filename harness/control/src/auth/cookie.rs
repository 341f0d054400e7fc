//! The cookie; SAFECOOKIE's proofs are made with it.

use core::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// How long a cookie is, in bytes. A file of another length is no cookie, and
/// its content is nothing to send to anybody.
pub const COOKIE_LENGTH: usize = 32;

/// The bytes of a cookie file.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Cookie([u8; COOKIE_LENGTH]);

impl Cookie {
    /// A cookie of these bytes.
    #[must_use]
    pub fn new(bytes: [u8; COOKIE_LENGTH]) -> Self {
        Self(bytes)
    }

    /// The cookie that a file holds; `None` if its length says that it is none.
    #[must_use]
    pub fn from_file(content: &[u8]) -> Option<Self> {
        content.try_into().ok().map(Self)
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; COOKIE_LENGTH] {
        &self.0
    }

    /// Whether these bytes are the cookie, in a time that does not tell.
    #[must_use]
    pub fn matches(&self, bytes: &[u8]) -> bool {
        self.0.ct_eq(bytes).into()
    }

    /// tor's proof that it knows the cookie (section 3.24).
    #[must_use]
    pub fn server_hash(&self, client_nonce: &[u8], server_nonce: &[u8; 32]) -> [u8; 32] {
        self.hash(
            b"Tor safe cookie authentication server-to-controller hash",
            client_nonce,
            server_nonce,
        )
    }

    /// The controller's proof that it knows the cookie (section 3.24).
    #[must_use]
    pub fn client_hash(&self, client_nonce: &[u8], server_nonce: &[u8; 32]) -> [u8; 32] {
        self.hash(
            b"Tor safe cookie authentication controller-to-server hash",
            client_nonce,
            server_nonce,
        )
    }

    fn hash(&self, key: &[u8], client_nonce: &[u8], server_nonce: &[u8; 32]) -> [u8; 32] {
        // HMAC takes a key of any length: this cannot fail.
        let Ok(mut hmac) = Hmac::<Sha256>::new_from_slice(key) else {
            unreachable!()
        };
        for part in [&self.0[..], client_nonce, server_nonce] {
            hmac.update(part);
        }
        hmac.finalize().into_bytes().into()
    }
}

/// The bytes are a secret: they are not shown.
impl fmt::Debug for Cookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cookie(..)")
    }
}

/// Whether two proofs are the same, in a time that does not tell.
pub(crate) fn same(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}
