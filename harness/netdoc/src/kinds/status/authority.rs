//! What a vote or consensus says of a directory authority.

use core::net::Ipv4Addr;

use tor_harness_types::Fingerprint;

use super::preamble::SharedRandomValue;
use crate::kinds::accessors::accessors;
use crate::kinds::parts::parts;
use crate::rules::{Fields, ParseError, Section, Values};
use crate::structure::Document;

/// An authority in a vote or consensus (section 3.4.1).
#[derive(Clone, Copy, Debug)]
pub struct Authority<'a> {
    fields: Fields<'a>,
}

/// Who an authority is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DirSource<'a> {
    /// Its nickname, with `-legacy` behind it for an obsolete key.
    pub nickname: &'a [u8],
    /// The fingerprint of its identity key.
    pub identity: Fingerprint,
    /// The name of its host; some say none.
    pub host: &'a [u8],
    /// Its address.
    pub address: Ipv4Addr,
    /// The port for directory requests.
    pub dir_port: u16,
    /// The port for relays.
    pub or_port: u16,
}

/// What an authority commits itself to, and perhaps reveals (srv-spec section 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SharedRandomCommit<'a> {
    /// The version of the protocol.
    pub version: u64,
    /// The hash: `sha3-256`.
    pub algorithm: &'a [u8],
    /// Whose commit it is.
    pub identity: Fingerprint,
    /// When, in 8 bytes, and the hash of `reveal`.
    pub commit: [u8; 40],
    /// When, in 8 bytes, and the hash of the random number.
    pub reveal: Option<[u8; 40]>,
}

impl<'a> Authority<'a> {
    /// Each authority of a part.
    pub(super) fn each(
        part: Document<'a>,
        section: &'static Section,
    ) -> impl Iterator<Item = Self> + use<'a> {
        parts(part, section.first()).map(move |part| Self {
            fields: Fields::read(part, section),
        })
    }

    /// `dir-source`: who it is.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn source(&self) -> Result<DirSource<'a>, ParseError> {
        self.fields.required("dir-source", |values| {
            Ok(DirSource {
                nickname: values.one()?,
                identity: values.one()?,
                host: values.one()?,
                address: values.one()?,
                dir_port: values.one()?,
                or_port: values.one()?,
            })
        })
    }

    /// `shared-rand-participate`, in a vote.
    #[must_use]
    pub fn participates(&self) -> bool {
        self.fields.item("shared-rand-participate").is_some()
    }

    /// Each `shared-rand-commit`, in a vote.
    pub fn commits(&self) -> impl Iterator<Item = Result<SharedRandomCommit<'a>, ParseError>> {
        self.fields.each("shared-rand-commit", |values| {
            Ok(SharedRandomCommit {
                version: values.one()?,
                algorithm: values.one()?,
                identity: values.one()?,
                commit: values.one()?,
                reveal: values.optional()?,
            })
        })
    }

    /// `shared-rand-previous-value`, in a vote.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn shared_random_previous(&self) -> Result<Option<SharedRandomValue>, ParseError> {
        self.fields
            .optional("shared-rand-previous-value", SharedRandomValue::read)
    }

    /// `shared-rand-current-value`, in a vote.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn shared_random_current(&self) -> Result<Option<SharedRandomValue>, ParseError> {
        self.fields
            .optional("shared-rand-current-value", SharedRandomValue::read)
    }
}

accessors! { impl Authority {
    /// `contact`: how to reach who runs it; any bytes.
    text contact = "contact";
    /// `legacy-dir-key`, in a vote: the fingerprint of an obsolete key.
    maybe legacy_dir_key: Fingerprint = "legacy-dir-key";
    /// `vote-digest`, in a consensus: the SHA-1 of the signed part of the vote.
    maybe vote_digest: [u8; 20] = "vote-digest";
}}

impl SharedRandomValue {
    pub(super) fn read(values: &mut Values<'_>) -> Result<Self, ParseError> {
        Ok(Self {
            reveals: values.one()?,
            value: values.one()?,
        })
    }
}
