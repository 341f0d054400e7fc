//! The files in which tor keeps what it knows between two runs.

use tor_harness_types::UtcSeconds;

use super::arguments::TIME;
use crate::forms::Form;
use crate::rules::{Argument, Fields, ParseError, Rule, Rules, Section, Times};
use crate::structure::Document;

/// `sr-state`: the random values that an authority agrees on with others (srv-spec
/// section 4.3).
#[derive(Clone, Copy, Debug)]
pub struct SharedRandomState<'a> {
    fields: Fields<'a>,
}

/// `state`: guards, histories, what else tor remembers.
#[derive(Clone, Copy, Debug)]
pub struct State<'a> {
    fields: Fields<'a>,
}

const NUMBER: &[Argument] = &[Argument::one("number", Form::Number)];
const NUMBERS: &[Argument] = &[Argument::optional("numbers", Form::List(&Form::Number))];
const SHARED: &[Argument] = &[
    Argument::one("num_reveals", Form::Number),
    Argument::one("value", Form::PaddedBase64(32)),
];

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
static SHARED_RANDOM: Rules = Rules::new(&[Section::new("shared random state", Times::Exactly, &[
    // The specification has it at the start; tor sorts the lines.
    Rule::exactly_once("Version").takes(NUMBER),
    Rule::at_most_once("TorVersion").takes(&[Argument::one("version", Form::Text)]),
    Rule::at_most_once("ValidAfter").takes(TIME),
    Rule::exactly_once("ValidUntil").takes(TIME),
    Rule::any_number("Commit").takes(&[Argument::one("version", Form::Number), Argument::one("algname", Form::Word),
        Argument::one("identity", Form::Fingerprint), Argument::one("commit", Form::PaddedBase64(40)),
        Argument::optional("reveal", Form::PaddedBase64(40))]),
    Rule::at_most_once("SharedRandPreviousValue").takes(SHARED),
    Rule::at_most_once("SharedRandCurrentValue").takes(SHARED),
])]).comments();

#[rustfmt::skip] // One line a rule, as tor's statefile.c has them.
static STATE: Rules = Rules::new(&[Section::new("state", Times::Exactly, &[
    Rule::at_most_once("TorVersion").takes(&[Argument::one("version", Form::Text)]),
    Rule::at_most_once("LastWritten").takes(TIME),
    Rule::at_most_once("LastRotatedOnionKey").takes(TIME),
    Rule::at_most_once("AccountingIntervalStart").takes(TIME),
    Rule::at_most_once("AccountingSecondsActive").takes(&[Argument::one("seconds", Form::Word)]),
    Rule::at_most_once("Dormant").takes(&[Argument::one("bool", Form::Word)]),
    Rule::at_most_once("MinutesSinceUserActivity").takes(NUMBER),
    Rule::any_number("Guard").takes(&[Argument::some("entry", Form::Pair(&Form::Word))]),
    Rule::any_number("TransportProxy").takes(&[Argument::one("transport", Form::Word), Argument::one("address", Form::Socket)]),
    Rule::any_number("HidServRevCounter"),
    Rule::any_number("CircuitBuildTimeBin").takes(&[Argument::one("milliseconds", Form::Number), Argument::one("count", Form::Number)]),
    Rule::at_most_once("CircuitBuildAbandonedCount").takes(NUMBER),
    Rule::at_most_once("TotalBuildTimes").takes(NUMBER),
    Rule::at_most_once("BWHistoryReadEnds").takes(TIME), Rule::at_most_once("BWHistoryReadInterval").takes(NUMBER),
    Rule::at_most_once("BWHistoryReadValues").takes(NUMBERS), Rule::at_most_once("BWHistoryReadMaxima").takes(NUMBERS),
    Rule::at_most_once("BWHistoryWriteEnds").takes(TIME), Rule::at_most_once("BWHistoryWriteInterval").takes(NUMBER),
    Rule::at_most_once("BWHistoryWriteValues").takes(NUMBERS), Rule::at_most_once("BWHistoryWriteMaxima").takes(NUMBERS),
    Rule::at_most_once("BWHistoryIPv6ReadEnds").takes(TIME), Rule::at_most_once("BWHistoryIPv6ReadInterval").takes(NUMBER),
    Rule::at_most_once("BWHistoryIPv6ReadValues").takes(NUMBERS), Rule::at_most_once("BWHistoryIPv6ReadMaxima").takes(NUMBERS),
    Rule::at_most_once("BWHistoryIPv6WriteEnds").takes(TIME), Rule::at_most_once("BWHistoryIPv6WriteInterval").takes(NUMBER),
    Rule::at_most_once("BWHistoryIPv6WriteValues").takes(NUMBERS), Rule::at_most_once("BWHistoryIPv6WriteMaxima").takes(NUMBERS),
    Rule::at_most_once("BWHistoryDirReadEnds").takes(TIME), Rule::at_most_once("BWHistoryDirReadInterval").takes(NUMBER),
    Rule::at_most_once("BWHistoryDirReadValues").takes(NUMBERS), Rule::at_most_once("BWHistoryDirReadMaxima").takes(NUMBERS),
    Rule::at_most_once("BWHistoryDirWriteEnds").takes(TIME), Rule::at_most_once("BWHistoryDirWriteInterval").takes(NUMBER),
    Rule::at_most_once("BWHistoryDirWriteValues").takes(NUMBERS), Rule::at_most_once("BWHistoryDirWriteMaxima").takes(NUMBERS),
])]).comments();

impl<'a> SharedRandomState<'a> {
    /// What it has to be like.
    pub const RULES: &'static Rules = &SHARED_RANDOM;

    /// Finds the items.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        Self {
            fields: Fields::read(document, &SHARED_RANDOM.sections[0]),
        }
    }

    /// Where the items are.
    #[must_use]
    pub fn fields(&self) -> &Fields<'a> {
        &self.fields
    }

    /// `ValidUntil`: when the run of the protocol is over.
    ///
    /// # Errors
    /// If it is not there, or cannot be read.
    pub fn valid_until(&self) -> Result<UtcSeconds, ParseError> {
        self.fields.one("ValidUntil")
    }
}

impl<'a> State<'a> {
    /// What it has to be like. Lines that only some versions of tor write are not named.
    pub const RULES: &'static Rules = &STATE;

    /// Finds the items.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        Self {
            fields: Fields::read(document, &STATE.sections[0]),
        }
    }

    /// Where the items are.
    #[must_use]
    pub fn fields(&self) -> &Fields<'a> {
        &self.fields
    }

    /// `LastWritten`.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn last_written(&self) -> Result<Option<UtcSeconds>, ParseError> {
        self.fields.maybe("LastWritten")
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::kinds::{Kind, stretches};
    use crate::testing::{check_kind, recorded};

    #[test]
    fn reads_what_tor_wrote() {
        for (path, kind) in [
            ("authority/sr-state", Kind::SharedRandomState),
            ("authority/state", Kind::State),
            ("client/state", Kind::State),
        ] {
            let bytes = recorded(&alloc::format!("data-directory/{path}"));
            let all: Vec<_> = stretches(bytes).collect();
            assert_eq!(all.len(), 1, "{path}");
            assert_eq!(all[0].kind, Some(kind), "{path}");
            assert_eq!(kind.check(&all[0].document), [], "{path}");
            if kind == Kind::State {
                assert!(
                    State::read(all[0].document)
                        .last_written()
                        .unwrap()
                        .is_some()
                );
            } else {
                assert!(
                    SharedRandomState::read(all[0].document)
                        .valid_until()
                        .is_ok()
                );
            }
        }
    }

    #[test]
    fn says_what_is_wrong_in_a_state() {
        let bytes = recorded("data-directory/authority/state");
        let text = core::str::from_utf8(bytes).unwrap();
        for (from, to, expected) in [
            (
                "ReadEnds 2026-11-23",
                "ReadEnds 2026-13-23",
                "5:22 expected time, a time since 1970: YYYY-MM-DD HH:MM:SS",
            ),
            (
                "IPv6ReadInterval 86400",
                "IPv6ReadInterval x",
                "14:27 expected number, a number",
            ),
        ] {
            check_kind(Kind::State, text, from, to, &[expected]);
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let bytes = recorded("data-directory/authority/sr-state");
        let text = core::str::from_utf8(bytes).unwrap();
        #[rustfmt::skip]
        let cases: &[(&str, &str, &[&str])] = &[
            ("", "", &[]),
            ("# Other", "? Other", &["2:1 expected a keyword: letters, digits and hyphens"]),
            ("Commit 1 sha3-256 ", "Commit 1 sha3-256 x", &["5:19 expected identity, 40 hexadecimal digits"]),
            ("\nVersion 1", "\nVersion one", &["11:9 expected number, a number"]),
            ("\nVersion 1", "\nVersion 1\nSharedRandCurrentValue 1 AA==", &["12:26 expected value, 32 bytes in base64"]),
        ];
        for (from, to, expected) in cases {
            check_kind(Kind::SharedRandomState, text, from, to, expected);
        }
    }
}
