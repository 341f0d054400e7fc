//! Messages of the control protocol.

mod answer;
mod command;
mod conversation;
mod requests;
mod settings;
mod vocabulary;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::{option, string::bytes_regex};
use tor_harness_control::reply::ReplyLine;
use tor_harness_control::{Reply, StatusCode};

pub use answer::answer;
pub use command::command;
pub use conversation::{Line, conversation};
pub use vocabulary::Vocabulary;

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
