//! What a vote or consensus says of itself, before and behind the entries.

use alloc::vec::Vec;

use tor_harness_types::UtcSeconds;

use super::shared::FOOTER_SECTION;
use crate::forms::List;
use crate::kinds::accessors::accessors;
use crate::rules::{Fields, ParseError, Section, Values};
use crate::structure::Document;

/// What a vote or consensus says of itself (section 3.4.1).
#[derive(Clone, Copy, Debug)]
pub struct Preamble<'a> {
    fields: Fields<'a>,
}

/// How long votes and signatures are collected, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VotingDelay {
    /// For the votes.
    pub vote: u32,
    /// For the signatures.
    pub dist: u32,
}

/// A random value that the authorities made together (srv-spec).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SharedRandomValue {
    /// How many of them took part.
    pub reveals: u64,
    /// The value.
    pub value: [u8; 32],
}

impl<'a> Preamble<'a> {
    pub(super) fn read(document: Document<'a>, section: &'static Section) -> Self {
        Self {
            fields: Fields::read(document, section),
        }
    }

    /// `consensus-method`: how a consensus was made; 1 where it does not say.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn consensus_method(&self) -> Result<u32, ParseError> {
        Ok(self.fields.maybe("consensus-method")?.unwrap_or(1))
    }

    /// `consensus-methods`: those that the voter knows; 1 where it does not say.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn consensus_methods(&self) -> Result<Vec<u32>, ParseError> {
        let methods = self.fields.optional("consensus-methods", Values::all)?;
        Ok(methods.unwrap_or_else(|| [1].into()))
    }

    /// `voting-delay`.
    ///
    /// # Errors
    /// If it is not there, or cannot be read.
    pub fn voting_delay(&self) -> Result<VotingDelay, ParseError> {
        self.fields.required("voting-delay", |values| {
            Ok(VotingDelay {
                vote: values.one()?,
                dist: values.one()?,
            })
        })
    }

    /// `client-versions`: which tors are recommended to clients.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn client_versions(&self) -> Result<Vec<&'a [u8]>, ParseError> {
        self.versions("client-versions")
    }

    /// `server-versions`: which tors are recommended to relays.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn server_versions(&self) -> Result<Vec<&'a [u8]>, ParseError> {
        self.versions("server-versions")
    }

    /// `known-flags`: those that the entries can have.
    ///
    /// # Errors
    /// If they are not there.
    pub fn known_flags(&self) -> Result<Vec<&'a [u8]>, ParseError> {
        self.fields.required("known-flags", Values::all)
    }

    /// `params`: the parameters of the network (param-spec).
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn params(&self) -> Result<Vec<(&'a [u8], i64)>, ParseError> {
        Ok(self
            .fields
            .optional("params", Values::all)?
            .unwrap_or_default())
    }

    /// `shared-rand-previous-value`.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn shared_random_previous(&self) -> Result<Option<SharedRandomValue>, ParseError> {
        self.fields
            .optional("shared-rand-previous-value", SharedRandomValue::read)
    }

    /// `shared-rand-current-value`.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn shared_random_current(&self) -> Result<Option<SharedRandomValue>, ParseError> {
        self.fields
            .optional("shared-rand-current-value", SharedRandomValue::read)
    }

    fn versions(&self, keyword: &'static str) -> Result<Vec<&'a [u8]>, ParseError> {
        let versions = self.fields.optional(keyword, Values::optional::<List<_>>)?;
        Ok(versions.flatten().unwrap_or_default().0)
    }
}

accessors! { impl Preamble {
    /// `published`, in a vote: when it was made.
    one published: UtcSeconds = "published";
    /// `valid-after`: from when on it counts.
    one valid_after: UtcSeconds = "valid-after";
    /// `fresh-until`: when there is a newer one.
    one fresh_until: UtcSeconds = "fresh-until";
    /// `valid-until`: up to when it counts.
    one valid_until: UtcSeconds = "valid-until";
}}

/// What stands behind the entries (section 3.4.1).
#[derive(Clone, Copy, Debug)]
pub struct Footer<'a> {
    fields: Fields<'a>,
}

impl<'a> Footer<'a> {
    pub(super) fn read(document: Document<'a>) -> Self {
        Self {
            fields: Fields::read(document, &FOOTER_SECTION),
        }
    }

    /// The items, the signatures included.
    #[must_use]
    pub fn document(&self) -> Document<'a> {
        self.fields.document()
    }

    /// `bandwidth-weights`, in a consensus (section 3.8.3).
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn bandwidth_weights(&self) -> Result<Vec<(&'a [u8], i64)>, ParseError> {
        let weights = self.fields.optional("bandwidth-weights", Values::all)?;
        Ok(weights.unwrap_or_default())
    }
}
