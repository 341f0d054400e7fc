//! The arguments that items of several kinds take.

use crate::forms::Form;
use crate::rules::Argument;

/// A port; 0 for none.
pub(super) const PORT: Form = Form::Within(0, 65_535);
/// A number of 32 bits.
pub(super) const U32: Form = Form::Within(0, u32::MAX as u64);
/// The versions of a subprotocol: `1-3,5`.
pub(super) const VERSIONS: Form = Form::List(&Form::Range(63));
/// What a line takes that says when.
pub(super) const TIME: &[Argument] = &[Argument::one("time", Form::Time)];
/// What a line takes that names subprotocols with their versions: `Link=1-5 Relay=4`.
pub(super) const PROTOCOLS: &[Argument] = &[Argument::any("entry", Form::Pair(&VERSIONS))];
