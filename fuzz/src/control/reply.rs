//! Replies of any shape.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;
use tor_harness_control::reply::ReplyLine;
use tor_harness_control::{Reply, StatusCode};

use super::text::{bytes, data};

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
        4 => select(vec![250, 251, 451, 500, 510, 512, 513, 514, 515, 551, 552, 553, 650]),
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
    Union::new(shapes.map(|shape| bytes(shape).boxed()))
}
