//! What keeps streams off each other's circuits.

/// What begins a username that is not only for isolation (prop351).
const EXTENDED: &[u8] = b"<torS0X>";

/// What a client says of itself, so that streams with unequal values share no circuit:
/// `IsolateSOCKSAuth` in tor's manual. Each field has at most 255 bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Isolation {
    /// No authentication at all.
    #[default]
    None,
    /// A username and a password (RFC 1929), either of which may be empty.
    Password {
        /// The username.
        username: Vec<u8>,
        /// The password.
        password: Vec<u8>,
    },
    /// The same by the form of prop351, since tor 0.4.9.1-alpha: the username says that
    /// only isolation is meant.
    Extended(Vec<u8>),
    /// Arti's: the stream belongs to an object of an RPC session. tor refuses it.
    Rpc {
        /// The object's ID.
        object: Vec<u8>,
        /// What isolates beside it.
        isolation: Vec<u8>,
    },
}

impl Isolation {
    /// By a username and a password.
    ///
    /// ```
    /// use tor_harness_traffic::Isolation;
    ///
    /// let (one, other) = (Isolation::password("a", ""), Isolation::password("b", ""));
    /// assert_ne!(one, other);
    /// ```
    #[must_use]
    pub fn password(username: impl Into<Vec<u8>>, password: impl Into<Vec<u8>>) -> Self {
        Self::Password {
            username: username.into(),
            password: password.into(),
        }
    }

    /// The username and the password that are sent.
    pub(super) fn credentials(&self) -> Option<(Vec<u8>, &[u8])> {
        match self {
            Self::None => None,
            Self::Password { username, password } => Some((username.clone(), password)),
            Self::Extended(isolation) => Some(([EXTENDED, b"0"].concat(), isolation)),
            Self::Rpc { object, isolation } => Some(([EXTENDED, b"1", object].concat(), isolation)),
        }
    }
}
