//! What is allowed in a message that tor, or a controller, hardly ever sends.

use proptest::prelude::*;
use proptest::strategy::Union;

use super::Subject;
use super::kinds::kinds;
use super::text::bytes;

/// Makes the set of oddities: the name in words, what is odd, whether it is kept when the message
/// is encoded from its fields, and the shape of the whole, a regular expression for each way.
macro_rules! oddities {
    ($($variant:ident = $words:literal, $subject:expr, $kept:ident: [$($shape:literal),+];)+) => {
        kinds! {
            /// What is odd about an [`Odd`] message.
            Unusual { $($variant = $words, $subject;)+ }
        }

        impl Unusual {
            /// Whether the same bytes come out when the message is encoded from its fields.
            /// Others come out in the usual way, which means the same.
            #[must_use]
            pub const fn is_kept(self) -> bool {
                match self {
                    $(Self::$variant => oddities!(@ $kept),)+
                }
            }

            fn shapes(self) -> &'static [&'static str] {
                match self {
                    $(Self::$variant => &[$($shape),+],)+
                }
            }
        }
    };
    (@ kept) => { true };
    (@ usual) => { false };
}

oddities! {
    MixedStatus = "different status codes in one reply", Subject::Message, kept:
        ["(25[01]-[a-z.]{1,9}=[a-z.]{1,9}\r\n5[15]2-[A-Za-z ]{1,20}\r\n){1,3}(250|512) [a-z=]{1,9}\r\n"];
    UnknownStatus = "a status code that tor does not have", Subject::Message, kept:
        ["[013789][0-9]{2} [ -~]{0,20}\r\n", "2[6-9][0-9]-[ -~]{0,20}\r\n000 [ -~]{0,20}\r\n"];
    EmptyText = "nothing behind the separator", Subject::Message, kept:
        ["250 \r\n", "650-\r\n650 \r\n", "250\\+\r\n\\.\r\n250 \r\n"];
    RawBytes = "bytes that are not UTF-8", Subject::Message, kept:
        ["(?-u)5[15][0-9] [ -~]{0,9}[\\x80-\\xff]{1,9}[ -~]{0,9}\r\n"];
    NulByte = "a NUL byte in a line", Subject::Message, kept:
        ["250 [a-z]{0,9}\x00[a-z]{0,9}\r\n", "250\\+a=\r\n\x00\r\n\\.\r\n250 OK\r\n"];
    CarriageReturn = "CR in the middle of a line", Subject::Message, kept:
        ["250 [a-z]{0,9}\r[a-z]{0,9}\r{0,2}\r\n", "250\\+a=\r\n[a-z]{0,9}\r[a-z]{0,9}\r\n\\.\r\n250 OK\r\n"];
    EmptyBlock = "a data block without lines", Subject::Message, kept:
        ["(250\\+[a-z/]{1,9}=\r\n\\.\r\n){1,3}250 OK\r\n"];
    DotLines = "lines of a data block that are dots", Subject::Message, kept:
        ["250\\+a=\r\n(\\.{2,4}[a-z]{0,3}\r\n){1,5}\\.\r\n250 OK\r\n"];
    MessageInBlock = "lines of a data block that look like a message", Subject::Message, kept:
        ["250\\+a=\r\n((250 OK|650 BW 1 2|250\\+b=|)\r\n){1,5}\\.\r\n250 OK\r\n"];
    BlocksBetweenLines = "data blocks between lines, without OK at the end", Subject::Message, kept:
        ["(250-[a-z]{1,9}=[a-z]{0,9}\r\n250\\+[a-z]{1,9}=\r\n([a-z]{0,9}\r\n){0,3}\\.\r\n){1,3}250 [a-z]{1,9}=[a-z]{0,9}\r\n"];

    UnknownEvent = "an event that is not known", Subject::Event, kept:
        ["650 X[A-Z_]{1,12}( [ -~]{0,20})?\r\n", "650-X[A-Z_]{1,12} [a-z ]{0,9}\r\n650-[ -~]{0,20}\r\n650 OK\r\n"];
    EventNameInLowerCase = "an event's name in lower case", Subject::Event, kept:
        ["650 bw 1 2\r\n", "650 Circ 1 BUILT\r\n", "650 status_client NOTICE\r\n"];
    EventOfOtherStatus = "an event with another status than 650", Subject::Event, kept:
        ["6(5[1-9]|[0-46-9][0-9]) [A-Z]{1,9}( [ -~]{0,20})?\r\n"];
    UnknownWord = "a word of a set that is not known", Subject::Event, kept:
        ["650 CIRC [0-9]{1,4} X[A-Z]{1,9}( PURPOSE=X[A-Z]{1,9})?\r\n", "650 STREAM 1 X[A-Z]{1,9} 0 a:1\r\n",
         "650 STATUS_CLIENT X[A-Z]{1,9} X[A-Z]{1,9}\r\n", "650 SIGNAL X[A-Z]{1,9}\r\n", "650 HS_DESC X[A-Z]{1,9} a X[A-Z]{1,9}\r\n"];
    UnknownKeyword = "a keyword that is not known", Subject::Event, kept:
        ["650 CIRC [0-9]{1,4} BUILT X[A-Z]{1,9}=[!#-~]{0,9}( PURPOSE=GENERAL)?\r\n", "650 BW 1 2 X[A-Z]{0,9}=[!#-~]{0,9}\r\n",
         "650 CIRC_BW ID=1 READ=2 WRITTEN=3 X[A-Z]{0,9}=\"[a-z ]{0,9}\"\r\n"];
    ExtraArgument = "an argument more by position", Subject::Event, kept:
        ["650 BW 1 2 [0-9]{1,9}( [a-z]{1,9}){0,2}\r\n", "650 GUARD ENTRY \\$[0-9A-F]{40} NEW [a-z]{1,9}\r\n",
         "650 CONN_BW ID=1 TYPE=OR READ=1 WRITTEN=2 [a-z]{1,9}\r\n", "650 ADDRMAP a b NEVER [a-z]{1,9} CACHED=\"NO\"\r\n"];
    ExtraLines = "more lines behind an event of one", Subject::Event, kept:
        ["650-BW 1 2\r\n(650-[A-Z]{1,9}=[ -~]{0,9}\r\n){0,3}650 ([A-Z]{1,9}=[ -~]{0,9}|OK)\r\n"];
    ExtraBlock = "a data block behind an event of one line", Subject::Event, kept:
        ["650\\+CIRC 1 BUILT\r\n([a-z]{0,9}\r\n){0,3}\\.\r\n(650-[a-z]{1,9}\r\n)?650 OK\r\n"];
    RepeatedKeyword = "a keyword twice", Subject::Event, kept:
        ["650 CIRC 1 BUILT (PURPOSE=[A-Z]{1,9} ?){2}REASON=NONE\r\n", "650 CIRC_BW ID=1 READ=2 WRITTEN=3 READ=[0-9]{1,9}\r\n"];
    OtherOrder = "keywords in another order", Subject::Event, kept:
        ["650 CIRC_BW WRITTEN=[0-9]{1,9} ID=[0-9]{1,9} READ=[0-9]{1,9}\r\n", "650 CONN_BW TYPE=OR ID=1 X=2 WRITTEN=3 READ=4\r\n",
         "650 TB_EMPTY ORCONN LAST=1 WRITTEN=2 ID=3 READ=4\r\n"];
    QuotedKeyword = "quotes where a plain value is usual", Subject::Event, kept:
        ["650 CIRC 1 BUILT PURPOSE=\"[A-Z]{0,9}\"\r\n", "650 CIRC_BW ID=\"1\" READ=\"[0-9]{1,9}\" WRITTEN=\"[0-9]{1,9}\"\r\n",
         "650 STREAM 1 NEW 0 a:1 SOURCE_ADDR=\"127\\.0\\.0\\.1:[0-9]{1,5}\"\r\n"];
    OctalEscapes = "escapes by number", Subject::Event, kept:
        [r#"650 STREAM 1 NEW 0 a:1 SOCKS_USERNAME="(\\[0-3][0-7]{2}|\\[0-7]|\\x[0-9a-f]{2}|[a-z]){0,9}""#];
    QuotedTwice = "a value quoted twice", Subject::Event, kept:
        [r#"650 STATUS_CLIENT WARN SOCKS_UNKNOWN_PROTOCOL DATA=""[A-Z /.0-9]{0,20}"""#];
    BareQuote = "a quote in a value without quotes", Subject::Event, kept:
        [r#"650 CIRC 1 BUILT (X=[a-z]{1,5}"[a-z]{0,5} ?){1,3}"#, r#"650 CIRC 1 BUILT X="[a-z ]{0,9}"#];
    SpacesBetween = "several spaces between keywords", Subject::Event, kept:
        ["650 CIRC 1 BUILT  PURPOSE=GENERAL {1,3}REASON=NONE", "650 BW 1 2 {1,3}X=1"];

    BlockForLine = "a data block where a line is usual", Subject::Reply("GETINFO"), kept:
        ["250\\+version=\r\n0\\.[0-9]\\.[0-9]\\.[0-9]{1,2}\r\n\\.\r\n250 OK\r\n"];
    LineForBlock = "a line where a data block is usual", Subject::Reply("GETINFO"), kept:
        ["250-circuit-status=[0-9]{1,4} BUILT\r\n(250-config-text=[ -~]{0,9}\r\n)?250 OK\r\n"];
    NoValues = "no value at all", Subject::Reply("GETINFO"), kept: ["250 OK\r\n"];
    RepeatedKey = "a key twice", Subject::Reply("GETINFO"), kept:
        ["(250-version=[0-9.]{1,9}\r\n){2,3}250 OK\r\n"];
    QuotedValue = "quotes around a value that needs none", Subject::Reply("GETCONF"), usual:
        ["(250-[A-Z][a-z]{1,9}=[a-z]{0,9}\r\n)?250 [A-Z][a-z]{1,9}=\"[a-z]{0,9}\"\r\n"];
    EscapedValue = "escapes of what needs none", Subject::Reply("GETCONF"), usual:
        [r#"250 Log="(\\141|\\x62|\\'|[a-z]){1,9}""#];
    UnknownMethod = "a way to authenticate that is not known", Subject::Reply("PROTOCOLINFO"), kept:
        ["250-PROTOCOLINFO [0-9]\r\n250-AUTH METHODS=(NULL|COOKIE),X[A-Z]{1,9}\r\n(250-VERSION Tor=\"[0-9.]{1,9}\"\r\n)?250 OK\r\n"];
    UnknownLine = "a line that is not known", Subject::Reply("PROTOCOLINFO"), kept:
        ["250-PROTOCOLINFO 1\r\n250-AUTH METHODS=NULL\r\n250-VERSION Tor=\"0\\.4\\.9\"\r\n250-X[A-Z]{1,9} [a-z=]{0,9}\r\n250 OK\r\n"];

    CommandInLowerCase = "a command in lower case", Subject::Command, usual:
        ["(getinfo [a-z]{1,9}|[Gg]et[Cc]onf [A-Z]{1,9}|signal newnym|quit|setevents [A-Z]{1,9})\r\n"];
    LfAlone = "LF alone behind a command", Subject::Command, usual:
        ["(GETINFO [a-z]{1,9}|QUIT)\n", "\\+LOADCONF\n([a-z]{1,9}\n){1,3}\\.\n"];
    OtherWhiteSpace = "tabs between keywords", Subject::Command, usual:
        ["SETCONF[ \t]{1,3}A=b[ \t]{1,3}C=d[ \t]{0,3}\r\n", "EXTENDCIRCUIT 0 a\tpurpose=general\r\n", "MAPADDRESS\ta=b\tc=d\r\n"];
    ManySpaces = "several spaces between arguments", Subject::Command, usual:
        ["GETINFO {1,3}version {1,3}traffic/read {0,3}\r\n", "ATTACHSTREAM {2}1 {2}2 {2}HOP=3\r\n"];
    QuotedOption = "quotes around an option's value that needs none", Subject::Command, usual:
        ["SETCONF [A-Z]{1,9}=\"[a-z]{0,9}\"( B)?\r\n", "RESETCONF A=\"[a-z]{0,9}\"B=c\r\n"];
    EscapedOption = "escapes by number in an option's value", Subject::Command, usual:
        [r#"SETCONF Log="(\\[1-3][0-7]{2}|\\x[1-9a-f]{2}|\\[1-7]x|[a-z]){1,9}""#];
    EscapedSecret = "escapes of what needs none in a secret", Subject::Command, usual:
        [r#"AUTHENTICATE "(\\[a-z0-9]|[a-z]){1,9}""#];
    SecretInLowerCase = "a secret's digits in lower case", Subject::Command, usual:
        ["AUTHENTICATE ([0-9a-f]{2}){1,9}\r\n"];
    NulInCommand = "a NUL byte, which ends a command's line", Subject::Command, usual:
        ["GETINFO [a-z]{1,9}\x00[a-z]{0,9}\r\n"];
    TextBehindQuit = "text behind a command that takes none", Subject::Command, usual:
        ["(QUIT|TAKEOWNERSHIP|DROPOWNERSHIP) [a-z ]{1,9}\r\n"];
    UnknownCommand = "a command that is not known", Subject::Command, kept:
        ["X[A-Z_]{1,9}( [!-~]{1,9}){0,3}\r\n", "\\+X[A-Z_]{1,9}\r\n([a-z]{0,9}\r\n){0,3}\\.\r\n"];
    UnknownSignal = "a signal that is not known", Subject::Command, kept: ["SIGNAL X[A-Z]{1,9}\r\n"];
    UnknownArgument = "a keyword that the command does not know", Subject::Command, kept:
        ["EXTENDCIRCUIT 0 a x[a-z]{1,9}=[a-z]{0,9}\r\n", "CLOSECIRCUIT 1 x[a-z]{1,9}\r\n", "HSFETCH a x[a-z]{1,9}=[a-z]{1,9}\r\n"];
    PlusMissing = "no `+` before a command with a data block", Subject::Command, kept:
        ["(LOADCONF|POSTDESCRIPTOR|HSPOST)( [a-z]{1,9})?\r\n"];
    DotsInBody = "lines of a command's data block that are dots", Subject::Command, kept:
        ["\\+LOADCONF\r\n(\\.{2,4}[a-z]{0,3}\r\n){1,5}\\.\r\n"];
}

/// A message with something odd about it, which is good all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Odd {
    /// What is odd.
    pub unusual: Unusual,
    /// All of it: one message, or one command.
    pub bytes: Vec<u8>,
}

/// A message with something odd about it, of any kind: a reply, an event or a command, see
/// [`Unusual::subject`].
///
/// ```
/// use proptest::prelude::*;
/// use tor_harness_control::Decoder;
/// use tor_strategies::control::{Subject, odd};
///
/// proptest!(|(odd in odd())| {
///     prop_assume!(odd.unusual.subject() != Subject::Command);
///     let mut decoder = Decoder::new();
///     decoder.push(&odd.bytes);
///     prop_assert!(decoder.next()?.is_some(), "{}", odd.unusual);
/// });
/// ```
pub fn odd() -> impl Strategy<Value = Odd> {
    Union::new(Unusual::ALL.iter().map(|odd| unusual(*odd)))
}

/// A message with this odd about it.
pub fn unusual(unusual: Unusual) -> impl Strategy<Value = Odd> {
    let shapes = Union::new(unusual.shapes().iter().map(|shape| bytes(shape)));
    shapes.prop_map(move |mut bytes| {
        if !bytes.ends_with(b"\n") {
            bytes.extend_from_slice(b"\r\n");
        }
        Odd { unusual, bytes }
    })
}
