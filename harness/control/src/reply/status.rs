//! The three digits at the start of a line.

use core::fmt;

/// A status code (section 4): any three digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct StatusCode(u16);

impl StatusCode {
    /// 250: done.
    pub const OK: Self = Self(250);
    /// 251: nothing had to be done.
    pub const UNNECESSARY: Self = Self(251);
    /// 252: done, and a descriptor that was there already could be decrypted with it
    /// (ONION_CLIENT_AUTH_ADD alone).
    pub const DECRYPTED: Self = Self(252);
    /// 451: out of something.
    pub const RESOURCE_EXHAUSTED: Self = Self(451);
    /// 500: not the protocol.
    pub const SYNTAX_ERROR: Self = Self(500);
    /// 510: no such command.
    pub const UNRECOGNIZED_COMMAND: Self = Self(510);
    /// 511: a command that is known but not done.
    pub const UNIMPLEMENTED_COMMAND: Self = Self(511);
    /// 512: arguments that cannot be read.
    pub const BAD_ARGUMENT: Self = Self(512);
    /// 513: an argument that is known and not acceptable.
    pub const UNRECOGNIZED_ARGUMENT: Self = Self(513);
    /// 514: not before authentication.
    pub const AUTHENTICATION_REQUIRED: Self = Self(514);
    /// 515: authentication failed.
    pub const BAD_AUTHENTICATION: Self = Self(515);
    /// 550: tor could not do it, for no better known reason.
    pub const UNSPECIFIED_ERROR: Self = Self(550);
    /// 551: tor could not do it.
    pub const INTERNAL_ERROR: Self = Self(551);
    /// 552: no such thing: an option, a key, an event, a signal, a circuit.
    pub const UNRECOGNIZED_ENTITY: Self = Self(552);
    /// 553: not with the configuration as it is.
    pub const INVALID_CONFIGURATION: Self = Self(553);
    /// 554: a descriptor that cannot be read.
    pub const INVALID_DESCRIPTOR: Self = Self(554);
    /// 555: a stream that tor manages, not the controller.
    pub const UNMANAGED_ENTITY: Self = Self(555);
    /// 650: an event.
    pub const EVENT: Self = Self(650);

    /// A code by its number.
    ///
    /// Returns `None` above 999.
    #[must_use]
    pub const fn new(code: u16) -> Option<Self> {
        if code <= 999 { Some(Self(code)) } else { None }
    }

    /// The number.
    #[must_use]
    pub const fn as_u16(self) -> u16 {
        self.0
    }

    /// Whether the command was done: 2yz.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 / 100 == 2
    }

    /// The code as three digits.
    pub(crate) fn digits(self) -> [u8; 3] {
        [self.0 / 100, self.0 / 10, self.0].map(|n| b'0' + (n % 10) as u8)
    }

    /// The code in the first three bytes.
    pub(crate) fn from_digits(line: &[u8]) -> Option<Self> {
        let digits = line.get(..3)?;
        digits.iter().try_fold(Self(0), |code, byte| {
            byte.is_ascii_digit()
                .then(|| Self(code.0 * 10 + u16::from(byte - b'0')))
        })
    }
}

impl fmt::Display for StatusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}", self.0)
    }
}

impl fmt::Debug for StatusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
