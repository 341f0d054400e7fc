//! What can be wrong with a message, by name.

use tor_harness_control::Problem;

use super::Subject;
use super::kinds::kinds;

/// Makes the set of defects: the name in words, what has the defect, and the problem that a
/// reader has to find.
macro_rules! defects {
    ($($variant:ident = $words:literal, $subject:expr => $problem:pat,)+) => {
        kinds! {
            /// The one thing that is wrong with a [`Defective`](super::Defective).
            Defect { $($variant = $words, $subject;)+ }
        }

        impl Defect {
            /// Whether this is the problem that a reader has to find.
            #[must_use]
            pub fn shows_as(self, problem: Problem) -> bool {
                match self {
                    $(Self::$variant => matches!(problem, $problem),)+
                }
            }
        }
    };
}

defects! {
    NoStatusCode = "a line without a status code", Subject::Message => Problem::StatusCode,
    ShortStatusCode = "a status code of two digits", Subject::Message => Problem::StatusCode,
    LetterInStatusCode = "a letter in a status code", Subject::Message => Problem::StatusCode,
    EmptyLine = "an empty line between lines of a reply", Subject::Message => Problem::StatusCode,
    LoneStatusCode = "nothing behind a status code", Subject::Message => Problem::Separator,
    UnknownSeparator = "an unknown separator behind a status code", Subject::Message => Problem::Separator,
    BareLf = "LF alone behind a line", Subject::Message => Problem::BareLf,
    BareLfInBlock = "LF alone behind a line of a data block", Subject::Message => Problem::BareLf,
    LineTooLong = "a line above the limit", Subject::Message => Problem::LineTooLong { .. },
    LineTooLongInBlock = "a line of a data block above the limit", Subject::Message => Problem::LineTooLong { .. },
    EndlessLine = "a line that never ends", Subject::Message => Problem::LineTooLong { .. },
    BlockTooLong = "a data block above the limit", Subject::Message => Problem::BlockTooLong { .. },
    EndlessBlock = "a data block that never ends", Subject::Message => Problem::BlockTooLong { .. },
    EndlessReply = "a reply that never ends", Subject::Message => Problem::MessageTooLong { .. },

    NotAnEvent = "the status code of a reply", Subject::Event => Problem::Expected(_),
    UnnamedEvent = "an event without a name", Subject::Event => Problem::Missing("event"),
    EventNameNotUtf8 = "an event's name that is not UTF-8", Subject::Event => Problem::NotUtf8("event"),
    EventArgumentMissing = "an event without an argument it has to have", Subject::Event => Problem::Missing(_),
    EventArgumentEmpty = "two spaces where an argument of an event has to be", Subject::Event => Problem::Missing(_),
    EventKeywordMissing = "an event without a keyword it has to have", Subject::Event => Problem::Missing(_),
    EventNumberNone = "an argument of an event that is no number", Subject::Event => Problem::Number(_),
    EventNumberTooLarge = "an argument of an event that is too large a number", Subject::Event => Problem::Number(_),
    EventArgumentsNotUtf8 = "arguments of an event that are not UTF-8", Subject::Event => Problem::NotUtf8(_),

    RefusedKey = "an error in place of a value", Subject::Reply("GETINFO") => Problem::Expected(_),
    ValueWithoutKey = "a value without a key", Subject::Reply("GETINFO") => Problem::Expected(_),
    UnclosedQuote = "a quoted value that is not closed", Subject::Reply("GETCONF") => Problem::Unterminated,
    BadEscape = "an escape that there is none of", Subject::Reply("GETCONF") => Problem::Escape,
    TextBehindQuote = "text behind a closing quote", Subject::Reply("GETCONF") => Problem::Trailing,
    OptionNotUtf8 = "an option's name that is not UTF-8", Subject::Reply("GETCONF") => Problem::NotUtf8(_),
    VersionMissing = "no version of the protocol", Subject::Reply("PROTOCOLINFO") => Problem::Missing(_),
    HashOdd = "a hash with an odd number of digits", Subject::Reply("AUTHCHALLENGE") => Problem::Hex,
    HashNotHex = "a hash with other letters than digits", Subject::Reply("AUTHCHALLENGE") => Problem::Hex,
    NonceMissing = "no nonce behind the hash", Subject::Reply("AUTHCHALLENGE") => Problem::Missing(_),
    ServiceMissing = "a new onion service without its address", Subject::Reply("ADD_ONION") => Problem::Missing(_),
    PrivateKeyUntyped = "a private key without its type", Subject::Reply("ADD_ONION") => Problem::Expected(_),
    CircuitMissing = "an extended circuit without its number", Subject::Reply("EXTENDCIRCUIT") => Problem::Missing(_),
    ClientKeyMissing = "an onion client without its key", Subject::Reply("ONION_CLIENT_AUTH_VIEW") => Problem::Expected(_),
    ValueNumberNone = "a value that is no number", Subject::Value("traffic/read") => Problem::Number(_),

    ArgumentMissing = "a command without an argument it has to have", Subject::Command => Problem::Missing(_),
    NumberNone = "an argument that is no number", Subject::Command => Problem::Number(_),
    NumberTooLarge = "an argument that is too large a number", Subject::Command => Problem::Number(_),
    ArgumentUnclosed = "an argument with a quote that is not closed", Subject::Command => Problem::Unterminated,
    ArgumentBadEscape = "an argument with an escape that there is none of", Subject::Command => Problem::Escape,
    ArgumentNul = "an argument with an escaped NUL", Subject::Command => Problem::Expected(_),
    SecretOdd = "a secret with an odd number of digits", Subject::Command => Problem::Hex,
    SecretNotHex = "a secret with other letters than digits", Subject::Command => Problem::Hex,
    ArgumentsTooMany = "more arguments than a command takes", Subject::Command => Problem::Trailing,
    KeyMissing = "nothing before `=`", Subject::Command => Problem::Expected(_),
    ValueMissing = "a key without a value", Subject::Command => Problem::Expected(_),
    QuoteInArgument = "a quote where a command has none", Subject::Command => Problem::Expected(_),
    ArgumentNotUtf8 = "an argument that is not UTF-8", Subject::Command => Problem::NotUtf8(_),
    BodyMissing = "no line in a data block that has to have one", Subject::Command => Problem::Missing(_),
    CommandTooLong = "a command above tor's limit", Subject::Command => Problem::LineTooLong { .. },
    BodyTooLong = "a data block above tor's limit", Subject::Command => Problem::LineTooLong { .. },
}
