//! The inner layer of an onion service's descriptor.

use alloc::vec::Vec;

use super::super::accessors::accessors;
use super::super::arguments::{U32, VERSIONS};
use super::super::parts::{head, parts};
use super::introduction_point::{IntroductionPoint, SECTION};
use crate::forms::{Form, List, Range};
use crate::rules::{Argument, Fields, ParseError, Place, Rule, Rules, Section, Times, Values};
use crate::structure::Document;

/// What a client needs to reach the service (rend-spec-v3 section 2.5.2.2).
#[derive(Clone, Copy, Debug)]
pub struct OnionDescriptorInner<'a> {
    document: Document<'a>,
    fields: Fields<'a>,
}

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
static RULES: Rules = Rules::new(&[
    Section::new("inner layer", Times::Exactly, &[
        // That it comes first is tor's own rule.
        Rule::exactly_once("create2-formats").at(Place::First).takes(&[Argument::some("formats", Form::Within(0, 65_535))]),
        Rule::at_most_once("intro-auth-required").takes(&[Argument::some("types", Form::Word)]),
        Rule::at_most_once("single-onion-service"),
        // At most once a scheme; tor knows only `v1` (proposal 327).
        Rule::any_number("pow-params").takes(&[Argument::one("scheme",
            Form::Typed("v1", &[Form::Base64(32), U32, Form::IsoTime]))]),
        // Proposal 324, section 9.
        Rule::at_most_once("flow-control").takes(&[Argument::one("version-range", VERSIONS),
            Argument::one("sendme-inc", Form::Within(0, 255))]),
    ]),
    SECTION,
]);

impl<'a> OnionDescriptorInner<'a> {
    /// What it has to be like.
    pub const RULES: &'static Rules = &RULES;

    /// Finds the items.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        Self {
            document,
            fields: Fields::read(head(document, SECTION.first()), &RULES.sections[0]),
        }
    }

    /// `create2-formats`: the handshakes that the service knows; 2 is ntor.
    ///
    /// # Errors
    /// If it is not there, or cannot be read.
    pub fn create2_formats(&self) -> Result<Vec<u16>, ParseError> {
        self.fields.required("create2-formats", Values::all)
    }

    /// `single-onion-service`: whether the service is not anonymous itself.
    #[must_use]
    pub fn is_single_onion_service(&self) -> bool {
        self.fields.item("single-onion-service").is_some()
    }

    /// `flow-control`: the versions, and how many cells a SENDME stands for.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn flow_control(&self) -> Result<Option<(Vec<Range>, u16)>, ParseError> {
        self.fields.optional("flow-control", |values| {
            let List(versions) = values.one()?;
            Ok((versions, values.one()?))
        })
    }

    /// The introduction points in order.
    pub fn introduction_points(&self) -> impl Iterator<Item = IntroductionPoint<'a>> + use<'a> {
        parts(self.document, SECTION.first()).map(IntroductionPoint::read)
    }
}

accessors! { impl OnionDescriptorInner in document, "Where the items before the introduction points are." {} }
