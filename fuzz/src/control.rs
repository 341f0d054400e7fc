//! Messages of the control protocol.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::{option, string::bytes_regex};
use tor_harness_control::command::{AuthToken, Signal};
use tor_harness_control::reply::ReplyLine;
use tor_harness_control::reply::Setting;
use tor_harness_control::{Command, Reply, StatusCode};

/// Any reply or event that can be sent: any status codes, mixed ones too,
/// any bytes, and data blocks whose lines are dots, status lines or nothing.
///
/// Never a text with a line end in it, nor a data block whose last line lacks
/// one: those cannot be told from others once they are sent.
pub fn reply() -> impl Strategy<Value = Reply> {
    (vec(line(), 0..6), status(), text()).prop_map(|(lines, status, text)| Reply {
        lines,
        status,
        text,
    })
}

/// Any status code, mostly those that tor has.
pub fn status() -> impl Strategy<Value = StatusCode> {
    let any = prop_oneof![
        4 => proptest::sample::select(vec![250, 251, 451, 500, 510, 512, 513, 514, 515, 551, 552, 553, 650]),
        1 => 0..=999u16,
    ];
    any.prop_filter_map("above 999", StatusCode::new)
}

/// Any command that is encoded and read alike.
///
/// Never a name with a blank in it, nor arguments that would be read otherwise
/// (an option with a quote in its name, `Other` with a known keyword).
pub fn command() -> impl Strategy<Value = Command<'static>> {
    let words = || vec("[a-z0-9/_.*-]{1,20}".prop_map(Into::into), 0..5);
    let token = || {
        prop_oneof![
            Just(AuthToken::None),
            vec(any::<u8>(), 1..40).prop_map(AuthToken::Hex),
            line_bytes().prop_map(|bytes| AuthToken::Quoted(bytes.into())),
        ]
    };
    let settings = || vec(setting(), 0..5);
    prop_oneof![
        words().prop_map(Command::ProtocolInfo),
        token().prop_map(Command::Authenticate),
        token().prop_map(|nonce| Command::AuthChallenge {
            method: "SAFECOOKIE".into(),
            nonce
        }),
        words().prop_map(Command::GetInfo),
        words().prop_map(Command::GetConf),
        settings().prop_map(Command::SetConf),
        settings().prop_map(Command::ResetConf),
        words().prop_map(Command::SetEvents),
        proptest::sample::select(Signal::KNOWN).prop_map(Command::Signal),
        Just(Command::Quit),
        (
            "X[A-Z_]{0,15}",
            "[a-z][a-z =\"]{0,20}[a-z]",
            option::of(data())
        )
            .prop_map(|(keyword, arguments, body)| Command::Other {
                keyword: keyword.into(),
                arguments: arguments.into_bytes().into(),
                body: body.map(Into::into),
            }),
    ]
}

fn setting() -> impl Strategy<Value = Setting<'static>> {
    let value = prop_oneof![Just(Vec::new()), vec(any::<u8>(), 0..20)];
    ("[A-Za-z_]{1,20}", option::of(value)).prop_map(|(key, value)| Setting {
        key: key.into(),
        value: value.map(Into::into),
    })
}

/// A line of a reply that is not the last.
fn line() -> impl Strategy<Value = ReplyLine> {
    (status(), text(), option::of(data())).prop_map(|(status, text, data)| ReplyLine {
        status,
        text,
        data,
    })
}

/// What may stand behind a status code: mostly what tor says.
fn text() -> impl Strategy<Value = Vec<u8>> {
    let shapes = [
        r#"[A-Za-z]{1,12}=[ -~]{0,20}"#,
        r#"[A-Z]{2,9}( [A-Za-z=",$~]{0,9}){0,4}"#,
        r"OK",
        r"(?-u)[^\n]{0,20}",
    ];
    proptest::strategy::Union::new(shapes.map(|shape| bytes(shape).boxed()))
}

/// The value of a data block.
fn data() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        bytes(r"\.{1,3}"),
        bytes(r"250 OK|650 BW 1 2|"),
        bytes(r"(?-u)[^\n]{0,20}")
    ];
    vec(line, 0..6).prop_map(|lines| {
        lines
            .into_iter()
            .flat_map(|mut line| {
                line.push(b'\n');
                line
            })
            .collect()
    })
}

/// Bytes that can stand in a line by themselves.
fn line_bytes() -> impl Strategy<Value = Vec<u8>> {
    bytes(r"(?-u)[^\x00\r\n]{0,20}")
}

fn bytes(shape: &str) -> proptest::string::RegexGeneratorStrategy<Vec<u8>> {
    bytes_regex(shape).expect("a regular expression that proptest can generate")
}
