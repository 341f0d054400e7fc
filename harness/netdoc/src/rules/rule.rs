//! What one keyword's items have to be like.

use core::fmt;

use super::argument::Argument;
use super::place::{Place, Times};
use super::since::Since;
use crate::forms::{Ed25519Certificate, RsaPublicKey};

/// What one keyword's items have to be like.
///
/// Arguments behind those that are named are no problem unless the
/// specification says `[No extra arguments]` (section 1.2).
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The keyword.
    pub keyword: &'static str,
    /// How often it may be there in its section.
    pub times: Times,
    /// Since when it has to be there, if not always.
    pub since: Option<Since>,
    /// Where it has to be.
    pub place: Option<Place>,
    /// The arguments in order.
    pub arguments: &'static [Argument],
    /// The arguments where there are as many words: a line that got longer at its start.
    pub longer: &'static [Argument],
    /// Whether nothing may follow the arguments.
    pub no_extra: bool,
    /// The label of the object, which has to be there; without one no object may be.
    pub object: Option<&'static str>,
    /// Another label that it may have.
    pub other_label: Option<&'static str>,
    /// Whether the object may be left out.
    pub object_optional: bool,
    /// What is in the object.
    pub content: Content,
    /// What has to be there, too, where this is.
    pub needs: &'static [&'static str],
    /// Of what one has to be there, too, where this is; empty for nothing.
    pub needs_one_of: &'static [&'static str],
}

/// What the base64 of an object says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Content {
    /// Any bytes, or none.
    Any,
    /// Any bytes, at least one.
    Bytes,
    /// So many bytes.
    Length(usize),
    /// A PKCS#1 public key of so many bits.
    RsaPublicKey {
        /// The least number of bits.
        least: u16,
        /// The most.
        most: u16,
    },
    /// A certificate (cert-spec section 2.1).
    Ed25519Certificate,
    /// A certificate of this type that names the key which signed it.
    CertificateOfType(u8),
}

impl Content {
    /// An RSA key as relays and onion services have them.
    pub const RSA_1024: Self = Self::RsaPublicKey {
        least: 1024,
        most: 1024,
    };

    /// A signature by such a key.
    pub const RSA_1024_SIGNATURE: Self = Self::Length(128);

    /// Whether these bytes are such.
    #[must_use]
    pub fn is_met(self, bytes: &[u8]) -> bool {
        match self {
            Self::Any => true,
            Self::Bytes => !bytes.is_empty(),
            Self::Length(length) => bytes.len() == length,
            Self::RsaPublicKey { least, most } => {
                RsaPublicKey::parse(bytes).is_some_and(|key| (least..=most).contains(&key.bits()))
            }
            Self::Ed25519Certificate => Ed25519Certificate::parse(bytes).is_ok(),
            Self::CertificateOfType(cert_type) => {
                Ed25519Certificate::parse(bytes).is_ok_and(|certificate| {
                    certificate.cert_type == cert_type && certificate.signing_key().is_some()
                })
            }
        }
    }
}

/// What is expected: `so many bytes`.
impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("any bytes"),
            Self::Bytes => f.write_str("one byte at least"),
            Self::Length(length) => write!(f, "{length} bytes"),
            Self::RsaPublicKey { least, most } if least == most => {
                write!(f, "an RSA public key of {most} bits")
            }
            Self::RsaPublicKey { least, most } => {
                write!(f, "an RSA public key of {least} to {most} bits")
            }
            Self::Ed25519Certificate => f.write_str("an ed25519 certificate"),
            Self::CertificateOfType(cert_type) => write!(
                f,
                "an ed25519 certificate of type {cert_type} with the key that signed it"
            ),
        }
    }
}

impl Rule {
    /// An item that has to be there, once.
    #[must_use]
    pub const fn exactly_once(keyword: &'static str) -> Self {
        Self::new(keyword, Times::Exactly)
    }

    /// An item that may be there, once.
    #[must_use]
    pub const fn at_most_once(keyword: &'static str) -> Self {
        Self::new(keyword, Times::AtMost)
    }

    /// An item that has to be there, once or more often.
    #[must_use]
    pub const fn at_least_once(keyword: &'static str) -> Self {
        Self::new(keyword, Times::AtLeast)
    }

    /// An item that may be there any number of times.
    #[must_use]
    pub const fn any_number(keyword: &'static str) -> Self {
        Self::new(keyword, Times::Any)
    }

    const fn new(keyword: &'static str, times: Times) -> Self {
        Self {
            keyword,
            times,
            since: None,
            place: None,
            arguments: &[],
            longer: &[],
            no_extra: false,
            object: None,
            other_label: None,
            object_optional: false,
            content: Content::Bytes,
            needs: &[],
            needs_one_of: &[],
        }
    }

    /// The same, so often.
    #[must_use]
    pub const fn times(mut self, times: Times) -> Self {
        self.times = times;
        self
    }

    /// The same, but that it may be missing in documents from before.
    #[must_use]
    pub const fn since(mut self, since: Since) -> Self {
        self.since = Some(since);
        self
    }

    /// The same, at a certain place.
    #[must_use]
    pub const fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same, with these arguments.
    #[must_use]
    pub const fn takes(mut self, arguments: &'static [Argument]) -> Self {
        self.arguments = arguments;
        self
    }

    /// The same, with these arguments where there are at least as many words.
    #[must_use]
    pub const fn or_takes(mut self, longer: &'static [Argument]) -> Self {
        self.longer = longer;
        self
    }

    /// The same, with nothing behind the arguments: `[No extra arguments]`.
    #[must_use]
    pub const fn no_extra(mut self) -> Self {
        self.no_extra = true;
        self
    }

    /// The same, with an object.
    #[must_use]
    pub const fn object(mut self, label: &'static str, content: Content) -> Self {
        self.object = Some(label);
        self.content = content;
        self
    }

    /// The same, whose object may have this label, too.
    #[must_use]
    pub const fn or_label(mut self, label: &'static str) -> Self {
        self.other_label = Some(label);
        self
    }

    /// The same, with an object that may be left out.
    #[must_use]
    pub const fn optional_object(mut self, label: &'static str, content: Content) -> Self {
        self.object_optional = true;
        self.object(label, content)
    }

    /// The same, where these have to be there, too.
    #[must_use]
    pub const fn needs(mut self, keywords: &'static [&'static str]) -> Self {
        self.needs = keywords;
        self
    }

    /// The same, where one of these has to be there, too.
    #[must_use]
    pub const fn needs_one_of(mut self, keywords: &'static [&'static str]) -> Self {
        self.needs_one_of = keywords;
        self
    }
}
