//! The tables of a script.

use std::num::NonZeroU64;

use serde::Deserialize;

use crate::script::fault::Fault;
use crate::script::quirk::Quirk;
use crate::script::times::Times;
use crate::script::values::{At, Lines, Time};

/// A script for tor-harness's mock control port: what it does otherwise than
/// tor, and what it expects.
#[derive(Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "Script")
)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// Unexpected commands fail: those that neither the script answers nor the mock knows.
    #[serde(default)]
    pub(super) strict: bool,
    /// A client that breaks the protocol's rules fails, though tor may bear it.
    #[serde(default)]
    pub(super) strict_client: bool,
    /// The script is the whole conversation: its rules in their order, and nothing else.
    #[serde(default)]
    pub(super) whole: bool,
    /// The rules without an `order` of their own come in their order, each once unless told.
    #[serde(default)]
    pub(super) in_order: bool,
    /// Ways to talk that differ from the recorded tor's.
    #[serde(default)]
    pub(super) quirks: Vec<Quirk>,
    /// Commands that are expected, or answered otherwise. The first that fits answers.
    #[serde(default)]
    pub(super) on: Vec<At<OnTable>>,
    /// Events.
    #[serde(default)]
    pub(super) emit: Vec<At<EmitTable>>,
    /// What goes wrong on connections.
    #[serde(default)]
    pub(super) connection: Vec<ConnectionTable>,
}

/// A command that is expected, or answered otherwise. All that is said of the
/// command has to be true of it.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct OnTable {
    /// The keyword in any case and exactly these arguments; a last `*` stands for any.
    pub(super) command: Option<At<String>>,
    /// GETINFO or GETCONF asks for this key, among others or not.
    pub(super) asks: Option<String>,
    /// SETEVENTS has this event, among others or not.
    pub(super) subscribes: Option<At<String>>,
    /// SETCONF or RESETCONF has this option, as `SocksPort`, or with this value, as `SocksPort=9050`.
    pub(super) sets: Option<String>,
    /// There is such an argument; or all of these.
    pub(super) has: Option<Lines>,
    /// The command's line looks like this: a regular expression.
    pub(super) line: Option<At<String>>,
    /// The data block looks like this: a regular expression.
    pub(super) data: Option<At<String>>,
    /// The connection's number, counted from 1.
    pub(super) connection: Option<NonZeroU64>,
    /// The state has to be this one; the first is `start`.
    pub(super) state: Option<At<String>>,
    /// The state once the command has come.
    pub(super) becomes: Option<String>,
    /// How often it is expected: 2, "1..", "1..3"; 0 is never. Checked in the end.
    pub(super) times: Option<Times>,
    /// The rules of one name come in their order, each once unless told.
    pub(super) order: Option<String>,
    /// The reply's line or lines. Without it the answer is tor's own.
    pub(super) reply: Option<At<Lines>>,
    /// Nothing is answered.
    #[serde(default)]
    pub(super) no_reply: bool,
    /// The answer comes so much later.
    pub(super) delay: Option<Time>,
    /// The answer waits until this name is released.
    pub(super) hold: Option<String>,
    /// The answer waits until such a command comes.
    pub(super) release_after: Option<At<String>>,
    /// The connection is closed behind the answer.
    #[serde(default)]
    pub(super) close: bool,
    /// What goes wrong with the answer.
    #[serde(default)]
    pub(super) faults: Vec<At<Fault>>,
    /// What is answered the next times; the last answer stays.
    #[serde(default)]
    pub(super) then: Vec<AnswerTable>,
}

/// An answer.
#[derive(Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerTable {
    /// The reply's line or lines. Without it the answer is tor's own.
    pub(super) reply: Option<At<Lines>>,
    /// Nothing is answered.
    #[serde(default)]
    pub(super) no_reply: bool,
    /// The answer comes so much later.
    pub(super) delay: Option<Time>,
    /// The answer waits until this name is released.
    pub(super) hold: Option<String>,
    /// The answer waits until such a command comes.
    pub(super) release_after: Option<At<String>>,
    /// The connection is closed behind the answer.
    #[serde(default)]
    pub(super) close: bool,
    /// What goes wrong with the answer.
    #[serde(default)]
    pub(super) faults: Vec<At<Fault>>,
}

/// An event, at exactly one of `at`, `after` and `every`.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct EmitTable {
    /// The event's line or lines, without `650`.
    pub(super) event: At<Lines>,
    /// A data block behind the last line.
    pub(super) data: Option<String>,
    /// When it comes, since the mock's start.
    pub(super) at: Option<Time>,
    /// It comes behind the reply to such a command.
    pub(super) after: Option<At<String>>,
    /// With `after`: so much later.
    pub(super) delay: Option<At<Time>>,
    /// It comes every so often.
    pub(super) every: Option<At<Time>>,
    /// How often it comes, at most.
    pub(super) times: Option<u32>,
    /// What goes wrong with it.
    #[serde(default)]
    pub(super) faults: Vec<At<Fault>>,
}

/// What goes wrong on a connection, or on every one.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ConnectionTable {
    /// Its number, counted from 1; every connection, unless told.
    pub(super) number: Option<NonZeroU64>,
    /// What goes wrong.
    pub(super) faults: Vec<At<Fault>>,
}
