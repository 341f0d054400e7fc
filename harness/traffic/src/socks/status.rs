//! How a SOCKS server takes a request.

use std::fmt;

/// Makes the enum, its codes and its words out of one table.
macro_rules! statuses {
    ($($code:literal $name:ident $words:literal;)*) => {
        /// How a SOCKS server takes a request: RFC 1928, section 6, and what tor says of
        /// onion services where its `SocksPort` has the flag `ExtendedErrors`
        /// (tor's manual, prop304).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Status {
            $(#[doc = concat!("`", stringify!($code), "`: ", $words, ".")] $name,)*
            /// A code that no specification names; never one of the others.
            Unassigned(u8),
        }

        impl Status {
            /// All that a specification names.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its code.
            #[must_use]
            pub fn code(self) -> u8 {
                match self {
                    $(Self::$name => $code,)*
                    Self::Unassigned(code) => code,
                }
            }

            fn words(self) -> &'static str {
                match self {
                    $(Self::$name => $words,)*
                    Self::Unassigned(_) => "no status of SOCKS5 or of tor",
                }
            }
        }

        impl From<u8> for Status {
            fn from(code: u8) -> Self {
                match code {
                    $($code => Self::$name,)*
                    _ => Self::Unassigned(code),
                }
            }
        }
    };
}

statuses! {
    0x00 Succeeded "succeeded";
    0x01 GeneralFailure "general failure";
    0x02 NotAllowed "not allowed by the rules";
    0x03 NetworkUnreachable "network unreachable";
    0x04 HostUnreachable "host unreachable";
    0x05 ConnectionRefused "connection refused";
    0x06 TtlExpired "time to live expired";
    0x07 CommandNotSupported "command not supported";
    0x08 AddressTypeNotSupported "type of address not supported";
    0xf0 OnionDescriptorNotFound "onion service descriptor cannot be found";
    0xf1 OnionDescriptorInvalid "onion service descriptor is invalid";
    0xf2 OnionIntroductionFailed "introduction to the onion service failed";
    0xf3 OnionRendezvousFailed "rendezvous with the onion service failed";
    0xf4 OnionClientAuthorizationMissing "onion service wants client authorization";
    0xf5 OnionClientAuthorizationWrong "onion service does not take this client authorization";
    0xf6 OnionAddressInvalid "onion address is invalid";
    0xf7 OnionIntroductionTimedOut "introduction to the onion service timed out";
}

impl Status {
    /// Whether it is one of those that tor sends only with `ExtendedErrors`.
    #[must_use]
    pub fn is_extended(self) -> bool {
        (0xf0..=0xf7).contains(&self.code())
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#04x}, {}", self.code(), self.words())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_one_status() {
        let mut named = 0;
        for code in 0..=u8::MAX {
            let status = Status::from(code);
            assert_eq!(status.code(), code);
            named += usize::from(!matches!(status, Status::Unassigned(_)));
        }
        assert_eq!(named, Status::ALL.len());
        assert_eq!(Status::ALL.iter().filter(|s| s.is_extended()).count(), 8);
        assert_eq!(
            Status::from(0xf0).to_string(),
            "0xf0, onion service descriptor cannot be found"
        );
        assert_eq!(
            Status::from(9).to_string(),
            "0x09, no status of SOCKS5 or of tor"
        );
    }
}
