//! The ed25519 certificate.

use core::fmt;

use tor_harness_types::UtcSeconds;

/// A certificate of an ed25519 key (cert-spec section 2.1).
///
/// Whether the signature holds is not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ed25519Certificate<'a> {
    /// What it certifies: 4 for a signing key by an identity key, and so on
    /// (cert-spec section A.1).
    pub cert_type: u8,
    /// When it is over, in whole hours.
    pub expires: UtcSeconds,
    /// What the certified key is: 1 for ed25519 (cert-spec section A.4).
    pub key_type: u8,
    /// The certified key, or the hash of one.
    pub key: [u8; 32],
    /// The signature over all before it.
    pub signature: [u8; 64],
    bytes: &'a [u8],
}

/// A part of a certificate that not all have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Extension<'a> {
    /// What it is: 4 for the key that signed.
    pub extension_type: u8,
    /// 1 if who does not know it must not take the certificate.
    pub flags: u8,
    /// What it says.
    pub data: &'a [u8],
}

/// Version, type, hours, key type, key, number of extensions.
pub(crate) const HEAD: usize = 1 + 1 + 4 + 1 + 32 + 1;
pub(crate) const SIGNATURE: usize = 64;
/// The type of the extension that holds the key that signed.
pub(crate) const SIGNED_WITH: u8 = 4;
/// The flag of an extension without which the certificate says something else.
pub(crate) const AFFECTS_VALIDATION: u8 = 1;

/// The types of certificates (cert-spec section A.1).
#[rustfmt::skip]
pub(crate) static TYPES: &[(u8, &str)] = &[
    (4, "signing key, by identity key"),
    (5, "TLS link certificate, by signing key"),
    (6, "authentication key, by signing key"),
    (8, "onion service's descriptor signing key, by blinded key"),
    (9, "introduction point's authentication key, by descriptor signing key"),
    (10, "identity key, by ntor onion key"),
    (11, "introduction point's encryption key, by descriptor signing key"),
    (12, "identity key, by family key"),
];
/// The types of keys (cert-spec section A.4).
pub(crate) static KEY_TYPES: &[(u8, &str)] = &[
    (1, "ed25519 key"),
    (2, "SHA-256 of an RSA key"),
    (3, "SHA-256 of an X.509 certificate"),
];

impl<'a> Ed25519Certificate<'a> {
    /// What it certifies, and by what; `None` for a type that nobody knows.
    #[must_use]
    pub fn type_name(&self) -> Option<&'static str> {
        name(TYPES, self.cert_type)
    }

    /// What the certified key is; `None` for a type that nobody knows.
    #[must_use]
    pub fn key_type_name(&self) -> Option<&'static str> {
        name(KEY_TYPES, self.key_type)
    }

    /// Reads a certificate of version 1.
    ///
    /// # Errors
    /// If its version is another, or its length is not that of its parts.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Ed25519CertificateError> {
        use Ed25519CertificateError as Wrong;
        let (head, _) = bytes.split_first_chunk::<HEAD>().ok_or(Wrong::Length)?;
        let (signed, signature) = bytes
            .split_last_chunk::<SIGNATURE>()
            .filter(|(signed, _)| signed.len() >= HEAD)
            .ok_or(Wrong::Length)?;
        if head[0] != 1 {
            return Err(Wrong::Version(head[0]));
        }
        let mut key = [0; 32];
        key.copy_from_slice(&head[7..39]);
        let mut extensions = Extensions(&signed[HEAD..]);
        for _ in 0..head[39] {
            extensions.next().ok_or(Wrong::Length)?;
        }
        if !extensions.0.is_empty() {
            return Err(Wrong::Length);
        }
        let certificate = Self {
            cert_type: head[1],
            expires: expires(head).ok_or(Wrong::Expires)?,
            key_type: head[6],
            key,
            signature: *signature,
            bytes,
        };
        let mut with_key = certificate.extensions();
        match with_key.find(|extension| extension.extension_type == SIGNED_WITH) {
            Some(extension) if extension.data.len() != 32 => Err(Wrong::SigningKey),
            _ => Ok(certificate),
        }
    }

    /// The bytes as they came.
    #[must_use]
    pub fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// What the signature is over.
    #[must_use]
    pub fn signed_bytes(&self) -> &'a [u8] {
        &self.bytes[..self.bytes.len() - SIGNATURE]
    }

    /// The extensions, in order.
    pub fn extensions(&self) -> impl Iterator<Item = Extension<'a>> + use<'a> {
        Extensions(&self.signed_bytes()[HEAD..])
    }

    /// The key that signed, where the certificate says it.
    #[must_use]
    pub fn signing_key(&self) -> Option<[u8; 32]> {
        self.extensions()
            .find(|extension| extension.extension_type == SIGNED_WITH)?
            .data
            .try_into()
            .ok()
    }
}

/// When a certificate is over; `None` after the year 9999.
pub(crate) fn expires(head: &[u8; HEAD]) -> Option<UtcSeconds> {
    let hours = u32::from_be_bytes([head[2], head[3], head[4], head[5]]);
    UtcSeconds::from_unix(i64::from(hours) * 3600)
}

pub(crate) fn name(names: &[(u8, &'static str)], number: u8) -> Option<&'static str> {
    let mut names = names.iter();
    Some(names.find(|(own, _)| *own == number)?.1)
}

/// The extensions, cut from the start.
pub(crate) struct Extensions<'a>(pub(crate) &'a [u8]);

impl<'a> Iterator for Extensions<'a> {
    type Item = Extension<'a>;

    fn next(&mut self) -> Option<Extension<'a>> {
        let (&[high, low, extension_type, flags], rest) = self.0.split_first_chunk()?;
        let length = usize::from(u16::from_be_bytes([high, low]));
        let (data, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some(Extension {
            extension_type,
            flags,
            data,
        })
    }
}

/// Why bytes are no [`Ed25519Certificate`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ed25519CertificateError {
    /// It is longer or shorter than its parts.
    Length,
    /// It is of this version, which nobody knows.
    Version(u8),
    /// It is over after the year 9999.
    Expires,
    /// The key that signed has not 32 bytes.
    SigningKey,
}

impl fmt::Display for Ed25519CertificateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length => f.write_str("expected as many bytes as its parts say"),
            Self::Version(version) => write!(f, "expected version 1, got {version}"),
            Self::Expires => f.write_str("expected to be over before the year 10000"),
            Self::SigningKey => f.write_str("expected a signing key of 32 bytes"),
        }
    }
}

impl core::error::Error for Ed25519CertificateError {}
